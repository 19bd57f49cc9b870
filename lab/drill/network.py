"""The network between a process and a server, which can be cut in the middle of whatever goes over
it.
"""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_PIECE = 65536
_AT_ONCE = struct.pack("ii", 1, 0)
"""Close without a farewell: the other side gets a reset."""


class Network:
    """Hands everything on from a port of its own to a server's, until it is cut."""

    def __init__(self, server: tuple[str, int]) -> None:
        """Begin at once."""
        self.server = server
        self.cuts = 0
        self._open: set[socket.socket] = set()
        self._is_cut = False
        self._lock = threading.Lock()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]
        threading.Thread(target=self._let_in, daemon=True).start()

    def cut(self) -> None:
        """Break every connection where it is, and let none in."""
        with self._lock:
            self._is_cut = True
            self.cuts += len(self._open)
            for one in self._open:
                self._break(one)
            self._open.clear()

    def mend(self) -> None:
        """Let in who comes from now on."""
        with self._lock:
            self._is_cut = False

    def end(self) -> None:
        """Cut it for ever."""
        self.cut()
        self._door.close()

    @staticmethod
    def _break(one: socket.socket) -> None:
        with suppress(OSError):
            one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
        one.close()

    def _let_in(self) -> None:
        while True:
            try:
                near, _ = self._door.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(self.server, timeout=10)
            except OSError:
                self._break(near)
                continue
            far.settimeout(None)
            with self._lock:
                if self._is_cut:
                    self._break(near)
                    self._break(far)
                    continue
                self._open |= {near, far}
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while piece := one.recv(_PIECE):
                other.sendall(piece)
        with suppress(OSError):
            other.shutdown(socket.SHUT_WR)


@contextmanager
def to(host: str, port: int) -> Iterator[Network]:
    """A network to that server for the time of a drill."""
    made = Network((host, port))
    try:
        yield made
    finally:
        made.end()
