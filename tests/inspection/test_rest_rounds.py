"""Rounds and findings over HTTP: only what one may see, and verdicts many at once, each once."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

from taizhang.inspection.models import Answer
from tests.inspection.conftest import Scene
from tests.inspection.mending import planned
from tests.make import Cast


def test_a_foreign_thing_is_refused(people: Cast, scene: Scene, login: Any) -> None:
    foreign = login(people.users["foreign"])
    for url in (
        f"/api/organisations/{people.own.pk}/", f"/api/checks/branches/{people.own.pk}/",
        "/api/evidence/1/", "/api/evidence/1/content/", "/api/inspection/findings/1/", f"/api/inspection/rounds/{2**70}/",
    ):  # fmt: skip
        assert foreign.get(url).status_code == 403, url


def test_many_verdicts_are_written_down_once(scene: Scene, login: Any) -> None:
    leader = login(scene.people.users["team_leader"])
    answers = [
        {"kind": "answer", "key": str(uuid4()), "visit": scene.own.pk, "made_at": scene.now.isoformat(), "item": n, "verdict": "complete"}
        for n in (1, 2)
    ]  # fmt: skip

    def send(client: Any) -> Any:
        return client.post(
            "/api/inspection/answers/",
            json.dumps({"answers": answers}),
            content_type="application/json",
        )

    first, again = send(leader), send(leader)

    assert [one["state"] for one in first.json()] == ["stored", "stored"], first.content.decode()
    assert [one["state"] for one in again.json()] == ["known", "known"]
    assert Answer.objects.filter(visit=scene.own).count() == 2
    assert {one["state"] for one in send(login(scene.people.users["clerk"])).json()} == {"refused"}


def test_a_round_is_told_with_its_items_and_a_finding_with_its_state(
    scene: Scene, login: Any
) -> None:
    finding = planned(scene)
    clerk = login(scene.people.users["clerk"])

    told = clerk.get(f"/api/inspection/rounds/{scene.opened.pk}/").json()
    listed = clerk.get("/api/inspection/findings/", {"round": scene.opened.pk}).json()

    assert told["items"][0]["no"] == 1
    assert [one["unit"] for one in told["visits"]] == ["甲校"]
    assert [one["id"] for one in listed["records"]] == [finding.pk]
    one = clerk.get(f"/api/inspection/findings/{finding.pk}/").json()
    assert (one["branch"], one["standing"]) == (scene.people.own.pk, "rectifying")
    assert clerk.get("/api/inspection/rounds/").json()["total"] == 1
