"""应有清单: what is there, what is missing, late, not yet due or not asked — month by month, as the
rules themselves say.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils import timezone

from taizhang.checks.actions import checking, dismissing
from taizhang.checks.models import SuspicionRow
from taizhang.checks.pages import due_list
from taizhang.checks.pages.due_list import Line
from taizhang.checks.reasons.queries import must_have_scope
from taizhang.ledgers.office import actions as declarations
from tests.make import Cast, inspected, raw, save


@pytest.fixture
def lines(people: Cast, now: datetime) -> dict[str, list[Line]]:
    """Two years, judged in October of the second; a committee meeting in March, one entered months
    late in May.
    """
    clerk = people.actor("clerk")
    inspected(now, (2017, 2018), date(2018, 10, 25))
    march = raw("meetings") | {"held_on": "2018-03-06"}
    save(people.own, clerk, datetime(2018, 3, 7, tzinfo=UTC), "meetings", **march)
    may = raw("meetings") | {"held_on": "2018-05-08"}
    save(people.own, clerk, datetime(2018, 9, 7, tzinfo=UTC), "meetings", **may)
    save(people.own, clerk, now, "study-plans", **raw("study-plans") | {"year": "2018"})
    checking.check_all(name="reference", actor=None, now=now)
    return _lines(people, now)


def _lines(people: Cast, now: datetime) -> dict[str, list[Line]]:
    due = due_list.expected(
        branch=people.own, scope=must_have_scope(), today=timezone.localdate(now)
    )
    assert due.years == [2017, 2018]
    found: dict[str, list[Line]] = {}
    for _, listed in due.items:
        for line in listed:
            found.setdefault(f"{line.item}:{line.code}", []).append(line)
    return found


def _state(line: Line, words: str) -> str:
    return next(cell.state for cell in line.cells if cell.words.startswith(words))


def test_months_of_the_committee(lines: dict[str, list[Line]]) -> None:
    (committee,) = lines["L29:L29.1"]
    assert len(committee.cells) == 24
    assert _state(committee, "2018年3月") == "have"
    assert _state(committee, "2018年5月") == "late"
    assert _state(committee, "2018年4月") == "lacks"
    assert _state(committee, "2018年11月") == "ahead"
    assert [cell.mark for cell in committee.cells[-4:]] == ["缺", "·", "·", "·"]
    assert "2018年4月" in committee.lacking
    assert "2018年3月" not in committee.lacking


def test_quarters_groups_members_and_what_is_not_asked(lines: dict[str, list[Line]]) -> None:
    assert [cell.months for cell in lines["L28:L28.1"][0].cells] == [3] * 8
    assert [line.whose for line in lines["L30:L30.1"]] == ["第一党小组"]
    dues = lines["L25:L25.2"][0]
    assert dues.whose == ""
    assert "每名党员" in dues.says
    assert "应8人，缺8人" in next(c.words for c in dues.cells if c.words.startswith("2018年3月"))
    visits = lines["L27:L27.1"][0]
    assert [cell.state for cell in visits.cells] == ["lacks", "none"]
    assert all(
        sum(cell.months for cell in line.cells) == 24 for found in lines.values() for line in found
    )


def test_what_is_there_before_its_time_is_there(lines: dict[str, list[Line]]) -> None:
    assert [cell.state for cell in lines["L18:L18.1"][0].cells] == ["lacks", "have"]
    assert _state(lines["L25:L25.2"][0], "2018年12月") == "ahead"
    assert _state(lines["L18:L18.3"][0], "2018年") == "ahead"
    assert "L12:L12.1b" not in lines  # a duty from 2019 on, a hint before


def test_what_cannot_be_told_is_no_pass_and_what_is_declared_is_not_asked(
    people: Cast, now: datetime, lines: dict[str, list[Line]], login: Any
) -> None:
    pushes = lines["L20:L20.1"][0]
    assert [cell.mark for cell in pushes.cells] == ["？", "·"]
    url = f"/branches/{people.own.pk}/items/L20/"
    clerk = login(people.users["clerk"])
    assert "无法判断" in clerk.get(url).content.decode()
    given = {"item": "L20", "kind": "不适用", "from_on": "2017-01-01", "to_on": "2018-12-31"}
    made = save(people.own, people.actor("clerk"), now, "declarations", **raw("declarations") | given)  # fmt: skip
    declarations.confirm(entry=made, actor=people.actor("office"), now=now)
    checking.check_all(name="reference", actor=None, now=now)
    assert {cell.state for cell in _lines(people, now)["L20:L20.1"][0].cells} == {"none"}
    page = clerk.get(url).content.decode()
    assert "已申报不适用" in page
    assert "无法判断" not in page
    assert "无法判断" not in clerk.get(f"/branches/{people.own.pk}/").content.decode().partition("L20")[2].partition("L21")[0]  # fmt: skip


def test_what_was_dismissed_is_told_so(
    people: Cast, now: datetime, lines: dict[str, list[Line]]
) -> None:
    assert _state(lines["L29:L29.1"][0], "2018年4月") == "lacks"
    office = people.actor("office")
    row = SuspicionRow.objects.get(branch=people.own, rule="L29:L29.1", window="2018-04")
    dismissing.dismiss(row=row, explanation="approved", reason="", actor=office, now=now)
    april = next(c for c in _lines(people, now)["L29:L29.1"][0].cells if c.words.startswith("2018年4月"))  # fmt: skip
    assert (april.mark, april.words) == ("—", "2018年4月：疑点已由人工排除")


@pytest.mark.usefixtures("lines")
def test_the_page(people: Cast, login: Any) -> None:
    page = login(people.users["clerk"]).get(f"/branches/{people.own.pk}/expected/").content.decode()
    assert "应有，未见记录" in page
    assert "支委会每月召开一次" in page
