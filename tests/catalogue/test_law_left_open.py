"""What sources leave open is no error: how grave a rule is where nobody wrote the number that it
asks for.
"""

from __future__ import annotations

import pytest

from taizhang.catalogue import load
from tests.catalogue.test_law import (
    POSTS,
    ROSTER,
    RULES,
    Case,
    Told,
    engine,
    rows,
    told,
)

__all__ = ["engine"]

_LOST = "branch_id | id | person_id | registered_on | until | status"
_TRIED = {
    "lost_members": rows(_LOST, "1 | 1 | 1 | 2016-01-01 | 9999-12-31 | searching", "1 | 2 | 2 | 2016-02-01 | 9999-12-31 | searching"),
    "search_attempts": rows("branch_id | id | lost_id | way", *(f"1 | {n} | 1 | {way}" for n, way in enumerate(("papers", "calls", "visits", "offices"))), *(f"1 | {n + 9} | 2 | {way}" for n, way in enumerate(("papers", "calls", "visits", "offices", "calls")))),
}  # fmt: skip
_BOARD = {
    "meetings": "branch_id | id | kind | held_on\n1 | 1 | org_life_meeting | 2016-12-20\n1 | 2 | org_life_meeting | 2018-12-20\n2 | 3 | org_life_meeting | 2018-12-20",
    "posts": rows(POSTS, "1 | 1 | 1 | secretary | 2014-01-01 | ", "1 | 2 | 2 | publicity | 2014-01-01 | ", "2 | 3 | 3 | secretary | 2014-01-01 | "),
    "talks": "branch_id | id\n1 | 1\n2 | 2", "talk_pairs": "branch_id | id | person_id | on\n1 | 1 | 1 | 2016-12-01\n1 | 2 | 1 | 2018-12-01",
}  # fmt: skip
_STEPS = (
    "branch_id | id | s8 | s10 | s11 | s13\n1 | 1 | 2016-03-10 | 2016-03-09 | 2016-05-01 | "
    "2016-04-01"
)

MILDER: list[Case] = [
    # five ways are asked, which they are nobody wrote: fewer than five searches cannot be five ways
    ("L23:L23.2", _TRIED, [("error", "2016-01-01")]),
    ("L23:L23.2e", _TRIED, [("warn", "2016-01-01"), ("warn", "2016-02-01")]),
    ("L12:L12.2", _BOARD, [("info", "2016-12-20"), ("warn", "2018-12-20")]),  # a secretary alone has nobody to talk with
    ("L17:DEV-7", {"cases": _STEPS}, [("warn", "2016-03-09")]),
    ("L17:DEV-7d", {"cases": _STEPS}, [("warn", "2016-04-01")]),
    ("L15:L15.11b", ROSTER | {"scrutineers": "branch_id | id | election_id | person_id | name | on\n1 | 1 | 7 | 3 | 示例 | 2016-06-01"}, [("warn", "2016-06-01")]),
    ("L16:L16.3b", {"divisions": "branch_id | id | decided_on\n1 | 1 | 2016-01-01", "meetings": "branch_id | id | kind | held_on\n1 | 1 | committee_meeting | 2016-01-01"}, [("warn", "2016-01-01")]),
    ("L27:L27.1w", {"visits": "branch_id | id | held_on\n1 | 1 | 2017-02-28\n1 | 2 | 2017-03-01"}, [("info", "2017-02-28")]),
]  # fmt: skip


@pytest.mark.parametrize(("key", "pictures", "wanted"), MILDER, ids=[case[0] for case in MILDER])
def test_what_sources_leave_open_is_no_error(
    key: str, pictures: dict[str, str], wanted: Told
) -> None:
    assert told(key, pictures) == wanted


def test_a_sentence_makes_no_more_of_a_source_than_there_is() -> None:
    assert "超过1000元的由党员自愿" in RULES["L25:DUES-6"][0].says
    assert "离退休" not in RULES["L25:DUES-10"][0].says
    asked = {ask.id: ask.says for item in load.named("tianning-2018").items for ask in item.ask}
    assert "津贴补贴、绩效工资计入" in asked["DUES-5"]
    assert "有一项即是" in asked["REL-5"]
