"""What a text says that it should not, or does not say that it should."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from taizhang.rules.base import NONE, Facts, Look, Period, RowRule, Suspicion, Tables
from taizhang.rules.columns import day_label, hints

if TYPE_CHECKING:
    import ibis.expr.types as ir


class Wording(RowRule):
    """The phrases found in each record's text when it was saved (`phrases` rows: record, code, words, first day).

    `has`: the record holds a phrase of one of these codes; with `too_early`, only one whose first possible day
    lies after the record's day (6.3). `lacks`: it holds none of the phrases of one of these codes.
    """

    kind: Literal["wording"] = "wording"
    source: str
    """What the phrases were found in: the name of the fact table of the records."""
    has: list[str] = []
    lacks: list[str] = []
    too_early: bool = False

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """Look up the phrases of each record."""
        hits = branch.index("phrases", "source", "source_id")
        for row in self.rows(branch, period):
            own = hits.get((self.source, row.id), ())
            day = getattr(row, self.day)
            for words in {
                hit.words
                for hit in own
                if hit.code in self.has and (not self.too_early or hit.first_on > day)
            }:
                yield self.hint(branch, day.isoformat(), subject=row.id, detail=words)
            missing = [code for code in self.lacks if code not in {hit.code for hit in own}]
            if missing:
                found = len(self.lacks) - len(missing)
                yield self.hint(
                    branch, day.isoformat(), subject=row.id, found=found, wanted=len(self.lacks)
                )

    def relation(self, tables: Tables) -> ir.Table:
        """Joins for what is there, counts for what is not."""
        rows = self.selected(tables)
        rows = rows.select("branch_id", "id", day=rows[self.day])
        hits = tables["phrases"]
        hits = hits.filter(hits.source == self.source).select(
            "branch_id", "code", "words", "first_on", id="source_id"
        )
        return self._lacking(rows, hits) if self.lacks else self._having(rows, hits)

    def _having(self, rows: ir.Table, hits: ir.Table) -> ir.Table:
        both = rows.join(hits.filter(hits.code.isin(self.has)), ["branch_id", "id"])
        if self.too_early:
            both = both.filter(both.first_on > both.day)
        both = both.select("branch_id", "id", "day", "words").distinct()
        return hints(both, window=day_label(both.day), subject="id", detail=both.words)

    def _lacking(self, rows: ir.Table, hits: ir.Table) -> ir.Table:
        hits = hits.filter(hits.code.isin(self.lacks))
        counts = hits.group_by(["branch_id", "id"]).aggregate(n=hits.code.nunique())
        both = rows.left_join(counts, ["branch_id", "id"]).select(
            "branch_id", "id", "day", n=counts.n.fill_null(0)
        )
        both = both.filter(both.n < len(self.lacks))
        return hints(
            both,
            window=day_label(both.day),
            subject="id",
            other=NONE,
            found="n",
            wanted=len(self.lacks),
        )

    def looks_at(self) -> list[Look]:
        """The records and the phrases found in them."""
        return [*super().looks_at(), Look("phrases")]
