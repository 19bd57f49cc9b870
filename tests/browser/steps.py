"""Steps that journeys share: logging in, axe, pictures for the manual."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Locator, Page, Request, expect

from lab.chromium import CHROMIUM
from taizhang.demo import seed
from taizhang.orgs.actions import second_factor
from taizhang.orgs.models import SecondFactor, User
from tests.checks.test_district import NOW
from tests.make import Cast
from tests.modules import everybody

MANUAL = Path(__file__).resolve().parents[2] / "docs" / "manual"
MARKS = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        not Path(CHROMIUM).exists() and not os.environ.get("CI"), reason="no chromium"
    ),
]

PHONE = pytest.mark.parametrize("width", [390, pytest.param(1440, marks=pytest.mark.night)])
"""For a journey that is gone with a phone: by day at 390 px, and at 1440 px by night."""
BOTH = pytest.mark.parametrize("width", [1440, 390])
"""For a journey that shows a phone something else: by day at both widths."""


def who_can_log_in() -> Cast:
    """The cast, each with the password of the demonstration."""
    found = everybody(NOW)
    User.objects.update(password=make_password(seed.PASSWORD))
    return found


def log_in(page: Page, username: str) -> None:
    """Log in as people do it."""
    page.goto("/login/")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(seed.PASSWORD)
    page.get_by_role("button", name="登录").click()
    show_factor(page, username)
    _is_in(page)


def _is_in(page: Page) -> None:
    """Somebody is logged in: on a page of the system, or on site, where teams land while they have
    units.
    """
    on_site = page.get_by_role("link", name="返回系统")
    expect(page.get_by_role("button", name="退出").or_(on_site)).to_be_visible()


ADDRESS: dict[str, str] = {}
"""Of the server that the journeys of this process use, as `page` says it."""
_ADMINS = {"system", "security", "audit"}
"""They need a second factor at once."""


def enter(page: Page, username: str) -> None:
    """The same for journeys about other things: the server is asked as the page would, without a
    window.
    """
    if username in _ADMINS or SecondFactor.objects.filter(user__username=username).exists():
        log_in(page, username)
        return
    asking = Client()
    asking.post("/login/", {"username": username, "password": seed.PASSWORD})
    held = [
        {"name": one.key, "value": one.value, "url": ADDRESS["url"]}
        for one in asking.cookies.values()
        if one.key in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)
    ]
    page.context.add_cookies(held)  # type: ignore[arg-type]
    page.goto("/")
    _is_in(page)


def menu(page: Page) -> Locator:
    """The menu, opened where a phone folds it."""
    folded = page.locator("label[for=menu-open]")
    if folded.is_visible():
        folded.click()
    return page.get_by_role("navigation", name="主菜单")


def unfold_all(page: Page) -> None:
    """Everything that a phone shows folded, opened."""
    page.evaluate(
        "document.querySelectorAll('main .fold').forEach((fold) => { fold.checked = true; })"
    )


def unfold(page: Page) -> Page:
    """The page with its query row open, which a phone shows folded."""
    folded = page.locator("label[for=narrow]")
    if folded.is_visible():
        folded.click()
    return page


_SECRETS: dict[str, str] = {}
"""What the authenticators of the journeys know."""


def show_factor(page: Page, username: str) -> None:
    """The second factor where it is asked for: an authenticator is taken into use, or shows its
    code.
    """
    page.wait_for_load_state()
    if "/second-factor/" in page.url:
        _SECRETS[username] = page.locator("ol code").inner_text()
        _type_code(page, username)
        page.get_by_role("button", name="启用").click()
        page.get_by_role("link", name="已经收好", exact=False).click()
    elif "/login/code/" in page.url:
        _type_code(page, username)
        page.get_by_role("button", name="进入").click()


def _type_code(page: Page, username: str) -> None:
    """A code is good once (tests/orgs asks that) and a while before its time and after: here the
    last use is forgotten.
    """
    SecondFactor.objects.filter(user__username=username).update(last_step=0)
    made = second_factor.code_at(_SECRETS[username], timezone.now())
    page.locator("#code").fill(made)


_UNDER_WAY: WeakKeyDictionary[Page, set[Request]] = WeakKeyDictionary()
"""What each page has asked for and not got yet."""


def follow(page: Page) -> None:
    """Notes from now on what a page asks for, for `settle`."""
    asked = _UNDER_WAY[page] = set[Request]()

    def begun(request: Request) -> None:
        asked.add(request)

    def ended(request: Request) -> None:
        asked.discard(request)

    page.on("request", begun)
    page.on("requestfinished", ended)
    page.on("requestfailed", ended)


def settle(page: Page, *, within: float = 15) -> None:
    """Waits until a page is loaded and has what it asked for; not half a second more, as
    “networkidle” does.
    """
    page.wait_for_load_state()
    asked, quiet, until = _UNDER_WAY[page], 0, time.monotonic() + within
    while quiet < 2:
        page.wait_for_timeout(40)
        quiet = 0 if asked else quiet + 1
        assert time.monotonic() < until, [one.url for one in asked]


def visit(page: Page, address: str) -> None:
    """Goes to a page and waits until it has what it asks for."""
    page.goto(address)
    settle(page)


def leave(page: Page) -> None:
    """Log out; the device forgets first, so this takes a moment."""
    if "/site/" in page.url:
        page.get_by_role("link", name="返回系统").click()
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_label("密码")).to_be_visible()


def is_accessible(page: Page) -> None:
    """No fault that axe finds, and nothing wider than the window."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    fits(page)


def fits(page: Page) -> None:
    """Nothing is wider than the window."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1"), page.url


def picture(page: Page, name: str) -> None:
    """A screenshot for the manual, renewed by `make accept`."""
    if os.environ.get("TAIZHANG_ACCEPT"):
        (MANUAL / name).parent.mkdir(parents=True, exist_ok=True)
        more: dict[str, Any] = {"type": "jpeg", "quality": 60} if name.endswith(".jpg") else {}
        page.screenshot(path=MANUAL / name, **more)


def picture_of_laptop(page: Page, name: str) -> None:
    """One more at the width of an older laptop; no page is loaded again for it."""
    whole = page.viewport_size
    if whole and os.environ.get("TAIZHANG_ACCEPT"):
        page.set_viewport_size({"width": 1366, "height": 768})
        picture(page, f"1366/{name}")
        page.set_viewport_size(whole)
