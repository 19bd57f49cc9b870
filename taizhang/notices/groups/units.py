"""Names of the units that are inspected, as notices list them."""

from __future__ import annotations

import re

from taizhang.kernel.text import chinese_number
from taizhang.notices.groups import visits
from taizhang.notices.model import Inspected, Notice
from taizhang.notices.values import day_spans, half_width, hours, outside_brackets

MOST_UNITS = 1000
"""No list of a notice has more in one place."""


def organisations(text: str, notice: Notice, where: str) -> list[Inspected]:
    """The units of a cell or sentence, with those that stand in brackets after 含."""
    found: list[Inspected] = []
    pieces = outside_brackets(visits.ARROW.sub("、", text), "、，,;；\n\t。|")
    if len(pieces) > MOST_UNITS:
        message = f"一处列有{len(pieces)}个单位，超过{MOST_UNITS}个，没有读入。"
        notice.warn("not_read", message, where)
        return found
    for piece in pieces:
        for name in _parted(_behind_head(visits.without_time(piece), notice, where)):
            unit = _unit(name)
            if unit and _KIND.fullmatch(unit.name):
                notice.warn("not_read", f"“{unit.name}”只写了哪一类单位，没有读入。", where)
            elif unit:
                found.append(unit)
    _check_count(text, found, notice, where)
    return found


def _behind_head(piece: str, notice: Notice, where: str) -> str:
    """`某片：甲、乙`: what stands before the colon heads the units and is none."""
    head = re.match(r"^([^:：（(]{1,12})[:：]\s*", piece)
    if not head:
        return piece
    message = f"“{head[1].strip()}”写在单位前面，没有作为单位读入。"
    notice.warn("unit_headed", message, where)
    return piece[head.end() :]


_ENDS = "支部|总支|党委|学校|小学|中学|幼儿园|村|社区|街道|公司|[镇乡局]"
_BOTH = re.compile(rf"([^（()）]+(?:{_ENDS}))(?:与|和)([^（()）]+(?:{_ENDS}))")
"""`甲支部与乙支部`."""


def _parted(piece: str) -> list[str]:
    """Names with only blanks between them are several; a blank inside brackets parts nothing."""
    parts = outside_brackets(piece, " \u3000")
    if len(parts) == 1 and (both := _BOTH.fullmatch(parts[0])):
        return list(both.groups())
    return (
        parts if all(len(re.sub(r"[（(].*", "", part)) >= 2 for part in parts) else ["".join(parts)]
    )


_COUNTED = re.compile(
    r"^[（(]?(?:共|合计|等|计)?\s*(\d+|[一二三四五六七八九十]+)\s*[个所家](?:单位|学校|支部|党组织|幼儿园|园)?[）)]?$"
)


_ALL_TOLD = re.compile(
    r"等(?:(?:共|计|合计)?\s*(?:\d+|[一二两三四五六七八九十]+)\s*[个所家](?:[\u4e00-\u9fff]{1,6})?)?$"
)
"""甲小学等4所学校: how many they are belongs to no name."""


_NOTHING = re.compile(r"机动|待定|另定|休息|返程|返回|自行安排|内业(?:整理)?|同上|无|空缺|—+|-+|/")
"""What stands in a place of a list where no unit is."""
_KIND = re.compile(r"(?:高中|初中|小学|中学|职高|职校|中职|幼儿园|中小学|学校|高校|大学|各校)")
"""What is a kind of units and names none."""


def _unit(text: str) -> Inspected | None:
    plain = re.sub(r"^\s*[（(]?\d{1,2}\s*[.．、)）]\s*", "", text).strip(" \u3000。.；;：:")
    plain = re.sub(r"^(?:到|赴|前往)", "", plain)
    plain = _ALL_TOLD.sub("", plain)
    if not plain or _COUNTED.match(plain) or _NOTHING.fullmatch(plain):
        return None
    bracket = re.search(r"[（(]([^（）()]*)[）)]\s*$", plain)
    if not bracket:
        return Inspected(name=plain)
    name, inside = plain[: bracket.start()].strip(), bracket[1].strip()
    if not name or _COUNTED.match(inside):
        return Inspected(name=name) if name else None
    included = re.match(r"^(?:包?含|包括|并)\s*[:：]?\s*(.+)$", inside)
    if included:
        return Inspected(
            name=name,
            includes=[p.strip() for p in re.split(r"[、，,和及]", included[1]) if p.strip()],
        )
    other = _is_time(inside) or _OF_ALL.match(inside)
    return Inspected(name=name, note=None if other else inside)


_OF_ALL = re.compile("按|排名|不分先后|以上")
"""What a bracket behind the last of a list says of all of it."""


def _is_time(text: str) -> bool:
    return bool(day_spans(text) or hours(text)[0] or re.match(r"\d{1,2}[日号]", text))


def _check_count(text: str, found: list[Inspected], notice: Notice, where: str) -> None:
    told = re.search(
        r"(?:共|合计|计|等|[（(])\s*(\d+|[一二三四五六七八九十]+)\s*[个所家]", half_width(text)
    )
    number = chinese_number(told[1]) if told else None
    if number is not None and number != len(found):
        notice.warn("count_mismatch", f"写明{number}个单位，实际列出{len(found)}个。", where)
