"""Rows of facts that no ledger holds as such: they are made of the rows of others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from taizhang.kernel.calendar import windows
from taizhang.ledgers.kinds import KINDS

_DAYS = {kind.facts[0].name: kind.day for kind in KINDS.values() if kind.is_event}
HELD = tuple(_DAYS)
"""The tables of what is held on a day."""


def pairs(tables: dict[str, list[Any]]) -> Iterator[tuple[Any, ...]]:
    """Every talk seen from both sides."""
    for talk in tables["talks"]:
        about = (talk.held_on, talk.held_on.year, talk.relation, talk.starts, talk.ends, talk.place)
        yield (talk.id, talk.branch_id, talk.talker_id, talk.talked_to_id, *about)
        yield (talk.id, talk.branch_id, talk.talked_to_id, talk.talker_id, *about)


def settled(tables: dict[str, list[Any]]) -> Iterator[tuple[Any, ...]]:
    """Every member's month that was paid for, here or before he came, or need not be."""
    for payment in tables["dues_payments"]:
        yield payment.branch_id, payment.person_id, payment.month
    for month in tables["exempt_months"]:
        if month.kind == "exempt":
            yield month.branch_id, month.person_id, month.month
    for letter in (row for row in tables["transfers"] if row.direction == "moved_in"):
        for month in windows("month", letter.issued_on, letter.dues_paid_through):
            yield letter.branch_id, letter.person_id, month.starts_on


def events(tables: dict[str, list[Any]]) -> Iterator[tuple[Any, ...]]:
    """Every day on which something was held, whatever ledger tells of it."""
    yield from {
        (row.branch_id, getattr(row, day)) for name, day in _DAYS.items() for row in tables[name]
    }


MAKERS = {"talk_pairs": pairs, "dues_settled": settled, "events": events}
"""How each such table is made, by its name."""
