"""Days, windows and amounts as official papers write them (GB/T 9704, DOMAIN 8): here and nowhere
else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from taizhang.kernel.calendar import grain_of, in_words, runs


def day(on: dt.date) -> str:
    """`2018年10月19日`, no leading zeros."""
    return f"{on.year}年{on.month}月{on.day}日"


def window(label: str) -> str:
    """A window or a day by its label: `2018-Q3` is `2018年第三季度`, `2018-10-19` is `2018年10月19日`."""
    told = in_words(label)
    return told.replace("年", "年第", 1) if grain_of(label) == "quarter" else told


def money(fen: int) -> str:
    """An amount without its unit: `10890`, with fen `10890.50`."""
    return f"{fen // 100}.{fen % 100:02d}" if fen % 100 else f"{fen // 100}"


def windows(labels: Iterable[str]) -> str:
    """Windows of one length, each told; what follows one another is a stretch:
    `2016年3月、5月至8月，2017年1月`.
    """
    told, at = "", ""
    for run in runs(sorted(labels)):
        for part in [[run[0], run[-1]]] if len(run) >= _STRETCH else [[label] for label in run]:
            said = "至".join([_after(at, part[0]), *(_after(part[0], last) for last in part[1:])])
            same = at[:4] == part[0][:4] or len(part[0]) == _YEAR
            told += f"{'、' if same else '，'}{said}" if told else said
            at = part[-1]
    return told


_STRETCH = 3
"""So many that follow one another are told by the first and the last."""
_YEAR = 4


def _after(first: str, last: str) -> str:
    """A window after another, without the year that was said."""
    told = window(last)
    return (
        told.removeprefix(f"{first[:4]}年") if last[:4] == first[:4] and len(last) > _YEAR else told
    )
