"""总览 says what changed since an earlier check of everybody, and each figure opens its rows."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from taizhang.checks.actions import checking, dismissing
from taizhang.checks.history import changes, kept
from taizhang.checks.models import CheckRun, RunStanding, SuspicionRow
from taizhang.checks.reasons import queries
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.records import actions as ledgers
from tests.conftest import NOW
from tests.make import Cast, inspected, raw, save
from tests.modules import begins_with

pytestmark = pytest.mark.django_db


def _checked(people: Cast) -> None:
    inspected(NOW, (2015, 2018), date(2018, 10, 25))
    save(people.own, people.actor("clerk"), NOW, "meetings", **raw("meetings"))
    checking.check_all(name="reference", actor=None, now=NOW - timedelta(days=7))


begun = begins_with(_checked)


@pytest.fixture
def meeting(people: Cast) -> Any:
    """An assembly of the own branch, after the check of everybody a week before."""
    return KINDS["meetings"].model.objects.get(branch=people.own)


def _since(people: Cast, now: datetime, asked: str = "") -> changes.Since:
    found = changes.since(
        scope=queries.must_have_scope(),
        branches=[people.own.pk, people.other.pk],
        asked=asked,
        today=timezone.localdate(now),
    )
    assert found is not None
    return found


def test_nothing_changed_is_said_of_nobody(people: Cast, now: datetime, meeting: Any) -> None:
    found = _since(people, now)

    assert found.changes == []
    assert set(found.compared) == {people.own.pk, people.other.pk}
    assert [n for _, _, n in found.counts] == [0, 0, 0, 0]
    checking.check_all(name="duckdb", actor=None, now=now)
    assert _since(people, now).changes == [], "both engines say the same"


def test_what_is_missing_now_and_what_is_put_right_again(
    people: Cast, now: datetime, meeting: Any
) -> None:
    clerk = people.actor("clerk")
    ledgers.withdraw(kind=KINDS["meetings"], entry=meeting, reason="登记错了", actor=clerk, now=now)

    gone = {one.item: one for one in _since(people, now).by_branch[people.own.pk]}
    came = [one for one in gone.values() if one.came]
    assert came, "a quarter without its assembly is a new suspicion"
    missing = {item for item, one in gone.items() if one.is_missing}
    assert missing

    checking.check_all(name="reference", actor=None, now=now - timedelta(days=1))
    save(people.own, clerk, now, "meetings", **raw("meetings"))
    back = {one.item: one for one in _since(people, now).by_branch[people.own.pk]}
    assert {item for item, one in back.items() if one.went} >= {one.item for one in came}


def test_one_put_right_and_another_come_up_are_told_apart(
    people: Cast, now: datetime, meeting: Any
) -> None:
    row = SuspicionRow.objects.filter(branch=people.own, severity="error", certain=True)[0]
    SuspicionRow.objects.filter(pk=row.pk).update(window="2015-12-31")

    (one,) = _since(people, now).changes

    assert (one.item, one.came, one.went, one.was) == (row.item, 1, 1, one.now)


def test_a_dismissed_suspicion_is_no_new_one(people: Cast, now: datetime, meeting: Any) -> None:
    row = SuspicionRow.objects.filter(branch=people.own, severity="error")[0]
    office = people.actor("office")
    dismissing.dismiss(row=row, explanation="seen", reason="", actor=office, now=now)

    counts = {sort: n for sort, _, n in _since(people, now).counts}

    assert (counts["came"], counts["went"]) == (0, 1)


def test_the_day_compared_with_is_the_last_before_today_or_the_one_asked_for(
    people: Cast, now: datetime, meeting: Any
) -> None:
    first = CheckRun.objects.get()
    checking.check_all(name="reference", actor=None, now=now - timedelta(days=2))
    checking.check_all(name="reference", actor=None, now=now)

    assert _since(people, now).day == timezone.localdate(now) - timedelta(days=2)
    assert _since(people, now, str(first.pk)).run == first
    assert len(_since(people, now).runs) == 3


def test_a_branch_that_was_not_judged_then_is_not_compared(
    people: Cast, now: datetime, meeting: Any, login: Any
) -> None:
    RunStanding.objects.filter(branch=people.other).delete()

    assert _since(people, now).compared == {people.own.pk}
    page = login(people.users["office"]).get("/board/changes/").content.decode()
    assert "1 个支部那次或现在没有核对" in page


def test_of_runs_of_long_ago_only_the_figures_stay(
    people: Cast, now: datetime, meeting: Any
) -> None:
    run = CheckRun.objects.get()
    for days in range(kept.DAYS):
        again = CheckRun.objects.create(
            started_at=now - timedelta(days=days), engine="reference", by="x", state="done"
        )
        RunStanding.objects.create(
            run=again, branch=people.own, fine=1, bad=1, unsure=1, live=0, timely=0, told={"L01": 1}
        )

    checking.check_all(name="reference", actor=None, now=now + timedelta(days=1))

    old = RunStanding.objects.get(run=run, branch=people.own)
    assert old.told == {}
    assert old.fine + old.bad + old.unsure > 0
    assert run.pk not in [one.pk for one in kept.runs()]


def test_a_figure_of_the_board_opens_its_rows(
    people: Cast, now: datetime, meeting: Any, login: Any
) -> None:
    ledgers.withdraw(
        kind=KINDS["meetings"], entry=meeting, reason="错", actor=people.actor("clerk"), now=now
    )
    CheckRun.objects.update(started_at=timezone.now() - timedelta(days=7))
    client = login(people.users["office"])
    board = client.get("/board/").content.decode()
    day = timezone.localdate() - timedelta(days=7)
    assert f"{day:%Y-%m-%d} 核查以来" in board
    assert "有变化的 1 个支部" in board

    only = client.get("/board/?only=changed").content.decode()
    assert f'/branches/{people.own.pk}/"' in only
    assert f'/branches/{people.other.pk}/"' not in only
    rows = client.get("/board/changes/?sort=came").content.decode()
    assert f"/branches/{people.own.pk}/items/" in rows
    assert f"/branches/{people.other.pk}/items/" not in rows
    of_item = client.get("/board/changes/").content.decode()
    assert "按支部" in of_item
    assert "按台账" in of_item
    foreign = login(people.users["foreign"]).get("/board/changes/?sort=came").content.decode()
    assert f"/branches/{people.own.pk}/" not in foreign


def test_records_entered_in_time_are_counted_by_the_day_of_the_event(
    people: Cast, now: datetime, meeting: Any
) -> None:
    standing = RunStanding.objects.get(branch=people.own)
    day = meeting.held_on
    model = KINDS["meetings"].model
    assert standing.live == 1

    for late, timely in ((30, 1), (31, 0)):
        at = timezone.make_aware(datetime(day.year, day.month, day.day, 23, 30))  # noqa: DTZ001
        model.objects.update(recorded_at=at + timedelta(days=late))
        checking.check_all(name="reference", actor=None, now=now)
        again = RunStanding.objects.filter(branch=people.own).latest("pk")
        assert (again.live, again.timely) == (1, timely), late

    model.objects.update(entry_mode="backfill")
    checking.check_all(name="reference", actor=None, now=now)
    assert RunStanding.objects.filter(branch=people.own).latest("pk").live == 0
