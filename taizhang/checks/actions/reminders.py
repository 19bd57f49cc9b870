"""Reminders by mail: what is due soon, to those who keep a branch's ledgers; at most one a day for
a branch.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from taizhang.checks.pages import agenda
from taizhang.checks.reasons import year_ahead
from taizhang.checks.reasons.queries import reckoned
from taizhang.kernel.actions import journal
from taizhang.kernel.errors import WrongState
from taizhang.kernel.jobs import sending
from taizhang.kernel.models import JournalLine
from taizhang.orgs.models import Organisation
from taizhang.orgs.queries import accounts as orgs

VERB = "checks.remind"


@dataclass(frozen=True)
class Reminder:
    """One mail to each address. It names requirements and numbers, never persons."""

    branch: Organisation
    to: Sequence[str]
    subject: str
    body: str


More = Callable[[Organisation, date], list[str]]
"""Further lines for a branch on a day, from what lies above the checks."""


def _nothing_more(branch: Organisation, today: date) -> list[str]:
    del branch, today
    return []


def reminders(
    *, days: int, today: date, besides: Collection[int] = (), more: More = _nothing_more
) -> list[Reminder]:
    """What would be sent today: branches with something due within so many days, whose keepers gave
    an address.
    """
    found = []
    for branch in Organisation.objects.branches().exclude(pk__in=besides):
        to = orgs.keepers_addresses(branch, today)
        known = agenda.agenda(branch=branch, today=today) if to else None
        due = [line for line in known.due if line.days_left <= days] if known else []
        others = more(branch, reckoned(today)) if to else []
        if known is not None and (due or others):
            found.append(_written(branch, to, due, others, len(known.troubles)))
    return found


def _written(
    branch: Organisation,
    to: Sequence[str],
    due: Sequence[year_ahead.Due],
    others: list[str],
    troubles: int,
) -> Reminder:
    lines = [*others, *(f"{line.deadline}（{line.told}）　{line.text}" for line in due)]
    if troubles:
        lines.append(f"另有{troubles}类缺失或错误待补正，详见“待办”。")
    if settings.CSRF_TRUSTED_ORIGINS:
        lines.append(f"{settings.CSRF_TRUSTED_ORIGINS[0]}/todo/")
    subject = f"【台账提醒】{branch.short_name}：{len(due) + len(others)}项近期要办"
    return Reminder(branch, to, subject, "\n".join(lines))


def remind(*, days: int, now: datetime, more: More = _nothing_more) -> list[Reminder]:
    """Have the reminders of the day sent; a branch that got its own already gets no second one.

    They are asked for in one transaction with their lines in the journal: a mail server that is
    away only delays it.
    """
    if not settings.EMAIL_HOST:
        raise WrongState("尚未配置发信邮箱：请设置环境变量 TAIZHANG_MAIL 和 TAIZHANG_MAIL_FROM。")
    today = timezone.localdate(now)
    day_began = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    told = JournalLine.objects.filter(verb=VERB, at__gte=day_began).values_list(
        "subject", flat=True
    )
    done = {int(subject.partition(":")[2]) for subject in told}
    sent = reminders(days=days, today=today, besides=done, more=more)
    with transaction.atomic():
        for one in sent:
            for address in one.to:
                sending.mail(to=address, subject=one.subject, body=one.body)
            journal.note(VERB, f"organisation:{one.branch.pk}", by=None, now=now, n=len(one.to))
    return sent
