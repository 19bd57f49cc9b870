"""Whether this process has a background; apart from the table, so that a command may ask before
Django is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

AT_ONCE: ContextVar[bool] = ContextVar("jobs_at_once", default=False)


@contextmanager
def at_once() -> Iterator[None]:
    """A process that ends when its command is done has no background: what it asks for it does
    itself, once committed.
    """
    was = AT_ONCE.set(True)
    try:
        yield
    finally:
        AT_ONCE.reset(was)
