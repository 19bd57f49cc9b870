"""整改通知书: ordered where something is still to be put right, numbered in one series a year, and
frozen.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from taizhang.inspection import rights
from taizhang.inspection.models import RectificationNotice, Visit
from taizhang.inspection.papers import letters, own_forms
from taizhang.inspection.papers.parts.shared import committee_of
from taizhang.kernel.actions import journal
from taizhang.kernel.errors import BadInput, Problem, WrongState
from taizhang.orgs.actions.heads import give_number
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import PaperKind


@transaction.atomic
def order_rectification(
    *, visit: Visit, issued_on: date, due_on: date, actor: Actor, now: datetime, number: str = ""
) -> RectificationNotice:
    """Issue a notice of all that the unit has to put right now; without a number it gets the next
    of its series.
    """
    actor.must_run_office()
    rights.must_go_on(visit.unit.area.round)
    letter = getattr(visit, "letter", None)
    if letter is None:
        raise WrongState("还没有反馈，不能出具整改通知书。")
    problems = []
    if issued_on < letter.issued_on:
        problems.append(Problem(f"早于反馈日期{letter.issued_on}。", column="出具日期"))
    if due_on <= issued_on:
        problems.append(Problem("应晚于出具日期。", column="整改期限"))
    if problems:
        raise BadInput(problems)
    if not letters.to_mend(visit):
        raise WrongState(f"“{visit.unit.name}”没有需要整改的问题，不能出具整改通知书。")
    notice = RectificationNotice.objects.create(
        visit=visit, issued_on=issued_on, due_on=due_on, issued_by=actor.user, paper={}
    )
    notice.number = give_number(
        organisation=committee_of(visit.unit.area.round),
        kind=PaperKind.ORDER,
        on=issued_on,
        paper=f"visit:{visit.pk}:{notice.slug}",
        now=now,
        wanted=number,
    )
    whole = letters.frozen(letters.notice_made(notice))
    notice.paper = own_forms.issued_with(own_forms.ORDER, whole)
    notice.save()
    journal.note(
        "inspection.order_rectification",
        f"visit:{visit.pk}",
        by=actor.user,
        now=now,
        number=notice.number,
        digest=letters.digest(notice.paper),
    )
    return notice
