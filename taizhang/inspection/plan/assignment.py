"""Units to areas at the least cost, with so many to each area: successive shortest paths, exact.

Units come one by one; each takes the cheapest way to an area with room, which may lead over others:
it takes the place of one that goes to a second area, whose unit goes to a third. The cost is the
least at every step, so it is at the end.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

Costs = Sequence[Sequence[int | None]]
"""Of each unit in each area; None where it must not be."""
_Step = tuple[int, int]
"""A unit, and the area that it goes to."""


def balanced(costs: Costs, room: Sequence[int | None]) -> list[int] | None:
    """The area of each unit: sizes as even as they can be, then at the least cost; None where there
    is no way.
    """
    units, areas = len(costs), len(room)
    uneven = sorted({abs(size * areas - units) for size in range(units + 1)})
    at = partial(_at, costs, room)
    found = at(uneven[0])
    if found is not None:
        return found
    low, high = 0, len(uneven) - 1
    best = at(uneven[high])
    while best is not None and high - low > 1:
        middle = (low + high) // 2
        tried = at(uneven[middle])
        low, high, best = (middle, high, best) if tried is None else (low, middle, tried)
    return best


def _at(costs: Costs, room: Sequence[int | None], spread: int) -> list[int] | None:
    """With no area further from the mean than this (times the number of areas)."""
    units, areas = len(costs), len(room)
    least = max(0, -((spread - units) // areas))
    most = [
        (units + spread) // areas if r is None else min(r, (units + spread) // areas) for r in room
    ]
    return None if any(m < least for m in most) else assign(costs, [least] * areas, most)


def assign(costs: Costs, least: Sequence[int], most: Sequence[int]) -> list[int] | None:
    """The area of each unit, so that each area has no fewer and no more; None where there is no
    way.
    """
    held = _Held(costs, least, most)
    for unit in range(len(costs)):
        if not held.take(unit):
            return None
    if any(len(units) < n for units, n in zip(held.units, least, strict=True)):
        return None
    return [held.area[unit] for unit in range(len(costs))]


@dataclass
class _Held:
    """Where the units are that came so far."""

    costs: Costs
    least: Sequence[int]
    most: Sequence[int]
    area: dict[int, int] = field(default_factory=dict)
    units: list[set[int]] = field(default_factory=list)
    moves: list[list[tuple[int, int] | None]] = field(default_factory=list)
    """From area to area: what the cheapest move of a unit costs, and which unit it is."""

    def __post_init__(self) -> None:
        self.units = [set() for _ in self.most]
        self.moves = [[None for _ in self.most] for _ in self.most]
        known = [abs(cost) for row in self.costs for cost in row if cost is not None]
        self._wanted = 1 + 2 * (max(known, default=0) + 1) * (len(self.costs) + 1)
        """More than all costs together: an area below its least is served first."""

    def take(self, unit: int) -> bool:
        """One more unit; no when every way ends at full areas."""
        dear = {a: cost for a, cost in enumerate(self.costs[unit]) if cost is not None}
        came: dict[int, tuple[int, int]] = {}
        waiting = deque(dear)
        while waiting:
            here = waiting.popleft()
            for there, move in enumerate(self.moves[here]):
                if move is not None and dear[here] + move[0] < dear.get(there, 1 << 60):
                    dear[there] = dear[here] + move[0]
                    came[there] = (here, move[1])
                    waiting.append(there)
        ends = [
            (cost - self._wanted * (len(self.units[a]) < self.least[a]), a)
            for a, cost in dear.items()
            if len(self.units[a]) < self.most[a]
        ]
        if ends:
            self._go(unit, min(ends)[1], came)
        return bool(ends)

    def _go(self, unit: int, end: int, came: dict[int, tuple[int, int]]) -> None:
        steps: list[_Step] = []
        touched = {end}
        while end in came:
            before, moved = came.pop(end)
            steps.append((moved, end))
            end = before
            touched.add(end)
        steps.append((unit, end))
        for moved, there in steps:
            if moved in self.area:
                self.units[self.area[moved]].discard(moved)
            self.area[moved] = there
            self.units[there].add(moved)
        for area in touched:
            self.moves[area] = [self._cheapest(area, there) for there in range(len(self.most))]

    def _cheapest(self, here: int, there: int) -> tuple[int, int] | None:
        if here == there:
            return None
        return min(
            (
                (cost - (self.costs[unit][here] or 0), unit)
                for unit in self.units[here]
                if (cost := self.costs[unit][there]) is not None
            ),
            default=None,
        )
