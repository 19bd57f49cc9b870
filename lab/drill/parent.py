"""A parent with the whole site loaded, whose children begin in milliseconds: loading it costs more
than what a drill asks.

It holds no connection and no thread that a child would share. A child is a process like any other:
it opens the database by itself, and is killed by its number. What it does is a function of
`lab.drill.acts`, by name.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, NoReturn

_LONGEST = 65_536
_ACTS = "lab.drill.acts"
_BEGUN = "import sys; from lab.drill import parent; parent.serve(int(sys.argv[1]))"
_BESIDE = (_ACTS, "taizhang.config.urls", "gunicorn.app.wsgiapp", "gunicorn.workers.gthread")
"""What children need and the settings do not load."""


@dataclass
class Child:
    """One that runs: its number, and what it says."""

    pid: int
    said: IO[str]
    _parent: Parent

    def kill(self) -> None:
        """SIGKILL, and wait until it is no more."""
        os.kill(self.pid, 9)
        self._parent.ended(self.pid)


class Parent:
    """The parent of one place; orders go to it over a socket."""

    def __init__(self, door: socket.socket, env: dict[str, str]) -> None:
        """Of a process that serves the other end of the door."""
        self.env = env
        self._door = door

    def begin(self, act: str, told: bytes = b"", *, quiet: bool = False, **words: Any) -> Child:
        """A child that does this."""
        with tempfile.TemporaryFile() as given:
            given.write(told)
            given.seek(0)
            mine, its = os.pipe()
            order = json.dumps({"act": act, "words": words, "quiet": quiet}).encode()
            socket.send_fds(self._door, [order], [given.fileno(), its])
            os.close(its)
            return Child(int(self._door.recv(64)), os.fdopen(mine, "r", encoding="utf-8"), self)

    def ended(self, pid: int) -> int:
        """Wait until that child has ended; its exit code, below nothing for the signal that killed
        it.
        """
        self._door.sendall(json.dumps({"wait": pid}).encode())
        return int(self._door.recv(64))

    @staticmethod
    def is_alive(pid: int) -> bool:
        """Whether it still runs: one that ended stays in the table until it is waited for."""
        state = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0]
        return state != "Z"

    def does(self, act: str, told: bytes = b"", *, fails: bool = False, **words: Any) -> str:
        """What a child says that does this to its end, which must be a good one unless
        it may fail.
        """
        child = self.begin(act, told, **words)
        with child.said:
            said = child.said.read()
        code = self.ended(child.pid)
        if code and not fails:
            raise SystemExit(f"{act} ended with {code}: {said}")
        return said.strip()


@contextmanager
def of(env: dict[str, str]) -> Iterator[Parent]:
    """A parent whose children have this environment."""
    ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours, its:
        words = [sys.executable, "-c", _BEGUN, str(its.fileno())]
        with subprocess.Popen(words, env=env, pass_fds=[its.fileno()]) as process:  # noqa: S603
            its.close()
            try:
                yield Parent(ours, env)
            finally:
                ours.close()
                process.wait()


def about(folder: Path, **more: str) -> dict[str, str]:
    """What processes of a drill are told: their own folder, and the database of the call only where
    the drill is about it.
    """
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    place = {
        "DJANGO_SETTINGS_MODULE": "taizhang.config.settings",
        "TAIZHANG_DATA": str(folder),
        "TAIZHANG_WORKER": "apart",
    }
    return {**kept, **place, "PYTHONPATH": str(Path.cwd()), **more}


def serve(number: int) -> None:
    """Fork a child for each order that comes by this socket, until nobody is at the other end."""
    import django  # noqa: PLC0415

    door = socket.socket(fileno=number)
    django.setup()
    for module in _BESIDE:
        importlib.import_module(module)
    if threading.active_count() != 1:
        raise SystemExit("a thread runs here that no child would have")
    gc.freeze()
    while True:
        said, given, _, _ = socket.recv_fds(door, _LONGEST, 2)
        if not said:
            return
        order = json.loads(said)
        if "wait" in order:
            status = os.waitpid(order["wait"], 0)[1]
            door.sendall(str(os.waitstatus_to_exitcode(status)).encode())
            continue
        pid = os.fork()
        if not pid:
            door.close()
            _become(order, *given)
        for one in given:
            os.close(one)
        door.sendall(str(pid).encode())


def _become(order: dict[str, Any], told: int, said: int) -> NoReturn:
    os.dup2(told, 0)
    os.dup2(said, 1)
    if order["quiet"]:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    for one in (told, said):
        os.close(one)
    code: object = 1
    try:
        code = getattr(importlib.import_module(_ACTS), order["act"])(**order["words"])
    except SystemExit as ended:
        code = ended.code
    except BaseException:  # noqa: BLE001  (whatever it was, this process goes no way back)
        traceback.print_exc()
    sys.stdout.flush()
    os._exit(code if isinstance(code, int) else 1 if code else 0)
