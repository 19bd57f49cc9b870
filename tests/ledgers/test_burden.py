"""减负: what is typed, taken over and worked out is told apart; minutes come from the form's own
stamp; no person is kept.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from taizhang.ledgers.burden import meter
from taizhang.ledgers.burden import year as burden
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.models import Burden, SparedPaper
from taizhang.ledgers.records import actions, read_rows
from taizhang.papers.actions import Wanted, print_papers
from taizhang.papers.documents import burden_sheet
from taizhang.papers.paper import Paper
from tests.make import Cast, inspected, raw, save

pytestmark = pytest.mark.django_db
TALK = {"held_on": "2018-03-01", "place": "会议室", "topic": "思想情况"}


def _opened(client: Client, people: Cast, slug: str, **asked: str) -> dict[str, str]:
    """What the opened form carries."""
    url = f"/ledgers/{slug}/new/"
    page = client.get(url, {"branch": f"{people.own.pk}"} | asked).content.decode()
    found = {name: re.search(f'name="{name}" value="([^"]*)"', page) for name in ("key", "began")}
    return {name: one[1] for name, one in found.items() if one} | {"branch": f"{people.own.pk}"}


def _sum(way: str = "form") -> Burden:
    return Burden.objects.get(way=way)


def test_what_stood_in_the_form_is_taken_over_and_the_rest_is_typed(
    people: Cast, login: Any
) -> None:
    client, told = login(people.users["clerk"]), raw("expenses")
    first = next(name for name, value in told.items() if value)
    opened = _opened(client, people, "expenses", **{first: told[first]})

    answer = client.post("/ledgers/expenses/new/", opened | told)

    assert answer.status_code == 302
    written = sum(bool(value) for value in told.values())
    assert (_sum().records, _sum().taken, _sum().typed) == (1, 1, written - 1)
    assert _sum().month == timezone.localdate().replace(day=1)
    assert {f.name for f in Burden._meta.fields}.isdisjoint({"by", "user", "at", "record", "entry"})


@pytest.mark.parametrize(("minutes", "seconds", "capped"), [(4, 240, 0), (31, 1800, 1)])
def test_the_minutes_run_from_opening_to_saving_and_stop_at_half_an_hour(
    people: Cast, login: Any, minutes: int, seconds: int, capped: int
) -> None:
    client = login(people.users["clerk"])
    at = timezone.now()
    with time_machine.travel(at, tick=False):
        opened = _opened(client, people, "expenses")
    with time_machine.travel(at + timedelta(minutes=minutes), tick=False):
        again = login(people.users["clerk"])  # who was idle so long has to log in again
        assert again.post("/ledgers/expenses/new/", opened | raw("expenses")).status_code == 302

    assert (_sum().timed, _sum().seconds, _sum().capped) == (1, seconds, capped)


@pytest.mark.parametrize(
    "began", ["", "x", signing.dumps({"at": "2018"}, salt="other")], ids=["none", "plain", "other"]
)
def test_a_stamp_that_nobody_signed_measures_no_time(people: Cast, login: Any, began: str) -> None:
    client = login(people.users["clerk"])
    opened = _opened(client, people, "expenses") | {"began": began}
    assert client.post("/ledgers/expenses/new/", opened | raw("expenses")).status_code == 302

    assert (_sum().records, _sum().timed) == (1, 0)
    assert burden.of_branch(people.own, timezone.localdate().year).total.minutes == "没有记录"


def test_a_refused_form_and_a_second_press_count_once(people: Cast, login: Any) -> None:
    client = login(people.users["clerk"])
    opened = _opened(client, people, "expenses")
    assert client.post("/ledgers/expenses/new/", opened).status_code == 422
    assert not Burden.objects.exists()
    for _ in range(2):
        client.post("/ledgers/expenses/new/", opened | raw("expenses"))

    assert _sum().records == 1


def test_what_a_file_brought_nobody_typed(people: Cast, now: datetime) -> None:
    rows = [read_rows.Row(n, people.own, raw("expenses") | {"summary": f"第{n}笔"}) for n in (1, 2)]
    with meter.by("sheet"):
        actions.record_many(kind=KINDS["expenses"], rows=rows, actor=people.actor("clerk"), now=now)

    assert (_sum("sheet").records, _sum("sheet").typed) == (2, 0)
    assert _sum("sheet").taken > 2


def test_what_is_written_above_a_list_is_typed_once(people: Cast, login: Any) -> None:
    client = login(people.users["clerk"])
    url = f"/ledgers/dues-payments/month/?branch={people.own.pk}&month=2018-03"
    page = client.get(url).content.decode()
    names = re.findall(r'name="tick-(\d+)"', page)
    began = re.search('name="began" value="([^"]*)"', page)
    assert began
    said = {"branch": people.own.pk, "month": "2018-03", "paid_on": "2018-03-05", "began": began[1]}
    said |= {f"tick-{key}": "1" for key in names} | {f"amount-{key}": "12.5" for key in names}

    assert client.post(url, said).status_code == 302

    one = _sum("together")
    assert one.records == len(names) == 8
    assert one.typed == 2, "the day and the sum, each written once"
    assert (one.taken, one.timed) == (8 * 4 - 2, 1)


def test_records_of_which_nobody_said_the_way_are_not_measured(people: Cast, now: datetime) -> None:
    Burden.objects.all().delete()
    save(people.own, people.actor("clerk"), now, "expenses", **raw("expenses"))

    assert not Burden.objects.exists()
    figures = burden.of_branch(people.own, now.year)
    assert figures.total.cells == ["合计", *["没有记录"] * 8]


def test_a_paper_counts_once_a_month_and_only_for_its_branch(
    people: Cast, now: datetime, login: Any
) -> None:
    entry = save(people.own, people.actor("clerk"), now, "meetings", **raw("meetings"))
    for who in ("clerk", "clerk", "office"):
        answer = login(people.users[who]).get(f"/papers/meetings/{entry.pk}.docx")
        assert answer.status_code == 200

    (one,) = SparedPaper.objects.all()
    assert (one.branch, one.month) == (people.own, timezone.localdate().replace(day=1))


def test_papers_spare_the_branch_that_they_are_about(people: Cast, now: datetime) -> None:
    entry = save(people.own, people.actor("clerk"), now, "meetings", **raw("meetings"))
    about = (f"meetings:{entry.pk}", f"organisation:{people.own.pk}:2018", f"organisation:{people.committee.pk}",
             f"round:{people.own.pk}", "meetings:9999", "meetings:blank")  # fmt: skip
    wanted = [Wanted(Paper(title="会议记录"), one) for one in about]
    print_papers(wanted=wanted, form="docx", actor=people.actor("clerk"), now=now)

    kept = SparedPaper.objects.order_by("what").values_list("branch", "what")
    assert list(kept) == [(people.own.pk, f"{one} 会议记录") for one in about[:2]]


def test_the_sheet_of_the_year_is_a_page_and_a_paper(
    people: Cast, now: datetime, login: Any
) -> None:
    inspected(now, (2018, 2018), date(2018, 10, 25))
    year = timezone.localdate().year
    Burden.objects.create(
        branch=people.own, month=date(year, 3, 1), way="form", records=4, typed=20, taken=25,
        derived=5, timed=4, seconds=360,
    )  # fmt: skip
    client = login(people.users["clerk"])
    page = client.get(f"/branches/{people.own.pk}/burden/?year={year}").content.decode()
    for told in ("60%", "1.5", "没有记录", "不用于考核和排名", "逐条填表 4 条"):
        assert told in page
    for form in ("pdf", "docx", "xlsx"):
        assert client.get(f"/branches/{people.own.pk}/burden/?form={form}").status_code == 200
    office = login(people.users["office"]).get("/burden/").content.decode()
    assert "甲校" in office
    assert "乙校" in office


def test_on_the_printed_sheet_a_dash_stands_for_what_was_not_measured(people: Cast) -> None:
    sheet = burden_sheet.paper(burden.of_branch(people.own, 2018), date(2018, 10, 25))
    text = json.dumps(asdict(sheet), ensure_ascii=False)
    assert "没有记录" not in text
    assert "没有量过的写“—”，不是零。" in text
    assert not [word for word in ("系统", "服务器") if word in text]
    assert sheet.footer.endswith("2018年10月25日制表")


def test_sums_are_added_to_in_one_statement(people: Cast, now: datetime) -> None:
    def stored(day: str) -> list[str]:
        with CaptureQueriesContext(connection) as asked, meter.by("sheet"):
            save(people.own, people.actor("clerk"), now, "talks", **raw("talks") | {"held_on": day})
        return [one["sql"] for one in asked if '"ledgers_burden"' in one["sql"]]

    first, second = stored("2018-03-01"), stored("2018-03-02")

    assert (len(first), len(second)) == (3, 1)
    assert _sum("sheet").records == 2


def test_the_sheet_says_what_it_does_not_count(people: Cast, login: Any) -> None:
    page = login(people.users["clerk"]).get(f"/branches/{people.own.pk}/burden/").content.decode()
    assert "不计的：更正、撤回和恢复，由别的程序经接口登记的" in page
