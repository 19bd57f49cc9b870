"""Questions to the office, what a host prepares, and what a unit gives itself: kept as said, once,
by whose it is.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from taizhang.inspection import actions
from taizhang.inspection.actions import asking, scoring
from taizhang.inspection.models import Preparation, Question, Round, SelfScore, Visit
from taizhang.kernel.errors import BadInput, NotAllowed, WrongState
from taizhang.kernel.models import JournalLine
from tests.inspection.conftest import Scene


def _last(verb: str) -> Any:
    return JournalLine.objects.filter(verb=f"inspection.{verb}").latest("seq").detail


# Questions, and what the host prepares


def _ask(scene: Scene, text: str = " 带什么 ") -> Question:
    return asking.ask(
        opened=scene.opened, branch=scene.people.own, text=text, actor=scene.people.actor("clerk"), now=scene.now
    )  # fmt: skip


def test_a_question_is_asked_of_a_published_round_and_answered(draft: Scene) -> None:
    with pytest.raises(WrongState, match="还没有发布"):
        _ask(draft)
    draft.step("publish")
    with pytest.raises(BadInput, match="“问题”：请写下要问的问题"):
        _ask(draft, " ")
    made, office = _ask(draft), draft.people.actor("office")
    assert made.text == "带什么"
    told: dict[str, Any] = {"question": made, "for_all": True, "actor": office, "now": draft.now}
    with pytest.raises(BadInput, match="“答复”：请写下答复"):
        asking.answer(text=" ", **told)
    asking.answer(text=" 台账 ", **told)
    kept = Question.objects.get()
    assert (kept.answer, kept.for_all, kept.answered_at, kept.answered_by) == (
        "台账", True, draft.now, office.user,
    )  # fmt: skip


def test_what_is_prepared_is_confirmed_once_by_the_host_or_the_office(draft: Scene) -> None:
    people, now = draft.people, draft.now
    said = actions.NoticeText("", [], ["请准备好会议室、电脑和投影仪。"], [])
    actions.change_text(opened=draft.opened, text=said, actor=people.actor("office"), now=now)
    one, two, three = Preparation.objects.select_related("session__host", "session__area__round")
    assert [str(each) for each in (one, two, three)] == ["会议室", "电脑", "投影仪"]
    asking.confirm_preparation(preparation=one, actor=people.actor("clerk"), now=now)
    with pytest.raises(WrongState, match="已经确认过了"):
        asking.confirm_preparation(preparation=one, actor=people.actor("office"), now=now)
    asking.confirm_preparation(preparation=two, actor=people.actor("office"), now=now)
    three.session.host = None
    with pytest.raises(NotAllowed, match="由承办场地的单位或者组织科确认"):
        asking.confirm_preparation(preparation=three, actor=people.actor("clerk"), now=now)
    asking.confirm_preparation(preparation=three, actor=people.actor("office"), now=now)
    by = Preparation.objects.order_by("pk").values_list("confirmed_by__username", flat=True)
    assert list(by) == ["clerk", "office", "office"]


# What a unit gives itself


def _scored(scene: Scene) -> None:
    office = scene.people.actor("office")
    scoring.set_scored(opened=scene.opened, scored=True, actor=office, now=scene.now)


def _score(scene: Scene, points: dict[int, int | None]) -> dict[int, int]:
    scoring.score_oneself(
        visit=scene.own, points=points, actor=scene.people.actor("clerk"), now=scene.now
    )
    return dict(SelfScore.objects.values_list("item__no", "points"))


def test_whether_a_round_is_scored_is_kept(scene: Scene) -> None:
    _scored(scene)
    assert Round.objects.get().scored
    assert _last("set_scored") == {"changed": {"计分": [False, True]}}


def test_what_a_unit_gives_itself_replaces_what_it_gave(scene: Scene) -> None:
    _scored(scene)
    assert _score(scene, {1: 0, 2: 100, 3: None, 99: 5}) == {1: 0, 2: 100}
    assert _score(scene, {2: 50}) == {2: 50}
    assert _last("score_oneself")["changed"] == {"1": [0, ""], "2": [100, 50]}
    for wrong in ({1: -1}, {1: 101}):
        with pytest.raises(BadInput, match="“第1项”：应在0到1之间"):
            _score(scene, wrong)  # type: ignore[arg-type]
    assert _score(scene, {1: 100}) == {1: 100}


def test_a_free_item_is_worth_nothing(scene: Scene) -> None:
    scene.opened.items.filter(no=36).update(is_topic=True)
    _scored(scene)
    with pytest.raises(BadInput, match="“第36项”：应在0到0之间"):
        _score(scene, {36: 1})
    assert _score(scene, {36: 0}) == {36: 0}


@pytest.mark.parametrize("standing", ["consulted", "fed_back"])
def test_after_the_consultation_no_score_is_changed(scene: Scene, standing: str) -> None:
    _scored(scene)
    Visit.objects.update(standing=standing)
    with pytest.raises(WrongState, match="自评分不能再改"):
        _score(scene, {1: 5})


def test_nobody_but_the_unit_scores_itself(scene: Scene, now: datetime) -> None:
    _scored(scene)
    for who in ("office", "inspector", "foreign"):
        with pytest.raises(NotAllowed, match="由被督查党组织填写"):
            scoring.score_oneself(
                visit=scene.own, points={1: 5}, actor=scene.people.actor(who), now=now
            )
