"""The plan of a round: what stands against it, what the solver proposes, what changes and what is
kept.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.inspection import actions
from taizhang.inspection.actions import planning
from taizhang.inspection.models import Round, RoundUnit, TeamMember, Visit
from taizhang.inspection.plan import model as plan
from taizhang.inspection.plan.model import AreaPlan, Plan, SessionPlan, UnitPlan
from taizhang.inspection.plan.solver import Task, solve
from taizhang.kernel.errors import BadInput, WrongState
from taizhang.kernel.models import JournalLine
from taizhang.orgs.models import Duty, Role
from tests.inspection.conftest import DAY, Scene, plan_of


def _said(scene: Scene, severity: str) -> list[str]:
    return [c.text for c in plan.conflicts(scene.opened) if c.severity == severity]


def _planned(scene: Scene, *areas: AreaPlan) -> None:
    actions.change_plan(
        opened=scene.opened,
        plan=Plan(list(areas)),
        actor=scene.people.actor("office"),
        now=scene.now,
    )


def _two_areas(scene: Scene, **second: Any) -> list[AreaPlan]:
    one = plan_of(scene.people).areas[0]
    area = scene.opened.areas.get()
    first = replace(one, key=area.pk, units=[UnitPlan(u.pk, u.name) for u in area.units.all()][:1])
    rest = [UnitPlan(u.pk, u.name) for u in area.units.all()][1:]
    told = {
        "key": 0,
        "name": "城南2",
        "units": rest,
        "sessions": [],
        "leader": "组长乙",
        "members": [],
    }
    return [first, AreaPlan(**(told | second))]  # type: ignore[arg-type]


def test_a_plan_without_faults_has_no_error(draft: Scene) -> None:
    assert _said(draft, "error") == []


def test_a_person_in_two_teams_at_one_time_is_named(draft: Scene) -> None:
    session = SessionPlan(0, DAY, time(11), time(12), "乙校", draft.people.other.pk)
    _planned(draft, *_two_areas(draft, sessions=[session], members=["inspector"]))
    assert _said(draft, "error") == ["inspector在2018-10-25同一时间排在两个组。"]


def test_a_room_used_twice_at_one_time_is_named(draft: Scene) -> None:
    session = SessionPlan(0, DAY, time(9, 30), time(12), "甲校", draft.people.own.pk)
    _planned(draft, *_two_areas(draft, sessions=[session]))
    assert _said(draft, "error") == ["2018-10-25同一时间都用“甲校”。"]
    assert "场地单位甲校不在本片区的受检单位里。" in _said(draft, "warn")


def test_sessions_that_only_touch_are_no_clash(draft: Scene) -> None:
    session = SessionPlan(0, DAY, time(11, 30), time(12), "甲校", draft.people.own.pk)
    _planned(draft, *_two_areas(draft, sessions=[session], members=["inspector"]))
    assert _said(draft, "error") == []


def test_whoever_keeps_a_units_ledgers_stands_aside_and_the_round_is_not_published(
    draft: Scene,
) -> None:
    _planned(draft, replace(_whole(draft), members=["clerk"]))
    told = "clerk近3年内属于“甲校”，应当回避。"
    assert _said(draft, "error") == [told]
    with pytest.raises(BadInput, match="应当回避"):
        draft.step("publish")
    draft.opened.refresh_from_db()
    assert draft.opened.standing == Round.Standing.DRAFT


def _whole(scene: Scene) -> AreaPlan:
    area = scene.opened.areas.get()
    units = [UnitPlan(u.pk, u.name) for u in area.units.all()]
    return replace(plan_of(scene.people).areas[0], key=area.pk, units=units)


def test_too_little_time_is_reckoned(draft: Scene) -> None:
    short = SessionPlan(0, DAY, time(9), time(9, 20), "甲校", draft.people.own.pk)
    _planned(draft, replace(_whole(draft), sessions=[short]))
    assert "2个单位每个15分钟需要30分钟，场次只有20分钟。" in _said(draft, "warn")


@pytest.mark.parametrize(
    ("about", "told"),
    [({"name": ""}, "不能为空"), ({"units": [UnitPlan(10**9, "不是")]}, "不是本轮的单位")],
)
def test_what_cannot_be_written_down_is_refused_whole(
    draft: Scene, about: dict[str, Any], told: str
) -> None:
    before = list(RoundUnit.objects.values_list("pk", "area"))
    with pytest.raises(BadInput, match=told):
        _planned(draft, replace(_whole(draft), **about))
    assert list(RoundUnit.objects.values_list("pk", "area")) == before


def test_units_and_what_members_read_are_kept_when_the_plan_is_saved_again(draft: Scene) -> None:
    planning.share_out(opened=draft.opened, actor=draft.people.actor("office"), now=draft.now)
    member = TeamMember.objects.get(name="inspector")
    assert member.items == list(range(1, 37))

    _planned(draft, _whole(draft))

    assert TeamMember.objects.get(name="inspector").items == member.items
    assert RoundUnit.objects.count() == 2


def test_a_member_with_a_long_name_is_known_again(draft: Scene) -> None:
    area, user = draft.opened.areas.get(), draft.people.users["inspector"]
    planning.set_team(area, "", [], ["长" * 40])
    area.team.update(user=user)
    planning.set_team(area, "", [f" {'长' * 40}"], [])
    assert [(one.role, one.name, one.user) for one in area.team.all()] == [
        (TeamMember.Role.DEPUTY, "长" * 40, user)
    ]


def test_more_readers_than_requirements_leave_some_without(draft: Scene) -> None:
    draft.opened.items.exclude(no__in=[1, 2]).delete()
    team = draft.opened.areas.get().team
    for name in ("示例丙", "示例丁"):
        team.create(name=name, role=TeamMember.Role.MEMBER)
    planning.share_out(opened=draft.opened, actor=draft.people.actor("office"), now=draft.now)
    shares = [one.items for one in team.filter(role=TeamMember.Role.MEMBER)]
    assert sorted(shares) == [[], [1], [2]]


def test_the_team_reads_its_units_only_on_their_days(draft: Scene) -> None:
    users = draft.people.users
    Duty.objects.filter(user=users["inspector"]).delete()
    draft.step("publish")
    draft.step("begin")
    duties = Duty.objects.filter(user=users["inspector"])
    assert {(d.role, d.from_on, d.to_on) for d in duties} == {(Role.INSPECTOR, DAY, DAY)}
    assert {d.organisation for d in duties} == {draft.people.own, draft.people.other}
    assert draft.people.actor("inspector").may_read(draft.people.own)

    Visit.objects.update(standing=Visit.Standing.FED_BACK)
    draft.step("feed_back")
    assert all(d.to_on == DAY for d in Duty.objects.filter(user=users["inspector"]))


def test_a_published_round_is_taken_back_until_somebody_wrote(draft: Scene) -> None:
    for verb in ("publish", "withdraw", "publish", "begin"):
        draft.step(verb)
    draft.send("inspector", "answer", item=1, verdict="complete")
    with pytest.raises(WrongState):
        draft.step("withdraw")


def test_the_solver_balances_and_keeps_hosts_and_recusal() -> None:
    task = Task(9, [4, None, 10], {0: 2, 1: 0}, frozenset({(2, 0), (2, 1)}), {(5, 0): 3})
    found = solve(task)
    sizes = sorted(found.count(area) for area in range(3))
    assert (found[0], found[1], found[2], sizes) == (2, 0, 2, [3, 3, 3])
    assert found[5] != 0


@pytest.mark.parametrize(
    ("task", "told"),
    [
        (Task(3, [1, 1], {}, frozenset(), {}), "只够2个单位"),
        (Task(1, [5, 5], {}, frozenset({(0, 0), (0, 1)}), {}), "每个督查组都有人需要回避"),
        (Task(1, [5, 5], {0: 1}, frozenset({(0, 1)}), {}), "不能同时满足"),
        (Task(1, [], {}, frozenset(), {}), "还没有片区"),
    ],
)
def test_what_cannot_be_solved_says_why(task: Task, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        solve(task)


@given(units=st.integers(1, 24), areas=st.integers(1, 4), data=st.data())
def test_any_plan_that_is_proposed_keeps_every_rule(units: int, areas: int, data: Any) -> None:
    barred = frozenset(
        data.draw(
            st.sets(st.tuples(st.integers(0, units - 1), st.integers(0, areas - 1)), max_size=units)
        )
    )
    task = Task(units, [None] * areas, {}, barred, {})
    try:
        found = solve(task)
    except BadInput:
        assert any(all((u, a) in barred for a in range(areas)) for u in range(units))
        return
    assert len(found) == units
    assert not {(u, a) for u, a in enumerate(found)} & barred


def test_a_proposal_moves_units_and_answers_how_many(draft: Scene) -> None:
    session = SessionPlan(0, date(2018, 10, 26), time(9), time(12), "乙校", draft.people.other.pk)
    area = _whole(draft)
    _planned(
        draft,
        replace(area, sessions=area.sessions),
        AreaPlan(0, "城南2", [], [session], leader="组长乙"),
    )
    moved = planning.propose(
        opened=draft.opened,
        task=_task(draft.opened),
        actor=draft.people.actor("office"),
        now=draft.now,
    )
    assert moved == 1
    assert {a.name: [u.name for u in a.units.all()] for a in draft.opened.areas.all()} == {
        "城南1": ["甲校"],
        "城南2": ["乙校"],
    }


def _task(opened: Round) -> Any:
    from taizhang.inspection.plan import solver

    return solver.task_of(opened)


def test_free_items_are_added_and_items_taken_out_of_a_draft_only(draft: Scene) -> None:
    office, first = draft.people.actor("office"), draft.opened.items.get(no=1)
    actions.change_items(
        opened=draft.opened,
        add=["解放思想大讨论"] * 2,
        gone=[first.pk],
        actor=office,
        now=draft.now,
    )
    numbers = list(draft.opened.items.values_list("no", "title", "is_topic"))
    assert len(numbers) == 36
    assert [no for no, _, _ in numbers] == list(range(1, 37))
    assert numbers[-1][1:] == ("解放思想大讨论", True)

    draft.step("publish")
    with pytest.raises(WrongState):
        actions.change_items(
            opened=draft.opened, add=["别的"], gone=[], actor=office, now=draft.now
        )


def test_the_head_of_a_draft_is_changed_and_of_a_published_round_not(
    draft: Scene, login: Any
) -> None:
    client, address = login(draft.people.users["office"]), f"/rounds/{draft.opened.pk}/head/"
    said = {
        "title": "改过的标题", "starts_on": "2018-10-26", "ends_on": "2018-10-27", "period_from": "2015-01-01",
        "period_to": "2018-12-31", "contact_person": "示例联系人",
    }  # fmt: skip
    assert client.post(address, said | {"ends_on": "2018-10-20"}).status_code == 422
    assert client.post(address, said | {"starts_on": "bald"}).status_code == 422
    assert client.post(address, said).status_code == 302
    draft.opened.refresh_from_db()
    assert (draft.opened.title, draft.opened.contact_person, draft.opened.ends_on) == (
        "改过的标题",
        "示例联系人",
        date(2018, 10, 27),
    )

    draft.step("publish")
    assert client.post(address, said).status_code == 409


def test_the_journal_tells_a_changed_plan_as_it_was_and_as_it_is(draft: Scene) -> None:
    _planned(draft, *_two_areas(draft))
    changed = (
        JournalLine.objects.filter(verb="inspection.change_plan").latest("seq").detail["changed"]
    )
    before, after = changed["城南1"]
    assert len(before["单位"]) > len(after["单位"]) == 1
    assert changed["城南2"][0] == ""
    assert changed["城南2"][1]["督查组"] == ["组长 组长乙"]
