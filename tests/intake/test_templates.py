"""下载模板: the rows that the requirements ask of a branch stand in it; what nobody filled does not come back."""

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
from taizhang.intake import read
from taizhang.intake.models import Paper
from taizhang.intake.sheets import expected, grid
from taizhang.kernel.errors import BadInput
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.sheets import excel, headers
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
