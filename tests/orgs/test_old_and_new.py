"""What was changed stands in the journal as old → new, by the names that people know it by."""

from __future__ import annotations

from datetime import date, datetime

from taizhang.kernel.models import JournalLine
from taizhang.orgs.actions import accounts, calendar, duties, organisations
from taizhang.orgs.models import Duty, Role
from taizhang.orgs.queries import calendar as queries
from tests.make import Cast


def _changed(verb: str) -> dict[str, list[object]]:
    line = JournalLine.objects.filter(verb=verb).latest("seq")
    found: dict[str, list[object]] = line.detail["changed"]
    return found


def test_an_area(people: Cast, now: datetime) -> None:
    for name, day in (("东片", date(2015, 1, 1)), ("西片", date(2017, 1, 1))):
        organisations.assign_area(
            name=name, organisations=[people.own], from_on=day, actor=None, now=now
        )
    assert _changed("orgs.assign_area") == {people.own.full_name: ["东片", "西片"]}


def test_days_of_the_calendar(people: Cast, now: datetime) -> None:
    office = people.actor("office")
    for off in ([date(2033, 1, 3)], [date(2033, 1, 4)]):
        calendar.set_calendar_year(year=2033, holidays=off, workdays=[], actor=office, now=now)
    assert _changed("orgs.set_calendar_year") == {
        "2033-01-03": ["holiday", ""],
        "2033-01-04": ["", "holiday"],
    }
    assert queries.calendar_years()[-1] == 2033


def test_an_address(people: Cast, now: datetime) -> None:
    clerk = people.actor("clerk")
    for address in ("a@example.cn", ""):
        duties.set_address(actor=clerk, email=address, now=now)
    assert _changed("orgs.set_address") == {"提醒邮箱": ["a@example.cn", ""]}


def test_an_account_that_is_closed(people: Cast, now: datetime) -> None:
    clerk = people.actor("clerk").user
    accounts.set_active(user=clerk, active=False, actor=people.actor("system"), now=now)
    assert _changed("orgs.set_active") == {"启用": [True, False]}
    told = JournalLine.objects.get(verb="orgs.set_active").about
    assert told == "启用：是 → 否"


def test_a_duty_that_ends(people: Cast, now: datetime) -> None:
    duty = Duty.objects.get(user=people.actor("clerk").user, role=Role.CLERK)
    security = people.actor("security")
    accounts.end_duty(duty=duty, last_on=date(2018, 6, 1), actor=security, now=now)
    assert _changed("orgs.end_duty") == {"止": ["", "2018-06-01"]}


def test_an_organisation(people: Cast, now: datetime) -> None:
    own = people.own
    values = organisations.OrganisationValues(
        full_name=own.full_name, short_name="新简称", org_type=own.org_type,
        established_on=own.established_on, aliases=("又名",), renamed_on=date(2018, 9, 1),
    )  # fmt: skip
    before = own.short_name
    organisations.change_organisation(
        organisation=own, values=values, actor=people.actor("office"), now=now
    )
    changed = _changed("orgs.change_organisation")
    assert changed["简称"] == [before, "新简称"]
    assert changed["aliases"][1] == ["又名"]
    assert "全称" not in changed
