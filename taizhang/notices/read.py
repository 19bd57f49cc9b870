"""A notice from a file: bytes in, `Notice` out. Knows no database, never invents."""

from __future__ import annotations

import re

from taizhang.documents import reading
from taizhang.documents.blocks import Block, Paragraph, Picture, Source, Table
from taizhang.documents.plain import ANNEX
from taizhang.kernel.errors import BadInput
from taizhang.notices import items, left, outline, places, shapes, unread
from taizhang.notices.groups import areas, cell_by_cell, heads, names, sessions, teams, unnamed
from taizhang.notices.groups import sentences as groups
from taizhang.notices.letter import card, contacts, contents, days, timing
from taizhang.notices.letter import parts as letter
from taizhang.notices.model import Area, Notice
from taizhang.notices.tables import heads as headers
from taizhang.notices.tables import joined, laid, order, requirements, schedules
from taizhang.notices.tables.grids import Grid
from taizhang.notices.values import flat
from taizhang.notices.words import labels, subjects

_NAMES_TEAM = re.compile(
    r"^\s*(?:[（(]?[\d一二三四五六七八九十]{1,2}[）).．、]\s*)?(?:本次|此次)?(?:督查|检查|督导|考核|巡察|调研|抽查|工作)+(?:组|人员)"
    r"\s*(?:[:：]|(?=由|组长|成员))"
)


MOST_CHARACTERS = 200_000


def notice(data: bytes) -> Notice:
    """The notice that a file holds; raises BadInput when the file cannot be read at all."""
    read = reading.source(data)
    length = sum(len(spot.text) for spot in places.spots_of(read))
    if length > MOST_CHARACTERS:
        raise BadInput(f"文件有{length}字，超过{MOST_CHARACTERS}字，不像是一份通知。")
    return understood(read)


def understood(read: Source) -> Notice:
    """The parts of a notice, from its paragraphs and tables."""
    read = laid.parted(card.made_above(_letter_first(cell_by_cell.joined(read))))
    found = Notice()
    for code, message, where in read.notes:
        found.warn(code, message, where)
    body = _body(read)
    _tell_second(read, body, found)
    parts = letter.split(body.paragraphs(), found)
    _signed(parts, read, found)
    letter.attachments(body.paragraphs(), found)
    groups_own = heads.lines_of_groups(body.paragraphs())
    days.dates(parts, found, groups_own)
    timing.deadlines(letter.lines_of(parts), found)
    contents.period(parts, found)
    contents.focus(parts, found)
    contents.lists(parts, found, groups_own)
    contents.preamble(parts, found)
    tight = shapes.tightened(read)
    _tables(read, tight, found)
    _groups(tight, found)
    unnamed.of_one_list(parts, found)
    if not found.items:
        found.items = (
            outline.items(read, found)
            or outline.titled(read, parts, found)
            or outline.points(read, parts, found)
            or outline.run(read, found)
            or outline.whole(read, parts, found)
        )
    _attachments_missing(read, found)
    sessions.one_for_all(parts, found.areas, found, groups_own)
    _team_of_all(tight, parts, found)
    contacts.contact(_letters_own(parts, found), found)
    _pictures(read, found)
    _contradictions(found, parts.everything())
    places.ground(found, read)
    unread.tell(found, parts, read)
    return found


def _signed(parts: letter.Letter, read: Source, found: Notice) -> None:
    letter.signature(parts, found)
    card.told(read, found)
    card.filled_in(read, found)


_SHEET = re.compile(r"^工作表“[^”]*”")
_LETTER = re.compile(r"关于\S{4,60}(?:通知|公告|函)")


def _letter_first(read: Source) -> Source:
    """A workbook with the sheet of its letter before the sheets of its annexes."""
    sheets: dict[str, list[Block]] = {}
    for block in read.blocks:
        sheet = _SHEET.match(block.where)
        sheets.setdefault(sheet[0] if sheet else "", []).append(block)
    letters = [
        name
        for name, blocks in sheets.items()
        if any(isinstance(b, Paragraph) and _LETTER.fullmatch(flat(b.text)) for b in blocks)
    ]
    if len(letters) != 1 or "" in sheets:
        return read
    order = [letters[0], *(name for name in sheets if name != letters[0])]
    return Source([block for name in order for block in sheets[name]], read.notes, read.aside)


def _tell_second(read: Source, body: Source, found: Notice) -> None:
    at = len(body.blocks)
    if at < len(read.blocks) and _begins_another(read, at):
        title, where = read.blocks[at].text, read.blocks[at].where  # type: ignore[union-attr]
        found.warn("unread", f"文件里另有一份“{title.strip()}”，它的正文没有读入。", where)


def _groups(read: Source, found: Notice) -> None:
    """Groups in sentences: on their own, or what they add to the groups of the tables."""
    said = groups.from_sentences(read.paragraphs(), found)
    found.areas = (
        joined.merged(found.areas, said, found) if found.areas else joined.merged(said, [], found)
    )
    have = {f"{area.name}没有读出被督查单位。" for area in found.areas if area.organisations}
    found.warnings = [one for one in found.warnings if one.message not in have]
    _times_of_units(found)
    teams.given_to_all(found)


def _times_of_units(found: Notice) -> None:
    """A table that says of each unit when it is seen, beside groups that name these units and no
    time: the times are those of the groups.
    """
    owner = {
        unit.name: area
        for area in found.areas
        if area.team and not area.sessions
        for unit in area.organisations
    }
    alone = [area for area in found.areas if area.sessions and not area.team]
    held = [[owner.get(unit.name) for unit in area.organisations] for area in alone]
    if not alone or not all(own and None not in own and len({*map(id, own)}) == 1 for own in held):
        return
    for area, own in zip(alone, held, strict=True):
        group = next(one for one in own if one)
        group.sessions += [one for one in area.sessions if one not in group.sessions]
        found.came_from(group, found.origins(area))
    gone = {id(area) for area in alone}
    told = {f"{area.name}没有督查时间地点。" for area in owner.values() if area.sessions}
    told |= {f"{area.name}没有督查组。" for area in alone}
    found.areas = [area for area in found.areas if id(area) not in gone]
    found.warnings = [one for one in found.warnings if one.message not in told]


_ABOUT_TEAM = (
    rf"(?:{labels.VERBS}|工作|互查)小?组(?![长织])|人员(?:组成|安排|分工)|(?:{labels.VERBS})(?:人员|组织)|"
    rf"^(?!参会|参加|列席|与会|受|被|出席|会议|联系|服务|工作)[\u4e00-\u9fff]{{2}}人员$"
)
_GOING = r"^(?:参加|随同|同行|陪同检查)人员$"


def _team_of_all(read: Source, parts: letter.Letter, found: Notice) -> None:
    for section in letter.sections_about(parts, _GOING):
        teams.those_who_go("\n".join(line for line, _ in section.lines), found, section.where)
    for section in letter.sections_about(parts, _ABOUT_TEAM):
        text = "\n".join(line for line, _ in section.lines)
        own = any(
            where in found.origins(area) for area in found.areas for _, where in section.lines
        )
        if not own and "领导小组" not in section.text():
            teams.one_team(text, found.areas, found, section.where)
    origins = {where for area in found.areas for where in found.origins(area)}
    others = [p for p in read.paragraphs() if p.where not in origins]
    teams.in_lines(others, found)
    teams.one_run(others, found)
    for paragraph in read.paragraphs():
        if _NAMES_TEAM.match(paragraph.text):
            text = _NAMES_TEAM.sub("", paragraph.text)
            teams.one_team(text, found.areas, found, paragraph.where)


_ASKED_BELOW = re.compile(r"(?<![\u4e00-\u9fff])(联\s*系\s*(?:人|方\s*式)[及、和电话]{0,4})\n")
"""A heading about whom to ask, which what stands below it belongs to."""


def _letters_own(parts: letter.Letter, found: Notice) -> str:
    """The letter without the lines in which groups say whom to ask."""
    groups_own = {where for area in found.areas if area.contact for where in found.origins(area)}
    head = [p.text for p in parts.head]
    told = "\n".join(
        [*head, *(text for text, where in letter.lines_of(parts) if where not in groups_own)]
    )
    return _ASKED_BELOW.sub(r"\1：", told)


def _body(read: Source) -> Source:
    """What comes before the first annex's own page; a file that begins with an annex is
    all of it.
    """
    for at, block in enumerate(read.blocks):
        if _begins_another(read, at):
            return Source(read.blocks[:at])
        if at and not isinstance(block, Picture | Table) and ANNEX.match(block.text):
            return Source(read.blocks[:at])
    return read


_TITLE = re.compile(r"关于\S{4,50}通知")
_DATE = re.compile(r"20\d\d年\d{1,2}月\d{1,2}日")


def _begins_another(read: Source, at: int) -> bool:
    """Whether a second notice begins there: a title right below a day of issue, and another such
    day further below.
    """
    here, before = read.blocks[at], read.blocks[at - 1] if at else None
    if not (isinstance(here, Paragraph) and isinstance(before, Paragraph)):
        return False
    dated = _DATE.fullmatch(flat(before.text)) and _TITLE.fullmatch(flat(here.text))
    below = (one.text for one in read.blocks[at + 1 :] if isinstance(one, Paragraph))
    return bool(dated) and any(_DATE.fullmatch(flat(text)) for text in below)


_UNKNOWN = "没有认出这个表的用途，未取其中内容。"


def _tables(read: Source, tight: Source, found: Notice) -> None:
    """Each table; what is asked is taken as it is written, who goes where from the same without
    idle blanks.
    """
    remarks = "\n".join(paragraph.text for paragraph in read.paragraphs())
    others = {id(table) for table in _without_cards(read, found)}
    for written, block in zip(read.tables(), tight.tables(), strict=True):
        if id(written) not in others:
            continue
        table = shapes.with_teams_below(order.usual(written), names.heading_in)
        if left.is_imprint(table) or card.pairs(table) or timing.of_table(table, found):
            continue
        required = requirements.requirements(table)
        if required:
            _items(required, found)
            continue
        above = names.heading_above(tight, block)
        own = shapes.with_teams_below(order.usual(block), names.heading_in)
        own = laid.with_seats_beside(laid.headings_below(own, names.heading_in), above)
        planned = schedules.schedule(own, names.is_name, above)
        if planned:
            found.areas += areas.from_grid(planned, found, above, remarks)
        elif not _listed(table, _title_above(read, written), found):
            rows = _told_in_cells(own, found)
            found.areas += rows
            if not rows:
                found.warn("unknown_table", _UNKNOWN, table.where)


def _listed(table: Table, title: str, found: Notice) -> bool:
    """Read a table whose title or rows say that it lists what is asked, though its headers do not;
    whether it is one.
    """
    shaped = requirements.listed(table)
    if not shaped or not (outline.names_a_list(title) or subjects.of_table(table)):
        return False
    told = "、".join(shaped.headers[at] or f"第{at + 1}列" for at in shaped.columns)
    message = f"这个表的表头没有见过，按“{told}”读作检查要求，请核对。"
    found.warn("by_shape", message, table.where)
    _items(shaped, found)
    return True


def _told_in_cells(table: Table, found: Notice) -> list[Area]:
    """The groups of a table that names one at the beginning of each row and tells the rest in
    sentences or under labels.
    """
    rows = [row for row in table.rows if names.is_name(row[0].text) and len(row) > 1]
    said = [[cell for cell in row[1:] if cell.text.strip() and not cell.spans] for row in rows]
    whole = len(rows) > 1 and len(rows) + 1 >= len(table.rows)
    if not whole or not all(len(own) == 1 and labels.says_something(own[0].text) for own in said):
        return []
    lines = [
        Paragraph(f"{row[0].text.strip()}：{own[0].text.strip()}", own[0].where)
        for row, own in zip(rows, said, strict=True)
    ]
    return groups.from_sentences(lines, found)


def _without_cards(read: Source, found: Notice) -> list[Table]:
    """The tables besides those that are a card for each requirement, which are read."""
    turned, left = shapes.cards(read.tables(), headers.heads_requirements)
    for cards in turned:
        if grid := requirements.requirements(cards):
            _items(grid, found)
        else:
            found.warn("unknown_table", _UNKNOWN, cards.where)
    return left


def _title_above(read: Source, table: Table) -> str:
    """The last line before a table that says something."""
    at = next(i for i, block in enumerate(read.blocks) if block is table)
    lines = [b.text for b in read.blocks[:at] if not isinstance(b, Picture | Table)]
    return next((line for line in reversed(lines) if line.strip()), "")


def _items(grid: Grid, found: Notice) -> None:
    for item in items.from_grid(grid, found):
        item.no = len(found.items) + 1
        found.items.append(item)


def _pictures(read: Source, found: Notice) -> None:
    for block in read.blocks:
        if isinstance(block, Picture) and not (found.areas and found.items):
            found.warn("picture", "此处是图片，里面若有表格请人工补充。", block.where)


def _attachments_missing(read: Source, found: Notice) -> None:
    announced = len(found.attachments)
    if announced and not found.areas and not found.items and not read.tables():
        found.warn("attachments_missing", f"列有{announced}个附件，文件中没有附件表格。", "附件")


def _contradictions(found: Notice, text: str) -> None:
    for area in found.areas:
        for one in area.sessions:
            early = found.starts_on and one.date and one.date < found.starts_on.isoformat()
            late = found.ends_on and one.date and one.date > found.ends_on.isoformat()
            if early or late:
                found.warn(
                    "session_outside", f"{area.name}的场次{one.date}不在督查时间之内。", area.name
                )
    _repeated_units(found)
    _totals(found, text)
    if found.issued_on and found.starts_on and found.starts_on < found.issued_on:
        found.warn("before_issue", "督查开始日期早于成文日期。", "正文")


def _repeated_units(found: Notice) -> None:
    seen: dict[str, str] = {}
    for area in found.areas:
        for unit in area.organisations:
            if unit.name in seen:
                found.warn(
                    "unit_twice",
                    f"“{unit.name}”同时列在{seen[unit.name]}和{area.name}。",
                    area.name,
                )
            seen.setdefault(unit.name, area.name)


def _totals(found: Notice, text: str) -> None:
    total = items.stated_total(text)
    scores = [item.score for item in found.items if item.score is not None]
    if total is not None and scores and abs(sum(scores) - total) > 1e-9:
        found.warn(
            "sum_mismatch", f"正文写总分{total:g}分，各项分值合计{sum(scores):g}分。", "正文"
        )
