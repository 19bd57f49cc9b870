"""A round of one area: the own and the other branch, a leader and a member, one session."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

import pytest

from taizhang.checks.actions import checking as checks
from taizhang.inspection import actions
from taizhang.inspection.actions import site
from taizhang.inspection.models import Round, Visit
from taizhang.inspection.plan.model import AreaPlan, Plan, SessionPlan, UnitPlan
from taizhang.inspection.site import entries as e
from tests.conftest import NOW
from tests.make import Cast, as_it_is_now
from tests.modules import States

DAY = date(2018, 10, 25)
WHY = "时间不够，其余项目另行查阅"
"""Why a team of these tests confirms what it did not look at."""


@dataclass
class Scene:
    """A round and what stands in it."""

    people: Cast
    now: datetime
    opened: Round
    visits: dict[int, Visit] = field(default_factory=dict)

    @property
    def own(self) -> Visit:
        """The own branch's visit, as it is now."""
        return Visit.objects.select_related("unit__area__round", "unit__organisation").get(
            unit__organisation=self.people.own
        )

    def send(self, who: str, kind: str, **about: Any) -> e.Result:
        """One entry of somebody's device for the own branch."""
        told = {
            "kind": kind,
            "key": str(uuid4()),
            "visit": self.own.pk,
            "made_at": self.now,
        } | about
        entry = e.ONE.validate_python(told)
        return site.sync(entries=[entry], actor=self.people.actor(who), now=self.now)[0]

    def step(self, verb: str, *, early: bool = False) -> None:
        """The organisation section takes the round on."""
        actions.advance(
            opened=self.opened, verb=verb, actor=self.people.actor("office"), now=self.now,
            reason="时间另定" if verb == "withdraw" else "", early=early,
        )  # fmt: skip


def plan_of(people: Cast, **about: Any) -> Plan:
    """One area of both branches."""
    units = [UnitPlan(0, branch.short_name, branch.pk) for branch in (people.own, people.other)]
    session = SessionPlan(0, DAY, time(9), time(11, 30), "甲校", people.own.pk)
    area = AreaPlan(0, "城南1", units, [session], leader="team_leader", members=["inspector"])
    return Plan([replace(area, **about)])


def opened_draft(people: Cast, now: datetime) -> Scene:
    """A round that is planned and not published."""
    office = people.actor("office")
    opened = actions.open_blank(
        title="关于开展督查的通知", period=(date(2015, 1, 1), date(2018, 10, 31)), days=(DAY, DAY), catalogue="tianning-2018",
        actor=office, now=now,
    )  # fmt: skip
    actions.change_plan(opened=opened, plan=plan_of(people), actor=office, now=now)
    return Scene(people, now, opened)


def opened_scene(people: Cast, now: datetime) -> Scene:
    """A round whose teams are at work."""
    made = opened_draft(people, now)
    made.step("publish")
    made.step("begin")
    return made


def opened_checked(people: Cast, now: datetime) -> Scene:
    """The same, with the machine's verdicts frozen in the packs."""
    made = opened_draft(people, now)
    made.step("publish")
    checks.check_all(name="reference", actor=None, now=now)
    made.step("begin")
    return made


MAKERS = {"draft": opened_draft, "scene": opened_scene, "checked": opened_checked}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each test says by its fixtures how far the round has come that it begins with; without any:
    no round.
    """
    if "stage" in metafunc.fixturenames:
        asked = [name for name in MAKERS if name in metafunc.fixturenames]
        metafunc.parametrize("stage", asked[-1:] or [""], indirect=True, ids=[pytest.HIDDEN_PARAM])


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of a module that begin with the same round stand together, so that it is
    opened once.
    """
    first = {item.path: at for at, item in reversed(list(enumerate(items)))}
    items.sort(key=lambda item: (first[item.path], _stage_of(item)))


def _stage_of(item: pytest.Item) -> str:
    spec = getattr(item, "callspec", None)
    return str(spec.params.get("stage", "")) if spec else ""


@pytest.fixture(scope="module")
def stage(request: pytest.FixtureRequest, _cast_once: Cast, states: States) -> Iterator[int]:
    """The key of a round that is opened once for many tests, each of which is rolled back to it."""
    if not request.param:
        yield 0
        return
    make = MAKERS[request.param]
    with states.entered(
        f"round-{request.param}", lambda: make(as_it_is_now(_cast_once), NOW).opened.pk
    ) as key:
        yield key


@pytest.fixture
def people(stage: int, people: Cast) -> Cast:
    """The cast, beside the round of the module."""
    del stage
    return people


@pytest.fixture
def draft(people: Cast, now: datetime, stage: int) -> Scene:
    """A round that is planned and not published."""
    return Scene(people, now, Round.objects.get(pk=stage))


@pytest.fixture
def scene(draft: Scene) -> Scene:
    """A round whose teams are at work."""
    return draft


@pytest.fixture
def checked(draft: Scene) -> Scene:
    """The same, with the machine's verdicts frozen in the packs."""
    return draft
