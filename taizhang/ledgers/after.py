"""Who wants to know when a branch's ledgers changed. The layers above subscribe; see ADR 0003."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

from taizhang.ledgers.kind import LedgerKind
from taizhang.orgs.models import Organisation, Person

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
    people: frozenset[int] = frozenset()
    """Of one record, the persons that its own fields name and named."""

    def besides(self, was: Change) -> Change:
        """With the days and the persons of before."""
        return replace(self, days=self.days | was.days, people=self.people | was.people)


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
    days, people = days_of(kind, [entry]), people_of(kind, [entry])
    return Change(entry.branch, kind, entry.pk, days, files, how, people)


def days_of(kind: LedgerKind, entries: Iterable[Any]) -> frozenset[date]:
    """The days by which records stand in tables that are read by years."""
    names = {kind.day}
    for table in kind.facts:
        for column in table.cut:
            names.add(table.columns[column].rpartition("__")[2])
    found = (getattr(entry, name) for entry in entries for name in names)
    return frozenset(day for day in found if day is not None)


def people_of(kind: LedgerKind, entries: Iterable[Any]) -> frozenset[int]:
    """The persons that records name in fields of their own."""
    fields = [field for field in kind.model._meta.fields if field.related_model is Person]
    found = (getattr(entry, field.attname) for entry in entries for field in fields)
    return frozenset(key for key in found if key is not None)
