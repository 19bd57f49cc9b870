"""In columns: a version of a document is in force on the day, or all through the period."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir

from taizhang.rules.columnar.by_words import asked
from taizhang.rules.columnar.columns import day_label, hints, open_end
from taizhang.rules.columnar.saying import Tables, asked_with, together
from taizhang.rules.columnar.spells import spell_table
from taizhang.rules.kinds.document import Document


@asked_with.register(Document)
def _asked_with(rule: Document) -> Hashable:
    """Rules of other documents."""
    return rule.alike_but("document")


@together.register(Document)
def _together(rule: Document, others: Sequence[Any], tables: Tables) -> ir.Table:
    """Days on which a gap could begin, without a version that covers them."""
    rules = [rule, *others]
    words = {"document": [rule.document for rule in rules]}
    days = _day_table(rule, tables, asked(rules, words, tables))
    versions = _versions(rule, tables)
    covered = [
        days.branch_id == versions.branch_id,
        days.document == versions.document,
        versions.effective_from <= days.day,
        versions.ends_on > days.day,
    ]
    gaps = days.anti_join(versions, covered)
    if rule.mode == "in_force":
        return hints(gaps, window=_day_label(gaps.day), found=0, wanted=1)
    keys = ["rule", "branch_id", "document", "day"]
    later = versions.select("branch_id", "document", begins="effective_from")
    later = gaps.select(*keys).join(later, ["branch_id", "document"])
    later = later.filter(later.begins > later.day)
    later = later.group_by(keys).aggregate(begins=later.begins.min())
    gaps = gaps.left_join(later, keys).select(*keys, "start", begins=later.begins)
    last = tables["period"].last_on.as_scalar()
    before = (gaps.begins - ibis.interval(days=1)).cast("date")
    gaps = gaps.filter(gaps.begins.isnull() | (before != gaps.day) | (gaps.day == gaps.start))
    before = (gaps.begins - ibis.interval(days=1)).cast("date")
    until = ibis.ifelse(gaps.begins.notnull() & (before < last), before, last)
    return hints(gaps, window=_day_label(gaps.day), found=0, wanted=1, detail=_day_label(until))


def _versions(rule: Document, tables: Tables) -> ir.Table:
    versions = tables[rule.ledger]
    return versions.select(
        "branch_id",
        "effective_from",
        document=versions.kind,
        ends_on=open_end(versions.superseded_on),
    )


def _day_table(rule: Document, tables: Tables, rules: ir.Table) -> ir.Table:
    """The days of each branch and rule."""
    branches = _asked_branches(rule, tables).cross_join(rules)
    if rule.mode == "in_force":
        return branches.select("rule", "document", "branch_id", day="last_on")
    alike, versions = ["branch_id", "document"], _versions(rule, tables)
    starts = branches.select("rule", *alike, "last_on", "start")
    starts = starts.semi_join(versions, alike)
    ends = starts.join(versions.select(*alike, "ends_on"), alike)
    ends = ends.filter(ends.ends_on > ends.start, ends.ends_on <= ends.last_on)
    return starts.select("rule", *alike, "start", day="start").union(
        ends.select("rule", *alike, "start", day="ends_on"), distinct=True
    )


def _asked_branches(rule: Document, tables: Tables) -> ir.Table:
    period = tables["period"].select("last_on", begins="from_on")
    branches = tables["branches"].select("branch_id", "founded_on").cross_join(period)
    if rule.lives:
        branches = _living(tables, branches, rule.lives)
    settled = branches.founded_on + ibis.interval(days=rule.settling)
    branches = branches.mutate(settled=settled.cast("date"))
    start = ibis.ifelse(branches.settled > branches.begins, branches.settled, branches.begins)
    branches = branches.mutate(start=start)
    return branches.filter(branches.start <= branches.last_on)


def _living(tables: Tables, branches: ir.Table, population: str) -> ir.Table:
    """The branches that have it on the day of judging, as if founded when the first of it began."""
    lives = spell_table(tables, population).select("branch_id", "from_on", "to_on")
    both = branches.join(lives, "branch_id")
    both = both.filter(both.from_on <= both.last_on, both.to_on > both.last_on)
    first = both.group_by("branch_id", "founded_on", "last_on", "begins")
    both = first.aggregate(from_on=both.from_on.min())
    later = ibis.ifelse(both.from_on > both.founded_on, both.from_on, both.founded_on)
    return both.select("branch_id", "last_on", "begins", founded_on=later)


def _day_label(day: Any) -> Any:
    """As text; DuckDB makes a moment of a day that was counted, and says its hours."""
    return day_label(day).substr(0, 10)
