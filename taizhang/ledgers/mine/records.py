"""What the ledgers have of one person, for himself; and what he objects to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from taizhang.kernel.errors import NotAllowed
from taizhang.ledgers.fields import masked, render
from taizhang.ledgers.kinds import members
from taizhang.ledgers.kinds.disclosures import Disclosure
from taizhang.ledgers.kinds.dues_payments import DuesPayment
from taizhang.ledgers.kinds.meetings.models import Attendance
from taizhang.ledgers.kinds.personal_study_plans import PersonalStudyPlan
from taizhang.ledgers.kinds.study_notes import StudyNote
from taizhang.ledgers.models import Objection
from taizhang.ledgers.records import queries
from taizhang.orgs.actor import KEEPERS, Actor
from taizhang.orgs.entry import within
from taizhang.orgs.models import Membership, Organisation, Person
from taizhang.orgs.queries import roster


def records(person: Person, *, openly: bool, today: date) -> dict[str, Any]:
    """One's own data as the roster has it, attendance, dues, plans and notes, one's objections, and
    what the branch made public to whoever belongs to it.
    """
    branch = roster.branch_of(person, today)
    belongs = branch and roster.members(branch, today).filter(pk=person.pk).exists()
    return {
        "about": _about(person, openly=openly),
        "attendance": _attendance(person),
        "dues": DuesPayment.objects.current().filter(person=person).order_by("-month")[:60],
        "plans": _plans(person),
        "notes": _notes(person),
        "disclosed": _disclosed(branch, today) if branch and belongs else [],
        "objections": Objection.objects.filter(person=person).order_by("-at"),
    }


@dataclass(frozen=True)
class OwnAttendance:
    """One's meetings: how many, and of which one says more than that one was there."""

    lines: list[Any]

    @property
    def present(self) -> int:
        """At how many one was."""
        return sum(line.state == Attendance.State.PRESENT for line in self.lines)

    @property
    def otherwise(self) -> list[Any]:
        """The others."""
        return [line for line in self.lines if line.state != Attendance.State.PRESENT]


def _attendance(person: Person) -> OwnAttendance:
    """The latest first."""
    found = Attendance.objects.filter(person=person, meeting__withdrawn_at__isnull=True)
    return OwnAttendance(list(found.select_related("meeting").order_by("-meeting__held_on")[:60]))


def _plans(person: Person) -> QuerySet[PersonalStudyPlan]:
    return PersonalStudyPlan.objects.current().filter(person=person).order_by("-year", "-pk")[:10]


def _notes(person: Person) -> QuerySet[StudyNote]:
    return StudyNote.objects.current().filter(person=person).order_by("-written_on", "-pk")[:60]


def _disclosed(branch: Organisation, today: date) -> QuerySet[Disclosure]:
    """What a branch made public by a day, whether to members or to all, the latest first."""
    found = Disclosure.objects.current().filter(branch=branch, from_on__lte=today)
    return found.order_by("-from_on", "-pk")[:20]


def _about(person: Person, *, openly: bool) -> list[tuple[str, str]]:
    """Label and text of everything in the latest line of the roster."""
    line = (
        Membership.objects.current()
        .filter(person=person)
        .select_related("branch", "person__personal")
        .order_by("-joined_on")
        .first()
    )
    if line is None:
        return []
    kind, say = members.KIND, render if openly else masked
    values = queries.values_of(kind, line)
    told = [(f.label, say(f, values[f.name])) for f in kind.fields()]
    return [("党支部", line.branch.full_name), *((label, text) for label, text in told if text)]


def objections_for(actor: Actor) -> list[Objection]:
    """Of the branches whose ledgers the actor keeps: what waits first, then what was answered."""
    if not actor.has(*KEEPERS):
        raise NotAllowed("本人异议由支部的书记、台账员、支委答复。")
    found = Objection.objects.filter(actor.scope("branch__path")).select_related(
        "person", "answered_by"
    )
    return sorted(found, key=lambda one: (one.answered_at is not None, one.at))


def unanswered(actor: Actor) -> QuerySet[Objection]:
    """Objections that wait for an answer of the actor's."""
    found = unanswered_within(actor.spans)
    return found if actor.has(*KEEPERS) else found.none()


def unanswered_within(spans: Iterable[tuple[str, str]]) -> QuerySet[Objection]:
    """Those in some ranges of paths."""
    return Objection.objects.filter(within("branch__path", spans), answered_at=None)


def n_waiting(actor: Actor) -> int:
    """How many there are."""
    return unanswered(actor).count()


def objection(key: int, *, actor: Actor) -> Objection:
    """One objection to answer."""
    found = Objection.objects.select_related("branch").filter(pk=key).first()
    if found is None or not actor.may_keep_ledgers_of(found.branch):
        raise NotAllowed("没有这条异议，或者您无权办理。")
    return found
