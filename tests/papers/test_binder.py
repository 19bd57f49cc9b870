"""The binder: what was in force, what is empty, what is printed behind it, and the place kept for a
mark.
"""

from __future__ import annotations

import io
import re
from datetime import date, datetime
from typing import Any

import docx
import pypdf
import pytest

from taizhang.kernel.errors import BadInput
from taizhang.kernel.jobs import worker
from taizhang.kernel.models import JournalLine
from taizhang.ledgers.evidence import actions as evidence
from taizhang.ledgers.kinds import KINDS
from taizhang.papers import bookbinding
from taizhang.papers.documents import attached, book
from taizhang.papers.official.paper import Official
from taizhang.papers.paper import Chapter, Note, Paper, Section, Table
from taizhang.papers.writers import pdf, word
from tests.make import Cast, inspected, picture, raw, save


@pytest.fixture
def branch(people: Cast, now: datetime) -> Cast:
    inspected(now, (2015, 2018), people.day)
    return people


def _book(branch: Cast, first: str = "2016-01-01", *, files: bool = False) -> Paper:
    days = date.fromisoformat(first), date(2018, 10, 25)
    wanted = book.Wanted(branch.own, *days, branch.actor("inspector"), files)
    return book.ledger_book(wanted, branch.day)


def _section(paper: Paper, start: str) -> Section:
    return next(s for c in paper.chapters for s in c.sections if s.heading.startswith(start))


def _pages(data: bytes) -> list[str]:
    reader = pypdf.PdfReader(io.BytesIO(data))
    return [re.sub(r"\s", "", page.extract_text()) for page in reader.pages]


def test_what_is_empty_is_none_of_the_period(branch: Cast) -> None:
    paper = _book(branch)
    said = "2016年1月1日至2018年10月25日：无（台账中没有登记）。"
    assert _section(paper, "10　").blocks[0] == Note(said)
    assert _section(paper, "专项和申报").blocks == [Note(said)]
    assert _section(paper, "佐证材料目录").blocks == [Note(said)]


def test_a_version_that_another_replaced_before_is_left_out(branch: Cast, now: datetime) -> None:
    clerk = branch.actor("clerk")
    for title, day in (
        ("旧版", "2014-03-01"),
        ("现行版", "2015-03-01"),
        ("期内新版", "2017-03-01"),
    ):
        values = raw("documents") | {"title": title, "effective_from": day}
        save(branch.own, clerk, now, "documents", **values)
    save(branch.own, clerk, now, "documents", **raw("documents") | {"kind": "谈心谈话制度", "title": "另一项", "effective_from": "2014-01-01"})  # fmt: skip

    found = book.entries(_wanted(branch), KINDS["documents"], {})

    assert [one.title for one in found] == ["另一项", "现行版", "期内新版"]


def _wanted(branch: Cast) -> book.Wanted:
    return book.Wanted(branch.own, date(2016, 1, 1), branch.day, branch.actor("inspector"))


def test_a_division_of_work_goes_on_until_the_next(branch: Cast, now: datetime) -> None:
    clerk = branch.actor("clerk")
    for day in ("2014-01-12", "2015-01-12", "2017-01-12"):
        save(branch.own, clerk, now, "divisions", **raw("divisions") | {"decided_on": day, "published_on": ""})  # fmt: skip
    found = book.entries(_wanted(branch), KINDS["divisions"], {})
    assert [f"{one.decided_on}" for one in found] == ["2015-01-12", "2017-01-12"]


@pytest.fixture
def files(branch: Cast, now: datetime) -> Cast:
    """A meeting with a picture, a PDF of two pages and a Word file; a talk with a picture; a
    document of 2015 with one.
    """
    clerk = branch.actor("clerk")
    two = pypdf.PdfWriter(io.BytesIO(pdf.written(Official("附件正文的标题"))))
    two.add_blank_page(595, 842)
    sides, text = io.BytesIO(), io.BytesIO()
    two.write(sides)
    docx.Document().save(text)
    given = {
        "meetings": [("签到.png", picture(10)), ("报告.pdf", sides.getvalue()), ("通知.docx", text.getvalue()),
                     ("坏.pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")],
        "talks": [("谈话.png", picture(60))],
        "documents": [("上墙.png", picture(90))],
    }  # fmt: skip
    for slug, some in given.items():
        entry = save(branch.own, clerk, now, slug, **raw(slug))
        for name, data in some:
            taken = evidence.take_in(branch=branch.own, name=name, data=data, kind="", actor=clerk, now=now)  # fmt: skip
            evidence.attach(file=taken.file, kind=KINDS[slug], entry=entry, actor=clerk, now=now)
    return branch


def test_the_list_says_where_each_file_is(files: Cast) -> None:
    paper = _book(files, files=True)
    table = _section(paper, "佐证材料目录").blocks[1]
    assert isinstance(table, Table)
    told = {row[3]: row[-1] for row in table.rows}
    assert told == {
        "上墙.png": "附1", "签到.png": "附2", "报告.pdf": "附3", "通知.docx": "见原件", "坏.pdf": "无法附印，见原件",
        "谈话.png": "涉及隐去的内容，不附印",
    }  # fmt: skip
    assert [one.label for one in paper.attached] == ["附1", "附2", "附3"]
    assert {len(row[6]) for row in table.rows} == {12}


def test_pictures_and_pages_are_printed_behind_the_book(files: Cast) -> None:
    whole, without = (pdf.written(_book(files, files=one)) for one in (True, False))

    pages, fewer = _pages(whole), _pages(without)
    text = "".join(pages)
    assert "附2签到.png2016年3月8日会议台账" in text
    assert "附3报告.pdf第1页，共2页" in text
    assert "附3报告.pdf第2页，共2页" in text
    assert "附件正文的标题" in text
    assert "附件正文的标题" not in "".join(fewer)
    pictured = pypdf.PdfReader(io.BytesIO(whole)).pages
    assert sum(len(page.images) for page in pictured) == 2


def test_word_has_the_pictures_and_says_where_the_rest_is(files: Cast) -> None:
    found = docx.Document(io.BytesIO(word.written(_book(files, files=True))))
    text = "\n".join(p.text for p in found.paragraphs)
    assert len(found.inline_shapes) == 2
    assert "附2　签到.png" in text
    assert "PDF 2页，见 PDF 版台账册或原件" in text


def test_a_book_takes_no_more_than_it_can(files: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attached, "MOST_PAGES", 3)
    with pytest.raises(BadInput, match="请缩短起止日期分册打印"):
        _book(files, files=True)


def test_a_file_that_is_gone_does_not_stop_the_book(files: Cast) -> None:
    one = _book(files, files=True).attached[0]
    evidence.store().delete(one.source)
    paper = _book(files, files=True)
    table = _section(paper, "佐证材料目录").blocks[1]
    assert isinstance(table, Table)
    assert table.rows[0][-1] == "文件不见了"
    assert len(paper.attached) == 2


def test_cover_and_contents_have_no_page_number_and_the_rest_has(branch: Cast) -> None:
    pages = _pages(pdf.written(_book(branch)))
    first = next(at for at, page in enumerate(pages) if page.startswith("一、制度体系"))
    assert first >= 2
    assert "—1—" in pages[first]
    assert not any("—1—" in page for page in pages[:first])
    assert "中共甲校支部委员会起止日期：2016年1月1日至2018年10月25日" in pages[0]


def test_the_cover_has_the_name_of_the_day(branch: Cast) -> None:
    branch.own.former_names.create(full_name="中共旧校支部委员会", short_name="旧校", last_on=date(2018, 12, 31))  # fmt: skip
    paper = _book(branch)
    assert paper.subtitle == "中共旧校支部委员会"
    assert paper.footer == "旧校　2016年1月1日至2018年10月25日"


def test_a_square_beside_the_head_of_an_item_stays_free() -> None:
    asked = "求" * 200
    section = Section("1　某项", asked, [Note("正文" * 60)], marked=True)
    paper = Paper("册", chapters=[Chapter("一、章", [section])])
    lines: dict[float, int] = {}

    def note(text: str, cm: Any, tm: Any, *_: Any) -> None:
        height = round(pypdf.mult(tm, cm)[5])
        lines[height] = lines.get(height, 0) + text.count("求")

    pypdf.PdfReader(io.BytesIO(pdf.written(paper))).pages[2].extract_text(visitor_text=note)
    wide = (165 - 20) / 25.4 * 72 / 9
    assert sum(lines.values()) >= 200
    assert max(lines.values()) <= wide
    found = docx.Document(io.BytesIO(word.written(paper)))
    for text in ("1　某项", f"台账要求：{asked}"):
        one = next(p for p in found.paragraphs if p.text == text)
        assert one.paragraph_format.right_indent.mm >= 20


def test_a_book_is_called_by_unit_and_days(branch: Cast, login: Any) -> None:
    answer = login(branch.users["clerk"]).get(
        f"/papers/book/{branch.own.pk}/?form=docx&from=2016-01-01&to=2016-12-31&files=1"
    )
    assert "%E7%94%B2%E6%A0%A1%E5%85%9A%E6%94%AF%E9%83%A8%E5%8F%B0%E8%B4%A620160101-20161231.docx" in answer["Content-Disposition"]  # fmt: skip


def test_a_thick_book_is_made_by_a_worker(branch: Cast, login: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(bookbinding, "THIN", 0)
    client = login(branch.users["inspector"])
    url = f"/papers/book/{branch.own.pk}/"
    asked = client.get(url, {"from": "2016-01-01", "to": "2016-12-31", "form": "docx"})
    assert worker.work_off() == 1

    answer = client.get(f"{asked.headers['Location']}content/")

    found = docx.Document(io.BytesIO(b"".join(answer.streaming_content)))
    assert "党支部台账" in "".join(part.text for part in found.paragraphs)
    assert JournalLine.objects.filter(verb="papers.print").count() == 1
    assert client.get(url, {"form": "exe"}).status_code == 422
