"""组织架构图 follows from posts and groups."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from taizhang.ledgers.office import chart
from tests.make import NAMES, Cast, save


def test_it_names_the_committee_and_the_leaders_of_that_day(people: Cast) -> None:
    found = chart.chart(people.own, date(2016, 3, 8))
    assert found.posts == [("书记", [NAMES[0]]), ("组织委员", [NAMES[1]]), ("宣传委员", [NAMES[2]])]
    assert [(g.name, g.leaders, len(g.members)) for g in found.groups] == [
        ("第一党小组", [NAMES[0]], 8)
    ]
    assert chart.chart(people.own, date(2014, 3, 8)).posts == []


def test_it_is_stale_until_a_version_follows_the_last_change(people: Cast, now: datetime) -> None:
    actor = people.actor("clerk")
    assert chart.chart(people.own, people.day).is_stale

    save(people.own, actor, now, "charts", valid_from="2015-01-20")
    assert not chart.chart(people.own, people.day).is_stale

    save(people.own, actor, now, "posts", person=NAMES[3], post="纪检委员", from_on="2017-05-01")
    later = chart.chart(people.own, people.day)
    assert later.is_stale
    assert later.changed_on[0] == date(2017, 5, 1)
    assert not chart.chart(people.own, date(2017, 4, 30)).is_stale


def test_whoever_is_in_no_group_is_told(people: Cast, now: datetime) -> None:
    save(people.own, people.actor("clerk"), now, "members", name="示例壬", birth_on="1990-01-02",
         admitted_on="2012-06-01", full_on="2013-06-01", joined_on="2016-07-01")  # fmt: skip
    assert chart.chart(people.own, people.day).outside == ["示例壬"]


def test_boxes_do_not_overlap_however_many_groups(people: Cast, now: datetime) -> None:
    actor = people.actor("clerk")
    for at in range(12):
        save(people.own, actor, now, "groups", name=f"第{at}组", valid_from="2014-09-01")

    drawing = chart.draw(chart.chart(people.own, people.day))

    for at, one in enumerate(drawing.boxes):
        assert one.x >= 0
        assert one.x + one.w <= drawing.width
        assert one.y + one.h <= drawing.height
        for other in drawing.boxes[at + 1 :]:
            apart = one.x + one.w <= other.x or other.x + other.w <= one.x
            assert apart or one.y + one.h <= other.y or other.y + other.h <= one.y


def test_the_page_draws_it(people: Cast, login: Any) -> None:
    page = login(people.users["inspector"]).get(f"/branches/{people.own.pk}/chart/?on=2016-03-08")
    assert f"组长：{NAMES[0]}" in page.content.decode()
    assert "启用新版" not in page.content.decode()
