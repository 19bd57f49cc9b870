"""Files as no program should write them, as many as wanted, the same for the same seed."""

from __future__ import annotations

import io
import random
import tempfile
import zipfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import typst

from tests.intake.test_binder import BINDER, HANDS, made

FONTS = Path(__file__).parents[2] / "taizhang/papers/fonts"
NAMES = (
    "a.docx", "a.xlsx", "a.xls", "a.doc", "a.pdf", "a.txt", "a.jpg", "a.png", "a.zip", "a.exe", "a", ".docx", "a.docx.exe",
    "../../etc/passwd", "CON.xlsx", "名" * 200 + ".docx", "a\x00.docx", "=1+1.xlsx", "支委会记录.wps", "谈话.rtf",
)  # fmt: skip
_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + b"".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">'.encode() for n in range(8))
    + b"]><w>&i;</w>"
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
Dice = random.Random


@lru_cache(maxsize=1)
def whole() -> tuple[bytes, ...]:
    """Files of every format that can be read, as they should be."""
    cases = [made(case) for case in (*BINDER[::4], *HANDS[::2])]
    lines = "\n\n".join(
        ("支委会会议记录", "时间：2018年3月6日15:30", "地点：会议室", "主持人：甘一苇")
    )
    page = f'#set text(font: "Taizhang Serif")\n{lines}\n#table(columns: 2, [记录人], [乙初晴])'
    with tempfile.TemporaryDirectory() as folder:
        main = Path(folder) / "main.typ"
        main.write_text(page, encoding="utf-8")
        pdf = typst.compile(main, font_paths=[FONTS], format="pdf")
    xls = Path(__file__).with_name("sample.xls").read_bytes()
    return (*cases, pdf, pdf, pdf, xls, xls, xls)


def broken(seed: int) -> tuple[str, bytes]:
    """A name and bytes."""
    dice = Dice(seed)
    data = dice.choice(whole())
    return dice.choice(NAMES), dice.choice(_WAYS)(data, dice)


def spoilt(data: bytes, dice: Dice) -> bytes:
    """Cut off, with a piece missing or doubled, or with bytes changed."""
    found = bytearray(data or b"\0")
    at = dice.randrange(len(found))
    way = dice.randrange(4)
    if way == 0:
        del found[at:]
    elif way == 1:
        del found[at : at + dice.randrange(1, 200)]
    elif way == 2:
        found[at:at] = found[at : at + dice.randrange(1, 400)]
    else:
        for _ in range(dice.randrange(1, 30)):
            found[dice.randrange(len(found))] = dice.randrange(256)
    return bytes(found)


def _within(change: Callable[[str, bytes, Dice], bytes | None]) -> Callable[[bytes, Dice], bytes]:
    """The same for what is packed in a file; None leaves the member out."""

    def changed(data: bytes, dice: Dice) -> bytes:
        if not data.startswith(b"PK"):
            return spoilt(data, dice)
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
            chosen = dice.choice(old.namelist())
            for name in old.namelist():
                part = change(name, old.read(name), dice) if name == chosen else old.read(name)
                if part is not None:
                    new.writestr(name, part)
        return out.getvalue()

    return changed


def _missing(name: str, data: bytes, dice: Dice) -> bytes | None:
    del name, data, dice
    return None


def _swapped(data: bytes, dice: Dice) -> bytes:
    """Two members under each other's names."""
    if not data.startswith(b"PK"):
        return spoilt(data, dice)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        names = old.namelist()
        one, other = dice.sample(names, 2)
        swap = {one: other, other: one}
        for name in names:
            new.writestr(name, old.read(swap.get(name, name)))
    return out.getvalue()


def _absurd(name: str, data: bytes, dice: Dice) -> bytes:
    """XML that no program writes: entities, numbers beyond bounds, depth without end, elements that
    do not belong.
    """
    del name
    ways: tuple[Callable[[], bytes], ...] = (
        lambda: _LAUGHS,
        lambda: b"<w>" * 5000 + b"</w>" * 5000,
        lambda: data.replace(b'="1"', b'="' + str(10 ** dice.randrange(3, 25)).encode() + b'"'),
        lambda: data.replace(b'"A1', b'"XFD1048576'),
        lambda: data.replace(b"w:tr", b"w:tc"),
        lambda: data.replace(b"w:val", b"w:v"),
        lambda: data.replace(b"<c ", b'<c r="ZZZ99999999" ', 3),
        lambda: data[: len(data) // 2] * 2,
    )
    return dice.choice(ways)()


def _with_macros(data: bytes, dice: Dice) -> bytes:
    if not data.startswith(b"PK"):
        return spoilt(data, dice)
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as new:
        new.writestr(dice.choice(("word/vbaProject.bin", "xl/vbaProject.bin")), b"\0" * 99)
    return out.getvalue()


def _packed(data: bytes, dice: Dice) -> bytes:
    """A zip, perhaps within zips, with names from outside it, or marked as locked."""
    for _ in range(dice.randrange(1, 4)):
        out = io.BytesIO()
        with zipfile.ZipFile(
            out, "w", dice.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
        ) as new:
            for name in dice.sample(
                ("a.docx", "../b.docx", "c/d.xlsx", "~$e.docx", "f.zip", "g"), 2
            ):
                new.writestr(name, data)
        data = out.getvalue()
    if dice.random() < 0.3:
        locked = bytearray(data)
        for at in (6, data.rfind(b"PK\x01\x02") + 8):
            locked[at] |= 1
        data = bytes(locked)
    return spoilt(data, dice) if dice.random() < 0.3 else data


def _of_nothing(data: bytes, dice: Dice) -> bytes:
    """Empty, blank, or the beginning of something with noise behind it."""
    heads = (b"", b" \n\t\r\n", b"PK\x03\x04", _OLE, _OLE + "Workbook".encode("utf-16-le"), b"%PDF-1.7\n", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"{\\rtf1", b"\xff\xfe", b"\0\0\0\x18ftypheic")  # fmt: skip
    noise = dice.randbytes(dice.choice((0, 10, 3000)))
    return dice.choice(heads) + dice.choice((b"", noise, data[dice.randrange(1 + len(data)) :]))


def _of_words(data: bytes, dice: Dice) -> bytes:
    """Text as a form may have it, in absurd order and number."""
    del data
    words = ("时间：", "2018年3月5日", "0年0月0日", "99999年13月45日", "下午25点", "应到", "人" * 40, "：：：", "、" * 30, "（" * 20, "\t", "\n", "|", "姓名", "党费收缴台账", "1" * 4000, "一二三四五六七八九十", "支委会会议记录", "甲→乙：", "赞成" * 9, "\x00", "〃", "同上", "第一季度")  # fmt: skip
    return "".join(dice.choices(words, k=dice.randrange(1, 400))).encode(dice.choice(("utf-8", "gb18030", "utf-16")), "replace")  # fmt: skip


_WAYS: tuple[Callable[[bytes, Dice], bytes], ...] = (
    spoilt,
    _within(lambda _, data, dice: spoilt(data, dice)),
    _within(lambda _, data, dice: spoilt(data, dice)),
    _within(_missing),
    _swapped,
    _within(_absurd),
    _with_macros,
    _packed,
    _of_nothing,
    _of_words,
)
