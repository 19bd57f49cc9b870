"""The API: the same actions, rights and refusals as the pages, and one document that tells them."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from taizhang.config.api import document
from taizhang.ledgers.kinds import KINDS
from tests.make import NEEDS, Cast, raw, save

FILE = Path(__file__).resolve().parents[2] / "docs" / "api.json"


def test_the_document_is_the_one_on_file() -> None:
    text = json.dumps(document(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if os.environ.get("TAIZHANG_ACCEPT"):
        FILE.write_text(text, "utf-8")
    assert FILE.read_text("utf-8") == text


def test_the_document_is_made_once() -> None:
    assert document() is document()


def _post(client: Client, url: str, body: Any, put: bool = False) -> Any:  # noqa: FBT002
    send = client.put if put else client.post
    return send(url, json.dumps(body), content_type="application/json")


@pytest.mark.parametrize("slug", KINDS)
def test_every_kind_is_recorded_read_corrected_and_withdrawn(
    slug: str, people: Cast, now: datetime, login: Any
) -> None:
    clerk, url = login(people.users["clerk"]), f"/api/ledgers/{slug}/"
    if slug in NEEDS:
        save(people.own, people.actor("clerk"), now, NEEDS[slug], **raw(NEEDS[slug]))

    made = _post(clerk, url, {"values": raw(slug), "mode": "backfill"})
    assert made.status_code == 201, made.content.decode()
    one = f"{url}{made.json()['id']}/"
    body = {"values": made.json()["values"], "version": 1, "reason": "核对"}
    corrected = _post(clerk, one, body, put=True)
    stale = _post(clerk, one, body, put=True)
    listed = clerk.get(url).json()
    gone = _post(clerk, f"{one}withdraw/", {"reason": "登记错了"})

    assert (corrected.status_code, corrected.json()["version"]) == (200, 2)
    assert stale.status_code == 409
    assert made.json()["id"] in [r["id"] for r in listed["records"]]
    assert gone.json()["withdrawn"] is True


def test_rows_are_stored_all_or_none_and_told_by_row(people: Cast, login: Any) -> None:
    clerk, url = login(people.users["clerk"]), "/api/ledgers/dues-payments/bulk/"
    good = [raw("dues-payments") | {"month": f"2016-{m:02d}"} for m in range(1, 5)]

    bad = _post(clerk, url, {"rows": [*good, {"person": "无此人", "month": "2016-13"}, {"x": "1"}]})
    dry = _post(clerk, url, {"rows": good, "dry_run": True})
    done = _post(clerk, url, {"rows": good})

    assert bad.status_code == 422
    assert bad.json()["problems"][0]["row"] == 6
    assert dry.json() == {"count": 4, "stored": False}
    assert done.json() == {"count": 4, "stored": True}
    assert clerk.get("/api/ledgers/dues-payments/").json()["total"] == 4


def test_rights_are_those_of_the_pages(people: Cast, now: datetime, login: Any) -> None:
    entry = save(people.own, people.actor("clerk"), now, "talks", **raw("talks"))
    foreign, office = login(people.users["foreign"]), login(people.users["office"])

    assert Client().get("/api/ledgers/talks/").status_code == 401
    assert foreign.get(f"/api/ledgers/talks/{entry.pk}/").status_code == 403
    assert foreign.get("/api/ledgers/talks/").json()["total"] == 0
    assert office.get(f"/api/ledgers/talks/{entry.pk}/").json()["values"]["content"] == "＊＊＊"
    body = {"values": raw("talks"), "branch": people.own.pk}
    assert _post(office, "/api/ledgers/talks/", body).status_code == 403
    assert _post(foreign, "/api/ledgers/talks/", body).status_code == 403


@pytest.mark.parametrize(
    ("url", "body", "status"),
    [
        ("/api/ledgers/nothing/", {"values": {}}, 404),
        ("/api/ledgers/talks/", {"values": {"bad": "1"}}, 422),
        ("/api/ledgers/talks/", {"values": {"topic": "a\x00b"}}, 422),
        ("/api/ledgers/talks/", {"values": []}, 422),
        ("/api/ledgers/talks/", "nonsense", 422),
        ("/api/ledgers/talks/999999999999999999999/withdraw/", {"reason": "x"}, 403),
    ],
)
def test_what_is_wrong_is_said_and_never_a_500(
    people: Cast, login: Any, url: str, body: Any, status: int
) -> None:
    answer = _post(login(people.users["clerk"]), url, body)
    assert answer.status_code == status
    assert answer.json()["message"]


def test_a_null_character_in_a_question_is_refused(people: Cast, login: Any) -> None:
    answer = login(people.users["clerk"]).get("/api/ledgers/talks/", {"q": "a\x00b"})
    assert answer.status_code == 422


def test_a_post_without_a_token_of_a_form_is_refused(people: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.users["clerk"])
    assert _post(client, "/api/ledgers/talks/", {"values": raw("talks")}).status_code == 403
