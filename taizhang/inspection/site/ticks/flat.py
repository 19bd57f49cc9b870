"""A photographed page laid straight by the four codes at its corners, however it was turned."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from taizhang.kernel.errors import BadInput
from taizhang.papers.documents import tick_sheet as form
from taizhang.papers.marks import drawn
from taizhang.papers.marks import mark as marks

if TYPE_CHECKING:
    import numpy as np
    from PIL import Image

DOTS = 8
"""A mm of a page that was laid straight."""
_CORNER = re.compile(r"TZC/([234])/([0-9]{1,18}\.[0-9]{1,3})")
_LEAST = 3
"""So many of the four codes must be seen."""
_ASTRAY = 0.5
"""mm: how far the codes may lie from where they belong, on the whole."""
_TURNED = 45
"""Degrees from which a page counts as turned."""


class Code(NamedTuple):
    """A code in a picture, and its corners in dots: left above, right above, right below, left
    below of the code.
    """

    text: str
    corners: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Page:
    """A page as it was printed: in grey, so many dots a mm."""

    mark: marks.Mark
    picture: Image.Image
    turned: bool
    """It stood on its head or lay on its side."""


class OtherSheet(BadInput):
    """A page of ours that is no such sheet; its mark says what it is."""

    def __init__(self, mark: marks.Mark | None) -> None:
        """Tell it."""
        super().__init__("这一页是本系统的另一种表，不是勾选表；请照纸录入。")
        self.mark = mark


def laid(picture: Image.Image) -> Page:
    """The page in a picture; raises BadInput where there is none, more than one, or too little of
    it.
    """
    main, others = _sorted(_codes(picture))
    mark = marks.read(main.text)
    if mark is None or mark.sort != marks.CHECKLIST or mark.what.count(":") != 2:
        raise OtherSheet(mark)
    own = ".".join(mark.what.split(":")[:2])
    if any(key != own for key, _, _ in others):
        raise BadInput("一张图里有两页勾选表，请一页一张。")
    found = [(1, main), *((number, code) for _, number, code in others)]
    if len(found) < _LEAST:
        raise BadInput(f"四角的二维码只看清{len(found)}个，请把整页拍进画面、拍清楚再传。")
    return _straight(picture, mark, found)


def _codes(picture: Image.Image) -> list[Code]:
    import zxingcpp  # noqa: PLC0415  (only pictures need it)

    found = []
    formats = zxingcpp.barcode_formats_from_str("QRCode")
    for one in zxingcpp.read_barcodes(picture, formats=formats):
        p: Any = one.position
        corners = (p.top_left, p.top_right, p.bottom_right, p.bottom_left)
        found.append(Code(one.text, tuple((corner.x + 0.5, corner.y + 0.5) for corner in corners)))
    return found


def _sorted(codes: list[Code]) -> tuple[Code, list[tuple[str, int, Code]]]:
    """The mark, and the other corners with their page and number."""
    own = [code for code in codes if code.text.startswith("TZ1/")]
    told = [(_CORNER.fullmatch(code.text), code) for code in codes]
    others = [(found[2], int(found[1]), code) for found, code in told if found]
    if not own:
        raise BadInput(
            "左上角的二维码看不清，认不出是哪个单位的表；请拍清楚再传。"
            if others
            else "没有看到勾选表的二维码：可能是没有二维码的复印件，或者没有拍清楚；请重拍，或者照纸录入。"
        )
    if len(own) > 1 or len({(key, number) for key, number, _ in others}) < len(others):
        raise BadInput("一张图里有两页勾选表，请一页一张。")
    return own[0], others


def _straight(picture: Image.Image, mark: marks.Mark, found: list[tuple[int, Code]]) -> Page:
    import numpy as np  # noqa: PLC0415

    places = np.array([one for number, code in found for one in _printed(number, code.text)])
    seen = np.array([one for _, code in found for one in code.corners])
    across = _mapping(places, seen)
    back = _moved(np.linalg.inv(across), seen)
    if float(np.sqrt(((back - places) ** 2).sum(axis=1).mean())) > _ASTRAY:
        raise BadInput("页面弯折或者被遮住，四角对不准；请压平重拍，或者照纸录入。")
    scale = np.diag([1 / DOTS, 1 / DOTS, 1.0])
    told = across @ scale
    told /= told[2, 2]
    flat = picture.transform(
        (round(form.WIDE * DOTS), round(form.HIGH * DOTS)),
        _perspective(),
        told.ravel()[:8].tolist(),
        _smooth(),
        fillcolor=255,
    )
    right = seen[1] - seen[0]
    turned = abs(float(np.degrees(np.arctan2(right[1], right[0])))) > _TURNED
    return Page(mark, flat, turned)


def _perspective() -> Image.Transform:
    from PIL import Image  # noqa: PLC0415

    return Image.Transform.PERSPECTIVE


def _smooth() -> Image.Resampling:
    from PIL import Image  # noqa: PLC0415

    return Image.Resampling.BICUBIC


def _printed(number: int, text: str) -> list[tuple[float, float]]:
    """Where the corners of a code lie on the paper, without its quiet zone."""
    x, y = form.CORNERS[number - 1]
    near = form.CORNER_SIDE * drawn.share(text)
    far = form.CORNER_SIDE - near
    return [(x + near, y + near), (x + far, y + near), (x + far, y + far), (x + near, y + far)]


def _mapping(places: np.ndarray[Any, Any], seen: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """The projection that lays places on dots best (direct linear transformation, both sides
    brought to size one).
    """
    import numpy as np  # noqa: PLC0415

    of_places, of_seen = _to_one(places), _to_one(seen)
    rows = []
    for (x, y), (u, v) in zip(_moved(of_places, places), _moved(of_seen, seen), strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, -u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, -v])
    best = np.linalg.svd(np.array(rows))[2][-1].reshape(3, 3)
    return np.asarray(np.linalg.inv(of_seen) @ best @ of_places)


def _to_one(points: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    import numpy as np  # noqa: PLC0415

    x, y = points.mean(axis=0)
    s = 1 / max(float(points.std()), 1e-6)
    return np.array([[s, 0, -s * x], [0, s, -s * y], [0, 0, 1]])


def _moved(by: np.ndarray[Any, Any], points: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    import numpy as np  # noqa: PLC0415

    told = np.column_stack([points, np.ones(len(points))]) @ by.T
    return np.asarray(told[:, :2] / told[:, 2:])
