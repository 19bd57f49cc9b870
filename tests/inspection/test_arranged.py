"""A plan that is changed, shared out and begun: what moves, what is kept, what is refused, and what
the teams may read.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from taizhang.checks.models import CheckScope
from taizhang.inspection import actions
from taizhang.inspection.actions import planning
from taizhang.inspection.models import (
    Answer,
    Attendee,
    IssuedPaper,
    Preparation,
    Round,
    RoundArea,
    RoundSession,
    RoundUnit,
    TeamChange,
    TeamMember,
    Visit,
)
from taizhang.inspection.plan.model import AreaPlan, Plan, SessionPlan, UnitPlan
from taizhang.inspection.plan.solver import Task
from taizhang.kernel.errors import BadInput, WrongState
from taizhang.kernel.models import JournalLine
from taizhang.orgs.actions import duties
from taizhang.orgs.models import Duty, Organisation, Role
from tests.inspection.conftest import DAY, Scene
from tests.inspection.test_changed_plan import _replaced, _session, _spare
from tests.inspection.test_planning import _planned, _whole

NEXT = DAY + timedelta(days=1)


def _last(verb: str) -> Any:
    return JournalLine.objects.filter(verb=f"inspection.{verb}").latest("seq").detail


def _standing(scene: Scene, standing: str) -> None:
    Round.objects.update(standing=standing)
    scene.opened.refresh_from_db()


# Who is in a team


def test_an_account_is_taken_for_whom_alone_bears_its_name(draft: Scene) -> None:
    area = draft.opened.areas.get()
    for at in range(2):
        duties.open_account(
            username=f"two{at}", name="同名", password=None, duties=[], now=draft.now
        )
    planning.set_team(area, "", ["同名"], ["inspector", "没有账号"])
    assert [(m.role, m.name, m.user and m.user.username) for m in area.team.all()] == [
        ("deputy", "同名", None), ("member", "inspector", "inspector"), ("member", "没有账号", None),
    ]  # fmt: skip


def test_shares_and_accounts_of_a_plan_are_kept_and_others_stay(draft: Scene) -> None:
    TeamMember.objects.update(items=[7])
    spare = _spare(draft)
    plan = replace(
        _whole(draft), shares={"inspector": [1, 2]}, accounts={"inspector": spare.pk, "team_leader": None}
    )  # fmt: skip
    _planned(draft, plan)
    said = {m.name: (m.items, m.user) for m in TeamMember.objects.all()}
    assert said == {"team_leader": ([7], None), "inspector": ([1, 2], spare)}
    told = _last("change_plan")["changed"]["城南1"][1]["督查组"]
    assert told == ["组长 team_leader [7]", "组员 inspector [1, 2]"]
    _planned(draft, replace(_whole(draft), shares={"inspector": []}))
    assert TeamMember.objects.get(name="inspector").items == []
    assert _last("change_plan")["changed"]["城南1"][1]["督查组"][1] == "组员 inspector"
    wrong = replace(_whole(draft), accounts={"inspector": draft.people.users["audit"].pk})
    with pytest.raises(BadInput, match="“inspector”：这个账号不能用"):
        _planned(draft, wrong)


def test_requirements_are_shared_among_members_or_where_there_is_none_among_all(
    draft: Scene,
) -> None:
    office = draft.people.actor("office")
    planning.share_out(opened=draft.opened, actor=office, now=draft.now)
    assert {m.name: len(m.items) for m in TeamMember.objects.all()} == {
        "team_leader": 0, "inspector": 36,
    }  # fmt: skip
    assert "城南1" in _last("share_out")["changed"]
    TeamMember.objects.filter(name="inspector").delete()
    empty = RoundArea.objects.create(round=draft.opened, name="空")
    planning.share_out(opened=draft.opened, actor=office, now=draft.now)
    assert TeamMember.objects.get().items == list(range(1, 37))
    assert not empty.team.exists()


@pytest.mark.parametrize(
    ("groups", "readers", "parts"),
    [
        ([[1, 2, 3], [4, 5, 6]], 2, [[1, 2, 3], [4, 5, 6]]),
        ([[1, 2, 3, 4, 5, 6, 7, 8, 9], [10], [11]], 2, [[10], [11], [1, 2, 3, 4], [5, 6, 7, 8, 9]]),
        ([[1, 2]], 5, [[1], [2]]), ([[1, 2, 3]], 2, [[1], [2, 3]]), ([], 3, []),
    ],
)  # fmt: skip
def test_what_is_more_than_one_share_is_halved(
    groups: list[list[int]], readers: int, parts: list[list[int]]
) -> None:
    assert planning._parts(groups, readers) == parts


def test_the_longest_part_goes_to_whoever_has_least(draft: Scene) -> None:
    for no, category in ((1, "甲"), (2, "甲"), (3, "甲"), (4, "乙"), (5, "乙"), (6, "丙")):
        draft.opened.items.filter(no=no).update(category=category)
    draft.opened.items.filter(no__gt=6).delete()
    TeamMember.objects.create(area=draft.opened.areas.get(), name="第二", role="member")
    planning.share_out(opened=draft.opened, actor=draft.people.actor("office"), now=draft.now)
    shares = TeamMember.objects.filter(role="member").order_by("pk").values_list("items", flat=True)
    assert list(shares) == [[1, 2, 3], [4, 5, 6]]


# What a changed plan does


@pytest.mark.parametrize(
    ("standing", "refused"),
    [("draft", False), ("published", False), ("self_check", False), ("inspecting", False), ("consulting", True), ("fed_back", True)],
)  # fmt: skip
def test_a_plan_is_changed_until_the_inspection_ends(
    draft: Scene, standing: str, refused: bool
) -> None:
    draft.step("publish")
    _standing(draft, standing)
    if refused:
        with pytest.raises(WrongState, match="督查已经结束，安排不能再改"):
            _planned(draft, _whole(draft))
        return
    _planned(draft, replace(_whole(draft), name="改名"))
    assert draft.opened.areas.get().name == "改名"
    assert Visit.objects.count() == (2 if standing == "inspecting" else 0)


def test_a_day_outside_the_notice_is_set_only_knowingly(draft: Scene) -> None:
    outside = replace(_whole(draft), sessions=[_session(draft, date=NEXT)])
    draft.step("publish")
    with pytest.raises(BadInput, match=rf"{NEXT}不在已发布通知的督查时间（{DAY}至{DAY}）内"):
        _planned(draft, outside)
    actions.change_plan(
        opened=draft.opened, plan=Plan([outside]), outside=True, actor=draft.people.actor("office"), now=draft.now
    )  # fmt: skip
    assert RoundSession.objects.get().date == NEXT
    same = _session(draft, venue="乙校")
    _planned(draft, replace(_whole(draft), sessions=[same]))
    assert RoundSession.objects.get().venue == "乙校", "a day that stood there before is no new one"


def test_a_draft_is_planned_on_any_day(draft: Scene) -> None:
    _planned(draft, replace(_whole(draft), sessions=[_session(draft, date=NEXT)]))
    assert RoundSession.objects.get().date == NEXT


def test_whose_ledgers_were_read_stays_in_the_plan(scene: Scene) -> None:
    scene.send("inspector", "answer", item=1, verdict="missing")
    area = _whole(scene)
    _planned(scene, replace(area, units=[]))
    assert [unit.name for unit in RoundUnit.objects.all()] == ["甲校"]
    with pytest.raises(WrongState, match="要删除的片区里已经有督查记录"):
        _planned(scene, AreaPlan(0, "别的", [], [], leader="组长乙"))
    Answer.objects.all().delete()
    scene.send("inspector", "finding", item=1, facts="没有记录")
    with pytest.raises(WrongState, match="要去掉的单位已经有督查记录"):
        _planned(scene, replace(area, units=[]))


def test_an_area_without_records_goes_with_its_units(draft: Scene) -> None:
    _planned(draft, AreaPlan(0, "别的", [UnitPlan(0, "丙校")], [], leader="组长乙"))
    assert [(a.name, [u.name for u in a.units.all()]) for a in RoundArea.objects.all()] == [
        ("别的", ["丙校"])
    ]


def test_an_organisation_is_given_to_a_unit_until_the_inspection_begins(draft: Scene) -> None:
    unit = RoundUnit.objects.get(name="乙校")
    RoundUnit.objects.filter(pk=unit.pk).update(organisation=None)
    own, other = _whole(draft).units
    given = replace(_whole(draft), units=[own, replace(other, organisation=draft.people.other.pk)])
    _planned(draft, given)
    unit.refresh_from_db()
    assert (unit.organisation, unit.order) == (draft.people.other, 1)
    swapped = replace(given, units=[replace(other, organisation=draft.people.own.pk), own])
    _planned(draft, swapped)
    unit.refresh_from_db()
    assert (unit.organisation, unit.order) == (draft.people.other, 0), "it stands for one already"
    for verb in ("publish", "self_check"):
        RoundUnit.objects.filter(pk=unit.pk).update(organisation=None)
        draft.opened.refresh_from_db()
        actions.advance(
            opened=draft.opened, verb=verb, actor=draft.people.actor("office"), now=draft.now, left_out=True
        )  # fmt: skip
        _planned(draft, given)
        unit.refresh_from_db()
        assert unit.organisation == draft.people.other
    draft.step("begin")
    _planned(draft, given)
    RoundUnit.objects.filter(pk=unit.pk).update(organisation=None)
    with pytest.raises(WrongState, match="不能再给单位对应党组织"):
        _planned(draft, given)


def test_who_left_a_team_is_kept_once_the_round_was_published(draft: Scene) -> None:
    _planned(draft, replace(_whole(draft), members=["第一"]))
    assert not TeamChange.objects.exists()
    draft.step("publish")
    _planned(draft, replace(_whole(draft), members=["第一", "第二"]))
    assert not TeamChange.objects.exists()
    _planned(draft, replace(_whole(draft), members=["第二"]))
    assert [(one.name, one.user) for one in TeamChange.objects.all()] == [("第一", None)]


def test_a_moved_session_is_prepared_anew_and_another_is_not(draft: Scene) -> None:
    def confirmed() -> int:
        return Preparation.objects.exclude(confirmed_at=None).count()

    second = SessionPlan(0, DAY, time(14), time(16), "乙校", draft.people.other.pk)
    _planned(draft, replace(_whole(draft), sessions=[_session(draft), second]))
    assert Preparation.objects.count() == 2
    Preparation.objects.update(confirmed_at=draft.now, confirmed_by=draft.people.users["office"])
    kept = [
        SessionPlan(s.pk, s.date, s.starts_at, s.ends_at, s.venue, s.host_id)
        for s in RoundSession.objects.order_by("pk")
    ]
    _planned(draft, replace(_whole(draft), sessions=kept))
    assert confirmed() == 2
    _planned(draft, replace(_whole(draft), sessions=[kept[0], replace(kept[1], ends_at=time(17))]))
    assert confirmed() == 1
    _planned(draft, replace(_whole(draft), sessions=kept[:1]))
    assert [s.pk for s in RoundSession.objects.all()] == [kept[0].key]


@pytest.mark.parametrize(
    ("about", "host"),
    [
        ({"venue": "乙校", "at_venue": "other"}, "乙校"), ({"venue": "礼堂"}, "甲校"), ({"at_venue": "other"}, "甲校"),
        ({"venue": "乙校", "at_venue": "own", "host": "other"}, "乙校"), ({"venue": "礼堂", "host": None}, None),
        ({"host": None, "at_venue": "other"}, None),
    ],
)  # fmt: skip
def test_the_host_is_whoever_has_the_new_venue_unless_somebody_named_one(
    draft: Scene, about: dict[str, Any], host: str | None
) -> None:
    keys = {"own": draft.people.own.pk, "other": draft.people.other.pk, None: None}
    told = {n: keys[v] if n in ("host", "at_venue") else v for n, v in about.items()}
    _planned(draft, replace(_whole(draft), sessions=[_session(draft, **told)]))
    found = RoundSession.objects.get().host
    assert (found and found.short_name) == host


def test_a_new_session_is_hosted_by_whom_the_plan_names(draft: Scene) -> None:
    new = SessionPlan(0, DAY, None, None, "礼堂", draft.people.own.pk, draft.people.other.pk)
    _planned(draft, replace(_whole(draft), sessions=[new]))
    assert RoundSession.objects.get().host == draft.people.own


def _joint(scene: Scene) -> None:
    Organisation.objects.filter(pk=scene.people.own.pk).update(org_type="joint_branch")
    RoundUnit.objects.update(organisation=scene.people.own)


def test_units_of_a_joint_branch_are_one_with_all_their_names(draft: Scene) -> None:
    area = draft.opened.areas.get()
    first, second = area.units.order_by("order")
    RoundUnit.objects.filter(pk=first.pk).update(includes=["南校区"])
    RoundUnit.objects.filter(pk=second.pk).update(includes=["北校区"], note="含幼儿园")
    _joint(draft)
    _planned(draft, _whole(draft))
    unit = RoundUnit.objects.get()
    assert (unit.name, unit.includes, unit.note) == ("甲校、乙校", ["南校区", "北校区"], "含幼儿园")


@pytest.mark.parametrize(("more", "n"), [(0, 1), (1, 2)])
def test_names_that_have_no_room_together_stay_apart(draft: Scene, more: int, n: int) -> None:
    _joint(draft)
    first, second = RoundUnit.objects.order_by("order")
    RoundUnit.objects.filter(pk=first.pk).update(name="甲" * 49, note="自己的")
    RoundUnit.objects.filter(pk=second.pk).update(name="乙" * (50 + more), note="别的")
    planning.join_units(draft.opened)
    assert RoundUnit.objects.count() == n
    assert RoundUnit.objects.order_by("pk")[0].note == "自己的"


def test_units_of_other_branches_and_areas_are_not_joined(draft: Scene) -> None:
    Organisation.objects.filter(pk=draft.people.own.pk).update(org_type="joint_branch")
    planning.join_units(draft.opened)
    assert RoundUnit.objects.count() == 2
    _joint(draft)
    second = RoundArea.objects.create(round=draft.opened, name="城北")
    RoundUnit.objects.filter(name="乙校").update(area=second)
    planning.join_units(draft.opened)
    assert RoundUnit.objects.count() == 2


# What the solver proposes


@pytest.mark.parametrize("standing", ["draft", "published", "self_check", "inspecting"])
def test_a_proposal_is_carried_out_with_the_host_first_in_his_area(
    draft: Scene, monkeypatch: pytest.MonkeyPatch, standing: str
) -> None:
    first = draft.opened.areas.get()
    RoundSession.objects.update(host=draft.people.other)
    second = RoundArea.objects.create(round=draft.opened, name="城南2", order=1)
    third = RoundUnit.objects.create(area=first, name="丙校", order=2)
    units = [*first.units.order_by("order")]
    monkeypatch.setattr(planning, "solve", lambda _: [0, 0, 1])
    _standing(draft, standing)

    def propose() -> int:
        return planning.propose(
            opened=draft.opened, task=(Task(3, [], {}, frozenset(), {}), units, [first, second]),
            actor=draft.people.actor("office"), now=draft.now,
        )  # fmt: skip

    if standing == "inspecting":
        with pytest.raises(WrongState, match="不能重新编排"):
            propose()
        return
    assert propose() == 1
    held = {a.name: [(u.name, u.order) for u in a.units.order_by("order")] for a in (first, second)}
    assert held == {"城南1": [("乙校", 0), ("甲校", 1)], "城南2": [(third.name, 0)]}
    assert set(_last("propose")["changed"]) == {"城南1", "城南2"}


# Somebody in another's place


def test_nobody_takes_his_own_place_and_of_a_closed_round_nobody_takes_one(scene: Scene) -> None:
    with pytest.raises(BadInput, match="接手的就是原来的人"):
        _replaced(scene, scene.people.users["inspector"])
    with pytest.raises(BadInput) as refused:
        _replaced(scene, scene.people.users["team_leader"], reason="")
    assert [p.column for p in refused.value.problems] == ["原因", "接手的人"]
    for standing in ("closed", "archived"):
        _standing(scene, standing)
        with pytest.raises(WrongState, match="不能再换人"):
            _replaced(scene, _spare(scene))
    _standing(scene, "verifying")
    assert _replaced(scene, _spare(scene)).name == "接手人"


@pytest.mark.parametrize(("verbs", "kept", "lent"), [((), 0, 0), (("publish",), 1, 0), (("publish", "begin"), 1, 2)])  # fmt: skip
def test_who_took_over_reads_once_the_round_is_at_work(
    draft: Scene, verbs: tuple[str, ...], kept: int, lent: int
) -> None:
    for verb in verbs:
        draft.step(verb)
    by = _spare(draft)
    _replaced(draft, by, reason=" 生病 ")
    said = TeamChange.objects.values_list("name", "successor", "reason")
    assert list(said) == [("inspector", "接手人", "生病")] * kept
    assert Duty.objects.filter(user=by).count() == lent
    assert _last("replace_member") == {
        "title": draft.opened.title, "area": "城南1", "reason": "生病", "changed": {"组员": ["inspector", "接手人"]},
    }  # fmt: skip


def test_who_has_no_account_is_replaced_as_well(scene: Scene) -> None:
    TeamMember.objects.filter(name="inspector").update(user=None)
    _replaced(scene, _spare(scene))
    assert TeamChange.objects.get().user is None
    gone = Duty.objects.filter(user=scene.people.users["inspector"], lent=True, to_on=DAY)
    assert gone.count() == 2, "what was lent to somebody else stays"


# What a round that begins freezes and lends


def test_who_leaves_a_team_reads_to_the_day_before(scene: Scene) -> None:
    _planned(scene, replace(_whole(scene), members=["李示例"]))
    lent = Duty.objects.filter(user=scene.people.users["inspector"], from_on__isnull=False)
    assert {duty.to_on for duty in lent} == {DAY - timedelta(days=1)}


def test_a_unit_that_joins_at_work_has_its_picture_and_the_others_keep_theirs(
    scene: Scene,
) -> None:
    Visit.objects.update(pack={"items": {}})
    area = _whole(scene)
    _planned(scene, replace(area, units=[*area.units, UnitPlan(0, "丙校")]))
    packs = {v.unit.name: v.pack for v in Visit.objects.select_related("unit")}
    assert packs["甲校"] == packs["乙校"] == {"items": {}}
    assert packs["丙校"]["items"]
    held = Attendee.objects.values_list("visit__unit__name", flat=True)
    assert sorted(held) == ["乙校", "乙校", "甲校", "甲校"]
    assert Visit.objects.get(unit__name="丙校").planned_at == time(9, 30)


def test_a_round_that_begins_anew_is_judged_and_frozen_anew(scene: Scene) -> None:
    Visit.objects.update(pack={}, packed_at=None)
    _standing(scene, "published")
    scene.step("begin")
    for visit in Visit.objects.all():
        assert visit.pack["items"]["28"]["outcome"] == "missing"
        assert visit.packed_at == scene.now
        assert visit.pictures.count() == 1


def test_an_area_without_sessions_is_read_from_the_first_day_of_the_round(draft: Scene) -> None:
    Round.objects.update(starts_on=NEXT, ends_on=NEXT + timedelta(days=1))
    draft.opened.refresh_from_db()
    RoundSession.objects.all().delete()
    for verb in ("publish", "begin"):
        draft.step(verb)
    lent = Duty.objects.filter(lent=True, from_on__isnull=False)
    assert set(lent.values_list("from_on", "to_on")) == {(NEXT, NEXT + timedelta(days=1))}
    roles = {(duty.user.username, duty.role) for duty in lent}
    assert roles == {("team_leader", Role.TEAM_LEADER), ("inspector", Role.INSPECTOR)}


# Steps of a round


def test_a_round_is_published_withdrawn_and_published_again(draft: Scene) -> None:
    office = draft.people.actor("office")
    draft.step("publish")
    scope = CheckScope.objects.get()
    assert (scope.from_on, scope.to_on, scope.on) == (date(2015, 1, 1), date(2018, 10, 31), DAY)
    with pytest.raises(BadInput, match="“收回原因”：请写明收回的原因"):
        actions.advance(
            opened=draft.opened, verb="withdraw", actor=office, now=draft.now, reason=" "
        )
    actions.advance(
        opened=draft.opened, verb="withdraw", actor=office, now=draft.now, reason=" 改期 "
    )
    kept = Round.objects.get()
    assert (kept.withdrawn_at, kept.withdrawn_reason) == (draft.now, "改期")
    assert _last("round.withdraw") == {"changed": {"状态": ["已发布", "草稿"]}, "reason": "改期"}
    draft.step("publish")
    kept.refresh_from_db()
    assert (kept.standing, kept.withdrawn_at, kept.withdrawn_reason) == ("published", None, "")
    assert IssuedPaper.objects.count() == 2


def test_units_without_an_organisation_are_named_and_left_out_knowingly(draft: Scene) -> None:
    RoundUnit.objects.filter(name="乙校").update(organisation=None)
    with pytest.raises(BadInput) as refused:
        draft.step("publish")
    first, last = refused.value.problems
    assert (first.column, first.message) == ("城南1", "“乙校”没有对应到党组织。")
    assert last.message.startswith("这1个单位收不到通知")
    actions.advance(
        opened=draft.opened, verb="publish", actor=draft.people.actor("office"), now=draft.now, left_out=True
    )  # fmt: skip
    assert _last("round.publish")["left_out"] == ["乙校"]
    draft.step("begin")
    assert Attendee.objects.filter(visit__unit__name="乙校").count() == 0
    assert "left_out" not in _last("round.begin")


def test_a_round_is_fed_back_when_every_unit_is(scene: Scene) -> None:
    Visit.objects.filter(pk=scene.own.pk).update(standing=Visit.Standing.FED_BACK)
    with pytest.raises(WrongState, match="还有1个单位没有反馈"):
        scene.step("feed_back")
