"""Where a long title is broken: between words, and into lines that make a trapezoid or a diamond
(GB/T 9704 7.3.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from taizhang.papers.official.paper import breadth_of

_LEADS = (
    "关于 对 向 在 为 将 就 和 与 及 召开 进行 开展 做好 加强 推进 印发 转发 组织 落实 贯彻 学习 中共 补选 "
    "同意 批准 成立 设立 撤销 调整 报送 提交 举办 深化 规范 完善 实施 落实 增补 推荐"
)
"""They belong to what follows: no line ends with one."""
_BODIES = (
    "小学 中学 高中 初中 幼儿园 学校 分校 实验学校 校区 学院 大学 中心小学 中心幼儿园 特殊教育学校 职业学校 "
    "教育局 教育局党委 教育局党工委 局党委 党委 党工委 党组 党总支 总支 党支部 支部 联合党支部 支部委员会 总支部委员会 "
    "委员会 党小组 工作委员会 直属机关 办公室 组织科 党建办 督查组 领导小组 工作组"
)
"""Bodies and organs: what stands before them, and is no word of the lists, is their name."""
_WORDS = (
    "党员大会 支部大会 党员 换届选举 换届 选举 选举结果 选举工作 候选人 预备人选 预备党员 委员 书记 副书记 "
    "督查 检查 督查情况 督查反馈 反馈 反馈意见 意见 问题 问题清单 清单 整改 整改工作 整改方案 整改报告 整改台账 整改通知书 "
    "销号 销号申请 销号台账 台账 台账册 会商 会商记录 会商纪要 纪要 记录 通知 通报 请示 批复 报告 方案 公告 公示 函 "
    "情况 结果 工作 基层 党建 基层党建 党建工作 专项 专项督查 专项整治 回头看 统一 集中 全面 年度 "
    "组织生活会 民主生活会 民主评议 民主评议党员 三会一课 主题党日 主题教育 教育 教育系统 党课 学习计划 "
    "发展党员 发展对象 入党积极分子 党费 党费收缴 收缴 使用 管理 党务公开 党组织 基层党组织 各基层党组织 局属 "
    "组织关系 接转 排查 设置 制度 流程 要求 安排 安排表 片区 名单 花名册 会议 会议记录 "
    "经费 预算 阵地 建设 标准化 规范化 标准化建设 志愿服务 活动 责任 任务 措施 落实情况 完成情况 申请 审批 审核 "
    "成员 分工 任职 免职 延期 报批 决定 决议 总结 计划 要点 实施方案 工作方案 办法 规定 细则 重点 第一 其他 有关 相关 事项 事宜 "
    "被督查 责任领导 责任人 使用人 登记人 主持人 记录人 申请人 核查人 当选人 监票人 计票人 公示地点 列席人员 整改进展"
)
_WHOLE = re.compile(
    r"“[^“”]{1,14}”|《[^《》]{1,16}》|（[^（）]{1,10}）|〔\d+〕"
    r"|第[一二三四五六七八九十百\d]+[轮届次批号期]|[一二三四]季度|[上下]半年"
    r"|\d+(?:[—-]\d+)?(?:年度?|月份?|日|季度|轮|次|号|届|个|名|项)?|[A-Za-z]+"
)
_NUMBERING = re.compile(r"[一二三四五六七八九十]+、")
"""It never stands on a line by itself."""
_CLOSING = "的之、，。；：！？”’》）〕】等"
_OPENING = "“‘《（〔【"
_LEAD, _BODY = tuple(_LEADS.split()), frozenset(_BODIES.split())
_KNOWN = sorted({*_LEAD, *_BODY, *_WORDS.split()}, key=len, reverse=True)


@dataclass(frozen=True)
class _Word:
    text: str
    is_name: bool = False


def room(*, lying: bool) -> int:
    """Characters of 22 pt on the 225 mm of a page that lies on its side, or on the 156 mm of one
    that stands.
    """
    return 28 if lying else 20


def lines(title: str, room: int = 20) -> list[str]:
    """The title in lines of at most `room` characters; one that fits stays whole, and so does a
    break made by hand.
    """
    return [line for part in title.splitlines() for line in _broken(part.strip(), room)] or [""]


def _broken(title: str, room: int) -> list[str]:
    """One with a field of a template stays whole too: how long it will be is not known, and a field
    cut in two is none.
    """
    if breadth_of(title) <= room or "{" in title:
        return [title]
    for pieces in (_pieces(title), _characters(title)):
        for count in range(2, len(pieces) + 1):
            fitting = [way for way in _ways(pieces, count) if max(map(breadth_of, way)) <= room]
            if fitting:
                return min(fitting, key=_cost)
            if count > 4:
                break
    return [title]


def _ways(pieces: list[str], count: int) -> Iterator[list[str]]:
    for cuts in combinations(range(1, len(pieces)), count - 1):
        ends = [0, *cuts, len(pieces)]
        yield ["".join(pieces[a:b]) for a, b in pairwise(ends)]


def _cost(way: list[str]) -> float:
    """How far the lines are from a trapezoid or a diamond, and how badly they are cut."""
    broad = [breadth_of(line) for line in way]
    cost = max(0.0, max(broad) - min(broad) - 8)
    cost += sum(2 * max(0, 6 - one) for one in (broad[0], broad[-1]))
    inner = zip(broad, broad[1:], broad[2:], strict=False)
    cost += sum(8 for left, middle, right in inner if middle < min(left, right))
    cost += 1 if len(set(broad)) == 1 else 0
    return cost + sum(_begins_at(line) for line in way[1:])


def _begins_at(line: str) -> int:
    """What it costs to begin a line here: nothing before 关于, little before another verb or a
    conjunction.
    """
    return 0 if line.startswith("关于") else 1 if line.startswith(_LEAD) else 3


def _pieces(title: str) -> list[str]:
    """The title cut wherever a line may end."""
    found: list[str] = []
    open_end = False
    for word in _named(_words(title)):
        if found and (open_end or word.text[0] in _CLOSING):
            found[-1] += word.text
        else:
            found.append(word.text)
        open_end = (
            word.text in _LEAD or word.text[-1] in _OPENING or bool(_NUMBERING.fullmatch(found[-1]))
        )
    return found


def _characters(title: str) -> list[str]:
    """The title cut between any two characters that a line may end and begin with: for one long
    word.
    """
    found: list[str] = []
    for char in title:
        if found and (char in _CLOSING or found[-1][-1] in _OPENING):
            found[-1] += char
        else:
            found.append(char)
    return found


def _words(title: str) -> Iterator[_Word]:
    at, begun = 0, 0
    while at < len(title):
        whole = _WHOLE.match(title, at)
        known = whole[0] if whole else next((w for w in _KNOWN if title.startswith(w, at)), "")
        known = known or (title[at] if title[at] in _CLOSING + _OPENING else "")
        if not known:
            at += 1
            continue
        if begun < at:
            yield _Word(title[begun:at], is_name=True)
        yield _Word(known)
        at = begun = at + len(known)
    if begun < at:
        yield _Word(title[begun:], is_name=True)


def _named(words: Iterable[_Word]) -> Iterator[_Word]:
    """Names put together with the body whose they are: 某某 + 小学 + 党支部."""
    held: _Word | None = None
    for word in words:
        if held and held.is_name and word.text in _BODY:
            held = _Word(held.text + word.text, is_name=True)
            continue
        if held:
            yield held
        held = word
    if held:
        yield held
