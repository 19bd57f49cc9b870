"""Finding one's way with a phone: the menu as a sheet, the ledger that one types the name of, the
line of a long notice.
"""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from taizhang.inspection import actions as inspection
from tests.browser.steps import (
    MARKS,
    PHONE,
    enter,
    is_accessible,
    menu,
    settle,
    visit,
    who_can_log_in,
)
from tests.conftest import NOW
from tests.inspection.conftest import opened_draft
from tests.notices.papers import SAMPLE

pytestmark = MARKS


@PHONE
def test_the_menu_opens_and_the_list_of_ledgers_narrows_as_one_types(
    page: Page, width: int
) -> None:
    who_can_log_in()
    enter(page, "clerk")
    visit(page, "/ledgers/")
    sheet = page.get_by_role("navigation", name="主菜单")
    if width == 390:
        expect(sheet).to_be_hidden()
    expect(menu(page).get_by_role("link", name="我的台账")).to_be_visible()
    is_accessible(page)

    page.get_by_label("找台账").press_sequentially("hytz")
    expect(page.get_by_text("找到 1 种台账")).to_be_visible()
    settle(page)
    expect(page).to_have_url(re.compile(r"q=hytz"))
    expect(page.get_by_role("link", name="会议台账", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="党员花名册", exact=True)).to_be_hidden()
    is_accessible(page)


@PHONE
def test_a_line_of_a_notice_is_opened_and_closed_by_itself(page: Page, width: int) -> None:
    people = who_can_log_in()
    draft = inspection.take_in(
        file_name="n.txt", source=SAMPLE.read_bytes(), actor=people.actor("office"), now=NOW
    )
    enter(page, "office")
    visit(page, f"/notices/{draft.pk}/")
    asked = page.get_by_label("第29项要求")
    if width == 390:
        assert page.evaluate("document.querySelector('#required').offsetHeight") < 3600
        assert page.evaluate("document.querySelector('#areas').offsetHeight") < 1000
        expect(page.get_by_label("第29项内容")).to_be_visible()
        expect(asked).to_be_hidden()
        page.locator("label[for=f29]").click()
    expect(asked).to_be_visible()
    expect(page.get_by_label("第30项要求")).to_be_visible(visible=width == 1440)
    expect(page.get_by_role("button", name="确认无误，建立督查轮次")).to_be_in_viewport()
    is_accessible(page)


@PHONE
def test_the_tab_that_is_open_is_in_sight(page: Page, width: int) -> None:
    opened = opened_draft(who_can_log_in(), NOW).opened
    enter(page, "office")
    for address, told in (
        (f"/rounds/{opened.pk}/requirements/", "要求和规则"),
        (f"/rounds/{opened.pk}/heads/", "公文格式"),
    ):
        visit(page, address)
        tab = page.locator("nav.tabs [aria-current]")
        expect(tab).to_have_text(told)
        expect(tab).to_be_in_viewport(ratio=0.99)
        assert page.evaluate("window.scrollY") == 0
