"""Whoever inspects knows before his session when and where it is, with whom and which units, and
lands on that.
"""

from __future__ import annotations

from typing import Any

import pytest

from taizhang.inspection.progress import ahead
from taizhang.orgs.models import Duty
from tests.inspection.conftest import Scene

pytestmark = pytest.mark.django_db


def test_before_the_round_is_published_nobody_is_called_up(draft: Scene, login: Any) -> None:
    actor = draft.people.actor("inspector")
    assert ahead.of(actor) == []
    assert not ahead.is_called_up(actor)
    assert "我的场次" not in login(actor.user).get("/inspections/todo/").content.decode()


def test_after_it_is_published_a_team_lands_on_its_session(draft: Scene, login: Any) -> None:
    draft.step("publish")
    client = login(draft.people.users["inspector"])
    page = client.get("/", follow=True)

    assert page.redirect_chain[-1][0] == "/inspections/todo/"
    text = page.content.decode()
    assert "我的场次" in text
    (one,) = ahead.of(draft.people.actor("inspector"))
    assert one.session
    for told in (
        one.session.venue,
        one.area.name,
        *one.team,
        *(unit.name for unit, _ in one.units),
    ):
        assert told in text
    assert "督查开始以后，这里打开现场、下载离线包" in text
    assert ">待办" in text, "the menu leads there"
    assert (
        "我的场次" not in login(draft.people.users["member"]).get("/", follow=True).content.decode()
    )


def test_when_the_round_is_at_work_the_pack_is_there(scene: Scene, login: Any) -> None:
    client = login(scene.people.users["inspector"])
    assert client.get("/", follow=True).redirect_chain[-1][0] == "/site/"
    address = client.get("/site/landing/").url
    assert address == "/site/"


def test_who_keeps_a_ledger_too_is_told_in_its_todo(draft: Scene, login: Any) -> None:
    draft.step("publish")
    clerk = draft.people.users["clerk"]
    draft.opened.areas.get().team.filter(role="member").update(user=clerk)
    assert Duty.objects.filter(user=clerk).exists()
    page = login(clerk).get(f"/branches/{draft.people.own.pk}/inspections/due/")
    assert "我的场次（督查组）" in page.content.decode()
