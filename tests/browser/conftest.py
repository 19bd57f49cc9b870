"""What every journey needs: a page that fails on errors, logging in, axe, and pictures for the
manual.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.test.testcases import _StaticFilesHandler
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from lab.chromium import CHROMIUM
from taizhang.demo import seed
from tests import database
from tests.browser.steps import ADDRESS, follow
from tests.checks.test_district import NOW as DISTRICT_NOW
from tests.conftest import NOW
from tests.make import Cast
from tests.modules import everybody

EXPECTED = ("422", "ERR_INTERNET_DISCONNECTED")
"""What a browser calls an error and a journey means: a refused form, and a hall without network."""


@pytest.fixture
def people(db: Any) -> Cast:
    """The cast, in earnest."""
    return everybody(NOW)


_DISTRICTS: dict[int, Path] = {}
"""By the number of branches: the database and the files, once loaded."""


@pytest.fixture
def district(db: Any, tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], None]:
    """Makes the invented district of so many branches: loaded once in a process, copied for each
    journey.
    """

    def load(branches: int) -> None:
        files = Path(storages["evidence"].path(""))
        kept = _DISTRICTS.get(branches)
        if kept is None:
            seed.load(now=DISTRICT_NOW, branches=branches, say=lambda line: None)
            kept = _DISTRICTS[branches] = tmp_path_factory.mktemp("district")
            database.keep(kept / "rows.sqlite3")
            shutil.copytree(files, kept / "files")
        else:
            database.restore(str(kept / "rows.sqlite3"))
            shutil.copytree(kept / "files", files, dirs_exist_ok=True)

    return load


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


@pytest.fixture(scope="session", autouse=True)
def _the_site_itself_serves_styles() -> Iterator[None]:
    """As in earnest: not the server of tests, which has a way of its own for them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_StaticFilesHandler, "_should_handle", lambda handler, path: False)
        yield


@pytest.fixture(params=[1440, pytest.param(390, marks=pytest.mark.night)])
def width(request: pytest.FixtureRequest) -> int:
    """By day at 1440 px, by night at 390 px too; `PHONE` and `BOTH` say it otherwise."""
    return int(request.param)


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, width: int) -> Iterator[Page]:
    """A page that fails the test on a script error or a failed request."""
    expect.set_options(timeout=15_000)
    ADDRESS["url"] = live_server.url
    wrong: list[str] = []
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": width, "height": 900}, locale="zh-CN"
    )
    context.on("page", follow)
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
