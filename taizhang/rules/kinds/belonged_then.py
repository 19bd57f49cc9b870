"""The person named belonged, on that day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import ClassVar, Literal

from taizhang.kernel.calendar import FOREVER
from taizhang.rules.base import NONE, Compared, Facts, Look, Period, Remedy, Suspicion, whole
from taizhang.rules.membership import SPELLS_FROM, Population, belongs
from taizhang.rules.row_rules import RowRule


class BelongedThen(RowRule):
    """The person of each row belonged to one of the populations on the row's day.

    A row without a key of a person but with a name is somebody the roster does not know, and fails;
    with neither it is not judged. For groups it must be the row's own group.
    """

    kind: Literal["belonged_then"] = "belonged_then"
    usual_remedy: ClassVar[Remedy] = "correct"
    compares: ClassVar[Compared] = "roster"
    person: str = "person_id"
    name: str = ""
    populations: list[Population]
    at_last: bool = False
    """Ask of the day of judging, of the rows that still run then."""
    before: int = 0
    """Ask of so many days before."""
    own_columns: ClassVar[tuple[str, ...]] = (*RowRule.own_columns, "person", "name")

    def looks_at(self) -> list[Look]:
        """The ledger, and what the populations rest on."""
        return [*super().looks_at(), *whole(*(t for p in self.populations for t in SPELLS_FROM[p]))]

    def by_person(self) -> Mapping[str, str]:
        """The rows name a person; so does what the populations rest on, unless they are of groups
        or rooms.
        """
        facts = {table for p in self.populations for table in SPELLS_FROM[p]} - {"groups", "rooms"}
        found = dict.fromkeys(facts, "person_id")
        return {} if self.ledger in found else found | {self.ledger: self.person}

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """Ask each population for the day."""
        for row in self.rows(branch, period):
            person = getattr(row, self.person)
            name = (getattr(row, self.name) or "") if self.name else ""
            if person is None and not name:
                continue
            day = period.last if self.at_last else getattr(row, self.day)
            if self.at_last and (getattr(row, self.end) or FOREVER) <= day:
                continue
            then = day - timedelta(days=self.before)
            if not any(belongs(branch, p, person, then, _group(row, p)) for p in self.populations):
                yield self.hint(
                    branch,
                    day.isoformat(),
                    subject=getattr(row, self.subject),
                    other=NONE if person is None else person,
                    detail=name if person is None else "",
                )


GROUPED = ("group", "leader")


def _group(row: object, population: str) -> int | None:
    if population not in GROUPED:
        return None
    group = getattr(row, "group_id", None)
    return NONE if group is None else int(group)
