"""What a picture tells: its size, when it was taken, and a mark by which a copy of it is known
again.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime

from PIL import Image, ImageOps, UnidentifiedImageError

from taizhang.documents import pictures
from taizhang.kernel.errors import BadInput

MOST_PIXELS = 60_000_000
_EXIF_TAKEN = (36867, 306)
_EXIF_PART = 0x8769
FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", pictures.HEIC: "image/heic"}
THUMBNAIL = (320, 320)


@dataclass(frozen=True)
class Picture:
    """What was read of a picture; `shown` is a copy without its EXIF, so that nobody sees where it
    was taken.
    """

    mime: str
    width: int
    height: int
    taken_at: datetime | None
    device: str
    mark: int
    mark_mirrored: int
    shown: bytes
    thumbnail: bytes


def look_at(data: bytes) -> Picture:
    """Read a picture; raises BadInput for what is broken, too large, or neither JPEG,
    PNG nor HEIC.
    """
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with pictures.opened(data) as probe:
            if probe.format not in FORMATS:
                raise BadInput("只接受 JPEG、PNG、HEIC 图片，请转换格式后再上传。")
            if probe.width * probe.height > MOST_PIXELS:
                raise BadInput(f"图片有{probe.width}×{probe.height}像素，过大，请缩小后再上传。")
            mime = FORMATS[probe.format]
            probe.verify()
        with pictures.opened(data) as picture:
            taken, device = _exif(picture)
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except BadInput:
        raise
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        Image.DecompressionBombError,
    ) as broken:
        raise BadInput("图片已损坏或过大，无法打开。") from broken
    return Picture(
        mime,
        upright.width,
        upright.height,
        taken,
        device,
        _mark(upright),
        _mark(ImageOps.mirror(upright)),
        _as_jpeg(upright, (2400, 2400), 88),
        _as_jpeg(upright, THUMBNAIL, 80),
    )


def _exif(picture: Image.Image) -> tuple[datetime | None, str]:
    try:
        exif = picture.getexif()
        inner = exif.get_ifd(_EXIF_PART)
    except (OSError, ValueError, SyntaxError):
        return None, ""
    device = " ".join(str(exif.get(tag, "")).strip("\x00 ") for tag in (271, 272)).strip()[:60]
    for tag in _EXIF_TAKEN:
        text = str(inner.get(tag) or exif.get(tag) or "").strip("\x00 ")
        try:
            return datetime.strptime(text, "%Y:%m:%d %H:%M:%S"), device  # noqa: DTZ007  (cameras know no zone)
        except ValueError:
            continue
    return None, device


def _mark(picture: Image.Image) -> int:
    """64 bits: whether each of 8 × 8 cells is brighter than its right neighbour; as a signed
    number.
    """
    small = picture.convert("L").resize((9, 8), Image.Resampling.LANCZOS)
    cells = list(small.tobytes())
    bits = 0
    for row in range(8):
        for column in range(8):
            bits = bits << 1 | (cells[row * 9 + column] > cells[row * 9 + column + 1])
    return bits - (1 << 64) if bits >= 1 << 63 else bits


def _as_jpeg(picture: Image.Image, within: tuple[int, int], quality: int) -> bytes:
    copy = picture.copy()
    copy.thumbnail(within)
    out = io.BytesIO()
    copy.save(out, "JPEG", quality=quality)
    return out.getvalue()
