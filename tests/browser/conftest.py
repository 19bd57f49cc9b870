"""What every journey needs: a page that fails on errors, logging in, axe, and pictures for the manual."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.steps import CHROMIUM
from tests.conftest import NOW
from tests.make import Cast, cast

EXPECTED = ("422", "ERR_INTERNET_DISCONNECTED")
"""What a browser calls an error and a journey means: a refused form, and a hall without network."""


@pytest.fixture
def people(db: Any) -> Cast:
    """The cast, in earnest: a browser's server does not see into a test's transaction."""
    return cast(NOW)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    flags = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
    ]
    return browser_type_launch_args | {"executable_path": CHROMIUM, "args": flags}


@pytest.fixture(params=[1440, 390])
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, width: int) -> Iterator[Page]:
    """A page that fails the test on a script error or a failed request."""
    expect.set_options(timeout=8_000)
    wrong: list[str] = []
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": width, "height": 900}, locale="zh-CN"
    )
    opened = context.new_page()
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on(
        "console",
        lambda message: (
            wrong.append(message.text)
            if message.type == "error" and not any(told in message.text for told in EXPECTED)
            else None
        ),
    )
    yield opened
    context.close()
    assert wrong == []
