"""Columns that grade: 优, 良, 差; A档, B档; 五星, 四星. The best of them says what is asked for, each
other what is less than that.
"""

from __future__ import annotations

import re

from taizhang.notices.values import flat, half_width

_DONE = "达标|合格|规范|到位|完成"
_LADDERS = (
    ("A", "B", "C", "D", "E"),
    ("优秀?", "良好?", "中|一般", "合格|及格", "较?差|不合格|不及格"),
    ("很?好", "较好", "一般", "较差", "差"),
    (f"(?:完全|全面)?(?:{_DONE})", f"(?:基本|较)(?:{_DONE})", f"部分(?:{_DONE})", f"[不未](?:{_DONE})"),
    ("五星|5星|★{5}", "四星|4星|★{4}", "三星|3星|★{3}", "二星|两星|2星|★{2}", "一星|1星|★"),
    ("一(?=[档类等])", "二(?=[档类等])", "三(?=[档类等])", "四(?=[档类等])"),
    ("先进", "中间|一般", "后进|落后"),
)  # fmt: skip
"""From the best to the worst; a header may stand on several of them (`一般`)."""
_STEP = r"(?:[档级类等]次?)?(?:党?支部)?(?:评定)?(?:标准|要求|条件|情形|表现)?"
"""What a header says besides: `A档标准`, `五星级支部`."""
_SEVERAL = 2


def rungs(headers: dict[int, str]) -> dict[int, int]:
    """Column → how far below the best it is, for headers that grade; {} where fewer than two do, or
    two say the same.
    """
    plain = {c: re.sub(r"\(.*?\)", "", flat(half_width(text))) for c, text in headers.items()}
    found = [
        {c: at for c, text in plain.items() for at in _at(ladder, text)} for ladder in _LADDERS
    ]
    most = max(found, key=len)
    return most if len(most) >= _SEVERAL and len({*most.values()}) == len(most) else {}


def _at(ladder: tuple[str, ...], text: str) -> list[int]:
    return [at for at, rung in enumerate(ladder) if re.fullmatch(f"(?:{rung}){_STEP}", text)]
