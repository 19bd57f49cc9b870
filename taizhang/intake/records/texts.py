"""A document without labels, or with few: its title, its text, who signed it, and the days that its
sentences name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from taizhang.documents.blocks import Paragraph
from taizhang.intake.forms import Read
from taizhang.intake.reading.pieces import Piece
from taizhang.intake.records import prose
from taizhang.intake.records.figures import (
    NEAR_END,
    NEAR_TOP,
    SEVERAL,
    add_counts,
    add_days,
    add_note,
    add_number,
    keep,
)
from taizhang.intake.records.rows import shares
from taizhang.intake.records.sentences import (
    headings,
    lectures,
    papers,
    plain_sentences,
    points,
    published,
    reports,
    rest,
    stated,
    when_and_where,
)
from taizhang.intake.records.sentences.chosen import ballots, elections
from taizhang.kernel.text import HAN, bare, folded, looks_like_person
from taizhang.kernel.writing import written
from taizhang.ledgers.fields import Field
from taizhang.ledgers.kind import LedgerKind, PaperForm
from taizhang.ledgers.minutes import speakers
from taizhang.ledgers.sheets import titles
from taizhang.notices.words import persons

_FEW = 2
"""A text in which more fields were found has labels, and is no body without them."""
_DATED = re.compile(r"^(?:日期|制定日期|汇报日期|笔记日期|总结日期|考察日期)$")
"""The day below a text is the day that it was written, and no day on which something was adopted or
came into force.
"""
_BODY = re.compile(r".*(?:正文|全文|内容|主要内容|材料|安排)$")
_TITLES = ("title", "name", "topic", "theme")
EVENTS = ("held_on", "used_on", "pushed_on")
"""Days on which something was held, whenever it was written down: the day below says only that."""
_WRITER = re.compile(
    r"(?:[^\s　：:]*(?:支部|学校|小学|中学|幼儿园|小组|党员)[\s　]+)?(?:(?:汇报人|作者|姓名|撰写人|党员)[：:\s　]*)"
    rf"?([{HAN}]{{2,4}})"
)

_OF_SOME_UNIT = re.compile(rf"[{HAN}]{{3,20}}[\s　]+([{HAN}]{{2,4}})")
"""某某卫生院　甲: whatever the unit is called, where a surname says that a name stands behind it."""


def add(read: Read, piece: Piece, kind: LedgerKind) -> None:
    """Fill what no label said."""
    paragraphs = [block for block in piece.paragraphs() if _says_something(block.text)]
    if kind.form is PaperForm.MINUTES:
        _add_meeting(read, kind, piece, paragraphs)
        return
    add_counts(read, kind, paragraphs)
    if "talked_to" in {one.name for one in kind.fields()} - read.values.keys():
        _add_talkers(read, paragraphs)
    _add_text(read, piece, kind, paragraphs)
    fields = {one.name: one for one in kind.fields()}
    add_days(read, paragraphs, fields)
    headings.add(read, piece, fields, paragraphs)
    plain_sentences.add(read, kind, [*piece.headings[:1], *paragraphs])
    add_note(read, fields, paragraphs)
    stated.add(read, kind, paragraphs)
    asked = fields.keys() | {part.name for part in kind.parts}
    reports.add(read, asked, paragraphs)
    elections.add(read, asked, paragraphs)
    papers.add(read, asked, [*paragraphs, *rest.cells(read, piece)])
    for part in kind.parts:
        if part.sheet.total and part.name not in read.values:
            shares.add_sums(read, part, paragraphs)
    add_number(read, fields, paragraphs)
    _add_lines(read, kind, paragraphs)
    if "effective_from" not in fields:
        prose.add(read, kind, paragraphs, [*piece.imprint, *published.foot(paragraphs)])
    elections.add_same_day(read, asked, paragraphs)
    _add_year(read, fields, [*piece.imprint, *published.foot(paragraphs)])
    _add_main(read, fields, paragraphs)
    rest.leave(read, paragraphs)


_OF_FOOT = ("published_on", "first_committee_on")
"""Days shortly before that of the paper, whose year a sentence need not say."""


def _add_year(read: Read, fields: Mapping[str, Field], foot: list[Paragraph]) -> None:
    """The year of a day that a sentence tells without it, from the day of the paper."""
    for name in read.values.keys() & set(_OF_FOOT) & fields.keys():
        if found := published.day(read.values[name], foot):
            read.values[name] = found[0].isoformat()
            read.warnings.append(f"“{fields[name].label}”的年份取自“{found[1]}”，请核对。")


def _add_meeting(read: Read, kind: LedgerKind, piece: Piece, paragraphs: list[Paragraph]) -> None:
    lectures.add(read, piece)
    headings.add_ordinal(read, piece)
    when_and_where.add(read, paragraphs)
    points.add(read, paragraphs)
    prose.add(read, kind, paragraphs, [*piece.imprint, *published.foot(paragraphs)])
    every = [*piece.headings, *paragraphs]
    heads = [one for one in every if not titles.WHOSE.fullmatch(one.text.strip())]
    if "kind" not in read.values and not any(_MINUTES.search(one.text) for one in piece.headings):
        told = next(
            ((said, one.where) for one in paragraphs[:_TOP] if (said := prose.held(one.text))), None
        )
        if told:
            read.add("kind", *told)
            _add_report(read, [one for one in paragraphs if one not in piece.headings])
    book = [Paragraph(piece.book, piece.book_where)] if piece.book else []
    for name, find in (("kind", prose.sort_of), ("group", prose.group_of)):
        if name not in read.values:
            tops = [*heads[:_TOP], *book]
            found = next(((said, one.where) for one in tops if (said := find(one.text))), None)
            if found:
                read.add(name, *found)
    _add_record(read, paragraphs)
    ballots.add(read, kind, paragraphs)


def _add_report(read: Read, body: list[Paragraph]) -> None:
    """What a report tells, as it stands: nothing else says what happened there."""
    if {"discussion", "content", "speeches"} & read.values.keys() or not body:
        return
    lead = folded(body[0].text)
    told = body[0].where in read.sources.values()
    if told and len(body) > 1 and not any(folded(text) in lead for text in read.left):
        body = body[1:]  # fields say all of the first sentences
    whole = "\n".join(one.text.strip() for one in body)
    read.add("discussion", whole, body[0].where)
    read.left = [text for text in read.left if folded(text) not in folded(whole)]
    _part_speeches(read)


_TOP = 4
_MINUTES = re.compile(r"记录|纪要|签到")


def _add_record(read: Read, paragraphs: list[Paragraph]) -> None:
    """What stands below the heads of minutes under no label is what was discussed."""
    _topic_is_no_record(read)
    if {"discussion", "content", "speeches"} & read.values.keys() or "held_on" not in read.values:
        return
    left = {text.strip() for text in read.left}
    heads = {"place", "host_name", "recorder_name", "resolutions", "held_on"} & read.sources.keys()
    taken = {read.sources[name] for name in heads}
    said = [one for one in paragraphs if one.text.strip() in left]
    body = [one for one in said if one.where not in taken]
    first = next((at for at, one in enumerate(body) if _SENTENCE.search(one.text)), None)
    headed = [at for at, one in enumerate(body) if _HEADED.match(one.text)]
    if first is None and len(headed) > 1:
        first = headed[0]  # nothing but the heads of what was told
    if first is None:
        return
    while first and _HEADED.match(body[first - 1].text):
        first -= 1
    read.add("discussion", "\n".join(one.text.strip() for one in body[first:]), body[first].where)
    used = {one.text.strip() for one in body[first:]}
    read.left = [text for text in read.left if text.strip() not in used]
    _part_speeches(read)


def _topic_is_no_record(read: Read) -> None:
    """`会议内容：讨论甲转正问题` above what was said to it is the agenda."""
    said = read.values.get("discussion", "")
    told = any(_SENTENCE.search(text) for text in read.left)
    short_ = "\n" not in said and 0 < len(said) <= _TOPIC and not _SENTENCE.search(said)
    if short_ and told and "agenda" not in read.values:
        read.values["agenda"] = read.values.pop("discussion")
        if "discussion" in read.sources:
            read.sources["agenda"] = read.sources.pop("discussion")


_TOPIC = 40


def _part_speeches(read: Read) -> None:
    """What people said, out of what was discussed."""
    speakers.part(read.values)
    if "speeches" not in read.values:
        return
    read.sources["speeches"] = ""
    if "discussion" not in read.values:
        del read.sources["discussion"]
    else:
        read.sources["discussion"] = ""


_SENTENCE = re.compile(r"[。；;！？!?]\s*$")
_HEADED = re.compile(r"\s*(?:[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十]{1,2}[)）])")


def _add_text(read: Read, piece: Piece, kind: LedgerKind, paragraphs: list[Paragraph]) -> None:
    """A document without labels: its title, its text, who wrote it, and the day below it."""
    fields = list(kind.fields())
    body = next((f for f in fields if f.kind == "long" and _BODY.fullmatch(f.label)), None)
    if body is None or body.name in read.values or len(read.values) > _FEW:
        return
    if body.name == "self_examination" and any(
        _TELLS_OF.search(h.text) for h in piece.headings[:1]
    ):
        return  # a report on the meeting is not what was examined at it
    if piece.tables():
        _add_rows(read, piece, body, kind)
    elif len(paragraphs) > 1:
        _add_body(read, piece, body, kind, paragraphs)


def _add_body(
    read: Read, piece: Piece, body: Field, kind: LedgerKind, paragraphs: list[Paragraph]
) -> None:
    fields = list(kind.fields())
    heading, own = piece.headings[:1] or paragraphs[:1], _own_day(fields, kind)
    foot = _day_below(paragraphs)
    day = None if own is not None and own.name in EVENTS else foot
    writer = _writer(read, fields, paragraphs, heading)
    if heading and piece.headings:
        title = next((f for f in fields if f.name in _TITLES and f.name not in read.values), None)
        named = title is not None and title.name == "theme" and prose.names_theme(paragraphs)
        if title is not None and not named and not _is_no_title(title.name, heading[0].text):
            read.add(title.name, heading[0].text, heading[0].where)
    dated = own is not None and _DATED.search(own.label) is not None
    if day is None and dated:
        day = next((one for one in paragraphs[:_TOP] if _is_day(one.text)), None)
    if day is not None and own is not None and dated and own.name not in read.values:
        read.add(own.name, day.text, day.where)
    if writer is not None:
        read.add(writer[0], writer[1], writer[2].where)
    heads = piece.headings[:1]
    told = {
        where for name, where in read.sources.items() if name in ("talked_to", "case", "person")
    }
    paragraphs = [one for one in paragraphs if one.where not in told]
    rest = [
        one
        for one in paragraphs
        if one not in [*heads, day, foot] and (writer is None or one is not writer[2])
    ]
    if rest:
        read.values.pop(body.name, None)
        read.add(body.name, "\n".join(one.text.strip() for one in rest), rest[0].where)
    used = {block.text.strip() for block in paragraphs}
    read.left = [text for text in read.left if text not in used]
    if foot is not None and (day is not foot or not dated):
        read.left.append(f"落款日期：{foot.text.strip()}")


def _own_day(fields: list[Field], kind: LedgerKind) -> Field | None:
    """The field for the day of a text."""
    return next((f for f in fields if f.name == kind.day), None) or next(
        (f for f in fields if f.kind == "date" and _DATED.search(f.label)), None
    )


def _add_rows(read: Read, piece: Piece, body: Field, kind: LedgerKind) -> None:
    """A plan that is a table below its title: each row a line, as it stands; its year from the
    title, its day from below.
    """
    rows = [
        [cell.text.strip() for cell in row if cell.text.strip() and not cell.spans]
        for table in piece.tables()
        for row in table.rows[1:]
    ]
    if not body.label.endswith("安排") or not rows or min(map(len, rows)) < 2:
        return
    lines = ["，".join(" ".join(cell.split()) for cell in row) for row in rows]
    read.add(body.name, "\n".join(lines), piece.tables()[0].where)
    used = {cell for row in rows for cell in row}
    read.left = [text for text in read.left if not any(text.endswith(cell) for cell in used)]
    day = _day_below(piece.paragraphs())
    own = next(
        (f for f in kind.fields() if f.name == "adopted_on" and f.name not in read.values), None
    )
    if day is not None and own is not None and own.label == "制定日期":
        read.add(own.name, day.text, day.where)


_TELLS_OF = re.compile(r"(?:总结|记录|纪实|情况|报告|简报|小结|剪影)$")
"""How a heading ends that says what the paper is."""
_WHOSE_AND_WHEN = re.compile(
    r"^(?:中共)?(?:.{2,16}?(?:学校|小学|中学|幼儿园|学院))?(?:党?总?支部(?:委员会)?)?(?:(?:19|20)\d{2}(?:年度?|学年度?))?"
)


def _is_no_title(name: str, heading: str) -> bool:
    """Whether a heading says what a paper is, and not of what it treats."""
    if name == "theme" and _TELLS_OF.search(heading):
        return True
    if name == "topic" and written.days_in(written.in_digits(written.plain(heading))):
        return True  # a sentence that says when it was
    plain = bare(_WHOSE_AND_WHEN.sub("", re.sub(r"[（(][^（）()]*[)）]$", "", folded(heading))))
    return plain in titles.known() and (name in ("topic", "theme") or plain == "思想汇报")


def _writer(
    read: Read, fields: list[Field], paragraphs: list[Paragraph], heading: list[Paragraph]
) -> tuple[str, str, Paragraph] | None:
    """(field, name, line) of who wrote it: a short line with a name below the title or
    at the end.
    """
    one = next((f for f in fields if f.name in ("person", "case")), None)
    if one is None or one.name in read.values:
        return None
    for block in [*paragraphs[1:3], *paragraphs[-3:]]:
        found = _name_alone(block.text)
        if found and block not in heading:
            return one.name, found[1], block
    return None


_NOBODY = re.compile(
    r"支部|学校|小学|中学|体会|汇报|笔记|总结|内容|党员|此致|敬礼|组织|同志|前言|引言|附件|目录|正文|摘要|你们|大家"
)


def _add_talkers(read: Read, paragraphs: list[Paragraph]) -> None:
    """Who spoke with whom, where a sentence says so."""
    for talker, other, where in prose.pair(paragraphs):
        for name, text in (("talker", talker), ("talked_to", other)):
            if name not in read.values:
                read.add(name, text, where)
    for one in paragraphs if "place" not in read.values else ():
        if place := prose.talked_at(one.text):
            read.add("place", place, one.where)
            return


_MAIN = ("content", "opinion", "deeds", "text")


def _add_main(read: Read, fields: Mapping[str, Field], paragraphs: list[Paragraph]) -> None:
    """Sentences under no label are what the one long field that must be filled asks, where no label
    filled it.
    """
    name = next((one for one in _MAIN if one in fields and fields[one].kind == "long"), "")
    if not name or name in read.values or len(read.values) < SEVERAL:
        return
    left = {text.strip() for text in read.left}
    told = [one for one in paragraphs if one.text.strip() in left and _SENTENCE.search(one.text)]
    if told:
        read.add(name, "\n".join(one.text.strip() for one in told), told[0].where)
        used = {one.text.strip() for one in told}
        read.left = [text for text in read.left if text.strip() not in used]


def _add_lines(read: Read, kind: LedgerKind, paragraphs: list[Paragraph]) -> None:
    """A line of its own that is a name or a day, below the title or at the end, where labels said
    the rest.
    """
    near = [*paragraphs[:NEAR_TOP], *paragraphs[NEAR_TOP:][-NEAR_END:]]
    left = {text.strip() for text in read.left}
    alone = [one for one in near if one.text.strip() in left]
    fields = {one.name: one for one in kind.fields()}
    who = next((one for one in ("person", "case") if one in fields), "")
    if who and who not in read.values:
        names = [(found[1], one) for one in alone if (found := _name_alone(one.text))]
        if len({name for name, _ in names}) == 1:
            keep(read, who, *names[0])
    day = next(
        (one for one in fields.values() if one.kind == "date" and _DATED.search(one.label)), None
    )
    if day is not None and day.name not in read.values:
        where = near[:NEAR_TOP] if day.name in EVENTS else near
        days = [one for one in alone if _is_day(one.text) and one in where]
        if len(days) == 1:
            keep(read, day.name, days[0].text, days[0])


def _name_alone(text: str) -> re.Match[str] | None:
    found = _WRITER.fullmatch(text.strip())
    fits = found and looks_like_person(found[1]) and not _NOBODY.search(found[1])
    if fits:
        return found
    behind = _OF_SOME_UNIT.fullmatch(text.strip())
    return behind if behind and persons.like_person(behind[1]) else None


def _is_day(text: str) -> bool:
    digits = written.in_digits(written.plain(text.strip(" 　（()）")))
    days = written.days_in(digits)
    return len(days) == 1 and not (digits[: days[0][1]] + digits[days[0][2] :]).strip()


_GREETING = re.compile(r"\s*(?:此致[，,!！。]?\s*)?(?:敬礼|致敬)?\s*[!！。.]?\s*")
"""How a letter closes."""


def _says_something(text: str) -> bool:
    """Not blank, no greeting, and no line for signatures that nobody signed."""
    if _GREETING.fullmatch(text):
        return False
    without = re.sub(r"[^\s：:]{0,8}(?:签名|签字|盖章|公章)[）)]?\s*[：:]?|[年月日_＿\s]", "", text)
    return bool(without)


def _day_below(paragraphs: list[Paragraph]) -> Paragraph | None:
    """A line at the end that is a day and nothing else."""
    for block in reversed(paragraphs[-3:]):
        if _is_day(block.text):
            return block
    return None
