"""A dismissed suspicion counts nowhere until its facts change; who dismissed it and why is kept."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from taizhang.checks import dismissals, engine
from taizhang.checks.actions import checking, dismissing
from taizhang.checks.models import ChangedMeanwhile, Dismissal, Outcome, SuspicionRow, Verdict
from taizhang.checks.reasons import queries, record_links
from taizhang.kernel.errors import BadInput, NotAllowed
from taizhang.kernel.models import JournalLine
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.records import actions as ledgers
from taizhang.rules.base import Suspicion
from tests.conftest import NOW
from tests.make import Cast, inspected, raw, save
from tests.modules import begins_with

pytestmark = pytest.mark.django_db


def _checked(people: Cast) -> None:
    inspected(NOW, (2015, 2018), date(2018, 10, 25))
    values = raw("meetings") | {"agenda": "讨论××工作", "resolutions": "同意××"}
    save(people.own, people.actor("clerk"), NOW, "meetings", **values)
    checking.check_all(name="reference", actor=None, now=NOW)


begun = begins_with(_checked)


@pytest.fixture
def suspected(people: Cast) -> Any:
    """A meeting with a suspicion that points at it, after a check of everybody."""
    return KINDS["meetings"].model.objects.get(branch=people.own)


def _row(people: Cast, entry: Any) -> SuspicionRow:
    found = SuspicionRow.objects.filter(branch=people.own, subject=entry.pk, severity="error")
    return next(
        row for row in found.order_by("rule")
        if record_links.kind_of(engine.rules("tianning-2018")[row.rule]) == "meetings"
    )  # fmt: skip


def _dismiss(row: SuspicionRow, people: Cast, now: datetime, who: str = "office", **said: str) -> Any:  # fmt: skip
    said = {"explanation": "seen", "reason": ""} | said
    return dismissing.dismiss(row=row, actor=people.actor(who), now=now, **said)


def _errors(row: SuspicionRow) -> int:
    return Verdict.objects.get(branch=row.branch, item=row.item).errors


def test_it_counts_nowhere_and_stays_through_checks(
    people: Cast, now: datetime, suspected: Any
) -> None:
    row = _row(people, suspected)
    before = _errors(row)
    made = _dismiss(row, people, now, reason="看过原件")
    assert _errors(row) == before - 1
    for engine_of_all in ("duckdb", "reference"):
        report = queries.item_report(branch=people.own, key=row.item)
        assert [r.dismissal for r in report.dismissed] == [made]
        assert row.rule not in [
            r.rule
            for matter in report.matters
            for r in matter.members
            if r.record == suspected.pk and r.window == row.window
        ]
        checking.check_all(name=engine_of_all, actor=None, now=now)
    assert JournalLine.objects.filter(
        verb="checks.dismiss", detail__why="已查看原件，情况相符：看过原件"
    ).exists()


def test_a_change_of_the_record_ends_it(people: Cast, now: datetime, suspected: Any) -> None:
    row = _row(people, suspected)
    before = _errors(row)
    _dismiss(row, people, now)
    values = raw("meetings") | {
        "agenda": "讨论××工作",
        "resolutions": "同意××",
        "place": "二楼会议室",
    }
    ledgers.correct(
        kind=KINDS["meetings"], entry=suspected, values=values, version=1, reason="地点有误", actor=people.actor("clerk"), now=now
    )  # fmt: skip
    assert _errors(row) == before
    assert Dismissal.objects.get().ended_at == now


def test_a_change_of_another_ledger_under_the_same_number_leaves_it(
    people: Cast, now: datetime, suspected: Any
) -> None:
    row = _row(people, suspected)
    made = _dismiss(row, people, now)
    talk = save(people.own, people.actor("clerk"), now, "talks", **raw("talks"))
    Dismissal.objects.update(subject=talk.pk, other=talk.pk)
    ledgers.withdraw(
        kind=KINDS["talks"], entry=talk, reason="重复", actor=people.actor("clerk"), now=now
    )
    made.refresh_from_db()
    assert made.ended_at is None


def test_a_check_that_is_going_on_hears_of_a_dismissal(
    people: Cast, now: datetime, suspected: Any
) -> None:
    run, _ = checking.begin_run(name="reference", actor=None, now=now)
    _dismiss(_row(people, suspected), people, now)
    assert list(ChangedMeanwhile.objects.values_list("run", "branch")) == [(run.pk, people.own.pk)]


def test_another_grave_shows_again(people: Cast, now: datetime, suspected: Any) -> None:
    row = _row(people, suspected)
    _dismiss(row, people, now)
    Dismissal.objects.update(severity="warn")  # as if the rule had been a mere warning then
    checking.check_all(name="reference", actor=None, now=now)
    assert _row(people, suspected).dismissal is None


def test_it_can_be_taken_back(people: Cast, now: datetime, suspected: Any) -> None:
    row = _row(people, suspected)
    before = _errors(row)
    _dismiss(row, people, now)
    row = SuspicionRow.objects.get(dismissal__isnull=False)
    dismissing.restore(row=row, actor=people.actor("office"), now=now)
    assert _errors(row) == before
    assert not SuspicionRow.objects.filter(dismissal__isnull=False).exists()


def test_only_who_checks_may(people: Cast, now: datetime, suspected: Any) -> None:
    row = _row(people, suspected)
    for who in ("clerk", "secretary"):
        with pytest.raises(NotAllowed):
            _dismiss(row, people, now, who)
    with pytest.raises(NotAllowed):
        queries.suspicion(row.pk, actor=people.actor("foreign"))
    with pytest.raises(BadInput):
        _dismiss(row, people, now, explanation="clock")
    with pytest.raises(BadInput):
        _dismiss(row, people, now, explanation="other")


def test_without_a_record_a_person_must_still_judge(people: Cast, now: datetime) -> None:
    checking.check_all(name="reference", actor=None, now=now)
    missing = Verdict.objects.filter(branch=people.own, outcome=Outcome.MISSING, records=0).first()
    assert missing is not None
    while row := SuspicionRow.objects.open().filter(branch=people.own, item=missing.item, severity="error").first():  # fmt: skip
        _dismiss(row, people, now)
    missing.refresh_from_db()
    assert missing.outcome == Outcome.TO_JUDGE


def test_a_long_detail_is_kept_as_far_as_the_column_goes() -> None:
    found = Suspicion("L28:MT.1", 1, "2016-01", 1, -1, -1, -1, "长" * 301, 1)

    assert dismissals.key(found).detail == "长" * 300
    assert dismissals.key(found._replace(detail="短")).detail == "短"
