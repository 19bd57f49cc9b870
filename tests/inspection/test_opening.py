"""Opening a round: what a notice says is kept as it says it, what it does not say is empty, and
what is wrong is told.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from taizhang.checks.pages.scope_form import LONGEST_TOPIC
from taizhang.inspection import actions
from taizhang.inspection.actions import opening
from taizhang.inspection.models import (
    IssuedPaper,
    NoticeDraft,
    Preparation,
    Round,
    RoundArea,
    RoundItem,
    RoundSession,
    RoundUnit,
    TeamMember,
)
from taizhang.inspection.plan.host_duties import asked_of_host
from taizhang.kernel.errors import BadInput, WrongState
from taizhang.kernel.models import JournalLine
from taizhang.notices.model import (
    Area,
    Attachment,
    Contact,
    Inspected,
    Item,
    Notice,
    Period,
    Session,
    Team,
)
from taizhang.orgs.models import Organisation
from tests.inspection.conftest import DAY, Scene
from tests.make import Cast

SESSION = Session(date="2018-10-25", start="09:00", end="11:30", venue="甲校")
WHOLE = Notice(
    title="关于开展督查的通知", number="示委〔2018〕9号", issuer="示例局党委", addressees=["各党支部"], issued_on=date(2018, 10, 9),
    starts_on=DAY, ends_on=DAY, period=Period(**{"from": date(2015, 1, 1), "to": date(2018, 9, 30)}),
    focus=["组织生活", "三会", "两学一做"], preamble="为了解情况。", methods=["查阅台账"], demands=["带齐台账"],
    contact=Contact(office="组织科", person="示例丙", phone="88210000"), attachments=[Attachment(no=1, title="分组表")],
    areas=[
        Area(
            name="城南", organisations=[Inspected(name="甲校", includes=["南校区"], note="含幼儿园"), Inspected(name="丙校")],
            sessions=[SESSION, SESSION], team=Team(leader="team_leader", deputies=["副组长乙"], members=["inspector"]),
        )
    ],
    items=[
        Item(no=1, category="组织生活制度", subcategory="三会一课", title="党员大会台账", requirement="每季度召开一次", score=5, frequency="每季度"),
        Item(no=2, category=None, subcategory=None, title="红色引擎工程", requirement=""),
    ],
)  # fmt: skip
BARE = Notice(
    title="督查",
    areas=[
        Area(
            name="城北", organisations=[Inspected(name="丁校")], sessions=[Session()], team=Team()
        ),
        Area(name="城东"),
    ],
    focus=["大讨论"],
)


def _open(people: Cast, now: datetime, notice: Notice, **about: Any) -> Round:
    told: dict[str, Any] = {"source_name": "n.txt", "source": b"x", "matches": {}} | about
    return actions.open_round(notice=notice, actor=people.actor("office"), now=now, **told)


def _last(verb: str) -> Any:
    return JournalLine.objects.filter(verb=f"inspection.{verb}").latest("seq").detail


COLUMNS = (
    "title", "number", "issuer", "addressees", "issued_on", "starts_on", "ends_on", "period_from", "period_to", "focus",
    "preamble", "annexes", "methods", "demands", "contact_office", "contact_person", "contact_phone",
)  # fmt: skip


def test_everything_that_a_notice_says_is_kept(people: Cast, now: datetime) -> None:
    opened = _open(people, now, WHOLE)

    assert [getattr(opened, name) for name in COLUMNS] == [
        "关于开展督查的通知", "示委〔2018〕9号", "示例局党委", ["各党支部"], date(2018, 10, 9), DAY, DAY, date(2015, 1, 1),
        date(2018, 9, 30), ["组织生活", "三会", "两学一做"], "为了解情况。", ["分组表"], ["查阅台账"], ["带齐台账"], "组织科",
        "示例丙", "88210000",
    ]  # fmt: skip
    assert opened.source_sha256 == hashlib.sha256(b"x").hexdigest()
    items = opened.items.values_list("no", "category", "subcategory", "title", "frequency", "score")
    assert list(items) == [
        (1, "组织生活制度", "三会一课", "党员大会台账", "每季度", 5), (2, "", "", "红色引擎工程", "", None),
        (3, "专项活动", "", "两学一做", "", None),
    ]  # fmt: skip
    said = RoundUnit.objects.order_by("order").values_list("name", "includes", "note", "order")
    assert list(said) == [("甲校", ["南校区"], "含幼儿园", 0), ("丙校", [], "", 1)]
    held = RoundSession.objects.values_list("date", "starts_at", "ends_at", "venue", "host")
    assert list(held) == [(DAY, time(9), time(11, 30), "甲校", people.own.pk)]
    # Its notice names nothing that a host is to prepare but the place.
    assert list(Preparation.objects.values_list("text", flat=True)) == ["会场"]
    team = TeamMember.objects.order_by("pk").values_list("role", "name", "user__username")
    assert list(team) == [
        ("leader", "team_leader", "team_leader"), ("deputy", "副组长乙", None), ("member", "inspector", "inspector"),
    ]  # fmt: skip
    assert _last("open_round") == {
        "title": opened.title, "areas": 1, "items": 2, "sha256": opened.source_sha256,
    }  # fmt: skip


def test_what_a_notice_does_not_say_is_empty(people: Cast, now: datetime) -> None:
    opened = _open(people, now, BARE)

    assert [getattr(opened, name) for name in COLUMNS] == [
        "督查", "", "", [], None, None, None, None, None, ["大讨论"], "", [], [], [], "", "", "",
    ]  # fmt: skip
    made = RoundSession.objects.get()
    assert (made.date, made.starts_at, made.ends_at, made.venue, made.host) == (
        None, None, None, "", None,
    )  # fmt: skip
    assert not TeamMember.objects.exists()
    assert [(one.no, one.title) for one in opened.items.all()] == [(1, "大讨论")]
    assert list(opened.areas.values_list("name", "order")) == [("城北", 0), ("城东", 1)]


@pytest.mark.parametrize(
    ("matches", "units", "host"),
    [
        ({}, ["甲校", None], "甲校"),
        ({"甲校": "other", "丙校": "own"}, ["乙校", "甲校"], "乙校"),
        ({"甲校": ""}, [None, None], None),
    ],
)
def test_a_name_means_what_a_person_said_or_whoever_bears_it(
    people: Cast, now: datetime, matches: dict[str, str], units: list[Any], host: Any
) -> None:
    keys = {name: getattr(people, who).pk if who else 0 for name, who in matches.items()}
    _open(people, now, WHOLE, matches=keys)
    found = RoundUnit.objects.order_by("order").values_list("organisation__short_name", flat=True)
    assert list(found) == units
    assert RoundSession.objects.get().host == (
        people.own if host == "甲校" else people.other if host else None
    )


def test_units_of_a_joint_branch_are_one_from_the_beginning(people: Cast, now: datetime) -> None:
    Organisation.objects.filter(pk=people.own.pk).update(org_type="joint_branch")
    _open(people, now, WHOLE, matches={"丙校": people.own.pk})
    assert [unit.name for unit in RoundUnit.objects.all()] == ["甲校、丙校"]


EARLY = DAY - timedelta(days=1)


@pytest.mark.parametrize(
    ("about", "told"),
    [
        ({"title": None}, {"标题": "请填写标题。"}),
        ({"ends_on": EARLY}, {"督查时间": "结束日期早于开始日期。"}),
        ({"title": "", "ends_on": EARLY}, {"标题": "请填写标题。", "督查时间": "结束日期早于开始日期。"}),
        ({"areas": [Area(name="城南")] * 2}, {"片区": "片区“城南”重名。"}),
        ({"starts_on": None, "ends_on": EARLY}, {}), ({"ends_on": None}, {}),
    ],
)  # fmt: skip
def test_a_notice_that_contradicts_itself_opens_no_round(
    people: Cast, now: datetime, about: dict[str, Any], told: dict[str, str]
) -> None:
    notice = WHOLE.model_copy(update=about)
    if not told:
        _open(people, now, notice)
        return
    with pytest.raises(BadInput) as refused:
        _open(people, now, notice)
    assert {p.column: p.message for p in refused.value.problems} == told
    assert not Round.objects.exists()


def test_a_notice_that_was_read_is_tied_to_its_round(people: Cast, now: datetime) -> None:
    office = people.actor("office")
    draft = actions.take_in(file_name="n.txt", source="关于督查的通知\n".encode(), actor=office, now=now)  # fmt: skip
    assert _last("take_in") == {"file": "n.txt"}
    opened = _open(people, now, WHOLE, draft=draft)
    draft.refresh_from_db()
    assert draft.round == opened
    with pytest.raises(WrongState, match=f"已经由这份通知建立了轮次“{opened.title}”"):
        _open(people, now, WHOLE, draft=draft)
    assert Round.objects.count() == 1
    with pytest.raises(WrongState, match="已经由这份通知建立了轮次"):
        actions.delete_notice(draft=draft, actor=office, now=now)
    other = NoticeDraft.objects.create(file_name="m.txt", source=b"", parsed={}, by=office.user, at=now)  # fmt: skip
    actions.delete_notice(draft=other, actor=office, now=now)
    assert list(NoticeDraft.objects.all()) == [draft]
    assert _last("delete_notice") == {"file": "m.txt"}


BLANK: dict[str, Any] = {
    "title": "督查", "period": (date(2015, 1, 1), date(2018, 9, 30)), "days": (DAY, DAY + timedelta(days=2)), "catalogue": "tianning-2018",
}  # fmt: skip


def _blank(people: Cast, now: datetime, **about: Any) -> Round:
    return actions.open_blank(**(BLANK | about), actor=people.actor("office"), now=now)


def test_a_round_without_a_notice_has_all_items_in_their_order(people: Cast, now: datetime) -> None:
    opened = _blank(people, now)
    assert (opened.period_from, opened.period_to) == (date(2015, 1, 1), date(2018, 9, 30))
    assert (opened.starts_on, opened.ends_on) == (DAY, DAY + timedelta(days=2))
    keys = list(opened.items.values_list("no", "catalogue_item"))
    assert keys == [(n, f"L{n:02}") for n in range(1, 37)]
    assert _last("open_blank") == {"title": "督查"}
    _blank(people, now, days=(DAY, DAY), period=(DAY, DAY))


@pytest.mark.parametrize(
    ("about", "columns"),
    [
        ({"title": ""}, ["标题"]), ({"period": (DAY, EARLY)}, ["督查内容"]), ({"days": (DAY, EARLY)}, ["督查时间"]),
        ({"title": "", "days": (DAY, EARLY), "period": (DAY, EARLY)}, ["标题", "督查内容", "督查时间"]),
    ],
)  # fmt: skip
def test_a_blank_round_tells_all_that_is_wrong(
    people: Cast, now: datetime, about: dict[str, Any], columns: list[str]
) -> None:
    with pytest.raises(BadInput) as refused:
        _blank(people, now, **about)
    assert [p.column for p in refused.value.problems] == columns


def _head(opened: Round, **about: Any) -> actions.Head:
    told = {name: getattr(opened, name) for name in actions.Head.__annotations__}
    return actions.Head(**(told | about))


@pytest.mark.parametrize(
    ("about", "columns"),
    [
        ({"title": " "}, ["标题"]), ({"ends_on": EARLY}, ["督查时间"]),
        ({"period_from": DAY, "period_to": EARLY, "title": ""}, ["标题", "督查内容"]),
    ],
)  # fmt: skip
def test_a_head_that_is_wrong_changes_nothing(
    draft: Scene, about: dict[str, Any], columns: list[str]
) -> None:
    with pytest.raises(BadInput) as refused:
        actions.change_head(
            opened=draft.opened, head=_head(draft.opened, **about), actor=draft.people.actor("office"), now=draft.now
        )  # fmt: skip
    assert [p.column for p in refused.value.problems] == columns


def test_a_head_is_kept_and_the_journal_tells_what_was_changed(draft: Scene) -> None:
    told = _head(draft.opened, title="另一题", number="示委〔2018〕 9号", issued_on=DAY, period_to=date(2015, 1, 1))  # fmt: skip
    actions.change_head(opened=draft.opened, head=told, actor=draft.people.actor("office"), now=draft.now)  # fmt: skip
    kept = Round.objects.get()
    assert (kept.title, kept.number, kept.period_to) == (
        "另一题",
        "示委〔2018〕9号",
        date(2015, 1, 1),
    )
    assert _last("change_head")["changed"]["标题"] == ["关于开展督查的通知", "另一题"]


def test_the_words_of_a_notice_are_kept_and_its_annexes_are_two(draft: Scene) -> None:
    office = draft.people.actor("office")

    def said(*annexes: str) -> Any:
        text = actions.NoticeText("经研究。", ["查阅"], ["带齐"], list(annexes))
        return actions.change_text(opened=draft.opened, text=text, actor=office, now=draft.now)

    said("分组", "要求")
    kept = Round.objects.get()
    assert (kept.preamble, kept.methods, kept.demands, kept.annexes) == (
        "经研究。", ["查阅"], ["带齐"], ["分组", "要求"],
    )  # fmt: skip
    assert _last("change_text")["changed"]["附件标题"] == [[], ["分组", "要求"]]
    with pytest.raises(BadInput, match="通知有2个附件，请写2行以内"):
        said("一", "二", "三")
    draft.step("publish")
    with pytest.raises(WrongState, match="轮次已经发布"):
        said("分组")


def test_free_items_are_as_long_as_they_may_be_and_stand_once(draft: Scene) -> None:
    office, long = draft.people.actor("office"), "长" * LONGEST_TOPIC

    def change(add: list[str], *gone: int) -> list[tuple[int, str]]:
        actions.change_items(opened=draft.opened, add=add, gone=gone, actor=office, now=draft.now)
        return list(RoundItem.objects.filter(no__gt=35).values_list("no", "title"))

    with pytest.raises(BadInput, match=f"每项最多{LONGEST_TOPIC}个字"):
        change([f"{long}长"])
    last = draft.opened.items.get(no=36)
    assert change([long]) == [(36, last.title), (37, long)]
    assert change([long, "第二"]) == [(36, last.title), (37, long), (38, "第二")]
    assert change([], last.pk) == [(36, long), (37, "第二")]
    assert _last("change_items") == {
        "title": draft.opened.title,
        "add": [],
        "removed": [last.title],
    }
    draft.step("publish")
    with pytest.raises(WrongState, match="督查项目不能再改"):
        change(["第三"])


def _follow(scene: Scene, **about: Any) -> Round:
    told: dict[str, Any] = {
        "title": "回头看", "days": (date(2019, 3, 1), date(2019, 3, 2)), "period_to": date(2018, 12, 31), "still_open": True,
    } | about  # fmt: skip
    return actions.follow_up(
        previous=Round.objects.get(pk=scene.opened.pk), actor=scene.people.actor("office"), now=scene.now, **told
    )  # fmt: skip


def test_a_round_that_looks_back_bears_what_the_last_one_did(scene: Scene) -> None:
    Round.objects.update(
        methods=["查阅2015—2018年台账"], demands=["2015至2018年"], annexes=["2014—2018年"], focus=["党费"], contact_office="组织科",
        contact_person="示例丙", contact_phone="8821", addressees=["各支部"], issuer="示例局", head={"mark": "示例"}, scored=True,
    )  # fmt: skip
    fresh = Round.objects.get(pk=_follow(scene).pk)
    same = (
        "period_from", "catalogue", "focus", "contact_office", "contact_person", "contact_phone", "addressees", "issuer", "head", "scored",
    )  # fmt: skip
    before = Round.objects.get(pk=scene.opened.pk)
    assert [getattr(fresh, name) for name in same] == [getattr(before, name) for name in same]
    assert (fresh.starts_on, fresh.ends_on) == (date(2019, 3, 1), date(2019, 3, 2))
    assert (fresh.title, fresh.period_to, fresh.previous) == ("回头看", date(2018, 12, 31), before)
    assert (fresh.methods, fresh.demands, fresh.annexes) == (
        ["查阅2015—2018年台账"], ["2015至2018年"], ["2014—2018年"],
    )  # fmt: skip
    later = _follow(scene, period_to=date(2019, 6, 30), days=(date(2019, 7, 1), date(2019, 7, 1)))
    assert (later.methods, later.demands) == (["查阅2015—2019年台账"], ["2015至2019年"])
    assert list(fresh.items.values_list("no", "title")) == list(before.items.values_list("no", "title"))  # fmt: skip
    assert _last("follow_up") == {"title": "回头看", "previous": before.pk}


@pytest.mark.parametrize("lacks", ["period_from", "period_to"])
def test_words_of_a_round_without_its_days_stay_as_they_are(scene: Scene, lacks: str) -> None:
    Round.objects.update(methods=["查阅2015—2018年台账"], **{lacks: None})
    assert _follow(scene, period_to=date(2019, 6, 30)).methods == ["查阅2015—2018年台账"]


@pytest.mark.parametrize(
    ("standing", "knows", "told"),
    [
        ("draft", True, "还是草稿"), ("inspecting", False, "上一轮还在“督查中”，没有办结"), ("inspecting", True, ""),
        ("closed", False, ""), ("archived", False, ""),
    ],
)  # fmt: skip
def test_a_round_that_goes_on_is_looked_back_on_only_knowingly(
    scene: Scene, standing: str, knows: bool, told: str
) -> None:
    Round.objects.update(standing=standing)
    if not told:
        assert _follow(scene, still_open=knows).standing == Round.Standing.DRAFT
        return
    with pytest.raises((BadInput, WrongState), match=told):
        _follow(scene, still_open=knows)


def test_days_that_end_before_they_begin_are_no_days(scene: Scene) -> None:
    with pytest.raises(BadInput, match="“督查时间”：结束日期早于开始日期"):
        _follow(scene, days=(DAY, EARLY))
    assert _follow(scene, days=(DAY, DAY)).ends_on == DAY


def test_sessions_move_to_the_new_days_in_the_same_order(scene: Scene) -> None:
    area = RoundArea.objects.get()
    for days, venue in ((1, "乙校"), (5, "礼堂"), (None, "待定")):
        day = None if days is None else DAY + timedelta(days=days)
        area.sessions.create(date=day, venue=venue, host=scene.people.other)
    TeamMember.objects.update(items=[1, 2])

    (made,) = _follow(scene).areas.all()

    said = made.sessions.order_by("venue").values_list(
        "date", "venue", "host", "starts_at", "ends_at"
    )
    own, other = scene.people.own.pk, scene.people.other.pk
    assert list(said) == [
        (date(2019, 3, 2), "乙校", other, None, None), (None, "待定", other, None, None),
        (date(2019, 3, 1), "甲校", own, time(9), time(11, 30)), (date(2019, 3, 2), "礼堂", other, None, None),
    ]  # fmt: skip
    assert Preparation.objects.filter(session__area=made).count() == 4
    assert [(m.name, m.items) for m in made.team.all()] == [
        ("team_leader", [1, 2]), ("inspector", [1, 2]),
    ]  # fmt: skip
    assert [u.name for u in made.units.all()] == [u.name for u in area.units.all()] != []


def test_where_no_session_had_a_day_none_gets_one(scene: Scene) -> None:
    RoundSession.objects.update(date=None)
    assert _follow(scene).areas.get().sessions.get().date is None


def test_a_notice_bears_the_day_that_was_written_or_that_of_its_publishing(draft: Scene) -> None:
    Round.objects.update(issued_on=EARLY)
    draft.opened.refresh_from_db()
    draft.step("publish")
    assert Round.objects.get().issued_on == IssuedPaper.objects.get().issued_on == EARLY
    draft.step("withdraw")
    Round.objects.update(issued_on=None)
    draft.opened.refresh_from_db()
    draft.step("publish")
    assert Round.objects.get().issued_on == DAY


def _delete(scene: Scene) -> None:
    opening.delete(
        opened=Round.objects.get(), actor=scene.people.actor("office"), now=scene.now
    )  # fmt: skip


def test_only_a_draft_that_nobody_was_told_of_is_deleted(draft: Scene) -> None:
    Round.objects.update(standing=Round.Standing.PUBLISHED)
    with pytest.raises(WrongState, match="只能删除没有发布过的草稿"):
        _delete(draft)
    Round.objects.update(standing=Round.Standing.DRAFT, withdrawn_at=draft.now)
    with pytest.raises(WrongState, match="只能删除没有发布过的草稿"):
        _delete(draft)
    Round.objects.update(withdrawn_at=None)
    _delete(draft)
    assert not Round.objects.exists()
    assert _last("delete_round") == {"title": "关于开展督查的通知"}


def test_a_draft_with_an_issued_notice_stays(draft: Scene) -> None:
    draft.step("publish")
    Round.objects.update(standing=Round.Standing.DRAFT)
    with pytest.raises(WrongState, match="只能删除没有发布过的草稿"):
        _delete(draft)


@pytest.mark.parametrize(
    ("demand", "asked"),
    [
        ("请各片区集中督查点准备好会议室、笔记本电脑及投影等设施设备。", ["会议室", "笔记本电脑", "投影"]),
        ("各督查点学校提供会议室一间。", ["会议室"]),
        ("请到会议室集中。", ["会场"]),
        ("被检查单位准备好台账。", ["会场"]),
    ],
)  # fmt: skip
def test_a_host_prepares_what_the_notice_names(demand: str, asked: list[str]) -> None:
    assert asked_of_host([demand]) == asked
