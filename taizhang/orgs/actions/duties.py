"""Accounts and duties that commands and rounds bring with them, and where one's reminders go."""

from __future__ import annotations

from collections.abc import Container, Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from taizhang.kernel.actions import journal
from taizhang.kernel.errors import BadInput, Problem
from taizhang.orgs.actions import noting
from taizhang.orgs.actor import Actor
from taizhang.orgs.addresses import is_address
from taizhang.orgs.models import Duty, Organisation, Person, Role, User


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
    """Make an account with its duties; called by the set-up commands. Without a password nobody can
    log in.
    """
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


def lend_duty(
    *,
    user: User,
    role: str,
    places: Iterable[Organisation],
    days: tuple[date, date | None],
    now: datetime,
) -> None:
    """Let somebody act in a role at some places from one day to another, or until `end_duties`;
    called by what a round brings with it.
    """
    about = {"user": user, "role": role, "from_on": days[0], "to_on": days[1], "lent": True}
    held = set(Duty.objects.filter(**about).values_list("organisation_id", flat=True))
    fresh = [place for place in places if place.pk not in held]
    Duty.objects.bulk_create(Duty(organisation=place, **about) for place in fresh)
    if fresh:
        detail = {
            "role": Role(role),
            "places": [place.short_name for place in fresh],
            "from": f"{days[0]}",
            "to": f"{days[1] or ''}",
        }
        noting.line("orgs.lend_duty", f"user:{user.pk}", actor=None, now=now, detail=detail)


def end_duties(
    *,
    users: Iterable[User],
    roles: Iterable[str],
    day: date,
    now: datetime,
    kept: Container[tuple[int, int]] = (),
) -> None:
    """What was lent ends on this day, but for the `kept` (account, organisation)."""
    keys = [user.pk for user in users]
    lent = Duty.objects.filter(user__in=keys, role__in=roles, lent=True)
    lent = lent.filter(Q(to_on=None) | Q(to_on__gt=day))
    pairs = lent.values_list("pk", "user_id", "organisation_id")
    ended = [key for key, user, place in pairs if (user, place) not in kept]
    n = Duty.objects.filter(pk__in=ended).update(to_on=day)
    if n:
        noting.line(
            "orgs.end_duties",
            "duties",
            actor=None,
            now=now,
            detail={"users": keys, "on": f"{day}", "n": n},
        )
