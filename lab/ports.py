"""A port of one's own, and the moment when a site answers on it."""

from __future__ import annotations

import http.client
import socket
import time
from collections.abc import Callable

_STARTS = 900
"""Seconds within which the site must answer, if its process lives: beside other work a start takes
long.
"""


def free_port() -> int:
    """One that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, is_alive: Callable[[], bool]) -> None:
    """Until the site says that it is well."""
    until = time.monotonic() + _STARTS
    while time.monotonic() < until and is_alive():
        try:
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            line.request("GET", "/healthy/")
            if line.getresponse().status == http.HTTPStatus.OK:
                return
        except (OSError, http.client.HTTPException):
            pass
        time.sleep(0.05)
    raise SystemExit("the site did not begin")
