"""A backup is whole, comes back byte by byte, and is refused when a byte of it is wrong; the doctor sees what is not well."""

from __future__ import annotations

import io
import json
import sqlite3
import tarfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from taizhang.config.command import main
from taizhang.config.commands import keeping
from taizhang.kernel.models import head
from taizhang.ledgers.actions import evidence
from taizhang.ledgers.evidence_queries import faulty
from tests.make import Cast, picture


@pytest.fixture
def saved(people: Cast, now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A backup with one file; the database is the test's own, whose open transaction cannot be copied."""
    evidence.take_in(
        branch=people.own,
        name="照片.png",
        data=picture(),
        kind="",
        actor=people.actor("clerk"),
        now=now,
    )
    copy = tmp_path / "taizhang.sqlite3"
    with sqlite3.connect(copy) as made:
        made.execute("CREATE TABLE t (a)")
    monkeypatch.setattr(keeping, "_database", lambda _: copy)
    out = tmp_path / "a.tar"
    assert main(["backup", str(out)]) == 0
    return out


def test_a_backup_comes_back_whole(saved: Path, tmp_path: Path, capsys: Any) -> None:
    into = tmp_path / "new"
    assert main(["restore", str(saved), "--into", str(into)]) == 0
    assert f"日志末条 {head()[1]}" in capsys.readouterr().out
    files = {p.relative_to(into).parts[0] for p in into.rglob("*") if p.is_file()}
    assert files == {"taizhang.sqlite3", "evidence"}


def test_a_backup_does_not_write_over_anything(saved: Path, tmp_path: Path) -> None:
    assert main(["backup", str(saved)]) == 1
    full = tmp_path / "full"
    full.mkdir()
    (full / "x").write_text("x")
    assert main(["restore", str(saved), "--into", str(full)]) == 1
    assert (full / "x").read_text() == "x"


def test_keys_are_not_in_it(saved: Path) -> None:
    with tarfile.open(saved) as archive:
        assert not [name for name in archive.getnames() if name.endswith(".key")]


def _spoilt(saved: Path, out: Path, how: str) -> Path:
    with tarfile.open(saved) as archive, tarfile.open(out, "w") as made:
        for member in archive:
            held = archive.extractfile(member)
            data = held.read() if held else b""
            if how == "byte" and member.name.startswith("evidence/"):
                data = b"x" + data[1:]
            if how == "gone" and member.name.startswith("evidence/thumbs"):
                continue
            if how == "climb" and member.name == keeping.MANIFEST:
                told = json.loads(data)
                told["files"]["../evil"] = {"sha256": "0", "size": 0}
                data = json.dumps(told).encode()
            member.size = len(data)
            made.addfile(member, io.BytesIO(data))
        if how == "climb":
            made.addfile(tarfile.TarInfo("../evil"))
    return out


@pytest.mark.parametrize("how", ["byte", "gone", "climb"])
def test_a_spoilt_backup_is_refused_and_leaves_nothing(
    saved: Path, tmp_path: Path, how: str
) -> None:
    spoilt, into = _spoilt(saved, tmp_path / "b.tar", how), tmp_path / "new"
    assert main(["restore", str(spoilt), "--into", str(into)]) == 1
    assert not into.exists()
    assert not (tmp_path / "evil").exists()


def test_what_is_no_backup_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.tar").write_bytes(b"kein Archiv")
    assert main(["restore", str(tmp_path / "x.tar"), "--into", str(tmp_path / "n")]) == 1


def test_files_that_are_gone_or_changed_are_named(people: Cast, now: datetime) -> None:
    taken = evidence.take_in(
        branch=people.own,
        name="照片.png",
        data=picture(),
        kind="",
        actor=people.actor("clerk"),
        now=now,
    )
    path = Path(evidence.store().path(evidence.path_of(taken.file.sha256)))
    assert faulty() == ([], [])
    path.write_bytes(b"anders")
    assert faulty() == ([], ["照片.png"])
    path.unlink()
    assert faulty() == (["照片.png"], [])


def test_the_doctor_says_what_is_not_well(people: Cast, capsys: Any) -> None:
    main(["doctor"])
    said = capsys.readouterr().out
    assert "✓ 数据库结构" in said
    assert "✓ 佐证材料" in said
    assert ("✗ 日志：防止改动的触发器不见了" in said) == (connection.vendor == "sqlite")
