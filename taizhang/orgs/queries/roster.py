"""Who was what in a branch on a day (DOMAIN 2.3), and persons by their names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from taizhang.kernel.db.questions import Question
from taizhang.kernel.secret import blind
from taizhang.kernel.text import folded, person_name
from taizhang.kernel.writing import personal
from taizhang.orgs.actor import KEEPERS, Actor
from taizhang.orgs.models import (
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
    StageSpell,
    User,
)

IN_ORDER = (StageSpell.Status.NORMAL, StageSpell.Status.RESTORED)


def running(day: date, *, first: str = "from_on", last: str = "to_on") -> Q:
    """Spells that hold on a day; the last day does not belong to the spell, for the next begins on
    it.
    """
    return Q(**{f"{first}__lte": day}) & (
        Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gt": day})
    )


def members(branch: Organisation, day: date) -> QuerySet[Person]:
    """Members of a branch on a day (DOMAIN 2.3): in the branch on that day, probationary or full,
    membership in order.

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


def branch_of(person: Person, day: date) -> Organisation | None:
    """The branch that a person is in on a day, or was in last."""
    spells = Membership.objects.current().filter(person=person).select_related("branch")
    found = spells.order_by("-joined_on").first()
    now = spells.filter(running(day, first="joined_on", last="left_on")).first()
    last = now or found
    return last.branch if last else None


def entitled(branch: Organisation, day: date) -> QuerySet[Person]:
    """Who may vote on a day (DOMAIN 2.3): full members whose rights are not limited; probationary
    members have no vote.
    """
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
    return index_names(_PERSONS(branch.pk))


_PERSONS: Question[Person] = Question(
    lambda branch: Person.objects.filter(
        pk__in=Membership.objects.current().filter(branch=branch).values("person")
    )
)


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
    """The keys of persons with this 公民身份号码 or telephone number, by the blind index: whole numbers
    only.
    """
    wanted = blind(personal.id_number(text) or personal.phone(text) or "")
    if not wanted:
        return []
    found = PersonalData.objects.filter(Q(id_number_index=wanted) | Q(phone_index=wanted))
    return list(found.values_list("person_id", flat=True))


def belonged(user: User, since: date, day: date) -> set[int]:
    """The organisations that somebody kept ledgers of or was a member of at any time between two
    days; a 党总支 is one with each of its branches.
    """
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
    return found | _of_one_general(found)


def _of_one_general(keys: set[int]) -> set[int]:
    """The 党总支 above branches, and the branches below 党总支."""
    general = Organisation.objects.filter(org_type=Organisation.Type.GENERAL)
    if not keys or not general.exists():
        return set()
    paths = list(Organisation.objects.filter(pk__in=keys).values_list("path", flat=True))
    above = {one.pk for one in general if any(path.startswith(one.path) for path in paths)}
    below: set[int] = set()
    for one in general.filter(pk__in=keys):
        inside = Organisation.objects.filter(path__startswith=one.path)
        below |= set(inside.values_list("pk", flat=True))
    return above | below


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
