"""What the committee does in a branch's ledgers: its answer to what a branch declared, and the
rosters that a branch begins with.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from taizhang.kernel.actions import journal
from taizhang.kernel.errors import BadInput, NotAllowed, Problem, WrongState
from taizhang.ledgers import changes
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import declarations
from taizhang.ledgers.records import actions as records
from taizhang.ledgers.records import read_rows
from taizhang.ledgers.records.derived import row_hashes
from taizhang.orgs.actor import Actor, Grant
from taizhang.orgs.models import Membership, Organisation, Role


@transaction.atomic
def confirm(*, entry: declarations.Declaration, actor: Actor, now: datetime) -> None:
    """Agree to a declaration; only then does it count."""
    actor.must_run_office()
    if not actor.may_read(entry.branch):
        raise NotAllowed("这个党组织不在您的管理范围内。")
    if entry.withdrawn_at is not None or entry.confirmed_at is not None:
        raise WrongState("这份申报已经撤回或已确认。")
    were = row_hashes.before(declarations.KIND, entry)
    entry.confirmed_at, entry.confirmed_by = now, actor.user
    entry.save(update_fields=("confirmed_at", "confirmed_by"))
    journal.note(
        "ledgers.confirm_declaration",
        f"{declarations.KIND}:{entry.pk}",
        by=actor.user,
        now=now,
        hashes=row_hashes.of(declarations.KIND, [entry.pk], now),
        were=were,
    )
    changes.announce(changes.of(declarations.KIND, entry, "corrected"), now)


def keeps_its_own(branch: Organisation) -> bool:
    """Whether the branch has entered somebody on its roster itself: from then on the roster is its
    own affair.
    """
    entered = Membership.objects.filter(branch=branch).exclude(
        recorded_by__duties__role=Role.OFFICE
    )
    return entered.exists()


@transaction.atomic
def enter_first(
    *, kind: LedgerKind, rows: Iterable[read_rows.Row], actor: Actor, now: datetime, source: str
) -> int:
    """Enter the rosters that branches begin with, for branches that have not begun theirs; answers
    how many rows.
    """
    actor.must_run_office()
    listed = list(rows)
    branches = {row.branch.pk: row.branch for row in listed}.values()
    if not kind.begins_as:
        raise BadInput(f"“{kind.title}”由支部自己登记。")
    for branch in branches:
        if not actor.may_read(branch):
            raise NotAllowed("这个党组织不在您的管理范围内。")
        if keeps_its_own(branch):
            told = f"{branch.short_name}已经自己登记花名册，请由支部登记或更正。"
            raise BadInput([Problem(told, column="党支部")])
    keeper = replace(
        actor, grants=(*actor.grants, *(Grant(Role.CLERK, one.path, one) for one in branches))
    )
    return records.record_many(kind=kind, rows=listed, actor=keeper, now=now, source=source)
