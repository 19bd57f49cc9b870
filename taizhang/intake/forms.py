"""A form of labels and what stands beside them, read into the fields of a ledger, each with its
place.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field, replace

from taizhang.documents.blocks import Block, Paragraph, Table
from taizhang.intake.reading import choices, labels, layout
from taizhang.intake.reading.pieces import is_heading, plain
from taizhang.intake.records import parts
from taizhang.kernel.text import HAN, folded
from taizhang.ledgers.fields import NO_NAMES, Field, parse
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.part import Part
from taizhang.ledgers.written import lines

_UNKNOWN = re.compile(r"\s*[\u4e00-\u9fff]{3,6}\s*[：:]")
"""A label that the ledger does not ask for; names of people are shorter."""
_COUNTED = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[)）])"
)
"""How a heading within a text begins."""
_LISTED = re.compile(
    r"\s*(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:[-—–~～至、](?:\d{1,2}|[一二三四五六七八九十]{1,3}))?月|"
    r"第?[一二三四1-4]季度|\d{1,2}[.、．])"
)
"""How a line of a plan begins, which goes on with what stands above it."""
_SIGNED = re.compile(r".*(?:签名|签字|签章|盖章|公章)")
_MADE_BY = re.compile(
    rf"\s*(?:经办|填表|填报|制表|审核|审批|登记|记录|负责|联系|监督|公示|整理|报送|签发|校对|承办)(?:人|单位|部门|时间|日期)?"
    rf"(?:签[名字])?\s*[：:]\s*[{HAN}\d〇年月日.·/-]{{0,20}}\s*$"
)
"""Below a form stands who made it and when; that belongs to none of its texts."""
_HALF = re.compile(r"(?:(?:19|20)\d{2}年度?)?[上下]半年")
_BLANK_DAY = re.compile(r"[年月日_＿\s:：]*")
_CLOCK = r"(?:[上下中]午)?\s*\d{1,2}(?:[:：]\d{2}|[点时](?:\d{1,2}分?|半)?)"
_HOURS = re.compile(rf"\s*{_CLOCK}(?:\s*[-—–~～至到]+\s*{_CLOCK})?\s*")


@dataclass
class Read:
    """What a document says: values as they stand there, their places, and what nobody asked for."""

    values: dict[str, str] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)
    """Under which label each value stands, of a form."""
    last: str = ""
    """The field that a form asked for last."""

    def add(self, name: str, text: str, where: str) -> None:
        """A value, or one more line of it."""
        if text := text.strip():
            before = self.values.get(name)
            self.values[name] = f"{before}\n{text}" if before else text
            self.sources.setdefault(name, where)


@dataclass(frozen=True)
class _Asked:
    """What a form may say: label → name, names whose text goes on below, of people, and labels of
    parts.
    """

    names: dict[str, str]
    exact: set[str]
    long: set[str]
    people: set[str]
    roles: Mapping[str, str]
    steps: Mapping[str, tuple[str, str]]
    details: Mapping[str, tuple[Part, str]]
    """Label → the part of which it says more, and as what."""
    days: set[str]
    words: set[str]
    own: set[str]
    """The labels that the ledger itself gives its fields."""
    counted: Mapping[str, Field]
    """The fields that take a day, a choice or a number, of which a record has one."""


_COUNTS = ("date", "choice", "integer", "money")


def _asked(blocks: list[Block], kind: LedgerKind) -> _Asked:
    values = {plain(label) for one in kind.fields() for _, label in one.choices}
    exact = labels.exact(kind.slug)
    long = {one.name for one in kind.fields() if one.kind == "long"}
    heads = set(filter(None, map(_heading, blocks))) - exact.keys()  # of a text only as it is known
    every = labels.names(kind, possible(blocks)).items()
    names = {k: v for k, v in every if k not in values and not (k in heads and v in long)}
    roles, steps = parts.roles(kind), parts.steps(kind, possible(blocks))
    others = {plain(label) for label in kind.not_taken} - names.keys()
    details = {one: to for one, to in parts.details(kind).items() if one not in names}
    return _Asked(
        names=names | dict.fromkeys([*roles, *steps, *others, *details], ""),
        exact=(exact.keys() - values) | others,
        long=long | {part.name for part in kind.parts},
        people={part.name for part in kind.parts},
        roles=roles,
        steps=steps,
        details=details,
        days={one.name for one in kind.fields() if one.kind == "date"},
        words={one.name for one in kind.fields() if one.kind == "text" and not one.names},
        own={plain(one.label) for one in kind.fields()},
        counted={one.name: one for one in kind.fields() if one.kind in _COUNTS},
    )


def read(blocks: list[Block], kind: LedgerKind) -> Read:
    """The fields of a form; what stands under no label of the ledger is left."""
    asked, found, current = _asked(blocks, kind), Read(), ""
    blocks = [
        one
        for block in blocks
        for one in (parts.parted(block, kind, asked.names) if isinstance(block, Table) else [block])
    ]
    rows = [
        one for block in blocks if isinstance(block, Table) for one in [_part(block, kind, found)]
    ]
    others: list[Block] = []
    for block in blocks:
        if not isinstance(block, Table):
            others.append(block)
        elif rows.pop(0):
            others += filter(None, [parts.above(block, kind), parts.below(block, kind)])
        elif not layout.is_bare_head(block):
            others.append(block)
    heads = {label for label in asked.exact if asked.names.get(label) in asked.long}
    others = _under_headings(others, asked)
    for label, text, where in _headed(_pairs(others, asked.names, asked.exact), heads):
        if label and _says_more(found, asked, label, text):
            current = ""
        elif label:
            current = _labelled(found, asked, label, text, where)
        else:
            current = _unlabelled(found, asked, current, text, where)
    return found


def _under_headings(blocks: list[Block], asked: _Asked) -> list[Block]:
    """`二、完成期限` and below it what it asks, as `完成期限：…`: of a text all that stands below is
    taken anyway, a number is looked for in the sentence, and of a name the first clause is it.
    """
    found: list[Block] = []
    for block in blocks:
        label = _heading(found[-1] if found else None)
        name = asked.names.get(label, "")
        text = block.text.strip() if isinstance(block, Paragraph) else ""
        if not isinstance(block, Paragraph) or not text or _COUNTED.match(text):
            found.append(block)
        elif name in asked.days or (name in asked.words and not _A_NAME.search(label)):
            found[-1] = replace(block, text=f"{label}：{text}")
        elif name in asked.words:
            first, _, rest = text.partition("，")
            found[-1] = replace(block, text=f"{label}：{first.rstrip('。；;')}")
            found += [replace(block, text=rest)] if rest else []
        else:
            found.append(block)
    return found


_A_NAME = re.compile(r"(?:人|单位|对象|地[点址]|名称|姓名|[编文]号|电话|题目?|主题)$")
"""What asks for a name, which the first clause says; all else is taken whole: of `经审查，……` or
`坚持每天自学，……` the first clause is half of it.
"""


def _heading(block: Block | None) -> str:
    """The bare text of a counted heading, `二、完成期限`; empty for all else."""
    if not isinstance(block, Paragraph) or not _COUNTED.match(block.text):
        return ""
    return plain(_COUNTED.sub("", block.text)) if is_heading(block.text) else ""


_WITHIN = re.compile(r"([^（(]{2,}?)[（(]([^：:（()）]{2,8})[：:]([^（()）]+)[)）]")
"""某社区（联系人：甲）: a second label in brackets."""


def _labelled(found: Read, asked: _Asked, label: str, text: str, where: str) -> str:
    """Keep what stands under a label; answers the field that the lines below go on with."""
    name = _of_the_paper(found, asked, label) or asked.names.get(label, "")
    found.last = name
    if _HALF.fullmatch(folded(text)) and "half" in asked.names.values():
        name = "half"  # 考察时间 │ 2017年上半年
    if label in asked.roles and text.strip():
        _go_on(found, asked.roles[label], parts.in_role(text, label), where)
    elif label in asked.steps and text.strip():
        part, head = asked.steps[label]
        found.add(part, parts.step(head, text), where)
    elif name and (name not in found.values or name in asked.long):
        within = _WITHIN.fullmatch(text.strip())
        other = asked.names.get(plain(within[2]), "") if within else ""
        if within and other and other not in found.values:
            found.add(other, within[3], where)
            text = within[1]
        found.said.setdefault(name, label)
        found.add(name, text, where)
        return name
    elif name in asked.days and "starts_at" in asked.names.values() and _HOURS.fullmatch(text):
        found.add("starts_at", text, where)  # 使用日期 │ 4月26日 │ 使用时间 │ 16:00—17:30
    elif name and label in asked.own and text.strip() and found.said.get(name) not in asked.own:
        _leave(found, found.said.get(name, ""), found.values.pop(name))
        found.sources.pop(name)
        found.said[name] = label
        found.add(name, text, where)  # 考察人 says who looked at him, and 培养联系人 did before
    else:
        _told_otherwise(found, asked, name, label, text, where)
    return ""


def _says_more(found: Read, asked: _Asked, label: str, text: str) -> bool:
    """Whether what stands below the one row of a part says more of it, and is kept with it: 办理情况
    below 意见建议.
    """
    part, key = asked.details.get(label, (None, ""))
    said = found.values.get(found.last, "")
    parted = re.search(r"[\n；;（）()]", said + text.strip())  # two rows, or what is known of one
    if part is None or found.last != part.name or not text.strip() or parted:
        return False
    found.values[part.name] = part.sheet.write(said, {key: text.strip()})
    return True


_TWO = "“{}”没有读入：表里“{}”和“{}”写的不同，请对照原文填写。"


def _told_otherwise(
    found: Read, asked: _Asked, name: str, label: str, text: str, where: str
) -> None:
    """Of two labels, none of them the ledger's own, that say two days or choices neither is it; one
    that says none gives way to the other.
    """
    first, said = found.said.get(name, ""), found.values.get(name, "")
    one = asked.counted.get(name)
    differ = first != label and folded(said) != folded(text)
    if one is None or not said or not differ or not {first, label}.isdisjoint(asked.own):
        _leave(found, label, text)
        return
    if _fits(one, text) and not _fits(one, said):
        _leave(found, first, said)
        found.values[name], found.sources[name], found.said[name] = text.strip(), where, label
    elif _fits(one, text):
        _leave(found, first, found.values.pop(name))
        del found.sources[name]
        asked.names[first] = asked.names[label] = ""
        found.warnings.append(_TWO.format(one.label, first, label))
        _leave(found, label, text)
    else:
        _leave(found, label, text)


def _fits(one: Field, text: str) -> bool:
    try:
        return bool(parse(one, text, NO_NAMES))
    except ValueError:
        return one.kind == "choice" and bool(choices.of(one, text))


def _of_the_paper(found: Read, asked: _Asked, label: str) -> str:
    """The field for the day of the paper whose number was asked before it: 请示日期 behind
    召开大会请示文号.
    """
    paper = re.fullmatch(r"(.+)_no", found.last)
    day = f"{paper[1]}_on" if paper else ""
    word = _DAY_OF.fullmatch(label)
    above = next((one for one, name in asked.names.items() if name == found.last), "")
    fits = word is not None and day in asked.days and day not in found.values
    return day if fits and word and (word[1] or "") in above else ""


_DAY_OF = re.compile(r"(请示|批复|报告|发文|行文)?(?:日期|时间)")


def _unlabelled(found: Read, asked: _Asked, current: str, text: str, where: str) -> str:
    """More of the text above, or something that is left."""
    if current in asked.people and _UNKNOWN.match(text):
        found.left.append(text.strip())
        return ""
    if _MADE_BY.match(text):
        found.left.append(text.strip())
        return ""
    ends = is_heading(text) and not _LISTED.match(text)
    if current in asked.long and not (ends and (_COUNTED.match(text) or found.values.get(current))):
        found.add(current, text, where)
        return current
    if text.strip() and not _BLANK_DAY.fullmatch(text):
        found.left.append(text.strip())
        return ""
    return current


def _headed(
    pairs: Iterator[tuple[str, str, str]], heads: Container[str]
) -> Iterator[tuple[str, str, str]]:
    """The same; a line of its own that is nothing but the label of a text is the heading of what
    stands below.

    The first line is the title of the whole.
    """
    for at, (label, text, where) in enumerate(pairs):
        headed = plain(_COUNTED.sub("", text)) if at and not label else ""
        if headed in heads and is_heading(text):
            yield headed, "", where
        else:
            yield label, text, where


def _part(table: Table, kind: LedgerKind, found: Read) -> bool:
    """Whether the table is the rows of a part, which are kept then."""
    rows = parts.of_table(table, kind)
    if rows is None or rows.keys() & found.values.keys():
        return False
    left, place = rows.pop(parts.LEFT, ("", ""))
    known = labels.exact(kind.slug)
    for line in left.splitlines():
        beside = line.partition("：")[2]
        for label, text in of_line(beside, known):
            if label and known[label] not in found.values:
                found.add(known[label], text, place)
            else:
                found.left.append(line)
    for name, (text, where) in rows.items():
        found.add(name, text, where)
    return True


def _go_on(found: Read, name: str, text: str, where: str) -> None:
    """More of a list of names."""
    before = found.values.get(name)
    found.values[name] = f"{before}、{text}" if before else text
    found.sources.setdefault(name, where)


def possible(blocks: list[Block]) -> Iterator[str]:
    """What may be a label: short cells, and what stands before a colon."""
    for block in blocks:
        if isinstance(block, Table):
            yield from (
                cell.text
                for row in block.rows
                for cell in row
                if len(cell.text) <= labels.LONGEST + 2
            )
        elif isinstance(block, Paragraph):
            yield from re.findall(r"([^\s　：:，,；;。]{2,10})\s*[：:]", block.text)
            if head := _heading(block):
                yield head


def _leave(found: Read, label: str, text: str) -> None:
    """What a label that is not asked for says; a place for a signature that nobody signed says
    nothing.
    """
    if text.strip() and not (_SIGNED.fullmatch(label) and _BLANK_DAY.fullmatch(text)):
        found.left.append(f"{label}：{text.strip()}")


def _pairs(
    blocks: list[Block], names: Mapping[str, str], exact: Container[str]
) -> Iterator[tuple[str, str, str]]:
    """(label, text, place); text under a label that stands above it has none of its own.

    Of the labels those that are `exact` are one wherever they stand: what is merely like one may be
    a value.
    """
    for block in blocks:
        if isinstance(block, Table) and layout.is_list(block, names):
            for row in block.rows:
                yield (
                    "",
                    "　".join(cell.text.strip() for cell in row if not cell.spans),
                    block.where,
                )
        elif isinstance(block, Table):
            for own in layout.upright(block, names):
                yield from _cells(
                    [(c.text.strip(), c.where or block.where) for c in own], names, exact
                )
        elif isinstance(block, Paragraph):
            signed = not lines.nobody_signed(block.text)
            for label, text in of_line(block.text, names) if signed else [("签名", "")]:
                yield label, text, block.where


def _cells(
    cells: list[tuple[str, str]], names: Mapping[str, str], exact: Container[str]
) -> Iterator[tuple[str, str, str]]:
    at = 0
    while at < len(cells):
        text, where = cells[at]
        label = plain(text)
        beside, place = cells[at + 1] if at + 1 < len(cells) else ("", where)
        if label in names or _SIGNED.fullmatch(label):
            if plain(beside) == "姓名" and at + 2 < len(cells):
                yield label, *cells[at + 2]
                at += 3
            elif plain(beside) in exact and len(cells) > 2:
                yield label, "", where
                at += 1
            else:
                every = lines.swallowed(label, beside, names)
                yield from ((own, said, place) for own, said in every)
                at += 2
        elif at + 1 < len(cells) and layout.like_a_label(text) and beside:
            yield label, beside, place
            at += 2
        else:
            for line in text.splitlines():
                for label, said in of_line(line, names):
                    yield label, said, where
            at += 1


_DRAWN_OUT = re.compile(rf"(?<![{HAN}])[{HAN}](?:[ 　]+[{HAN}]){{1,4}}(?=\s*[：:])")
"""谈 话 人：a label of single characters, drawn out to the breadth of the others."""


_OTHER_LABEL = re.compile(
    rf"(?P<said>[^：:，。；]{{1,20}}?)(?:\s{{2,}}|　+\s*)(?P<rest>[{HAN}]{{2,8}}\s*[：:].*)"
)
"""谈话人：甲　　职务：书记: a label that nobody asks for ends what stands before it, after a wide blank."""


def of_line(line: str, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The parts of a line under their labels: only a label that is known is one."""
    line = lines.spaced(lines.uncovered(line), names)
    line = _DRAWN_OUT.sub(lambda found: re.sub(r"[ 　]+", "", found[0]), line)
    headed = plain(_COUNTED.sub("", line))
    if _COUNTED.match(line) and headed in names and ":" not in folded(line):
        yield headed, ""
        return
    marks = [
        found
        for found in re.finditer(
            r"(?:^\s*(?:[一二三四五六七八九十]{1,2}[、.．]|\d{1,2}[.、．])?|(?<=[\s　，,；;。]))([^\s　：:，,；;。"
            r"]{1,14}?)\s*[：:]",
            line,
        )
        if plain(found[1]) in names or _SIGNED.fullmatch(plain(found[1]))
    ]
    if not marks:
        yield "", line
        return
    if line[: marks[0].start()].strip():
        yield "", line[: marks[0].start()]
    ends = [*(mark.start() for mark in marks[1:]), len(line)]
    for mark, end in zip(marks, ends, strict=True):
        text = line[mark.end() : end].strip(" \t　，,；;")
        other = _OTHER_LABEL.fullmatch(text)
        yield plain(mark[1]), other["said"] if other else text
        if other:
            yield "", other["rest"]
