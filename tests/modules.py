"""Data that is made once for a module."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest
from django.conf import settings
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from tests import database
from tests.make import Cast, as_it_is_now, cast

T = TypeVar("T")


@contextmanager
def transaction_of_module(blocker: DjangoDbBlocker) -> Iterator[None]:
    """What is stored inside stays for every test of the module, and is gone after the last."""
    with blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        try:
            yield
        finally:  # also where what is to be stored failed: the next module must find nothing of it
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)


@dataclass
class States:
    """States of the database that many modules begin with: each is made once in a process, and
    copied from a file after.
    """

    folder: Path
    blocker: DjangoDbBlocker
    now: str
    """The file that the database is a copy of."""
    made: dict[str, tuple[str, Any]] = field(default_factory=dict)
    """By its name: the file of a state, and what making it gave."""

    @contextmanager
    def entered(self, name: str, make: Callable[[], T]) -> Iterator[T]:
        """The database as `make` leaves it, and what that gave; as it was before when the module is
        done.
        """
        with self.blocker.unblock():
            copied = connection.vendor == "sqlite" and not connection.in_atomic_block
        if (
            not copied
        ):  # PostgreSQL copies whole databases only, and nothing is copied into a transaction
            with transaction_of_module(self.blocker):
                yield make()
            return
        before = self.now
        with self.blocker.unblock():
            self.now, told = self.made.get(name) or self._make(name, make)
            database.become(self.now)
        try:
            yield told
        finally:
            self.now = before
            with self.blocker.unblock():
                database.become(before)

    def _make(self, name: str, make: Callable[[], Any]) -> tuple[str, Any]:
        """Nothing of what follows a commit in earnest is done: nobody waits for it."""
        with transaction.atomic():
            told = make()
            connection.run_on_commit.clear()
        file = self.folder / f"{name}.sqlite3"
        database.keep(file)
        self.made[name] = (str(file), told)
        return self.made[name]


def begins_with(make: Callable[[Cast], object]) -> Any:
    """A fixture of a module, whose tests begin with what this makes of the cast: once, and each is
    rolled back to it.
    """

    @pytest.fixture(scope="module", autouse=True)
    def begun(states: States, _cast_once: Cast) -> Iterator[None]:
        with states.entered(make.__module__, lambda: make(as_it_is_now(_cast_once))):
            yield

    return begun


def storages_at(place: Path) -> dict[str, Any]:
    """The storages, with the evidence in a folder of the tests."""
    given: dict[str, Any] = settings.STORAGES
    own = {"evidence": place, "made": place.with_name("made")}
    return given | {
        alias: given[alias] | {"OPTIONS": {"location": folder, "base_url": None}}
        for alias, folder in own.items()
    }


_CASTS: dict[datetime, tuple[Path, Cast]] = {}
"""Those that were made in this process, by their moment: the database with them."""


def everybody(now: datetime) -> Cast:
    """The cast, stored in earnest, for tests without a transaction: made once in a process, then
    copied.
    """
    if connection.vendor != "sqlite":
        return cast(now)
    if now in _CASTS:
        file, kept = _CASTS[now]
        database.restore(str(file))
        return as_it_is_now(kept)
    with transaction.atomic():
        made = cast(now)
        connection.run_on_commit.clear()
    _CASTS[now] = Path(f"{connection.settings_dict['NAME']}-{now:%Y%m%d}"), made
    database.keep(_CASTS[now][0])
    return made
