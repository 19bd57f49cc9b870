"""The comparisons of printed papers can fail: each finds what was put in on purpose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from taizhang.papers.official.paper import Clause, Official
from taizhang.papers.paper import Chapter, Note, Paper, Section, Table
from taizhang.papers.writers import layout, pdf
from tests.papers import rendered, test_rendered
from tests.papers.rendered import Page, Word
from tests.papers.test_rendered import Printed

_LETTER = Official(
    "关于督查情况的反馈意见", "甲校党支部：",
    [Clause("督查组查阅了资料认为支部工作总体规范现将有关情况一并反馈请按照时限逐条整改并且及时报送进展和佐证材料。")] * 20,
    "中共示例局委员会", date(2018, 10, 30),
)  # fmt: skip
_LIST = Table(
    "问题清单", ["序号", "问题", "时限"], [[f"{n}", f"第{n}个问题的表现", f"{1950 + n}年1月6日"] for n in range(1, 60)]
)  # fmt: skip
_PAPERS: dict[str, Paper | Official] = {
    "letter": _LETTER,
    "list": Paper("", blocks=[_LIST], footer="清单", landscape=True),
    "book": Paper("册", "甲校", chapters=[Chapter("一、队伍", [Section("1　名册", "", [_LIST]), Section("2　记录", "", [Note("没有登记。")])])], footer="册"),
}  # fmt: skip


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Printed]:
    """Papers as they are printed; Word is taken to be the same, and so is Excel for the list."""
    found = {}
    for name, paper in _PAPERS.items():
        shown = layout.readable(paper) if isinstance(paper, Paper) else paper
        path: Path = tmp_path_factory.mktemp("sound") / f"{name}.pdf"
        path.write_bytes(pdf.written(paper))
        pages = rendered.pages(path)
        found[name] = Printed(shown, pages, pages, pages if name == "list" else [])
    return found


Broken = Callable[[Printed], Printed]
Check = Callable[[dict[str, Printed], str], None]


def _docx(change: Callable[[list[Page]], list[Page]]) -> Broken:
    return lambda one: replace(one, docx=change(one.docx))


def _first(change: Callable[[Page], Page]) -> Broken:
    return _docx(lambda pages: [change(pages[0]), *pages[1:]])


def _said(old: str, new: str) -> Broken:
    """Every page of the Word file with other words."""
    return _docx(
        lambda pages: [
            replace(
                page,
                lines=[line.replace(old, new) for line in page.lines],
                words=[replace(word, text=word.text.replace(old, new)) for word in page.words],
            )
            for page in pages
        ]
    )


def _misnumbered(page: Page) -> Page:
    """The second page bears the number of the third, and the third that of the second."""
    other = {"2": "3", "3": "2"}
    words = [replace(word, text=other.get(word.text, word.text)) for word in page.words]
    return replace(page, words=words)


def _moved(page: Page, by: float) -> Page:
    moved = [replace(w, left=w.left + by, right=w.right + by) for w in page.words]
    return replace(page, words=moved)


def _twice(page: Page) -> Page:
    return replace(page, words=[*page.words, replace(page.words[3], text="压字")])


def _spread(page: Page) -> Page:
    """Characters as far apart as on a grid."""
    return replace(page, words=[replace(w, right=w.left + 18.5 * len(w.text)) for w in page.words])


def _row_parted(pages: list[Page]) -> list[Page]:
    """The first row's text at the end of the first page, its day on the next."""
    first, second, *rest = pages
    lines = [line.replace("第1个问题的表现", "") for line in first.lines]
    return [replace(first, lines=lines), replace(second, lines=["第1个问题的表现", *second.lines]), *rest]  # fmt: skip


def _body(text: str) -> Broken:
    return lambda one: replace(one, paper=replace(one.paper, body=[Clause(text)]))  # type: ignore[arg-type]


def _contents(printed: dict[str, Printed], _: str) -> None:
    test_rendered.test_the_contents_of_a_book_are_right_in_word_too(printed)


CASES: list[tuple[Check, str, Broken]] = [
    (test_rendered.test_word_and_pdf_have_as_many_pages, "letter", _docx(lambda pages: pages * 3)),
    (test_rendered.test_word_and_pdf_say_all_that_the_paper_says, "letter", _said("整改", "")),
    (test_rendered.test_word_and_pdf_say_the_same, "letter", _said("佐证材料", "佐证资料")),
    (test_rendered.test_word_and_pdf_say_the_same, "list", _first(lambda page: replace(page, words=[*page.words, Word(1, 1, 9, 9, "多出的话")]))),
    (test_rendered.test_nothing_is_printed_over_anything, "list", _first(_twice)),
    (test_rendered.test_nothing_stands_in_a_margin, "letter", _first(lambda page: _moved(page, 30))),
    (test_rendered.test_nothing_stands_in_a_margin, "list", _first(lambda page: _moved(page, -30))),
    (test_rendered.test_no_row_goes_over_a_page, "list", _docx(_row_parted)),
    (test_rendered.test_no_day_in_a_table_is_broken, "list", _said("1951年1月6日", "1951年1月\n6日")),
    (test_rendered.test_no_page_has_less_than_two_lines, "letter", _docx(lambda pages: [*pages, replace(pages[-1], words=[], lines=[])])),
    (test_rendered.test_the_text_is_tidy, "letter", _body("对照L28整改。")),
    (test_rendered.test_the_text_is_tidy, "letter", _body("会议台账770003")),
    (test_rendered.test_the_text_is_tidy, "letter", _body("记录完整。。")),
    (test_rendered.test_the_text_is_tidy, "letter", _body("关于“专项督查“回头看””的通知")),
    (test_rendered.test_twenty_eight_characters_fill_a_line, "letter", _docx(lambda pages: [_spread(page) for page in pages])),
    (test_rendered.test_a_sheet_shows_all_that_its_tables_say, "list", lambda one: replace(one, xlsx=one.xlsx[:1])),
    (_contents, "book", _docx(lambda pages: [_misnumbered(page) for page in pages])),
]  # fmt: skip


@pytest.mark.parametrize(("check", "name", "_"), CASES)
def test_what_is_sound_passes(sound: dict[str, Printed], check: Check, name: str, _: Broken) -> None:  # fmt: skip
    check(sound, name)


@pytest.mark.parametrize(("check", "name", "broken"), CASES)
def test_what_is_broken_is_found(sound: dict[str, Printed], check: Check, name: str, broken: Broken) -> None:  # fmt: skip
    with pytest.raises((AssertionError, KeyError)):
        check(sound | {name: broken(sound[name])}, name)
