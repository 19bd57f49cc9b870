"""How much waits behind the entries of the menu: counted together, in one question to the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Value

from taizhang.checks import current
from taizhang.checks.models import CheckScope, Outcome
from taizhang.inspection.progress import counted, due
from taizhang.inspection.progress.counted import Part
from taizhang.intake import queries as intake
from taizhang.ledgers.mine import records as own_records
from taizhang.ledgers.records import queries as ledgers
from taizhang.orgs.actor import INSPECTORS, Actor
from taizhang.orgs.models import Organisation

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

    Behind 待办 lies what others wait for: what is due by the calendar stands on its page, where the rules are asked.
    """
    parts = list(_parts(actor, scope, today))
    found: Counter[str] = Counter()
    if parts:
        asked = [
            rows.order_by()
            .annotate(entry=Value(entry))
            .values("entry")
            .annotate(n=Count(by, distinct=True))
            for entry, (rows, by) in parts
        ]
        for row in asked[0].union(*asked[1:], all=True):
            found[row["entry"]] += row["n"]
    if actor.may_run_office() and actor.own_branch is None and actor.own_general is None:
        found[TODO] += len(list(due.unowned_areas()))
    return found


def _parts(actor: Actor, scope: CheckScope | None, today: date) -> Iterator[tuple[str, Part]]:
    own = actor.own_branch or actor.own_general
    if own is not None:
        yield from _of_branch(own, actor, scope)
    elif actor.may_run_office():
        yield TODO, (ledgers.unconfirmed(actor), "pk")
        yield from ((TODO, part) for part in counted.of_office(today))
    elif actor.has(*INSPECTORS):
        yield from ((TODO, part) for part in counted.of_team(actor))
    if actor.may_run_office():
        yield NOTICES, counted.drafts()


def _of_branch(
    own: Organisation, actor: Actor, scope: CheckScope | None
) -> Iterator[tuple[str, Part]]:
    yield TODO, (own_records.unanswered(actor), "pk")
    yield from ((TODO, part) for part in counted.of_branch(own))
    yield INTAKE, (intake.to_look_at(own, actor), "pk")
    if scope is not None:
        wrong = (Outcome.MISSING, Outcome.DEFECTIVE)
        yield BOOK, (current.verdicts(scope).filter(branch=own, outcome__in=wrong), "pk")
