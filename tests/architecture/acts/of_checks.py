"""What anybody can do with checks."""

from __future__ import annotations

from datetime import date
from typing import Any

from taizhang.checks import editions, engine
from taizhang.checks.actions import checking as checks
from taizhang.checks.actions import dismissing, explaining
from taizhang.checks.catalogue_versions import actions as publishing
from taizhang.checks.models import CheckRun, SuspicionRow
from taizhang.orgs.actor import Actor
from tests.architecture.acts.act import Do, World, act


@act("checks.checking.set_scope", "checks.set_scope", "office", "nobody", "clerk", "inspector")
def _scope(w: World) -> Do:
    return lambda actor: checks.set_scope(
        from_on=date(2015, 1, 1), to_on=w.day, on=w.day, catalogue="tianning-2018", actor=actor, now=w.now
    )  # fmt: skip


@act("checks.checking.check_all", "checks.check_all", "office", "nobody", "clerk", "inspector")
def _check(w: World) -> Do:
    w.judged()
    return lambda actor: checks.check_all(name="reference", actor=actor, now=w.now)


@act("checks.checking.stop_run", "checks.stop_run", "office", "nobody", "clerk", "inspector")
def _stop(w: World) -> Do:
    run = CheckRun.objects.create(started_at=w.now, engine="reference")
    return lambda actor: checks.stop_run(run=run, actor=actor, now=w.now)


def _suspected(w: World) -> SuspicionRow:
    w.judged()
    found: SuspicionRow = SuspicionRow.objects.filter(branch=w.people.own, rule__contains="MT")[0]
    return found


def _dismiss(w: World, row: SuspicionRow, actor: Actor) -> Any:
    return dismissing.dismiss(
        row=row, explanation="other", reason="现场核实", actor=actor, now=w.now
    )


@act("checks.dismissing.dismiss", "checks.dismiss", "inspector", "nobody", "clerk", "foreign")
def _set_aside(w: World) -> Do:
    w.saved("meetings")
    row = _suspected(w)
    return lambda actor: _dismiss(w, row, actor)


@act("checks.dismissing.restore", "checks.restore", "inspector", "nobody", "clerk", "foreign")
def _restore(w: World) -> Do:
    w.saved("meetings")
    made = _dismiss(w, _suspected(w), w.people.actor("inspector"))
    row = SuspicionRow.objects.get(dismissal=made)
    return lambda actor: dismissing.restore(row=row, actor=actor, now=w.now)


@act("checks.explaining.explain", "checks.explain", "secretary", "nobody", "inspector", "foreign")
def _explain(w: World) -> Do:
    w.saved("meetings")
    row = _suspected(w)
    return lambda actor: explaining.explain(rows=[row], text="停电", actor=actor, now=w.now)


@act(
    "checks.explaining.take_back",
    "checks.take_back_explanation",
    "clerk",
    "nobody",
    "office",
    "foreign",
)
def _unexplain(w: World) -> Do:
    w.saved("meetings")
    rows = [_suspected(w)]
    explaining.explain(rows=rows, text="停电", actor=w.people.actor("clerk"), now=w.now)
    return lambda actor: explaining.take_back(rows=rows, actor=actor, now=w.now)


@act(
    "checks.catalogue_versions.publish",
    "checks.publish_rules",
    "office",
    "nobody",
    "clerk",
    "inspector",
)
def _publish(w: World) -> Do:
    w.judged()
    name = _edited()
    return lambda actor: publishing.publish(name=name, note="核对", actor=actor, now=w.now)


def _edited() -> str:
    """A version of the rules that asks for longer meetings."""
    base = engine.catalogue("tianning-2018")
    return editions.keep(editions.changed(base, {"L28:MT.6c": {"right": "45"}}))
