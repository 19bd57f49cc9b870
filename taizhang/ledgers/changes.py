"""Who wants to know when a branch's ledgers changed. The layers above subscribe; see ADR 0003."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from taizhang.ledgers.kind import LedgerKind
from taizhang.orgs.entry import Entry
from taizhang.orgs.models import Organisation, Person

How = Literal["recorded", "imported", "corrected", "withdrawn", "put_back", "files"]


@dataclass(frozen=True)
class Change:
    """What changed: in which branch's ledger, which record (None: many), and the days that it lies
    and lay on.
    """

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


def announce(change: Change, now: datetime) -> None:
    """Calls every listener with the change."""
    waiting = _WAITING.get()
    if waiting is not None and change.record is None:
        waiting[change.branch.pk, change.kind.slug] = change, now
        return
    for listener in LISTENERS:
        listener(change, now)


_WAITING: ContextVar[dict[tuple[int, str], tuple[Change, datetime]] | None] = ContextVar(
    "waiting", default=None
)


@contextmanager
def told_once() -> Iterator[None]:
    """Of many imports in one transaction the listeners are told at its end, once for each branch
    and ledger.
    """
    waiting: dict[tuple[int, str], tuple[Change, datetime]] = {}
    token = _WAITING.set(waiting)
    try:
        yield
    finally:
        _WAITING.reset(token)
    for change, now in waiting.values():
        announce(change, now)


def of(kind: LedgerKind, entry: Entry, how: How = "recorded") -> Change:
    """The change of one record; one withdrawn or put back takes its files along."""
    files = how in ("files", "withdrawn", "put_back")
    return Change(
        entry.branch, kind, entry.pk, _days_of(kind, entry), files, how, _people_of(kind, entry)
    )


def person_columns(kind: LedgerKind) -> frozenset[str]:
    """The columns of a record's own fields that name a person: whom a change tells of."""
    fields = kind.model._meta.fields
    return frozenset(field.attname for field in fields if field.related_model is Person)


def _days_of(kind: LedgerKind, entry: Entry) -> frozenset[date]:
    """The days by which a record stands in tables that are read by years."""
    names = {kind.day}
    for table in kind.facts:
        for column in table.cut:
            names.add(table.columns[column].rpartition("__")[2])
    found = (getattr(entry, name) for name in names)
    return frozenset(day for day in found if day is not None)


def _people_of(kind: LedgerKind, entry: Entry) -> frozenset[int]:
    found = (getattr(entry, column) for column in person_columns(kind))
    return frozenset(key for key in found if key is not None)
