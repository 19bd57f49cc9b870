"""Questions about organisations and about who was what on a day (DOMAIN 2.3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Prefetch, Q, QuerySet, prefetch_related_objects

from taizhang.kernel import personal
from taizhang.kernel.errors import NotAllowed, NotFound
from taizhang.kernel.secret import blind
from taizhang.kernel.text import folded, person_name
from taizhang.orgs.actor import KEEPERS, READERS, Actor
from taizhang.orgs.models import (
    Alias,
    Area,
    CalendarDay,
    CommitteePost,
    Duty,
    GroupMember,
    Membership,
    NotCounted,
    Organisation,
    PartyGroup,
    Person,
    PersonalData,
    RightsLimit,
    Role,
    StageSpell,
    Unit,
    User,
)

IN_ORDER = (StageSpell.Status.NORMAL, StageSpell.Status.RESTORED)


def running(day: date, *, first: str = "from_on", last: str = "to_on") -> Q:
    """Spells that hold on a day; the last day does not belong to the spell, for the next begins on it."""
    return Q(**{f"{first}__lte": day}) & (
        Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gt": day})
    )


def members(branch: Organisation, day: date) -> QuerySet[Person]:
    """Members of a branch on a day (DOMAIN 2.3): in the branch on that day, probationary or full, membership in order.

    Who stands on the roster without a day of admission or of full membership is a member too.
    """
    in_branch = Membership.objects.current().filter(
        running(day, first="joined_on", last="left_on"), branch=branch
    )
    staged = StageSpell.objects.current().filter(
        stage__in=(StageSpell.Stage.PROBATIONARY, StageSpell.Stage.FULL)
    )
    in_party = staged.filter(running(day), status__in=IN_ORDER)
    found = Person.objects.filter(pk__in=in_branch.values("person"))
    dated = Q(id__in=in_party.values("person"))
    return found.filter(dated | ~Q(id__in=staged.values("person"))).order_by("pk")


def as_called(places: Iterable[Organisation], day: date | None) -> list[Organisation]:
    """Organisations for reading, under the names that they bore on a day; without a day those of now."""
    found = list(places)
    if day is not None:
        prefetch_related_objects(found, "former_names")
        for one in found:
            one.full_name, one.short_name = one.full_name_on(day), one.short_name_on(day)
    return found


def branch_of(person: Person, day: date) -> Organisation | None:
    """The branch that a person is in on a day, or was in last."""
    spells = Membership.objects.current().filter(person=person).select_related("branch")
    found = spells.order_by("-joined_on").first()
    now = spells.filter(running(day, first="joined_on", last="left_on")).first()
    last = now or found
    return last.branch if last else None


def entitled(branch: Organisation, day: date) -> QuerySet[Person]:
    """Who may vote on a day (DOMAIN 2.3): full members whose rights are not limited; probationary members have no vote."""
    full = StageSpell.objects.current().filter(
        running(day), stage=StageSpell.Stage.FULL, status__in=IN_ORDER
    )
    limited = RightsLimit.objects.current().filter(running(day))
    return (
        members(branch, day)
        .filter(pk__in=full.values("person"))
        .exclude(pk__in=limited.values("person"))
    )


def not_counted(branch: Organisation, day: date) -> QuerySet[Person]:
    """Those left out of the expected number for an election."""
    left_out = NotCounted.objects.current().filter(running(day), branch=branch)
    return Person.objects.filter(pk__in=left_out.values("person"))


def committee(branch: Organisation, day: date) -> QuerySet[Person]:
    """Holders of committee posts on that day."""
    posts = CommitteePost.objects.current().filter(running(day), branch=branch)
    return Person.objects.filter(pk__in=posts.values("person")).order_by("pk")


def groups(branch: Organisation, day: date) -> QuerySet[PartyGroup]:
    """The Party groups that existed on that day."""
    return PartyGroup.objects.current().filter(
        running(day, first="valid_from", last="valid_to"), branch=branch
    )


def all_groups(branch: Organisation) -> QuerySet[PartyGroup]:
    """The branch's Party groups of any time."""
    return PartyGroup.objects.current().filter(branch=branch)


def group_members(group: PartyGroup, day: date) -> QuerySet[Person]:
    """Members of the branch who belonged to the group on that day."""
    spells = GroupMember.objects.current().filter(running(day), group=group)
    return members(group.branch, day).filter(id__in=spells.values("person"))


def expected(
    kind: str, branch: Organisation, group: PartyGroup | None, day: date
) -> QuerySet[Person]:
    """Who is expected at a meeting of this kind (DOMAIN 2.3)."""
    if kind == "committee_meeting":
        return committee(branch, day)
    if kind == "group_meeting":
        return group_members(group, day) if group else Person.objects.none()
    return members(branch, day)


@dataclass(frozen=True)
class PersonNames:
    """The persons of one branch by name, of any time, for reading sheets and forms."""

    by_name: dict[str, list[Person]]

    def find(self, text: str) -> list[Person]:
        """Everybody of that name, `姓名（1980-01-02）` picks one of several."""
        name, _, rest = folded(text).partition("(")
        found = self.by_name.get(person_name(name), [])
        born = rest.rstrip(")")
        if born:
            return [p for p in found if p.birth_on and p.birth_on.isoformat() == born]
        return found


def person_names(branch: Organisation) -> PersonNames:
    """Everybody who was ever on the branch's roster."""
    persons = Person.objects.filter(
        pk__in=Membership.objects.current().filter(branch=branch).values("person")
    )
    return index_names(persons)


def index_names(persons: Iterable[Person]) -> PersonNames:
    """Persons by their normalised names."""
    by_name: dict[str, list[Person]] = {}
    for person in persons:
        by_name.setdefault(person.name_normalised, []).append(person)
    return PersonNames(by_name)


def elsewhere(name: str, *, actor: Actor) -> str:
    """The branch where somebody of that name is, when the actor may know it."""
    found = (
        Membership.objects.visible_to(actor)
        .current()
        .filter(person__name_normalised=person_name(name))
        .select_related("branch")
        .first()
    )
    return found.branch.short_name if found else ""


def same_person(name: str, birth_on: date | None) -> Person | None:
    """The person of that name and date of birth; without a date nobody is taken for another."""
    if birth_on is None:
        return None
    return Person.objects.filter(name_normalised=person_name(name), birth_on=birth_on).first()


def bearer_of(id_number: str) -> Person | None:
    """Who is on record with this 公民身份号码."""
    return Person.objects.filter(personal__id_number_index=blind(id_number)).first()


def numbered(text: str) -> list[int]:
    """The keys of persons with this 公民身份号码 or telephone number, by the blind index: whole numbers only."""
    wanted = blind(personal.id_number(text) or personal.phone(text) or "")
    if not wanted:
        return []
    found = PersonalData.objects.filter(Q(id_number_index=wanted) | Q(phone_index=wanted))
    return list(found.values_list("person_id", flat=True))


def organisation(key: int, *, actor: Actor) -> Organisation:
    """One organisation that the actor may read."""
    found = Organisation.objects.visible_to(actor).filter(pk=key).first()
    if found is None:
        raise NotAllowed("没有这个党组织，或者您无权查看。")
    return found


def keepers_addresses(branch: Organisation, day: date) -> list[str]:
    """Where those who keep the branch's ledgers want their reminders."""
    duties = Duty.objects.filter(organisation=branch, role__in=KEEPERS, user__is_active=True)
    held = (d for d in duties.exclude(user__email="").select_related("user") if d.holds_on(day))
    return list(dict.fromkeys(duty.user.email for duty in held))


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


def calendar_days(year: int) -> dict[date, str]:
    """The days of a year that are not as the week has them, with their kinds."""
    days = CalendarDay.objects.filter(day__year=year).exclude(kind="")
    return dict(days.values_list("day", "kind"))


def vacation_days(year: int) -> list[date]:
    """The days of the schools' vacations in a year, in order."""
    return list(
        CalendarDay.objects.filter(day__year=year, vacation=True).values_list("day", flat=True)
    )


def calendar_years() -> list[int]:
    """The years that the calendar of working days knows."""
    known = CalendarDay.objects.exclude(kind="")
    return sorted({day.year for day in known.dates("day", "year")})


def workdays(first: date, last: date) -> int | None:
    """The working days from the first to the last, both counted; None where a year is not in the calendar."""
    if not {first.year, last.year} <= set(calendar_years()) or (last - first).days > 400:
        return None
    kinds = calendar_days(first.year) | calendar_days(last.year)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return sum(
        kinds.get(day, "workday" if day.weekday() < 5 else "holiday") == "workday" for day in days
    )


def all_names() -> list[tuple[int, str]]:
    """Every name of every organisation and of its units, for finding another unit's name in a text."""
    names = [
        *Organisation.objects.branches().values_list("pk", "short_name"),
        *Alias.objects.values_list("organisation_id", "name"),
        *Organisation.objects.filter(units__isnull=False).values_list("pk", F("units__name")),
    ]
    return [(key, name) for key, name in names if len(name) >= 2]


def accounts_named(name: str) -> list[User]:
    """The accounts in use of people of that name."""
    wanted = person_name(name)
    return [
        user for user in User.objects.filter(is_active=True) if person_name(user.name) == wanted
    ]


def accounts() -> list[User]:
    """All accounts in use, for a choice."""
    return list(User.objects.filter(is_active=True).order_by("name", "pk"))


def belonged(user: User, since: date, day: date) -> set[int]:
    """The organisations that somebody kept ledgers of or was a member of at any time between two days."""
    duties = Duty.objects.filter(user=user, role__in=KEEPERS)
    found = {
        d.organisation_id
        for d in duties
        if (d.from_on is None or d.from_on <= day) and (d.to_on is None or d.to_on >= since)
    }
    if user.person_id is not None:
        spells = Membership.objects.current().filter(person_id=user.person_id, joined_on__lte=day)
        spells = spells.filter(Q(left_on__isnull=True) | Q(left_on__gt=since))
        found |= set(spells.values_list("branch_id", flat=True))
    return found


def rosters_naming(
    names: Iterable[str], branches: Iterable[int], day: date
) -> list[tuple[str, int]]:
    """Which of these names stand on the roster of which of these branches on a day."""
    wanted = {person_name(name): name for name in names}
    spells = Membership.objects.current().filter(
        running(day, first="joined_on", last="left_on"),
        branch__in=branches,
        person__name_normalised__in=wanted,
    )
    found = spells.values_list("person__name_normalised", "branch_id")
    return sorted({(wanted[name], branch) for name, branch in found})


def named_in_post(branch: Organisation, post: str, day: date) -> list[str]:
    """Who holds a committee post on a day."""
    posts = CommitteePost.objects.current().filter(running(day), branch=branch, post=post)
    return list(posts.values_list("person__name", flat=True))


def keepers(branch: Organisation, role: str, day: date) -> list[str]:
    """The names of those who hold a role in the branch itself on a day."""
    duties = Duty.objects.filter(
        organisation=branch, role=role, user__is_active=True, stands_in_for=None
    ).select_related("user")
    return [duty.user.name for duty in duties if duty.holds_on(day)]


@dataclass(frozen=True)
class AccountLine:
    """An account and what it may do today, a line for each role."""

    user: User
    duties: list[str]


NAMED = 3
"""So many places of one role are named; of more only the number is told."""


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


def user_of(key: int) -> User | None:
    """An account by its key, to be named in a form."""
    return User.objects.filter(pk=key, is_active=True).first()


def user_called(username: str) -> User | None:
    """An account in use by its name."""
    return User.objects.filter(username=username, is_active=True).first()


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


def places() -> list[Organisation]:
    """All organisations, for saying where a duty is held: names only."""
    return list(Organisation.objects.order_by("path"))


@dataclass(frozen=True)
class Reach:
    """What an account may see by one duty, and why."""

    duty: Duty
    holds: bool
    branches: int
    what: str


_WHAT = {
    Role.OFFICE: "查看全部台账和核查结果，办理轮次、反馈、组织和日历", Role.TEAM_LEADER: "查看台账，现场检查并确认会商",
    Role.INSPECTOR: "查看台账，现场检查", Role.SECRETARY: "登记本支部台账，签收和整改", Role.CLERK: "登记本支部台账，整改",
    Role.COMMISSIONER: "登记本支部台账", Role.MEMBER: "只看自己的党费、出席和学习", Role.SYSTEM: "管理账号，不看台账",
    Role.SECURITY: "管理授权，不看台账", Role.AUDIT: "查看日志，不看台账",
}  # fmt: skip


def reach(user: User, day: date) -> list[Reach]:
    """What an account may see on a day: duty by duty, how many branches, and what there."""
    found = []
    for one in user.duties.select_related("organisation", "stands_in_for__user"):
        path = one.organisation.path
        inside = (
            Organisation.objects.branches().filter(path__gte=path, path__lt=f"{path[:-1]}0").count()
        )
        reads = Role(one.role) in READERS
        found.append(Reach(one, one.holds_on(day), inside if reads else 0, _WHAT[Role(one.role)]))
    return found
