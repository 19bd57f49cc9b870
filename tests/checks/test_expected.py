"""应有清单: what is there, what is missing, late, not yet due or not asked — month by month, as the rules themselves say."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils import timezone

from taizhang.checks import actions, expected
from taizhang.checks.expected import Line
from taizhang.checks.queries import must_have_scope
from tests.make import Cast, inspected, raw, save


@pytest.fixture
def lines(people: Cast, now: datetime) -> dict[str, list[Line]]:
    """Two years, judged in October of the second; a committee meeting in March, one entered months late in May."""
    clerk = people.actor("clerk")
    inspected(now, (2017, 2018), date(2018, 10, 25))
    march = raw("meetings") | {"held_on": "2018-03-06"}
    save(people.own, clerk, datetime(2018, 3, 7, tzinfo=UTC), "meetings", **march)
    may = raw("meetings") | {"held_on": "2018-05-08"}
    save(people.own, clerk, datetime(2018, 9, 7, tzinfo=UTC), "meetings", **may)
    actions.check_all(name="reference", actor=None, now=now)
    due = expected.expected(
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
    assert dues.whose == "每名党员"
    assert "应8人，缺8人" in next(c.words for c in dues.cells if c.words.startswith("2018年3月"))
    visits = lines["L27:L27.1"][0]
    assert [cell.state for cell in visits.cells] == ["lacks", "none"]
    assert all(
        sum(cell.months for cell in line.cells) == 24 for found in lines.values() for line in found
    )


@pytest.mark.usefixtures("lines")
def test_the_page(people: Cast, login: Any) -> None:
    page = login(people.users["clerk"]).get(f"/branches/{people.own.pk}/expected/").content.decode()
    assert "应有，未见记录" in page
    assert "支委会每月召开一次" in page
