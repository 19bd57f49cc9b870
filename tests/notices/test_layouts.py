"""Notices in layouts that others choose: what is read is what a reader takes from them, and nothing
besides.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from taizhang.kernel.errors import BadInput
from taizhang.notices import read
from tests.notices.away_hands import NEAR
from tests.notices.far_hands import FAR
from tests.notices.fourth_hands import FOURTH
from tests.notices.further_hands import FURTHER_HANDS
from tests.notices.last_hands import LAST_HANDS
from tests.notices.layouts import LAYOUTS, Layout, Truth
from tests.notices.more_hands import MORE_HANDS
from tests.notices.other_hands import OTHER_HANDS
from tests.notices.third_hands import THIRD

_LATER = {"until"}


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every written value of a document with its path; what is absent is no value."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from leaves(one, f"{path}.{name}".strip("."))
    elif isinstance(value, list):
        for at, one in enumerate(value):
            yield from leaves(one, f"{path}.{at}")
    elif value not in (None, "") and path.rsplit(".", 1)[-1] not in _LATER:
        yield path, value


def compared(data: bytes, truth: Truth) -> tuple[int, list[str], list[str]]:
    """(fields right, wrong or missing, invented) for the fields that the truth speaks of."""
    found = read.notice(data).model_dump(mode="json", by_alias=True)
    got = dict(leaves({name: found[name] for name in truth}))
    want = dict(leaves(truth))
    wrong = [f"{p}: {got.get(p)!r}, not {v!r}" for p, v in want.items() if got.get(p) != v]
    return len(want) - len(wrong), wrong, [f"{p}: {got[p]!r}" for p in got if p not in want]


_ALL = LAYOUTS | OTHER_HANDS | MORE_HANDS | FURTHER_HANDS | LAST_HANDS | NEAR | FAR | THIRD | FOURTH


@pytest.mark.parametrize("layout", _ALL.values(), ids=_ALL)
def test_what_is_read_is_what_is_written(layout: Layout) -> None:
    make, truth = layout
    right, wrong, invented = compared(make(), truth)
    assert (wrong, invented) == ([], [])
    assert right


def test_what_is_too_long_for_a_notice_is_refused_and_a_long_list_is_told() -> None:
    head = "关于督查的通知\n各支部：\n一、分组\n第一组：组长：王五，督查单位："
    with pytest.raises(BadInput, match="不像是一份通知"):
        read.notice((head + "甲小、" * 100_000).encode())
    found = read.notice((head + "甲小、" * 1_500 + "\n").encode())
    assert "not_read" in {w.code for w in found.warnings}
