"""The round that looks back: what it brings along, what became of each problem, what the machine
sees again.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest

from taizhang.inspection import actions, queries
from taizhang.inspection.models import Finding, Round, Visit
from taizhang.inspection.progress import board, round_comparison
from taizhang.kernel.errors import WrongState
from tests.inspection.conftest import Scene
from tests.inspection.test_findings import _acknowledged


def _follow_up(scene: Scene) -> Round:
    days = (date(2019, 3, 1), date(2019, 3, 2))
    return actions.follow_up(
        previous=scene.opened, title="回头看", days=days, period_to=date(2018, 12, 31), actor=scene.people.actor("office"), now=scene.now,
        still_open=True,
    )  # fmt: skip


def _next(scene: Scene) -> Scene:
    second = Scene(scene.people, scene.now, _follow_up(scene))
    scene.opened.standing = Round.Standing.CLOSED
    scene.opened.save()
    second.step("publish")
    second.step("begin", early=True)
    return second


def _visit_of(second: Scene) -> Visit:
    return Visit.objects.select_related("unit__area__round").get(
        unit__area__round=second.opened, unit__organisation=second.people.own
    )


def test_the_next_round_brings_units_team_items_and_what_is_left(scene: Scene) -> None:
    finding = _acknowledged(scene)
    second = _next(scene)
    visit = _visit_of(second)

    assert second.opened.items.count() == 36
    assert [m.name for m in visit.unit.area.team.all()] == ["team_leader", "inspector"]
    assert [s.date for s in visit.unit.area.sessions.all()] == [date(2019, 3, 1)]
    assert [one["id"] for one in visit.pack["earlier"]] == [finding.pk]


def _send(second: Scene, visit: Visit, now: datetime, kind: str, **about: Any) -> str:
    from taizhang.inspection.actions import site
    from taizhang.inspection.site import entries as e

    entry = e.ONE.validate_python(
        {"kind": kind, "key": uuid4(), "visit": visit.pk, "made_at": now} | about
    )
    return site.sync(entries=[entry], actor=second.people.actor("inspector"), now=now)[0].state


@pytest.mark.parametrize(
    ("standing", "verdict", "repeated", "word"),
    [
        ("acknowledged", "mended", False, "已整改"),
        ("acknowledged", "not_mended", True, "未整改"),
        ("closed", "mended", False, "已整改"),
        ("acknowledged", None, False, "未核对"),
        ("closed", None, False, "未核对"),
        ("long_term", None, False, "未核对"),
        ("closed", "partly", False, "反弹"),
        ("closed", "not_mended", True, "反弹"),
        ("reopened", None, False, "反弹"),
    ],
)
def test_what_became_of_a_problem(
    scene: Scene, standing: str, verdict: str | None, repeated: bool, word: str
) -> None:
    finding = _acknowledged(scene)
    Finding.objects.update(standing=standing)
    second = _next(scene)
    visit = _visit_of(second)
    if verdict:
        assert (
            _send(second, visit, scene.now, "look_back", earlier=finding.pk, verdict=verdict)
            == "stored"
        )
    if repeated:
        _send(
            second, visit, scene.now, "finding", item=28, facts="又没有召开", repeat_of=finding.pk
        )
    _send(second, visit, scene.now, "finding", item=1, facts="新的问题")

    found = round_comparison.comparison(second.opened)

    assert [fate.word for fate in found.fates] == [word, "新增"]
    assert dict(found.by_item).keys() == {"L28 党员大会台账", "L01 党支部工作职责"}


def test_a_closed_problem_that_the_machine_sees_again_is_offered_not_decided(scene: Scene) -> None:
    from taizhang.checks.models import SuspicionRow

    finding = _acknowledged(scene)
    Finding.objects.update(standing="closed", rule="L28:L28.1", window="2016-Q3")
    about = {"branch": scene.people.own, "item": "L28", "rule": "L28:L28.1", "severity": "error", "subject": -1, "other": -1, "found": 0, "wanted": 1}  # fmt: skip
    SuspicionRow.objects.all().delete()
    assert board.came_back(queries.findings(scene.people.actor("office"))) == []

    SuspicionRow.objects.create(window="2016-Q3", **about)
    assert [
        one.word for one in board.came_back(queries.findings(scene.people.actor("office")))
    ] == ["系统核对仍有同样疑点"]
    SuspicionRow.objects.create(window="2018-Q3", **about)
    assert [
        one.word for one in board.came_back(queries.findings(scene.people.actor("office")))
    ] == ["同类问题再次出现"]
    finding.refresh_from_db()
    assert finding.standing == "closed"


def test_a_round_is_closed_only_when_nothing_is_on_its_way_or_a_next_one_carries_it(
    scene: Scene,
) -> None:
    _acknowledged(scene)
    Visit.objects.update(standing=Visit.Standing.FED_BACK)
    scene.step("feed_back")
    with pytest.raises(WrongState, match="还有 1 个问题没有销号，不能办结"):
        scene.step("close")

    _follow_up(scene)
    scene.step("close")
    assert scene.opened.standing == Round.Standing.CLOSED
