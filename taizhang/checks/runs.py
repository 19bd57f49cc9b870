"""A check of everybody as a person starts it: a long one goes on in the background, tells how far it is, and can be stopped."""

from __future__ import annotations

from datetime import datetime

from taizhang.checks import actions
from taizhang.checks.actions import comparing
from taizhang.checks.actions.comparing import AT_ONCE
from taizhang.checks.models import CheckRun
from taizhang.kernel import background
from taizhang.orgs.actor import Actor


def start(*, actor: Actor, now: datetime) -> CheckRun:
    """Begin a run; while one is going on, that one."""
    run, is_new = actions.begin_run(name="reference", actor=actor, now=now)
    if not is_new:
        return run

    def work() -> None:
        try:
            actions.carry_out(run, actor=actor, now=now)
        finally:
            comparing.work_off(now)

    if run.branches <= AT_ONCE:
        work()
    else:
        background.start(work)
    return run
