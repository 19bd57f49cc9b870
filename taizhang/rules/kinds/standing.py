"""How a branch stands on the day of judging: so many of these for each of those."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from taizhang.kernel.calendar import FOREVER
from taizhang.rules.base import NONE, Facts, Look, Period, Remedy, Rule, Suspicion, whole
from taizhang.rules.membership import SPELLS_FROM, Population, headcount, spells, there


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

    `per: group` asks it of every group, `per: member` counts the groups that each member belongs
    to. What was founded, came or grew so large less than `settling` days before is not asked yet.
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
