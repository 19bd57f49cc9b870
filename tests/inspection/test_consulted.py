"""The consultation: who writes what of it, who signs, what is taken back, and what the journal
tells.
"""

from __future__ import annotations

from typing import Any

import pytest

from taizhang.inspection.actions import consulting
from taizhang.inspection.models import Finding, Highlight, Round, Visit
from taizhang.kernel.errors import BadInput, NotAllowed, Stale, WrongState
from taizhang.kernel.models import JournalLine
from taizhang.orgs.models import Duty
from tests.inspection.conftest import WHY, Scene
from tests.inspection.test_findings import WORDS, _consult, _draft, _issue

ALL = consulting.Words("成绩", "建议", "意见", "评价", " 记录人甲 ")


def _last(verb: str) -> Any:
    return JournalLine.objects.filter(verb=f"inspection.{verb}").latest("seq").detail


def _write(
    scene: Scene, who: str = "inspector", words: consulting.Words = ALL, **about: Any
) -> Visit:
    told = {"version": scene.own.version} | about
    return consulting.write(visit=scene.own, words=words, actor=scene.people.actor(who), now=scene.now, **told)  # fmt: skip


def _said(scene: Scene) -> list[str]:
    one = scene.own
    return [one.achievements, one.advice, one.own_words, one.judgement, one.recorder]


def test_the_team_writes_all_of_it_and_the_branch_its_own_words(scene: Scene) -> None:
    _write(scene)
    assert _said(scene) == ["成绩", "建议", "意见", "评价", "记录人甲"]
    assert (scene.own.version, scene.own.standing) == (2, Visit.Standing.TO_CONSULT)
    assert _last("write_consultation")["changed"]["总体评价"] == ["", "评价"]
    _write(scene, "clerk", consulting.Words("x", "x", "另有意见", "x", "x"))
    assert _said(scene) == ["成绩", "建议", "另有意见", "评价", "记录人甲"]
    assert _last("write_consultation")["changed"] == {"被督查党组织意见": ["意见", "另有意见"]}
    with pytest.raises(Stale, match="您写的还在页面上"):
        _write(scene, version=2)
    with pytest.raises(NotAllowed):
        _write(scene, "foreign")


def test_who_is_of_the_branch_and_of_the_team_writes_all_of_it(scene: Scene) -> None:
    Duty.objects.create(
        user=scene.people.users["inspector"], role="clerk", organisation=scene.people.own
    )
    _write(scene)
    assert _said(scene) == ["成绩", "建议", "意见", "评价", "记录人甲"]


@pytest.mark.parametrize("side", ["team", "branch"])
def test_one_signature_is_taken_back_by_a_change_and_both_stop_it(scene: Scene, side: str) -> None:
    leader, secretary = scene.people.actor("team_leader"), scene.people.actor("secretary")
    signed = {"team_signed_at": scene.now} if side == "team" else {"branch_signed_at": scene.now}
    Visit.objects.filter(pk=scene.own.pk).update(
        **signed, branch_signed_by="甲", unseen_reason="停电"
    )
    _write(scene)
    own = scene.own
    assert (own.team_signed_at, own.branch_signed_at, own.branch_signed_by, own.unseen_reason) == (
        None, None, "", "",
    )  # fmt: skip
    _consult(scene)
    version = scene.own.version
    for act in (
        lambda: _write(scene, version=version),
        lambda: consulting.sign_for_team(visit=scene.own, actor=leader, now=scene.now, unseen_reason=WHY),
        lambda: consulting.sign_for_branch(visit=scene.own, name="", actor=secretary, now=scene.now),
        lambda: _add(scene),
    ):  # fmt: skip
        with pytest.raises(WrongState, match="已经由双方确认，不能再改"):
            act()


def _add(scene: Scene, **about: str) -> Finding:
    told = {"facts": " 没有记录 ", "severity": "minor", "manner": "at_once"} | about
    return consulting.add_finding(
        visit=scene.own, actor=scene.people.actor("inspector"), now=scene.now, **told
    )


@pytest.mark.parametrize(
    ("about", "columns"),
    [
        ({"facts": " "}, ["具体表现"]), ({"severity": "x"}, [""]), ({"manner": "x"}, [""]),
        ({"facts": "", "severity": "x", "manner": "x"}, ["具体表现", ""]),
    ],
)  # fmt: skip
def test_a_problem_without_its_choices_is_none(
    scene: Scene, about: dict[str, str], columns: list[str]
) -> None:
    with pytest.raises(BadInput) as refused:
        _add(scene, **about)
    assert [p.column or "" for p in refused.value.problems] == columns
    made = _add(scene)
    assert (made.facts, made.severity, made.manner, made.source, made.made_at) == (
        "没有记录", "minor", "at_once", "consultation", scene.now,
    )  # fmt: skip
    assert _last("add_finding") == {"finding": made.pk}


def _sign(scene: Scene, who: str = "team_leader", why: str = WHY) -> Visit:
    return consulting.sign_for_team(
        visit=scene.own, actor=scene.people.actor(who), now=scene.now, unseen_reason=why
    )


def test_a_leader_seconds_what_others_wrote_and_not_what_was_seconded(scene: Scene) -> None:
    users = scene.people.users
    others, own = _draft(scene), _draft(scene, "team_leader", facts="长" * 40)
    with pytest.raises(NotAllowed, match="由组长"):
        _sign(scene, "inspector")
    with pytest.raises(WrongState, match=f"有1个问题是您自己草拟的.*{'长' * 29}…$"):
        _sign(scene)
    consulting.second(finding=own, actor=scene.people.actor("inspector"), now=scene.now)
    Finding.objects.filter(pk=own.pk).update(seconded_by=users["office"])
    _sign(scene)
    seconded = dict(Finding.objects.values_list("pk", "seconded_by__username"))
    assert seconded == {others.pk: "team_leader", own.pk: "office"}
    assert (scene.own.team_signed_at, scene.own.team_signed_by) == (scene.now, users["team_leader"])
    assert _last("sign_for_team")["reason"] == WHY
    assert len(_last("sign_for_team")["unseen"]) == 2


def test_a_draft_that_was_dropped_asks_for_nobody_and_is_never_confirmed(scene: Scene) -> None:
    gone = _draft(scene, "team_leader")
    scene.send("team_leader", "drop_finding", finding=str(gone.key))
    _consult(scene)
    gone.refresh_from_db()
    assert (gone.standing, gone.seconded_by) == ("dropped", None)


def _branch(scene: Scene, who: str, name: str = "") -> Visit:
    return consulting.sign_for_branch(
        visit=scene.own, name=name, actor=scene.people.actor(who), now=scene.now
    )


def test_the_unit_signs_by_its_account_or_by_a_name(scene: Scene) -> None:
    _sign(scene)
    with pytest.raises(BadInput, match="“负责人”：请填写被督查单位负责人的姓名"):
        _branch(scene, "inspector", " ")
    _branch(scene, "secretary")
    own = scene.own
    assert (own.branch_signed_by, own.branch_signed_entered_by, own.branch_signed_at) == (
        "secretary", scene.people.users["secretary"], scene.now,
    )  # fmt: skip
    assert own.standing == Visit.Standing.CONSULTED
    assert _last("sign_for_branch") == {"name": "secretary"}


def test_a_name_that_is_given_goes_before_that_of_the_account(scene: Scene) -> None:
    _sign(scene)
    _branch(scene, "secretary", " 书记甲 ")
    assert scene.own.branch_signed_by == "书记甲"


def test_highlights_are_confirmed_and_taken_back_with_the_consultation(scene: Scene) -> None:
    for text in ("好", "撤销的"):
        scene.send("inspector", "highlight", text=text)
    one, gone = Highlight.objects.order_by("pk")
    scene.send("inspector", "drop_highlight", highlight=str(gone.key))
    _consult(scene)

    def standings() -> list[str]:
        return list(Highlight.objects.order_by("pk").values_list("standing", flat=True))

    assert standings() == ["confirmed", "draft"]
    version = scene.own.version
    consulting.reopen(visit=scene.own, actor=scene.people.actor("team_leader"), now=scene.now)
    assert standings() == ["draft", "draft"]
    own = scene.own
    assert (own.version, own.standing, own.branch_signed_by) == (version + 1, "to_consult", "")
    assert _last("reopen_consultation") == {}
    _consult(scene)
    one.refresh_from_db()
    gone.refresh_from_db()
    office = scene.people.actor("office")
    with pytest.raises(WrongState, match="这条亮点已经撤销"):
        consulting.promote(highlight=gone, actor=office, now=scene.now)
    consulting.promote(highlight=one, actor=office, now=scene.now)
    assert standings() == ["promoted", "draft"]
    assert _last("promote") == {"highlight": one.pk}


def test_only_leader_and_office_take_a_consultation_back(scene: Scene) -> None:
    finding = _draft(scene)
    _consult(scene)
    for who in ("inspector", "secretary", "foreign"):
        with pytest.raises(NotAllowed, match="由组长或者组织科退回会商"):
            consulting.reopen(visit=scene.own, actor=scene.people.actor(who), now=scene.now)
    consulting.reopen(visit=scene.own, actor=scene.people.actor("office"), now=scene.now)
    step = finding.steps.last()
    assert step is not None
    assert (step.verb, step.standing, step.note) == ("reconsider", "draft", "退回会商")


def test_only_a_draft_of_another_is_seconded(scene: Scene) -> None:
    finding, leader = _draft(scene), scene.people.actor("team_leader")
    with pytest.raises(NotAllowed, match="自己草拟的问题不能由自己复核"):
        consulting.second(finding=finding, actor=scene.people.actor("inspector"), now=scene.now)
    consulting.second(finding=finding, actor=leader, now=scene.now)
    kept = Finding.objects.get()
    assert kept.seconded_by == leader.user
    assert _last("second_finding") == {"finding": finding.pk}
    _consult(scene)
    kept.refresh_from_db()
    with pytest.raises(WrongState, match="只有草拟的问题需要复核"):
        consulting.second(finding=kept, actor=leader, now=scene.now)


def test_a_letter_says_what_was_consulted(scene: Scene) -> None:
    _draft(scene)
    scene.send("inspector", "highlight", text="好")
    _write(scene, words=WORDS)
    _consult(scene)
    frozen = _issue(scene).frozen
    assert (frozen["achievements"], frozen["advice"], frozen["own_words"]) == (
        "台账基本齐全", "补齐记录", "认可",
    )  # fmt: skip
    assert frozen["highlights"] == ["好"]
    assert Round.objects.get().standing == "inspecting"
