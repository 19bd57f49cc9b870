"""One strip of time: duties × months. Each cell opens its records, or the form that fills it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString

from taizhang.catalogue.model import Item
from taizhang.checks import engine
from taizhang.checks.models import CheckScope
from taizhang.checks.pages.due_list import Cell, Expected, Line
from taizhang.checks.reasons import record_links, repair_links
from taizhang.checks.reasons.queries import Days
from taizhang.kernel.errors import NotFound
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation
from taizhang.orgs.queries import roster
from taizhang.rules.base import Look, Rule


@dataclass(frozen=True)
class Strip:
    """The lines of one branch under one head of years and months."""

    branch: Organisation
    years: list[int]
    """The years that are shown."""
    all_years: list[int]
    items: list[tuple[Item, list[Line]]]
    at: str
    """The year that was asked for; empty for all."""
    windows: str
    """Where the windows of the branch are, as seen from the page."""

    @property
    def latest(self) -> int:
        """The year that a phone shows of several."""
        return max(self.years, default=0)

    @property
    def lacking_before(self) -> int:
        """How much is missing in the years that a phone does not show."""
        cells = (cell for _, lines in self.items for line in lines for cell in line.cells)
        return sum(cell.state == "lacks" and cell.year != self.latest for cell in cells)

    @property
    def months(self) -> range:
        """Of each year."""
        return range(1, 13)

    @property
    def lacking(self) -> list[Line]:
        """The lines in which something is missing."""
        return [line for _, lines in self.items for line in lines if line.lacking]

    @property
    def drawn(self) -> list[tuple[Item, list[tuple[Line, SafeString]]]]:
        """Each line with its cells as they stand in the table: a template takes several times as
        long.
        """
        return [(item, [(line, self._cells(line)) for line in lines]) for item, lines in self.items]

    def _cells(self, line: Line) -> SafeString:
        latest, rule = self.latest, escape(f"{self.windows}{line.rule}/")
        entered = f"?new=1&amp;group={line.group}" if line.group >= 0 else "?new=1"
        return SafeString("".join(_drawn(cell, rule, entered, latest) for cell in line.cells))


def _drawn(cell: Cell, rule: str, entered: str, latest: int) -> str:
    """A cell; where its rule is and how it is entered come escaped."""
    wide = f' colspan="{cell.months}"' if cell.months > 1 else ""
    begun = f'<td{wide} class="d-{cell.state}{"" if cell.year == latest else " old"}">'
    if not cell.is_link:
        return f"{begun}—"
    url = f"{rule}{cell.window}/{entered if cell.is_missing else ''}"
    mark = "" if cell.state == "have" else escape(cell.mark)
    return f'{begun}<a href="{url}" title="{escape(cell.words)}">{mark}</a>'


def strip(branch: Organisation, due: Expected, *, year: str, days: Days, windows: str) -> Strip:
    """The strip of what was due: of one year, of the years that some days touch, or of all."""
    at = year if year in map(str, due.years) else ""
    years = [int(at)] if at else [one for one in due.years if _touches(days, one)]
    items = [(item, [line.of_years(years) for line in lines]) for item, lines in due.items]
    return Strip(branch, years, due.years, items, at, windows)


def _touches(days: Days, year: int) -> bool:
    first, last = days.first or date.min, days.last or date.max
    return first.year <= year <= last.year


def target(
    *,
    branch: Organisation,
    rule: str,
    window: str,
    group: int,
    new: bool,
    scope: CheckScope,
    actor: Actor,
) -> str:
    """Where a cell leads: to the form of the record that is missing, for who keeps the ledger; else
    to its records.
    """
    found = engine.rules(scope.catalogue).get(rule)
    if found is None:
        raise NotFound("没有这条规则，或规则刚刚改过；请刷新页面。")
    table, where = _asked(found)
    kind = repair_links.kept_by(table)
    if kind is None:
        return reverse("checks:item", args=[branch.pk, rule.partition(":")[0]])
    if not new or not actor.may_keep_ledgers_of(branch):
        return record_links.list_url(kind, branch.pk, where, window)
    url = repair_links.new_url(kind, branch, where, window)
    names = {one.pk: one.name for one in roster.all_groups(branch)}
    return f"{url}&{urlencode({'group': names[group]})}" if group in names else url


def _asked(rule: Rule) -> Look:
    """The table of the records that a rule asks for, and what they must be."""
    windowed = rule.each_window()
    return Look(windowed.ledger, windowed.where) if windowed else record_links.missing(rule)
