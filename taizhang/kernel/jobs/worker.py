"""Doing what is asked for: a thread of the site itself, or `taizhang worker`, of which there may be
several.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import OperationalError, close_old_connections, connection, connections

from taizhang.kernel.errors import Refused
from taizhang.kernel.jobs import queue
from taizhang.kernel.jobs.models import Job

LOOKS_EVERY = 5.0
"""Seconds between two looks, for what another process asked for and what others' leases
ran out of.
"""
_AGAIN_AFTER = timedelta(seconds=20)
_log = logging.getLogger(__name__)
_HERE = threading.Lock()
_THREAD: list[threading.Thread] = []


def carry_out(job: Job, do: Callable[[Job], None] | None = None) -> None:
    """Do a job that this thread holds, as it is known to be done or by `do`, from what is at hand.

    A defect ends it; where the database failed or the process is told to end, it goes back.
    """
    queue.learn()
    do = do or queue.WORKS[job.work].do
    try:
        with holding(job):
            do(job)
    except queue.Later as later:
        queue.put_off(job, later.after, str(later))
    except Refused as refusal:
        queue.give_up(job, str(refusal))
    except OperationalError:
        _log.exception("the database failed job %s", job.pk)
        if not connection.in_atomic_block:
            close_old_connections()  # by one that broke it could not be given back
        queue.give_back(job, after=_AGAIN_AFTER, cut_off=True)
    except Exception:  # noqa: BLE001  (one job that fails must not end the worker)
        _log.exception("job %s failed", job.pk)
        queue.give_up(job, "处理时出错，没有完成；管理员可在运行日志中查看原因。")
    except BaseException:
        queue.give_back(job)
        raise
    else:
        queue.end(job, Job.State.DONE)


@contextmanager
def holding(job: Job) -> Iterator[None]:
    """Renew the lease while it is being done."""
    ended = threading.Event()

    def beat() -> None:
        try:
            while not ended.wait(queue.LEASE.total_seconds() / 4):
                try:
                    queue.renew(job)
                except OperationalError:  # the job itself is writing; there is time for another try
                    _log.info("the lease of job %s was not renewed", job.pk)
                    close_old_connections()  # one that broke answers no later try either
        finally:
            connections.close_all()

    threading.Thread(target=beat, daemon=True).start()
    try:
        yield
    finally:
        ended.set()


def work_off() -> int:
    """Do all that waits; how many there were."""
    count = 0
    while job := queue.take_next():
        carry_out(job)
        count += 1
    return count


def run(stopped: threading.Event, *, starting: bool = False) -> None:
    """Work until told to stop; at the start of a server also what was noted, but not asked for,
    before it went down.
    """
    queue.learn()
    left = list(queue.LOOKED_FOR) if starting else []
    while not stopped.is_set():
        queue.WOKEN.clear()
        try:
            queue.free_those_of_the_dead()
            while left:
                left[-1]()
                left.pop()
            work_off()
            queue.forget_the_old()
        except OperationalError:
            _log.exception("the database did not answer the worker")
        finally:
            connections.close_all()
        queue.WOKEN.wait(LOOKS_EVERY)


def wake(*, starting: bool = False) -> None:
    """See that this process has a worker, and that it looks at once."""
    with _HERE:
        if not (_THREAD and _THREAD[0].is_alive()):
            told = {"stopped": threading.Event(), "starting": starting}
            thread = threading.Thread(target=run, kwargs=told, name="worker", daemon=True)
            _THREAD[:] = [thread]
            thread.start()
    queue.WOKEN.set()
