"""What a page says is read by everybody: on paper, on a phone, and by who only hears it."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.steps import MARKS, enter, who_can_log_in

pytestmark = MARKS
WHITE = """() => [...document.querySelectorAll(".heat td, .heat td a, .legend *, .matrix td, .matrix td a")].filter((node) => {
  const looks = getComputedStyle(node);
  return node.textContent.trim() && (looks.color === "rgb(255, 255, 255)" || looks.backgroundColor === "rgb(180, 55, 43)");
}).map((node) => node.className + node.textContent)"""


def test_the_worst_is_seen_in_print(
    page: Page, width: int, district: Callable[[int], None]
) -> None:
    district(2)
    enter(page, "zuzhike")
    page.goto("/board/", wait_until="networkidle")
    on_screen = page.evaluate(WHITE)
    page.emulate_media(media="print")

    assert on_screen  # white on red: what paper loses
    assert page.evaluate(WHITE) == []
    page.emulate_media(media="screen")

    page.goto("/ledgers/members/", wait_until="networkidle")
    labels = (
        page.locator(".phone-list tbody tr")
        .first.locator("td")
        .evaluate_all(
            "cells => cells.map((cell) => [cell.dataset.label || '', getComputedStyle(cell, '::before').content])"
        )
    )
    heads = page.locator(".phone-list thead th").all_text_contents()
    assert [label for label, _ in labels][1:] == [head.strip() for head in heads][1:]
    assert all((label in content) == (width == 390) for label, content in labels if label)


def test_a_refused_form_takes_the_cursor_to_what_is_wrong(page: Page) -> None:
    who_can_log_in()
    enter(page, "clerk")
    page.goto("/ledgers/members/new/", wait_until="networkidle")
    page.get_by_role("button", name="保存", exact=True).click()

    expect(page.get_by_role("alert")).to_be_focused()
    expect(page).to_have_title("错误：党员花名册 · 党支部台账")
    page.get_by_role("alert").get_by_role("link", name="姓名", exact=True).click()
    expect(page.locator("#id_name")).to_be_in_viewport()
    expect(page.get_by_label("姓名", exact=True)).to_have_attribute("aria-invalid", "true")
