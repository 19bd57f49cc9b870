"""The styles and the numbering of an official paper in Word (GB/T 9704-2012)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from taizhang.papers.official.paper import Clause, numeral
from taizhang.papers.writers.typefaces import FANG, HEI, KAI, SONG
from taizhang.papers.writers.wordml.docx_base import NAMES

PITCH = 579
"""28.95 pt, in twentieths: 22 lines on 225 mm."""
EM = 320
"""A character of 16 pt, in twentieths."""
IMPRINT_LINE = 440
"""From line to line in the 版记, in twentieths."""
_NARROWER = -5
"""Between characters of 16 pt, in twentieths: 28 characters on 156 mm; with one less the 28th is a
fifth of a point too broad, and LibreOffice loses the mark that should stand there. A grid of
characters would make a cell narrower than its character, and LibreOffice gives such a character
two.
"""
RED = "D0021B"
BODY = "OfficialBody"
LEVELS = {0: BODY, 1: "OfficialLevel1", 2: "OfficialLevel2", 3: "OfficialLevel3"}
_INDENTED = f'<w:ind w:firstLine="{2 * EM}" w:firstLineChars="200"/>'
_STYLES = (
    # identifier, name, font, size, paragraph, alignment, line, level of the outline
    ("OfficialMark", "发文机关标志", SONG, 36, "", "center", 0, None),
    ("OfficialNumber", "发文字号", FANG, 16, "", "center", PITCH, None),
    ("OfficialSigner", "签发人", FANG, 16, "", "left", PITCH, None),
    ("OfficialTitle", "公文标题", SONG, 22, "", "center", 720, None),
    ("OfficialTo", "主送机关", FANG, 16, "", "both", PITCH, None),
    (BODY, "公文正文", FANG, 16, _INDENTED, "both", PITCH, None),
    (LEVELS[1], "一级标题", HEI, 16, _INDENTED, "both", PITCH, 0),
    (LEVELS[2], "二级标题", KAI, 16, _INDENTED, "both", PITCH, 1),
    (LEVELS[3], "三级标题", FANG, 16, _INDENTED, "both", PITCH, None),
    ("OfficialEnclosures", "附件说明", FANG, 16, "", "left", PITCH, None),
    ("OfficialSigned", "落款", FANG, 16, "", "right", PITCH, None),
    ("OfficialContact", "附注", FANG, 16, _INDENTED, "left", PITCH, None),
    ("OfficialAnnex", "附件标记", HEI, 16, "", "left", PITCH, None),
    ("OfficialReceipt", "回执", HEI, 14, "", "center", PITCH, None),
    ("OfficialImprint", "版记", FANG, 14, "", "left", IMPRINT_LINE, None),
    ("OfficialPage", "页码", "宋体", 14, "", "left", 0, None),
    ("OfficialEnd", "分节", FANG, 1, "", "left", 20, None),
)  # fmt: skip


def add(document: Any) -> None:
    """Put the styles and the numbering into a document."""
    from docx.oxml import parse_xml  # noqa: PLC0415

    styles = document.styles.element
    normal = document.styles["Normal"].element
    normal.append(parse_xml(f"<w:rPr {NAMES}>{_look(FANG, 16)}</w:rPr>"))
    normal.insert(list(normal).index(normal.rPr), parse_xml(f"<w:pPr {NAMES}>{_NORMAL}</w:pPr>"))
    for style in _STYLES:
        styles.append(parse_xml(_style(*style)))
    styles.append(parse_xml(_SIGNER_STYLE))
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(_abstract()))
    numbering.append(
        parse_xml(f'<w:num {NAMES} w:numId="{LIST}"><w:abstractNumId w:val="{LIST}"/></w:num>')
    )


_NORMAL = (
    '<w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN '
    'w:val="0"/><w:snapToGrid w:val="0"/>'
    '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
)
"""Digits are not set off from characters: with the spaces fewer than 28 would stand in a line."""


def _look(font: str, size: float) -> str:
    latin = "宋体" if font == "宋体" else "Times New Roman"
    narrower = f'<w:spacing w:val="{_NARROWER}"/>' if size == 16 else ""
    return (
        f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{font}"/>{narrower}'
        f'<w:sz w:val="{int(size * 2)}"/><w:szCs w:val="{int(size * 2)}"/>'
    )


def _style(  # noqa: PLR0913, PLR0917  (one for each column of the table)
    key: str,
    name: str,
    font: str,
    size: float,
    about: str,
    align: str,
    line: int,
    level: int | None,
) -> str:
    spacing = f'<w:spacing w:line="{line}" w:lineRule="exact"/>' if line else ""
    outline = f'<w:outlineLvl w:val="{level}"/>' if level is not None else ""
    red = f'<w:color w:val="{RED}"/>' if key == "OfficialMark" else ""
    look = _look(font, size).replace("/><w:sz ", f"/>{red}<w:sz ", 1)
    return (
        f'<w:style {NAMES} w:type="paragraph" w:customStyle="1" w:styleId="{key}"><w:name '
        f'w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/>'
        f"<w:pPr>{spacing}{about}<w:jc "
        f'w:val="{align}"/>{outline}</w:pPr><w:rPr>{look}</w:rPr></w:style>'
    )


SIGNER = "OfficialSignerName"
_SIGNER_STYLE = (
    f'<w:style {NAMES} w:type="character" w:customStyle="1" w:styleId="{SIGNER}"><w:name '
    'w:val="签发人姓名"/>'
    f'<w:qFormat/><w:rPr><w:rFonts w:eastAsia="{KAI}"/></w:rPr></w:style>'
)
LIST = 90
"""The list of the headings."""
_FORMS = (
    ("chineseCountingThousand", "%1、"),
    ("chineseCountingThousand", "（%2）"),
    ("decimal", "%3. "),
)


def _abstract() -> str:
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff '
        'w:val="nothing"/>'
        f'<w:lvlText w:val="{told}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" '
        f'w:firstLine="{2 * EM}"/></w:pPr></w:lvl>'
        for at, (form, told) in enumerate(_FORMS)
    )
    return (
        f'<w:abstractNum {NAMES} w:abstractNumId="{LIST}"><w:multiLevelType w:val="multilevel"/>'
        f"{levels}</w:abstractNum>"
    )


_TYPED = (
    re.compile(r"([一二三四五六七八九十]+)、"),
    re.compile(r"（([一二三四五六七八九十]+)）"),
    re.compile(r"(\d+)\. "),
)


def numbered(body: Iterable[Clause]) -> Iterator[tuple[Clause, int | None]]:
    """Each clause and the level at which Word numbers it: `None` where it has no number, or one
    that is not the next of its list and so stays as it was typed. A clause that Word numbers comes
    without its number.
    """
    counts: list[int] = []
    for clause in body:
        level = clause.level - 1
        typed = _TYPED[level].match(clause.text) if clause.level else None
        if typed is None:
            yield clause, None
            continue
        # Levels that were left out count as begun, as Word has it.
        following = [*counts[: level + 1], *[1] * (level - len(counts))]
        following = [*following[:level], following[level] + 1 if level < len(following) else 1]
        told = str(following[level]) if level == 2 else numeral(following[level])
        if typed[1] == told:
            counts = following
            yield Clause(clause.text[typed.end() :], clause.level), level
        else:
            yield clause, None
