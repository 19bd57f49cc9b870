"""Draws the house from the graph of its imports: `make accept` renews docs/house.svg.

A box is a package of `taizhang` with its sub-packages; below it stands what it imports. Of the
arrows only those are drawn that no other way says (the transitive reduction), so that the picture
can be read.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from xml.sax.saxutils import escape

import grimp

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "house.svg"
WIDTH, BOX, LINE, GAP, IN_A_LINE = 980, 215, 18, 46, 3
Graph = dict[str, set[str]]
Place = tuple[int, int, int, list[str]]
"""Left, top, height, and the lines of small print."""


def imports() -> Graph:
    """Package → the packages that it imports."""
    graph = grimp.build_graph("taizhang", "lab", cache_dir=None)
    found: Graph = {_package(module): set() for module in graph.modules if _package(module)}
    for module in graph.modules:
        for other in graph.find_modules_directly_imported_by(module):
            one, two = _package(module), _package(other)
            if one and two and one != two:
                found[one].add(two)
    return found


def _package(module: str) -> str:
    """The room of the house that a module stands in."""
    first, _, rest = module.partition(".")
    return first if first == "lab" else rest.partition(".")[0]


def reduced(graph: Graph) -> Graph:
    """Without the arrows that follow from others."""
    below = {name: _reached(graph, name) for name in graph}
    return {
        name: {two for two in others if not any(two in below[one] for one in others)}
        for name, others in graph.items()
    }


def _reached(graph: Graph, name: str) -> set[str]:
    found: set[str] = set()
    waiting = list(graph[name])
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += graph[one]
    return found


def floors(graph: Graph) -> list[list[str]]:
    """The packages by how far below the roof they must stand: the top floor first."""
    above = {name: [one for one, others in graph.items() if name in others] for name in graph}
    depths: dict[str, int] = {}

    def depth(name: str) -> int:
        if name not in depths:
            depths[name] = 1 + max(map(depth, above[name]), default=-1)
        return depths[name]

    by_depth: dict[int, list[str]] = defaultdict(list)
    for name in sorted(graph):
        by_depth[depth(name)].append(name)
    return [by_depth[n] for n in sorted(by_depth)]


def rooms(package: str) -> list[str]:
    """The names of a package's sub-packages."""
    folder = ROOT / package if package == "lab" else ROOT / "taizhang" / package
    inside = (path.parent.name for path in folder.glob("*/__init__.py"))
    return sorted(name for name in inside if name != "migrations")


def drawn() -> str:
    """The picture as SVG."""
    graph = imports()
    places: dict[str, Place] = {}
    y = 20
    for floor in floors(graph):
        lines = {name: _lines(rooms(name)) for name in floor}
        high = 34 + LINE * max(map(len, lines.values()))
        step = WIDTH // len(floor)
        for at, name in enumerate(floor):
            places[name] = (step * at + (step - BOX) // 2, y, high, lines[name])
        y += high + GAP
    arrows = [
        _arrow(places[one], places[two])
        for one, others in sorted(reduced(graph).items())
        for two in sorted(others)
    ]
    return "\n".join(
        [
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y - GAP + 20}" '
                'role="img" font-family="sans-serif">'
            ),
            (
                "<title>The packages, and what each imports: an arrow goes down to what is "
                "imported</title>"
            ),
            f'<rect width="{WIDTH}" height="{y - GAP + 20}" fill="#fff"/>',
            (
                '<defs><marker id="a" markerWidth="8" markerHeight="8" refX="7" refY="4" '
                'orient="auto"><path d="M0 0 8 4 0 8z" fill="#777"/></marker></defs>'
            ),
            *arrows,
            *(_box(name, place) for name, place in places.items()),
            "</svg>",
            "",
        ]
    )


def _lines(names: list[str]) -> list[str]:
    return [" · ".join(names[at : at + IN_A_LINE]) for at in range(0, len(names), IN_A_LINE)]


def _arrow(one: Place, two: Place) -> str:
    """Straight to the next floor; past a floor in a bend, so that it does not seem to end in what
    it passes.
    """
    x, y, to_x, to_y = one[0] + BOX // 2, one[1] + one[2], two[0] + BOX // 2, two[1]
    way = f"L{to_x} {to_y}"
    if to_y - y > GAP:
        side = x - BOX if abs(x - to_x) < BOX else x
        bend = side if side != x else (x + to_x) // 2
        way = f"C{side} {to_y - GAP} {bend} {to_y - GAP // 2} {to_x} {to_y}"
    return (
        f'<path d="M{x} {y}{way}" fill="none" stroke="#777" stroke-width="1.5" '
        'marker-end="url(#a)"/>'
    )


def _box(name: str, place: Place) -> str:
    x, y, high, lines = place
    told = "".join(
        f'<text x="{x + BOX // 2}" y="{y + 40 + LINE * at}" font-size="11" fill="#555" '
        f'text-anchor="middle">{escape(line)}</text>'
        for at, line in enumerate(lines)
    )
    return (
        f'<rect x="{x}" y="{y}" width="{BOX}" height="{high}" rx="6" fill="#f6f3ee" '
        'stroke="#8a2a2a"/>'
        f'<text x="{x + BOX // 2}" y="{y + 22}" font-size="15" font-weight="bold" fill="#222" '
        f'text-anchor="middle">{escape(name)}</text>{told}'
    )
