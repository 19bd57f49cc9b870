"""Work that goes on after the page has answered."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connections

_AT_ONCE: ContextVar[bool] = ContextVar("background_at_once", default=False)


@contextmanager
def at_once() -> Iterator[None]:
    """A process that ends when its command is done has no background: all is done before it goes on."""
    was = _AT_ONCE.set(True)
    try:
        yield
    finally:
        _AT_ONCE.reset(was)


def start(work: Callable[[], None]) -> None:
    """Do it in a thread of its own, which gives its connections back; it ends with the process."""
    if _AT_ONCE.get():
        work()
        return

    def run() -> None:
        try:
            work()
        finally:
            connections.close_all()

    threading.Thread(target=run, daemon=True).start()
