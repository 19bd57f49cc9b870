"""What else a sentence asks for: the elements of a record, days by which something is done, and
bounds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from taizhang.catalogue.matching.plain import Plain

_NOT_LIKE = r"(?!固定|鲜明|突出|充实|丰富|多样|灵活|新颖|明确(?=[，。；、]|$))"
"""`主题鲜明、内容丰富` says what it is like, and names nothing to be written down."""
_ELEMENTS = (
    ("会议名称", r"(?:会议|活动)?名称"),
    ("时间", rf"(?:会议|活动|召开|谈话|学习)?(?:时间|日期){_NOT_LIKE}"),
    ("地点", r"(?:会议|活动|召开|谈话)?地点"),
    ("应到实到人数", r"应到(?:人数)?[、和/]?实到(?:人数)?|(?:应到|实到)(?:人数)?"),
    ("参加人员", r"(?:参加|出席|参会|到会|与会)(?:人员|人|情况|对象)(?:数量和姓名|姓名|名单)?"),
    ("缺席人员", r"缺席(?:人员|人|情况)?(?:及?原因)?|请假(?:人员|情况)"),
    ("列席人员", r"列席(?:人员|人)"),
    ("主持人", r"主持人"),
    ("主讲人", r"主讲(?:人员|人)|授课人"),
    ("记录人", r"记录人"),
    ("谈话人", r"谈话人(?!员)"),
    ("谈话对象", r"谈话对象"),
    ("议题", rf"(?:会议)?(?:议题|主题)(?!党日|教育){_NOT_LIKE}"),
    ("议程", r"(?:会议|开会)?议程"),
    ("内容", rf"(?:主要|会议|活动|学习|谈话)?内容{_NOT_LIKE}"),
    ("形式", rf"(?:学习|活动)?形式{_NOT_LIKE}"),
    ("发言要点", r"发言(?:要点|情况|记录|提纲)"),
    ("讨论情况", r"讨论(?:事项|情况|学习情况|发言)"),
    ("表决情况", r"表决(?:情况|结果)"),
    ("决议", r"(?:形成的)?(?:决议|决定|议定事项|结论性意见|会议结论)(?:事项)?"),
    ("记录", r"(?:会议|活动|谈话|学习)?记录(?![人本簿册])"),
    ("签到", r"签到(?:表|册|簿|记录)?"),
    ("照片", r"(?:活动|现场|会议)?(?:照片|图片|影像)(?:资料)?"),
    ("讲稿", r"讲稿|教案|课件|讲义"),
    ("计划", r"计划"),
    ("方案", r"方案"),
    ("总结", r"总结(?:讲评)?|小结"),
    ("收据", r"收据|票据|凭证"),
)
_ONE = re.compile("|".join(f"(?P<e{n}>{pattern})" for n, (_, pattern) in enumerate(_ELEMENTS)))
_PAPERS = {"记录", "签到", "照片", "讲稿", "计划", "方案", "总结", "收据"}
"""Alone in a list they are what is kept beside each other, and not what one record holds."""
FAR = 8
"""So many characters may stand between two elements of one list."""
_BETWEEN = re.compile(r"[、，和及与或/]|以及|和|有|要有|会议的?|的|开会|等")
_NUMBER = r"\d+(?:\.\d+)?|[一二两三四五六七八九十百]+分之[一二两三四五六七八九十]+|半数?|[一二两三四五六七八九十百]+"
_BOUND = re.compile(
    rf"(?P<op>不少于|不低于|不得少于|不得低于|至少|≥|不超过|不得超过|不多于|不高于|≤|超过|多于|高于|少于|低于)"
    rf"(?:[^，。；]{{0,8}}?的)?(?P<n>{_NUMBER})个?(?P<unit>学时|课时|小时|分钟|工作日|天|日|年|人|名|元|字|%|分|(?=[，。；"
    r"、）)]|$))"
)
_ABOVE = re.compile(
    rf"(?P<n>{_NUMBER})个?(?P<unit>学时|课时|小时|分钟|天|年|人|名|元|字|%|)(?:及)?以上"
)
"""`半数以上`, `95%以上`."""
_OF_EACH = re.compile(
    rf"(?:每(?:名|位|个)?(?:党员|人)|人均|人手|一人)(?:应有|要有|有|至少|不少于)?(?P<n>{_NUMBER})(?P<unit>[本册份套档])"
)
"""`每人一本`: of how often nothing is said."""
_OPS: dict[str, Literal["ge", "gt", "le", "lt"]] = {
    "超过": "gt", "多于": "gt", "高于": "gt", "少于": "lt", "低于": "lt", "不超过": "le", "不得超过": "le", "不多于": "le",
    "不高于": "le", "≤": "le",
}  # fmt: skip
_DEADLINE = re.compile(
    r"(?:每年|每月|每季度|次年|当年|年度|本年度)?(?:(?:\d{4}年)?\d{1,2}月(?:\d{1,2}[日号]|底|末|初|[上中下]旬)?|"
    r"\d{1,2}[日号]|年底|年末|月底|季末|年初|第?[一二三四]季度)(?:以前|之前|前)"
    r"|(?:\d{1,3}|[一二两三四五六七八九十]{1,3}|半)个?(?:工作日|日|天|月|周|年)(?:之内|以内|内)"
    r"|(?:届满|期满|到期|会议|开会)(?:前|后)(?:至少|不少于)?(?:\d{1,3}|[一二三四五六七八九十]{1,3}|半)个?(?:工作日|日|天|月|周|年)"
)


@dataclass(frozen=True)
class Contains:
    """What a record must hold."""

    fields: tuple[str, ...]
    quote: str


@dataclass(frozen=True)
class Bound:
    """不少于 is `ge`, 超过 is `gt`: the number itself belongs to the first and not to the second."""

    op: Literal["ge", "gt", "le", "lt"]
    value: str
    unit: str
    quote: str


def contains(text: str) -> list[Contains]:
    """The lists of elements in a requirement, each of two or more that a record holds; papers alone
    are none.
    """
    plain = Plain.of(text)
    found = []
    for start, end in _sentences(plain.text):
        for run in _runs(list(_ONE.finditer(plain.text, start, end)), plain.text):
            names = dict.fromkeys(_ELEMENTS[int(str(part.lastgroup)[1:])][0] for part in run)
            if len({*names} - _PAPERS) > 1:
                quote = plain.quote(run[0].start(), run[-1].end())
                found.append(Contains(tuple(names), quote))
    return found


def _runs(parts: list[re.Match[str]], text: str) -> list[list[re.Match[str]]]:
    """Those that stand beside each other in one list."""
    runs: list[list[re.Match[str]]] = []
    for part in parts:
        gap = text[runs[-1][-1].end() : part.start()] if runs else ""
        if runs and len(gap) <= FAR and _BETWEEN.search(gap):
            runs[-1].append(part)
        else:
            runs.append([part])
    return runs


def _sentences(text: str) -> list[tuple[int, int]]:
    ends = [found.end() for found in re.finditer("[。；!？]", text)]
    return list(zip([0, *ends], [*ends, len(text)], strict=False))


def bounds(text: str) -> list[Bound]:
    """Least and greatest measures; how often something is done is none of them."""
    plain = Plain.of(text)
    found = [
        Bound(_OPS.get(one["op"], "ge"), one["n"], one["unit"], plain.quote(*one.span()))
        for one in _BOUND.finditer(plain.text)
        if _measures(one)
    ]
    found += [
        Bound("ge", one["n"], one["unit"], plain.quote(*one.span()))
        for one in _OF_EACH.finditer(plain.text)
    ]
    taken = "；".join(one.quote for one in found)
    return found + [
        Bound("ge", one["n"], one["unit"], quote)
        for one in _ABOVE.finditer(plain.text)
        if _measures(one) and (quote := plain.quote(*one.span())) not in taken
    ]


def _measures(one: re.Match[str]) -> bool:
    return bool(one["unit"]) or "分之" in one["n"] or "半" in one["n"]


def deadlines(text: str) -> list[str]:
    """The words that say by when something is done."""
    plain = Plain.of(text)
    return [plain.quote(*one.span()) for one in _DEADLINE.finditer(plain.text)]
