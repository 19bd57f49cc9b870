"""Broken documents: whatever the bytes are, they are read or refused in one sentence, in bounded
time, and nothing is stored.
"""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest

from taizhang.intake.models import Batch, Paper
from taizhang.intake.reading import read
from taizhang.kernel import libreoffice
from tests.intake.broken import broken
from tests.intake.test_binder import BINDER, made
from tests.make import Cast

_DAY, _NIGHT, _BY_PAGE = 120, 5000, 12
_SLOWEST, _LARGEST = 20.0, 400 * 1024 * 1024
"""Seconds and bytes that no single broken file may take."""


@pytest.fixture(autouse=True)
def _no_other_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked of LibreOffice is tested by itself: a start of it takes seconds."""
    monkeypatch.setattr(libreoffice, "program", lambda: None)


def _read_all(count: int, start: int) -> None:
    for seed in range(start, start + count):
        name, data = broken(seed)
        began = time.process_time()
        for one in read.unpacked(name, data):
            for document in [] if one.refused else read.documents(one.name, one.data):
                assert document.records or document.warnings, seed
                assert all("Traceback" not in told for told in document.warnings), seed
                for record in document.records:
                    assert record.values.keys() == record.sources.keys(), seed
        assert time.process_time() - began < _SLOWEST, seed


def test_broken_documents_are_read_or_refused() -> None:
    _read_all(_DAY, 0)


def test_no_broken_document_takes_memory_without_bound() -> None:
    tracemalloc.start()
    try:
        _read_all(_DAY // 10, 7_000)
        assert tracemalloc.get_traced_memory()[1] < _LARGEST
    finally:
        tracemalloc.stop()


@pytest.mark.night
def test_thousands_of_broken_documents_are_read_or_refused() -> None:
    _read_all(_NIGHT, 10_000)


@pytest.mark.django_db
def test_the_page_takes_broken_documents_and_tells_of_each(people: Cast, login: Any) -> None:
    clerk = login(people.users["clerk"])
    for seed in range(20_000, 20_000 + _BY_PAGE):
        name, data = broken(seed)
        stream = io.BytesIO(data)
        stream.name = name.replace("\x00", "")
        answer = clerk.post("/intake/", {"file": [stream], "branch": people.own.pk})
        assert answer.status_code in (200, 302, 400, 422), (seed, answer.status_code)
        if answer.status_code == 302:
            assert clerk.get(answer["Location"]).status_code == 200, seed
    assert not any(paper.state == Paper.State.ENTERED for paper in Paper.objects.all())
    assert Batch.objects.count() <= _BY_PAGE


def _with_far_cell(place: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made(_SHEET))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.startswith("xl/worksheets/"):
                far = f'<row r="1048576"><c r="{place}"><v>1</v></c></row></sheetData>'
                part = part.replace(b"</sheetData>", far.encode())
            new.writestr(name, part)
    return out.getvalue()


_SHEET = next(case for case in BINDER if "sheets" in case)


def test_a_cell_at_the_end_of_the_world_is_told_and_takes_no_memory() -> None:
    """The reader of workbooks would make room for seventeen thousand million cells, and take the
    process with it.
    """
    (found,) = read.documents("a.xlsx", _with_far_cell("XFD1048576"))

    assert found.warnings == [
        "Excel 工作表写到了第1048576行第16384列，范围太大：请删去表格外的内容，另存后再读入。"
    ]


def test_a_reader_that_panics_is_a_broken_file() -> None:
    """A panic is no Exception; one of the old Office is tried where it harms nobody."""
    data = (Path(__file__).with_name("sample.xls")).read_bytes()
    assert read.documents("a.xls", data)[0].records

    (found,) = read.documents("a.xls", data[: len(data) // 3])
    assert found.warnings
    assert not found.records
