"""The code on an official paper proves its words to whoever has only the paper, a key and a small
script.
"""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from taizhang.config.cli.main import main
from taizhang.kernel.models import JournalLine
from taizhang.orgs.heads import Head, KindHead
from taizhang.orgs.models import PaperKind
from taizhang.papers import actions
from taizhang.papers.official.heads import laid
from taizhang.papers.official.paper import Clause, Official
from taizhang.papers.proofs import proof, words
from taizhang.papers.writers import official_word, pdf
from tests.make import Cast
from tests.papers.test_marks import codes, pages
from tests.papers.test_official import _paper

TOOL = Path(__file__).parents[2] / "tools" / "verify_paper.py"


def _run(*told: object) -> tuple[int, str]:
    command = [sys.executable, str(TOOL), *map(str, told)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    return done.returncode, done.stdout + done.stderr


def _printed(people: Cast, now: datetime, form: str, paper: Official) -> bytes:
    return actions.print_paper(
        paper=paper, form=form, subject="round:1", actor=people.actor("office"), now=now
    )


def _read(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        name = next(name for name in package.namelist() if name.startswith("word/media/"))
        (code,) = codes(Image.open(io.BytesIO(package.read(name))).convert("L"))
    return code


def test_a_telephone_reads_what_the_script_verifies(
    people: Cast, now: datetime, tmp_path: Path
) -> None:
    paper = replace(_paper(), proved=True)
    code = _read(_printed(people, now, "docx", paper))
    (tmp_path / "words.txt").write_bytes(_printed(people, now, "txt", paper))
    assert main(["journal", "export", str(tmp_path / "journal.jsonl")]) == 0
    told = ("--key", proof.public_keys()[0], "--words", tmp_path / "words.txt", "--journal", tmp_path / "journal.jsonl")  # fmt: skip

    status, said = _run(code, *told)

    assert status == 0, said
    for text in ("签名属实。成文日期：2018-10-09", "关于开展督查的通知", "出具《关于开展督查的通知》", "校验通过。"):  # fmt: skip
        assert text in said
    (tmp_path / "code.txt").write_text(f"{code}\n")
    assert _run(tmp_path / "code.txt", *told)[0] == 0


@pytest.mark.parametrize("what", ["code", "key", "words", "journal", "other"])
def test_whatever_was_changed_is_named(
    people: Cast, now: datetime, tmp_path: Path, what: str
) -> None:
    paper = replace(_paper(), proved=True)
    code = _read(_printed(people, now, "docx", paper))
    key, journal, text = proof.public_keys()[0], tmp_path / "journal.jsonl", tmp_path / "words.txt"
    main(["journal", "export", str(journal)])
    text.write_text(words.text(paper), "utf-8")
    if what == "code":
        code = code.replace("/20181009/", "/20181010/")
    elif what == "key":
        key = proof._key(b"another").public_key().public_bytes_raw().hex()
    elif what == "words":
        text.write_text(words.text(paper).replace("具体", "个别"), "utf-8")
    elif what == "journal":
        lines = journal.read_text("utf-8").splitlines(keepends=True)
        journal.write_text("".join(one for one in lines if "papers.print" not in one), "utf-8")
    else:
        code = "TZ1/R/1/TALKS:1/AAAAAAAAAA"

    if what == "other":
        (tmp_path / "code.txt").write_text(code)
        code = str(tmp_path / "code.txt")
    status, said = _run(code, "--key", key, "--words", text, "--journal", journal)

    wrong = {
        "code": "签名不对", "key": "签名不对", "words": "文字与校验码不符", "journal": "没有出具这份公文的记录",
        "other": "这不是公文校验码",
    }  # fmt: skip
    assert status == 1
    assert wrong[what] in said
    assert "校验通过" not in said


def test_a_scan_of_the_printed_page_shows_it_left_of_the_signature(tmp_path: Path) -> None:
    paper = Official("通知", "各支部：", [Clause("具体如下。")], "中共示例局委员会", _paper().dated)
    code = proof.of(paper, 123456, f"sha256:{'a' * 64}")
    (page,) = pages(pdf.written(replace(paper, proof=code)), tmp_path)
    (found,) = zxingcpp.read_barcodes(page)
    mm = 25.4 / 150
    assert found.text == code
    assert 28 < found.position.top_left.x * mm < found.position.bottom_right.x * mm < 50


def test_the_words_and_the_file_without_a_code_stay_byte_for_byte() -> None:
    plain = _paper()
    proved = replace(plain, proof=proof.of(plain, 1, "sha256:ab"), trace="x", imprint="y")
    assert words.text(proved) == words.text(plain)
    assert words.digest(replace(plain, number="示委〔2018〕13号")) != words.digest(plain)
    assert words.digest(replace(plain, body=plain.body[:-1])) != words.digest(plain)
    with zipfile.ZipFile(io.BytesIO(official_word.written(plain))) as package:
        assert not [name for name in package.namelist() if name.startswith("word/media/")]


def test_it_is_printed_only_where_the_committee_asks_for_it(people: Cast, now: datetime) -> None:
    asked = Head(kinds={str(PaperKind.LETTER): KindHead(proof="1")})
    for kind, wanted in ((PaperKind.LETTER, True), (PaperKind.NOTICE, False)):
        paper = laid(_paper(), kind, asked)
        assert paper.proved is wanted
        _printed(people, now, "docx", paper)
        line = JournalLine.objects.filter(verb="papers.print").latest("seq")
        assert ("words" in line.detail) is wanted


def test_the_keys_are_told_by_a_command(
    settings: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["journal", "proof-key"]) == 0
    assert capsys.readouterr().out.startswith(f"公钥 {proof.public_keys()[0]}\n")
