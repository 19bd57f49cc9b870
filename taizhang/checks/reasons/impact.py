"""What withdrawing a record would change: withdrawn, judged, and taken back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from taizhang.checks import current, engine
from taizhang.checks.models import CheckScope
from taizhang.checks.reasons import outcomes, queries
from taizhang.ledgers.evidence import queries as evidence
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.links import related
from taizhang.ledgers.records import actions
from taizhang.orgs.actor import Actor
from taizhang.orgs.entry import Entry
from taizhang.orgs.models import Organisation


@dataclass(frozen=True)
class Impact:
    """What would be otherwise: files, records that are tied to it, verdicts (title, now, then),
    matters that would be new.
    """

    files: int
    only_here: int
    tied: list[str]
    is_judged: bool = False
    verdicts: list[tuple[str, str, str]] = field(default_factory=list)
    matters: list[str] = field(default_factory=list)


def of_withdrawing(*, kind: LedgerKind, entry: Entry, actor: Actor, now: datetime) -> Impact:
    """Nothing stays of the try."""
    actor.must_keep_ledgers_of(entry.branch)
    files = [link.file for link in evidence.links_of(kind, entry)]
    only = sum(not evidence.uses(file, besides=entry.pk) for file in files)
    tied = [f"{one.kind.title} {one.entry}" for one in related.linked(kind, entry, actor)]
    scope = queries.current_scope()
    if scope is None:
        return Impact(len(files), only, tied)
    was, said = _verdicts(entry.branch, scope), _matters(entry.branch, scope)
    with transaction.atomic():
        actions.withdraw(kind=kind, entry=entry, reason="试算", actor=actor, now=now)
        then, told = _verdicts(entry.branch, scope), _matters(entry.branch, scope)
        transaction.set_rollback(True)
    titles = {item.id: item.title for item in engine.catalogue(scope.catalogue).items}
    changed = [
        (titles.get(item, item), word, then[item])
        for item, word in was.items()
        if then.get(item, word) != word
    ]
    new = [text for text in told if text not in said]
    return Impact(len(files), only, tied, bool(was), changed, new)


def _verdicts(branch: Organisation, scope: CheckScope) -> dict[str, str]:
    found = current.verdicts(scope).filter(branch=branch).order_by("item")
    return {one.item: outcomes.word(one.outcome, one.warns) for one in found}


def _matters(branch: Organisation, scope: CheckScope) -> list[str]:
    rows = current.suspicions(scope).open().filter(branch=branch).exclude(severity="info")
    reasons = queries.reasons_of(rows.order_by("window", "pk"), scope)
    return [matter.text for matter in queries.matters_of(reasons, scope)]
