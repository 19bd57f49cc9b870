"""A small cast: a committee with two branches, and somebody for each role."""

from __future__ import annotations

import gc
import itertools
import os
import threading
from collections.abc import Generator, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from _pytest.unraisableexception import gc_collect_iterations_key
from django.conf import settings as django_settings
from django.test import Client, TransactionTestCase, override_settings
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker
from pytest_django.plugin import blocking_manager_key

from taizhang.documents import scanned
from taizhang.kernel.jobs import queue
from taizhang.orgs.models import User
from tests import database
from tests.make import Cast, as_it_is_now, cast
from tests.modules import States, storages_at
from tests.walks import counted_once

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
settings.register_profile(
    "quick", max_examples=8, deadline=None, suppress_health_check=list(HealthCheck)
)
settings.register_profile(
    "night", max_examples=600, deadline=None, suppress_health_check=list(HealthCheck)
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))
NOW = datetime(2018, 10, 25, 4, 0, tzinfo=UTC)


TEMPLATE = pytest.StashKey[str]()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection() -> Generator[None, object, object]:
    """Hardly anything of a collection is garbage, and what is there after it stays: only what tests
    add is looked through, and that seldom.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(20_000, 20, 100)
        gc.enable()


def pytest_configure(config: pytest.Config) -> None:
    """What tests left to be collected is looked for once at the end, among all that is loaded; not
    five times.
    """
    config.stash[gc_collect_iterations_key] = 1


def pytest_unconfigure() -> None:
    """What was set aside is let go at the end, or libraries tell of leaks."""
    gc.unfreeze()


def pytest_sessionstart(session: pytest.Session) -> None:
    """A run with `-n` makes the template before processes start, and stops here if a migration is
    missing.
    """
    if getattr(session.config.option, "numprocesses", None) is not None:
        with session.config.stash[blocking_manager_key].unblock():
            template_or_stop()


def template_or_stop() -> str:
    """The template; a missing migration ends the whole run."""
    try:
        return database.template()
    except database.MigrationMissing as missing:
        pytest.exit(str(missing), returncode=1)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """What migrations put there (the calendar) is put back after a test that emptied
    every table.
    """
    yield
    if empties_the_database(item) and TEMPLATE in item.config.stash:
        with item.config.stash[blocking_manager_key].unblock():
            database.restore(item.config.stash[TEMPLATE])


BROWSER = "tests/browser/"
LONG = (
    "tests/architecture/test_rights.py",
    "tests/checks/test_batch.py",
    "tests/papers/test_rendered.py",
    "tests/rules/test_engines_agree.py",
    "tests/web/test_bad_input.py",
    "tests/checks/test_after_every_change.py",
    "tests/ledgers/test_every_kind.py",
    "tests/fuzz/test_malformed.py",
    "tests/architecture/test_actions.py",
    "tests/checks/test_own_ledgers.py",
    "tests/checks/test_district.py",
    "tests/intake/",
    "tests/papers/test_papers.py",
    "tests/config/test_upgrade.py",
    "tests/demo/",
    "tests/web/test_sign_on.py",
    "tests/fuzz/test_api.py",
    "tests/kernel/test_all_tables.py",
    "tests/architecture/test_acts_of_a_round.py",
    "tests/lab/test_drill.py",
    "tests/inspection/",
)
"""What takes longest beside the journeys, in the order in which it begins: so at the end no process
waits for one of them.

The first of three that ask DuckDB for all rules keeps what it compiled in eighteen seconds; the
others come when it is there.
"""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of a module first the tests that empty the database: they would wait for ever for what a
    transaction of the module locks.
    """
    first = {item.path: at for at, item in reversed(list(enumerate(items)))}
    many = getattr(config.option, "numprocesses", None) or "PYTEST_XDIST_WORKER" in os.environ
    ranks = _ranks(list(dict.fromkeys(map(_module, items)))) if many else {}
    items.sort(
        key=lambda item: (
            ranks.get(_module(item), 0),
            first[item.path],
            not empties_the_database(item),
        )
    )


def _module(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0]


def _ranks(modules: list[str]) -> dict[str, float]:
    """The place of each module: of three one that computes beside two with journeys, which mostly
    wait for a browser.
    """
    found, journeys = {}, 0
    for name in modules:
        at = next((at for at, long in enumerate(LONG) if name.startswith(long)), len(modules))
        found[name] = float(at * 2) + 1.5
        if name.startswith(BROWSER):
            found[name], journeys = float(journeys), journeys + 1
    return found


def empties_the_database(item: pytest.Item) -> bool:
    """Whether a test runs without a transaction, so that every table is emptied after it."""
    mark = item.get_closest_marker("django_db")
    fixtures = {"live_server", "transactional_db"}.intersection(getattr(item, "fixturenames", ()))
    return bool(fixtures) or (mark is not None and bool(mark.kwargs.get("transaction")))


@pytest.fixture(autouse=True)
def worker_at_rest(request: pytest.FixtureRequest) -> Iterator[None]:
    """A worker that a test woke ends with it, while it may still ask the database."""
    if empties_the_database(request.node):
        request.getfixturevalue("transactional_db")
    yield
    for thread in [one for one in threading.enumerate() if one.name == "worker"]:
        if told := getattr(thread, "_kwargs", None):
            told["stopped"].set()
        queue.WOKEN.set()
        thread.join(timeout=20)


@pytest.fixture(scope="session", autouse=True)
def _emptied_once() -> Iterator[None]:
    """The template is put back after a test that runs without a transaction: nobody need empty the
    tables before.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: None)
        yield


@pytest.fixture(scope="session", autouse=True)
def _cheap_passwords() -> None:
    """A password is made hard to guess by the time that each try takes; tests need none of it."""
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session", autouse=True)
def _pictures_are_not_read() -> Iterator[None]:
    """What a test sees does not depend on whether the extra `ocr` is installed; `test_scanned.py`
    says where it does.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scanned, "available", lambda: False)
        yield


@pytest.fixture
def now() -> datetime:
    """The moment of the test."""
    return NOW


@pytest.fixture
def today() -> date:
    """The day of the test."""
    return NOW.date()


@pytest.fixture(scope="session")
def states(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> States:
    """States of the database that modules share."""
    return States(
        tmp_path_factory.mktemp("states"), django_db_blocker, request.config.stash[TEMPLATE]
    )


@pytest.fixture(scope="module")
def _cast_once(states: States) -> Iterator[Cast]:
    """The cast, for a module."""
    with states.entered("cast", lambda: cast(NOW)) as found:
        yield found


@pytest.fixture
def people(_cast_once: Cast, db: Any) -> Cast:
    """The cast, made once; every test is rolled back to it, and has objects of its own."""
    return as_it_is_now(_cast_once)


@pytest.fixture(scope="module")
def menu_counted_once() -> Iterator[None]:
    """For modules that open many pages and ask none of them what waits behind the menu."""
    with counted_once():
        yield


@pytest.fixture
def login() -> Any:
    """A client that is logged in as somebody."""

    def enter(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return enter


@pytest.fixture(scope="session")
def places(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the files of tests go, each in a folder that is made when something is written."""
    return tmp_path_factory.mktemp("places")


_NUMBERS = itertools.count()


@pytest.fixture(autouse=True)
def evidence_folder(request: pytest.FixtureRequest, settings: Any, places: Path) -> None:
    """Files of tests go where the test goes, or where those are that were made once for
    its module.
    """
    of_module = "evidence_of_module" in request.fixturenames
    own = places / str(next(_NUMBERS)) / "evidence"
    place = request.getfixturevalue("evidence_of_module") if of_module else own
    settings.STORAGES = storages_at(place)


@pytest.fixture(scope="module")
def evidence_of_module(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder of files for what is made once for a module."""
    place = tmp_path_factory.mktemp("evidence")
    with override_settings(STORAGES=storages_at(place)):
        yield place


@pytest.fixture(autouse=True)
def head_of_journal(places: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has a database of its own to keep the head of."""
    own = places / f"{next(_NUMBERS)}.head"
    monkeypatch.setattr("taizhang.kernel.journal.heads.path", lambda: own)


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """A copy of the template for the process."""
    with django_db_blocker.unblock():
        name = template_or_stop()
        own = database.take(name)
    request.config.stash[TEMPLATE] = name
    yield
    del request.config.stash[TEMPLATE]
    with django_db_blocker.unblock():
        database.drop(own)
