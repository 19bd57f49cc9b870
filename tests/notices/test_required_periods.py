"""Periods across the top of a table, rows that bars part, and what closes a list."""

from __future__ import annotations

import pytest

from taizhang.notices import read
from tests.notices.papers import Paper

Rows = list[list[str]]


def _txt(*lines: str) -> list[tuple[str, str]]:
    notice = read.notice("\n".join(lines).encode())
    return [(item.title, item.requirement) for item in notice.items]


PERIODS: Rows = [
    ["项目", "规定次数（不少于）", "", "", "", "备注"],
    ["", "每月", "每季度", "每半年", "每年", ""],
    ["党员大会", "", "1", "", "", "缺次须说明原因"],
    ["支委会", "√", "", "", "", ""],
    ["党课", "", "1次", "", "4", ""],
    ["组织生活会", "—", "", "", "1—2次", ""],
    ["谈心谈话", "", "", "≥1", "/", ""],
]
OFTEN = ["每季度\n1", "每月", "每季度\n1次\n每年\n4", "每年\n1—2次", "每半年\n≥1"]


@pytest.mark.parametrize("merges", [[], [(0, 0, 1, 0), (0, 1, 0, 4), (0, 5, 1, 5)]])
def test_periods_across_the_top_say_how_often(merges: list[tuple[int, int, int, int]]) -> None:
    notice = Paper("党支部组织生活频次一览表").table(PERIODS, merges).read()
    assert [(item.title, item.frequency) for item in notice.items] == [
        (row[0], often) for row, often in zip(PERIODS[2:], OFTEN, strict=True)
    ]


def test_periods_alone_across_the_top_say_how_often() -> None:
    rows = [[row[0], *row[1:5]] for row in PERIODS[1:]]
    rows[0][0] = "项目"
    notice = Paper("党支部组织生活频次一览表").table(rows).read()
    assert [item.frequency for item in notice.items] == OFTEN


def test_what_is_done_every_month_and_numbers_from_above_are_no_frequency() -> None:
    rows = [["项目", "要求", "每月"], ["支委会", "研究支部工作", "听取组长汇报，讨论发展党员"]]
    notice = Paper("工作标准").table([*rows, ["党课", "有讲稿", "检查笔记"]]).read()
    assert [item.frequency for item in notice.items] == [None, None]
    above = [[cell.replace("不少于", "不超过") for cell in row] for row in PERIODS]
    notice = Paper("党支部组织生活频次一览表").table(above).read()
    assert notice.items[0].frequency == "规定次数(不超过)\n每季度\n1"


@pytest.mark.parametrize("bar", ["|", " | ", " ｜ ", "│"])
def test_bars_part_the_cells_of_lines(bar: str) -> None:
    rows = [
        ["序号", "项目", "要求"],
        ["1", "党员大会", "每季度召开1次"],
        ["2", "支委会", "每月召开1次"],
    ]
    lines = [bar.join(row) for row in rows]
    wanted = [("党员大会", "每季度召开1次"), ("支委会", "每月召开1次")]
    assert _txt("党支部工作标准", "", *lines, "", "例某局机关党委") == wanted
    drawn = ["┌───┬───┐", f"│{lines[0]}│", "├───┼───┤", *(f"│{line}│" for line in lines[1:])]
    if bar == "│":
        assert _txt("党支部工作标准", "", *drawn, "└───┴───┘") == wanted


@pytest.mark.parametrize(
    "signed",
    [
        ["党委组织部", "2019年10月"],
        ["例某局机关党委", "例某局办公室", "二〇二四年三月"],
        ["本规范由机关党委负责解释。", "例某局党委", "2024年3月1日"],
        ["本规范自印发之日起施行。"],
    ],
)
def test_who_signs_a_list_and_what_it_says_of_itself_ask_for_nothing(signed: list[str]) -> None:
    lines = ["【党员大会】每季度召开一次。", "【支委会】每月召开一次。", "【党课】每季度一次。"]
    assert len(_txt("党支部工作规范", "", *lines, "", *signed)) == len(lines)
    assert len(_txt("党支部工作规范", "2024年3月", "", *lines)) == len(lines)


def test_a_month_over_what_is_done_in_it_ends_no_list() -> None:
    lines = [
        "2024年1月",
        "召开党员大会",
        "收缴党费",
        "2024年2月",
        "召开支委会",
        "上党课",
        "党小组会",
        "谈心谈话",
    ]
    assert ("谈心谈话", "") in _txt("党支部任务清单", "", *lines)
