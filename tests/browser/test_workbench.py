"""A sheet from the ledger's own page: seen as a grid, an unknown column said once, a cell mended, and the file looked at."""

from __future__ import annotations

import os

from playwright.sync_api import Page, expect

from taizhang.intake.models import ColumnSaid
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.models import EvidenceFile
from tests.browser.steps import MARKS, enter, is_accessible, who_can_log_in
from tests.intake import corpus
from tests.make import NAMES

pytestmark = MARKS
ROWS = [
    ["谈话日期", "谈话人", "谈话对象", "谈话类型", "谈话内容", "缘起"],
    ["2016-03-01", NAMES[0], NAMES[1], "支委之间", "近期工作", "开学"],
    ["某日", NAMES[0], NAMES[1], "支委之间", "近期工作", "期中"],
]


def _look(page: Page, name: str, width: int) -> None:
    if folder := os.environ.get("TAIZHANG_LOOK"):
        page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)


def test_a_sheet_is_mended_in_a_grid_before_it_is_stored(page: Page, width: int) -> None:
    who_can_log_in()
    enter(page, "clerk")
    page.goto("/ledgers/talks/import/")
    is_accessible(page)
    page.locator("#id_file").set_input_files(
        {"name": "谈心谈话.xlsx", "mimeType": "application/octet-stream", "buffer": corpus._sheet(ROWS)}
    )  # fmt: skip
    _look(page, "import", width)
    page.get_by_role("button", name="先看再入账").click()

    expect(page.get_by_text("1列没有认出")).to_be_visible()
    is_accessible(page)
    _look(page, "grid", width)
    page.get_by_label("缘起").select_option("主题")
    page.get_by_role("button", name="记住，重新识别").click()
    expect(page.get_by_text("已记住")).to_be_visible()
    assert ColumnSaid.objects.get().label == "主题"

    page.get_by_label("第2行谈话日期").fill("2016-04-01")
    page.get_by_role("button", name="入账，看下一份").click()
    expect(page.get_by_text("已入账：")).to_be_visible()
    assert KINDS["talks"].model.objects.count() == 2

    page.goto("/intake/columns/")
    is_accessible(page)
    _look(page, "columns", width)
    page.get_by_role("button", name="忘记“缘起”").click()
    expect(page.get_by_text("还没有记住的列")).to_be_visible()

    page.goto(f"/evidence/{EvidenceFile.objects.get().pk}/look/")
    expect(page.get_by_role("cell", name="期中")).to_be_visible()
    is_accessible(page)
    _look(page, "look", width)
