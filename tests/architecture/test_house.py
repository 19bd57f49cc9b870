"""The picture of the house is drawn from the imports as they are."""

from __future__ import annotations

import os

from lab import house


def test_the_picture_of_the_house_is_true() -> None:
    drawn = house.drawn()
    if os.environ.get("TAIZHANG_ACCEPT"):
        house.PICTURE.write_text(drawn, "utf-8")
    assert house.PICTURE.read_text("utf-8") == drawn, "run make accept"


def test_every_package_stands_above_what_it_imports() -> None:
    graph = house.imports()
    floor_of = {name: at for at, floor in enumerate(house.floors(graph)) for name in floor}

    assert floor_of["kernel"] == max(floor_of.values())
    assert all(floor_of[one] < floor_of[two] for one, others in graph.items() for two in others)


def test_only_arrows_that_no_other_way_says_are_drawn() -> None:
    graph = {"top": {"middle", "ground"}, "middle": {"ground"}, "ground": set[str]()}
    assert house.reduced(graph) == {"top": {"middle"}, "middle": {"ground"}, "ground": set()}
