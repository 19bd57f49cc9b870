"""Papers: the ledger book, one record, a blank form, as PDF and Word."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import Any
from urllib.parse import unquote

import docx
import pypdf
import pytest
from docx.enum.table import WD_ALIGN_VERTICAL

from taizhang.kernel.models import JournalLine
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS
from taizhang.papers import queries
from taizhang.papers.documents import book, ledger_forms
from taizhang.papers.measures import breadths
from taizhang.papers.paper import Form, Line, Paper, Table
from taizhang.papers.wording import days_in_full
from taizhang.papers.writers import layout, pdf, word, xlsx
from tests.make import NAMES, Cast, correct, inspected, raw, save

every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=str)


@pytest.fixture
def scoped(people: Cast, now: datetime) -> Cast:
    inspected(now, (2015, 2018), people.day)
    return people


def _book(people: Cast, first: date = date(2015, 1, 1), role: str = "inspector") -> Paper:
    return book.ledger_book(
        book.Wanted(people.own, first, date(2018, 12, 31), people.actor(role)), people.day
    )


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _texts(data: bytes) -> str:
    """All that a Word file says."""
    document = docx.Document(io.BytesIO(data))
    rows = (row._tr for table in document.tables for row in table.rows)
    cells = (
        "".join(t.text or "" for t in cell.iter(f"{{{_W}}}t"))
        for row in rows
        for cell in row.tc_lst
    )
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def _pages(data: bytes) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def test_the_book_has_every_item_under_its_group(scoped: Cast) -> None:
    found = _book(scoped)
    items = [
        s.heading.partition("　")[0] for chapter in found.chapters[:5] for s in chapter.sections
    ]
    assert items == [f"{n}" for n in range(1, 37)]
    assert found.chapters[0].heading == "一、制度体系"


def test_each_record_stands_in_the_book_once_and_foreign_ones_do_not(
    scoped: Cast, now: datetime
) -> None:
    actor = scoped.actor("clerk")
    for slug, kind in KINDS.items():
        save(scoped.own, actor, now, slug, **raw(slug))
        assert kind.model.objects.exists()
    save(
        scoped.other,
        scoped.actor("foreign"),
        now,
        "activities",
        **raw("activities") | {"theme": "别家的活动"},
    )

    text = _texts(word.written(_book(scoped)))

    assert text.count(raw("activities")["content"]) == 1
    assert text.count(raw("meetings")["agenda"]) == 1
    assert "别家的活动" not in text
    for slug in ("visits", "rooms", "campaigns", "elections", "service-plans"):
        first = next(str(v) for v in raw(slug).values() if len(str(v)) > 3)
        assert first in text or days_in_full(first) in text, slug


def test_the_period_bounds_what_happened_and_keeps_what_lasts(scoped: Cast, now: datetime) -> None:
    actor = scoped.actor("clerk")
    save(
        scoped.own,
        actor,
        now,
        "activities",
        **raw("activities") | {"held_on": "2015-05-05", "theme": "早先的活动"},
    )
    save(scoped.own, actor, now, "documents", **raw("documents") | {"effective_from": "2014-02-01"})
    text = _texts(word.written(_book(scoped, first=date(2016, 1, 1))))
    assert "早先的活动" not in text
    assert raw("documents")["title"] in text


def test_a_book_has_only_versions_in_force_in_its_period(scoped: Cast, now: datetime) -> None:
    actor = scoped.actor("clerk")
    for title, first, last in (
        ("早先的制度", "2013-02-01", "2016-01-01"),
        ("当年的制度", "2014-02-01", "2016-01-02"),
    ):
        values = raw("documents") | {"title": title, "effective_from": first}
        save(scoped.own, actor, now, "documents", **values | {"superseded_on": last})
    values = raw("dues-exemptions")
    for month, last in (("2014-03", "2015-12"), ("2015-03", "2016-01")):
        save(scoped.own, actor, now, "dues-exemptions", **values | {"from_month": month, "to_month": last})  # fmt: skip
    text = _texts(word.written(_book(scoped, first=date(2016, 1, 1))))
    assert "当年的制度" in text
    assert "早先的制度" not in text
    assert "2015-03" in text
    assert "2014-03" not in text


def test_dues_stand_in_twelve_columns(scoped: Cast, now: datetime) -> None:
    actor = scoped.actor("clerk")
    save(
        scoped.own,
        actor,
        now,
        "dues-assessments",
        person=NAMES[0],
        year="2016",
        category="在职",
        basis="某月工资",
        monthly_due="12.5",
    )
    for month, amount in (("2016-03", "12.5"), ("2016-05", "13")):
        save(
            scoped.own,
            actor,
            now,
            "dues-payments",
            person=NAMES[0],
            month=month,
            amount=amount,
            paid_on=f"{month}-10",
        )
    tables = [
        b
        for c in _book(scoped).chapters
        for s in c.sections
        for b in s.blocks
        if isinstance(b, Table)
    ]
    dues = next(t for t in tables if t.title == "2016年党费收缴台账（元）")
    mine = next(row for row in dues.rows if row[1] == NAMES[0])
    assert mine[2:] == ["12.50", "", "", "12.50", "", "13.00", *[""] * 7, "25.50", "125.00"]
    assert len(dues.rows) == len(NAMES) + 1
    assert dues.rows[-1][-2] == "25.50"


def test_minutes_say_that_nobody_was_away() -> None:
    all_there, others = (
        {line.label: line.text for line in ledger_forms.minutes(KINDS["meetings"], said).lines}
        for said in (
            {"expected_count": "3", "present_count": "3"},
            {"expected_count": "3", "present_count": "2"},
        )
    )
    assert all_there["缺席人员及原因"] == "无"
    assert others["缺席人员及原因"] == "未记录"


def test_what_the_minutes_do_not_say_is_told_apart_from_none(people: Cast, now: datetime) -> None:
    clerk = people.actor("clerk")
    silent = save(people.own, clerk, now, "meetings", **raw("meetings") | {"observers": "", "votes": ""})  # fmt: skip
    none = save(
        people.own, clerk, now, "meetings",
        **raw("meetings") | {"held_on": "2016-04-08", "observers": "无", "votes": "无"},
    )  # fmt: skip
    corrected = correct("meetings", none, clerk, now, place="会议室")

    silent, none, corrected = (
        _lines(queries.record_paper(kind=KINDS["meetings"], key=one.pk, actor=clerk).blocks[0])
        for one in (silent, none, corrected)
    )

    assert (silent["列席人员"], silent["表决"]) == ("未记录", "未记录")
    assert (none["列席人员"], none["表决"]) == ("无", "无")
    assert (corrected["地点"], corrected["列席人员"]) == ("会议室", "无")


def test_a_lecture_is_not_asked_for_votes() -> None:
    said = {"kind": "党课", "expected_count": "3", "present_count": "3"}
    lines = {line.label: line.text for line in ledger_forms.minutes(KINDS["meetings"], said).lines}
    assert "表决" not in lines
    assert lines["列席人员"] == "未记录"


def _lines(form: Any) -> dict[str, str]:
    return {line.label: line.text for line in form.lines}


def test_days_of_a_form_are_written_in_full(people: Cast, now: datetime) -> None:
    clerk = people.actor("clerk")
    values = raw("meetings") | {"resolutions": "完善台账（负责人：示例甲；期限：2018-10-01）"}
    entry = save(people.own, clerk, now, "meetings", **values)
    kind = KINDS["meetings"]
    found = _lines(queries.record_paper(kind=kind, key=entry.pk, actor=clerk).blocks[0])
    day = entry.held_on
    assert found["日期"] == f"{day.year}年{day.month}月{day.day}日"
    assert "期限：2018年10月1日" in found["决议和通过的事项"]
    assert queries.file_name(kind=kind, key=entry.pk, actor=clerk) == f"甲校支委会记录{day}"


def test_an_empty_form_says_nothing_of_who_printed_it(people: Cast, login: Any) -> None:
    clerk = login(people.users["clerk"])
    empty = clerk.get("/papers/blank/meetings.docx").content
    footer = docx.Document(io.BytesIO(empty)).sections[0].footer.paragraphs[0].text
    assert "打印" not in footer
    assert footer.startswith("会议台账")


@pytest.mark.django_db
def test_the_empty_roster_can_be_read() -> None:
    table = ledger_forms.blank(KINDS["members"])[0]
    assert isinstance(table, Table)
    found = layout.table(table, layout.LYING)
    assert found.size >= 9
    for column, width in zip(table.columns, found.widths, strict=True):
        assert breadths.lines_of(column, width, found.size) <= 2
    assert len(pypdf.PdfReader(io.BytesIO(pdf.written(queries.blank_paper(KINDS["members"])))).pages) == 1  # fmt: skip


@pytest.mark.django_db
def test_signatures_below_the_empty_dues_do_not_stand_alone() -> None:
    data = pdf.written(queries.blank_paper(KINDS["dues-payments"]))
    last = pypdf.PdfReader(io.BytesIO(data)).pages[-1].extract_text()
    assert "收缴人" in last
    assert "16" in last


def test_what_is_sensitive_is_masked(scoped: Cast, now: datetime) -> None:
    save(
        scoped.own,
        scoped.actor("clerk"),
        now,
        "talks",
        **raw("talks") | {"content": "很私密的一句话"},
    )
    assert "私密" not in _texts(word.written(_book(scoped, role="clerk")))


def test_pdf_and_word_say_the_same(scoped: Cast, now: datetime) -> None:
    save(scoped.own, scoped.actor("clerk"), now, "meetings", **raw("meetings"))
    paper = _book(scoped)
    pages = _pages(pdf.written(paper)).replace("\n", "")
    for word_ in ("党支部台账", "目　录", "会议记录", raw("meetings")["agenda"], "主持人签名"):
        assert word_ in pages
    assert raw("meetings")["agenda"] in _texts(word.written(paper))


@every_kind
def test_every_kind_has_a_blank_form_and_one_for_a_record(
    kind: LedgerKind, people: Cast, now: datetime
) -> None:
    empty = ledger_forms.blank(kind)
    assert empty
    assert word.written(Paper("", blocks=empty))[:2] == b"PK"

    entry = save(people.own, people.actor("clerk"), now, kind.slug, **raw(kind.slug))
    paper = queries.record_paper(kind=kind, key=entry.pk, actor=people.actor("clerk"))
    assert pdf.written(paper)[:5] == b"%PDF-"


def test_what_people_write_is_never_markup() -> None:
    text = '#panic("x") $1/0$ *a* <script>&amp;</script> @x \\ ]]> \x08'
    paper = Paper(
        "",
        blocks=[
            Form(text.replace("\x08", ""), [Line("备注", text.replace("\x08", ""), wide=True)])
        ],
    )
    assert '#panic("x")' in _pages(pdf.written(paper)).replace(" ", "")
    assert "<script>&amp;</script>" in _texts(
        word.written(Paper("", blocks=[Form("", [Line("备注", text, wide=True)])]))
    )


@pytest.mark.parametrize(("query", "told"), [("from=2018-01-01&to=2017-01-01", "止日早于起日"), ("from=1990-01-01&to=2018-01-01", "分册"), ("form=exe", "pdf、docx 或 xlsx")])  # fmt: skip
def test_what_cannot_be_printed_is_refused(scoped: Cast, login: Any, query: str, told: str) -> None:
    clerk = login(scoped.users["clerk"])
    answer = clerk.get(f"/papers/book/{scoped.own.pk}/?form=pdf&{query}")
    assert answer.status_code == 422
    assert told in answer.content.decode()


def test_printing_is_noted(scoped: Cast, login: Any) -> None:
    answer = login(scoped.users["inspector"]).get(f"/papers/book/{scoped.own.pk}/?form=docx")
    assert answer.status_code == 200
    line = JournalLine.objects.get(verb="papers.print")
    assert (line.subject, line.actor) == (
        f"organisation:{scoped.own.pk}",
        scoped.users["inspector"],
    )


def test_a_sign_sheet_lists_whom_the_roster_expects(people: Cast, login: Any) -> None:
    answer = login(people.users["clerk"]).get(
        f"/papers/sign-sheet/{people.own.pk}.docx", {"kind": "支委会", "held_on": "2016-03-08"}
    )
    text = _texts(answer.content)
    assert "甲校支委会签到表（2016年3月8日）" in text
    rows = docx.Document(io.BytesIO(answer.content)).tables[0].rows
    assert [bool(row.cells[1].text) for row in rows[-6:]] == [True, *[False] * 5]
    assert {cell.vertical_alignment for row in rows for cell in row.cells} == {
        WD_ALIGN_VERTICAL.CENTER
    }
    assert "甲校支委会签到表2016-03-08.docx" in unquote(answer["Content-Disposition"])
    assert [name for name in NAMES if name in text] == list(NAMES[:3])


def test_the_chart_is_drawn_in_the_pdf_and_told_in_word(scoped: Cast) -> None:
    paper = _book(scoped)
    assert NAMES[0] in _texts(word.written(paper))
    assert "组织架构图（2018年12月31日）" in _pages(pdf.written(paper)).replace(" ", "")


def _places(data: bytes, axis: int) -> dict[str, float]:
    """Where each piece of text stands on the first page: 4 from the left, 5 from below."""
    found: dict[str, float] = {}

    def note(text: str, cm: Any, tm: Any, *_: Any) -> None:
        if text.strip():
            found[text.replace(" ", "").strip()] = pypdf.mult(tm, cm)[axis]

    pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text(visitor_text=note)
    return found


def test_a_field_grows_with_its_text_and_prints_over_nothing() -> None:
    problems = "\n".join(f"问题{n}" for n in range(1, 30))
    lines = [Line("存在的问题", problems, wide=True, high=30), Line("确认栏", "某人", wide=True)]
    table = Table("", ["人员", "备注"], [["甲\n乙\n丙\n丁\n戊", ""], ["末行", ""]], high=8)
    at = _places(pdf.written(Paper("", blocks=[Form("", lines), table])), 5)
    whole = "".join(at)
    assert "问题29" in whole
    assert min(y for text, y in at.items() if "问题29" in text) > next(y for text, y in at.items() if "某人" in text)  # fmt: skip
    assert next(y for text, y in at.items() if "戊" in text) > next(y for text, y in at.items() if "末行" in text)  # fmt: skip


def test_a_day_in_a_narrow_column_is_not_broken() -> None:
    table = Table("", ["日期", "内容"], [["2017-11-24", "甲"], ["", "乙"]], [0.1, 5])
    at = _places(pdf.written(Paper("", blocks=[table], landscape=True)), 4)
    assert at["甲"] - at["2017-11-24"] > 40


def test_a_sheet_has_days_and_numbers_to_reckon_with() -> None:
    rows = [["1", "2018年11月6日", "12.50", "0001", "=A1" * 80], ["2", "", "3", "0002", "甲"]]
    head = Form("计票结果报告单", [Line("选举日期", "2018年1月1日")])
    table = Table("", ["序号", "日期", "金额", "收据", "内容"], rows)
    book = zipfile.ZipFile(io.BytesIO(xlsx.written(Paper("", "甲校", blocks=[head, table]))))
    grid, names = (
        book.read(f"xl/{name}.xml").decode() for name in ("worksheets/sheet1", "workbook")
    )
    texts = book.read("xl/sharedStrings.xml").decode()
    assert 'name="计票结果报告单"' in names
    assert 'paperSize="9"' in grid
    assert "<v>43410</v>" in grid
    assert "<v>12.5</v>" in grid
    assert "<f>" not in grid
    assert '<autoFilter ref="A4:E6"/>' in grid
    assert "customHeight" in grid
    for told in ("计票结果报告单", "甲校", "选举日期：2018年1月1日", "0001"):
        assert told in texts
