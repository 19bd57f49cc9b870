"""A version of a document is in force on the day, or all through the period."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from taizhang.kernel.calendar import FOREVER
from taizhang.rules.base import Facts, Look, Period, Remedy, Rule, Suspicion, Tables, whole
from taizhang.rules.by_words import alike_but, asked
from taizhang.rules.columns import day_label, hints, open_end
from taizhang.rules.lazy import ibis
from taizhang.rules.people import SETTLING, SPELLS_FROM, spell_table, spells

if TYPE_CHECKING:
    import ibis.expr.types as ir


class Document(Rule):
    """`effective_from <= day < superseded_on` for some version.

    What is `given`, a committee or groups, has had its time as well as the branch. A version that ends one day before the
    next begins leaves no gap: many write the last day on which it held.

    `mode: in_force` asks it of the day of judging; `mode: covers` of every day from the start of the period (or when a
    new branch has had its time) to the day of judging: a gap can only begin at the start, or where a version ends;
    `detail` is its last day.
    """

    kind: Literal["document"] = "document"
    usual_remedy: ClassVar[Remedy] = "now"
    ledger: str = "documents"
    document: str
    mode: Literal["in_force", "covers"] = "in_force"
    given: Literal["", "groups", "committee"] = ""
    """Asked only of branches that have Party groups, or a committee, on the day of judging."""
    settling: int = SETTLING
    """Days after its founding, or after the first group or the committee, that a branch has for making it."""

    def own(self) -> Look:
        """The ledger of documents."""
        return Look(self.ledger)

    def missing(self) -> Look:
        """A version."""
        return self.own()

    def looks_at(self) -> list[Look]:
        """The documents, and what they are asked of."""
        own = Look(self.ledger, {"kind": self.document})
        return [own, *whole(*(SPELLS_FROM[self._lives] if self._lives else ()))]

    @property
    def _lives(self) -> str | None:
        return _LIVES[self.given] if self.given else None

    def helpers(self) -> tuple[str, ...]:
        """The stretches with a committee."""
        return ("committees",) if self.given == "committee" else ()

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """Try each day on which a gap could begin."""
        begun = self._begun(branch, period)
        if begun is None:
            return
        start = max(begun + timedelta(days=self.settling), period.from_on)
        if start > period.last:
            return
        versions = [d for d in branch.rows(self.ledger) if d.kind == self.document]
        for day in self._days(start, versions, period):
            if not any(v.effective_from <= day < (v.superseded_on or FOREVER) for v in versions):
                later = [v.effective_from for v in versions if v.effective_from > day]
                until = min([*(one - timedelta(days=1) for one in later), period.last])
                if self.mode == "covers" and later and until == day and day != start:
                    continue
                detail = until.isoformat() if self.mode == "covers" else ""
                yield self.hint(branch, day.isoformat(), found=0, wanted=1, detail=detail)

    def _begun(self, branch: Facts, period: Period) -> date | None:
        """Since when there has been what needs it; None where there is nothing on the day of judging."""
        founded: date = branch.branch.founded_on
        if not self._lives:
            return founded
        alive = [
            spell.from_on
            for spell in spells(branch, self._lives)
            if spell.from_on <= period.last < spell.to_on
        ]
        return max(founded, min(alive)) if alive else None

    def _days(self, start: date, versions: list[Any], period: Period) -> set[date]:
        if self.mode == "in_force":
            return {period.last}
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
        if self.mode == "in_force":
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
        starts = branches.select("rule", *alike, "last_on", "start")
        starts = starts.semi_join(versions, alike)
        ends = starts.join(versions.select(*alike, "ends_on"), alike)
        ends = ends.filter(ends.ends_on > ends.start, ends.ends_on <= ends.last_on)
        return starts.select("rule", *alike, "start", day="start").union(
            ends.select("rule", *alike, "start", day="ends_on"), distinct=True
        )

    def _asked_branches(self, tables: Tables) -> ir.Table:
        period = tables["period"].select("last_on", begins="from_on")
        branches = tables["branches"].select("branch_id", "founded_on").cross_join(period)
        if self._lives:
            branches = self._living(tables, branches, self._lives)
        settled = branches.founded_on + ibis.interval(days=self.settling)
        branches = branches.mutate(settled=settled.cast("date"))
        start = ibis.ifelse(branches.settled > branches.begins, branches.settled, branches.begins)
        branches = branches.mutate(start=start)
        return branches.filter(branches.start <= branches.last_on)

    @staticmethod
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
    """As text; engines make a moment of a day that was counted, and say its hours."""
    return day_label(day).substr(0, 10)


_LIVES = {"groups": "groups", "committee": "committees"}
