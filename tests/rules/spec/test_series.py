"""Numbers that rise, and people in two places across branches."""

from __future__ import annotations

from typing import Any

from taizhang.rules.kinds import NoOverlap, Rising
from tests.rules.conftest import Found

HEAD: dict[str, Any] = {"id": "x", "severity": "error", "finding": ""}
RECEIPTS = Rising(
    **HEAD, ledger="dues_payments", day="paid_on", series=["receipt_series"], number="receipt_number"
)  # fmt: skip


def _book(*rows: str) -> dict[str, str]:
    head = "branch_id | id | paid_on | receipt_series | receipt_number"
    return {"dues_payments": "\n".join([head, *rows])}


def test_a_leaf_before_that_of_the_day_before_is_told_once(found: Found) -> None:
    """收据号小于前一天已开出的。"""
    tables = _book(
        "1 | 1 | 2016-03-01 | #### | 10",
        "1 | 2 | 2016-03-02 | #### | 12",
        "1 | 3 | 2016-03-02 | #### | 7",
        "1 | 4 | 2016-03-03 | #### | 13",
    )
    told = found(RECEIPTS, tables, full=True)
    assert [(r.subject, r.found, r.wanted) for r in told] == [(3, 7, 10)]


def test_leaves_of_one_day_come_in_any_order(found: Found) -> None:
    """同一天开出的不分先后。"""
    tables = _book("1 | 1 | 2016-03-01 | #### | 12", "1 | 2 | 2016-03-01 | #### | 11")
    assert found(RECEIPTS, tables) == []


def test_books_and_branches_are_counted_apart(found: Found) -> None:
    """各本收据、各个支部分开核对。"""
    tables = _book(
        "1 | 1 | 2016-03-01 | A## | 12",
        "1 | 2 | 2016-03-02 | B## | 1",
        "2 | 3 | 2016-03-02 | A## | 1",
        '1 | 4 | 2016-03-03 | "" | 1',
    )
    assert found(RECEIPTS, tables) == []


STAYS = "branch_id | id | meeting_id | on | person_id | name | starts | ends | place"


def test_somebody_on_two_rosters_is_in_two_branches_at_once(found: Found) -> None:
    """同一人同一时间出现在两个支部的会议上。"""
    rule = NoOverlap(**HEAD, ledger="attendance", subject="meeting_id", travel=30, across=True)
    rows = [
        "1 | 1 | 1 | 2016-03-01 | 5 | 甲 | 540 | 600 | 东",
        "1 | 2 | 2 | 2016-03-01 | 5 | 甲 | 540 | 600 | 东",
        "2 | 3 | 3 | 2016-03-01 | 5 | 甲 | 620 | 700 | 西",
        "2 | 4 | 4 | 2016-03-02 | 5 | 甲 | 540 | 600 | 西",
    ]
    told = found(rule, {"attendance": "\n".join([STAYS, *rows])}, full=True)
    assert [(r.branch_id, r.subject, r.other) for r in told] == [
        (1, 1, 3),
        (1, 2, 3),
        (2, 3, 1),
        (2, 3, 2),
    ]


def test_a_name_in_two_branches_at_once(found: Found) -> None:
    """列席人员按姓名核对。"""
    rule = NoOverlap(**HEAD, ledger="attendance", subject="meeting_id", person="name", across=True)
    rows = [
        "1 | 1 | 1 | 2016-03-01 |  | 上级 | 540 | 600 | 东",
        '1 | 2 | 1 | 2016-03-01 |  | "" | 540 | 600 | 东',
        "2 | 3 | 3 | 2016-03-01 |  | 上级 | 570 | 700 | 西",
        '2 | 4 | 3 | 2016-03-01 |  | "" | 570 | 700 | 西',
    ]
    told = found(rule, {"attendance": "\n".join([STAYS, *rows])}, full=True)
    assert [(r.branch_id, r.subject, r.other, r.found) for r in told] == [
        (1, 1, 3, 1),
        (2, 3, 1, 1),
    ]
