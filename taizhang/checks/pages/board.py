"""总览: the heat map of branches × items, one item in all branches, and the problems that
many have.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache

from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.urls import reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from taizhang.catalogue.model import Item, code_of
from taizhang.checks import current, engine
from taizhang.checks.current import JudgedBy, judged_by
from taizhang.checks.history import changes
from taizhang.checks.history.changes import Change, Since
from taizhang.checks.models import CheckScope, Outcome, Verdict
from taizhang.checks.reasons import outcomes
from taizhang.checks.reasons.outcomes import WARNED, Cell, cell_of
from taizhang.checks.reasons.queries import (
    grouped,
    item_names,
    matters_by_branch,
    must_have_scope,
)
from taizhang.kernel.errors import Refused
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Area, Organisation, Unit
from taizhang.orgs.queries import organisations as orgs


@dataclass
class BoardRow:
    """One branch of the heat map."""

    branch: Organisation
    area: str
    cells: list[Cell] = field(default_factory=list)

    @cached_property
    def drawn(self) -> SafeString:
        """The cells as they stand in the table: 1,440 of them, which a template takes half as long
        again to write.
        """
        book = conditional_escape(reverse("checks:branch", args=[self.branch.pk]))
        if self.bad is None:
            return format_html(_UNJUDGED, len(self.cells), book)
        return SafeString("".join(_drawn(cell, book) for cell in self.cells))

    @cached_property
    def bad(self) -> int | None:
        """How many items are missing or defective; nothing where nobody judged the branch."""
        if all(cell.outcome == Outcome.UNCHECKED for cell in self.cells):
            return None
        return sum(cell.tone in ("one", "two", "none") for cell in self.cells)

    @cached_property
    def marked(self) -> list[Cell]:
        """The cells of which something is to be said."""
        return [cell for cell in self.cells if cell.told in _SAID]

    @property
    def worst(self) -> list[Cell]:
        """The three cells to look at first: what is missing, then where most is wrong."""
        return sorted(self.marked, key=lambda cell: (_SAID.index(cell.told), -cell.errors))[:3]

    @property
    def told(self) -> str:
        """What is to be said of the branch, in words and numbers."""
        return "，".join(
            f"{label} {n} 项"
            for code, label, n in outcomes.counted(self.cells)
            if n and code in _SAID
        )

    @property
    def dots(self) -> SafeString:
        """One sign for each item in the order of the notice, on a line as wide as a phone: the
        higher, the worse.
        """
        paths = ((tone, "".join(_signs(self.cells, tone))) for tone in _SIGNS)
        drawn = format_html_join("", '<path class="{}" d="{}"/>', (one for one in paths if one[1]))
        return format_html(
            '<svg class="dots" viewBox="0 0 {0} 14" preserveAspectRatio="xMinYMid" role="img" '
            'aria-label="{1}"><path d="M0 13.5h{0}"/>{2}</svg>',
            len(self.cells) * _STEP,
            self.told,
            drawn,
        )

    @cached_property
    def n_bytes(self) -> int:
        """What the row weighs on the page, its line on a phone too."""
        return len(self.drawn.encode()) + (len(self.dots.encode()) if self.bad is not None else 0)

    @property
    def weight(self) -> tuple[int, int, int]:
        """The more is missing or wrong, the further in front."""
        tones = [cell.tone for cell in self.cells]
        return -(self.bad or 0), -tones.count("none"), -sum(cell.errors for cell in self.cells)


_PLAIN = SafeString("<td>")
"""An end that may be left out: of 1,440 cells most are these, and a page is to weigh little."""
_STEP = 9
_SIGNS = {
    "none": "M{} 0h7v14h-7z", "two": "M{} 4h7v10h-7z", "one": "M{} 8h7v6h-7z", "judge": "M{}.5 7.5h6v6h-6z", "warned": "M{} 11h7v3h-7z",
}  # fmt: skip
"""By tone, from the left edge of the item: heights tell what colours tell too. What is in order is
the line below.
"""


def _signs(cells: list[Cell], tone: str) -> Iterator[str]:
    return (_SIGNS[tone].format(_STEP * at) for at, cell in enumerate(cells) if cell.tone == tone)


_UNJUDGED = '<td class="t-judge" colspan="{}"><a href="{}">未核对</a>'
"""A branch that nobody judged says so once, not of each item."""
_NOT_ASKED = SafeString('<td class="t-na">—')


def _drawn(cell: Cell, book: SafeString) -> SafeString:
    tone = cell.tone
    if tone == "done" and not cell.mark:
        return _PLAIN
    if tone == "na":
        return _NOT_ASKED
    before, after = _around(cell)
    return before + book + after


@lru_cache(maxsize=4096)
def _around(cell: Cell) -> tuple[SafeString, SafeString]:
    """What stands before and after the branch's address: the same in many branches."""
    before = format_html('<td class="t-{}"><a href="', cell.tone)
    words = (cell.item, cell.item, cell.word, cell.mark)
    return before, format_html('items/{}/" title="{} {}">{}</a></td>', *words)


PER_PAGE, FEWEST = 40, 5
"""So many branches stand on one page at most and at least; more would weigh more than a
page may.
"""
MOST_BYTES = 34_000
"""So much the rows of one page may weigh of its 60,000; where many have much to say, a page has
fewer of them.
"""
BAR = 16
"""How high the bar of the item is that most branches lack."""
CHANGED = "changed"
"""Asked for like an outcome: the branches of which something changed."""
_SAID = (Outcome.MISSING, Outcome.DEFECTIVE, Outcome.TO_JUDGE, Outcome.UNCHECKED, WARNED)


@dataclass(frozen=True)
class Common:
    """A problem that many branches have."""

    item: str
    name: str
    """What the item is called."""
    rule: str
    says: str
    branches: int
    times: int
    share: int
    """How many of a hundred branches have it."""


@dataclass(frozen=True)
class Board:
    """总览: branches × items."""

    scope: CheckScope
    groups: list[tuple[str, list[Item]]]
    rows: list[BoardRow]
    common: list[Common]
    areas: list[Area]
    chosen: BoardFilter
    since: Since | None
    """What changed since an earlier check of everybody, where there is one to compare with."""
    by: JudgedBy

    @cached_property
    def page(self) -> Page[BoardRow]:
        """The page of the rows that is asked for."""
        each, per = [row.n_bytes for row in self.ordered], PER_PAGE
        while per > FEWEST and _heaviest(each, per) > MOST_BYTES:
            per -= 1
        return Paginator(self.ordered, per).get_page(self.chosen.page)

    @property
    def shown(self) -> list[BoardRow]:
        """The rows of the page that is asked for."""
        return list(self.page)

    @cached_property
    def ordered(self) -> list[BoardRow]:
        """The rows in the order asked for; those of which nothing is to be said only when asked
        for.
        """
        rows = [row for row in self.rows if self.chosen.everybody or not self.is_quiet(row)]
        if self.chosen.order == "notice":
            return rows
        if self.chosen.order == "area":
            return sorted(rows, key=lambda row: (row.area, row.weight))
        return sorted(rows, key=lambda row: row.weight)

    @cached_property
    def n_quiet(self) -> int:
        """Of how many nothing is to be said."""
        return sum(map(self.is_quiet, self.rows))

    def is_quiet(self, row: BoardRow) -> bool:
        """Whether nothing is to be said of a branch, or nothing of what is asked for."""
        only = self.chosen.only
        if only == CHANGED:
            return not self.changes_of(row)
        return not (any(cell.told == only for cell in row.cells) if only else row.marked)

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        """How many cells there are of each outcome: (code, label, number)."""
        return outcomes.worst_first(cell for row in self.rows for cell in row.cells)

    @cached_property
    def affected(self) -> list[int]:
        """Of each item, how many branches lack it or have it wrong."""
        columns = zip(*(row.cells for row in self.rows), strict=True)
        return [sum(cell.tone in ("one", "two", "none") for cell in cells) for cells in columns]

    @property
    def bars(self) -> list[tuple[str, int, tuple[int, int]]]:
        """(item, how many branches lack it or have it wrong, top and height of its bar: the highest
        is the most frequent).
        """
        items = [item.id for _, some in self.groups for item in some]
        most = max(self.affected, default=0) or 1
        heights = [max(1, BAR * n // most) if n else 0 for n in self.affected]
        return [
            (item, n, (BAR - high, high))
            for item, n, high in zip(items, self.affected, heights, strict=False)
        ]

    def changes_of(self, row: BoardRow) -> list[Change]:
        """What changed of a branch."""
        return self.since.by_branch.get(row.branch.pk, []) if self.since else []

    @property
    def changed(self) -> list[tuple[BoardRow, list[Change], list[tuple[str, str, int]]]]:
        """The branches that are shown, with what changed of each and its figures."""
        each = [(row, self.changes_of(row)) for row in self.shown]
        return [(row, some, changes.counted(some)) for row, some in each]

    @cached_property
    def judged(self) -> int:
        """How many of the branches were judged by what is in force."""
        return sum(row.bad is not None for row in self.rows)


def _heaviest(each: list[int], per: int) -> int:
    return max((sum(each[at : at + per]) for at in range(0, len(each), per)), default=0)


@dataclass(frozen=True)
class BoardFilter:
    """What the heat map is narrowed to."""

    area: int | None = None
    unit_type: str = ""
    order: str = ""
    """`notice` for the order of the notice, `area` for the worst of each area together; else the
    worst first.
    """
    everybody: bool = False
    only: str = ""
    """Only branches that have a cell of this outcome, or of which something changed."""
    since: str = ""
    """The key of the run with which it is compared."""
    asked: bool = False
    """Only the items that the notice of the round asks for, where it asks for a part."""
    page: int = 1


def chosen_branches(
    *, actor: Actor, chosen: BoardFilter, scope: CheckScope, today: date
) -> tuple[list[tuple[Area, list[int]]], list[Organisation]]:
    """The areas with their branches, and the branches that the actor sees and asks for."""
    places = orgs.areas(scope.on or today)
    branches = orgs.branches(actor)
    if chosen.area:
        branches = branches.filter(
            pk__in=next((keys for a, keys in places if a.pk == chosen.area), [])
        )
    if chosen.unit_type:
        branches = branches.filter(units__unit_type=chosen.unit_type).distinct()
    return places, orgs.as_called(branches, scope.on)


def board(*, actor: Actor, chosen: BoardFilter, today: date) -> Board:
    """The heat map of the branches that the actor sees."""
    scope = must_have_scope()
    by = judged_by(scope, only_asked=chosen.asked)
    places, called = chosen_branches(actor=actor, chosen=chosen, scope=scope, today=today)
    area_of = {key: area.name for area, keys in places for key in keys}
    rows = {branch.pk: BoardRow(branch, area_of.get(branch.pk, "")) for branch in called}
    verdicts = current.verdicts(scope).filter(branch_id__in=rows)
    found = {
        (branch, item): Cell(item, outcome, errors, warns)
        for branch, item, outcome, errors, warns in verdicts.values_list(
            "branch_id", "item", "outcome", "errors", "warns"
        )
    }
    groups = grouped(by.shown)
    columns = [item.id for _, some in groups for item in some]
    for key, row in rows.items():
        row.cells = [found.get((key, item)) or cell_of(item, None) for item in columns]
    since = changes.since(scope=scope, branches=rows, asked=chosen.since, today=today)
    return Board(
        scope,
        groups,
        list(rows.values()),
        _common(scope, list(rows), by.shown),
        [area for area, _ in places],
        chosen,
        since and since.only(item.id for item in by.shown),
        by,
    )


def _common(scope: CheckScope, branches: list[int], items: list[Item]) -> list[Common]:
    rows = (
        current.suspicions(scope)
        .open()
        .filter(
            branch_id__in=branches,
            item__in=[item.id for item in items],
            severity="error",
            certain=True,
        )
        .values("item", "rule")
        .annotate(branches=Count("branch", distinct=True), times=Count("pk"))
        .order_by("-branches", "-times", "rule")[:10]
    )
    rules, called = engine.rules(scope.catalogue), item_names()
    return [
        Common(
            r["item"],
            called.get(r["item"], ""),
            code_of(r["rule"]),
            rules[r["rule"]].says,
            r["branches"],
            r["times"],
            100 * r["branches"] // max(1, len(branches)),
        )
        for r in rows
        if r["rule"] in rules
    ]


def unit_types() -> list[tuple[str, str]]:
    """The types of units, for a choice."""
    return [(str(code), str(label)) for code, label in Unit.Type.choices]


@dataclass(frozen=True)
class AcrossLine:
    """One branch on the page of an item."""

    branch: Organisation
    cell: Cell
    verdict: Verdict | None
    first: str


def across(*, key: str, actor: Actor) -> tuple[Item, list[AcrossLine]]:
    """One item in all branches that the actor sees, with the gravest that is to be said of each."""
    scope = must_have_scope()
    item = engine.catalogue(scope.catalogue).item(key)
    if item is None:
        raise Refused("要求模板中没有这一项。")
    branches = orgs.as_called(orgs.branches(actor), scope.on)
    verdicts = {
        v.branch_id: v for v in current.verdicts(scope).filter(item=key, branch__in=branches)
    }
    firsts = matters_by_branch(
        current.suspicions(scope).filter(item=key, branch__in=branches), scope
    )
    lines = []
    for branch in branches:
        verdict, matters = verdicts.get(branch.pk), firsts.get(branch.pk)
        told = matters[0].text if matters else verdict.reason if verdict else ""
        lines.append(AcrossLine(branch, cell_of(key, verdict), verdict, told))
    return item, lines
