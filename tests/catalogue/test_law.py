"""A rule asks no more than its source: from the day on which it held, of whom it holds, with its
number and its gravity.
"""

from __future__ import annotations

from datetime import date

import pytest

from taizhang.catalogue import load
from taizhang.rules.base import Period, Rule
from tests.rules.pictures import by_duckdb, by_reference, drawn

RULES: dict[str, list[Rule]] = {}
for _rule in load.named("tianning-2018").rules():
    RULES.setdefault(_rule.id.partition("@")[0], []).append(_rule)

SPAN = (date(2015, 1, 1), date(2021, 12, 31))
Told = list[tuple[str, str]]
Case = tuple[str, dict[str, str], Told]


JUDGES = {"reference": by_reference, "duckdb": by_duckdb}
ENGINE = {"by": "reference"}


@pytest.fixture(params=["reference", pytest.param("duckdb", marks=pytest.mark.night)], autouse=True)
def engine(request: pytest.FixtureRequest) -> None:
    """By night the columns are asked for the same; by day tests/rules holds them to the rules of
    each kind.
    """
    ENGINE["by"] = request.param


def told(key: str, pictures: dict[str, str], on: date = SPAN[1]) -> Told:
    """The gravity and the window of all that the variants of a rule say."""
    tables, period, found = drawn(pictures), Period(*SPAN, on), []
    for rule in RULES[key]:
        said = JUDGES[ENGINE["by"]](rule, tables, period)
        found += [(rule.severity, one.window) for one in said if one.certain]
    return sorted(found, key=lambda one: (one[1], one[0]))


def rows(head: str, *rows: str) -> str:
    return "\n".join([head, *rows])


def _full(branch: int, n: int) -> list[tuple[str, str]]:
    """So many full members: their rows of the roster and of stages."""
    return [
        (f"{branch} | {branch}{k:02d} | 2014-01-01 | ", f"{branch} | {branch}{k:02d} | full | normal | 2014-01-01 | ")
        for k in range(n)
    ]  # fmt: skip


def _branches(**sizes: int) -> dict[str, str]:
    both = [pair for branch, n in sizes.items() for pair in _full(int(branch[1:]), n)]
    return {
        "members": rows("branch_id | person_id | joined_on | left_on", *(m for m, _ in both)),
        "stages": rows(
            "branch_id | person_id | stage | status | from_on | to_on", *(s for _, s in both)
        ),
    }


POSTS = "branch_id | id | person_id | post | from_on | to_on"
_BEFORE, _DAY = date(2018, 10, 27), date(2018, 10, 28)
_UNITS = rows("branch_id | unit_id", *(f"1 | {n}" for n in range(6)))
_EIGHT = rows(POSTS, *(f"1 | {n} | 1{n:02d} | youth | 2016-01-01 | " for n in range(8)))


@pytest.mark.parametrize(
    ("key", "pictures", "after"),
    [
        ("L14:ORG-3", _branches(b1=7), "error"),
        ("L29:L29.6", _branches(b1=7), "error"),
        ("L14:ORG-4", _branches(b1=9) | {"posts": _EIGHT}, "warn"),
        ("L14:ORG-5", _branches(b1=6) | {"posts": _EIGHT}, "warn"),
        ("L14:ORG-1", _branches(b1=2), "warn"),
        ("L14:ORG-2", _branches(b1=51), "warn"),
        ("L14:ORG-1b", {"units": _UNITS}, "warn"),
    ],
)
def test_how_large_a_branch_is_was_a_hint_before_the_regulation(
    key: str, pictures: dict[str, str], after: str
) -> None:
    assert told(key, pictures, _BEFORE) == [("info", "2018-10-27")]
    assert told(key, pictures, _DAY) == [(after, "2018-10-28")]


def test_six_full_members_need_no_committee() -> None:
    assert told("L14:ORG-3", _branches(b1=6), _DAY) == []
    assert told("L29:L29.6", _branches(b1=6), _DAY) == []


_ELECTIONS = (
    "branch_id | id | kind | held_on | seats | seats_parity | n_candidates | "
    "least_candidates | report_length | request_no | reply_no"
)
_TERMS = "branch_id | id | started_on | ended_on | extended_to"
_SECTIONS = "branch_id | id | document_id | doc_kind | post | superseded_on"
_PAPERS = "branch_id | id | kind | effective_from | superseded_on"
_SAID = "branch_id | source | source_id | code | words | on"
_DUTIES = {"documents": f"{_PAPERS}\n1 | 1 | member_duties | 2016-01-01 | ", "terms": f"{_TERMS}\n1 | 1 | 2016-01-01 | | "}  # fmt: skip
_ORGANISED = f"{_SECTIONS}\n1 | 1 | 1 | member_duties | organisation | "
_FREQUENCY = {
    "documents": rows(_PAPERS, *(f"{n} | {n} | three_meetings_rules | 2016-01-01 | " for n in (1, 2, 3))),
    "posts": rows(POSTS, "1 | 1 | 1 | secretary | 2015-01-01 | ", "1 | 2 | 2 | publicity | 2015-01-01 | "),
    "groups": "branch_id | id | valid_from | valid_to\n2 | 1 | 2015-01-01 | ",
    "phrases": rows(_SAID, *(f"{n} | documents | {n} | freq:{what} | | 2016-01-01" for n in (1, 2, 3) for what in ("assembly", "lecture"))),
}  # fmt: skip
_TERM = {
    "documents": rows(_PAPERS, "1 | 1 | election_rules | 2017-10-23 | ", "2 | 2 | election_rules | 2017-10-24 | ", "3 | 3 | election_rules | 2017-10-24 | "),
    "phrases": rows(_SAID, "1 | documents | 1 | election:term_2012 | | 2017-10-23", "2 | documents | 2 | election:term_2012 | | 2017-10-24", "3 | documents | 3 | election:term | | 2017-10-24"),
}  # fmt: skip
_COMMITTEE = rows(POSTS, *(f"1 | {n} | {n} | youth | 2014-01-01 | " for n in (1, 2, 3)), "2 | 9 | 9 | secretary | 2014-01-01 | ")  # fmt: skip
_TALKS = rows(
    "branch_id | id | person_id | other_id | year | on | relation",
    *(f"1 | {y}{a}{b} | {a} | {b} | {y} | {y}-06-01 | within_committee" for y in (2015, 2016, 2017, 2020, 2021) for a, b in ((1, 2), (2, 1), (2, 3), (3, 2))),
    *(f"1 | {y}{a}{b} | {a} | {b} | {y} | {y}-06-01 | within_committee" for y in (2018, 2019) for a, b in ((1, 2), (2, 1))),
)  # fmt: skip

ORGANISATION: list[Case] = [
    ("L03:L03.1", _DUTIES | {"sections": _SECTIONS}, [("warn", "2016-01-01")]),  # 一般至少应包含
    ("L03:L03.1b", _DUTIES | {"sections": _ORGANISED}, [("warn", "2016-01-01")]),
    (  # branch 1 has a commissioner for discipline now, branch 2 had one until last year
        "L03:L03.2",
        {"posts": f"{POSTS}\n1 | 1 | 1 | discipline | 2016-01-01 | \n2 | 2 | 2 | discipline | 2016-01-01 | 2020-12-31",
         "sections": rows(_SECTIONS, "1 | 1 | 1 | member_duties | organisation | ", "2 | 2 | 2 | member_duties | organisation | ")},
        [("error", "2021-12-31")],
    ),
    ("L10:L10.1", _FREQUENCY, []),  # what committees and groups do is asked of those who have one
    ("L10:L10.1c", _FREQUENCY, [("info", "2016-01-01")]),
    ("L10:L10.1g", _FREQUENCY, [("info", "2016-01-01")]),
    ("L11:L11.1", _TERM, [("info", "2017-10-24")]),  # two years were lawful until the constitution of 2017-10-24
    # one of three spoke with nobody else on the committee; a secretary alone has nobody to speak with
    ("L12:L12.1", {"posts": _COMMITTEE, "talk_pairs": _TALKS, "talks": "branch_id | id\n1 | 1\n2 | 2"}, [("info", "2018"), ("warn", "2019")]),
    (  # a term of up to five years may be put off to the sixth, one of three to the fourth
        "L15:L15.2x",
        {"terms": rows(_TERMS, "1 | 1 | 2017-10-24 | | 2023-10-24", "2 | 2 | 2017-10-24 | | 2023-10-25", "3 | 3 | 2017-10-23 | | 2021-10-23", "4 | 4 | 2017-10-23 | | 2021-10-24")},
        [("warn", "2017-10-23"), ("warn", "2017-10-24")],
    ),
    ("L15:L15.2w", {"terms": f"{_TERMS}\n1 | 1 | 2019-03-01 | | "}, [("info", "2019-03-01")]),
    ("L15:L15.2y", {"terms": f"{_TERMS}\n1 | 1 | 2019-01-01 | 2020-12-31 | "}, [("warn", "2019-01-01")]),
    (  # no committee before the first could report
        "L15:L15.5",
        {"elections": rows(_ELECTIONS, "1 | 1 | first | 2016-01-01 | 3 | 1 | 4 | 4 | 0 | a | b", "1 | 2 | reelection | 2019-01-01 | 3 | 1 | 4 | 4 | 0 | a | b")},
        [("error", "2019-01-01")],
    ),
    (
        "L15:L15.5n",
        {"elections": rows(_ELECTIONS, "1 | 1 | first | 2016-01-01 | 3 | 1 | 4 | 4 | 0 | a | b", '2 | 2 | first | 2016-02-01 | 3 | 1 | 4 | 4 | 0 | a | ""')},
        [("error", "2016-02-01")],
    ),
    (  # where a secretary (and a deputy) alone are elected there are as many candidates as seats
        "L15:L15.10",
        {"elections": rows(_ELECTIONS, *(f"{n} | {n} | reelection | 2016-01-0{n} | {n} | {n % 2} | {n} | {(n * 12 + 9) // 10} | 9 | a | b" for n in (1, 2, 3)))},
        [("warn", "2016-01-03")],
    ),
    (
        "L15:L15.13b",
        {"elections": rows(_ELECTIONS, *(f"{n} | {n} | reelection | 2016-01-0{n} | {n} | {n % 2} | {n} | 5 | 9 | a | b" for n in (2, 3, 4)))},
        [("info", "2016-01-04")],
    ),
    (
        "L15:L15.13",
        {"elections": rows(_ELECTIONS, *(f"{n} | {n} | reelection | {day} | {seats} | 1 | 12 | 11 | 9 | a | b" for n, day, seats in ((1, "2018-10-27", 9), (2, "2018-10-28", 9), (3, "2018-10-28", 7))))},
        [("info", "2018-10-27"), ("warn", "2018-10-28")],
    ),
    (  # who counts may be a candidate, and the ledger does not tell who watched
        "L15:L15.11",
        {"scrutineers": "branch_id | id | election_id | person_id | name | on\n1 | 1 | 7 | 1 | 示例甲 | 2016-06-01",
         "candidates": "branch_id | id | election_id | person_id | name | on\n1 | 1 | 7 | 1 | 示例甲 | 2016-06-01"},
        [("warn", "2016-06-01")],
    ),
    ("L16:L16.2b", {"divisions": "branch_id | id | decided_on | n_organisation\n1 | 1 | 2016-01-01 | 0"}, [("warn", "2016-01-01")]),
    ("L16:L16.2c", {"divisions": "branch_id | id | decided_on | n_publicity\n1 | 1 | 2016-01-01 | 0"}, [("warn", "2016-01-01")]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "pictures", "wanted"), ORGANISATION, ids=[case[0] for case in ORGANISATION]
)
def test_papers_organisation_and_elections(
    key: str, pictures: dict[str, str], wanted: Told
) -> None:
    assert told(key, pictures) == wanted


_CASES = "branch_id | id | s15 | s17 | s22 | s23 | probation_ends_on | outcome"
_PEOPLE = "branch_id | id | case_id | role | person_id | name | on"
ROSTER = {
    "members": "branch_id | person_id | joined_on | left_on\n1 | 1 | 2010-01-01 | \n1 | 2 | 2014-01-01 | \n1 | 3 | 2010-01-01 | 2016-01-01",
    "stages": rows("branch_id | person_id | stage | status | from_on | to_on", "1 | 1 | full | normal | 2010-01-01 | ", "1 | 2 | probationary | normal | 2014-01-01 | 2016-06-01", "1 | 2 | full | normal | 2016-06-01 | ", "1 | 3 | full | normal | 2010-01-01 | 2016-01-01"),
}  # fmt: skip


def _of(role: str) -> dict[str, str]:
    """A full member, one who became full a day too late, one on the very day, one who had left, a
    stranger.
    """
    lines = ((1, "2016-05-31"), (2, "2016-05-31"), (2, "2016-06-01"), (3, "2016-07-01"))
    own = [f"1 | {n} | {n} | {role} | {p} | 示例 | {day}" for n, (p, day) in enumerate(lines, start=1)]  # fmt: skip
    return ROSTER | {"case_people": rows(_PEOPLE, *own, f"1 | 9 | 9 | {role} | | 校外示例 | 2016-08-01")}  # fmt: skip


ADMISSIONS: list[Case] = [
    (  # the meeting that drew the probation out was held in time, whatever its end is now
        "L17:DEV-13",
        {"cases": rows(_CASES, "1 | 1 | 2015-06-22 | | | 2016-06-22 | 2016-12-22 | extended", "1 | 2 | 2015-06-23 | | | 2016-06-22 | 2016-06-23 | on_time")},
        [("error", "2016-06-22")],
    ),
    (
        "L17:DEV-13w",
        {"cases": rows(_CASES, "1 | 1 | 2015-06-22 | | | 2016-07-22 | 2016-06-22 | on_time", "1 | 2 | 2015-06-22 | | | 2016-07-23 | 2016-06-22 | on_time")},
        [("info", "2016-07-23")],
    ),
    (  # for one who moved in the meeting may be put off for half a year
        "L17:DEV-13x",
        {"cases": rows(_CASES, "1 | 1 | 2015-06-22 | | | 2016-12-22 | 2016-06-22 | on_time", "1 | 2 | 2015-06-22 | | | 2016-12-23 | 2016-06-22 | on_time")},
        [("warn", "2016-12-23")],
    ),
    ("L17:DEV-14", {"cases": f"{_CASES}\n1 | 1 | 2015-06-22 | | 2016-05-01 | | 2016-06-22 | "}, [("info", "2016-06-22")]),
    ("L17:DEV-19", {"cases": f"{_CASES}\n1 | 1 | 2015-06-22 | | | | 2016-06-22 | \"\""}, [("info", "2015-06-22")]),
    ("L17:DEV-7t", {"case_trainings": "branch_id | id | kind | from_on | is_enough\n1 | 1 | target | 2016-01-01 | 0"}, [("warn", "2016-01-01")]),
    ("L17:FREQ-10", {"cases": f"{_CASES}\n1 | 1 | 2015-06-22 | | | | 2016-06-22 | "}, [("info", "2015-H2")]),
    # full members of any branch may introduce; who is known not to be one may not
    ("L17:L17.7b", _of("introducer"), [("error", "2016-05-31")]),
    ("L17:L17.7e", _of("introducer"), [("info", "2016-07-01"), ("info", "2016-08-01")]),
    ("L17:L17.8c", _of("mentor"), [("error", "2016-05-31")]),
    ("L17:L17.8d", _of("mentor"), [("info", "2016-07-01"), ("info", "2016-08-01")]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "pictures", "wanted"), ADMISSIONS, ids=[case[0] for case in ADMISSIONS]
)
def test_admissions(key: str, pictures: dict[str, str], wanted: Told) -> None:
    assert told(key, pictures) == wanted


_PAID = "branch_id | id | person_id | month | year | amount | days_late"
_DUE = "branch_id | id | person_id | year | year_on | monthly_due | approved_on"
_PUBLIC = {"institutions": "branch_id\n1"}
_YEARS = range(2015, 2022)
_SERVICE = {
    "service_plans": rows("branch_id | id | year | year_on | planned_count | partner", '1 | 1 | 2016 | 2016-01-01 | 3 | ""', '2 | 2 | 2016 | 2016-01-01 | 3 | ""'),
    "activities": rows("branch_id | id | is_service | form | held_on", *(f"{b} | {b}{y} | 1 | help | {y}-03-01" for b in (1, 2) for y in _YEARS if y != 2016)),
}  # fmt: skip
_REST = {"documents": rows(_PAPERS, "1 | 1 | branch_duties | 2015-01-01 | ", "2 | 2 | branch_duties | 2015-01-01 | ")}  # fmt: skip


EDUCATION_AND_DUES: list[Case] = [
    *((f"L18:L18.6{x}", {"study_plans": f"branch_id | id | year_on | {column}\n1 | 1 | 2016-01-01 | 0"}, [("warn", "2016-01-01")])
      for x, column in (("a", "n_ideals"), ("b", "n_skills"), ("c", "n_culture"))),
    ("L23:L23.5", {"lost_members": rows("branch_id | id | person_id | status | settled_on", "1 | 1 | 1 | suspended | 2017-05-05", "1 | 2 | 2 | suspended | 2017-05-06")}, [("warn", "2017-05-05"), ("warn", "2017-05-06")]),
    # July may be paid with its quarter, on the last day of September: 61 days after its own end
    ("L25:L25.2w", {"dues_payments": rows(_PAID, "1 | 1 | 1 | 2016-07-01 | 2016 | 100 | 61", "1 | 2 | 2 | 2016-08-01 | 2016 | 100 | 62")}, [("warn", "2016-08-01")]),
    ("L25:DUES-8", {"dues_payments": rows(_PAID, "1 | 1 | 1 | 2016-07-01 | 2016 | 100 | 184", "1 | 2 | 2 | 2016-08-01 | 2016 | 100 | 185")}, [("warn", "2016-08-01")]),
    (  # wages, and dues with them, changed within a year until 2016; who may pay less by a decision does not pay too little
        "L25:L25.3",
        {
            "dues_payments": rows(_PAID, *(f"1 | {n} | 1 | {month}-01 | {month[:4]} | 5000 | 0" for n, month in enumerate(("2016-12", "2017-01", "2017-02", "2017-03"), start=1))),
            "dues_assessments": rows(_DUE, "1 | 1 | 1 | 2016 | 2016-01-01 | 6000 | ", "1 | 2 | 1 | 2017 | 2017-01-01 | 6000 | "),
            "exempt_months": rows("id | branch_id | person_id | month | kind", "1 | 1 | 1 | 2017-02-01 | reduced", "2 | 1 | 2 | 2017-03-01 | reduced", "3 | 1 | 1 | 2017-03-01 | exempt"),
        },
        [("warn", "2016-12-01"), ("error", "2017-01-01"), ("error", "2017-03-01")],
    ),
    (
        "L25:DUES-7",
        _branches(b1=1) | {"dues_assessments": rows(_DUE, *(f"1 | {y} | 100 | {y} | {y}-01-01 | 6000 | {y}-04-01" for y in (2015, 2016, 2017)))},
        [("warn", "2017")],
    ),
    ("L25:DUES-10", {"dues_exemptions": 'branch_id | id | person_id | kind | from_month | approval\n1 | 1 | 1 | exempt | 2016-03-01 | ""'}, [("error", "2016-03-01")]),
    # a private kindergarten serves its neighbours as well; only a public institution needs a partner and a budget
    ("L26:L26.1b", _SERVICE | _PUBLIC, [("error", "2016-01-01")] * 2),
    ("L26:L26.3", _SERVICE | _PUBLIC, [("error", "2016-01-01")]),
    ("L26:L26.3b", _SERVICE | _PUBLIC, [("warn", f"{y}") for y in _YEARS]),
    ("L35:L35.1", _REST | _PUBLIC, [("error", f"{y}") for y in _YEARS]),
    ("L36:L36.0", _REST | _PUBLIC, [("error", f"{y}") for y in _YEARS]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "pictures", "wanted"), EDUCATION_AND_DUES, ids=[case[0] for case in EDUCATION_AND_DUES]
)
def test_education_service_and_dues(key: str, pictures: dict[str, str], wanted: Told) -> None:
    assert told(key, pictures) == wanted


def test_service_is_asked_of_every_branch() -> None:
    applies = {item.id: item.applies.with_ for item in load.named("tianning-2018").items}
    assert (applies["L26"], applies["L35"]) == (None, "public_institution")


_VOTES = (
    "branch_id | id | meeting_id | meeting_kind | on | matter | method | passed | "
    "entitled_expected | entitled_present | issued | returned | valid | written | in_favour | "
    "against | abstained"
)
_HELD = (
    "branch_id | id | kind | held_on | present_count | expected_count | host_id | host_name |"
    " group_id"
)


def _vote(on: str, matter: str = "ordinary", method: str = "secret", *, here: int = 20, numbers: str = "20 | 20 | 20 | | 20 | 0 | 0") -> str:  # fmt: skip
    """A vote of twenty entitled; `numbers`: issued, returned, valid, written, for, against,
    abstained.
    """
    return f"members_assembly | {on} | {matter} | {method} | 1 | 20 | {here} | {numbers}"


def _votes(*lines: str) -> dict[str, str]:
    return {"votes": rows(_VOTES, *(f"1 | {n} | {n} | {line}" for n, line in enumerate(lines, start=1)))}  # fmt: skip


_TEN_FOR = "20 | 20 | 20 | | 10 | 10 | 0"
_BOTH_DAYS = ("2018-10-27", "2018-10-28")
_HOSTS = {
    "meetings": rows(_HELD, *(f"1 | {n} | {kind} | {day} | 1 | 3 | 9 | 示例客 | 1" for n, (day, kind) in enumerate([(d, k) for d in _BOTH_DAYS for k in ("members_assembly", "group_meeting", "committee_meeting")], start=1))),
    "posts": f"{POSTS}\n1 | 1 | 1 | secretary | 2014-01-01 | ",
    "group_leaders": "branch_id | id | group_id | person_id | from_on | to_on\n1 | 1 | 1 | 1 | 2014-01-01 | ",
}  # fmt: skip

VOTES: list[Case] = [
    ("L28:VOTE-1", _votes(*(_vote(day, here=here) for day in _BOTH_DAYS for here in (9, 10))),
     [("warn", "2018-10-27"), ("warn", "2018-10-27"), ("error", "2018-10-28")]),
    ("L28:L28.4", _votes(*(_vote(day, matter, numbers=_TEN_FOR) for day in _BOTH_DAYS for matter in ("ordinary", "admission"))),
     [("warn", "2018-10-27"), ("error", "2018-10-28")]),
    (  # for admissions the majority of those entitled is older than the regulation
        "L28:VOTE-2c",
        _votes(_vote("2015-03-01", "admission", numbers=_TEN_FOR), _vote("2015-03-02", "conversion", numbers="20 | 20 | 20 | | 11 | 9 | 0"), _vote("2015-03-03", numbers=_TEN_FOR)),
        [("error", "2015-03-01")],
    ),
    ("L28:VOTE-2b", _votes(_vote("2016-03-01", "admission", "hands"), _vote("2016-03-02", "admission", '""')), [("warn", "2016-03-01")]),
    ("L28:VOTE-2m", _votes(_vote("2016-03-01", "admission", "hands"), _vote("2016-03-02", "admission", '""')), [("warn", "2016-03-02")]),
    ("L28:VOTE-5", _votes(_vote("2016-03-01", numbers="20 | 21 | 20 | | 20 | 0 | 0")), [("warn", "2016-03-01")]),
    (  # two who were away wrote before: their votes count beside the ballots, or among the valid ones
        "L28:VOTE-5c",
        _votes(*(_vote(f"2016-03-0{n}", numbers=f"18 | 18 | 18 | {written} | {for_} | 0 | 0") for n, written, for_ in ((1, "", 20), (2, 2, 20), (3, 2, 18), (4, 2, 19), (5, "", 18)))),
        [("warn", "2016-03-01"), ("warn", "2016-03-04")],
    ),
    ("L29:VOTE-4", _HOSTS, [("info", "2018-10-27"), ("error", "2018-10-28")]),
    ("L28:L28.7", _HOSTS, [("info", "2018-10-27"), ("warn", "2018-10-28")]),
    ("L30:L30.3", _HOSTS, [("info", "2018-10-27"), ("warn", "2018-10-28")]),
]  # fmt: skip


@pytest.mark.parametrize(("key", "pictures", "wanted"), VOTES, ids=[case[0] for case in VOTES])
def test_meetings_and_votes(key: str, pictures: dict[str, str], wanted: Told) -> None:
    assert told(key, pictures) == wanted


def test_a_majority_of_the_committee_is_a_hint() -> None:
    votes = _votes(_vote("2019-03-01", numbers=_TEN_FOR))["votes"].replace("members_assembly", "committee_meeting")  # fmt: skip
    assert told("L29:VOTE-4b", {"votes": votes}) == [("info", "2019-03-01")]


_LIFE = "branch_id | id | assessment_year | year_on | season_from | held_on | study_on | n_tasks"
_GRADED = "branch_id | id | person_id | year | year_on | grade | fed_back_on | handling"
_POLLS = "branch_id | id | year | year_on | held_on | graded | excellent | excellent_thrice"


def _life(year: int, held_on: str, study_on: str = "", tasks: int = 0) -> str:
    return f"{year} | {year}-01-01 | {year}-10-01 | {held_on} | {study_on} | {tasks}"


def _lives(*lines: str) -> dict[str, str]:
    return {"life_meetings": rows(_LIFE, *(f"1 | {n} | {line}" for n, line in enumerate(lines, start=1)))}  # fmt: skip


def _grades(grade: str, *years: int) -> dict[str, str]:
    return {"assessments": rows(_GRADED, *(f'1 | {y} | 100 | {y} | {y}-01-01 | {grade} | | ""' for y in years))}  # fmt: skip


_NONE = {"documents": f"{_PAPERS}\n1 | 1 | branch_duties | 2015-01-01 | "}
_CONVERTED = (
    "branch_id | person_id | stage | status | from_on | to_on\n1 | 1 | full | normal | {} | "
)

LIFE: list[Case] = [
    ("L32:L32.1", _NONE, [("warn", "2015"), *(("error", f"{y}") for y in range(2016, 2021))]),
    (  # at any time of the year, if one of the year lies in the fourth quarter or after it; nothing before the regulation
        "L32:L32.1w",
        _lives(_life(2017, "2017-05-01"), _life(2018, "2018-05-01"), _life(2019, "2019-05-01"), _life(2020, "2020-05-01"), _life(2020, "2021-01-15")),
        [("info", "2019")],
    ),
    ("L32:L32.3", _lives(_life(2018, "2018-10-27"), _life(2018, "2018-10-28"), _life(2018, "2018-10-29", "2018-10-20")), [("warn", "2018-10-27"), ("error", "2018-10-28")]),
    ("L32:L32.14", _lives(_life(2018, "2018-10-27"), _life(2018, "2018-10-28"), _life(2018, "2018-10-29", tasks=1)), [("warn", "2018-10-27"), ("error", "2018-10-28")]),
    (  # the review was held in December, the meeting in February: to be told in January is right
        "L32:LIFE-1",
        _lives(_life(2018, "2019-02-20")) | {
            "assessment_polls": f"{_POLLS}\n1 | 1 | 2018 | 2018-01-01 | 2018-12-20 | 9 | 3 | 9",
            "assessments": rows(_GRADED, "1 | 1 | 1 | 2018 | 2018-01-01 | qualified | 2018-12-20 | ", "1 | 2 | 2 | 2018 | 2018-01-01 | qualified | 2018-12-19 | "),
        },
        [("warn", "2018-12-19")],
    ),
    ("L32:L32.4", _branches(b1=1) | _grades("qualified", 2015, 2016, 2018, 2019, 2020, 2021), [("warn", "2017")]),
    (  # a third of all members, those on probation and those without a grade among them
        "L32:L32.6",
        _branches(b1=9) | {"assessment_polls": rows(_POLLS, "1 | 1 | 2017 | 2017-01-01 | 2018-03-30 | 9 | 9 | 27", "1 | 2 | 2018 | 2018-01-01 | 2018-12-20 | 6 | 3 | 9", "1 | 3 | 2019 | 2019-01-01 | 2019-12-20 | 9 | 4 | 12")},
        [("warn", "2019-12-20")],
    ),
    ("L32:L32.9", _grades("unqualified", 2018, 2019), [("warn", "2018-01-01"), ("warn", "2019-01-01")]),
    ("L32:L32.9", _grades("basically_qualified", 2018, 2019), []),
    ("L32:L32.9c", _grades("basically_qualified", 2019), [("warn", "2019-01-01")]),
    *(  # made a full member on the day of the poll, or the day after it
        ("L32:LIFE-2", {
            "assessments": rows(_GRADED, f"1 | 1 | 1 | {year} | {year}-01-01 | qualified | | ", f"1 | 2 | 1 | {year} | {year}-01-01 | none | | "),
            "assessment_polls": f"{_POLLS}\n1 | 1 | {year} | {year}-01-01 | {year + 1}-02-01 | 9 | 3 | 9",
            "stages": _CONVERTED.format(f"{year + 1}-02-0{day}"),
        }, wanted)
        for year, day, wanted in ((2018, 1, []), (2018, 2, [("error", "2018")]), (2016, 2, [("warn", "2016")]))
    ),
    ("L34:L34.2", {"rooms": "branch_id | id | available_from | closed_on\n1 | 1 | 2010-01-01 | ", "room_uses": "branch_id | id | room_id | used_on\n" + "\n".join(f"1 | {y}{q} | 1 | {y}-{q * 3:02d}-01" for y in _YEARS for q in (1, 2, 3, 4) if (y, q) != (2016, 2))}, [("info", "2016-Q2")]),
    ("L35:L35.5b", {"expenses": rows("branch_id | id | year | month | spent_on | voucher_no", "1 | 1 | 2016 | 3 | 2016-03-01 | 7", "1 | 2 | 2016 | 4 | 2016-04-01 | 7", "1 | 3 | 2016 | 4 | 2016-04-09 | 7")}, [("info", "2016-04-09")]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "pictures", "wanted"), LIFE, ids=[f"{case[0]}-{n}" for n, case in enumerate(LIFE)]
)
def test_organisation_life_premises_and_funds(
    key: str, pictures: dict[str, str], wanted: Told
) -> None:
    assert told(key, pictures) == wanted


_MINUTES = (
    "branch_id | id | kind | held_on | title | starts | place | n_present | "
    "expected_count | present_count | host_name | recorder_name | n_agenda | n_speeches | "
    "discussion | n_resolutions | has_sign_sheet | n_files"
)
_STUDY = {"meetings": f"{_MINUTES}\n" + "\n".join(f"1 | {n} | {kind} | 2016-03-0{n} | 会 | 900 | 室 | 9 | | 9 | 甲 | 乙 | 1 | 2 | 9 | 0 | 0 | 0" for n, kind in enumerate(("members_assembly", "committee_meeting"), start=1))}  # fmt: skip
_LEFT = rows("branch_id | person_id | joined_on | left_on", "1 | 1 | 2014-01-01 | 2015-01-01")
_GUEST = {"members": _LEFT, "stages": "branch_id | person_id | stage | status | from_on | to_on\n1 | 1 | full | normal | 2014-01-01 | "}  # fmt: skip

PAPERS: list[Case] = [
    # a meeting that only studied has resolved nothing, and who was expected is not among the words of the notice
    *(case for item, day in (("L28", "2016-03-01"), ("L29", "2016-03-02")) for case in (
        (f"{item}:MT.1", _STUDY, []), (f"{item}:MT.1w", _STUDY, [("warn", day)]), (f"{item}:MT.13", _STUDY, [("info", day)]),
    )),
    ("L29:L29.4b", {"agenda": "branch_id | id | meeting_id | meeting_kind | n_speakers | on\n1 | 1 | 1 | committee_meeting | 1 | 2016-03-01"}, [("info", "2016-03-01")]),
    ("L26:AF-X1", _GUEST | {"participants": "branch_id | id | activity_id | person_id | name | on\n1 | 1 | 1 | 1 | 示例 | 2016-03-01"}, [("info", "2016-03-01")]),
    ("L27:AF-X1", _GUEST | {"visitors": "branch_id | id | visit_id | person_id | name | on\n1 | 1 | 1 | 1 | 示例 | 2017-03-01"}, [("info", "2017-03-01")]),
    (  # held as an assembly, and on record as one
        "L32:L32.2c",
        _lives(_life(2016, "2016-12-20"), _life(2017, "2017-12-20")) | {"meetings": "branch_id | id | kind | held_on\n1 | 1 | members_assembly | 2016-12-20\n1 | 2 | party_lecture | 2017-12-20"},
        [("error", "2017-12-20")],
    ),
    ("L32:L32.2d", _grades("excellent", 2016), [("warn", "2016-01-01")]),
    ("L32:L32.11", {"commendations": "branch_id | id | person_id | year | year_on\n1 | 1 | 1 | 2016 | 2016-01-01"}, [("warn", "2016-01-01")]),
    (  # a fiscal receipt has no number of an invoice
        "L35:L35.3",
        {"expenses": rows("branch_id | id | spent_on | activity | voucher_no | invoice_no | handler | approver", '1 | 1 | 2016-03-01 | 学习 | 7 | "" | 甲 | 乙', '1 | 2 | 2016-03-02 | 学习 | "" | 8 | 甲 | 乙')},
        [("error", "2016-03-02")],
    ),
    ("L35:L35.3b", {"expenses": "branch_id | id | spent_on | same_hands\n1 | 1 | 2016-03-01 | 1"}, [("warn", "2016-03-01")]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "pictures", "wanted"), PAPERS, ids=[f"{case[0]}-{n}" for n, case in enumerate(PAPERS)]
)
def test_what_papers_must_hold(key: str, pictures: dict[str, str], wanted: Told) -> None:
    assert told(key, pictures) == wanted
