"""会议记录 as people write it, in Word or as text, is read into the form; what is not understood is
handed back.
"""

from __future__ import annotations

import contextlib
import io
from datetime import datetime
from typing import Any

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.kernel.errors import BadInput
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.kinds.meetings.models import Attendance, Meeting
from taizhang.ledgers.minutes import reader as minutes_reader
from taizhang.ledgers.records import queries
from taizhang.papers import queries as papers
from taizhang.papers.writers import word
from tests.make import NAMES, Cast, raw, save

TEXT = """甲校2016年3月支委会会议记录
时间：2016年3月8日下午3:30—4点40分
地点：党员活动室
主持人：示例甲
记录人：示例乙
出席情况：应到3人，实到2人
出席人员：示例甲、示例乙
缺席人员及原因：示例丙（病假）
会议议程：
1.讨论本月工作
2.研究发展党员
发言要点：
示例甲：先讲一点
示例乙：同意
会议决议：通过本月计划（负责人：示例乙；期限：2016-03-31）
天气：晴
"""


def test_text_is_read_field_by_field() -> None:
    found = minutes_reader.minutes(TEXT.encode("gb18030"))
    assert found.values == {
        "title": "甲校2016年3月支委会", "kind": "支委会", "held_on": "2016-03-08", "starts_at": "15:30", "ends_at": "16:40",
        "place": "党员活动室", "host_name": "示例甲", "recorder_name": "示例乙", "expected_count": "3", "present_count": "2",
        "present": "示例甲、示例乙", "absent": "示例丙（病假）", "agenda": "1.讨论本月工作\n2.研究发展党员",
        "speeches": "示例甲：先讲一点\n示例乙：同意", "resolutions": "通过本月计划（负责人：示例乙；期限：2016-03-31）\n天气：晴",
    }  # fmt: skip


def _form(*rows: tuple[str, ...]) -> bytes:
    document = docx.Document()
    document.add_paragraph("会议记录")
    table = document.add_table(rows=0, cols=4)
    for row in rows:
        cells = table.add_row().cells
        if len(row) == 2:
            cells[1].merge(cells[3])
        for cell, text in zip(cells, row, strict=False):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_form_in_word_with_merged_cells_is_read() -> None:
    data = _form(
        ("会议名称", "党员大会"), ("时间", "2016.6.20 14:00", "地 点", "报告厅"), ("主持人", "示例甲", "记 录 人", "示例乙"),
        ("应到", "八人", "实到", "8"), ("出席人员", "示例甲 、示例乙"), ("会议内容", "第一段\n第二段"), ("自编栏目", "写了什么"),
    )  # fmt: skip
    found = minutes_reader.minutes(data)
    assert found.values["kind"] == "党员大会"
    assert (found.values["held_on"], found.values["starts_at"], found.values["place"]) == (
        "2016-06-20",
        "14:00",
        "报告厅",
    )
    assert found.values["discussion"] == "第一段\n第二段"
    assert found.left == ["自编栏目：写了什么"]
    assert found.values["present_count"] == "8"


CUSTOMARY = [
    ("会议名称", "2018年9月支委会"), ("会议时间", "2018年9月12日15:30", "会议地点", "会议室"), ("主持人", "示例甲", "记录人", "示例乙"),
    ("应到人数", "3人，实到2人"), ("参会人员", "示例甲  示例乙"), ("缺席及原因", "示例丙（外出培训）"), ("会议议程", "1.讨论工作；2.研究发展对象"),
    ("会议决定", "1.通过计划。2.同意确定。"), ("记录人签字", "", "主持人签字", ""), ("天气情况", "晴"),
]  # fmt: skip


def test_a_customary_form_is_read_without_mixing_its_labels(people: Cast, now: datetime) -> None:
    found = minutes_reader.minutes(_form(*CUSTOMARY))
    assert found.values == {
        "title": "2018年9月支委会", "kind": "支委会", "held_on": "2018-09-12", "starts_at": "15:30", "place": "会议室", "host_name": "示例甲",
        "recorder_name": "示例乙", "expected_count": "3", "present_count": "2", "present": "示例甲  示例乙", "absent": "示例丙（外出培训）",
        "agenda": "1.讨论工作；2.研究发展对象", "resolutions": "1.通过计划。2.同意确定。",
    }  # fmt: skip
    assert found.left == ["天气情况：晴"]

    entry = save(people.own, people.actor("clerk"), now, "meetings", **found.values)

    assert (entry.n_agenda, entry.n_resolutions, entry.n_present, entry.n_absent) == (2, 2, 2, 1)


def test_the_absent_are_not_ticked_present(people: Cast, login: Any) -> None:
    clerk = login(people.users["clerk"])
    text = TEXT.replace("出席人员：示例甲、示例乙", "出席人员：示例甲、示例乙、示例丙、全体委员")

    page = clerk.post("/ledgers/meetings/read/", {"pasted": text}).content.decode()

    boxes = page[page.index('id="roster"') :]
    assert boxes.count(" checked> ") == 2
    assert "示例丙：同时写在出席和缺席里" in page
    assert "“全体委员”不是姓名" in page


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("☑党员大会 □支委会 □党小组会 □党课", "党员大会"), ("□党员大会 ■支委会 □党课", "支委会"), ("□党员大会　√党课", "党课"), ("□党员大会 □支委会", None),
        ("☑党员大会 ☑党课 □支委会", None), ("支部委员会", "支委会"),
    ],
)  # fmt: skip
def test_the_ticked_kind_is_the_kind(said: str, kind: str | None) -> None:
    found = minutes_reader.minutes(f"会议类型：{said}\n地点：室\n主持人：甲\n记录人：乙".encode())
    assert found.values.get("kind") == kind
    assert kind is not None or any(said in text for text in found.left)


def test_labels_in_one_line_and_lines_for_signatures() -> None:
    text = (
        "时间：2018年9月2日14:30　地 点：会议室\n主持人：甲    记录人：乙\n应到/实到：5/4\n"
        "会议内容：一、时间：另定。\n二、地点：另定。\n丙：同意，时间：明天\n记录人签字：      主持人签字：     \n    年   月   日"
    )
    found = minutes_reader.minutes(text.encode())
    assert found.values == {
        "held_on": "2018-09-02", "starts_at": "14:30", "place": "会议室", "host_name": "甲", "recorder_name": "乙", "expected_count": "5",
        "present_count": "4", "discussion": "一、时间：另定。\n地点：另定。\n丙：同意，时间：明天",
    }  # fmt: skip
    assert found.left == []


def test_what_is_printed_can_be_read_back(people: Cast, now: datetime) -> None:
    values = raw("meetings") | {
        "starts_at": "15:30",
        "ends_at": "16:30",
        "host_name": NAMES[0],
        "recorder_name": NAMES[1],
        "discussion": "研究工作",
    }
    entry = save(people.own, people.actor("clerk"), now, "meetings", **values)
    paper = papers.record_paper(kind=KINDS["meetings"], key=entry.pk, actor=people.actor("clerk"))

    found = minutes_reader.minutes(word.written(paper)).values

    said = queries.as_written(KINDS["meetings"], entry)
    same = (
        "kind",
        "title",
        "held_on",
        "starts_at",
        "ends_at",
        "place",
        "host_name",
        "recorder_name",
        "present",
        "discussion",
        "agenda",
    )
    assert {name: found.get(name) for name in same} == {name: said[name] for name in same}


def test_a_day_without_a_year_is_not_made_up() -> None:
    found = minutes_reader.minutes(
        "会议名称：支委会\n时间：3月8日\n地点：会议室\n主持人：示例甲".encode()
    )
    assert "held_on" not in found.values
    assert any("3月8日" in text for text in found.left)


@pytest.mark.parametrize(
    "data", [b"", "随便一段话，没有栏目。".encode(), b"\x00\x01", b"PK\x03\x04broken"]
)
def test_what_is_no_form_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput):
        minutes_reader.minutes(data)


@given(text=st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(BadInput):
        minutes_reader.minutes(f"{text}\n地点：甲\n主持人：乙\n记录人：丙".encode())


def test_the_form_opens_filled_with_the_roster_ticked_and_stores_nothing(
    people: Cast, login: Any
) -> None:
    clerk = login(people.users["clerk"])

    page = clerk.post(
        "/ledgers/meetings/read/",
        {"pasted": TEXT.replace("示例乙\n缺席", "示例乙、外请专家\n缺席")},
    ).content.decode()

    assert not Meeting.objects.exists()
    assert "现在还没有保存" in page
    boxes = page[page.index('id="roster"') :]
    assert boxes.count(" checked> ") == 2
    assert 'value="病假"' in boxes
    assert 'value="外请专家"' in page


def test_what_was_read_is_saved_with_each_name_once(people: Cast, now: datetime) -> None:
    values = minutes_reader.minutes(TEXT.encode()).values
    save(people.own, people.actor("clerk"), now, "meetings", **values)
    assert Attendance.objects.count() == 3
