"""Rules of the catalogue against records that were invented or touched up (DOMAIN 6): each fires on
a small picture, and is silent beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from taizhang.catalogue import load
from tests.rules.pictures import Table

Found = Callable[..., list[Any]]
RULES = {rule.id: rule for rule in load.named("tianning-2018").rules()}
Picture = dict[str, str]


def _rows(head: str, *rows: str) -> str:
    return "\n".join([head, *rows])


MEETINGS = (
    "branch_id | id | kind | group_id | held_on | entry_mode | recorded_on | absent_mark |"
    " said_present | present_count | text_length"
)
_MONTHLY = [
    f"1 | {m} | committee_meeting | | 2016-{m:02d}-15 | live | 2016-{m:02d}-16 | | | 5 | 300"
    for m in range(1, 13)
]
_BULK = [
    f"1 | {m} | committee_meeting | | 2016-{m:02d}-{m + 2:02d} | live | 2016-12-01 | | 4 | 5 | 80"
    for m in range(1, 6)
]
_SAME_ABSENT = [
    f"1 | {m} | committee_meeting | | 2016-{m:02d}-{m + 2:02d} | live | 2016-{m:02d}-20 | a1 | "
    "| 5 | 300"
    for m in range(1, 8)
]
HOURS = "branch_id | id | kind | held_on | starts | ends"
_SAME_HOURS = [
    f"1 | {m} | committee_meeting | 2016-{m:02d}-{m + 2:02d} | 840 | 900" for m in range(1, 11)
]
ATTENDANCE = "branch_id | id | meeting_id | person_id | meeting_kind | state | on"
LOST = "branch_id | id | person_id | registered_on | until | status | settled_on"

CASES: list[tuple[str, Picture, list[tuple[Any, ...]]]] = [
    ("L29:AF-D6", {"meetings": _rows(MEETINGS, *_MONTHLY)}, [(1, "2016", 12, 10)]),
    ("L29:AF-D6", {"meetings": _rows(MEETINGS, *_MONTHLY[:9], *_BULK)}, []),
    ("L29:AF-P10", {"meetings": _rows(MEETINGS, *_SAME_ABSENT)}, [(1, "2016", 7, 6)]),
    ("L29:AF-P10", {"meetings": _rows(MEETINGS, *_MONTHLY)}, []),
    ("L29:AF-T8", {"meetings": _rows(MEETINGS, _BULK[0], _MONTHLY[4])}, [(1, "2016-01-03", 80, 100)]),
    ("L29:AF-T10b", {"meetings": _rows(MEETINGS, _BULK[0], _MONTHLY[4])}, [(1, "2016-01-03", 4, 5)]),
    (
        "L29:AF-P3",
        {
            "attendance": _rows(
                ATTENDANCE,
                "1 | 1 | 7 | 5 | committee_meeting | present | 2016-03-01",
                "1 | 2 | 8 | 5 | committee_meeting | present | 2016-05-01",
                "1 | 3 | 8 | 6 | committee_meeting | present | 2016-03-01",
            ),
            "lost_members": _rows(LOST, "1 | 1 | 5 | 2016-02-01 | 2016-05-01 | found | 2016-05-01"),
        },
        [(1, "2016-03-01", 1, 0)],
    ),
    (
        "L28:AF-P5",
        {
            "votes": "branch_id | id | meeting_id | meeting_kind | on | entitled_expected\n1 | 1 | 7 | members_assembly | 2016-03-01 | 2\n1 | 2 | 8 | members_assembly | 2016-06-01 | 1",
            "members": "branch_id | id | person_id | joined_on\n1 | 1 | 5 | 2012-01-01\n1 | 2 | 6 | 2016-01-01",
            "stages": "branch_id | person_id | stage | status | from_on\n1 | 5 | full | normal | 2012-01-01\n1 | 6 | probationary | normal | 2016-01-01",
        },
        [(1, "2016-03-01", 2, 1)],
    ),
    (  # the second differs in three slots of 32, the third in four; the fourth is said by the same person; the fifth is short
        "L29:AF-T3",
        {
            "speeches": """
                branch_id | id | meeting_id | name | like_low | like_high | on         | meeting_kind
                1         | 1  | 7          | 甲   | 4369     | 7         | 2016-03-01 | committee_meeting
                1         | 2  | 7          | 乙   | 8721     | 6         | 2016-03-01 | committee_meeting
                1         | 3  | 8          | 乙   | 4369     | 7         | 2016-04-01 | committee_meeting
                1         | 4  | 8          | 甲   | 8737     | 6         | 2016-04-01 | committee_meeting
                1         | 5  | 9          | 甲   | 4369     | 7         | 2016-05-01 | committee_meeting
                1         | 6  | 9          | 甲   | 4369     | 7         | 2016-05-01 | committee_meeting
                1         | 7  | 9          | 乙   |          |           | 2016-05-01 | committee_meeting
            """
        },
        [(1, "2016-03-01", 90, 90)],
    ),
    (
        "L29:AF-T3b",
        {
            "speeches": """
                branch_id | id | meeting_id | name | like_low | like_high | on         | meeting_kind
                1         | 1  | 7          | 甲   | 4369     | 7         | 2016-03-01 | committee_meeting
                1         | 2  | 8          | 甲   | 8737     | 6         | 2016-04-01 | committee_meeting
                1         | 3  | 9          | 乙   | 4369     | 7         | 2016-05-01 | committee_meeting
                1         | 4  | 10         |      | 4369     | 7         | 2016-06-01 | committee_meeting
                1         | 5  | 11         |      | 4369     | 7         | 2016-07-01 | committee_meeting
            """
        },
        [(1, "2016-04-01", 87, 85)],
    ),
    (
        "L28:AF-F1",
        {
            "files": "branch_id | id | source | source_id | on | sha256\n1 | 1 | meetings | 7 | 2016-03-01 | x\n1 | 2 | meetings | 8 | 2016-04-01 | x\n1 | 3 | meetings | 9 | 2016-03-01 | x"
        },
        [(1, "2016-03-01", -1, -1), (1, "2016-04-01", -1, -1)],
    ),
    (  # the second differs in three bits, the third in seven, the fourth is the first mirrored, the fifth is almost blank
        "L28:AF-F1w",
        {
            "files": """
                branch_id | id | source   | source_id | on         | sha256 | mark                | mark_mirrored
                1         | 1  | meetings | 7         | 2016-03-01 | a      | 1085151967318432346 | 81985529216486895
                1         | 2  | meetings | 8         | 2016-04-01 | b      | 1085151967318432349 |
                1         | 3  | meetings | 9         | 2016-05-01 | c      | 1085151967340452442 |
                1         | 4  | meetings | 10        | 2016-06-01 | d      | 81985529216486895   |
                1         | 5  | meetings | 11        | 2016-07-01 | e      | 15                  |
                1         | 6  | meetings | 12        | 2016-08-01 | f      | 14                  |
                2         | 7  | meetings | 13        | 2016-08-01 | g      | 1085151967318432346 |"""
        },
        [(1, "2016-04-01", 3, -1), (1, "2016-06-01", 0, -1)],
    ),
    (
        "L28:AF-F1x",
        {
            "files": """
                branch_id | id | source   | source_id | on         | sha256 | mark                | mark_mirrored
                1         | 1  | meetings | 7         | 2016-03-01 | a      | 1085151967318432346 | 81985529216486895
                1         | 2  | meetings | 8         | 2016-04-01 | a      | 1085151967318432346 | 81985529216486895
                2         | 3  | meetings | 9         | 2016-05-01 | b      | 81985529216486895   |
                3         | 4  | meetings | 10        | 2016-05-02 | c      | 81985529216486894   |"""
        },
        [(1, "2016-03-01", 0, -1), (1, "2016-04-01", 0, -1), (2, "2016-05-01", 0, -1)],
    ),
    (
        "L28:AF-F2",
        {
            "files": "branch_id | id | source | source_id | on | taken_on\n1 | 1 | meetings | 7 | 2016-03-01 | 2015-03-01\n1 | 2 | meetings | 8 | 2016-03-01 | 2016-03-04\n1 | 3 | meetings | 9 | 2016-03-01 |"
        },
        [(1, "2016-03-01", -366, -1)],
    ),
    (
        "L28:AF-F2x",
        {
            "files": "branch_id | id | source | source_id | on | taken_on\n1 | 1 | meetings | 7 | 2016-03-01 | 2015-03-02\n1 | 2 | meetings | 8 | 2016-03-01 | 2015-02-28\n1 | 3 | meetings | 9 | 2016-03-01 |"
        },
        [(1, "2016-03-01", -367, -1)],
    ),
    (
        "L28:AF-F3",
        {
            "files": "branch_id | id | source | source_id | on | taken_on\n1 | 1 | meetings | 7 | 2016-03-01 | 2016-03-01\n1 | 2 | meetings | 8 | 2016-04-01 | 2016-03-01\n1 | 3 | meetings | 9 | 2016-05-01 | 2016-03-01\n1 | 4 | meetings | 10 | 2016-06-01 | 2016-03-02\n2 | 5 | meetings | 11 | 2016-03-01 | 2016-03-01\n2 | 6 | meetings | 12 | 2016-03-08 | 2016-03-01\n2 | 7 | meetings | 13 | 2016-04-01 | 2016-03-01"
        },
        [(1, "2016", 3, 3)],
    ),
    ("L29:AF-D6b", {"meetings": _rows(HOURS, *_SAME_HOURS)}, [(1, "2016", 10, 10)]),
    ("L29:AF-D6b", {"meetings": _rows(HOURS, *_SAME_HOURS[:9], "1 | 10 | committee_meeting | 2016-10-15 | 840 | 901")}, []),
    ("L29:MT.8c", {"meetings": _rows(HOURS, "1 | 1 | committee_meeting | 2016-10-15 | 419 | 480", "1 | 2 | committee_meeting | 2016-10-16 | 420 | 480")}, [(1, "2016-10-15", 419, 420)]),
    ("L29:MT.8d", {"meetings": _rows(HOURS, "1 | 1 | committee_meeting | 2016-10-15 | 1200 | 1260", "1 | 2 | committee_meeting | 2016-10-16 | 1200 | 1261")}, [(1, "2016-10-16", 1261, 1260)]),
    (
        "L34:L34.3",
        {
            "room_uses": "branch_id | id | used_on\n1 | 1 | 2016-03-01\n1 | 2 | 2016-03-02",
            "events": "branch_id | on\n1 | 2016-03-01",
        },
        [(1, "2016-03-02", 0, 1)],
    ),
    (
        "L35:AF-N8",
        {
            "expenses": "branch_id | id | spent_on | activity | activity_on | amount | payee\n1 | 1 | 2016-03-02 | 学习 | 2016-03-01 | 500 | 甲店\n1 | 2 | 2016-03-09 | 学习 | 2016-03-01 | 500 | 甲店\n1 | 3 | 2016-03-09 | 学习 | 2016-03-01 | 600 | 甲店"
        },
        [(1, "2016-03-09", -1, -1)],
    ),
    (
        "L36:L36.4",
        {
            "fund_summaries": "branch_id | id | year | year_on | expense\n1 | 1 | 2016 | 2016-01-01 | 1000\n1 | 2 | 2015 | 2015-01-01 | 1000",
            "expenses": "branch_id | id | spent_on | year | month | amount\n1 | 1 | 2016-12-02 | 2016 | 12 | 501\n1 | 2 | 2016-03-02 | 2016 | 3 | 499",
        },
        [(1, "2016-01-01", 501, 1000)],
    ),
    (
        "L23:L23.6",
        {
            "dues_payments": "branch_id | id | person_id | month | paid_on\n1 | 1 | 5 | 2016-03-01 | 2016-03-05\n1 | 2 | 5 | 2016-01-01 | 2016-01-05",
            "lost_members": _rows(LOST, "1 | 1 | 5 | 2016-02-01 | 9999-12-31 | searching | "),
        },
        [(1, "2016-03-05", 1, 0)],
    ),
    (
        "L23:L23.4",
        {"lost_members": _rows(LOST, "1 | 1 | 5 | 2016-02-01 | 9999-12-31 | searching | ", "1 | 2 | 6 | 2016-09-01 | 9999-12-31 | searching | ")},
        [(1, "2016-02-01", 1, 0)],
    ),
    (
        "L21:L21.5",
        {
            "transfers": "branch_id | id | person_id | direction | issued_on | dues_paid_through\n1 | 1 | 5 | moved_out | 2016-03-05 | 2016-03-01\n1 | 2 | 6 | moved_out | 2016-03-05 | 2016-03-01",
            "dues_settled": "branch_id | person_id | month\n1 | 5 | 2016-03-01\n1 | 6 | 2016-02-01",
            "dues_payments": "branch_id | id | person_id | month\n1 | 1 | 5 | 2016-03-01",
        },
        [(1, "2016-03-05", 0, 1)],
    ),
    (
        "L32:LIFE-2",
        {
            "assessments": "branch_id | id | person_id | year | year_on | grade\n1 | 1 | 5 | 2016 | 2016-01-01 | qualified\n1 | 2 | 6 | 2016 | 2016-01-01 | qualified\n1 | 3 | 6 | 2016 | 2016-01-01 | none",
            "assessment_polls": "branch_id | id | year | held_on\n1 | 1 | 2016 | 2016-12-20",
            "stages": "branch_id | person_id | stage | status | from_on\n1 | 5 | full | normal | 2016-12-20\n1 | 6 | full | normal | 2016-12-21",
        },
        [(1, "2016", 0, 1)],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "tables", "wanted"), CASES, ids=[f"{c[0]}-{n}" for n, c in enumerate(CASES)]
)
def test_forged(found: Found, key: str, tables: Table, wanted: list[Any]) -> None:
    assert found(RULES[key], tables) == wanted
