"""The kinds of faults: each lets people write, does its harm, and answers what was acknowledged
until then.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO

from lab.drill import keepers
from lab.drill.places import Drill

_HOUR = 3600
_PATIENCE = 600.0
"""Seconds in which a harm must be felt; a machine with other work is slow."""
_AT_WORK = 1.0
"""Seconds that a worker takes for what it is handed, about."""
Harm = Callable[[int], AbstractContextManager[None]]
"""(number of the process) → while it lasts, something does not work."""


def _written(drill: Drill, harm: Harm | None = None, shift: int = 0) -> list[str]:
    """What a writer acknowledged before it was killed; with a harm, after that was felt, has passed
    and all goes on.
    """
    harmed = harm is not None
    writer = drill.parent.begin("write", quiet=harmed or bool(shift), shift=shift, goes_on=harmed)
    with writer.said:
        if writer.said.readline().strip() != "ready":
            raise SystemExit("the writer did not begin")
        felt = "".join(writer.said.readline() for _ in range(drill.acts()))
        if harm is not None:
            time.sleep(drill.moment())
            with harm(writer.pid):
                felt += _until(writer.said, refused=True)
            felt += _until(writer.said, refused=False)
        time.sleep(drill.moment())
        writer.kill()
        said = felt + writer.said.read()
    return said[: said.rfind("\n") + 1].splitlines()


def _until(said: IO[str], *, refused: bool) -> str:
    """What is said up to the first act that is refused, or the first that is not."""
    found, until = "", time.monotonic() + _PATIENCE
    while time.monotonic() < until and (line := said.readline()):
        found += line
        if line.startswith("refused") is refused:
            return found
    raise SystemExit("the harm was not felt" if refused else "after the harm nothing went on")


def writer(drill: Drill) -> list[str]:
    """Killed in the middle of whatever it does."""
    return _written(drill)


def clock(drill: Drill) -> list[str]:
    """The same with a wrong clock."""
    return _written(drill, shift=drill.draw.choice((-_HOUR, 24 * _HOUR)))


def full(drill: Drill) -> list[str]:
    """The disk fills up: what does not fit is refused, what was acknowledged stays, and with room
    again all goes on.
    """
    return _written(drill, harm=lambda pid: _filled(drill, pid))


def words(drill: Drill) -> list[str]:
    """Who enters while the disk is full is told so in words, and can go on when there is room
    again.
    """
    cookie = drill.parent.does("come_in")
    with keepers.served(drill.parent) as (master, port):
        told = [keepers.entered(port, cookie)]
        with _filled(drill, *keepers.workers(master), room=0):
            # The database goes on for a while in the room that its own files have, or give back.
            while told[-1].startswith("talk"):
                if drill.is_disk:
                    _fill(drill.folder / "filler", 0)
                told.append(keepers.entered(port, cookie))
        again = keepers.entered(port, cookie)
    if not again.startswith("talk"):
        raise SystemExit("with room again nothing could be entered")
    return [*told, again]


@contextmanager
def _filled(drill: Drill, *pids: int, room: int | None = None) -> Iterator[None]:
    """No room on the disk but a little; where it is no disk of its own, no file of these processes
    may grow.
    """
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
    with filler.open("ab") as file:
        for _ in range(100):
            room = shutil.disk_usage(filler.parent).free - left
            if room <= 0:
                return
            try:
                os.posix_fallocate(file.fileno(), file.seek(0, os.SEEK_END), room)
            except OSError:
                continue
            return
    raise SystemExit("the disk could not be filled")


def shut(drill: Drill) -> list[str]:
    """The folder of files takes nothing: what needs it is refused, records go on, and then all
    does.
    """
    files = drill.folder / "evidence"
    files.mkdir(exist_ok=True)
    return _written(drill, harm=lambda _: _read_only(files))


@contextmanager
def _read_only(files: Path) -> Iterator[None]:
    """Whom nothing is forbidden gets a view of the folder that cannot be written."""
    if os.getuid():
        files.chmod(0o500)
    else:
        _run("mount", "--bind", str(files), str(files))
        _run("mount", "-o", "remount,bind,ro", str(files))
    try:
        yield
    finally:
        if os.getuid():
            files.chmod(0o700)
        else:
            _run("umount", "--lazy", str(files))


def _run(*words: str) -> None:
    subprocess.run(words, check=True)  # noqa: S603


def torn(drill: Drill) -> list[str]:
    """A file that is there is cut short: the doctor must say so, and the same upload again makes it
    whole.
    """
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
    if "✗ 佐证材料" not in drill.parent.does("doctor", fails=True):
        raise SystemExit(f"the doctor did not see that {chosen.name} was cut")
    drill.parent.does("upload", data)
    return said


def bucket(drill: Drill) -> list[str]:
    """The network to the files is lost in the middle: what could not be kept is refused, in words,
    and then all goes on.
    """
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
    return _written(drill, harm=lambda _: _without_session(drill, "kill_session"))


def session(drill: Drill) -> list[str]:
    """PostgreSQL ends the session of a writer, who begins another."""
    return _written(drill, harm=lambda _: _without_session(drill, "terminate_sessions"))


@contextmanager
def _without_session(drill: Drill, act: str) -> Iterator[None]:
    if not int(drill.parent.does(act)):
        raise SystemExit("there was no session to end")
    yield


def database(drill: Drill) -> list[str]:
    """The network to the database is lost while keepers enter: each is told in words, and goes on
    when it is back.
    """
    cookie = drill.parent.does("come_in")
    with keepers.served(drill.parent) as (_, port):
        with keepers.entering(port, cookie) as told:
            _wait_for(told, drill.acts(), drill)
            with _cut(drill):
                _wait_for(told, len(told) + 1, drill)
            _wait_for(told, len(told), drill)
        again = [keepers.entered(port, cookie) for _ in range(2)]
    if not again[-1].startswith("talk"):
        raise SystemExit(f"with the network back nothing could be entered: {again[-1]}")
    return [*told, *again]


def site(drill: Drill) -> list[str]:
    """A worker or the master of the site dies while keepers enter."""
    cookie = drill.parent.does("come_in")
    with keepers.served(drill.parent) as (master, port), keepers.entering(port, cookie) as told:
        _wait_for(told, drill.acts(), drill)
        children = keepers.workers(master)
        os.kill(drill.draw.choice([*children, master]), signal.SIGKILL)
        _wait_for(told, len(told) + 1, drill)
        for child in children:
            _end(child)
    return told


def _wait_for(told: list[str], n: int, drill: Drill) -> None:
    """Until keepers were told so many things, and a moment."""
    while len(told) < n:
        time.sleep(0.005)
    time.sleep(drill.moment())


def worker(drill: Drill) -> list[str]:
    """The worker dies over what it was handed; the next one does the rest, and nothing
    of it twice.
    """
    handed = drill.parent.does("hand_in").splitlines()
    at_work = drill.parent.begin("work")
    with at_work.said:
        at_work.said.readline()
        time.sleep(drill.moment(_AT_WORK))
        at_work.kill()
    cut, left = map(int, drill.parent.does("work_off").split())
    if left:
        raise SystemExit(f"{left} jobs are left")
    drill.cut += cut
    return handed


def _end(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


KINDS: dict[str, tuple[str, Callable[[Drill], list[str]]]] = {
    "writer": ("folder", writer), "site": ("folder", site), "worker": ("folder", worker), "clock": ("folder", clock), "full": ("disk", full), "words": ("disk", words),
    "shut": ("folder", shut), "torn": ("disk", torn), "bucket": ("bucket", bucket), "backend": ("postgres", backend),
    "session": ("postgres", session), "database": ("postgres", database),
}  # fmt: skip
"""Each kind, the place where it happens, and what it does."""
