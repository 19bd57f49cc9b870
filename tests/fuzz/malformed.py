"""Malformed files and forms, as many as wanted, the same for the same seed: what a careless program
or a hostile hand would send.
"""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

from tests.ledgers.test_sheets import sheet
from tests.make import picture
from tests.notices.papers import SAMPLE

Made = tuple[str, bytes]
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))"
    b">>>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
)
NAMES = (
    "a.xlsx", "a.docx", "a.png", "a.jpg", "a.pdf", "a.exe", "../../etc/passwd", "a\x01b.png", "CON.xlsx", "绝密★文件.pdf", "=1+1.xlsx",
    "a.xlsx\x00.png", "名" * 300, "", "a.svg", "a.html", ".htaccess",
)  # fmt: skip


def _zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return out.getvalue()


def _giant(width: int, height: int) -> bytes:
    """A PNG that says it is this large and holds next to nothing."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b""))
    parts = (
        struct.pack(">I", len(data)) + tag + data + struct.pack(">I", zlib.crc32(tag + data))
        for tag, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + b"".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">'.encode() for n in range(8))
    + b"]><w>&i;</w>"
)
_OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]><w>&x;</w>'
GOOD = (
    sheet(["姓名", "日期", "用户名"], ["示例甲", "2018-01-01", "neu"]), picture(), SAMPLE.read_bytes(), PDF,
    _zipped(**{"[Content_Types]_xml": b"<Types/>", "word__document_xml": b"<w:document/>"}),
)  # fmt: skip
FIXED = (
    b"", b"\0" * 5000, b"PK\x03\x04" + b"\xff" * 400, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, _giant(20_000, 20_000),
    _giant(2**31 - 1, 1), _zipped(word__document_xml=_LAUGHS), _zipped(word__document_xml=_OUTSIDE), _zipped(xl__workbook_xml=_LAUGHS),
    _zipped(**{"../../a": b"x", "xl__workbook_xml": b""}), _zipped(xl__vbaProject_bin=b"x"), _zipped(xl__workbook_xml=b"0" * 30_000_000),
    GOOD[1] + GOOD[0], GOOD[3] + GOOD[0], b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", b"<html><script>alert(1)</script>",
    "姓名,日期\n=cmd|' /C calc'!A0,2018".encode("gb18030"), b"MZ" + b"\0" * 900, "绝密★启用前".encode(), b"\xff\xfe" + b"\xd8\x00" * 99,
)  # fmt: skip


def files(seed: int, n: int) -> Iterator[Made]:
    """(name, bytes) of so many files: fixed ones first, then good ones that were cut, mixed or had
    some bytes changed.
    """
    rng = random.Random(seed)
    for data in FIXED[:n]:
        yield rng.choice(NAMES), data
    ways: tuple[Callable[[random.Random, bytes], bytes], ...] = (_cut, _flipped, _joined, _noise)
    for _ in range(n - len(FIXED)):
        yield rng.choice(NAMES), rng.choice(ways)(rng, rng.choice(GOOD))


def _cut(rng: random.Random, data: bytes) -> bytes:
    return data[: rng.randrange(len(data))]


def _flipped(rng: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.randint(1, 30)):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def _joined(rng: random.Random, data: bytes) -> bytes:
    other = rng.choice(GOOD)
    return data[: rng.randrange(len(data))] + other[rng.randrange(len(other)) :]


def _noise(rng: random.Random, data: bytes) -> bytes:
    return data[:8] + rng.randbytes(rng.randrange(3000))


_TEXTS = (
    "", " ", "\x00", "0", "-1", "1e999", "NaN", "99999999999999999999", "2018-02-30", "2018-13-01", "0001-01-01", "9999-12-31", "24:61",
    "<script>alert(1)</script>", "' OR 1=1 --", "=1+1", "{{7*7}}", "../../etc/passwd", "\u202e倒", "\ud7ff\ue000", "是", "否", "on",
    "示例甲", "党员大会", "一" * 6000, "a" * 6000, "\n" * 2000, "１２", "²", "½", "%00", "null", "[]", "{}", "[[[[", "议题1\n：\n：：", "（：；）",
)  # fmt: skip


def form(rng: random.Random, names: tuple[str, ...]) -> dict[str, list[str]]:
    """A form of some of these names and some unknown ones, each once or several times."""
    chosen = rng.sample(names, min(len(names), rng.randint(1, 12)))
    chosen += rng.choices(("x", "branch", "version", "reason", "csrf", "id", "__proto__"), k=2)
    return {name: rng.choices(_TEXTS, k=rng.choice((1, 1, 1, 2, 40))) for name in chosen}
