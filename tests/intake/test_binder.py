"""A binder as schools keep it, in wordings and layouts of many hands: ledgers right, fields right,
nothing made up.

`binder.json` and `hands.json` have the documents as what stands in them, each with what is to be
read of it; people are invented. The second was made in the ways of twenty-eight hands before the
reader had been seen with them; all ledgers are in it. `sheets.json` has registers in the shapes that
one table of headers and rows does not have: halves, sections, months in pairs of columns, ticks.
"""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import docx
import xlsxwriter

from taizhang.documents import reading
from taizhang.documents.blocks import Source
from taizhang.intake.reading import read
from taizhang.intake.records.record import texts
from taizhang.kernel.text import bare, folded

BINDER, HANDS = (
    json.loads(Path(__file__).with_name(f"{name}.json").read_text(encoding="utf-8"))
    for name in ("binder", "hands")
)
SHAPES = json.loads(Path(__file__).with_name("sheets.json").read_text(encoding="utf-8"))
HANDS += SHAPES
_NUMBER = re.compile(r"(?m)^\s*(?:\d+[.、]|[一二三四五六七八九]、)")


def made(case: dict[str, Any]) -> bytes:
    """The file of a case."""
    if "text" in case:
        return str(case["text"]).encode()
    return _word(case["word"]) if "word" in case else _book(case["sheets"])


def _word(blocks: list[Any]) -> bytes:
    document, out = docx.Document(), io.BytesIO()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        rows = block["rows"]
        grid = document.add_table(len(rows), max(map(len, rows)), "Table Grid")
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                grid.cell(r, c).text = text
            grid.cell(r, len(row) - 1).merge(grid.cell(r, len(grid.columns) - 1))
        for top, left, bottom, right in block["merged"]:
            grid.cell(top, left).merge(grid.cell(bottom, right))
    document.save(out)
    return out.getvalue()


def _book(sheets: list[dict[str, Any]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    day = book.add_format({"num_format": "yyyy/m/d"})
    for one in sheets:
        sheet = book.add_worksheet(one["name"])
        for r, row in enumerate(one["rows"]):
            for c, value in enumerate(row):
                if isinstance(value, dict):
                    sheet.write_datetime(r, c, date.fromisoformat(value["day"]), day)
                elif value is not None:
                    sheet.write(r, c, value)
        for top, left, bottom, right in one["merged"]:
            sheet.merge_range(top, left, bottom, right, one["rows"][top][left])
    book.close()
    return out.getvalue()


@lru_cache(maxsize=1024)
def found_in(at: int) -> tuple[Source, list[read.Document]]:
    """What is read of a document, once for all that is asked of it."""
    case = (BINDER + HANDS)[at]
    data = made(case)
    return reading.source(data), read.documents(case["file"], data)


def _same(one: str, other: str) -> bool:
    return bare(_NUMBER.sub("", one)) == bare(_NUMBER.sub("", other))


def test_a_binder_of_many_hands_is_read() -> None:
    counts, wrong = Counter[str](), []
    for number, case in enumerate(BINDER + HANDS):
        _, found = found_in(number)
        slugs = {one.kind.slug for one in found if one.kind and one.records}
        counts["documents"] += 1
        counts["ledger"] += slugs - {"dues-assessments"} == {case["kind"]} or slugs == (
            {case["kind"]} if case["kind"] else set()
        )
        right = [one for one in found if one.kind and one.kind.slug == case["kind"]]
        records = [record for one in right for record in one.records]
        for at, wanted in enumerate(case["records"]):
            have = records[at].values if at < len(records) else {}
            for name, value in wanted.items():
                counts["fields"] += 1
                counts["right"] += _same(have.get(name, ""), value)
                if name in have and not _same(have[name], value):
                    wrong.append((case["file"], name, have[name]))

    assert counts["documents"] >= 530
    assert counts["ledger"] * 100 >= counts["documents"] * 98, counts
    assert counts["right"] * 100 >= counts["fields"] * 98, counts
    assert wrong == []


def test_every_word_that_is_proposed_stands_in_the_source() -> None:
    for number, case in enumerate(BINDER + HANDS):
        source, found = found_in(number)
        said = folded(" ".join(text for text, _ in texts(source.blocks)))
        for document in found:
            for record in document.records:
                words = set(re.findall(r"[\u4e00-\u9fff]{2,}", " ".join(record.values.values())))
                made_up = {word for word in words if word not in said} - _of_choices(document)
                assert made_up == set(), (case["file"], made_up)


def _of_choices(document: read.Document) -> set[str]:
    """The words of the form itself: its choices and the labels in the lines of its parts."""
    kind = document.kind
    assert kind is not None
    labels = " ".join(label for one in kind.fields() for _, label in one.choices)
    parts = " ".join(
        word
        for part in kind.parts
        for word in (
            *part.sheet.columns,
            *(column.label for column in part.writing.columns),
            *part.sheet.words.values(),
            *part.sheet.roles,
            *part.sheet.across.values(),
        )
    )
    return set(re.findall(r"[\u4e00-\u9fff]+", f"{labels} {parts}"))
