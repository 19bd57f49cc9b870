"""A port of one's own, and the moment when a site answers on it."""

from __future__ import annotations

import http.client
import socket
import time

_STARTS = 120
"""Seconds within which the site must answer."""


def free_port() -> int:
    """One that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    """Until the site says that it is well."""
    until = time.monotonic() + _STARTS
    while time.monotonic() < until:
        try:
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            line.request("GET", "/healthy/")
            if line.getresponse().status == http.HTTPStatus.OK:
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the site did not begin")
