"""Notices as others wrote them in Word: the same letter in five shapes is the same notice."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from taizhang.documents import reading
from taizhang.documents.blocks import Paragraph, Table
from taizhang.notices import read
from taizhang.notices.model import Notice

CASES = Path(__file__).parent.parent / "cases"


def case(name: str) -> Notice:
    return read.notice((CASES / f"{name}.docx").read_bytes())


@pytest.mark.parametrize("name", ["d01-auto-numbering", "d05-nested-table", "d09-split-table"])
def test_the_same_letter_in_another_shape_is_the_same_notice(name: str) -> None:
    plain = case("d00-plain")
    assert (plain.methods, plain.demands) == (
        ["查阅台账。", "个别访谈。"],
        ["请准备好会议室。", "请按时参加。"],
    )
    assert [len(area.organisations) for area in plain.areas] == [2, 2]
    assert case(name).model_dump(exclude={"places"}) == plain.model_dump(exclude={"places"})


def test_a_blank_between_day_and_hour_parts_them() -> None:
    found = case("d07-date-blank-hour")
    said = [(s.date, s.start, s.venue) for area in found.areas for s in area.sessions]
    assert said == [("2019-05-02", "09:00", "甲溪小学"), ("2019-05-02", "14:30", "丙溪小学")]


def _numbered(*levels: tuple[str, str], more: str = "") -> Any:
    document = docx.Document()
    root = document.part.numbering_part.element
    made = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText '
        f'w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="70">{made}</w:abstractNum>'
    root.insert(0, parse_xml(abstract))
    for key, rest in (("71", ""), ("72", more)):
        root.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{key}"><w:abstractNumId w:val="70"/>{rest}</w:num>'
            )
        )
    return document


def _item(holder: Any, text: str, level: int, key: str = "71") -> None:
    paragraph = holder.add_paragraph(text)._p
    number = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{key}"/></w:numPr>'
    paragraph.get_or_add_pPr().append(parse_xml(number))


def _lines(document: Any) -> list[str]:
    out = io.BytesIO()
    document.save(out)
    return [b.text for b in reading.source(out.getvalue()).blocks if isinstance(b, Paragraph)]


def test_levels_count_on_and_begin_anew() -> None:
    document = _numbered(("chineseCounting", "%1、"), ("decimal", "（%2）"), ("decimal", "%2.%3"))
    for text, level in (("甲", 0), ("子", 1), ("丑", 1), ("末", 2), ("", 1), ("乙", 0), ("寅", 1)):
        _item(document, text, level)
    assert _lines(document) == ["一、甲", "（1）子", "（2）丑", "2.1末", "二、乙", "（1）寅"]


def test_a_list_may_begin_anew_and_a_style_may_number() -> None:
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    document = _numbered(("upperRoman", "%1."), more=start)
    _item(document, "甲", 0)
    _item(document, "乙", 0)
    _item(document, "丙", 0, "72")
    style = document.styles["List Paragraph"].element.get_or_add_pPr()
    style.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="72"/></w:numPr>'))
    document.add_paragraph("丁", style="List Paragraph")
    assert _lines(document) == ["I.甲", "II.乙", "I.丙", "II.丁"]


def test_bullets_are_no_numbers() -> None:
    document = _numbered(("bullet", "•"))
    _item(document, "甲", 0)
    assert _lines(document) == ["甲"]


def test_a_column_of_numbers_is_counted() -> None:
    document = _numbered(("decimal", "%1"))
    table = document.add_table(rows=0, cols=2)
    for text in ("甲", "乙"):
        cells = table.add_row().cells
        cells[1].text = text
        cells[0]._tc.remove(cells[0].paragraphs[0]._p)
        _item(cells[0], "", 0)
    out = io.BytesIO()
    document.save(out)
    (found,) = [b for b in reading.source(out.getvalue()).blocks if isinstance(b, Table)]
    assert [[cell.text for cell in row] for row in found.rows] == [["1", "甲"], ["2", "乙"]]
