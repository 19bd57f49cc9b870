"""Fonts of the bureau's own: used by the names that offices know, and asked for what they have."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import pytest

from taizhang.kernel.errors import BadInput
from taizhang.papers.official.paper import Clause, Official
from taizhang.papers.writers import glyphs, pdf, typefaces
from taizhang.papers.writers.wordml import docx_base
from tests.papers import fontfiles
from tests.papers.test_characters import RARE

_PAPER = Official(
    "关于开展督查的通知", "各基层党组织：", [Clause("现通知如下："), Clause("一、时间", 1), Clause("（一）第一天", 2)],
    "中共示例局委员会", date(2018, 10, 9),
)  # fmt: skip


def _fonts_of(data: bytes) -> dict[str, str]:
    """Which font each piece of text stands in."""
    found: dict[str, str] = {}

    def visit(text: str, _cm: Any, _tm: Any, font: Any, _size: Any) -> None:
        if text.strip() and font:
            found[text.strip()] = str(font["/BaseFont"])

    for page in pypdf.PdfReader(io.BytesIO(data)).pages:
        page.extract_text(visitor_text=visit)
    return found


def _font_of(fonts: dict[str, str], text: str) -> str:
    return next(font for told, font in fonts.items() if text in told)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TAIZHANG_FONTS", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("family", "text"),
    [
        ("FZXiaoBiaoSong-B05S", "关于开展督查的通知"),
        ("方正小标宋简体", "关于开展督查的通知"),
        ("FangSong_GB2312", "现通知如下"),
        ("仿宋", "现通知如下"),
        ("SimHei", "一、时间"),
        ("KaiTi_GB2312", "（一）第一天"),
        ("楷体", "（一）第一天"),
    ],
)
def test_a_face_of_the_bureau_is_used_where_the_standard_asks_for_it(
    folder: Path, family: str, text: str
) -> None:
    (folder / "own.otf").write_bytes(fontfiles.named(family))
    fonts = _fonts_of(pdf.written(_PAPER))
    assert "Own-Regular" in _font_of(fonts, text)
    own = [told for told, font in fonts.items() if "Own-Regular" in font]
    assert len(own) < len(fonts)


def test_without_a_folder_the_built_in_ones_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TAIZHANG_FONTS", raising=False)
    fonts = _fonts_of(pdf.written(_PAPER))
    assert "Serif" in _font_of(fonts, "现通知如下")
    assert "Sans" in _font_of(fonts, "一、时间")


def test_a_character_that_no_font_has_is_refused_with_own_fonts_too(folder: Path) -> None:
    paper = Official("通知", body=[Clause(f"王{RARE}")])
    with pytest.raises(BadInput, match="U\\+30EDD"):
        pdf.written(paper)


def test_a_character_that_an_own_font_has_is_printed(folder: Path) -> None:
    (folder / "rare.otf").write_bytes(fontfiles.of_one(RARE))
    data = pdf.written(Official("通知", body=[Clause(f"王{RARE}")]))
    assert RARE in pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text()


def test_what_a_font_has_is_read_from_it() -> None:
    assert glyphs.of_file(fontfiles.of_one(RARE)) == {RARE}
    built_in = glyphs.of_folder(pdf.FONTS)
    assert {"中", "A", "〔", "〓"} <= built_in
    assert RARE not in built_in
    assert glyphs.of_file(b"no font at all") == set()


def test_the_built_in_face_stands_in_last() -> None:
    found = typefaces.families(["仿宋", "fangsong_gb2312", "Noto Serif CJK SC"])
    assert found[typefaces.FANG] == ["fangsong_gb2312", "仿宋", "Noto Serif CJK SC"]
    assert found[typefaces.KAI] == ["Noto Serif CJK SC"]


def test_word_is_told_what_may_stand_in_for_a_face() -> None:
    part = next(
        r.target_part
        for r in docx_base.blank().part.rels.values()
        if r.reltype.endswith("/fontTable")
    )
    told = part.blob.decode()
    for face, other in (
        ("方正小标宋简体", "宋体"),
        ("仿宋_GB2312", "仿宋"),
        ("楷体_GB2312", "楷体"),
    ):
        entry = told.split(f'w:name="{face}"')[1].split("</w:font>")[0]
        assert other in entry
