"""The form of a record proposes nothing as a fact, and says at its top what is wrong with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.http import QueryDict

from taizhang.kernel.errors import BadInput
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.kinds.meetings.models import Meeting
from taizhang.ledgers.records import inputs
from taizhang.orgs.queries import roster as orgs
from tests.make import Cast, inspected, raw, save

pytestmark = pytest.mark.django_db
NEW = "/ledgers/meetings/new/"


def test_a_sign_sheet_is_never_ticked_for_somebody(people: Cast, login: Any, now: datetime) -> None:
    save(people.own, people.actor("clerk"), now, "meetings", **raw("meetings"))
    asked = {"branch": people.own.pk, "kind": raw("meetings")["kind"]}

    page = login(people.users["clerk"]).get(NEW, asked).content.decode()

    box = page[page.index('name="has_sign_sheet"') :].split(">", 1)[0]
    assert "checked" not in box


def test_attendance_that_nobody_checked_is_not_stored(people: Cast, login: Any) -> None:
    clerk = login(people.users["clerk"])
    board = list(orgs.committee(people.own, people.day))
    posted = {"branch": people.own.pk, "kind": "支委会", "held_on": "2016-03-08", "roster": "1"} | {
        f"{what}-{p.pk}": word
        for p in board[1:]
        for what, word in (("name", p.name), ("tick", "1"))
    }
    posted |= {f"name-{board[0].pk}": board[0].name, f"reason-{board[0].pk}": "病假"}

    answer = clerk.post(NEW, posted)
    page = answer.content.decode()

    assert (answer.status_code, Meeting.objects.count()) == (422, 0)
    assert "到会情况已核对" in page
    box = page[page.index(f'name="tick-{board[0].pk}"') :].split(">", 1)[0]
    assert "checked" not in box
    assert 'value="病假"' in page


def test_a_refused_form_says_so_first_and_leads_to_its_fields(people: Cast, login: Any) -> None:
    answer = login(people.users["clerk"]).post(
        "/ledgers/members/new/", {"branch": people.own.pk, "name": "", "joined_on": "2018-02-30"}
    )
    page = answer.content.decode()

    assert "<title>错误：" in page
    assert 'role="alert" tabindex="-1" autofocus' in page
    assert '<a href="#id_name">姓名</a>' in page
    field = next(tag for tag in page.split("<input") if 'id="id_name"' in tag).split(">", 1)[0]
    assert 'aria-invalid="true"' in field
    assert "wrong-name" in field
    assert 'aria-required="true"' in field


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("递交入党申请书", "步骤号 步骤名称：日期"),
        ("3 递交入党申请书：2017-03-01", "第3步是“推荐和确定入党积极分子”"),
        ("31 归档：2017-03-01", "没有“31”这一步"),
        ("交申请：2017-03-01", "没有“交申请”这一步"),
    ],
)
def test_a_step_that_is_not_understood_is_told_by_its_own_words(
    people: Cast, now: datetime, line: str, told: str
) -> None:
    values = raw("cases") | {"steps": line}
    with pytest.raises(BadInput, match=told):
        save(people.own, people.actor("clerk"), now, "cases", **values)


def test_a_step_may_be_named_without_its_number(people: Cast, now: datetime) -> None:
    values = raw("cases") | {"steps": "递交入党申请书：2017-03-01（结果：收到）"}
    case = save(people.own, people.actor("clerk"), now, "cases", **values)
    assert list(case.steps.values_list("no", "result")) == [(1, "收到")]


def test_records_of_one_day_are_not_called_one_event(
    people: Cast, login: Any, now: datetime
) -> None:
    actor = people.actor("clerk")
    rule = save(
        people.own, actor, now, "documents", **raw("documents") | {"adopted_on": "2016-03-08"}
    )
    for kind in ("党小组会", "支委会"):
        values = raw("meetings") | {"kind": kind, "group": "第一党小组", "held_on": "2016-03-08"}
        save(people.own, actor, now, "meetings", **values)

    page = (
        login(people.users["clerk"]).get(f"/ledgers/documents/{rule.pk}/related/").content.decode()
    )

    assert "同日，是否同一件事请核对" in page
    assert "支委会" in page
    assert "党小组会" not in page


def test_every_kind_has_a_summary_in_the_order_of_its_form() -> None:
    from taizhang.kernel.errors import Problem
    from taizhang.ledgers.records import inputs

    for kind in KINDS.values():
        labels = [one.label for one in kind.fields()] + [part.label for part in kind.parts]
        found = inputs.summary(kind, [Problem("错", column=label) for label in reversed(labels)])
        assert [label for _, label, _ in found] == labels, kind.slug


@pytest.mark.parametrize(
    ("slug", "name"),
    [("meetings", "host_name"), ("elections", "host_name"), ("case-talks", "talker_name")],
)
def test_names_of_the_roster_are_offered_where_a_name_is_written(
    people: Cast, slug: str, name: str
) -> None:
    found = inputs.inputs(KINDS[slug], people.own, {}, [], people.actor("clerk"))

    offered = next(one.choices for one in found if one.name == name)
    assert ("示例甲", "示例甲") in offered


def test_a_new_meeting_takes_over_the_frame_of_the_last_of_its_sort(
    people: Cast, now: datetime
) -> None:
    clerk = people.actor("clerk")
    for kind, place in (("支委会", "会议室"), ("党小组会", "活动室")):
        wanted = {"kind": kind, "place": place, "starts_at": "15:30", "group": "第一党小组"}
        save(people.own, clerk, now, "meetings", **raw("meetings") | wanted)

    asked = QueryDict("kind=支委会")
    proposed = inputs.first_values(KINDS["meetings"], people.own, asked, clerk, people.day)

    assert (proposed["place"], proposed["starts_at"]) == ("会议室", "15:30")
    assert proposed["held_on"] == people.day.isoformat()


def test_one_save_asks_the_database_so_often_and_no_more(
    people: Cast, login: Any, now: datetime, django_assert_num_queries: Any
) -> None:
    inspected(now, (2016, 2016), people.day)
    clerk, told = login(people.users["clerk"]), raw("talks") | {"branch": people.own.pk}
    assert clerk.post("/ledgers/talks/new/", told).status_code == 302
    with django_assert_num_queries(40):
        answer = clerk.post("/ledgers/talks/new/", told | {"held_on": "2016-05-09"})
    assert answer.status_code == 302
