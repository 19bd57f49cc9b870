"""QR codes on paper: as a drawing for the PDF, and as a picture that floats on a page of a Word
file.
"""

from __future__ import annotations

import io
from typing import Any

import segno

SIDE = 18
"""mm, with the quiet zone."""
PROOF = 22
"""mm of a code that holds four times as much."""
_QUIET = 4
"""Dots around a code that stay white."""
_EMU = 36_000
"""Of a mm."""
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def drawing(text: str) -> str:
    """An SVG; nothing of nothing."""
    return "" if not text else str(_code(text).svg_inline(border=_QUIET, light="#fff"))


def share(text: str) -> float:
    """How much of its side the quiet zone of the code takes at each edge."""
    across = _code(text).symbol_size(border=0)[0]
    return float(_QUIET / (across + 2 * _QUIET))


def _code(text: str) -> Any:
    return segno.make(text, error="m", micro=False)


def float_on(
    part: Any, paragraph: Any, text: str, across: str, down: str, side: int = SIDE
) -> None:
    """Put the code beside a paragraph of this part of a document; `across` and `down` say from
    where and how far.
    """
    from docx.oxml import parse_xml  # noqa: PLC0415  (only papers need it)

    out = io.BytesIO()
    _code(text).save(out, kind="png", scale=8, border=_QUIET)
    out.seek(0)
    relation, _ = part.get_or_add_image(out)
    number = part.next_id
    size = f'cx="{side * _EMU}" cy="{side * _EMU}"'
    paragraph.append(
        parse_xml(
            f'<w:r {_NAMES}><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" '
            f'simplePos="0" relativeHeight="{number}"'
            ' behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" '
            'y="0"/>'
            f"<wp:positionH {across}</wp:positionH><wp:positionV {down}</wp:positionV>"
            f'<wp:extent {size}/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
            f'<wp:docPr id="{number}" name="二维码{number}" descr="二维码"/><wp:cNvGraphicFramePr/>'
            f'<a:graphic><a:graphicData uri="{_PICTURE}"><pic:pic xmlns:pic="{_PICTURE}">'
            f'<pic:nvPicPr><pic:cNvPr id="{number}" name="code.png"/><pic:cNvPicPr/></pic:nvPicPr>'
            "<pic:blipFill><a:blip "
            f'r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom '
            'prst="rect"><a:avLst/></a:prstGeom>'
            "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
        )
    )


def on_page(across: float, down: float) -> tuple[str, str]:
    """A place in mm from the corner of the page."""
    return _from("page", across), _from("page", down)


def beside_paragraph(across: float) -> tuple[str, str]:
    """A place in mm from the left margin, as high as the paragraph."""
    return _from("margin", across), _from("paragraph", 0)


def at_signature() -> tuple[str, str]:
    """The left margin, a little above the paragraph."""
    return _from("margin", 0), _from("paragraph", -3)


def _from(what: str, mm: float) -> str:
    return f'relativeFrom="{what}"><wp:posOffset>{round(mm * _EMU)}</wp:posOffset>'
