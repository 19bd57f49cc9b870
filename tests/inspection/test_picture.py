"""What a round froze comes out the same when it is judged again, whatever the branch or the office
changed since.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from taizhang.checks import editions, engine
from taizhang.checks.actions import checking as checks
from taizhang.checks.catalogue_versions import actions as publishing
from taizhang.checks.reasons.queries import must_have_scope
from taizhang.inspection import frozen_facts
from taizhang.inspection.models import Picture
from taizhang.kernel.actions import made_files, messages
from taizhang.kernel.errors import WrongState
from taizhang.kernel.jobs import queue, worker
from taizhang.kernel.jobs.models import Job, MadeFile
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
    assert "2个单位的全部结论与冻结时一致" in _judged_again(checked, login)


def test_another_result_and_touched_data_are_told(checked: Scene, login: Any) -> None:
    one = Picture.objects.get(visit__unit__organisation=checked.people.own)
    told = dict(one.told)
    told["L29"] = ["ok", 99, 0, 0, 0]
    Picture.objects.filter(pk=one.pk).update(told=told)
    _, found = frozen_facts.of_round(checked.opened)
    assert [(d.item, d.frozen) for d in found] == [("L29", "齐全（记录99条，错误0、提醒0、提示0）")]
    assert "2个单位中有1个结论与冻结时不一致" in _judged_again(checked, login)
    one.digest = "0" * 64
    one.save()
    with pytest.raises(WrongState):
        frozen_facts.again(Picture.objects.get(pk=one.pk))
    page = _judged_again(checked, login)
    assert ("没有算完" in page, "已被改动，不能重新核算" in page) == (True, True)


def test_it_is_judged_by_a_worker_while_one_may_leave_the_page(
    checked: Scene, login: Any, django_assert_max_num_queries: Any
) -> None:
    office, url = login(checked.people.users["office"]), f"/rounds/{checked.opened.pk}/picture/"
    assert "还没有重新核算过" in office.get(url).content.decode()

    first, second = office.post(url), office.post(url)
    assert first.headers["Location"] == second.headers["Location"]
    assert "正在核算" in office.get(first.headers["Location"]).content.decode()
    assert "看进度" in office.get(url).content.decode()
    held = queue.take_next()
    assert held is not None
    Job.objects.update(lease_ends_at=checked.now - timedelta(days=4000))  # its worker died over it

    assert worker.work_off() == 1

    assert "已算完，可以查看" in office.get("/todo/").content.decode()
    assert office.get(first.headers["Location"]).headers["Location"] == url
    told = office.get(first.headers["Location"], headers={"HX-Request": "true"})
    assert told.headers["HX-Redirect"] == url
    with django_assert_max_num_queries(30):
        assert "与冻结时一致" in office.get(url).content.decode()
    made = MadeFile.objects.get()
    made_files.store().delete(made.place)  # not in a backup, so gone after one is put back
    assert "还没有重新核算过" in office.get(url).content.decode()


def test_who_lost_the_office_gets_no_result(checked: Scene, login: Any) -> None:
    user = checked.people.users["office"]
    login(user).post(f"/rounds/{checked.opened.pk}/picture/")
    user.duties.all().delete()

    worker.work_off()

    assert messages.unread(user).get().text.startswith("没有算完：")
    assert MadeFile.objects.get().place == ""


def _judged_again(checked: Scene, login: Any) -> str:
    """What the page says after the worker judged again."""
    office, url = login(checked.people.users["office"]), f"/rounds/{checked.opened.pk}/picture/"
    office.post(url)
    worker.work_off()
    page: str = office.get(url).content.decode()
    return page


def test_the_kept_facts_lie_sealed(checked: Scene) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select facts from inspection_picture")
        stored = [row[0] for row in cursor.fetchall()]
    assert len(stored) == 2
    assert all(text.startswith("v2:") and unseal(text) for text in stored)
