"""What a correction changed, word by word, for reading."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Literal

from taizhang.kernel.secret import seal, unseal
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.models import EntryVersion
from taizhang.ledgers.records.queries import as_written
from taizhang.orgs.actor import Actor
from taizhang.orgs.entry import Entry

_WORDS = re.compile(r"[A-Za-z0-9.:/-]+|\s+|.", re.DOTALL)
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_LONG = 3000
"""Longer texts are compared line by line."""
_HIDDEN = "＊＊＊"

Op = Literal["same", "gone", "new"]


@dataclass(frozen=True)
class FieldChange:
    """One field that a correction changed, as pieces that stayed, went or came."""

    label: str
    pieces: list[tuple[Op, str]]


@dataclass(frozen=True)
class Correction:
    """One correction: which version it ended, by whom, when, why, and what it changed."""

    version: int
    by: str
    at: datetime
    reason: str
    changes: list[FieldChange]


def keep(
    kind: LedgerKind, entry: Entry, before: dict[str, str], reason: str, actor: Actor, now: datetime
) -> EntryVersion:
    """Store what a record said before a correction; what is sensitive is sealed."""
    hidden = {field.name for field in kind.fields() if field.sensitive}
    values = {
        name: seal(text) if name in hidden and text else text for name, text in before.items()
    }
    return EntryVersion.objects.create(
        kind=kind.slug,
        entry_id=entry.pk,
        version=entry.version,
        values=values,
        at=now,
        by=actor.user,
        reason=reason,
    )


def corrections(kind: LedgerKind, entry: Entry, *, openly: bool) -> list[Correction]:
    """The corrections of a record, the latest first; what is sensitive only `openly`."""
    rows = EntryVersion.objects.filter(kind=kind.slug, entry_id=entry.pk).select_related("by")
    found: list[Correction] = []
    after: Mapping[str, str] = {}
    for row in rows.order_by("-version"):
        after = after or as_written(kind, entry)
        before = _opened(kind, row.values)
        found.append(
            Correction(
                row.version,
                row.by.name if row.by else "",
                row.at,
                row.reason,
                _changes(kind, before, after, openly=openly),
            )
        )
        after = before
    return found


def since(kind: LedgerKind, entry: Entry, version: int, *, openly: bool) -> list[Correction]:
    """What others changed after the version that somebody was looking at."""
    return [one for one in corrections(kind, entry, openly=openly) if one.version >= version > 0]


def _opened(kind: LedgerKind, values: Mapping[str, str]) -> dict[str, str]:
    hidden = {field.name for field in kind.fields() if field.sensitive}
    return {
        name: unseal(text) if name in hidden and text else text for name, text in values.items()
    }


def _changes(
    kind: LedgerKind, before: Mapping[str, str], after: Mapping[str, str], *, openly: bool
) -> list[FieldChange]:
    hidden = set() if openly else {field.name for field in kind.fields() if field.sensitive}
    labels = {field.name: field.label for field in kind.fields()}
    labels |= {part.name: part.label for part in kind.parts}
    found = []
    for name, label in labels.items():
        old, new = before.get(name, ""), after.get(name, "")
        if old == new:
            continue
        if name in hidden:
            old, new = (_HIDDEN if text else "" for text in (old, new))
        found.append(
            FieldChange(label, difference(old, new) if old != new else [("new", "有改动")])
        )
    return found


def difference(old: str, new: str) -> list[tuple[Op, str]]:
    """Both texts as one: pieces that stayed, went or came, in order."""
    split = _LINES if max(len(old), len(new)) > _LONG else _WORDS
    a, b = split.findall(old), split.findall(new)
    pieces: list[tuple[Op, str]] = []
    for op, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if op == "equal":
            pieces.append(("same", "".join(a[i:j])))
            continue
        if i < j:
            pieces.append(("gone", "".join(a[i:j])))
        if k < m:
            pieces.append(("new", "".join(b[k:m])))
    return pieces
