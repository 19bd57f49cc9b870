"""What single sentences say of a case, a plan or a vote: whom it is about, when it was decided, how
many and whom.

Only what a sentence says whole is taken: a day without its year is left.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping

from taizhang.documents.blocks import Paragraph
from taizhang.intake.forms import Read
from taizhang.intake.records import letters
from taizhang.intake.records.rows import shares
from taizhang.kernel.text import HAN, chinese_number, folded, looks_like_person
from taizhang.kernel.writing import written
from taizhang.ledgers.fields import Field
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.part import Part
from taizhang.ledgers.written import lines

_DAY = r"((?:19|20)\d{2}年\d{1,2}月\d{1,2}日)"
_ANY_DAY = r"((?:(?:19|20)\d{2}年)?\d{1,2}月\d{1,2}日)"
"""A day whose year may stand elsewhere in the paper."""
_COMMITTEE = r"支(?:部委员|委)会"
_DAYS = {
    "decided_on": re.compile(rf"{_DAY}[^，,。；;]{{0,14}}(?:研究|决定|通过|讨论)"),
    "letters_sent_on": re.compile(
        rf"{_DAY}[^，,。；;]{{0,6}}(?:发|寄)出?函|{_DAY}(?:向|给|对)[^，,。；;]{{2,40}}?(?:发|寄)出?了?[^，,。；"
        rf";]{{0,4}}函|函调?[^，,。；;]{{0,8}}{_DAY}[^，,。；;]{{0,4}}(?:发|寄)出"
    ),
    "letters_back_on": re.compile(
        rf"{_DAY}[^，,。；;]{{0,6}}(?:收[回到]|回函|复函)|函调?[^，,。；;]{{0,8}}{_DAY}[^，,。；;]{{0,4}}收[回到]"
    ),
    "reported_on": re.compile(
        rf"{_DAY}[^，,。；;]{{0,6}}(?:上报|报送|报)|(?:上报|报送)[^，,。；;]{{0,12}}(?:时间|日期)[为是]?{_DAY}"
    ),
    "assigned_on": re.compile(
        rf"{_DAY}[，,]?[^。；;\d]{{0,20}}(?:下达|交办|布置|部署)[^。；;\d]{{0,16}}任务"
    ),
    "finished_on": re.compile(rf"{_DAY}[^，,。；;]{{0,8}}(?:建成|竣工|完工|投入使用)"),
    "published_on": re.compile(
        rf"{_DAY}[^，,。；;]{{0,10}}(?:公开|公布)|自{_ANY_DAY}起[^，,。；;]{{0,14}}(?:公开|公布)"
    ),
    "first_committee_on": re.compile(
        rf"委员会于?{_ANY_DAY}召开了?第一次(?:全体)?(?:委员)?会议"
        rf"|{_ANY_DAY}[^，,。；;]{{0,8}}召开[^，,。；;]{{0,12}}(?:委员|支委)会第一次(?:全体)?会议"
    ),
    "remitted_on": re.compile(rf"{_DAY}[^，,。；;]{{0,10}}上缴"),
    "as_of": re.compile(
        rf"基准[日时][间点期]?[为是:]?{_DAY}|截[至止]到?{_DAY}|{_DAY}[，,]?[^。；]{{0,30}}(?:排查|摸排)"
    ),
    "approved_on": re.compile(
        rf"{_COMMITTEE}于?{_DAY}[^，,。；;]{{0,10}}(?:通过|研究|讨论|决定)|{_DAY}[^，,。；"
        rf";]{{0,6}}{_COMMITTEE}[^，,。；;]{{0,12}}通过"
    ),
}
"""Field for a day → the words around it that say which day it is."""
_MET = re.compile(
    rf"{_DAY}[，,]?[^，,。；;\d]{{0,14}}{_COMMITTEE}[^。；;\d]{{0,16}}(?:研究|讨论|决定|商定|议定|通过)"
    rf"|{_COMMITTEE}(?:会议)?于?{_DAY}[^。；;\d]{{0,14}}(?:研究|讨论|决定|商定|议定|通过)"
)
"""The day on which the committee met, and what it did then in the clause behind."""


def _in_full(text: str) -> str:
    """`2018年4月2日发函，4月20日收回`: a second day of a sentence is of the year of the first."""
    told = []
    for sentence in re.split("(?<=[。；])", text):
        days = written.days_in(sentence)
        last = days[0][2] if len({day.year for day, _, _ in days}) == 1 else len(sentence)
        rest = written.with_year(sentence[last:], days[0][0].year) if days else sentence[last:]
        told.append(sentence[:last] + rest)
    return "".join(told)


_CANDIDATE = re.compile(
    rf"(?:接收|确定|吸收|发展|推荐|将|同意)([{HAN}]{{2,4}}?)(?:同志)?(?:为|列为|转为|按期转)"
)
_ABOUT = re.compile(rf"(?:关于|对)([{HAN}]{{2,4}}?)同志的?")
_HIMSELF = re.compile(
    rf"^([{HAN}]{{2,4}}?)同志(?:预备期|[，,][男女])|"
    rf"(?:本人(?:基本)?情况|(?:审查|政审|考察|被审查)(?:对象|人)(?:基本情况)?)[：:]([{HAN}]{{2,4}})(?:同志)?[，,]"
)


def add(read: Read, kind: LedgerKind, paragraphs: list[Paragraph]) -> None:
    """Fill what no label said; the title is the first of the paragraphs."""
    open_ = {one.name: one for one in kind.fields() if one.name not in read.values}
    _add_days(read, open_, paragraphs)
    if "case" in open_:
        _add_candidate(read, paragraphs)
    if "from_on" in open_:
        _add_run(read, paragraphs)
    if "names" in open_ and "planned_count" in {one.name for one in kind.fields()}:
        _add_planned(read, paragraphs)
    elif "planned_count" in open_:
        _add_times(read, paragraphs)
    _add_endings(read, open_, paragraphs)
    letters.add(read, {one.name for one in kind.fields()}, paragraphs)
    _add_parts(read, kind, paragraphs)


def _add_days(read: Read, open_: Mapping[str, Field], paragraphs: list[Paragraph]) -> None:
    """Days by the words around them; of what the committee decided also the day on which it met."""
    for name, pattern in _DAYS.items():
        ours = name in open_ and open_[name].label.startswith("支委会")
        if ours or (name in open_ and name != "approved_on"):
            _add_day(read, name, pattern, paragraphs)
        if ours and name not in read.values:
            _add_day(read, name, _MET, paragraphs)


def _add_parts(read: Read, kind: LedgerKind, paragraphs: list[Paragraph]) -> None:
    for part in kind.parts:
        if part.name == "candidates":
            _only_votes(read, part)
        if part.name == "candidates" and part.name not in read.values:
            _add_votes(read, part, paragraphs)
        elif part.name == "rows" and part.name not in read.values:
            shares.add(read, part, paragraphs)


def _add_endings(read: Read, open_: Mapping[str, Field], paragraphs: list[Paragraph]) -> None:
    for name in ("conclusion", "summary") if len(paragraphs) > 1 else ():
        if name in open_ and open_[name].kind in ("long", "text"):
            _add_ending(read, name, paragraphs)
    if "concluded_on" in open_:
        _add_day_below(read, "concluded_on", paragraphs)
    if "reported_on" in open_ and any(
        _REPORTS.search(one.text.strip()) for one in paragraphs[:_HEADS]
    ):
        _add_day_below(read, "reported_on", paragraphs)


_CONCLUDES = re.compile(r"^(?:经|综上|综合)[^。]{0,20}?(?:审查|考察|核对|核查|所述|政审)")
_PROPOSES = re.compile(
    r"拟(?:将|接收|确定|列为|同意|吸收|发展)|(?:予以|现予?|进行)公示|公示(?:期|时间)"
)
"""Who proposes something to be looked at has concluded nothing."""
_REPORTS = re.compile(r"(?:上报|报送|呈报).*的?(?:报告|请示)$")
_HEADS = 3
"""Above its title a letter has whose it is and its number."""
_TOLD = re.compile(r"[。；]\s*$")
_REPORT = re.compile(r"(?:总结|报告|情况说明)[）)]?$")


def _add_ending(read: Read, name: str, paragraphs: list[Paragraph]) -> None:
    """The conclusion of a text is the paragraph that says so; the summary of a report is what it
    tells in sentences.
    """
    if name == "summary" and _REPORT.search(paragraphs[0].text.strip()):
        told = [
            one
            for one in paragraphs[1:]
            if _TOLD.search(one.text) and ":" not in folded(one.text)[:12]
        ]
    elif name == "conclusion":
        every = [one for one in paragraphs[1:] if _CONCLUDES.match(one.text.strip())]
        told = [one for one in every if not _PROPOSES.search(one.text)][:1]
    else:
        return
    for one in told:
        read.add(name, one.text, one.where)
    used = {one.text.strip() for one in told}
    read.left = [text for text in read.left if text.strip() not in used]


def _add_day_below(read: Read, name: str, paragraphs: list[Paragraph]) -> None:
    """The day below the text, where it stands alone."""
    for block in paragraphs[-2:]:
        if re.fullmatch(_DAY, folded(written.in_digits(block.text))):
            read.add(name, block.text, block.where)
            read.left = [text for text in read.left if text.strip() != block.text.strip()]


def _add_day(read: Read, name: str, pattern: re.Pattern[str], paragraphs: list[Paragraph]) -> None:
    for block in paragraphs:
        text = _in_full(folded(written.in_digits(block.text)))
        runs = [run.span() for run in _FROM_TO.finditer(text)] if name not in _OF_A_RUN else []
        at = 0
        while found := pattern.search(text, at):
            group = next(n for n, said in enumerate(found.groups(), 1) if said)
            if not any(start <= found.start(group) < end for start, end in runs):
                read.add(name, found[group], block.where)
                return
            at = found.end(group)


_FROM_TO = re.compile(rf"{_DAY}起?{written.DASH}{_ANY_DAY}")
"""Days between which something went on: neither is the one day on which it was done."""
_OF_A_RUN = {"published_on"}
"""What is made public from the first of the days on."""


def _add_candidate(read: Read, paragraphs: list[Paragraph]) -> None:
    named = [
        (next(filter(None, found.groups())), one.where)
        for one in paragraphs
        for found in [
            _CANDIDATE.search(one.text) or _ABOUT.search(one.text) or _HIMSELF.search(one.text)
        ]
        if found
    ]
    if named and len({name for name, _ in named}) == 1:
        read.add("case", *named[0])


_RUN = re.compile(
    rf"(?:公示|公开)(?:时间|日期|期限|期)?[^，,。；;\d]{{0,6}}(?:\d{{1,2}}个?(?:工作)?[日天])?[，,(（]?(?:即|为|是|自|从|"
    rf"于)?({_DAY}起?{written.DASH}(?:(?:19|20)\d{{2}}年)?(?:\d{{1,2}}月)?\d{{1,2}}日)止?"
)


def _add_run(read: Read, paragraphs: list[Paragraph]) -> None:
    """`公示时间为5月3日至5月9日` in a sentence, with its year."""
    for block in paragraphs:
        if found := _RUN.search(folded(written.in_digits(block.text))):
            read.add("from_on", found[1].replace("起", ""), block.where)
            return


_PLANNED = re.compile(
    rf"发展(?:新)?党员(\d{{1,2}}|[一二两三四五六七八九十])[名人](?:[，,]?(?:分别)?(?:是|为)|[:：(（])?([{HAN}、和]{{2,40}})?"
)
_WANTED = re.compile(
    r"(?<![上去]年)(?:计划|拟|预计)(?:发展|吸收|接收)(\d{1,2}|[一二两三四五六七八九十])[名人](?:同志(?:为|入党))?(?:新|预备|中共)"
    r"*(?:党员)?()(?=[，,。；;:：(（]|$)"
)
"""`计划发展2名党员`: how many before what."""


def _add_planned(read: Read, paragraphs: list[Paragraph]) -> None:
    """How many members a plan wants, and whom."""
    for block in paragraphs:
        text = folded(block.text)
        found = _PLANNED.search(text) or _WANTED.search(text)
        if found is None:
            continue
        names = [one for one in re.split("[、和]", found[2] or "") if one]
        number = chinese_number(found[1].replace("两", "二"))
        count = found[1] if number is None else str(number)
        names = names or _planned_names(paragraphs, count)
        if "planned_count" not in read.values:
            read.add("planned_count", count, block.where)
        if names and all(map(looks_like_person, names)):
            read.add("names", "、".join(names), block.where)
        return


_MEANT = re.compile(
    rf"(?:拟|计划)?(?:发展对象|发展人选|培养对象|发展名单|人选)(?:分别)?(?:为|是|有|[:：])([{HAN}、和]{{2,40}})"
)
_LISTED = re.compile(
    rf"(?:^|[，,。；;])(?:具体|拟|计划|发展|党员|对象|人员|人选)*名单(?:如下|为|是)*[:：]?([{HAN}、和]{{2,40}})"
)
_BARE = re.compile(
    rf"(?:发展对象|发展人选)([{HAN}]{{2,4}}(?:[、和][{HAN}]{{2,4}})+)(?=[，,。；;]|$)"
)
"""Lists that are nothing else's than the plan's where they have as many names as it
wants members.
"""
_BELOW = re.compile(
    r"(?:^|[，,。；;])(?:具体|拟|计划|发展|党员|对象|人员|人选)*名单(?:如下|为|是)*[:：]$"
)
_NAME = re.compile(rf"[{HAN}]{{2,3}}|[{HAN}]+·[{HAN}]+")
"""A name in a line of its own; 特此报告 is none."""


def _planned_names(paragraphs: list[Paragraph], count: str) -> list[str]:
    """Whom a plan means, where it says so in a clause of its own, or in the lines below one."""
    for shape in (_MEANT, _LISTED, _BARE):
        for block in paragraphs:
            if found := shape.search(folded(block.text)):
                names = [one.removesuffix("同志") for one in re.split("[、和]", found[1]) if one]
                if shape is _MEANT or str(len(names)) == count:
                    return names
    heads = [at for at, one in enumerate(paragraphs) if _BELOW.search(folded(one.text))]
    below = paragraphs[heads[0] + 1 :] if len(heads) == 1 else []
    alone = [re.sub(r"^\d{1,2}[.、．]|[，,。；;]$", "", folded(one.text)) for one in below]
    names = list(itertools.takewhile(_NAME.fullmatch, alone))
    return names if str(len(names)) == count else []


_TIMES = re.compile(
    r"(?:计划|预计|安排|组织|开展)[^，,。；;\d]{0,16}?(?:不少于|共|至少)?(\d{1,3}|[一二三四五六七八九十]{1,3})次"
)


def _add_times(read: Read, paragraphs: list[Paragraph]) -> None:
    """How often a plan wants something done, where one sentence says so."""
    told = [(found[1], one) for one in paragraphs if (found := _TIMES.search(folded(one.text)))]
    if len(told) == 1:
        number = chinese_number(told[0][0])
        read.add("planned_count", told[0][0] if number is None else str(number), told[0][1].where)


_GOT = re.compile(rf"(?:^|[，,。；;、：:\s])([{HAN}]{{2,4}}?)(?:同志)?得?(?:赞成票)?(\d{{1,4}})票")
_ELECTED = re.compile(
    rf"((?:[{HAN}]{{2,4}}[、和])*[{HAN}]{{2,4}}?)(?:等)?(?:[\d一二三四五六七八九两][名位]?)?(?:同志)?(?:全票)?当选"
)


def _only_votes(read: Read, part: Part) -> None:
    """What a label says in sentences, as lines of candidates; a line that is none is left."""
    told = read.values.get(part.name, "").splitlines()
    rest = [line for line in told if not lines.bracketed(line)[1]]
    if not rest or not any(_TOLD.search(line) for line in rest):
        return
    where = read.sources.get(part.name, "")
    read.values[part.name] = "\n".join(line for line in told if line not in rest)
    if not read.values[part.name]:
        del read.values[part.name]
        read.sources.pop(part.name, None)
        _add_votes(read, part, [Paragraph("\n".join(rest), where)])
    read.left += rest


def _add_votes(read: Read, part: Part, paragraphs: list[Paragraph]) -> None:
    """`甲得19票、乙得18票。甲当选`: a line for each candidate."""
    for block in paragraphs:
        text = folded(block.text)
        got = [
            (name, n)
            for name, n in _GOT.findall(text)
            if looks_like_person(name) and "票" not in name
        ]
        if not got:
            continue
        won = {name for found in _ELECTED.findall(text) for name in re.split("[、和]", found)}
        rows = [
            part.sheet.write(name, {"赞成": n} | ({"结果": "当选"} if name in won else {}))
            for name, n in got
        ]
        read.add("candidates", "\n".join(rows), block.where)
        return
