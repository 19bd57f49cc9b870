"""What a letter of introduction says of dues and of its receipt."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from taizhang.checks.actions import checking
from taizhang.checks.models import SuspicionRow
from taizhang.ledgers.kinds.transfers import TransferRecord
from tests.make import Cast, inspected, raw, save

pytestmark = pytest.mark.django_db


def _letter(people: Cast, now: datetime, **changes: str) -> TransferRecord:
    values = raw("transfers") | changes
    save(people.own, people.actor("clerk"), now, "transfers", **values)
    return TransferRecord.objects.latest("pk")


def test_months_that_the_letter_shows_as_paid_are_not_asked_again(
    people: Cast, now: datetime
) -> None:
    inspected(now, (2016, 2016), date(2016, 12, 31))
    checking.judge_whole(people.own, now)
    unpaid = SuspicionRow.objects.filter(branch=people.own, rule="L25:L25.2", window__gte="2016-02")
    before = set(unpaid.values_list("window", "other"))

    letter = _letter(people, now, issued_on="2016-02-20", received_on="2016-02-25", dues_paid_through="2016-04")  # fmt: skip

    gone = before - set(unpaid.values_list("window", "other"))
    assert gone == {(f"2016-0{month}", letter.person_id) for month in (2, 3, 4)}


@pytest.mark.parametrize(
    ("received", "due"), [("2016-03-20", date(2016, 4, 20)), ("", date(2016, 4, 30))]
)
def test_the_receipt_is_due_a_month_after_the_member_was_taken_in(
    people: Cast, now: datetime, received: str, due: date
) -> None:
    letter = _letter(people, now, direction="转出", issued_on="2016-03-01", valid_days="30", received_on=received)  # fmt: skip
    assert letter.receipt_due_on == due
