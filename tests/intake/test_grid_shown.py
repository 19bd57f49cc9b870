"""How the grid of a list stands on the page: what is wrong below its row, what it lacks in front."""

from __future__ import annotations

import io
from typing import Any

import pytest

from taizhang.intake.models import Paper
from taizhang.intake.sheets import grid
from taizhang.ledgers.kinds import KINDS
from tests.intake import corpus
from tests.intake.test_sheets import HEAD, _hand_in, _talk
from tests.make import NAMES, Cast

pytestmark = pytest.mark.django_db


def test_what_a_list_lacks_stands_behind_its_first_column_and_its_faults_below_the_row(
    people: Cast, login: Any
) -> None:
    clerk = login(people.users["clerk"])
    rows = [["姓名", "性别", "出生日期", "学历"], ["钟一", "女", "1970-03-04", "本科"]]
    upload = io.BytesIO(corpus._sheet([[], *rows], "党员花名册"))
    upload.name = "花名册.xlsx"
    clerk.post("/intake/", {"file": [upload], "branch": people.own.pk})
    page = clerk.get(f"/intake/papers/{Paper.objects.get().pk}/").content.decode()

    heads = [one.split("<")[0] for one in page.split('<th scope="col">')[1:]]
    assert heads[:4] == ["不要", "姓名", "进入支部日期", "性别"]
    assert page.count('class="s-error told-below"') == 1
    assert "进入支部日期：不能为空" in page


def test_the_day_of_each_month_is_said_once_for_all_rows_that_do_not_say_it(
    people: Cast, login: Any
) -> None:
    clerk = login(people.users["clerk"])
    heads: list[Any] = ["姓名", "1月", "2月", "3月"]
    rows = [[], heads, [NAMES[0], 20, 20, 20], [NAMES[1], 30, 30, 20]]
    upload = io.BytesIO(corpus._sheet(rows, "2016年党费收缴登记表"))
    upload.name = "党费.xlsx"
    at = clerk.post("/intake/", {"file": [upload], "branch": people.own.pk})["Location"]
    paper = Paper.objects.get(batch=at.rstrip("/").rsplit("/", 1)[-1])
    page = clerk.get(f"/intake/papers/{paper.pk}/").content.decode()
    assert "各月交纳日期" in page
    assert 'name="paid-2016-02"' in page

    days = {"paid-2016-01": "8", "paid-2016-02": "2016-03-02"}
    page = clerk.post(f"/intake/papers/{paper.pk}/", days).content.decode()

    paid = KINDS["dues-payments"].model.objects.order_by("month", "person_id")
    assert [str(one.paid_on) for one in paid] == ["2016-01-08"] * 2 + ["2016-03-02"] * 2
    assert "读到 2 行，其中 2 行要改" in page
    assert 'name="paid-2016-03"' in page
    assert 'name="paid-2016-01"' not in page


def test_rows_beyond_the_first_page_are_reached_and_mended(
    people: Cast, login: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grid, "SHOWN", 2)
    monkeypatch.setattr(grid, "PASSED", 1)
    clerk = login(people.users["clerk"])
    talks = [_talk(f"2016-03-0{day}") for day in range(1, 6)]
    sums = [["合计", "", "", "", "", "5"], ["注：样例"]]
    at = _hand_in(clerk, people, "talks", corpus._sheet([HEAD, *talks, *sums]))["Location"]

    first = clerk.get(at).content.decode()
    assert "1—2 行；入账时其他各页的行照读到的入账" in first
    assert 'name="topic-5"' not in first
    assert "第7行：合计" in first
    assert "第8行：注：样例" not in first
    assert "第8行：注：样例" in clerk.get(f"{at}?passed=2").content.decode()
    last = clerk.get(f"{at}?page=3").content.decode()
    assert 'name="topic-5"' in last

    clerk.post(f"{at}?page=3", {"topic-5": "改过的"})
    topics = KINDS["talks"].model.objects.order_by("held_on").values_list("topic", flat=True)
    assert list(topics) == ["近况"] * 4 + ["改过的"]


def test_one_fault_is_told_once_in_its_row(people: Cast, login: Any) -> None:
    clerk = login(people.users["clerk"])
    rows = [["姓名", "性别", "出生年月", "进入支部日期"], ["钟一", "女", "1970-03", "2009-09-01"]]
    upload = io.BytesIO(corpus._sheet([[], *rows], "党员花名册"))
    upload.name = "花名册.xlsx"
    at = clerk.post("/intake/", {"file": [upload], "branch": people.own.pk})["Location"]
    paper = Paper.objects.get(batch=at.rstrip("/").rsplit("/", 1)[-1])

    page = clerk.get(f"/intake/papers/{paper.pk}/").content.decode()

    assert page.count("只写到月份") == 1
