"""Rules of the catalogue that say a clause of DOMAIN 3 and 4 each: every one fires on a small
picture, and is silent beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from taizhang.catalogue import load
from taizhang.rules.base import Period
from tests.rules.pictures import Table

Found = Callable[..., list[Any]]
PERIOD = Period(date(2015, 1, 1), date(2018, 12, 31), date(2018, 12, 31))
RULES = {rule.id: rule for rule in load.named("tianning-2018").rules()}
Case = tuple[str, dict[str, str], list[tuple[Any, ...]]]


def _rows(head: str, *rows: str) -> str:
    return "\n".join([head, *rows])


_MEMBERS = "branch_id | person_id | joined_on | left_on | join_reason | leave_reason"
_STAGES = "branch_id | person_id | stage | status | from_on | to_on"
_LIMITS = "branch_id | id | person_id | from_on | to_on"
_ELECTIONS = "branch_id | id | kind | held_on | host_id | host_name | entitled_expected | valid"
_CANDIDATES = "branch_id | id | election_id | person_id | name | in_favour | is_elected | on"
_TEN = [f"1 | {n} | 2014-01-01 | | founded | " for n in range(1, 11)]
_TEN_FULL = [f"1 | {n} | full | normal | 2014-01-01 | " for n in range(1, 11)]

ELECTIONS: list[Case] = [
    (  # one elected has as many votes as one who was not; a written-in name without a number is not asked
        "L15:L15.9c",
        {"candidates": _rows(
            _CANDIDATES, "1 | 1 | 7 | 1 | 示例甲 | 12 | 1 | 2016-06-01", "1 | 2 | 7 | 2 | 示例乙 | 12 | 0 | 2016-06-01",
            "1 | 3 | 7 | 3 | 示例丙 | 11 | 0 | 2016-06-01", "1 | 4 | 7 | 4 | 示例丁 | | 0 | 2016-06-01", "1 | 5 | 8 | 5 | 示例戊 | 11 | 1 | 2018-06-01",
        )},
        [(1, "2016-06-01", 1, 0)],
    ),
    (  # the outgoing committee ends on the day itself; the new one begins on it
        "L15:L15.11c",
        {
            "elections": _rows(
                _ELECTIONS, "1 | 1 | reelection | 2016-06-01 | 1 | 示例甲 | | ", "1 | 2 | reelection | 2017-06-01 | 2 | 示例乙 | | ",
                "2 | 3 | by_election | 2016-06-01 | 9 | 示例丙 | | ", "2 | 4 | reelection | 2017-06-01 | | 校外示例 | | ",
            ),
            "posts": "branch_id | id | person_id | post | from_on | to_on\n1 | 1 | 1 | secretary | 2013-06-01 | 2016-06-01\n1 | 2 | 2 | secretary | 2017-06-01 | \n2 | 3 | 3 | secretary | 2013-06-01 | ",
        },
        [(1, "2017-06-01", -1, -1), (2, "2017-06-01", -1, -1)],
    ),
    (
        "L15:L15.12b",
        {
            "candidates": _rows(_CANDIDATES, "1 | 1 | 7 | 1 | 示例甲 | 12 | 1 | 2016-06-01", "1 | 2 | 7 | 2 | 示例乙 | 12 | 1 | 2016-06-01", "1 | 3 | 7 | 3 | 示例丙 | 2 | 0 | 2016-06-01"),
            "rights_limits": _rows(_LIMITS, "1 | 1 | 1 | 2015-06-01 | 2016-06-02", "1 | 2 | 2 | 2015-06-01 | 2016-06-01", "1 | 3 | 3 | 2015-06-01 | "),
        },
        [(1, "2016-06-01", 1, 0)],
    ),
    (  # ten full members, one of them without the right to vote until the second election
        "L15:AF-P5",
        {
            "elections": _rows(_ELECTIONS, "1 | 1 | reelection | 2015-06-01 | | | 10 | ", "1 | 2 | reelection | 2018-06-01 | | | 10 | "),
            "members": _rows(_MEMBERS, *_TEN),
            "stages": _rows(_STAGES, *_TEN_FULL),
            "rights_limits": _rows(_LIMITS, "1 | 1 | 4 | 2015-01-01 | 2018-06-01", "1 | 2 | 99 | 2015-01-01 | "),
        },
        [(1, "2015-06-01", 10, 9)],
    ),
    (
        "L15:L15.15b",
        {
            "elections": _rows(_ELECTIONS, "1 | 1 | reelection | 2016-06-01 | | | | 20", "1 | 2 | reelection | 2017-06-01 | | | | 20"),
            "votes": "branch_id | id | meeting_id | on | valid\n1 | 1 | 5 | 2016-06-01 | 21\n1 | 2 | 6 | 2017-06-01 | 20",
        },
        [(1, "2016-06-01", 20, 21)],
    ),
    (  # more than a year early, from the day on which the rule was made; a year early is allowed
        "L15:L15.2y",
        {"terms": _rows(
            "branch_id | id | started_on | ended_on", "1 | 1 | 2016-09-01 | 2018-08-31", "2 | 2 | 2016-08-31 | 2018-08-31", "3 | 3 | 2016-09-01 | 2018-07-11", "4 | 4 | 2016-09-01 | ",
        )},
        [(1, "2016-09-01", 1, 3)],
    ),
    ("L29:VOTE-4b", {"votes": "branch_id | id | meeting_id | meeting_kind | on | passed | in_favour | entitled_expected\n1 | 1 | 5 | committee_meeting | 2016-06-01 | 1 | 2 | 4\n1 | 2 | 6 | committee_meeting | 2016-07-01 | 1 | 3 | 4\n1 | 3 | 7 | committee_meeting | 2016-08-01 | 0 | 1 | 4"}, [(1, "2016-06-01", 2, 3)]),
]  # fmt: skip

_CASES = "branch_id | id | s15 | s23 | probation_ends_on | closed_on"
_REVIEWS = "branch_id | id | case_id | window"
_PEOPLE = "branch_id | id | case_id | role | person_id | name | on | accepted_on"

ADMISSIONS: list[Case] = [
    (
        "L17:L17.1x",
        {
            "development_plans": "branch_id | id | year | year_on | planned_count\n1 | 1 | 2016 | 2016-01-01 | 1\n1 | 2 | 2017 | 2017-01-01 | 1\n2 | 3 | 2016 | 2016-01-01 | 0",
            "case_steps": "branch_id | id | case_id | no | on | year\n1 | 1 | 5 | 15 | 2016-03-01 | 2016\n1 | 2 | 6 | 15 | 2016-09-01 | 2016\n1 | 3 | 7 | 15 | 2017-09-01 | 2017\n1 | 4 | 8 | 7 | 2017-09-01 | 2017\n2 | 5 | 9 | 7 | 2016-09-01 | 2016",
        },
        [(1, "2016-01-01", 2, 1)],
    ),
    (  # accepted in June: the second half-year lies wholly in the probation, the first of the next year does not
        "L17:FREQ-10",
        {
            "cases": _rows(_CASES, "1 | 1 | 2015-06-22 | 2016-06-29 | 2016-06-22 | ", "1 | 2 | 2015-06-22 | | 2016-06-22 | ", "1 | 3 | 2015-06-22 | | 2016-06-22 | 2015-11-02", "1 | 4 | 2015-06-22 | 2016-07-01 | 2016-06-22 | "),
            "case_reviews": _rows(_REVIEWS, "1 | 1 | 2 | 2015-H2", "1 | 2 | 4 | 2015-H2"),
        },
        [(1, "2015-H2", 0, 1), (1, "2016-H1", 0, 1)],
    ),
    (  # two accepted in March with one vote; one in June with one
        "L17:L17.6c",
        {
            "cases": _rows(_CASES, "1 | 1 | 2016-03-22 | | | ", "1 | 2 | 2016-03-22 | | | ", "1 | 3 | 2016-06-22 | | | "),
            "votes": "branch_id | id | meeting_id | matter | on\n1 | 1 | 5 | admission | 2016-03-22\n1 | 2 | 5 | ordinary | 2016-03-22\n1 | 3 | 6 | admission | 2016-06-22\n1 | 4 | 7 | admission | 2016-09-22",
        },
        [(1, "2016-03", 2, 1)],
    ),
    (  # over on the day before the filing; over on the day after; none at all
        "L17:DEV-6b",
        {
            "cases": "branch_id | id | s8\n1 | 1 | 2016-03-15\n1 | 2 | 2016-03-16\n1 | 3 | 2016-03-17",
            "public_notices": "branch_id | id | case_id | stage | from_on | to_on\n1 | 1 | 1 | target | 2016-03-01 | 2016-03-14\n1 | 2 | 2 | target | 2016-03-01 | 2016-03-17\n1 | 3 | 3 | admission | 2016-03-01 | 2016-03-14",
        },
        [(1, "2016-03-16", 0, 1), (1, "2016-03-17", 0, 1)],
    ),
    (  # of before 2017 a target without the filing; one who is no target yet; one of whom everything is asked elsewhere
        "L17:L17.5b",
        {"cases": "branch_id | id | full_process | s3 | s4 | s7\n1 | 1 | 0 | 2015-03-01 | | 2016-04-01\n1 | 2 | 0 | 2015-03-01 | 2015-03-05 | 2016-04-01\n1 | 3 | 0 | 2015-03-01 | | \n1 | 4 | 1 | 2017-03-01 | | 2018-04-01"},
        [(1, "2015-03-01", 0, 1)],
    ),
    (
        "L17:L17.5c",
        {
            "cases": "branch_id | id | s3\n1 | 1 | 2016-03-01\n1 | 2 | 2016-04-01\n1 | 3 | 2016-05-01",
            "meetings": "branch_id | id | kind | held_on\n1 | 1 | committee_meeting | 2016-03-01\n1 | 2 | members_assembly | 2016-04-01\n1 | 3 | group_meeting | 2016-05-01",
        },
        [(1, "2016-05-01", 0, 1)],
    ),
    (
        "L17:L17.6d",
        {"cases": _rows(_CASES, "1 | 1 | 2015-03-22 | 2016-03-22 | | "), "votes": "branch_id | id | meeting_id | matter | on\n1 | 1 | 5 | admission | 2016-03-22"},
        [(1, "2016-03", 1, 0)],
    ),
    (
        "L17:L17.7c",
        {
            "case_people": _rows(_PEOPLE, "1 | 1 | 5 | introducer | 1 | 示例甲 | 2016-03-01 | ", "1 | 2 | 5 | introducer | 2 | 示例乙 | 2016-03-01 | ", "1 | 3 | 5 | mentor | 1 | 示例甲 | 2016-03-01 | "),
            "rights_limits": _rows(_LIMITS, "1 | 1 | 1 | 2016-01-01 | ", "1 | 2 | 2 | 2016-03-02 | "),
        },
        [(1, "2016-03-01", 1, 0)],
    ),
    (  # one introducer was there, one away; a third was away from another assembly
        "L17:L17.7d",
        {
            "case_people": _rows(_PEOPLE, "1 | 1 | 5 | introducer | 1 | 示例甲 | 2016-03-01 | 2016-06-01", "1 | 2 | 5 | introducer | 2 | 示例乙 | 2016-03-01 | 2016-06-01", "1 | 3 | 6 | introducer | 3 | 示例丙 | 2016-03-01 | ", "1 | 4 | 5 | mentor | 4 | 示例丁 | 2016-03-01 | 2016-06-01"),
            "attendance": "branch_id | id | meeting_id | person_id | meeting_kind | state | on\n1 | 1 | 1 | 1 | members_assembly | present | 2016-06-01\n1 | 2 | 1 | 2 | members_assembly | absent | 2016-06-01\n1 | 3 | 1 | 4 | members_assembly | absent | 2016-06-01\n1 | 4 | 2 | 3 | members_assembly | absent | 2016-06-01",
        },
        [(1, "2016-06-01", 1, 0)],
    ),
]  # fmt: skip

_SESSIONS = "branch_id | id | held_on | year"
_CAME = "branch_id | id | session_id | person_id | on | year"
_NOTES = "branch_id | id | person_id | kind | written_on | year"
_LETTERS = "branch_id | id | person_id | direction | moved_on | issued_on | dues_paid_through"
_ROSTER = "branch_id | id | person_id | joined_on | left_on | join_reason | leave_reason"

EDUCATION: list[Case] = [
    (  # four sessions each: two notes of four are too few, three are enough; two sessions are not judged
        "L18:L18.4i",
        {
            "study_attendance": _rows(_CAME, *(f"1 | {n} | {n} | {p} | 2016-0{n}-10 | 2016" for n in (1, 2, 3, 4) for p in (1, 2)), "1 | 9 | 1 | 3 | 2016-01-10 | 2016"),
            "study_notes": _rows(_NOTES, "1 | 1 | 1 | collective | 2016-01-11 | 2016", "1 | 2 | 1 | collective | 2016-02-11 | 2016", "1 | 3 | 1 | own | 2016-03-11 | 2016", "1 | 4 | 2 | collective | 2016-01-11 | 2016", "1 | 5 | 2 | collective | 2016-02-11 | 2016", "1 | 6 | 2 | collective | 2016-03-11 | 2016", "1 | 7 | 1 | collective | 2017-03-11 | 2017"),
        },
        [(1, "2016", 2, 4)],
    ),
    (  # planned for the middle of March: the end of April is too late; a year without a plan is told elsewhere
        "L18:L18.7b",
        {
            "study_sessions": _rows(_SESSIONS, "1 | 1 | 2016-04-29 | 2016", "1 | 2 | 2016-05-01 | 2016", "1 | 3 | 2017-05-01 | 2017"),
            "study_plans": "branch_id | id | year | year_on\n1 | 1 | 2016 | 2016-01-01",
            "study_items": "branch_id | id | plan_id | planned_on | year\n1 | 1 | 1 | 2016-03-15 | 2016",
        },
        [(1, "2016-05-01", 0, 1)],
    ),
    (  # two missed it: one has a note of that day, one of the next
        "L18:L18.10",
        {
            "study_sessions": _rows(_SESSIONS, "1 | 1 | 2016-04-29 | 2016"),
            "study_attendance": _rows(_CAME, "1 | 1 | 1 | 3 | 2016-04-29 | 2016"),
            "study_notes": _rows(_NOTES, "1 | 1 | 1 | collective | 2016-04-29 | 2016", "1 | 2 | 2 | collective | 2016-04-30 | 2016", "1 | 3 | 3 | collective | 2016-04-29 | 2016", "1 | 4 | 2 | own | 2016-04-29 | 2016"),
            "members": _rows(_MEMBERS, "1 | 1 | 2014-01-01 | | founded | ", "1 | 2 | 2014-01-01 | | founded | ", "1 | 3 | 2014-01-01 | | founded | "),
            "stages": _rows(_STAGES, *_TEN_FULL),
        },
        [(1, "2016-04-29", 1, 0)],
    ),
    (
        "L21:L21.1d",
        {
            "transfers": _rows(
                f"{_LETTERS} | received_on",
                "1 | 1 | 1 | moved_out | 2016-03-01 | 2016-02-20 | | 2016-03-01", "1 | 2 | 2 | moved_out | 2016-03-01 | 2016-02-20 | | 2016-03-01",
                "1 | 3 | 3 | moved_in | 2016-03-01 | 2016-02-20 | | 2016-03-01", "1 | 4 | 4 | moved_out | 2016-02-20 | 2016-02-20 | |",
            ),
            "members": _rows(_ROSTER, "1 | 1 | 1 | 2014-01-01 | | founded | ", "1 | 2 | 2 | 2014-01-01 | 2016-03-01 | founded | moved_out"),
        },
        [(1, "2016-03-01", 0, 1)],
    ),
    (  # struck off, expelled and still on the roster; put back, and off the roster, is right
        "L21:L21.1e",
        {
            "stages": _rows("branch_id | id | person_id | stage | status | from_on | to_on", "1 | 1 | 1 | full | struck_off | 2016-05-01 |", "1 | 2 | 2 | full | expelled | 2016-06-01 |", "1 | 3 | 3 | full | struck_off | 2016-05-01 | 2016-09-01", "1 | 4 | 4 | full | struck_off | 2016-05-01 |"),
            "members": _rows("branch_id | id | person_id | joined_on | left_on", *(f"1 | {n} | {n} | 2014-01-01 | {'2016-05-01' if n == 4 else ''}" for n in (1, 2, 3, 4))),
        },
        [(1, "2016-05-01", 1, 0), (1, "2016-06-01", 1, 0)],
    ),
    (  # lost, and moved out since: the roster still lists the first; the third is still looked for
        "L21:L21.1f",
        {
            "lost_members": _rows("branch_id | id | person_id | status | registered_on | settled_on | until", "1 | 1 | 1 | moved_out | 2015-01-01 | 2016-05-01 | 2016-05-01", "1 | 2 | 2 | struck_off | 2015-01-01 | 2016-06-01 | 2016-06-01", "1 | 3 | 3 | searching | 2015-01-01 | | 9999-12-31"),
            "members": _rows("branch_id | id | person_id | joined_on | left_on", "1 | 1 | 1 | 2014-01-01 |", "1 | 2 | 2 | 2014-01-01 | 2016-06-01", "1 | 3 | 3 | 2014-01-01 |"),
        },
        [(1, "2016-05-01", 1, 0)],
    ),
    (  # paid until February: the next month is March, also in a leap year; one letter named January
        "L21:L21.5b",
        {
            "transfers": _rows(_LETTERS, "1 | 1 | 1 | moved_in | 2016-03-01 | 2016-02-20 | 2016-02-01", "1 | 2 | 2 | moved_in | 2016-03-01 | 2016-02-20 | 2016-01-01"),
            "dues_payments": "branch_id | id | person_id | month\n1 | 1 | 1 | 2016-03-01\n1 | 2 | 2 | 2016-03-01",
            "dues_settled": "branch_id | person_id | month\n1 | 1 | 2016-03-01\n1 | 2 | 2016-03-01",
        },
        [(1, "2016-01-01", 0, 1)],
    ),
    (
        "L21:L21.5c",
        {
            "transfers": _rows(_LETTERS, "1 | 1 | 1 | moved_in | 2016-03-01 | 2016-02-20 | 2016-02-01", "1 | 2 | 2 | moved_in | 2016-03-01 | 2016-02-20 | 2016-03-01"),
            "dues_payments": "branch_id | id | person_id | month\n1 | 1 | 1 | 2016-03-01\n1 | 2 | 2 | 2016-03-01",
        },
        [(1, "2016-03-01", 1, 0)],
    ),
    (  # at a meeting on the day before, on the day itself, and a hundred days before; one who came without a letter
        "L21:L21.6",
        {
            "attendance": _rows("branch_id | id | meeting_id | person_id | state | on", "1 | 1 | 1 | 1 | present | 2016-02-29", "1 | 2 | 2 | 1 | present | 2016-03-01", "1 | 3 | 3 | 1 | present | 2015-11-22", "1 | 4 | 1 | 2 | present | 2016-02-29", "1 | 5 | 4 | 1 | absent | 2016-02-20"),
            "transfers": "branch_id | id | person_id | direction | received_on\n1 | 1 | 1 | moved_in | 2016-03-01\n1 | 2 | 2 | moved_out | 2016-03-01",
        },
        [(1, "2016-02-29", 1, 0)],
    ),
    (  # registered in 2014, settled in 2016: a plan for 2015 there is, for 2016 there is none
        "L23:L23.3b",
        {
            "lost_members": "branch_id | id | person_id | registered_on | until | status | year\n1 | 1 | 5 | 2014-11-03 | 2016-08-01 | found | 2014\n1 | 2 | 6 | 2016-01-01 | 2016-08-01 | found | 2016",
            "digest_plans": "branch_id | id | year | year_on\n1 | 1 | 2015 | 2015-01-01",
        },
        [(1, "2016", 0, 1)],
    ),
]  # fmt: skip

_ASSESSED = (
    "branch_id | id | person_id | year | year_on | category | base | monthly_due | approved_on"
)
_ONE = {"members": _rows(_MEMBERS, "1 | 1 | 2014-01-01 | | founded | ", "1 | 2 | 2018-05-01 | | moved_in | "), "stages": _rows(_STAGES, *_TEN_FULL)}  # fmt: skip

DUES: list[Case] = [
    ("L25:DUES-6", {"dues_assessments": _rows(_ASSESSED, "1 | 1 | 1 | 2017 | 2017-01-01 | salaried | 6000000 | 120000 | ", "1 | 2 | 2 | 2017 | 2017-01-01 | salaried | 6000000 | 100000 | ", "1 | 3 | 3 | 2016 | 2016-01-01 | salaried | 6000000 | 120000 | ")}, [(1, "2017-01-01", 120000, 100000)]),
    (  # two per cent, or a thousand; less than two per cent of less than fifty thousand is wrong
        "L25:DUES-1@2017-01-01",
        {"dues_assessments": _rows(_ASSESSED, "1 | 1 | 1 | 2017 | 2017-01-01 | salaried | 6000000 | 120000 | ", "1 | 2 | 2 | 2017 | 2017-01-01 | salaried | 6000000 | 100000 | ", "1 | 3 | 3 | 2017 | 2017-01-01 | salaried | 4000000 | 100000 | ", "1 | 4 | 4 | 2017 | 2017-01-01 | salaried | 6000000 | 110000 | ")},
        [(1, "2017-01-01", 100000, 80000), (1, "2017-01-01", 110000, 120000)],
    ),
    (  # on the last day of March it is in time; who came within the year is not asked
        "L25:DUES-7",
        {"dues_assessments": _rows(_ASSESSED, "1 | 1 | 1 | 2017 | 2017-01-01 | salaried | 400000 | 4000 | 2017-03-31", "1 | 2 | 1 | 2018 | 2018-01-01 | salaried | 400000 | 4000 | 2018-04-01", "1 | 3 | 2 | 2018 | 2018-01-01 | salaried | 400000 | 4000 | 2018-05-20"), **_ONE},
        [(1, "2018", 1, 0)],
    ),
    ("L25:DUES-8", {"dues_payments": "branch_id | id | person_id | month | days_late\n1 | 1 | 1 | 2016-01-01 | 184\n1 | 2 | 2 | 2016-01-01 | 185"}, [(1, "2016-01-01", 185, 184)]),
    ("L25:DUES-10", {"dues_exemptions": "branch_id | id | person_id | kind | from_month | approval\n1 | 1 | 1 | exempt | 2016-03-01 | \"\"\n1 | 2 | 2 | exempt | 2016-03-01 | 示例委〔2016〕3号"}, [(1, "2016-03-01", 0, 1)]),
]  # fmt: skip

_SERVED = "branch_id | id | is_service | held_on | year"
_SPENT = "branch_id | id | year | source | category | amount | spent_on | voucher_no"
_VOUCHERS = "branch_id | id | year | month | spent_on | voucher_no"
_PHOTOS = "branch_id | id | source | sort | source_id | on | taken_on"

SERVICE: list[Case] = [
    ("L26:L26.2w", {"activities": _rows(_SERVED, *(f"1 | {n} | 1 | 2016-03-0{n} | 2016" for n in (1, 2, 3, 4)), *(f"2 | {n + 4} | 1 | 2016-0{n + 1}-28 | 2016" for n in (1, 2, 3, 4)), *(f"3 | {n + 8} | 0 | 2016-03-0{n} | 2016" for n in (1, 2, 3, 4)))}, [(1, "2016", 4, 4)]),
    (  # a plan of the year that still runs is not asked
        "L26:L26.4",
        {
            "service_plans": "branch_id | id | year | year_on | planned_count\n1 | 1 | 2015 | 2015-01-01 | 3\n1 | 2 | 2014 | 2014-01-01 | 3\n2 | 3 | 2015 | 2015-01-01 | 1\n2 | 4 | 2018 | 2018-01-02 | 9",
            "activities": _rows(_SERVED, "1 | 1 | 1 | 2015-03-01 | 2015", "1 | 2 | 1 | 2015-04-01 | 2015", "1 | 3 | 0 | 2015-05-01 | 2015", "2 | 4 | 1 | 2015-05-01 | 2015"),
        },
        [(1, "2015-01-01", 2, 3)],
    ),
    (  # two who were there all of 2017 did not go; who came within the year is not asked
        "L27:L27.6",
        {
            "members": _rows(_MEMBERS, *(f"1 | {n} | 2014-01-01 | | founded | " for n in (1, 2, 3)), "1 | 4 | 2017-02-01 | | moved_in | "),
            "stages": _rows(_STAGES, *_TEN_FULL),
            "visits": "branch_id | id | held_on\n1 | 1 | 2017-04-01",
            "visitors": "branch_id | id | visit_id | person_id | on\n1 | 1 | 1 | 1 | 2017-04-01\n1 | 2 | 1 | 2 | 2016-12-30",
        },
        [(1, "2017", 2, 0)],
    ),
    ("L14:ORG-1b@2018-10-28", {"units": _rows("branch_id | unit_id", *(f"1 | {n}" for n in range(6)), *(f"2 | {n}" for n in range(5)))}, [(1, "2018-12-31", 6, 5)]),
    (  # only days of which the vacation is known; a day of it is no day off, and a year with nothing else stays unknown
        "L29:MT.8e",
        {
            "meetings": "branch_id | id | kind | held_on\n1 | 1 | committee_meeting | 2016-07-05\n1 | 2 | committee_meeting | 2016-09-05\n1 | 3 | group_meeting | 2016-07-05",
            "calendar": "day | off | vacation\n2016-07-05 | | 1\n2016-09-05 | 1 | 0",
        },
        [(1, "2016-07-05", -1, -1)],
    ),
    (
        "L29:MT.8",
        {
            "meetings": "branch_id | id | kind | held_on\n1 | 1 | committee_meeting | 2016-07-05\n1 | 2 | committee_meeting | 2017-07-05",
            "calendar": "day | off | vacation\n2016-07-05 | | 1\n2016-10-03 | 1 | 0\n2017-07-05 | | 1",
        },
        [(1, "2017-07-05", -1, -1)],
    ),
    (
        "L32:LIFE-1",
        {
            "assessments": "branch_id | id | person_id | year | year_on | fed_back_on\n1 | 1 | 1 | 2015 | 2015-01-01 | 2015-12-01\n1 | 2 | 2 | 2015 | 2015-01-01 | 2015-11-30\n1 | 3 | 3 | 2015 | 2015-01-01 | \n2 | 4 | 4 | 2015 | 2015-01-01 | 2015-11-30",
            "assessment_polls": "branch_id | id | year | held_on\n1 | 1 | 2015 | 2015-12-01",
        },
        [(1, "2015-11-30", 1, 0)],
    ),
    (  # three on the committee: two items are too few, three are enough; who holds two posts is one person
        "L32:L32.13",
        {
            "life_meetings": "branch_id | id | assessment_year | held_on | n_criticisms\n1 | 1 | 2016 | 2016-12-01 | 2\n1 | 2 | 2017 | 2017-12-01 | 3\n1 | 3 | 2015 | 2015-12-01 | ",
            "posts": _rows("branch_id | id | person_id | post | from_on | to_on", *(f"1 | {n} | {person} | organisation | 2015-01-01 | " for n, person in enumerate((1, 2, 3, 3)))),
        },
        [(1, "2016-12-01", 2, 3)],
    ),
    ("L32:LIFE-1b", {"life_tasks": "branch_id | id | meeting_id | on | done_on\n1 | 1 | 5 | 2016-12-01 | 2016-11-30\n1 | 2 | 5 | 2016-12-01 | 2016-12-01\n1 | 3 | 5 | 2016-12-01 | "}, [(1, "2016-12-01", -1, -1)]),
    (
        "L34:L34.3w",
        {
            "meetings": "branch_id | id | kind | held_on | place\n1 | 1 | group_meeting | 2016-03-01 | 党员活动室\n1 | 2 | group_meeting | 2016-04-01 | 党员活动室\n1 | 3 | group_meeting | 2016-05-01 | 会议室",
            "room_uses": "branch_id | id | room_id | used_on\n1 | 1 | 1 | 2016-03-01",
        },
        [(1, "2016-04-01", 0, 1)],
    ),
    (  # one line is passed, the sum of two lines is not looked at
        "L35:L35.2w",
        {
            "budget_items": "branch_id | id | budget_id | category | amount | year | source | on\n1 | 1 | 5 | 活动 | 100000 | 2016 | unit | 2016-01-01\n1 | 2 | 5 | 教育培训 | 50000 | 2016 | unit | 2016-01-01",
            "expenses": _rows(_SPENT, "1 | 1 | 2016 | unit | 活动 | 60000 | 2016-03-01 | a", "1 | 2 | 2016 | unit | 活动 | 40001 | 2016-04-01 | b", "1 | 3 | 2016 | unit | 教育培训 | 50000 | 2016-04-01 | c", "1 | 4 | 2016 | dues | 教育培训 | 50000 | 2016-04-01 | d"),
        },
        [(1, "2016-01-01", 100001, 100000)],
    ),
    # numbers run anew each month
    ("L35:L35.5b", {"expenses": _rows(_VOUCHERS, "1 | 1 | 2015 | 4 | 2015-04-01 | 7", "1 | 2 | 2016 | 3 | 2016-03-01 | 7", "1 | 3 | 2016 | 4 | 2016-04-01 | 7", "1 | 4 | 2016 | 4 | 2016-04-02 | 7")}, [(1, "2016-04-02", -1, -1)]),
    (  # taken on the day of the entry it is in time; a scan has no day of its own
        "L28:AF-F2e",
        {
            "files": _rows(_PHOTOS, "1 | 1 | meetings | photo | 7 | 2016-03-01 | 2016-03-03", "1 | 2 | meetings | photo | 7 | 2016-03-01 | 2016-03-02", "1 | 3 | meetings | sign_sheet | 7 | 2016-03-01 | 2016-03-09", "1 | 4 | meetings | photo | 7 | 2016-03-01 | "),
            "meetings": "branch_id | id | kind | held_on | recorded_on\n1 | 7 | group_meeting | 2016-03-01 | 2016-03-02",
        },
        [(1, "2016-03-03", 0, 1)],
    ),
    (
        "L05:PD.7b",
        {
            "documents": "branch_id | id | kind | effective_from | superseded_on\n1 | 1 | development_procedure | 2016-01-01 | ",
            "phrases": "branch_id | source | source_id | code | words | on\n1 | documents | 1 | cites:admission_2014 | 《发展党员工作细则》（2014年） | 2016-01-01",
        },
        [],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "tables", "wanted"), ELECTIONS, ids=[case[0] for case in ELECTIONS]
)
def test_elections(found: Found, key: str, tables: Table, wanted: list[Any]) -> None:
    """选举：再次投票、主持人、被选举权、任期、票数。"""
    assert found(RULES[key], tables, PERIOD) == wanted


@pytest.mark.parametrize(
    ("key", "tables", "wanted"), ADMISSIONS, ids=[case[0] for case in ADMISSIONS]
)
def test_admissions(found: Found, key: str, tables: Table, wanted: list[Any]) -> None:
    """发展党员：计划人数、预备期考察、逐个表决、介绍人。"""
    assert found(RULES[key], tables, PERIOD) == wanted


@pytest.mark.parametrize(
    ("key", "tables", "wanted"), EDUCATION, ids=[case[0] for case in EDUCATION]
)
def test_education_and_transfers(found: Found, key: str, tables: Table, wanted: list[Any]) -> None:
    """学习笔记和计划、组织关系接转、失联党员。"""
    assert found(RULES[key], tables, PERIOD) == wanted


@pytest.mark.parametrize(("key", "tables", "wanted"), DUES, ids=[case[0] for case in DUES])
def test_dues(found: Found, key: str, tables: Table, wanted: list[Any]) -> None:
    """党费：每月最多1000元、一季度核定、减免审批。"""
    assert found(RULES[key], tables, PERIOD) == wanted


@pytest.mark.parametrize(("key", "tables", "wanted"), SERVICE, ids=[case[0] for case in SERVICE])
def test_service_and_premises(found: Found, key: str, tables: Table, wanted: list[Any]) -> None:
    """服务基层、组织生活、阵地、经费、照片。"""
    assert found(RULES[key], tables, PERIOD) == wanted


def test_months_without_dues_in_a_row(found: Found) -> None:
    """连续三个月未交的提醒，连续六个月的为错误；中间交过一个月的重新计算。"""
    tables = {
        "members": _rows(_MEMBERS, *(f"1 | {n} | 2014-01-01 | | founded | " for n in (1, 2, 3))),
        "stages": _rows(_STAGES, *_TEN_FULL),
        "dues_payments": "branch_id | id | person_id | month\n1 | 1 | 1 | 2016-01-01",
        "dues_settled": _rows("branch_id | person_id | month", *_paid(1, "03-05", "09-12"), *_paid(2, "01-03"), *_paid(3, "01-06", "09-12")),
    }  # fmt: skip
    tables["dues_settled"] += "\n" + "\n".join(
        f"1 | {person} | 2015-{month:02d}-01" for person in (1, 2, 3) for month in range(1, 13)
    )
    assert found(RULES["L25:DUES-9w"], tables) == [(1, "2016-08", 3, 3)]
    assert found(RULES["L25:DUES-9"], tables) == [
        (1, "2016-11", 8, 6)
    ]  # December is not over on its last day


@pytest.mark.parametrize(
    ("on", "asked"), [(date(2016, 10, 31), []), (date(2016, 11, 1), ["2016-10"])]
)
def test_dues_of_a_month_that_is_not_over_are_not_missing(
    found: Found, on: date, asked: list[str]
) -> None:
    """当月的党费当月内交纳：到月末当天仍未到期，次月起才算未交，也不计入连续未交的月数。"""
    tables = {
        "members": _rows(_MEMBERS, "1 | 1 | 2014-01-01 | | founded | "),
        "stages": _rows(_STAGES, _TEN_FULL[0]),
        "dues_payments": "branch_id | id | person_id | month\n1 | 1 | 1 | 2016-01-01",
        "dues_settled": _rows("branch_id | person_id | month", *_paid(1, "01-07")),
    }
    period = Period(date(2016, 1, 1), date(2016, 12, 31), on)
    missing = ["2016-08", "2016-09", *asked]
    assert [one[1] for one in found(RULES["L25:L25.2"], tables, period)] == missing
    three = [(1, "2016-10", 3, 3)] if asked else []
    assert found(RULES["L25:DUES-9w"], tables, period) == three


def _paid(person: int, *spans: str) -> list[str]:
    months = [m for span in spans for m in range(int(span[:2]), int(span[3:]) + 1)]
    return [f"1 | {person} | 2016-{month:02d}-01" for month in months]
