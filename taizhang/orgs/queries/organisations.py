"""Organisations, areas and units that the actor may read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import F, Prefetch, QuerySet, prefetch_related_objects

from taizhang.kernel.db.questions import Question
from taizhang.kernel.errors import NotAllowed
from taizhang.kernel.text import folded
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Alias, Area, FormerName, Organisation, Succession, Unit


def as_called(places: Iterable[Organisation], day: date | None) -> list[Organisation]:
    """Organisations for reading, under the names that they bore on a day; without a day those of
    now.
    """
    found = list(places)
    if day is None:
        return found
    if len(found) == 1:
        former = Organisation.borne_on(day, _FORMER(found[0].pk))
        if former is not None:
            found[0].full_name, found[0].short_name = former.full_name, former.short_name
        return found
    prefetch_related_objects(found, "former_names")
    for one in found:
        one.full_name, one.short_name = one.full_name_on(day), one.short_name_on(day)
    return found


_FORMER: Question[FormerName] = Question(lambda key: FormerName.objects.filter(organisation=key))


def organisation(key: int, *, actor: Actor) -> Organisation:
    """One organisation that the actor may read."""
    found = _BY_KEY.first(key)
    if found is None or not actor.may_read(found):
        raise NotAllowed("没有这个党组织，或者您无权查看。")
    return found


_BY_KEY: Question[Organisation] = Question(lambda key: Organisation.objects.filter(pk=key))


def branches(actor: Actor) -> QuerySet[Organisation]:
    """The branches that the actor may read, in the order of the tree."""
    return Organisation.objects.visible_to(actor).branches()


def branches_below(place: Organisation, actor: Actor) -> QuerySet[Organisation]:
    """Those of them below an organisation."""
    return branches(actor).filter(path__startswith=place.path)


def branches_of(places: Iterable[Organisation]) -> dict[int, list[Organisation]]:
    """By the key of each place the branches that keep its ledgers: the branch itself, or all below
    an organisation.
    """
    found: dict[int, list[Organisation]] = {}
    for place in places:
        if place.keeps_ledgers:
            found[place.pk] = [place]
        elif place.pk not in found:
            found[place.pk] = list(
                Organisation.objects.branches().filter(path__startswith=place.path)
            )
    return found


def line_of(place: Organisation) -> set[int]:
    """The keys of an organisation and of all above it."""
    return {int(part) for part in place.path.split("/") if part}


_HANDED: Question[tuple[int, int]] = Question(
    lambda: Succession.objects.values_list("predecessor_id", "successor_id")
)


def answers_for(branch: Organisation) -> set[int]:
    """The keys of a branch and of all that were dissolved into it, at one remove or more."""
    handed = _HANDED()
    found, fresh = {branch.pk}, {branch.pk}
    while fresh:
        fresh = {before for before, after in handed if after in fresh} - found
        found |= fresh
    return found


def answering(place: Organisation) -> list[Organisation]:
    """Whose meetings and files answer for an inspected organisation: itself, the branches of a 党总支,
    and those who go on with the work of one that was dissolved.
    """
    found = {one.pk: one for one in (place, *branches_of([place])[place.pk])}
    handed = list(Succession.objects.select_related("successor"))
    fresh = set(found)
    while fresh:
        heirs = [one.successor for one in handed if one.predecessor_id in fresh]
        fresh = {one.pk for one in heirs} - found.keys()
        found |= {one.pk: one for one in heirs}
    return list(found.values())


def heirs_of(place: Organisation, actor: Actor) -> list[Organisation]:
    """Who may go on with an organisation's work: those of its rank that are not dissolved
    themselves.
    """
    found = Organisation.objects.visible_to(actor).filter(dissolved_on=None).exclude(pk=place.pk)
    return [one for one in found if one.keeps_ledgers == place.keeps_ledgers and one.parent_id]


def inspectable(actor: Actor) -> QuerySet[Organisation]:
    """What can be a unit of a round: the visible branches, and the 党总支 above them."""
    found = Organisation.objects.visible_to(actor)
    return found.filter(org_type__in=(*Organisation.BRANCH_TYPES, Organisation.Type.GENERAL))


def organisations(actor: Actor) -> QuerySet[Organisation]:
    """The organisations that the actor may read, with what a list shows."""
    return (
        Organisation.objects.visible_to(actor)
        .select_related("parent")
        .prefetch_related("units", Prefetch("aliases", Alias.objects.order_by("pk")))
    )


def branch_named(text: str, *, actor: Actor) -> Organisation | None:
    """The visible branch of that full name, short name or alias."""
    wanted = folded(text)
    for org in branches(actor).prefetch_related("aliases", "former_names"):
        if wanted in {folded(name) for name in names_of(org)}:
            return org
    return None


def names_of(org: Organisation) -> list[str]:
    """What an organisation is and was called, in full and in short."""
    former = [name for one in org.former_names.all() for name in (one.full_name, one.short_name)]
    return [org.full_name, org.short_name, *former, *(one.name for one in org.aliases.all())]


def areas(day: date) -> list[tuple[Area, list[int]]]:
    """Areas with the keys of the organisations in them on that day."""
    found: list[tuple[Area, list[int]]] = []
    for area in Area.objects.order_by("pk").prefetch_related("memberships"):
        inside = [
            m.organisation_id
            for m in area.memberships.all()
            if m.valid_from <= day and (m.valid_to is None or day < m.valid_to)
        ]
        found.append((area, inside))
    return found


def units() -> QuerySet[Unit]:
    """All units."""
    return Unit.objects.order_by("name")


def all_names() -> list[tuple[int, str]]:
    """Every name of every organisation and of its units, for finding another unit's
    name in a text.
    """
    names = [
        *Organisation.objects.branches().values_list("pk", "short_name"),
        *Alias.objects.values_list("organisation_id", "name"),
        *Organisation.objects.filter(units__isnull=False).values_list("pk", F("units__name")),
    ]
    return [(key, name) for key, name in names if len(name) >= 2]


def places() -> list[Organisation]:
    """All organisations, for saying where a duty is held: names only."""
    return list(Organisation.objects.order_by("path"))
