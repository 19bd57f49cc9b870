"""Who was what on a day.

Each population is a set of spells (branch, person, group, from, to); the last day does not belong
to a spell.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal, NamedTuple

from taizhang.kernel.calendar import FOREVER
from taizhang.rules.base import Facts

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
    "channels",
    "maybe_full",
]
SPELLS_FROM: dict[str, tuple[str, ...]] = {
    "member": ("members", "stages"), "full": ("members", "stages"), "in_month": ("members", "stages"),
    "spell": ("members",), "committee": ("posts",), "secretary": ("posts",), "leader": ("group_leaders",),
    "group": ("members", "stages", "group_members"), "groups": ("groups",), "lost": ("lost_members",), "rooms": ("rooms",),
    "limited": ("rights_limits",),
    "units": ("units",), "channels": ("channels",), "maybe_full": ("members", "stages"),
    "committees": ("members", "stages", "posts"),
}  # fmt: skip
"""Population → the facts it follows from."""
COMMITTEE_FROM = 7
"""So many full members have a committee; fewer have a secretary, and a deputy where need be (DOMAIN
ORG-3, ORG-5).
"""
SETTLING = 90
"""Days that a new branch, committee or group has for what it must have at all times (no source says
a number).
"""
HEADS = ("secretary", "deputy_secretary")
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


def _undated(branch: Facts) -> list[Spell]:
    """Who stands on the roster without a day of admission or of full membership: a member, of which
    stage nobody knows.
    """
    staged = {s.person_id for s in branch.rows("stages") if s.stage in IN_PARTY}
    return [
        Spell(m.person_id, 0, m.joined_on, _to(m.left_on))
        for m in branch.rows("members")
        if m.person_id not in staged and m.joined_on < _to(m.left_on)
    ]


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


def _committees(branch: Facts) -> list[Spell]:
    """The longest stretches in which the branch had a committee, whoever sat on it.

    It has one on a day when it has enough full members, or when two people hold posts, one of them
    a mere member's: a secretary, with or without a deputy, is none. An entry in the ledger of terms
    is no proof either way.
    """
    full, posts = spells(branch, "full"), spells(branch, "committee")
    mere = {(p.person_id, p.from_on) for p in branch.rows("posts") if p.post not in HEADS}
    found: list[Spell] = []
    begun: date | None = None
    for day in sorted({day for s in (*full, *posts) for day in (s.from_on, s.to_on)}):
        held = [p for p in posts if p.from_on <= day < p.to_on]
        sits = len({p.person_id for p in held}) >= 2 and any(
            (p.person_id, p.from_on) in mere for p in held
        )
        if sits or headcount(branch, "full", day) >= COMMITTEE_FROM:
            begun = begun or day
        elif begun:
            found.append(Spell(0, 0, begun, day))
            begun = None
    return found


_SPELLS: dict[str, Any] = {
    "member": lambda b: [*_memberships(b, IN_PARTY), *_undated(b)],
    "maybe_full": lambda b: [*_memberships(b, ("full",)), *_undated(b)],
    "full": lambda b: _memberships(b, ("full",)),
    "spell": lambda b: [
        Spell(m.person_id, 0, m.joined_on, _to(m.left_on)) for m in b.rows("members")
    ],
    "in_month": _in_month,
    "committee": lambda b: _posts(b, None),
    "committees": _committees,
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
    "channels": lambda b: [
        Spell(c.id, 0, c.opened_on, _to(c.closed_on)) for c in b.rows("channels")
    ],
    "units": lambda b: [Spell(u.unit_id, 0, date.min, FOREVER) for u in b.rows("units")],
    "limited": lambda b: [
        Spell(r.person_id, 0, r.from_on, _to(r.to_on)) for r in b.rows("rights_limits")
    ],
}
