"""A picture of a page as blocks, where the extra `ocr` is installed: what it says is read, and
never certain.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from taizhang.documents.blocks import Block, Source, Table
from taizhang.documents.ruled import Piece, breadth
from taizhang.kernel.errors import BadInput

PROGRAM = "taizhang.documents.recognise"
EDITION = "1"
"""Changes when a page may be read otherwise than before: what was kept of it counts no more."""
Recogniser = Callable[[bytes], Mapping[str, Any]]
"""The bytes of a picture → what `PROGRAM` tells of it; raises BadInput where it cannot."""
READ_BY = "（识别）"
NOTE = "图片里的文字由程序识别，可能有错，请逐项对照原图核对。"
_PATIENCE = 120
_DOUBTFUL, _UNREADABLE = 0.85, 0.5
_WIDTH = 595.0
"""What is read is laid on a page as wide as A4 in points."""


def available() -> bool:
    """Whether the extra is installed."""
    return importlib.util.find_spec("rapidocr_onnxruntime") is not None


def pages(pictures: Iterable[bytes], recognise: Recogniser | None = None) -> Source:
    """The words of pictures of pages, each read by a program of its own that ends, or as the
    recogniser knows them; raises BadInput where there are none.
    """
    source, doubts = Source(), list[str]()
    for number, data in enumerate(pictures, 1):
        doubts += _add(source, (recognise or told_of)(data), number)
    if not source.blocks:
        raise BadInput("图片里没有认出文字；可作为佐证材料附到记录上。")
    source.blocks = [_marked(block) for block in source.blocks]
    source.notes = [("ocr", NOTE, "全文")]
    if doubts:
        said = f"这几处认得没有把握：{'、'.join(doubts[:8])}。"
        source.notes.append(("ocr_unsure", said, "全文"))
    return source


def _add(source: Source, told: Mapping[str, Any], number: int) -> list[str]:
    """Lay a page out below those before it; answers what was read with little certainty."""
    from taizhang.documents import pdf  # noqa: PLC0415  (heavy, and only needed when such a file comes)

    scale = _WIDTH / told["size"][0]
    height = told["size"][1]
    page = pdf.Page(number, _WIDTH)
    for text, left, _, right, bottom, certainty, _ in told["lines"]:
        if certainty >= _UNREADABLE and text.strip():
            size = (right - left) * scale / max(1.0, sum(map(breadth, text)))
            page.pieces.append(
                Piece(text, left * scale, (height - bottom) * scale + size * 0.15, size)
            )
    for y, start, end in told["across"]:
        page.across.add((height - y) * scale, start * scale, end * scale)
    for x, start, end in told["down"]:
        page.down.add(x * scale, (height - end) * scale, (height - start) * scale)
    pdf.lay_out(page, source)
    return [text for text, _, _, _, _, certainty, _ in told["lines"] if certainty < _DOUBTFUL]


def _marked(block: Block) -> Block:
    """Every place says that what stands there was recognised, so that no value of it passes for one
    that was written.
    """
    if isinstance(block, Table):
        rows = [
            [replace(cell, where=f"{READ_BY}{cell.where or block.where}") for cell in row]
            for row in block.rows
        ]
        return replace(block, rows=rows, where=f"{READ_BY}{block.where}")
    return replace(block, where=f"{READ_BY}{block.where}")


def told_of(data: bytes) -> dict[str, Any]:
    """What the program tells of a picture, after seconds; raises BadInput where it cannot."""
    words = [sys.executable, "-m", PROGRAM]
    try:
        done = subprocess.run(  # noqa: S603  (our own words)
            words, input=data, capture_output=True, timeout=_PATIENCE, check=False
        )
    except subprocess.TimeoutExpired as slow:
        raise BadInput("图片太大或太复杂，没有识别出文字；可作为佐证材料附到记录上。") from slow
    if done.returncode:
        raise BadInput("图片没有识别成功（可能太大或已损坏）；可作为佐证材料附到记录上。")
    found: dict[str, Any] = json.loads(done.stdout)
    return found
