"""What is due is told to those who keep the ledgers; what is overdue goes up by days: 支部书记, then
组织科. Else nobody hears.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from taizhang.checks.pages import agenda
from taizhang.checks.reasons.queries import current_scope, reckoned
from taizhang.inspection.progress import due
from taizhang.kernel.actions import messages
from taizhang.orgs.models import Organisation, Role, User
from taizhang.orgs.queries import accounts


@dataclass(frozen=True)
class Ladder:
    """So many days before the deadline the keepers are told; so many after it the next above."""

    keepers_before: int = 7
    secretary_after: int = 3
    office_after: int = 7


@dataclass(frozen=True)
class Told:
    """One message that was new to somebody: to which rung, and what."""

    rung: str
    branch: Organisation
    text: str


@transaction.atomic
def tell(*, now: datetime, ladder: Ladder = Ladder()) -> list[Told]:
    """Tell what nobody was told yet of each branch; the same matter once on each rung."""
    today, found = timezone.localdate(now), []
    for branch in Organisation.objects.branches():
        for line in _lines(branch, today, ladder):
            for rung, users in _rungs(branch, line, today, ladder):
                if _tell(branch, rung, users, line, now):
                    found.append(Told(rung, branch, line.text))
    messages.forget_the_old(now)
    return found


def _lines(branch: Organisation, today: date, ladder: Ladder) -> Iterator[due.DueLine]:
    """Without words that may name somebody."""
    yield from due.of_branch_in_numbers(branch, reckoned(today))
    if current_scope() is None:
        return
    url = reverse("checks:branch-todo", args=[branch.pk])
    for one in agenda.agenda(branch=branch, today=today).due:
        if one.days_left <= ladder.keepers_before:
            yield due.DueLine(one.text, url, one.deadline, "amber")


def _rungs(
    branch: Organisation, line: due.DueLine, today: date, ladder: Ladder
) -> Iterator[tuple[str, list[User]]]:
    day = reckoned(today)
    over = (day - line.deadline).days if line.deadline else 0
    if line.deadline is None or over >= -ladder.keepers_before:
        yield "keeper", accounts.holders(branch, (Role.CLERK, Role.COMMISSIONER), today)
    if over >= ladder.secretary_after:
        yield "secretary", accounts.holders(branch, (Role.SECRETARY,), today)
    if over >= ladder.office_after:
        yield "office", accounts.holders_above(branch, Role.OFFICE, today)


def _tell(
    branch: Organisation, rung: str, users: list[User], line: due.DueLine, now: datetime
) -> bool:
    about = hashlib.sha256(f"{line.url} {line.text} {line.deadline}".encode()).hexdigest()[:24]
    by = f"（{line.deadline}）" if line.deadline else ""
    said = {
        "keeper": f"近期要办：{line.text}{by}",
        "secretary": f"已逾期，请支部书记过问：{line.text}{by}",
        "office": f"{branch.short_name}已逾期：{line.text}{by}",
    }[rung]
    key = f"due:{rung}:{branch.pk}:{about}"
    new = [messages.tell(to=one, text=said, url=line.url, key=key, now=now) for one in users]
    return any(new)
