"""The check before saving: it knows what is chosen, is there when a form comes back, and takes
nothing from who types.
"""

from __future__ import annotations

from playwright.sync_api import Locator, Page, Request, Route, expect

from taizhang.ledgers.models import EvidenceFile
from tests.browser.steps import MARKS, PHONE, enter, is_accessible, settle, visit
from tests.browser.test_clerk import _fill, _small
from tests.browser.test_rows import DROP
from tests.make import picture

pytestmark = MARKS
MISSED = "没有签到表或照片"


def _meeting(page: Page) -> None:
    _small()
    enter(page, "clerk")
    visit(page, "/ledgers/meetings/new/?kind=支委会")
    _fill(page, held_on="2018-03-06", starts_at="15:30", ends_at="15:35", place="会议室")
    page.get_by_label("补录").check()
    settle(page, within=20)
    expect(page.locator("#tried")).to_contain_text(MISSED)


def _choose(page: Page, name: str) -> None:
    page.locator("#id_file").set_input_files(
        {"name": name, "mimeType": "image/png", "buffer": picture()}
    )


@PHONE
def test_a_photo_that_is_chosen_is_not_missed_and_not_sent(page: Page, width: int) -> None:
    sizes: list[int] = []

    def note(request: Request) -> None:
        if request.url.endswith("/try/"):
            sizes.append(len(request.post_data_buffer or b""))

    page.on("request", note)
    _meeting(page)
    _choose(page, "会场.png")
    expect(page.locator("#tried")).not_to_contain_text(MISSED)
    page.locator("#id_file").set_input_files([])
    expect(page.locator("#tried")).to_contain_text(MISSED)
    page.locator("[data-given]").evaluate(DROP, ["签到.pdf"])
    expect(page.locator("#tried")).not_to_contain_text(MISSED)
    assert max(sizes) < len(picture()) + 8000
    assert not EvidenceFile.objects.exists()
    is_accessible(page)


def test_a_form_that_comes_back_says_at_once_what_is_wrong(page: Page, width: int) -> None:
    _meeting(page)
    _choose(page, "会场.png")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("没有保存")
    expect(page.get_by_text("已收到，保存时附上：会场.png")).to_be_visible()

    expect(page.locator("#tried")).to_contain_text("系统另有")
    expect(page.locator("#tried")).not_to_contain_text(MISSED)
    is_accessible(page)


def test_what_is_half_typed_keeps_its_words_and_the_cursor(page: Page, width: int) -> None:
    said = _half_typed(page)
    _comes_back(page)

    expect(said).to_have_value("只通报了一个文件")
    expect(said).to_be_focused()
    page.keyboard.type("。")
    expect(said).to_have_value("只通报了一个文件。")


def test_what_is_half_typed_outlives_a_form_that_cannot_be_read(page: Page, width: int) -> None:
    said = _half_typed(page)
    page.evaluate("document.getElementById('id_starts_at').type = 'text'")
    page.evaluate("document.getElementById('id_starts_at').value = '下午'")
    _comes_back(page)

    expect(page.locator("#tried")).to_contain_text("还不能保存")
    expect(said).to_have_value("只通报了一个文件")
    page.locator("#id_starts_at").fill("15:30")
    page.locator("#id_place").fill("会议室")
    expect(page.locator("#tried")).to_contain_text("系统另有")
    expect(said).to_be_visible()
    expect(said).to_have_value("只通报了一个文件")


def _half_typed(page: Page) -> Locator:
    """The explanation of a doubt, in which somebody is typing."""
    _meeting(page)
    folded = page.locator("#tried details", has_text="确有原因").first
    folded.locator("summary").click()
    said = folded.locator("input")
    said.press_sequentially("只通报")
    return page.locator(f"[name='{said.get_attribute('name')}']")


def _comes_back(page: Page) -> None:
    """The check is asked and answers, while the typing goes on."""

    def type_on(route: Route) -> None:
        page.keyboard.type("了一个文件")
        route.continue_()

    page.evaluate("window.before = document.querySelector('#tried').firstElementChild")
    page.route("**/try/", type_on)
    page.evaluate(
        "document.getElementById('entry').dispatchEvent(new Event('change', {bubbles: true}))"
    )
    page.wait_for_function("() => !window.before.isConnected")
    page.unroute("**/try/")
