"""The records behind a pack go along to the hall: those drawn and those suspected, with their
pictures; what does not fit is told.
"""

from __future__ import annotations

from typing import Any

import pytest

from taizhang.inspection.models import Visit
from taizhang.inspection.site import evidence
from taizhang.ledgers.evidence import actions as files
from taizhang.ledgers.kinds import KINDS
from tests.inspection.conftest import Scene
from tests.make import picture, raw, save

pytestmark = pytest.mark.django_db
MEETINGS = KINDS["meetings"]


def _meeting(scene: Scene, day: str) -> Any:
    clerk = scene.people.actor("clerk")
    return save(
        scene.people.own, clerk, scene.now, "meetings", **raw("meetings") | {"held_on": day}
    )


def _packed(scene: Scene, sampled: Any, suspected: list[Any]) -> Visit:
    """The own visit with one record drawn for the 1st item, and others suspected in the 28th."""
    reason = {
        "rule": "",
        "window": "",
        "severity": "warn",
        "text": "",
        "url": f"/ledgers/meetings/?branch={scene.people.own.pk}",
    }
    shown = reason | {"shown": [["meetings", one.pk] for one in suspected]}
    known = {
        "outcome": "defective",
        "warns": 0,
        "why": "",
        "records": 1,
        "more": 0,
        "url": "",
        "reasons": [shown, reason],
    }
    drawn = {
        "no": 1,
        "kind": "会议台账",
        "record": sampled.pk,
        "what": "",
        "of": 9,
        "url": f"/ledgers/meetings/{sampled.pk}/",
    }
    Visit.objects.filter(pk=scene.own.pk).update(
        pack={"items": {"28": known}, "sample": [drawn], "earlier": []}
    )
    return scene.own


def _illustrated(scene: Scene, entry: Any, *, n: int, first: int) -> None:
    clerk = scene.people.actor("clerk")
    for at in range(n):
        taken = files.take_in(
            branch=scene.people.own, name=f"照片{at}.png", data=picture(first + at), kind="", actor=clerk, now=scene.now
        )  # fmt: skip
        files.attach(file=taken.file, kind=MEETINGS, entry=entry, actor=clerk, now=scene.now)


def test_drawn_and_suspected_records_go_along_with_their_pictures(scene: Scene, login: Any) -> None:
    sampled, suspected = _meeting(scene, "2018-03-05"), _meeting(scene, "2018-04-05")
    _illustrated(scene, sampled, n=2, first=10)
    visit = _packed(scene, sampled, [suspected])

    told = login(scene.people.users["inspector"]).get(f"/site/evidence/{visit.pk}/").json()

    (first,), (other,) = told["items"]["1"], told["items"]["28"]
    assert (first["drawn"], other["drawn"]) == (True, False)
    assert [one["name"] for one in first["pictures"]] == ["照片0.png", "照片1.png"]
    assert ["日期", "2018-03-05"] in first["told"]
    assert other["url"] == f"/ledgers/meetings/{suspected.pk}/"
    assert told["left"] == {"records": 0, "pictures": 0}


def test_nobody_else_gets_them(scene: Scene, login: Any) -> None:
    url = f"/site/evidence/{_packed(scene, _meeting(scene, '2018-03-05'), []).pk}/"
    got = {
        who: login(scene.people.users[who]).get(url).status_code
        for who in ("inspector", "office", "clerk", "foreign", "nobody")
    }
    assert got == {"inspector": 200, "office": 403, "clerk": 403, "foreign": 403, "nobody": 403}


def test_what_does_not_fit_is_told(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    sampled = _meeting(scene, "2018-03-05")
    _illustrated(scene, sampled, n=3, first=30)
    visit = _packed(scene, sampled, [_meeting(scene, f"2018-0{month}-05") for month in (4, 5, 6)])
    monkeypatch.setattr(evidence, "MOST_RECORDS", 2)
    monkeypatch.setattr(evidence, "MOST_PICTURES", 1)

    told = evidence.of_visit(visit, scene.people.actor("inspector"), scene.now)

    assert told["left"] == {"records": 2, "pictures": 2}
    assert len(told["items"]["1"][0]["pictures"]) == 1
    assert len(told["items"]["28"]) == 1


def test_of_one_requirement_only_a_few_go_along_and_the_rest_is_told(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [_meeting(scene, f"2018-0{month}-05") for month in (4, 5, 6)]
    visit = _packed(scene, _meeting(scene, "2018-03-05"), many)
    monkeypatch.setattr(evidence, "MOST_OF_ITEM", 2)

    told = evidence.of_visit(visit, scene.people.actor("inspector"), scene.now)

    assert (len(told["items"]["28"]), told["left"]["records"]) == (2, 1)


def test_a_record_that_was_withdrawn_says_so(scene: Scene) -> None:
    from taizhang.ledgers.records import actions

    sampled = _meeting(scene, "2018-03-05")
    visit = _packed(scene, sampled, [])
    actions.withdraw(
        kind=MEETINGS,
        entry=sampled,
        reason="重复",
        actor=scene.people.actor("clerk"),
        now=scene.now,
    )
    (one,) = evidence.of_visit(visit, scene.people.actor("inspector"), scene.now)["items"]["1"]
    assert one["withdrawn"]


def test_a_frozen_matter_names_its_records(checked: Scene) -> None:
    reasons = [one for known in checked.own.pack["items"].values() for one in known["reasons"]]
    assert reasons
    assert all(isinstance(one["shown"], list) and len(one["shown"]) <= 4 for one in reasons)


def test_a_team_lands_on_site_while_it_has_units(scene: Scene, login: Any) -> None:
    team, office = login(scene.people.users["inspector"]), login(scene.people.users["office"])
    assert (team.get("/").url, team.get("/site/landing/").url) == ("/site/landing/", "/site/")
    assert office.get("/").url == "/board/"
    scene.opened.standing = "closed"
    scene.opened.save()
    assert team.get("/site/landing/").url == "/board/"
