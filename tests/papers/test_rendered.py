"""Every paper as Word, PDF and Excel, printed and held against each other. LibreOffice prints Word
and Excel; CI has it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLResolver, get_resolver
from pytest_django import DjangoDbBlocker

from taizhang.ledgers.kind import PaperForm
from taizhang.ledgers.kinds import KINDS
from taizhang.papers import actions
from taizhang.papers.documents import ledger_forms
from taizhang.papers.documents.ballot import Ballot
from taizhang.papers.measures import breadths
from taizhang.papers.official.paper import Official
from taizhang.papers.paper import Block, Drawing, Form, Note, Paper, Table
from taizhang.papers.writers import layout
from taizhang.papers.writers import xlsx as sheet
from tests.modules import transaction_of_module
from tests.papers import rendered, shown
from tests.papers.every import ADDRESSES, BLANK, FAR, NAMES, OTHERS, RECORDS, every
from tests.papers.rendered import MM, Page, Word, plain

pytestmark = pytest.mark.django_db
each = pytest.mark.parametrize("name", NAMES)
all_of_them = pytest.mark.parametrize("name", [*NAMES, *OTHERS])
tabled = pytest.mark.parametrize("name", [name for name in NAMES if name != "elections-ballot"])
"""A ballot has a page of its own, without margins to hold to and with each text as often as it fits
(test_election.py).
"""


Printable = Paper | Official | Ballot


@dataclass
class Printed:
    """A paper and its files, each as pages."""

    paper: Printable
    pdf: list[Page] = field(default_factory=list)
    docx: list[Page] = field(default_factory=list)
    xlsx: list[Page] = field(default_factory=list)
    file: Path = Path()

    @property
    def both(self) -> list[tuple[str, list[Page]]]:
        """What is to be read: the PDF, and the Word file as LibreOffice prints it."""
        return [("pdf", self.pdf), *([("docx", self.docx)] if self.docx else [])]


@pytest.fixture(scope="module")
def printed(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Printed]:
    """All papers, by one call of LibreOffice."""
    if shutil.which("soffice") is None and not os.environ.get("CI"):
        pytest.skip("没有 LibreOffice")
    folder = tmp_path_factory.mktemp("papers")
    with transaction_of_module(django_db_blocker):
        found = {name: Printed(paper) for name, paper in every().items()}
        for name, one in found.items():
            if isinstance(one.paper, Paper):
                one.paper = layout.readable(one.paper)
            one.file = folder / f"{name}.pdf"
            one.file.write_bytes(actions.FORMATS["pdf"][1](one.paper))
            if name in OTHERS:
                continue
            (folder / f"{name}-word.docx").write_bytes(actions.FORMATS["docx"][1](one.paper))
            if sheet.is_tabular(one.paper):
                (folder / f"{name}-sheet.xlsx").write_bytes(sheet.written(one.paper))
    _print(folder)
    pages = rendered.every([*folder.glob("*.pdf"), *(folder / "out").glob("*.pdf")])
    for name, one in found.items():
        one.pdf = pages[one.file]
        one.docx = pages.get(folder / "out" / f"{name}-word.pdf", [])
        one.xlsx = pages.get(folder / "out" / f"{name}-sheet.pdf", [])
    return found


def _print(folder: Path) -> None:
    files = [f"{path}" for path in sorted(folder.glob("*.*x"))]
    own = f"-env:UserInstallation=file://{folder}/own"
    printer = ["soffice", own, "--headless", "--convert-to", "pdf", "--outdir", f"{folder / 'out'}"]
    subprocess.run([*printer, *files], check=True, capture_output=True, timeout=1200)  # noqa: S603


def _areas(paper: Printable) -> Iterator[tuple[layout.Area, list[Block]]]:
    """The blocks of a paper, and where they stand."""
    if isinstance(paper, Official):
        yield layout.OFFICIAL, paper.blocks
        for annex in paper.annexes:
            yield (layout.OFFICIAL_LYING if annex.landscape else layout.OFFICIAL), annex.blocks
        return
    if isinstance(paper, Ballot):
        return
    yield (layout.LYING if paper.landscape else layout.UPRIGHT), paper.blocks
    for chapter in paper.chapters:
        for section in chapter.sections:
            yield (layout.LYING if section.lying else layout.UPRIGHT), section.blocks


def _cells(block: Block) -> Iterator[str]:
    if isinstance(block, Table):
        yield from (block.title, block.foot, *block.columns)
        for row in block.rows:
            yield from row
    elif isinstance(block, Form):
        yield from (block.title, *block.signs)
        for line in block.lines:
            yield from (line.label, line.text)
    elif isinstance(block, Note):
        yield block.text


def _pieces(paper: Printable) -> Iterator[str]:
    """What a paper says, line by line."""
    said = [paper.title]
    if isinstance(paper, Official):
        said += [paper.to, paper.signed, paper.number, *(clause.text for clause in paper.body)]
        said += [text for line in paper.receipt for text in (line.label, line.text)]
        said += [annex.title for annex in paper.annexes]
    elif isinstance(paper, Ballot):
        said = [paper.of, paper.name, *paper.candidates, *paper.notes]
    else:
        said += [paper.subtitle, *paper.about]
        said += [c.heading for c in paper.chapters]
        said += [s.heading for c in paper.chapters for s in c.sections]
    said += [cell for _, blocks in _areas(paper) for block in blocks for cell in _cells(block)]
    yield from (piece for text in said for line in text.splitlines() if (piece := plain(line)))


def _rows(paper: Printable) -> Iterator[list[str]]:
    """The rows that stay whole."""
    for area, blocks in _areas(paper):
        for block in blocks:
            if isinstance(block, Table):
                found = layout.table(block, area)
                yield from (
                    row for row, whole in zip(block.rows, found.whole, strict=True) if whole
                )
            elif isinstance(block, Form):
                rows = layout.form_rows(block, area)
                yield from ([line.text for line in row.lines] for row in rows if row.whole)


def _without_merged(paper: Printable) -> set[str]:
    """What stands in merged cells: at the head of their rows, and not on every page of them."""
    tables = [b for _, blocks in _areas(paper) for b in blocks if isinstance(b, Table)]
    return {row[at] for table in tables for at in table.merged for row in table.rows}


def _foot(paper: Printable, page: Page) -> float:
    """Where the foot of a page begins: page numbers, and what stands beside them."""
    if isinstance(paper, Official):
        return page.height - (26 if page.width > page.height else 35) * MM
    return page.height - 22 * MM


def _is_bound_lying(one: Printed, page: Page) -> bool:
    """A page that lies where others stand: an annex, or one of a book."""
    bound = isinstance(one.paper, Official) or (isinstance(one.paper, Paper) and one.paper.chapters)
    return bool(bound) and page.width > page.height


def _without_number(one: Printed, page: Page) -> Page:
    """The foot of a page that lies so stands at its left edge."""
    if not _is_bound_lying(one, page):
        return page
    edge = (35 if isinstance(one.paper, Official) else 22) * MM
    return replace(page, words=[word for word in page.words if word.right > edge])


def _number(page: Page) -> list[Word]:
    """The number of a page on the sheet as it is bound."""
    sheet = rendered.turned(page) if page.width > page.height else page
    foot = [word for word in sheet.words if word.top > 262 * MM]
    dashes = [word.left for word in foot if word.text == "—"]
    return [word for word in foot if dashes and dashes[0] <= word.left <= dashes[-1]]


@each
def test_numbers_of_pages_stand_at_one_place_of_the_sheet(
    printed: dict[str, Printed], name: str
) -> None:
    """Also on pages that lie, turned upright with their heads to the left (GB/T 9704-2012, 7.5)."""
    one = printed[name]
    official = isinstance(one.paper, Official)
    for form, pages in one.both:
        for at, page in enumerate(pages, start=1):
            if not _is_bound_lying(one, page):
                continue
            found = _number(page)
            assert re.fullmatch("—[0-9]+—", "".join(w.text for w in found)), (form, at)
            left, right = found[0].left / MM, found[-1].right / MM
            if official and at % 2 == 0:
                assert abs(left - 32.9) < 1, (form, at)
            else:
                assert abs(right - (179 if official else 190)) < 1, (form, at)
            tops = [w.top / MM for w in found]
            assert all(abs(top - (268 if official else 282)) < 2.5 for top in tops), (form, at)


@each
def test_word_and_pdf_have_as_many_pages(printed: dict[str, Printed], name: str) -> None:
    one = printed[name]
    assert abs(len(one.pdf) - len(one.docx)) <= max(1, len(one.pdf) // 25)


@tabled
def test_word_and_pdf_say_all_that_the_paper_says(printed: dict[str, Printed], name: str) -> None:
    one = printed[name]
    for form, pages in one.both:
        whole = "".join(page.text for page in pages)
        missing = [p for p in _pieces(one.paper) if not _is_parted(p, whole, len(pages))]
        assert not missing, (form, missing[:3])


@tabled
def test_word_and_pdf_say_the_same(printed: dict[str, Printed], name: str) -> None:
    """Word by word and both ways, marks and the leaders of contents apart; a drawing is told in
    other words in Word.
    """
    one = printed[name]
    drawn = "".join(_drawn(one.paper))
    for (form, pages), (_, others) in (one.both, one.both[::-1]):
        whole = _bare("".join(page.text for page in others)) + drawn
        words = (_bare(w.text) for page in pages for w in page.words if ". ." not in w.text and ".." not in w.text)  # fmt: skip
        assert [word for word in words if not _is_told(word, whole)] == [], form


def _bare(text: str) -> str:
    return re.sub(r"\W", "", plain(text))


def _is_told(word: str, whole: str) -> bool:
    """Also in two parts, where a page ends within it."""
    return word in whole or any(
        word[:n] in whole and word[n:] in whole for n in range(1, len(word))
    )


def _drawn(paper: Printable) -> Iterator[str]:
    for _, blocks in _areas(paper):
        for block in blocks:
            if isinstance(block, Drawing):
                yield _bare(re.sub("<[^>]*>", "", block.svg))
                yield from (_bare(f"{line.label}{line.text}") for line in block.instead.lines)


def _is_parted(piece: str, whole: str, pages: int) -> bool:
    """Whether a text stands there in as many parts as there are pages at most: the foot of a page
    is between them.
    """
    begun, parts = 0, 0
    while begun < len(piece) and parts < pages:
        longest = _longest(piece[begun:], whole)
        if longest == 0:
            return False
        begun, parts = begun + longest, parts + 1
    return begun == len(piece)


def _longest(piece: str, whole: str) -> int:
    """How much of the beginning of a text stands there."""
    found, too_long = 0, len(piece) + 1
    while too_long - found > 1:
        middle = (found + too_long) // 2
        if piece[:middle] in whole:
            found = middle
        else:
            too_long = middle
    return found


@all_of_them
def test_nothing_is_printed_over_anything(printed: dict[str, Printed], name: str) -> None:
    one = printed[name]
    for form, pages in [*one.both, ("xlsx", one.xlsx)]:
        for at, page in enumerate(pages, start=1):
            assert rendered.overprinted(page) == [], (form, at)


@tabled
def test_nothing_stands_in_a_margin(printed: dict[str, Printed], name: str) -> None:
    one = printed[name]
    official = isinstance(one.paper, Official)
    for form, pages in one.both:
        for at, page in enumerate(pages, start=1):
            lying = official and page.width > page.height
            left, right = (35, 37) if lying else (28, 26) if official else (25, 20)
            if _is_bound_lying(one, page) and not official:
                left, right = 22, 23
            if isinstance(one.paper, Ballot):
                left = right = 15
            outside = rendered.outside(_without_number(one, page), left, right)
            assert not outside, (form, at, outside)


@tabled
def test_no_row_goes_over_a_page(printed: dict[str, Printed], name: str) -> None:
    one = printed[name]
    merged = _without_merged(one.paper)
    for form, pages in one.both:
        texts = [page.text for page in pages]
        for row in _rows(one.paper):
            said = [plain(line) for c in row if c not in merged for line in c.splitlines()]
            assert any(all(cell in text for cell in said) for text in texts), (form, row)


@tabled
def test_no_day_in_a_table_is_broken(printed: dict[str, Printed], name: str) -> None:
    one = printed[name]
    tables = [b for _, blocks in _areas(one.paper) for b in blocks if isinstance(b, Table)]
    days = {c for t in tables for row in t.rows for c in row if breadths.DAY.fullmatch(c)}
    for form, pages in one.both:
        lines = "\n".join(line for page in pages for line in page.lines)
        assert [day for day in days if day not in lines] == [], form


@all_of_them
def test_no_page_has_less_than_two_lines(printed: dict[str, Printed], name: str) -> None:
    one = printed[name]
    for form, pages in one.both:
        for at, page in enumerate(pages, start=1):
            assert rendered.lines(page, above=_foot(one.paper, page)) >= 2, (form, at, page.text)


_CODE = re.compile(r"(?<![A-Za-z0-9_.])(?:L[0-9]{2}|[A-Z]{2,5}\.[0-9]+[a-z]?)(?![A-Za-z0-9])")
_KEY = re.compile(rf"(?<![0-9]){FAR // 1000}[0-9]{{3}}(?![0-9])")
_UNTIDY = {
    "an internal code": _CODE,
    "the key of a record": _KEY,
    "two stops": re.compile("。[。；，]|；；|，，"),
    "quotation marks within quotation marks": re.compile("“[^”]*“"),
    "a colon after a stop": re.compile("。："),
}


@all_of_them
def test_the_text_is_tidy(printed: dict[str, Printed], name: str) -> None:
    """The seed of a sample is not to be read, but to draw it again."""
    said = [text.partition("种子：")[0] for text in _texts(asdict(printed[name].paper))]
    found = [(fault, text) for fault, form in _UNTIDY.items() for text in said if form.search(text)]
    assert found == []


def _texts(part: Any) -> Iterator[str]:
    """Every text in a paper; which record a row prints is not printed."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for key, value in part.items():
            if key not in ("record", "records", "svg", "kind", "mark"):
                yield from _texts(value)
    elif isinstance(part, list):
        for value in part:
            yield from _texts(value)


@each
def test_twenty_eight_characters_fill_a_line(printed: dict[str, Printed], name: str) -> None:
    one = printed[name]
    if not isinstance(one.paper, Official):
        return
    for form, pages in one.both:
        assert 15.6 <= rendered.pitch(pages, 16) <= 15.9, form


@each
def test_a_sheet_shows_all_that_its_tables_say(printed: dict[str, Printed], name: str) -> None:
    one = printed[name]
    if not one.xlsx:
        assert not sheet.is_tabular(one.paper)
        return
    texts = [page.text for page in one.xlsx]
    for page in one.xlsx:
        assert sorted((page.width, page.height)) == pytest.approx([210 * MM, 297 * MM], abs=2)
    tables = [b for _, blocks in _areas(one.paper) for b in blocks if isinstance(b, Table)]
    cells = [plain(line) for t in tables for row in t.rows for c in row for line in c.splitlines()]
    whole = "".join(texts)
    assert [cell for cell in cells if cell not in whole] == []


def test_the_manual_shows_every_paper(printed: dict[str, Printed]) -> None:
    """`TAIZHANG_ACCEPT=1 pytest tests/papers/test_rendered.py -k manual` takes the
    pictures anew.
    """
    names = shown.shown(NAMES)
    formats = {name: "Word、PDF、Excel" if printed[name].xlsx else "Word、PDF" for name in names}
    told, page = shown.page(formats), shown.MANUAL / "papers.md"
    if os.environ.get("TAIZHANG_ACCEPT"):
        shutil.rmtree(shown.FOLDER, ignore_errors=True)
        for name in names:
            shown.picture(printed[name].file, shown.FOLDER / f"{name}.png")
        page.write_text(told, "utf-8")
    assert page.read_text("utf-8") == told
    sizes = {path.stem: path.stat().st_size for path in shown.FOLDER.glob("*.png")}
    assert sizes.keys() == set(names)
    assert max(sizes.values()) <= shown.LARGEST


_LISTED = re.compile(r"(.+?)\.{4,}\u2060?([0-9]+)$")


def test_the_contents_of_a_book_are_right_in_word_too(printed: dict[str, Printed]) -> None:
    one = printed["book"]
    assert isinstance(one.paper, Paper)
    headings = sum(1 + len(chapter.sections) for chapter in one.paper.chapters)
    for form, pages in one.both:
        told = [found.groups() for p in pages for line in p.lines if (found := _LISTED.match(line))]
        numbered = {"".join(w.text for w in _number(page)).strip("—"): page for page in pages}
        wrong = [
            (heading, number)
            for heading, number in told
            if not any(_begins(line, heading) for line in numbered[number].lines)
        ]
        assert len(told) == headings, form
        assert not wrong, form
        assert (
            len([page for page in pages if any(_LISTED.match(line) for line in page.lines)]) == 1
        ), form


def _begins(line: str, heading: str) -> bool:
    """Whether a line is the heading, or as much of it as a line takes."""
    return line == heading or (len(line) > 10 and heading.startswith(line))


def test_broad_tables_of_a_book_lie(printed: dict[str, Printed]) -> None:
    one = printed["book"]
    for form, pages in one.both:
        lying = "".join(page.text for page in pages if page.width > page.height)
        assert plain("党员花名册（2016年12月31日）") in lying, form
        assert plain("2016年党费收缴台账（元）") in lying, form
        assert any(page.width < page.height for page in pages[4:]), form


_PART = re.compile("附件[0-9]*$|目录$|[一二三四五六七八九十]+、|附[^件]")


def _begins_a_part(paper: Printable, page: Page) -> bool:
    """Whether a page begins an annex, a chapter, or a form that has pages of its own."""
    first = page.lines[0] if page.lines else ""
    blocks = [b for _, blocks in _areas(paper) for b in blocks]
    own = {plain(b.title) for b in blocks if isinstance(b, Form) and b.new_page}
    return bool(_PART.match(first)) or first in own


@tabled
def test_no_page_within_a_paper_is_two_thirds_empty(printed: dict[str, Printed], name: str) -> None:
    one = printed[name]
    for form, pages in one.both:
        for at, (page, after) in enumerate(pairwise(pages), start=1):
            if page.width != after.width or _begins_a_part(one.paper, after):
                continue
            foot = _foot(one.paper, page)
            lowest = max(word.bottom for word in page.words if word.middle < foot)
            assert lowest - 25 * MM > (foot - 25 * MM) / 3, (form, at, lowest)


def test_every_paper_is_here(printed: dict[str, Printed]) -> None:
    assert sorted(printed) == sorted([*NAMES, *OTHERS])


def _addresses(patterns: list[Any], before: str = "") -> Iterator[str]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from _addresses(one.url_patterns, one.namespace or before)
        elif "form" in one.pattern.converters or one.name == "book":
            yield f"{before}:{one.name}"


def test_every_address_of_a_paper_is_held_to_these_comparisons() -> None:
    assert set(_addresses(get_resolver().url_patterns)) == ADDRESSES.keys()
    for begins in ADDRESSES.values():
        assert any(name.startswith(begins) for name in NAMES), begins


def test_every_shape_of_form_is_compared_in_word_too() -> None:
    """A chart stands in the book; its record and its blank form are tables."""
    here = {KINDS[slug].form for slug in (*RECORDS, *BLANK)}
    assert here == {kind.form for kind in KINDS.values()} - {PaperForm.CHART}
    assert any(ledger_forms.is_tabled(KINDS[slug]) for slug in RECORDS)
    assert any(ledger_forms.is_tabled(KINDS[slug]) for slug in BLANK)
