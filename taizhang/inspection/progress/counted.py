"""How much of inspections waits for somebody: the lines of 待办 as what may be counted in one
question.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from taizhang.inspection import rights
from taizhang.inspection.models import Finding, NoticeDraft, TeamMember, Visit
from taizhang.inspection.progress import due

Part = tuple[QuerySet[Any], Any]
"""Some rows, and by what of theirs they are told apart."""


def of_branch(branch: int, answering: Collection[int]) -> Iterator[Part]:
    """Rooms to prepare, letters to sign, problems to mend; by the keys of the branch and of all
    that it answers for.
    """
    yield due.to_prepare(branch), "session"
    yield due.unsigned(answering).filter(frozen__findings__0__isnull=False), "pk"
    yield due.to_mend().filter(visit__unit__organisation__in=answering), "pk"


def of_office(today: date) -> Iterator[Part]:
    """Questions, problems to verify, rounds with something overdue; what nobody of a team reads is
    no row.
    """
    yield due.unanswered(), "pk"
    yield due.handed_in(), "pk"
    yield due.to_mend().filter(deadline__lt=today), "visit__unit__area__round"


def drafts() -> Part:
    """Notices that were read and no round was opened from."""
    return NoticeDraft.objects.filter(round=None), "pk"


def of_team(user: int) -> Iterator[Part]:
    """Sessions to hold, units to consult, problems to second or to verify; by the key of who is in
    the team.
    """
    mine = TeamMember.objects.filter(user=user, area__round__standing__in=rights.TEAM_SEES)
    at_work = mine.filter(area__round__standing__in=rights.AT_WORK).values("area")
    visits = Visit.objects.filter(unit__area__in=at_work)
    open_ones = visits.filter(standing__in=(Visit.Standing.WAITING, Visit.Standing.READING))
    yield open_ones, Coalesce(F("session"), 0 - F("unit__area"))
    yield visits.filter(standing=Visit.Standing.TO_CONSULT), "pk"
    leaders = TeamMember.objects.filter(
        area=OuterRef("visit__unit__area"),
        user=OuterRef("by"),
        role__in=(TeamMember.Role.LEADER, TeamMember.Role.DEPUTY),
    ).exclude(user=user)
    drafts_of = Finding.objects.filter(visit__unit__area__in=at_work, seconded_by=None)
    yield drafts_of.filter(Exists(leaders), standing=Finding.Standing.DRAFT), "pk"
    leads = mine.exclude(role=TeamMember.Role.MEMBER).values("area")
    yield (
        Finding.objects.filter(visit__unit__area__in=leads, standing=Finding.Standing.SUBMITTED),
        "pk",
    )
