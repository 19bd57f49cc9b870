"""Accounts, their duties, and what each may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from taizhang.kernel.errors import NotAllowed, NotFound
from taizhang.kernel.text import person_name
from taizhang.orgs.actor import INSPECTORS, KEEPERS, Actor, Grant
from taizhang.orgs.models import ADMINS, Duty, Organisation, Role, User


def keepers_addresses(branch: Organisation, day: date) -> list[str]:
    """Where those who keep the branch's ledgers want their reminders."""
    duties = Duty.objects.filter(organisation=branch, role__in=KEEPERS, user__is_active=True)
    held = (d for d in duties.exclude(user__email="").select_related("user") if d.holds_on(day))
    return list(dict.fromkeys(duty.user.email for duty in held))


def holders(organisation: Organisation, roles: tuple[str, ...], day: date) -> list[User]:
    """The accounts in use that hold one of the roles in the organisation itself on a day, also as a
    stand-in.
    """
    duties = Duty.objects.filter(organisation=organisation, role__in=roles, user__is_active=True)
    held = (duty.user for duty in duties.select_related("user") if duty.holds_on(day))
    return list(dict.fromkeys(held))


def holders_above(organisation: Organisation, role: str, day: date) -> list[User]:
    """The same, in any organisation that the organisation belongs to."""
    duties = Duty.objects.filter(role=role, user__is_active=True).select_related(
        "user", "organisation"
    )
    held = (
        duty.user
        for duty in duties
        if organisation.path.startswith(duty.organisation.path) and duty.holds_on(day)
    )
    return list(dict.fromkeys(held))


def accounts_named(name: str) -> list[User]:
    """The accounts in use of people of that name."""
    wanted = person_name(name)
    return [
        user for user in User.objects.filter(is_active=True) if person_name(user.name) == wanted
    ]


def accounts() -> list[User]:
    """All accounts in use, for a choice; no administrator, who has no other duty."""
    found = User.objects.filter(is_active=True).exclude(duties__role__in=ADMINS)
    return list(found.order_by("name", "pk"))


def keepers(branch: Organisation, role: str, day: date) -> list[str]:
    """The names of those who hold a role in the branch itself on a day."""
    duties = Duty.objects.filter(
        organisation=branch, role=role, user__is_active=True, stands_in_for=None
    ).select_related("user")
    return [duty.user.name for duty in duties if duty.holds_on(day)]


def keepers_after(branch: Organisation, role: str, day: date) -> list[tuple[str, date]]:
    """The names of those whose own duty in the branch itself begins after a day, each with the
    duty's first day, the earliest first.
    """
    duties = Duty.objects.filter(
        organisation=branch, role=role, user__is_active=True, stands_in_for=None, from_on__gt=day
    )
    found = duties.order_by("from_on", "pk").values_list("user__name", "from_on")
    return [(name, begun) for name, begun in found if begun is not None]


@dataclass(frozen=True)
class AccountLine:
    """An account and what it may do today, a line for each role."""

    user: User
    duties: list[str]


NAMED = 3
"""So many places of one role are named; of more only the number is told."""


def every(actor: Actor) -> list[User]:
    """Every account, those in use first, for the administrators of accounts and of rights."""
    _must_administrate(actor)
    return list(User.objects.order_by("-is_active", "name", "pk"))


def all_accounts(actor: Actor, day: date) -> list[AccountLine]:
    """Every account with its duties of a day, for the administrators of accounts and of rights."""
    _must_administrate(actor)
    users = User.objects.prefetch_related(
        "duties__organisation", "duties__stands_in_for__user"
    ).order_by("-is_active", "name", "pk")
    return [AccountLine(user, _duties_told(user, day)) for user in users]


def _duties_told(user: User, day: date) -> list[str]:
    places: dict[str, list[str]] = {}
    for one in user.duties.all():
        if one.holds_on(day):
            places.setdefault(one.get_role_display(), []).append(one.organisation.short_name)
    return [
        f"{role}：{'、'.join(names) if len(names) <= NAMED else f'{len(names)}个党组织'}"
        for role, names in places.items()
    ]


def own_duties(user: User, day: date) -> list[Duty]:
    """What somebody does on a day in his own right, and not in the stead of another."""
    found = Duty.objects.filter(user=user, stands_in_for=None).select_related(
        "organisation", "user"
    )
    return [duty for duty in found.order_by("pk") if duty.holds_on(day)]


def user_of(key: int) -> User | None:
    """An account by its key, to be named in a form."""
    return User.objects.filter(pk=key, is_active=True).first()


def user_called(username: str) -> User | None:
    """An account in use by its name."""
    return User.objects.filter(username=username, is_active=True).first()


def names_of(usernames: Iterable[str]) -> dict[str, str]:
    """Of accounts that are there, the names of those whom they belong to."""
    found = User.objects.filter(username__in=list(usernames))
    return dict(found.values_list("username", "name"))


def in_use() -> set[str]:
    """The names of all accounts in use."""
    return set(User.objects.filter(is_active=True).values_list("username", flat=True))


def holds(
    username: str, role: str, place: Organisation, from_on: date | None, to_on: date | None
) -> bool:
    """Whether just this duty was given already."""
    return Duty.objects.filter(
        user__username=username, role=role, organisation=place, from_on=from_on, to_on=to_on
    ).exists()


def some_accounts(keys: Iterable[int], *, actor: Actor) -> list[User]:
    """Accounts by their keys, for who opens and closes them."""
    if not actor.has(Role.SYSTEM):
        raise NotAllowed("账号由系统管理员停用、恢复和重发密码。")
    return list(User.objects.filter(pk__in=list(keys)).order_by("name", "pk"))


def account(key: int, *, actor: Actor) -> User:
    """One account, for the same."""
    _must_administrate(actor)
    found = (
        User.objects.filter(pk=key)
        .prefetch_related("duties__organisation", "duties__stands_in_for__user")
        .first()
    )
    if found is None:
        raise NotFound("没有这个账号。")
    return found


def duty(key: int, *, actor: Actor) -> Duty:
    """One duty, for 安全管理员."""
    found = Duty.objects.filter(pk=key).select_related("user", "organisation").first()
    if not actor.has(Role.SECURITY) or found is None:
        raise NotAllowed("没有这项职责，或者您无权查看。")
    return found


def _must_administrate(actor: Actor) -> None:
    if not actor.has(Role.SYSTEM, Role.SECURITY):
        raise NotAllowed("账号由系统管理员和安全管理员管理。")


@dataclass(frozen=True)
class Reach:
    """What an account may see by one duty, and why."""

    duty: Duty
    holds: bool
    branches: int
    what: str

    @property
    def role(self) -> str:
        """The role, and for whom and until when where it is another's."""
        told, other = self.duty.get_role_display(), self.duty.stands_in_for
        return f"{told}（代理{other.user.name}，至 {self.duty.to_on}）" if other else told


def together(reach: Iterable[Reach]) -> list[tuple[str, list[str], str]]:
    """Duties that hold, as role, places and what it lets one do; what is the same but for the
    place is said once.
    """
    found: dict[tuple[str, str], list[str]] = {}
    for one in reach:
        if one.holds:
            found.setdefault((one.role, one.what), []).append(one.duty.organisation.short_name)
    return [(role, places, what) for (role, what), places in found.items()]


_WHAT = {
    Role.OFFICE: "查看全部台账和核查结果，办理轮次、反馈、组织和日历", Role.TEAM_LEADER: "督查期内查看本组单位的台账，现场检查并确认会商",
    Role.INSPECTOR: "督查期内查看本组单位的台账，现场检查", Role.SECRETARY: "登记本支部台账，签收和整改", Role.CLERK: "登记本支部台账，整改",
    Role.COMMISSIONER: "登记本支部台账", Role.MEMBER: "只看自己的党费、出席和学习", Role.SYSTEM: "管理账号，不看台账",
    Role.SECURITY: "管理授权，不看台账", Role.AUDIT: "查看日志，不看台账",
}  # fmt: skip
_UNLENT = "编入某一轮次的督查组以后，督查期内才能查看本组单位的台账；只有这项职责，看不到台账"


def reach(user: User, day: date) -> list[Reach]:
    """What an account may see on a day: duty by duty, how many branches, and what there."""
    found = []
    for one in user.duties.select_related("organisation", "stands_in_for__user"):
        path = one.organisation.path
        inside = (
            Organisation.objects.branches().filter(path__gte=path, path__lt=f"{path[:-1]}0").count()
        )
        reads = Grant(one.role, path, one.organisation, lent=one.lent).reads
        waits = one.role in INSPECTORS and not one.lent
        what = _UNLENT if waits else _WHAT[Role(one.role)]
        found.append(Reach(one, one.holds_on(day), inside if reads else 0, what))
    return found
