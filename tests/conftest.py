"""A small cast: a committee with two branches, and somebody for each role."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, settings

from taizhang.orgs.models import Organisation, User
from tests.make import Cast, cast
from tests.modules import transaction_of_module

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
settings.register_profile(
    "quick", max_examples=15, deadline=None, suppress_health_check=list(HealthCheck)
)
settings.register_profile(
    "night", max_examples=600, deadline=None, suppress_health_check=list(HealthCheck)
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))
NOW = datetime(2018, 10, 25, 4, 0, tzinfo=UTC)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that empty the database run last: what migrations put there (the calendar) is gone after them.

    pytest-django puts them there too, but then those with a browser are drawn together, wherever the first one stands.
    """
    items.sort(key=empties_the_database)


def empties_the_database(item: pytest.Item) -> bool:
    """Whether a test runs without a transaction, so that every table is emptied after it."""
    mark = item.get_closest_marker("django_db")
    fixtures = {"live_server", "transactional_db"}.intersection(getattr(item, "fixturenames", ()))
    return bool(fixtures) or (mark is not None and bool(mark.kwargs.get("transaction")))


@pytest.fixture
def now() -> datetime:
    """The moment of the test."""
    return NOW


@pytest.fixture
def today() -> date:
    """The day of the test."""
    return NOW.date()


@pytest.fixture(scope="module")
def _cast_once(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cast]:
    """The cast in a transaction of the module."""
    with transaction_of_module(django_db_blocker):
        yield cast(NOW)


@pytest.fixture
def people(_cast_once: Cast, db: Any) -> Cast:
    """The cast, made once for a module; every test is rolled back to it, and has objects of its own."""
    kept = _cast_once
    users = User.objects.in_bulk([user.pk for user in kept.users.values()])
    places = Organisation.objects.in_bulk([kept.committee.pk, kept.own.pk, kept.other.pk])
    return replace(
        kept,
        committee=places[kept.committee.pk],
        own=places[kept.own.pk],
        other=places[kept.other.pk],
        users={role: users[user.pk] for role, user in kept.users.items()},
    )


@pytest.fixture
def login() -> Any:
    """A client that is logged in as somebody."""

    def enter(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return enter


@pytest.fixture(autouse=True)
def evidence_folder(settings: Any, tmp_path: Any) -> None:
    """Files of tests go where the test goes."""
    place = {"location": tmp_path / "evidence", "base_url": None}
    settings.STORAGES = settings.STORAGES | {
        "evidence": settings.STORAGES["evidence"] | {"OPTIONS": place}
    }


@pytest.fixture(autouse=True)
def head_of_journal(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has a database of its own to keep the head of."""
    monkeypatch.setattr("taizhang.kernel.heads.path", lambda: tmp_path / "test.head")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Tests that run without a transaction of their own empty every table after: the journal lets them here, and only here."""
    from django.db import connection

    from taizhang.kernel.append_only import DROP, DROP_WHOLE

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(DROP["sqlite"][1])
        for sql in DROP_WHOLE[connection.vendor]:
            cursor.execute(sql)
