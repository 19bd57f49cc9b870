"""The mending of findings, orders, and many at once: what each act keeps, refuses and tells, at the
edges of its days.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from taizhang.inspection.actions import findings, ordering, rectifying
from taizhang.inspection.models import (
    Finding,
    FindingStep,
    Progress,
    Rectification,
    RectificationFile,
    RectificationNotice,
    Round,
)
from taizhang.inspection.together import actions as together
from taizhang.kernel.errors import BadInput, NotAllowed, Stale, WrongState
from taizhang.kernel.models import JournalLine
from tests.inspection.conftest import DAY, Scene
from tests.inspection.mending import planned, submitted
from tests.inspection.test_findings import _acknowledged, _consult, _draft, _issue, _measures
from tests.make import picture, raw, save

FAR = date(2019, 2, 1)


def _last(verb: str) -> Any:
    return JournalLine.objects.filter(verb=f"inspection.{verb}").latest("seq").detail


def _as(scene: Scene, who: str) -> dict[str, Any]:
    return {"actor": scene.people.actor(who), "now": scene.now}


# The mending


@pytest.mark.parametrize(
    ("about", "told"),
    [
        ({"deadline": None}, {"完成时限": "请填写完成时限。"}),
        ({"deadline": date(2018, 11, 25)}, {}),
        ({"deadline": date(2018, 11, 26)}, {"完成时限": "晚于反馈要求的2018-11-25。"}),
        ({"meeting": None}, {"支委会": "请选择通过整改方案的支委会（先登记到会议台账）。"}),
        ({"meeting": 10**9}, {"支委会": "不是反馈之后本支部的支委会或党员大会。"}),
        ({"responsible_name": " "}, {"责任人": "不能为空。"}),
    ],
)  # fmt: skip
def test_a_plan_is_refused_by_what_it_lacks(
    scene: Scene, about: dict[str, Any], told: dict[str, str]
) -> None:
    finding, clerk = _acknowledged(scene), _as(scene, "clerk")
    measures = _measures(scene, **about)
    if not told:
        rectifying.plan(finding=finding, measures=measures, **clerk)
        assert Finding.objects.get().standing == "rectifying"
        return
    with pytest.raises(BadInput) as refused:
        rectifying.plan(finding=finding, measures=measures, **clerk)
    assert {p.column: p.message for p in refused.value.problems} == told


def test_what_has_no_deadline_may_be_mended_at_any_time(scene: Scene) -> None:
    finding = _acknowledged(scene)
    finding.deadline = None
    measures = _measures(scene, deadline=date(2030, 1, 1))
    assert rectifying.plan(finding=finding, measures=measures, **_as(scene, "clerk")).deadline == date(2030, 1, 1)  # fmt: skip


def test_a_meeting_that_is_named_though_none_is_needed_must_be_one(scene: Scene) -> None:
    finding = _acknowledged(scene, manner="at_once")
    measures = _measures(scene, meeting=10**9, deadline=DAY)
    with pytest.raises(BadInput, match="不是反馈之后"):
        rectifying.plan(finding=finding, measures=measures, **_as(scene, "clerk"))


def test_a_plan_under_way_is_changed_and_the_journal_tells_what(scene: Scene) -> None:
    finding = planned(scene)
    step = FindingStep.objects.filter(verb="plan").get()
    assert step.note == "按季召开"
    measures = replace(_measures(scene), measure="按月召开")
    rectifying.plan(finding=finding, measures=measures, **_as(scene, "clerk"))
    assert Rectification.objects.get().measure == "按月召开"
    assert _last("finding.change_plan")["changed"]["整改措施"] == ["按季召开", "按月召开"]
    assert FindingStep.objects.filter(verb="plan").count() == 1


def test_the_meetings_of_the_branch_since_the_feedback_are_offered(scene: Scene) -> None:
    finding, clerk = _acknowledged(scene), scene.people.actor("clerk")
    for day, kind in (
        ("2018-10-24", "支委会"),
        ("2018-10-25", "党员大会"),
        ("2018-10-26", "支委会"),
        ("2018-10-27", "党课"),
    ):
        save(scene.people.own, clerk, scene.now, "meetings", **raw("meetings") | {"kind": kind, "held_on": day})  # fmt: skip
    days = [told for _, told in rectifying.meetings_after(finding, clerk)]
    assert [("2018-10-26" in told, "2018-10-25" in told) for told in days] == [
        (True, False), (False, True),
    ]  # fmt: skip
    assert rectifying.meetings_after(_draft_of_nobody(finding), clerk) == []


def _draft_of_nobody(finding: Finding) -> Finding:
    finding.visit.unit.organisation = None
    return finding


def test_without_a_letter_no_meeting_is_offered(scene: Scene) -> None:
    assert rectifying.meetings_after(_draft(scene), scene.people.actor("clerk")) == []


def test_progress_is_told_once_there_is_a_plan(scene: Scene) -> None:
    finding, clerk = _acknowledged(scene), _as(scene, "clerk")
    with pytest.raises(WrongState, match="整改方案提交之后才能报告进展"):
        rectifying.report(finding=finding, text="进展", percent=5, **clerk)
    rectifying.plan(finding=finding, measures=_measures(scene), **clerk)
    with pytest.raises(BadInput) as refused:
        rectifying.report(finding=finding, text=" ", percent=101, **clerk)
    assert [p.column for p in refused.value.problems] == ["进展", "完成比例"]
    rectifying.report(finding=finding, text=" 已召开 ", percent=60, **clerk)
    assert Progress.objects.get().text == "已召开"
    assert _last("finding.report") == {"percent": 60}


def _add(scene: Scene, finding: Finding, stage: str = "after") -> RectificationFile:
    return rectifying.add_file(
        finding=finding, name="后.png", data=picture(), stage=stage, **_as(scene, "clerk")
    )


def test_a_file_is_kept_once_for_a_stage(scene: Scene) -> None:
    finding = _acknowledged(scene)
    with pytest.raises(BadInput, match="整改前还是整改后"):
        _add(scene, finding, "later")
    made = _add(scene, finding)
    assert _last("finding.add_file") == {"file": made.file_id, "stage": "after"}
    lines = JournalLine.objects.filter(verb="inspection.finding.add_file")
    assert _add(scene, finding) == made
    assert lines.count() == 1
    assert _add(scene, finding, "before") != made
    assert made.file.branch == scene.people.own


@pytest.mark.parametrize(
    ("standing", "refused"),
    [("acknowledged", False), ("reopened", False), ("returned", False), ("issued", True), ("submitted", True), ("closed", True)],
)  # fmt: skip
def test_files_are_added_while_something_is_mended(
    scene: Scene, standing: str, refused: bool
) -> None:
    finding = _acknowledged(scene)
    finding.standing = standing
    if refused:
        with pytest.raises(WrongState, match="现在不能再补佐证材料"):
            _add(scene, finding)
    else:
        assert _add(scene, finding).finding == finding


def test_nothing_is_asked_to_be_closed_without_plan_and_result(scene: Scene) -> None:
    finding, clerk = _acknowledged(scene), _as(scene, "clerk")
    with pytest.raises(WrongState, match="请先提交整改方案"):
        rectifying.submit(finding=finding, result="x", **clerk)
    rectifying.plan(finding=finding, measures=_measures(scene), **clerk)
    with pytest.raises(BadInput, match="“整改结果”：请写明整改结果"):
        rectifying.submit(finding=finding, result=" ", **clerk)
    rectifying.submit(finding=finding, result=" 已改 ", **clerk)
    kept = Rectification.objects.get()
    assert (kept.result, kept.submitted_at) == ("已改", scene.now)
    assert FindingStep.objects.get(verb="submit").note == "已改"


def _verify(scene: Scene, finding: Finding, verb: str, **about: str) -> Rectification:
    told: dict[str, Any] = {"opinion": " 核实 "} | about
    return rectifying.verify(finding=finding, verb=verb, **told, **_as(scene, "office"))


@pytest.mark.parametrize(("verb", "closed"), [("close", DAY), ("send_back", None), ("keep_on", None)])  # fmt: skip
def test_a_verification_keeps_who_when_and_with_which_opinion(
    scene: Scene, verb: str, closed: date | None
) -> None:
    finding = submitted(scene)
    with pytest.raises(BadInput, match="只能同意销号"):
        _verify(scene, finding, "reopen")
    with pytest.raises(BadInput, match="“核查意见”：请写明核查意见"):
        _verify(scene, finding, verb, opinion=" ")
    _verify(scene, finding, verb, without_evidence="多写的")
    kept = Rectification.objects.get()
    assert (kept.opinion, kept.closed_on, kept.verified_at, kept.without_evidence) == (
        "核实", closed, scene.now, "",
    )  # fmt: skip
    assert kept.verified_by == scene.people.users["office"]
    assert FindingStep.objects.get(verb=verb).note == "核实"


def test_who_may_not_verify_is_told_so_before_he_is_asked_for_a_reason(scene: Scene) -> None:
    finding = submitted(scene)
    finding.files.all().delete()
    with pytest.raises(NotAllowed):
        rectifying.verify(finding=finding, verb="close", opinion="x", **_as(scene, "inspector"))
    with pytest.raises(BadInput, match="同意销号须写明理由"):
        _verify(scene, finding, "close", without_evidence=" ")
    Round.objects.update(standing=Round.Standing.ARCHIVED)
    stored = Finding.objects.select_related("visit__unit__area__round").get()
    with pytest.raises(WrongState, match="已经归档"):
        _verify(scene, stored, "close")


def test_what_comes_back_is_planned_and_verified_anew(scene: Scene) -> None:
    finding = submitted(scene)
    _verify(scene, finding, "close")
    with pytest.raises(BadInput, match="请写明反弹的具体表现"):
        findings.reopen(finding=finding, reason=" ", **_as(scene, "office"))
    findings.reopen(finding=finding, reason=" 又没有开 ", **_as(scene, "office"))
    kept = Rectification.objects.get()
    assert (kept.submitted_at, kept.verified_at, kept.verified_by, kept.closed_on) == (None,) * 4
    again = Finding.objects.get()
    assert (again.standing, again.deadline) == ("reopened", date(2018, 11, 25))
    assert FindingStep.objects.get(verb="reopen").note == "又没有开"


def test_what_keeps_problems_away_is_told_where_there_is_a_problem(scene: Scene) -> None:
    clerk = _as(scene, "clerk")
    about: dict[str, Any] = {"visit": scene.own, "version": 1}
    with pytest.raises(WrongState, match="不需要写长效机制"):
        rectifying.write_lasting(text="按季自查", **about, **clerk)
    _acknowledged(scene)
    about = {"visit": scene.own, "version": scene.own.version}
    long = "长" * rectifying.LONGEST
    with pytest.raises(
        BadInput, match=f"不能超过{rectifying.LONGEST}个字，现有{rectifying.LONGEST + 1}个字"
    ):
        rectifying.write_lasting(text=f"{long}长", **about, **clerk)
    rectifying.write_lasting(text=long, **about, **clerk)
    assert scene.own.version == about["version"] + 1
    with pytest.raises(Stale, match="长效机制刚被另一个人改过"):
        rectifying.write_lasting(text="旧的", **about, **clerk)
    rectifying.write_lasting(text=" 按季\r\n自查 ", visit=scene.own, version=scene.own.version, **clerk)  # fmt: skip
    assert scene.own.lasting == "按季\n自查"
    assert _last("write_lasting")["changed"] == {"长效机制": [long, "按季\n自查"]}


@pytest.mark.parametrize(
    ("roles", "standing", "offered"),
    [({"branch"}, "rectifying", True), ({"office"}, "rectifying", False), ({"branch"}, "archived", False)],
)  # fmt: skip
def test_it_is_offered_to_the_branch_while_the_round_goes_on(
    scene: Scene, roles: set[str], standing: str, offered: bool
) -> None:
    assert not rectifying.may_write_lasting(scene.own, {"branch"})
    _acknowledged(scene)
    Round.objects.update(standing=standing)
    assert rectifying.may_write_lasting(scene.own, roles) is offered


# Orders


def _order(scene: Scene, **about: Any) -> RectificationNotice:
    told = {"issued_on": DAY, "due_on": DAY + timedelta(days=1)} | about
    return ordering.order_rectification(visit=scene.own, **told, **_as(scene, "office"))


def test_an_order_lies_after_the_feedback_and_before_its_own_end(scene: Scene) -> None:
    with pytest.raises(WrongState, match="还没有反馈，不能出具整改通知书"):
        _order(scene)
    _acknowledged(scene)
    for about, columns in (
        ({"issued_on": DAY - timedelta(days=1)}, ["出具日期"]), ({"due_on": DAY}, ["整改期限"]),
        ({"issued_on": DAY - timedelta(days=1), "due_on": DAY - timedelta(days=1)}, ["出具日期", "整改期限"]),
    ):  # fmt: skip
        with pytest.raises(BadInput) as refused:
            _order(scene, **about)
        assert [p.column for p in refused.value.problems] == columns
    made = _order(scene)
    kept = RectificationNotice.objects.get()
    assert (kept.number, bool(kept.paper)) == (made.number, True)
    assert _last("order_rectification")["number"] == made.number
    Finding.objects.update(standing="closed")
    with pytest.raises(WrongState, match="“甲校”没有需要整改的问题"):
        _order(scene)


# Many at once


def _deadlines(scene: Scene, chosen: list[Finding], day: date = FAR, **about: Any) -> int:
    told = {"reason": " 等批复 "} | about
    who = told.pop("who", "office")
    return together.set_deadlines(chosen=chosen, deadline=day, **told, **_as(scene, who))


def test_a_deadline_is_moved_by_the_office_with_its_reason(scene: Scene) -> None:
    finding = _draft(scene)
    assert _deadlines(scene, [finding], DAY - timedelta(days=9)) == 1, "before the feedback any day"
    finding = _acknowledged_of(scene)
    for chosen, about, told in (
        ([finding], {"reason": " "}, "请写明改时限的理由"), ([], {}, "请先勾选问题"), ([finding] * 51, {}, "一次最多50个"),
        ([finding], {"day": DAY - timedelta(days=1)}, f"{finding.number}：“整改时限”：早于反馈日期{DAY}"),
    ):  # fmt: skip
        with pytest.raises(BadInput, match=told):
            _deadlines(scene, chosen, **about)
    with pytest.raises(NotAllowed, match="由组织科调整"):
        _deadlines(scene, [finding], who="team_leader")
    assert _deadlines(scene, [finding], DAY) == 1
    before = finding.version
    assert _deadlines(scene, [finding]) == 1
    kept = Finding.objects.get()
    assert (kept.deadline, kept.version) == (FAR, before + 1)
    step = FindingStep.objects.filter(verb="extend").last()
    assert step is not None
    assert (step.note, step.standing) == (f"整改时限改为{FAR}：等批复", "acknowledged")
    assert _last("finding.extend") == {
        "changed": {"整改时限": [f"{DAY}", f"{FAR}"]}, "said": "等批复",
    }  # fmt: skip


def _acknowledged_of(scene: Scene) -> Finding:
    _consult(scene)
    findings.sign(visit=_issue(scene).visit, name="", **_as(scene, "secretary"))
    return Finding.objects.select_related("visit__unit__area__round", "visit__letter").get()


@pytest.mark.parametrize("standing", ["dropped", "cancelled", "closed"])
def test_what_is_settled_has_no_deadline_to_move(scene: Scene, standing: str) -> None:
    finding = _draft(scene, facts="长" * 30)
    finding.standing = standing
    told = f"^甲校　{'长' * 19}…：已经了结，不用再改时限。（一个也没有办理）$"
    with pytest.raises(WrongState, match=told.replace("（", r"\W").replace("）", r"\W")):
        _deadlines(scene, [finding])


def test_only_what_makes_sense_for_many_is_done_to_many(scene: Scene) -> None:
    finding = _draft(scene)
    leader = _as(scene, "team_leader")
    about: dict[str, Any] = {"reason": "", **leader}
    with pytest.raises(BadInput, match="没有这种操作"):
        together.decide_many(chosen=[finding], verb="issue", **about)
    with pytest.raises(BadInput, match="一次最多50个"):
        together.decide_many(chosen=[finding] * 51, verb="second", **about)
    assert together.decide_many(chosen=[finding] * 50, verb="second", **about) == 50
    assert Finding.objects.get().seconded_by == leader["actor"].user
