"""What is inspected, where a letter says it in points or in a table whose headers are new."""

from __future__ import annotations

import io

import docx
import pytest

from taizhang.notices import read
from taizhang.notices.model import Notice

LETTER = """中共某区教育工作委员会关于开展党建工作交叉检查的通知

各学校党支部：
现通知如下：
一、检查时间：2026年10月12日至16日，每天上午9:00开始。
{contents}
三、其他事项：请各组于10月20日前提交检查报告。
中共某区教育工作委员会
2026年9月28日
"""


def _notice(contents: str) -> Notice:
    return read.notice(LETTER.format(contents=contents).encode())


@pytest.mark.parametrize(
    ("contents", "items"),
    [
        (
            "二、检查内容：\n（一）支委会每月至少召开1次，有完整记录。\n（二）党费：按月足额交纳。",
            [
                (None, "支委会每月至少召开1次", "支委会每月至少召开1次，有完整记录。"),
                (None, "党费", "按月足额交纳。"),
            ],
        ),
        (
            "二、检查内容\n（一）组织生活\n1.党课：每季度一次。\n2.主题党日：每月一次。\n（二）按期换届。",
            [
                ("组织生活", "党课", "每季度一次。"),
                ("组织生活", "主题党日", "每月一次。"),
                (None, "按期换届", "按期换届。"),
            ],
        ),
        (
            "二、检查重点\n1.党课：每季度一次；2.主题党日：每月一次。",
            [(None, "党课", "每季度一次；"), (None, "主题党日", "每月一次。")],
        ),
        ("二、检查内容\n“三会一课”、主题党日等工作情况。", []),
        ("二、检查方式\n1.查阅台账；2.个别访谈。", []),
    ],
)
def test_points_below_the_contents_are_items(
    contents: str, items: list[tuple[str | None, str, str]]
) -> None:
    found = _notice(contents)
    assert [(one.category, one.title, one.requirement) for one in found.items] == items
    assert [one.no for one in found.items] == list(range(1, len(items) + 1))
    told = [w.code for w in found.warnings if w.code == "outline"]
    assert told == (["outline"] if items else [])


def _table(title: str, headers: list[str], *rows: list[str]) -> Notice:
    paper = docx.Document()
    paper.add_paragraph(title)
    table = paper.add_table(0, len(headers))
    for row in (headers, *rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    out = io.BytesIO()
    paper.save(out)
    return read.notice(out.getvalue())


ROWS = (
    ["1", "支委会", "支委会每月至少召开一次，研究支部工作并做好记录", "各支部"],
    ["2", "谈心", "支部书记与每名党员每年谈心谈话不少于一次", "书记"],
)


@pytest.mark.parametrize("asked", ["督导要点", "工作要点", "怎么做"])
def test_a_table_with_new_headers_under_the_title_of_a_list(asked: str) -> None:
    found = _table("重点任务清单", ["序", "工作", asked, "谁来做"], *ROWS)
    assert [(one.title, one.requirement) for one in found.items] == [(r[1], r[2]) for r in ROWS]


def test_what_was_read_by_its_shape_is_told() -> None:
    found = _table("重点任务清单", ["序", "工作", "怎么做", "谁来做"], *ROWS)
    assert "按“工作、怎么做”读作检查要求" in _told(found, "by_shape")


def test_a_table_that_nothing_announces_as_a_list_is_left_and_told() -> None:
    found = _table("通讯录", ["序", "谁", "哪里", "怎么去"], *ROWS)
    assert not found.items
    assert _told(found, "unknown_table")


def _told(found: Notice, code: str) -> str:
    return "".join(w.message for w in found.warnings if w.code == code)


def test_what_all_share_is_not_told_as_missing() -> None:
    found = _notice(
        "二、分组：\n第一组由甲乙甲任组长，成员由乙丙乙组成，检查松岭中学、河东小学，10月12日进行；\n"
        "第二组由丁戊丁任组长，成员由戊己戊组成，检查松岭二中、桥头小学，10月13日进行。"
    )
    assert {one.start for area in found.areas for one in area.sessions} == {"09:00"}
    assert "缺少时间" not in _told(found, "session_incomplete")
    assert "缺少地点" in _told(found, "session_incomplete")


@pytest.mark.parametrize(
    ("said", "period"),
    [
        ("检查内容涵盖2026年基层党建各项工作。", ("2026-01-01", "2026-12-31")),
        ("检查范围为2026年1月至11月的台账资料。", ("2026-01-01", "2026-11-30")),
        ("检查内容为2026年2月—2月的台账资料。", ("2026-02-01", "2026-02-28")),
        ("检查内容见2026年3月10日的通知。", None),
        ("检查范围为2026年13月至14月的台账资料。", None),
    ],
)
def test_one_year_and_months_of_it(said: str, period: tuple[str, str] | None) -> None:
    found = _notice(f"二、检查范围\n{said}").period
    told = found and (f"{found.from_}", f"{found.to}")
    assert told == period
