"""Organisations, evidence, search, checks, rounds and findings over HTTP: the rights of the pages,
and never a 500.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from taizhang.checks.actions import checking as checks
from tests.make import Cast, inspected, picture, raw, save

GETS = (
    "/api/organisations/", "/api/evidence/", "/api/inspection/rounds/", "/api/inspection/findings/",
    "/api/search/?q=研究",
)  # fmt: skip


def test_a_list_holds_what_one_may_see(people: Cast, login: Any) -> None:
    seen = {
        who: {one["short_name"] for one in login(people.users[who]).get(GETS[0]).json()["records"]}
        for who in ("office", "clerk", "foreign")
    }
    assert seen["office"] >= {"局党委", "甲校", "乙校"}
    assert (seen["clerk"], seen["foreign"]) == ({"甲校"}, {"乙校"})


@pytest.mark.parametrize("url", GETS)
def test_nobody_without_a_log_in_gets_any(people: Cast, client: Any, url: str) -> None:
    assert client.get(url).status_code == 401


def test_a_file_is_handed_in_attached_and_read(people: Cast, now: datetime, login: Any) -> None:
    entry = save(people.own, people.actor("clerk"), now, "meetings", **raw("meetings"))
    clerk, data = login(people.users["clerk"]), picture()

    made = clerk.post(
        "/api/evidence/", {"branch": people.own.pk, "file": SimpleUploadedFile("照片.png", data)}
    )
    one = f"/api/evidence/{made.json()['id']}/"
    body = json.dumps({"ledger": "meetings", "record": entry.pk})
    attached = clerk.post(f"{one}attach/", body, content_type="application/json")

    assert (made.status_code, attached.status_code) == (201, 200)
    assert b"".join(clerk.get(f"{one}content/").streaming_content) == data
    assert clerk.get("/api/evidence/", {"branch": people.own.pk}).json()["total"] == 1
    entry.refresh_from_db()
    assert entry.n_files == 1
    assert login(people.users["office"]).post(
        "/api/evidence/", {"branch": people.own.pk, "file": SimpleUploadedFile("b.png", data)}
    ).status_code == 403  # fmt: skip


def test_the_search_counts_and_narrows(people: Cast, now: datetime, login: Any) -> None:
    save(people.own, people.actor("clerk"), now, "meetings", **raw("meetings"))
    clerk = login(people.users["clerk"])
    assert clerk.get("/api/search/", {"q": "支委会", "year": 2016}).json()["total"] == 1
    assert clerk.get("/api/search/", {"q": "支委会", "year": 2017}).json()["total"] == 0
    assert clerk.get("/api/search/", {"q": ""}).status_code == 422


def test_verdicts_are_told_and_their_absence_too(people: Cast, now: datetime, login: Any) -> None:
    inspected(now, (2015, 2018), people.day)
    clerk, url = login(people.users["clerk"]), f"/api/checks/branches/{people.own.pk}/"
    before = clerk.get(url).json()
    checks.check_all(name="reference", actor=None, now=now)

    told = clerk.get(url).json()

    assert (before["judged"], before["items"], told["judged"]) == (False, [], True)
    found = next(one for one in told["items"] if one["errors"])
    why = clerk.get(f"{url}items/{found['item']}/").json()
    assert sum(one["times"] for one in why["suspicions"]) > 0
    assert clerk.get(f"{url}items/X99/").status_code == 409


def test_the_page_tells_every_call_and_a_ledgers_columns(people: Cast, login: Any) -> None:
    page = login(people.users["clerk"]).get("/api/docs/", {"ledger": "talks"}).content.decode()
    for words in (
        "/api/inspection/findings/",
        "/api/evidence/{number}/content/",
        "Idempotency-Key",
        "谈话",
    ):
        assert words in page
    assert "http://" not in page.replace("http://testserver", "")
    assert login(people.users["clerk"]).get("/api/docs/openapi.json").json()["openapi"]
