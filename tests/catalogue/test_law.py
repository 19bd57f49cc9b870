"""A rule asks no more than its source: from the day on which it held, of whom it holds, with its number and its gravity."""

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


def told(key: str, pictures: dict[str, str], on: date = SPAN[1]) -> Told:
    """The gravity and the window of all that the variants of a rule say; both engines say the same."""
    tables, period, found = drawn(pictures), Period(*SPAN, on), []
    for rule in RULES[key]:
        said = by_reference(rule, tables, period)
        assert by_duckdb(rule, tables, period) == said
        found += [(rule.severity, one.window) for one in said if one.certain]
    return sorted(found, key=lambda one: (one[1], one[0]))


def _rows(head: str, *rows: str) -> str:
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
        "members": _rows("branch_id | person_id | joined_on | left_on", *(m for m, _ in both)),
        "stages": _rows(
            "branch_id | person_id | stage | status | from_on | to_on", *(s for _, s in both)
        ),
    }


_POSTS = "branch_id | id | person_id | post | from_on | to_on"
_BEFORE, _DAY = date(2018, 10, 27), date(2018, 10, 28)
_UNITS = _rows("branch_id | unit_id", *(f"1 | {n}" for n in range(6)))
_EIGHT = _rows(_POSTS, *(f"1 | {n} | 1{n:02d} | youth | 2016-01-01 | " for n in range(8)))


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


_ELECTIONS = "branch_id | id | kind | held_on | seats | seats_parity | n_candidates | least_candidates | report_length | request_no | reply_no"
_TERMS = "branch_id | id | started_on | ended_on | extended_to"
_SECTIONS = "branch_id | id | document_id | doc_kind | post | superseded_on"
_PAPERS = "branch_id | id | kind | effective_from | superseded_on"
_SAID = "branch_id | source | source_id | code | words | on"
_DUTIES = {"documents": f"{_PAPERS}\n1 | 1 | member_duties | 2016-01-01 | ", "terms": f"{_TERMS}\n1 | 1 | 2016-01-01 | | "}  # fmt: skip
_ORGANISED = f"{_SECTIONS}\n1 | 1 | 1 | member_duties | organisation | "
_FREQUENCY = {
    "documents": _rows(_PAPERS, *(f"{n} | {n} | three_meetings_rules | 2016-01-01 | " for n in (1, 2, 3))),
    "terms": f"{_TERMS}\n1 | 1 | 2015-01-01 | | ", "groups": "branch_id | id | valid_from | valid_to\n2 | 1 | 2015-01-01 | ",
    "phrases": _rows(_SAID, *(f"{n} | documents | {n} | freq:{what} | | 2016-01-01" for n in (1, 2, 3) for what in ("assembly", "lecture"))),
}  # fmt: skip
_TERM = {
    "documents": _rows(_PAPERS, "1 | 1 | election_rules | 2017-10-23 | ", "2 | 2 | election_rules | 2017-10-24 | ", "3 | 3 | election_rules | 2017-10-24 | "),
    "phrases": _rows(_SAID, "1 | documents | 1 | election:term_2012 | | 2017-10-23", "2 | documents | 2 | election:term_2012 | | 2017-10-24", "3 | documents | 3 | election:term | | 2017-10-24"),
}  # fmt: skip
_COMMITTEE = _rows(_POSTS, *(f"1 | {n} | {n} | youth | 2014-01-01 | " for n in (1, 2, 3)), "2 | 9 | 9 | secretary | 2014-01-01 | ")  # fmt: skip
_TALKS = _rows(
    "branch_id | id | person_id | other_id | year | on | relation",
    *(f"1 | {y}{a}{b} | {a} | {b} | {y} | {y}-06-01 | within_committee" for y in (2015, 2016, 2017, 2020, 2021) for a, b in ((1, 2), (2, 1), (2, 3), (3, 2))),
    *(f"1 | {y}{a}{b} | {a} | {b} | {y} | {y}-06-01 | within_committee" for y in (2018, 2019) for a, b in ((1, 2), (2, 1))),
)  # fmt: skip

ORGANISATION: list[Case] = [
    ("L03:L03.1", _DUTIES | {"sections": _SECTIONS}, [("warn", "2016-01-01")]),  # 一般至少应包含
    ("L03:L03.1b", _DUTIES | {"sections": _ORGANISED}, [("warn", "2016-01-01")]),
    (  # branch 1 has a commissioner for discipline now, branch 2 had one until last year
        "L03:L03.2",
        {"posts": f"{_POSTS}\n1 | 1 | 1 | discipline | 2016-01-01 | \n2 | 2 | 2 | discipline | 2016-01-01 | 2020-12-31",
         "sections": _rows(_SECTIONS, "1 | 1 | 1 | member_duties | organisation | ", "2 | 2 | 2 | member_duties | organisation | ")},
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
        {"terms": _rows(_TERMS, "1 | 1 | 2017-10-24 | | 2023-10-24", "2 | 2 | 2017-10-24 | | 2023-10-25", "3 | 3 | 2017-10-23 | | 2021-10-23", "4 | 4 | 2017-10-23 | | 2021-10-24")},
        [("warn", "2017-10-23"), ("warn", "2017-10-24")],
    ),
    ("L15:L15.2w", {"terms": f"{_TERMS}\n1 | 1 | 2019-03-01 | | "}, [("info", "2019-03-01")]),
    ("L15:L15.2y", {"terms": f"{_TERMS}\n1 | 1 | 2019-01-01 | 2020-12-31 | "}, [("warn", "2019-01-01")]),
    (  # no committee before the first could report
        "L15:L15.5",
        {"elections": _rows(_ELECTIONS, "1 | 1 | first | 2016-01-01 | 3 | 1 | 4 | 4 | 0 | a | b", "1 | 2 | reelection | 2019-01-01 | 3 | 1 | 4 | 4 | 0 | a | b")},
        [("error", "2019-01-01")],
    ),
    (
        "L15:L15.5n",
        {"elections": _rows(_ELECTIONS, "1 | 1 | first | 2016-01-01 | 3 | 1 | 4 | 4 | 0 | a | b", '2 | 2 | first | 2016-02-01 | 3 | 1 | 4 | 4 | 0 | a | ""')},
        [("error", "2016-02-01")],
    ),
    (  # where a secretary (and a deputy) alone are elected there are as many candidates as seats
        "L15:L15.10",
        {"elections": _rows(_ELECTIONS, *(f"{n} | {n} | reelection | 2016-01-0{n} | {n} | {n % 2} | {n} | {(n * 12 + 9) // 10} | 9 | a | b" for n in (1, 2, 3)))},
        [("warn", "2016-01-03")],
    ),
    (
        "L15:L15.13b",
        {"elections": _rows(_ELECTIONS, *(f"{n} | {n} | reelection | 2016-01-0{n} | {n} | {n % 2} | {n} | 5 | 9 | a | b" for n in (2, 3, 4)))},
        [("info", "2016-01-04")],
    ),
    (
        "L15:L15.13",
        {"elections": _rows(_ELECTIONS, *(f"{n} | {n} | reelection | {day} | {seats} | 1 | 12 | 11 | 9 | a | b" for n, day, seats in ((1, "2018-10-27", 9), (2, "2018-10-28", 9), (3, "2018-10-28", 7))))},
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
