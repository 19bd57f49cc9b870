"""Organisations as they are: a 党总支 as a unit of a round, a joint branch of several schools, a
branch that is dissolved.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from taizhang.checks import current
from taizhang.checks.reasons.queries import must_have_scope
from taizhang.inspection import actions, dissolving, frozen_facts
from taizhang.inspection.actions import rectifying
from taizhang.inspection.models import Attendee, Finding, Picture, RoundSession, RoundUnit, Visit
from taizhang.inspection.papers import notice
from taizhang.inspection.plan import matching
from taizhang.inspection.plan.model import UnitPlan, conflicts
from taizhang.inspection.progress import board, due
from taizhang.notices.model import Area, Inspected, Notice
from taizhang.orgs.actions import dissolving as dissolutions
from taizhang.orgs.models import Duty, Organisation, Role, User
from tests.inspection.conftest import DAY, Scene
from tests.inspection.test_findings import _acknowledged
from tests.inspection.test_planning import _planned, _whole
from tests.make import organisation, picture, raw, save


@pytest.fixture
def general(draft: Scene) -> Organisation:
    """A 党总支 with the own and the other branch below it, and `nobody` its secretary."""
    people = draft.people
    made = organisation("甲乙总支", people.committee, draft.now, "general_branch")
    for branch in (people.own, people.other):
        branch.parent = made
        branch.save()
        Organisation.objects.filter(pk=branch.pk).update(path=branch.path)
    Duty.objects.create(user=people.users["nobody"], role=Role.SECRETARY, organisation=made)
    return made


def _of_general(scene: Scene, place: Organisation) -> Visit:
    unit = UnitPlan(0, "甲乙总支", place.pk)
    _planned(scene, replace(_whole(scene), units=[unit]))
    for verb in ("publish", "begin"):
        scene.step(verb)
    return Visit.objects.get(unit__organisation=place)


def test_a_general_branch_is_proposed_for_a_name(draft: Scene, general: Organisation) -> None:
    book = matching.AddressBook.of(draft.people.actor("office"))
    assert book.surely("甲乙总支") == general.pk


def test_its_visit_holds_the_verdicts_of_all_its_branches(
    draft: Scene, general: Organisation
) -> None:
    save(draft.people.own, draft.people.actor("clerk"), draft.now, "meetings", **raw("meetings"))
    visit = _of_general(draft, general)

    assert {one.branch for one in visit.pictures.all()} == {draft.people.own, draft.people.other}
    told = visit.pack["items"]
    texts = [reason["text"] for item in told.values() for reason in item["reasons"]]
    assert texts
    assert {text.partition("：")[0] for text in texts} == {"甲校", "乙校"}
    worst = [item for item in told.values() if item["outcome"] == "missing"]
    assert worst
    assert frozen_facts.of_round(draft.opened) == (2, [])
    assert Picture.objects.count() == 2


def test_it_stands_no_better_than_its_worst_branch(draft: Scene, general: Organisation) -> None:
    visit = _of_general(draft, general)
    lone = {one.item: one.outcome for one in _verdicts(draft.people.own)}
    other = {one.item: one.outcome for one in _verdicts(draft.people.other)}
    for item in draft.opened.items.exclude(catalogue_item=""):
        both = {lone[item.catalogue_item], other[item.catalogue_item]}
        if "missing" in both:
            assert visit.pack["items"][str(item.no)]["outcome"] == "missing"
    (line,) = board.readiness(draft.opened)[0][1]
    assert sum(line.counts.values()) == len(lone) + len(other)


def _verdicts(branch: Organisation) -> Any:
    return current.verdicts(must_have_scope()).filter(branch=branch)


def test_its_secretary_has_a_home_and_is_expected(
    draft: Scene, general: Organisation, login: Any
) -> None:
    visit = _of_general(draft, general)
    secretary = draft.people.users["nobody"]
    assert Attendee.objects.filter(visit=visit, post="书记").get().name == secretary.name
    client = login(secretary)
    page = client.get("/", follow=True).content.decode()
    for said in ("甲乙总支", "甲校", "乙校", "督查整改"):
        assert said in page
    own = client.get(f"/branches/{general.pk}/inspections/").content.decode()
    assert "受检单位：甲乙总支" in own
    assert client.get(f"/branches/{draft.people.own.pk}/").status_code == 200
    assert client.get(f"/visits/{visit.pk}/consultation/").status_code == 200


def test_who_belongs_to_a_branch_of_it_stands_aside(draft: Scene, general: Organisation) -> None:
    unit = UnitPlan(0, "甲乙总支", general.pk)
    _planned(draft, replace(_whole(draft), units=[unit], members=["clerk"]))
    said = [one.text for one in conflicts(draft.opened) if one.severity == "error"]
    assert said == ["clerk近3年内属于“甲乙总支”，应当回避。"]


def test_its_branches_are_told_when_its_session_moves(draft: Scene, general: Organisation) -> None:
    unit = UnitPlan(0, "甲乙总支", general.pk)
    _planned(draft, replace(_whole(draft), units=[unit]))
    draft.step("publish")
    area = _whole(draft)
    _planned(draft, replace(area, units=[UnitPlan(u.pk, u.name) for u in RoundUnit.objects.all()], sessions=[replace(area.sessions[0], venue="区会议中心")] if area.sessions else []))  # fmt: skip
    for place in (general, draft.people.own, draft.people.other):
        assert any("督查安排有变动" in line.text for line in due.of_branch(place, DAY))


def test_schools_of_one_joint_branch_are_one_unit_with_both_names(draft: Scene) -> None:
    Organisation.objects.filter(pk=draft.people.other.pk).update(org_type="joint_branch")
    area = _whole(draft)
    units = [area.units[0], UnitPlan(0, "北幼", draft.people.other.pk), UnitPlan(0, "彩幼", draft.people.other.pk)]  # fmt: skip
    _planned(draft, replace(area, units=units))

    names = list(RoundUnit.objects.values_list("name", flat=True))
    assert names == ["甲校", "北幼、彩幼"]
    told = "“北幼、彩幼”同属联合党支部“乙校”，作为一个受检单位：一次督查、一份反馈意见。"
    assert told in [one.text for one in conflicts(draft.opened)]
    assert "北幼、彩幼" in notice.units_of(draft.opened.areas.get())
    for verb in ("publish", "begin"):
        draft.step(verb)
    assert Visit.objects.filter(unit__organisation=draft.people.other).count() == 1


def test_a_notice_that_names_both_opens_one_unit(draft: Scene) -> None:
    Organisation.objects.filter(pk=draft.people.other.pk).update(org_type="joint_branch")
    area = Area(
        name="城北",
        organisations=[Inspected(name="北幼"), Inspected(name="彩幼"), Inspected(name="甲校")],
    )
    opened = actions.open_round(
        notice=Notice(title="关于督查的通知", areas=[area]), source_name="n", source=b"n",
        matches={"北幼": draft.people.other.pk, "彩幼": draft.people.other.pk},
        actor=draft.people.actor("office"), now=draft.now,
    )  # fmt: skip
    units = RoundUnit.objects.filter(area__round=opened)
    assert [unit.name for unit in units] == ["北幼、彩幼", "甲校"]


def test_before_it_is_dissolved_everything_that_hangs_on_it_is_shown(
    scene: Scene, login: Any
) -> None:
    _acknowledged(scene)
    own = scene.people.own
    said = "\n".join(one.what for one in dissolving.hanging(own, DAY))
    for part in ("受检单位：甲校", "承办单位：城南1", "1个问题没有销号", "名册上还有8名党员", "没有党费上缴登记", "secretary（支部书记）"):  # fmt: skip
        assert part in said
    client = login(scene.people.users["office"])
    page = client.get(f"/organisations/{own.pk}/dissolve/").content.decode()
    assert "1个问题没有销号" in page
    form = {"last_on": f"{DAY}", "successor": [scene.people.other.pk]}
    assert (
        client.post(f"/organisations/{own.pk}/dissolve/", form | {"last_on": ""}).status_code == 422
    )
    assert client.post(f"/organisations/{own.pk}/dissolve/", form).status_code == 302
    assert "由 <a" in client.get(f"/organisations/{own.pk}/").content.decode()


def test_who_goes_on_mends_the_problems(scene: Scene, login: Any) -> None:
    finding = _acknowledged(scene)
    other = scene.people.other
    assert not any(finding.number in line.text for line in due.of_branch(other, DAY))
    dissolutions.dissolve(
        organisation=scene.people.own, last_on=DAY, successors=[other], actor=scene.people.actor("office"), now=scene.now
    )  # fmt: skip
    assert any(Finding.objects.get().number in line.text for line in due.of_branch(other, DAY))
    client = login(User.objects.get(username="foreign"))
    assert "受检单位：甲校" in client.get(f"/branches/{other.pk}/inspections/").content.decode()
    page = client.get(f"/findings/{finding.pk}/").content.decode()
    assert "整改" in page


def test_a_unit_that_is_dissolved_is_told_with_its_successor(draft: Scene) -> None:
    dissolutions.dissolve(
        organisation=draft.people.own, last_on=DAY, successors=[draft.people.other], actor=draft.people.actor("office"), now=draft.now
    )  # fmt: skip
    told = [one.text for one in conflicts(draft.opened)]
    assert f"“甲校”已于{DAY}撤销，由乙校承接，请核实。" in told
    names = [one.organisation for one in matching.AddressBook.of(draft.people.actor("office")).proposals("甲校")]  # fmt: skip
    assert set(names) == {draft.people.own, draft.people.other}


def test_who_goes_on_plans_by_his_own_meeting_and_adds_his_own_files(scene: Scene) -> None:
    finding = _acknowledged(scene)
    other, foreign = scene.people.other, scene.people.actor("foreign")
    held = save(
        other, foreign, scene.now, "meetings", **raw("meetings", "二") | {"held_on": f"{DAY}"}
    )
    told = rectifying.meetings_after(finding, foreign)
    assert held.pk not in [pk for pk, _ in told]
    dissolutions.dissolve(
        organisation=scene.people.own, last_on=DAY, successors=[other], actor=scene.people.actor("office"), now=scene.now
    )  # fmt: skip

    heir = scene.people.actor("foreign")
    assert held.pk in [pk for pk, _ in rectifying.meetings_after(finding, heir)]
    made = rectifying.add_file(
        finding=finding, name="后.png", data=picture(), stage="after", actor=heir, now=scene.now
    )
    assert made.file.branch == other


def test_a_general_branch_and_its_own_branch_both_listed_are_told(
    draft: Scene, general: Organisation
) -> None:
    units = [*_whole(draft).units[:1], UnitPlan(0, "甲乙总支", general.pk)]
    _planned(draft, replace(_whole(draft), units=units))
    told = [one.text for one in conflicts(draft.opened) if "之下" in one.text]
    assert told == ["“甲校”在“甲乙总支”之下，随“甲乙总支”已经受检，请核实是否要单独列出。"]


def test_a_mail_tells_how_many_changes_there_are(draft: Scene, general: Organisation) -> None:
    draft.step("publish")
    assert due.told(draft.people.own, DAY) == []
    RoundSession.objects.update(venue="区会议中心")
    assert due.told(draft.people.own, DAY) == ["督查安排有1处变动，请登录查看。"]
