"""Counts what entering records costs: columns typed, taken over and worked out, and the minutes a
form was open.

Whoever enters says in which way (`by`); what nobody said the way of is not measured. The moment a
form was opened, and what stood in it then, travel in the form itself, signed. Sums by branch and
month are all that is kept.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any

from django.core import signing
from django.db import connection
from django.utils import timezone

from taizhang.kernel.writing import columns
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.models import Burden, SparedPaper
from taizhang.ledgers.part import Draft
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation

LONGEST = 30 * 60
"""A form that was open for more seconds than these counts as that: somebody went away from it."""
_SALT = "burden"


@dataclass
class _Entering:
    way: str
    filled: Mapping[str, int] = field(default_factory=dict)
    """Field → mark of what stood in it when the form was opened."""
    posted: Mapping[str, Any] | None = None
    """What the form itself sent: a box that is not ticked is not sent."""
    began: datetime | None = None
    typed: set[tuple[str, int]] = field(default_factory=set)
    """What was counted as typed: above a list it is typed once for all its lines."""


_ENTERING: ContextVar[_Entering | None] = ContextVar("entering", default=None)


def stamp(raw: Mapping[str, Any], now: datetime) -> str:
    """What a form carries: when it was opened, and what stood in it."""
    filled = {name: _mark(value) for name, value in raw.items() if value}
    return signing.dumps({"at": now.isoformat(), "filled": filled}, salt=_SALT, compress=True)


def _mark(value: object) -> int:
    return zlib.crc32(str(value).encode())


@contextmanager
def by(way: str, *, stamped: str = "", posted: Mapping[str, Any] | None = None) -> Iterator[None]:
    """Records entered inside are counted as entered in this way; a stamp that nobody signed tells
    nothing.
    """
    token = _ENTERING.set(_read(way, stamped, posted))
    try:
        yield
    finally:
        _ENTERING.reset(token)


def _read(way: str, stamped: str, posted: Mapping[str, Any] | None) -> _Entering:
    try:
        told = signing.loads(stamped, salt=_SALT)
    except signing.BadSignature:
        return _Entering(way, posted=posted)
    return _Entering(way, told["filled"], posted, datetime.fromisoformat(told["at"]))


@dataclass
class _Sum:
    records: int = 0
    typed: int = 0
    taken: int = 0
    derived: int = 0
    timed: int = 0
    seconds: int = 0
    capped: int = 0


def count(kind: LedgerKind, drafts: Sequence[Draft], now: datetime) -> None:
    """Add new records to the sums of their branches, in the transaction that stores them."""
    entering = _ENTERING.get()
    if entering is None:
        return
    sums: dict[Organisation, _Sum] = {}
    columns = _Columns(kind)
    for draft in drafts:
        _add(sums.setdefault(draft.branch, _Sum()), kind, draft, entering, columns)
    for one in list(sums.values())[:1]:
        _time(one, entering, now)
    for branch, one in sums.items():
        _store(branch, month_of(now), entering.way, one)


class _Columns:
    """What is asked of the records of a kind, and what is worked out of it that people read."""

    def __init__(self, kind: LedgerKind) -> None:
        self.fields = {one.name for one in kind.fields()}
        self.asked = self.fields | {part.name for part in kind.parts}
        self.derived = {
            one.name
            for one in kind.model._meta.concrete_fields
            if one.name not in self.asked and not str(one.verbose_name).isascii()
        }
        """A column with no name that people read is kept only for looking things up."""


def _add(
    total: _Sum, kind: LedgerKind, draft: Draft, entering: _Entering, columns: _Columns
) -> None:
    sent = entering.posted
    given = {
        name: value
        for name, value in draft.raw.items()
        if name in columns.asked
        and value
        and (sent is None or name not in columns.fields or sent.get(name))
    }
    if entering.way in _TYPED:
        taken = sum(_is_taken(kind, name, value, entering) for name, value in given.items())
    else:
        taken = len(given)  # it came from a file or another record
    total.records += 1
    total.taken += taken
    total.typed += len(given) - taken
    total.derived += sum(bool(draft.values.get(name)) for name in columns.derived)


_TYPED = (Burden.Way.FORM, Burden.Way.TOGETHER)
"""The ways in which a person types."""


def _is_taken(kind: LedgerKind, name: str, value: object, entering: _Entering) -> bool:
    """Whether nobody typed it: it stood in the form, or was ticked from the roster."""
    if name == "present" and kind.entering.ticks_roster:
        return not (entering.posted or {}).get(name)
    if entering.way == Burden.Way.FORM:
        return entering.filled.get(name) == _mark(value)
    if _mark(value) in entering.filled.values() or (name, _mark(value)) in entering.typed:
        return True
    entering.typed.add((name, _mark(value)))
    return False


def _time(total: _Sum, entering: _Entering, now: datetime) -> None:
    """One opening of a form counts once, however many records it made."""
    if entering.began is None:
        return
    seconds = int((now - entering.began).total_seconds())
    entering.began = None
    if seconds >= 0:
        total.timed, total.capped = 1, int(seconds > LONGEST)
        total.seconds = min(seconds, LONGEST)


def _store(branch: Organisation, month: date, way: str, one: _Sum) -> None:
    if not _added(branch, month, way, one):
        # the first of the month; somebody else's may come at the same moment
        Burden.objects.bulk_create(
            [Burden(branch=branch, month=month, way=way)], ignore_conflicts=True
        )
        _added(branch, month, way, one)


_ADD = f"""UPDATE "ledgers_burden"
SET {", ".join(f"{one.name} = {one.name} + %s" for one in fields(_Sum))}
WHERE branch_id = %s AND month = %s AND way = %s"""  # noqa: S608  (names of our own columns)


def _added(branch: Organisation, month: date, way: str, one: _Sum) -> bool:
    """Whether there was a row to add it to; in plain SQL, because every save does it."""
    day = connection.ops.adapt_datefield_value(month)
    with connection.cursor() as cursor:
        cursor.execute(_ADD, [*vars(one).values(), branch.pk, day, way])
        return bool(cursor.rowcount)


def month_of(now: datetime) -> date:
    """The first day of the month."""
    return timezone.localdate(now).replace(day=1)


def spared(papers: Iterable[tuple[Organisation, str]], actor: Actor, now: datetime) -> None:
    """Papers that were set for branches whose keeper asked for them."""
    SparedPaper.objects.bulk_create(
        [
            SparedPaper(
                branch=branch, month=month_of(now), what=columns.fitted(SparedPaper.what, what)
            )
            for branch, what in papers
            if actor.may_keep_ledgers_of(branch)
        ],
        ignore_conflicts=True,
    )
