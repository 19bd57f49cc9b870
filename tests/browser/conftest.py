"""What every journey needs: a page that fails on errors, logging in, axe, and pictures for the manual."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from taizhang.demo import seed
from tests import database
from tests.browser.steps import ADDRESS, CHROMIUM
from tests.checks.test_district import NOW as DISTRICT_NOW
from tests.conftest import NOW
from tests.make import Cast, cast

EXPECTED = ("422", "ERR_INTERNET_DISCONNECTED")
"""What a browser calls an error and a journey means: a refused form, and a hall without network."""


BY_NIGHT_ON_THE_PHONE = frozenset({
    "test_a_binder_is_dropped_confirmed_and_taken_back", "test_a_flag_is_explained_right_after_saving_and_read_by_who_checks",
    "test_a_member_moves_from_one_branch_to_the_other", "test_a_trial_is_waited_for_on_a_page_of_its_own",
    "test_an_account_is_opened_granted_and_seen_in_the_journal", "test_an_admission_from_application_to_conversion",
    "test_an_election_brings_a_new_term_and_chart", "test_an_office_sets_its_head_and_issues_papers_that_bear_it",
    "test_every_page_of_a_clerk_is_accessible", "test_four_years_of_dues_come_in_by_four_clicks",
    "test_one_looks_after_ones_own_account", "test_the_pages_of_changes_can_be_read_by_everybody",
    "test_what_changed_opens_its_rows_and_a_branch_sees_its_own_past",
})  # fmt: skip
"""Long journeys on pages that other tests look at on 390 px too: by day they go at 1440 px only."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put off to the night what a phone adds to the long journeys."""
    for item in items:
        params = item.callspec.params if hasattr(item, "callspec") else {}
        if (
            getattr(item, "originalname", "") in BY_NIGHT_ON_THE_PHONE
            and params.get("width") == 390
        ):
            item.add_marker("night")


@pytest.fixture
def people(db: Any) -> Cast:
    """The cast, in earnest: a browser's server does not see into a test's transaction."""
    return cast(NOW)


_DISTRICTS: dict[int, Path] = {}
"""By the number of branches: the database and the files, once loaded."""


@pytest.fixture
def district(db: Any, tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], None]:
    """Makes the invented district of so many branches: loaded once in a process, copied for each journey."""

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


@pytest.fixture(params=[1440, 390])
def width(request: pytest.FixtureRequest) -> int:
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
