"""A second party signs the ends of days on a machine of its own; a paper is found in the chain by
its bytes.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from taizhang.config.cli.main import main
from taizhang.config.cli.server import doctor
from taizhang.kernel.journal import heads
from taizhang.kernel.models import head
from taizhang.papers import actions as papers
from taizhang.papers.paper import Paper
from tests.make import Cast

TOOLS = Path(__file__).parents[2] / "tools"


def _run(tool: str, *words: object) -> tuple[int, str]:
    done = subprocess.run(  # noqa: S603  (our own words)
        [sys.executable, str(TOOLS / tool), *map(str, words)], capture_output=True, text=True, check=False
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def second(tmp_path: Path) -> tuple[Path, str]:
    """A second party: the file of its key, and the public half."""
    code, said = _run("countersign.py", "new-key", tmp_path / "second.key")
    assert code == 0
    return tmp_path / "second.key", said.split()[-1]


def _kept(tmp_path: Path, *told: tuple[str, int, str]) -> Path:
    file = tmp_path / "heads.jsonl"
    lines = [json.dumps({"day": day, "lines": n, "hash": text}) for day, n, text in told]
    file.write_text("".join(f"{line}\n" for line in lines))
    return file


def test_its_signatures_are_those_of_the_standard(second: tuple[Path, str]) -> None:
    spec = importlib.util.spec_from_file_location("countersign", TOOLS / "countersign.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    secret = bytes.fromhex(second[0].read_text())
    own = Ed25519PrivateKey.from_private_bytes(secret)
    assert tool.public_of(secret) == own.public_key().public_bytes_raw()
    assert tool.sign(secret, b"abc") == own.sign(b"abc")
    assert tool.verify(own.public_key().public_bytes_raw(), b"abc", own.sign(b"abc"))
    assert not tool.verify(own.public_key().public_bytes_raw(), b"abd", own.sign(b"abc"))
    assert second[0].stat().st_mode & 0o077 == 0


def test_what_contradicts_is_not_signed(tmp_path: Path, second: tuple[Path, str]) -> None:
    key, public = second
    book = tmp_path / "book.jsonl"
    sign = ("sign", tmp_path / "heads.jsonl", "--key", key, "--book", book)
    first = ("2018-10-24", 5, "sha256:a")
    _kept(tmp_path, first)
    assert _run("countersign.py", *sign)[0] == 0
    _kept(tmp_path, first, ("2018-10-25", 9, "sha256:b"))
    assert "已签1条" in _run("countersign.py", *sign)[1]
    for wrong in (("2018-10-26", 7, "sha256:c"), ("2018-10-26", 9, "sha256:c")):
        _kept(tmp_path, first, wrong)
        code, said = _run("countersign.py", *sign)
        assert (code, "矛盾" in said) == (1, True)
    assert _run("countersign.py", "check", book, "--public", public) == (0, "已核对2条签名\n")
    book.write_text(book.read_text().replace("sha256:b", "sha256:d"))
    assert _run("countersign.py", "check", book, "--public", public)[0] == 1


def test_the_doctor_asks_for_the_second_partys_signature(
    people: Cast, tmp_path: Path, second: tuple[Path, str]
) -> None:
    key, public = second
    book = tmp_path / "book.jsonl"
    kept = _kept(tmp_path, ("2018-10-25", *head()))
    assert _run("countersign.py", "sign", kept, "--key", key, "--book", book)[0] == 0
    assert doctor._heads(book, public).wrong == []
    assert "没有第二方的签名" in doctor._heads(kept, public).wrong[0]
    assert "没有第二方的签名" in doctor._heads(book, "0" * 64).wrong[0]
    assert "公钥应是" in doctor._heads(book, "xyz").wrong[0]
    assert heads.of_file(book)[0].lines == head()[0]


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_paper_is_found_by_its_bytes_under_a_signed_head(
    people: Cast, now: datetime, tmp_path: Path, second: tuple[Path, str], form: str
) -> None:
    paper = Paper(title="反馈意见", blocks=[])
    data = papers.print_paper(
        paper=paper, form=form, subject="round:1", actor=people.actor("office"), now=now
    )
    (tmp_path / "paper").write_bytes(data)
    book, journal = tmp_path / "book.jsonl", tmp_path / "journal.jsonl"
    kept = _kept(tmp_path, ("2018-10-25", *head()))
    _run("countersign.py", "sign", kept, "--key", second[0], "--book", book)
    assert main(["journal", "export", str(journal)]) == 0
    words: list[Any] = [journal, "--heads", book, "--second", second[1], "--paper"]

    code, said = _run("verify_journal.py", *words, tmp_path / "paper")
    assert (code, "出具《反馈意见》" in said) == (0, True)
    assert f"2018-10-25 留存的第{head()[0]}条之前" in said

    (tmp_path / "paper").write_bytes(data + b" ")
    assert (
        "没有出过这个文件，或者它被改动过"
        in _run("verify_journal.py", *words, tmp_path / "paper")[1]
    )
    assert _run("verify_journal.py", journal, "--heads", kept, "--second", second[1])[0] == 1
