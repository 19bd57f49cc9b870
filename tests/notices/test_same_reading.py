"""Marks of half width, idle blanks and breaks of lines in cells change nothing of what is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from taizhang.documents import reading
from taizhang.documents.blocks import Block, Paragraph, Source, Table
from taizhang.notices import read
from taizhang.notices.values import flat
from tests.notices.pictures import HANDS, drawn, told

Change = Callable[[str], str]
_HALF = str.maketrans("：（），；", ":(),;")


def _half_marks(text: str) -> str:
    return text.translate(_HALF)


def _blanks(text: str) -> str:
    return re.sub(r"([：，,、；;]|:(?!\d))", r"\1 ", f"  {text} ")


def _broken(text: str) -> str:
    return text.replace("、", "、\n")


def _changed(source: Source, change: Change, *, only_cells: bool) -> Source:
    blocks: list[Block] = []
    for one in source.blocks:
        if isinstance(one, Paragraph) and not only_cells:
            blocks.append(replace(one, text=change(one.text)))
        elif isinstance(one, Table):
            rows = [[replace(cell, text=change(cell.text)) for cell in row] for row in one.rows]
            blocks.append(replace(one, rows=rows))
        else:
            blocks.append(one)
    return Source(blocks, source.notes, source.aside)


def _lines(source: Source) -> list[str]:
    return [flat(line).replace(",", "，") for line in told(read.understood(source))]


@pytest.mark.parametrize(
    ("change", "only_cells"), [(_half_marks, False), (_blanks, False), (_broken, True)]
)
def test_how_it_is_typed_changes_nothing(change: Change, *, only_cells: bool) -> None:
    differ = []
    for path in HANDS:
        data, _ = drawn(path)
        typed = _changed(reading.source(data), change, only_cells=only_cells)
        if _lines(typed) != _lines(reading.source(data)):
            differ.append(path.stem)
    assert differ == []
