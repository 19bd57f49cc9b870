"""The committee's answer to what a branch declared: not applicable, or nothing to report."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from taizhang.kernel.actions import journal
from taizhang.kernel.errors import NotAllowed, WrongState
from taizhang.ledgers import changes
from taizhang.ledgers.kinds import declarations
from taizhang.ledgers.records import row_hashes
from taizhang.orgs.actor import Actor


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
        "ledgers.confirm_declaration", f"{declarations.KIND}:{entry.pk}", by=actor.user, now=now,
        hashes=row_hashes.of(declarations.KIND, [entry.pk], now), were=were,
    )  # fmt: skip
    changes.announce(changes.of(declarations.KIND, entry, "corrected"), now)
