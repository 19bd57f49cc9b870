"""Long titles are broken between words, the same in Word and PDF."""

from __future__ import annotations

import pytest

from taizhang.papers.official import titles
from taizhang.papers.official.paper import breadth_of

TITLES = [
    "中共示例小学支部委员会关于召开党员大会进行支部委员会换届选举的请示",
    "关于对示例天宁分校党支部基层党建工作督查情况的反馈意见",
    "示例第二小学党支部关于督查反馈问题整改情况的报告",
    "关于开展2018年度基层党建专项督查“回头看”工作的通知",
    "中共示例市示例区教育局第二实验幼儿园支部委员会关于支部委员会委员候选人预备人选的请示",
    "关于基层党建工作专项督查“回头看”第二轮反馈问题整改落实情况的通报",
    "关于印发《示例区教育系统基层党组织党建工作台账管理办法（试行）》的通知",
]
WHOLE = [
    "党员大会", "整改", "换届选举", "支部委员会", "报告", "督查", "“回头看”", "2018年度", "第二轮", "候选人", "预备人选",
    "反馈意见", "教育局", "幼儿园", "党支部", "基层", "情况", "第二实验幼儿园", "示例第二小学", "台账", "（试行）",
]  # fmt: skip


@pytest.mark.parametrize("title", TITLES)
def test_no_word_is_broken_and_nothing_is_lost(title: str) -> None:
    lines = titles.lines(title)
    assert "".join(lines) == title
    for word in WHOLE:
        assert title.count(word) == sum(line.count(word) for line in lines), (word, lines)


@pytest.mark.parametrize("title", TITLES)
def test_each_line_fits_and_none_is_left_with_a_word(title: str) -> None:
    lines = titles.lines(title)
    assert max(map(breadth_of, lines)) <= 20
    assert min(map(breadth_of, lines)) >= 6
    assert not [line for line in lines if line[0] in "的、，。”》）" or line[-1] in "“《（"]
    assert not [
        line for line in lines[:-1] if line.endswith(("关于", "进行", "召开", "开展", "和"))
    ]


def test_three_lines_are_no_hourglass() -> None:
    for title in TITLES:
        lines = [breadth_of(line) for line in titles.lines(title)]
        for left, middle, right in zip(lines, lines[1:], lines[2:], strict=False):
            assert middle >= min(left, right)


def test_a_short_title_and_a_break_by_hand_stay() -> None:
    assert titles.lines("关于开展督查的通知") == ["关于开展督查的通知"]
    assert titles.lines("关于开展督查的\n通知") == ["关于开展督查的", "通知"]
    assert titles.lines("") == [""]


def test_one_word_longer_than_a_line_is_broken_all_the_same() -> None:
    lines = titles.lines("甲" * 45)
    assert "".join(lines) == "甲" * 45
    assert max(map(len, lines)) <= 20


def test_a_title_with_a_field_of_a_template_is_not_broken() -> None:
    title = "关于{{ 督查内容 }}存在问题整改情况的督查反馈意见通知"
    assert titles.lines(title) == [title]
