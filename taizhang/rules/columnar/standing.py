"""In columns: how a branch stands on the day of judging: so many of these for each of those."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from taizhang.rules.base import NONE
from taizhang.rules.columnar.columns import day_label, hints, open_end
from taizhang.rules.columnar.saying import Tables, relation
from taizhang.rules.columnar.spells import spell_table
from taizhang.rules.kinds.standing import Given, Standing


@relation.register(Standing)
def _relation(rule: Standing, tables: Tables) -> ir.Table:
    """The branches, groups or members that are asked, left join how many there are of each."""
    day = tables["period"].select("last_on")
    then = (day.last_on - ibis.interval(days=rule.settling)).cast("date")
    branches = tables["branches"].cross_join(day.mutate(then=then))
    branches = branches.filter(
        branches.founded_on <= branches.then,
        open_end(branches.dissolved_on) > branches.last_on,
    )
    branches = branches.filter(branches.last_on >= rule.from_, branches.last_on < rule.until)
    branches = branches.select("branch_id", "last_on", "then")
    if rule.given:
        for on in _days(rule):
            branches = _given(rule, tables, branches, rule.given, on)
    due, keys = _due(rule, tables, branches)
    counts = _held(rule, tables, branches)
    both = due.left_join(counts, keys).select(
        "branch_id", "last_on", "other", found=counts.n.fill_null(0)
    )
    wrong = both.found < rule.at_least
    if rule.at_most is not None:
        wrong = wrong | (both.found > rule.at_most)
    both = both.filter(wrong)
    most = rule.at_most or 0
    wanted = ibis.ifelse(both.found < rule.at_least, rule.at_least, most)
    return hints(both, window=day_label(both.last_on), other="other", found="found", wanted=wanted)


def _days(rule: Standing) -> tuple[str, ...]:
    """The columns of the days on which what is given, and who is asked, must be there."""
    return ("last_on", "then") if rule.settling else ("last_on",)


def _now(
    rule: Standing, tables: Tables, branches: ir.Table, population: str, on: str = "last_on"
) -> ir.Table:
    both = spell_table(tables, population).join(branches, "branch_id")
    return both.filter(both.from_on <= both[on], both.to_on > both[on])


def _given(rule: Standing, tables: Tables, branches: ir.Table, given: Given, on: str) -> ir.Table:
    now = _now(rule, tables, branches, given.population, on)
    counts = now.group_by("branch_id").aggregate(n=now.person_id.nunique())
    both = branches.left_join(counts, "branch_id").select(
        "branch_id", "last_on", "then", n=counts.n.fill_null(0)
    )
    both = both.filter(both.n >= given.at_least)
    if given.at_most is not None:
        both = both.filter(both.n <= given.at_most)
    return both.drop("n")


def _due(rule: Standing, tables: Tables, branches: ir.Table) -> tuple[ir.Table, list[str]]:
    if rule.per == "branch":
        return branches.mutate(other=ibis.literal(NONE, type="int64")), ["branch_id"]
    whose = "groups" if rule.per == "group" else "member"
    keys = ["branch_id", "other"]
    first, *more = (
        _now(rule, tables, branches, whose, on).select("branch_id", "last_on", other="person_id")
        for on in _days(rule)
    )
    for also in more:
        first = first.semi_join(also, keys)
    return first.distinct(), keys


def _held(rule: Standing, tables: Tables, branches: ir.Table) -> ir.Table:
    now = _now(rule, tables, branches, rule.population)
    if rule.per == "branch":
        return now.group_by("branch_id").aggregate(n=now.person_id.nunique())
    one = now.select("branch_id", "group_id", "person_id").distinct()
    one = one.rename(other="group_id" if rule.per == "group" else "person_id")
    return one.group_by(["branch_id", "other"]).aggregate(n=one.count())
