"""How an outcome is told: its word, its mark in a cell, its colour. What was not judged is none of
the six.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from taizhang.checks.models import Outcome, Verdict

WARNED = "warned"
"""齐全 with a warning that nobody set aside: told apart wherever 齐全 is told."""
LABELS = (
    *((str(code), str(label)) for code, label in Outcome.choices[:5]),
    (WARNED, "齐全（有提醒）"),
    *((str(code), str(label)) for code, label in Outcome.choices[5:]),
)
_FIRST = (
    Outcome.MISSING,
    Outcome.DEFECTIVE,
    Outcome.TO_JUDGE,
    Outcome.UNCHECKED,
    WARNED,
    Outcome.OK,
)
"""What is told first; what asks for nothing comes last."""
_MARKS = {
    Outcome.MISSING: "缺", Outcome.TO_JUDGE: "？", Outcome.NOT_APPLICABLE: "—", Outcome.NOT_DUE: "·",
    Outcome.UNCHECKED: "未", WARNED: "提",
}  # fmt: skip
_TONES = {
    Outcome.MISSING: "none", Outcome.TO_JUDGE: "judge", Outcome.NOT_APPLICABLE: "na", Outcome.UNCHECKED: "judge",
    WARNED: "warned",
}  # fmt: skip


def told_as(outcome: str, warns: int) -> str:
    """The outcome, where 齐全 with warnings is one of its own."""
    return WARNED if outcome == Outcome.OK and warns else outcome


def word(outcome: str, warns: int) -> str:
    """`齐全（有提醒2）`."""
    told = told_as(outcome, warns)
    return f"齐全（有提醒{warns}）" if told == WARNED else str(Outcome(told).label)


@dataclass(frozen=True)
class Cell:
    """One item of one branch."""

    item: str
    outcome: str
    errors: int = 0
    warns: int = 0

    @cached_property
    def told(self) -> str:
        """The outcome, where 齐全 with warnings is one of its own."""
        return told_as(self.outcome, self.warns)

    @cached_property
    def tone(self) -> str:
        """The colour: done stays white."""
        if self.outcome == Outcome.DEFECTIVE:
            return "two" if self.errors > 2 else "one"
        return _TONES.get(self.told, "done")

    @property
    def mark(self) -> str:
        """What stands in the cell of the heat map."""
        return str(self.errors) if self.outcome == Outcome.DEFECTIVE else _MARKS.get(self.told, "")

    @property
    def word(self) -> str:
        """What it is called."""
        return word(self.outcome, self.warns)


def cell_of(item: str, verdict: Verdict | None) -> Cell:
    """The cell of a verdict that holds; without one the item is 未核对."""
    if verdict is None:
        return Cell(item, Outcome.UNCHECKED)
    return Cell(item, verdict.outcome, verdict.errors, verdict.warns)


def counted(cells: Iterable[Cell]) -> list[tuple[str, str, int]]:
    """How many there are of each: (code, label, number); 未核对 only where there is any. They add up
    to the items.
    """
    tally = Counter(cell.told for cell in cells)
    return [
        (code, label, tally[code])
        for code, label in LABELS
        if code != Outcome.UNCHECKED or tally[code]
    ]


def worst_first(cells: Iterable[Cell]) -> list[tuple[str, str, int]]:
    """The same without what there is none of, the worst first."""
    order = [str(code) for code in _FIRST]
    known = [one for one in counted(cells) if one[2]]
    return sorted(known, key=lambda one: order.index(one[0]) if one[0] in order else len(order))
