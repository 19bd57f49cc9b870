"""Of what goes on, what was in force in a period."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from django.db.models import QuerySet

from taizhang.ledgers.kind import LedgerKind

_Rows = TypeVar("_Rows", bound=QuerySet[Any])


def in_period(found: _Rows, kind: LedgerKind, from_on: date) -> _Rows:
    """Of records up to the end of a period, what happened in it, and of what goes on, all that was
    in force in it.
    """
    lasting = kind.lasting
    if lasting is None:
        return found.filter(**{f"{kind.day}__gte": from_on})
    if lasting.until:
        found = found.exclude(**_over(lasting.until, from_on))
    if lasting.replaced:
        found = found.exclude(pk__in=_replaced(found, kind, lasting.sort, from_on))
    return found


def _replaced(found: QuerySet[Any], kind: LedgerKind, sort: str, day: date) -> list[int]:
    """Versions whose place another of the same sort had taken by a day, whether or not that is
    written down.
    """
    early = found.filter(**{f"{kind.day}__lte": day}).order_by(kind.day, "pk")
    latest: dict[Any, int] = {}
    gone = []
    for one in early.values(*filter(None, ("pk", sort))):
        of = one.get(sort)
        if of in latest:
            gone.append(latest[of])
        latest[of] = one["pk"]
    return gone


def _over(column: str, day: date) -> dict[str, date]:
    """What had ended by a day; what is kept by months ends with its last month."""
    if column.endswith("_month"):
        return {f"{column}__lt": day.replace(day=1)}
    return {f"{column}__lte": day}
