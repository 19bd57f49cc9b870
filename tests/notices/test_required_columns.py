"""Every column of a requirement table is read or carried along: grades, ticks, who does it, by
when.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from taizhang.catalogue.sentences.reading import lines_of
from taizhang.documents.blocks import Cell, Paragraph, Source, Table
from taizhang.kernel.text import folded
from taizhang.notices import read, told
from taizhang.notices.model import Item, Notice
from tests.catalogue import tables_of
from tests.notices.papers import Paper

Rows = list[list[str]]


def _items(rows: Rows) -> list[Item]:
    return Paper("党支部工作标准").table(rows).read().items


GRADED = [
    (["A档", "B档", "C档"], 0),
    (["A级（90分以上）", "B级（75—89分）", "C级（75分以下）"], 0),
    (["优", "良", "差"], 0),
    (["优秀标准", "良好标准", "合格标准"], 0),
    (["好", "较好", "一般"], 0),
    (["达标", "基本达标", "不达标"], 0),
    (["不合格", "合格", "优秀"], 2),
    (["三星级", "四星级", "五星级"], 2),
    (["一档", "二档", "三档"], 0),
    (["Ａ类", "Ｂ类", "Ｃ类"], 0),
]


@pytest.mark.parametrize(("heads", "best"), GRADED)
def test_the_best_of_grades_is_asked_and_the_others_are_carried(
    heads: list[str], best: int
) -> None:
    steps = ["每月召开1次", "每季度召开1次", "每年召开1次"]
    cells = steps if best == 0 else steps[::-1]
    rows = [["序号", "项目", *heads], ["1", "支委会", *cells], ["2", "党员大会", *cells]]
    for item in _items(rows):
        assert item.requirement == "每月召开1次"
        others = {head: cell for head, cell in zip(heads, cells, strict=True) if cell != steps[0]}
        assert {*item.others.values()} == {*others.values()}


def test_grades_beside_what_is_asked_only_say_how_it_is_graded() -> None:
    head = ["项目", "建设标准", "优", "良", "差"]
    rows = [head, ["支委会", "每月召开1次", "做到", "基本做到", "没有做到"], ["党课", "每季度1次", "做到", "少1次", "没有"]]  # fmt: skip
    (first, _) = _items(rows)
    assert first.requirement == "每月召开1次"
    assert first.others == {"优": "做到", "良": "基本做到", "差": "没有做到"}


def test_one_word_of_a_scale_alone_is_no_grade() -> None:
    rows = [["项目", "合格标准"], ["支委会", "每月召开1次"], ["党课", "每季度1次"]]
    assert [one.requirement for one in _items(rows)] == ["每月召开1次", "每季度1次"]


PERIODS = ["任务", "每月", "每季度", "每年"]
TICKS = ["○", "◯", "◎", "〇", "O", "√", "✓", "●", "★", "是", "\uf0fc", "V"]


@pytest.mark.parametrize("tick", TICKS)
def test_whatever_ticks_below_a_period_says_how_often(tick: str) -> None:
    rows = [
        PERIODS,
        ["支委会", tick, "", ""],
        ["党员大会", "", tick, ""],
        ["组织生活会", "", "", tick],
    ]
    assert [one.frequency for one in _items(rows)] == ["每月", "每季度", "每年"]


@pytest.mark.parametrize("other", ["√", "2"])
def test_a_circle_beside_ticks_or_numbers_says_nothing_for_certain(other: str) -> None:
    rows = [PERIODS, ["支委会", other, "○", ""], ["党员大会", other, "", "○"]]
    for item in _items(rows):
        assert "○" not in (item.frequency or "")
        assert "○" in item.others.values()


def test_who_does_it_and_by_when_is_carried_with_its_place() -> None:
    rows = [
        ["序号", "工作任务", "工作要求", "责任人", "责任单位", "完成时限", "评分办法"],
        ["1", "支委会", "每月召开1次", "样某某", "各支部", "每月25日前", "少1次扣1分"],
        ["2", "党课", "每季度1次", "例某", "各支部", "季末", "少1次扣1分"],
    ]
    notice = Paper("党支部工作责任清单").table(rows).read()
    assert [one.others for one in notice.items] == [
        dict(zip(rows[0][3:], row[3:], strict=True)) for row in rows[1:]
    ]
    lines = dict(told.beside(notice))
    assert "第2行第4列" in lines["“责任人”一栏（2项有内容）：样某某；例某"]
    assert "“责任单位”一栏（2项有内容）：各支部" in lines
    assert lines_of(notice)[0].title == "支委会"


def test_points_with_more_than_their_number_and_a_second_frequency_are_carried() -> None:
    rows = [
        ["项目", "要求", "频次", "次数", "分值"],
        ["支委会", "记录完整", "每月1次", "12", "每次2分"],
    ]
    rows += [["党课", "有讲稿", "每季1次", "4", "5"]]
    first, second = _items(rows)
    assert (first.frequency, first.score) == ("每月1次", 2.0)
    assert first.others == {"次数": "12", "分值": "每次2分"}
    assert (second.score, second.others) == (5.0, {"次数": "4"})


def test_what_goes_on_below_is_carried_with_the_item_above() -> None:
    rows = [
        ["项目", "要求", "责任人"],
        ["支委会", "每月召开1次", "样某某"],
        ["", "记录完整", "例某"],
    ]
    (item,) = _items(rows)
    assert (item.requirement, item.others) == ("每月召开1次\n记录完整", {"责任人": "样某某\n例某"})


@cache
def _tables() -> list[Rows]:
    found = []
    for path in tables_of.TABLES:
        table: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
        if table.get("layout") != "outline":
            head, *rows = tables_of.rows_of(table)
            found.append([head, *([*row, *[""] * (len(head) - len(row))] for row in rows)])
    return found


def _understood(rows: Rows) -> Notice:
    cells = [
        [Cell(text, where=f"表1 第{r}行第{c}列") for c, text in enumerate(row, 1)]
        for r, row in enumerate(rows, 1)
    ]
    title = Paragraph("党支部党建台账要求", "第1段")
    return read.understood(Source([title, Table(cells, "表1")]))


def _said(notice: Notice) -> str:
    texts = [w.message + w.where for w in notice.warnings]
    for item in notice.items:
        texts += [item.category or "", item.subcategory or "", item.title, item.requirement]
        texts += [item.frequency or "", f"{item.score:g}" if item.score is not None else ""]
        texts += [text for pair in item.others.items() for text in pair]
    return "\n".join(folded(text) for text in texts)


def _left(rows: Rows, notice: Notice) -> list[str]:
    """The cells that are in no line and that nobody is told of; numbers of rows are no contents, and
    of a tick its header is.
    """
    said = _said(notice)
    return [
        f"{head}：{cell}"
        for row in rows[1:]
        for head, cell in zip(rows[0], row, strict=True)
        if head not in ("序号", "编号", "盒号")
        and any(
            folded(head if line in TICKS else line) not in said
            for line in cell.splitlines()
            if line.strip()
        )
    ]


@pytest.mark.parametrize("at", range(len(tables_of.TABLES)))
def test_every_column_of_every_table_is_used_or_told(at: int) -> None:
    if at < len(_tables()):
        rows = _tables()[at]
        assert _left(rows, _understood(rows)) == []


HEADS = ["责任人", "责任单位", "牵头领导", "完成时限", "存放位置", "保管人", "自查情况", "整改措施落实人", "对应文件", "甲乙丙", "备注", "检查方式"]  # fmt: skip


@given(st.integers(0, len(tables_of.TABLES) - 3), st.sampled_from(HEADS), st.data())
def test_a_column_more_changes_no_line_and_is_told(at: int, head: str, data: st.DataObject) -> None:
    rows = _tables()[at % len(_tables())]
    filled = data.draw(st.lists(st.booleans(), min_size=len(rows) - 1, max_size=len(rows) - 1))
    more = [[*rows[0], head]]
    more += [[*r, f"例某{n}" * f] for n, (r, f) in enumerate(zip(rows[1:], filled, strict=True))]
    before, after = _understood(rows), _understood(more)
    assert _left(more, after) == []
    assert [(i.title, i.requirement, i.frequency) for i in after.items] == [
        (i.title, i.requirement, i.frequency) for i in before.items
    ]
