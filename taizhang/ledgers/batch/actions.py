"""What is done with many records of a list at once: all of them, or none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from taizhang.kernel.errors import BadInput, NotAllowed
from taizhang.kernel.writing import columns
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.models import EntryVersion
from taizhang.ledgers.records import actions
from taizhang.orgs.actor import Actor

MOST = 50
"""So many rows a page shows at most."""


@transaction.atomic
def withdraw_many(
    *, kind: LedgerKind, keys: Sequence[int], reason: str, actor: Actor, now: datetime
) -> int:
    """Take records out of the ledger for one reason; each has its line in the journal. Answers how
    many they were.
    """
    model: Any = kind.model
    found = list(model.objects.visible_to(actor).select_related("branch").filter(pk__in=keys))
    if len(found) != len(set(keys)):
        raise NotAllowed("勾选的记录中有的没有了，或者您无权查看；一条也没有撤回。")
    for entry in found:
        actor.must_keep_ledgers_of(entry.branch)
    reason = columns.taken(EntryVersion.reason, reason, "撤回原因", missing="撤回记录须写明原因。")
    gone = [str(entry) for entry in found if entry.withdrawn_at]
    if gone:
        raise BadInput(f"“{gone[0]}”等{len(gone)}条已经撤回，请不要再勾选；一条也没有撤回。")
    for entry in found:
        actions.withdraw(kind=kind, entry=entry, reason=reason, actor=actor, now=now)
    return len(found)
