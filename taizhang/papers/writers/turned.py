"""The number of a page that lies: it stands where it stands on the others when the sheet is turned
upright, its head at the left, as it is bound (GB/T 9704-2012, 7.5 and 11).
"""

from __future__ import annotations

from dataclasses import dataclass

_MM = 1440 / 25.4


@dataclass(frozen=True)
class Strip:
    """Where the numbers stand, seen with the page lying; in mm."""

    right: float
    """From the left edge of the page to the heads of the digits."""
    top: float
    bottom: float
    """From the lower edge of the page."""


OFFICIAL = Strip(28, 28, 26)
"""7 mm below the text of the upright sheet."""
BOOK = Strip(15.4, 25, 20)


def number(paragraph: str, strip: Strip, high: int) -> str:
    """A paragraph, whose text goes downwards, at the left edge; `high` in twentieths of a point is
    the height of its line. The table that holds it floats: its place is counted from the edges of
    the paper.
    """
    down = round((210 - strip.top - strip.bottom) * _MM)
    at = round(strip.right * _MM) - high
    return (
        '<w:tbl><w:tblPr><w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="page" '
        'w:horzAnchor="page"'
        f' w:tblpX="{at}" w:tblpY="{round(strip.top * _MM)}"/><w:tblOverlap w:val="never"/>'
        f'<w:tblW w:w="{high}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom '
        'w:w="0" w:type="dxa"/>'
        '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{high}"/></w:tblGrid>'
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{down}" w:hRule="exact"/></w:trPr>'
        f'<w:tc><w:tcPr><w:tcW w:w="{high}" w:type="dxa"/><w:textDirection '
        f'w:val="tbRl"/></w:tcPr>{paragraph}</w:tc></w:tr></w:tbl>'
    )
