"""Who belonged on a day: rosters, committees, groups."""

from __future__ import annotations

from datetime import date

from taizhang.rules.base import Period
from taizhang.rules.kinds import BelongedThen, Headcount, Standing
from tests.rules.conftest import Found

ROSTER = {
    "members": """
      branch_id | id | person_id | joined_on  | left_on    | join_reason
      1         | 1  | 5         | 2010-01-01 |            | founded
      1         | 2  | 6         | 2010-01-01 | 2016-06-01 | founded
      1         | 3  | 7         | 2016-06-01 |            | moved_in
    """,
    "stages": """
      branch_id | person_id | stage        | status    | from_on    | to_on
      1         | 5         | full         | normal    | 2005-01-01 |
      1         | 6         | full         | normal    | 2005-01-01 |
      1         | 7         | probationary | normal    | 2015-01-01 | 2016-01-01
      1         | 7         | full         | suspended | 2016-09-01 |
      1         | 7         | full         | normal    | 2016-01-01 | 2016-09-01
    """,
}


def _meetings(*rows: str) -> dict[str, str]:
    return ROSTER | {"meetings": "branch_id | id | held_on | expected_count\n" + "\n".join(rows)}


def test_the_last_day_of_a_spell_belongs_to_the_next(found: Found) -> None:
    """离开的当天已不在册，转入的当天在册。"""
    rule = Headcount(
        id="x",
        severity="error",
        finding="",
        ledger="meetings",
        day="held_on",
        column="expected_count",
        population="member",
    )
    tables = _meetings(
        "1 | 1 | 2016-05-31 | 2",
        "1 | 2 | 2016-06-01 | 3",
        "1 | 3 | 2016-09-01 | 1",
        "1 | 4 | 2016-09-02 |",
    )
    assert found(rule, tables) == [(1, "2016-06-01", 3, 2)]


def test_somebody_who_had_left_was_no_member(found: Found) -> None:
    """转出以后不能再以党员身份出席；名册上没有的人按姓名列出。"""
    rule = BelongedThen(
        id="x",
        severity="error",
        finding="",
        ledger="attendance",
        subject="meeting_id",
        name="name",
        populations=["member"],
    )
    tables = ROSTER | {
        "attendance": """
          branch_id | id | meeting_id | on         | person_id | name
          1         | 1  | 9          | 2016-05-31 | 6         | 甲
          1         | 2  | 9          | 2016-06-01 | 6         | 甲
          1         | 3  | 9          | 2016-06-01 |           | 路人
          1         | 4  | 9          | 2016-06-01 |           | ""
        """
    }
    rows = found(rule, tables, full=True)
    assert [(r.other, r.detail) for r in rows] == [(-1, "路人"), (6, "")]


def test_seven_full_members_need_a_committee(found: Found) -> None:
    """正式党员满七人的应设支部委员会，六人的不要求。"""
    rule = Standing.model_validate(
        {
            "id": "ORG-3",
            "severity": "error",
            "finding": "",
            "population": "committee",
            "at_least": 3,
            "given": {"population": "full", "at_least": 7},
        }
    )
    people = "\n".join(
        f"{b} | {i} | {i} | 2010-01-01"
        for b, n in ((1, 7), (2, 6))
        for i in range(b * 10, b * 10 + n)
    )
    stages = "\n".join(
        f"{b} | {i} | full | normal | 2005-01-01"
        for b, n in ((1, 7), (2, 6))
        for i in range(b * 10, b * 10 + n)
    )
    tables = {
        "members": f"branch_id | id | person_id | joined_on\n{people}",
        "stages": f"branch_id | person_id | stage | status | from_on\n{stages}",
    }
    assert found(rule, tables) == [(1, "2016-12-31", 0, 3)]


def test_every_group_has_one_leader(found: Found) -> None:
    """每个党小组一名组长，没有和多于一名都提出；核查当天任职的算。"""
    rule = Standing(
        id="x",
        severity="error",
        finding="",
        population="leader",
        per="group",
        at_least=1,
        at_most=1,
    )
    tables = {
        "groups": "branch_id | id | valid_from\n1 | 7 | 2015-01-01\n1 | 8 | 2015-01-01\n1 | 9 | "
        "2015-01-01\n1 | 10 | 2015-01-01\n1 | 11 | 2015-01-01",
        "group_leaders": "branch_id | id | group_id | person_id | from_on\n1 | 1 | 7 | 5 | "
        "2015-01-01\n1 | 2 | 8 | 5 | 2015-01-01\n1 | 3 | 8 | 6 | 2015-01-01\n1 | 4 | 10 | 7 | "
        "2016-12-31\n1 | 5 | 11 | 7 | 2017-01-01",
    }
    rows = found(
        rule, tables, Period(date(2016, 1, 1), date(2016, 12, 31), date(2016, 12, 31)), full=True
    )
    assert [(r.other, r.found, r.wanted) for r in rows] == [(8, 2, 1), (9, 0, 1), (11, 0, 1)]
