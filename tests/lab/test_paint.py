"""Two sites are opened in turns, what is loaded first counts for nothing, and the ratio of the
medians is told.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lab.bench import paint


def test_sites_take_turns_and_the_first_load_counts_for_nothing() -> None:
    asked: list[str] = []

    def side(name: str, took: list[float]) -> Callable[[], list[float]]:
        def load() -> list[float]:
            asked.append(name)
            return [took.pop(0), 10.0, 2000.0]

        return load

    new, old = paint._in_turns([side("n", [900, 1, 2, 3]), side("o", [900, 4, 5, 6])], 3)

    assert asked == ["o", "n", "n", "o", "o", "n", "n", "o"]
    assert [took[0] for took in new] == [1, 2, 3]
    line = paint._told("总览 1440", new, old)
    assert line["ratio"] == {"paint": pytest.approx(0.4), "load": 1.0}
    assert line["value"].startswith("paint 0.40（2÷5 ms）")
