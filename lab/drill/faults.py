"""The kinds of faults: each lets people write, does its harm, and answers what was acknowledged until then."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO

from lab.drill import keepers, processes
from lab.drill.places import LONGEST, Drill

_HOUR = 3600
_PATIENCE = 60.0
"""Seconds in which a harm must be felt."""
Harm = Callable[[int], AbstractContextManager[None]]
"""(number of the process) → while it lasts, something does not work."""


def _written(
    drill: Drill, before: tuple[str, ...] = (), harm: Harm | None = None, **more: str
) -> list[str]:
    """What a writer acknowledged before it was killed; with a harm it is killed after that was felt and has passed."""
    words = [*before, sys.executable, "-c", processes.WRITER]
    quiet = subprocess.DEVNULL if more or harm else None
    goes_on = {"DRILL_GOES_ON": "1"} if harm else {}
    with subprocess.Popen(  # noqa: S603
        words, env=drill.env | more | goes_on, text=True, stdout=subprocess.PIPE, stderr=quiet
    ) as writer:
        if writer.stdout is None or writer.stdout.readline().strip() != "ready":
            raise SystemExit("the writer did not begin")
        felt = ""
        if harm is not None:
            time.sleep(drill.moment())
            with harm(writer.pid):
                felt = _until_refused(writer.stdout)
        time.sleep(drill.moment())
        writer.send_signal(signal.SIGKILL)
        said = felt + writer.stdout.read()
    return said[: said.rfind("\n") + 1].splitlines()


def _until_refused(said: IO[str]) -> str:
    """What is said up to the first act that is refused."""
    found, until = "", time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        line = said.readline()
        found += line
        if line.startswith("refused"):
            return found
    raise SystemExit("nothing was refused: the harm was not felt")


def writer(drill: Drill) -> list[str]:
    """Killed in the middle of whatever it does."""
    return _written(drill)


def clock(drill: Drill) -> list[str]:
    """The same with a wrong clock."""
    return _written(drill, DRILL_SHIFT=str(drill.draw.choice((-_HOUR, 24 * _HOUR))))


def full(drill: Drill) -> list[str]:
    """The disk fills up: what does not fit is refused, what was acknowledged stays, and with room again all goes on."""
    said = _written(drill, harm=lambda pid: _filled(drill, pid))
    return said + _written(drill)


def words(drill: Drill) -> list[str]:
    """Who enters while the disk is full is told so in words, and can go on when there is room again."""
    cookie = processes.python(drill.env, processes.SESSIONS)
    with keepers.served(drill.env) as (master, port):
        told = [keepers.entered(port, cookie)]
        with _filled(drill, *keepers.workers(master), room=0):
            # The database goes on for a while in the room that its own files have.
            while told[-1].startswith("talk"):
                told.append(keepers.entered(port, cookie))
        again = keepers.entered(port, cookie)
    if not again.startswith("talk"):
        raise SystemExit("with room again nothing could be entered")
    return [*told, again]


@contextmanager
def _filled(drill: Drill, *pids: int, room: int | None = None) -> Iterator[None]:
    """No room on the disk but a little; where it is no disk of its own, no file of these processes may grow."""
    left = drill.draw.randrange(4_096, 120_000) if room is None else room
    if drill.is_disk:
        filler = drill.folder / "filler"
        try:
            _fill(filler, left)
            yield
        finally:
            filler.unlink()
        return
    before = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in pids}
    for pid, (_, hard) in before.items():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (min(left, 30_000), hard))
    try:
        yield
    finally:
        for pid, limits in before.items():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)


def _fill(filler: Path, left: int) -> None:
    """Take all the room but so much, while others take of it as well."""
    with filler.open("wb") as file:
        for _ in range(100):
            room = shutil.disk_usage(filler.parent).free - left
            try:
                os.posix_fallocate(file.fileno(), 0, max(1, room))
            except OSError:
                continue
            return
    raise SystemExit("the disk could not be filled")


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


def bucket(drill: Drill) -> list[str]:
    """The network to the files is lost in the middle: what could not be kept is refused, in words, and then all goes on."""
    said = _written(drill, harm=lambda _: _cut(drill))
    strange = [line for line in said if line.startswith("refused") and "Unreachable" not in line]
    return [*said, *(f"bare {line}" for line in strange)]


@contextmanager
def _cut(drill: Drill) -> Iterator[None]:
    if drill.network is None:
        raise SystemExit("this place has no network")
    drill.network.cut()
    try:
        yield
    finally:
        drill.network.mend()


def backend(drill: Drill) -> list[str]:
    """A process of PostgreSQL dies, and all others with it; the site comes back by itself."""
    return _written(drill, harm=lambda _: _without_session(drill, processes.KILLED))


def session(drill: Drill) -> list[str]:
    """PostgreSQL ends the session of a writer, who begins another."""
    return _written(drill, harm=lambda _: _without_session(drill, processes.TERMINATED))


@contextmanager
def _without_session(drill: Drill, script: str) -> Iterator[None]:
    if not int(processes.python(drill.env, script)):
        raise SystemExit("there was no session to end")
    yield


def database(drill: Drill) -> list[str]:
    """The network to the database is lost while keepers enter: each is told in words, and goes on when it is back."""
    cookie = processes.python(drill.env, processes.SESSIONS)
    with keepers.served(drill.env) as (_, port):
        with keepers.entering(port, cookie) as told:
            time.sleep(drill.moment() + 1)
            with _cut(drill):
                time.sleep(drill.moment())
            time.sleep(drill.moment())
        again = [keepers.entered(port, cookie) for _ in range(2)]
    if not again[-1].startswith("talk"):
        raise SystemExit(f"with the network back nothing could be entered: {again[-1]}")
    return [*told, *again]


def site(drill: Drill) -> list[str]:
    """A worker or the master of the site dies while keepers enter."""
    cookie = processes.python(drill.env, processes.SESSIONS)
    with keepers.served(drill.env) as (master, port), keepers.entering(port, cookie) as told:
        time.sleep(drill.moment() + 1)
        children = keepers.workers(master)
        os.kill(drill.draw.choice([*children, master]), signal.SIGKILL)
        time.sleep(drill.moment())
        for child in children:
            threading.Timer(LONGEST, _end, [child]).start()
    return told


def _end(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


KINDS: dict[str, tuple[str, Callable[[Drill], list[str]]]] = {
    "writer": ("folder", writer), "site": ("folder", site), "clock": ("folder", clock), "full": ("disk", full), "words": ("disk", words),
    "shut": ("folder", shut), "torn": ("disk", torn), "bucket": ("bucket", bucket), "backend": ("postgres", backend),
    "session": ("postgres", session), "database": ("postgres", database),
}  # fmt: skip
"""Each kind, the place where it happens, and what it does."""
