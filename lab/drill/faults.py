"""The kinds of faults: each lets people write, does its harm, and answers what was acknowledged until then."""

from __future__ import annotations

import http.client
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from lab.drill import processes
from lab.ports import free_port, wait_for

LONGEST = 1.5
"""Seconds until the harm, at most."""
_HOUR = 3600


@dataclass(frozen=True)
class Drill:
    """Where it happens, what processes are told, and the draw of moments."""

    folder: Path
    env: dict[str, str]
    draw: random.Random

    def moment(self) -> float:
        """Seconds from the start to the harm."""
        return self.draw.uniform(0.005, LONGEST)


def _written(drill: Drill, before: tuple[str, ...] = (), **more: str) -> list[str]:
    """What a writer acknowledged before it was killed."""
    words = [*before, sys.executable, "-c", processes.WRITER]
    with subprocess.Popen(  # noqa: S603
        words, env=drill.env | more, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL if more else None
    ) as writer:  # fmt: skip
        if writer.stdout is None or writer.stdout.readline().strip() != "ready":
            raise SystemExit("the writer did not begin")
        time.sleep(drill.moment())
        writer.send_signal(signal.SIGKILL)
        said = writer.stdout.read()
    return said[: said.rfind("\n") + 1].splitlines()


def writer(drill: Drill) -> list[str]:
    """Killed in the middle of whatever it does."""
    return _written(drill)


def clock(drill: Drill) -> list[str]:
    """The same with a wrong clock."""
    return _written(drill, DRILL_SHIFT=str(drill.draw.choice((-_HOUR, 24 * _HOUR))))


def full(drill: Drill) -> list[str]:
    """No file may be written beyond a bound; what does not fit is refused, and what was acknowledged stays."""
    held = (drill.folder / "taizhang.sqlite3").stat().st_size
    room = drill.draw.randrange(20_000, held + held // 2)
    return _written(drill, DRILL_ROOM=str(room), DRILL_GOES_ON="1")


def shut(drill: Drill) -> list[str]:
    """The folder of files takes nothing; records go on."""
    files = drill.folder / "evidence"
    files.mkdir(exist_ok=True)
    if os.getuid():
        files.chmod(0o500)
        try:
            return _written(drill, DRILL_GOES_ON="1")
        finally:
            files.chmod(0o700)
    # Whom nothing is forbidden gets a view of the files that cannot be written.
    view = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"'
    return _written(drill, ("unshare", "--mount", "sh", "-c", view, str(files)), DRILL_GOES_ON="1")


def torn(drill: Drill) -> list[str]:
    """A file that is there is cut short: the doctor must say so, and the same upload again makes it whole."""
    said = _written(drill)
    files = [one for one in (drill.folder / "evidence" / "files").rglob("*") if one.is_file()]
    whole = [
        one
        for one in files
        if any(one.name.startswith(line.split()[1]) for line in said if line.startswith("file"))
    ]
    if not whole:
        return said
    chosen = drill.draw.choice(whole)
    data = chosen.read_bytes()
    chosen.chmod(0o600)
    chosen.write_bytes(data[: drill.draw.randrange(len(data))])
    if "✗" not in processes.doctor(drill.env):
        raise SystemExit(f"the doctor did not see that {chosen.name} was cut")
    processes.python(drill.env, processes.AGAIN, data)
    return said


def backend(drill: Drill) -> list[str]:
    """A process of PostgreSQL dies, and all others with it; the site comes back by itself."""
    done: list[str] = []

    def write() -> None:
        done.extend(_written(drill, DRILL_GOES_ON="1"))

    writing = threading.Thread(target=write)
    writing.start()
    time.sleep(LONGEST)
    found = subprocess.run(
        ["pgrep", "-f", "postgres: .* (idle|INSERT|UPDATE|SELECT|COMMIT|BEGIN)"], capture_output=True, text=True, check=False,  # noqa: S607
    )  # fmt: skip
    if found.stdout.split():
        os.kill(int(drill.draw.choice(found.stdout.split())), signal.SIGKILL)
    writing.join()
    time.sleep(LONGEST)
    return done


def site(drill: Drill) -> list[str]:
    """A worker or the master of the site dies while keepers enter."""
    cookie = processes.python(drill.env, processes.SESSIONS)
    told: list[str] = []
    with _served(drill) as (master, port):
        stop = threading.Event()
        keepers = [
            threading.Thread(target=_enter, args=(port, cookie, told, stop)) for _ in range(3)
        ]
        for keeper in keepers:
            keeper.start()
        time.sleep(drill.moment() + 1)
        children = Path(f"/proc/{master}/task/{master}/children").read_text("utf-8").split()
        os.kill(int(drill.draw.choice([*children, str(master)])), signal.SIGKILL)
        time.sleep(drill.moment())
        stop.set()
        for keeper in keepers:
            keeper.join()
        for child in children:
            try:
                os.kill(int(child), signal.SIGKILL)
            except ProcessLookupError:
                continue
    return told


@contextmanager
def _served(drill: Drill) -> Iterator[tuple[int, int]]:
    """The site on two processes; its number and port."""
    port = free_port()
    words = ["-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "-w", "2", "-b", f"127.0.0.1:{port}"]  # fmt: skip
    with subprocess.Popen(  # noqa: S603
        [sys.executable, *words], env=drill.env, stderr=subprocess.DEVNULL
    ) as gunicorn:
        try:
            wait_for(port)
            yield gunicorn.pid, port
        finally:
            gunicorn.kill()


def _enter(port: int, cookie: str, told: list[str], stop: threading.Event) -> None:
    """Enter talks until told to stop; only an answer that leads on is an acknowledgement."""
    token = "a" * 32
    heads = {
        "Cookie": f"sessionid={cookie}; csrftoken={token}", "X-CSRFToken": token, "Content-Type": "application/x-www-form-urlencoded",
    }  # fmt: skip
    while not stop.is_set():
        topic = uuid4().hex
        said = {
            "held_on": "2016-11-08", "talker": "示例甲", "talked_to": "示例乙", "relation": "支委之间", "topic": topic, "content": "谈工作",
        }  # fmt: skip
        try:
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            line.request("POST", "/ledgers/talks/new/", urlencode(said), heads)
            if line.getresponse().status == http.HTTPStatus.FOUND:
                told.append(f"talk {topic} once")
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)


KINDS: dict[str, Callable[[Drill], list[str]]] = {
    "writer": writer, "site": site, "clock": clock, "full": full, "shut": shut, "torn": torn, "backend": backend,
}  # fmt: skip
