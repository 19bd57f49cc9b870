"""A clerk drops a binder: sixty mixed files, what is certain confirmed together, one looked at
beside its source, all taken back.
"""

from __future__ import annotations

import re

from playwright.sync_api import Dialog, FilePayload, Page, Route, expect

from taizhang.intake.models import Paper
from taizhang.ledgers.kinds import KINDS
from tests.browser.steps import MARKS, enter, is_accessible, menu, picture, who_can_log_in
from tests.browser.test_workbench import Clicks
from tests.intake import corpus
from tests.make import NAMES

pytestmark = MARKS
FILES = 60


def _binder() -> list[FilePayload]:
    """Minutes of people of the roster for half of it, the rest as it comes."""
    found = []
    for n in range(FILES // 2):
        table = [
            ["会议名称", f"第{n + 1}次党员大会"], ["会议时间", f"201{5 + n % 4}年{n % 12 + 1}月{n % 27 + 1}日", "会议地点", "会议室"],
            ["主持人", NAMES[0], "记录人", NAMES[1]], ["参会人员", "、".join(NAMES[:3])], ["会议内容", f"讨论第{n + 1}项工作。"],
        ]  # fmt: skip
        found.append((f"大会{n + 1}.docx", corpus._word("党员大会会议记录", table=table)))
    others = list(corpus.every())
    found += [(case.name, case.data) for case in others[:: len(others) // (FILES - len(found))]]
    kind = "application/octet-stream"
    return [{"name": name, "mimeType": kind, "buffer": data} for name, data in found[:FILES]]


def _hand_in(page: Page, clicks: Clicks) -> None:
    """One click; the button is pressed besides, with the files on their way already."""
    with page.expect_file_chooser() as chooser:
        clicks.on(page.locator("#id_file"))
    chooser.value.set_files(_binder())
    page.get_by_role("button", name="收件", exact=True).click()


def _agreed_to(page: Page) -> list[str]:
    """What the page asks next; it is answered with yes."""
    asked: list[str] = []

    def agree(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.accept()

    page.once("dialog", agree)
    return asked


def test_who_leaves_while_files_are_sent_is_asked(page: Page) -> None:
    who_can_log_in()
    enter(page, "clerk")
    page.goto("/intake/")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/intake/", hold)
    with page.expect_file_chooser() as chooser:
        page.locator("#id_file").click()
    chooser.value.set_files(_binder()[:3])
    expect(page.get_by_text("正在传第 1 份，共 3 份")).to_be_visible()

    with page.expect_event("dialog") as asked:
        page.close(run_before_unload=True)

    assert asked.value.type == "beforeunload"
    asked.value.accept()


def test_a_binder_is_dropped_confirmed_and_taken_back(page: Page, width: int) -> None:
    who_can_log_in()
    enter(page, "clerk")
    page.goto("/intake/")
    is_accessible(page)

    clicks = Clicks()
    _hand_in(page, clicks)
    expect(page.locator("#handed-in tbody tr")).to_have_count(1, timeout=60_000)
    expect(page.locator("#handed-in tbody a").first).to_be_visible(timeout=90_000)
    clicks.on(page.locator("#handed-in tbody a").first)

    expect(page.get_by_role("rowheader", name="会议台账")).to_be_visible()
    assert Paper.objects.count() >= FILES
    is_accessible(page)
    if width == 1440:
        picture(page, "intake.png")
    clicks.on(page.get_by_role("button", name="可直接入账，一起入账"))
    expect(page.get_by_text(re.compile("已入账 [3-9][0-9] 份"))).to_be_visible(timeout=30_000)
    assert clicks.n == 3  # for more than half of the binder

    page.get_by_role("row").filter(has_text="请核对").get_by_role("link").first.click()
    expect(page.get_by_text("出处：").first).to_be_visible()
    is_accessible(page)
    if width == 1440:
        picture(page, "intake-paper.png")
    page.get_by_role("button", name="不入账，只留文件").click()

    menu(page).get_by_role("link", name=re.compile("^收件")).click()
    page.locator("#handed-in tbody a").first.click()
    asked = _agreed_to(page)
    page.get_by_role("button", name="撤销本次收件").click()
    expect(page.get_by_text("已撤销本次收件")).to_be_visible(timeout=30_000)
    assert re.search("由它入账的 [3-9][0-9] 条记录一并撤回？", asked[0])
    assert KINDS["meetings"].model.objects.current().count() == 0
