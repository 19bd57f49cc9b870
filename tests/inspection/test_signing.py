"""What is confirmed was seen, or a person says why not; and never by one for both sides."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from taizhang.checks.models import SuspicionRow
from taizhang.inspection.actions import consulting, findings, rectifying
from taizhang.inspection.models import Finding, Letter, Rectification, Visit
from taizhang.inspection.papers import letters, of_visit
from taizhang.inspection.progress import due
from taizhang.inspection.site import seen
from taizhang.kernel.errors import BadInput, NotAllowed, WrongState
from taizhang.kernel.models import JournalLine
from taizhang.orgs.actions import calendar as orgs
from taizhang.orgs.queries.calendar import after_workdays
from tests.inspection.conftest import DAY, WHY, Scene
from tests.inspection.test_findings import (
    _acknowledged,
    _consult,
    _draft,
    _issue,
    _measures,
)
from tests.inspection.test_papers import _text, _visit
from tests.make import picture


def _look_at_all(scene: Scene) -> None:
    scene.send("inspector", "present", attendee=scene.own.attendees.first().pk, present=True)  # type: ignore[union-attr]
    for item in scene.opened.items.all():
        scene.send("inspector", "answer", item=item.no, verdict="complete")


def _sign(scene: Scene, who: str = "team_leader", why: str = "") -> None:
    consulting.sign_for_team(
        visit=scene.own, actor=scene.people.actor(who), now=scene.now, unseen_reason=why
    )


def _sign_for_unit(scene: Scene, who: str = "secretary", name: str = "书记甲") -> None:
    consulting.sign_for_branch(
        visit=scene.own, name=name, actor=scene.people.actor(who), now=scene.now
    )


def test_what_nobody_looked_at_is_confirmed_only_with_a_reason(scene: Scene) -> None:
    with pytest.raises(BadInput, match="没有登记被督查单位的任何人到场，36项要求中有36项"):
        _sign(scene)
    with pytest.raises(WrongState, match="须先由组长写明原因"):
        _sign_for_unit(scene)
    assert scene.own.standing == Visit.Standing.WAITING

    _sign(scene, why=WHY)
    _sign_for_unit(scene)
    assert (scene.own.standing, scene.own.unseen_reason) == (Visit.Standing.CONSULTED, WHY)


def test_what_was_looked_at_needs_no_reason_and_keeps_none(scene: Scene) -> None:
    _look_at_all(scene)
    assert seen.unseen(scene.own) == []
    _sign(scene, why="多写的")
    assert scene.own.unseen_reason == ""


@pytest.mark.parametrize("missing", ["person", "item"])
def test_one_thing_that_was_not_seen_is_enough(scene: Scene, missing: str) -> None:
    _look_at_all(scene)
    if missing == "person":
        scene.own.attendees.update(present=False)
    else:
        scene.own.answers.filter(item__no=36).delete()
    with pytest.raises(BadInput):
        _sign(scene)


def test_the_reason_stands_on_the_page_in_the_record_and_in_the_letter(
    scene: Scene, login: Any
) -> None:
    _draft(scene)
    _consult(scene)
    page = login(scene.people.users["secretary"]).get(f"/visits/{scene.own.pk}/consultation/")
    assert WHY in page.content.decode()
    assert WHY in _text(of_visit.consultation(_visit(scene)))
    unseen = _issue(scene).frozen["unseen"]
    assert (unseen["why"], unseen["what"][1]) == (WHY, "36项要求中有36项没有登记检查情况")


def test_writing_again_takes_the_reason_back_with_the_signature(scene: Scene) -> None:
    _sign(scene, why=WHY)
    consulting.write(
        visit=scene.own, words=consulting.Words("好", "改", ""), version=1,
        actor=scene.people.actor("inspector"), now=scene.now,
    )  # fmt: skip
    assert (scene.own.team_signed_at, scene.own.unseen_reason) == (None, "")


def test_whose_consultation_is_written_is_to_be_consulted(scene: Scene) -> None:
    assert scene.own.standing == Visit.Standing.WAITING
    consulting.write(
        visit=scene.own, words=consulting.Words("好", "改", ""), version=scene.own.version,
        actor=scene.people.actor("inspector"), now=scene.now,
    )  # fmt: skip
    assert _visit(scene).standing == Visit.Standing.TO_CONSULT


def test_nobody_signs_for_both_sides(scene: Scene) -> None:
    _look_at_all(scene)
    _sign(scene)
    with pytest.raises(NotAllowed, match="同一个人不能代表双方"):
        _sign_for_unit(scene, "team_leader")
    _sign_for_unit(scene, "inspector")
    assert scene.own.branch_signed_entered_by == scene.people.users["inspector"]


def test_nor_the_other_way_round(scene: Scene) -> None:
    _look_at_all(scene)
    _sign_for_unit(scene, "team_leader")
    with pytest.raises(NotAllowed, match="同一个人不能代表双方"):
        _sign(scene)


@pytest.mark.parametrize("name", ["team_leader", " inspector "])
def test_a_name_of_the_team_is_no_name_of_the_unit(scene: Scene, name: str) -> None:
    _look_at_all(scene)
    with pytest.raises(BadInput, match="是督查组成员"):
        _sign_for_unit(scene, "secretary", name)


def test_a_stranger_signs_for_nobody(scene: Scene) -> None:
    for who in ("foreign", "member", "nobody", "office"):
        with pytest.raises(NotAllowed):
            _sign_for_unit(scene, who)


def test_who_came_in_place_of_another_and_why_is_kept(scene: Scene) -> None:
    one = scene.own.attendees.first()
    assert one is not None
    scene.send(
        "inspector", "present", attendee=one.pk, present=False, substitute="委员乙", excuse="公出"
    )
    one.refresh_from_db()
    assert one.told == "因公出缺席，由委员乙代会"
    assert seen.unseen(scene.own) == ["36项要求中有36项没有登记检查情况"]
    assert "因公出缺席，由委员乙代会" in _text(of_visit.consultation(_visit(scene)))

    wrong = scene.send("inspector", "present", attendee=one.pk, present=True, excuse="公出")
    assert wrong.state == "refused"
    scene.send("inspector", "present", attendee=one.pk, present=True)
    one.refresh_from_db()
    assert (one.told, one.substitute, one.excuse) == ("到场", "", "")


def test_an_excuse_alone_is_nobody_there(scene: Scene) -> None:
    one = scene.own.attendees.first()
    assert one is not None
    scene.send("inspector", "present", attendee=one.pk, present=False, excuse="公出")
    assert "没有登记被督查单位的任何人到场" in seen.unseen(scene.own)


def test_of_a_unit_without_findings_nothing_is_asked(scene: Scene, login: Any) -> None:
    _consult(scene)
    letter = _issue(scene)
    assert (letter.plan_due_on, letter.report_due_on, letter.asks) == (None, None, False)
    assert not [line for line in due.of_branch(scene.people.own, DAY) if "签收" in line.text]
    assert due.told(scene.people.own, DAY) == []
    client = login(scene.people.users["secretary"])
    page = client.get(f"/branches/{scene.people.own.pk}/inspections/").content.decode()
    assert "不用签收，也不用报送整改方案和整改报告" in page
    assert "签收反馈意见" not in page
    assert "报送整改" not in _text(letters.letter(_visit(scene)))
    with pytest.raises(WrongState):
        letters.notice_of(_visit(scene))


def test_of_a_unit_with_findings_it_is(scene: Scene) -> None:
    _draft(scene)
    _consult(scene)
    letter = _issue(scene)
    assert letter.plan_due_on is not None
    assert letter.report_due_on is not None
    assert [line.text for line in due.of_branch(scene.people.own, DAY) if "签收" in line.text]


def _submitted(scene: Scene, **about: Any) -> Finding:
    finding = _acknowledged(scene, **about)
    clerk = scene.people.actor("clerk")
    rectifying.plan(finding=finding, measures=_measures(scene), actor=clerk, now=scene.now)
    rectifying.submit(finding=finding, result="已改", actor=clerk, now=scene.now)
    return finding


def test_nothing_is_closed_without_evidence_but_for_a_reason(scene: Scene) -> None:
    finding, office = _submitted(scene), scene.people.actor("office")
    lines = JournalLine.objects.count()
    told = {"finding": finding, "verb": "close", "opinion": "属实", "actor": office}
    with pytest.raises(BadInput, match="没有整改后的佐证材料"):
        rectifying.verify(now=scene.now, **told)  # type: ignore[arg-type]
    finding.refresh_from_db()
    assert (finding.standing, JournalLine.objects.count()) == ("submitted", lines)

    rectifying.verify(now=scene.now, without_evidence="看过原件", **told)  # type: ignore[arg-type]
    assert Rectification.objects.get().without_evidence == "看过原件"


def test_what_shows_how_it_was_is_no_evidence_of_how_it_is(scene: Scene) -> None:
    finding = _acknowledged(scene)
    clerk = scene.people.actor("clerk")
    rectifying.plan(finding=finding, measures=_measures(scene), actor=clerk, now=scene.now)
    for stage, shows in (("before", False), ("after", True)):
        rectifying.add_file(
            finding=finding, name=f"{stage}.png", data=picture(len(stage) * 9), stage=stage, actor=clerk, now=scene.now
        )  # fmt: skip
        assert rectifying.shows_now(finding) is shows


def test_sending_back_needs_no_evidence(scene: Scene) -> None:
    finding = _submitted(scene)
    rectifying.verify(
        finding=finding, verb="send_back", opinion="补材料", actor=scene.people.actor("office"), now=scene.now
    )  # fmt: skip
    assert finding.standing == "returned"


def test_who_verifies_is_told_that_the_machine_still_suspects_it(scene: Scene, login: Any) -> None:
    finding = _submitted(scene, rule="L28:L28.1", window="2016-Q3")
    page, office = f"/findings/{finding.pk}/", login(scene.people.users["office"])
    SuspicionRow.objects.all().delete()
    assert "疑点没有消除" not in office.get(page).content.decode()
    SuspicionRow.objects.create(
        branch=scene.people.own, item="L28", rule="L28:L28.1", window="2016-Q3", severity="error",
        subject=-1, other=-1, found=0, wanted=1,
    )  # fmt: skip
    assert "系统核对仍有同样疑点" in office.get(page).content.decode()


@pytest.mark.parametrize(
    ("issued", "due_on"),
    [
        ("2031-10-23", "2031-11-06"),
        ("2031-10-24", "2031-11-07"),
        ("2031-10-25", "2031-11-07"),
        ("2031-10-26", "2031-11-07"),
        ("2031-10-27", "2031-11-10"),
    ],
)
def test_a_plan_is_due_on_the_tenth_working_day(db: Any, issued: str, due_on: str) -> None:
    assert findings.PLAN_WORKDAYS == 10
    assert f"{after_workdays(date.fromisoformat(issued), 10)}" == due_on


def test_days_off_and_days_made_up_for_count_as_the_calendar_says(scene: Scene) -> None:
    orgs.set_calendar_year(
        year=2031, holidays=[date(2031, 11, 3), date(2031, 11, 4)], workdays=[date(2031, 11, 8)],
        actor=scene.people.actor("office"), now=scene.now,
    )  # fmt: skip
    assert after_workdays(date(2031, 10, 24), 10) == date(2031, 11, 10)


def test_the_letter_says_the_tenth_working_day(scene: Scene) -> None:
    _draft(scene)
    _consult(scene)
    assert f"{_issue(scene).plan_due_on}" == "2018-11-08"
    assert Letter.objects.count() == 1


def test_the_journal_names_who_came(scene: Scene, login: Any) -> None:
    one = scene.own.attendees.first()
    assert one is not None
    scene.send("inspector", "present", attendee=one.pk, present=True)
    page = login(scene.people.users["audit"]).get("/journal/?q=登记到场人员").content.decode()
    assert f"参加人员：{one.post} {one.name}；到场：是" in page
