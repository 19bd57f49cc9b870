"""Who was what on a day, in all branches: spells as columns, as `rules.membership` says them of
one.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import ibis
import ibis.expr.types as ir

from taizhang.kernel.calendar import FOREVER
from taizhang.rules.columnar.columns import open_end
from taizhang.rules.columnar.saying import Tables
from taizhang.rules.membership import COMMITTEE_FROM, HEADS, IN_ORDER, IN_PARTY


def spell_table(tables: Tables, population: str) -> ir.Table:
    """The spells of a population in every branch: branch_id, person_id, group_id,
    from_on, to_on.
    """
    return _TABLES[population](tables)


def _plain(table: ir.Table, person: str, group: Any, first: str, last: str) -> ir.Table:
    return table.select(
        branch_id=table.branch_id,
        person_id=table[person],
        group_id=table[group] if isinstance(group, str) else ibis.literal(0, type="int64"),
        from_on=table[first],
        to_on=open_end(table[last]),
    )


def _member_table(tables: Tables, stages: tuple[str, ...]) -> ir.Table:
    m = tables["members"].select("branch_id", "person_id", "joined_on", "left_on")
    s = tables["stages"]
    s = s.filter(s.stage.isin(stages), s.status.isin(IN_ORDER)).select(
        "branch_id", "person_id", "from_on", "to_on"
    )
    both = m.join(s, ["branch_id", "person_id"])
    both = both.mutate(left_on=open_end(both.left_on), to_on=open_end(both.to_on))
    found = both.select(
        branch_id=both.branch_id,
        person_id=both.person_id,
        group_id=ibis.literal(0, type="int64"),
        from_on=ibis.ifelse(both.joined_on > both.from_on, both.joined_on, both.from_on),
        to_on=ibis.ifelse(both.left_on < both.to_on, both.left_on, both.to_on),
    )
    return found.filter(found.from_on < found.to_on).distinct()


def _undated_table(tables: Tables) -> ir.Table:
    staged = tables["stages"]
    staged = staged.filter(staged.stage.isin(IN_PARTY)).select("branch_id", "person_id")
    left = tables["members"].anti_join(staged, ["branch_id", "person_id"])
    found = _plain(left, "person_id", None, "joined_on", "left_on")
    return found.filter(found.from_on < found.to_on)


def _in_month_table(tables: Tables) -> ir.Table:
    table = spell_table(tables, "member")
    return table.mutate(from_on=table.from_on.truncate("M"))


def _post_table(tables: Tables, posts: tuple[str, ...] | None) -> ir.Table:
    table = tables["posts"]
    if posts is not None:
        table = table.filter(table.post.isin(posts))
    return _plain(table, "person_id", None, "from_on", "to_on")


def _group_table(tables: Tables) -> ir.Table:
    g = _plain(tables["group_members"], "person_id", "group_id", "from_on", "to_on")
    m = spell_table(tables, "member").select(
        "branch_id", "person_id", m_from="from_on", m_to="to_on"
    )
    both = g.join(m, ["branch_id", "person_id"])
    found = both.select(
        "branch_id",
        "person_id",
        "group_id",
        from_on=ibis.ifelse(both.from_on > both.m_from, both.from_on, both.m_from),
        to_on=ibis.ifelse(both.to_on < both.m_to, both.to_on, both.m_to),
    )
    return found.filter(found.from_on < found.to_on).distinct()


def _unit_table(tables: Tables) -> ir.Table:
    table, begun = tables["units"], ibis.literal(date.min)
    table = table.mutate(from_on=begun, to_on=ibis.literal(FOREVER))
    return _plain(table, "unit_id", None, "from_on", "to_on")


def committee_table(tables: Tables) -> ir.Table:
    """The stretches in which each branch had a committee, as `_committees` says; kept as the table
    `committees`.
    """
    full = spell_table(tables, "full").select("branch_id", "person_id", "from_on", "to_on")
    posts = tables["posts"]
    posts = posts.select(
        "branch_id",
        "person_id",
        "from_on",
        to_on=open_end(posts.to_on),
        mere=posts.post.notin(HEADS).cast("int64"),
    )
    both = full.union(posts.select(*full.columns))
    days = both.select("branch_id", day="from_on").union(both.select("branch_id", day="to_on"))
    days = days.distinct()
    members = _on_days(days, full)
    members = members.group_by("branch_id", "day").aggregate(n=members.person_id.nunique())
    sitting = _on_days(days, posts)
    sitting = sitting.group_by("branch_id", "day").aggregate(
        n=sitting.person_id.nunique(), mere=sitting.mere.max()
    )
    keys = ["branch_id", "day"]
    both = days.left_join(members, keys).select(*keys, full=members.n.fill_null(0))
    both = both.left_join(sitting, keys).select(
        *keys, "full", n=sitting.n.fill_null(0), mere=sitting.mere.fill_null(0)
    )
    has = (both.full >= COMMITTEE_FROM) | ((both.n >= 2) & (both.mere == 1))
    both = both.select(*keys, has=ibis.ifelse(has, 1, 0))
    order = ibis.window(group_by="branch_id", order_by="day")
    turns = both.mutate(was=both.has.lag().over(order).fill_null(0))
    turns = turns.filter(turns.has != turns.was)
    turns = turns.mutate(to_on=turns.day.lead().over(order))
    turns = turns.filter(turns.has == 1)
    none = ibis.literal(0, type="int64")
    return turns.select(
        branch_id=turns.branch_id,
        person_id=none,
        group_id=none,
        from_on=turns.day,
        to_on=turns.to_on,
    )


def _on_days(days: ir.Table, spell: ir.Table) -> ir.Table:
    """Every spell on each of the days that lie in it."""
    both = days.join(spell, "branch_id")
    return both.filter(_now(both, both.day))


def _now(spell: ir.Table, day: Any) -> Any:
    return (spell.from_on <= day) & (spell.to_on > day)


_SPELL = {
    "branch_id": "int64", "person_id": "int64", "group_id": "int64", "from_on": "date", "to_on": "date",
}  # fmt: skip
MADE: dict[str, tuple[dict[str, str], Any]] = {"committees": (_SPELL, committee_table)}
"""Tables that are made of facts, once for all rules and for the verdicts: name → columns, and what
makes it.
"""

_TABLES: dict[str, Any] = {
    "member": lambda t: _member_table(t, IN_PARTY).union(_undated_table(t), distinct=True),
    "maybe_full": lambda t: _member_table(t, ("full",)).union(_undated_table(t), distinct=True),
    "full": lambda t: _member_table(t, ("full",)),
    "spell": lambda t: _plain(t["members"], "person_id", None, "joined_on", "left_on"),
    "in_month": _in_month_table,
    "committee": lambda t: _post_table(t, None),
    "committees": lambda t: t["committees"],
    "secretary": lambda t: _post_table(t, ("secretary",)),
    "group": _group_table,
    "leader": lambda t: _plain(t["group_leaders"], "person_id", "group_id", "from_on", "to_on"),
    "groups": lambda t: _plain(t["groups"], "id", "id", "valid_from", "valid_to"),
    "lost": lambda t: _plain(t["lost_members"], "person_id", None, "registered_on", "until"),
    "rooms": lambda t: _plain(t["rooms"], "id", None, "available_from", "closed_on"),
    "channels": lambda t: _plain(t["channels"], "id", None, "opened_on", "closed_on"),
    "units": _unit_table,
    "limited": lambda t: _plain(t["rights_limits"], "person_id", None, "from_on", "to_on"),
}
