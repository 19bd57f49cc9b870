"""Whatever is posted: a clear answer, never a defect, nothing half stored."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import quote_plus

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taizhang.kernel.errors import BadInput
from taizhang.ledgers.kinds import KINDS
from taizhang.notices import read
from tests.architecture.test_rights import POSTS, TABLE, addresses, read_out
from tests.make import Cast

__all__ = ["addresses"]
NASTY = ("\x00", "²", "99999999999999999999", "2018-02-30")
ALSO_NASTY = (
    "-1",
    "'; drop table orgs_user; --",
    "<script>",
    "=1+1",
    "x" * 5000,
    "（" * 400,
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
)
"""What has found nothing that the first do not find: by night."""
each_text = pytest.mark.parametrize(
    "text", [*NASTY, *(pytest.param(text, marks=pytest.mark.night) for text in ALSO_NASTY)]
)

ASKED = {
    *(field.name for kind in KINDS.values() for field in kind.fields()),
    *(part.name for kind in KINDS.values() for part in kind.parts),
    "branch", "reason", "version", "area-1-name", "area-1-units", "item-1-score", "match-of-甲校", "from_on",
    "parent", "units", "full_name",
}  # fmt: skip
"""What some page takes from what is posted."""


@each_text
def test_no_post_breaks_a_page(people: Cast, addresses: dict[str, str], text: str) -> None:
    quoted = "".join(c if ord(c) > 127 else quote_plus(c) for c in text)
    body = "&".join(f"{name}={quoted}" for name in ASKED)
    for who in ("clerk", "office"):
        client = Client()
        client.force_login(people.users[who])
        for name in POSTS:
            if name in ("checks:run", "inspection:publish"):
                continue
            answer = client.post(addresses[name], body, "application/x-www-form-urlencoded")
            assert answer.status_code < 500, (who, name)


@each_text
def test_no_question_breaks_a_page(people: Cast, addresses: dict[str, str], text: str) -> None:
    client = Client()
    client.force_login(people.users["office"])
    asked = dict.fromkeys(
        (
            "branch",
            "q",
            "choice",
            "from",
            "to",
            "page",
            "area",
            "unit_type",
            "year",
            "kind",
            "held_on",
            "group",
        ),
        text,
    )
    for name in TABLE:
        if name != "web:logout":
            response = client.get(addresses[name].partition("?")[0], asked)
            read_out(response)
            assert response.status_code < 500, name


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.text(
        alphabet="关于督查的通知：、\n\t一二三（）()片区单位时间地点组长月日上午9:0-1|年2018",
        max_size=300,
    )
)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = read.notice(text.encode())
    except BadInput:
        return
    assert all(unit.name for area in found.areas for unit in area.organisations)


def test_a_page_that_is_not_there_and_one_that_may_not_be_seen(
    people: Cast, now: datetime, login: Any
) -> None:
    clerk = login(people.users["clerk"])
    assert clerk.get("/ledgers/unknown/").status_code == 404
    missing = clerk.get("/no/such/page/")
    assert missing.status_code == 404
    assert 'aria-label="主菜单"' in missing.content.decode()
    assert 'aria-label="主菜单"' not in Client().get("/no/such/page/").content.decode()
    assert clerk.get(f"/branches/{people.other.pk}/").status_code == 403
    assert clerk.get("/branches/99999999999999999999/").status_code in (403, 404)
    assert "default-src 'self'" in clerk.get("/mine/").headers["Content-Security-Policy"]
