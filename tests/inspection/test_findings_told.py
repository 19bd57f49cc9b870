"""Findings from the draft to the closing: what each act keeps, refuses and tells, at the edges of
its days and numbers.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from taizhang.inspection.actions import findings
from taizhang.inspection.models import (
    Finding,
    FindingStep,
    Letter,
    Round,
    RoundUnit,
    Visit,
)
from taizhang.kernel.errors import BadInput, NotAllowed, NotFound, Stale, WrongState
from taizhang.kernel.models import JournalLine
from tests.inspection.conftest import DAY, Scene
from tests.inspection.test_findings import _acknowledged, _consult, _draft, _issue

WORDING = findings.Wording(" 改过 ", "章程", "补齐", "minor", "at_once", date(2018, 12, 1))


def _last(verb: str) -> Any:
    return JournalLine.objects.filter(verb=f"inspection.{verb}").latest("seq").detail


def _as(scene: Scene, who: str) -> dict[str, Any]:
    return {"actor": scene.people.actor(who), "now": scene.now}


# Words that are changed


def _reword(scene: Scene, finding: Finding, who: str, **about: Any) -> Finding:
    told: dict[str, Any] = {"version": finding.version, "wording": WORDING} | about
    return findings.reword(finding=finding, **told, **_as(scene, who))


def test_a_draft_is_reworded_by_its_team_and_seconded_anew(scene: Scene) -> None:
    finding = _draft(scene)
    Finding.objects.update(seconded_by=scene.people.users["team_leader"])
    finding.refresh_from_db()
    _reword(scene, finding, "inspector")
    kept = Finding.objects.get()
    said = (kept.facts, kept.basis, kept.suggestion, kept.severity, kept.manner, kept.deadline)
    assert said == ("改过", "章程", "补齐", "minor", "at_once", date(2018, 12, 1))
    assert (kept.version, kept.seconded_by) == (2, None)
    assert _last("finding.reword")["changed"]["严重程度"] == ["较严重", "一般"]
    with pytest.raises(Stale, match="刚被另一个人改过"):
        _reword(scene, kept, "inspector", version=1)


def test_the_office_rewords_what_is_confirmed_and_the_team_no_more(scene: Scene) -> None:
    _draft(scene)
    _consult(scene)
    finding = Finding.objects.get()
    with pytest.raises(WrongState, match="不能再改文字"):
        _reword(scene, finding, "inspector")
    _reword(scene, finding, "office")
    finding.refresh_from_db()
    assert finding.seconded_by == scene.people.users["team_leader"]
    _issue(scene)
    finding.refresh_from_db()
    with pytest.raises(WrongState, match="不能再改文字"):
        _reword(scene, finding, "office")


@pytest.mark.parametrize(
    ("about", "columns"),
    [
        ({"facts": " "}, ["具体表现"]), ({"severity": "x"}, ["严重程度"]), ({"manner": "x"}, ["整改类型"]),
        ({"facts": "", "severity": "x", "manner": "x"}, ["具体表现", "严重程度", "整改类型"]),
    ],
)  # fmt: skip
def test_words_that_say_nothing_change_nothing(
    scene: Scene, about: dict[str, str], columns: list[str]
) -> None:
    with pytest.raises(BadInput) as refused:
        _reword(scene, _draft(scene), "inspector", wording=replace(WORDING, **about))  # type: ignore[arg-type]
    assert [p.column for p in refused.value.problems] == columns


def test_a_dropped_draft_comes_back_until_the_team_signed(scene: Scene) -> None:
    finding = _draft(scene)
    scene.send("inspector", "drop_finding", finding=str(finding.key))
    finding = Finding.objects.select_related("visit__unit__area__round").get()
    for who in ("office", "foreign"):
        with pytest.raises(NotAllowed):
            findings.restore(finding=finding, **_as(scene, who))
    finding.visit.team_signed_at = scene.now
    with pytest.raises(WrongState, match="请组长先退回会商"):
        findings.restore(finding=finding, **_as(scene, "inspector"))
    finding.visit.team_signed_at = None
    finding.visit.unit.area.round.standing = Round.Standing.FED_BACK
    with pytest.raises(WrongState, match="不在督查阶段"):
        findings.restore(finding=finding, **_as(scene, "inspector"))
    finding.visit.unit.area.round.standing = Round.Standing.INSPECTING
    findings.restore(finding=finding, **_as(scene, "inspector"))
    assert Finding.objects.get().standing == "draft"


# The letter


def _letter(scene: Scene, *manners: tuple[str, date | None]) -> Letter:
    for at, (manner, deadline) in enumerate(manners):
        made = _draft(scene, facts=f"问题{at}", manner=manner)
        Finding.objects.filter(pk=made.pk).update(deadline=deadline)
    _consult(scene)
    return _issue(scene)


FAR = date(2019, 2, 1)


@pytest.mark.parametrize(
    ("manners", "plan", "report"),
    [
        ([], None, None),
        ([("at_once", None)], None, date(2018, 11, 25)),
        ([("at_once", FAR)], None, FAR),
        ([("by_deadline", None)], date(2018, 11, 8), date(2018, 11, 25)),
        ([("by_deadline", FAR), ("at_once", None)], date(2018, 11, 8), FAR),
        ([("long_term", None)], date(2018, 11, 8), date(2018, 11, 25)),
        ([("long_term", FAR), ("by_deadline", date(2018, 12, 3))], date(2018, 11, 8), date(2018, 12, 3)),
    ],
)  # fmt: skip
def test_plan_and_report_are_due_by_what_is_to_be_mended(
    scene: Scene, manners: list[tuple[str, date | None]], plan: date | None, report: date | None
) -> None:
    made = _letter(scene, *manners)
    assert (made.plan_due_on, made.report_due_on) == (plan, report)
    assert _last("issue")["findings"] == len(manners)
    assert Visit.objects.get(pk=scene.own.pk).standing == Visit.Standing.FED_BACK


def test_a_report_is_due_the_day_after_the_plan_at_the_earliest(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(findings, "RECTIFY_MONTHS", 0)
    made = _letter(scene, ("by_deadline", DAY))
    assert (made.plan_due_on, made.report_due_on) == (date(2018, 11, 8), date(2018, 11, 9))


def test_findings_are_numbered_in_the_order_of_their_requirements(scene: Scene) -> None:
    for item, facts in ((30, "三"), (None, "无"), (2, "一"), (30, "四")):
        scene.send("inspector", "finding", item=item, facts=facts)
    Finding.objects.filter(facts="四").update(deadline=FAR)
    scene.send("inspector", "finding", item=1, facts="撤")
    scene.send("inspector", "drop_finding", finding=str(Finding.objects.get(facts="撤").key))
    _consult(scene)
    letter = _issue(scene)
    numbers = dict(Finding.objects.values_list("facts", "number"))
    assert {facts: number[-3:] for facts, number in numbers.items()} == {
        "一": "001", "三": "002", "四": "003", "无": "004", "撤": "",
    }  # fmt: skip
    assert Finding.objects.get(facts="四").deadline == FAR
    assert [one["number"][-3:] for one in letter.frozen["findings"]] == ["001", "002", "003", "004"]
    assert letter.frozen["findings"][3]["category"] == ""
    assert letter.frozen["findings"][0]["category"]


def test_a_number_counts_the_earlier_rounds_of_its_year_and_the_units_of_its_area(
    scene: Scene,
) -> None:
    opened = Round.objects.get()
    RoundUnit.objects.filter(name="甲校").update(order=11)
    about = {"title": "早", "opened_at": scene.now, "starts_on": DAY}
    kept = [Round.objects.create(**about, standing=s) for s in ("closed", "draft", "archived")]
    last = Round.objects.create(**about | {"starts_on": date(2017, 1, 1)}, standing="closed")
    later = Round.objects.create(**about, standing="published")
    visit = scene.own
    assert findings.number_of(later, visit, 7) == "2018-4-城南1-12-007"
    assert findings.number_of(opened, visit, 1) == "2018-1-城南1-12-001"
    assert findings.number_of(last, visit, 1) == "2017-1-城南1-12-001"
    kept[0].starts_on = None
    assert findings.number_of(kept[0], visit, 1) == "2018-2-城南1-12-001"


def test_several_letters_bear_numbers_in_a_row(scene: Scene) -> None:
    visits = list(Visit.objects.select_related("unit__area__round").order_by("pk"))
    told = {"opened": scene.opened, "issued_on": DAY, "number": "示督〔2018〕3号"}
    with pytest.raises(BadInput, match="没有可以反馈的单位"):
        findings.issue(visits=[], **told, **_as(scene, "office"))  # type: ignore[arg-type]
    _consult(scene)
    visits[0].refresh_from_db()
    with pytest.raises(WrongState, match="“乙校”还没有会商确认"):
        findings.issue(visits=visits, **told, **_as(scene, "office"))  # type: ignore[arg-type]
    Visit.objects.update(standing=Visit.Standing.CONSULTED)
    visits = list(Visit.objects.select_related("unit__area__round").order_by("pk"))
    made = findings.issue(visits=visits, **told, **_as(scene, "office"))  # type: ignore[arg-type]
    assert [one.number for one in made] == ["示督〔2018〕3号", "示督〔2018〕4号"]
    assert _last("issue")["number"] == "示督〔2018〕4号"


def test_a_letter_is_signed_for_once_by_its_unit(scene: Scene) -> None:
    _draft(scene)
    _consult(scene)
    secretary = _as(scene, "secretary")
    with pytest.raises(NotFound, match="还没有反馈意见"):
        findings.sign(visit=scene.own, name="", **secretary)
    visit = _issue(scene).visit
    with pytest.raises(NotAllowed, match="由被督查党组织签收"):
        findings.sign(visit=visit, name="", **_as(scene, "office"))
    findings.sign(visit=visit, name=" 书记甲 ", **secretary)
    kept = Letter.objects.get()
    assert (kept.signed_by, kept.signed_at) == ("书记甲", scene.now)
    step = FindingStep.objects.get(verb="acknowledge")
    assert (step.note, step.standing) == ("书记甲签收", "acknowledged")
    assert _last("sign_letter") == {"name": "书记甲"}
    with pytest.raises(WrongState, match="已经签收过了"):
        findings.sign(visit=visit, name="", **secretary)


def test_without_a_name_the_account_signs(scene: Scene) -> None:
    _acknowledged(scene)
    assert Letter.objects.get().signed_by == "secretary"


# Objections


def test_an_objection_and_its_decision_are_kept_with_their_words(scene: Scene) -> None:
    finding = _acknowledged(scene)
    findings.dispute(finding=finding, reason=" 有记录 ", **_as(scene, "secretary"))
    office = _as(scene, "office")
    for verb, reason, told in (("close", "x", "只能维持或者撤销"), ("uphold", " ", "请写明理由")):
        with pytest.raises(BadInput, match=told):
            findings.decide(finding=finding, verb=verb, reason=reason, **office)
    with pytest.raises(NotAllowed):
        findings.decide(finding=finding, verb="close", reason="x", **_as(scene, "team_leader"))
    findings.decide(finding=finding, verb="uphold", reason=" 核实 ", **office)
    assert Finding.objects.get().standing == "acknowledged"
    steps = FindingStep.objects.order_by("pk").values_list("verb", "note")
    assert list(steps)[-2:] == [("dispute", "有记录"), ("uphold", "核实")]
    assert _last("finding.uphold") == {"changed": {"状态": ["申诉中", "已签收"]}, "said": "核实"}
