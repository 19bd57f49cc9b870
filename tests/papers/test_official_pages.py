"""Official papers as they are printed, by typst and by LibreOffice: where each element of GB/T
9704-2012 stands (DOMAIN 8).
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import docx
import pytest

from taizhang.papers.official.paper import Annex, Clause, Official, numeral
from taizhang.papers.paper import Line, Table
from taizhang.papers.writers import official_word, pdf
from tests.papers import rendered
from tests.papers.rendered import MM, Page, Word, plain
from tests.papers.test_characters import RARE

FOOT = 297 - 35
_LONG = (
    "督查组对照三十六项台账要求逐项查阅资料、现场核对，认为支部工作总体规范，于2018年10月25日反馈。"
)
_BODY = [
    Clause("为全面了解基层党建工作情况，经研究，决定开展本次督查。具体通知如下："),
    *(
        clause
        for n in range(1, 6)
        for clause in (
            Clause(f"{numeral(n)}、督查工作要求", 1), Clause("（一）坚持问题导向", 2), Clause(_LONG * 2),
            Clause("（二）严格工作纪律", 2), *(Clause(f"{m}. {_LONG}", 3) for m in (1, 2, 3)),
        )
    ),
]  # fmt: skip
_TABLE = Table("", ["片区", "党组织"], [[f"城南{n}", "示例小学"] for n in range(40)], [1, 4])
_COPIES = "区委组织部、区委教育工作委员会、区纪委监委、局机关各科室、局属各学校党支部、各民办学校党支部、区教师发展中心党总支"
_PLAIN = Official(
    "关于开展2018年度基层党建专项督查“回头看”工作的通知", "局属各基层党组织：", _BODY, "中共示例市示例区教育局委员会",
    date(2018, 10, 9), number="示委〔2018〕12号", seal=True, contact="联系人：张示一，电话：0519-88880000",
)  # fmt: skip
_ANNEXES = [Annex("督查片区安排表", [_TABLE], landscape=True), Annex("关于台账要求的说明", [_TABLE]), Annex("要求", [_TABLE], landscape=True)]  # fmt: skip
_SMALL = Annex("安排表", [Table("", ["片区", "党组织"], [["城南1", "示例小学"]])], landscape=True)
_FILE = replace(_PLAIN, look="file", issuer="中共示例市示例区教育局委员会文件", copies=_COPIES, printed_by="组织科", printed_on=date(2018, 10, 11), imprint="日志校验：第36条")  # fmt: skip
_SHORT = [
    Clause("经支委会研究，拟于2018年10月25日召开党员大会，进行支部委员会换届选举。"),
    Clause("妥否，请批示。"),
]
_LETTER = replace(_PLAIN, look="letter", issuer="中共示例市示例区教育局委员会", copies="区委组织部", printed_by="组织科", receipt=[Line("签收人", ""), Line("签收日期", "")])  # fmt: skip


def _filled(lines: int) -> Official:
    """A paper with so many lines of text, each of them a paragraph."""
    return replace(_PLAIN, number="", body=[Clause("甲" * 20)] * lines, copies="区委组织部")


PAPERS = {
    "plain": _PLAIN,
    "file": _FILE,
    "letter": _LETTER,
    "letter-short": replace(_LETTER, body=_SHORT, receipt=[]),
    "upwards": replace(_FILE, body=_SHORT, signatories=["王示一"], contact=""),
    "three-sign": replace(_FILE, body=_SHORT, signatories=["王示一", "李示", "欧阳示二"]),
    "one-annex": replace(_FILE, annexes=_ANNEXES[1:2], attachments=["关于台账要求的说明"]),
    "three-annexes": replace(_FILE, annexes=_ANNEXES, attachments=[a.title for a in _ANNEXES]),
    "lying": replace(_FILE, annexes=_ANNEXES[:1], attachments=["督查片区安排表"]),
    "lying-even": replace(
        _FILE, body=_SHORT[:1], seal=False, contact="", annexes=[_SMALL], attachments=["安排表"]
    ),
    "plain-lying": replace(
        _FILE, look="plain", annexes=_ANNEXES[:1], attachments=["督查片区安排表"]
    ),
    **{f"filled-{n}": _filled(n) for n in range(8, 22)},
}
each = pytest.mark.parametrize("name", PAPERS)


@dataclass
class Printed:
    """Both files and their pages."""

    files: dict[str, Path]
    pages: dict[str, list[Page]]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Printed]:
    """All papers, by one call of LibreOffice where there is one."""
    folder = tmp_path_factory.mktemp("official")
    office = shutil.which("soffice") is not None or bool(os.environ.get("CI"))
    found = {}
    for name, paper in PAPERS.items():
        (folder / f"{name}.docx").write_bytes(official_word.written(paper))
        found[name] = Printed({"pdf": folder / f"{name}.pdf"}, {})
        found[name].files["pdf"].write_bytes(pdf.written(paper))
        if office:
            found[name].files["docx"] = folder / "out" / f"{name}.pdf"
    if office:
        files = [f"{path}" for path in sorted(folder.glob("*.docx"))]
        own = f"-env:UserInstallation=file://{folder}/own"
        command = ["soffice", own, "--headless", "--convert-to", "pdf", "--outdir", f"{folder / 'out'}"]  # fmt: skip
        subprocess.run([*command, *files], check=True, capture_output=True, timeout=1200)  # noqa: S603
    pages = rendered.every(path for one in found.values() for path in one.files.values())
    for one in found.values():
        one.pages = {form: pages[path] for form, path in one.files.items()}
    return found


def _word(page: Page, text: str) -> Word:
    return next(word for word in page.words if plain(text) in plain(word.text))


def _lines(page: Page) -> list[str]:
    """The lines of the type area from above."""
    rows: dict[int, list[Word]] = {}
    bottom = page.height - (26 if page.width > page.height else 35) * MM
    for word in sorted(page.words, key=lambda word: word.left):
        if word.middle < bottom:
            rows.setdefault(round(word.middle / 8), []).append(word)
    return [plain("".join(word.text for word in rows[at])) for at in sorted(rows)]


_SHOT = ("pdftoppm", "-r", "127", "-f", "1", "-l", "1")


def _red(path: Path) -> list[tuple[float, float]]:
    """Where red lines stand on the first page: height and breadth in mm."""
    raw = subprocess.run(  # noqa: S603
        [*_SHOT, f"{path}"], check=True, capture_output=True
    ).stdout
    _, size, _, data = raw.split(b"\n", 3)
    wide, high = map(int, size.split())
    found = []
    for y in range(high):
        row = data[y * wide * 3 : (y + 1) * wide * 3]
        reds = sum(r > 150 and g < 120 for r, g in zip(row[::3], row[1::3], strict=True))
        if reds > wide * 0.6:
            found.append((y / 5, reds / 5))
    return found


def _forms(one: Printed) -> Iterator[tuple[str, list[Page]]]:
    yield from one.pages.items()


@each
def test_word_and_pdf_have_as_many_pages_and_none_is_empty(
    printed: dict[str, Printed], name: str
) -> None:
    """But for the blank page before a 版记, which has no number either."""
    counts = [len(pages) for _, pages in _forms(printed[name])]
    assert max(counts) - min(counts) <= 1
    for form, pages in _forms(printed[name]):
        blank = [at for at, page in enumerate(pages) if not page.text]
        assert blank in ([], [len(pages) - 2]), form
        assert min(len(_lines(page)) for page in pages if page.text) >= 2, form


@each
def test_both_say_all_of_the_paper(printed: dict[str, Printed], name: str) -> None:
    paper = PAPERS[name]
    said = [paper.title, paper.to, paper.signed, paper.number, "2018年10月9日", *paper.signatories]
    said += [f"（{paper.contact}）"] if paper.contact else []
    said += [f"抄送：{paper.copies}。"] if paper.copies else []
    said += [paper.imprint, *(a.title for a in paper.annexes), *(c.text for c in _SHORT if c in paper.body)]  # fmt: skip
    for form, pages in _forms(printed[name]):
        text = "".join(page.text for page in pages)
        assert [one for one in said if plain(one) not in text] == [], form


@each
def test_name_and_date_have_two_lines_of_text_above_them(
    printed: dict[str, Printed], name: str
) -> None:
    for form, pages in _forms(printed[name]):
        page = next(page for page in pages if "2018年10月9日" in _lines(page))
        before = _lines(page)[: _lines(page).index("2018年10月9日")]
        assert before[-1] == PAPERS[name].signed, form
        # Of two short paragraphs the first one stays on the first page, which must show text.
        assert len(before) >= (3 if len(PAPERS[name].body) > 2 else 2), form


@each
def test_the_first_page_shows_text_and_no_heading_ends_a_page(
    printed: dict[str, Printed], name: str
) -> None:
    first = plain(PAPERS[name].body[0].text)[:8]
    headings = [plain(c.text) for c in PAPERS[name].body if c.level in (1, 2)]
    for form, pages in _forms(printed[name]):
        assert first in pages[0].text, form
        ends = [lines[-1] for page in pages if (lines := _lines(page))]
        assert [line for line in ends if line in headings] == []


@pytest.mark.parametrize("name", [name for name, paper in PAPERS.items() if paper.copies])
def test_the_foot_stands_at_the_foot_of_the_last_page(
    printed: dict[str, Printed], name: str
) -> None:
    paper = PAPERS[name]
    for form, pages in _forms(printed[name]):
        last = pages[-1]
        assert last.width < last.height
        told = _word(last, "抄送")
        printed_line = [w for w in last.words if plain(w.text).endswith("印发")]
        lines = 1 + bool(paper.printed_by and paper.look != "letter") + bool(paper.imprint)
        assert FOOT - 9 * (lines + 1) < told.middle / MM < FOOT, form
        if paper.look == "letter":
            assert printed_line == [], form
        elif paper.printed_by:
            right = last.width / MM - 26
            assert abs(printed_line[0].right / MM - (right - 4.9)) < 1.5, form
            assert "2018年10月11日印发" in last.text, form


_COUNTED = re.compile("—([0-9]+)—")


@pytest.mark.parametrize("name", [name for name, paper in PAPERS.items() if paper.look == "file"])
def test_the_foot_of_a_file_stands_on_an_even_page(printed: dict[str, Printed], name: str) -> None:
    """Behind a blank page, which LibreOffice leaves out, neither has a number."""
    for form, pages in _forms(printed[name]):
        told = [int(found[1]) for page in pages if (found := _COUNTED.search(page.text))]
        blanks = 0 if form == "docx" else sum(not page.text for page in pages)
        assert told[-1] % 2 == 0, form
        if _COUNTED.search(pages[-1].text):
            assert len(pages) in ((told[-1],) if form == "pdf" else (told[-1], told[-1] - 1)), form
        else:
            assert len(pages) == len(told) + blanks + 1, form


def test_a_foot_behind_a_blank_page_has_no_number(printed: dict[str, Printed]) -> None:
    pages = printed["lying-even"].pages["pdf"]
    assert [bool(page.text) for page in pages] == [True, True, False, True]
    assert [bool(_COUNTED.search(page.text)) for page in pages] == [True, True, False, False]
    counts = [p.text for p in printed["lying-even"].pages.get("docx", pages)]
    assert not _COUNTED.search(counts[-1])


def test_a_character_that_our_fonts_lack_does_not_stop_word() -> None:
    rare = replace(_FILE, body=[Clause(f"王{RARE}主持。")])
    told = docx.Document(io.BytesIO(official_word.written(rare)))
    assert any(RARE in paragraph.text for paragraph in told.paragraphs)


def test_the_mark_of_a_file_stands_35_mm_below_the_type_area(printed: dict[str, Printed]) -> None:
    for name in ("file", "upwards", "three-sign"):
        for form, pages in _forms(printed[name]):
            size = min(36, 440 / len("中共示例市示例区教育局委员会文件")) / 2
            mark = _word(pages[0], "中共示例市示例区教育局委员会文件")
            assert abs(mark.middle - (37 + 35) * MM - size) < 7, (name, form)
            line = _red(printed[name].files[form])[0][0]
            number = _word(pages[0], "示委〔2018〕").middle / MM
            assert 5 < line - number < 9, (name, form)


def test_what_goes_upwards_has_its_number_left_and_who_signs_right(
    printed: dict[str, Printed],
) -> None:
    for name, last in (("upwards", "王示一"), ("three-sign", "欧阳示二")):
        for form, pages in _forms(printed[name]):
            number, label, signer = (_word(pages[0], t) for t in ("示委", "签发人：", last))
            assert abs(number.left / MM - 28 - 5.6) < 1, (name, form)
            assert abs(number.middle - signer.middle) < 4, (name, form)
            assert label.left / MM > 105, (name, form)
            assert signer.right / MM < 184 - 5, (name, form)


def test_a_letter_has_its_mark_30_mm_from_the_edge_and_two_double_lines(
    printed: dict[str, Printed],
) -> None:
    for name in ("letter", "letter-short"):
        for form, pages in _forms(printed[name]):
            mark = _word(pages[0], "中共示例市示例区教育局委员会")
            size = int(440 / len("中共示例市示例区教育局委员会"))
            assert abs(mark.middle - 30 * MM - size / 2) < 7, (name, form)
            red = _red(printed[name].files[form])
            upper, lower = (
                [line for line in red if (line[0] > 150) == foot] for foot in (False, True)
            )
            assert abs(upper[0][0] - (30 + size / MM + 4)) < 2.5, (name, form)
            assert abs(lower[-1][0] - (297 - 20)) < 2, (name, form)
            assert all(abs(breadth - 170) < 3 for _, breadth in red), (name, form)
            number = _word(pages[0], "号")
            assert abs(number.right / MM - 184) < 1, (name, form)
            assert upper[-1][0] < number.middle / MM < upper[-1][0] + 14, (name, form)


def test_a_letter_counts_its_first_page_without_saying_so(printed: dict[str, Printed]) -> None:
    for form, pages in _forms(printed["letter"]):
        assert "—1—" not in pages[0].text, form
        assert "—2—" in pages[1].text, form


def test_a_plain_paper_has_its_number_in_16_points_at_the_right(
    printed: dict[str, Printed],
) -> None:
    for form, pages in _forms(printed["plain"]):
        number = _word(pages[0], "号")
        assert abs(number.right / MM - 184) < 1, form
        assert _red(printed["plain"].files[form]) == []
        assert number.middle < _word(pages[0], "专项督查").middle


def test_twenty_two_lines_stand_on_a_page(printed: dict[str, Printed]) -> None:
    tops = [w.middle for w in printed["plain"].pages["pdf"][1].words if w.left < 29 * MM]
    steps = {round(b - a, 1) for a, b in pairwise(tops) if 20 < b - a < 30}
    assert steps
    assert all(abs(step - 28.95) < 0.2 for step in steps)
    assert 15.6 <= rendered.pitch(printed["plain"].pages["pdf"], 16) <= 15.9


def test_pages_are_filled_to_their_last_line(tmp_path: Path) -> None:
    """GB/T 9704: 22 lines; a paragraph begins with one line at the foot of a page, and ends with
    one at its head.
    """
    three = [Clause("督" * 80)] * 30
    file = tmp_path / "full.pdf"
    file.write_bytes(pdf.written(Official("通知", "", three, "示例局", date(2018, 10, 9))))
    pages = rendered.pages(file)
    assert [rendered.lines(page, above=FOOT * MM) for page in pages[1:-1]] == [22, 22, 22]
    assert rendered.lines(pages[-1], above=FOOT * MM) >= 2 + 2


def test_two_lines_of_text_stand_above_a_signature_alone_on_its_page(tmp_path: Path) -> None:
    for lines in range(14, 22):
        body = [Clause("督" * 20)] * lines + [Clause("督" * 80)]
        file = tmp_path / f"{lines}.pdf"
        file.write_bytes(pdf.written(Official("通知", "", body, "示例局", date(2018, 10, 9))))
        last = rendered.pages(file)[-1]
        told = [line for line in last.lines if set(line) == {"督"}]
        assert len(told) >= 2, lines
