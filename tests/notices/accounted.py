"""What became of every clause and cell of a notice: it is in a value, it is told, or it is
boilerplate of one of the sorts that the reader names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from taizhang.documents.blocks import Cell, Paragraph, Source, Table
from taizhang.kernel.text import folded
from taizhang.notices import left
from taizhang.notices.model import Notice
from taizhang.notices.tables import heads
from taizhang.notices.values import all_hours, day_spans, flat
from taizhang.notices.words import labels
from tests.notices.test_layouts import leaves

_MARKS = r"[。；;，,、\n\s：:（）()]+"


def unaccounted(source: Source, notice: Notice) -> list[str]:
    """The clauses and cells of which nothing became anything."""
    said = _Said(notice)
    return [
        f"{where}: {text}"
        for text, where, whole in _clauses(source)
        if not said.holds(text) and not said.tells(text, where) and not _is_boilerplate(text, whole)
    ]


_NUMBER = re.compile(r"^[（(]?[\d一二三四五六七八九十]{1,3}[）)、.．]")
_HEADING = re.compile(
    r"\s*(?:[（(]?[\d一二三四五六七八九十]{1,3}[）)、.．\s]|【|[\u4e00-\u9fff]+[:：])"
)
_LONGEST_HEADING = 14
_LONGEST_NUMBER = 5


class _Said:
    def __init__(self, notice: Notice) -> None:
        document = notice.model_dump(mode="json", by_alias=True, exclude={"places", "warnings"})
        every = [str(value) for _, value in leaves(document)]
        every += [name for a in notice.areas if a.team for name in a.team.posts]
        self.values = {folded(one) for one in every if len(folded(one)) > 1}
        self.all = "\n".join(self.values)
        self.told = [(folded(one.message), one.where) for one in notice.warnings]

    def holds(self, text: str) -> bool:
        plain = _NUMBER.sub("", folded(text))
        behind = re.sub(
            rf"^(?:{left.JOINS.pattern})+|(?:开展|落实|执行)?(?:情况|工作)+$", "", plain
        )
        days = {
            f"{month:02d}-{day:02d}"
            for span in day_spans(text)
            for month, day in (span.first, span.last)
        }
        times = days | all_hours(text)
        numbers = [one for one in re.findall(r"\d{3,}", plain) if one in self.all]
        return (
            plain in self.all
            or (len(behind) > 1 and behind in self.all)
            or any(one in plain for one in self.values)
            or any(one in self.all for one in times)
            or bool(numbers)
        )

    def tells(self, text: str, where: str) -> bool:
        """Whether a warning quotes it, or says it of the whole table or place."""
        begins = folded(text)[:10]
        return any(begins in told for told, _ in self.told) or any(
            (place == where or where.startswith(f"{place} "))
            and ("这个表" in told or "..." in told)
            for told, place in self.told
        )


def _clauses(source: Source) -> Iterator[tuple[str, str, str]]:
    """(clause, its place, the whole text there)"""
    for block in source.blocks:
        if isinstance(block, Paragraph):
            yield from _parted(block.text, block.where)
        elif isinstance(block, Table):
            for cell in _cells(block):
                yield from _parted(cell.text, cell.where)


def _cells(table: Table) -> Iterator[Cell]:
    """The cells that are no headers, each merged one once."""
    for row in table.rows:
        for cell in row:
            if not cell.spans and not (_is_head(cell.text)):
                yield cell


def _is_head(text: str) -> bool:
    return bool(heads.meaning(text, heads.SCHEDULE) or heads.meaning(text, heads.REQUIREMENTS))


def _parted(text: str, where: str) -> Iterator[tuple[str, str, str]]:
    for clause in re.split(_MARKS, text):
        if clause.strip():
            yield clause, where, text


def _is_boilerplate(text: str, whole: str) -> bool:
    """A label, a number, what joins values, or a sentence of a named sort."""
    plain = flat(text)
    heading = _NUMBER.sub("", folded(text))
    begins = _HEADING.match(whole) and folded(whole).find(heading) <= _LONGEST_NUMBER
    if begins and len(heading) <= _LONGEST_HEADING and not re.search(r"[\d]", heading):
        return True
    sentences = [one for one in re.split(r"[。；;\n]", flat(whole)) if plain in one]
    return bool(
        len(re.sub(r"[\W\d_]", "", left.JOINS.sub("", plain))) < 2
        or labels.role_of(plain)
        or _is_head(text)
        or any(left.is_boilerplate(one) for one in [plain, *sentences])
    )
