"""Which characters a font file has: its `cmap`, read without a library (OpenType 1.9, formats 4 and
12).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

_ENDINGS = {".ttf", ".otf", ".ttc", ".otc"}


def of_folder(folder: Path) -> frozenset[str]:
    """The characters of all fonts below a folder; a file that is no font has none."""
    found: set[str] = set()
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in _ENDINGS and path.is_file():
            found |= of_file(path.read_bytes())
    return frozenset(found)


def of_file(data: bytes) -> set[str]:
    """The characters of a font, or of a collection of fonts."""
    try:
        return {chr(code) for begin in _fonts(data) for code in _codes(data, begin)}
    except (struct.error, ValueError, IndexError):
        return set()


def _fonts(data: bytes) -> Iterator[int]:
    """Where each font of the file begins."""
    if data[:4] != b"ttcf":
        yield 0
        return
    (count,) = struct.unpack_from(">I", data, 8)
    yield from struct.unpack_from(f">{count}I", data, 12)


def _codes(data: bytes, begin: int) -> Iterator[int]:
    (tables,) = struct.unpack_from(">H", data, begin + 4)
    for at in range(begin + 12, begin + 12 + 16 * tables, 16):
        tag, _, cmap, _ = struct.unpack_from(">4sIII", data, at)
        if tag == b"cmap":
            (count,) = struct.unpack_from(">H", data, cmap + 2)
            for record in range(cmap + 4, cmap + 4 + 8 * count, 8):
                (offset,) = struct.unpack_from(">I", data, record + 4)
                yield from _codes_of(data, cmap + offset)


def _codes_of(data: bytes, at: int) -> Iterator[int]:
    (form,) = struct.unpack_from(">H", data, at)
    if form == 4:
        yield from _segments(data, at)
    elif form == 12:
        (groups,) = struct.unpack_from(">I", data, at + 12)
        for group in range(at + 16, at + 16 + 12 * groups, 12):
            first, last, glyph = struct.unpack_from(">III", data, group)
            yield from range(first + (glyph == 0), min(last, 0x10FFFF) + 1)


def _segments(data: bytes, at: int) -> Iterator[int]:
    """Format 4: ranges of codes, each with a shift or with a list of glyphs; glyph 0 is none."""
    (twice,) = struct.unpack_from(">H", data, at + 6)
    count = twice // 2
    ends, starts = at + 14, at + 16 + twice
    deltas, offsets = starts + twice, starts + 2 * twice
    for n in range(count):
        (end,), (start,) = (struct.unpack_from(">H", data, part + 2 * n) for part in (ends, starts))
        (delta,), (offset,) = (
            struct.unpack_from(">H", data, part + 2 * n) for part in (deltas, offsets)
        )
        for code in range(start, min(end, 0xFFFE) + 1):
            glyph = code
            if offset:
                place = offsets + 2 * n + offset + 2 * (code - start)
                (glyph,) = struct.unpack_from(">H", data, place)
            if glyph and (glyph + delta) % 65536:
                yield code
