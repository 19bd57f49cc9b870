"""A character that the fonts lack does not stop a book: a mark stands in its place, and the record
is named.
"""

from __future__ import annotations

import io
from datetime import datetime

import pypdf
import pytest

from taizhang.kernel.errors import BadInput
from taizhang.ledgers.kinds import KINDS
from taizhang.papers import queries
from taizhang.papers.paper import Chapter, Form, Line, Paper, Section, Table
from taizhang.papers.writers import pdf
from tests.make import Cast, raw, save

RARE = chr(0x30EDD)


def _text(data: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    return "".join(page.extract_text() for page in pages).replace("\n", "").replace(" ", "")


def test_a_book_has_a_mark_and_names_its_records() -> None:
    roster = Table(
        "花名册", ["姓名"], [["甲"], [f"王{RARE}"]], records=["党员花名册第1号", "党员花名册第2号"]
    )
    talk = Form("谈话", [Line("内容", f"与{RARE}谈")], record="谈心谈话记录第7号")
    sections = [Section("L12 谈心谈话", "", [talk]), Section("L14 花名册", "", [roster])]
    paper = Paper("台账册", chapters=[Chapter("一", sections)])

    text = _text(pdf.written(paper))

    assert f"王{pdf.MARK}" in text
    assert "U+30EDD" in text
    assert "谈心谈话记录第7号、党员花名册第2号" in text
    assert "党员花名册第1号" not in text


def test_a_record_has_a_mark_and_its_number(people: Cast, now: datetime) -> None:
    actor = people.actor("clerk")
    entry = save(people.own, actor, now, "meetings", **raw("meetings") | {"place": f"{RARE}室"})
    paper = queries.record_paper(kind=KINDS["meetings"], key=entry.pk, actor=actor)
    text = _text(pdf.written(paper))
    assert f"{pdf.MARK}室" in text
    assert f"会议台账第{entry.pk}号" in text


def test_an_official_paper_is_refused() -> None:
    with pytest.raises(BadInput, match="U\\+30EDD"):
        pdf._must_be_printable(f"关于{RARE}")
