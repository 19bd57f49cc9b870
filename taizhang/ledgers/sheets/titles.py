"""Which ledger a document or sheet belongs to, by what it calls itself (`LedgerKind.titles`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from taizhang.kernel.text import bare, folded
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.written.tables import Cells

_WITHIN = 8
"""A title stands in one of so many rows at the top."""
_BEHIND = re.compile(r"\([^()]*\)$")


@dataclass(frozen=True)
class Titled:
    """What a title says: the ledger, and the value of the column that sorts its records, where it says that too."""

    kind: LedgerKind
    column: str = ""
    value: str = ""


@lru_cache(maxsize=1)
def known() -> dict[str, Titled]:
    """Every customary title, bare of marks, with what it says."""
    found: dict[str, Titled] = {}
    for kind in KINDS.values():
        found |= {bare(title): Titled(kind) for title in kind.titles}
        column, by_value = kind.titles_by or ("", {})
        for value, titles in by_value.items():
            found |= {bare(title): Titled(kind, column, value) for title in titles}
    return found


def titled(text: str) -> Titled | None:
    """The longest customary title that a heading ends with: whose and of which year it is stands before it."""
    plain = bare(_BEHIND.sub("", folded(text)))
    ends = (plain[start:] for start in range(len(plain)))
    return next((known()[end] for end in ends if end in known()), None)


def of_table(cells: Cells) -> Titled | None:
    """What the title above a table says: a row with one text in it, however wide it is merged."""
    for row in cells[:_WITHIN]:
        written = {str(cell).strip() for cell in row} - {""}
        if len(written) == 1 and (found := titled(*written)):
            return found
    return None
