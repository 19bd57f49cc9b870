"""What cannot be the name of a person or a unit, or a place, by its words alone: rather said unread
than taken.
"""

from __future__ import annotations

import re

from taizhang.kernel.text import HAN
from taizhang.notices.values import day_spans, flat, hours
from taizhang.notices.words import labels

_PERSON = re.compile(rf"[{HAN}·A-Za-z]{{2,16}}")
_NO_PERSON = re.compile(
    r"(?:电话|手机|联系|附件|时间|地点|负责|组成|参加|抽调|各支部|检查|督查|人员|工作)"
)
_PUNCTUATION = re.compile(r"[：:；;。，,？?！!]")
_PHONE = re.compile(r"\d{7,}|\d{3,4}-\d{7,}")
_LABEL = re.compile(
    r"^(?:联系人|联系电话|电话|手机|时间|地点|组长|副组长|成员|组员|联络员|带队领导|备注|附件\d*)[：:]?$"
)
_SENTENCE = re.compile(r"(?:进行|开展|负责|要求|完成|报送|提交|准备|参加).*[的了]|^(?:按照|根据)")
_MEETING = re.compile(
    r"(?:集合|集中|汇合|会合|报到)$|^[在于].+(?:集中|集合|报到|汇合|碰头|召开|举行)$|地点[为是在]"
)
"""Where people come together, and when something is done: neither is what anybody is called."""
_HOUR_LEFT = re.compile(rf"^\d+分?(?:{labels.VERBS})")
_COUNTED_GROUP = re.compile(r"组(?:[一二三四五六七八九十\d]{1,2})?$")
"""Ends what groups are called: 组一, 专家组2, 第一组."""
_GROUP = re.compile(rf"第?[一二三四五六七八九十\d]{{1,2}}(?:{labels.VERBS}|小|工作)*组")
"""What inspects, and is not inspected."""
_LONGEST_UNIT, _LONGEST_PLACE = 40, 40


def about(path: str, value: object) -> bool:
    """Whether what was read at a path of the document cannot be what stands there: a label, a
    sentence, a number.
    """
    if not isinstance(value, str):
        return False
    if re.search(r"team\.(?:leader|deputies\.\d+|members\.\d+)$", path):
        return not is_person(value)
    if re.search(r"team\.units\.\d+$|organisations\.\d+\.(?:name|includes\.\d+)$", path):
        return not is_unit(value)
    if re.search(r"sessions?\.(?:\d+\.)?venue$", path):
        return not is_place(value)
    return False


def is_person(text: str) -> bool:
    """Whether it may be somebody's name."""
    plain = re.sub(r"\s", "", text)
    whole = _PERSON.fullmatch(plain) and not (_LABEL.match(plain) or _COUNTED_GROUP.search(plain))
    return bool(whole) and not (len(plain) > 2 and _NO_PERSON.match(plain) and len(plain) > 4)


def is_unit(text: str) -> bool:
    """Whether it may be what a unit is called."""
    plain = flat(text)
    timed = day_spans(plain) or hours(plain)[0]
    wrong = _PUNCTUATION.search(plain) or _PHONE.search(plain) or _LABEL.match(plain)
    half = plain.count("(") != plain.count(")")
    named = re.search(rf"[{HAN}]", plain) and not labels.role_of(plain)
    named = named and not _GROUP.fullmatch(plain)
    return (
        bool(named)
        and not (timed or wrong or half or _SENTENCE.search(plain))
        and not (_MEETING.search(plain) or _HOUR_LEFT.match(plain))
        and len(plain) <= _LONGEST_UNIT
    )


def is_place(text: str) -> bool:
    """Whether it may be where people meet."""
    plain = flat(text)
    wrong = bool(_PHONE.search(plain) or _LABEL.match(plain))
    wrong = wrong or bool(re.search("联系人|电话|组长", plain))
    timed = re.fullmatch(r"[\d年月日号:点时分上下午—\-~至()周星期一二三四五六日]+", plain)
    half = plain.count("(") != plain.count(")")
    return not (wrong or timed or half) and len(plain) <= _LONGEST_PLACE
