"""A withdrawn record is put back: as it was, under its own number."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from taizhang.kernel.actions import journal
from taizhang.kernel.errors import WrongState
from taizhang.kernel.writing import columns
from taizhang.ledgers import changes
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.models import EntryVersion, EvidenceLink
from taizhang.ledgers.part import Draft
from taizhang.ledgers.records import actions as records
from taizhang.ledgers.records import queries, read_rows
from taizhang.ledgers.records.derived import row_hashes
from taizhang.orgs.actor import Actor
from taizhang.orgs.entry import Entry
from taizhang.orgs.queries.roster import PersonNames


@transaction.atomic
def put_back(*, kind: LedgerKind, entry: Entry, reason: str, actor: Actor, now: datetime) -> Entry:
    """Let a withdrawn record count again, with its files. Refused where another stands in its place
    meanwhile.
    """
    actor.must_keep_ledgers_of(entry.branch)
    entry = kind.model.objects.select_for_update().get(pk=entry.pk)
    if entry.withdrawn_at is None:
        raise WrongState("这条记录没有撤回。")
    reason = columns.taken(EntryVersion.reason, reason, "恢复原因", missing="恢复记录须写明原因。")
    draft = _as_it_was(kind, entry)
    read_rows.must_be_new(kind, draft, besides=entry.pk)

    were = row_hashes.before(kind, entry)
    entry.withdrawn_at = None
    entry.save(update_fields=("withdrawn_at",))
    records.index(kind, [(entry, draft)])
    EvidenceLink.objects.filter(kind=kind.slug, entry_id=entry.pk).update(is_active=True)
    told = {"reason": reason, "hashes": row_hashes.of(kind, [entry.pk], now), "were": were}
    journal.note("ledgers.put_back", f"{kind.slug}:{entry.pk}", by=actor.user, now=now, **told)
    changes.announce(changes.of(kind, entry, "put_back"), now)
    return entry


def _as_it_was(kind: LedgerKind, entry: Entry) -> Draft:
    """What the record says, for the indexes; it is not read anew, for it was right when it was
    entered.
    """
    parts: dict[str, list[Any]] = {
        part.name: list(
            part.model._default_manager.filter(**{part.owner: entry}, **part.where).values()
        )
        for part in kind.parts
    }
    written = queries.as_written(kind, entry)
    values = queries.values_of(kind, entry) | {name: getattr(entry, name) for name in kind.unique}
    return Draft(entry.branch, PersonNames({}), values, raw=written, parts=parts, entry=entry)
