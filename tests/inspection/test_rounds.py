"""A notice that is reviewed: what a person wrote stays, whatever else is wrong."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from taizhang.checks.models import Verdict
from taizhang.inspection import actions
from taizhang.inspection.models import Round
from taizhang.inspection.progress import board
from taizhang.notices import read
from tests.inspection.conftest import Scene
from tests.make import Cast, raw, save
from tests.notices.papers import SAMPLE


def test_a_wrong_hour_loses_no_correction(people: Cast, now: datetime, login: Any) -> None:
    draft = actions.take_in(
        file_name="n.txt", source=SAMPLE.read_bytes(), actor=people.actor("office"), now=now
    )
    posted = {
        "title": "改过的标题", "issued_on": "2018-10-19", "starts_on": "2018-10-25", "ends_on": "2018-10-26",
        "period_from": "2015-01-01", "period_to": "2018-12-31", "area-1000-name": "新片", "area-1000-units": "新增小学",
        "area-1000-session-0-date": "2018-10-25", "area-1000-session-0-start": "25:00", "item-1001-title": "新增一项",
    }  # fmt: skip
    page = login(people.users["office"]).post(f"/notices/{draft.pk}/", posted)

    text = page.content.decode()
    assert page.status_code == 422
    assert "没有“25:00”这个时间" in text
    assert all(said in text for said in ("改过的标题", "新增小学", "新增一项"))
    assert not Round.objects.exists()


def test_a_long_name_of_a_file_is_kept_as_far_as_it_goes(people: Cast, now: datetime) -> None:
    name = "督" * 198 + ".txt"
    draft = actions.take_in(
        file_name=name, source=SAMPLE.read_bytes(), actor=people.actor("office"), now=now
    )
    assert draft.file_name == "督" * 195 + "….txt"


def test_the_page_says_what_was_not_read_and_where_it_stands(
    people: Cast, now: datetime, login: Any
) -> None:
    text = (
        "关于督查的通知\n各支部：\n一、督查时间\n2018年10月25日\n二、督查分组\n由各组自行联系。\n三、其他\n"
        "1.请于10月20日前报送名单。\n2.文字材料由组长：王舟 审定。\n局党委\n2018年10月9日\n"
    )
    draft = actions.take_in(
        file_name="n.txt", source=text.encode(), actor=people.actor("office"), now=now
    )
    page = login(people.users["office"]).get(f"/notices/{draft.pk}/").content.decode()

    assert '“督查分组”一节没有读出分组，请对照原文补充。<span class="sub">（第5行）' in page
    assert '写有人员分工，没有读入，请对照原文。<span class="sub">（第9行）' in page
    assert '时限：请于10月20日前报送名单<span class="sub">（第8行）' in page


def test_the_campaigns_of_a_notice_become_free_items_that_branches_are_asked_for(
    people: Cast, now: datetime, login: Any
) -> None:
    office, data = people.actor("office"), SAMPLE.read_bytes()
    opened = actions.open_round(notice=read.notice(data), source_name="n.txt", source=data, matches={}, actor=office, now=now)  # fmt: skip
    actions.advance(opened=opened, verb="publish", actor=office, now=now, left_out=True)
    save(people.own, people.actor("clerk"), now, "campaigns", **raw("campaigns"))

    page = login(people.users["clerk"]).get(f"/branches/{people.own.pk}/todo/").content.decode()

    topics = [item.title for item in opened.items.all() if item.is_topic]
    assert topics == ["两学一做", "解放思想大讨论", "基层学校作风建设"]
    assert "已登记1条，最近一次2016-04-28" in page
    assert page.count("未见记录") == 2
    form = login(people.users["clerk"]).get(f"/ledgers/campaigns/new/?branch={people.own.pk}&campaign=解放思想大讨论")  # fmt: skip
    assert 'value="解放思想大讨论"' in form.content.decode()


def test_a_round_that_is_published_is_checked_and_says_so_until_then(
    draft: Scene, login: Any, django_capture_on_commit_callbacks: Any
) -> None:
    office = login(draft.people.users["office"])
    url = f"/rounds/{draft.opened.pk}/"
    with django_capture_on_commit_callbacks(execute=True):
        draft.step("publish")
        waiting = office.get(url).content.decode()
    checked = office.get(url).content.decode()

    assert waiting.count('<span class="o-unchecked">未核对</span>') == 2
    assert "尚未核对" in waiting
    assert 'class="o-ok">' not in waiting
    assert "尚未核对" not in checked
    assert "未核对</span>" not in checked
    assert '<span class="o-missing">' in checked


def test_readiness_tells_warnings_apart(checked: Scene, login: Any) -> None:
    own = Verdict.objects.filter(branch=checked.people.own)
    own.update(outcome="ok", warns=0)
    own.filter(item__in=("L01", "L02")).update(warns=1)
    lines = [line for _, listed in board.readiness(checked.opened) for line in listed]
    counts = next(line.counts for line in lines if line.unit.organisation == checked.people.own)
    assert counts == {"ok": 34, "warned": 2}
    page = login(checked.people.users["office"]).get(f"/rounds/{checked.opened.pk}/")
    assert '<span class="o-warned">2</span>' in page.content.decode()
    assert page.content.decode().count("齐全（有提醒）") == 1, "the head alone says what is counted"
