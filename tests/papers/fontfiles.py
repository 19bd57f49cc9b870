"""Fonts for tests, made from the built-in one: under another name, or with another character."""

from __future__ import annotations

import struct

from taizhang.papers.writers.pdf import FONTS

_SERIF = FONTS / "TaizhangSerif-Regular.otf"


def named(family: str) -> bytes:
    """The built-in serif as a family of this name, as an office has it: in English or
    in Chinese.
    """
    records, strings = b"", b""
    for identifier, text in ((1, family), (2, "Regular"), (4, family), (6, "Own-Regular")):
        told = text.encode("utf-16-be")
        records += struct.pack(">6H", 3, 1, 0x0409, identifier, len(told), len(strings))
        strings += told
    head = struct.pack(">3H", 0, 4, 6 + len(records))
    return _with_table(_SERIF.read_bytes(), b"name", head + records + strings)


def of_one(char: str) -> bytes:
    """A font that has this character and no other."""
    group = struct.pack(">3I", ord(char), ord(char), 700)
    table = struct.pack(">HHIII", 12, 0, 16 + len(group), 0, 1) + group
    cmap = struct.pack(">HHHHI", 0, 1, 3, 10, 12) + table
    return _with_table(named("Rare"), b"cmap", cmap)


def _with_table(font: bytes, tag: bytes, table: bytes) -> bytes:
    """The font with one table replaced, which stands at its end."""
    (count,) = struct.unpack_from(">H", font, 4)
    made = bytearray(font + bytes(-len(font) % 4))
    for at in range(12, 12 + 16 * count, 16):
        if made[at : at + 4] == tag:
            struct.pack_into(">II", made, at + 8, len(made), len(table))
    return bytes(made) + table
