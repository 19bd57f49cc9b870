"""How lists are written in one cell or text box, and read back."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import Any

from taizhang.kernel.text import folded

_NUMBER = re.compile(r"^\s*(?:[（(]?\d{1,2}[)）.、．]|[一二三四五六七八九十]{1,2}、)\s*")
_SEPARATOR = re.compile(r"[、，,;；/／\n\r\t]+")
_NOTHING = re.compile(
    r"(?:暂?无|没有|无人|未有|空缺?|零|0人?|[-/\\—–－_]+|无(?:缺席|列席|请假)(?:人员)?|不适用)[。.]?"
)


def is_nothing(text: str) -> bool:
    """Words that say that there is nobody or nothing: 无, 没有, /."""
    return bool(_NOTHING.fullmatch(folded(text)))


def lines(text: str) -> Iterator[str]:
    """The lines that are not blank, without the numbers in front; `1.……；2.……` in one
    line are two.
    """
    for line in text.splitlines():
        for piece in _counted(line):
            plain = _NUMBER.sub("", piece).strip()
            if plain:
                yield plain


_BLANK_LABELS = re.compile(r"(?:\s*[^\s：:，。；]{2,10}\s*[：:][\s_＿年月日]*){2,}")
_BLANK_SIGN = re.compile(r"\s*[^\s：:，。；]{0,8}签\s*[名字章][）)]?\s*[：:][\s_＿年月日]*")


def nobody_signed(line: str) -> bool:
    """A line of labels with nothing behind them: `记录人（签字）：　　审核：`."""
    return bool(_BLANK_LABELS.fullmatch(line) or _BLANK_SIGN.fullmatch(line))


def uncovered(line: str) -> str:
    """`【时间】3月` as `时间：3月`."""
    return re.sub(r"^\s*[【\[〖]\s*([^】\]〗]{2,10})[】\]〗]\s*[：:]?", r"\1：", line)


_BLANKS = {True: re.compile(r"((?:[ \u3000]{2,}|\u3000|\t)\s*)"), False: re.compile(r"(\s+)")}


def spaced(line: str, labels: Container[str], *, wide: bool = True) -> str:
    """`日期　3月2日　　记录　甲` as `日期：3月2日　　记录：甲`, where the line begins with a label and a wide blank.

    A label has a value behind it: of labels side by side none is one.
    """
    cells = _BLANKS[wide].split(line.strip())
    said, blanks = cells[::2], [*cells[1::2], ""]
    if len(said) < 2 or said[0] not in labels or said[1] in labels:
        return line
    found, before = "", False
    for cell, blank, behind in zip(said, blanks, [*said[1:], ""], strict=True):
        before = not before and cell in labels and bool(behind) and behind not in labels
        found += cell + ("：" if before else blank)
    return found


_COUNTS = tuple(
    [re.compile(shape.format(number)) for number in numbers]
    for shape, numbers in (
        (r"[（(]{}[)）]", range(1, 21)),
        (r"(?<!\d){}[.、．](?!\d)", range(1, 21)),
        (r"(?<![一二三四五六七八九十]){}、", "一二三四五六七八九十"),
        (r"[（(]{}[)）]", "一二三四五六七八九十"),
    )
)


def _counted(line: str) -> list[str]:
    """The pieces of a line that counts on: 1. 2. 3.; a line that does not begin with one is a
    single piece.
    """
    for counts in _COUNTS:
        starts, at = list[int](), 0
        for count in counts:
            found = count.search(line, at)
            if not found or (not starts and line[: found.start()].strip()):
                break
            starts.append(found.start())
            at = found.end()
        if len(starts) > 1:
            ends = [*starts[1:], len(line)]
            return [line[a:b].rstrip("；;，, ") for a, b in zip(starts, ends, strict=True)]
    return [line]


def names(text: str) -> Iterator[tuple[str, str]]:
    """Names in a list with what stands in brackets behind each: `张三（病假）、李四`."""
    depth, start, parts = 0, 0, []
    for at, char in enumerate(text):
        depth += char in "(（"
        depth -= char in ")）"
        if depth == 0 and _SEPARATOR.match(char):
            parts.append(text[start:at])
            start = at + 1
    parts.append(text[start:])
    for part in parts:
        name, _, rest = (
            part.strip().partition("（") if "（" in part else part.strip().partition("(")
        )
        if name.strip():
            yield name.strip(), rest.rstrip("）)").strip()


def speech(line: str) -> tuple[str, str]:
    """Who said what: `张三：……`; without a colon it is nobody's."""
    found = re.match(r"^([^：:]{2,12})[：:]\s*(.+)$", line)
    return (found[1].strip(), found[2].strip()) if found else ("", line)


def serial(number: str) -> tuple[str, int | None]:
    """A number of a book as (series, running number): `示-0012` is the 12th of the
    series `示-####`.
    """
    found = re.fullmatch(r"(.*?)(\d{1,18})", number.strip())
    if not found:
        return "", None
    return f"{found[1]}{'#' * len(found[2])}", int(found[2])


def bracketed(line: str) -> tuple[str, dict[str, str]]:
    """A line and what its closing brackets say: `……（负责人：张三；期限：2018-10-01）`."""
    found = re.match(r"^(.*?)[（(]((?:[^（）()]*[：:][^（）()]*))[）)]\s*$", line)
    if not found:
        return line, {}
    pairs = (
        re.split(r"[：:]", piece, maxsplit=1) for piece in re.split(r"[；;，,]", found[2]) if piece
    )
    return found[1].strip(), {pair[0].strip(): pair[1].strip() for pair in pairs if len(pair) == 2}


def numbered(rows: list[Any], text: str = "text") -> str:
    """Rows as lines."""
    return "\n".join(getattr(row, text) for row in rows)


def swallowed(label: str, text: str, names: Container[str]) -> list[tuple[str, str]]:
    """(label, text) of each label that a cell holds: 地点 │ 党员活动室　　主持人 甲, as two cells of a
    photograph run together. Only a known label of three characters and more is one.
    """
    found = _RUN_TOGETHER.fullmatch(text)
    if found is None or folded(found["label"]) not in names:
        return [(label, text)]
    return [(label, found["said"]), *swallowed(folded(found["label"]), found["rest"], names)]


_RUN_TOGETHER = re.compile(
    r"(?P<said>[^\n：:]{1,30}?)(?: {2,}|　|\t)\s*(?P<label>[\u4e00-\u9fff]{3,8})[ 　：:]+"
    r"(?P<rest>\S[^\n]*)"
)
