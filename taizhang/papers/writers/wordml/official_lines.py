"""Paragraphs of an official paper as XML of Word; how they look is said by their styles."""

from __future__ import annotations

from xml.sax.saxutils import escape

from taizhang.papers.official.paper import Official, issuer_size
from taizhang.papers.writers.wordml import blocks
from taizhang.papers.writers.wordml.official_styles import BODY, RED

MM = 56.69
"""Twentieths of a point."""


def run_of(text: str, look: str = "", style: str = "") -> str:
    """A run; the hint has “ ” — … taken from the Chinese font."""
    told = escape(blocks.plain(text))
    named = f'<w:rStyle w:val="{style}"/>' if style else ""
    return (
        f'<w:r><w:rPr>{named}<w:rFonts w:hint="eastAsia"/>{look}</w:rPr>'
        f'<w:t xml:space="preserve">{told}</w:t></w:r>'
    )


TAB = "<w:r><w:tab/></w:r>"
BREAK = "<w:r><w:br/></w:r>"
KEEP = "<w:keepNext/>"
TOGETHER = "<w:widowControl/>"
"""Pages are filled to their last line; only before a signature two lines of a paragraph stay
together.
"""


def styled(style: str, runs: str = "", *, keep: bool = False, about: str = "") -> str:
    """One paragraph; its look is that of its style."""
    told = f'<w:pStyle w:val="{style}"/>{KEEP if keep else ""}{about}'
    return f"<w:p><w:pPr>{told}</w:pPr>{runs}</w:p>"


def line_height(high: int, before: int = 0) -> str:
    """An exact height of lines, and what is free above them, in twentieths of a point."""
    return f'<w:spacing w:before="{before}" w:line="{high}" w:lineRule="exact"/>'


def blank_line(*, keep: bool = False) -> str:
    """A line of the body without words."""
    return styled(BODY, keep=keep)


def title_of(lines: list[str]) -> str:
    """The title, line by line as it is to break."""
    return styled("OfficialTitle", BREAK.join(run_of(line) for line in lines), keep=True)


OVER = f'<w:ind w:left="{-int(8 * MM)}" w:right="{-int(6 * MM)}"/>'
"""170 mm in the middle of the paper."""


def edge_of(side: str, kind: str, space: int) -> str:
    """A red double line at a side of a paragraph, so many points away from it."""
    return (
        f'<w:pBdr><w:{side} w:val="{kind}" w:sz="24" w:space="{space}" w:color="{RED}"/></w:pBdr>'
    )


def issuer_mark(paper: Official) -> tuple[str, int]:
    """发文机关标志 and its height in twentieths."""
    size = issuer_size(paper.issuer)
    return run_of(
        paper.issuer, f'<w:sz w:val="{size * 2}"/><w:szCs w:val="{size * 2}"/>'
    ), size * 20
