"""Which box of each row is marked, on a page that lies straight: certain where one is dark and the
others are clear, else not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from taizhang.inspection.site.ticks.flat import DOTS
from taizhang.papers.documents import tick_sheet as form

if TYPE_CHECKING:
    import numpy as np
    from PIL import Image

DARK, CLEAR = 0.05, 0.02
"""How much of the inside of a box is ink, at least of a mark and at most of an empty one."""
_CENTRAL = 0.03
"""Ink in the middle of a box, at least of a mark."""
_BESIDE = 0.03
"""Ink beside a box that is not marked: a ring around it, or a word."""
_WRITTEN = 0.02
"""Ink in a part of the room to write."""
_FRAME = 0.2
"""How dark the printed frame of a box must be found."""
_REACH = 10
"""Dots: how far from its place a row is looked for."""
_INSIDE, _MIDDLE = 0.9, 1.2
"""mm from the frame: what counts as inside, and as the middle."""
_DIM = 50
"""Paper that is darker than this can be read by nobody."""
_EVEN = 0.9
"""The darkest paper around a box beside the lightest: below this the edge of a shadow
lies on it.
"""
_LARGE = 7.5
"""mm: what is darker and larger than this is shadow, not ink."""


@dataclass(frozen=True)
class Read:
    """A row: the column of its mark where that is certain; else why not, and nothing where it is
    certain that there is none.
    """

    column: int | None
    doubt: str
    written: bool
    """Something stands in the room to write."""


@dataclass(frozen=True)
class _Measured:
    """Ink in a row: in each box, its middle, beside, above and below it; and whether it can be read
    at all.
    """

    inside: list[float]
    middle: list[float]
    beside: list[float]
    above: list[float]
    below: list[float]
    frame: float
    paper: float
    shaded: bool
    written: bool

    @property
    def marked(self) -> list[int]:
        """The boxes that are not clear."""
        return [n for n, ink in enumerate(self.inside) if ink > CLEAR]


class Sheet:
    """How dark each dot of a page is beside the paper around it, summed so that any rectangle is
    told at once.
    """

    def __init__(self, picture: Image.Image) -> None:
        import numpy as np  # noqa: PLC0415

        self._paper = _paper(picture)
        grey = np.asarray(picture, dtype=np.float64)
        dark = (self._paper - grey) / np.maximum(self._paper, 30)
        self._sums = np.pad(np.minimum(dark, 0.9).cumsum(0).cumsum(1), ((1, 0), (1, 0)))

    def mean(self, left: Any, top: Any, right: Any, bottom: Any) -> Any:
        """Of a rectangle in dots, or of many."""
        s = self._sums
        whole = s[bottom, right] - s[top, right] - s[bottom, left] + s[top, left]
        return whole / ((bottom - top) * (right - left))

    def paper(self, left: int, top: int, right: int, bottom: int) -> tuple[float, float]:
        """How dark and how light the paper is there."""
        part = self._paper[top:bottom, left:right]
        return float(part.min()), float(part.max())


def _paper(picture: Image.Image) -> np.ndarray[Any, Any]:
    """The paper without what is on it: light as it is between what is smaller than a shadow."""
    import numpy as np  # noqa: PLC0415
    from PIL import Image, ImageFilter  # noqa: PLC0415

    by = 4
    size = round(_LARGE * DOTS / by) // 2 * 2 + 1
    small = picture.reduce(by)
    closed = small.filter(ImageFilter.MaxFilter(size)).filter(ImageFilter.MinFilter(size))
    smooth = closed.filter(ImageFilter.GaussianBlur(2))
    return np.asarray(smooth.resize(picture.size, Image.Resampling.BILINEAR), dtype=np.float64)


def read(picture: Image.Image, rows: int) -> list[Read]:
    """So many rows of a page."""
    sheet = Sheet(picture)
    lines = [_Row(sheet, row) for row in range(rows)]
    found = [line.measured(_blank(lines, at)) for at, line in enumerate(lines)]
    return [
        _judged(one, found[at - 1] if at else None, found[at + 1] if at + 1 < rows else None)
        for at, one in enumerate(found)
    ]


def _judged(one: _Measured, above: _Measured | None, below: _Measured | None) -> Read:
    column, doubt = None, _doubt(one)
    if not doubt and one.marked:
        column = one.marked[0]
        if _came_over(column, one, above, below):
            column, doubt = None, "相邻一行的笔画伸进了格里"
    return Read(column, doubt, one.written)


def _doubt(one: _Measured) -> str:
    if one.paper < _DIM or one.frame < _FRAME:
        return "格子没有拍清楚"
    if one.shaded:
        return "阴影的边缘压在格子上"
    marked = one.marked
    if len(marked) > 1:
        return "不止一个格里有笔画"
    if any(ink > _BESIDE for n, ink in enumerate(one.beside) if n not in marked):
        return "格子旁边有笔画"
    if marked and (one.inside[marked[0]] < DARK or one.middle[marked[0]] < _CENTRAL):
        return "笔画太淡或者偏在格子一边"
    return ""


def _came_over(
    column: int, one: _Measured, above: _Measured | None, below: _Measured | None
) -> bool:
    """Whether the stroke in a box may be the end of one in the row above or below."""
    over = above is not None and min(above.below[column], one.above[column]) > CLEAR
    under = below is not None and min(one.below[column], below.above[column]) > CLEAR
    fainter = one.inside[column] * 0.7
    return bool(
        (over and above and above.inside[column] > fainter)
        or (under and below and below.inside[column] > fainter)
    )


class _Row:
    """One row as it lies in the picture, and what is measured of it."""

    def __init__(self, sheet: Sheet, row: int) -> None:
        self._sheet = sheet
        self._dx, self._dy, self.frame = _shift(sheet, row)
        self._boxes = [form.box(row, column) for column in range(4)]
        self._top = form.TOP + row * form.ROW
        side = form.BOX
        self.flanks = [
            [self._mean(x + off, y + 1, 3.6, side - 2) for off in (-4.4, side + 0.8)]
            for x, y in self._boxes
        ]
        """How dark it is at the left and right of each box."""

    def _mean(self, x: float, y: float, wide: float, high: float) -> float:
        left, top = round(x * DOTS) + self._dx, round(y * DOTS) + self._dy
        right, bottom = left + round(wide * DOTS), top + round(high * DOTS)
        return float(self._sheet.mean(left, top, right, bottom))

    def measured(self, blank: list[float]) -> _Measured:
        """Beside what empty paper has in each column."""
        side, room = form.BOX, form.COLUMNS[-2] + 1

        def each(x: float, y: float, wide: float, high: float) -> list[float]:
            return [
                self._mean(left + x, top + y, wide, high) - own
                for (left, top), own in zip(self._boxes, blank, strict=True)
            ]

        inside, middle = (
            each(off, off, side - 2 * off, side - 2 * off) for off in (_INSIDE, _MIDDLE)
        )
        blocks = [self._mean(room + 5 * n, self._top + 1, 5, form.ROW - 2) for n in range(12)]
        papers = [self._paper(x, y) for x, y in self._boxes]
        return _Measured(
            inside=inside,
            middle=middle,
            beside=[max(pair) - own for pair, own in zip(self.flanks, blank, strict=True)],
            above=each(-1, -1.5, side + 2, 1.1),
            below=each(-1, side + 0.4, side + 2, 1.1),
            frame=self.frame,
            paper=min(dark for dark, _ in papers),
            shaded=any(dark < light * _EVEN for dark, light in papers),
            written=max(blocks) - min(blank) > _WRITTEN,
        )

    def _paper(self, x: float, y: float) -> tuple[float, float]:
        near, side = 0.5, form.BOX
        left, top, right, bottom = (
            round(place * DOTS) for place in (x - near, y - near, x + side + near, y + side + near)
        )
        return self._sheet.paper(left, top, right, bottom)


def _blank(rows: list[_Row], at: int) -> list[float]:
    """How dark empty paper seems in each column around a row: that of the clearer places beside the
    boxes near it.
    """
    near = rows[max(0, at - 4) : at + 5]
    found = []
    for column in range(4):
        every = sorted(ink for row in near for ink in row.flanks[column])
        found.append(every[len(every) // 4])
    return found


def _shift(sheet: Sheet, row: int) -> tuple[int, int, float]:
    """How far the boxes of a row lie from their places, in dots, and how dark the palest of their
    frames is there.
    """
    import numpy as np  # noqa: PLC0415

    away = np.arange(-_REACH, _REACH + 1)
    dx, dy = np.meshgrid(away, away)
    side, total, each = round(form.BOX * DOTS), np.zeros(dx.shape), []
    for column in range(4):
        x, y = (round(place * DOTS) for place in form.box(row, column))
        sides = [
            (x - 1, y - 1, x + side + 2, y + 2),
            (x - 1, y + side - 1, x + side + 2, y + side + 2),
            (x - 1, y - 1, x + 2, y + side + 2),
            (x + side - 1, y - 1, x + side + 2, y + side + 2),
        ]
        own = [sheet.mean(a + dx, b + dy, c + dx, d + dy) for a, b, c, d in sides]
        each.append(np.minimum.reduce(own))
        total += np.add.reduce(own)
    best = np.unravel_index(int(total.argmax()), total.shape)
    frame = min(float(one[best]) for one in each)
    return int(dx[best]), int(dy[best]), frame
