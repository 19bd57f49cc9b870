"""下载模板: the rows that the requirements ask of a branch stand in it; what nobody filled does not
come back.
"""

from __future__ import annotations

import io
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import python_calamine
import xlsxwriter

from taizhang.checks import current
from taizhang.checks.actions import checking
from taizhang.checks.reasons import queries
from taizhang.config.cli.main import main
from taizhang.intake.models import Paper
from taizhang.intake.reading import read
from taizhang.intake.sheets import expected, grid
from taizhang.kernel.errors import BadInput
from taizhang.kernel.models import JournalLine
from taizhang.kernel.writing import personal
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.sheets import excel, headers
from taizhang.orgs.models import Person
from tests.intake.corpus import _sheet
from tests.make import NAMES, Cast, raw, save
from tests.sheet_rows import read_rows

pytestmark = pytest.mark.django_db
DUES = KINDS["dues-payments"]


@pytest.fixture
def judged(people: Cast, now: datetime) -> Cast:
    """The own branch judged for a year and a half, with one member's dues laid down."""
    about = {"person": NAMES[0], "year": "2018", "monthly_due": "78"}
    save(people.own, people.actor("clerk"), now, "dues-assessments", **raw("dues-assessments") | about)  # fmt: skip
    checking.set_scope(
        from_on=date(2017, 1, 1), to_on=date(2018, 6, 30), on=people.day, catalogue="tianning-2018", actor=None, now=now
    )  # fmt: skip
    checking.check_all(name="reference", actor=None, now=now)
    return people


def _cells(data: bytes) -> list[list[Any]]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    return book.get_sheet_by_index(0).to_python()


def _filled(cells: list[list[Any]], row: int, **given: str) -> bytes:
    """The sheet as Excel gives it back, with some cells of a row filled."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for at, line in enumerate(cells):
            sheet.write_row(at, 0, line)
        for label, text in given.items():
            sheet.write_string(row, cells[0].index(label), text)
    return out.getvalue()


def test_the_months_and_members_that_are_missing_stand_in_it(judged: Cast) -> None:
    found = expected.of(DUES, judged.own)

    scope = queries.must_have_scope()
    missing = current.suspicions(scope).filter(branch=judged.own, rule="L25:L25.2").count()
    assert missing == len(found.lines) > 6
    first = next(
        one
        for one in found.lines
        if one.values["person"] == NAMES[0] and one.values["month"] == "2018-01"
    )
    assert first.values == {"person": NAMES[0], "month": "2018-01", "amount": "78.00"}
    assert "L25.2" in first.why
    assert f"的{missing}行" in found.told
    assert "amount" not in next(one for one in found.lines if one.values["person"] == NAMES[1]).values  # fmt: skip


def test_the_kind_of_meeting_stands_in_it_and_no_day_is_invented(judged: Cast) -> None:
    found = expected.of(KINDS["meetings"], judged.own)

    kinds = Counter(line.values["kind"] for line in found.lines)
    assert kinds["党员大会"] == 6
    assert kinds["党课"] == 6  # one a quarter; the four of the year are those of its quarters
    assert {
        line.values.get("group") for line in found.lines if line.values["kind"] == "党小组会"
    } == {"第一党小组"}
    assert not any(line.values.get("held_on") for line in found.lines)
    assert all(line.why for line in found.lines)


@pytest.mark.parametrize("slug", ["dues-payments", "meetings", "transfers", "study-plans"])
def test_what_nobody_filled_is_not_read(judged: Cast, slug: str) -> None:
    kind = KINDS[slug]
    found = expected.of(kind, judged.own)
    data = excel.template(kind, found.lines, found.told)

    assert len(_cells(data)) == len(found.lines) + 1
    with pytest.raises(BadInput, match="没有可导入的数据行"):
        read_rows(kind, data, branch=judged.own, actor=judged.actor("clerk"))
    assert all(not one.records for one in read.documents("模板.xlsx", data, None, read.Said(kind)))


def test_a_row_that_was_completed_comes_back_and_only_it(judged: Cast, login: Any) -> None:
    found = expected.of(DUES, judged.own)
    cells = _cells(excel.template(DUES, found.lines, found.told))
    row = next(n for n, line in enumerate(cells) if line[:2] == [NAMES[0], "2018-02"])
    clerk = login(judged.users["clerk"])
    upload = io.BytesIO(_filled(cells, row, 交纳日期="2018-02-10"))
    upload.name = "模板.xlsx"

    at = clerk.post("/intake/sheets/dues-payments/", {"file": upload})["Location"]

    page = clerk.get(at).content.decode()
    assert "读到 1 行，没有发现错误" in page
    assert f"没有填写的{len(found.lines) - 1}行没有读入" in page
    assert headers.WHY not in page
    clerk.post(at)
    stored: Any = DUES.model.objects.get()
    assert (stored.person.name, str(stored.month), stored.amount) == (NAMES[0], "2018-02-01", 7800)


def test_a_proposal_that_was_changed_counts_as_filled(judged: Cast) -> None:
    found = expected.of(DUES, judged.own)
    cells = _cells(excel.template(DUES, found.lines, found.told))

    data = _filled(cells, 1, 金额="80")

    (one,) = read.documents("模板.xlsx", data, None, read.Said(DUES))
    assert len(one.records) == 1
    assert not one.certain


def test_before_a_check_nothing_is_listed_and_it_says_why(people: Cast, login: Any) -> None:
    found = expected.of(DUES, people.own)
    assert found.lines == []
    assert "还没有按现在的督查内容核对过" in found.told

    page = login(people.users["clerk"]).get("/intake/sheets/dues-payments/template/")

    assert len(_cells(page.content)) == 1
    told = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(page.content))
    assert found.told in str(told.get_sheet_by_index(1).to_python())


def test_the_command_writes_the_same(judged: Cast, tmp_path: Path, capsys: Any) -> None:
    out = tmp_path / "模板.xlsx"

    assert main(["ledger", "template", "dues-payments", str(out), "--branch", judged.own.short_name]) == 0  # fmt: skip

    found = expected.of(DUES, judged.own)
    assert len(_cells(out.read_bytes())) == len(found.lines) + 1
    assert found.told in capsys.readouterr().out
    assert Paper.objects.count() == len(grid.lists_of(0)) == 0


def _roster(people: Cast, login: Any) -> list[list[Any]]:
    answer = login(people.users["clerk"]).get(f"/intake/sheets/members/template/?branch={people.own.pk}")  # fmt: skip
    return _cells(answer.content)


def test_the_template_of_the_roster_has_who_is_on_it_and_nothing_sensitive(
    people: Cast, login: Any, now: datetime
) -> None:
    first, clerk = "32040219800102411", people.actor("clerk")
    number = first + personal.check_place(first)
    about = {"name": "示例壬", "birth_on": "1980-01-02", "joined_on": "2014-03-01", "id_number": number, "phone": "13800138000"}  # fmt: skip
    save(people.own, clerk, now, "members", **about)

    head, *rows = _roster(people, login)

    assert [row[head.index("姓名")] for row in rows] == [*NAMES, "示例壬"]
    assert rows[0][head.index("入党日期")] == "2005-06-01"
    assert {row[head.index(label)] for row in rows for label in ("公民身份号码", "联系电话")} == {""}  # fmt: skip
    assert number not in str(rows)
    assert "性别" in rows[0][head.index(headers.WHY)]
    line = JournalLine.objects.get(verb="ledgers.export")
    assert line.detail == {"branch": people.own.pk, "n": 9}


def test_what_is_filled_in_beside_a_known_name_completes_the_record(
    people: Cast, login: Any, now: datetime
) -> None:
    clerk = people.actor("clerk")
    save(people.own, clerk, now, "members", name="示例壬", joined_on="2014-03-01")
    head, *rows = _roster(people, login)
    at = {label: n for n, label in enumerate(head)}
    rows[0][at["学历"]], rows[1][at["入党日期"]] = "大学", "2006-06-01"
    rows[8][at["出生日期"]] = "1981-05-06"
    before, persons = KINDS["members"].model.objects.count(), Person.objects.count()
    client = login(people.users["clerk"])
    upload = io.BytesIO(_sheet([head, *rows]))
    upload.name = "花名册.xlsx"

    found = client.post("/intake/sheets/members/", {"file": upload, "branch": people.own.pk})
    page = client.get(found["Location"]).content.decode()

    assert "读到 3 行，其中 1 行要改" in page
    assert "与台账里已有的记录不一致（入党日期）" in page
    client.post(found["Location"])
    assert (KINDS["members"].model.objects.count(), Person.objects.count()) == (before, persons)
    assert Person.objects.get(name=NAMES[0]).education == "大学"
    assert Person.objects.get(name="示例壬").birth_on == date(1981, 5, 6)
    told = JournalLine.objects.filter(verb="ledgers.correct").order_by("seq")
    assert [one.detail["changed"] for one in told] == [{"学历": ["", "大学"]}, {"出生日期": ["", "1981-05-06"]}]  # fmt: skip


def test_a_line_of_the_roster_that_says_nothing_new_is_told(people: Cast, login: Any) -> None:
    client = login(people.users["clerk"])
    rows = [["姓名", "出生日期", "进入支部日期"], [NAMES[0], "1980-01-02", "2013-07-01"]]
    upload = io.BytesIO(_sheet(rows))
    upload.name = "花名册.xlsx"

    found = client.post("/intake/sheets/members/", {"file": upload, "branch": people.own.pk})

    assert "台账里已有这条记录。" in client.get(found["Location"]).content.decode()
