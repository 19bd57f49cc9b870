"""What two branches say that they held jointly may have one text in both ledgers."""

from __future__ import annotations

import pytest

from taizhang.rules.kinds.similar_text import SimilarText
from tests.rules.conftest import Found

SAME = {f"s{at}": 1 for at in range(32)} | {f"b{at}": 1 for at in range(8)}
SAME |= {"like_low": 1, "like_high": 1}
RULE = SimilarText(id="X", severity="warn", finding="雷同", across=True, at_least=85, length=60)


@pytest.mark.parametrize(
    ("one", "two", "told"),
    [
        ("2016-03-01 | 1", "2016-03-01 | 1", []),
        ("2016-03-01 | 1", "2016-03-02 | 1", [1, 2]),
        ("2016-03-01 | 1", "2016-03-01 | 0", [1, 2]),
        ("2016-03-01 | 0", "2016-03-01 | 1", [1, 2]),
        ("2016-03-01 |  ", "2016-03-01 |  ", [1, 2]),
    ],
)
def test_a_joint_lecture_is_no_copy(found: Found, one: str, two: str, told: list[int]) -> None:
    """两个支部的记录都写明联合开展、又是同一天的，文字相同不算照抄；只有一方写明、或不是同一天的仍提出。"""
    head = "branch_id | source | source_id | about | on | joint | length | " + " | ".join(SAME)
    marks = " | ".join(map(str, SAME.values()))
    rows = [f"{n} | meetings | {n} | d | {day} | 200 | {marks}" for n, day in ((1, one), (2, two))]

    said = found(RULE, {"texts": "\n".join([head, *rows])})

    assert [branch for branch, *_ in said] == told
