"""A check of everybody as a person starts it: a long one goes on in the background, tells how far it is, and can be stopped."""

from __future__ import annotations

import threading
from datetime import datetime

from django.db import connections

from taizhang.checks import actions
from taizhang.checks.actions import comparing
from taizhang.checks.models import CheckRun
from taizhang.orgs.actor import Actor

AT_ONCE = 10
"""So many branches are judged before the page answers."""


def start(*, actor: Actor, now: datetime) -> CheckRun:
    """Begin a run; while one is going on, that one."""
    run, is_new = actions.begin_run(name="reference", actor=actor, now=now)
    if not is_new:
        return run
    if run.branches <= AT_ONCE:
        _carry_out(run, actor, now)
        return run

    def work() -> None:
        try:
            _carry_out(run, actor, now)
        finally:
            connections.close_all()

    threading.Thread(target=work, daemon=True).start()
    return run


def _carry_out(run: CheckRun, actor: Actor, now: datetime) -> None:
    try:
        actions.carry_out(run, actor=actor, now=now)
    finally:
        comparing.work_off(now)
