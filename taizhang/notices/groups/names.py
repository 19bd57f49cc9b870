"""What groups are called, and the paragraphs parted so that each speaks of one."""

from __future__ import annotations

import re

from taizhang.documents.blocks import Paragraph, Source, Table
from taizhang.kernel.text import HAN
from taizhang.notices.groups.lines import BULLETS
from taizhang.notices.values import flat
from taizhang.notices.words import labels
from taizhang.notices.words.labels import VERBS

_N = r"[一二三四五六七八九十\d]{1,3}"
_OF = rf"(?:{VERBS}|交叉|联合|专项|片区|工作|实地|现场|综合|分)*"
_COUNTED = (
    r"小?组|片区?|批次?|小?分队|小队|协作区|(?:督)?学区|场次?|轮次?|线路?|路|站|专班|单元|板块"
)
_LETTERS = rf"(?:(?![各由])[{HAN}])"
_JOINED = (
    rf"{_LETTERS}{{1,6}}(?:、{_LETTERS}{{1,6}}?){{1,3}}(?:片区|片组|片|协作区|学区|组)"
    rf"(?=\s*(?:[:：]\s*)?(?:副?组长|组员|成员|带队|领队|牵头)[{HAN}]{{0,2}}\s*[:：]|(?<!组)由)"
)
"""`东溪、西溪片组长：…`: one group of several places, where a seat is told right behind it."""
NAME = (
    rf"{_JOINED}|第{_N}{_OF}(?:{_COUNTED})|{_OF}第?(?:{_N}|[A-Za-z])(?:号)?{_OF}(?:小?组|片区?|小?分队|号线)|"
    rf"{_OF}组[一二三四五六七八九十]"
    rf"|[{HAN}A-Za-z\d]{{1,10}}?(?:片区|片组|片|协作区|学区|组团|组|分队|专班|线)"
)
NUMBERED = (
    r"(?:(?:[（(]?[一二三四五六七八九十\d]{1,2}[）).．、]|[①②③④⑤⑥⑦⑧⑨⑩]"
    rf"|[{BULLETS}])\s*)?"
)
_SAYS = rf"由|负责|主要负责|具体负责|(?:{VERBS})(?!组)|前往|赴|到|对|组长|副组长|带队|领队|成员|组员|于\d"
GROUP = re.compile(
    rf"^\s*{NUMBERED}(?P<name>{NAME})(?![长员织建队合]|成(?!员\s*[:：]))(?:名单)?\s*(?P<bracket>[（(][^（）()"
    r"]*[）)])?"
    r"\s*(?:(?:[:：—]+|。(?=.))\s*(?P<rest>.*)|(?P<gap>[ \u3000\t]+)(?P<said>\S.*)|"
    rf"(?P<sentence>[，,]?(?:{_SAYS}).*))?$",
    re.DOTALL,
)
NO_GROUP = re.compile(
    r"^[各每]|"
    rf"领导小组|党小组|办公室|分组$|[分设成建派]\d*[一二三四五六七八九十两]*个?[^组]{{0,4}}组$|编组$|[热专在战主底一路无视][线]$|^(?:由|按|以|"
    r"请|对|将|从|在|与|及|和|为|是|凡|经|如|若|采取|实行|分成|分为|共分)|^(?:本|各|该|每|全|专项|抽调|联合|此次|本次|成立|组建|组成|分)"
    rf"?(?:{VERBS}|工作|联合|专项)*小?组$|^[各每两三四五六七八九分本该全]+个?小?(?:组|片区?)$"
)
_NEXT_GROUP = re.compile(
    rf"(?<=[；;。：:])\s*(?=(?:{NUMBERED})(?:第?{_N}(?:{_OF})(?:小?组|片区?|分队)|第{_N}(?:{_COUNTED}))"
    r"(?![长员织成]))"
)


COUNT = re.compile(
    r"(?:共|计)?\s*[\d一二两三四五六七八九十]{1,3}\s*(?:人|名|个|所|家|校|园|单位|支部|党组织|学校|成员)+"
)
"""How many a group has, in brackets behind its name."""
_DAY_FIRST = re.compile(
    rf"^\s*{NUMBERED}((?:20\d\d年)?\d{{1,2}}月\d{{1,2}}日)(?:[（(](?:周|星期).[）)])?([上下]午)?[，,、:："
    rf"\s]*(第{_N}{_OF}小?组)"
)
"""`3月4日，第一评估组评估……`: the day behind the name."""


_UNDER_DAY = re.compile(
    rf"^\s*{NUMBERED}(?P<day>(?:20\d\d年)?\d{{1,2}}月\d{{1,2}}日)(?:[（(](?:周|星期).[）)])"
    r"?(?P<half>[上下]午)?(?P<mark>\s*[:：，,]|\s+)(?P<said>.+)$"
)
_VISITS = re.compile(rf"\s*(?:{NAME})\s*(?:到|赴|前往|去|负责|{VERBS})")
_LISTS = re.compile(rf"\s*(?:{NAME})\s*[:：]")


def _under_day(one: Paragraph) -> list[Paragraph]:
    """`6月9日：一组到甲校；二组到乙校`: each group with the day behind its name."""
    found = _UNDER_DAY.match(one.text)
    parts = [part for part in re.split("[；;。]", found["said"]) if part.strip()] if found else []
    way = _VISITS if found and found["mark"].strip() else _LISTS
    if not found or not parts or not all(way.match(part) or _LISTS.match(part) for part in parts):
        return [one]
    day = f"{found['day']}{found['half'] or ''}"
    named = re.compile(rf"^\s*({NAME})\s*")
    return [Paragraph(named.sub(rf"\1（{day}）", part), one.where) for part in parts]


_DAYS = (
    r"(?:20\d\d年)?\d{1,2}月\d{1,2}日(?:[—–\-~～至到]{1,2}(?:\d{1,2}月)?\d{1,2}日)?(?:[上下]午)?"
)
_OWN_DAYS = re.compile(
    rf"(第{_N}{_OF}小?组)\s*(?:为|安排在|于|[:：])?\s*({_DAYS})(?=[，,；;。\s]|$)"
)


def _days_of_groups(one: Paragraph) -> list[Paragraph]:
    """`第一组5月6日，第二组5月7日，每天9:00开始`: each group with its days, and what is left."""
    said = list(_OWN_DAYS.finditer(one.text))
    rest = _OWN_DAYS.sub("", one.text)
    if len(said) < 2 or re.search(rf"第{_N}{_OF}小?组", rest):
        return [one]
    left = [Paragraph(rest, one.where)] if re.search("[\u4e00-\u9fff]", rest) else []
    return [*(Paragraph(f"{m[1]}（{m[2]}）", one.where) for m in said), *left]


_DAY_ALONE = re.compile(
    r"^\s*(?P<day>(?:20\d\d年)?\d{1,2}月\d{1,2}日)(?:[（(](?:周|星期).[）)])?\s*[:：]?\s*$"
)
_AT_HOUR = re.compile(
    r"^\s*(?P<hour>(?:[上下]午)?\s*\d{1,2}[:：点时]\d{0,2}分?"
    r"(?:\s*[—–\-~～至到]{1,2}\s*\d{1,2}[:：点时]\d{0,2}分?)?"
    rf"|[上下]午)[，,:：\s]*(?P<name>{NAME})\s*(?P<rest>[:：].+|(?:到|赴|前往|去|负责|{VERBS}).+)$"
)
"""`上午9:00—11:30　督导一组：某支部` below a day of its own."""


def _below_days(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """A day alone on a line, and below it hours with groups: each of these with the day and the
    hours behind its name.
    """
    found, day = [], ""
    for one in paragraphs:
        alone, timed = _DAY_ALONE.match(one.text), _AT_HOUR.match(one.text)
        named = timed and not NO_GROUP.search(timed["name"])
        day = alone["day"] if alone else day if named else ""
        if named and day and timed:
            text = f"{timed['name']}（{day}{timed['hour'].strip()}）{timed['rest']}"
            found.append(Paragraph(text, one.where))
        else:
            found.append(one)
    return found


_REMARK = re.compile(r"^\s*(?:备\s*注|说\s*明|注|附注)\s*[:：]")


def pieces(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Paragraphs; one that speaks of several groups is parted."""
    found = []
    apart = (part for whole in _below_days(paragraphs) for part in _days_of_groups(whole))
    for one in (part for whole in apart for part in _under_day(whole)):
        found += [
            Paragraph(_DAY_FIRST.sub(r"\3（\1\2）", text), one.where)
            for text in ([one.text] if _REMARK.match(one.text) else _NEXT_GROUP.split(one.text))
            if text.strip()
        ]
    return found


ENTITLED = re.compile(
    rf"(?P<name>第?{_N}{_OF}小?组|{_OF}第?{_N}小?组|[{HAN}]{{1,6}}(?:片区|片组|片|协作区|学区))"
    rf"(?:{VERBS}|工作|分组)*(?:日程|行程|时间|人员)?(?:安排|一览|汇总)表?"
)
"""`东片组检查安排`: the heading of a group's own table."""


def heading_above(read: Source, table: Table) -> str:
    """The area that the line above a table names, when it names one and nothing besides who belongs
    to it; lines that only say this may stand between.
    """
    at = next(i for i, block in enumerate(read.blocks) if block is table)
    for before in reversed(read.blocks[max(0, at - _BETWEEN) : at]):
        text = before.text.strip() if isinstance(before, Paragraph) else ""
        if name := _heading(text):
            return name
        if not _only_seats(text):
            return ""
    return ""


_BETWEEN = 8
"""So many lines above a table at most say whose it is."""
_SEATED = {"leader", "deputy", "members", "liaison", "contact"}


def _heading(text: str) -> str:
    found = ENTITLED.fullmatch(text) or GROUP.match(text)
    if not found or NO_GROUP.search(found["name"]):
        return ""
    if found.re is ENTITLED:
        return found["name"]
    rest = [found[part] or "" for part in ("bracket", "rest", "said", "sentence")]
    told = [one.strip("（()） ") for one in rest if one]
    alone = all(COUNT.fullmatch(o) or _DAYS_SAID.fullmatch(flat(o)) or _only_seats(o) for o in told)
    return found["name"] if alone else ""


_DAYS_SAID = re.compile(
    r"(?:20\d\d年)?\d{1,2}月\d{1,2}日(?:\((?:周|星期).\))?(?:[上下]午)?(?:[—–\-~至到]+(?:\d{1,2}月)?\d{1,2}日)?"
)


def _only_seats(text: str) -> bool:
    """Whether a line says who has a seat, and nothing before it."""
    (_, before), *said = labels.parts(text)
    return bool(said) and not before.strip() and {role for role, _ in said} <= _SEATED


def heading_in(text: str) -> tuple[str, str] | None:
    """(name, the rest) of a line inside a table that names a group."""
    found = GROUP.match(" ".join(text.split()))
    if not found or NO_GROUP.search(found["name"]):
        return None
    rest = [(found["bracket"] or "").strip("（()）")]
    rest += [found[part] or "" for part in ("rest", "said", "sentence")]
    return found["name"], "\n".join(one for one in rest if one)


def is_name(text: str) -> bool:
    """Whether a text is the name of a group and nothing else."""
    head = heading_in(text)
    return bool(head and (not head[1] or COUNT.fullmatch(head[1])))
