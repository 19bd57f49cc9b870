"""One pass of a browser over every registered page: letters that can be read, heads that stay,
paper that shows its words, nothing too wide, nothing that axe finds.
"""

from __future__ import annotations

from datetime import datetime, time
from functools import partial
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import APIResponse, Page, Route, ViewportSize

from tests.architecture.test_rights import TABLE, _addresses
from tests.browser.steps import MARKS, enter, leave, who_can_log_in
from tests.walks import counted_once

pytestmark = MARKS
BY = ("office", "clerk", "inspector", "system", "security", "audit")
"""As whom a page is opened: the first of these who may."""
APART = {
    "inspection:site",
    "web:home",
    "web:login",
    "checks:at",
    "inspection:landing",
    "web:healthy",
    "web:alive",
    "api-document",
}
"""Pages with tests of their own, those that only lead on, and what is no page."""
SMALL = """() => [...document.querySelectorAll("body *")].filter((node) => [...node.childNodes].some((one) => one.nodeType === 3 && one.textContent.trim())
  && node.offsetParent && !node.closest("svg, .skip, .skip-sub") && parseFloat(getComputedStyle(node).fontSize) < 13).map((node) => node.tagName + " " + node.textContent.slice(0, 20))"""
LOOSE = """() => [...document.querySelectorAll(".scroll.tall, .scroll.board")].filter((box) => box.scrollHeight > box.clientHeight + 40).filter((box) => {
  box.scrollTop = 40;
  const head = box.querySelector("thead th");
  return Math.abs(head.getBoundingClientRect().top - box.getBoundingClientRect().top) > 3;
}).map((box) => box.className)"""
PALE = """() => [...document.querySelectorAll("main *")].filter((node) => [...node.childNodes].some((one) => one.nodeType === 3 && one.textContent.trim()) && node.offsetParent).filter((node) => {
  const [r, g, b] = getComputedStyle(node).color.match(/[\\d.]+/g).map(Number);
  return (r * 299 + g * 587 + b * 114) / 1000 > 170;
}).map((node) => node.tagName + "." + node.className + " " + node.textContent.slice(0, 20))"""
GLUED = """() => [...document.querySelectorAll("form.card button")].filter((button) => button.offsetParent).filter((button) => {
  const at = button.getBoundingClientRect();
  return [...button.form.querySelectorAll(".field input, .field select, .field textarea, .hint")].some((other) => {
    const by = other.getBoundingClientRect();
    return by.height && by.bottom <= at.top + 1 && at.top - by.bottom < 6 && by.left < at.right && at.left < by.right;
  });
}).map((button) => button.textContent.trim())"""
"""Buttons that stick to what is filled in above them."""
SEEN = """() => {
  window.seen = [...document.querySelectorAll(".scope, main *")].filter((node) => [...node.childNodes].some((one) => one.nodeType === 3 && one.textContent.trim())
    && node.checkVisibility() && !node.closest("button, .button, label, select, textarea, option, nav.tabs, .pager, .drop-down, .tree, .batch, .skip-sub, svg, [data-all], .phone-only, summary"));
  return window.seen.length;
}"""
"""What is to be read, but for what is pressed or filled in."""
LOST = """() => window.seen.filter((node) => {
  const cell = node.closest("td, th");
  const acts = cell && cell === cell.parentElement.lastElementChild && cell.closest("table").querySelector("th.acts");
  return node.isConnected && !acts && !(node.checkVisibility() && node.getClientRects().length && (!cell || getComputedStyle(cell).display === "table-cell"));
}).map((node) => node.tagName + "." + node.className + " " + node.textContent.trim().slice(0, 20))"""
"""What of it a sheet of A4 has lost, or shows where no column stands; what a page has replaced
meanwhile is not asked for.
"""
A4: ViewportSize = {"width": 718, "height": 1047}
"""A sheet held upright, within its margins, in pixels."""
WIDE = "() => document.documentElement.scrollWidth > window.innerWidth + 1"


def _measured(page: Page) -> list[str]:
    """What is wrong with a page on a screen, on a phone and on paper, in one load."""
    faults = [f"small: {page.evaluate(SMALL)[:3]}"] if page.evaluate(SMALL) else []
    faults += ["the head does not stay"] if page.evaluate(LOOSE) else []
    glued = page.evaluate(GLUED)
    faults += [f"glued: {glued[:3]}"] if glued else []
    faults += ["wide at 1440"] if page.evaluate(WIDE) else []
    faults += _of_axe(page)
    page.evaluate(SEEN)
    page.set_viewport_size({"width": 390, "height": 844})
    faults += ["wide at 390"] if page.evaluate(WIDE) else []
    faults += [f"{one} at 390" for one in _of_axe(page)]
    page.set_viewport_size({"width": 1440, "height": 900})
    page.emulate_media(media="print")
    faults += [f"pale on paper: {page.evaluate(PALE)[:3]}"] if page.evaluate(PALE) else []
    page.set_viewport_size(A4)
    faults += [f"lost on paper: {lost[:3]}"] if (lost := page.evaluate(LOST)) else []
    page.set_viewport_size({"width": 1440, "height": 900})
    page.emulate_media(media="screen")
    return faults


def _of_axe(page: Page) -> list[str]:
    """What axe holds against it, each with the first place where it does."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:80]}" for one in found]


def _as_it_came(route: Route, answer: APIResponse) -> None:
    """A page is not made again that was fetched to see whether it is one."""
    route.fulfill(response=answer)


@pytest.mark.parametrize("width", [1440])
def test_every_page_reads_well_on_screen_phone_and_paper(page: Page) -> None:
    people = who_can_log_in()
    noon = datetime.combine(people.day, time(12), tzinfo=timezone.get_current_timezone())
    addresses = _addresses(people, noon)
    found: dict[str, Any] = {}
    with counted_once():
        for who in BY:
            names = [
                name
                for name, (allowed, _) in TABLE.items()
                if name not in APART and next((one for one in BY if one in allowed), "") == who
            ]
            enter(page, who)
            client = page.context.request
            for name in names:
                answer = client.get(addresses[name])
                if answer.status != 200 or "text/html" not in answer.headers.get(
                    "content-type", ""
                ):
                    continue
                if "<html" not in answer.text()[:400]:  # a part of a page
                    continue
                page.route(addresses[name], partial(_as_it_came, answer=answer), times=1)
                page.goto(addresses[name], wait_until="load")
                if faults := _measured(page):
                    found[name] = faults
            page.goto("/messages/")
            leave(page)
    assert found == {}
