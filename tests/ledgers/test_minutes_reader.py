"""会议记录 as people write it, in Word or as text, is read into the form; what is not understood is handed back."""

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
from taizhang.ledgers import minutes_reader, queries
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.kinds.meetings.models import Attendance, Meeting
from taizhang.papers import queries as papers
from taizhang.papers import word
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
    assert found.values["discussion"] == "第一段\n第二段\n自编栏目\n写了什么"
    assert found.values["present_count"] == "8"


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
    assert ">外请专家</textarea>" in page


def test_what_was_read_is_saved_with_each_name_once(people: Cast, now: datetime) -> None:
    values = minutes_reader.minutes(TEXT.encode()).values
    save(people.own, people.actor("clerk"), now, "meetings", **values)
    assert Attendance.objects.count() == 3
