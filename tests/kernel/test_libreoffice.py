"""Word to PDF by another program: in its own folder, within its time, and its children with it."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pypdf
import pytest

from taizhang.kernel import libreoffice
from taizhang.kernel.errors import WrongState
from taizhang.papers import template_kinds, template_word
from tests.papers import clerk


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


@pytest.mark.skipif(libreoffice.program() is None, reason="no LibreOffice on this machine")
def test_a_letter_of_an_office_is_a_pdf_that_says_the_same() -> None:
    kind = template_kinds.named("letter")
    document = template_word.written(kind, clerk.letter(), kind.sample())

    made = pypdf.PdfReader(io.BytesIO(libreoffice.pdfs([document])[0]))

    text = "".join("".join(page.extract_text().split()) for page in made.pages)
    assert "样例问题" in text
    assert "示督〔2018〕1号" in text
