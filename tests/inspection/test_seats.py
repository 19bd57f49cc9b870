"""What a duty of 督查组长 or 督查组员 opens: nothing, but for what a round lends to its teams."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from taizhang.inspection import actions, queries
from taizhang.inspection.models import Round, Visit
from taizhang.inspection.plan.model import Plan, SessionPlan, UnitPlan
from taizhang.kernel.errors import BadInput
from taizhang.orgs.actions import duties
from taizhang.orgs.actor import actor_of
from taizhang.orgs.models import Duty, Organisation
from taizhang.orgs.queries import accounts
from tests.inspection.conftest import DAY, Scene, plan_of
from tests.make import Cast

WHO = "unseated"


def _seated(draft: Scene, day: date = DAY) -> None:
    """In the team of the own branch's area; the other branch lies in another."""
    area = draft.opened.areas.get()
    own, other = ([UnitPlan(u.pk, u.name, u.organisation_id)] for u in area.units.all())
    session = SessionPlan(0, day, None, None, "甲校", draft.people.own.pk)
    ours = {"key": area.pk, "units": own, "sessions": [session], "members": [WHO]}
    rest = {"name": "城南2", "units": other, "sessions": [], "leader": "组长乙", "members": []}
    (first,), (second,) = (plan_of(draft.people, **one).areas for one in (ours, rest))
    actions.change_plan(
        opened=draft.opened, plan=Plan([first, second]), actor=draft.people.actor("office"),
        now=draft.now, outside=True,
    )  # fmt: skip


def _reads(people: Cast, day: date = DAY) -> list[str]:
    seen = Organisation.objects.visible_to(actor_of(people.users[WHO], on=day))
    return [one.short_name for one in seen]


def test_without_a_team_it_opens_nothing(people: Cast) -> None:
    assert people.actor(WHO).grants
    assert _reads(people) == []
    assert not people.actor(WHO).reads_ledgers


def test_a_round_opens_its_units_on_its_days(draft: Scene) -> None:
    _seated(draft)
    draft.step("publish")
    assert _reads(draft.people) == []

    draft.step("begin")

    assert _reads(draft.people) == ["甲校"]
    assert _reads(draft.people, DAY - timedelta(days=1)) == []
    assert _reads(draft.people, DAY + timedelta(days=1)) == []
    assert [v.unit.name for v in queries.visits(draft.people.actor(WHO))] == ["甲校"]


def test_a_round_that_begins_late_opens_them_until_it_is_fed_back(draft: Scene) -> None:
    _seated(draft, DAY - timedelta(days=30))
    draft.opened.ends_on = DAY - timedelta(days=30)
    draft.opened.save()
    draft.step("publish")
    draft.step("begin")
    assert _reads(draft.people, DAY + timedelta(days=99)) == ["甲校"]

    Visit.objects.update(standing=Visit.Standing.FED_BACK)
    draft.step("feed_back")

    assert _reads(draft.people) == ["甲校"]
    assert _reads(draft.people, DAY + timedelta(days=1)) == []


def test_feedback_ends_nothing_that_another_round_lends_or_somebody_gave(draft: Scene) -> None:
    _seated(draft)
    given = Duty.objects.create(
        user=draft.people.users[WHO], role="inspector", organisation=draft.people.committee,
        from_on=DAY, to_on=DAY + timedelta(days=9),
    )  # fmt: skip
    draft.step("publish")
    draft.step("begin")

    Visit.objects.update(standing=Visit.Standing.FED_BACK)
    draft.step("feed_back")

    given.refresh_from_db()
    assert given.to_on == DAY + timedelta(days=9)


def test_the_page_of_an_account_says_what_the_duty_opens(draft: Scene) -> None:
    user = draft.people.users[WHO]
    (alone,) = accounts.reach(user, DAY)
    assert alone.branches == 0
    assert "看不到台账" in alone.what

    _seated(draft)
    draft.step("publish")
    draft.step("begin")

    lent = accounts.reach(user, DAY)[-1]
    assert (lent.branches, "督查期内查看本组单位的台账" in lent.what) == (1, True)


def test_what_rounds_lent_before_is_marked_by_the_journal(people: Cast, now: datetime) -> None:
    user, days = people.users[WHO], (DAY, DAY)
    duties.lend_duty(user=user, role="inspector", places=[people.own], days=days, now=now)
    Duty.objects.create(
        user=user, role="inspector", organisation=people.committee, from_on=DAY, to_on=DAY
    )
    Duty.objects.update(lent=False)

    import_module("taizhang.orgs.migrations.0018_lent_duties").mark(apps, None)

    assert [one.organisation for one in Duty.objects.filter(lent=True)] == [people.own]


def test_before_its_first_day_a_round_begins_only_knowingly(draft: Scene, login: Any) -> None:
    _seated(draft, date(2098, 11, 3))
    draft.step("publish")
    office, url = login(draft.people.users["office"]), f"/rounds/{draft.opened.pk}/"
    with pytest.raises(BadInput, match="第一场在2098-11-03，还没有到"):
        draft.step("begin")
    assert 'name="early"' in office.get(url).content.decode()

    actions.advance(
        opened=draft.opened, verb="begin", actor=draft.people.actor("office"), now=draft.now,
        early=True,
    )  # fmt: skip

    assert draft.opened.standing == Round.Standing.INSPECTING
