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


_MENDING = re.compile(r"整改(?:情况|任务|工作|问题)?台账|(?:整改)?销号(?:台账|清单)|整改销号表")
MENDING = (
    "这是督查问题的整改台账，不是单独的一种台账：请在“督查整改”里打开各个问题，登记整改方案、进展和佐证材料；"
    "组织生活会查摆问题的整改，填在“组织生活会材料”的“整改清单”里。"
)


def kept_elsewhere(text: str) -> str:
    """Where what calls itself so is kept, if in no ledger; empty for all else."""
    plain = bare(_BEHIND.sub("", folded(text)))
    ends = (plain[start:] for start in range(len(plain)))
    elsewhere = titled(text) is None and any(_MENDING.fullmatch(end) for end in ends)
    return MENDING if elsewhere else ""


def elsewhere(cells: Cells) -> str:
    """The same, of a title above a table."""
    rows = ({str(cell).strip() for cell in row} - {""} for row in cells[:_WITHIN])
    return next((told for row in rows if len(row) == 1 and (told := kept_elsewhere(*row))), "")


def of_table(cells: Cells) -> Titled | None:
    """What the title above a table says: a row with one text in it, however wide it is merged."""
    for row in cells[:_WITHIN]:
        written = {str(cell).strip() for cell in row} - {""}
        if len(written) == 1 and (found := titled(*written)):
            return found
    return None
