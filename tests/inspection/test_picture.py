"""What a round froze comes out the same when it is judged again, whatever the branch or the office changed since."""

from __future__ import annotations

from typing import Any

import pytest

from taizhang.checks import editions, engine
from taizhang.checks.actions import checking as checks
from taizhang.checks.catalogue_versions import actions as publishing
from taizhang.checks.reasons.queries import must_have_scope
from taizhang.inspection import frozen_facts
from taizhang.inspection.models import Picture
from taizhang.kernel.errors import WrongState
from taizhang.kernel.secret import unseal
from tests.inspection.conftest import Scene
from tests.make import raw, save


def test_the_same_comes_out_after_everything_changed(checked: Scene, login: Any) -> None:
    people, now = checked.people, checked.now
    units, found = frozen_facts.of_round(checked.opened)
    assert (units, found) == (2, [])

    save(people.own, people.actor("clerk"), now, "meetings", **raw("meetings"))
    rules = engine.catalogue(must_have_scope().catalogue)
    stricter = editions.keep(editions.changed(rules, {"L29:MT.4c": {"severity": "info"}}))
    publishing.publish(name=stricter, note="从严", actor=people.actor("office"), now=now)
    checks.check_all(name="reference", actor=None, now=now)
    assert frozen_facts.of_round(checked.opened) == (2, [])
    page = (
        login(people.users["office"]).get(f"/rounds/{checked.opened.pk}/picture/").content.decode()
    )
    assert "2个单位的全部结论与冻结时一致" in page


def test_another_result_and_touched_data_are_told(checked: Scene, login: Any) -> None:
    one = Picture.objects.get(visit__unit__organisation=checked.people.own)
    told = dict(one.told)
    told["L29"] = ["ok", 99, 0, 0, 0]
    Picture.objects.filter(pk=one.pk).update(told=told)
    _, found = frozen_facts.of_round(checked.opened)
    assert [(d.item, d.frozen) for d in found] == [("L29", "齐全（记录99条，错误0、提醒0、提示0）")]
    page = login(checked.people.users["office"]).get(f"/rounds/{checked.opened.pk}/picture/")
    assert "不一致" in page.content.decode()
    one.digest = "0" * 64
    one.save()
    with pytest.raises(WrongState):
        frozen_facts.again(Picture.objects.get(pk=one.pk))


def test_the_kept_facts_lie_sealed(checked: Scene) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select facts from inspection_picture")
        stored = [row[0] for row in cursor.fetchall()]
    assert len(stored) == 2
    assert all(text.startswith("v2:") and unseal(text) for text in stored)
