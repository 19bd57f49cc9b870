"""保管期限: how long the records of each ledger are kept (DOMAIN 4.10), counted from the end of their
year; None is for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from taizhang.ledgers.fields import of_model
from taizhang.ledgers.kind import LedgerKind
from taizhang.orgs.entry import Entry


def years_of(kind: LedgerKind, entry: Entry) -> int | None:
    """How many years this record is kept; None for ever."""
    if kind.kept_by is None:
        return kind.kept_years
    column, years = kind.kept_by
    return years[getattr(entry, column)]


def kept_until(day: date, years: int) -> date:
    """The last day on which a record of that day must still be there."""
    return date(day.year + years, 12, 31)


def last_over(today: date, years: int) -> date:
    """The last day whose records need not be there any more, kept for so many years."""
    return date(today.year - years - 1, 12, 31)


def shortest(kind: LedgerKind) -> int | None:
    """The least number of years that any record of the ledger is kept; None where all are kept for
    ever.
    """
    asked = kind.kept_by[1].values() if kind.kept_by else (kind.kept_years,)
    return min((years for years in asked if years is not None), default=None)


Held = tuple[date, date, str]
"""From and to, and what holds the records of these days: nothing of them is destroyed,
however old.
"""
HOLDERS: list[Callable[[], Iterable[Held]]] = []


def subscribe(holder: Callable[[], Iterable[Held]]) -> None:
    """Let a layer above name days whose records are still needed, as `changes.subscribe` does for
    changes (ADR 0003).
    """
    if holder not in HOLDERS:
        HOLDERS.append(holder)


def holds() -> list[Held]:
    """All that holds now."""
    return [one for holder in HOLDERS for one in holder()]


def is_held(day: date, holds: Iterable[Held]) -> bool:
    """Whether a day lies in any of them; both ends do."""
    return any(first <= day <= last for first, last, _ in holds)


def in_words(kind: LedgerKind) -> str:
    """For the table of the page."""
    if kind.kept_by is None:
        return _in_words(kind.kept_years)
    column, by_value = kind.kept_by
    labels = dict(of_model(kind.model, column).choices)
    sorts: dict[int | None, list[str]] = {}
    for value, years in by_value.items():
        sorts.setdefault(years, []).append(labels[value])
    return "；".join(f"{'、'.join(of)}{_in_words(years)}" for years, of in sorts.items())


def _in_words(years: int | None) -> str:
    return "永久" if years is None else f"{years}年"
