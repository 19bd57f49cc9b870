"""Lists as people know them: heads to sort by, columns kept for each person, ticks, numbered pages,
totals, a tree at the left, filters saved by name.

A page says what its columns and rows are; the address says the rest. One template
(`web/listed.html`) shows them all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.safestring import SafeString

from taizhang.orgs.lists import queries
from taizhang.orgs.lists.tree import Tree, Twig
from taizhang.orgs.models import Organisation, SavedFilter
from taizhang.web.http import ActorRequest
from taizhang.web.lists import drawn
from taizhang.web.lists.pages import Paged, without

PER_PAGE = ("10", "20", "50")
"""So many rows a page may show; more would weigh more than a page may."""
USUAL = 50
LONGEST = 40
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Column:
    """What a list can show of its rows."""

    name: str
    label: str
    is_number: bool = False
    is_usual: bool = True
    """Whether who never chose columns sees it."""
    sorts: bool = True
    least: int = 0
    """So many characters stand on one line of it, whatever else the row holds: 4, 7, 9 or 17."""


@dataclass(frozen=True)
class Cell:
    """What stands in a cell, and where it leads."""

    text: str
    url: str = ""
    tag: str = ""
    """A small mark behind the text."""
    tone: str = ""
    order: Any = None
    """What it is sorted by, where that is not the text."""
    is_number: bool = False

    @property
    def is_day(self) -> bool:
        """Whether it is a day, which is not broken at its hyphens."""
        return _DAY.fullmatch(self.text) is not None


@dataclass(frozen=True)
class Row:
    """One row: how its tick is called, and its cells by the names of columns."""

    key: int | str
    cells: Mapping[str, Cell]
    group: str = ""
    is_struck: bool = False
    acts: tuple[tuple[str, str], ...] = ()
    """What can be done with it: words and addresses."""


@dataclass(frozen=True)
class Choice:
    """One thing that a list can be narrowed to, and what it is."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str = ""
    blank: str = "全部"


def choice(
    request: ActorRequest,
    name: str,
    label: str,
    options: Iterable[tuple[Any, Any]],
    *,
    blank: str = "全部",
) -> Choice:
    """What the address says of it; what is none of the options is nothing."""
    known = tuple((str(code), str(told)) for code, told in options)
    said = request.GET.get(name, "")
    return Choice(name, label, known, said if said in dict(known) else "", blank)


@dataclass(frozen=True)
class Head:
    """The head of a column: what it is called, what it is sorted by, and what the
    column comes to.
    """

    label: str
    sort: str
    """What the address says to sort by it the other way; empty where it cannot be sorted by."""
    sorted: str
    """`ascending`, `descending`, or nothing."""
    is_number: bool
    total: str = ""
    least: int = 0


@dataclass(frozen=True)
class Shown:
    """A row as it is shown."""

    row: Row
    cells: list[Cell]


@dataclass(frozen=True)
class Section:
    """Rows below a heading of their own."""

    title: str
    n: int
    rows: list[Shown]


@dataclass(frozen=True)
class Listed:
    """A list as a page shows it."""

    name: str
    heads: list[Head]
    sections: list[Section]
    page: Page[Any]
    total: int
    choices: list[tuple[Column, bool]]
    """All columns, each with whether it is shown: those that are, in their order, before the
    others.
    """
    unpaged: str
    unsorted: str
    empty: str = "没有。"
    ticks: bool = False
    has_acts: bool = False
    twigs: list[Twig] = field(default_factory=list)
    is_all: bool = True
    """Whether the tree narrows nothing."""
    untwigged: str = ""
    counted: str = "条"
    offered: tuple[str, ...] = PER_PAGE

    @property
    def paged(self) -> Paged:
        """The page among the others."""
        return Paged(self.page, f"?{self.unpaged}&page=")

    @property
    def bodies(self) -> SafeString:
        """The rows as HTML."""
        return drawn.bodies(self)

    @property
    def has_totals(self) -> bool:
        """Whether any column comes to something."""
        return any(head.total for head in self.heads)

    @property
    def breadth(self) -> int:
        """How many columns the table has."""
        return len(self.heads) + int(self.ticks) + int(self.has_acts)


@dataclass(frozen=True)
class Saved:
    """The filters that somebody finds on a page, and what saving one more would keep."""

    path: str
    query: str
    found: list[SavedFilter]
    unit: Organisation | None


def saved(request: ActorRequest) -> Saved:
    """The saved filters of the page that is asked for."""
    found = queries.saved_of(request.path, request.actor)
    return Saved(request.path, without(request, "page"), found, queries.unit_of(request.actor))


def per_page(request: ActorRequest) -> int:
    """How many rows of a page are asked for."""
    return int(request.GET["per"]) if request.GET.get("per") in PER_PAGE else USUAL


def chosen_columns(request: ActorRequest, name: str, columns: Sequence[Column]) -> list[str]:
    """The names of the columns that the person sees, in his order: those that he kept, else the
    usual ones.
    """
    known = {column.name for column in columns}
    kept = [one for one in queries.columns(request.actor.user, name) if one in known]
    return list(dict.fromkeys(kept)) or [column.name for column in columns if column.is_usual]


def offered_columns(
    columns: Sequence[Column], names: Sequence[str]
) -> tuple[list[Column], list[tuple[Column, bool]]]:
    """The columns that are shown, in their order; and all that can be chosen, these first."""
    known = {column.name: column for column in columns}
    picked = [known[name] for name in names]
    rest = [(column, False) for column in columns if column.name not in names]
    return picked, [(column, True) for column in picked] + rest


def head(column: Column, sort: str, total: str = "") -> Head:
    """The head of a column, where the list is sorted so."""
    name = column.name if column.sorts else ""
    now = {column.name: "ascending", f"-{column.name}": "descending"}.get(sort, "")
    turned = f"-{name}" if name and now == "ascending" else name
    return Head(column.label, turned, now, column.is_number, total, column.least)


def shown(row: Row, columns: Sequence[Column]) -> Shown:
    """A row with the cells of these columns."""
    blank = Cell("")
    return Shown(row, [row.cells.get(column.name, blank) for column in columns])


def sections(rows: Iterable[Shown], counts: Mapping[str, int] | None = None) -> list[Section]:
    """The rows of a page below the headings of their groups, in the order in which they come."""
    found: dict[str, list[Shown]] = {}
    for one in rows:
        found.setdefault(one.row.group, []).append(one)
    return [
        Section(title, (counts or {}).get(title, len(some)), some) for title, some in found.items()
    ]


def of_rows(
    request: ActorRequest,
    *,
    name: str,
    columns: Sequence[Column],
    rows: Sequence[Row],
    group: Callable[[Row], str] | None = None,
    **about: Any,
) -> Listed:
    """A list whose rows are all at hand: narrowed by words, sorted by a head, grouped and paged as
    the address says.
    """
    words, sort = request.GET.get("q", "").strip()[:LONGEST], request.GET.get("sort", "")[:LONGEST]
    names = chosen_columns(request, name, columns)
    picked, choices = offered_columns(columns, names)
    found = [row for row in rows if _holds(row, words)] if words else list(rows)
    found = _sorted(found, sort, {column.name for column in columns if column.sorts})
    counts: dict[str, int] = {}
    if group is not None:
        found.sort(key=group)
        for row in found:
            counts[row.group] = counts.get(row.group, 0) + 1
    page = Paginator(found, per_page(request)).get_page(request.GET.get("page"))
    return Listed(
        name=name,
        heads=[head(column, sort) for column in picked],
        sections=sections((shown(row, picked) for row in page.object_list), counts),
        page=page,
        total=len(found),
        choices=choices,
        unpaged=without(request, "page"),
        unsorted=without(request, "page", "sort"),
        has_acts=any(row.acts for row in found),
        **about,
    )


def _holds(row: Row, words: str) -> bool:
    return any(words in cell.text or words in cell.tag for cell in row.cells.values())


def _sorted(rows: list[Row], sort: str, known: set[str]) -> list[Row]:
    name = sort.removeprefix("-")
    if name not in known:
        return rows

    def by(row: Row) -> tuple[bool, Any]:
        cell = row.cells.get(name, Cell(""))
        value = cell.text if cell.order is None else cell.order
        return (value == "", value)

    return sorted(rows, key=by, reverse=sort.startswith("-"))


def tree_of(request: ActorRequest, tree: Tree, counts: Mapping[int, int] | None) -> dict[str, Any]:
    """What a list says of its tree."""
    if not tree.is_worth_it:
        return {}
    return {
        "twigs": tree.twigs(counts),
        "is_all": not tree.chosen,
        "untwigged": without(request, "page", "branch"),
    }
