"""One entry, many uses: what follows from a record is made by one press, linked, and
shown with it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from taizhang.kernel.errors import BadInput
from taizhang.ledgers.evidence import actions as evidence
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.kinds.room_uses import RoomUse
from taizhang.ledgers.kinds.rooms import ActivityRoom
from taizhang.ledgers.links import actions as links
from taizhang.ledgers.links import related
from taizhang.ledgers.models import RecordLink
from taizhang.ledgers.records import actions
from tests.make import Cast, picture, raw, save

ACTIVITIES = KINDS["activities"]


@pytest.fixture
def held(people: Cast, now: datetime) -> Any:
    """An activity in the branch's room, with a photo."""
    actor = people.actor("clerk")
    save(people.own, actor, now, "rooms", **raw("rooms") | {"name": "党员活动室"})
    entry = save(
        people.own,
        actor,
        now,
        "activities",
        **raw("activities") | {"place": "党员活动室", "costs": "否"},
    )
    taken = evidence.take_in(
        branch=people.own, name="照片.png", data=picture(), kind="", actor=actor, now=now
    )
    evidence.attach(file=taken.file, kind=ACTIVITIES, entry=entry, actor=actor, now=now)
    return entry


def test_one_press_makes_the_other_record_with_its_files(
    people: Cast, held: Any, login: Any
) -> None:
    clerk: Client = login(people.users["clerk"])

    answer = clerk.post(f"/ledgers/activities/{held.pk}/derive/room-uses/", follow=True)

    use = RoomUse.objects.get()
    assert "两条记录已关联" in answer.content.decode()
    assert (use.used_on, use.activity, use.n_pictures) == (held.held_on, held.theme, 1)
    page = clerk.get(f"/ledgers/room-uses/{use.pk}/related/").content.decode()
    assert str(held) in page


def test_what_is_not_known_is_asked_in_the_form_and_linked_when_saved(
    people: Cast, now: datetime, login: Any
) -> None:
    clerk: Client = login(people.users["clerk"])
    actor = people.actor("clerk")
    entry = save(people.own, actor, now, "activities", **raw("activities") | {"costs": "是"})

    form = clerk.post(f"/ledgers/activities/{entry.pk}/derive/expenses/", follow=True)
    assert "请补齐后保存：“金额”：" in form.content.decode()
    assert f'value="{entry.theme}"' in form.content.decode()
    posted = {
        "spent_on": "2016-03-20", "category": "活动", "amount": "560", "source": "单位预算", "activity": entry.theme,
        "activity_on": f"{entry.held_on}", "origin": f"activities:{entry.pk}",
    }  # fmt: skip
    clerk.post("/ledgers/expenses/new/", posted)

    link = RecordLink.objects.get()
    assert (link.from_kind, link.from_id, link.to_kind) == ("activities", entry.pk, "expenses")
    assert related.open_gives(ACTIVITIES, entry) == [(ACTIVITIES.gives[0], KINDS["room-uses"])]


def test_ticked_in_the_form_both_are_stored_at_once(people: Cast, held: Any, login: Any) -> None:
    clerk: Client = login(people.users["clerk"])
    values = raw("activities") | {
        "place": "党员活动室",
        "theme": "另一次活动",
        "also-room-uses": "1",
        "also-expenses": "1",
    }

    page = clerk.post("/ledgers/activities/new/", values, follow=True).content.decode()

    assert "已同时计入阵地使用记录" in page
    assert "这条记录不涉及党建经费支出" in page or "没有计入党建经费支出" in page
    assert RoomUse.objects.get().activity == "另一次活动"
    assert held.theme != "另一次活动"


def test_a_link_can_be_taken_back_and_both_stay(people: Cast, held: Any, now: datetime) -> None:
    actor = people.actor("clerk")
    use = links.derive(kind=ACTIVITIES, entry=held, gives=ACTIVITIES.gives[0], actor=actor, now=now)

    links.unlink(kind=ACTIVITIES, entry=held, link=RecordLink.objects.get(), actor=actor, now=now)

    assert related.linked(ACTIVITIES, held, actor) == []
    assert RoomUse.objects.current().filter(pk=use.pk).exists()


def test_records_of_two_branches_are_not_linked(people: Cast, held: Any, now: datetime) -> None:
    other = save(people.other, people.actor("foreign"), now, "rooms", **raw("rooms"))
    with pytest.raises(BadInput, match="不属于同一个党支部"):
        links.link(
            kind=ACTIVITIES,
            entry=held,
            to=KINDS["rooms"],
            made=other,
            actor=people.actor("clerk"),
            now=now,
        )


def test_a_foreign_origin_stores_nothing(people: Cast, held: Any, login: Any) -> None:
    posted = raw("rooms") | {"name": "二室", "origin": f"activities:{held.pk}"}
    answer = login(people.users["foreign"]).post("/ledgers/rooms/new/", posted)
    assert answer.status_code == 403
    assert not ActivityRoom.objects.filter(name="二室").exists()


def test_an_admission_and_its_assembly_show_each_other(people: Cast, now: datetime) -> None:
    actor = people.actor("clerk")
    assembly = save(
        people.own,
        actor,
        now,
        "meetings",
        **raw("meetings") | {"kind": "党员大会", "held_on": "2016-06-20"},
    )
    steps = "1 2015-01-05\n2 2015-01-12\n3 2015-03-10\n15 2016-06-20"
    case = save(people.own, actor, now, "cases", **raw("cases") | {"steps": steps})

    of_case = related.groups(KINDS["cases"], case, actor)
    of_meeting = related.groups(KINDS["meetings"], assembly, actor)

    assert [one.entry for g in of_case for one in g.found] == [assembly]
    assert case in [one.entry for g in of_meeting for one in g.found]
    assert [to.slug for _, to in related.open_gives(KINDS["cases"], case)] == ["members"]


def test_a_withdrawn_record_is_no_relation(people: Cast, held: Any, now: datetime) -> None:
    actor = people.actor("clerk")
    use = links.derive(kind=ACTIVITIES, entry=held, gives=ACTIVITIES.gives[0], actor=actor, now=now)
    actions.withdraw(kind=KINDS["room-uses"], entry=use, reason="误登", actor=actor, now=now)
    assert related.groups(ACTIVITIES, held, actor) == []
