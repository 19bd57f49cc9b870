"""A backup is whole, comes back byte by byte, and is refused when a byte of it is wrong; the doctor
sees what is not well.
"""

from __future__ import annotations

import hashlib
import io
import json
import sqlite3
import tarfile
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from taizhang.config.backup import snapshot, stored
from taizhang.config.cli.main import main
from taizhang.config.cli.server import backup
from taizhang.kernel.actions import journal
from taizhang.kernel.errors import Refused
from taizhang.kernel.journal import heads
from taizhang.kernel.models import head
from taizhang.ledgers.evidence import actions as evidence
from taizhang.ledgers.models import EvidenceFile
from tests.make import picture
from tests.modules import everybody


@pytest.fixture
def saved(taken: EvidenceFile, tmp_path: Path) -> Path:
    """A backup with one file."""
    del taken
    out = tmp_path / "a.tar"
    assert main(["backup", str(out)]) == 0
    return out


@pytest.fixture
def taken(transactional_db: None, now: datetime) -> EvidenceFile:
    """A picture of a branch, in a database without an open transaction, which can be copied."""
    del transactional_db
    people = everybody(now)
    return evidence.take_in(
        branch=people.own,
        name="照片.png",
        data=picture(),
        kind="",
        actor=people.actor("clerk"),
        now=now,
    ).file


def _path(file: EvidenceFile, part: str = "files") -> Path:
    return Path(evidence.store().path(evidence.path_of(file.sha256, part)))


def test_a_backup_comes_back_whole(saved: Path, tmp_path: Path, capsys: Any) -> None:
    into = tmp_path / "new"
    assert main(["restore", str(saved), "--into", str(into)]) == 0
    assert f"日志末条 {head()[1]}" in capsys.readouterr().out
    files = [p for p in into.rglob("*") if p.is_file()]
    database = (
        {"taizhang.sqlite3", "taizhang.sqlite3.head"}
        if connection.vendor == "sqlite"
        else {"taizhang.dump"}
    )
    assert {p.relative_to(into).parts[0] for p in files} == {*database, "evidence"}
    assert {p.stat().st_mode & 0o077 for p in [saved, *files]} == {0}


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
    changed = ""
    with tarfile.open(saved) as archive, tarfile.open(out, "w") as made:
        for member in archive:
            held = archive.extractfile(member)
            data = held.read() if held else b""
            if how == "byte" and member.name.startswith("evidence/"):
                data = b"x" + data[1:]
            if how == "fitted" and member.name.startswith("evidence/files"):
                data = b"x" + data[1:]
                changed = hashlib.sha256(data).hexdigest()
            if how == "fitted" and member.name == backup.MANIFEST:
                told = json.loads(data)
                name = next(n for n in told["files"] if n.startswith("evidence/files"))
                told["files"][name]["sha256"] = changed
                data = json.dumps(told).encode()
            if how == "gone" and member.name.startswith("evidence/thumbs"):
                continue
            if how == "climb" and member.name == backup.MANIFEST:
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


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-3])


@pytest.mark.parametrize("part", ["files", "shown", "thumbs"])
@pytest.mark.parametrize(("spoil", "told"), [(Path.unlink, "不见了"), (_cut, "已损坏")])
def test_backup_and_restore_say_what_is_gone_or_damaged(
    taken: EvidenceFile, tmp_path: Path, capsys: Any, part: str, spoil: Any, told: str
) -> None:
    spoil(_path(taken, part))
    out = tmp_path / "a.tar"

    assert main(["backup", str(out)]) == 1
    assert told in capsys.readouterr().err
    assert main(["restore", str(out), "--into", str(tmp_path / "new")]) == 1
    said = capsys.readouterr().err
    assert told in said
    assert "照片.png" in said
    assert main(["doctor"]) == 1
    assert "✗ 佐证材料：" in capsys.readouterr().out


def test_a_backup_from_another_folder_does_not_pass_for_whole(
    taken: EvidenceFile, tmp_path: Path, settings: Any, capsys: Any
) -> None:
    place = {"location": tmp_path / "elsewhere", "base_url": None}
    settings.STORAGES = settings.STORAGES | {
        "evidence": settings.STORAGES["evidence"] | {"OPTIONS": place}
    }
    assert main(["backup", str(tmp_path / "a.tar")]) == 1
    assert f"佐证材料“{taken.name}”不见了" in capsys.readouterr().err


def test_a_damaged_backup_cannot_pass_as_whole_by_a_manifest_made_to_fit(
    saved: Path, tmp_path: Path, capsys: Any
) -> None:
    out = _spoilt(saved, tmp_path / "b.tar", "fitted")
    assert main(["restore", str(out), "--into", str(tmp_path / "new")]) == 1
    assert "佐证材料“照片.png”已损坏" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


def test_the_head_in_the_manifest_is_that_of_the_copy(
    taken: EvidenceFile, now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, take = head(), snapshot.take

    def others_write_on(folder: Path) -> snapshot.Copy:
        copy = take(folder)
        journal.note("orgs.login", "user:1", by=None, now=now)
        return copy

    monkeypatch.setattr(snapshot, "take", others_write_on)
    out = tmp_path / "a.tar"
    main(["backup", str(out)])

    with tarfile.open(out) as archive:
        held = archive.extractfile(backup.MANIFEST)
        assert held is not None
        assert json.loads(held.read())["journal"]["head"] == before[1] != head()[1]


def test_what_breaks_off_a_backup_is_told_and_leaves_nothing(
    taken: EvidenceFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tarfile.TarFile, "add", full)
    (tmp_path / "out").mkdir()
    assert main(["backup", str(tmp_path / "out" / "a.tar")]) == 1
    assert "备份没有完成" in capsys.readouterr().err
    assert list((tmp_path / "out").iterdir()) == []


def test_a_backup_that_was_written_wrongly_is_refused(
    taken: EvidenceFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    look = stored.look
    monkeypatch.setattr(stored, "look", lambda data: replace(look(data), sha256="0" * 64))
    assert main(["backup", str(tmp_path / "a.tar")]) == 1
    assert "读出的内容不同" in capsys.readouterr().err
    assert not (tmp_path / "a.tar").exists()


@pytest.mark.parametrize("name", ["a.tra", "x.tar"])
def test_a_backup_that_is_none_touches_no_folder(tmp_path: Path, name: str, capsys: Any) -> None:
    (tmp_path / "x.tar").write_bytes(b"kein Archiv")
    empty = tmp_path / "empty"
    empty.mkdir()
    assert main(["restore", str(tmp_path / name), "--into", str(empty)]) == 1
    assert empty.is_dir()
    assert "Traceback" not in capsys.readouterr().err


def test_a_file_is_no_folder_to_restore_into(saved: Path, tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "file").write_text("x")
    assert main(["restore", str(saved), "--into", str(tmp_path / "file")]) == 1
    assert "不是空文件夹" in capsys.readouterr().err
    assert (tmp_path / "file").read_text() == "x"


def test_a_broken_database_is_told_in_a_sentence(tmp_path: Path) -> None:
    broken = tmp_path / "taizhang.sqlite3"
    with closing(sqlite3.connect(broken)) as made:
        made.execute("CREATE TABLE t (a)")
        made.executemany("INSERT INTO t VALUES (?)", [("x" * 500,)] * 200)
        made.commit()
    with broken.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 3 * 4096)
    with pytest.raises(Refused, match="数据库"):
        snapshot.of_sqlite(broken)


@pytest.mark.django_db(transaction=True)
def test_the_head_is_kept_after_a_commit_and_not_again_at_once(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heads, "_written_at", {})
    journal.note("orgs.login", "user:1", by=None, now=now)
    first = head()
    journal.note("orgs.login", "user:1", by=None, now=now)
    assert heads.kept() == heads.Head(*first)
    monkeypatch.setattr(heads, "INTERVAL", 0.0)
    journal.note("orgs.login", "user:1", by=None, now=now)
    assert heads.kept() == heads.Head(*head())
