"""Where a form or a table begins: so much of it on the page that one sees what it is of, and heads
broken between words.
"""

from __future__ import annotations

import io

import docx
import pypdf
import pytest

from taizhang.papers.paper import Form, Line, Note, Paper, Table
from taizhang.papers.writers import layout, pdf, word

_FIRST = ("日期", "主持人", "出席人员")
_LINES = [
    *(Line(label, f"{label}的内容", wide=True) for label in ("会议名称", *_FIRST)),
    Line("讨论事项", "结合本支部实际谈了体会。" * 60, wide=True),
    Line("发言要点", "结合本支部实际谈了体会。" * 160, wide=True),
    Line("决议", "通过。", wide=True),
]
_SIGNS = ["主持人签名", "记录人签名"]


def _below(high: int, block: Form | Table) -> Paper:
    """It begins so many mm below a form of 100 mm."""
    above = Form("", [Line("甲", "", wide=True, high=at) for at in (100, high)])
    return Paper("", blocks=[above, block], footer="甲校")


def _page_of(paper: Paper, title: str) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf.written(paper))).pages
    return next(text for page in pages if title in (text := page.extract_text()))


@pytest.mark.parametrize("high", range(90, 134, 4))
def test_minutes_that_begin_at_the_foot_of_a_page_show_there_what_they_are_of(high: int) -> None:
    page = _page_of(_below(high, Form("会议记录", _LINES, _SIGNS)), "会议记录")
    assert [label for label in _FIRST if label not in page] == []


@pytest.mark.parametrize("high", range(90, 134, 4))
def test_a_table_begins_with_more_than_one_row(high: int) -> None:
    rows = [[f"{n}", f"第{n}个"] for n in range(1, 30)]
    page = _page_of(_below(high, Table("花名册", ["序号", "姓名"], rows)), "花名册")
    assert "第1个" in page
    assert "第2个" in page


@pytest.mark.parametrize("n", range(1, 6))
def test_a_table_of_few_rows_with_a_note_below_it_is_printed(n: int) -> None:
    table = Table("花名册", ["序号", "姓名"], [[f"{at}", f"第{at}个"] for at in range(n)])
    form = Form("会议记录", _LINES[:n], _SIGNS)
    text = _page_of(Paper("", blocks=[table, Note("说明"), form], footer="甲校"), "花名册")
    assert f"第{n - 1}个" in text
    assert "说明" in text


def test_in_word_the_first_rows_stay_with_the_next() -> None:
    document = docx.Document(io.BytesIO(word.written(_below(40, Form("会议记录", _LINES, _SIGNS)))))
    kept = [
        all(p.paragraph_format.keep_with_next for cell in row.cells for p in cell.paragraphs)
        for row in document.tables[1].rows
    ]
    assert kept[:4] == [True, True, True, True]
    assert not kept[5]


def test_the_head_and_the_tail_of_a_form_never_meet() -> None:
    for n in range(1, 8):
        rows = layout.form_rows(Form("", _LINES[:n]), layout.UPRIGHT)
        found = layout.form_head(rows, layout.UPRIGHT) + layout.form_tail(rows, layout.UPRIGHT)
        assert found <= n


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("决议和通过的事项", ["决议", "和通过的事项"]),
        ("被督查党组织确认", ["被督查", "党组织确认"]),
        ("使用人（登记人）", ["使用人", "（登记人）"]),
        ("六、未查阅的情况", ["六、未查阅的", "情况"]),
        ("缺席人员及原因", ["缺席人员及原因"]),
    ],
)
def test_a_long_label_is_broken_between_words(label: str, told: list[str]) -> None:
    row = layout.form_rows(Form("", [Line(label, "无", wide=True)]), layout.UPRIGHT)[0]
    assert row.lines[0].label.splitlines() == told
    document = docx.Document(
        io.BytesIO(word.written(Paper("", blocks=[Form("", [Line(label, "无", wide=True)])])))
    )
    assert document.tables[0].rows[0].cells[0].text.splitlines() == told


def test_so_is_the_head_of_a_column() -> None:
    heads = ["序号", "每次填表（分钟）", "被督查党组织"]
    found = layout.table(
        Table("", heads, [["1", "2", "甲校"]], [0.5, 0.4, 0.4]),
        layout.Area(150, 400, ((9.0, 0.0),)),
    )
    assert found.columns[1:] == ["每次填表\n（分钟）", "被督查\n党组织"]
