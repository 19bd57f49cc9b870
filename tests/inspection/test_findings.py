"""From the draft to the closing: four eyes, both signatures, the letter, the plan, the
verification, the look back.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from taizhang.inspection import actions, queries
from taizhang.inspection.actions import consulting, findings, rectifying
from taizhang.inspection.actions.rectifying import Measures
from taizhang.inspection.models import Finding, Letter, Rectification, Round, Visit
from taizhang.inspection.plan.model import Plan, UnitPlan
from taizhang.inspection.progress import board, due, round_comparison
from taizhang.kernel.errors import BadInput, NotAllowed, Stale, WrongState
from taizhang.kernel.models import JournalLine
from tests.inspection.conftest import DAY, WHY, Scene
from tests.make import picture, raw, save

WORDS = consulting.Words("台账基本齐全", "补齐记录", "认可")


def _draft(
    scene: Scene, who: str = "inspector", facts: str = "2016年三季度未召开党员大会", **about: Any
) -> Finding:
    scene.send(who, "finding", item=28, facts=facts, severity="serious", **about)
    return Finding.objects.latest("pk")


def _consult(scene: Scene, visit: Visit | None = None) -> Visit:
    leader = scene.people.actor("team_leader")
    found = visit or scene.own
    consulting.sign_for_team(visit=found, actor=leader, now=scene.now, unseen_reason=WHY)
    consulting.sign_for_branch(
        visit=found, name="书记甲", actor=scene.people.actor("inspector"), now=scene.now
    )
    return scene.own


def _issue(scene: Scene) -> Letter:
    found = findings.issue(
        opened=scene.opened, visits=[scene.own], issued_on=DAY, number="示督〔2018〕3号", actor=scene.people.actor("office"), now=scene.now
    )  # fmt: skip
    return found[0]


def _acknowledged(scene: Scene, **about: Any) -> Finding:
    finding = _draft(scene, **about)
    _consult(scene)
    findings.sign(
        visit=_issue(scene).visit, name="", actor=scene.people.actor("secretary"), now=scene.now
    )
    return queries.finding(finding.pk, actor=scene.people.actor("office"))


def _measures(scene: Scene, **about: Any) -> Measures:
    held = save(scene.people.own, scene.people.actor("clerk"), scene.now, "meetings",
                **raw("meetings") | {"kind": "支委会", "held_on": f"{DAY}", "title": "研究整改方案"})  # fmt: skip
    told = {
        "target": "整改到位", "measure": "按季召开", "leader_name": "甲", "responsible_name": "乙",
        "deadline": date(2018, 11, 20), "meeting": held.pk,
    }  # fmt: skip
    return Measures(**(told | about))


def test_a_draft_is_no_finding_before_both_have_signed(scene: Scene) -> None:
    draft = _draft(scene)
    consulting.sign_for_team(
        visit=scene.own, actor=scene.people.actor("team_leader"), now=scene.now, unseen_reason=WHY
    )
    draft.refresh_from_db()
    assert draft.standing == "draft"

    consulting.sign_for_branch(
        visit=scene.own, name="", actor=scene.people.actor("secretary"), now=scene.now
    )
    draft.refresh_from_db()
    assert (draft.standing, draft.seconded_by) == ("confirmed", scene.people.users["team_leader"])
    assert scene.own.standing == Visit.Standing.CONSULTED


def test_a_leader_is_not_the_second_pair_of_eyes_for_his_own_draft(scene: Scene) -> None:
    draft = _draft(scene, "team_leader")
    leader = scene.people.actor("team_leader")
    with pytest.raises(WrongState, match="您自己草拟"):
        consulting.sign_for_team(visit=scene.own, actor=leader, now=scene.now, unseen_reason=WHY)
    with pytest.raises(NotAllowed):
        consulting.second(finding=draft, actor=leader, now=scene.now)

    consulting.second(finding=draft, actor=scene.people.actor("inspector"), now=scene.now)
    consulting.sign_for_team(visit=scene.own, actor=leader, now=scene.now, unseen_reason=WHY)


def test_who_writes_on_an_old_copy_is_told_and_overwrites_nothing(scene: Scene) -> None:
    member = scene.people.actor("inspector")
    consulting.write(visit=scene.own, words=WORDS, version=1, actor=member, now=scene.now)
    with pytest.raises(Stale):
        consulting.write(visit=scene.own, words=WORDS, version=1, actor=member, now=scene.now)


def test_a_branch_writes_its_own_words_and_no_others(scene: Scene) -> None:
    consulting.write(
        visit=scene.own,
        words=WORDS,
        version=1,
        actor=scene.people.actor("inspector"),
        now=scene.now,
    )
    changed = consulting.Words("全部优秀", "没有建议", "有不同看法")
    consulting.write(
        visit=scene.own,
        words=changed,
        version=2,
        actor=scene.people.actor("secretary"),
        now=scene.now,
    )
    assert (scene.own.achievements, scene.own.advice, scene.own.own_words) == (
        "台账基本齐全",
        "补齐记录",
        "有不同看法",
    )


def test_changing_the_words_takes_back_the_signatures(scene: Scene) -> None:
    consulting.sign_for_team(
        visit=scene.own, actor=scene.people.actor("team_leader"), now=scene.now, unseen_reason=WHY
    )
    consulting.write(
        visit=scene.own,
        words=WORDS,
        version=1,
        actor=scene.people.actor("inspector"),
        now=scene.now,
    )
    assert scene.own.team_signed_at is None


def test_a_consultation_can_be_taken_back_until_it_is_issued(scene: Scene) -> None:
    draft = _draft(scene)
    _consult(scene)
    consulting.reopen(visit=scene.own, actor=scene.people.actor("team_leader"), now=scene.now)
    draft.refresh_from_db()
    assert (draft.standing, scene.own.team_signed_at) == ("draft", None)

    _consult(scene)
    _issue(scene)
    with pytest.raises(WrongState):
        consulting.reopen(visit=scene.own, actor=scene.people.actor("team_leader"), now=scene.now)


def test_the_inspected_see_nothing_before_it_is_issued(scene: Scene, login: Any) -> None:
    draft = _draft(scene)
    branch = scene.people.actor("secretary")
    assert not queries.findings(branch).exists()
    assert login(scene.people.users["secretary"]).get(f"/findings/{draft.pk}/").status_code == 403

    _consult(scene)
    _issue(scene)
    assert list(queries.findings(branch)) == [draft]
    assert not queries.findings(scene.people.actor("foreign")).exists()


def test_what_is_issued_has_number_deadline_and_a_frozen_text(scene: Scene) -> None:
    draft = _draft(scene)
    _consult(scene)
    letter = _issue(scene)
    draft.refresh_from_db()
    assert (draft.number, draft.deadline) == ("2018-1-城南1-01-001", date(2018, 11, 25))
    assert letter.frozen["findings"][0]["facts"] == draft.facts
    assert letter.plan_due_on is not None
    assert letter.plan_due_on > DAY

    with pytest.raises(WrongState):
        findings.reword(
            finding=draft, wording=findings.Wording("别的", "", "", "minor", "by_deadline", None), version=1,
            actor=scene.people.actor("office"), now=scene.now,
        )  # fmt: skip


def test_a_long_name_of_an_area_leaves_room_for_the_number(scene: Scene) -> None:
    visit = scene.own
    visit.unit.area.name = "城南片区第一督查小组所在的各中小学和幼儿园"
    number = findings.number_of(scene.opened, visit, 12)
    assert number == "2018-1-城南片区第一督查小组所在的各中小学和幼儿-01-012"


@pytest.mark.parametrize(
    ("manner", "deadline"),
    [
        ("at_once", date(2018, 11, 1)),
        ("by_deadline", date(2018, 11, 25)),
        ("long_term", date(2019, 4, 25)),
    ],
)
def test_the_deadline_follows_the_kind_of_rectification(manner: str, deadline: date) -> None:
    assert findings.usual_deadline(manner, DAY) == deadline


def test_only_units_that_were_consulted_with_get_a_letter(scene: Scene) -> None:
    with pytest.raises(WrongState, match="还没有会商"):
        _issue(scene)
    assert not Letter.objects.exists()


@pytest.mark.parametrize("percent", [-1, 101])
def test_progress_is_a_part_of_the_whole(scene: Scene, percent: int) -> None:
    finding = _acknowledged(scene)
    clerk = scene.people.actor("clerk")
    rectifying.plan(finding=finding, measures=_measures(scene), actor=clerk, now=scene.now)
    for right in (0, 100):
        rectifying.report(finding=finding, text="进展", percent=right, actor=clerk, now=scene.now)
    with pytest.raises(BadInput, match="应在0到100之间"):
        rectifying.report(finding=finding, text="进展", percent=percent, actor=clerk, now=scene.now)
    assert list(finding.progress.order_by("pk").values_list("percent", flat=True)) == [0, 100]


def test_a_problem_of_the_consultation_begins_with_its_draft(scene: Scene) -> None:
    made = consulting.add_finding(
        visit=scene.own, facts="没有记录", severity="minor", manner="at_once",
        actor=scene.people.actor("inspector"), now=scene.now,
    )  # fmt: skip
    (step,) = made.steps.all()
    assert (step.verb, step.standing, step.by) == (
        "draft",
        "draft",
        scene.people.users["inspector"],
    )


def test_a_problem_goes_all_the_way(scene: Scene) -> None:
    finding = _acknowledged(scene)
    clerk, office = scene.people.actor("clerk"), scene.people.actor("office")
    rectifying.plan(finding=finding, measures=_measures(scene), actor=clerk, now=scene.now)
    rectifying.report(finding=finding, text="已召开", percent=60, actor=clerk, now=scene.now)
    rectifying.add_file(
        finding=finding, name="后.png", data=picture(), stage="after", actor=clerk, now=scene.now
    )
    rectifying.submit(finding=finding, result="已补开", actor=clerk, now=scene.now)
    rectifying.verify(
        finding=finding, verb="send_back", opinion="材料不全", actor=office, now=scene.now
    )
    rectifying.submit(finding=finding, result="材料已补", actor=clerk, now=scene.now)
    rectifying.verify(finding=finding, verb="close", opinion="属实", actor=office, now=scene.now)

    steps = list(finding.steps.values_list("standing", flat=True))
    assert steps == [
        "draft", "confirmed", "issued", "acknowledged", "rectifying", "submitted", "returned", "submitted", "closed",
    ]  # fmt: skip
    done = Rectification.objects.get()
    assert (done.result, done.opinion, done.closed_on) == ("材料已补", "属实", DAY)
    verbs = JournalLine.objects.filter(subject=f"finding:{finding.pk}").values_list(
        "verb", flat=True
    )
    assert [v.rpartition(".")[2] for v in verbs] == [
        "issue", "acknowledge", "plan", "report", "add_file", "submit", "send_back", "submit", "close",
    ]  # fmt: skip


def test_a_plan_needs_measure_people_deadline_and_the_meeting_that_adopted_it(scene: Scene) -> None:
    finding = _acknowledged(scene)
    clerk = scene.people.actor("clerk")
    before = save(
        scene.people.own,
        clerk,
        scene.now,
        "meetings",
        **raw("meetings") | {"held_on": "2018-09-03"},
    )
    wrong = _measures(
        scene,
        measure=" ",
        leader_name="",
        responsible_name="",
        deadline=date(2018, 12, 1),
        meeting=before.pk,
    )
    with pytest.raises(BadInput) as refused:
        rectifying.plan(finding=finding, measures=wrong, actor=clerk, now=scene.now)
    assert [p.column for p in refused.value.problems] == [
        "整改措施",
        "责任领导",
        "责任人",
        "完成时限",
        "支委会",
    ]
    assert not Rectification.objects.exists()


def test_what_is_mended_at_once_needs_no_meeting(scene: Scene) -> None:
    finding = _acknowledged(scene, manner="at_once")
    measures = _measures(scene, meeting=None, deadline=date(2018, 10, 31))
    rectifying.plan(
        finding=finding, measures=measures, actor=scene.people.actor("clerk"), now=scene.now
    )
    assert finding.standing == "rectifying"


def test_an_objection_is_upheld_or_the_finding_cancelled_with_a_reason(scene: Scene) -> None:
    finding = _acknowledged(scene)
    secretary, office = scene.people.actor("secretary"), scene.people.actor("office")
    with pytest.raises(BadInput):
        findings.dispute(finding=finding, reason=" ", actor=secretary, now=scene.now)
    findings.dispute(finding=finding, reason="当季有大会记录", actor=secretary, now=scene.now)
    with pytest.raises(NotAllowed):
        findings.decide(
            finding=finding,
            verb="cancel",
            reason="属实",
            actor=scene.people.actor("team_leader"),
            now=scene.now,
        )

    findings.decide(finding=finding, verb="cancel", reason="核对属实", actor=office, now=scene.now)

    assert finding.standing == "cancelled"
    assert round_comparison.comparison(scene.opened).total == [0, 0, 0, 0, 0]


@pytest.mark.parametrize("who", ["foreign", "member", "nobody", "inspector"])
def test_nobody_else_signs_plans_or_closes(scene: Scene, who: str) -> None:
    finding = _acknowledged(scene)
    actor = scene.people.actor(who)
    with pytest.raises(NotAllowed):
        rectifying.plan(finding=finding, measures=_measures(scene), actor=actor, now=scene.now)
    with pytest.raises(NotAllowed):
        rectifying.verify(finding=finding, verb="close", opinion="好", actor=actor, now=scene.now)


@pytest.mark.parametrize(
    ("left", "light"),
    [
        (-1, "overdue"),
        (0, "red"),
        (10, "red"),
        (11, "amber"),
        (20, "amber"),
        (21, "green"),
        (None, "green"),
    ],
)
def test_the_light_says_how_many_days_are_left(left: int | None, light: str) -> None:
    assert board.light(left) == light


def test_the_overdue_stand_first_and_the_closed_last(scene: Scene) -> None:
    made = []
    for n, standing in ((5, "closed"), (9, "issued"), (-3, "issued")):
        finding = _draft(scene, facts=f"{n}")
        finding.standing, finding.deadline = standing, DAY + timedelta(days=n)
        finding.save()
        made.append(finding)
    lines = board.rectifying(Finding.objects.prefetch_related("progress"), DAY)
    assert [line.finding.facts for line in lines] == ["-3", "9", "5"]


def test_what_waits_stands_in_the_pages_of_those_who_do_it(scene: Scene, login: Any) -> None:
    finding = _draft(scene)
    _consult(scene)
    letter = _issue(scene)
    branch, office = login(scene.people.users["clerk"]), login(scene.people.users["office"])
    due = f"/branches/{scene.people.own.pk}/inspections/due/"
    assert "签收反馈意见" in branch.get(due).content.decode()

    findings.sign(visit=letter.visit, name="", actor=scene.people.actor("secretary"), now=scene.now)
    assert "提交整改方案：2018-1-城南1-01-001" in branch.get(due).content.decode()
    finding.refresh_from_db()
    findings.dispute(
        finding=finding, reason="有记录", actor=scene.people.actor("secretary"), now=scene.now
    )
    assert "处理申诉：甲校" in office.get("/inspections/due/").content.decode()


@pytest.mark.parametrize(("left", "told"), [(21, 0), (20, 1), (19, 0), (10, 1), (0, 0), (-1, 1)])
def test_a_mail_comes_twenty_and_ten_days_before_and_when_it_is_overdue(
    scene: Scene, left: int, told: int
) -> None:
    finding = _acknowledged(scene)
    lines = due.told(scene.people.own, (finding.deadline or DAY) - timedelta(days=left))
    assert len(lines) == told
    assert not any("党员大会" in line for line in lines)


def test_a_team_that_is_changed_while_the_round_runs_takes_over(scene: Scene) -> None:
    from taizhang.orgs.models import Duty
    from tests.inspection.conftest import plan_of

    area = scene.opened.areas.get()
    units = [UnitPlan(u.pk, u.name) for u in area.units.all()]
    wanted = replace(
        plan_of(scene.people).areas[0], key=area.pk, units=units, members=["无职责"], sessions=[]
    )
    pack = scene.own.pack
    actions.change_plan(
        opened=scene.opened, plan=Plan([wanted]), actor=scene.people.actor("office"), now=scene.now
    )

    assert scene.send("inspector", "start").state == "refused"
    assert scene.send("nobody", "start").state == "stored"
    assert Duty.objects.filter(
        user=scene.people.users["nobody"], organisation=scene.people.own
    ).exists()
    assert scene.own.pack == pack


def test_a_dropped_draft_comes_back_and_a_confirmed_highlight_is_promoted(scene: Scene) -> None:
    draft = _draft(scene)
    scene.send("inspector", "drop_finding", finding=str(draft.key))
    draft.refresh_from_db()
    findings.restore(finding=draft, actor=scene.people.actor("inspector"), now=scene.now)
    assert draft.standing == "draft"

    scene.send("inspector", "highlight", text="电子台账")
    praised, office = scene.own.highlights.get(), scene.people.actor("office")
    with pytest.raises(WrongState):
        consulting.promote(highlight=praised, actor=office, now=scene.now)
    _consult(scene)
    praised.refresh_from_db()
    assert consulting.promote(highlight=praised, actor=office, now=scene.now).standing == "promoted"


def test_a_leader_finds_the_rectification_of_his_units_after_his_right_to_read_ended(
    scene: Scene, login: Any
) -> None:
    from taizhang.orgs.models import Duty

    finding = _acknowledged(scene)
    Duty.objects.filter(user=scene.people.users["team_leader"]).delete()
    scene.opened.standing = Round.Standing.RECTIFYING
    scene.opened.save()
    client = login(scene.people.users["team_leader"])

    board_page = client.get(f"/rounds/{scene.opened.pk}/rectification/")
    assert finding.number in board_page.content.decode()
    assert client.get(f"/branches/{scene.people.own.pk}/").status_code == 403

    scene.opened.standing = Round.Standing.CLOSED
    scene.opened.save()
    assert client.get(f"/rounds/{scene.opened.pk}/rectification/").status_code == 403


def test_the_inspected_see_the_problems_in_the_consultation_but_not_who_wrote_them(
    scene: Scene, login: Any
) -> None:
    _draft(scene)
    page = f"/visits/{scene.own.pk}/consultation/"
    secretary = login(scene.people.users["secretary"])
    assert "党员大会" not in secretary.get(page).content.decode()

    scene.send("inspector", "end")
    said = secretary.get(page).content.decode()
    assert "2016年三季度未召开党员大会" in said
    assert "inspector" not in said
    assert "inspector" in login(scene.people.users["team_leader"]).get(page).content.decode()
