"""Rules of the catalogue that look at when records were entered, how long people met, and what
nobody missed (DOMAIN 6).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from taizhang.catalogue import load
from taizhang.rules.base import Period

Found = Callable[..., list[Any]]
RULES = {rule.id: rule for rule in load.named("tianning-2018").rules()}
PERIOD = Period(date(2016, 1, 1), date(2018, 12, 31), date(2018, 10, 25))
ENTERED = (
    "branch_id | id | kind | held_on | entry_mode | recorded_on | recorded_minute | recorded_by_id"
)


def _entered(*minutes: int | None, by: int = 9, mode: str = "live", last: str = "") -> str:
    """One meeting of each month from January on, entered on the first of December in
    these minutes.
    """
    rows = [
        f"1 | {m} | committee_meeting | 2016-{m:02d}-08 | {mode} | 2016-12-01 | "
        f"{'' if at is None else at} | {by}"
        for m, at in enumerate(minutes, start=1)
    ]
    return "\n".join([ENTERED, *rows, *([last] if last else [])])


def test_months_entered_within_an_hour(found: Found) -> None:
    """不同月份的会议在一小时内集中登记。"""
    rule = RULES["L28:AF-D4"]
    assert found(rule, {"meetings": _entered(0, 10, 20, 30, 60)}) == [(1, "2016-12-01", 5, 5)]
    assert found(rule, {"meetings": _entered(0, 10, 20, 30, 61)}) == []
    assert found(rule, {"meetings": _entered(0, 10, 20, 30, None)}) == []
    assert found(rule, {"meetings": _entered(0, 10, 20, 30, 60, mode="backfill")}) == []
    sixth = "1 | 6 | committee_meeting | 2016-01-20 | live | 2016-12-01 | 40 | 9"
    assert found(rule, {"meetings": _entered(0, 10, 20, 30, last=sixth)}) == []
    other = "1 | 6 | committee_meeting | 2016-06-20 | live | 2016-12-01 | 40 | 8"
    assert found(rule, {"meetings": _entered(0, 10, 20, 30, last=other)}) == []


def test_an_hour_over_midnight_is_told_of_the_day_on_which_it_begins(found: Found) -> None:
    """跨过零点的一小时，记在开始的那一天。"""
    after = "1 | 5 | committee_meeting | 2016-05-08 | live | 2016-12-02 | 59 | 9"
    rows = _entered(0, 10, 20, 30, last=after)
    assert found(RULES["L28:AF-D4"], {"meetings": rows}) == [(1, "2016-12-01", 5, 5)]


def _recent(n: int, day: str, mode: str = "live") -> dict[str, str]:
    rows = [
        f"1 | {m} | committee_meeting | 2016-{m:02d}-08 | {mode} | {day} | {m * 500} | 9"
        for m in range(1, n + 1)
    ]
    return {"meetings": "\n".join([ENTERED, *rows])}


def test_months_entered_in_the_week_before_the_inspection(found: Found) -> None:
    """检查前七天内集中登记。"""
    rule = RULES["L28:AF-D4w"]
    assert found(rule, _recent(5, "2018-10-19"), PERIOD) == [(1, "", 5, 5)]
    assert found(rule, _recent(5, "2018-10-18"), PERIOD) == []
    assert found(rule, _recent(5, "2018-10-26"), PERIOD) == []
    assert found(rule, _recent(4, "2018-10-19"), PERIOD) == []
    assert found(rule, _recent(5, "2018-10-19", "backfill"), PERIOD) == []


def test_more_than_twelve_hours_of_meetings_on_one_day(found: Found) -> None:
    """一人一天的会议合计超过十二小时；刚好十二小时的不算。"""

    def day(*times: str, state: str = "present", person: str = "5") -> dict[str, str]:
        rows = [
            f"1 | {n} | {n} | {person} | {state} | {on} | {starts} | {ends}"
            for n, (on, starts, ends) in enumerate((time.split() for time in times), start=1)
        ]
        head = "branch_id | id | meeting_id | person_id | state | on | starts | ends"
        return {"attendance": "\n".join([head, *rows]).replace("none", "")}

    rule = RULES["L28:AF-N10"]
    first, second = "2016-03-08 480 840", "2016-03-08 850 1210"
    assert found(rule, day(first, second)) == []
    assert found(rule, day(first, "2016-03-08 850 1211")) == [(1, "2016-03-08", 721, 720)]
    assert found(rule, day(first, "2016-03-09 850 1211")) == []
    third = "1 | 3 | 3 | 6 | present | 2016-03-08 | 400 | 1200"
    two = {"attendance": f"{day(first, '2016-03-08 850 1211')['attendance']}\n{third}"}
    assert found(rule, two) == [(1, "2016-03-08", 800, 720)]
    assert found(rule, day(first, "2016-03-08 850 none")) == []
    assert found(rule, day(first, "2016-03-08 850 1211", state="absent")) == []
    assert found(rule, day(first, "2016-03-08 850 1211", person="")) == []


def test_nobody_absent_twelve_times_in_a_row(found: Found) -> None:
    """连续十二次会议无一人缺席。"""
    head = "branch_id | id | kind | held_on | present_count | expected_count"

    def meetings(*counts: str) -> dict[str, str]:
        days = [f"201{6 + n // 12}-{n % 12 + 1:02d}-08" for n in range(len(counts))]
        rows = [
            f"1 | {n} | members_assembly | {day} | {count.replace('/', ' | ')}"
            for n, (day, count) in enumerate(zip(days, counts, strict=True))
        ]
        return {"meetings": "\n".join([head, *rows])}

    rule, whole = RULES["L28:AF-P9"], ["16/16"]
    assert found(rule, meetings(*whole * 12), PERIOD) == [(1, "2016-12-08", 12, 12)]
    assert found(rule, meetings(*whole * 11, "15/16", *whole), PERIOD) == []
    assert found(rule, meetings("15/16", *whole * 13, "15/16"), PERIOD) == [(1, "2017-02-08", 13, 12)]  # fmt: skip
    assert found(rule, meetings(*["15/15"] * 12), PERIOD) == []
    assert found(rule, meetings(*whole * 6, "12/12", "/16", *whole * 6), PERIOD) == [(1, "2017-02-08", 12, 12)]  # fmt: skip


def test_the_name_of_a_file_gives_another_day(found: Found) -> None:
    """文件名写着另一天；没有写日期的不核对。"""
    head = "branch_id | id | source | source_id | on | named_on"
    files = {
        "files": f"{head}\n1 | 1 | meetings | 7 | 2016-03-08 | 2016-03-08\n1 | 2 | meetings | 8 |"
        " 2016-04-08 | 2016-03-08\n1 | 3 | meetings | 9 | 2016-05-08 |"
    }
    assert found(RULES["L28:AF-D11f"], files) == [(1, "2016-04-08", -31, -1)]


def test_a_resolution_that_nobody_approved_in_three_months(found: Found) -> None:
    """支部大会通过后三个月没有审批；刚满三个月的、已终止的不算。"""
    head = "branch_id | id | name | outcome | s15 | s17"
    cases = {
        "cases": f'{head}\n1 | 1 | 甲 | "" | 2018-07-24 |\n1 | 2 | 乙 | "" | 2018-07-25 |\n1 | 3 | '
        '丙 | "" | 2018-01-25 | 2018-09-01\n1 | 4 | 丁 | revoked | 2018-01-25 |\n1 | 5 | 戊 | "" | |'
    }
    rule = next(rule for key, rule in RULES.items() if key.endswith(":DEV-19"))
    assert found(rule, cases, PERIOD) == [(1, "2018-07-24", 93, -1)]
