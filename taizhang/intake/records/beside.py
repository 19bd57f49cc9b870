"""What the rows of a list say of a second ledger: a sheet of dues has the base and the monthly due of the year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from taizhang.intake.records.propose import Proposal
from taizhang.intake.records.record import Record
from taizhang.ledgers.kind import LedgerKind

_ROW = re.compile(r"第(\d+)行：")
_YEAR, _MONTH = "year", "month"


def of(other: LedgerKind, kind: LedgerKind, found: Proposal, first: Proposal) -> Proposal:
    """The records of the second ledger, each told once though a row stands for every month."""
    wanted = set(kind.tells_of.get(other.slug, ()))
    years = dict(_years(first.records))
    seen: dict[tuple[tuple[str, str], ...], Record] = {}
    for record in found.records:
        if not wanted <= record.values.keys():
            continue
        _add_year(record, years)
        seen.setdefault(tuple(sorted(record.values.items())), record)
    records = list(seen.values())
    lacks = [
        one.label
        for one in other.fields()
        if one.required and not any(one.name in r.values for r in records)
    ]
    warnings = [f"表里没有“{'”“'.join(lacks)}”，须逐行补上。"] if lacks and records else []
    return Proposal(records, warnings, is_list=True)


def _row_of(record: Record) -> str:
    return next((row[1] for text in record.sources.values() if (row := _ROW.search(text))), "")


def _years(records: Iterable[Record]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Row → the year of the month that it tells, and where that stands."""
    for record in records:
        if re.match(r"20\d{2}-", record.values.get(_MONTH, "")) and (row := _row_of(record)):
            yield row, (record.values[_MONTH][:4], record.sources[_MONTH])


def _add_year(record: Record, years: Mapping[str, tuple[str, str]]) -> None:
    told = years.get(_row_of(record))
    if told is not None and _YEAR not in record.values:
        record.values[_YEAR], record.sources[_YEAR] = told
