"""What sentences say plainly of when, where and by whom something was held; no label said it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from taizhang.documents.blocks import Paragraph
from taizhang.intake.forms import Read
from taizhang.intake.records.sentences import published, rest
from taizhang.intake.records.sentences.reports import NAME
from taizhang.kernel.text import chinese_number, folded
from taizhang.kernel.writing import written
from taizhang.ledgers.kind import LedgerKind

_POST = (
    r"(?:(?:中共|学校|我校|本校|本|党总支|党支部|支部|第[一二三四五六七八九十\d]+党小组|党小组|小组|党建|教导处?|德育处?|总务处?|办公室|年级|教研)*"
    r"(?:书记|副书记|支委|组员|党小组长|小组长|委员|组织委员|宣传委员|纪检委员|纪律委员|青年委员|统战委员|组长|副组长|校长|副校长|园长|主任|副主任|党员|老师|"
    r"教师|同志)"
    r"(?:兼?校长|、校长|、园长)?)"
)
_NAMES = rf"{NAME}(?:同志)?(?:[、，和]{NAME}(?:同志)?)*"
_BEFORE = r"(?:^|[，,。；;：:、\s]|其中|会议)"
_PLACE = re.compile(
    r"(?=(?:在|(?<!关)于|到|前往|赴|走进)(?P<said>[^，。；、,]{2,20}?)(?:内|里)?(?:隆重|集中|组织|主持|如期)?(?:召开|举行|"
    r"开展|进行|举办|组织了?|参加|开会|集合|座谈|学习|活动(?![室中场])))"
)
_GATHERED = re.compile(
    r"(?:(?:相聚|聚集|集中|集合|汇聚|会聚)[在到于]|齐聚|来到|走进|前往|奔赴)了?(?P<said>[^，。；、,]{2,16})(?=[，,。；]|$)"
)
_ANY_POST = r"(?:书记|委员|组长|校长|园长|院长|主任|同志|老师|教师|支委)"
_HOST = (
    re.compile(rf"由[^，,。；;]{{0,24}}?{_ANY_POST}(?P<said>{NAME})(?:同志)?(?:主持|召集)"),
    re.compile(rf"由(?P<said>{NAME}?)(?:副?书记|校长|园长|院长|主任|老师)(?:主持|召集)"),
    re.compile(rf"在[^，,。；;]{{0,24}}?{_ANY_POST}(?P<said>{NAME})(?:同志)?的?主持下"),
    re.compile(rf"由{_POST}*\s*(?P<said>{NAME}?)(?:同志)?(?:主持|召集)"),
    re.compile(
        rf"{_BEFORE}{_POST}*(?P<said>{NAME}?)(?:同志)?主持(?:了)?(?:会议|大会|本次|召开|此次)"
    ),
    re.compile(rf"{_BEFORE}{_POST}+(?P<said>{NAME})(?:同志)?(?:在|于)[^，。；]{{2,16}}?主持"),
    re.compile(
        rf"{_BEFORE}(?P<said>{NAME}?)(?:副?书记|校长|园长|主任|组长|同志)(?:在|于)?[^，。；]{{0,16}}?主持"
    ),
)
_HOST_SHORT = re.compile(rf"(?:^|[，,。；;]){_POST}*(?P<said>{NAME})(?:同志)?主持(?=[，,。；;])")
_RECORDER = (
    re.compile(rf"由{_POST}*\s*(?P<said>{NAME}?)(?:同志)?(?:担任|负责|作|做)?(?:会议)?记录"),
    re.compile(rf"{_BEFORE}{_POST}*(?P<said>{NAME}?)(?:同志)?(?:担任|负责|作|做)(?:会议)?记录"),
    re.compile(rf"[，,；;]{_POST}*(?P<said>{NAME})(?:同志)?记录(?=[，。,；;]|$)"),
    re.compile(
        rf"[，,；;]{_POST}*(?P<said>{NAME}?)(?:同志)?(?:列席|参加)?(?:并|兼)(?:作|做|负责)?(?:会议)?记录(?=[，。,；;]|$)"
    ),
)
_LECTURER = (
    re.compile(
        rf"由{_POST}*\s*(?P<said>{NAME}?)(?:同志)?(?:主讲|讲授|授课|为[^，。]{{2,12}}(?:上|讲|作))"
    ),
    re.compile(
        rf"{_BEFORE}{_POST}+(?P<said>{NAME}?)(?:同志)?(?:以[“《][^”》]{{2,40}}[”》]为?主?题[，,]?)?(?:为|"
        rf"给)[^，。]{{2,14}}(?:上|讲|作(?![业用]))了?"
    ),
)
_TAUGHT = (
    r"(?:以[“《][^”》]{2,40}[”》]为?主?题[，,]?)?(?:[为给向][^，,。；;“《]{2,14}?)?(?:执教|讲授|主讲|宣讲|开展|带来|作|"
    r"讲|上|授)了?(?:[^，,。；;“《]{0,6}[“《][^”》]{2,40}[”》])?[^，,。；;]{0,12}党课"
)
_LECTURED = (
    re.compile(rf"{_ANY_POST}(?P<said>{NAME}?)(?:同志)?{_TAUGHT}"),
    re.compile(
        rf"(?:{_BEFORE}|由|是|聆听了?){_POST}*(?P<said>{NAME}?)(?:副?书记|委员|[校园院]长|主任|老师|同志){_TAUGHT}"
    ),
)
"""`书记甲同志开展了题为《……》的党课`, `甲书记上党课`."""
_THEME = (
    re.compile(r"(?:题为|主题为|主题是|以)[“《](?P<said>[^”》]{2,40})[”》](?:为主?题|的)?"),
    re.compile(r"(?:开展|组织|举行|举办)了?[“《](?P<said>[^”》]{2,40})[”》][^，。；“《]{0,14}活动"),
    re.compile(r"[“《](?P<said>[^”》]{2,40})[”》]的?(?:专题|主题|微)?党课"),
)
_OF_THE_DAY = re.compile(r"以[“《](?P<said>[^”》]{2,40})[”》]为(?:活动)?主题的?[^，。；]{0,6}党日")
_COUNTED = (
    r"(?:会)?(?:有(?:表决权|选举权)的?)?(?:正式)?(?:人数|党员|支委|委员|会员|成员)?(?:数)?[:为共]?(?P<said>\d{1,3}|"
    r"[一二三四五六七八九十]{1,3}(?=[人名位]))[人名位]?"
)
_EXPECTED, _PRESENT = (
    re.compile(rf"(?:{word}){_COUNTED}")
    for word in ("应到|应参加|应出席", "实到|实参加|实际到会|(?<![应实])到会|出席")
)
_CAME_IN_ALL = re.compile(
    r"(?<!\d)(?P<said>\d{1,3})(?:[名位](?:正式|预备|在职)?(?:党员|同志)[^，。；\d]{0,4}(?:参加|出席|到会)|"
    r"[人名位](?:出席|到会))"
)
_IN_ALL = re.compile(r"(?:党员|同志)(?P<said>\d{1,3})[人名](?:参加|出席|到会)")
_GUEST = re.compile(
    rf"(?:[组委局处科]|书记|委员|[主局组]长|主任)(?P<said>{NAME})(?:同志)?(?:到会|莅临|应邀)(?:指导|列席)"
)
_AWAY = re.compile(
    rf"{_BEFORE}{_POST}?(?P<said>{_NAMES})(?P<why>因[^，。；,;、]{{1,10}}?)?(?:请(?P<leave>[病事产婚丧公]假)|"
    r"请假|缺席|未到会|未到|未参加|未能参加|未能到会)"
)
_AWAY_BESIDE_COUNTS = re.compile(
    rf"实到[^，。；]{{1,12}}[，,]{_POST}?(?P<said>{_NAMES})(?P<why>因[^，。；,;]{{1,10}})(?P<leave>)(?=[，"
    r"。；,;]|$)"
)
"""`实到8人，甲同志因公出差`: whoever did not come is told behind how many did."""
_AWAY_EACH = re.compile(
    rf"(?:^|[，,；;。]|[人名][，,])(?P<said>{NAME}[（(][^（）()，。；]{{1,12}}[)）]"
    rf"(?:[、，和]{NAME}[（(][^（）()，。；]{{1,12}}[)）])*)(?:请假|缺席|未到会?|未参加|未能到会)"
)
"""`甲（产假）、乙（外出培训）请假`: each with his reason behind him."""
_EACH_FOR = rf"{NAME}?(?:同志)?因[^，。；,;、]{{1,8}}?"
_AWAY_FOR = re.compile(
    rf"{_BEFORE}{_POST}?(?P<said>{_EACH_FOR}(?:[、和]{_EACH_FOR})+)(?:请假|缺席|未到会?|未参加|未能到会)"
)
"""`甲同志因病、乙同志因产假请假`: each with his reason."""
_THERE = re.compile(
    rf"(?:参加|出席|到会)(?:会议|学习|活动)?(?:的)?(?:人员|同志|党员)?(?:有|是)[:：]?(?P<said>{_NAMES})"
)
_CAME = re.compile(
    rf"{_BEFORE}{_POST}+(?P<said>{_NAMES})(?:[等共]*[\d一二三四五六七八九十]*[人名]?(?:同志)?)?(?:参加|出席|到会)"
    r"(?:了?会议)?(?=[，,。；;])"
)
_CAME_BY_NAME = re.compile(
    rf"(?:^|[，,；;。])(?P<said>{NAME}(?:、{NAME})+)(?:等共?\d{{1,3}}[名位人])?(?:党员|同志)?"
    r"(?:参加|出席|到会)(?:了?会议)?(?=[，,。；;])"
)
_WENT_OUT = re.compile(
    rf"党员(?:志愿者|教师|老师|代表|干部)?(?P<said>{NAME}(?:、{NAME})+)(?:等\d{{0,2}}[人名]?)?(?:同志)?(?:来到|前往|"
    r"走进|深入|赴|到|为|在)"
)
"""`党员志愿者甲、乙来到某社区`."""
_AGENDA = re.compile(
    r"(?:召开|举行)[^，。；]{0,14}(?:会|会议|大会)[，,](?:会议)?(?:专题|集中|主要)?(?P<said>(?:研究|讨论|审议|传达|部署|总结)[^。"
    r"；，]{3,40})"
)
_RESOLVED = re.compile(
    r"(?:^|[，,。；;：:\s]|会议|大会|支委会|支部|研究|讨论|表决|与会[^，。]{0,6})(?:经[^，。]{0,10}[，,])?(?:会议)?(?:一致)"
    r"?(?:决定|商定|议决|形成(?:以下|如下)?(?:决议|意见)|决议如下|议定)(?![的》”])(?:如下)?(?:事项)?[:：，,]?(?P<said>.{4,})",
    re.DOTALL,
)
_READ_OUT = re.compile(
    r"(?:通过了?(?:本次)?(?:支部|党员)*|^|[，,。；;])(?:支部|党员)*大会的?决议[:：](?P<said>[^。]{4,}。?)"
)
_SORTS = (
    ("转正大会", "党员大会"), ("发展大会", "党员大会"), ("全体党员会", "党员大会"), ("支部委员会", "支委会"), ("支委会", "支委会"), ("党员大会", "党员大会"), ("党小组会", "党小组会"), ("组织生活会", "组织生活会"), ("主题党日", "主题党日"), ("党员活动日", "主题党日"), ("统一活动日", "主题党日"), ("党日活动", "主题党日"), ("支部大会", "党员大会"), ("党课", "党课"),
)  # fmt: skip
_GROUP_MET = re.compile(r"党小组[^。；]{0,24}召开(?:了)?(?:会议|学习会|小组会)")
_GROUP = re.compile(r"第[一二三四五六七八九十\d]{1,2}党小组")
_TALKED = re.compile(
    rf"(?:^|[，,。]){_POST}*(?P<one>{NAME}?)(?:同志|副?书记|委员|[校园院]长|主任|组长|老师)?(?:于[^，。；]{{2,24}}?)"
    rf"?(?:在(?P<place>[^，。；、]{{2,16}}?))?(?:与|和|同(?!志)|找|约|对)(?:离?退休|预备|青年|新|老)"
    rf"?{_POST}*(?P<other>{NAME}?)(?:同志|老师)?(?:进行|开展)?了?(?:一次)?(?:谈心|谈话|交谈)"
)
"""甲同志于某日在某处与乙同志谈心."""
_TWO_NAMES = re.compile(
    rf"{_POST}*(?P<one>{NAME}?)(?:同志)?(?:与|和|同(?!志)|找|约|对){_POST}*(?P<other>{NAME}?)(?:同志)"
    r"?(?:在|于|进行|开展|谈|就|，|一起)"
)


def add(
    read: Read, kind: LedgerKind, paragraphs: list[Paragraph], imprint: list[Paragraph]
) -> None:
    """Fill what no label said; the imprint says in which year it was published."""
    before = set(read.values)
    fields = {one.name for one in kind.fields()} | {part.name for part in kind.parts}
    lecture = any("党课" in one.text for one in paragraphs)
    for name, (find, write) in _SAID.items():
        of_lecture = name == "theme" and "lecturer_name" in fields and not lecture
        if name in fields and name not in read.values and not of_lecture:
            _take(read, name, paragraphs, find, write)
    day = kind.day if kind.day in ("held_on", "used_on", "pushed_on") else ""
    if day and day not in read.values:
        _day(read, day, fields, paragraphs)
    if day and day not in read.values:
        _published_day(read, kind, paragraphs, imprint)
    if new := read.values.keys() - before:
        used = {
            block.text.strip()
            for block in paragraphs
            for n in new
            if read.sources[n] == block.where
        }
        read.left = [text for text in read.left if text.strip() not in used]
        read.left += rest.clauses(read, used)
        read.warnings.append(FROM_SENTENCES)


FROM_SENTENCES = "有的栏目是从叙述文字中读出的，请对照原文核对。"


def _take(
    read: Read,
    name: str,
    paragraphs: list[Paragraph],
    find: tuple[re.Pattern[str], ...],
    write: Callable[[re.Match[str]], str],
) -> None:
    for pattern in find:
        for block in paragraphs:
            if name == "resolutions" and _FOLLOWS.search(block.text):
                _below(read, name, paragraphs, block)
                return
            counted = name.endswith(("count", "expected", "_present"))
            text = without_plans(block.text) if name in ("place", "host_name") else block.text
            said = pattern.finditer(folded(text) if counted else text)
            if text := next(filter(None, map(write, said)), ""):
                read.add(name, text, block.where)
                return


_FOLLOWS = re.compile(
    r"(?:(?:决定|决议|议定)[^。；]{0,8}(?:事项|如下|决议|决定)[^。；]{0,4}|(?:形成|作出|做出|达成)了?(?:以下|如下)[^。；"
    r"]{0,4}(?:决定|决议|意见|共识))[：:]\s*$"
)
_ITEM = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,2}、|\d{1,2}[.、．]|[（(][一二三四五六七八九十\d]{1,2}[)）])\s*"
)


def _below(read: Read, name: str, paragraphs: list[Paragraph], head: Paragraph) -> None:
    """The counted lines below a line that says what they are."""
    for block in paragraphs[paragraphs.index(head) + 1 :]:
        found = _ITEM.match(block.text)
        if found is None:
            return
        read.add(name, block.text[found.end() :], block.where)
        text = block.text.strip()
        read.left = [one for one in read.left if one.strip() != text]
        _drop(read, "discussion", {text, head.text.strip()})


def names_theme(paragraphs: list[Paragraph]) -> bool:
    """Whether a sentence names the theme of an activity, so that no heading has to."""
    return any(pattern.search(one.text) for one in paragraphs for pattern in _THEME)


def _drop(read: Read, name: str, lines: set[str]) -> None:
    """Take lines out of a text that were read as something else."""
    rest = [one for one in read.values.get(name, "").splitlines() if one.strip() not in lines]
    if rest:
        read.values[name] = "\n".join(rest)


_PLANS = re.compile(
    r"(?:拟定?|定|将|计划|预计|暂定|初定)于(?:(?!召开|举行)[^。；;]){0,40}?(?:召开|举行|举办|开展|进行|组织)[^。；;]*"
)


def without_plans(text: str) -> str:
    """A text without what it says is still to be held: `拟于5月20日召开党员大会`."""
    return _PLANS.sub("", text)


def _day(read: Read, name: str, fields: set[str], paragraphs: list[Paragraph]) -> None:
    """The one day that the first sentence with a day names, with the hours behind it."""
    for block in paragraphs:
        digits = written.in_digits(written.plain(without_plans(block.text)))
        days = written.days_in(digits)
        if not days or len({one for one, _, _ in days}) > 1 or len(digits) - days[0][2] < _SENTENCE:
            continue
        read.add(name, days[0][0].isoformat(), block.where)
        _add_hours(read, fields, digits[days[0][2] :], block.where)
        return


def _add_hours(read: Read, fields: set[str], behind: str, where: str) -> None:
    """The hours right behind a day."""
    clocks = written.clocks_in(behind[:_NEAR])
    for hour, clock in zip(("starts_at", "ends_at"), clocks, strict=False):
        if hour in fields and hour not in read.values:
            read.add(hour, f"{clock:%H:%M}", where)


def _published_day(
    read: Read, kind: LedgerKind, paragraphs: list[Paragraph], imprint: list[Paragraph]
) -> None:
    """A day without its year in the first sentence with one, of a report that says when it was
    published.
    """
    for block in paragraphs:
        if found := published.day(block.text, imprint):
            read.add(kind.day, found[0].isoformat(), block.where)
            label = next(one.label for one in kind.fields() if one.name == kind.day)
            read.warnings.append(f"“{label}”的年份取自“{found[1]}”，请核对。")
            digits = folded(written.in_digits(published.without_titles(block.text)))
            fields = {one.name for one in kind.fields()}
            _add_hours(read, fields, _MONTH_AND_DAY.split(digits, maxsplit=1)[-1], block.where)
            return


_MONTH_AND_DAY = re.compile(r"\d{1,2}月\d{1,2}日")
_SENTENCE, _NEAR = 8, 24


def _plain(found: re.Match[str]) -> str:
    return found["said"].strip(" ，,。；;")


def _number(found: re.Match[str]) -> str:
    number = chinese_number(_plain(found))
    return _plain(found) if number is None else str(number)


def _where(found: re.Match[str]) -> str:
    """A place; a day is none: 于2019年1月25日召开."""
    said = re.split(r"与|联合|同(?=[^，。]*支部)", _plain(found))[0]
    said = re.sub(r"(?:参观|考察|现场|实地|集体|共同|联合)+$", "", said)
    if _ANYWHERE.fullmatch(said):
        return ""
    if re.search(r"[年月]\d{1,2}[月日]|\d日", folded(written.in_digits(said))):
        return ""
    named = re.sub(r"书记(?:室|办公室)$", "", said)
    return "" if re.search(r"主持|带领|领导|指导|书记|同志|[下中]$", named) else said


_ANYWHERE = re.compile(r"社区|校园|学校|基层|家庭|农村|乡村|群众|一线|现场|会上|课堂|支部|线上")


def _name(found: re.Match[str]) -> str:
    return "" if _NO_PERSON.search(found["said"]) else found["said"]


_NO_PERSON = re.compile(
    r"会议|支部|学校|党员|书记|全体|同志|教师|老师|学生|委员|大家|代表|群众|社区|自己|我们|他们|随后|最后"
)


def _away(found: re.Match[str]) -> str:
    if found.re is _AWAY_EACH:
        return re.sub(r"(?<=[)）])[，和]", "、", _plain(found))
    if found.re is _AWAY_FOR:
        each = (one.partition("因") for one in re.split(r"[、和]", found["said"]))
        return "、".join(f"{who.removesuffix('同志')}（因{why}）" for who, _, why in each)
    reason = found["why"] or found["leave"]
    why = f"（{reason}）" if reason else ""
    names = [one.removesuffix("同志") for one in re.split(r"[、，和]", found["said"]) if one]
    return (
        ""
        if any(_IS_NOBODY.search(one) for one in names)
        else "、".join(f"{one}{why}" for one in names)
    )


_IS_NOBODY = re.compile(
    r"权|全体|会议|支部|党员|其他|其余|[应实]到|[一二三四五六七八九十]+人|\d|名$|人$|均|未|无|大家|教师|老师|学生|人员|群众"
)


def _names(found: re.Match[str]) -> str:
    return (
        ""
        if _IS_NOBODY.search(found["said"])
        else re.sub(r"同志|[，和]", lambda m: "、" if m[0] != "同志" else "", found["said"])
    )


def _lines(found: re.Match[str]) -> str:
    """`一、……；二、……` in one paragraph are two lines."""
    said = found["said"].strip(" ：:")
    parts = re.split(
        r"(?:^|(?<=[。；;，,\s]))(?:[一二三四五六七八九十]、|\d{1,2}[.、．](?!\d)|[（(][一二三四五六七八九十\d]{1,2}[)）]|"
        r"[一二三四五]是)",
        said,
    )
    return "\n".join(one.strip(" ；;。，,") for one in parts if one.strip(" ；;。，,"))


_SAID: dict[str, tuple[tuple[re.Pattern[str], ...], Callable[[re.Match[str]], str]]] = {
    "place": ((_PLACE, _GATHERED), _where),
    "host_name": ((*_HOST, _HOST_SHORT), _name),
    "recorder_name": (_RECORDER, _name),
    "lecturer_name": ((*_LECTURER, *_LECTURED), _name),
    "theme": (_THEME, _plain),
    "topic": (_THEME, _plain),
    "expected_count": ((_EXPECTED,), _number),
    "present_count": ((_PRESENT, _CAME_IN_ALL, _IN_ALL), _number),
    "observers": ((_GUEST,), _name),
    "title": ((_OF_THE_DAY,), _plain),
    "entitled_expected": ((_EXPECTED,), _number),
    "entitled_present": ((_PRESENT,), _number),
    "absent": ((_AWAY_EACH, _AWAY_FOR, _AWAY, _AWAY_BESIDE_COUNTS), _away),
    "present": ((_THERE, _CAME, _CAME_BY_NAME), _names),
    "participants": ((_WENT_OUT,), _names),
    "resolutions": ((_READ_OUT, _RESOLVED), _lines),
    "agenda": ((_AGENDA,), _plain),
}


def sort_of(text: str) -> str:
    """The one sort of meeting that a text names."""
    plain = folded(text)
    named = {sort for word, sort in _SORTS if word in plain}
    if not named and _GROUP_MET.search(plain):
        return "党小组会"
    return named.pop() if len(named) == 1 else ""


_SORT_WORDS = "|".join(word for word, _ in _SORTS)
_HELD = (
    re.compile(rf"(?:召开|举行|开展|举办|组织|迎来)了?[^，,。；;]{{0,16}}?({_SORT_WORDS})"),
    re.compile(rf"({_SORT_WORDS})[^，,。；;]{{0,24}}?(?:召开|举行|开展|举办|进行|开讲)"),
    re.compile(rf"(?:聆听|听取|收听|参加|上|讲授|主讲)了?[^。；;]{{0,48}}?({_SORT_WORDS})"),
)
"""Held, was held, and listened to."""


def held(text: str) -> str:
    """What sort of meeting a sentence says was held on a day: the first of 党员大会暨专题党课."""
    plain = published.without_titles(folded(text))
    if published.is_ahead(folded(text)) or not _ON_A_DAY.search(plain):
        return ""
    found = next(filter(None, (shape.search(plain) for shape in _HELD)), None)
    return dict(_SORTS)[found[1]] if found else ""


_ON_A_DAY = re.compile(r"\d{1,2}月\d{1,2}日|[今昨当][日天]|近日|日前")
"""On a day that is told, or that whoever wrote it knew."""


def group_of(text: str) -> str:
    """The one group that a text names."""
    named = set(_GROUP.findall(folded(text)))
    return named.pop() if len(named) == 1 else ""


def pair(paragraphs: list[Paragraph]) -> Iterator[tuple[str, str, str]]:
    """(who spoke, with whom, place) of a sentence that names both."""
    for block in paragraphs:
        found = _TALKED.search(block.text) or _TWO_NAMES.search(block.text)
        if found and not any(_ROOM.search(found[one]) for one in ("one", "other")):
            yield found["one"], found["other"], block.where
            return


_ROOM = re.compile(r"[室楼厅园校馆处]$")


def talked_at(text: str) -> str:
    """Where somebody spoke with somebody, as a sentence says."""
    found = _TALKED.search(text)
    return (found["place"] or "") if found else ""
