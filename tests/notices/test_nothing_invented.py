"""However a notice is mangled, every value that is read stands in the file at the place that is
told.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from taizhang.documents import reading
from taizhang.documents.blocks import Cell, Paragraph, Source, Table
from taizhang.kernel.text import folded
from taizhang.notices import places, read
from taizhang.notices.model import Notice
from tests.notices.layouts import LAYOUTS
from tests.notices.papers import SAMPLE
from tests.notices.pictures import HANDS, drawn
from tests.notices.test_layouts import leaves

_DAYS = {"issued_on", "starts_on", "ends_on", "date", "until", "on"}


@cache
def sources() -> tuple[bytes, ...]:
    """The notices that are mangled; not made where tests are only collected."""
    made = (make() for make, _ in LAYOUTS.values())
    return (*made, SAMPLE.read_bytes(), *(drawn(path)[0] for path in HANDS))


@cache
def texts() -> tuple[str, ...]:
    """Those that are plain text."""
    return tuple(data.decode() for data in sources() if not data.startswith((b"PK", b"%PDF")))


def spots(source: Source) -> list[tuple[str, str]]:
    """(text, where) of every paragraph and cell."""
    found = []
    for block in source.blocks:
        if isinstance(block, Paragraph):
            found.append((block.text, block.where))
        elif isinstance(block, Table):
            found += [(c.text, c.where) for row in block.rows for c in row if not c.spans]
    return found


def stands_at(path: str, value: Any, where: str, source: Source) -> bool:
    """Whether a value is written in the spot of that place; what goes over several spots begins
    there.
    """
    said = spots(source)
    name = re.sub(r"\.\d+$", "", path).rsplit(".", 1)[-1]
    for at, (text, place) in enumerate(said):
        if place != where:
            continue
        plain = folded(text).replace("∶", ":")
        if path.startswith("period"):
            ok = str(value)[:4] in plain
        elif name in _DAYS:
            day = date.fromisoformat(value)
            ok = all(str(number) in _digits(plain) for number in (day.month, day.day))
            ok = ok or _without_month(plain, day, [text for text, _ in said])
        elif name in ("start", "end"):
            hour, minute = map(int, value.split(":"))
            ok = bool({str(hour), f"{hour:02d}", str(hour - 12)} & set(re.findall(r"\d+", plain)))
            ok = ok and (not minute or f"{minute:02d}" in plain or "半" in plain)
        elif isinstance(value, float | int):
            ok = f"{value:g}" in plain
        else:
            first = folded(str(value).splitlines()[0])
            ok = first in plain or first in folded("".join(t for t, _ in said[at : at + 4]))
        if ok:
            return True
    return False


def _without_month(plain: str, day: date, every: list[str]) -> bool:
    """A number below 日 where another stands below 月, or `23日` in a sentence."""
    months = any(re.fullmatch(rf"0?{day.month}月?", folded(text)) for text in every)
    alone = bool(re.fullmatch(rf"0?{day.day}[日号]?", plain))
    return (months and alone) or bool(re.search(rf"(?<![\d月.]){day.day}日", plain))


def _digits(text: str) -> str:
    table = str.maketrans("〇零○一二三四五六七八九", "000123456789")
    plain = text.translate(table)
    tens = re.sub(r"(\d?)十(\d?)", lambda m: str(int(m[1] or 1) * 10 + int(m[2] or 0)), plain)
    return text + tens + plain


def unplaced(notice: Notice, source: Source) -> list[str]:
    """The values that stand nowhere, or not where it is told; a name that the table lacks is told
    by a warning.
    """
    document = notice.model_dump(mode="json", by_alias=True, exclude={"places", "warnings"})
    wrong = []
    for path, value in leaves(document):
        if (
            path.endswith(".no")
            or path.startswith("duration.")
            or re.fullmatch(r"areas\.\d+\.name", path)
        ):
            continue
        where = notice.places.get(path)
        if where is None or not stands_at(path, value, where, source):
            wrong.append(f"{path}: {value!r} at {where}")
    return wrong


def _dropped(lines: list[str], at: int) -> list[str]:
    return lines[:at] + lines[at + 1 :]


def _joined(lines: list[str], at: int) -> list[str]:
    return [*lines[:at], "".join(lines[at : at + 2]), *lines[at + 2 :]]


def _moved(lines: list[str], at: int) -> list[str]:
    return [*lines[at:], *lines[:at]]


def _swapped(lines: list[str], at: int) -> list[str]:
    return [*lines[:at], *reversed(lines[at : at + 2]), *lines[at + 2 :]]


def _renamed(lines: list[str], at: int) -> list[str]:
    pairs = (("组长", "负责同志"), ("成员", "参加"), ("督查", "走访"), ("第", ""), ("时间", "安排"), ("：", " "), ("月", "."))  # fmt: skip
    old, new = pairs[at % len(pairs)]
    return [*lines[:at], lines[at].replace(old, new), *lines[at + 1 :]]


def _halved(lines: list[str], at: int) -> list[str]:
    middle = len(lines[at]) // 2
    return [*lines[:at], lines[at][:middle], lines[at][middle:], *lines[at + 1 :]]


def _half_marks(lines: list[str], at: int) -> list[str]:
    half = lines[at].translate(str.maketrans("：（），；", ":(),;"))
    return [*lines[:at], half, *lines[at + 1 :]]


def _blanks(lines: list[str], at: int) -> list[str]:
    middle = len(lines[at]) // 2
    return [*lines[:at], f" {lines[at][:middle]} {lines[at][middle:]} ", *lines[at + 1 :]]


CHANGES = [_dropped, _joined, _moved, _swapped, _renamed, _halved, _half_marks, _blanks]


@given(
    text=st.deferred(lambda: st.sampled_from(texts())),
    changes=st.lists(st.tuples(st.sampled_from(CHANGES), st.integers(0, 60)), max_size=5),
)
def test_a_mangled_text_gives_only_what_it_says(
    text: str, changes: list[tuple[Callable[[list[str], int], list[str]], int]]
) -> None:
    lines = text.splitlines()
    for change, at in changes:
        lines = change(lines, at % len(lines)) or [""]
    source = reading.source(("\n".join(lines) + "\n.").encode())
    assert unplaced(read.understood(source), source) == []


@given(
    data=st.deferred(lambda: st.sampled_from(sources())),
    rows=st.lists(st.tuples(st.sampled_from(["drop", "swap", "turn", "apart", "break"]), st.integers(0, 20)), max_size=4),
)  # fmt: skip
def test_mangled_blocks_give_only_what_they_say(data: bytes, rows: list[tuple[str, int]]) -> None:
    source = reading.source(data)
    for what, at in rows:
        mangle(source, what, at)
    assert unplaced(read.understood(source), source) == []


def mangle(source: Source, what: str, at: int) -> None:
    tables = source.tables()
    if what == "turn":
        at %= max(1, len(source.blocks))
        source.blocks = [*source.blocks[at:], *source.blocks[:at]]
    elif tables:
        rows = tables[at % len(tables)].rows
        _IN_ROWS[what](rows, at % len(rows))


def _drop(rows: list[list[Cell]], at: int) -> None:
    if len(rows) > 1 and not any(c.spans for c in rows[(at + 1) % len(rows)]):
        del rows[at]


def _swap(rows: list[list[Cell]], _at: int) -> None:
    for row in rows:
        row.reverse()


def _apart(rows: list[list[Cell]], at: int) -> None:
    if not any(c.spans for row in rows for c in row):
        for row in rows:
            row.append(row.pop(at % len(row)))


def _break(rows: list[list[Cell]], at: int) -> None:
    rows[at] = [replace(c, text=_in_two_lines(c.text)) for c in rows[at]]


def _in_two_lines(text: str) -> str:
    middle = len(text) // 2
    return f"{text[:middle]}\n{text[middle:]}"


_IN_ROWS = {"drop": _drop, "swap": _swap, "apart": _apart, "break": _break}


def test_every_value_of_the_layouts_has_its_place() -> None:
    for data in sources():
        source = reading.source(data)
        found = read.understood(source)
        assert found.places
        assert unplaced(found, source) == []
        assert not [w for w in found.warnings if w.code == "not_in_source"]


def test_a_value_that_stands_nowhere_is_taken_out_and_told() -> None:
    source = reading.source(texts()[0].encode())
    found = read.understood(source)
    found.areas[0].team.leader = "无此人"  # type: ignore[union-attr]
    found.areas[0].team.members.append("虚构")  # type: ignore[union-attr]
    found.areas[0].organisations[0].name = "不存在的学校"
    found.starts_on = date(2019, 1, 2)
    found.places = {}
    assert len(unplaced(found, source)) > 4
    places.ground(found, source)
    assert unplaced(found, source) == []
    assert [u.name for u in found.areas[0].organisations] == ["溪东二小", "蓓蕾幼儿园"]
    assert not found.model_dump()["starts_on"]
    assert not found.model_dump()["areas"][0]["team"]["leader"]
    told = [w.message for w in found.warnings if w.code == "not_in_source"]
    assert [one[4:9] for one in told] == ["2019-", "不存在的学", "无此人”在", "虚构”在原"]
