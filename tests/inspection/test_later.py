"""What a branch changes after the picture of its visit was frozen is told as later, and nothing
that was said changes.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from taizhang.inspection import later
from taizhang.inspection.papers.of_visit import checklist, team_checklist
from taizhang.inspection.site import pack as site_pack
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.records import actions as ledgers
from taizhang.papers.paper import Table
from tests.inspection.conftest import Scene
from tests.make import raw, save

pytestmark = pytest.mark.django_db
KIND = KINDS["rooms"]


def _record(scene: Scene, minutes: int) -> Any:
    clerk = scene.people.actor("clerk")
    return save(
        scene.people.own, clerk, scene.now + timedelta(minutes=minutes), KIND.slug, **raw(KIND.slug)
    )


def test_a_change_before_the_picture_is_not_later(draft: Scene) -> None:
    _record(draft, -60)
    draft.step("publish")
    draft.step("begin")
    assert not later.told(draft.own.later.all())


def test_changes_after_the_picture_stand_beside_their_requirement(checked: Scene) -> None:
    before = checked.own.pack
    entry = _record(checked, 5)
    ledgers.withdraw(
        kind=KIND, entry=entry, reason="重复", actor=checked.people.actor("clerk"), now=checked.now + timedelta(minutes=6)
    )  # fmt: skip

    found = later.told(checked.own.later.all())
    assert [one.text[12:] for one in found] == [f"新登记{KIND.title}第{entry.pk}号", f"撤回{KIND.title}第{entry.pk}号"]  # fmt: skip
    assert checked.own.pack == before

    told = site_pack.pack(checked.people.actor("inspector"), checked.now)
    own = next(one for one in told["visits"] if one["id"] == checked.own.pk)
    items = {item["no"]: item for item in told["rounds"][str(own["round"])]["items"]}
    assert {items[int(no)]["title"] for no in own["later"]} == {
        item.title for item in checked.opened.items.all() if item.catalogue_item in KIND.items
    }
    other = next(one for one in told["visits"] if one["id"] != checked.own.pk)
    assert other["later"] == {}

    table = next(block for block in team_checklist(checked.own).blocks if isinstance(block, Table))
    marked = [row[3] for row in table.rows if "统计之后改动" in row[4]]
    assert marked == [items[int(no)]["title"] for no in own["later"]]
    assert "统计之后改动" not in f"{checklist(checked.own)}"


def test_what_follows_both_signatures_is_told_apart(checked: Scene) -> None:
    checked.own.__class__.objects.filter(pk=checked.own.pk).update(
        team_signed_at=checked.now, branch_signed_at=checked.now
    )
    _record(checked, 5)
    assert [one.signed for one in later.told(checked.own.later.all())] == [True]


def test_a_closed_round_is_left_alone(checked: Scene) -> None:
    checked.opened.__class__.objects.filter(pk=checked.opened.pk).update(standing="closed")
    _record(checked, 5)
    assert not checked.own.later.exists()
