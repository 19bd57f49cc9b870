"""A rule that lacks a ledger cannot tell, but only of a branch of which it asks something."""

from __future__ import annotations

from datetime import date

import pytest

from taizhang.catalogue import load
from taizhang.rules.base import Period
from tests.rules.conftest import Found

RULES = {rule.id: rule for rule in load.named("tianning-2018").rules()}
PERIOD = Period(date(2016, 1, 1), date(2018, 12, 31), date(2018, 12, 31))
SECRETARY = "1 | 1 | secretary | 2016-01-01 |"
DISCIPLINE = "1 | 2 | discipline | 2016-01-01 |"
DUTIES = "branch_id | id | document_id | doc_kind | post\n1 | 1 | 1 | member_duties | discipline"


def _posts(*rows: str) -> dict[str, str]:
    return {"posts": "\n".join(["branch_id | person_id | post | from_on | to_on", *rows])}


@pytest.mark.parametrize(
    ("posts", "sections", "lacks"),
    [
        ((SECRETARY,), {}, []),
        ((SECRETARY, DISCIPLINE), {}, ["sections"]),
        ((SECRETARY, DISCIPLINE), {"sections": DUTIES}, []),
        ((), {"sections": DUTIES}, ["posts"]),
    ],
)
def test_without_a_discipline_member_nobody_asks_for_his_duties(
    found: Found, posts: tuple[str, ...], sections: dict[str, str], lacks: list[str]
) -> None:
    """没设纪检委员的支部不问其职责；设了而未登记各委员职责、或没有登记任职的，无法判断。"""
    rows = found(RULES["L03:L03.2"], _posts(*posts) | sections, PERIOD, full=True)
    assert [(row.detail, row.certain) for row in rows] == [(table, 0) for table in lacks]


MEETINGS = "branch_id | id | kind | held_on | host_id"
KIN = [
    ("L30:L30.3", "meetings", f"{MEETINGS}\n1 | 1 | {{}} | 2018-03-01 | 1", "committee_meeting", "group_meeting"),
    ("L29:L29.2", "attendance", "branch_id | meeting_id | meeting_kind | state | person_id | on\n1 | 1 | {} | present | 1 | 2018-03-01",
     "group_meeting", "committee_meeting"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "table", "picture", "other", "asked"), KIN)
def test_what_is_not_asked_lacks_nothing(
    found: Found, rule: str, table: str, picture: str, other: str, asked: str
) -> None:
    """没有这类会议的，缺别的台账也不说无法判断；有这类会议的才说。"""
    of_none = found(RULES[rule], {table: picture.format(other)}, PERIOD, full=True)
    of_one = found(RULES[rule], {table: picture.format(asked)}, PERIOD, full=True)

    assert of_none == []
    assert [(row.window, row.certain) for row in of_one] == [("", 0)]


def test_without_a_roster_nobody_can_say_what_is_due(found: Found) -> None:
    """花名册一人也没有，党费该谁交无从说起：无法判断，而不是没有问题。"""
    tables = {"branches": "branch_id | founded_on\n1 | 2010-01-01"}
    rows = found(RULES["L25:L25.2"], tables, PERIOD, full=True)
    assert [(row.detail, row.certain) for row in rows] == [("members", 0)]
