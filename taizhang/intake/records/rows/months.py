"""A sheet of dues whose month stands in its title."""

from __future__ import annotations

import re
from collections.abc import Iterable

from taizhang.intake.forms import Read
from taizhang.kernel.text import brief, folded
from taizhang.ledgers.kind import LedgerKind

_MONTH = re.compile(r"(20\d{2})年(\d{1,2})月")
_FIELD = "month"


def of_title(kind: LedgerKind, read: Read, titles: Iterable[str]) -> None:
    """The one month that the first title with a month names, where the row names none."""
    if read.values.get(_FIELD) or not any(
        one.name == _FIELD and one.kind == "month" for one in kind.fields()
    ):
        return
    told = ((title, set(_MONTH.findall(folded(title)))) for title in titles)
    title, found = next((one for one in told if one[1]), ("", set()))
    if len(found) == 1:
        year, month = found.pop()
        read.values[_FIELD] = f"{year}-{int(month):02d}"
        read.sources[_FIELD] = f"标题：{brief(title, 60)}"
