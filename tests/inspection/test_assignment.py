"""Units to areas: held against trying every way there is."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from taizhang.inspection.plan import assignment

AREAS = st.integers(1, 3)


def _every_way(costs: list[list[int | None]], room: list[int | None]) -> tuple[int, int] | None:
    """How even and how cheap the best of all ways is."""
    units, areas = len(costs), len(room)
    best: tuple[int, int] | None = None
    for way in product(range(areas), repeat=units):
        sizes = [way.count(area) for area in range(areas)]
        if any(r is not None and size > r for size, r in zip(sizes, room, strict=True)):
            continue
        taken = [costs[unit][area] for unit, area in enumerate(way)]
        if None in taken:
            continue
        told = max(abs(size * areas - units) for size in sizes), sum(c or 0 for c in taken)
        best = told if best is None else min(best, told)
    return best


@given(st.data())
def test_no_other_way_is_more_even_or_cheaper(data: st.DataObject) -> None:
    areas, units = data.draw(AREAS), data.draw(st.integers(1, 6))
    cost = st.one_of(st.none(), st.integers(0, 4))
    costs = data.draw(
        st.lists(st.lists(cost, min_size=areas, max_size=areas), min_size=units, max_size=units)
    )
    room = data.draw(
        st.lists(st.one_of(st.none(), st.integers(0, 6)), min_size=areas, max_size=areas)
    )

    found = assignment.balanced(costs, room)

    best = _every_way(costs, room)
    assert (found is None) == (best is None)
    if found is not None:
        sizes = [found.count(area) for area in range(areas)]
        spent = [costs[unit][area] for unit, area in enumerate(found)]
        assert None not in spent
        assert all(r is None or size <= r for size, r in zip(sizes, room, strict=True))
        assert (
            max(abs(size * areas - units) for size in sizes),
            sum(c or 0 for c in spent),
        ) == best


def test_four_hundred_units_are_shared_out_evenly() -> None:
    costs = [[(unit * 7 + area * 3) % 4 for area in range(40)] for unit in range(400)]

    found = assignment.balanced(costs, [10] * 40)

    assert found is not None
    assert [found.count(area) for area in range(40)] == [10] * 40
    assert sum(costs[unit][area] for unit, area in enumerate(found)) == 0
