"""Nobody is in two places at once: of whom, of which meetings, and under which item it is told
(MT.7).
"""

from __future__ import annotations

import pytest

from taizhang.catalogue import load
from tests.rules.conftest import Found

RULES = {rule.id: rule for rule in load.named("tianning-2018").rules()}
HEAD = (
    "branch_id | meeting_id | meeting_kind | state | person_id | name | on | starts | ends | place"
)


def _came(*rows: str) -> dict[str, str]:
    return {"attendance": "\n".join([HEAD, *rows])}


def _told(found: Found, item: str, tables: dict[str, str]) -> list[tuple[int, int, int, str]]:
    rows = found(RULES[f"{item}:MT.7"], tables, full=True)
    return [(row.subject, row.other, row.found, row.detail) for row in rows]


COMMITTEE = "1 | 7 | committee_meeting | present | 1 | 甲 | 2016-03-08 | 900 | 960 | 会议室"


def test_each_item_hears_of_its_own_meeting(found: Found) -> None:
    """一人同时在支委会和党小组会上，两项各说各的会议，都写明是谁、另一场是哪一场。"""
    came = _came(
        COMMITTEE, "1 | 5 | group_meeting | present | 1 | 甲 | 2016-03-08 | 930 | 990 | 会议室"
    )
    assert _told(found, "L29", came) == [(7, 5, 1, "甲")]
    assert _told(found, "L30", came) == [(5, 7, 1, "甲")]
    assert _told(found, "L28", came) == []


def test_two_meetings_of_one_kind_are_told_once(found: Found) -> None:
    """两场都是支委会的只说一次；几个人都在的，写明其中一人和人数。"""
    second = "1 | 9 | committee_meeting | present | {} | 2016-03-08 | 930 | 990 | 会议室"
    first = COMMITTEE.replace("| 1 | 甲 |", "| 2 | 乙 |")
    came = _came(COMMITTEE, first, second.format("1 | 甲"), second.format("2 | 乙"))
    assert _told(found, "L29", came) == [(7, 9, 2, "乙等2人")]


@pytest.mark.parametrize("key", [5, 9])
def test_meetings_that_only_touch_are_one_after_the_other(found: Found, key: int) -> None:
    """一场结束时另一场在同一地点开始的，不算同时，先登记哪一场都一样；早一分钟开始的算。"""
    at_end = f"1 | {key} | group_meeting | present | 1 | 甲 | 2016-03-08 | 960 | 990 | 会议室"
    before = at_end.replace("960", "959")

    assert _told(found, "L30", _came(COMMITTEE, at_end)) == []
    assert _told(found, "L30", _came(COMMITTEE, before)) == [(key, 7, 1, "甲")]


@pytest.mark.parametrize("key", [5, 9])
def test_half_an_hour_from_one_place_to_another(found: Found, key: int) -> None:
    """换地方开会，中间至少要有三十分钟。"""
    row = f"1 | {key} | group_meeting | present | 1 | 甲 | 2016-03-08 | {{}} | 1050 | 图书馆"

    assert _told(found, "L30", _came(COMMITTEE, row.format(990))) == []
    assert _told(found, "L30", _came(COMMITTEE, row.format(989))) == [(key, 7, 1, "甲")]
