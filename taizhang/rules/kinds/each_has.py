"""Everything that was due has its record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from taizhang.kernel.calendar import FOREVER
from taizhang.rules.base import (
    NONE,
    Cut,
    Facts,
    Look,
    Period,
    Suspicion,
    Tables,
    Where,
    chosen,
    whole,
)
from taizhang.rules.by_words import alike_but, plainly, rows_asked, words_of
from taizhang.rules.columns import day_label, hints, open_end
from taizhang.rules.duty import MEMBERS, OfMembers
from taizhang.rules.lazy import ibis
from taizhang.rules.own_rows import Waiting
from taizhang.rules.people import SPELLS_FROM, spells

if TYPE_CHECKING:
    import ibis.expr.types as ir


class EachHas(Waiting):
    """For each row of `ledger` (a table, or a population that follows from tables) there is one of `has`.

    The two agree in the columns of `match` (`has` column → own column); with `earliest`/`latest` the day of the
    other lies so many days after one's own day, both ends included. Null agrees with nothing.
    """

    kind: Literal["each_has"] = "each_has"
    has: str
    has_where: Where = {}
    has_day: str = "on"
    match: dict[str, str] = {}
    earliest: int | None = None
    latest: int | None = None
    has_end: str = ""
    """The column of the day on which the other's time ends: it ends after one's own day, or is open."""
    none: bool = False
    """The other way round: there must be no such row."""
    while_committee: bool = False
    """Asked only of days on which the branch had a committee."""
    other: str = ""
    """The own column that the suspicion names beside the record."""
    label: str = ""
    """The own column that is the window; else the day."""
    together: bool = False
    """Of all rows of a window one suspicion, with their number as `found`."""
    own_columns: ClassVar[tuple[str, ...]] = (*Waiting.own_columns, "other", "label")

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """Look each one up by its keys, then by the days."""
        told = self._told(branch, period)
        if not self.together:
            yield from told
            return
        for window, found in Counter(suspicion.window for suspicion in told).items():
            yield self.hint(branch, window, found=found, wanted=0)

    def _told(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        keys = branch.index(self.has, *self.match, where=self.has_where)
        own_keys = [attrgetter(own) for own in self.match.values()]
        any_will_do = not self.has_end and not self._by_days
        for row in self.rows(branch, period):
            if self.is_early(row, period):
                continue
            if self.while_committee and not self._has_committee(branch, getattr(row, self.day)):
                continue
            at = tuple([own(row) for own in own_keys])
            found = () if None in at else keys.get(at, ())
            day = getattr(row, self.day)
            served = bool(found) and (any_will_do or any(self._serves(o, day) for o in found))
            if served == self.none:
                yield self.hint(
                    branch,
                    str(getattr(row, self.label)) if self.label else day.isoformat(),
                    subject=getattr(row, self.subject),
                    other=getattr(row, self.other) if self.other else NONE,
                    found=int(self.none),
                    wanted=int(not self.none),
                    detail=getattr(row, "post", ""),
                )

    @staticmethod
    def _has_committee(branch: Facts, day: Any) -> bool:
        return any(s.from_on <= day < s.to_on for s in spells(branch, "committees"))

    def helpers(self) -> tuple[str, ...]:
        """The stretches with a committee."""
        return ("committees",) if self.while_committee else super().helpers()

    def _serves(self, other: Any, day: Any) -> bool:
        if self.has_end and (getattr(other, self.has_end) or FOREVER) <= day:
            return False
        if not self._by_days:
            return True
        theirs = getattr(other, self.has_day)
        if theirs is None:
            return False
        after = (theirs - day).days
        return (self.earliest is None or after >= self.earliest) and (
            self.latest is None or after <= self.latest
        )

    def asked_with(self) -> Hashable:
        """Rules of rows, and of what they have, that hold other words in the same columns."""
        words = words_of(self.where), words_of(self.has_where)
        return alike_but(self, ["where", "has_where"]), words

    def relation_with(self, others: Sequence[Any], tables: Tables) -> ir.Table:
        """An anti-join on the keys and the days."""
        rows, theirs, words = self._asked_rows(others, tables)
        rows = self.old_enough(rows, tables)
        if self.while_committee:
            held = tables["committees"].select(c_branch="branch_id", c_from="from_on", c_to="to_on")
            on = [rows[self.day] >= held.c_from, rows[self.day] < held.c_to]
            rows = rows.semi_join(held, [rows.branch_id == held.c_branch, *on])
        picked = {f"k{i}": theirs[column] for i, column in enumerate(self.match)}
        picked |= {f"has_{column}": theirs[column] for column in words}
        if self.has_end:
            picked["k_end"] = open_end(theirs[self.has_end])
        when = self.has_day if self._by_days else "branch_id"
        theirs = theirs.select(k_branch=theirs.branch_id, k_day=theirs[when], **picked)
        on = [rows.branch_id == theirs.k_branch]
        on += [rows[own] == theirs[f"k{i}"] for i, own in enumerate(self.match.values())]
        on += [rows[f"word_{column}"] == theirs[f"has_{column}"] for column in words]
        if self.has_end:
            on.append(theirs.k_end > rows[self.day])
        if self.earliest is not None:
            on.append(_days(theirs.k_day, rows[self.day]) >= self.earliest)
        if self.latest is not None:
            on.append(_days(theirs.k_day, rows[self.day]) <= self.latest)
        left = rows.semi_join(theirs, on) if self.none else rows.anti_join(theirs, on)
        window = left[self.label].cast("string") if self.label else day_label(left[self.day])
        if self.together:
            of_window = left.select("rule", "branch_id", window=window)
            of_window = of_window.group_by(["rule", "branch_id", "window"])
            return hints(of_window.agg(n=ibis._.count()), window="window", found="n", wanted=0)
        return hints(
            left,
            window=window,
            subject=self.subject,
            other=self.other or NONE,
            found=int(self.none),
            wanted=int(not self.none),
            detail=left.post if "post" in left.columns else "",
        )

    def _asked_rows(
        self, others: Sequence[Any], tables: Tables
    ) -> tuple[ir.Table, ir.Table, list[str]]:
        """The own rows with the rule that asks of them; the other's rows; the columns of the words that tell them apart."""
        if not others:
            rows = self.selected(tables).mutate(rule=ibis.literal(self.id))
            return rows, chosen(tables[self.has], self.has_where), []
        rules, (theirs, rest) = [self, *others], plainly(self.has_where)
        words = {f"word_{column}": [rule.has_where[column] for rule in rules] for column in theirs}
        return rows_asked(rules, tables, words), chosen(tables[self.has], rest), list(theirs)

    @property
    def _by_days(self) -> bool:
        return self.earliest is not None or self.latest is not None

    def by_person(self) -> Mapping[str, str]:
        """Both tables, where they agree in the person."""
        return self.people(self.has, self.match)

    def by_record(self) -> Mapping[str, str]:
        """Unless the rows of the ledger are looked up in it."""
        return {} if self.has == self.ledger else super().by_record()

    def missing(self) -> Look | None:
        """What each row must have."""
        return None if self.none else Look(self.has, self.has_where)

    def counted(self) -> list[Look]:
        """What is missing and its own rows; where there should be none, its own rows first."""
        has = Look(self.has, self.has_where)
        return [*super().counted(), has] if self.none else [has, *super().counted()]

    def is_duty(self) -> bool:
        """Unless it is a mere hint, or asks that there be none."""
        return not self.none and self.severity != "info"

    def asked_of(self) -> Literal["branch", "group", "person"]:
        """Nearly always persons; records are counted like them."""
        return "person"

    def each_member(self) -> OfMembers | None:
        """Where its rows are members, told apart by windows."""
        if not (self.is_duty() and self.label and self.ledger in MEMBERS):
            return None
        return OfMembers(self, self.label, *MEMBERS[self.ledger], self.settle or 0)

    def one_year(self, cut: Cut) -> bool:
        """Where what is looked up in a table that is cut has the very day that is judged."""
        days = cut.get(self.has)
        return super().one_year(cut) and (
            days is None or any(self.match.get(day) == self.day for day in days)
        )

    def looks_at(self) -> list[Look]:
        """Both tables, and that of committees."""
        committees = whole(*SPELLS_FROM["committees"]) if self.while_committee else []
        return [*super().looks_at(), Look(self.has, self.has_where), *committees]


def _days(later: Any, earlier: Any) -> Any:
    return later.delta(earlier, unit="day")
