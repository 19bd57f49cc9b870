"""What a save makes of comparisons with other branches: on record then is what a whole check would
say.
"""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image

from taizhang.checks import engine
from taizhang.checks.actions import checking, dismissing
from taizhang.checks.models import CheckRun, Dismissal, SuspicionRow, ToCompare, Verdict
from taizhang.checks.recheck import cross_branch
from taizhang.kernel.jobs import worker
from taizhang.ledgers.evidence import actions as evidence
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.records import actions as ledgers
from taizhang.ledgers.records import read_rows
from tests.checks.test_beside import HOURS, TEXT
from tests.conftest import NOW
from tests.make import Cast, correct, inspected, raw, save
from tests.modules import begins_with

pytestmark = pytest.mark.django_db
MEETING = {"discussion": TEXT, "observers": "示例局领导", **HOURS}
ALIKE = [
    ("meetings", MEETING, {"discussion": "改记为简要情况。", "observers": ""}, {"L29:AF-T2", "L28:AF-P11"}),
    ("documents", {"text": TEXT}, {"text": "各校另行制定。"}, {"L10:PD.8"}),
    ("life-meetings", {"self_examination": TEXT}, {"self_examination": "查摆问题"}, {"L32:L32.12b", "L32:L32.12c"}),
]  # fmt: skip


def _checked(people: Cast) -> None:
    inspected(NOW, (2015, 2018), NOW.date())
    checking.check_all(name="reference", actor=None, now=NOW)
    ToCompare.objects.all().delete()


begun = begins_with(_checked)


def _state() -> tuple[list[Any], set[Any]]:
    rows = [row.as_suspicion() for row in SuspicionRow.objects.all()]
    verdicts = set(Verdict.objects.values_list("branch_id", "item", *Verdict.TOLD))
    return sorted(rows, key=str), verdicts


def _across() -> set[tuple[int, str]]:
    names = {rule.id for rule in engine.across("tianning-2018")}
    return set(SuspicionRow.objects.filter(rule__in=names).values_list("branch_id", "rule"))


def _must_be_whole(now: datetime) -> None:
    """Compare what waits; then a whole check changes nothing."""
    assert ToCompare.objects.exists()
    cross_branch.work_off(now)
    assert not ToCompare.objects.exists()
    said = _state()
    checking.check_all(name="reference", actor=None, now=now)
    assert said == _state()


@pytest.mark.parametrize(("kind", "alike", "apart", "rules"), ALIKE)
def test_after_every_change_both_branches_are_told_what_a_whole_check_tells(
    kind: str, alike: dict[str, str], apart: dict[str, str], rules: set[str], people: Cast, now: datetime
) -> None:  # fmt: skip
    clerk, theirs = people.actor("clerk"), people.actor("foreign")
    own = save(people.own, clerk, now, kind, **raw(kind) | alike)
    _must_be_whole(now)
    assert _across() == set()

    other = save(people.other, theirs, now, kind, **raw(kind, "二") | alike)
    _must_be_whole(now)
    assert _across() == {(b.pk, r) for b in (people.own, people.other) for r in rules}

    correct(kind, other, theirs, now, **apart)
    _must_be_whole(now)
    assert _across() == set()

    save(people.other, theirs, now, kind, **_another(kind, alike))
    _must_be_whole(now)
    assert _across() == {(b.pk, r) for b in (people.own, people.other) for r in rules}
    ledgers.withdraw(kind=KINDS[kind], entry=own, reason="撤回", actor=clerk, now=now)
    _must_be_whole(now)
    assert _across() == set()


def _another(kind: str, alike: dict[str, str]) -> dict[str, str]:
    moved = {"documents": {"effective_from": "2016-02-01"}, "life-meetings": {"assessment_year": "2017", "held_on": "2017-12-15"}}  # fmt: skip
    return raw(kind, "二") | alike | moved.get(kind, {"title": "又一次会议"})


def _scene() -> bytes:
    """A picture with light and dark in it, for a plain one tells nothing."""
    image, out = Image.effect_mandelbrot((64, 48), (-2, -1.5, 1, 1.5), 20), io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def test_the_same_picture_in_three_records_of_two_branches(people: Cast, now: datetime) -> None:
    """Of the others the first is told: when that goes, the next takes its place."""
    made = []
    for branch, keeper, month in ((people.own, "clerk", 3), (people.own, "clerk", 4), (people.other, "foreign", 5)):  # fmt: skip
        actor, suffix = people.actor(keeper), "" if branch == people.own else "二"
        values = raw("activities", suffix) | {"held_on": f"2016-{month:02d}-05"}
        entry = save(branch, actor, now, "activities", **values)
        taken = evidence.take_in(branch=branch, name="a.png", data=_scene(), kind="", actor=actor, now=now)  # fmt: skip
        evidence.attach(
            file=taken.file, kind=KINDS["activities"], entry=entry, actor=actor, now=now
        )
        _must_be_whole(now)
        made.append(entry.pk)
    told = SuspicionRow.objects.filter(rule="L26:AF-F1x")
    assert set(told.values_list("subject", "other")) == {
        (made[0], made[2]), (made[1], made[2]), (made[2], made[0]),
    }  # fmt: skip

    first = KINDS["activities"].model.objects.get(pk=made[0])
    ledgers.withdraw(kind=KINDS["activities"], entry=first, reason="撤回", actor=people.actor("clerk"), now=now)  # fmt: skip
    _must_be_whole(now)
    assert set(told.values_list("subject", "other")) == {(made[1], made[2]), (made[2], made[1])}


def test_many_at_once_are_compared_too(people: Cast, now: datetime) -> None:
    save(people.own, people.actor("clerk"), now, "documents", **raw("documents") | {"text": TEXT})
    row = read_rows.Row(2, people.other, raw("documents", "二") | {"text": TEXT})
    ledgers.record_many(kind=KINDS["documents"], rows=[row], actor=people.actor("foreign"), now=now)
    _must_be_whole(now)
    assert _across() == {(b.pk, "L10:PD.8") for b in (people.own, people.other)}


def test_what_was_dismissed_beside_a_record_holds_until_that_changes(
    people: Cast, now: datetime
) -> None:
    theirs = people.actor("foreign")
    save(people.own, people.actor("clerk"), now, "documents", **raw("documents") | {"text": TEXT})
    other = save(people.other, theirs, now, "documents", **raw("documents", "二") | {"text": TEXT})
    cross_branch.work_off(now)
    row = SuspicionRow.objects.get(branch=people.own, rule="L10:PD.8")
    dismissing.dismiss(
        row=row, explanation="other", reason="同一模板", actor=people.actor("office"), now=now
    )
    save(people.own, people.actor("clerk"), now, "meetings", **raw("meetings"))
    cross_branch.work_off(now)
    assert Dismissal.objects.get().ended_at is None

    correct("documents", other, theirs, now, title="改名的制度")
    _must_be_whole(now)
    assert Dismissal.objects.get().ended_at == now
    assert SuspicionRow.objects.get(branch=people.own, rule="L10:PD.8").dismissal_id is None


def test_it_waits_while_all_are_checked_and_is_done_once_the_change_is_committed(
    people: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:  # fmt: skip
    run = CheckRun.objects.create(started_at=now, engine="reference", beat_at=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        save(people.own, people.actor("clerk"), now, "documents", **raw("documents"))
    assert ToCompare.objects.exists()

    CheckRun.objects.filter(pk=run.pk).update(beat_at=timezone.now() - timedelta(minutes=5))
    monkeypatch.setattr(cross_branch, "AT_ONCE", 1)
    cross_branch.begin()
    cross_branch.begin()
    assert ToCompare.objects.exists()
    assert worker.work_off() == 1
    assert not ToCompare.objects.exists()


def test_a_ledger_that_nothing_compares_waits_for_nothing(people: Cast, now: datetime) -> None:
    save(people.own, people.actor("clerk"), now, "talks", **raw("talks"))
    assert not ToCompare.objects.exists()


def test_what_was_changed_while_all_were_checked_is_compared_after_it(
    people: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk, theirs, check = people.actor("clerk"), people.actor("foreign"), checking.carry_out

    def meanwhile(run: CheckRun, **told: Any) -> None:
        check(run, **told)
        save(people.own, clerk, now, "documents", **raw("documents") | {"text": TEXT})
        save(people.other, theirs, now, "documents", **raw("documents", "二") | {"text": TEXT})
        assert ToCompare.objects.exists()

    monkeypatch.setattr(checking, "carry_out", meanwhile)
    checking.start_run(actor=None, now=now)
    assert not ToCompare.objects.exists()
    assert _across() == {(b.pk, "L10:PD.8") for b in (people.own, people.other)}
