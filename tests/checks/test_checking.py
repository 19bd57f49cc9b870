"""Checks at their edges: what a scope keeps, when a check begins and of whom, what it leaves, and
who is told of it.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from taizhang.checks import engine
from taizhang.checks.actions import checking, dismissing, explaining, reminders
from taizhang.checks.actions.checking import Asked
from taizhang.checks.catalogue_versions import actions as publishing
from taizhang.checks.models import (
    BranchExplanation,
    ChangedMeanwhile,
    CheckRun,
    CheckScope,
    Dismissal,
    Edition,
    Judged,
    SuspicionRow,
    ToCompare,
    Verdict,
)
from taizhang.checks.pages import agenda
from taizhang.checks.reasons.repair_links import Mend
from taizhang.checks.reasons.year_ahead import Due
from taizhang.checks.recheck import cross_branch
from taizhang.kernel.errors import BadInput, NotAllowed, WrongState
from taizhang.kernel.jobs import worker
from taizhang.kernel.jobs.models import Job
from taizhang.kernel.models import JournalLine
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.records import actions as ledgers
from taizhang.orgs.actions import calendar
from taizhang.orgs.actor import actor_of
from taizhang.orgs.models import Duty, Role
from tests.conftest import NOW
from tests.make import Cast, correct, inspected, organisation, raw, save

pytestmark = pytest.mark.django_db
NAME = "tianning-2018"
YEAR = (date(2016, 1, 1), date(2016, 12, 31))


def _last(verb: str) -> Any:
    return JournalLine.objects.filter(verb=f"checks.{verb}").latest("seq").detail


def _set(people: Cast, now: datetime, **about: Any) -> CheckScope:
    told: dict[str, Any] = {
        "from_on": YEAR[0], "to_on": YEAR[1], "on": YEAR[1], "catalogue": NAME, "actor": people.actor("office"), "now": now,
    } | about  # fmt: skip
    checking.set_scope(**told)
    return CheckScope.objects.get()


# The scope


def test_what_a_notice_asks_for_is_kept_while_its_catalogue_is(people: Cast, now: datetime) -> None:
    def asked(**about: Any) -> tuple[Any, ...]:
        kept = _set(people, now, **about)
        return kept.asked, kept.asked_by, kept.asked_round, kept.topics

    assert asked(asked=Asked(["甲", "乙", "甲"], "通知", None, ["L01"])) == (
        ["L01"],
        "通知",
        None,
        ["甲", "乙"],
    )
    assert asked() == (["L01"], "通知", None, [])
    assert asked(asked=Asked(items=[])) == ([], "", None, [])
    assert asked(asked=Asked((), "通知", None, ["L02"])) == (["L02"], "通知", None, [])
    assert asked(catalogue="zhibu-2026") == ([], "", None, [])
    assert CheckScope.objects.get().changed_at == now
    assert _last("set_scope")["changed"]["要求模板"] == [NAME, "zhibu-2026"]


def test_a_scope_may_be_one_day_and_not_less(people: Cast, now: datetime) -> None:
    assert _set(people, now, to_on=YEAR[0]).to_on == YEAR[0]
    with pytest.raises(BadInput, match="“止”：止日早于起日"):
        _set(people, now, to_on=YEAR[0] - timedelta(days=1))


@pytest.mark.parametrize(("who", "n"), [("office", 1), ("", 0)])
def test_a_person_who_sets_it_has_everybody_judged_soon(
    people: Cast, now: datetime, django_capture_on_commit_callbacks: Any, who: str, n: int
) -> None:
    actor = people.actor(who) if who else None
    with django_capture_on_commit_callbacks() as asked:
        _set(people, now, actor=actor)
    assert asked.count(checking.begin_what_waits) == n


# When a check begins


@pytest.fixture
def scoped(people: Cast, now: datetime) -> Cast:
    """The cast with a scope that nobody was judged by."""
    inspected(now, (2016, 2016), YEAR[1])
    return people


@pytest.fixture
def judged(scoped: Cast, now: datetime) -> Cast:
    """The same after a check of everybody."""
    checking.check_all(name="reference", actor=None, now=now)
    return scoped


def test_where_nothing_waits_none_begins(people: Cast, now: datetime) -> None:
    office = people.actor("office")
    assert checking.start_what_waits(actor=office, now=now) is None
    with pytest.raises(BadInput, match="尚未设定核查范围"):
        checking.check_all(name="reference", actor=office, now=now)
    inspected(now, (2016, 2016), YEAR[1])
    with pytest.raises(NotAllowed):
        checking.start_what_waits(actor=people.actor("clerk"), now=now)
    run = checking.start_what_waits(actor=office, now=now)
    assert run is not None
    assert (run.state, run.done, run.branches) == ("done", 2, 2)
    assert checking.start_what_waits(actor=office, now=now) == run
    with pytest.raises(NotAllowed):
        checking.start_what_waits(actor=people.actor("clerk"), now=now)
    assert CheckRun.objects.count() == 1
    assert _last("check_all") == {"engine": "reference", "branches": 2}


@pytest.mark.parametrize(("at_once", "who", "by"), [(2, "office", None), (1, "office", "office"), (1, "", "")])  # fmt: skip
def test_up_to_so_many_branches_are_judged_at_once_and_more_by_a_worker(
    scoped: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch, at_once: int, who: str, by: str | None
) -> None:  # fmt: skip
    monkeypatch.setattr(cross_branch, "AT_ONCE", at_once)
    checking.start_run(actor=scoped.actor(who) if who else None, now=now)
    jobs = [job.by.username if job.by else "" for job in Job.objects.filter(work=checking.RUN)]
    assert jobs == ([] if by is None else [by])
    assert CheckRun.objects.get().state == ("done" if by is None else "running")
    for job in Job.objects.filter(work=checking.RUN):
        checking.take_up(job)
        run = CheckRun.objects.get()
        assert run.state == "done"
        assert JournalLine.objects.get(verb="checks.check_all").actor == job.by
        checking.take_up(job)
        assert JournalLine.objects.filter(verb="checks.check_all").count() == 1


def test_a_run_that_is_given_up_has_failed(scoped: Cast, now: datetime) -> None:
    run, _ = checking.begin_run(name="reference", actor=None, now=now)
    checking._give_up(Job(work=checking.RUN, about={"run": run.pk}))
    run.refresh_from_db()
    assert run.state == "failed"


def test_a_run_that_ended_is_not_stopped(judged: Cast, now: datetime) -> None:
    office = judged.actor("office")
    checking.stop_run(run=CheckRun.objects.get(), actor=office, now=now)
    assert not JournalLine.objects.filter(verb="checks.stop_run").exists()
    run, _ = checking.begin_run(name="reference", actor=None, now=now)
    checking.stop_run(run=run, actor=office, now=now)
    assert JournalLine.objects.get(verb="checks.stop_run").subject == f"run:{run.pk}"
    run.refresh_from_db()
    assert run.stop_asked


def test_a_check_tells_how_far_it_is_every_five_and_at_the_end(
    scoped: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge, told = engine.ENGINES["reference"], list[int]()

    def counts(branches: Any, name: Any, period: Any, watched: Any) -> Any:
        for done in (5, 7, 10, 12):
            watched(done, 12)
            told.append(CheckRun.objects.get().done)
        return judge(branches, name, period, lambda *_: None)

    monkeypatch.setitem(engine.ENGINES, "reference", counts)
    checking.check_all(name="reference", actor=None, now=now)
    assert told == [0, 0, 1, 2]


def test_a_check_of_everybody_compares_what_waited_and_not_what_came_later(
    scoped: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge = engine.ENGINES["reference"]
    about = {"branch": scoped.own, "kind": "meetings", "files": False}
    ToCompare.objects.create(**about)

    def meanwhile(*args: Any) -> Any:
        ToCompare.objects.create(**about, record=7)
        return judge(*args)

    monkeypatch.setitem(engine.ENGINES, "reference", meanwhile)
    checking.check_all(name="reference", actor=None, now=now)
    assert list(ToCompare.objects.values_list("record", flat=True)) == [7]


# What an organisation or a calendar changes


def test_only_who_keeps_ledgers_is_judged_when_it_is_founded(judged: Cast, now: datetime) -> None:
    run, _ = checking.begin_run(name="reference", actor=None, now=now)
    above = organisation("丙党委", judged.committee, now, "party_committee")
    assert not Judged.objects.filter(branch=above).exists()
    below = organisation("丙校", judged.committee, now)
    assert Judged.objects.get(branch=below).compared
    assert list(ChangedMeanwhile.objects.values_list("run", "branch")) == [(run.pk, below.pk)]
    with checking.later():
        later = organisation("丁校", judged.committee, now)
    assert not Verdict.objects.filter(branch=later).exists()


def test_without_a_scope_nothing_is_judged(people: Cast, now: datetime) -> None:
    calendar.set_calendar_year(
        year=2031, holidays=[], workdays=[], actor=people.actor("office"), now=now
    )
    save(people.own, people.actor("clerk"), now, "meetings", **raw("meetings"))
    organisation("丙校", people.committee, now)
    assert not Judged.objects.exists()


def test_a_new_calendar_stops_the_check_that_read_the_old(judged: Cast, now: datetime) -> None:
    run, _ = checking.begin_run(name="reference", actor=None, now=now)
    calendar.set_calendar_year(
        year=2031, holidays=[], workdays=[], actor=judged.actor("office"), now=now
    )
    run.refresh_from_db()
    assert (run.state, Judged.objects.count()) == ("failed", 0)


# What a save changes


def test_a_save_while_much_is_loaded_judges_whom_it_may(scoped: Cast, now: datetime) -> None:
    clerk = scoped.actor("clerk")
    with checking.later():
        save(scoped.own, clerk, now, "meetings", **raw("meetings"))
    assert not Judged.objects.exists()
    checking.judge_loaded(scoped.own, now)
    assert Judged.objects.get().branch == scoped.own
    with checking.later():
        save(scoped.own, clerk, now, "meetings", **raw("meetings") | {"held_on": "2016-05-09"})
    assert _records(scoped) == 2
    entry = KINDS["meetings"].model.objects.latest("pk")
    ledgers.withdraw(kind=KINDS["meetings"], entry=entry, reason="重复", actor=clerk, now=now)
    assert _records(scoped) == 1
    checking.check_all(name="reference", actor=None, now=now)
    assert _records(scoped) == 1


def _records(people: Cast) -> int:
    return int(Verdict.objects.get(branch=people.own, item="L29").records)


def test_a_check_that_goes_on_hears_of_a_save(judged: Cast, now: datetime) -> None:
    run, _ = checking.begin_run(name="reference", actor=None, now=now)
    save(judged.own, judged.actor("clerk"), now, "meetings", **raw("meetings"))
    assert list(ChangedMeanwhile.objects.values_list("run", "branch")) == [(run.pk, judged.own.pk)]


# What is set aside, and what is said of it


@pytest.fixture
def suspected(scoped: Cast, now: datetime) -> list[SuspicionRow]:
    """Suspicions about one meeting of the own branch."""
    values = raw("meetings") | {"agenda": "讨论××工作", "resolutions": "同意××"}
    entry = save(scoped.own, scoped.actor("clerk"), now, "meetings", **values)
    checking.check_all(name="reference", actor=None, now=now)
    found = SuspicionRow.objects.filter(subject=entry.pk, rule__contains=":MT.").order_by("pk")
    return list(found.select_related("branch"))


@pytest.mark.parametrize(
    ("role", "at", "may"),
    [
        ("office", "committee", True), ("office", "own", True), ("office", "other", False), ("clerk", "own", False),
        ("secretary", "own", False), ("inspector", "committee", False), ("system", "committee", False),
    ],
)  # fmt: skip
def test_a_suspicion_is_set_aside_by_who_reads_and_checks_the_branch(
    scoped: Cast, role: str, at: str, may: bool
) -> None:
    user = scoped.users["nobody"]
    Duty.objects.create(user=user, role=Role(role), organisation=getattr(scoped, at))
    assert dismissing.may_dismiss(scoped.own, actor_of(user, on=scoped.day)) is may


@pytest.mark.parametrize(
    ("explanation", "reason", "told"),
    [("seen", " ", ""), ("other", " 核实 ", ""), ("other", " ", "选“其他”时须写明"), ("clock", "x", "请选择一种解释")],
)  # fmt: skip
def test_it_is_kept_once_with_one_of_its_explanations(
    suspected: list[SuspicionRow], scoped: Cast, now: datetime, explanation: str, reason: str, told: str
) -> None:  # fmt: skip
    row, office = suspected[0], scoped.actor("office")
    about: dict[str, Any] = {"explanation": explanation, "reason": reason, "actor": office, "now": now}  # fmt: skip
    with pytest.raises(WrongState, match="没有排除过"):
        dismissing.restore(row=row, actor=office, now=now)
    if told:
        with pytest.raises(BadInput, match=told):
            dismissing.dismiss(row=row, **about)
        return
    made = dismissing.dismiss(row=row, **about)
    assert (made.reason, made.explanation, made.severity) == (reason.strip(), explanation, row.severity)  # fmt: skip
    assert _last("dismiss") == {
        "rule": row.rule, "window": row.window, "record": row.subject, "why": str(made),
    }  # fmt: skip
    row = SuspicionRow.objects.get(dismissal=made)
    with pytest.raises(WrongState, match="这个疑点已经排除"):
        dismissing.dismiss(row=row, **about)
    dismissing.restore(row=row, actor=office, now=now)
    assert Dismissal.objects.get().ended_at == now
    assert _last("restore")["record"] == row.subject


def test_a_change_of_another_record_ends_no_dismissal(
    suspected: list[SuspicionRow], scoped: Cast, now: datetime
) -> None:
    made = dismissing.dismiss(
        row=suspected[0], explanation="seen", reason="", actor=scoped.actor("office"), now=now
    )
    clerk = scoped.actor("clerk")
    other = save(scoped.own, clerk, now, "meetings", **raw("meetings") | {"held_on": "2016-05-09"})
    correct("meetings", other, clerk, now, place="二楼")
    Dismissal.objects.create(
        branch=scoped.own, rule="gone", window="", subject=other.pk, other=-1, found=0, wanted=0, detail="", certain=True,
        severity="error", explanation="seen", at=now, by=scoped.users["office"],
    )  # fmt: skip
    ledgers.withdraw(kind=KINDS["meetings"], entry=other, reason="重复", actor=clerk, now=now)
    assert not Dismissal.objects.exclude(ended_at=None).exists(), "of a rule that is gone nothing ends"  # fmt: skip
    assert SuspicionRow.objects.filter(dismissal=made).exists()


def test_what_is_said_is_kept_only_where_it_is_new(
    suspected: list[SuspicionRow], scoped: Cast, now: datetime
) -> None:
    first, second = suspected[:2]
    clerk = scoped.actor("clerk")

    def explain(rows: list[SuspicionRow], text: str) -> int:
        return len(explaining.explain(rows=rows, text=text, actor=clerk, now=now))

    assert explain([first], " 停电 \n 改期 ") == 1
    assert BranchExplanation.objects.get().text == "停电 改期"
    assert explain([first, second], "停电 改期") == 1
    assert _last("explain") == {
        "rule": first.rule, "window": first.window, "record": first.subject, "n": 2,
    }  # fmt: skip
    assert explain([first, second], "长" * 300) == 2
    with pytest.raises(BadInput, match="“说明”：不能超过300个字，现有301个字"):
        explain([first], "长" * 301)
    ended = BranchExplanation.objects.exclude(ended_at=None).values_list("text", flat=True)
    assert list(ended) == ["停电 改期"] * 2
    explaining.take_back(rows=[first], actor=clerk, now=now)
    assert BranchExplanation.objects.filter(ended_at=None).count() == 1
    assert _last("take_back_explanation")["n"] == 1


def test_what_was_set_aside_needs_no_words(
    suspected: list[SuspicionRow], scoped: Cast, now: datetime
) -> None:
    dismissing.dismiss(row=suspected[0], explanation="seen", reason="", actor=scoped.actor("office"), now=now)  # fmt: skip
    rows = list(SuspicionRow.objects.filter(subject=suspected[0].subject).select_related("branch"))
    with pytest.raises(WrongState, match="不用再说明"):
        explaining.explain(rows=rows, text="x", actor=scoped.actor("clerk"), now=now)


# Versions of the rules


def _catalogue(n: int) -> Any:
    base = engine.catalogue(NAME)
    return base.model_copy(update={"items": base.items[n:]})


def test_versions_are_numbered_kept_once_and_told(scoped: Cast, now: datetime) -> None:
    told: dict[str, Any] = {"made_from": NAME, "now": now, "actor": scoped.actor("office")}
    first = publishing.keep_for_round(catalogue=_catalogue(1), note=" 通知 ", **told)
    assert publishing.keep_for_round(catalogue=_catalogue(1), note="通知", **told) == first
    second = publishing.offer_to_rounds(catalogue=_catalogue(2), note=" 本区增加 ", **told)
    kept = [(one.name, one.note, one.made_from) for one in Edition.objects.order_by("number")]
    assert kept == [(first, "按“ 通知 ”", NAME), (second, "本区增加", second)]
    base = engine.catalogue(NAME).version
    assert [one.number for one in Edition.objects.order_by("number")] == [base + 1, base + 2]
    assert _last("publish_rules")["note"] == "本区增加"
    assert _last("publish_rules")["changes"]
    with pytest.raises(BadInput, match="请写明为什么修改"):
        publishing.offer_to_rounds(catalogue=_catalogue(3), note=" ", **told)
    clerk = told | {"actor": scoped.actor("clerk")}
    with pytest.raises(NotAllowed):
        publishing.offer_to_rounds(catalogue=_catalogue(3), note=" ", **clerk)
    with pytest.raises(NotAllowed):
        publishing.publish(name=first, note=" ", actor=clerk["actor"], now=now)
    with pytest.raises(NotAllowed):
        publishing.keep_for_round(catalogue=_catalogue(1), note="x", **clerk)


# Mails


def _due(days: int, text: str) -> Due:
    return Due(text, "L01", date(2018, 10, 25) + timedelta(days=days), days, Mend("", ""))


@pytest.mark.parametrize(
    ("due", "others", "troubles", "lines"),
    [
        ([(7, "七"), (8, "八")], [], 0, ["2018-11-01（还有7天）　七"]), ([(8, "八")], [], 3, None),
        ([], ["别的"], 2, ["别的", "另有2类缺失或错误待补正，详见“待办”。"]), ([], [], 3, None),
        ([(0, "今天")], ["别的"], 0, ["别的", "2018-10-25（今天到期）　今天"]),
    ],
)  # fmt: skip
def test_a_mail_tells_what_is_due_so_soon_and_what_else_waits(
    people: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch, due: list[tuple[int, str]], others: list[str],
    troubles: int, lines: list[str] | None,
) -> None:  # fmt: skip
    settings.EMAIL_HOST, settings.CSRF_TRUSTED_ORIGINS = "mail.example.cn", ["https://t.example.cn"]
    clerk = people.users["clerk"]
    clerk.email = "clerk@example.cn"
    clerk.save()
    known = type("Found", (), {"due": [_due(*one) for one in due], "troubles": [0] * troubles})()
    monkeypatch.setattr(agenda, "agenda", lambda **_: known)
    sent = reminders.remind(days=7, now=NOW, more=lambda *_: others)
    if lines is None:
        assert sent == []
        return
    worker.work_off()
    (one,) = mail.outbox
    assert (
        one.subject
        == f"【台账提醒】甲校：{len(others) + len([d for d, _ in due if d <= 7])}项近期要办"
    )
    assert one.body.splitlines() == [*lines, "https://t.example.cn/todo/"]
    assert _last("remind") == {"n": 1}
