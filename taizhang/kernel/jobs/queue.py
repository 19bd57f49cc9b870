"""Asking for work, and taking it: whoever takes a job holds it by a lease, and only the holder may
end it.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from taizhang.kernel.jobs.at_once import AT_ONCE
from taizhang.kernel.jobs.models import Job

LEASE = timedelta(seconds=120)
TRIES = 5
"""So often a job may be cut off; then it is given up."""
KEPT = timedelta(days=30)
CUT_OFF = f"处理时程序中断了{TRIES}次，不再重试。"


@dataclass(frozen=True)
class Work:
    """How a kind of job is done, what follows when it is given up, and whether one that is done
    stays on the list.
    """

    do: Callable[[Job], None]
    give_up: Callable[[Job], None]
    kept: bool


class Later(Exception):
    """What a job needs is not to be had now: it, and those of its kind that wait, are tried again
    after a while.
    """

    def __init__(self, after: timedelta, why: str) -> None:
        """After how long, and why, for whoever asks meanwhile."""
        super().__init__(why)
        self.after = after


WORKS: dict[str, Work] = {}
LOOKED_FOR: list[Callable[[], None]] = []
_DONE_IN: list[str] = []
WOKEN = threading.Event()


def _nothing(job: Job) -> None:
    del job


def work(
    name: str, *, give_up: Callable[[Job], None] = _nothing, kept: bool = True
) -> Callable[[Callable[[Job], None]], Callable[[Job], None]]:
    """Register how jobs of that name are done; doing one again after half of it was done must be
    harmless.
    """

    def register(do: Callable[[Job], None]) -> Callable[[Job], None]:
        WORKS[name] = Work(do, give_up, kept)
        return do

    return register


def looked_for(ask_for_what_was_left: Callable[[], None]) -> Callable[[], None]:
    """Register what a worker does first: it asks for work that was noted, but not yet asked for,
    when a process ended.
    """
    LOOKED_FOR.append(ask_for_what_was_left)
    return ask_for_what_was_left


def done_in(*modules: str) -> None:
    """Name modules that register works: read by whoever looks for work, not by every command that
    begins.
    """
    _DONE_IN.extend(modules)


def learn() -> None:
    """Read them: a process that was never asked for a page does their work too."""
    for module in _DONE_IN:
        import_module(module)


def ask(name: str, about: Mapping[str, Any], *, by: object = None, alone: str = "") -> Job:
    """Have it done after this transaction is committed; with `alone`, one that waits already is
    that one.
    """
    made = _made(name, about, by)
    if alone:
        job, _ = Job.objects.get_or_create(alone=alone, state=Job.State.WAITING, defaults=made)
    else:
        job = Job.objects.create(**made)
    here = AT_ONCE.get()
    transaction.on_commit(lambda: _begin(job, here=here), robust=True)
    return job


def hold(name: str, about: Mapping[str, Any], *, by: object = None) -> Job:
    """A job that the caller begins in this moment: should the process die over it, another worker
    takes it up.
    """
    return Job.objects.create(
        **_made(name, about, by), state=Job.State.RUNNING, tries=1, **_held(timezone.now())
    )


def _made(name: str, about: Mapping[str, Any], by: object) -> dict[str, Any]:
    now = timezone.now()
    return {"work": name, "about": dict(about), "by": by, "asked_at": now, "begins_at": now}


def _held(now: datetime) -> dict[str, Any]:
    return {"worker": own_name(), "lease_ends_at": now + LEASE}


def _begin(job: Job, *, here: bool) -> None:
    from taizhang.kernel.jobs import worker  # noqa: PLC0415  (the worker reads this module)

    if here:
        held = take(job)
        if held is not None:
            worker.carry_out(held)
    elif settings.WORKER == "here":
        worker.wake()


def own_name() -> str:
    """What this thread is called as a worker: machine, process, thread."""
    return f"{socket.gethostname()}:{os.getpid()}:{threading.get_ident()}"[:120]


def take(job: Job) -> Job | None:
    """The job, held by this thread from now on; nothing where somebody else was quicker or it was
    put off.
    """
    as_seen = Job.objects.unfinished().filter(
        pk=job.pk, state=job.state, tries=job.tries, begins_at=job.begins_at
    )
    try:
        with transaction.atomic():
            taken = as_seen.update(
                state=Job.State.RUNNING,
                tries=F("tries") + 1,
                **_held(timezone.now()),
            )
    except IntegrityError:  # one of its kind is being done
        return None
    return Job.objects.get(pk=job.pk) if taken else None


def take_next() -> Job | None:
    """The oldest job that waits, or whose worker died; what died too often is given up."""
    learn()
    now = timezone.now()
    waiting = Q(state=Job.State.WAITING, begins_at__lte=now)
    left = Q(state=Job.State.RUNNING, lease_ends_at__lt=now)
    for job in Job.objects.filter(waiting | left)[:20]:
        if job.work not in WORKS:
            continue  # asked for by a newer version of the program
        if job.tries >= TRIES:
            give_up(job, CUT_OFF)
        elif held := take(job):
            return held
    return None


def give_up(job: Job, why: str) -> None:
    """Nobody tries it again; what it was for is told so in the same transaction."""
    with transaction.atomic():
        if end(job, Job.State.FAILED, why):
            WORKS[job.work].give_up(job)


def end(job: Job, state: str, said: str = "") -> bool:
    """Write down how it ended; False where it is no longer the job's holder who says so."""
    held = Job.objects.unfinished().filter(pk=job.pk, tries=job.tries)
    if state == Job.State.DONE and not WORKS[job.work].kept:
        return bool(held.delete()[0])
    return bool(held.update(state=state, said=said, ended_at=timezone.now(), lease_ends_at=None))


def give_back(job: Job, *, after: timedelta = timedelta(0), cut_off: bool = False) -> None:
    """Let another take it; without `cut_off` the try does not count."""
    held = Job.objects.filter(pk=job.pk, tries=job.tries, state=Job.State.RUNNING)
    back = {"begins_at": timezone.now() + after, "lease_ends_at": None}
    try:
        with transaction.atomic():
            held.update(state=Job.State.WAITING, tries=job.tries - (not cut_off), **back)
    except IntegrityError:  # another of its kind waits already and will do the same
        held.delete()


def put_off(job: Job, after: timedelta, why: str) -> None:
    """Back on the list until later, with all of its kind: what one of them waited for in vain,
    others need not wait for.

    The try does not count, for nothing was cut off.
    """
    said = {"said": why, "begins_at": timezone.now() + after}
    with transaction.atomic():
        held = Job.objects.filter(pk=job.pk, tries=job.tries, state=Job.State.RUNNING)
        held.update(state=Job.State.WAITING, tries=job.tries - 1, lease_ends_at=None, **said)
        Job.objects.filter(work=job.work, state=Job.State.WAITING).update(**said)


def renew(job: Job) -> bool:
    """Hold it longer; False where it is held no more."""
    held = Job.objects.filter(pk=job.pk, tries=job.tries, state=Job.State.RUNNING)
    return bool(held.update(lease_ends_at=timezone.now() + LEASE))


def free_those_of_the_dead() -> int:
    """Give back at once what processes of this machine held that are no more; others' leases run
    out by themselves.
    """
    freed = 0
    for job in Job.objects.filter(state=Job.State.RUNNING):
        host, _, rest = job.worker.partition(":")
        if host == socket.gethostname() and not _alive(rest.partition(":")[0]):
            give_back(job, cut_off=True)
            freed += 1
    return freed


def _alive(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        pass
    return True


def forget_the_old() -> int:
    """What ended long ago leaves the list."""
    return Job.objects.filter(ended_at__lt=timezone.now() - KEPT).delete()[0]
