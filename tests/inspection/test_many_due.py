"""待办 with thousands of things that wait: pages with numbers, true counts, and only the page is
read.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext

from taizhang.inspection.models import Finding, Round, RoundArea, RoundUnit, Visit
from taizhang.inspection.progress import due
from tests.inspection.conftest import DAY, Scene

MANY = 2000


def _wait(scene: Scene, n: int) -> None:
    by, visit = scene.people.users["inspector"], scene.own
    Finding.objects.bulk_create(
        Finding(
            key=uuid4(), visit=visit, number=f"第{at}号", facts="缺记录", by=by, made_at=scene.now,
            standing=Finding.Standing.SUBMITTED, deadline=DAY,
        )
        for at in range(n)
    )  # fmt: skip


def test_thousands_that_wait_for_the_office_come_page_by_page(
    scene: Scene, login: Any, django_assert_max_num_queries: Any
) -> None:
    _wait(scene, MANY)
    office = login(scene.people.users["office"])

    with django_assert_max_num_queries(16):
        first = office.get("/inspections/due/").content.decode()
    last = office.get(f"/inspections/due/?due={MANY // 50}").content.decode()

    assert f"督查整改（{MANY}）" in first
    assert (first.count(">办理<"), last.count(">办理<")) == (50, 50)
    assert f"第{MANY - 1}号" in last
    assert 'href="?due=2"' in first
    assert max(len(first.encode()), len(last.encode())) < 20_000


def test_a_page_that_there_is_not_is_the_last(scene: Scene, login: Any) -> None:
    _wait(scene, 51)
    page = login(scene.people.users["office"]).get("/inspections/due/?due=99").content.decode()
    assert page.count(">办理<") == 1
    assert 'aria-current="page">2<' in page


def test_one_line_and_all_of_them_say_the_same(scene: Scene) -> None:
    _wait(scene, 3)
    lines = due.of_office(DAY)
    assert [lines[at] for at in range(len(lines))] == list(lines) == lines[:]


def test_many_rounds_with_something_overdue_cost_what_one_costs(scene: Scene) -> None:
    _wait(scene, 3)
    Finding.objects.update(standing=Finding.Standing.RECTIFYING)
    asked = []
    for _ in range(3):
        with CaptureQueriesContext(connection) as found:
            lines = list(due.of_office(DAY + timedelta(days=1)))
        asked.append(len(found))
        another = _one_more_round(scene)
        assert lines[0].url.endswith("/rectification/")
        Finding.objects.bulk_create(
            Finding(
                key=uuid4(), visit=another, number="第1号", facts="缺记录", by=scene.people.users["inspector"],
                made_at=scene.now, standing=Finding.Standing.RECTIFYING, deadline=DAY,
            ) for _ in range(2)
        )  # fmt: skip
    assert len(set(asked)) == 1
    told = [line.text.partition("：")[0] for line in due.of_office(DAY + timedelta(days=1))]
    assert told == ["2个问题整改超期"] * 3 + ["3个问题整改超期"]


def _one_more_round(scene: Scene) -> Visit:
    """The visit of another round of the same branch."""
    opened = Round.objects.create(
        title="又一轮",
        period_from=DAY,
        period_to=DAY,
        standing=Round.Standing.RECTIFYING,
        opened_at=scene.now,
        opened_by=scene.people.users["office"],
    )
    area = RoundArea.objects.create(round=opened, name="城南1", order=1)
    unit = RoundUnit.objects.create(area=area, name="本校", order=1, organisation=scene.people.own)
    return Visit.objects.create(unit=unit)
