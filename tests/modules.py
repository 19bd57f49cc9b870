"""Data that is made once for a module."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from pytest_django import DjangoDbBlocker


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


def storages_at(place: Path) -> dict[str, Any]:
    """The storages, with the evidence in a folder of the tests."""
    given: dict[str, Any] = settings.STORAGES
    own = {"evidence": place, "made": place.with_name("made")}
    return given | {
        alias: given[alias] | {"OPTIONS": {"location": folder, "base_url": None}}
        for alias, folder in own.items()
    }
