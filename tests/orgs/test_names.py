"""An organisation keeps the names it had, with their last days."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any
from urllib.parse import unquote

import pytest
from python_calamine import CalamineWorkbook

from taizhang.inspection.plan.matching import AddressBook
from taizhang.kernel.errors import BadInput
from taizhang.orgs.actions import organisations
from taizhang.orgs.models import Organisation
from taizhang.orgs.queries import organisations as queries
from tests.make import Cast, inspected


def _rename(people: Cast, now: datetime, name: str, day: date | None) -> Organisation:
    own = Organisation.objects.get(pk=people.own.pk)
    values = organisations.OrganisationValues(
        full_name=f"中共{name}支部委员会", short_name=name, org_type=own.org_type,
        established_on=own.established_on, renamed_on=day,
    )  # fmt: skip
    return organisations.change_organisation(
        organisation=own, values=values, actor=people.actor("office"), now=now
    )


def test_each_day_has_the_name_of_that_day(people: Cast, now: datetime) -> None:
    _rename(people, now, "丙校", date(2016, 9, 1))
    own = _rename(people, now, "丁校", date(2018, 9, 1))
    days = (date(2016, 8, 31), date(2016, 9, 1), date(2018, 8, 31), date(2018, 9, 1), None)
    assert [own.short_name_on(day) for day in days] == ["甲校", "丙校", "丙校", "丁校", "丁校"]
    assert own.full_name_on(date(2016, 8, 31)) == "中共甲校支部委员会"


@pytest.mark.parametrize(
    ("day", "told"), [(None, "从哪天起使用"), (date(2018, 10, 26), "晚于今天")]
)
def test_a_new_name_needs_its_first_day(
    people: Cast, now: datetime, day: date | None, told: str
) -> None:
    with pytest.raises(BadInput, match=told):
        _rename(people, now, "丙校", day)


def test_names_follow_one_another(people: Cast, now: datetime) -> None:
    _rename(people, now, "丙校", date(2018, 9, 1))
    with pytest.raises(BadInput, match="应晚于上一次更名（2018-09-01起）"):
        _rename(people, now, "丁校", date(2018, 9, 1))
    assert _rename(people, now, "丁校", date(2018, 9, 2)).short_name == "丁校"


def test_what_was_written_wrong_leaves_no_former_name(people: Cast, now: datetime) -> None:
    own = _rename(people, now, "丙校", people.own.established_on)
    assert own.short_name_on(date(2016, 1, 1)) == "丙校"
    assert not own.former_names.exists()


def test_a_former_name_still_finds_it(people: Cast, now: datetime, login: Any) -> None:
    _rename(people, now, "丙校", date(2018, 9, 1))
    office = people.actor("office")
    assert queries.branch_named("甲校", actor=office) == people.own
    assert AddressBook.of(office).exactly("甲校") == people.own
    page = login(people.users["office"]).get(f"/organisations/{people.own.pk}/").content.decode()
    assert "曾用名：中共甲校支部委员会（甲校），用至 2018-08-31" in page


def _told(answer: Any) -> str:
    """What a page says, or a workbook with its name."""
    if "html" in answer["Content-Type"]:
        return str(answer.content.decode())
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    rows = (row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python())
    return f"{unquote(answer['Content-Disposition'])} {[*rows]}"


def test_pages_of_a_past_day_show_the_names_of_that_day(
    people: Cast, now: datetime, login: Any
) -> None:
    _rename(people, now, "丙校", date(2018, 9, 1))
    office, own = login(people.users["office"]), people.own.pk
    pages = (
        "/board/", "/meetings/", "/items/L28/", f"/branches/{own}/", f"/branches/{own}/items/L28/",
        f"/branches/{own}/expected/", f"/branches/{own}/todo/", f"/branches/{own}/export/",
    )  # fmt: skip
    for day, called, not_called in (
        (date(2018, 8, 31), "甲校", "丙校"),
        (date(2018, 9, 1), "丙校", "甲校"),
    ):
        inspected(now, (2018, 2018), day)
        for page in pages:
            told = _told(office.get(page))
            assert told
            assert called in told, (page, day)
            assert not_called not in told, (page, day)
