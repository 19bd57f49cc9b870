"""Paragraphs of an official paper as XML of Word; how they look is said by their styles."""

from __future__ import annotations

from xml.sax.saxutils import escape

from taizhang.papers.writers.wordml import blocks
from taizhang.papers.writers.wordml.official_styles import BODY


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
"""Pages are filled to their last line; only before a signature two lines of a paragraph stay together."""


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
