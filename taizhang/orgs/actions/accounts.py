"""Accounts and their duties: 系统管理员 opens and closes accounts, 安全管理员 says what each may do, and
neither sees a ledger.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from taizhang.kernel.actions import journal
from taizhang.kernel.errors import BadInput, NotAllowed, Problem, WrongState
from taizhang.kernel.writing import columns
from taizhang.orgs.actions import attempts
from taizhang.orgs.actions.noting import note
from taizhang.orgs.actor import Actor
from taizhang.orgs.addresses import is_address
from taizhang.orgs.models import ADMINS, Duty, Organisation, Person, Role, SignOn, User
from taizhang.orgs.queries import roster
from taizhang.orgs.queries.accounts import own_duties

_LETTERS = "abcdefghjkmnpqrstuvwxyz"
_CLASSES = (_LETTERS, _LETTERS.upper(), "23456789", "-+=@")
FIRST = (
    (Role.SYSTEM, "xitong", "系统管理员"),
    (Role.SECURITY, "anquan", "安全管理员"),
    (Role.AUDIT, "shenji", "审计管理员"),
)


def one_time_password() -> str:
    """Twelve characters of four classes, without those that are taken for others on paper."""
    drawn = [secrets.choice(part) for part in _CLASSES for _ in range(3)]
    secrets.SystemRandom().shuffle(drawn)
    return "".join(drawn)


def _fresh(user: User, now: datetime) -> str:
    given = one_time_password()
    user.set_password(given)
    user.password_at = now
    user.must_change_password = True
    return given


@transaction.atomic
def set_up(
    *, full_name: str, short_name: str, established_on: date | None, now: datetime
) -> list[tuple[str, str, str]]:
    """The first start: the committee and exactly three administrators; (username, name, one-time
    password) of each.

    BadInput without the day on which a committee that is not there yet was founded: it is asked
    for as that of any other organisation is, and no other day stands for it.
    """
    if User.objects.exists():
        raise WrongState("系统已经有账号，不能再初始化。")
    full_name = columns.taken(Organisation.full_name, full_name, missing="请写明上级党组织的全称。")
    short_name = columns.taken(Organisation.short_name, short_name.strip() or full_name)
    committee = Organisation.objects.filter(parent__isnull=True).first()
    if committee is None:
        if established_on is None:
            raise BadInput("请写明上级党组织的成立日期，如 --established 2010-01-01。")
        committee = Organisation.objects.create(
            full_name=full_name,
            short_name=short_name,
            org_type=Organisation.Type.COMMITTEE,
            established_on=established_on,
        )
    made = []
    for role, username, name in FIRST:
        user = User(username=username, name=name)
        given = _fresh(user, now)
        user.save()
        Duty.objects.create(user=user, role=role, organisation=committee)
        note("set_up", user, None, now, role=Role(role))
        made.append((username, name, given))
    return made


@transaction.atomic
def open_office(*, username: str, name: str, now: datetime) -> str:
    """The first account of the organisation section, for work by commands after the first start;
    its one-time password.
    """
    committee = Organisation.objects.filter(parent__isnull=True).first()
    if committee is None:
        raise WrongState("还没有上级党组织，请先办理首次启用（taizhang setup）。")
    if Duty.objects.filter(role=Role.OFFICE).exists():
        raise WrongState("已经有组织科账号；再建账号请由系统管理员办理。")
    _must_be_new([NewAccount(username, name, 1)])
    user = User(username=username, name=name)
    given = _fresh(user, now)
    user.save()
    Duty.objects.create(user=user, role=Role.OFFICE, organisation=committee)
    note("open_account", user, None, now, username=username, role=Role.OFFICE)
    return given


def _must_be(actor: Actor, role: str) -> None:
    if not actor.has(role):
        raise NotAllowed(f"此项操作由{Role(role).label}办理。")


@dataclass(frozen=True)
class NewAccount:
    """An account to be opened; `row` is where it stands in the list or sheet, `person` whose
    records it may see as his own.
    """

    username: str
    name: str
    row: int
    person: Person | None = None
    email: str = ""


@transaction.atomic
def open_accounts(
    *, rows: Iterable[NewAccount], actor: Actor, now: datetime
) -> list[tuple[str, str, str]]:
    """Open accounts, all or none; answers (username, name, one-time password) of each, which is
    kept nowhere.
    """
    _must_be(actor, Role.SYSTEM)
    listed = list(rows)
    _must_be_new(listed)
    made = []
    for row in listed:
        user = User(username=row.username, name=row.name, person=row.person, email=row.email)
        given = _fresh(user, now)
        user.save()
        note("open_account", user, actor, now, username=row.username)
        made.append((row.username, row.name, given))
    return made


def _must_be_new(rows: list[NewAccount]) -> None:
    problems = faults(rows)
    if problems:
        raise BadInput(problems)


def faults(rows: list[NewAccount]) -> list[Problem]:
    """What is wrong with accounts that are to be opened: all of it, row by row."""
    names = [row.username for row in rows]
    known = set(User.objects.filter(username__in=names).values_list("username", flat=True))
    problems = [] if rows else [Problem("没有要建立的账号。")]
    for row in rows:
        if not (row.username.isascii() and row.username.isidentifier()) or len(row.username) > 40:
            told = f"“{row.username}”应由字母、数字、下划线组成，以字母开头。"
            problems.append(Problem(told, row=row.row, column="用户名"))
        if row.username in known or names.count(row.username) > 1:
            told = f"“{row.username}”已有账号或者重复。"
            problems.append(Problem(told, row=row.row, column="用户名"))
        if not row.name or len(row.name) > 40:
            problems.append(Problem("请填写姓名（不超过40字）。", row=row.row, column="姓名"))
        if row.email and not is_address(row.email):
            problems.append(Problem("不是邮箱地址。", row=row.row, column="提醒邮箱"))
    return problems


@transaction.atomic
def renew_password(*, user: User, actor: Actor, now: datetime) -> str:
    """A new one-time password; the account is free of its locks."""
    _must_be(actor, Role.SYSTEM)
    given = _fresh(user, now)
    user.save()
    attempts.forget(user)
    note("renew_password", user, actor, now)
    return given


@transaction.atomic
def let_in_again(*, user: User, now: datetime) -> str:
    """A new one-time password for the last 系统管理员, whom nobody can help by page; for whoever may run
    commands on the server.
    """
    today = timezone.localdate(now)
    duties = Duty.objects.filter(role=Role.SYSTEM, user__is_active=True).select_related(
        "user", "stands_in_for"
    )
    holders = {duty.user_id for duty in duties if duty.holds_on(today)}
    if holders != {user.pk}:
        raise WrongState(
            "只有唯一的系统管理员才在服务器上重发；其他账号请系统管理员在“账号管理”里重发一次性密码。"
        )
    given = _fresh(user, now)
    user.save()
    attempts.forget(user)
    note("let_in_again", user, None, now)
    return given


@transaction.atomic
def set_active(*, user: User, active: bool, actor: Actor, now: datetime) -> User:
    """Close an account or open it again; nobody closes his own."""
    _must_be(actor, Role.SYSTEM)
    if user.pk == actor.user.pk:
        raise NotAllowed("不能停用自己的账号。")
    changed = journal.changed({"is_active": user.is_active}, {"is_active": active}, User)
    user.is_active = active
    user.save(update_fields=["is_active"])
    note("set_active", user, actor, now, changed=changed)
    return user


@transaction.atomic
def renew_passwords(
    *, users: Sequence[User], actor: Actor, now: datetime
) -> list[tuple[str, str, str]]:
    """New one-time passwords for many: username, name and password of each."""
    _must_be(actor, Role.SYSTEM)
    return [
        (user.username, user.name, renew_password(user=user, actor=actor, now=now))
        for user in users
    ]


@transaction.atomic
def set_active_together(
    *, users: Sequence[User], active: bool, actor: Actor, now: datetime
) -> None:
    """Close many accounts or open them again, all or none; those that are so already are left as
    they are.
    """
    _must_be(actor, Role.SYSTEM)
    for user in users:
        if user.is_active != active:
            set_active(user=user, active=active, actor=actor, now=now)


@transaction.atomic
def give_duty(
    *,
    user: User,
    role: str,
    organisation: Organisation,
    from_on: date | None,
    to_on: date | None,
    actor: Actor,
    now: datetime,
) -> Duty:
    """Give somebody a role at a place for a time. Administrators have no other duty, and no two
    administrations are in one hand.
    """
    _must_be(actor, Role.SECURITY)
    if role not in Role.values:
        raise BadInput([Problem("角色不在可选范围内。", column="角色")])
    if user.pk == actor.user.pk:
        raise NotAllowed("不能给自己授权。")
    if from_on and to_on and to_on < from_on:
        raise BadInput([Problem("止日早于起日。", column="止日")])
    held = set(Duty.objects.filter(user=user).values_list("role", flat=True))
    if (role in ADMINS and held - {role}) or (role not in ADMINS and held & set(ADMINS)):
        raise BadInput("三员分立：管理员账号不能再有业务职责，也不能兼任另一种管理员。")
    duty = Duty.objects.create(
        user=user, role=role, organisation=organisation, from_on=from_on, to_on=to_on
    )
    note(
        "give_duty",
        user,
        actor,
        now,
        role=Role(role),
        organisation=organisation.short_name,
        start=f"{from_on or ''}",
        end=f"{to_on or ''}",
    )
    return duty


@transaction.atomic
def end_duty(*, duty: Duty, last_on: date, actor: Actor, now: datetime) -> Duty:
    """A duty ends on a day; it stays readable, so that history knows who held it."""
    _must_be(actor, Role.SECURITY)
    if duty.user_id == actor.user.pk:
        raise NotAllowed("不能终止自己的职责。")
    changed = journal.changed({"to_on": duty.to_on}, {"to_on": last_on}, Duty)
    duty.to_on = last_on
    duty.save(update_fields=["to_on"])
    place = duty.organisation.short_name
    note(
        "end_duty", duty.user, actor, now, role=Role(duty.role), organisation=place, changed=changed
    )
    return duty


@transaction.atomic
def tie_person(*, user: User, birth_on: date | None, actor: Actor, now: datetime) -> User:
    """Say whose account it is: the person of the account's name and this date of birth on the
    rosters; without a date nobody's. From then on who has to stand aside is certain, and the person
    sees his own records.
    """
    _must_be(actor, Role.SYSTEM)
    person = roster.same_person(user.name, birth_on)
    if birth_on is not None and person is None:
        told = f"花名册上没有姓名“{user.name}”、这一天出生的人。"
        raise BadInput([Problem(told, column="出生日期")])
    taken = User.objects.filter(person=person).exclude(pk=user.pk).first() if person else None
    if taken is not None:
        told = f"这个人已经有账号“{taken.username}”，一个人只关联一个账号。"
        raise BadInput([Problem(told, column="出生日期")])
    before = {"person": f"{user.person_id or ''}"}
    user.person = person
    user.save(update_fields=["person"])
    after = {"person": f"{user.person_id or ''}"}
    note("tie_person", user, actor, now, changed=journal.changed(before, after))
    return user


@dataclass(frozen=True)
class Link:
    """By which account of single sign-on somebody comes in, "" for none any more; `row` is where it
    stands in the list.
    """

    username: str
    subject: str
    row: int


@transaction.atomic
def link_sign_on(*, links: Iterable[Link], provider: str, actor: Actor, now: datetime) -> int:
    """Say who comes in by single sign-on, all or none; how many were said.
    Administrators never do.
    """
    _must_be(actor, Role.SYSTEM)
    listed = list(links)
    users = {
        one.username: one for one in User.objects.filter(username__in=[o.username for o in listed])
    }
    problems = [problem for link in listed if (problem := _unlinkable(link, users))]
    if problems or not listed:
        raise BadInput(problems or "没有要关联的账号。")
    SignOn.objects.filter(user__in=users.values(), provider=provider).delete()
    for link in listed:
        _link(users[link.username], link, provider, actor, now)
    return len(listed)


def _unlinkable(link: Link, users: dict[str, User]) -> Problem | None:
    user = users.get(link.username)
    if user is None:
        return Problem(f"没有账号“{link.username}”。", row=link.row, column="用户名")
    if Duty.objects.filter(user=user, role__in=ADMINS).exists():
        told = "三名管理员只用本系统的密码和动态口令登录，不能关联。"
        return Problem(told, row=link.row, column="用户名")
    wrong = columns.too_long(SignOn.subject, link.subject)
    return replace(wrong[0], row=link.row) if wrong else None


def _link(user: User, link: Link, provider: str, actor: Actor, now: datetime) -> None:
    taken = SignOn.objects.filter(provider=provider, subject=link.subject).first()
    if taken is not None:
        told = f"“{link.subject}”已经关联账号“{taken.user.username}”，一个身份只关联一个账号。"
        raise BadInput([Problem(told, row=link.row, column="统一身份认证账号")])
    if link.subject:
        SignOn.objects.update_or_create(
            user=user,
            defaults={
                "provider": provider,
                "subject": link.subject,
                "linked_at": now,
                "linked_by": actor.user,
            },
        )
    note("link_sign_on", user, actor, now, subject=link.subject)


@transaction.atomic
def hand_over(*, duty: Duty, to: User, from_on: date, actor: Actor, now: datetime) -> Duty:
    """A duty passes to another from a day on, without a day between: the one ends, the other
    begins, in one act.
    """
    _must_be(actor, Role.SECURITY)
    problems = []
    if duty.stands_in_for_id is not None:
        problems.append(Problem("代理的职责由本人收回，不能移交。"))
    if duty.to_on is not None and duty.to_on < from_on:
        problems.append(Problem(f"这项职责到{duty.to_on}就终止了。", column="起日"))
    if duty.from_on is not None and from_on <= duty.from_on:
        problems.append(Problem(f"应晚于原任的起日{duty.from_on}。", column="起日"))
    if to.pk == duty.user_id or not to.is_active:
        problems.append(Problem("请选择另一个在用的账号。", column="接手的人"))
    if problems:
        raise BadInput(problems)
    made = give_duty(
        user=to,
        role=duty.role,
        organisation=duty.organisation,
        from_on=from_on,
        to_on=duty.to_on,
        actor=actor,
        now=now,
    )
    end_duty(duty=duty, last_on=from_on - timedelta(days=1), actor=actor, now=now)
    note(
        "hand_over",
        to,
        actor,
        now,
        role=Role(duty.role),
        organisation=duty.organisation.short_name,
        start=f"{from_on}",
        said=duty.user.name,
    )
    return made


@transaction.atomic
def hand_over_all(
    *, user: User, to: User, from_on: date, actor: Actor, now: datetime
) -> list[Duty]:
    """Everything that somebody does on that day passes to another, all of it or none; what he does
    for others stays theirs.
    """
    _must_be(actor, Role.SECURITY)
    held = own_duties(user, from_on)
    if not held:
        raise BadInput(f"{user.name}在{from_on}没有可以移交的职责。")
    return [hand_over(duty=duty, to=to, from_on=from_on, actor=actor, now=now) for duty in held]
