"""Requirements that are listed without a table.

In an annex 一、 is the category, 1. an item, （1） what it must hold; where no 1. stands, the lowest
marks are the items. In the letter the points below 检查内容 are items.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from taizhang.documents.blocks import Paragraph, Source
from taizhang.documents.plain import ANNEX
from taizhang.notices.letter.parts import Letter, Section
from taizhang.notices.model import Item, Notice
from taizhang.notices.values import half_width
from taizhang.notices.words import persons, subjects

_LISTED = re.compile(
    r"清单|目录|台账|要求|细则|标准|要点|内容|(?:检查|督查|考核|评分|自查|验收|评估)[^，。]{0,4}表"
)
_NUMBER = r"[一二三四五六七八九十]{1,3}"
_CATEGORY = re.compile(rf"^\s*(?:{_NUMBER}\s*[、.．]|第{_NUMBER}(?:部分|章|类|盒))\s*(.+)$")
_PART = re.compile(rf"^\s*[（(]{_NUMBER}[）)]\s*(.+)$")
_ITEM = re.compile(
    rf"^\s*(?:\d{{1,3}}\s*[.．、](?!\d)|\d{{1,2}}\s+(?=[\u4e00-\u9fff“])(?![年月日个次分人])|"
    rf"[A-Z]\d{{1,2}}\s*[.．、]?(?!\d)"
    rf"|第(?:{_NUMBER}|\d{{1,3}})[条项][：:、]?|[\u2610-\u2612□■▢●○◆◇▪•·★☆√✓✔◎➢⬜]|"
    rf"[-－—*](?=\s*[\u4e00-\u9fff“])|{_NUMBER}是)\s*(.+)$"
)
_DECIMAL = re.compile(r"^\s*[A-Z]?\d{1,2}(?:[.．-]\d{1,2})+\s*[.．、]?\s*([^\d\s].*)$")
_MORE = re.compile(r"^\s*(?:[（(]\d{1,2}[）)]|[①②③④⑤⑥⑦⑧⑨⑩]|\d{1,2}[)）])\s*(.+)$")
_MARKS = (_CATEGORY, _PART, _ITEM, _DECIMAL, _MORE)
_OF_ITEMS = _MARKS.index(_ITEM)
"""The place among the marks of those that items usually have."""
_CONTENTS = re.compile(
    r"(?<!会议)(?<!培训)(?<!学习)(?<!汇报)(?<!述职)(?:内容|重点|项目|(?<!有关)(?<!注意)(?<!其他)(?<!其它)(?<!相关)(?<!未尽)事项)$"
)
_OTHER = re.compile(
    r"时间|安排|步骤|方式|方法|要求|纪律|组织领导|分组|人员|意义|目的|对象|范围|结果|分工|小组|日程|程序|流程|组成|构成|(?:组织|强化|加强|工作)保障|"
    r"联系(?:人|方式|电话)|报送|(?:有关|注意|其[他它]|相关|未尽)事[项宜]"
)
"""Headings of sections that say how an inspection goes on, and not what it looks at."""
_NUMBERED = re.compile(
    rf"(?=(?<!\d)\d{{1,2}}\s*[.．、]\s*[\u4e00-\u9fff“])|(?=[①②③④⑤⑥⑦⑧⑨⑩]|[（(]\d{{1,2}}[）)])|"
    rf"(?<=[。；：:])(?={_NUMBER}是)"
)
_RUN = 3
"""So many lines make a list of their own."""
_SIGNED = re.compile(
    r"^\s*[（(]?(?:\d{4}|[〇○零一二三四五六七八九]{4})(?:\s*年\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
    r"\s*月(?:\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*日)?(?:印发?|制定?)?|[./-]\d{1,2}(?:[./-]\d{1,2})?)"
    r"[）)]?\s*$"
)
_OFFICE = re.compile(
    r"[^，。；：:、\d]{2,30}(?:党委|党组|党工委|党总支|支部|委员会|组织部|宣传部|办公室|部|局|室|校|院|公司)\s*"
)
_BELOW_DAY = 3
"""So many lines at most are left from the month in which a paper was signed."""
_ON_ITSELF = re.compile(
    r"^\s*(?:本|此|以上)(?:清单|目录|细则|标准|办法|规范|规定|制度|要点|表)[^；]{0,20}(?:解释|施行|执行|试行|实施|为准)。?\s*$"
)
"""`本细则由某部门负责解释`: of the paper itself, and nothing that is asked."""
_LONGEST_TITLE = 24
_HEADING = 14
_SCORE = re.compile(r"[（(](\d+(?:\.\d+)?)分[）)]\s*$")


def items(read: Source, notice: Notice) -> list[Item]:
    """The items of every annex that is a list and no table."""
    found: list[Item] = []
    for lines in _annexes(read):
        titles = [line.text for line in lines[:2]]
        below = [line.text for line in lines[1:]]
        marked = any((_level(line) or 0) >= _OF_ITEMS for line in below)
        if (any(_LISTED.search(title) for title in titles) and marked) or subjects.mostly(below):
            _read(_below_title(lines), found)
            message = "附件不是表格，按标题层次识别为台账清单，请核对。"
            notice.warn("outline", message, lines[0].where)
    return found


def whole(read: Source, letter: Letter, notice: Notice) -> list[Item]:
    """The items of a file that is nothing but a list: it is addressed to nobody, and its lines
    speak of our work.
    """
    lines = read.paragraphs()
    if (
        read.tables()
        or notice.addressees
        or not lines
        or (letter.sections and "通知" in lines[0].text)
    ):
        return []
    if not subjects.mostly(line.text for line in lines[1:]):
        return []
    found: list[Item] = []
    _read(_below_title(lines), found)
    notice.warn("outline", "文件不是表格，按标题层次识别为台账清单，请核对。", lines[0].where)
    return found


def titled(read: Source, letter: Letter, notice: Notice) -> list[Item]:
    """The same where the first line names a list: its parts are no sections of a letter, whatever
    they are called.
    """
    first = read.paragraphs()[:1]
    is_list = bool(first) and "通知" not in first[0].text and names_a_list(first[0].text)
    found = whole(read, letter, notice) if is_list else []
    if found and not notice.title:
        notice.title = first[0].text.strip()
        notice.warnings = [one for one in notice.warnings if one.code != "no_title"]
    return found


def run(read: Source, notice: Notice) -> list[Item]:
    """The lines below `督导内容：` that end with ； one after another, without any mark."""
    lines = read.paragraphs()
    for at, line in enumerate(lines):
        if not line.text.endswith(("：", ":")):
            continue
        below = list(takewhile(lambda one: one.text.endswith(("；", ";")), lines[at + 1 :]))
        below = lines[at + 1 : at + 2 + len(below)]
        if len(below) >= _RUN and subjects.mostly(one.text for one in below):
            notice.warn("outline", f"“{line.text}”下面的各行识别为检查要求，请核对。", line.where)
            return [_item(no, one.text.strip("；;。")) for no, one in enumerate(below, 1)]
    return []


def _below_title(lines: list[Paragraph]) -> list[Paragraph]:
    """Without what stands above the first mark, or the title alone; and without who signs it, and
    when.
    """
    marked = [at for at, line in enumerate(lines) if _level(line.text) is not None]
    unsigned = _unsigned(lines)
    return unsigned[marked[0] :] if marked else unsigned[1:]


def _unsigned(lines: list[Paragraph]) -> list[Paragraph]:
    """Up to who signs it, and when; a day right below the title is that of the title, a month
    further above heads a part.
    """
    days = [at for at, line in enumerate(lines) if at and _SIGNED.match(line.text)]
    under_title, last = days[:1] == [1], len(lines) - _BELOW_DAY
    ends = [at for at in days if at > 1 and (at >= last or "日" in lines[at].text)]
    left = lines[: ends[0]] if ends else lines
    left = [*left[:1], *left[2:]] if under_title else left
    while len(left) > 1 and _closes(left[-1].text, dated=bool(ends)):
        left = left[:-1]
    return left


def _closes(text: str, *, dated: bool) -> bool:
    """Whether a last line signs the paper or speaks of the paper itself."""
    if _level(text) is not None:
        return False
    signs = _OFFICE.fullmatch(text) or persons.like_person(text.strip())
    return bool((dated and signs and not subjects.speaks(text)) or _ON_ITSELF.match(text))


def names_a_list(title: str) -> bool:
    """Whether a title announces what is asked: 检查要点清单, 考核细则 …"""
    return bool(_LISTED.search(title))


def points(read: Source, letter: Letter, notice: Notice) -> list[Item]:
    """The numbered points of the letter's own section on what is inspected; none where it is one
    sentence.
    """
    found: list[Item] = []
    lines = {line.where: line for line in read.paragraphs()}
    named = [section for section in letter.sections if _CONTENTS.search(section.heading)]
    for section in named or _of_our_work(letter, lines):
        before = len(found)
        _read_points(list(_lines(section, lines)), found, "" if named else section.heading)
        if len(found) > before:
            message = f"“{section.heading}”的各点识别为检查要求，请核对。"
            notice.warn("outline", message, section.where)
    return found


def _of_our_work(letter: Letter, lines: dict[str, Paragraph]) -> list[Section]:
    """Where no heading says that it is what is inspected: those whose points speak of the work of a
    branch.
    """
    those = [one for one in letter.sections if _may_be_asked(one)]
    told = [line for section in those for line in _lines(section, lines) if _level(line)]
    if subjects.mostly(told):
        return those
    demands = [section for section in letter.sections if section.heading.endswith("要求")]
    return [section for section in demands if subjects.mostly(_lines(section, lines))]


def _may_be_asked(section: Section) -> bool:
    """Whether a section is not on how an inspection goes on: points in its heading (`工作保障（10分）`)
    say so too.
    """
    return bool(_SCORE.search(half_width(section.heading)) or not _OTHER.search(section.heading))


def _lines(section: Section, lines: dict[str, Paragraph]) -> Iterator[str]:
    """The section's lines as they were written; several points in one line are several."""
    for text, where in section.lines:
        whole = text if where == section.where else lines[where].text
        pieces = [one.strip() for one in _NUMBERED.split(whole) if one.strip()]
        yield from pieces if len(pieces) > 1 else [whole]


def _read_points(lines: list[str], found: list[Item], above: str = "") -> None:
    """（一） is an item, or the category of the 1. below it."""
    category: str | None = above or None
    current: Item | None = None
    deepest = not any(mark.match(line) for mark in (_PART, _ITEM, _DECIMAL) for line in lines)
    for at, line in enumerate(lines):
        part, item = _PART.match(line), _ITEM.match(line) or _DECIMAL.match(line)
        item = item or (_MORE.match(line) if deepest else None)
        if part and at + 1 < len(lines) and _ITEM.match(lines[at + 1]):
            category, _, more = (half.strip() for half in _parted(part[1]))
            current = None
            if more:
                found.append(_point(len(found) + 1, part[1], category))
        elif numbered := part or item:
            category = above or None if part else category
            current = _point(len(found) + 1, numbered[1], category)
            found.append(current)
        elif current:
            below = _MORE.match(line)
            current.requirement = f"{current.requirement}\n{below[1] if below else line}".strip()


def _parted(text: str) -> tuple[str, str, str]:
    """What a point is called, and what it asks."""
    mark = re.search(r"[：:。，,；;]", text)
    return (text[: mark.start()], mark[0], text[mark.end() :]) if mark else (text, "", "")


def _point(number: int, text: str, category: str | None) -> Item:
    title, mark, asked = _parted(text.strip())
    named = mark in ("：", ":", "。") and bool(asked.strip())
    return Item(
        no=number,
        category=category,
        subcategory=None,
        title=title.strip() if len(title) <= _LONGEST_TITLE else text.strip()[:_LONGEST_TITLE],
        requirement=asked.strip() if named else text.strip(),
        score=None,
    )


def _annexes(read: Source) -> list[list[Paragraph]]:
    """The lines of each annex's own pages, without those that hold a table."""
    found: list[list[Paragraph]] = []
    inside = False
    for block in read.blocks:
        if isinstance(block, Paragraph) and ANNEX.match(block.text):
            inside = True
            found.append([])
        elif inside and isinstance(block, Paragraph):
            found[-1].append(block)
        elif inside and found:
            found.pop()
            inside = False
    return [lines for lines in found if lines]


def _level(text: str) -> int | None:
    return next((at for at, mark in enumerate(_MARKS) if mark.match(text)), None)


def _read(lines: list[Paragraph], found: list[Item]) -> None:
    """What has a deeper mark below it is a heading; what is deeper than the marks of items belongs
    to the item above.
    """
    levels = [_level(line.text) for line in lines]
    known = {level for level in levels if level is not None}
    lowest = _lowest(known, lines)
    marked = False
    above: dict[int, str] = {}
    current: Item | None = None
    for at, (line, level) in enumerate(zip(lines, levels, strict=True)):
        said = _said(line.text, level)
        if level is not None and level < lowest and _heads(said, levels[at + 1 : at + 2], level):
            above = {upper: name for upper, name in above.items() if upper < level}
            above[level], current = _name(said), None
        elif current and (
            known and _goes_on(current, marked=marked) if level is None else level > lowest
        ):
            current.requirement = f"{current.requirement}\n{said}".strip()
        else:
            current, marked = _item(len(found) + 1, said), level is not None
            held = [above[upper] for upper in sorted(above) if level is None or upper < level]
            current.category = held[0] if held else None
            current.subcategory = held[1] if len(held) > 1 else None
            found.append(current)


def _goes_on(item: Item, *, marked: bool) -> bool:
    """Whether a line without a mark says more of an item: of a marked one, or of one that it was
    said of before.
    """
    return marked or bool(item.requirement)


def _lowest(known: set[int], lines: list[Paragraph]) -> int:
    """The marks of the items: 1.1, else 1., unless （1） below it names and asks; else the deepest
    that there are.
    """
    decimal = _MARKS.index(_DECIMAL)
    if decimal in known or _OF_ITEMS not in known:
        return decimal if decimal in known else max(known, default=-1)
    items, parts = (
        [line.text for line in lines if mark.match(line.text)] for mark in (_ITEM, _MORE)
    )
    asking = sum(bool(re.search("[：:]", part)) for part in parts) * 2 > len(parts)
    heads = not any(re.search("[：:。，；]", item) for item in items)
    return _MARKS.index(_MORE) if asking and heads else _OF_ITEMS


def _said(text: str, level: int | None) -> str:
    found = None if level is None else _MARKS[level].match(text)
    return found[1].strip() if found else text.strip()


def _heads(said: str, below: list[int | None], level: int) -> bool:
    """Whether a line of an upper mark heads what comes after it, and is no item itself."""
    if not below or (below[0] is not None and below[0] <= level):
        return False
    return below[0] is not None or (len(said) <= _HEADING and not re.search(r"[：:。；，]", said))


def _name(text: str) -> str:
    return re.sub(r"[：:。]$", "", text.strip())


def _item(number: int, text: str) -> Item:
    """`党员大会台账：每季度召开一次……（5分）`"""
    score = _SCORE.search(half_width(text))
    said = text[: score.start()] if score else text
    mark = re.search(r"[：:]", said) or re.search("。(?=.)", said)
    title, asked = (text[: mark.start()], text[mark.end() :]) if mark else (said, "")
    return Item(
        no=number,
        category=None,
        subcategory=None,
        title=title.strip().rstrip("；;。"),
        requirement=asked.strip(),
        score=float(score[1]) if score else None,
    )
