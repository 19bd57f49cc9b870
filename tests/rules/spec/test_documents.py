"""Rule documents: a version at all times, and when a new branch must have it (PD of DOMAIN 3.0)."""

from __future__ import annotations

from datetime import date

import pytest

from taizhang.catalogue import load
from taizhang.rules.base import Period
from tests.rules.conftest import Found

RULES = {rule.id: rule for rule in load.named("tianning-2018").rules()}
PERIOD = Period(date(2015, 1, 1), date(2018, 12, 31), date(2016, 12, 31))
FOUNDED = "branch_id | founded_on\n1 | 2016-03-01"


def _versions(*rows: str) -> str:
    head = "branch_id | id | kind | effective_from | superseded_on"
    return "\n".join([head, *(f"1 | {n} | talk_rules | {row}" for n, row in enumerate(rows, 1))])


def _gaps(found: Found, rule: str, tables: dict[str, str]) -> list[tuple[str, str]]:
    rows = found(RULES[rule], tables, PERIOD, full=True)
    return [(row.window, row.detail) for row in rows]


def test_a_gap_is_told_with_both_ends(found: Found) -> None:
    """没有有效版本的时间，起止两端都写明；至今没有的，写到督查当日。"""
    documents = _versions(
        "2014-01-01 | 2015-06-01", "2015-06-15 | 2016-02-01", "2016-02-01 | 2016-09-01"
    )
    assert _gaps(found, "L12:PD.2", {"documents": documents}) == [
        ("2015-06-01", "2015-06-14"),
        ("2016-09-01", "2016-12-31"),
    ]


def test_a_new_branch_has_ninety_days(found: Found) -> None:
    """新成立的支部九十天内定出制度的，不算空档；第九十天还没有的算。"""
    tables = {"branches": FOUNDED}
    early = tables | {"documents": _versions("2016-05-30 | ")}
    late = tables | {"documents": _versions("2016-05-31 | ")}

    assert _gaps(found, "L12:PD.2", early) == []
    assert _gaps(found, "L12:PD.2", late) == [("2016-05-30", "2016-05-30")]


def test_a_branch_founded_just_now_is_not_asked_for_documents(found: Found) -> None:
    """督查当日成立不满九十天的支部，不问现行制度。"""
    rule = RULES["L12:PD.1"]
    tables = {"branches": FOUNDED}
    days = (date(2016, 5, 29), date(2016, 5, 30))
    periods = [Period(date(2015, 1, 1), date(2018, 12, 31), day) for day in days]

    assert [found(rule, tables, period) for period in periods] == [[], [(1, "2016-05-30", 0, 1)]]


HEAD = "branch_id | id | kind | effective_from | superseded_on | text_mark"


@pytest.mark.parametrize(
    ("ends", "told"), [("", ["2016-09-01"]), ("2016-09-02", ["2016-09-01"]), ("2016-09-01", [])]
)
def test_a_new_version_ends_the_old_one(found: Found, ends: str, told: list[str]) -> None:
    """新版施行之日旧版没有废止的，两个版本同时有效，在后来的版本上指出；当日废止的不算。"""
    documents = (
        f"{HEAD}\n1 | 1 | talk_rules | 2014-01-01 | {ends} | a\n1 | 2 | talk_rules | "
        "2016-09-01 | | b"
    )
    rows = found(RULES["L12:PD.10"], {"documents": documents}, PERIOD, full=True)

    assert [row.window for row in rows] == told
    assert [row.subject for row in rows] == [2] * len(told)


def test_two_rules_are_not_one_text(found: Found) -> None:
    """不同制度的正文一字不差的，在后登记的那份上指出；同一制度的两个版本、没有正文的不比。"""
    documents = "\n".join([
        HEAD,
        "1 | 1 | talk_rules     | 2014-01-01 | 2015-06-01 | a",
        "1 | 2 | talk_rules     | 2015-06-01 |            | a",
        "1 | 3 | openness_rules | 2015-06-01 |            | a",
        "1 | 4 | election_rules | 2015-06-01 |            | b",
        "1 | 5 | site_rules     | 2015-06-01 |            |  ",
        "1 | 6 | dues_rules     | 2015-06-01 |            |  ",
    ])  # fmt: skip
    told = {
        rule: [
            (row.subject, row.other)
            for row in found(RULES[rule], {"documents": documents}, PERIOD, full=True)
        ]
        for rule in ("L12:PD.11", "L13:PD.11", "L11:PD.11", "L06:PD.11")
    }
    assert told == {"L12:PD.11": [], "L13:PD.11": [(3, 1)], "L11:PD.11": [], "L06:PD.11": []}
