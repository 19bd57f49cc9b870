"""Buttons, each pressed in Chromium where it stands, and the state that pressing it brings.

A test gives a story: who presses what, on which page, and what is so afterwards. Every submit
button that is met on the way, on the pages of the story's area and for everybody who sees them,
must be one that the story presses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import lxml.html
from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, BrowserContext, Page, expect

from taizhang.inspection.models import Finding, Round, Visit
from taizhang.orgs.models import User
from tests.make import Cast
from tests.walks import counted_once

EVERYWHERE = {"web:logout", "ledgers:search", "web:choose-columns", "web:save-filter", "web:drop-filter"}  # fmt: skip
"""The buttons of the frame around every page and every list, pressed by the journeys."""


@dataclass(frozen=True, order=True)
class Button:
    """A button as people know it: on which page, what it says, and what it asks of the server."""

    page: str
    label: str
    asks: str


@dataclass(frozen=True)
class Press:
    """One press: by whom, where, with what filled in, and what is so afterwards."""

    who: str
    path: Callable[[World], str]
    label: str
    then: Callable[[World], bool]
    fill: dict[str, Any] = field(default_factory=dict)
    asks: str = ""
    """Which of several buttons that say the same."""
    first: Callable[[World], object] | None = None
    """What has to be so before, done without a page."""
    downloads: bool = False
    """Whether a file comes, and the page stays."""


def name_of(path: str) -> str:
    """`inspection:finding-step:close` for the address of that step."""
    found = resolve(path.split("?", maxsplit=1)[0])
    return ":".join(
        [found.view_name, *(str(found.kwargs[w]) for w in ("verb",) if w in found.kwargs)]
    )


def said(text: str) -> str:
    """A label without its figures and names in brackets."""
    return re.sub(r"\d+", "N", re.sub(r"（.*?）", "", " ".join(text.split())))


def buttons(path: str, html: str) -> Iterator[Button]:
    """Every submit button of a page, whatever form it stands in."""
    tree = lxml.html.fromstring(html)
    for form in tree.iter("form"):
        if form.xpath("ancestor::template"):
            continue
        for one in form.iter("button", "input"):
            sends = "submit" if one.tag == "button" else "text"
            if one.get("type", sends) != "submit":
                continue
            to = one.get("formaction") or form.get("action") or path
            try:
                asks = name_of(to)
            except Resolver404:
                asks = f"nowhere: {to}"
            if asks not in EVERYWHERE:
                yield Button(name_of(path), said(one.text_content() or one.get("value", "")), asks)


@dataclass
class World:
    """Who is there, their open windows, and which buttons were met and pressed."""

    people: Cast
    browser: Browser
    address: str
    pages: Callable[[World], Iterable[str]]
    met: dict[Button, str] = field(default_factory=dict)
    pressed: set[Button] = field(default_factory=set)
    contexts: dict[str, BrowserContext] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)

    @property
    def opened(self) -> Round:
        """The latest round."""
        return Round.objects.latest("pk")

    @property
    def visit(self) -> Visit:
        """The own branch's visit."""
        return Visit.objects.select_related("unit__area__round", "unit__organisation").get(
            unit__organisation=self.people.own, unit__area__round=self.opened
        )

    def finding(self, facts: str) -> Finding:
        """The finding of these words."""
        return Finding.objects.select_related("visit__unit__area__round").get(facts=facts)

    def client(self, who: str) -> Client:
        """Somebody who is logged in."""
        if who not in self.clients:
            self.clients[who] = Client()
            self.clients[who].force_login(User.objects.get(username=who))
        return self.clients[who]

    def window(self, who: str) -> Page:
        """The same, in Chromium."""
        if who not in self.contexts:
            context = self.browser.new_context(base_url=self.address, locale="zh-CN")
            session = self.client(who).cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": self.address}]
            )
            context.on("dialog", lambda dialog: dialog.accept())
            context.new_page()
            self.contexts[who] = context
        return self.contexts[who].pages[0]

    def look(self, who: str) -> None:
        """Note every button that somebody sees now."""
        with counted_once():
            for path in self.pages(self):
                answer = self.client(who).get(path)
                if answer.status_code == 200 and "text/html" in answer["Content-Type"]:
                    self.note(who, path, answer.content.decode())

    def note(self, who: str, path: str, html: str) -> None:
        """The buttons of one page, with who saw them where."""
        for one in buttons(path, html):
            self.met.setdefault(one, f"{who} {path}")

    def press(self, press: Press) -> None:
        """Press a button and look whether what it says is so."""
        if press.first is not None:
            press.first(self)
        page, path = self.window(press.who), press.path(self)
        answer = page.goto(path)
        html = answer.text() if answer else ""
        self.note(press.who, path, html)
        wanted = [
            one for one in buttons(path, html)
            if one.label == press.label and press.asks in ("", one.asks)
        ]  # fmt: skip
        assert wanted, f"{press.who} {path}: no “{press.label}”"
        _click(self, page, press, wanted[0])
        assert press.then(self), f"{press.who} {path}: “{press.label}” did not do what it says"
        self.pressed.add(wanted[0])

    def close(self) -> None:
        """Close the windows; every button that was met must have been pressed."""
        for context in self.contexts.values():
            context.close()
        left = [f"{one} ({where})" for one, where in self.met.items() if one not in self.pressed]
        assert not left, "\n".join(sorted(left))


_NUMBER_THEM = """() => [...document.querySelectorAll("form button, form input")]
  .filter((one) => one.type === "submit" && one.form)
  .map((one, n) => {
    one.dataset.number = n;
    const to = one.getAttribute("formaction") || one.form.getAttribute("action") || location.pathname;
    return [n, one.textContent || one.value, to];
  })"""
"""Parts of a page may still come in: a button keeps the number that it was given."""


def _click(w: World, page: Page, press: Press, wanted: Button) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    listed = page.evaluate(_NUMBER_THEM)
    number = next(
        (n for n, text, to in listed if said(text) == press.label and name_of(to) == wanted.asks),
        None,
    )
    assert number is not None, f"no “{press.label}” to press on {page.url}"
    one = page.locator(f"[data-number='{number}']")
    form = page.locator(f"form:has([data-number='{number}'])")
    for name, value in press.fill.items():
        within, ticks = form.locator(f"[name='{name}']"), page.locator(f"[name='{name}'][form]")
        field = within if within.count() else ticks
        _fill(field.first, value(w) if callable(value) else value)
    if press.downloads:
        with page.expect_download():
            one.click()
        return
    page.evaluate("window.before = true")
    one.click()
    page.wait_for_function("() => !window.before || document.querySelector('.stay')")
    page.wait_for_load_state()
    told = page.locator(".stay")
    assert told.count() == 0, told.inner_text()


def _fill(field: Any, value: Any) -> None:
    kind = field.evaluate("one => one.tagName === 'SELECT' ? 'select' : one.type")
    if kind == "select":
        field.select_option(value)
    elif kind in ("checkbox", "radio"):
        field.set_checked(value)
    elif kind == "file":
        field.set_input_files(value)
    else:
        field.fill(value)
    expect(field).to_be_attached()
