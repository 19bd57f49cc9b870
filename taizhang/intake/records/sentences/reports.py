"""Running reports of an election, of a 组织生活会 and of a visit: what their sentences say plainly, into
fields that no label filled.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator
from dataclasses import replace
from datetime import date
from functools import partial

from taizhang.documents.blocks import Paragraph
from taizhang.intake.forms import Read
from taizhang.kernel.text import HAN, folded, looks_like_person
from taizhang.kernel.writing import written

NAME = rf"[{HAN}]{{2,3}}(?:·[{HAN}]+)?"
"""A person's name within a sentence."""
_NAMES = rf"{NAME}(?:[、和]{NAME})*"
_DAY = r"((?:19|20)\d{2}年\d{1,2}月\d{1,2}日)"
_COMMITTEE = r"(?:第一次|首次)(?:支部委员会|支委会)"
_ROLES = re.compile(
    rf"(?:^|[，,。；;：:、]|推选|选举|由|通过|提名|推荐)了?({_NAMES})(?:等)?(?:[两二三四五\d]名?)?(?:同志)?(?:为|担任|任)"
    r"(总监票人|监票人|总计票人|计票人|唱票人)"
)
_NAMED_ROLES = re.compile(
    rf"(总监票人|监票人|总计票人|计票人|唱票人)(?:分别)?(?:为|是|[:：])?({_NAMES})(?:同志)?(?=[，,。；;、]|$)"
)
"""`监票人甲、计票人乙`: the role before the names."""
_SAYS = {
    "method": re.compile(
        r"(?:采用|采取|以|实行)(?:了)?([^，,。；;：:]{0,16}?(?:差额|等额|无记名)[^，,。；;：:]{0,20}?)(?:的(?:办法|方式|方法)"
        r")?(?:进行(?:选举)?)?[，,。；;]"
    ),
    "seats": re.compile(
        r"(?:应选(?:出)?|补选|增补)(?:(?:支部)?委员(?:会委员)?(?:名额)?)?(\d{1,2}|[一二三四五六七八九十])[名人]"
    ),
    "secretary_name": re.compile(
        rf"(?:选举({NAME}?)(?:同志)?(?:为|担任|任)|(?:^|[，,。；;])({NAME}?)(?:同志)?(?:全票)?(?:当选|被选举?为|被选为)"
        r"为?)(?:新一届)?(?:党?支部|支部委员会)?书记"
    ),
    "deputy_names": re.compile(
        rf"({NAME}?)(?:同志)?(?:为|担任|任)(?:新一届)?(?:党?支部|支部委员会)?副书记"
    ),
    "first_committee_on": re.compile(
        rf"{_COMMITTEE}(?:会议)?[^，,。；;]{{0,4}}{_DAY}|{_DAY}[^。；]{{0,12}}{_COMMITTEE}"
    ),
}
_STUDIED = re.compile(
    r"会前(?:准备)?(?:工作)?(?:情况)?[，,。:：]?(?:支部)?(?:于|在)?((?:(?:19|20)\d{2}年)?\d{1,2}月\d{1,2}日)[^，,。"
    r"；;]{0,12}学习"
)
_POST = rf"(?:[{HAN}]{{0,14}}?(?:副?书记|委员|副?[校园院]长|副?主任|党员|教师|老师|同志))"
_VISITED = re.compile(
    rf"(?:^|[，,。；;]){_POST}?({NAME}?(?:[、和]{_POST}?{NAME}?)*)(?:等)?(?:[两二三四五\d]人)?(?:同志)?(?:一行)"
    rf"?(?:(?:到|赴|前往|走进|深入)[^，,。；;、]{{0,16}}?)?(?:走访|慰问|看望|家访|探望)+了?"
    rf"(?!走访|慰问|看望|家访|探望)([^，,。；;（(]{{2,30}})"
    rf"(?:[（(]([^）)]{{2,30}})[)）])?"
)
_AT_HOME = re.compile(
    rf"(?:^|[，,。；;]){_POST}?({NAME}?(?:[、和]{_POST}?{NAME}?)*)(?:等)?(?:[两二三四五\d]人)?(?:同志)?(?:一行)?"
    r"(?:到|赴|前往|来到|走进)([^，,。；;、]{2,20}?)家(?:中|里)?(?:进行|开展)?了?(?:走访|慰问|看望|家访|探望)()"
)
"""`甲到乙家中走访慰问`."""
_OPINION = re.compile(
    r"^(?:对方|群众|家长|该户)?(?:提出)?(?:的)?(?:意见建议|意见和建议|意见|建议)[：:](.+)$"
)
_YEARS = re.compile(r"(20\d{2})年度")


def add(read: Read, fields: Container[str], paragraphs: list[Paragraph]) -> None:
    """Fill what no label said."""
    if "scrutineers" in fields:
        _add_election(read, paragraphs)
    if "study_on" in fields:
        paragraphs = [*_below_heads(paragraphs)]
        held = next((one for block in paragraphs if (one := _held(block.text))), None)
        _first(read, "study_on", paragraphs, partial(_studied, held))
        for name, pattern in (("opinions", _ASKED), ("self_examination", _EXAMINED)):
            told = ((pattern.search(one.text), one) for one in paragraphs)
            found, where = next(((f[1], one.where) for f, one in told if f), ("", ""))
            if found and name not in read.values:
                read.add(name, found, where)
    if "deeds" in fields:
        _add_praise(read, paragraphs)
    if "visitors" in fields:
        _add_visit(read, paragraphs)


def _below_heads(paragraphs: list[Paragraph]) -> Iterator[Paragraph]:
    """`1月10日集中学习` below a heading 会前准备 was before the meeting."""
    above = ""
    for one in paragraphs:
        yield replace(one, text=f"会前{one.text.strip()}") if "会前" in above else one
        above = one.text if len(one.text) <= _HEADING and "。" not in one.text else ""


_HEADING = 12


def _first(read: Read, name: str, paragraphs: list[Paragraph], find: Callable[[str], str]) -> None:
    for block in paragraphs if name not in read.values else ():
        if text := find(folded(written.in_digits(block.text))):
            read.add(name, text, block.where)
            return


def _add_election(read: Read, paragraphs: list[Paragraph]) -> None:
    for name, pattern in _SAYS.items():
        _first(read, name, paragraphs, partial(_said, pattern))
    if "method" in read.values:
        read.values["method"] = re.split(r"的(?:办法|方式|方法)", read.values["method"])[0]
    if "scrutineers" in read.values:
        return
    for block in paragraphs:
        plain = folded(block.text)
        roles = _ROLES.findall(plain) or [(b, a) for a, b in _NAMED_ROLES.findall(plain)]
        told = [
            f"{one}（{role}）"
            for names, role in roles
            for one in re.split("[、和]", names)
            if looks_like_person(one) and not _ROLE.search(one)
        ]
        if told:
            read.add("scrutineers", "、".join(told), block.where)
            return


_ROLE = re.compile(r"监票|计票|唱票|名单|办法|通过")
_PRAISED = re.compile(
    rf"(?:推荐|同意|拟推荐|将|上报|确定)({NAME}?)(?:同志)?(?:为|申报|参评|作为|评为)“?"
    r"((?:(?:19|20)\d{2}年度?)?[^，,。；;“”]{0,12}优秀(?:共产)?党(?:员|务工作者))"
)
_NUMBER = re.compile(rf"[{HAN}]{{2,12}}〔(?:19|20)\d{{2}}〕\d{{1,4}}号")


def _add_praise(read: Read, paragraphs: list[Paragraph]) -> None:
    """`推荐甲同志为2018年度优秀共产党员`, with the number of the letter above and the day below."""
    told = ((_PRAISED.search(folded(one.text)), one) for one in paragraphs)
    found, block = next(((one, p) for one, p in told if one and _year_of(one)), (None, None))
    if found is None or block is None:
        return
    year = _year_of(found)
    read.values.pop("title", None)  # the line above the letter is none
    read.sources.pop("title", None)
    read.add("title", re.sub(r"^(?:19|20)\d{2}年度?", "", found[2]), block.where)
    for name, text in (("person", found[1]), ("year", year[1] if year else "")):
        if name not in read.values:
            read.add(name, text, block.where)
    _first(read, "document_no", paragraphs[:_TOP], own_number)
    if any(_REPORT.search(one.text.strip()) for one in paragraphs[:_TOP]):
        _first(read, "reported_on", paragraphs[-2:], whole_day)


def _year_of(found: re.Match[str]) -> re.Match[str] | None:
    """The year of the title, or the one of a poll of which the same sentence tells."""
    within = re.match(r"((?:19|20)\d{2})年度?", found[2])
    before = re.split("[。；;]", found.string[: found.start()])[-1]
    polls = list(re.finditer(r"((?:19|20)\d{2})年度(?=民主评议)", before))
    return within or (polls[0] if len(polls) == 1 else None)


_TOP = 4


def own_number(text: str) -> str:
    """The number of a paper, where the line is nothing else."""
    return text if _NUMBER.fullmatch(text) else ""


_REPORT = re.compile(r"的(?:报告|请示)$")


def whole_day(text: str) -> str:
    """The day, where the line is nothing else."""
    return text if re.fullmatch(_DAY, text) else ""


def _said(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return next((one for one in found.groups() if one), "") if found else ""


_HELD = re.compile(r"((?:19|20)\d{2}年\d{1,2}月\d{1,2}日)[^。；;]{0,12}召开")
_ASKED = re.compile(
    r"((?:征求|收集|征集|梳理)(?:到|了)?(?:各类|有关)?(?:的)?意见(?:和|、)?(?:建议)?[^，,。；;]{0,6}\d{1,3}条[^。；;]*)"
)


_EXAMINED = re.compile(
    r"((?:[^。；;，,]*(?:代表)?[^。；;，,]*对照检查[，,])?[^。；;，,]*查摆出?[^。；;]*问题[^。；;]*)"
)


def _held(text: str) -> date | None:
    """The day on which a report says that the meeting was held."""
    found = _HELD.search(folded(written.in_digits(text)))
    days = written.days_in(found[1]) if found else []
    return days[0][0] if days else None


def _studied(held: date | None, text: str) -> str:
    """The day of study before the meeting; without its year it is of that of the meeting, if not
    later in the year.
    """
    found = _STUDIED.search(text)
    if found is None:
        return ""
    before = {day for day, _, _ in written.days_in(text[: found.start()])}
    held = before.pop() if len(before) == 1 else held
    if "年" in found[1] or held is None:
        return found[1] if "年" in found[1] else ""
    whole = written.days_in(written.with_year(found[1], held.year))
    return f"{whole[0][0]:%F}" if whole and whole[0][0] <= held else ""


def _add_visit(read: Read, paragraphs: list[Paragraph]) -> None:
    for block in (one for one in paragraphs if "。" in one.text):
        found = _AT_HOME.search(folded(block.text)) or _VISITED.search(folded(block.text))
        people = re.split("[、和]", found[1]) if found else []
        names = [re.sub(f"^{_POST}", "", one) for one in people]
        if found and all(map(looks_like_person, names)):
            for name, text in (
                ("visitors", "、".join(names)),
                ("object_name", found[2]),
                ("address", found[3] or ""),
            ):
                if text and name not in read.values:
                    read.add(name, text, block.where)
            break
    for block in paragraphs if "opinions" not in read.values else ():
        if told := _OPINION.match(block.text.strip()):
            read.add("opinions", told[1], block.where)
            read.left = [text for text in read.left if text.strip() != block.text.strip()]
            body = read.values.get("content", "")
            rest = [line for line in body.splitlines() if line.strip() != block.text.strip()]
            if body and rest:
                read.values["content"] = "\n".join(rest)
