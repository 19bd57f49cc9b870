"""A sheet from the ledger's own page: seen as a grid, an unknown column said once, a cell mended,
and the file looked at.
"""

from __future__ import annotations

import io
import os
from datetime import date
from pathlib import Path

import python_calamine
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from taizhang.checks.actions import checking
from taizhang.intake.models import ColumnSaid
from taizhang.intake.sheets import expected
from taizhang.kernel.jobs import worker
from taizhang.ledgers.evidence import actions as evidence
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.models import EvidenceFile
from taizhang.orgs.models import Duty
from tests.browser.steps import MARKS, PHONE, enter, follow, is_accessible, visit, who_can_log_in
from tests.checks.test_district import NOW
from tests.intake import corpus
from tests.make import NAMES, picture, raw, save

pytestmark = MARKS
ROWS = [
    ["谈话日期", "谈话人", "谈话对象", "谈话类型", "谈话内容", "缘起"],
    ["2016-03-01", NAMES[0], NAMES[1], "支委之间", "近期工作", "开学"],
    ["某日", NAMES[0], NAMES[1], "支委之间", "近期工作", "期中"],
]


class Clicks:
    """What a person presses, counted."""

    def __init__(self) -> None:
        """None yet."""
        self.n = 0

    def on(self, control: Locator) -> None:
        """Press it."""
        self.n += 1
        control.click()


def _look(page: Page, name: str, width: int) -> None:
    if folder := os.environ.get("TAIZHANG_LOOK"):
        page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)


def test_a_sheet_is_mended_in_a_grid_before_it_is_stored(page: Page, width: int) -> None:
    who_can_log_in()
    enter(page, "clerk")
    page.goto("/ledgers/talks/")
    page.get_by_role("link", name="从 Excel 导入").click()
    is_accessible(page)
    page.locator("#id_file").set_input_files(
        {"name": "谈心谈话.xlsx", "mimeType": "application/octet-stream", "buffer": corpus._sheet(ROWS)}
    )  # fmt: skip
    _look(page, "import", width)
    page.get_by_role("button", name="预览").click()

    expect(page.get_by_text("1列没有认出")).to_be_visible()
    is_accessible(page)
    _look(page, "grid", width)
    page.get_by_label("缘起").select_option("主题")
    page.get_by_role("button", name="记住，重新识别").click()
    expect(page.get_by_text("已记住")).to_be_visible()
    assert ColumnSaid.objects.get().label == "主题"

    page.get_by_label("第2行谈话日期").fill("2016-04-01")
    page.get_by_role("button", name="入账没有错误的行").click()
    expect(page.get_by_text("已入账2行")).to_be_visible()
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


def test_a_sheet_of_two_branches_gets_a_column_and_each_row_its_branch(
    page: Page, width: int
) -> None:
    people = who_can_log_in()
    Duty.objects.create(user=people.users["clerk"], role="clerk", organisation=people.other)
    second = ["2016-03-05", f"{NAMES[0]}二", f"{NAMES[1]}二", "支委之间", "近期工作", "开学"]
    rows = [
        [*ROWS[0][:5], "主题", "所在支部"],
        [*ROWS[1], people.own.short_name],
        [*second, people.other.short_name],
        [*second, "没有的支部"],
    ]
    enter(page, "clerk")
    page.goto(f"/intake/sheets/talks/?branch={people.own.pk}")
    page.locator("#id_file").set_input_files(
        {"name": "谈心谈话.xlsx", "mimeType": "application/octet-stream", "buffer": corpus._sheet(rows)}
    )  # fmt: skip
    page.get_by_role("button", name="预览").click()
    expect(page.get_by_text("这张表写了几个党支部")).to_be_visible()
    expect(page.get_by_label("第3行党支部")).to_have_attribute("aria-invalid", "true")
    is_accessible(page)
    _look(page, "branches", width)

    page.get_by_label("表里没有的栏目").select_option("地点")
    page.get_by_label("整列填写").fill("办公室")
    page.get_by_role("button", name="加上这一列").click()
    expect(page.get_by_label("第2行地点")).to_have_value("办公室")
    is_accessible(page)
    _look(page, "added", width)

    page.get_by_role("button", name="入账没有错误的行").click()
    expect(page.get_by_text("已入账2行")).to_be_visible()
    stored = KINDS["talks"].model.objects.order_by("held_on")
    assert list(stored.values_list("branch", "place")) == [
        (people.own.pk, "办公室"), (people.other.pk, "办公室"),
    ]  # fmt: skip


def _completed(template: bytes) -> bytes:
    """The template as a clerk gives it back: every month paid on its tenth, all else as it was."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(template))
    head, *rows = book.get_sheet_by_index(0).to_python()
    paid, month, amount = (head.index(one) for one in ("交纳日期", "月份", "金额"))
    for row in rows:
        row[paid], row[amount] = f"{row[month]}-10", row[amount] or "50"
    return corpus._sheet([head, *rows])


def test_four_years_of_dues_come_in_by_four_clicks(page: Page) -> None:
    people = who_can_log_in()
    checking.set_scope(
        from_on=date(2015, 1, 1), to_on=date(2018, 9, 30), on=people.day, catalogue="tianning-2018", actor=None, now=NOW
    )  # fmt: skip
    checking.check_all(name="reference", actor=None, now=NOW)
    missing = len(expected.of(KINDS["dues-payments"], people.own).lines)
    enter(page, "clerk")
    page.goto("/intake/sheets/dues-payments/")
    clicks = Clicks()

    with page.expect_download() as got:
        clicks.on(page.get_by_role("link", name="下载本支部模板"))
    filled = _completed(Path(got.value.path()).read_bytes())
    with page.expect_file_chooser() as chooser:
        clicks.on(page.locator("#id_file"))
    chooser.value.set_files({"name": "党费.xlsx", "mimeType": "application/octet-stream", "buffer": filled})  # fmt: skip
    clicks.on(page.get_by_role("button", name="预览"))
    expect(page.get_by_text(f"读到 {missing} 行，没有发现错误")).to_be_visible()
    is_accessible(page)
    _look(page, "four-years", page.viewport_size["width"] if page.viewport_size else 0)
    clicks.on(page.get_by_role("button", name="入账", exact=True))

    expect(page.get_by_text(f"已入账{missing}行")).to_be_visible()
    assert clicks.n == 4
    assert missing > 300
    assert KINDS["dues-payments"].model.objects.count() == missing
    worker.work_off()
    assert expected.of(KINDS["dues-payments"], people.own).lines == []


def _photo() -> bytes:
    """What a telephone makes: twelve million dots lying on their side, with the moment."""
    image = Image.effect_noise((4000, 3000), 60).convert("RGB")
    exif = image.getexif()
    exif[274], exif[306] = 6, "2018:09:12 15:30:00"
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90, exif=exif)
    return out.getvalue()


@PHONE
def test_a_photo_is_taken_on_a_record_in_three_taps_and_made_smaller(
    browser: Browser, live_server: LiveServer, page: Page, width: int
) -> None:
    people = who_can_log_in()
    entry = save(people.own, people.actor("clerk"), NOW, "meetings", **raw("meetings"))
    enter(page, "clerk")
    phone = browser.new_context(
        base_url=live_server.url, viewport={"width": width, "height": 800}, has_touch=True, is_mobile=True,
        storage_state=page.context.storage_state(),
    )  # fmt: skip
    held = phone.new_page()
    follow(held)
    visit(held, f"/ledgers/meetings/{entry.pk}/")
    expect(held.get_by_text("照片先缩小再上传")).to_be_visible()
    is_accessible(held)
    _look(held, "record-files", width)
    photo, taps = _photo(), Clicks()

    with held.expect_file_chooser() as camera:
        taps.on(held.get_by_text("拍照", exact=True))
    taps.n += 1  # the shutter
    camera.value.set_files({"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": photo})

    expect(held.get_by_role("link", name="IMG_1.jpg").last).to_be_visible()
    assert taps.n <= 3
    kept = EvidenceFile.objects.get()
    assert (kept.width, kept.height) == (1800, 2400)
    assert kept.size < len(photo) / 2
    assert kept.taken_at is not None
    assert f"{timezone.localtime(kept.taken_at):%F %H:%M}" == "2018-09-12 15:30"
    assert held.locator("#id_camera").get_attribute("capture") == "environment"
    phone.close()


def test_a_newer_version_takes_the_place_of_a_file_on_the_page(page: Page, width: int) -> None:
    people = who_can_log_in()
    clerk = people.actor("clerk")
    entry = save(people.own, clerk, NOW, "meetings", **raw("meetings"))
    taken = evidence.take_in(branch=people.own, name="记录.png", data=picture(), kind="", actor=clerk, now=NOW)  # fmt: skip
    evidence.attach(file=taken.file, kind=KINDS["meetings"], entry=entry, actor=clerk, now=NOW)
    enter(page, "clerk")
    visit(page, f"/ledgers/meetings/{entry.pk}/")

    page.get_by_text("换成新版本").click()
    page.get_by_label("新文件").set_input_files({"name": "盖章.png", "mimeType": "image/png", "buffer": picture(9)})  # fmt: skip
    page.get_by_label("原因", exact=True).fill("补盖章")
    page.get_by_role("button", name="更换", exact=True).click()

    expect(page.get_by_text("已换成“盖章.png”")).to_be_visible()
    page.get_by_text("旧版本 1 个").click()
    is_accessible(page)
    _look(page, "versions", width)
    page.get_by_role("link", name="记录.png").last.click()
    expect(page.get_by_text("这是旧版本")).to_be_visible()
