"""`经费来源为财政拨款，计划12次`: what a sentence says under the ledger's own name of a field."""

from __future__ import annotations

import re
from functools import lru_cache

from taizhang.documents.blocks import Paragraph
from taizhang.intake.forms import Read
from taizhang.intake.reading import labels
from taizhang.intake.records.taking import Taking
from taizhang.kernel.text import folded
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS

_SORTS = {"choice", "date", "month", "integer", "permille"}
"""Fields of which it can be seen whether they take what is said; sums are told apart by year and
part (`figures`).
"""


def add(read: Read, kind: LedgerKind, paragraphs: list[Paragraph]) -> None:
    """Fill what no label said, with what the field takes as it stands."""
    known, taking = labels.exact(kind.slug), Taking(kind)
    for block in paragraphs:
        for label, said in _pattern(kind.slug).findall(folded(block.text)):
            name = known[label]
            if name not in read.values and taking.takes(name, said):
                read.add(name, said, block.where)


@lru_cache(maxsize=128)
def _pattern(slug: str) -> re.Pattern[str]:
    sorts = {one.name for one in KINDS[slug].fields() if one.kind in _SORTS}
    names = [
        label for label, name in labels.exact(slug).items() if name in sorts and len(label) > 2
    ]
    every = "|".join(map(re.escape, sorted(names, key=len, reverse=True))) or "(?!)"
    return re.compile(rf"({every})(?:为|是|有|共)?[“]?([^，,。；;：:”\\s]{{1,24}})")
