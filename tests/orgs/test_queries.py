"""Who was what on a day, and whom a name in a notice means."""

from __future__ import annotations

from datetime import date, datetime

from taizhang.inspection.plan.matching import AddressBook, normal
from taizhang.orgs.actions import organisations
from taizhang.orgs.queries import organisations as orgs_organisations
from taizhang.orgs.queries import roster
from tests.make import Cast, organisation, save


def test_members_and_who_may_vote(people: Cast, now: datetime) -> None:
    actor = people.actor("clerk")
    save(
        people.own,
        actor,
        now,
        "members",
        name="预备一",
        birth_on="1990-01-02",
        admitted_on="2018-03-01",
        joined_on="2018-03-01",
        join_reason="接收",
    )
    save(
        people.own,
        actor,
        now,
        "rights-limits",
        person="示例甲",
        limit="留党察看",
        from_on="2018-01-01",
        to_on="2018-06-01",
    )

    assert roster.members(people.own, date(2018, 2, 28)).count() == 8
    assert roster.members(people.own, date(2018, 3, 1)).count() == 9
    assert roster.entitled(people.own, date(2018, 3, 1)).count() == 7
    assert roster.entitled(people.own, date(2018, 6, 1)).count() == 8


def test_the_same_person_moves_and_is_not_entered_twice(people: Cast, now: datetime) -> None:
    save(people.own, people.actor("clerk"), now, "members", name="转走一", birth_on="1990-01-02", admitted_on="2010-03-01",
         full_on="2011-03-01", joined_on="2013-07-01", left_on="2016-09-01", leave_reason="转出")  # fmt: skip
    save(
        people.other,
        people.actor("foreign"),
        now,
        "members",
        name="转 走 一",
        birth_on="1990-01-02",
        joined_on="2016-09-01",
    )

    assert "转走一" in {p.name for p in roster.members(people.own, date(2016, 8, 31))}
    assert "转走一" not in {p.name for p in roster.members(people.own, date(2016, 9, 1))}
    assert "转走一" in {p.name for p in roster.members(people.other, date(2016, 9, 1))}


def test_names_are_proposed_and_never_merged_silently(people: Cast, now: datetime) -> None:
    for name in ("局小", "24中天宁分校", "二实小"):
        organisation(name, people.committee, now)
    unit = organisations.found_unit(
        name="翠竹", unit_type="school", is_public_institution=True, actor=None, now=now
    )
    book = AddressBook.of(people.actor("office"))
    book.names.append((unit.name, book.exactly("二实小") or people.own, "单位名称"))

    def best(name: str) -> tuple[str, bool]:
        found = book.proposals(name)
        return (found[0].organisation.short_name, found[0].sure) if found else ("", False)

    assert best("局前街小学") == ("局小", False)
    assert best("翠竹小学") == ("二实小", False)
    assert best("二十四中天宁分校") == ("24中天宁分校", True)
    assert best("第二十四中天宁分校党支部") == ("24中天宁分校", True)
    assert best("（24 中）天宁分校")[0] == ""
    assert best("举小") == ("局小", False)
    assert best("没有的学校") == ("", False)
    assert normal("第十二中学") == normal("12中学")


def test_an_area_has_who_belongs_to_it_that_day(people: Cast, now: datetime) -> None:
    organisations.assign_area(
        name="东片", organisations=[people.own], from_on=date(2015, 1, 1), actor=None, now=now
    )
    organisations.assign_area(
        name="西片", organisations=[people.own], from_on=date(2017, 1, 1), actor=None, now=now
    )

    on = {
        day: {area.name for area, keys in orgs_organisations.areas(day) if people.own.pk in keys}
        for day in (date(2016, 12, 31), date(2017, 1, 1))
    }
    assert list(on.values()) == [{"东片"}, {"西片"}]
