"""How a branch stands on the day of judging: so many of these for each of those."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from taizhang.kernel.calendar import FOREVER
from taizhang.rules.base import NONE, Facts, Look, Period, Remedy, Rule, Suspicion, Tables, whole
from taizhang.rules.columns import day_label, hints, open_end
from taizhang.rules.lazy import ibis
from taizhang.rules.people import SPELLS_FROM, Population, headcount, spell_table, spells, there

if TYPE_CHECKING:
    import ibis.expr.types as ir


class Given(BaseModel):
    """Only branches with so many of a population are asked."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    population: Population
    at_least: int = 0
    at_most: int | None = None

    def meets(self, count: int) -> bool:
        """Whether the number lies between the bounds."""
        return count >= self.at_least and (self.at_most is None or count <= self.at_most)


class Standing(Rule):
    """On the day of judging there are from `at_least` to `at_most` persons of the population.

    `per: group` asks it of every group, `per: member` counts the groups that each member belongs to. What was founded,
    came or grew so large less than `settling` days before is not asked yet.
    """

    kind: Literal["standing"] = "standing"
    usual_remedy: ClassVar[Remedy] = "now"
    population: Population
    per: Literal["branch", "group", "member"] = "branch"
    at_least: int = 0
    at_most: int | None = None
    given: Given | None = None
    settling: int = 0
    of_records: ClassVar[bool] = False

    def looks_at(self) -> list[Look]:
        """What the populations rest on."""
        asked = {self.population, *(["groups"] if self.per == "group" else ["member"])}
        if self.given:
            asked.add(self.given.population)
        return whole(*(table for population in asked for table in SPELLS_FROM[population]))

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """Count, and name the group or the member whose number is wrong."""
        day, own = period.last, branch.branch
        then = day - timedelta(days=self.settling)
        if not (own.founded_on <= then and day < (own.dissolved_on or FOREVER)):
            return
        if not self.runs_on(day) or not self._given_on(branch, day, then):
            return
        for other, found in self._counts(branch, day, then).items():
            if not self._within(found):
                wanted = self.at_least if found < self.at_least else self.at_most or 0
                yield self.hint(branch, day.isoformat(), other=other, found=found, wanted=wanted)

    def _within(self, found: int) -> bool:
        return found >= self.at_least and (self.at_most is None or found <= self.at_most)

    def _given_on(self, branch: Facts, *days: date) -> bool:
        given = self.given
        return given is None or all(
            given.meets(headcount(branch, given.population, day)) for day in days
        )

    def _counts(self, branch: Facts, day: date, then: date) -> dict[int, int]:
        held = [s for s in spells(branch, self.population) if s.from_on <= day < s.to_on]
        if self.per == "branch":
            return {NONE: len({s.person_id for s in held})}
        whose = "groups" if self.per == "group" else "member"
        counts = dict.fromkeys(there(branch, whose, day) & there(branch, whose, then), 0)
        for group, person in {(s.group_id, s.person_id) for s in held}:
            at = group if self.per == "group" else person
            if at in counts:
                counts[at] += 1
        return counts

    def relation(self, tables: Tables) -> ir.Table:
        """The same counts as columns."""
        day = tables["period"].select("last_on")
        then = (day.last_on - ibis.interval(days=self.settling)).cast("date")
        branches = tables["branches"].cross_join(day.mutate(then=then))
        branches = branches.filter(
            branches.founded_on <= branches.then,
            open_end(branches.dissolved_on) > branches.last_on,
        )
        branches = branches.filter(branches.last_on >= self.from_, branches.last_on < self.until)
        branches = branches.select("branch_id", "last_on", "then")
        if self.given:
            for on in self._days():
                branches = self._given(tables, branches, self.given, on)
        due, keys = self._due(tables, branches)
        counts = self._held(tables, branches)
        both = due.left_join(counts, keys).select(
            "branch_id", "last_on", "other", found=counts.n.fill_null(0)
        )
        wrong = both.found < self.at_least
        if self.at_most is not None:
            wrong = wrong | (both.found > self.at_most)
        both = both.filter(wrong)
        most = self.at_most or 0
        wanted = ibis.ifelse(both.found < self.at_least, self.at_least, most)
        return hints(
            both, window=day_label(both.last_on), other="other", found="found", wanted=wanted
        )

    def _days(self) -> tuple[str, ...]:
        """The columns of the days on which what is given, and who is asked, must be there."""
        return ("last_on", "then") if self.settling else ("last_on",)

    def _now(
        self, tables: Tables, branches: ir.Table, population: str, on: str = "last_on"
    ) -> ir.Table:
        both = spell_table(tables, population).join(branches, "branch_id")
        return both.filter(both.from_on <= both[on], both.to_on > both[on])

    def _given(self, tables: Tables, branches: ir.Table, given: Given, on: str) -> ir.Table:
        now = self._now(tables, branches, given.population, on)
        counts = now.group_by("branch_id").aggregate(n=now.person_id.nunique())
        both = branches.left_join(counts, "branch_id").select(
            "branch_id", "last_on", "then", n=counts.n.fill_null(0)
        )
        both = both.filter(both.n >= given.at_least)
        if given.at_most is not None:
            both = both.filter(both.n <= given.at_most)
        return both.drop("n")

    def _due(self, tables: Tables, branches: ir.Table) -> tuple[ir.Table, list[str]]:
        if self.per == "branch":
            return branches.mutate(other=ibis.literal(NONE, type="int64")), ["branch_id"]
        whose = "groups" if self.per == "group" else "member"
        keys = ["branch_id", "other"]
        first, *more = (
            self._now(tables, branches, whose, on).select("branch_id", "last_on", other="person_id")
            for on in self._days()
        )
        for also in more:
            first = first.semi_join(also, keys)
        return first.distinct(), keys

    def _held(self, tables: Tables, branches: ir.Table) -> ir.Table:
        now = self._now(tables, branches, self.population)
        if self.per == "branch":
            return now.group_by("branch_id").aggregate(n=now.person_id.nunique())
        one = now.select("branch_id", "group_id", "person_id").distinct()
        one = one.rename(other="group_id" if self.per == "group" else "person_id")
        return one.group_by(["branch_id", "other"]).aggregate(n=one.count())
