"""待办 with thousands of things that wait: pages with numbers, true counts, and only the page is
read.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from taizhang.inspection.models import Finding
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
