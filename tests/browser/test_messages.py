"""What one is told, from the head of a page to what it is about; files that a worker makes; the
page of the API.
"""

from __future__ import annotations

from playwright.sync_api import Page, expect

from taizhang.kernel.actions import messages
from tests.browser.steps import MARKS, enter, is_accessible, who_can_log_in
from tests.checks.test_district import NOW

pytestmark = MARKS


def test_a_message_is_read_and_the_new_pages_are_sound(page: Page, width: int) -> None:
    people = who_can_log_in()
    for n in range(10):
        text = f"近期要办：整改并申请销号：2018-{n}（2018-11-30）"
        messages.tell(to=people.users["clerk"], text=text, url="/me/", key=f"due:{n}", now=NOW)
    enter(page, "clerk")
    page.goto("/messages/")
    is_accessible(page)

    page.get_by_role("button", name="近期要办").first.click()
    expect(page.get_by_role("heading", name="我的账号")).to_be_visible()
    page.goto("/messages/")
    page.get_by_role("button", name="全部标为已读").click()
    expect(page.get_by_text("已将9条消息标为已读")).to_be_visible()

    for path in ("/api/docs/?ledger=talks", "/search/?q=研究"):
        page.goto(path)
        is_accessible(page)
    del width
