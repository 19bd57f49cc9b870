"""Who was what on a day, said twice: for one branch in Python, and as spells with columns for all.

Each population is a set of spells (branch, person, group, from, to); the last day does not belong to a spell.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from taizhang.kernel.calendar import FOREVER
from taizhang.rules.base import Facts, Tables
from taizhang.rules.columns import open_end
from taizhang.rules.lazy import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir

Population = Literal[
    "member",
    "full",
    "committee",
    "group",
    "leader",
    "secretary",
    "groups",
    "spell",
    "in_month",
    "lost",
    "rooms",
    "limited",
    "units",
]
SPELLS_FROM: dict[str, tuple[str, ...]] = {
    "member": ("members", "stages"), "full": ("members", "stages"), "in_month": ("members", "stages"),
    "spell": ("members",), "committee": ("posts",), "secretary": ("posts",), "leader": ("group_leaders",),
    "group": ("members", "stages", "group_members"), "groups": ("groups",), "lost": ("lost_members",), "rooms": ("rooms",),
    "limited": ("rights_limits",),
    "units": ("units",),
}  # fmt: skip
"""Population → the facts it follows from."""
IN_PARTY = ("probationary", "full")
IN_ORDER = ("normal", "restored")


class Spell(NamedTuple):
    """One stretch of belonging."""

    person_id: int
    group_id: int
    from_on: date
    to_on: date


def spells(branch: Facts, population: str) -> list[Spell]:
    """The spells of a population in one branch."""
    if population not in branch.memo:
        branch.memo[population] = _SPELLS[population](branch)
    found: list[Spell] = branch.memo[population]
    return found


def belongs(
    branch: Facts, population: str, person: int | None, day: date, group: int | None = None
) -> bool:
    """Whether the person belonged to the population (of that group) on that day."""
    key = ("by person", population)
    if key not in branch.memo:
        made: dict[int, list[Spell]] = {}
        for spell in spells(branch, population):
            made.setdefault(spell.person_id, []).append(spell)
        branch.memo[key] = made
    for _, own_group, from_on, to_on in branch.memo[key].get(person, ()):
        if from_on <= day < to_on and (group is None or own_group == group):
            return True
    return False


def headcount(
    branch: Facts, population: str, day: date, group: int | None = None, without: str | None = None
) -> int:
    """How many different persons belonged on that day, and not to `without`."""
    key = ("count", population, day, group, without)
    if key not in branch.memo:
        out = there(branch, without, day) if without else set()
        branch.memo[key] = len(there(branch, population, day, group) - out)
    count: int = branch.memo[key]
    return count


def there(branch: Facts, population: str, day: date, group: int | None = None) -> set[int]:
    """Who belonged (to that group) on that day."""
    return {
        s.person_id
        for s in spells(branch, population)
        if s.from_on <= day < s.to_on and (group is None or s.group_id == group)
    }


def _to(day: date | None) -> date:
    return day or FOREVER


def _memberships(branch: Facts, stages: tuple[str, ...]) -> list[Spell]:
    """The stretches in which a person was in the branch, in such a stage, and in order."""
    by_person = branch.index("stages", "person_id")
    found = set()
    for m in branch.rows("members"):
        for s in by_person.get((m.person_id,), ()):
            if s.stage in stages and s.status in IN_ORDER:
                start, end = max(m.joined_on, s.from_on), min(_to(m.left_on), _to(s.to_on))
                if start < end:
                    found.add(Spell(m.person_id, 0, start, end))
    return list(found)


def _in_month(branch: Facts) -> list[Spell]:
    """Memberships widened to whole months, for dues are counted by months."""
    return [
        Spell(s.person_id, 0, s.from_on.replace(day=1), s.to_on) for s in spells(branch, "member")
    ]


def _posts(branch: Facts, posts: tuple[str, ...] | None) -> list[Spell]:
    return [
        Spell(p.person_id, 0, p.from_on, _to(p.to_on))
        for p in branch.rows("posts")
        if posts is None or p.post in posts
    ]


def _group_members(branch: Facts) -> list[Spell]:
    """The stretches in which a person was both in the group and in the branch."""
    by_person: dict[int, list[Spell]] = {}
    for spell in spells(branch, "member"):
        by_person.setdefault(spell.person_id, []).append(spell)
    found = set()
    for g in branch.rows("group_members"):
        for m in by_person.get(g.person_id, ()):
            start, end = max(g.from_on, m.from_on), min(_to(g.to_on), m.to_on)
            if start < end:
                found.add(Spell(g.person_id, g.group_id, start, end))
    return list(found)


def _leaders(branch: Facts) -> list[Spell]:
    return [
        Spell(g.person_id, g.group_id, g.from_on, _to(g.to_on))
        for g in branch.rows("group_leaders")
    ]


def _groups(branch: Facts) -> list[Spell]:
    return [Spell(g.id, g.id, g.valid_from, _to(g.valid_to)) for g in branch.rows("groups")]


_SPELLS: dict[str, Any] = {
    "member": lambda b: _memberships(b, IN_PARTY),
    "full": lambda b: _memberships(b, ("full",)),
    "spell": lambda b: [
        Spell(m.person_id, 0, m.joined_on, _to(m.left_on)) for m in b.rows("members")
    ],
    "in_month": _in_month,
    "committee": lambda b: _posts(b, None),
    "secretary": lambda b: _posts(b, ("secretary",)),
    "group": _group_members,
    "leader": _leaders,
    "groups": _groups,
    "lost": lambda b: [
        Spell(m.person_id, 0, m.registered_on, m.until) for m in b.rows("lost_members")
    ],
    "rooms": lambda b: [
        Spell(r.id, 0, r.available_from, _to(r.closed_on)) for r in b.rows("rooms")
    ],
    "units": lambda b: [Spell(u.unit_id, 0, date.min, FOREVER) for u in b.rows("units")],
    "limited": lambda b: [
        Spell(r.person_id, 0, r.from_on, _to(r.to_on)) for r in b.rows("rights_limits")
    ],
}


def spell_table(tables: Tables, population: str) -> ir.Table:
    """The same spells of every branch: branch_id, person_id, group_id, from_on, to_on."""
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
        "branch_id", "person_id", "group_id",
        from_on=ibis.ifelse(both.from_on > both.m_from, both.from_on, both.m_from),
        to_on=ibis.ifelse(both.to_on < both.m_to, both.to_on, both.m_to),
    )  # fmt: skip
    return found.filter(found.from_on < found.to_on).distinct()


def _unit_table(tables: Tables) -> ir.Table:
    table, begun = tables["units"], ibis.literal(date.min)
    table = table.mutate(from_on=begun, to_on=ibis.literal(FOREVER))
    return _plain(table, "unit_id", None, "from_on", "to_on")


_TABLES: dict[str, Any] = {
    "member": lambda t: _member_table(t, IN_PARTY),
    "full": lambda t: _member_table(t, ("full",)),
    "spell": lambda t: _plain(t["members"], "person_id", None, "joined_on", "left_on"),
    "in_month": _in_month_table,
    "committee": lambda t: _post_table(t, None),
    "secretary": lambda t: _post_table(t, ("secretary",)),
    "group": _group_table,
    "leader": lambda t: _plain(t["group_leaders"], "person_id", "group_id", "from_on", "to_on"),
    "groups": lambda t: _plain(t["groups"], "id", "id", "valid_from", "valid_to"),
    "lost": lambda t: _plain(t["lost_members"], "person_id", None, "registered_on", "until"),
    "rooms": lambda t: _plain(t["rooms"], "id", None, "available_from", "closed_on"),
    "units": _unit_table,
    "limited": lambda t: _plain(t["rights_limits"], "person_id", None, "from_on", "to_on"),
}
