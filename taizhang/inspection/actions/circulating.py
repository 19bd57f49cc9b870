"""Papers to everybody: the notice, issued when a round is published, and the circular; each frozen
whole and numbered.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from taizhang.inspection import rights
from taizhang.inspection.models import IssuedPaper, Round
from taizhang.inspection.papers import issued, own_forms
from taizhang.inspection.papers.letters import digest, frozen
from taizhang.inspection.papers.parts import heads as round_heads
from taizhang.inspection.papers.parts.shared import committee_of
from taizhang.inspection.plan import changes
from taizhang.kernel.actions import journal
from taizhang.kernel.errors import BadInput, Problem, WrongState
from taizhang.orgs import heads, numbers
from taizhang.orgs.actions.heads import give_number
from taizhang.orgs.actor import Actor
from taizhang.orgs.heads import Head
from taizhang.orgs.models import PaperKind


def issue_notice(opened: Round, actor: Actor, now: datetime) -> dict[str, Any]:
    """Freeze the notice of a round that is being published, with its number and, where nobody wrote
    another, this day; what the journal says of it.
    """
    written = numbers.parts(opened.number)
    opened.issued_on = opened.issued_on or timezone.localdate(now)
    if written or not opened.number:
        opened.number = give_number(
            organisation=committee_of(opened),
            kind=PaperKind.NOTICE,
            on=opened.issued_on,
            paper=f"round:{opened.pk}:notice",
            now=now,
            wanted=opened.number,
        )
    opened.save(update_fields=["number", "issued_on"])
    whole = own_forms.issued_with(own_forms.NOTICE, frozen(issued.KINDS["notice"][1](opened)))
    IssuedPaper.objects.create(
        round=opened,
        kind="notice",
        number=opened.number,
        issued_on=opened.issued_on,
        paper=whole,
        plan=changes.as_planned(opened),
        issued_at=now,
        issued_by=actor.user,
    )
    return {"number": opened.number, "digest": digest(whole)}


def take_back_notice(opened: Round, now: datetime) -> None:
    """The notice that was issued holds no more; it is kept."""
    opened.issued_papers.filter(kind="notice", withdrawn_at=None).update(withdrawn_at=now)


@transaction.atomic
def issue_circular(
    *, opened: Round, name: str, issued_on: date, number: str, actor: Actor, now: datetime
) -> IssuedPaper:
    """Issue a circular as it reads now; `name` says whether with names or without. Without a number
    it gets the next.
    """
    actor.must_run_office()
    rights.must_go_on(opened)
    if name not in issued.CIRCULARS:
        raise BadInput("只能印发点名或者不点名的情况通报。")
    if issued.kept(opened, name):
        raise WrongState("这份情况通报已经印发，文字固定，不能再印发。")
    first = issued.first_letter_on(opened)
    if first is None:
        raise WrongState("还没有反馈，不能印发情况通报。")
    if issued_on < first:
        raise BadInput([Problem(f"早于反馈日期{first}。", column="成文日期")])
    given = give_number(
        organisation=committee_of(opened),
        kind=PaperKind.CIRCULAR,
        on=issued_on,
        paper=f"round:{opened.pk}:{name}",
        now=now,
        wanted=number,
    )
    made_up = replace(issued.KINDS[name][1](opened), number=given, dated=issued_on)
    whole = own_forms.issued_with(own_forms.CIRCULAR, frozen(made_up))
    made = IssuedPaper.objects.create(
        round=opened,
        kind=name,
        number=given,
        issued_on=issued_on,
        paper=whole,
        issued_at=now,
        issued_by=actor.user,
    )
    journal.note(
        "inspection.issue_circular",
        f"round:{opened.pk}",
        by=actor.user,
        now=now,
        number=given,
        form=name,
        digest=digest(whole),
    )
    return made


@transaction.atomic
def set_round_head(*, opened: Round, head: Head, actor: Actor, now: datetime) -> Round:
    """Say where the papers of a round differ from what the committee has set; what is issued stays
    as it is.
    """
    actor.must_run_office()
    rights.must_go_on(opened)
    problems = [*heads.problems(head)]
    if problems:
        raise BadInput(problems)
    before = heads.as_kept(opened.head)
    opened.head = heads.plain(head)
    opened.save(update_fields=["head"])
    problems = [*heads.without_mark(round_heads.of_round(opened))]
    if problems:
        raise BadInput(problems)
    journal.note(
        "inspection.set_round_head",
        f"round:{opened.pk}",
        by=actor.user,
        now=now,
        changed=journal.changed(heads.told(before), heads.told(head)),
    )
    return opened
