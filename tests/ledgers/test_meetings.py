"""What is special about meetings: lists as text, the ticked roster, the expected number."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from taizhang.kernel.errors import BadInput
from taizhang.kernel.secret import is_sealed
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.kinds.meetings.models import Attendance, Vote
from taizhang.ledgers.records import queries
from taizhang.orgs.queries import roster as orgs
from tests.make import NAMES, Cast, raw, save

MEETINGS = KINDS["meetings"]


def test_lists_are_read_and_written_back(people: Cast, now: datetime) -> None:
    values = raw("meetings") | {
        "absent": "示例丙（病假，已请假）、路人（公差）", "observers": "无", "agenda": "1.学习\n二、讨论",
        "speeches": "示例甲：一\n接着说\n示例乙：二", "resolutions": "通过计划（负责人：示例乙；期限：2016-04-01）",
        "votes": "通过计划（类别：一般事项；方式：举手；应到：3；实到：2；赞成：2；反对：0；弃权：0；结果：通过）",
    }  # fmt: skip
    entry = save(people.own, people.actor("clerk"), now, "meetings", **values)

    written = queries.as_written(MEETINGS, entry)
    assert written["absent"] == "示例丙（病假，已请假）、路人（公差）"
    assert (written["agenda"], written["speeches"]) == (
        "学习\n讨论",
        "示例甲：一\n接着说\n示例乙：二",
    )
    assert (entry.n_speakers, entry.n_resolutions, entry.present_count, entry.expected_count) == (
        2,
        1,
        2,
        3,
    )
    assert Attendance.objects.get(name="路人").person is None
    assert Vote.objects.get().in_favour == 2


@pytest.mark.parametrize(
    ("kind", "expected"), [("党员大会", 8), ("支委会", 3), ("党小组会", 8), ("党课", 8)]
)
def test_the_expected_number_is_that_of_the_roster_of_the_day(
    people: Cast, now: datetime, kind: str, expected: int
) -> None:
    values = raw("meetings") | {"kind": kind, "group": "第一党小组"}
    assert (
        save(people.own, people.actor("clerk"), now, "meetings", **values).expected_count
        == expected
    )


def test_the_roster_of_that_day_is_ticked(people: Cast, login: Any) -> None:
    clerk = login(people.users["clerk"])
    asked = {"branch": people.own.pk, "kind": "支委会", "held_on": "2016-03-08"}
    page = clerk.get("/ledgers/meetings/roster/", asked).content.decode()
    assert "应到 3 人" in page
    board = list(orgs.committee(people.own, people.day))
    posted = (
        asked
        | {"roster": "1", "roster-checked": "1"}
        | {f"name-{p.pk}": p.name for p in board}
        | {f"tick-{board[0].pk}": "1", f"reason-{board[1].pk}": "病假"}
    )

    clerk.post("/ledgers/meetings/new/", posted)

    assert list(Attendance.objects.order_by("pk").values_list("name", "state", "reason")) == [
        (NAMES[0], "present", ""), (NAMES[1], "absent", "病假"), (NAMES[2], "absent", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"held_on": "2016-02-30"}, "没有“2016-02-30”这一天"), ({"starts_at": "10:00", "ends_at": "9:00"}, "应晚于开始时间"),
        ({"kind": "党小组会", "group": ""}, "须选择党小组"), ({"kind": "茶话会"}, "不在可选范围"), ({"votes": "表决（票数：三）"}, "看不懂"),
        ({"expected_count": "-1"}, "不是整数"), ({"resolutions": "干（期限：明天）"}, "不是日期"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_beside_its_field(
    people: Cast, now: datetime, more: dict[str, str], told: str
) -> None:
    with pytest.raises(BadInput, match=told):
        save(people.own, people.actor("clerk"), now, "meetings", **(raw("meetings") | more))


def test_income_and_talks_lie_sealed(people: Cast, now: datetime) -> None:
    from django.db import connection

    actor = people.actor("clerk")
    save(people.own, actor, now, "dues-assessments", **raw("dues-assessments"))
    save(people.own, actor, now, "talks", **raw("talks"))
    with connection.cursor() as cursor:
        cursor.execute("select base from ledgers_duesassessment")
        base = cursor.fetchone()[0]
        cursor.execute("select content from ledgers_hearttalk")
        content = cursor.fetchone()[0]
    assert is_sealed(base)
    assert "交流" not in content
    page = queries.ledger_page(
        kind=KINDS["dues-assessments"], actor=actor, filters=queries.Filters()
    )
    assert "＊＊＊" in page.lines[0].cells


def test_speeches_stand_under_their_points(people: Cast, now: datetime) -> None:
    spoken = "议题1\n示例甲：一\n示例乙：二\n议题2\n示例丙：三\n接着说"
    values = raw("meetings") | {"agenda": "学习\n讨论", "speeches": spoken}
    entry = save(people.own, people.actor("clerk"), now, "meetings", **values)

    assert [a.n_speakers for a in entry.agenda.order_by("pk")] == [2, 1]
    assert queries.as_written(MEETINGS, entry)["speeches"] == spoken


@pytest.mark.parametrize(
    ("agenda", "spoken", "counts"),
    [("学习", "示例甲：一", [1]), ("学习\n讨论", "示例甲：一", [None, None]), ("学习", "", [None])],
)
def test_who_spoke_to_a_point_is_known_only_where_it_is_said(
    people: Cast, now: datetime, agenda: str, spoken: str, counts: list[int | None]
) -> None:
    values = raw("meetings") | {"agenda": agenda, "speeches": spoken}
    entry = save(people.own, people.actor("clerk"), now, "meetings", **values)
    assert [a.n_speakers for a in entry.agenda.order_by("pk")] == counts
