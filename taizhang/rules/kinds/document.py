"""A version of a document is in force on the day, or all through the period."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal

from taizhang.kernel.calendar import FOREVER
from taizhang.rules.base import Facts, Look, Period, Rule, Suspicion, Tables, whole
from taizhang.rules.by_words import alike_but, asked
from taizhang.rules.columns import day_label, hints, open_end
from taizhang.rules.lazy import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir


class Document(Rule):
    """`effective_from <= day < superseded_on` for some version.

    `mode: in_force` asks it of the day of judging; `mode: covers` of every day from the start of the period (or
    the branch's founding) to the day of judging: a gap can only begin at the start, or where a version ends.
    """

    kind: Literal["document"] = "document"
    ledger: str = "documents"
    document: str
    mode: Literal["in_force", "covers"] = "in_force"
    given: Literal["", "groups", "committee"] = ""
    """Asked only of branches that have Party groups, or a committee, on the day of judging."""

    def looks_at(self) -> list[Look]:
        """The documents, and what they are asked of."""
        own = Look(self.ledger, {"kind": self.document})
        return [own, *whole(*([_LIVES[self.given][0]] if self.given else []))]

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """Try each day on which a gap could begin."""
        own = branch.branch
        if own.founded_on > period.last or not self._asked(branch, period):
            return
        versions = [d for d in branch.rows(self.ledger) if d.kind == self.document]
        for day in self._days(own, versions, period):
            if not any(v.effective_from <= day < (v.superseded_on or FOREVER) for v in versions):
                yield self.hint(branch, day.isoformat(), found=0, wanted=1)

    def _asked(self, branch: Facts, period: Period) -> bool:
        if not self.given:
            return True
        table, first, last = _LIVES[self.given]
        return any(
            getattr(row, first) <= period.last < (getattr(row, last) or FOREVER)
            for row in branch.rows(table)
        )

    def _days(self, own: Any, versions: list[Any], period: Period) -> set[Any]:
        if self.mode == "in_force":
            return {period.last}
        start = max(own.founded_on, period.from_on)
        ends = {v.superseded_on for v in versions if v.superseded_on}
        return {start} | {day for day in ends if start < day <= period.last} if versions else set()

    def asked_with(self) -> Hashable:
        """Rules of other documents."""
        return alike_but(self, ["document"])

    def relation_with(self, others: Sequence[Any], tables: Tables) -> ir.Table:
        """Days on which a gap could begin, without a version that covers them."""
        rules = [self, *others]
        words = {"document": [rule.document for rule in rules]}
        days = self._day_table(tables, asked(rules, words, tables))
        versions = self._versions(tables)
        covered = [
            days.branch_id == versions.branch_id,
            days.document == versions.document,
            versions.effective_from <= days.day,
            versions.ends_on > days.day,
        ]
        gaps = days.anti_join(versions, covered)
        return hints(gaps, window=day_label(gaps.day), found=0, wanted=1)

    def _versions(self, tables: Tables) -> ir.Table:
        versions = tables[self.ledger]
        return versions.select(
            "branch_id",
            "effective_from",
            document=versions.kind,
            ends_on=open_end(versions.superseded_on),
        )

    def _day_table(self, tables: Tables, rules: ir.Table) -> ir.Table:
        """The days of each branch and rule."""
        branches = self._asked_branches(tables).cross_join(rules)
        if self.mode == "in_force":
            return branches.select("rule", "document", "branch_id", day="last_on")
        alike, versions = ["branch_id", "document"], self._versions(tables)
        start = ibis.ifelse(
            branches.founded_on > branches.begins, branches.founded_on, branches.begins
        )
        starts = branches.select("rule", *alike, "last_on", start=start)
        starts = starts.semi_join(versions, alike)
        ends = starts.join(versions.select(*alike, "ends_on"), alike)
        ends = ends.filter(ends.ends_on > ends.start, ends.ends_on <= ends.last_on)
        return starts.select("rule", *alike, day="start").union(
            ends.select("rule", *alike, day="ends_on"), distinct=True
        )

    def _asked_branches(self, tables: Tables) -> ir.Table:
        period = tables["period"].select("last_on", begins="from_on")
        branches = tables["branches"].select("branch_id", "founded_on").cross_join(period)
        branches = branches.filter(branches.founded_on <= branches.last_on)
        if not self.given:
            return branches
        table, first, last = _LIVES[self.given]
        lives = tables[table]
        living = [
            branches.branch_id == lives.branch_id,
            lives[first] <= branches.last_on,
            open_end(lives[last]) > branches.last_on,
        ]
        return branches.semi_join(lives, living)


_LIVES = {
    "groups": ("groups", "valid_from", "valid_to"),
    "committee": ("terms", "started_on", "ended_on"),
}
