"""The book of a branch as a file: a thin one at once, a thick one by a worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from taizhang.kernel.actions import made_files
from taizhang.kernel.actions.made_files import Made, Progress
from taizhang.kernel.writing.moments import told_at
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.models import EvidenceFile
from taizhang.ledgers.records import counted
from taizhang.orgs.actor import actor_of
from taizhang.orgs.models import User
from taizhang.orgs.queries import organisations as orgs
from taizhang.papers import actions
from taizhang.papers.documents import book

MAKER = "ledger-book"
THIN = 150
FEW_FILES = 5
"""So many records, and files printed behind them, a page waits for; a book of more is a job."""


def is_thick(wanted: book.Wanted) -> bool:
    """Whether making it takes longer than a page may."""
    records = counted.counts(wanted.branch, wanted.actor, KINDS)
    if sum(records.values()) > THIN:
        return True
    own = EvidenceFile.objects.visible_to(wanted.actor).filter(branch=wanted.branch)
    return wanted.files and own.count() > FEW_FILES


def name_of(wanted: book.Wanted) -> str:
    """What the file is called."""
    branch = wanted.branch.short_name_on(wanted.to_on)
    return f"{branch}党支部台账{wanted.from_on:%Y%m%d}-{wanted.to_on:%Y%m%d}"


def about(wanted: book.Wanted, form: str) -> dict[str, Any]:
    """What a job must know of it."""
    return {
        "branch": wanted.branch.pk,
        "from_on": f"{wanted.from_on}",
        "to_on": f"{wanted.to_on}",
        "files": wanted.files,
        "form": form,
    }


def bind(*, wanted: book.Wanted, form: str, now: datetime) -> Made:
    """The file; its foot says who printed it and when."""
    paper = book.ledger_book(wanted, timezone.localdate(now))
    mark = f"{wanted.actor.user.name} {told_at(now)} 打印"
    data = actions.print_paper(
        paper=replace(paper, footer=f"{paper.footer}　{mark}"),
        form=form,
        subject=f"organisation:{wanted.branch.pk}",
        actor=wanted.actor,
        now=now,
    )
    return Made(f"{name_of(wanted)}.{form}", actions.FORMATS[form][0], data)


@made_files.maker(MAKER)
def _make(user: User, told: Mapping[str, Any], progress: Progress) -> Made:
    progress(0, 1)
    actor = actor_of(user, on=timezone.localdate())
    branch = orgs.organisation(told["branch"], actor=actor)
    from_on, to_on = (date.fromisoformat(told[name]) for name in ("from_on", "to_on"))
    wanted = book.Wanted(branch, from_on, to_on, actor, told["files"])
    return bind(wanted=wanted, form=told["form"], now=timezone.now())
