"""Steps that journeys share: logging in, axe, pictures for the manual."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from taizhang.demo import seed

CHROMIUM = os.environ.get("TAIZHANG_CHROMIUM", "/usr/bin/chromium")
MANUAL = Path(__file__).resolve().parents[2] / "docs" / "manual"
MARKS = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(
        not Path(CHROMIUM).exists() and not os.environ.get("CI"), reason="no chromium"
    ),
]


def enter(page: Page, username: str) -> None:
    """Log in."""
    page.goto("/login/")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(seed.PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("button", name="退出")).to_be_visible()


def leave(page: Page) -> None:
    """Log out; the device forgets first, so this takes a moment."""
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_label("密码")).to_be_visible()


def is_accessible(page: Page) -> None:
    """No fault that axe finds, and nothing wider than the window."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1"), page.url


def picture(page: Page, name: str) -> None:
    """A screenshot for the manual, renewed by `make accept`."""
    if os.environ.get("TAIZHANG_ACCEPT"):
        (MANUAL / name).parent.mkdir(parents=True, exist_ok=True)
        more: dict[str, Any] = {"type": "jpeg", "quality": 60} if name.endswith(".jpg") else {}
        page.screenshot(path=MANUAL / name, **more)
