"""A check of everybody: it tells how far it is, one at a time, can be stopped, and one that dies
leaves the last result.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from taizhang.checks import engine
from taizhang.checks.actions import checking
from taizhang.checks.models import ChangedMeanwhile, CheckRun, SuspicionRow, Verdict
from taizhang.checks.recheck import cross_branch
from taizhang.kernel.errors import NotAllowed
from taizhang.kernel.jobs.models import Job
from taizhang.kernel.models import JournalLine
from tests.make import Cast, inspected, raw, save

NAME = "tianning-2018"


@pytest.fixture(autouse=True)
def _scope(people: Cast, now: datetime) -> None:
    inspected(now, (2016, 2016), date(2016, 12, 31))


def _rows() -> list[int]:
    return sorted(SuspicionRow.objects.values_list("pk", flat=True))


def _told(people: Cast) -> list[tuple[Any, ...]]:
    own = Verdict.objects.filter(branch=people.own)
    return sorted(own.values_list("item", *Verdict.TOLD))


def test_few_branches_are_judged_before_the_page_answers(people: Cast, login: Any) -> None:
    office = login(people.users["office"])
    assert office.post("/checks/run/")["Location"] == "/board/"
    run = CheckRun.objects.get()
    assert (run.state, run.done, run.branches) == ("done", 2, 2)
    assert "已完成" in office.get(f"/checks/runs/{run.pk}/").content.decode()
    assert office.get("/checks/runs/9999/").status_code == 404


def test_a_run_that_is_stopped_or_dies_leaves_the_last_result(
    people: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = people.actor("office")
    checking.check_all(name="reference", actor=office, now=now)
    before = _rows()
    run, is_new = checking.begin_run(name="reference", actor=office, now=now)
    assert is_new
    assert checking.begin_run(name="reference", actor=office, now=now) == (run, False)
    with pytest.raises(NotAllowed):
        checking.begin_run(name="reference", actor=people.actor("clerk"), now=now)
    with pytest.raises(NotAllowed):
        checking.stop_run(run=run, actor=people.actor("clerk"), now=now)
    checking.stop_run(run=run, actor=office, now=now)
    checking.carry_out(run, actor=office, now=now)
    assert (run.state, _rows()) == ("stopped", before)

    def dies(*_: Any) -> None:
        raise MemoryError

    monkeypatch.setitem(engine.ENGINES, "reference", dies)
    with pytest.raises(MemoryError):
        checking.check_all(name="reference", actor=office, now=now)
    assert CheckRun.objects.latest("pk").state == "failed"
    assert _rows() == before


def test_a_branch_that_changed_meanwhile_is_judged_once_more(
    people: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, clerk = people.actor("office"), people.actor("clerk")
    checking.check_all(name="reference", actor=office, now=now)
    judge = engine.ENGINES["reference"]

    def somebody_saves(*args: Any) -> Any:
        found = judge(*args)
        save(people.own, clerk, now, "documents", **raw("documents"))
        told.append(_told(people))
        return found

    told: list[Any] = []
    before = _told(people)
    monkeypatch.setitem(engine.ENGINES, "reference", somebody_saves)
    assert checking.check_all(name="reference", actor=office, now=now).state == "done"
    assert before != told[0] == _told(people)

    assert ChangedMeanwhile.objects.exists()
    monkeypatch.setitem(engine.ENGINES, "reference", judge)
    checking.check_all(name="reference", actor=office, now=now)
    assert not ChangedMeanwhile.objects.exists(), "what changed during an earlier one is kept"


def test_a_new_scope_is_judged_at_once_and_what_the_old_run_finds_is_not_kept(
    people: Cast, now: datetime
) -> None:
    office, later = people.actor("office"), now + timedelta(minutes=1)
    old, _ = checking.begin_run(name="reference", actor=office, now=now)
    inspected(later, (2015, 2015), date(2015, 12, 31))
    new, is_new = checking.begin_run(name="reference", actor=office, now=later)
    assert is_new
    checking.carry_out(new, actor=office, now=later)
    before = _rows()
    checking.carry_out(old, actor=office, now=later)
    assert (new.state, old.state, _rows()) == ("done", "stopped", before)


def test_one_that_went_down_with_its_process_is_no_hindrance(people: Cast, now: datetime) -> None:
    dead, _ = checking.begin_run(name="reference", actor=people.actor("office"), now=now)
    CheckRun.objects.filter(pk=dead.pk).update(beat_at=timezone.now() - timedelta(minutes=5))
    assert checking.start_run(actor=people.actor("office"), now=now).state == "done"
    dead.refresh_from_db()
    assert dead.state == "failed"


def test_how_far_it_is_is_told_in_branches_whatever_the_engine_counts(
    people: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge = engine.ENGINES["reference"]
    told = list[int]()

    def counts(branches: Any, name: Any, period: Any, watched: Any) -> Any:
        for done, total in ((0, 0), (1, 1), (5, 10)):
            watched(done, total)
            told.append(CheckRun.objects.get().done)
        return judge(branches, name, period, watched)

    monkeypatch.setitem(engine.ENGINES, "reference", counts)
    checking.check_all(name="reference", actor=people.actor("office"), now=now)

    assert told == [0, 2, 1]


def test_many_branches_go_on_in_the_background(
    people: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch, login: Any
) -> None:
    monkeypatch.setattr(cross_branch, "AT_ONCE", 1)
    office = login(people.users["office"])
    where = office.post("/checks/run/")["Location"]
    assert Job.objects.get().work == checking.RUN
    assert "停止" in office.get(where).content.decode()
    assert office.post(f"{where}stop/").status_code == 302
    assert "正在停止" in office.get(where).content.decode()


def test_the_journal_tells_of_a_scope_what_was_changed(people: Cast, now: datetime) -> None:
    asked: dict[str, Any] = {
        "from_on": date(2016, 1, 1),
        "to_on": date(2016, 12, 31),
        "on": date(2016, 12, 31),
        "catalogue": NAME,
    }
    office = people.actor("office")
    for to_on in (date(2016, 12, 31), date(2017, 6, 30)):
        checking.set_scope(**asked | {"to_on": to_on}, actor=office, now=now)

    line = JournalLine.objects.filter(verb="checks.set_scope").order_by("seq").last()
    assert line is not None
    assert list(line.detail["changed"].values()) == [["2016-12-31", "2017-06-30"]]


@pytest.mark.django_db
def test_who_checks_later_wants_no_check_until_then(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks() as asked:
        with checking.later():
            checking.judge_soon()
        assert asked == []
    with django_capture_on_commit_callbacks() as asked:
        checking.judge_soon()
    assert asked == [checking.begin_what_waits]
