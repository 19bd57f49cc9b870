"""Work that goes on after the page has answered."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.db import connections


def start(work: Callable[[], None]) -> None:
    """Do it in a thread of its own, which gives its connections back; it ends with the process."""

    def run() -> None:
        try:
            work()
        finally:
            connections.close_all()

    threading.Thread(target=run, daemon=True).start()
