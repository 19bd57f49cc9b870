"""Word to PDF by another program: in its own folder, within its time, and its children with it."""

from __future__ import annotations

import io
import time
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pypdf
import pytest

from taizhang.kernel import libreoffice
from taizhang.kernel.errors import WrongState
from taizhang.papers.word_templates import fill as template_word
from taizhang.papers.word_templates import kinds as template_kinds
from taizhang.papers.writers import pdf
from taizhang.papers.writers.wordml import docx_base
from tests.papers import clerk, fontfiles


def _program(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program in the place of the real one: `$out` is its folder."""
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\nout=$PWD\n{script}\n", "utf-8")
    path.chmod(0o700)
    monkeypatch.setenv("TAIZHANG_SOFFICE", str(path))


def test_each_document_has_its_pdf_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _program(tmp_path, 'for f in *.docx; do cp "$f" "${f%.docx}.pdf"; done', monkeypatch)

    assert libreoffice.pdfs([b"one", b"two"]) == [b"one", b"two"]


def test_it_has_a_profile_of_its_own_and_nothing_of_our_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TAIZHANG_SECRET_KEY", "geheim")
    _program(tmp_path, 'echo "$* $TAIZHANG_SECRET_KEY $HOME" > 0.pdf', monkeypatch)

    told = libreoffice.pdfs([b"x"])[0].decode()

    assert "-env:UserInstallation=file://" in told
    assert "geheim" not in told
    assert not Path(told.split()[-1]).exists()


def test_a_program_that_makes_nothing_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _program(tmp_path, "exit 3", monkeypatch)

    with pytest.raises(WrongState, match="没有生成 PDF"):
        libreoffice.pdfs([b"x"])


def test_a_program_that_hangs_is_ended_with_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libreoffice, "START_SECONDS", 0.5)
    monkeypatch.setattr(libreoffice, "EACH_SECONDS", 0)
    late = tmp_path / "late"
    _program(tmp_path, f'(sleep 2; touch "{late}") & sleep 30', monkeypatch)

    with pytest.raises(WrongState, match="超时"):
        libreoffice.pdfs([b"x"])

    time.sleep(2.2)
    assert not late.exists()


def test_two_do_not_convert_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "PATIENCE_SECONDS", 0.3)
    with libreoffice._one_at_a_time(), pytest.raises(WrongState, match="正在转换别的文书"):
        libreoffice.pdfs([b"x"])


def test_without_own_fonts_the_program_has_those_of_the_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TAIZHANG_FONTS", raising=False)
    _program(tmp_path, 'echo "[$FONTCONFIG_FILE]" > 0.pdf', monkeypatch)

    assert libreoffice.pdfs([b"x"]) == [b"[]\n"]


@pytest.fixture
def own_fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the bureau with one font, a 仿宋."""
    folder = tmp_path / "own & fonts"
    folder.mkdir()
    data = fontfiles.named("FZFangSong-Z02S").replace(b"NotoSerifCJK", b"OfTheBureau_")
    (folder / "own.otf").write_bytes(data)
    monkeypatch.setenv("TAIZHANG_FONTS", str(folder))
    return folder


def test_own_fonts_are_handed_to_the_program_by_every_name(
    tmp_path: Path, own_fonts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _program(tmp_path, 'cp "$FONTCONFIG_FILE" 0.pdf', monkeypatch)

    told = ElementTree.fromstring(libreoffice.pdfs([b"x"], pdf.fonts_for_office())[0])  # noqa: S314  (made here)

    assert [one.text for one in told.iter("dir")] == [str(own_fonts)]
    preferred = {
        one.findtext("family"): one.findtext("prefer/family") for one in told.iter("alias")
    }
    assert preferred["仿宋_GB2312"] == preferred["FangSong"] == "FZFangSong-Z02S"
    assert "黑体" not in preferred


@pytest.mark.skipif(libreoffice.program() is None, reason="no LibreOffice on this machine")
def test_a_letter_of_an_office_is_printed_with_the_bureaus_own_fonts(own_fonts: Path) -> None:
    document = docx_base.blank()
    document.add_paragraph("本局自己的仿宋")

    made: Any = pypdf.PdfReader(
        io.BytesIO(libreoffice.pdfs([clerk.saved(document)], pdf.fonts_for_office())[0])
    )

    fonts = made.pages[0]["/Resources"]["/Font"].values()
    assert any("OfTheBureau" in str(font.get_object()["/BaseFont"]) for font in fonts)


@pytest.mark.skipif(libreoffice.program() is None, reason="no LibreOffice on this machine")
def test_a_letter_of_an_office_is_a_pdf_that_says_the_same() -> None:
    kind = template_kinds.named("letter")
    document = template_word.written(kind, clerk.letter(), kind.sample())

    made = pypdf.PdfReader(io.BytesIO(libreoffice.pdfs([document])[0]))

    text = "".join("".join(page.extract_text().split()) for page in made.pages)
    assert "样例问题" in text
    assert "示督〔2018〕1号" in text
