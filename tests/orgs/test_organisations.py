"""Organisations are founded, changed and put elsewhere within their bounds, and whoever listens
hears of it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from taizhang.kernel.errors import BadInput, NotAllowed
from taizhang.kernel.models import JournalLine
from taizhang.orgs import changes
from taizhang.orgs.actions import calendar, dissolving, duties, organisations
from taizhang.orgs.actor import actor_of
from taizhang.orgs.models import AreaMembership, Organisation
from tests.make import Cast, organisation

DAY = timedelta(days=1)


def _values(own: Organisation, **about: Any) -> organisations.OrganisationValues:
    values = organisations.OrganisationValues(
        full_name=own.full_name, short_name=own.short_name, org_type=own.org_type, established_on=own.established_on,
        units=tuple(own.units.all()),
    )  # fmt: skip
    return replace(values, **about)


def _change(people: Cast, now: datetime, **about: Any) -> Organisation:
    return organisations.change_organisation(
        organisation=people.own, values=_values(people.own, **about), actor=people.actor("office"), now=now
    )  # fmt: skip


@pytest.mark.parametrize(
    ("about", "told"),
    [
        ({"full_name": ""}, "“全称”：全称不能为空"),
        ({"short_name": ""}, "“简称”：简称不能为空"),
        ({"org_type": "club"}, "“组织类型”：组织类型不在可选范围内"),
        ({"full_name": "中共乙校支部委员会"}, "“全称”：已有同名党组织“中共乙校支部委员会”"),
        ({"dissolved_on": date(2013, 6, 30)}, "“撤销日期”：撤销日期早于成立日期"),
        ({"aliases": ("好", "长" * 101)}, "“别名”：不能超过100个字"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_changed(
    people: Cast, now: datetime, about: dict[str, Any], told: str
) -> None:
    with pytest.raises(BadInput, match=told):
        _change(people, now, **about)
    own = Organisation.objects.get(pk=people.own.pk)
    assert (own.full_name, own.org_type, own.dissolved_on) == ("中共甲校支部委员会", "branch", None)
    with pytest.raises(BadInput):
        organisations.found_organisation(
            parent=people.committee, values=_values(people.own), actor=people.actor("office"), now=now
        )  # fmt: skip


def test_units_and_aliases_are_those_that_are_said(people: Cast, now: datetime) -> None:
    _change(people, now, aliases=("甲小", "甲小学"), dissolved_on=people.own.established_on)
    _change(people, now, aliases=("甲小",), units=())

    own = Organisation.objects.get(pk=people.own.pk)
    assert [one.name for one in own.aliases.all()] == ["甲小"]
    assert (list(own.units.all()), own.dissolved_on) == ([], None)


def test_a_new_name_may_be_borne_from_today(people: Cast, now: datetime) -> None:
    assert _change(people, now, short_name="甲小", renamed_on=people.day).short_name == "甲小"


@pytest.fixture
def foreign_office(people: Cast, now: datetime) -> Any:
    """The organisation section of another district, with a branch."""
    root = organisation("邻局党委", None, now, "party_committee")
    organisation("丙校", root, now)
    user = duties.open_account(
        username="neighbour", name="邻", password=None, duties=[("office", root)], now=now
    )
    return actor_of(user, on=people.day)


def test_nobody_founds_or_moves_what_is_not_below_him(
    people: Cast, now: datetime, foreign_office: Any
) -> None:
    theirs = Organisation.objects.get(short_name="邻局党委")
    third = Organisation.objects.get(short_name="丙校")
    told: dict[str, Any] = {"actor": people.actor("office"), "now": now}
    new = _values(people.own, full_name="中共丁校支部委员会", short_name="丁校", units=())
    for parent in (theirs, None):
        with pytest.raises(NotAllowed, match="不在您的管理范围内"):
            organisations.found_organisation(parent=parent, values=new, **told)
    with pytest.raises(NotAllowed):
        organisations.place_under(organisation=third, parent=people.committee, **told)
    with pytest.raises(NotAllowed):
        organisations.place_under(organisation=people.own, parent=theirs, **told)
    with pytest.raises(NotAllowed):
        _ = dissolving.dissolve(
            organisation=people.own, last_on=people.day, successors=[people.other], actor=foreign_office, now=now
        )  # fmt: skip
    assert not Organisation.objects.filter(short_name="丁校").exists()


def _placed() -> int:
    return JournalLine.objects.filter(verb="orgs.place_under").count()


def test_who_stays_where_he_is_leaves_no_line(people: Cast, now: datetime) -> None:
    told: dict[str, Any] = {"actor": people.actor("office"), "now": now}
    organisations.place_under(organisation=people.own, parent=people.committee, **told)
    organisations.place_under(organisation=people.committee, parent=people.own, **told)
    assert _placed() == 0
    assert Organisation.objects.get(pk=people.committee.pk).parent is None


@pytest.mark.parametrize(
    ("above", "below", "refused"),
    [(None, None, False), (DAY, None, True), (None, DAY, False), (DAY, DAY, False)],
)
def test_nothing_that_is_there_is_put_under_what_has_ended(
    people: Cast, now: datetime, above: timedelta | None, below: timedelta | None, refused: bool
) -> None:
    parent = organisation("局小总支", people.committee, now, "general_branch")
    parent.dissolved_on = people.day - above if above else None
    people.own.dissolved_on = people.day - below if below else None
    told: dict[str, Any] = {"organisation": people.own, "parent": parent, "now": now}
    if refused:
        with pytest.raises(BadInput, match="局小总支已经撤销"):
            organisations.place_under(actor=people.actor("office"), **told)
    else:
        organisations.place_under(actor=people.actor("office"), **told)
    assert _placed() == (not refused)


@pytest.mark.parametrize(
    ("established", "dissolved", "refused"),
    [(0, None, False), (1, None, True), (-9, 1, False), (-9, 0, True), (-9, -1, True)],
)
def test_who_goes_on_is_there_on_that_day_and_after(
    people: Cast, now: datetime, established: int, dissolved: int | None, refused: bool
) -> None:
    heir = people.other
    heir.established_on = people.day + established * DAY
    heir.dissolved_on = None if dissolved is None else people.day + dissolved * DAY
    told: dict[str, Any] = {
        "organisation": people.own, "last_on": people.day, "successors": [heir], "actor": people.actor("office"), "now": now,
    }  # fmt: skip
    if refused:
        with pytest.raises(BadInput, match="乙校在2018-10-25还没有成立，或者已经撤销"):
            dissolving.dissolve(**told)
    else:
        assert dissolving.dissolve(**told).dissolved_on == people.day


def test_an_organisation_may_end_on_its_first_day(people: Cast, now: datetime) -> None:
    first = people.own.established_on
    found = dissolving.dissolve(
        organisation=people.own, last_on=first, successors=[], actor=people.actor("office"), now=now
    )
    found.refresh_from_db()
    assert found.dissolved_on == first


def test_whoever_listens_hears_of_every_change(
    people: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Any] = []
    monkeypatch.setattr(changes, "LISTENERS", [lambda one, _: heard.append(one)])
    office = people.actor("office")

    general = organisation("局小总支", people.committee, now, "general_branch")
    _change(people, now, short_name="甲小", renamed_on=people.day)
    organisations.place_under(organisation=people.own, parent=general, actor=office, now=now)
    calendar.set_calendar_year(year=2019, holidays=[], workdays=[], actor=office, now=now)

    assert heard == [general, people.own, people.own, None]


def test_an_area_holds_an_organisation_once(people: Cast, now: datetime) -> None:
    told: dict[str, Any] = {
        "name": "东片",
        "organisations": [people.own],
        "actor": None,
        "now": now,
    }
    for day in (date(2015, 1, 1), date(2016, 1, 1)):
        organisations.assign_area(from_on=day, **told)
    assert [one.valid_from for one in AreaMembership.objects.all()] == [date(2015, 1, 1)]


def test_a_day_of_another_year_is_told(people: Cast, now: datetime) -> None:
    with pytest.raises(BadInput, match="2020-01-01不属于2019年"):
        calendar.set_calendar_year(
            year=2019, holidays=[date(2020, 1, 1)], workdays=[], actor=people.actor("office"), now=now
        )  # fmt: skip
