"""Days in addresses: every day of a month counts, and what is no day is refused, never dropped."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from taizhang.ledgers.sheets import excel
from taizhang.web.params import day_or_none
from tests.make import Cast, inspected, raw, save


@pytest.mark.parametrize("last", ["2016-03-29", "2016-03-30", "2016-03-31"])
def test_a_list_ends_on_the_day_that_is_asked_for(
    people: Cast, now: datetime, login: Any, last: str
) -> None:
    for day in ("2016-03-08", "2016-04-12"):
        values = raw("meetings") | {"held_on": day, "title": f"{day}的会"}
        save(people.own, people.actor("clerk"), now, "meetings", **values)
    page = login(people.users["clerk"]).get("/ledgers/meetings/", {"to": last}).content.decode()
    assert "2016-03-08的会" in page
    assert "2016-04-12的会" not in page


@pytest.mark.parametrize(
    "address",
    [
        "/ledgers/meetings/?to=2016-02-30",
        "/ledgers/meetings/?from=20160301",
        "/ledgers/meetings/export/?to=2016-3-1",
        "/ledgers/meetings/?from=２０１６-03-01",
        "/ledgers/dues-payments/month/?month=2016-13",
        "/branches/{own}/chart/?on=gestern",
        "/papers/book/{own}/?form=pdf&to=2018-02-31",
        "/papers/sign-sheet/{own}.docx?kind=支委会&held_on=2016-02-31",
    ],
)
def test_what_is_no_day_is_refused(people: Cast, now: datetime, login: Any, address: str) -> None:
    inspected(now, (2015, 2018), people.day)
    answer = login(people.users["clerk"]).get(address.format(own=people.own.pk))
    assert answer.status_code == 422
    assert "不是日期，应写作" in answer.content.decode()


def test_a_book_of_a_year_ends_with_its_last_day(people: Cast, now: datetime, login: Any) -> None:
    inspected(now, (2015, 2018), people.day)
    answer = login(people.users["clerk"]).get(
        f"/papers/book/{people.own.pk}/?from=2017-01-01&to=2017-12-31&form=docx"
    )
    assert "20170101-20171231" in answer.headers["Content-Disposition"]


def test_nothing_asked_is_no_day() -> None:
    assert day_or_none("", "起日") is None
    assert day_or_none(None, "起日") is None


def test_a_list_tells_when_it_was_taken_by_the_clocks_here() -> None:
    assert "2018-10-25 10:00" in excel.watermark("某人", datetime(2018, 10, 25, 2, tzinfo=UTC))
