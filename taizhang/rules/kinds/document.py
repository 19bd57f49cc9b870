"""A version of a document is in force on the day, or all through the period."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, ClassVar, Literal

from taizhang.kernel.calendar import FOREVER
from taizhang.rules.base import Facts, Look, Period, Remedy, Rule, Suspicion, whole
from taizhang.rules.membership import SETTLING, SPELLS_FROM, spells


class Document(Rule):
    """`effective_from <= day < superseded_on` for some version.

    What is `given`, a committee or groups, has had its time as well as the branch. A version that
    ends one day before the next begins leaves no gap: many write the last day on which it held.

    `mode: in_force` asks it of the day of judging; `mode: covers` of every day from the start of
    the period (or when a new branch has had its time) to the day of judging: a gap can only begin
    at the start, or where a version ends; `detail` is its last day.
    """

    kind: Literal["document"] = "document"
    usual_remedy: ClassVar[Remedy] = "now"
    ledger: str = "documents"
    document: str
    mode: Literal["in_force", "covers"] = "in_force"
    given: Literal["", "groups", "committee"] = ""
    """Asked only of branches that have Party groups, or a committee, on the day of judging."""
    settling: int = SETTLING
    """Days after its founding, or after the first group or the committee, that a branch has for
    making it.
    """

    def own(self) -> Look:
        """The ledger of documents."""
        return Look(self.ledger)

    def missing(self) -> Look:
        """A version."""
        return self.own()

    def looks_at(self) -> list[Look]:
        """The documents, and what they are asked of."""
        own = Look(self.ledger, {"kind": self.document})
        return [own, *whole(*(SPELLS_FROM[self.lives] if self.lives else ()))]

    @property
    def lives(self) -> str | None:
        return _LIVES[self.given] if self.given else None

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
        """Since when there has been what needs it; None where there is nothing on the day of
        judging.
        """
        founded: date = branch.branch.founded_on
        if not self.lives:
            return founded
        alive = [
            spell.from_on
            for spell in spells(branch, self.lives)
            if spell.from_on <= period.last < spell.to_on
        ]
        return max(founded, min(alive)) if alive else None

    def _days(self, start: date, versions: list[Any], period: Period) -> set[date]:
        if self.mode == "in_force":
            return {period.last}
        ends = {v.superseded_on for v in versions if v.superseded_on}
        return {start} | {day for day in ends if start < day <= period.last} if versions else set()


_LIVES = {"groups": "groups", "committee": "committees"}
