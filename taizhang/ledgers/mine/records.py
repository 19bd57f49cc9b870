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
from taizhang.ledgers.kinds.meetings.models import Attendance
from taizhang.ledgers.models import Objection
from taizhang.ledgers.records import queries
from taizhang.orgs.actor import KEEPERS, Actor, within
from taizhang.orgs.models import Membership, Person
from taizhang.orgs.queries import roster


def records(person: Person, *, openly: bool, today: date) -> dict[str, Any]:
    """One's own data as the roster has it, attendance, dues, plans and notes, one's objections, and what the branch made
    public to whoever belongs to it.
    """
    branch = roster.branch_of(person, today)
    belongs = branch and roster.members(branch, today).filter(pk=person.pk).exists()
    return {
        "about": _about(person, openly=openly),
        "attendance": _attendance(person),
        "dues": queries.own_dues(person),
        "plans": queries.own_plans(person),
        "notes": queries.own_notes(person),
        "disclosed": queries.disclosed_to_members(branch, today) if branch and belongs else [],
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
    return OwnAttendance(list(queries.own_attendance(person)))


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
