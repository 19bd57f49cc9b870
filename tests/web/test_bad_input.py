"""Whatever is posted: a clear answer, never a defect, nothing half stored."""

from __future__ import annotations

from datetime import datetime
from typing import Any

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
NASTY = [
    "\x00",
    "²",
    "99999999999999999999",
    "-1",
    "'; drop table orgs_user; --",
    "<script>",
    "=1+1",
    "2018-02-30",
    "x" * 5000,
    "（" * 400,
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
]


@pytest.mark.parametrize("text", NASTY)
def test_no_post_breaks_a_page(people: Cast, addresses: dict[str, str], text: str) -> None:
    for who in ("clerk", "office"):
        client = Client()
        client.force_login(people.users[who])
        for name in POSTS:
            if name in ("checks:run", "inspection:publish"):
                continue
            fields = {f.name: text for kind in KINDS.values() for f in kind.fields()} | {
                p.name: text for kind in KINDS.values() for p in kind.parts
            }
            fields |= {"branch": text, "reason": text, "version": text, "area-1-name": text, "area-1-units": text, "item-1-score": text,
                       "match-name-1": text, "match-1": text, "from_on": text, "parent": text, "units": text, "full_name": text}  # fmt: skip
            assert client.post(addresses[name], fields).status_code < 500, (who, name)


@pytest.mark.parametrize("text", NASTY)
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
    assert clerk.get(f"/branches/{people.other.pk}/").status_code == 403
    assert clerk.get("/branches/99999999999999999999/").status_code in (403, 404)
    assert "default-src 'self'" in clerk.get("/mine/").headers["Content-Security-Policy"]
