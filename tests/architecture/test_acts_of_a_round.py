"""As `test_actions.py` and `test_long_texts.py`, of acts that begin with a round whose teams are at
work: it is opened once, and each test is rolled back to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from taizhang.inspection.models import Round
from tests.architecture.acts.act import (
    ACTS,
    Act,
    World,
    refuses_strangers_and_leaves_its_line,
)
from tests.architecture.test_long_texts import must_be_kept_whole_or_refused, of_texts
from tests.conftest import NOW
from tests.inspection.conftest import Scene, opened_scene
from tests.make import Cast, as_it_is_now
from tests.modules import States

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def opened(_cast_once: Cast, states: States) -> Iterator[int]:
    """The key of the round."""
    with states.entered(
        "round-scene", lambda: opened_scene(as_it_is_now(_cast_once), NOW).opened.pk
    ) as key:
        yield key


@pytest.fixture
def world(opened: int, people: Cast, now: datetime) -> World:
    """What such an act finds."""
    return World(people, now, Scene(people, now, Round.objects.get(pk=opened)))


@pytest.mark.parametrize("one", [one for one in ACTS if one.at_work], ids=str)
def test_an_act_refuses_strangers_and_leaves_its_line(one: Act, world: World) -> None:
    refuses_strangers_and_leaves_its_line(one, world)


@of_texts(at_work=True)
def test_a_text_is_kept_whole_or_refused(
    action: str, path: str, column: Any, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    must_be_kept_whole_or_refused(action, path, column, world, monkeypatch)
