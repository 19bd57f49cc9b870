"""整改通知书: ordered where something is still to be put right, numbered in one series a year, and frozen."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from taizhang.inspection import rights
from taizhang.inspection.models import RectificationNotice, Visit
from taizhang.inspection.papers import letters, own_forms
from taizhang.kernel.actions import journal
from taizhang.kernel.errors import BadInput, Problem, WrongState
from taizhang.orgs.actor import Actor


@transaction.atomic
def order_rectification(
    *, visit: Visit, issued_on: date, due_on: date, actor: Actor, now: datetime
) -> RectificationNotice:
    """Issue a notice of all that the unit has to put right now."""
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
    issued = RectificationNotice.objects.filter(year=issued_on.year)
    last = issued.aggregate(last=Max("serial"))["last"] or 0
    notice = RectificationNotice(
        visit=visit, year=issued_on.year, serial=last + 1, issued_on=issued_on, due_on=due_on,
        issued_by=actor.user,
    )  # fmt: skip
    template = own_forms.now_in_use(own_forms.NOTICE_OF)
    notice.paper = letters.frozen(letters.notice_made(notice)) | {"template": template}
    notice.save()
    journal.note(
        "inspection.order_rectification", f"visit:{visit.pk}", by=actor.user, now=now,
        number=notice.number, digest=letters.digest(notice.paper),
    )  # fmt: skip
    return notice
