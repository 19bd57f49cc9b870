"""What a page says is read by everybody: on paper, on a phone, and by who only hears it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from taizhang.checks.actions import checking
from tests.browser.steps import BOTH, MARKS, enter, is_accessible, settle, visit, who_can_log_in
from tests.conftest import NOW
from tests.make import inspected, raw, save

pytestmark = MARKS
WHITE = """() => [...document.querySelectorAll(".heat td, .heat td a, .legend *, .matrix td, .matrix td a, .strip td, .strip td a")].filter((node) => {
  const looks = getComputedStyle(node);
  return node.textContent.trim() && (looks.color === "rgb(255, 255, 255)" || looks.backgroundColor === "rgb(180, 55, 43)");
}).map((node) => node.className + node.textContent)"""


@BOTH
def test_the_worst_is_seen_in_print(
    page: Page, width: int, district: Callable[[int], None]
) -> None:
    district(2)
    enter(page, "zuzhike")
    visit(page, "/board/")
    on_screen = page.evaluate(WHITE)
    page.emulate_media(media="print")

    assert on_screen  # white on red: what paper loses
    assert page.evaluate(WHITE) == []
    page.emulate_media(media="screen")

    visit(page, "/ledgers/members/")
    cells = page.locator(".phone-list tbody tr").first.locator("td")
    if width == 1440:
        assert cells.evaluate_all("cells => cells.some((cell) => cell.dataset.label)") is False
        page.set_viewport_size({"width": 390, "height": 844})
    expect(cells.last).to_have_attribute("data-label", "操作")
    labels = cells.evaluate_all(
        "cells => cells.map((cell) => [cell.dataset.label || '', getComputedStyle(cell, "
        "'::before').content])"
    )
    heads = page.locator(".phone-list thead th").all_text_contents()
    says = cells.evaluate_all("cells => cells.map((cell) => Boolean(cell.textContent.trim()))")
    assert not all(says)  # a cell without words has no name either
    assert [label for label, _ in labels][1:] == [
        head.strip() if said else "" for head, said in zip(heads, says, strict=True)
    ][1:]
    assert all(label in content for label, content in labels if label)


@pytest.mark.parametrize("width", [1440])
def test_paper_shows_what_is_folded_and_what_was_asked(
    page: Page, district: Callable[[int], None]
) -> None:
    district(2)
    enter(page, "zuzhike")
    visit(page, "/ledgers/members/?q=样")
    per_page, words = page.locator("label:has([name=per])"), page.locator("label:has([name=q])")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")

    expect(words).to_be_visible()
    expect(per_page).to_be_hidden()
    expect(page.locator("label:has([name=from])")).to_be_hidden()
    page.emulate_media(media="screen")

    visit(page, "/branches/2/")
    folded = page.locator("#curve + .card details")
    expect(folded).not_to_have_attribute("open", "")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(folded).to_have_attribute("open", "")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(folded).not_to_have_attribute("open", "")


def test_a_refused_form_takes_the_cursor_to_what_is_wrong(page: Page) -> None:
    who_can_log_in()
    enter(page, "clerk")
    visit(page, "/ledgers/members/new/")
    page.get_by_role("button", name="保存", exact=True).click()

    expect(page.get_by_role("alert")).to_be_focused()
    expect(page).to_have_title("错误：党员花名册 · 党支部台账")
    page.get_by_role("alert").get_by_role("link", name="姓名", exact=True).click()
    expect(page.locator("#id_name")).to_be_in_viewport()
    expect(page.get_by_label("姓名", exact=True)).to_have_attribute("aria-invalid", "true")


STOPS = """() => [...document.querySelectorAll("main a, main button, main input, main select, main [tabindex]")]
  .filter((one) => one.tabIndex >= 0 && one.offsetParent).length"""


@BOTH
def test_the_overview_is_one_stop_and_walked_with_arrows(page: Page, width: int) -> None:
    own = who_can_log_in().own
    inspected(NOW, (2015, 2018), NOW.date())
    checking.check_all(name="reference", actor=None, now=NOW)
    enter(page, "office")
    visit(page, "/board/")
    is_accessible(page)
    assert page.evaluate(STOPS) <= 60
    if width == 390:
        expect(page.locator(".heat")).to_be_hidden()
        expect(page.locator(".phone-only").get_by_role("link", name=own.short_name)).to_be_visible()
        return
    start = page.locator("td[tabindex='0']")
    start.focus()
    said = start.get_attribute("aria-label") or ""
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    now = page.locator("td[tabindex='0']")
    expect(now).to_be_focused()
    told = now.get_attribute("aria-label") or ""
    assert "L02" not in said
    assert "02 " in told
    assert told.split()[0] != said.split()[0]
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("L02")


@BOTH
def test_meetings_are_one_year_on_a_phone_and_a_white_cell_opens_its_month(
    page: Page, width: int
) -> None:
    people = who_can_log_in()
    inspected(NOW, (2017, 2018), NOW.date())
    save(
        people.own,
        people.actor("clerk"),
        NOW,
        "meetings",
        **raw("meetings") | {"held_on": "2018-02-06"},
    )
    enter(page, "clerk")
    visit(page, "/meetings/")
    is_accessible(page)
    region = page.get_by_role("region", name="支委会", exact=False)
    assert region.evaluate("one => one.scrollWidth <= one.clientWidth")
    assert page.locator("tbody td[class*=d-lacks]:visible").count() < (12 if width == 390 else 24)
    start = page.locator("td[tabindex='0']")
    expect(start).to_have_attribute("aria-label", re.compile("2018" if width == 390 else "2017"))
    start.focus()
    for _ in range(1 if width == 390 else 13):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_text("共 1 条")).to_be_visible()
    expect(page.get_by_label("从", exact=True)).to_have_value("2018-02-01")


def test_a_few_keys_lead_anywhere(page: Page) -> None:
    who_can_log_in()
    enter(page, "clerk")
    visit(page, "/ledgers/")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("link", name="待办").last).to_be_visible()
    page.keyboard.type("hytz")
    expect(page.get_by_role("link", name="登记会议台账")).to_be_visible()
    is_accessible(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("登记会议台账")
    settle(page)
