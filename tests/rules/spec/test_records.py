"""Fields, documents, dues, days, texts."""

from __future__ import annotations

from typing import Any

import pytest

from taizhang.rules.kinds import (
    Agrees,
    Bracket,
    Complete,
    Dated,
    Document,
    EachHas,
    Never,
    NoOverlap,
    NoRepeat,
    Pattern,
    Reconcile,
    Share,
    SimilarText,
    Wording,
)
from tests.rules.conftest import Found

HEAD: dict[str, Any] = {"id": "x", "severity": "error", "finding": ""}


def test_what_is_missing_is_named(found: Found) -> None:
    """缺少的要素一并列出。"""
    rule = Complete(
        **HEAD,
        ledger="meetings",
        day="held_on",
        fields={"place": "地点", "host_name": "主持人", "n_agenda": "议程"},
    )
    tables = {
        "meetings": "branch_id | id | held_on | place | host_name | n_agenda\n1 | 1 | 2016-03-01 "
        '| 会议室 | "" | 0\n1 | 2 | 2016-04-01 | 室 | 甲 | 1'
    }
    assert [r.detail for r in found(rule, tables, full=True)] == ["主持人、议程"]


def test_a_gap_between_two_versions(found: Found) -> None:
    """两个版本之间隔了两天；只隔一天的，是把最后有效的一天写成了废止日期。"""
    rule = Document(**HEAD, document="branch_duties", mode="covers")
    tables = {
        "documents": "branch_id | id | kind | effective_from | superseded_on\n1 | 1 | "
        "branch_duties | 2015-01-01 | 2016-05-01\n1 | 2 | branch_duties | {} | "
    }
    told = [
        found(rule, {"documents": tables["documents"].format(day)})
        for day in ("2016-05-02", "2016-05-03")
    ]
    assert told == [[], [(1, "2016-05-01", 0, 1)]]


def test_a_version_that_ends_on_the_day_is_not_in_force(found: Found) -> None:
    """督查当日废止的已经失效，当日施行的有效。"""
    tables = {
        "documents": "branch_id | id | kind | effective_from | superseded_on\n1 | 1 | "
        "branch_duties | 2015-01-01 | 2016-12-31\n2 | 2 | branch_duties | 2016-12-31 | "
    }
    assert found(Document(**HEAD, document="branch_duties"), tables) == [(1, "2016-12-31", 0, 1)]


@pytest.mark.parametrize(
    ("base", "due", "wanted"),
    [
        (500000, 5000, []),
        (500001, 5000, [(1, "2016-01-01", 5000, 7500)]),
        (500001, 7500, []),
        (300000, 1500, []),
        (1000001, 20000, []),
    ],
)
def test_the_rate_of_the_bracket_holds_for_the_whole_base(
    found: Found, base: int, due: int, wanted: list[Any]
) -> None:
    """按基数所在的一档计算整个基数，而不是分段累加。"""
    steps: Any = [
        {"up_to": 300000, "permille": 5},
        {"up_to": 500000, "permille": 10},
        {"up_to": 1000000, "permille": 15},
        {"permille": 20},
    ]
    rule = Bracket(
        **HEAD,
        ledger="dues_assessments",
        day="year_on",
        base="base",
        column="monthly_due",
        check="amount",
        brackets=steps,
        tolerance=10,
    )
    tables = {
        "dues_assessments": "branch_id | id | person_id | year_on | base | monthly_due\n1 | 1 | "
        f"5 | 2016-01-01 | {base} | {due}"
    }
    assert found(rule, tables) == wanted


def test_a_member_admitted_within_the_month_pays_for_it_and_one_who_moved_in_does_not(
    found: Found,
) -> None:
    """当月入党的当月交党费，当月转入的从次月起。"""
    rule = EachHas(
        **HEAD,
        ledger="member_months",
        has="dues_settled",
        match={"person_id": "person_id", "month": "on"},
        label="label",
        other="person_id",
    )
    tables = {
        "members": "branch_id | id | person_id | joined_on | left_on | join_reason\n1 | 1 | 5 | "
        "2016-11-15 | | admitted\n1 | 2 | 6 | 2016-11-15 | | moved_in",
        "stages": "branch_id | person_id | stage | status | from_on\n1 | 5 | probationary | "
        "normal | 2016-11-15\n1 | 6 | full | normal | 2005-01-01",
        "dues_settled": "branch_id | person_id | month\n1 | 5 | 2016-12-01",
    }
    assert [(r.other, r.window) for r in found(rule, tables, full=True)] == [
        (5, "2016-11"),
        (6, "2016-12"),
    ]


def test_within_so_many_days(found: Found) -> None:
    """应在三十天内办理，第三十天还算。"""
    rule = EachHas(
        **HEAD,
        ledger="committee_changes",
        has="divisions",
        has_day="decided_on",
        earliest=0,
        latest=30,
    )
    tables = {
        "posts": """
                branch_id | id | person_id | post      | from_on
                1         | 1  | 5         | secretary | 2016-03-01
                1         | 2  | 7         | publicity | 2016-03-01
                2         | 3  | 6         | secretary | 2016-03-01
                2         | 4  | 8         | publicity | 2016-03-01
            """,
        "divisions": "branch_id | id | decided_on\n1 | 1 | 2016-03-31\n2 | 2 | 2016-04-01",
    }
    assert found(rule, tables) == [(2, "2016-03-01", 0, 1)]


def test_a_year_that_the_calendar_lacks_cannot_be_told(found: Found) -> None:
    """工作日历没有的年份，不能判断是不是节假日。"""
    rule = Dated(**HEAD, ledger="meetings", day="held_on", check="not_holiday")
    tables = {
        "meetings": "branch_id | id | held_on\n1 | 1 | 2016-10-03\n1 | 2 | 2016-10-10",
        "calendar": "day | off\n2015-10-05 | 1",
    }
    assert [r.certain for r in found(rule, tables, full=True)] == [0, 0]
    known = tables | {"calendar": "day | off\n2016-10-03 | 1\n2016-10-08 | 0"}
    assert [(r.window, r.certain) for r in found(rule, known, full=True)] == [("2016-10-03", 1)]


def test_a_saturday_that_was_worked_is_no_weekend(found: Found) -> None:
    """调休上班的星期六不算双休日。"""
    rule = Dated(**HEAD, ledger="meetings", day="held_on", check="not_weekend")
    tables = {
        "meetings": "branch_id | id | held_on\n1 | 1 | 2016-10-08\n1 | 2 | 2016-10-15",
        "calendar": "day | off\n2016-10-08 | 0",
    }
    assert [r.window for r in found(rule, tables, full=True)] == ["2016-10-15"]


def test_the_first_and_the_last_day_of_a_branch_are_days_of_it(found: Found) -> None:
    """早于成立、晚于撤销的才提出；成立当天、撤销当天不算。"""
    rule = Dated(**HEAD, ledger="meetings", day="held_on", check="in_life")
    days = ("2016-02-29", "2016-03-01", "2016-06-30", "2016-07-01")
    tables = {
        "branches": "branch_id | founded_on | dissolved_on\n1 | 2016-03-01 | 2016-06-30",
        "meetings": "branch_id | id | held_on\n"
        + "\n".join(f"1 | {at} | {day}" for at, day in enumerate(days, 1)),
    }
    assert [r.subject for r in found(rule, tables, full=True)] == [1, 4]


def test_what_is_recorded_after_a_week(found: Found) -> None:
    """超过七天才登记；超过三十天的由更重的一条提出。"""
    rule = Dated(
        **HEAD, ledger="meetings", day="held_on", check="recorded_within", days=7, up_to=30
    )
    rows = [("1", "2016-03-08"), ("2", "2016-03-09"), ("3", "2016-03-31"), ("4", "2016-04-01")]
    tables = {
        "meetings": "branch_id | id | held_on | recorded_on\n"
        + "\n".join(f"1 | {i} | 2016-03-01 | {d}" for i, d in rows)
    }
    assert [(r.subject, r.found) for r in found(rule, tables, full=True)] == [(2, 8), (3, 30)]


def test_two_places_at_once(found: Found) -> None:
    """两处会议之间来不及赶到，或者时间重叠。"""
    rule = NoOverlap(**HEAD, ledger="attendance", subject="meeting_id", travel=30)
    head = "branch_id | id | meeting_id | on | person_id | starts | ends | place"
    rows = [
        "1 | 1 | 1 | 2016-03-01 | 5 | 540 | 600 | 甲",
        "1 | 2 | 2 | 2016-03-01 | 5 | 600 | 660 | 甲",
        "1 | 3 | 3 | 2016-03-01 | 5 | 680 | 700 | 乙",
        "1 | 4 | 4 | 2016-03-01 | 5 | 690 | 720 | 乙",
    ]
    told = found(rule, {"attendance": "\n".join([head, *rows])}, full=True)
    assert [(r.subject, r.other) for r in told] == [(2, 3), (3, 4)]


def test_a_receipt_is_used_once(found: Found) -> None:
    """收据号重复；没有号的、别的支部的不算。"""
    rule = NoRepeat(**HEAD, ledger="dues_payments", day="month", columns=["receipt_no"])
    tables = {
        "dues_payments": "branch_id | id | month | receipt_no\n1 | 1 | 2016-01-01 | A1\n1 | 2 | "
        '2016-02-01 | A1\n1 | 3 | 2016-03-01 | ""\n1 | 4 | 2016-04-01 | ""\n2 | 5 | 2016-01-01 | A1'
    }
    assert [(r.subject, r.other) for r in found(rule, tables, full=True)] == [(2, 1)]


def test_a_receipt_for_a_quarter_paid_at_once_is_one_receipt(found: Found) -> None:
    """一人一天交三个月开一张收据的不算重复；另一人、另一天用同一个号的算。"""
    rule = NoRepeat(
        **HEAD, ledger="dues_payments", day="month", columns=["receipt_no"],
        apart=["person_id", "paid_on"],
    )  # fmt: skip
    head = "branch_id | id | month | person_id | paid_on | receipt_no"
    rows = [
        "1 | 1 | 2016-01-01 | 7 | 2016-03-10 | A1",
        "1 | 2 | 2016-02-01 | 7 | 2016-03-10 | A1",
        "1 | 3 | 2016-03-01 | 7 | 2016-03-10 | A1",
        "1 | 4 | 2016-03-01 | 8 | 2016-03-10 | A1",
        "1 | 5 | 2016-04-01 | 7 | 2016-04-10 | A1",
        "2 | 6 | 2016-01-01 | 8 | 2016-03-11 | A1",
    ]
    told = found(rule, {"dues_payments": "\n".join([head, *rows])}, full=True)
    assert [(r.subject, r.other) for r in told] == [(4, 1), (5, 1)]


def test_a_phrase_before_its_time(found: Found) -> None:
    """提法出现之前的记录里有了这个提法。"""
    rule = Wording(
        **HEAD,
        ledger="meetings",
        day="held_on",
        source="meetings",
        has=["too_early"],
        too_early=True,
    )
    tables = {
        "meetings": "branch_id | id | held_on\n1 | 1 | 2016-02-27\n1 | 2 | 2016-02-28",
        "phrases": "branch_id | source | source_id | code | words | first_on\n1 | meetings | 1 | "
        "too_early | 两学一做 | 2016-02-28\n1 | meetings | 2 | too_early | 两学一做 | 2016-02-28",
    }
    assert [(r.subject, r.detail) for r in found(rule, tables, full=True)] == [(1, "两学一做")]


def test_what_a_text_should_say(found: Found) -> None:
    """应写到的几项内容没有写全。"""
    rule = Wording(
        **HEAD, ledger="documents", day="effective_from", source="documents", lacks=["a", "b"]
    )
    tables = {
        "documents": "branch_id | id | effective_from\n1 | 1 | 2016-01-01",
        "phrases": 'branch_id | source | source_id | code | words\n1 | documents | 1 | a | ""\n1 '
        '| documents | 1 | a | ""',
    }
    assert found(rule, tables) == [(1, "2016-01-01", 1, 2)]


def test_rows_that_must_not_be_there_are_told_together(found: Found) -> None:
    """同一次会议上缺席而没有原因的几人，合成一条。"""
    rule = Never(
        **HEAD, ledger="attendance", where={"state": "absent", "reason": ""}, subject="meeting_id"
    )
    tables = {
        "attendance": "branch_id | id | meeting_id | on | state | reason\n1 | 1 | 9 | 2016-03-01 "
        '| absent | ""\n1 | 2 | 9 | 2016-03-01 | absent | ""\n1 | 3 | 9 | 2016-03-01 | absent | 病假'
    }
    assert found(rule, tables) == [(1, "2016-03-01", 2, 0)]


def test_twelve_payments_on_one_day(found: Found) -> None:
    """几个月的党费在同一天交。"""
    rule = Pattern(
        **HEAD,
        ledger="dues_payments",
        day="month",
        by=["person_id", "paid_on"],
        at_least=2,
        other="person_id",
    )
    tables = {
        "dues_payments": "branch_id | id | month | person_id | paid_on\n1 | 1 | 2016-01-01 | 5 | "
        "2016-01-10\n1 | 2 | 2016-02-01 | 5 | 2016-01-10\n1 | 3 | 2016-02-01 | 6 | 2016-01-10"
    }
    assert found(rule, tables) == [(1, "2016", 2, 2)]


def test_a_share_of_a_year(found: Found) -> None:
    """一人全年的到会率；次数太少的不算。"""
    rule = Share(
        **HEAD, ledger="attendance", by="person_id", good={"state": "present"}, percent=60, least=3
    )
    rows = "\n".join(
        f"1 | {i} | {p} | 2016-0{i % 8 + 1}-01 | {s}"
        for i, (p, s) in enumerate(
            [
                (5, "present"),
                (5, "absent"),
                (5, "absent"),
                (6, "absent"),
                (6, "absent"),
                (7, "present"),
                (7, "present"),
                (7, "absent"),
            ]
        )
    )
    assert found(rule, {"attendance": f"branch_id | id | person_id | on | state\n{rows}"}) == [
        (1, "2016", 1, 3)
    ]


def test_two_ledgers_add_up(found: Found) -> None:
    """两本台账的合计应相等。"""
    rule = Reconcile.model_validate(
        HEAD
        | {
            "every": "quarter",
            "left": {"ledger": "dues_payments", "day": "month", "columns": ["amount"]},
            "right": {
                "ledger": "dues_remittances",
                "day": "last_month",
                "columns": ["amount", "kept"],
            },
        }
    )
    tables = {
        "dues_payments": "branch_id | id | month | amount\n1 | 1 | 2016-01-01 | 70\n1 | 2 | "
        "2016-03-01 | 30\n1 | 3 | 2016-04-01 | 5",
        "dues_remittances": "branch_id | id | last_month | amount | kept\n1 | 1 | 2016-03-01 | "
        "90 | 10\n1 | 2 | 2016-12-01 | 1 | ",
    }
    assert found(rule, tables) == [(1, "2016-Q2", 5, 0), (1, "2016-Q4", 0, 1)]


def test_paid_less_than_is_due(found: Found) -> None:
    """实交少于核定；没有核定的不核对。"""
    rule = Agrees(
        **HEAD,
        ledger="dues_payments",
        day="month",
        column="amount",
        other_ledger="dues_assessments",
        match={"person_id": "person_id", "year": "year"},
        theirs="monthly_due",
        op="ge",
        tolerance=10,
    )
    tables = {
        "dues_payments": "branch_id | id | month | person_id | year | amount\n1 | 1 | 2016-01-01 "
        "| 5 | 2016 | 90\n1 | 2 | 2016-02-01 | 5 | 2016 | 89\n1 | 3 | 2016-02-01 | 6 | 2016 | 1",
        "dues_assessments": "branch_id | id | person_id | year | monthly_due\n1 | 1 | 5 | "
        "2016 | 100",
    }
    assert found(rule, tables) == [(1, "2016-02-01", 89, 100)]


def test_two_branches_with_one_text_are_both_told(found: Found) -> None:
    """两个支部的文字相同，两边都提出。"""
    slots = {
        **{f"s{i}": 1 for i in range(32)},
        **{f"b{i}": 1 for i in range(8)},
        "like_low": 1,
        "like_high": 1,
    }
    head = "branch_id | source | source_id | about | on | length | " + " | ".join(slots)
    same, other = " | ".join(["1"] * 42), " | ".join(["2"] * 42)
    rows = [
        f"1 | documents | 1 | d | 2016-01-01 | 200 | {same}",
        f"2 | documents | 2 | d | 2016-02-01 | 200 | {same}",
        f"3 | documents | 3 | d | 2016-02-01 | 200 | {other}",
    ]
    rule = SimilarText(**HEAD, across=True, at_least=95, length=100)
    told = found(rule, {"texts": "\n".join([head, *rows])}, full=True)
    assert [(r.branch_id, r.subject, r.other, r.found) for r in told] == [
        (1, 1, 2, 100),
        (2, 2, 1, 100),
    ]


def test_there_must_be_no_such_row(found: Found) -> None:
    """收缴人当天缺席会议，却在收党费。"""
    rule = EachHas(
        **HEAD,
        none=True,
        ledger="dues_payments",
        day="paid_on",
        has="attendance",
        has_where={"state": "absent"},
        match={"person_id": "collector_id", "on": "paid_on"},
    )
    tables = {
        "dues_payments": "branch_id | id | paid_on | collector_id\n1 | 1 | 2016-03-01 | 5\n1 | 2 "
        "| 2016-03-02 | 5\n1 | 3 | 2016-03-01 |",
        "attendance": "branch_id | id | person_id | on | state\n1 | 1 | 5 | 2016-03-01 | "
        "absent\n1 | 2 | 5 | 2016-03-02 | present",
    }
    assert found(rule, tables) == [(1, "2016-03-01", 1, 0)]
