"""Work that outlives a request is done once, by one worker, also when the first one
dies over it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone

import taizhang
from taizhang.kernel.errors import Refused
from taizhang.kernel.jobs import queue, worker
from taizhang.kernel.jobs.at_once import at_once
from taizhang.kernel.jobs.models import Job

pytestmark = pytest.mark.django_db
DONE: list[Any] = []


@pytest.fixture(autouse=True)
def works() -> Iterator[None]:
    """Two works of the test: one that is noted and one that leaves the list."""
    DONE.clear()
    queue.learn()
    known = dict(queue.WORKS)
    gave_up = lambda job: DONE.append(("gave up", job.about))  # noqa: E731
    queue.work("test.noted", give_up=gave_up)(lambda job: DONE.append(job.about))
    queue.work("test.passing", kept=False)(lambda job: DONE.append(job.about))
    yield
    queue.WORKS.clear()
    queue.WORKS.update(known)


def _ask(n: int = 1, work: str = "test.noted", **more: Any) -> Job:
    return queue.ask(work, {"n": n}, **more)


def _left(job: Job) -> None:
    """Its lease is over."""
    Job.objects.filter(pk=job.pk).update(lease_ends_at=timezone.now() - timedelta(seconds=1))


def test_what_waits_is_done_in_its_order() -> None:
    _ask(1)
    _ask(2)

    assert worker.work_off() == 2

    assert DONE == [{"n": 1}, {"n": 2}]
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}


def test_what_was_asked_for_in_an_act_that_failed_is_not_done() -> None:
    with transaction.atomic():
        _ask()
        transaction.set_rollback(True)

    assert (worker.work_off(), DONE) == (0, [])


def test_one_job_is_taken_by_one_worker() -> None:
    job = _ask()

    assert queue.take(job) is not None
    assert queue.take(job) is None
    assert queue.take_next() is None


def test_of_those_that_are_one_only_one_waits_and_one_is_done() -> None:
    first = _ask(alone="x")
    assert _ask(alone="x") == first

    held = queue.take_next()
    second = _ask(2, alone="x")

    assert held == first != second
    assert queue.take_next() is None
    worker.carry_out(held)
    assert queue.take_next() == second


def test_a_job_whose_worker_died_is_taken_up_and_the_dead_says_nothing_more() -> None:
    dead = queue.take(_ask())
    assert dead is not None
    _left(dead)

    alive = queue.take_next()

    assert alive is not None
    assert not queue.renew(dead)
    assert not queue.end(dead, Job.State.FAILED, "late")
    queue.give_back(dead)
    assert queue.end(alive, Job.State.DONE)


def test_a_lease_that_is_renewed_does_not_end() -> None:
    held = queue.take(_ask())
    assert held is not None
    _left(held)

    assert queue.renew(held)

    assert queue.take_next() is None


def test_what_a_dead_process_of_this_machine_held_is_free_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held = queue.take(_ask())
    assert held is not None
    assert queue.free_those_of_the_dead() == 0

    name = queue.own_name().split(":")
    Job.objects.update(worker=f"{name[0]}:999999999:1")

    assert queue.free_those_of_the_dead() == 1
    assert queue.take_next() is not None


def test_another_machine_is_not_taken_for_dead() -> None:
    queue.take(_ask())
    Job.objects.update(worker="elsewhere:999999999:1")

    assert queue.free_those_of_the_dead() == 0


def test_one_that_was_cut_off_too_often_is_given_up() -> None:
    job = _ask()
    Job.objects.update(tries=queue.TRIES)

    assert worker.work_off() == 0

    job.refresh_from_db()
    assert (job.state, job.said) == ("failed", queue.CUT_OFF)
    assert DONE == [("gave up", {"n": 1})]


@pytest.mark.parametrize(
    ("raised", "state", "said", "tries"),
    [
        (Refused("不能这样办。"), "failed", "不能这样办。", 1),
        (
            ZeroDivisionError(),
            "failed",
            "处理时出错，没有完成；管理员可在运行日志中查看原因。",
            1,
        ),
        (OperationalError("gone"), "waiting", "", 1),
    ],
)
def test_what_goes_wrong_is_told_or_tried_again(
    raised: Exception, state: str, said: str, tries: int
) -> None:
    def do(job: Job) -> None:
        del job
        raise raised

    queue.work("test.wrong")(do)
    job = _ask(work="test.wrong")

    worker.work_off()

    job.refresh_from_db()
    assert (job.state, job.said, job.tries) == (state, said, tries)


def test_a_worker_that_is_told_to_end_gives_back_what_it_was_at() -> None:
    def ended(job: Job) -> None:
        del job
        raise SystemExit(0)

    queue.work("test.ended")(ended)
    job = _ask(work="test.ended")

    with pytest.raises(SystemExit):
        worker.work_off()

    job.refresh_from_db()
    assert (job.state, job.tries) == ("waiting", 0)


def test_what_nobody_asks_about_leaves_the_list() -> None:
    _ask(work="test.passing")
    old = _ask(2)

    worker.work_off()
    Job.objects.filter(pk=old.pk).update(ended_at=timezone.now() - queue.KEPT * 2)

    assert queue.forget_the_old() == 1
    assert not Job.objects.exists()


def test_a_job_of_a_newer_program_waits_for_it() -> None:
    job = _ask(work="test.unheard")

    assert worker.work_off() == 0

    job.refresh_from_db()
    assert job.state == "waiting"


def test_a_command_does_at_once_what_it_asks_for(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with at_once(), django_capture_on_commit_callbacks(execute=True):
        _ask()
        assert DONE == []
    assert DONE == [{"n": 1}]


def test_a_worker_that_was_asked_for_no_page_knows_every_work() -> None:
    """What its process has not loaded it could never take up."""
    script = (
        "import django; django.setup(); from taizhang.kernel.jobs import queue; "
        "queue.learn(); print(*sorted(queue.WORKS))"
    )
    about = os.environ | {"DJANGO_SETTINGS_MODULE": "taizhang.config.settings"}
    told = subprocess.run(  # noqa: S603
        [sys.executable, "-c", script], env=about, check=True, capture_output=True, text=True
    )
    sources = Path(taizhang.__file__).parent.rglob("*.py")
    works = sum(path.read_text("utf-8").count("@queue.work(") for path in sources)

    assert len(told.stdout.split()) == works > 0


def test_a_command_that_looks_for_no_work_does_not_load_how_it_is_done() -> None:
    """What reads whole binders takes a third of a second to load, also for a command that only
    makes tables.
    """
    script = "import sys, django; django.setup(); print(*sorted(sys.modules))"
    about = os.environ | {"DJANGO_SETTINGS_MODULE": "taizhang.config.settings"}
    told = subprocess.run(  # noqa: S603
        [sys.executable, "-c", script], env=about, check=True, capture_output=True, text=True
    )
    loaded = set(told.stdout.split())

    assert "taizhang.kernel.jobs.queue" in loaded
    heavy = ("taizhang.intake.actions", "taizhang.inspection.outgoing.actions.archiving")
    assert set(heavy) <= set(queue._DONE_IN)
    assert not loaded & {*heavy, "taizhang.config.urls"}


@pytest.mark.parametrize(("setting", "woken"), [("here", 1), ("apart", 0)])
def test_the_site_wakes_its_own_worker_unless_workers_run_apart(
    setting: str,
    woken: int,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    settings.WORKER = setting
    calls: list[int] = []
    monkeypatch.setattr(worker, "wake", lambda: calls.append(1))
    with django_capture_on_commit_callbacks(execute=True):
        _ask()
    assert len(calls) == woken


def _break(_job: Job) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's connection is a file")
@pytest.mark.django_db(transaction=True)
def test_a_connection_that_breaks_costs_a_job_neither_its_lease_nor_its_return(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    usual, tried, renewed = queue.renew, list[int](), threading.Event()

    def renew(job: Job) -> bool:
        tried.append(1)
        if len(tried) == 1:
            _break(job)
        if usual(job):
            renewed.set()
        return True

    monkeypatch.setattr(queue, "renew", renew)
    monkeypatch.setattr(queue, "LEASE", timedelta(seconds=1))
    held = queue.take(_ask())
    assert held is not None
    with worker.holding(held):
        assert renewed.wait(20)
    monkeypatch.undo()

    taken = queue.take(_ask(2))
    assert taken is not None
    worker.carry_out(taken, _break)

    assert Job.objects.get(pk=taken.pk).state == Job.State.WAITING
