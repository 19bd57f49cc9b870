"""Malformed files and forms: never a defect, and what was refused left nothing behind. `make night`
sends 10,000.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from taizhang.ledgers.kinds import KINDS
from taizhang.orgs.models import ApiToken, Duty, User
from tests.architecture.test_rights import POSTS, addresses
from tests.fuzz import malformed
from tests.make import Cast

__all__ = ["addresses"]
N = int(os.environ.get("TAIZHANG_FUZZ", "150"))
UPLOADS = {
    "intake:sheet": ("clerk", "file"), "ledgers:read-minutes": ("clerk", "file"), "ledgers:files": ("clerk", "files"),
    "ledgers:organisation-import": ("office", "file"), "ledgers:account-import": ("system", "file"), "inspection:import": ("office", "file"),
    "inspection:checklist-sheet": ("inspector", "file"), "inspection:ticks": ("inspector", "files"), "inspection:site-photo": ("inspector", "photo"), "ledgers:dues-month": ("clerk", "file"),
    "ledgers:workbook": ("office", "file"), "inspection:units-import": ("office", "file"),
}  # fmt: skip
NOT_SENT = ("checks:run", "checks:run-stop", "web:account-step", "web:end-duty", "web:login-rules")
"""Those of which the accounts of this test would die, and those that go on behind the answer."""
NAMES = (
    *{f.name for kind in KINDS.values() for f in kind.fields()}, *{p.name for kind in KINDS.values() for p in kind.parts},
    "people", "email", "from", "to", "place", "role", "user", "until", "number", "line", "about", "text", "answer", "right", "title",
    "area-1-name", "area-1-units", "item-1-score", "unit", "gone", "visit", "item", "key", "pasted", "dry_run", "days", "full_name",
    "parent", "units", "short_name", "org_type", "from_on", "to_on", "catalogue", "note", "deadline", "measures", "month", "paid_day",
)  # fmt: skip


def _fingerprint() -> list[tuple[Any, ...]]:
    """How many rows every table of ours has."""
    tables = [
        name
        for name in connection.introspection.table_names()
        if name.split("_")[0] in ("ledgers", "orgs", "inspection", "checks")
        and "searchgrams" not in name
    ]
    asked = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM {name}" for name in sorted(tables))
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return list(cursor.fetchall())


@pytest.fixture
def clients(people: Cast) -> dict[str, Client]:
    """A client of each role, which answers with a 500 as a browser would get it."""
    found = {}
    for who, user in people.users.items():
        found[who] = Client(raise_request_exception=False)
        found[who].force_login(user)
    return found


def _seeds() -> Iterator[int]:
    yield from range(int(os.environ.get("TAIZHANG_FUZZ_SEED", "0")), 10**9)


def test_no_file_breaks_a_page_or_leaves_half_of_itself(
    clients: dict[str, Client], addresses: dict[str, str]
) -> None:
    rng, before = random.Random(1), _fingerprint()
    for at, (name, data) in enumerate(malformed.files(next(_seeds()), N)):
        page = rng.choice(sorted(UPLOADS))
        who, field = UPLOADS[page]
        sent = {
            field: SimpleUploadedFile(name or "x", data),
            "kind": "",
            "visit": "1",
            "dry_run": "",
        }
        answer = clients[who].post(addresses[page], sent)
        assert answer.status_code < 500, (at, page, name, data[:40])
        after = _fingerprint()
        if answer.status_code >= 400:
            assert after == before, (at, page, name)
        before = after


def test_no_form_breaks_a_page_or_leaves_half_of_itself(
    clients: dict[str, Client], addresses: dict[str, str]
) -> None:
    rng, before = random.Random(next(_seeds())), _fingerprint()
    pages = [name for name in sorted(POSTS) if name not in NOT_SENT]
    for at in range(N):
        page = rng.choice(pages)
        who = rng.choice(sorted(POSTS[page]))
        fields = malformed.form(rng, NAMES)
        answer = clients[who].post(
            addresses[page].replace("/meetings/", f"/{_kind(rng, page)}/"), fields
        )
        assert answer.status_code < 500, (at, page, who, fields)
        after = _fingerprint()
        if answer.status_code >= 400:
            assert after == before, (at, page, fields)
        before = after
    assert User.objects.exists()
    assert Duty.objects.exists()
    assert not ApiToken.objects.filter(name="").exists()


def _kind(rng: random.Random, page: str) -> str:
    """Any kind where the page is that of a new record."""
    return rng.choice(sorted(KINDS)) if page in ("ledgers:record", "checks:try") else "meetings"
