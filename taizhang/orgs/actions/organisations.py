"""What changes organisations, units and areas."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from taizhang.kernel.actions import journal
from taizhang.kernel.errors import BadInput, NotAllowed, Problem
from taizhang.kernel.writing import columns
from taizhang.orgs import changes
from taizhang.orgs.actions import noting
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Alias, Area, AreaMembership, FormerName, Organisation, Unit


@dataclass(frozen=True, kw_only=True)
class OrganisationValues:
    """What a person enters about an organisation."""

    full_name: str
    short_name: str
    org_type: str
    established_on: date
    dissolved_on: date | None = None
    units: tuple[Unit, ...] = ()
    aliases: tuple[str, ...] = ()
    renamed_on: date | None = None
    """From which day a changed name is borne. What was wrong from the first day on is put right as
    of the founding.
    """


def _must_be_whole(values: OrganisationValues, *, own: Organisation | None) -> None:
    problems = []
    if not values.full_name:
        problems.append(Problem("全称不能为空。", column="全称"))
    if not values.short_name:
        problems.append(Problem("简称不能为空。", column="简称"))
    if values.org_type not in Organisation.Type.values:
        problems.append(Problem("组织类型不在可选范围内。", column="组织类型"))
    if values.dissolved_on and values.dissolved_on < values.established_on:
        problems.append(Problem("撤销日期早于成立日期。", column="撤销日期"))
    problems += columns.too_long(Organisation.full_name, values.full_name)
    problems += columns.too_long(Organisation.short_name, values.short_name)
    for name in values.aliases:
        problems += columns.too_long(Alias.name, name)
    same = Organisation.objects.filter(full_name=values.full_name)
    if any(one != own for one in same):
        problems.append(Problem(f"已有同名党组织“{values.full_name}”。", column="全称"))
    if problems:
        raise BadInput(problems)


@transaction.atomic
def found_organisation(
    *, parent: Organisation | None, values: OrganisationValues, actor: Actor | None, now: datetime
) -> Organisation:
    """Enter a Party organisation below its parent; only the set-up has no actor."""
    if actor is not None:
        _must_run_office_of(actor, parent)
    _must_be_whole(values, own=None)

    organisation = Organisation(parent=parent)
    _store(organisation, values)
    noting.line(
        "orgs.found_organisation",
        f"organisation:{organisation.pk}",
        actor=actor,
        now=now,
        detail={"full_name": values.full_name},
    )
    changes.announce(organisation, now)
    return organisation


def _must_run_office_of(actor: Actor, place: Organisation | None) -> None:
    actor.must_run_office()
    if place is None or not actor.may_read(place):
        raise NotAllowed("这个党组织不在您的管理范围内。")


@transaction.atomic
def change_organisation(
    *, organisation: Organisation, values: OrganisationValues, actor: Actor, now: datetime
) -> Organisation:
    """Change names, units or dates of an organisation."""
    _must_run_office_of(actor, organisation)
    _must_be_whole(values, own=organisation)

    before = _as_entered(organisation)
    _keep_name(organisation, values, timezone.localdate(now))
    _store(organisation, values)
    noting.line(
        "orgs.change_organisation",
        f"organisation:{organisation.pk}",
        actor=actor,
        now=now,
        detail={"changed": journal.changed(before, _as_entered(organisation), Organisation)},
    )
    changes.announce(organisation, now)
    return organisation


@transaction.atomic
def place_under(
    *, organisation: Organisation, parent: Organisation, actor: Actor, now: datetime
) -> Organisation:
    """Put an organisation with all below it under another: a branch under a 党总支 that was founded,
    say.
    """
    _must_run_office_of(actor, organisation)
    _must_run_office_of(actor, parent)
    before = organisation.parent
    if before is None or parent.pk == before.pk:
        return organisation
    problems = []
    if parent.keeps_ledgers:
        problems.append(
            Problem(f"{parent.short_name}是支部，下面不能再设党组织。", column="上级党组织")
        )
    if parent.path.startswith(organisation.path):
        problems.append(Problem("不能放到自己或者自己的下级之下。", column="上级党组织"))
    if parent.dissolved_on is not None and organisation.dissolved_on is None:
        problems.append(Problem(f"{parent.short_name}已经撤销。", column="上级党组织"))
    if problems:
        raise BadInput(problems)
    inside = list(Organisation.objects.filter(path__startswith=organisation.path).order_by("path"))
    old = organisation.path
    organisation.parent = parent
    organisation.save()
    for one in inside:
        path = f"{organisation.path}{one.path.removeprefix(old)}"
        Organisation.objects.filter(pk=one.pk).update(path=path)
    noting.line(
        "orgs.place_under",
        f"organisation:{organisation.pk}",
        actor=actor,
        now=now,
        detail={"changed": journal.changed({"parent": before}, {"parent": parent}, Organisation)},
    )
    changes.announce(organisation, now)
    return organisation


def _keep_name(organisation: Organisation, values: OrganisationValues, today: date) -> None:
    """Keep the name that is given up with its last day, so that papers about days
    before bear it.
    """
    old = (organisation.full_name, organisation.short_name)
    if old == (values.full_name, values.short_name):
        return
    day = values.renamed_on
    if day is None:
        told = "改名称须填写新名称从哪天起使用；原来就写错的，填成立日期。"
        raise BadInput([Problem(told, column="更名日期")])
    if day > today:
        raise BadInput([Problem("晚于今天；请到新名称启用那天再改。", column="更名日期")])
    last = organisation.former_names.last()
    if last is not None and day <= last.last_on + timedelta(days=1):
        told = f"应晚于上一次更名（{last.last_on + timedelta(days=1)}起）。"
        raise BadInput([Problem(told, column="更名日期")])
    if day > values.established_on:
        FormerName.objects.create(
            organisation=organisation,
            full_name=old[0],
            short_name=old[1],
            last_on=day - timedelta(days=1),
        )


def _as_entered(organisation: Organisation) -> dict[str, Any]:
    names = ("full_name", "short_name", "org_type", "established_on", "dissolved_on")
    return {name: getattr(organisation, name) for name in names} | {
        "units": sorted(organisation.units.values_list("name", flat=True)),
        "aliases": sorted(organisation.aliases.values_list("name", flat=True)),
        "successors": sorted(
            str(one.successor) for one in organisation.successions.select_related("successor")
        ),
        "former_names": [str(name) for name in organisation.former_names.all()],
    }


def _store(organisation: Organisation, values: OrganisationValues) -> None:
    organisation.full_name = values.full_name
    organisation.short_name = values.short_name
    organisation.org_type = values.org_type
    organisation.established_on = values.established_on
    organisation.dissolved_on = values.dissolved_on
    organisation.save()
    if values.dissolved_on is None:
        organisation.successions.all().delete()
    organisation.units.set(values.units)
    organisation.aliases.exclude(name__in=values.aliases).delete()
    for name in values.aliases:
        Alias.objects.get_or_create(organisation=organisation, name=name)


@transaction.atomic
def found_unit(
    *, name: str, unit_type: str, is_public_institution: bool, actor: Actor | None, now: datetime
) -> Unit:
    """Enter a unit; one of the same name is taken as it is."""
    if actor is not None:
        actor.must_run_office()
    name = columns.taken(Unit.name, name)
    unit, made = Unit.objects.get_or_create(
        name=name, defaults={"unit_type": unit_type, "is_public_institution": is_public_institution}
    )
    if made:
        noting.line(
            "orgs.found_unit", f"unit:{unit.pk}", actor=actor, now=now, detail={"name": name}
        )
    return unit


@transaction.atomic
def assign_area(
    *,
    name: str,
    organisations: Iterable[Organisation],
    from_on: date,
    actor: Actor | None,
    now: datetime,
) -> Area:
    """Put organisations into an area from a day on; what they belonged to before ends there."""
    if actor is not None:
        actor.must_run_office()
    name = columns.taken(Area.name, name)
    area, _ = Area.objects.get_or_create(name=name)
    chosen = list(organisations)
    open_spells = AreaMembership.objects.filter(organisation__in=chosen, valid_to__isnull=True)
    before = dict(open_spells.values_list("organisation__full_name", "area__name"))
    open_spells.exclude(area=area).update(valid_to=from_on)
    kept = set(open_spells.filter(area=area).values_list("organisation_id", flat=True))
    AreaMembership.objects.bulk_create(
        AreaMembership(area=area, organisation=org, valid_from=from_on)
        for org in chosen
        if org.pk not in kept
    )
    changed = journal.changed(before, {org.full_name: name for org in chosen})
    noting.line(
        "orgs.assign_area",
        f"area:{area.pk}",
        actor=actor,
        now=now,
        detail={"on": f"{from_on}", "changed": changed},
    )
    return area
