"""What changes organisations, units, accounts and the calendar."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from taizhang.kernel.actions import journal
from taizhang.kernel.errors import BadInput, NotAllowed, Problem
from taizhang.orgs import after
from taizhang.orgs.actions import noting
from taizhang.orgs.actor import Actor
from taizhang.orgs.addresses import is_address
from taizhang.orgs.models import (
    Alias,
    Area,
    AreaMembership,
    CalendarDay,
    Duty,
    FormerName,
    Organisation,
    Person,
    Role,
    Unit,
    User,
)


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
    """From which day a changed name is borne. What was wrong from the first day on is put right as of the founding."""


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
    others = Organisation.objects.exclude(pk=own.pk if own else 0)
    if others.filter(full_name=values.full_name).exists():
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
        "orgs.found_organisation", f"organisation:{organisation.pk}", actor=actor, now=now,
        detail={"full_name": values.full_name},
    )  # fmt: skip
    after.changed(organisation, now)
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
        "orgs.change_organisation", f"organisation:{organisation.pk}", actor=actor, now=now,
        detail={"changed": journal.changed(before, _as_entered(organisation), Organisation)},
    )  # fmt: skip
    after.changed(organisation, now)
    return organisation


def _keep_name(organisation: Organisation, values: OrganisationValues, today: date) -> None:
    """Keep the name that is given up with its last day, so that papers about days before bear it."""
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
        "former_names": [str(name) for name in organisation.former_names.all()],
    }


def _store(organisation: Organisation, values: OrganisationValues) -> None:
    organisation.full_name = values.full_name
    organisation.short_name = values.short_name
    organisation.org_type = values.org_type
    organisation.established_on = values.established_on
    organisation.dissolved_on = values.dissolved_on
    organisation.save()
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


@transaction.atomic
def open_account(
    *,
    username: str,
    name: str,
    password: str | None,
    duties: Iterable[tuple[str, Organisation]],
    now: datetime,
    person: Person | None = None,
) -> User:
    """Make an account with its duties; called by the set-up commands. Without a password nobody can log in."""
    user = User(username=username, name=name, person=person)
    user.set_password(password)
    user.save()
    Duty.objects.bulk_create(Duty(user=user, role=role, organisation=org) for role, org in duties)
    noting.line(
        "orgs.open_account", f"user:{user.pk}", actor=None, now=now, detail={"username": username}
    )
    return user


@transaction.atomic
def set_address(*, actor: Actor, email: str, now: datetime) -> None:
    """Say where one's reminders go; empty for nowhere."""
    address, before = email.strip(), actor.user.email
    if address and not is_address(address):
        raise BadInput([Problem("不是邮箱地址。", column="提醒邮箱")])
    actor.user.email = address
    actor.user.save(update_fields=["email"])
    noting.line(
        "orgs.set_address",
        f"user:{actor.user.pk}",
        actor=actor,
        now=now,
        detail={"changed": journal.changed({"email": before}, {"email": address}, User)},
    )


@transaction.atomic
def set_calendar_year(
    *,
    year: int,
    holidays: Iterable[date],
    workdays: Iterable[date],
    vacation: Iterable[date] = (),
    actor: Actor,
    now: datetime,
) -> int:
    """Replace one year of the calendar of working days and of the schools' vacations."""
    actor.must_run_office()
    free = set(vacation)
    kinds: dict[date, str] = dict.fromkeys(free, "")
    kinds |= dict.fromkeys(holidays, CalendarDay.Kind.HOLIDAY)
    kinds |= dict.fromkeys(workdays, CalendarDay.Kind.WORKDAY)
    days = [CalendarDay(day=d, kind=kind, vacation=d in free) for d, kind in kinds.items()]
    wrong = [d.day for d in days if d.day.year != year]
    if wrong:
        raise BadInput([Problem(f"{wrong[0]}不属于{year}年。")])
    old = CalendarDay.objects.filter(day__year=year)
    before = {f"{day.day}": _as_noted(day) for day in old}
    old.delete()
    CalendarDay.objects.bulk_create(days)
    changed = journal.changed(before, {f"{day.day}": _as_noted(day) for day in days})
    noting.line(
        "orgs.set_calendar_year",
        f"calendar:{year}",
        actor=actor,
        now=now,
        detail={"changed": changed},
    )
    after.changed(None, now)
    return len(days)


def _as_noted(day: CalendarDay) -> str:
    return "+".join(
        [*([str(day.kind)] if day.kind else []), *(["vacation"] if day.vacation else [])]
    )


def lend_duty(
    *, user: User, role: str, places: Iterable[Organisation], days: tuple[date, date], now: datetime
) -> None:
    """Let somebody act in a role at some places from one day to another; called by what a round brings with it."""
    held = set(
        Duty.objects.filter(user=user, role=role, from_on=days[0], to_on=days[1]).values_list(
            "organisation_id", flat=True
        )
    )
    fresh = [place for place in places if place.pk not in held]
    Duty.objects.bulk_create(
        Duty(user=user, role=role, organisation=place, from_on=days[0], to_on=days[1])
        for place in fresh
    )
    if fresh:
        detail = {
            "role": Role(role),
            "places": [place.short_name for place in fresh],
            "from": f"{days[0]}",
            "to": f"{days[1]}",
        }
        noting.line("orgs.lend_duty", f"user:{user.pk}", actor=None, now=now, detail=detail)


def end_duties(*, users: Iterable[User], roles: Iterable[str], day: date, now: datetime) -> None:
    """What was lent for a time ends on this day."""
    keys = [user.pk for user in users]
    lent = Duty.objects.filter(user__in=keys, role__in=roles, from_on__isnull=False, to_on__gt=day)
    n = lent.update(to_on=day)
    if n:
        noting.line(
            "orgs.end_duties",
            "duties",
            actor=None,
            now=now,
            detail={"users": keys, "on": f"{day}", "n": n},
        )
