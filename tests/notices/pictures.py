"""Notices as pictures in text files: the notice as it looks, a line `-----`, and what a reader
takes from it.

The first line names the kind of file. A line is a paragraph; in Word files and workbooks lines that
begin with `|` are rows of a table, where `^` goes on with the cell above, `<` with the one to the
left, and `⏎` begins a new line in a cell; `#1 ` begins a paragraph that Word numbers itself, on
that level; `=== ` begins a sheet.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from taizhang.notices.model import Area, Contact, Notice, Session, Team
from tests.notices.papers import Merge, Paper, plain_pdf

HANDS = sorted((Path(__file__).parent / "hands").glob("*.txt"))
_LEVELS = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3．"))
Row = list[str]


def drawn(path: Path) -> tuple[bytes, list[str]]:
    """The file of a picture, and the lines that are taken from it."""
    kind, _, rest = path.read_text("utf-8").partition("\n")
    picture, _, told = rest.partition("\n-----\n")
    made = {"txt": _text, "pdf": plain_pdf, "docx": _word, "xlsx": _workbook}[kind]
    return made(picture), told.splitlines()


def _text(picture: str) -> bytes:
    return picture.encode()


def _blocks(picture: str) -> Iterator[str | list[Row]]:
    """Paragraphs and tables."""
    rows: list[Row] = []
    for line in picture.split("\n"):
        if line.startswith("|"):
            rows.append([cell.replace("⏎", "\n") for cell in line[1:].split("|")])
            continue
        if rows:
            yield rows
            rows = []
        yield line
    if rows:
        yield rows


def _merged(rows: list[Row]) -> tuple[list[Row], list[Merge]]:
    """The cells that have a text of their own, and what is merged."""
    last: dict[tuple[int, int], tuple[int, int]] = {}
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            up, left = owner.get((r - 1, c), (r, c)), owner.get((r, c - 1), (r, c))
            owner[r, c] = up if text == "^" else left if text == "<" else (r, c)
            bottom, right = last.get(owner[r, c], (r, c))
            last[owner[r, c]] = (max(bottom, r), max(right, c))
    merges = [(*first, *end) for first, end in last.items() if first != end]
    return [["" if text in ("^", "<") else text for text in row] for row in rows], merges


def _word(picture: str) -> bytes:
    paper = Paper()
    for block in _blocks(picture):
        if isinstance(block, list):
            paper.table(*_merged(block))
        elif block.startswith("#"):
            _numbered(paper, block[3:], int(block[1]) - 1)
        else:
            paper.write(block)
    return paper.data()


def _numbered(paper: Paper, text: str, level: int) -> None:
    """A paragraph with Word's own number."""
    root = paper.document.part.numbering_part.element
    if not root.xpath('w:num[@w:numId="91"]'):
        levels = "".join(
            f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText '
            f'w:val="{shown}"/></w:lvl>'
            for n, (form, shown) in enumerate(_LEVELS)
        )
        space = nsdecls("w")
        root.insert(
            0, parse_xml(f'<w:abstractNum {space} w:abstractNumId="90">{levels}</w:abstractNum>')
        )
        root.append(parse_xml(f'<w:num {space} w:numId="91"><w:abstractNumId w:val="90"/></w:num>'))
    said = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="91"/></w:numPr>'
    paper.document.add_paragraph(text)._p.get_or_add_pPr().append(parse_xml(said))


def _workbook(picture: str) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for name, _, said in (one.partition("\n") for one in picture.split("=== ")[1:]):
            sheet = book.add_worksheet(name)
            rows, merges = _merged(
                [
                    row
                    for block in _blocks(said)
                    for row in (block if isinstance(block, list) else [])
                ]
            )
            for r, row in enumerate(rows):
                sheet.write_row(r, 0, row)
            for top, left, bottom, right in merges:
                sheet.merge_range(top, left, bottom, right, rows[top][left])
    return out.getvalue()


def told(notice: Notice) -> list[str]:
    """All that is read of the letter and its groups, a line for each."""
    period, long = notice.period, notice.duration
    lines = {
        "标题": notice.title,
        "文号": notice.number,
        "主送": "、".join(notice.addressees),
        "落款": notice.issuer,
        "成文": notice.issued_on,
        "时间": _span(notice.starts_on, notice.ends_on),
        "期间": _span(period.from_, period.to) if period else "",
        "联系": _contact(notice.contact),
        "时限": "、".join(str(one.on) for one in notice.deadlines),
        "阶段": "；".join(
            f"{one.name} {_span(one.starts_on, one.ends_on)}" for one in notice.stages
        ),
        "时长": f"{long.number}{long.unit}" if long else "",
        "统一": _session(notice.session) if notice.session else "",
        "督查组": _team(notice.team) if notice.team and not notice.areas else "",
    }
    found = [f"{name}：{value}" for name, value in lines.items() if value]
    return [*found, *map(_area, notice.areas)]


def _span(first: object, last: object) -> str:
    return f"{first or ''}—{last or ''}" if first or last else ""


def _contact(one: Contact | None) -> str:
    return " ".join(filter(None, [one.office, one.person, one.phone])) if one else ""


def _session(one: Session) -> str:
    days = _span(one.date, one.until) if one.until else one.date
    return " ".join(
        filter(None, [days, _span(one.start, one.end).rstrip("—"), one.venue and f"@{one.venue}"])
    )


def _team(one: Team) -> str:
    def named(names: list[str]) -> str:
        return "、".join(f"{n}（{one.posts[n]}）" if n in one.posts else n for n in names)

    seats = {
        "组长": [one.leader] if one.leader else [],
        "副": one.deputies,
        "员": one.members,
        "单位": one.units,
    }
    return " ".join(f"{seat} {named(names)}" for seat, names in seats.items() if names)


def _area(one: Area) -> str:
    units = "、".join(
        unit.name
        + (f"（含{'、'.join(unit.includes)}）" if unit.includes else "")
        + (f"（{unit.note}）" if unit.note else "")
        for unit in one.organisations
    )
    sessions = "；".join(map(_session, one.sessions))
    return " | ".join(
        [one.name, _team(one.team) if one.team else "", units, sessions, _contact(one.contact)]
    )
