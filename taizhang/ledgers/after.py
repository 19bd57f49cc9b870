"""Who wants to know when a branch's ledgers changed. The layers above subscribe; see ADR 0003."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from taizhang.ledgers.kind import LedgerKind
from taizhang.orgs.models import Organisation

How = Literal["recorded", "imported", "corrected", "withdrawn", "files"]


@dataclass(frozen=True)
class Change:
    """What changed: in which branch's ledger, which record (None: many), and the days that it lies and lay on."""

    branch: Organisation
    kind: LedgerKind
    record: int | None = None
    days: frozenset[date] = frozenset()
    files: bool = False
    """Whether the files that serve the record changed too."""
    how: How = "recorded"


Listener = Callable[[Change, datetime], None]
LISTENERS: list[Listener] = []


def subscribe(listener: Listener) -> None:
    """Have the listener called in the transaction of every change."""
    if listener not in LISTENERS:
        LISTENERS.append(listener)


def changed(change: Change, now: datetime) -> None:
    """Tell everybody."""
    for listener in LISTENERS:
        listener(change, now)


def of(kind: LedgerKind, entry: Any, how: How = "recorded") -> Change:
    """The change of one record; one withdrawn takes its files along."""
    files = how in ("files", "withdrawn")
    return Change(entry.branch, kind, entry.pk, days_of(kind, [entry]), files, how)


def days_of(kind: LedgerKind, entries: Iterable[Any]) -> frozenset[date]:
    """The days by which records stand in tables that are read by years."""
    names = {kind.day}
    for table in kind.facts:
        for column in table.cut:
            names.add(table.columns[column].rpartition("__")[2])
    found = (getattr(entry, name) for entry in entries for name in names)
    return frozenset(day for day in found if day is not None)
