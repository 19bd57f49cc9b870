"""A branch against its own past: from what checks left, a gap where it was not judged, and never
another branch.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from taizhang.checks.actions import checking
from taizhang.checks.history import curve
from taizhang.checks.models import CheckRun, RunStanding
from tests.make import Cast, inspected

pytestmark = pytest.mark.django_db


def _run(now: datetime, days: int, by: str = "a") -> CheckRun:
    at = now - timedelta(days=days)
    return CheckRun.objects.create(started_at=at, engine="reference", by=by, state="done")


def _stood(run: CheckRun, branch: Any, *figures: int) -> None:
    names = ("fine", "bad", "unsure", "live", "timely")
    RunStanding.objects.create(run=run, branch=branch, **dict(zip(names, figures, strict=True)))


def test_a_day_without_a_judgement_is_a_gap(people: Cast, now: datetime) -> None:
    for days, figures in (
        (9, (10, 10, 3, 4, 1)),
        (8, ()),
        (7, (15, 5, 0, 0, 0)),
        (6, (18, 2, 9, 4, 4)),
    ):
        run = _run(now, days)
        _stood(run, people.other, 1, 1, 1, 1, 1)
        if figures:
            _stood(run, people.own, *figures)

    found = curve.curve(people.own)

    assert [point.complete for point in found.points] == [50, None, 75, 90]
    assert [point.in_time for point in found.points] == [25, None, None, 100]
    assert [len(stretch) for stretch in found.complete] == [1, 2]
    assert [len(stretch) for stretch in found.in_time] == [1, 1]
    assert found.complete[-1][-1].told == f"{timezone.localdate(now) - timedelta(days=6)} 齐全90%"


def test_the_last_check_of_a_day_counts_and_other_rules_are_told(
    people: Cast, now: datetime
) -> None:
    for days, by, fine in ((5, "a", 1), (5, "a", 2), (3, "b", 3)):
        _stood(_run(now, days, by), people.own, fine, 0, 0, 0, 0)

    points = curve.curve(people.own).points

    assert [point.standing.fine for point in points if point.standing] == [2, 3]
    assert [point.other_rules for point in points] == [False, True]


def test_the_page_has_the_line_and_its_table(people: Cast, now: datetime, login: Any) -> None:
    client = login(people.users["clerk"])
    inspected(now, (2018, 2018), now.date())
    assert "与自己比" not in client.get(f"/branches/{people.own.pk}/").content.decode()
    for days in (3, 1):
        checking.check_all(name="reference", actor=None, now=now - timedelta(days=days))

    page = client.get(f"/branches/{people.own.pk}/").content.decode()

    assert page.count("<polyline") == 1, "nothing was entered live: no line of timeliness"
    assert "每次核查的数字（2）" in page
    assert "不排名" in page
