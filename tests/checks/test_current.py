"""Not judged is not clean: what was not found by the scope and the rules in force is 未核对, on every
page.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from taizhang.checks import current, engine
from taizhang.checks.actions import checking
from taizhang.checks.models import CheckRun, Judged, SuspicionRow, Verdict
from taizhang.checks.reasons import queries
from taizhang.checks.recheck import cross_branch
from taizhang.kernel.jobs import worker
from taizhang.orgs.actions import calendar as orgs
from tests.make import Cast, inspected, organisation, raw, save

CLEAN = ("没有发现错误", "没有发现疑点", "0</b> 类错误")


@pytest.fixture(autouse=True)
def _scope(people: Cast, now: datetime) -> None:
    inspected(now, (2016, 2016), date(2016, 12, 31))


def _page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def _outcomes(page: str) -> list[int]:
    """The numbers at the head of a branch's page."""
    head = re.search(r'<ul class="counts">(.*?)</ul>', page, re.DOTALL)
    assert head is not None
    return [int(n) for n in re.findall(r"<b>(\d+)</b>", head[1])]


def test_a_scope_that_was_never_judged_shows_nowhere_as_clean(people: Cast, login: Any) -> None:
    own = people.own.pk
    urls = ("/board/", f"/branches/{own}/", f"/branches/{own}/todo/", f"/branches/{own}/items/L29/", "/items/L29/", f"/branches/{own}/expected/")  # fmt: skip
    for who in ("office", "clerk"):
        for url in urls:
            page = _page(login(people.users[who]), url)
            assert "未核对" in page, url
            assert "尚未核对" in page, url
            assert not [word for word in CLEAN if word in page], url


def test_the_numbers_at_the_head_are_all_items_judged_or_not(
    people: Cast, now: datetime, login: Any
) -> None:
    office, url = login(people.users["office"]), f"/branches/{people.own.pk}/"
    before = _outcomes(_page(office, url))
    checking.check_all(name="reference", actor=None, now=now)
    after = _outcomes(_page(office, url))
    assert (sum(before), sum(after)) == (36, 36)
    assert before == [36]
    assert len(after) > 1


def test_what_an_earlier_scope_found_is_not_told_of_the_new_one(
    people: Cast, now: datetime, login: Any
) -> None:
    office = login(people.users["office"])
    checking.check_all(name="reference", actor=None, now=now)
    row = SuspicionRow.objects.filter(branch=people.own, certain=True).first()
    assert row is not None
    assert "没有现行有效的" in _page(office, f"/branches/{people.own.pk}/")

    inspected(now, (2017, 2017), date(2017, 12, 31))

    page = _page(office, f"/branches/{people.own.pk}/")
    assert "没有现行有效的" not in page
    assert _outcomes(page)[-1] == 36
    assert office.post(f"/suspicions/{row.pk}/dismiss/", {"explanation": "seen"}).status_code == 404
    assert queries.suspected([people.own.pk], [row.rule]) == {}
    inspected(now, (2016, 2016), date(2016, 12, 31))
    assert "没有现行有效的" in _page(office, f"/branches/{people.own.pk}/")


def test_what_other_rules_found_is_not_told_either(
    people: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    checking.check_all(name="reference", actor=None, now=now)
    scope = queries.must_have_scope()
    assert current.verdicts(scope).count() == 72
    monkeypatch.setattr(engine, "content", lambda name: f"{name} of another release")
    assert not current.verdicts(scope).exists()
    assert not current.suspicions(scope).exists()


def test_campaigns_and_days_after_the_day_of_judging_change_no_verdict(
    people: Cast, now: datetime
) -> None:
    checking.check_all(name="reference", actor=None, now=now)
    checking.set_scope(
        from_on=date(2016, 1, 1), to_on=date(2017, 6, 30), on=date(2016, 12, 31), catalogue="tianning-2018",
        asked=checking.Asked(["两学一做"]), actor=None, now=now,
    )  # fmt: skip
    assert current.judged(people.own, queries.must_have_scope()) is not None


def test_a_branch_that_is_founded_is_judged_at_once(
    people: Cast, now: datetime, login: Any
) -> None:
    checking.check_all(name="reference", actor=None, now=now)
    fresh = organisation("新校", people.committee, now)
    page = _page(login(people.users["office"]), f"/branches/{fresh.pk}/")
    assert sum(_outcomes(page)) == 36
    assert "尚未核对" not in page
    assert "缺失" in page


def test_a_save_before_the_check_keeps_nothing_of_the_earlier_scope(
    people: Cast, now: datetime, login: Any
) -> None:
    checking.check_all(name="reference", actor=None, now=now)
    across = engine.across("tianning-2018")[0]
    SuspicionRow.objects.create(
        branch=people.own, item=across.id.partition(":")[0], rule=across.id, severity="error", window="2016-03-08",
        subject=1, other=2, found=90, wanted=0, certain=True,
    )  # fmt: skip
    inspected(now, (2017, 2017), date(2017, 12, 31))
    save(people.own, people.actor("clerk"), now, "meetings", **raw("meetings") | {"held_on": "2017-03-08"})  # fmt: skip

    held = current.judged(people.own, queries.must_have_scope())
    assert held is not None
    assert not held.compared
    assert not SuspicionRow.objects.filter(branch=people.own, rule=across.id).exists()
    assert not Verdict.objects.filter(branch=people.own, outcome="unchecked").exists()
    page = _page(login(people.users["clerk"]), f"/branches/{people.own.pk}/")
    assert "还没有与其他支部比对" in page


def test_whoever_changes_the_scope_or_the_calendar_starts_a_check(
    people: Cast, now: datetime, django_capture_on_commit_callbacks: Any
) -> None:
    office = people.actor("office")
    with django_capture_on_commit_callbacks(execute=True):
        checking.set_scope(
            from_on=date(2017, 1, 1), to_on=date(2017, 12, 31), on=None, catalogue="tianning-2018", actor=office, now=now
        )  # fmt: skip
    assert Judged.objects.filter(compared=True).count() == 2
    runs = CheckRun.objects.count()

    with django_capture_on_commit_callbacks(execute=True):
        orgs.set_calendar_year(year=2017, holidays=[date(2017, 5, 1)], workdays=[], actor=office, now=now)  # fmt: skip
        assert not Judged.objects.exists()

    assert Judged.objects.filter(compared=True).count() == 2
    assert CheckRun.objects.count() == runs + 1


def test_a_branch_judged_by_a_new_scope_is_compared_with_the_others_soon(
    people: Cast, now: datetime, django_capture_on_commit_callbacks: Any
) -> None:
    checking.check_all(name="reference", actor=None, now=now)
    inspected(now, (2017, 2017), date(2017, 12, 31))
    runs = CheckRun.objects.count()

    with django_capture_on_commit_callbacks(execute=True):
        checking.judge_whole(people.own, now)
        assert list(Judged.objects.filter(branch=people.own).values_list("compared")) == [(False,)]
        assert CheckRun.objects.count() == runs

    assert Judged.objects.filter(compared=True).count() == 2
    assert CheckRun.objects.count() == runs + 1


def test_a_long_check_goes_on_in_the_background_and_pages_tell_how_far_it_is(
    people: Cast, now: datetime, login: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cross_branch, "AT_ONCE", 1)
    clerk = login(people.users["clerk"])
    run = checking.start_what_waits(actor=people.actor("office"), now=now)
    assert run is not None
    CheckRun.objects.filter(pk=run.pk).update(done=1)
    assert "正在核对：1／2" in _page(clerk, f"/branches/{people.own.pk}/")

    assert worker.work_off() == 1

    assert "核对已经完成" in _page(clerk, "/checks/waiting/")
    assert "正在核对" not in _page(clerk, f"/branches/{people.own.pk}/")


def test_pages_ask_for_verdicts_in_one_place() -> None:
    """Whoever asks the tables themselves shows what an earlier scope found."""
    source = Path(current.__file__).parents[1]
    asks = [
        str(path.relative_to(source))
        for path in source.rglob("*.py")
        if re.search(r"\b(Verdict|SuspicionRow)\.objects\b", path.read_text("utf-8"))
    ]
    writes = ("checks/actions/", "checks/recheck/")
    assert [p for p in asks if not p.startswith(writes)] == ["checks/current.py"]
