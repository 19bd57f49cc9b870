"""What is proposed stands where it says, and what stands in a source goes nowhere unseen: over
every binder and format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from taizhang.documents import reading
from taizhang.documents.blocks import Block, Table
from taizhang.intake.reading import read
from taizhang.intake.records.attended import marks
from taizhang.intake.records.record import texts
from taizhang.kernel import libreoffice
from taizhang.kernel.text import bare, chinese_number
from taizhang.kernel.writing import written
from tests.intake.accounted import unaccounted
from tests.intake.corpus import LAYOUTS
from tests.intake.test_binder import BINDER, HANDS, found_in

NUMBERS = range(len(BINDER) + len(HANDS))
_DITTO = re.compile("〃|同上")
"""What stands above it is the value."""
_NUMBER = r"\d+(?:\.\d+)?"
_ROW = re.compile(r"(.*) 第(\d+)行(?:第\d+列)?")


def _at(blocks: list[Block], place: str) -> str:
    """What stands at a place: a line, a cell, or a row of a sheet or table, with what is merged
    into it.
    """
    if crossed := _CROSSED.search(place):
        return _where_they_cross(blocks, crossed)
    exact = [text for text, where in texts(blocks) if where == place]
    row = _ROW.fullmatch(place)
    if exact or row is None:
        return " ".join(exact or [text for text, where in texts(blocks) if where.startswith(place)])
    shape = re.compile(rf"{re.escape(row[1])}(?:[A-Z]+| 第){row[2]}(?:行第\d+列)?")
    rows = [one for block in blocks if isinstance(block, Table) for one in block.rows]
    return " ".join(
        cell.text
        for one in rows
        if any(shape.fullmatch(cell.where) for cell in one if not cell.spans)
        for cell in one
    )


_CROSSED = re.compile(r" (?:第(\d+)列和第(\d+)列|第(\d+)行和第(\d+)行)$")


def _where_they_cross(blocks: list[Block], place: re.Match[str]) -> str:
    """Names and marks of a day, in two columns or two rows, and what the legend calls the marks."""
    across, down = place.groups()[:2], place.groups()[2:]
    told = list(marks.legend(text for text, _ in texts(blocks)).values())
    for table in (one for one in blocks if isinstance(one, Table)):
        for number, row in enumerate(table.rows, 1):
            of_sheet = {re.sub(r".*[A-Z]", "", cell.where) for cell in row}
            if down[0] is None or {*of_sheet, f"{number}"} & set(down):
                told += [c.text for n, c in enumerate(row, 1) if not across[0] or f"{n}" in across]
    return " ".join(told)


def _stands_in(value: str, said: str) -> bool:
    """The value, its first line or name, or the day, hour, number or money that it is."""
    first = re.split(r"[\n、（(→]", value.strip())[0]
    if _DITTO.search(said):
        return True
    digits = re.sub(r"(?<=\d),(?=\d{3})", "", written.in_digits(written.plain(said)))
    told = {f"{day}" for day, _, _ in written.days_in(digits)}
    told |= {f"{clock:%H:%M}" for clock in written.clocks_in(digits)}
    numbers = {float(number) for number in re.findall(r"\d+(?:\.\d+)?", digits)}
    numbers |= {round(float(n) * 10_000, 2) for n in re.findall(r"(\d+(?:\.\d+)?)万", digits)}
    numbers |= {
        float(n)
        for word in re.findall(r"第([一二三四五六七八九十]{1,3})|([一二三四])季度", said)
        for word in [max(word)]
        if (n := chinese_number(word)) is not None
    }
    numbers |= {
        float(n)
        for word in re.findall(r"([一二两三四五六七八九十]{1,3})[名人次]", said)
        if (n := chinese_number(word.replace("两", "二"))) is not None
    }
    try:
        return value in told or float(value) in numbers
    except ValueError:
        day = re.split("[：:]", first)[-1]
        return (
            any(bare(one) in bare(text) for one in (first, day) for text in (said, digits))
            or day in told
        )


def _misplaced(
    blocks: list[Block], found: list[read.Document]
) -> Iterator[tuple[str, str, str, str]]:
    in_ten_thousands = any("万元" in text for text, _ in texts(blocks))
    for document in found:
        kind = document.kind
        choices = (
            {
                f.name
                for f in kind.fields()
                if f.kind in ("choice", "month", "date", "permille", "yes")
            }
            if kind
            else set()
        )
        for record in document.records:
            assert record.values.keys() == record.sources.keys()
            for field, value in record.values.items():
                place, _, _ = record.sources[field].partition("：")
                said = _at(blocks, place) or f"{document.file} {place}"
                if in_ten_thousands:
                    said += " ".join(f" {float(n) * 10000:g}" for n in re.findall(_NUMBER, said))
                if field not in choices and not _stands_in(value, said):
                    yield document.file, field, value, said[:60]


def test_every_value_stands_at_the_place_that_it_names() -> None:
    every = (found_in(number) for number in NUMBERS)
    wrong = [one for source, found in every for one in _misplaced(source.blocks, found)]

    assert wrong == []


def test_every_word_is_used_or_left_or_boilerplate_of_a_named_sort() -> None:
    lost = {}
    for number in NUMBERS:
        source, found = found_in(number)
        rest = unaccounted(source.blocks, found)
        if rest and any(one.records for one in found):
            lost[found[0].file] = rest

    assert lost == {}


@pytest.mark.skipif(libreoffice.program() is None, reason="no LibreOffice")
@pytest.mark.parametrize(("old", "new"), [("docx", "pdf"), ("xlsx", "xls")])
def test_the_same_holds_of_other_formats(old: str, new: str) -> None:
    cases = [LAYOUTS[at](100 * at) for at in (0, 1, 3, 5, 10)] if old == "docx" else []
    cases = cases or [one for make in LAYOUTS for one in [make(7)] if one.name.endswith("xlsx")]
    for data in libreoffice.converted([case.data for case in cases], old, new):
        blocks, found = reading.source(data).blocks, read.documents(f"a.{new}", data)
        assert list(_misplaced(blocks, found)) == []
        assert found[0].records
        assert unaccounted(blocks, found) == []
