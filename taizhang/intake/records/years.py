"""Days without their year in a list or book whose title names the one year of which it is; the
place says so, and it is asked.
"""

from __future__ import annotations

import re
from functools import lru_cache

from taizhang.intake.forms import Read
from taizhang.intake.reading.pieces import Piece
from taizhang.kernel.text import folded
from taizhang.kernel.writing import written
from taizhang.ledgers.kind import LedgerKind

ASKED = "“{}”的年份取自标题“{}”，请核对。"
SHORT = "“{}”的“{}”年份只写了两位，按二十一世纪读入，请核对。"
_BARE = re.compile(r"^(\d{1,2})[./](\d\d|[4-9])(?![\d./年月])")
"""3.15 in a list of a year; 3.1, 3.2 and 3.3 may have lost a nought."""
_EVENTS = {
    "held_on", "used_on", "pushed_on", "spent_on", "written_on", "done_on", "issued_on", "received_on", "remitted_on",
}  # fmt: skip
"""Days on which something happened that a list of a year tells; of a birth or an admission such a
title says nothing.
"""
_YEAR = re.compile(r"(?<!\d)(20\d{2})年")
_WHOLE = re.compile(r"(?:19|20)\d{2}-\d{2}-\d{2}(?: 00:00:00)?")
"""A day with its year."""
_OF_ANOTHER = re.compile(r"组织生活会|评议|学年|届|换届|20\d{2}年?[-—–~～至到]")
"""What is held for a year is mostly held in the next."""


def of(piece: Piece) -> tuple[int, str] | None:
    """The one year that the title names, and the title."""
    return _in(tuple(piece.titles))


@lru_cache(maxsize=64)
def _in(lines: tuple[str, ...]) -> tuple[int, str] | None:
    for line in lines:
        said = folded(written.in_digits(line))
        if found := set(_YEAR.findall(said)):
            plain = len(found) == 1 and not _OF_ANOTHER.search(said)
            return (int(found.pop()), line) if plain else None
    return None


def complete(read: Read, kind: LedgerKind, piece: Piece) -> None:
    """Add the year of the title to the days that have none."""
    own = {one.name: one for one in kind.fields() if one.kind == "date" and one.name in _EVENTS}
    for name, one in own.items():
        said = read.values.get(name, "")
        if not said or _WHOLE.fullmatch(said):
            continue
        digits = written.in_digits(written.plain(said))
        if written.days_in(digits):
            continue
        if (whole := written.with_century(digits)) != digits and written.days_in(whole):
            read.values[name] = whole
            read.warnings.append(SHORT.format(one.label, said.strip()))
            continue
        digits = _BARE.sub(r"\1月\2日", digits)
        title = of(piece)
        if title is None or not written.days_in(written.with_year(digits, title[0])):
            continue
        read.values[name] = written.with_year(digits, title[0])
        if "：" in read.sources.get(name, ""):
            read.sources[name] += f"（年份：{title[1]}）"
        tell(read, one.label, title[1])


def tell(read: Read, label: str, title: str) -> None:
    """That the year is the title's."""
    read.warnings.append(ASKED.format(label, title))
