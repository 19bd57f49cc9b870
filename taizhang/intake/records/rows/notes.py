"""What is said of the columns of a list: those that are missing, those that were left out."""

from __future__ import annotations

from taizhang.intake.records.record import Record
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.sheets import excel


def of_columns(
    found: excel.Sheet, sorts: str, kind: LedgerKind, records: list[Record]
) -> list[str]:
    """What is wrong with the headers, and what was left out.

    What the title stands for (the column that `sorts`), or every record has all the same, is not
    missing.
    """
    sort = next((one.label for one in kind.fields() if one.name == sorts), "")
    there = {
        one.label for one in kind.fields() if records and all(one.name in r.values for r in records)
    }
    missing_ = sorted(found.missing - {sort} - there)
    numbers = {number for number, _ in found.rows}
    others = [
        str(p)
        for p in found.problems
        if p.row is None or p.row not in numbers
        if not any(f"“{m}”" in p.message for m in found.missing)
    ]
    lacks = (
        [f"表里没有“{'”“'.join(missing_)}”，请补上（各行相同的，在“各行相同”里填一次）。"]
        if missing_
        else []
    )
    return lacks + others + found.notes
