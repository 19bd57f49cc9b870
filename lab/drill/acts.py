"""What the children of a drill do: make the cast, write, ask what is there, end sessions, run the
site, its worker, the doctor.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import signal
import sys
import time
from dataclasses import asdict
from datetime import timedelta
from uuid import uuid4

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from lab.drill import asked
from taizhang.config.cli.main import main as command
from taizhang.intake.sheets import actions as sheets
from taizhang.kernel.jobs import queue, worker
from taizhang.kernel.jobs.models import Job
from taizhang.ledgers.evidence import actions as evidence
from taizhang.ledgers.kinds import KINDS
from taizhang.orgs.actor import Actor, actor_of
from taizhang.orgs.models import Organisation, User
from tests.make import cast, raw, save

LISTS, ROWS = 3, 5
"""So many lists are handed to the worker at a time, of so many rows."""


def prepare() -> None:
    """The tables, and the cast of the tests."""
    call_command("migrate", verbosity=0)
    cast(timezone.now())


def _own() -> tuple[Organisation, Actor]:
    clerk = actor_of(User.objects.get(username="clerk"), on=timezone.localdate())
    return Organisation.objects.get(short_name="甲校"), clerk


def write(shift: int = 0, *, goes_on: bool = False) -> None:
    """Record and take in without end, with a clock that is so many seconds off; each act is said
    once it has returned.
    """
    own, actor = _own()
    print("ready", flush=True)
    for n in itertools.count():
        title, now = uuid4().hex, timezone.now() + timedelta(seconds=shift)
        data = b"%PDF-1.4\n" + title.encode() * 1500 + b"\n%%EOF\n"
        try:
            entry = save(own, actor, now, "meetings", **raw("meetings") | {"title": title})
            print("meeting", entry.pk, title, flush=True)
            evidence.take_in(
                branch=own, name=f"{title}.pdf", data=data, kind="", actor=actor, now=now
            )
            print("file", hashlib.sha256(data).hexdigest(), len(data), flush=True)
        except Exception as broken:
            if not goes_on:
                raise
            print("refused", type(broken).__name__, n, flush=True)
            connection.close()
            time.sleep(0.1)


def upload() -> None:
    """Take in once the file that is given."""
    own, actor = _own()
    data = sys.stdin.buffer.read()
    evidence.take_in(
        branch=own, name="again.pdf", data=data, kind="", actor=actor, now=timezone.now()
    )


def hand_in() -> None:
    """Lists of talks for the worker to enter; what is said is what must be there when it has."""
    own, actor = _own()
    kind = KINDS["talks"]
    for _ in range(LISTS):
        rows = [raw("talks") | {"topic": uuid4().hex} for _ in range(ROWS)]
        labels = {one.name: one.label for one in kind.fields()}
        head = [labels[name] for name in rows[0]]
        told = "\n".join("\t".join(row) for row in (head, *(one.values() for one in rows)))
        paper = sheets.take_sheet(
            branch=own, kind=kind, name="", data=told, actor=actor, now=timezone.now()
        )
        sheets.enter_right(batch=paper.batch, actor=actor, now=timezone.now())
        for row in rows:
            print("talk", row["topic"], "once")


def work() -> object:
    """`taizhang worker`."""
    return command(["worker"])


def work_off() -> None:
    """Take over what a dead worker held, and do all that waits; how many jobs it died over, and how
    many are left.
    """
    cut = queue.free_those_of_the_dead()
    worker.work_off()
    print(cut, Job.objects.unfinished().count())


def site(port: int) -> None:
    """Gunicorn with the file of the installation, two processes, on this port."""
    from gunicorn.app.wsgiapp import run  # noqa: PLC0415  (a part of the site's own lock, not needed by the asking)

    place = f"127.0.0.1:{port}"
    sys.argv = ["gunicorn", "-c", "deploy/gunicorn.conf.py", "-w", "2", "-b", place]
    run()


def come_in() -> None:
    """The key of a session of the keeper."""
    client = Client()
    client.force_login(User.objects.get(username="clerk"))
    print(client.cookies["sessionid"].value)


def doctor() -> object:
    """`taizhang doctor`."""
    os.dup2(1, 2)
    return command(["doctor"])


def terminate_sessions() -> None:
    """The sessions of all others are ended by the server; how many."""
    print(len(_others("pg_terminate_backend(pid)")))


def kill_session() -> None:
    """The process of a session is killed, and all the server's with it."""
    found = _others("pid")
    for pid in found[:1]:
        os.kill(pid, signal.SIGKILL)
    print(len(found))


def _others(what: str) -> list[int]:
    told = (
        f"SELECT {what} FROM pg_stat_activity WHERE datname = current_database() AND pid <> "  # noqa: S608
        "pg_backend_pid() AND backend_type = 'client backend'"
    )
    with connection.cursor() as cursor:
        cursor.execute(told)
        return [one for (one,) in cursor.fetchall()]


def ask() -> None:
    """What is wrong with what was acknowledged, and with all that was written since the last time;
    and how far one has looked.
    """
    told = json.load(sys.stdin)
    found = asked.since(told["said"], asked.Looked(**told["looked"]))
    print(json.dumps(asdict(found), ensure_ascii=False))
