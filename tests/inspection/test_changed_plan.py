"""What was published is changed: everybody concerned is told what, and whoever is replaced hands
over all that waits.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest

from taizhang.inspection.actions import planning
from taizhang.inspection.models import (
    Answer,
    Attendee,
    IssuedPaper,
    RoundSession,
    TeamChange,
    TeamMember,
    Visit,
)
from taizhang.inspection.papers import issued, of_round
from taizhang.inspection.papers.notice import notice
from taizhang.inspection.plan import changes
from taizhang.inspection.plan.model import AreaPlan, SessionPlan, UnitPlan, conflicts
from taizhang.inspection.progress import due
from taizhang.kernel.errors import BadInput, NotAllowed, WrongState
from taizhang.orgs.actions import duties
from taizhang.orgs.models import CommitteePost, Duty, Role, User
from taizhang.papers.paper import Table
from tests.inspection.conftest import DAY, Scene
from tests.inspection.test_planning import _planned, _whole

LATER = DAY + timedelta(days=4)


def _session(scene: Scene, **other: Any) -> SessionPlan:
    one = RoundSession.objects.filter(area__round=scene.opened).first()
    assert one is not None
    told = SessionPlan(one.pk, one.date, one.starts_at, one.ends_at, one.venue, one.host_id)
    return replace(told, **other)


def _texts(scene: Scene) -> list[str]:
    return [one.told for one in changes.since_notice(scene.opened)]


def _spare(scene: Scene, name: str = "接手人", *, at: Any = None) -> User:
    duty = [(Role.CLERK, at)] if at else []
    return duties.open_account(
        username=f"u{User.objects.count()}", name=name, password=None, duties=duty, now=scene.now
    )


def _replaced(scene: Scene, by: User, who: str = "inspector", **about: Any) -> TeamMember:
    member = TeamMember.objects.select_related("area__round", "user").get(name=who)
    told: dict[str, Any] = {
        "reason": "生病",
        "actor": scene.people.actor("office"),
        "now": scene.now,
    } | about
    return planning.replace_member(member=member, by=by, **told)


def test_a_moved_session_is_told_by_day_hour_and_venue(draft: Scene) -> None:
    draft.step("publish")
    moved = _session(draft, starts_at=time(14), ends_at=time(16), venue="区会议中心")
    _planned(draft, replace(_whole(draft), sessions=[moved]))

    told = "城南1场次：时间由09:00—11:30改为14:00—16:00，地点由甲校改为区会议中心"
    assert _texts(draft) == [told]
    for branch in (draft.people.own, draft.people.other):
        assert any(told in line.text for line in due.of_branch(branch, DAY))
    assert not any(told in line.text for line in due.of_branch(draft.people.own, LATER))


def test_a_unit_in_another_area_is_told_to_it_alone(draft: Scene, login: Any) -> None:
    draft.step("publish")
    area = _whole(draft)
    new = SessionPlan(0, DAY, time(14), time(16), "乙校", draft.people.other.pk)
    first = replace(area, units=area.units[:1])
    _planned(draft, first, AreaPlan(0, "城南2", area.units[1:], [new], leader="组长乙"))

    told = "乙校：由城南1改到城南2，2018-10-25 14:00—16:00 乙校"
    assert told in _texts(draft)
    assert any(told in line.text for line in due.of_branch(draft.people.other, DAY))
    assert not any(told in line.text for line in due.of_branch(draft.people.own, DAY))
    for who, sees in (("office", True), ("foreign", True), ("secretary", False)):
        page = login(draft.people.users[who]).get(f"/rounds/{draft.opened.pk}/").content.decode()
        assert (told in page) is sees


def test_units_and_sessions_that_come_and_go_are_told(draft: Scene) -> None:
    draft.step("publish")
    area = _whole(draft)
    second = SessionPlan(0, DAY, time(14), time(16), "乙校", None)
    units = [*area.units[:1], UnitPlan(0, "丙校", None)]
    _planned(draft, replace(area, units=units, sessions=[_session(draft), second]))

    assert set(_texts(draft)) == {
        "乙校：不再列入本轮（原在城南1）", "丙校：列入城南1", "城南1场次：增加一场：2018-10-25 14:00—16:00 乙校",
    }  # fmt: skip


def test_the_papers_tell_what_changed(draft: Scene) -> None:
    draft.step("publish")
    with pytest.raises(WrongState, match="安排没有变动"):
        of_round.plan_changes(draft.opened)
    _planned(draft, replace(_whole(draft), sessions=[_session(draft, venue="乙校")]))

    (table,) = of_round.plan_changes(draft.opened).blocks
    assert isinstance(table, Table)
    assert table.rows == [["1", "城南1场次", "地点由甲校改为乙校"]]
    assert "与通知不同" in str(of_round.sessions(draft.opened))


def test_a_published_plan_takes_in_nothing_that_forbids_publishing(draft: Scene) -> None:
    draft.step("publish")
    with pytest.raises(BadInput, match="近3年内属于“甲校”，应当回避"):
        _planned(draft, replace(_whole(draft), members=["clerk"]))
    assert TeamMember.objects.filter(name="inspector").exists()


def test_a_notice_issued_anew_says_which_it_replaces_and_what_is_other(
    draft: Scene, login: Any
) -> None:
    draft.step("publish")
    first = IssuedPaper.objects.get()
    draft.step("withdraw")
    _planned(draft, replace(_whole(draft), sessions=[_session(draft, venue="区会议中心")]))
    draft.step("publish")

    said = [clause.text for clause in issued.paper("notice")(draft.opened).body]
    assert any(
        text.startswith("本通知自印发之日起代替") and "《关于开展督查的通知》" in text
        for text in said
    )
    assert [one.text for one in changes.between_notices(draft.opened)] == [
        "地点由甲校改为区会议中心"
    ]
    line = next(one for one in due.of_branch(draft.people.own, DAY) if "重新印发" in one.text)
    assert "地点由甲校改为区会议中心" in line.text
    page = login(draft.people.users["clerk"]).get(f"/branches/{draft.people.own.pk}/inspections/")
    assert f"代替 {first.issued_on} 印发" in page.content.decode()


def test_a_first_notice_replaces_none(draft: Scene) -> None:
    assert not any("代替" in clause.text for clause in notice(draft.opened).body)


def test_who_takes_over_gets_the_requirements_the_ledgers_and_what_waits(scene: Scene) -> None:
    TeamMember.objects.filter(name="inspector").update(items=[1, 2])
    scene.send("inspector", "finding", item=1, facts="没有记录")
    by = _spare(scene)

    member = _replaced(scene, by)

    assert (member.name, member.items, member.user) == ("接手人", [1, 2], by)
    assert Duty.objects.filter(user=by, role=Role.INSPECTOR).count() == 2
    gone = scene.people.users["inspector"]
    lent = Duty.objects.filter(user=gone, from_on__isnull=False)
    assert lent.count() == 2
    assert not any(duty.holds_on(scene.people.day) or duty.holds_on(DAY) for duty in lent)
    assert [one.told for one in changes.since_notice(scene.opened)] == [
        "城南1督查组：组员inspector不再参加，组员接手人参加"
    ]


def test_what_the_one_replaced_wrote_before_still_comes_in_and_no_more(scene: Scene) -> None:
    _replaced(scene, _spare(scene))
    before = scene.now - timedelta(minutes=5)
    late = scene.send("inspector", "answer", item=1, verdict="missing", made_at=before)
    new = scene.send("inspector", "answer", item=2, verdict="missing", made_at=scene.now + timedelta(minutes=5))  # fmt: skip
    assert (late.state, new.state) == ("stored", "refused")
    assert Answer.objects.get().by == scene.people.users["inspector"]


def test_who_is_taken_out_by_the_plan_stops_reading_at_once(scene: Scene) -> None:
    gone = scene.people.users["inspector"]
    _planned(scene, replace(_whole(scene), members=["李示例"]))
    lent = Duty.objects.filter(user=gone, from_on__isnull=False)
    assert lent.exists()
    assert not any(duty.holds_on(DAY) for duty in lent)
    assert TeamChange.objects.get().user == gone


def test_who_has_to_stand_aside_or_is_no_inspector_takes_nothing_over(scene: Scene) -> None:
    with pytest.raises(BadInput, match="应当回避"):
        _replaced(scene, _spare(scene, at=scene.people.other))
    with pytest.raises(BadInput, match="管理员账号不参加督查"):
        _replaced(scene, scene.people.users["audit"])
    with pytest.raises(BadInput, match="已经在城南1督查组里"):
        _replaced(scene, scene.people.users["team_leader"])
    with pytest.raises(BadInput, match="请写明换人的原因"):
        _replaced(scene, _spare(scene), reason=" ")
    with pytest.raises(NotAllowed):
        _replaced(scene, _spare(scene), actor=scene.people.actor("team_leader"))
    assert TeamMember.objects.filter(name="inspector").count() == 1


def test_the_page_says_who_may_take_over(scene: Scene, login: Any) -> None:
    kin, free = _spare(scene, "亲属", at=scene.people.other), _spare(scene, "可选的人")
    member = TeamMember.objects.get(name="inspector")
    client = login(scene.people.users["office"])
    page = client.get(f"/team/{member.pk}/replace/").content.decode()
    assert f'<option value="{kin.pk}" disabled>' in page
    assert f'<option value="{free.pk}">' in page
    assert f"/team/{member.pk}/replace/" in client.get(f"/rounds/{scene.opened.pk}/plan/").content.decode()  # fmt: skip

    refused = client.post(f"/team/{member.pk}/replace/", {"by": kin.pk, "reason": "x"})
    assert (refused.status_code, "应当回避" in refused.content.decode()) == (422, True)
    done = client.post(f"/team/{member.pk}/replace/", {"by": free.pk, "reason": "病假"})
    assert (done.status_code, TeamMember.objects.filter(user=free).count()) == (302, 1)


def test_accounts_that_are_tied_to_nobody_are_told(draft: Scene) -> None:
    told = [one.text for one in conflicts(draft.opened) if one.severity == "info"]
    assert (
        "team_leader、inspector的账号没有关联花名册上的人员，回避只按账号的职责和姓名核对。" in told
    )


def test_both_who_must_come_have_a_line_for_who_came_instead(draft: Scene) -> None:
    CommitteePost.objects.all().delete()
    draft.step("publish")
    draft.step("begin")
    own, other = (
        list(Attendee.objects.filter(visit=Visit.objects.get(unit__organisation=one)).values_list("post", "name"))
        for one in (draft.people.own, draft.people.other)
    )  # fmt: skip
    assert own == [("书记", "secretary"), ("台账员", "clerk")]
    assert other == [("书记", "（督查开始时名册上没有）"), ("台账员", "foreign")]


@pytest.mark.parametrize(
    ("days_after", "told"),
    [
        (None, "（督查开始时没有授权）"),
        (7, "（督查开始时没有授权，clerk自2018-11-01起）"),
        (0, "clerk"),
    ],
)
def test_a_clerk_whose_duty_begins_later_is_not_said_to_have_no_account(
    draft: Scene, days_after: int | None, told: str
) -> None:
    duties = Duty.objects.filter(organisation=draft.people.own, role=Role.CLERK)
    if days_after is None:
        duties.delete()
    else:
        duties.update(from_on=DAY + timedelta(days=days_after))
    draft.step("publish")
    draft.step("begin")
    visit = Visit.objects.get(unit__organisation=draft.people.own)
    assert [one.name for one in visit.attendees.filter(post="台账员")] == [told]
