"""Whom the letter says to ask."""

from __future__ import annotations

import re

from taizhang.kernel.text import HAN
from taizhang.notices.model import Contact, Notice
from taizhang.notices.values import half_width
from taizhang.notices.words import persons

_OFFICE = re.compile(
    r"(?:联系(?!人)|咨询|(?<!汇)报(?!告|名|道|表)送?|上报|交(?![警通流叉替班接])|送(?!教))\s*(?:[^，。；;:："
    r"\n]{0,20}?[至到给])?\s*"
    r"((?![至到给送告报])(?:(?!报送|上报|送交|[至到给])[\u4e00-\u9fff]){1,12}?(?:办公室|[科处室股]|(?<!干)部|中心|办)"
    r"(?:[\u4e00-\u9fff]{1,6}?(?:办公室|[科处室股]))?)(?<!支部)(?![\u4e00-\u9fff]?人)"
)


_ASK = re.compile(
    rf"[与向报交送至到]\s*([\u4e00-\u9fff]{{2,14}}?(?:办公室|[科处室部股委]|中心|办))(?:请假|报备|报告|联系|咨询)"
    rf"?\s*\(\s*(?:联系人\s*[:：]?\s*)?([{HAN}·]{{2,12}})"
    r"[，,、:：\s]*(?:电话\s*[:：]?\s*)?(\d[\d-]{4,20}\d)"
)


_LABELLED_OFFICE = re.compile(
    r"联系(?:科室|处室|部门|单位)\s*[:：]\s*((?!联\s*系|电\s*话)[\u4e00-\u9fff]{2,16})?"
)
"""A label and what stands behind it; behind an empty one stands nothing."""


_HAN = rf"(?:(?!电\s*话|联\s*系|手\s*机|办\s*公|座\s*机|传\s*真|邮\s*箱)[{HAN}·])"
"""A character of a name: not the beginning of the next label."""
_PERSON = re.compile(
    rf"联\s*系\s*人\s*[:：]?\s*({_HAN}\s+{_HAN}{{1,2}}(?![\u4e00-\u9fff])|"
    rf"{_HAN}{{2}}\s+{_HAN}(?![\u4e00-\u9fff])|{_HAN}{{1,4}}(?!{_HAN}|(?<=[\u4e00-\u9fff]{{4}})"
    r"[\u4e00-\u9fff]))"
)
"""王舟, 王 舟, 欧阳 锋."""


_ONE = r"(?:0\d{2,3}\s*[-—]?\s*)?\d(?:[\d\-—]{3,14})\d(?:\s*转\s*\d{1,5})?"
_PHONE = re.compile(
    rf"(?:电\s*话|手\s*机|联系方式)\s*(?:号码)?\s*[:：]?\s*(?P<one>{_ONE})(?:[、，,/;；"
    rf"\s]+(?P<two>\d[\d\-—]{{4,14}}\d))?"
)


_BEHIND = re.compile(
    r"(?:\s*\([^()\d]{2,16}\))?[，,、:：\s(（]*(?P<one>(?:0\d{2,3}-?)?\d{7,8}|1\d{10}|(?<=\()(?!19|"
    r"20)\d{4,6}(?=\))|(?<=[ ，,:])(?!19|20)\d{4,6}(?=\s*(?:[。；;]|\n|\Z)))(?!\d)"
)
"""A number right behind the name, without a label."""
_OF_OFFICE = re.compile(
    rf"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{{2,14}}?(?:办公室|[科处室部股]|中心|办))\s*[:："
    rf"]\s*([{HAN}]{{2,4}})[，,、\s]+(?:联系)?电话\s*[:：]?\s*(\d[\d-]{{4,20}}\d)"
)
"""`镇党建办：某某，电话：……`."""
_WITH = re.compile(
    r"[与向和同]\s*([\u4e00-\u9fff]{2,14}?(?:办公室|[科处室部股]|中心|办))\s*(?:直接|及时)?(?:联系|咨询)"
)
"""`请与局党建办联系`."""


_UNIT = r"[\u4e00-\u9fff]{2,14}?(?:办公室|[科处室股委]|(?<!干)部|中心|办)"
_OFFICE_AND_NAME = re.compile(
    rf"(?:联系|联络|咨询)(?:方式|人|电话)\s*(?:[:：]|\n)\s*({_UNIT})[，,、\s]+([{HAN}·]{{2,4}})[，,、"
    rf"\s]+(?:电话\s*[:：]?\s*)?({_ONE})"
)
"""`联系方式：党委工作部，某某，010-…`."""
_BESIDE = re.compile(
    rf"(?P<office>{_UNIT})(?P<who>[{HAN}·]{{2,4}}?)(?:处|同志)?\s*[(，,]\s*(?:(?:联系|办公)?电话|手机)"
    rf"\s*[:：]?\s*(?P<one>{_ONE})"
)
"""`交局基层组织股某某（电话：……）`."""
_HANDED_TO = re.compile(r"^.*(?:交(?![警通流叉替班接])|送(?!教)|报(?![社刊业名告])|[至到给向])")
"""`将申报表交街道党建办`: what stands before whom it goes to."""
_IN_BRACKETS = re.compile(rf"\s*\(({_UNIT})\)")
"""The office behind a name: `某某（镇党建办）`."""
_BEHIND_PHONE = re.compile(
    r"\s*\(((?!办公)[\u4e00-\u9fff]{1,14}(?:办公室|[科处室股委部办]|中心))\)"
)
"""`0854-…（局机关党委）`."""
_OWN_PHONE = re.compile(
    rf"(?:^|(?<=[\n。；;，,]))\s*({_UNIT})(?:的)?(?:联系|咨询)?电话\s*[:：]", re.MULTILINE
)
"""`县委巡察办联系电话：……`."""


_OWN_PERSON = re.compile(
    rf"(?:^|(?<=[\n。；;，,]))\s*({_UNIT})(?:的)?联\s*系\s*人\s*[:：]", re.MULTILINE
)
"""`集团巡察办联系人：……`."""


_LABELS = (
    r"联\s*系\s*人|联\s*络\s*[人员]|联系方式|(?:联系|联络|咨询|办公|值班|监督|举报)?电\s*话|手\s*机"
)
_ASKS = re.compile(
    rf"(?:{_LABELS}|(?<![\u4e00-\u9fff])联系(?=\s*[:：]))(?:(?:及|和|与|、|/)(?:{_LABELS}|方式))?(?:号码)"
    r"?\s*[:：]?"
)
_NUMBER = re.compile(
    r"(?<!\d)(?:(?:0\d{2,3}\s?[-—]?\s?)?[2-9]\d{6,7}|1[3-9]\d{9})(?:\s*转\s*\d{1,5})?(?!\d|[年月日])"
)
_SHORT = re.compile(r"(?<=电话|内线|短号|分机|小号)\s*[:：]?\s*(\d{3,6})(?![\d年月日时:：])")


def contact(text: str, notice: Notice) -> None:
    """Whom to ask: office, person and telephone as written."""
    plain = half_width(text)
    phone = _PHONE.search(plain)
    person = next((one for one in _PERSON.finditer(plain) if _is_named(one)), None)
    asked = _asked(plain)
    if asked:
        notice.contact = Contact(office=asked[1], person=asked[2], phone=asked[3])
        person = None if asked.re is _OFFICE_AND_NAME else person
    beside: re.Match[str] | None = None
    if person:
        notice.contact.person = re.sub(r"\s+", "", person[1])
        phone = phone or _BEHIND.match(plain, person.end())
    else:
        beside = _beside(plain, notice.contact)
        phone = beside or phone
    office = _office(plain, person, phone)
    if phone:
        notice.contact.phone = re.sub(r"\s+", "", phone["one"])
        if other := phone.groupdict().get("two"):
            message = f"写有不止一个电话，只读入第一个，另有“{other}”。"
            notice.warn("several_phones", message, "正文")
    units = {unit.name for area in notice.areas for unit in area.organisations}
    office = None if office and office[1] in units else office
    if office and office[1] and not (beside and notice.contact.office):
        notice.contact.office = office[1]
    _told_by_name(notice.contact, plain)
    _with_whom(notice.contact, plain)
    _in_any_order(plain, notice.contact, notice)
    if not (notice.contact.person or notice.contact.phone):
        notice.warn("no_contact", "没有找到联系人和联系电话。", "正文")


def _office(
    plain: str, person: re.Match[str] | None, phone: re.Match[str] | None
) -> re.Match[str] | None:
    """The office behind the name, before the number, where papers go, or behind the number."""
    return (
        (person and _IN_BRACKETS.match(plain, person.end()))
        or _OWN_PHONE.search(plain)
        or _LABELLED_OFFICE.search(plain)
        or _WITH.search(plain)
        or (phone and _BEHIND_PHONE.match(plain, phone.end()))
        or _where_papers_go(plain, person or phone)
        or _OWN_PERSON.search(plain)
    )


def _where_papers_go(plain: str, asked: re.Match[str] | None) -> re.Match[str] | None:
    """The office that is asked; one that only gets papers is where the same sentence says who
    sits there or how to reach it.
    """
    for one in _OFFICE.finditer(plain):
        ends = re.compile(r"[。\n]|\Z").search(plain, one.end())
        begins = max(plain.rfind(mark, 0, one.start()) for mark in "。\n")
        here = asked and ends and begins < asked.start() < ends.start()
        sits = Contact(office=one[1])
        _with_whom(sits, plain)
        if here or sits.person or re.match("联系|咨询", one[0]):
            return one
    return None


_TOLD = re.compile(
    rf"(?:告知|告诉|联系|通知|[与向找报交送给])([{HAN}]{{2,3}})(?:同志|老师)?\s*\(\s*(?:(?:联系|办公)?电话|手机)\s*[:："
    rf"]?\s*({_ONE})"
)
"""`请告知某某（电话：……）`."""


def _told_by_name(found: Contact, plain: str) -> None:
    """Who has the number, right before it."""
    for one in _TOLD.finditer(plain):
        same = re.sub(r"\s", "", one[2]) == found.phone
        if not found.person and same and persons.like_person(one[1]):
            found.person = one[1]


_NAME_BEHIND = rf"([{HAN}]{{3}})(?=[。；;，,(（\n]|$)"
"""`报党建工作科某某某。`"""
_IN_OFFICE = re.compile(rf"({_UNIT})([{HAN}]{{2,3}}?)(?:老师|同志)?处")


def _with_whom(found: Contact, plain: str) -> None:
    """`交镇党建办某某处`: the office, and who sits there."""
    if found.person or not found.office:
        return
    behind = re.findall(re.escape(found.office) + _NAME_BEHIND, plain)
    sure = [name for name in behind if persons.like_person(name)]
    found.person = sure[0] if len(set(sure)) == 1 else None
    named = _IN_OFFICE.fullmatch(found.office or "")
    if named and persons.like_person(named[2]):
        found.office, found.person = named[1], named[2]
    elif named and re.search("(?:老师|同志)处$", found.office):
        found.office = named[1]


def _beside(plain: str, found: Contact) -> re.Match[str] | None:
    """Whom an office is named with, right before the number."""
    named = next((one for one in _BESIDE.finditer(plain) if persons.like_person(one["who"])), None)
    if named and not found.person:
        office = _HANDED_TO.sub("", named["office"])
        found.person, found.office = named["who"], found.office or office
        return named
    return None


def _is_named(found: re.Match[str]) -> bool:
    """Behind 联系人 without a mark only what is a name for certain: 将联系人报区委 names nobody."""
    marked = re.search(r"人\s*[:：\s]\s*$", found[0][: found.start(1) - found.start()])
    return _is_person(found[1]) and bool(marked or persons.like_person(found[1]))


_TEACHER = re.compile(
    rf"[{HAN}]{{1,2}}老师|[{persons.SURNAMES}](?:科长|主任|处长|股长|部长|局长|校长|干事|秘书|委员|同志)"
)
"""`简老师`, `王科长`: how whom to ask is named by the post."""


def _is_person(text: str) -> bool:
    return bool(_TEACHER.fullmatch(text)) or persons.may_be_person(re.sub(r"\s+", "", text))


def _asked(plain: str) -> re.Match[str] | None:
    """Office, name and number in one of the usual orders."""
    found = (one for way in (_ASK, _OF_OFFICE, _OFFICE_AND_NAME) for one in way.finditer(plain))
    return next((one for one in found if _is_person(one[2])), None)


_OFFICE_ALONE = re.compile(rf"{_UNIT}|[\u4e00-\u9fff](?:办|委)")
_SHORT_NAME = 3
_NO_NAME = re.compile(
    r"邮|传真|地址|微信|手机|分机|电话|转|联系|同号|白天|夜间|号|[至到为是在的点时早晚日]|[办室科处股部局委组]$"
)


def _in_any_order(plain: str, found: Contact, notice: Notice) -> None:
    """What the other ways left open: office, name and number in the line that says whom to ask, in
    whatever order.
    """
    for line in plain.splitlines():
        asks = _ASKS.search(line)
        if not asks or (found.person and found.phone):
            continue
        behind = line[asks.end() :]
        first = re.split("[；;]", behind)[0]
        behind, more = (first, behind[len(first) :]) if _NUMBER.search(first) else (behind, "")
        number = _NUMBER.search(behind) or _SHORT.search(line)
        if not number or (found.person and found.person not in re.sub(r"\s", "", line)):
            continue
        if found.phone and not found.person and found.phone not in re.sub(r"\s", "", line):
            continue  # somebody else's number
        said = [one for one in re.split(r"[，,、:：;；。()（）【】/\s\d\-—]+", behind) if one]
        names = [one for one in said if persons.like_person(one)] or [
            one
            for one in said
            if len(one) <= _SHORT_NAME and _is_person(one) and not _NO_NAME.search(one)
        ]
        others = [one for one in re.split(r"[^\u4e00-\u9fff·]+", more) if persons.like_person(one)]
        if others:
            message = f"写有不止一个联系人，只读入第一个，另有“{'、'.join(others)}”。"
            notice.warn("several_contacts", message, "正文")
        if len(names) > 1 and all(map(persons.like_person, names)):
            message = f"写有不止一个联系人，只读入第一个，另有“{'、'.join(names[1:])}”。"
            notice.warn("several_contacts", message, "正文")
            names = names[:1]
        titled = [found for one in said for found in persons.people(one).persons if found[1]]
        offices = [one for one in said if _OFFICE_ALONE.fullmatch(one) and one not in names]
        if not names and len(titled) == 1 and re.fullmatch(_UNIT, titled[0][1]):
            names, offices = [titled[0][0]], [titled[0][1]]
        found.phone = found.phone or re.sub(r"\s", "", number[number.lastindex or 0])
        found.person = found.person or (names[0] if len(names) == 1 else None)
        found.office = found.office or (offices[0] if len(offices) == 1 else None)
