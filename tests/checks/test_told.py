"""What pages say is so: of organisations above branches, of two branches of one person, of
declarations, of days.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from taizhang.checks.actions import checking
from taizhang.checks.models import Verdict
from taizhang.checks.pages import agenda
from taizhang.checks.reasons import queries
from taizhang.ledgers.office import actions as declarations
from taizhang.orgs.actions import duties as orgs
from taizhang.orgs.models import Organisation, Role, User
from tests.conftest import NOW
from tests.make import Cast, inspected, organisation, raw, save
from tests.modules import begins_with

pytestmark = pytest.mark.django_db


def _judged(people: Cast) -> None:
    inspected(NOW, (2018, 2018), date(2018, 10, 25))
    checking.judge_whole(people.own, NOW)


begun = begins_with(_judged)


def _account(name: str, now: datetime, *places: Organisation, role: str = Role.SECRETARY) -> User:
    return orgs.open_account(
        username=name, name=name, password=None, duties=[(role, place) for place in places], now=now
    )


def _page(client: Client, url: str) -> str:
    answer = client.get(url, follow=True)
    assert answer.status_code == 200, url
    return answer.content.decode()


@pytest.fixture
def general(people: Cast, now: datetime) -> tuple[Organisation, Organisation]:
    """A 党总支 with one branch below it."""
    above = organisation("总校", people.committee, now, "general_branch")
    return above, organisation("总校一支部", above, now)


def test_an_organisation_above_branches_leads_to_them(
    general: tuple[Organisation, Organisation], now: datetime, login: Any
) -> None:
    above, below = general
    client = login(_account("zongzhi", now, above))
    for page in ("", "todo/", "expected/", "items/L29/"):
        told = _page(client, f"/branches/{above.pk}/{page}")
        assert f'/branches/{below.pk}/todo/"' in told, page
        assert f"/branches/{above.pk}/items/" not in told, page
    home = _page(client, "/")
    assert "总校一支部" in home
    assert "我的台账" not in home
    assert not Verdict.objects.filter(branch=above).exists()
    assert f"/branches/{below.pk}/" in _page(client, f"/branches/{below.pk}/todo/")


def test_who_keeps_two_branches_switches_between_them(
    people: Cast, now: datetime, login: Any
) -> None:
    client = login(_account("liangge", now, people.own, people.other, role=Role.CLERK))
    assert client.get("/").headers["Location"] == f"/branches/{people.own.pk}/todo/"
    assert "当前支部" in _page(client, "/ledgers/")

    client.post("/me/branch/", {"branch": people.other.pk})

    assert client.get("/").headers["Location"] == f"/branches/{people.other.pk}/todo/"
    menu = _page(client, "/ledgers/")
    assert f'/branches/{people.other.pk}/inspections/"' in menu
    assert f'/branches/{people.own.pk}/inspections/"' not in menu
    form = _page(client, "/ledgers/meetings/new/")
    assert "乙校" in form
    assert client.post("/me/branch/", {"branch": people.committee.pk}).status_code == 403
    assert "当前支部" not in _page(login(people.users["clerk"]), "/ledgers/")


def test_a_declaration_that_waits_is_told_to_its_author(
    people: Cast, now: datetime, login: Any
) -> None:
    clerk, waits = login(people.users["clerk"]), "等待上级确认"
    book, item = f"/branches/{people.own.pk}/", f"/branches/{people.own.pk}/items/L23/"
    assert waits not in _page(clerk, book)
    made = save(people.own, people.actor("clerk"), now, "declarations", **raw("declarations"))

    assert f"已申报，{waits}" in _page(clerk, book)
    assert f"/ledgers/declarations/{made.pk}/" in _page(clerk, item)
    assert waits not in _page(clerk, f"/branches/{people.own.pk}/items/L24/")

    declarations.confirm(entry=made, actor=people.actor("office"), now=now)
    assert waits not in _page(clerk, book)


def _marks(people: Cast, says: str) -> list[str]:
    rows = agenda.agenda(branch=people.own, today=people.day).calendar
    return [mark.state for row in rows if row.says == says for mark in row.marks]


def test_only_what_has_its_record_is_ticked_in_the_calendar(
    people: Cast, now: datetime, login: Any
) -> None:
    """What is not due before next year's first months has no tick for that."""
    says = "按上级年度通知召开组织生活会"
    assert _marks(people, says) == ["ahead"]
    page = _page(login(people.users["clerk"]), f"/branches/{people.own.pk}/todo/")
    row = page.partition(says)[2].partition("</tr>")[0]
    assert "✓" not in row
    assert "·" in row

    values = raw("life-meetings") | {"assessment_year": "2018", "held_on": "2018-10-20"}
    save(people.own, people.actor("clerk"), now, "life-meetings", **values)

    assert _marks(people, says) == ["done"]


def test_every_tick_of_the_calendar_stands_for_a_record(people: Cast) -> None:
    """The cast has a roster and nothing else."""
    rows = agenda.agenda(branch=people.own, today=people.day).calendar
    assert rows
    assert {mark.state for row in rows for mark in row.marks} <= {"missed", "due", "ahead", "none"}


def test_a_warning_without_any_record_waits_for_a_person(people: Cast, now: datetime) -> None:
    """The chart is out of date, says the warning: then nothing can be called not due."""
    inspected(now, (2015, 2018), date(2018, 10, 25))
    checking.judge_whole(people.own, now)
    verdict = Verdict.objects.get(branch=people.own, item="L14")
    assert (verdict.records, verdict.warns > 0) == (0, True)
    assert verdict.outcome == "to_judge"
    assert "没有记录，却有疑点" in verdict.reason
    held = Verdict.objects.filter(branch=people.own, outcome="not_due")
    assert not held.filter(warns__gt=0).exists()


def test_a_scope_of_long_ago_is_looked_back_on_from_its_own_day() -> None:
    scope = queries.must_have_scope()
    day = date(2018, 10, 25)
    assert queries.reckoning_day(scope, day + timedelta(days=3000)) == day
    assert queries.reckoning_day(scope, day + timedelta(days=30)) == day + timedelta(days=30)
    assert queries.reckoning_day(scope, day - timedelta(days=3)) == day - timedelta(days=3)
    assert queries.reckoning_day(None, day) == day


def test_pages_say_the_day_that_they_reckon_from_and_forms_propose_it(
    people: Cast, login: Any
) -> None:
    clerk, own = login(people.users["clerk"]), people.own.pk
    for page in ("todo", "inspections"):
        told = re.sub(r"<[^>]+>", "", _page(clerk, f"/branches/{own}/{page}/"))
        assert "今天按 2018-10-25 计" in re.sub(r"\s+", " ", told)
    assert 'value="2018-10-25"' in _page(clerk, "/ledgers/meetings/new/?kind=支委会")
    assert "2018-10-25" in _page(clerk, f"/branches/{own}/chart/")


def test_a_new_record_for_a_window_of_the_past_proposes_no_day_of_it(
    people: Cast, login: Any
) -> None:
    clerk = login(people.users["clerk"])
    rows = agenda.agenda(branch=people.own, today=people.day).calendar
    mends = [m.mend.url for row in rows for m in row.marks if m.mend and "/meetings/new/" in m.mend.url]  # fmt: skip
    march = next(url for url in mends if "window=2018-03" in url)
    quarter = next(url for url in mends if "window=2018-Q1" in url)
    for url in (march, quarter):
        found = re.search(r'name="held_on"[^>]*value="([^"]*)"', _page(clerk, url))
        assert found is not None
        assert not found[1]
