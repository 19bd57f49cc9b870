"""A paper as PDF, by typst and with fonts of our own: the same on every machine."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, fields, is_dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from taizhang.kernel import libreoffice
from taizhang.kernel.errors import BadInput
from taizhang.papers.documents import attached
from taizhang.papers.documents.ballot import Ballot
from taizhang.papers.documents.tick_sheet import TickSheet
from taizhang.papers.marks import drawn as codes
from taizhang.papers.official import titles
from taizhang.papers.official.paper import (
    Official,
    has_imprint,
    in_full,
    indents,
    issuer_size,
    kept,
    look_of,
    printed,
    signatory_lines,
)
from taizhang.papers.paper import Form, Note, Paper, Table
from taizhang.papers.writers import glyphs, typefaces
from taizhang.papers.writers import layout as laid

_HERE = Path(__file__).parents[1]
FONTS = _HERE / "fonts"


def written(paper: Paper | Official | Ballot | TickSheet) -> bytes:
    """The PDF. A character that no font has is never a blank: a ledger has a mark in its place and
    says in which record, an official paper is refused.
    """
    if isinstance(paper, Paper):
        paper = laid.readable(_with_marks(paper))
    if isinstance(paper, Ballot):
        told, layout = paper.told(), "ballot.typ"
    elif isinstance(paper, TickSheet):
        told, layout = paper.told(), "ticks.typ"
    else:
        told, layout = laid.told(paper), "paper.typ"
    if isinstance(paper, Official):
        told, layout = told | _as_printed(paper, told["annexes"]), "official.typ"
    if isinstance(paper, Paper) and paper.attached:
        with attached.folder(paper, _HERE) as (root, files):
            return _made(told | {"attached": files}, layout, root)
    return _made(told, layout)


def _made(told: dict[str, Any], layout: str, root: Path = _HERE) -> bytes:
    """A book goes without the tags of its thousands of cells, which make it eight times
    as large.
    """
    data = json.dumps(told, ensure_ascii=False)
    _must_be_printable(data)
    made: Any = _compiler(layout, own_fonts()).compile(
        input=str(root / layout),
        root=str(root),
        sys_inputs={"data": data},
        format="pdf",
        pdf_tags=not told.get("chapters"),
    )
    return bytes(made)


def pages_of_headings(paper: Paper) -> list[int]:
    """On which page of a book each of its headings stands, counted as the book counts."""
    import pypdf  # noqa: PLC0415  (only papers need it)

    reader = pypdf.PdfReader(io.BytesIO(written(replace(paper, attached=[]))))
    found = [reader.get_destination_page_number(one) or 0 for one in _outlined(reader.outline)]
    return [page - found[0] + 1 for page in found]


def page_of_imprint(paper: Official) -> Literal["with text", "next", "behind a blank one"]:
    """Which page the 版记 has, whatever characters the paper has."""
    import pypdf  # noqa: PLC0415

    lacking = _lacking(json.dumps(asdict(paper), ensure_ascii=False, default=str))
    shown: Official = _swapped(paper, str.maketrans(dict.fromkeys(lacking, MARK)))
    pages = list(pypdf.PdfReader(io.BytesIO(written(shown))).pages)
    before, last = ("".join(page.extract_text().split()) for page in [pages[0], *pages][-2:])
    if len(pages) > 1 and not before:
        return "behind a blank one"
    begins = f"抄送：{shown.copies}" if shown.copies else shown.printed_by or shown.imprint
    alone = len(pages) > 1 and last.startswith("".join(begins.split())[:20])
    return "next" if alone else "with text"


def _outlined(outline: Any) -> Iterator[Any]:
    for one in outline:
        if isinstance(one, list):
            yield from _outlined(one)
        else:
            yield one


def _as_printed(paper: Official, annexes: list[dict[str, Any]]) -> dict[str, Any]:
    """What the layout is told beside the paper itself."""
    dated = in_full(paper.dated) if paper.dated else ""
    name, day = indents(paper.signed, dated, seal=paper.seal)
    body = zip(paper.body, kept(paper.body), strict=True)
    return {
        "look": look_of(paper),
        "proof": codes.drawing(paper.proof),
        "dated": dated,
        "printed_on": printed(paper),
        "has_imprint": has_imprint(paper),
        "issuer_size": issuer_size(paper.issuer),
        "name_indent": name,
        "day_indent": day,
        "signatories": signatory_lines(paper.signatories),
        "lines": titles.lines(paper.title),
        "body": [asdict(clause) | {"kept": keep} for clause, keep in body],
        "annexes": [
            about | {"lines": titles.lines(one.title, room=titles.room(lying=one.landscape))}
            for about, one in zip(annexes, paper.annexes, strict=True)
        ],
        "fonts": _faces(own_fonts()),
    }


def own_fonts() -> Path | None:
    """The folder of the bureau's own fonts, which TAIZHANG_FONTS names."""
    named = os.environ.get("TAIZHANG_FONTS", "")
    return Path(named) if named else None


def _folders(own: Path | None) -> list[Path]:
    return [FONTS, *([own] if own else [])]


@lru_cache(maxsize=4)
def _fonts(own: Path | None) -> Any:
    import typst  # noqa: PLC0415  (some 40 MB that only papers need)

    return typst.Fonts(
        include_system_fonts=False, font_paths=[str(folder) for folder in _folders(own)]
    )


@lru_cache(maxsize=4)
def _compiler(layout: str, own: Path | None) -> Any:
    import typst  # noqa: PLC0415

    return typst.Compiler(str(_HERE / layout), root=str(_HERE), font_paths=_fonts(own))


@lru_cache(maxsize=2)
def _faces(own: Path | None) -> dict[str, Any]:
    """The families for each face of an official paper, those of the bureau first."""
    there = _fonts(own).families()
    found = typefaces.families(there)
    return {
        "song": found[typefaces.SONG],
        "fang": found[typefaces.FANG],
        "hei": found[typefaces.HEI],
        "kai": found[typefaces.KAI],
        "latin": "Times New Roman" if "Times New Roman" in there else None,
    }


def fonts_for_office() -> libreoffice.Fonts | None:
    """The bureau's own fonts, as the other program is told of them: by each name that a face goes
    by.
    """
    own = own_fonts()
    if own is None:
        return None
    names = {
        name: there
        for face, there in own_families(own).items()
        for name in typefaces.FACES[face]
        if name not in there
    }
    return libreoffice.Fonts(own, names)


def own_families(own: Path) -> dict[str, list[str]]:
    """For each face the families of the bureau's own that have it; a face that it lacks is not
    there.
    """
    found = {face: names[:-1] for face, names in typefaces.families(_fonts(own).families()).items()}
    return {face: names for face, names in found.items() if names}


@lru_cache(maxsize=2)
def _known(own: Path | None) -> frozenset[str]:
    """The characters that can be printed, as the fonts themselves say."""
    found = frozenset("\n\r\t\u3000\u200b")
    return found.union(*(glyphs.of_folder(folder) for folder in _folders(own)))


MARK = "〓"
"""What printers set for a character that they lack."""


def _with_marks(paper: Paper) -> Paper:
    """The paper with a mark for each character that the fonts lack, and a note of the records in
    which they stand.
    """
    lacking = _lacking(json.dumps(asdict(paper), ensure_ascii=False))
    if not lacking:
        return paper
    where = list(dict.fromkeys(_records_with(set(lacking), paper)))
    codes = "、".join(f"U+{ord(char):04X}" for char in lacking[:10])
    told = f"字库缺少{len(lacking)}个字（{codes}），以“{MARK}”代替：{'、'.join(where[:30])}"
    told += "等" if len(where) > 30 else ""
    marked: Paper = _swapped(paper, str.maketrans(dict.fromkeys(lacking, MARK)))
    if marked.chapters:
        return replace(marked, about=[*marked.about, told])
    return replace(marked, blocks=[*marked.blocks, Note(f"{told}。")])


def _swapped(part: Any, table: Any) -> Any:
    if isinstance(part, str):
        return part.translate(table)
    if isinstance(part, list):
        return [_swapped(one, table) for one in part]
    if is_dataclass(part) and not isinstance(part, type):
        own = {one.name: _swapped(getattr(part, one.name), table) for one in fields(part)}
        return replace(part, **own)
    return part


def _records_with(lacking: set[str], paper: Paper) -> Iterator[str]:
    """The records, or the headings where there is no record, in which one of the
    characters stands.
    """
    sections = [section for chapter in paper.chapters for section in chapter.sections]
    placed = [(section.heading, block) for section in sections for block in section.blocks]
    for heading, block in [*placed, *((paper.title, block) for block in paper.blocks)]:
        if isinstance(block, Table) and block.records:
            for record, row in zip(block.records, block.rows, strict=True):
                if lacking & set("".join(row)):
                    yield record
        elif lacking & set(json.dumps(asdict(block), ensure_ascii=False)):
            yield (block.record if isinstance(block, Form) else "") or heading


def _lacking(text: str) -> list[str]:
    return sorted(set(text) - _known(own_fonts()))


def _must_be_printable(text: str) -> None:
    missing = _lacking(text)
    if missing:
        shown = "、".join(f"“{char}”（U+{ord(char):04X}）" for char in missing[:10])
        raise BadInput(
            f"字库里没有{shown}，不能生成 PDF。请改用 Word 格式，或请管理员把含有该字的字体放进环境变量 TAIZHANG_FONTS 指定的文件夹。"
        )
