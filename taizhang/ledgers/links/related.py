"""Which records belong to a record: those made from it, those that name it, and those of the same
event.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from taizhang.kernel.errors import NotAllowed
from taizhang.ledgers.kind import Gives, Leaving, LedgerKind
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.models import RecordLink
from taizhang.orgs.actor import Actor
from taizhang.orgs.entry import Entry, EntryQuerySet
from taizhang.orgs.models import Membership

MOST = 12


@dataclass(frozen=True)
class Related:
    """One record that belongs to another."""

    kind: LedgerKind
    entry: Entry
    link: int | None = None
    """The key of the link, which can be taken back."""


@dataclass(frozen=True)
class Group:
    """Records of one ledger that belong to a record, and how they came to."""

    title: str
    found: list[Related]


def groups(kind: LedgerKind, entry: Entry, actor: Actor) -> list[Group]:
    """All that belongs to a record, as far as the actor may see it."""
    made = [Group("由一次登记而来", found)] if (found := linked(kind, entry, actor)) else []
    known = {(one.kind.slug, one.entry.pk) for one in found} | {(kind.slug, entry.pk)}
    others: dict[str, list[Related]] = {}
    by_name = [*_naming(kind, entry, actor), *_named(kind, entry, actor)]
    for one, how in [
        *((one, "") for one in by_name),
        *((one, "（同日，是否同一件事请核对）") for one in _same_day(kind, entry, actor)),
    ]:
        if (one.kind.slug, one.entry.pk) not in known:
            known.add((one.kind.slug, one.entry.pk))
            others.setdefault(f"{one.kind.title}{how}", []).append(one)
    return made + [Group(title, listed[:MOST]) for title, listed in others.items()]


def _links(kind: LedgerKind, entry: Entry) -> QuerySet[RecordLink]:
    """The links of which a record is one end."""
    ends = Q(from_kind=kind.slug, from_id=entry.pk) | Q(to_kind=kind.slug, to_id=entry.pk)
    return RecordLink.objects.filter(ends)


def linked(kind: LedgerKind, entry: Entry, actor: Actor) -> list[Related]:
    """The records at the other ends of its links."""
    found = []
    for link in _links(kind, entry).order_by("pk"):
        own = (link.from_kind, link.from_id) == (kind.slug, entry.pk)
        slug, key = (link.to_kind, link.to_id) if own else (link.from_kind, link.from_id)
        other = _of(KINDS[slug], actor).filter(pk=key).first()
        if other is not None:
            found.append(Related(KINDS[slug], other, link.pk))
    return found


def link_of(kind: LedgerKind, entry: Entry, key: int) -> RecordLink:
    """One link of a record."""
    found = _links(kind, entry).filter(pk=key).first()
    if found is None:
        raise NotAllowed("这条记录没有这个关联。")
    return found


def open_gives(kind: LedgerKind, entry: Entry) -> list[tuple[Gives, LedgerKind]]:
    """What could still be made from a record: with the kind that it would be of."""
    if entry.withdrawn_at is not None or not kind.gives:
        return []
    done = RecordLink.objects.filter(from_kind=kind.slug, from_id=entry.pk)
    slugs = set(done.values_list("to_kind", flat=True))
    return [(g, KINDS[g.to]) for g in kind.gives if g.to not in slugs and g.when(entry)]


@dataclass(frozen=True)
class StillListed:
    """A person who left by one record and whom the roster still lists."""

    leaving: Leaving
    member: Membership

    @property
    def reason(self) -> str:
        """Why, in the words of the roster."""
        return str(Membership.Left(self.leaving.reason).label)


def still_listed(kind: LedgerKind, entry: Any) -> StillListed | None:
    """The open line of the roster that a record of leaving contradicts."""
    leaving = None if entry.withdrawn_at else kind.leaving(entry)
    if leaving is None:
        return None
    lines = Membership.objects.current().filter(
        branch=entry.branch_id, person=entry.person_id, left_on=None
    )
    if leaving.day is not None:
        lines = lines.filter(joined_on__lte=leaving.day)
    member = lines.select_related("person", "branch").order_by("-joined_on").first()
    return StillListed(leaving, member) if member else None


def gives_to(kind: LedgerKind, slug: str) -> Gives:
    """How a kind gives to another."""
    found = next((g for g in kind.gives if g.to == slug), None)
    if found is None:
        raise NotAllowed("这种记录不能由它生成。")
    return found


def children(kind: LedgerKind) -> list[tuple[LedgerKind, str]]:
    """The kinds whose records name one of this kind, with the field that does."""
    return [
        (other, field.name)
        for other in KINDS.values()
        for field in other.fields()
        if field.model is kind.model
    ]


def _of(kind: LedgerKind, actor: Actor) -> EntryQuerySet:
    return kind.model.objects.visible_to(actor).current().select_related("branch")


def _naming(kind: LedgerKind, entry: Entry, actor: Actor) -> list[Related]:
    """Records that name this one."""
    return [
        Related(other, row)
        for other, name in children(kind)
        for row in _of(other, actor).filter(**{name: entry}).order_by(f"-{other.day}")[:MOST]
    ]


def _named(kind: LedgerKind, entry: Entry, actor: Actor) -> list[Related]:
    """Records that this one names."""
    found = []
    by_model: dict[Any, LedgerKind] = {other.model: other for other in KINDS.values()}
    for field in kind.fields():
        other = by_model.get(field.model) if field.model else None
        key = getattr(entry, f"{field.name}_id", None) if other else None
        if other and key:
            found += [Related(other, row) for row in _of(other, actor).filter(pk=key)]
    return found


def _same_day(kind: LedgerKind, entry: Entry, actor: Actor) -> list[Related]:
    """Records of the same event."""
    found = []
    for other, where in [*_later(kind, entry), *_earlier(kind, entry)]:
        rows = _of(other, actor).filter(branch_id=entry.branch_id, **where)
        found += [Related(other, row) for row in rows.distinct().order_by("pk")[:MOST]]
    return found


Asked = tuple[LedgerKind, dict[str, Any]]
"""A ledger and what its records must be."""


def _later(kind: LedgerKind, entry: Entry) -> Iterator[Asked]:
    """The ledgers that this kind names, with the days on which the record says that the
    event was.
    """
    for event in kind.same_event:
        own = kind.model._default_manager.filter(pk=entry.pk, **event.own)
        other, days = KINDS[event.to], {day for day in own.values_list(event.day, flat=True) if day}
        if days:
            yield other, {**event.where, f"{other.day}__in": days}


def _earlier(kind: LedgerKind, entry: Entry) -> Iterator[Asked]:
    """The ledgers that name this kind, where the record is what they speak of."""
    day = kind.day_of(entry)
    for other in KINDS.values() if day else ():
        for event in other.same_event:
            if event.to == kind.slug and all(_meets(entry, *pair) for pair in event.where.items()):
                yield other, {**event.own, event.day: day}


def _meets(entry: Entry, column: str, wanted: Any) -> bool:
    if column.endswith("__in"):
        return getattr(entry, column.removesuffix("__in")) in wanted
    return bool(getattr(entry, column) == wanted)
