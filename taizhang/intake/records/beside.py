"""What the rows of a list say of a second ledger: a sheet of dues has the base and the monthly due
of the year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from taizhang.intake.reading import labels
from taizhang.intake.reading.pieces import Piece, plain
from taizhang.intake.records import parts
from taizhang.intake.records.record import Proposal, Record
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.sheets import headers

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
    warnings = (
        [f"表里没有“{'”“'.join(lacks)}”，请补上（各行相同的，在“各行相同”里填一次）。"]
        if lacks and records
        else []
    )
    return Proposal(records, warnings, is_list=True)


def alone(other: LedgerKind, kind: LedgerKind, piece: Piece, told: Iterable[str]) -> list[str]:
    """That columns of the second ledger stand in a list, which are too few to be read there, where
    nobody has `told` it.
    """
    own = labels.exact(kind.slug)
    said = "".join(one for one in told if not one.startswith(headers.NOT_READ))
    shared = {one.name for one in kind.fields()} | _OF_THE_LIST
    for table in piece.tables():
        for row in table.rows[: parts.HEADERS_WITHIN]:
            words = [cell.text.strip() for cell in row if cell.text.strip()]
            known = labels.names(other, words)
            heads = [word for word in words if known.get(plain(word), _YEAR) not in shared]
            heads = [one for one in heads if plain(one) not in own and words.count(one) == 1]
            if heads and len(words) > len(heads) + 1:
                rest = [one for one in heads if one not in said]
                return [_ALONE.format("”“".join(rest), other.title)] if rest else []
    return []


_OF_THE_LIST = {"year"}
"""What the title or the months of a list say of all its rows."""
_ALONE = "表里的“{}”没有读入：它属于“{}”，要登记的请在那里填写。"


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
