"""Branches with a committee and without: which of them what is asked of (DOMAIN ORG-3, ORG-5)."""

from __future__ import annotations

from datetime import date

import pytest

from taizhang.catalogue import load
from taizhang.rules.base import Period
from tests.rules.conftest import Found

RULES = {rule.id: rule for rule in load.named("tianning-2018").rules()}
SPRING = Period(date(2016, 1, 1), date(2016, 3, 31), date(2016, 3, 31))
A_TERM = """
    branch_id | id | kind      | started_on | ended_on
    1         | 1  | secretary | 2015-01-10 |
"""


def _full(n: int, *, until: str = "") -> dict[str, str]:
    """So many full members of branch 1; the last leaves on a day."""
    ends = [*[""] * (n - 1), until]
    members = [f"1 | {at} | 2014-01-01 | {end}" for at, end in enumerate(ends, 1)]
    stages = [f"1 | {at} | full | normal | 2014-01-01 |" for at in range(1, n + 1)]
    return {
        "members": "\n".join(["branch_id | person_id | joined_on | left_on", *members]),
        "stages": "\n".join(["branch_id | person_id | stage | status | from_on | to_on", *stages]),
    }


def _posts(*posts: str) -> str:
    return "\n".join(["branch_id | person_id | post | from_on | to_on", *posts])


SECRETARY = "1 | 1 | secretary | 2015-01-10 | "


@pytest.mark.parametrize(
    ("posts", "asked"),
    [
        ((SECRETARY,), False),
        ((SECRETARY, "1 | 2 | deputy_secretary | 2015-01-10 |"), False),
        ((SECRETARY, "1 | 1 | organisation | 2015-01-10 |"), False),
        ((SECRETARY, "1 | 2 | organisation | 2015-01-10 |"), True),
        ((SECRETARY, "1 | 2 | organisation | 2015-01-10 | 2016-03-31"), False),
    ],
)
def test_a_secretary_alone_is_no_committee(
    found: Found, posts: tuple[str, ...], *, asked: bool
) -> None:
    """六名正式党员、只设书记（副书记）的支部不问支委会；登记了书记的任期也不问；另有一名委员的才有支委会。"""
    tables = {**_full(6), "terms": A_TERM, "posts": _posts(*posts)}
    told = found(RULES["L29:L29.1"], tables, SPRING)
    assert ((1, "2016-03", 0, 1) in told) == asked


@pytest.mark.parametrize(("n", "months"), [(6, []), (7, ["2016-01", "2016-02", "2016-03"])])
def test_seven_full_members_have_a_committee(found: Found, n: int, months: list[str]) -> None:
    """正式党员七人以上的应有支委会，六人的没有。"""
    told = found(RULES["L29:L29.1"], _full(n), SPRING)
    assert [row[1] for row in told] == months


def test_the_committee_ends_when_the_seventh_leaves(found: Found) -> None:
    """第七人离开的那天起没有支委会，那个月不再要求；离开前的月份仍要求。"""
    told = found(RULES["L29:L29.1"], _full(7, until="2016-03-31"), SPRING)
    assert [row[1] for row in told] == ["2016-01", "2016-02"]
    told = found(RULES["L29:L29.1"], _full(7, until="2016-04-01"), SPRING)
    assert [row[1] for row in told] == ["2016-01", "2016-02", "2016-03"]


def test_two_stretches_that_meet_are_one(found: Found) -> None:
    """换届当日旧班子卸任、新班子上任，支委会没有中断。"""
    tables = _full(6) | {
        "posts": _posts(
            "1 | 1 | secretary | 2015-01-10 | 2016-02-10",
            "1 | 2 | publicity | 2015-01-10 | 2016-02-10",
            "1 | 3 | secretary | 2016-02-10 |",
            "1 | 4 | organisation | 2016-02-10 |",
        )
    }
    assert len(found(RULES["L29:L29.1"], tables, SPRING)) == 3


def test_a_change_of_secretary_needs_no_division_of_work(found: Found) -> None:
    """没有支委会的支部换书记，不要求支委会分工；有支委会的要求。"""
    changed = (
        "1 | 1 | secretary | 2015-01-10 | 2016-02-10",
        "1 | 2 | secretary | 2016-02-10 |",
    )
    alone = _full(6) | {"terms": A_TERM, "posts": _posts(*changed)}
    among = _full(6) | {"posts": _posts(*changed, "1 | 3 | publicity | 2015-01-10 |")}

    assert found(RULES["L16:L16.1"], alone, SPRING) == []
    assert found(RULES["L16:L16.1"], among, SPRING) == [(1, "2016-02-10", 0, 1)]


def test_duties_of_members_are_asked_where_there_is_a_committee(found: Found) -> None:
    """支部委员工作职责只要求有支委会的支部。"""
    assert found(RULES["L03:PD.1"], _full(6) | {"terms": A_TERM}, SPRING) == []
    assert found(RULES["L03:PD.1"], _full(7), SPRING) == [(1, "2016-03-31", 0, 1)]


def test_documents_are_looked_through_again_after_a_committee_was_elected(found: Found) -> None:
    """换届复核制度只问支委会换届，不问未设支委会的书记任期。"""
    term = {"terms": A_TERM.replace("2015-01-10", "2016-01-10")}
    assert found(RULES["L01:PD.9"], _full(6) | term, SPRING) == []
    assert found(RULES["L01:PD.9"], _full(7) | term, SPRING) == [(1, "2016-01-10", 0, 1)]


def test_a_term_of_a_secretary_ends_like_any_other(found: Found) -> None:
    """未设支委会的书记，任期届满同样要换届。"""
    over = Period(date(2016, 1, 1), date(2018, 12, 31), date(2018, 2, 1))
    assert found(RULES["L15:L15.2"], _full(6) | {"terms": A_TERM}, over) == [
        (1, "2015-01-10", 22, 3)
    ]
