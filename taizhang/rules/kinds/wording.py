"""What a text says that it should not, or does not say that it should."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from pydantic import model_validator

from taizhang.rules.base import Facts, Look, Period, Suspicion
from taizhang.rules.row_rules import RowRule


class Wording(RowRule):
    """The phrases found in each record's text when it was saved (`phrases` rows: record, code,
    words, first day).

    `has`: the record holds a phrase of one of these codes; with `too_early`, only one whose first
    possible day lies after the record's day (6.3). `lacks`: it holds none of the phrases of one of
    these codes.
    """

    kind: Literal["wording"] = "wording"
    source: str
    """What the phrases were found in: the name of the fact table of the records."""
    has: list[str] = []
    lacks: list[str] = []
    too_early: bool = False

    @model_validator(mode="after")
    def one_of_both(self) -> Wording:
        """What is there is told of each phrase, what is not of the record: a rule says one or the
        other.
        """
        if bool(self.has) == bool(self.lacks):
            raise ValueError("either has or lacks")
        return self

    def spoken_of(self, detail: str = "") -> Iterator[str]:
        """Words, of which no column says in which text they stand."""
        del detail
        return iter(())

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

    def by_record(self) -> Mapping[str, str]:
        """The record, and the phrases found in it."""
        return {**super().by_record(), "phrases": "source_id"}

    def looks_at(self) -> list[Look]:
        """The records and the phrases found in them."""
        return [*super().looks_at(), Look("phrases")]
