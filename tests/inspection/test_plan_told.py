"""What a plan says is kept, and what changes in it is told to whom it concerns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.http import QueryDict

from taizhang.inspection import actions, queries
from taizhang.inspection.actions import asking, planning
from taizhang.inspection.models import (
    Preparation,
    Round,
    RoundSession,
    RoundUnit,
    TeamMember,
    Visit,
)
from taizhang.inspection.plan import changes
from taizhang.inspection.plan import forms as plan_forms
from taizhang.inspection.plan import model as plan
from taizhang.inspection.plan.model import Plan, SessionPlan, UnitPlan
from taizhang.inspection.progress import due
from taizhang.kernel.errors import BadInput, NotAllowed, WrongState
from taizhang.orgs.models import Alias
from tests.inspection.conftest import DAY, Scene
from tests.inspection.test_planning import _planned, _said, _whole

LATER = DAY + timedelta(days=4)


def _form(scene: Scene, **changed: str) -> QueryDict:
    """What the page of the plan sends when it is saved as it stands."""
    area = scene.opened.areas.get()
    session = area.sessions.get()
    said = QueryDict(mutable=True)
    said.update(
        {
            "area-0-key": f"{area.pk}", "area-0-name": area.name, "area-0-leader": "team_leader", "area-0-members": "inspector",
            "area-0-session-0-key": f"{session.pk}", "area-0-session-0-date": f"{session.date}",
            "area-0-session-0-start": "09:00", "area-0-session-0-end": "11:30", "area-0-session-0-venue": session.venue,
            "area-0-session-0-host": session.host.short_name if session.host else plan_forms.NOBODY,
        }
    )  # fmt: skip
    said.setlist("area-0-unit", [f"{unit.pk}" for unit in area.units.all()])
    for name, value in changed.items():
        said[name.replace("_", "-")] = value
    return said


def _save(scene: Scene, **changed: str) -> RoundSession:
    office = scene.people.actor("office")
    wanted = plan_forms.plan_of(_form(scene, **changed), office)
    actions.change_plan(opened=scene.opened, plan=wanted, actor=office, now=scene.now)
    return RoundSession.objects.get(area__round=scene.opened)


def _moved(scene: Scene, day: date, *, outside: bool = True) -> RoundSession:
    office, session = scene.people.actor("office"), RoundSession.objects.get()
    told = SessionPlan(session.pk, day, time(9), time(11, 30), "甲校", scene.people.own.pk)
    actions.change_plan(
        opened=scene.opened, plan=Plan([replace(_whole(scene), sessions=[told])]), actor=office, now=scene.now, outside=outside
    )  # fmt: skip
    session.refresh_from_db()
    return session


def test_a_host_that_the_office_matched_is_kept_when_the_plan_is_saved(draft: Scene) -> None:
    RoundSession.objects.update(venue="某小", host=draft.people.own)
    assert _save(draft, area_0_session_0_end="11:45").host == draft.people.own


def test_a_host_is_chosen_by_hand_or_taken_away_by_hand(draft: Scene) -> None:
    assert _save(draft, area_0_session_0_host="乙校").host == draft.people.other
    assert _save(draft, area_0_session_0_host=plan_forms.NOBODY).host is None


@pytest.mark.parametrize("venue", ["乙校", "中共乙校支部委员会", "乙校分部"])
def test_a_venue_is_looked_up_by_name_and_by_alias(draft: Scene, venue: str) -> None:
    Alias.objects.create(organisation=draft.people.other, name="乙校分部")
    found = _save(draft, area_0_session_0_venue=venue, area_0_session_0_host="")
    assert found.host == draft.people.other


def test_who_moves_the_venue_gets_the_host_of_the_new_one(draft: Scene) -> None:
    assert _save(draft, area_0_session_0_venue="乙校").host == draft.people.other


def test_a_venue_that_nobody_bears_leaves_the_host_as_it_was(draft: Scene) -> None:
    assert _save(draft, area_0_session_0_venue="区会议中心").host == draft.people.own


def test_the_page_of_the_plan_names_the_host(draft: Scene, login: Any) -> None:
    page = login(draft.people.users["office"]).get(f"/rounds/{draft.opened.pk}/plan/")
    field = 'name="area-0-session-0-host" value="甲校"'
    assert field in page.content.decode()


def test_a_session_outside_the_days_of_the_notice_is_asked_about(draft: Scene) -> None:
    assert _moved(draft, LATER, outside=False).date == LATER
    assert "2018-10-29的场次不在通知的督查时间（2018-10-25至2018-10-25）内。" in _said(
        draft, "warn"
    )
    draft.step("publish")
    _moved(draft, LATER, outside=False)
    with pytest.raises(BadInput, match="不在已发布通知的督查时间"):
        _moved(draft, LATER + timedelta(days=1), outside=False)
    assert RoundSession.objects.get().date == LATER
    assert _moved(draft, LATER + timedelta(days=1)).date == LATER + timedelta(days=1)


def test_a_moved_session_is_told_to_its_units_until_it_is_moved_back(
    draft: Scene, login: Any
) -> None:
    draft.step("publish")
    page = f"/branches/{draft.people.other.pk}/inspections/"
    client = login(draft.people.users["foreign"])
    assert "变动" not in client.get(page).content.decode()

    _moved(draft, LATER)
    told = "城南1场次：日期由2018-10-25改为2018-10-29"
    assert told in client.get(page).content.decode()
    said = [line.text for line in due.of_branch(draft.people.other, DAY)]
    assert any(f"督查安排有变动：{told}" in line for line in said)
    _moved(draft, LATER + timedelta(days=1))
    assert "日期由2018-10-25改为2018-10-30" in client.get(page).content.decode()

    _moved(draft, DAY)
    assert "变动" not in client.get(page).content.decode()
    assert not any("变动" in line.text for line in due.of_branch(draft.people.other, DAY))


def test_a_moved_session_is_told_also_after_the_round_began(scene: Scene, login: Any) -> None:
    _moved(scene, LATER)
    page = login(scene.people.users["secretary"]).get(
        f"/branches/{scene.people.own.pk}/inspections/"
    )
    assert "日期由2018-10-25改为2018-10-29" in page.content.decode()
    assert any("日期由2018-10-25" in one.text for one in due.of_branch(scene.people.own, DAY))


def test_the_host_confirms_anew_what_was_moved(draft: Scene) -> None:
    draft.step("publish")
    for one in Preparation.objects.all():
        asking.confirm_preparation(
            preparation=one, actor=draft.people.actor("secretary"), now=draft.now
        )
    assert not any("会场" in line.text for line in due.of_branch(draft.people.own, DAY))
    _moved(draft, DAY)
    assert Preparation.objects.filter(confirmed_at=None).count() == 0
    _moved(draft, LATER)
    assert Preparation.objects.filter(confirmed_at=None).count() == 1
    assert any("确认会场已备好" in line.text for line in due.of_branch(draft.people.own, DAY))


def test_a_notice_that_is_published_anew_says_the_new_days(draft: Scene) -> None:
    draft.step("publish")
    _moved(draft, LATER)
    draft.step("withdraw")
    draft.step("publish")
    assert changes.since_notice(draft.opened) == []


def test_units_without_an_organisation_are_named_before_publishing(
    draft: Scene, login: Any
) -> None:
    RoundUnit.objects.filter(name="乙校").update(organisation=None)
    page = login(draft.people.users["office"]).get(f"/rounds/{draft.opened.pk}/")
    assert "没有对应党组织的 1 个单位（乙校）" in page.content.decode()
    with pytest.raises(BadInput, match="“乙校”没有对应到党组织"):
        draft.step("publish")
    actions.advance(
        opened=draft.opened, verb="publish", actor=draft.people.actor("office"), now=draft.now, left_out=True
    )  # fmt: skip
    assert draft.opened.standing == Round.Standing.PUBLISHED


def test_a_unit_is_matched_later_on_the_page_of_the_plan(draft: Scene) -> None:
    RoundUnit.objects.filter(name="乙校").update(organisation=None)
    unit = RoundUnit.objects.get(name="乙校")
    _save(draft, **{f"unit_{unit.pk}_match": f"{draft.people.other.pk}"})
    unit.refresh_from_db()
    assert unit.organisation == draft.people.other
    _save(draft, **{f"unit_{unit.pk}_match": f"{draft.people.own.pk}"})
    unit.refresh_from_db()
    assert unit.organisation == draft.people.other


def test_a_unit_is_not_matched_once_the_round_began(scene: Scene) -> None:
    RoundUnit.objects.filter(name="乙校").update(organisation=None)
    units = [UnitPlan(u.pk, u.name, scene.people.other.pk) for u in RoundUnit.objects.all()]
    with pytest.raises(WrongState, match="督查已经开始"):
        _planned(scene, replace(_whole(scene), units=units))


def test_two_units_of_one_branch_are_told_and_named_on_its_page(draft: Scene, login: Any) -> None:
    units = [*_whole(draft).units, UnitPlan(0, "甲校分部", draft.people.own.pk)]
    _planned(draft, replace(_whole(draft), units=units))
    told = "“甲校”、“甲校分部”对应同一个党组织“甲校”，将分别督查、分别反馈，请核实。"
    assert told in _said(draft, "warn")
    office = login(draft.people.users["office"])
    for page in ("", "plan/"):
        assert told in office.get(f"/rounds/{draft.opened.pk}/{page}").content.decode()
    for verb in ("publish", "begin"):
        draft.step(verb)
    own = login(draft.people.users["secretary"]).get(
        f"/branches/{draft.people.own.pk}/inspections/"
    )
    assert "受检单位：甲校分部" in own.content.decode()
    assert Visit.objects.filter(unit__organisation=draft.people.own).count() == 2


def test_a_notice_with_two_names_of_one_branch_is_told_on_the_review() -> None:
    def match(name: str, kind: str = "单位") -> queries.Match:
        return queries.Match(name, [], 0, kind)

    pairs = [(match("甲"), 1), (match("乙"), 1), (match("丙"), 2), (match("丁"), 0), (match("戊"), 0), (match("甲", "地点"), 2)]  # fmt: skip
    assert queries.on_one_branch(pairs) == ["“甲”、“乙”"]


def test_what_a_replaced_inspector_read_is_nobodys_until_it_is_shared_out(draft: Scene) -> None:
    office = draft.people.actor("office")
    area = _whole(draft)
    _planned(draft, replace(area, members=["inspector", "王示例"], shares={"inspector": [*range(1, 22)], "王示例": [*range(22, 37)]}))  # fmt: skip
    assert not [text for text in _said(draft, "warn") if "无人负责" in text]

    _planned(draft, replace(_whole(draft), members=["inspector", "李示例"]))

    assert "第22-36项无人负责，请重新分工。" in _said(draft, "warn")
    draft.step("publish")
    assert any("第22-36项无人负责：城南1" in line.text for line in due.of_office(DAY))
    planning.share_out(opened=draft.opened, actor=office, now=draft.now)
    assert not any("无人负责" in line.text for line in due.of_office(DAY))


def test_a_team_that_never_shared_out_reads_as_it_comes(draft: Scene) -> None:
    TeamMember.objects.update(items=[])
    assert not [text for text in _said(draft, "warn") if "无人负责" in text]


@pytest.mark.parametrize(
    ("numbers", "told"), [([], ""), ([3], "3"), ([1, 2, 3, 5, 8, 9], "1-3、5、8-9")]
)
def test_runs_of_numbers_are_written_short(numbers: list[int], told: str) -> None:
    assert plan.told_numbers(numbers) == told


def test_a_notice_taken_back_is_told_with_its_reason(draft: Scene, login: Any) -> None:
    draft.step("publish")
    with pytest.raises(BadInput, match="请写明收回的原因"):
        actions.advance(
            opened=draft.opened, verb="withdraw", actor=draft.people.actor("office"), now=draft.now
        )
    draft.step("withdraw")

    client, key = login(draft.people.users["secretary"]), draft.people.own.pk
    listed = client.get("/rounds/").content.decode()
    assert ("已收回" in listed, "原因：时间另定" in listed) == (True, True)
    assert "原因：时间另定" in client.get(f"/branches/{key}/inspections/").content.decode()
    assert any("督查通知已收回" in line.text for line in due.of_branch(draft.people.own, DAY))
    refused = client.get(f"/rounds/{draft.opened.pk}/")
    assert (refused.status_code, "通知已收回，原因：时间另定" in refused.content.decode()) == (403, True)  # fmt: skip
    assert client.get(f"/rounds/{draft.opened.pk}/papers/notice.docx").status_code == 403
    with pytest.raises(WrongState):
        asking.ask(opened=draft.opened, branch=draft.people.own, text="?", actor=draft.people.actor("clerk"), now=draft.now)  # fmt: skip

    draft.step("publish")
    assert (draft.opened.withdrawn_at, draft.opened.withdrawn_reason) == (None, "")
    assert not any("已收回" in line.text for line in due.of_branch(draft.people.own, DAY))


def test_a_draft_that_nobody_was_told_of_is_deleted_and_no_other(draft: Scene, login: Any) -> None:
    draft.step("publish")
    draft.step("withdraw")
    office = draft.people.actor("office")
    with pytest.raises(WrongState):
        actions.delete(opened=draft.opened, actor=office, now=draft.now)
    Round.objects.update(withdrawn_at=None)
    with pytest.raises(WrongState):
        actions.delete(opened=draft.opened, actor=office, now=draft.now)
    draft.opened.issued_papers.all().delete()
    draft.opened.refresh_from_db()
    with pytest.raises(NotAllowed):
        actions.delete(opened=draft.opened, actor=draft.people.actor("clerk"), now=draft.now)
    answer = login(draft.people.users["office"]).post(f"/rounds/{draft.opened.pk}/delete/")
    assert (answer.status_code, Round.objects.count()) == (302, 0)


def test_a_notice_that_was_read_and_left_is_found_again(draft: Scene, login: Any) -> None:
    source = "关于开展督查的通知\n各支部：\n定于2018年10月25日督查。\n".encode()
    office = draft.people.actor("office")
    read = actions.take_in(file_name="待核对.txt", source=source, actor=office, now=draft.now)
    client = login(draft.people.users["office"])
    assert "待核对.txt" in client.get("/rounds/").content.decode()
    assert "待核对.txt" not in login(draft.people.users["clerk"]).get("/rounds/").content.decode()
    client.post(f"/notices/{read.pk}/", {"title": "督查"})
    assert "待核对.txt" not in client.get("/rounds/").content.decode()


def test_a_round_under_way_is_looked_back_on_only_by_who_says_so(scene: Scene) -> None:
    told: dict[str, Any] = {
        "previous": scene.opened, "title": "回头看", "days": (LATER, LATER), "period_to": LATER,
        "actor": scene.people.actor("office"), "now": scene.now,
    }  # fmt: skip
    with pytest.raises(BadInput, match="还在“督查中”，没有办结"):
        actions.follow_up(**told)
    assert actions.follow_up(**told, still_open=True).previous == scene.opened
    Round.objects.filter(pk=scene.opened.pk).update(standing="closed")
    scene.opened.refresh_from_db()
    assert actions.follow_up(**told).previous == scene.opened


@pytest.mark.parametrize("who", ["team_leader", "inspector"])
def test_those_of_a_team_have_a_page_of_what_waits_for_them(
    scene: Scene, login: Any, who: str
) -> None:
    client = login(scene.people.users[who])
    answer = client.get("/todo/", follow=True)
    assert answer.redirect_chain == [("/inspections/todo/", 302)]
    assert "现场查阅：城南1" in answer.content.decode()
    scene.send("team_leader", "finding", item=1, facts="组长草拟的")
    scene.send("inspector", "end")
    said = client.get("/inspections/todo/").content.decode()
    assert "会商：甲校" in said
    assert ("组长草拟的" in said) is (who == "inspector")


@pytest.mark.parametrize(
    ("catalogue", "said"),
    [("tianning-2018", "核查范围按督查内容设定"), ("", "本轮没有选定要求模板，核查范围不变")],
)
def test_publishing_says_what_becomes_of_the_scope(
    draft: Scene, login: Any, catalogue: str, said: str
) -> None:
    Round.objects.update(catalogue=catalogue)
    page = login(draft.people.users["office"]).get(f"/rounds/{draft.opened.pk}/")
    assert said in page.content.decode()


def test_units_without_an_organisation_are_one_line_of_their_area(draft: Scene) -> None:
    RoundUnit.objects.update(organisation=None)
    told = [one.text for one in plan.conflicts(draft.opened) if "没有对应" in one.text]
    assert told == ["没有对应到党组织，系统不能核对台账：甲校、乙校。"]
    TeamMember.objects.update(user=None)
    told = [one.text for one in plan.conflicts(draft.opened) if "没有对应账号" in one.text]
    assert len(told) == 1
