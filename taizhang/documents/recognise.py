"""The words of a picture, by rapidocr: a program of its own, that takes a picture and ends; its
memory and time are bound.

`python -m taizhang.documents.recognise < picture` prints the size, the lines of text with boxes and
certainty, and the rules.
"""

from __future__ import annotations

import importlib
import json
import math
import resource
import sys
from typing import Any

MOST_BYTES, MOST_SECONDS = 1400 * 1024 * 1024, 60
_LONGEST_SIDE = 2000
_TURNED = 0.7
"""A page that lies more degrees askew is put straight, and read again."""
_DARK = 140
_LEAST = 0.12
"""A rule is as long as so much of the page at least; no stroke of a character is."""
_SHORT, _TOUCHES = 0.025, 8
"""Between two rules across a shorter one down divides a row of a form: at least so much of the
page, and its ends no more pixels from them.
"""
_THICK, _DRIFT = 8, 0.015
"""What is dark over more lines than this is no rule; one that lies a little askew drifts with its
length.
"""
_FEW = 3


def main() -> None:
    """Read the picture from the standard input."""
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_BYTES, MOST_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    from PIL import Image, ImageOps  # noqa: PLC0415  (after the bounds are set)

    from taizhang.documents import pictures  # noqa: PLC0415

    engine_of = importlib.import_module("rapidocr_onnxruntime").RapidOCR

    Image.MAX_IMAGE_PIXELS = 80_000_000
    page = ImageOps.exif_transpose(pictures.opened(sys.stdin.buffer.read()))
    page = ImageOps.grayscale(page)
    page.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    engine = engine_of(intra_op_num_threads=1, inter_op_num_threads=1)
    lines = _read(engine, page)
    angle = _angle(lines)
    if abs(angle) > _TURNED:
        page = page.rotate(angle, expand=True, fillcolor=255)
        lines = _read(engine, page)
    across, down = _rules(page)
    told = {"size": page.size, "lines": lines, "across": across, "down": down}
    json.dump(told, sys.stdout, ensure_ascii=True)


def _read(engine: Any, page: Any) -> list[tuple[str, float, float, float, float, float, float]]:
    """(text, left, top, right, bottom, certainty, by how many degrees it lies askew)."""
    import numpy as np  # noqa: PLC0415

    found, _ = engine(np.asarray(page.convert("RGB")))
    lines = []
    for box, text, score in found or ():
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = ((float(x), float(y)) for x, y in box)
        slope = math.degrees(math.atan2(y1 - y0, x1 - x0))
        lines.append(
            (text, min(x0, x3), (y0 + y1) / 2, max(x1, x2), (y2 + y3) / 2, float(score), slope)
        )
    return lines


def _angle(lines: list[Any]) -> float:
    """By how many degrees the page lies askew: what most of its long lines say."""
    slopes = sorted(one[6] for one in lines if one[3] - one[1] > 4 * (one[4] - one[2]))
    return slopes[len(slopes) // 2] if len(slopes) >= _FEW else 0.0


def _rules(page: Any) -> tuple[list[Any], list[Any]]:
    """The rules across and down: (where, from, to)."""
    import numpy as np  # noqa: PLC0415

    dark = np.asarray(page) < _DARK
    across, down = _runs(dark), _runs(dark.T)
    return across, down + [
        one for one in _runs(dark.T, _SHORT) if _divides(one, across) and not _lies_on(one, down)
    ]


def _divides(one: tuple[float, float, float], across: list[tuple[float, float, float]]) -> bool:
    """Whether a run down begins and ends at rules across."""
    x, start, end = one
    at = [y for y, left, right in across if left - _TOUCHES <= x <= right + _TOUCHES]
    return all(any(abs(y - tip) <= _TOUCHES for y in at) for tip in (start, end))


def _lies_on(one: tuple[float, float, float], down: list[tuple[float, float, float]]) -> bool:
    x, start, end = one
    return any(abs(x - at) <= _TOUCHES and start < to and end > fro for at, fro, to in down)


def _runs(dark: Any, share: float = _LEAST) -> list[tuple[float, float, float]]:
    """The long dark runs of each line, of such a share of it at least; lines that lie on each other
    are one rule.
    """
    import numpy as np  # noqa: PLC0415

    least = int(dark.shape[1] * share)
    # A rule that lies a little askew goes on in the line beside it.
    joined = dark | np.roll(dark, 1, axis=0) | np.roll(dark, -1, axis=0)
    found: list[list[float]] = []
    for y in np.flatnonzero(joined.sum(axis=1) >= least):
        edges = np.flatnonzero(np.diff(np.concatenate(([0], joined[y].astype(np.int8), [0]))))
        for start, end in edges.reshape(-1, 2):
            if end - start >= least:
                _add(found, float(y), float(start), float(end))
    return [
        (sum(one[:2]) / 2, one[2], one[3])
        for one in found
        if one[1] - one[0] <= _THICK + _DRIFT * (one[3] - one[2])
    ]


def _add(found: list[list[float]], y: float, start: float, end: float) -> None:
    for one in reversed(found):
        if y - one[1] <= 2 and start < one[3] and end > one[2]:
            one[1], one[2], one[3] = y, min(one[2], start), max(one[3], end)
            return
    found.append([y, y, start, end])


if __name__ == "__main__":
    main()
