"""照此再记: a new form filled with what the next record of the same sort is likely to share with this
one.

Only how and where is taken over, and what was planned: never a day, a number, a tick, who was
there, or what was said.
"""

from __future__ import annotations

import re
from typing import Any

from taizhang.ledgers.fields import Field
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.records import queries
from taizhang.orgs.entry import Entry

_KINDS = {"choice", "text", "time", "record"}
_OF_ITS_TIME = re.compile(r"\d{2,4}年|\d{1,2}月|第[一二三四\d]+季度|\d{4}[-./]\d")


def values(kind: LedgerKind, entry: Entry) -> tuple[dict[str, Any], list[str]]:
    """What the new form is filled with, and the labels of that; a text that names a time is left
    out.
    """
    written = queries.as_filled(kind, entry, openly=False)
    taken = {
        one.name: one.label
        for one in kind.fields()
        if _is_shared(kind, one)
        and written[one.name]
        and not _OF_ITS_TIME.search(written[one.name])
    }
    taken |= {part.name: part.label for part in kind.parts if part.is_plan and written[part.name]}
    return {name: written[name] for name in taken}, list(taken.values())


def _is_shared(kind: LedgerKind, field: Field) -> bool:
    own = field.name in (kind.day, *kind.unique) or field.name.endswith(("_no", "number"))
    return field.kind in _KINDS and not own and not field.sensitive
