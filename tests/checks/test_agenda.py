"""待办: what is due, missing and wrong, each with the way to mend it; and the mail about it."""

from __future__ import annotations

from collections import Counter, OrderedDict
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from taizhang.checks import current, engine
from taizhang.checks.actions import checking as checks
from taizhang.checks.actions import reminders
from taizhang.checks.models import SuspicionRow
from taizhang.checks.pages import agenda
from taizhang.checks.reasons import sentences, year_ahead
from taizhang.checks.reasons.queries import must_have_scope
from taizhang.checks.recheck import store
from taizhang.kernel.errors import WrongState
from taizhang.kernel.jobs import worker
from taizhang.ledgers.kinds.declarations import Declaration
from taizhang.ledgers.kinds.meetings.models import Meeting
from taizhang.rules import reference
from taizhang.rules.base import Rule
from taizhang.rules.kinds.each_has import EachHas
from tests.make import NAMES, Cast, inspected, raw, save


@pytest.fixture
def checked(people: Cast, now: datetime) -> Cast:
    """The cast with a scope that has no day of its own: it is judged as of today."""
    inspected(now, (2018, 2018), date(2018, 10, 25))
    checks.judge_whole(people.own, now)
    return people


def _due(people: Cast) -> dict[str, year_ahead.Due]:
    found = agenda.agenda(branch=people.own, today=people.day).due
    return {line.text: line for line in found}


def test_what_the_window_of_today_lacks_is_due_until_its_end(checked: Cast) -> None:
    line = _due(checked)["2018年10月：支委会每月召开一次"]
    assert (line.deadline, line.days_left, line.item) == (date(2018, 10, 31), 6, "L29")
    assert "kind=%E6%94%AF%E5%A7%94%E4%BC%9A" in line.mend.url


def test_what_is_recorded_is_no_longer_due(checked: Cast, now: datetime) -> None:
    save(checked.own, checked.actor("clerk"), now, "meetings", **raw("meetings") | {"kind": "支委会", "held_on": "2018-10-09"})  # fmt: skip
    assert "2018年10月：支委会每月召开一次" not in _due(checked)


def test_dues_of_the_month_count_heads_and_lead_to_the_grid(checked: Cast) -> None:
    line = _due(checked)["2018年10月：每名党员每月应交纳党费或经批准免交（还差8人）"]
    assert line.mend.url == f"/ledgers/dues-payments/month/?branch={checked.own.pk}&month=2018-10"


def test_the_calendar_knows_done_missed_due_and_to_come(checked: Cast, now: datetime) -> None:
    save(checked.own, checked.actor("clerk"), now, "meetings", **raw("meetings") | {"kind": "支委会", "held_on": "2018-03-09"})  # fmt: skip

    rows = agenda.agenda(branch=checked.own, today=checked.day).calendar

    committee = next(row for row in rows if row.says == "支委会每月召开一次")
    states = [mark.state for mark in committee.marks]
    assert states == ["missed", "missed", "done", *["missed"] * 6, "due", "ahead", "ahead"]


def test_the_rules_are_asked_again_only_when_a_row_changed(
    checked: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = agenda.agenda(branch=checked.own, today=checked.day)
    with monkeypatch.context() as patched:
        patched.setattr(reference, "judge", lambda *_: pytest.fail("judged again"))
        again = agenda.agenda(branch=checked.own, today=checked.day)
    assert (again.due, again.calendar) == (first.due, first.calendar)

    save(checked.own, checked.actor("clerk"), now, "meetings", **raw("meetings") | {"kind": "支委会", "held_on": "2018-10-09"})  # fmt: skip
    held = Meeting.objects.get()
    due = _due(checked)
    assert "2018年10月：支委会每月召开一次" not in due
    held.held_on = date(2018, 9, 9)
    held.save()
    assert "2018年10月：支委会每月召开一次" in _due(checked)


def test_rules_that_can_say_nothing_of_the_year_are_not_asked(
    checked: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Rule] = []
    judge = reference.judge

    def noted(rules: Any, *about: Any) -> Any:
        asked.extend(rules)
        return judge(rules, *about)

    monkeypatch.setattr(reference, "judge", noted)
    monkeypatch.setattr(year_ahead, "_kept", OrderedDict())
    found = agenda.agenda(branch=checked.own, today=checked.day)
    monkeypatch.setattr(Rule, "touches", lambda *_: True)
    monkeypatch.setattr(EachHas, "tells_windows", lambda *_: True)
    monkeypatch.setattr(year_ahead, "_kept", OrderedDict())
    few, all_of_them = [rule.id for rule in asked], len(asked)
    every = agenda.agenda(branch=checked.own, today=checked.day)

    assert (found.due, found.calendar) == (every.due, every.calendar)
    assert len(asked) - all_of_them > 2 * all_of_them
    assert {"L25:L25.2", "L29:L29.1"} <= set(few)
    assert not {"L16:L16.1", "L12:L12.1@2019-01-01"} & set(few)


def test_every_trouble_has_a_button_that_opens(checked: Cast, now: datetime, login: Any) -> None:
    clerk: Client = login(checked.users["clerk"])
    save(checked.own, checked.actor("clerk"), now, "meetings", **raw("meetings") | {"kind": "党员大会", "held_on": "2018-08-09", "present": NAMES[0]})  # fmt: skip
    found = agenda.agenda(branch=checked.own, today=checked.day)

    buttons = {p.mend.url for t in (*found.troubles, *found.warnings) for p in t.places}
    buttons |= {line.mend.url for line in found.due}

    assert len(buttons) > 20
    for url in buttons:
        assert clerk.get(url.partition("#")[0]).status_code == 200, url


def test_the_page_costs_the_same_whatever_is_wrong(
    checked: Cast, now: datetime, login: Any, django_assert_max_num_queries: Any
) -> None:
    clerk: Client = login(checked.users["clerk"])
    url = f"/branches/{checked.own.pk}/todo/"
    for day in ("2018-04-09", "2018-05-09"):
        save(checked.own, checked.actor("clerk"), now, "meetings", **raw("meetings") | {"held_on": day, "present": ""})  # fmt: skip
    with django_assert_max_num_queries(52):
        assert clerk.get(url).status_code == 200


def test_hundreds_of_troubles_come_page_by_page_and_are_counted_truly(
    checked: Cast,
    login: Any,
    django_assert_max_num_queries: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = [r for r in engine.rules(must_have_scope().catalogue).values() if r.severity == "error"]
    row = SuspicionRow.objects.filter(branch=checked.own, certain=True)[0].as_suspicion()
    SuspicionRow.objects.bulk_create(
        store.row_of(checked.own.pk, row._replace(rule=rule.id, subject=-1, window=f"2018-{n:02d}"), rule, {})
        for rule in known[:40] for n in range(1, 11)
    )  # fmt: skip
    clerk = login(checked.users["clerk"])
    found = agenda.agenda(branch=checked.own, today=checked.day)
    rows = SuspicionRow.objects.filter(branch=checked.own, certain=True, severity="error")
    assert sum(one.times for one in found.troubles) == rows.count() >= 400
    assert len(found.troubles) == rows.values("rule").distinct().count() >= 40

    made: list[str] = []
    words = sentences.sentence

    def counted(rule: Rule, *told: Any) -> str:
        made.append(rule.id)
        return words(rule, *told)

    monkeypatch.setattr(sentences, "sentence", counted)
    monkeypatch.setattr(SuspicionRow, "from_db", lambda *_: pytest.fail("an object for a row"))
    with django_assert_max_num_queries(54):
        page = clerk.get(f"/branches/{checked.own.pk}/todo/?errors=2").content.decode()

    # Of ten places that are one matter, one sentence is made.
    assert 0 < max(map(made.count, made)) < 10
    assert f"<b>{len(found.troubles)}</b> 类错误" in page
    assert page.count('tag s-error"') == agenda.PER_PAGE
    assert 'aria-current="page">2<' in page
    assert "?errors=3" in page
    assert len(page.encode()) < 60_000


def test_what_stands_against_a_branch_is_counted_as_plain_reading_counts_it(checked: Cast) -> None:
    scope = must_have_scope()
    rules = list(engine.rules(scope.catalogue).values())
    row = SuspicionRow.objects.filter(branch=checked.own, certain=True)[0].as_suspicion()
    SuspicionRow.objects.bulk_create(
        store.row_of(checked.own.pk, row._replace(rule=rule.id, window=window), rule, {})
        for rule in reversed(rules[:6]) for window in ("2018-03", "", "2018-Q1", "2018-03", "样，某 1")
    )  # fmt: skip
    listed: dict[tuple[str, str], Counter[str]] = {}
    for one in current.suspicions(scope).filter(branch=checked.own, certain=True).order_by("pk"):
        listed.setdefault((one.rule, one.severity), Counter())[one.window] += 1

    found = current.open_against(checked.own, scope)

    assert [(rule, grave) for rule, grave, _ in found] == list(listed)
    assert {(rule, grave): of for rule, grave, of in found} == listed
    assert current.open_against(checked.other, scope) == []


def test_thousands_of_declarations_come_page_by_page(
    checked: Cast, now: datetime, login: Any, django_assert_max_num_queries: Any
) -> None:
    save(checked.own, checked.actor("clerk"), now, "declarations", **raw("declarations"))
    one = Declaration.objects.get()
    told = {
        f.attname: getattr(one, f.attname) for f in one._meta.concrete_fields if not f.primary_key
    }
    Declaration.objects.bulk_create(Declaration(**told) for _ in range(2999))  # fmt: skip
    office = login(checked.users["office"])
    with django_assert_max_num_queries(14):
        page = office.get("/todo/?page=60").content.decode()
    assert "等待确认的申报（3000）" in page
    assert page.count("打开确认") == 50
    assert len(page.encode()) < 60_000


def test_the_office_sees_what_waits_for_it(checked: Cast, now: datetime, login: Any) -> None:
    save(checked.own, checked.actor("clerk"), now, "declarations", **raw("declarations"))
    page = login(checked.users["office"]).get("/todo/").content.decode()
    assert "等待确认的申报（1）" in page


@pytest.fixture
def _mailing(settings: Any, checked: Cast, login: Any) -> None:
    settings.EMAIL_HOST = "mail.example.cn"
    login(checked.users["clerk"]).post("/me/address/", {"email": "clerk@example.cn"})


@pytest.mark.usefixtures("_mailing")
def test_a_reminder_goes_out_once_a_day_and_names_nobody(checked: Cast, now: datetime) -> None:
    assert len(reminders.remind(days=7, now=now)) == 1
    assert reminders.remind(days=7, now=now + timedelta(hours=2)) == []
    assert len(reminders.remind(days=7, now=now + timedelta(days=1))) == 1

    worker.work_off()
    assert mail.outbox[0].to == ["clerk@example.cn"]
    assert "支委会每月召开一次" in mail.outbox[0].body
    troubles = len(agenda.agenda(branch=checked.own, today=checked.day).troubles)
    assert f"另有{troubles}类缺失或错误待补正，详见“待办”。" in mail.outbox[0].body
    assert not any(name in mail.outbox[0].body for name in NAMES)


@pytest.mark.usefixtures("_mailing")
def test_the_day_of_a_reminder_begins_at_midnight_here(checked: Cast) -> None:
    midnight = datetime.fromisoformat("2018-10-25T00:00:00+08:00")
    assert len(reminders.remind(days=7, now=midnight)) == 1
    assert reminders.remind(days=7, now=midnight + timedelta(hours=12)) == []
    assert len(reminders.remind(days=7, now=midnight + timedelta(days=1))) == 1


@pytest.mark.usefixtures("_mailing")
def test_nothing_due_so_soon_is_no_mail(now: datetime) -> None:
    assert reminders.remind(days=2, now=now) == []


def test_without_a_mail_server_it_is_refused(checked: Cast, now: datetime) -> None:
    del checked
    with pytest.raises(WrongState, match="TAIZHANG_MAIL"):
        reminders.remind(days=7, now=now)


def test_an_address_that_is_none_is_refused(checked: Cast, login: Any) -> None:
    answer = login(checked.users["clerk"]).post("/me/address/", {"email": "不是邮箱"})
    assert answer.status_code == 422
