"""Organisations, areas and units that the actor may read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import F, Prefetch, QuerySet, prefetch_related_objects

from taizhang.kernel.errors import NotAllowed
from taizhang.kernel.text import folded
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Alias, Area, Organisation, Unit


def as_called(places: Iterable[Organisation], day: date | None) -> list[Organisation]:
    """Organisations for reading, under the names that they bore on a day; without a day those of now."""
    found = list(places)
    if day is not None:
        prefetch_related_objects(found, "former_names")
        for one in found:
            one.full_name, one.short_name = one.full_name_on(day), one.short_name_on(day)
    return found


def organisation(key: int, *, actor: Actor) -> Organisation:
    """One organisation that the actor may read."""
    found = Organisation.objects.visible_to(actor).filter(pk=key).first()
    if found is None:
        raise NotAllowed("没有这个党组织，或者您无权查看。")
    return found


def branches(actor: Actor) -> QuerySet[Organisation]:
    """The branches that the actor may read, in the order of the tree."""
    return Organisation.objects.visible_to(actor).branches()


def branches_below(place: Organisation, actor: Actor) -> QuerySet[Organisation]:
    """Those of them below an organisation."""
    return branches(actor).filter(path__startswith=place.path)


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
        former = [
            name for one in org.former_names.all() for name in (one.full_name, one.short_name)
        ]
        names = (org.full_name, org.short_name, *former, *(one.name for one in org.aliases.all()))
        if wanted in {folded(name) for name in names}:
            return org
    return None


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
    """Every name of every organisation and of its units, for finding another unit's name in a text."""
    names = [
        *Organisation.objects.branches().values_list("pk", "short_name"),
        *Alias.objects.values_list("organisation_id", "name"),
        *Organisation.objects.filter(units__isnull=False).values_list("pk", F("units__name")),
    ]
    return [(key, name) for key, name in names if len(name) >= 2]


def places() -> list[Organisation]:
    """All organisations, for saying where a duty is held: names only."""
    return list(Organisation.objects.order_by("path"))
