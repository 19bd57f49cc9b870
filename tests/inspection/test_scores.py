"""Scores: whole numbers, capped, scaled over what applies, and never shown to the inspected by the
machine.
"""

from __future__ import annotations

from typing import Any

import pytest

from taizhang.inspection import scores
from taizhang.inspection.actions import scoring
from taizhang.inspection.models import Finding, SelfScore
from taizhang.kernel.errors import BadInput, NotAllowed, WrongState
from tests.inspection.conftest import Scene


def _scored(scene: Scene) -> Scene:
    scoring.set_scored(
        opened=scene.opened, scored=True, actor=scene.people.actor("office"), now=scene.now
    )
    return scene


def test_the_weights_add_up_to_a_hundred(scene: Scene) -> None:
    points = scores.points_of(list(scene.opened.items.all()))
    assert (len(points), sum(points.values())) == (36, scores.WHOLE)


def test_without_findings_it_is_full_marks(scene: Scene) -> None:
    assert scores.score_sheet(_scored(scene).own).total == scores.WHOLE


def test_a_draft_takes_nothing_off_and_a_finding_by_its_severity(scene: Scene) -> None:
    _scored(scene)
    for severity in ("minor", "serious"):
        scene.send("inspector", "finding", item=28, facts="x", severity=severity)
    assert scores.score_sheet(scene.own).total == scores.WHOLE
    Finding.objects.update(standing="issued")
    assert scores.score_sheet(scene.own).total == scores.WHOLE - 150


def test_an_item_loses_no_more_than_it_is_worth(scene: Scene) -> None:
    _scored(scene)
    for _ in range(4):
        scene.send("inspector", "finding", item=1, facts="x", severity="grave")
    Finding.objects.update(standing="issued")
    worth = scores.points_of(list(scene.opened.items.all()))[scene.opened.items.get(no=1).pk]
    assert worth == 100
    assert scores.score_sheet(scene.own).total == scores.WHOLE - worth


def test_what_does_not_apply_is_left_out_and_the_rest_scaled(scene: Scene) -> None:
    _scored(scene)
    scene.send("inspector", "answer", item=1, verdict="not_applicable")
    scene.send("inspector", "finding", item=28, facts="x", severity="serious")
    Finding.objects.update(standing="issued")
    assert scores.score_sheet(scene.own).total == (9900 - 100) * 10_000 // 9900


def test_full_points_of_what_nobody_read_say_so(scene: Scene) -> None:
    _scored(scene)
    scene.send("inspector", "answer", item=2, verdict="complete")
    scene.send("inspector", "finding", item=28, facts="缺页", severity="serious")
    Finding.objects.update(standing="issued")
    said = {line.item.no: line.reasons for line in scores.score_sheet(scene.own).lines}
    assert (said[1], said[2], said[28]) == (["未查阅，未扣分"], [], ["缺页"])


def test_the_notices_own_scores_go_before(scene: Scene) -> None:
    scene.opened.items.filter(no=1).update(score=5)
    points = scores.points_of(list(scene.opened.items.all()))
    assert sum(points.values()) == 500


def test_a_unit_scores_itself_within_the_points_and_before_the_consultation(scene: Scene) -> None:
    clerk = scene.people.actor("clerk")
    with pytest.raises(WrongState):
        scoring.score_oneself(visit=scene.own, points={1: 100}, actor=clerk, now=scene.now)
    _scored(scene)
    with pytest.raises(BadInput, match="应在0到1之间"):
        scoring.score_oneself(visit=scene.own, points={1: 101}, actor=clerk, now=scene.now)
    with pytest.raises(NotAllowed):
        scoring.score_oneself(
            visit=scene.own, points={1: 100}, actor=scene.people.actor("foreign"), now=scene.now
        )
    scoring.score_oneself(visit=scene.own, points={1: 100, 2: None}, actor=clerk, now=scene.now)
    assert SelfScore.objects.count() == 1


@pytest.mark.parametrize("text", ["一", "1.234", "nan", "inf", "-1", "1e9"])
def test_what_is_no_score_is_refused_with_its_place(scene: Scene, login: Any, text: str) -> None:
    _scored(scene)
    answer = login(scene.people.users["clerk"]).post(
        f"/visits/{scene.own.pk}/scores/", {"points-1": text}
    )
    assert answer.status_code == 422
    assert "第1项" in answer.content.decode()


def test_the_inspected_see_their_own_points_only(scene: Scene, login: Any) -> None:
    _scored(scene)
    scene.send("inspector", "finding", item=28, facts="没有召开大会")
    Finding.objects.update(standing="issued")
    page = f"/visits/{scene.own.pk}/scores/"
    own = login(scene.people.users["clerk"]).get(page).content.decode()
    team = login(scene.people.users["inspector"]).get(page).content.decode()
    assert "没有召开大会" in team
    assert "没有召开大会" not in own
    assert "考核得分" not in own
    paper = f"/visits/{scene.own.pk}/papers/scores.docx"
    assert login(scene.people.users["clerk"]).get(paper).status_code == 403
    assert login(scene.people.users["inspector"]).get(paper).status_code == 200


@pytest.mark.parametrize("who", ["office", "team_leader", "secretary"])
def test_a_round_that_is_not_scored_has_no_points_to_look_at(
    scene: Scene, login: Any, who: str
) -> None:
    page = f"/visits/{scene.own.pk}/scores/"
    client = login(scene.people.users[who])
    refused = client.get(page)
    assert (refused.status_code, "这一轮不计分" in refused.content.decode()) == (409, True)
    _scored(scene)
    assert client.get(page).status_code == 200
