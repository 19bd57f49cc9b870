"""How most faults are planted: one row of one ledger is altered or taken away."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

from taizhang.demo.faults.planted import Plant
from taizhang.demo.faults.records import Found, row_for
from taizhang.demo.records import Ledgers
from taizhang.demo.world import LAST
from taizhang.kernel.calendar import label_of

Raw = dict[str, str]
Change = Raw | Callable[[Raw], Raw]
Window = str | Callable[[Raw], str]


class NotHereError(LookupError):
    """The branch has nothing in which the fault could lie; nothing was altered."""


def anything(row: Raw) -> bool:
    """Every row."""
    del row
    return True


def ended(row: Raw) -> bool:
    """Of a year that is over on the day of the inspection."""
    return row["year"] < str(LAST.year)


def moved(day: str, days: int) -> str:
    """So many days later."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def of_year(row: Raw) -> str:
    """A year's paper is dated by its first day."""
    return f"{row['year']}-01-01"


def in_quarter(column: str) -> Callable[[Raw], str]:
    """The quarter of the day in a column."""
    return lambda row: label_of("quarter", date.fromisoformat(row[column]))


def last_day(row: Raw) -> str:
    """What is asked of the day of the inspection."""
    del row
    return LAST.isoformat()


def plus(name: str, of: str = "") -> Callable[[Raw], Raw]:
    """A number is one more than it was, or than another."""
    return lambda row: {name: str(int(row[of or name]) + 1)}


def _window(row: Raw, window: Window) -> str:
    return window(row) if callable(window) else row[window]


def _codes(codes: tuple[str, ...], window: str) -> Found:
    """`L21 L21.2w`: the item and the rule's name."""
    return [(*code.split(), window) for code in codes]


def altered(
    kind: str, change: Change, *codes: str, window: Window, where: Callable[[Raw], bool] = anything
) -> Plant:
    """One row of a ledger is altered; the window is said of it as it then is."""

    def plant(ledgers: Ledgers, rng: random.Random) -> Found:
        row = row_for(ledgers, rng, kind, where)
        row |= change(row) if callable(change) else change
        return _codes(codes, _window(row, window))

    return plant


def removed(
    kind: str, *codes: str, window: Window, where: Callable[[Raw], bool] = anything
) -> Plant:
    """One row of a ledger is not there."""

    def plant(ledgers: Ledgers, rng: random.Random) -> Found:
        row = row_for(ledgers, rng, kind, where)
        ledgers.rows[kind].remove(row)
        return _codes(codes, _window(row, window))

    return plant


def two(
    ledgers: Ledgers, rng: random.Random, kind: str, where: Callable[[Raw], bool] = anything
) -> tuple[Raw, Raw]:
    """Two rows of a ledger that no other fault touched, in the order in which they are entered."""
    rows = ledgers.rows.get(kind, [])
    free = [at for at, row in enumerate(rows) if "_used" not in row and where(row)]
    if len(free) < 2:
        raise NotHereError(kind)
    first, second = (rows[at] for at in sorted(rng.sample(free, 2)))
    first["_used"] = second["_used"] = "1"
    return first, second


def repeated(
    kind: str,
    columns: tuple[str, ...],
    *codes: str,
    window: Window,
    where: Callable[[Raw], bool] = anything,
) -> Plant:
    """What stands in these columns of one row stands in a later one too."""

    def plant(ledgers: Ledgers, rng: random.Random) -> Found:
        first, second = two(ledgers, rng, kind, where)
        second |= {column: first[column] for column in columns}
        return [(*one, _window(first, window)) for one in _codes(codes, _window(second, window))]

    return plant
