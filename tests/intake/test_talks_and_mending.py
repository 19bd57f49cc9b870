"""Talks as they are written in Word, and a list of what was mended, which is of no ledger."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from taizhang.intake.reading import read
from taizhang.kernel.errors import BadInput
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.kinds.talks import HeartTalk
from taizhang.ledgers.records import actions
from taizhang.ledgers.sheets import titles
from tests.intake import corpus
from tests.make import NAMES, Cast
from tests.sheet_rows import read_rows

SAID = "近期工作和思想都稳定，希望多参加教研。"
IN_A_TABLE = [
    ["谈话时间", "2018年3月5日下午3:30", "谈话地点", "会议室"],
    ["谈话人", NAMES[0], "被谈话人", NAMES[1]],
    ["谈话类别", "支委与党员", "谈话事由", "学期工作"],
    ["谈话情况", SAID],
]
IN_LINES = [
    "约谈时间：2018年3月5日下午3:30", "约谈地点：会议室", f"约谈人：{NAMES[0]}", f"被约谈人：{NAMES[1]}", "谈话类型：支委与党员",
    "约谈事由：学期工作", f"约谈内容：{SAID}",
]  # fmt: skip
MENDED: list[list[Any]] = [
    ["甲校党支部督查反馈问题整改台账"],
    ["序号", "反馈问题", "整改措施", "责任人", "整改时限", "完成情况", "销号日期"],
    [1, "2018年2月没有开支委会", "按月召开", NAMES[0], "2018-11-30", "已完成", "2018-11-28"],
]


@pytest.mark.parametrize("heading", ["谈心谈话记录", "甲校党支部谈话记录表", "约谈记录"])
@pytest.mark.parametrize(("table", "lines"), [(IN_A_TABLE, []), ([], IN_LINES)])
def test_a_talk_in_word_becomes_a_record(
    heading: str, table: list[list[str]], lines: list[str], people: Cast, now: datetime
) -> None:
    (document,) = read.documents("谈话.docx", corpus._word(heading, lines, table))

    assert document.kind is KINDS["talks"]
    (record,) = document.records
    entry = actions.record(
        kind=KINDS["talks"], branch=people.own, values=record.values, actor=people.actor("clerk"), now=now
    )  # fmt: skip
    assert isinstance(entry, HeartTalk)
    said = (str(entry.held_on), f"{entry.starts_at:%H:%M}", entry.place, entry.talker.name)
    assert said == ("2018-03-05", "15:30", "会议室", NAMES[0])
    assert (entry.talked_to.name, entry.topic, entry.content) == (NAMES[1], "学期工作", SAID)
    assert entry.relation == HeartTalk.Relation.TO_MEMBER


def test_talks_with_applicants_stay_with_their_own_ledger() -> None:
    rows = [["发展对象姓名", NAMES[2]], ["谈话日期", "2018-03-05"], ["谈话人", NAMES[0]], ["谈话内容", SAID]]  # fmt: skip
    (document,) = read.documents("谈话.docx", corpus._word("入党申请人谈话记录", table=rows))

    assert document.kind is KINDS["case-talks"]


@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_a_list_of_what_was_mended_is_told_its_place(form: str) -> None:
    data = (
        corpus._sheet(MENDED)
        if form == "xlsx"
        else corpus._word(str(MENDED[0][0]), table=[[str(cell) for cell in row] for row in MENDED[1:]])
    )  # fmt: skip
    (document,) = read.documents(f"汇总.{form}", data)

    assert (document.kind, document.records, document.said) == (None, [], "认不出")
    assert document.warnings == [titles.MENDING]


def test_so_it_is_on_the_page_of_sheets(people: Cast) -> None:
    with pytest.raises(BadInput, match="请在“督查整改”里打开各个问题"):
        read_rows(
            KINDS["meetings"],
            corpus._sheet(MENDED),
            branch=people.own,
            actor=people.actor("clerk"),
        )


@pytest.mark.parametrize(
    ("heading", "told"),
    [
        ("甲校党支部整改台账（2018年）", True), ("问题整改销号台账", True), ("整改任务台账", True), ("组织生活会整改清单", False),
        ("党员组织关系排查整改计划", False), ("支委会会议记录", False), ("关于整改台账的说明", False),
    ],
)  # fmt: skip
def test_only_its_own_title_says_so(heading: str, told: bool) -> None:
    assert bool(titles.kept_elsewhere(heading)) == told


def test_the_ledger_named_for_the_meeting_on_organisation_life_is_there() -> None:
    life = KINDS["life-meetings"]
    assert f"“{life.title}”" in titles.MENDING
    assert "整改清单" in {part.label for part in life.parts}
