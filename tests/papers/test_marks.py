"""The mark on printed sheets: what it says, where it stands, and that a committee can do without
it.
"""

from __future__ import annotations

import io
import subprocess
import zipfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from taizhang.kernel.errors import BadInput
from taizhang.ledgers.kinds import KINDS
from taizhang.orgs.actions.heads import set_heads
from taizhang.orgs.heads import Head
from taizhang.papers import actions, queries
from taizhang.papers.documents import book
from taizhang.papers.marks import mark as marks
from taizhang.papers.paper import Note, Paper
from tests.make import NAMES, Cast, inspected, raw, save

pytestmark = pytest.mark.django_db
MEETINGS = KINDS["meetings"]


def pages(data: bytes, folder: Path) -> list[Image.Image]:
    """A PDF as a scanner sees it: grey, 150 dots to the inch."""
    (folder / "sheet.pdf").write_bytes(data)
    command = ["pdftoppm", "-r", "150", "-gray", "-png", f"{folder / 'sheet.pdf'}"]
    subprocess.run([*command, f"{folder / 'page'}"], check=True)  # noqa: S603
    return [Image.open(one).convert("L") for one in sorted(folder.glob("page*.png"))]


def codes(picture: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(picture)]


@pytest.fixture
def sheet(people: Cast, now: datetime) -> Paper:
    """A printed record."""
    entry = save(people.own, people.actor("clerk"), now, "meetings", **raw("meetings"))
    return queries.record_paper(kind=MEETINGS, key=entry.pk, actor=people.actor("clerk"))


def test_a_mark_is_short_and_names_nobody(sheet: Paper, people: Cast) -> None:
    found = marks.read(sheet.mark)
    assert found is not None
    assert (found.sort, found.branch) == ("R", people.own.pk)
    assert found.what.startswith("MEETINGS:")
    assert len(sheet.mark) <= 61
    assert not any(name in sheet.mark for name in (*NAMES, "http", people.own.short_name))


@pytest.mark.parametrize("at", [4, 6, 8, -1])
def test_a_mark_in_which_anything_was_changed_is_refused(sheet: Paper, at: int) -> None:
    changed = sheet.mark[:at] + ("B" if sheet.mark[at] != "B" else "C") + sheet.mark[at:][1:]
    with pytest.raises(BadInput, match="不是本系统打印的"):
        marks.read(changed)


def test_a_code_of_somebody_else_is_none_of_ours() -> None:
    assert marks.read("https://example.org/1") is None


def test_a_mark_outlives_the_key_it_was_made_with(sheet: Paper, settings: Any) -> None:
    settings.FIELD_KEYS = [b"n" * 32, *settings.FIELD_KEYS]
    assert marks.read(sheet.mark) is not None
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]
    with pytest.raises(BadInput):
        marks.read(sheet.mark)


def test_every_page_of_a_record_bears_its_mark_in_pdf_and_word(
    sheet: Paper, tmp_path: Path
) -> None:
    long = replace(sheet, blocks=[*sheet.blocks, *[Note("正文" * 300)] * 8])
    made = pages(actions.FORMATS["pdf"][1](long), tmp_path)
    assert len(made) > 1
    assert [codes(one) for one in made] == [[sheet.mark]] * len(made)
    header = _word_pictures(actions.FORMATS["docx"][1](sheet))
    assert [codes(one) for one in header] == [[sheet.mark]]


def _word_pictures(data: bytes) -> list[Image.Image]:

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = [name for name in package.namelist() if name.startswith("word/media/")]
        return [Image.open(io.BytesIO(package.read(name))).convert("L") for name in sorted(names)]


def test_a_mark_stands_above_the_text_and_within_the_page(sheet: Paper, tmp_path: Path) -> None:
    (picture,) = pages(actions.FORMATS["pdf"][1](sheet), tmp_path)
    (code,) = zxingcpp.read_barcodes(picture)
    mm = 25.4 / 150
    corners = (code.position.top_left, code.position.bottom_right)
    left, top, right, bottom = (v * mm for p in corners for v in (p.x, p.y))
    assert 172 < left < right < 190
    assert 5 < top < bottom < 23


def test_a_blank_form_is_nobodys() -> None:
    mark = marks.read(queries.blank_paper(MEETINGS).mark)
    assert mark == marks.Mark("B", 0, "MEETINGS")


def test_a_book_is_marked_on_its_cover_and_beside_every_item(
    people: Cast, now: datetime, tmp_path: Path
) -> None:
    inspected(now, (2015, 2018), people.day)
    wanted = book.Wanted(people.own, date(2016, 1, 1), date(2016, 12, 31), people.actor("clerk"))
    paper = book.ledger_book(wanted, people.day)
    found = [mark for page in pages(actions.FORMATS["pdf"][1](paper), tmp_path) for mark in codes(page)]  # fmt: skip
    told = [mark for text in found if (mark := marks.read(text))]
    assert told[0] == marks.Mark("C", people.own.pk, "20160101-20161231")
    assert [mark.what for mark in told[1:]] == [f"L{n:02}" for n in range(1, 37)]
    assert {mark.branch for mark in told} == {people.own.pk}
    assert len(_word_pictures(actions.FORMATS["docx"][1](paper))) == 37


def test_a_committee_does_without_marks(people: Cast, now: datetime) -> None:
    set_heads(organisation=people.committee, head=Head(unmarked=True), actor=people.actor("office"), now=now)  # fmt: skip
    entry = save(people.own, people.actor("clerk"), now, "meetings", **raw("meetings"))
    paper = queries.record_paper(kind=MEETINGS, key=entry.pk, actor=people.actor("clerk"))
    assert (paper.mark, queries.blank_paper(MEETINGS).mark) == ("", "")
    made = actions.FORMATS["docx"][1](paper)
    assert _word_pictures(made) == []
