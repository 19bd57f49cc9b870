"""How much waits behind the entries of the menu: counted together, in one question to
the database.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet, Value

from taizhang.checks import current
from taizhang.checks.models import CheckScope, Outcome
from taizhang.inspection.progress import counted, due
from taizhang.inspection.progress.counted import Part
from taizhang.intake import queries as intake
from taizhang.kernel.db.questions import Question
from taizhang.ledgers.mine import records as own_records
from taizhang.ledgers.records import queries as ledgers
from taizhang.orgs.actor import INSPECTORS, Actor
from taizhang.orgs.models import Organisation
from taizhang.orgs.queries.organisations import answers_for

TODO, BOOK, INTAKE, NOTICES = "todo", "book", "intake", "notices"
WORDS = {
    TODO: "件等您办理",
    BOOK: "项缺失或不规范",
    INTAKE: "份待核对",
    NOTICES: "份通知没有核对完",
}
"""What the number at an entry counts."""
APART = "，到期的日程另见待办页"
"""What it leaves out for who has a calendar: only there are the rules asked."""


def waiting(actor: Actor, scope: CheckScope | None, today: date) -> Counter[str]:
    """How much waits behind each entry; what is not known is not counted.

    Behind 待办 lies what others wait for: what is due by the calendar stands on its page, where the
    rules are asked.
    """
    own = actor.own_branch or actor.own_general
    ends = [end for span in actor.spans for end in span]
    told: list[tuple[str, int]] = []
    if own is not None:
        told = _of_branch(own, actor, scope, ends)
    elif actor.may_run_office():
        told = _OFFICE(today, *ends)
    elif actor.has(*INSPECTORS):
        told = _TEAM(actor.user.pk)
    found: Counter[str] = Counter()
    for entry, n in told:
        found[entry] += n
    if actor.may_run_office() and actor.own_branch is None and actor.own_general is None:
        found[TODO] += len(list(due.unowned_areas()))
    return found


def _together(parts: Iterable[tuple[str, Part]]) -> QuerySet[Any]:
    """Entry and number, of each part."""
    first, *others = [
        rows.order_by()
        .annotate(entry=Value(entry))
        .values("entry")
        .annotate(n=Count(by, distinct=True))
        .values_list("entry", "n")
        for entry, (rows, by) in parts
    ]
    found: QuerySet[Any] = first.union(*others, all=True)
    return found


def _asked_of_office(today: date, *ends: str) -> QuerySet[Any]:
    """`ends` are those of the ranges that the office reads."""
    return _together(
        [
            (TODO, (ledgers.unconfirmed_within(_spans(ends)), "pk")),
            *((TODO, part) for part in counted.of_office(today)),
            (NOTICES, counted.drafts()),
        ]
    )


def _asked_of_team(user: int) -> QuerySet[Any]:
    return _together((TODO, part) for part in counted.of_team(user))


def _spans(ends: Sequence[str]) -> list[tuple[str, str]]:
    return list(zip(ends[::2], ends[1::2], strict=True))


def _of_branch(
    own: Organisation, actor: Actor, scope: CheckScope | None, ends: list[str]
) -> list[tuple[str, int]]:
    """What waits for who keeps its ledgers."""
    by = current.mark_of(scope) if scope else ""
    found = _BRANCH(own.pk, by, *sorted(answers_for(own)), *ends)
    return found + (_DRAFTS() if actor.may_run_office() else [])


def _asked_of_branch(own: int, by: str, *more: int | str) -> QuerySet[Any]:
    """`more` are the keys of all that the branch answers for, then the ends of the ranges that its
    keeper reads.
    """
    answering = [one for one in more if isinstance(one, int)]
    ends = [one for one in more if isinstance(one, str)]
    wrong = (Outcome.MISSING, Outcome.DEFECTIVE)
    return _together(
        [
            (TODO, (own_records.unanswered_within(_spans(ends)), "pk")),
            *((TODO, part) for part in counted.of_branch(own, answering)),
            (INTAKE, (intake.waiting_of(own), "pk")),
            (BOOK, (current.verdicts_by(by).filter(branch=own, outcome__in=wrong), "pk")),
        ]
    )


_BRANCH: Question[tuple[str, int]] = Question(_asked_of_branch)
_OFFICE: Question[tuple[str, int]] = Question(_asked_of_office)
_TEAM: Question[tuple[str, int]] = Question(_asked_of_team)
_DRAFTS: Question[tuple[str, int]] = Question(lambda: _together([(NOTICES, counted.drafts())]))
