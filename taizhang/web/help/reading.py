"""A chapter's text as blocks for a page: headings, paragraphs, lists and tables, with what stands
out in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_STRONG = re.compile(r"\*\*(.+?)\*\*|`(.+?)`|\[(.+?)\]\((.+?)\)")
_ITEM = re.compile(r"(?:-|\d+\.) +(.*)")
_PICTURE = re.compile(r"!\[.*?\]\(.*?\)")


@dataclass(frozen=True)
class Piece:
    """Some words, and how they stand: plain, strong or as code."""

    text: str
    how: str = ""


@dataclass
class Block:
    """What stands together."""

    kind: str
    """h2, p, ol, ul or table."""
    rows: list[list[list[Piece]]] = field(default_factory=list)
    """Of a list its items, of a table its rows, else one row; each of cells of pieces."""


def section(page: str, heading: str) -> str:
    """What a page of the manual says below one heading, or all below its title; without its
    pictures.
    """
    title = f"## {heading}" if heading else page.splitlines()[0]
    _, found, rest = f"\n{page}".partition(f"\n{title}\n")
    if not found:
        raise ValueError(heading)
    text = re.split(r"\n## ", rest)[0] if heading else rest
    return re.sub(r"\n{3,}", "\n\n", _PICTURE.sub("", text)).strip() + "\n"


def blocks(text: str) -> list[Block]:
    """The text as blocks."""
    found: list[Block] = []
    before = ""
    for line in text.splitlines():
        plain = line.strip()
        if plain and not re.fullmatch(r"[|\s:-]+", plain):
            _add(found, plain, is_new=not before)
        before = plain
    return found


def _add(found: list[Block], line: str, *, is_new: bool) -> None:
    item = _ITEM.fullmatch(line)
    if line.startswith("#"):
        found.append(Block("h2", [[_pieces(line.lstrip("# "))]]))
    elif line.startswith("|"):
        cells = [_pieces(cell.strip()) for cell in line.strip("|").split("|")]
        _to(found, "table", cells)
    elif item:
        _to(found, "ul" if line.startswith("-") else "ol", [_pieces(item[1])])
    elif is_new or not found or found[-1].kind != "p":
        found.append(Block("p", [[_pieces(line)]]))
    else:
        found[-1].rows[0][0].extend(_pieces(line))


def _to(found: list[Block], kind: str, row: list[list[Piece]]) -> None:
    """A list or a table goes on where the one before is of the same kind."""
    if not found or found[-1].kind != kind:
        found.append(Block(kind))
    found[-1].rows.append(row)


def _pieces(text: str) -> list[Piece]:
    return list(_split(text))


def _split(text: str) -> Iterator[Piece]:
    at = 0
    for found in _STRONG.finditer(text):
        if found.start() > at:
            yield Piece(text[at : found.start()])
        strong, code, words, _ = found.groups()
        yield Piece(strong or code or words, "strong" if strong else "code" if code else "")
        at = found.end()
    if at < len(text):
        yield Piece(text[at:])
