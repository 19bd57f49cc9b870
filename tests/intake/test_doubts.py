"""What speaks against entering a document without a look is told on its list, and holds it back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from taizhang.intake import actions, queries
from taizhang.intake.models import Batch, Paper
from taizhang.intake.sheets import branches
from taizhang.ledgers.kinds import KINDS
from taizhang.orgs.models import Membership
from tests.intake import corpus
from tests.make import NAMES, Cast, save

pytestmark = pytest.mark.django_db
MEETINGS: Any = KINDS["meetings"].model
STRANGERS = ("例外甲", "例外乙")


def _minutes(
    *, day: str = "2016年3月9日", names: tuple[str, ...] = NAMES, title: str = "", foot: str = ""
) -> bytes:
    table = [
        ["会议名称", "研究工作"], ["会议时间", day, "会议地点", "会议室"],
        ["主持人", names[0], "记录人", names[1]], ["参会人员", "、".join(names[:3])],
    ]  # fmt: skip
    below = [foot] if foot else []
    return corpus._word(title or "支部委员会会议记录", table=table, below=below)


def _take(people: Cast, now: datetime, *files: tuple[str, bytes]) -> Batch:
    return actions.take_in(branch=people.own, files=files, actor=people.actor("clerk"), now=now)


def _line(batch: Batch, people: Cast, name: str) -> queries.Line:
    seen = queries.overview(batch, people.actor("clerk"))
    return next(
        line for group in seen.groups for line in group.lines if line.paper.file_name == name
    )


def _enter(batch: Batch, people: Cast, now: datetime) -> tuple[int, list[str]]:
    return actions.enter_certain(batch=batch, actor=people.actor("clerk"), now=now)


def test_a_record_of_the_day_is_told_and_no_second_is_made(people: Cast, now: datetime) -> None:
    held = {"kind": "支委会", "held_on": "2016-03-09", "title": "", "host_name": NAMES[0]}
    save(people.own, people.actor("clerk"), now, "meetings", **held)
    batch = _take(people, now, ("甲.docx", _minutes()))

    line = _line(batch, people, "甲.docx")
    assert (line.state, line.paper.certain) == ("请核对", True)
    assert "同一天已有登记" in line.told
    assert queries.overview(batch, people.actor("clerk")).certain == 0

    entered, (refused,) = _enter(batch, people, now)
    assert entered == 0
    assert "同一天已有登记" in refused
    assert MEETINGS.objects.count() == 1
    assert "同一天已有登记" in _line(batch, people, "甲.docx").told


def test_two_papers_of_one_meeting_become_one_record(people: Cast, now: datetime) -> None:
    twice = _minutes(), _minutes(title="支部委员会会议记录（扫描）")
    batch = _take(people, now, ("甲.docx", twice[0]), ("乙.docx", twice[1]))

    entered, refused = _enter(batch, people, now)

    assert (entered, len(refused), MEETINGS.objects.count()) == (1, 1, 1)


def test_another_sort_of_meeting_on_the_day_is_no_doubt(people: Cast, now: datetime) -> None:
    held = {"kind": "党员大会", "held_on": "2016-03-09", "title": "", "host_name": NAMES[0]}
    save(people.own, people.actor("clerk"), now, "meetings", **held)
    batch = _take(people, now, ("甲.docx", _minutes()))

    assert _line(batch, people, "甲.docx").state == "可直接入账"
    assert _enter(batch, people, now) == (1, [])


def test_minutes_of_people_whom_the_branch_never_had_are_looked_at(
    people: Cast, now: datetime
) -> None:
    batch = _take(people, now, ("甲.docx", _minutes(names=(*STRANGERS, "例外丙"))))

    assert "都不在本支部花名册上：例外甲、例外乙" in _line(batch, people, "甲.docx").told
    assert _enter(batch, people, now)[0] == 0


def test_a_branch_without_a_roster_cannot_tell_strangers(people: Cast, now: datetime) -> None:
    Membership.objects.filter(branch=people.other).update(withdrawn_at=now)
    batch = actions.take_in(
        branch=people.other, files=[("甲.docx", _minutes(names=(*STRANGERS, "例外丙")))],
        actor=people.actor("foreign"), now=now,
    )  # fmt: skip

    line = queries.overview(batch, people.actor("foreign")).groups[0].lines[0]

    assert (line.told, line.state) == ("", "可直接入账")


def test_what_the_form_would_refuse_is_told_before(people: Cast, now: datetime) -> None:
    group = _minutes(title="第九党小组会议记录")
    talk = corpus._word(
        "谈心谈话记录表",
        table=[
            ["谈话人", NAMES[0], "谈话对象", NAMES[1]], ["谈话时间", "2016年3月9日", "谈话类型", "支委与党员"],
            ["谈话内容", "了解近期工作。"],
        ],
    )  # fmt: skip
    batch = _take(people, now, ("组.docx", group), ("谈.docx", talk))

    assert "本支部没有党小组“第九党小组”" in _line(batch, people, "组.docx").told
    assert _line(batch, people, "组.docx").state == "请核对"
    assert "主题：不能为空。" in _line(batch, people, "谈.docx").told


def test_what_was_done_is_said_and_not_what_was_to_be_done(people: Cast, now: datetime) -> None:
    batch = _take(people, now, ("甲.docx", _minutes()))
    _enter(batch, people, now)
    line = _line(batch, people, "甲.docx")
    assert (line.state, line.told, line.records) == ("已入账", "", 1)

    actions.undo(batch=batch, actor=people.actor("clerk"), now=now)

    assert _line(Batch.objects.get(), people, "甲.docx").state == "已撤销"


def test_a_file_handed_in_again_stands_under_its_own_name(people: Cast, now: datetime) -> None:
    data = _minutes()
    _enter(_take(people, now, ("甲.docx", data)), people, now)
    again = _take(people, now, ("甲.docx", data))

    (group,) = queries.overview(again, people.actor("clerk")).groups

    assert group.title == "重复文件"
    assert Paper.objects.get(batch=again).state == Paper.State.SAME


def test_the_page_says_what_is_lacking_and_where_it_is_registered(
    people: Cast, now: datetime, login: Any
) -> None:
    batch = _take(people, now, ("组.docx", _minutes(title="第九党小组会议记录")))
    key = batch.papers.get().pk

    page = login(people.users["clerk"]).get(f"/intake/papers/{key}/").content.decode()

    assert "入账以前：" in page
    assert f'href="/ledgers/groups/new/?branch={people.own.pk}">登记党小组</a>' in page


def test_a_text_was_not_kept_and_is_not_said_to_be(people: Cast, now: datetime, login: Any) -> None:
    batch = _take(people, now, ("会.txt", "支委会会议记录\n时间：2016年3月9日\n".encode()))
    clerk = login(people.users["clerk"])
    line = _line(batch, people, "会.txt")

    page = clerk.get(f"/intake/papers/{line.paper.pk}/").content.decode()

    assert line.state == "没有收下"
    assert "另存为 Word" in line.told
    assert "知道了" in page
    assert "只留文件" not in page


def test_the_list_of_batches_says_what_waits(people: Cast, now: datetime) -> None:
    batch, clerk = _take(people, now, ("甲.docx", _minutes())), people.actor("clerk")
    _enter(batch, people, now)
    Paper.objects.filter(batch=batch).update(state=Paper.State.UNREAD)
    (told,) = queries.batches(people.own, clerk)
    assert told.state == "正在识别"
    Paper.objects.filter(batch=batch).update(state=Paper.State.ENTERED)

    actions.undo(batch=batch, actor=clerk, now=now)

    (told,) = queries.batches(people.own, clerk)
    assert (told.state, told.open, told.entered) == ("已撤销", 0, 0)


def test_rows_of_a_list_that_would_be_refused_are_told_before(
    people: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = ["谈话日期", "谈话人", "谈话对象", "谈话类型", "主题", "谈话内容"]
    rows = [
        [f"2016-03-{day:02}", NAMES[0], whom, "支委之间", "近况", "近期工作"]
        for day, whom in ((1, NAMES[1]), (4, NAMES[2]), (2, STRANGERS[0]), (3, STRANGERS[1]))
    ]
    good, bad = (corpus._sheet([["谈心谈话记录"], head, *some]) for some in (rows[:2], rows))
    batch = _take(people, now, ("对.xlsx", good), ("错.xlsx", bad))

    right, wrong = (_line(batch, people, name) for name in ("对.xlsx", "错.xlsx"))
    assert right.paper.certain
    assert wrong.paper.certain
    assert (right.state, right.told) == ("可直接入账", "")
    assert (wrong.state, wrong.told) == ("请核对", "有 2 行要改，请打开核对。")

    monkeypatch.setattr(queries, "MOST_TRIED", 1)
    assert _line(batch, people, "对.xlsx").told == "行数多，请打开核对。"


@pytest.mark.parametrize(
    ("title", "foot", "told"),
    [
        ("中共样例第一小学支部委员会会议记录", "", "样例第一小学"),
        ("样例第一小学支委会会议记录", "", "样例第一小学"),
        ("支部委员会会议记录", "中共样例第一小学支部委员会", "样例第一小学"),
        ("中共甲校支部委员会会议记录", "", ""),
        ("样例第一小学支委会会议记录", "中共甲校支部委员会", ""),
        ("支部委员会会议记录", "教工第一党支部", ""),
        ("全区中小学支部委员会会议记录", "", ""),
    ],
)
def test_a_paper_of_another_school_is_told_and_not_entered_unseen(
    people: Cast, now: datetime, title: str, foot: str, told: str
) -> None:
    batch = _take(people, now, ("甲.docx", _minutes(title=title, foot=foot)))

    line = _line(batch, people, "甲.docx")
    assert "不是本支部" in line.told if told else "不是本支部" not in line.told
    assert told in line.told
    assert line.certain is (not told and not foot)  # a foot is left for who looks at it
    assert _enter(batch, people, now)[0] == line.certain


def test_a_sheet_of_another_school_is_not_entered_unseen(people: Cast, now: datetime) -> None:
    rows = [
        ["样例第一小学党支部谈心谈话登记表"],
        ["谈话时间", "谈话人", "谈话对象", "谈话类型", "主题", "谈话内容"],
        ["2016年3月9日", NAMES[0], NAMES[1], "支委与党员", "近期工作", "了解近期工作。"],
    ]
    batch = _take(people, now, ("甲.xlsx", corpus._sheet(rows)))

    line = _line(batch, people, "甲.xlsx")
    assert (line.certain, "样例第一小学" in line.told) == (False, True)
    assert _enter(batch, people, now)[0] == 0


@pytest.mark.parametrize(
    ("named", "known", "same"),
    [
        ("丽华第二小学", "丽华二小", True),
        ("例区延陵小学", "延陵小学", True),
        ("样例第一小学", "样例第二小学", False),
        ("样例小学教工第一", "样例小学教工第二", False),
    ],
)
def test_a_name_may_be_short_for_another(named: str, known: str, *, same: bool) -> None:
    assert branches._may_be(named, known) is same
