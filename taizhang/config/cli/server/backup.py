"""`taizhang backup`, `taizhang restore`: that nothing is lost, and that a copy says so when
something was.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import secrets
import shutil
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Any

from taizhang.config.cli import files
from taizhang.kernel.errors import BadInput, Refused
from taizhang.kernel.writing.moments import told_if_moment

if TYPE_CHECKING:
    from taizhang.config.backup.snapshot import Copy
    from taizhang.config.backup.stored import Stored
    from taizhang.config.cli.commands import Commands

MANIFEST = "manifest.json"


def add(commands: Commands) -> None:
    """The commands."""
    saving = commands.add_parser("backup", help="备份数据库和佐证材料（不含密钥，密钥请另行保管）")
    saving.add_argument("out", type=Path, help="备份文件，如 taizhang-20181025.tar")
    saving.set_defaults(run=backup)
    bringing = commands.add_parser("restore", help="把备份恢复到一个新的空文件夹，并核对每个文件")
    bringing.add_argument("file", type=Path)
    bringing.add_argument("--into", type=Path, required=True, metavar="DIR")
    bringing.set_defaults(run=restore)


def backup(arguments: argparse.Namespace) -> int:
    """The database first and the files after: files never change, so every file that the database
    names is there.

    What is named and absent or damaged is told and fails the command; the rest is saved all the
    same.
    """
    files.start_django()
    from taizhang.config.backup import snapshot  # noqa: PLC0415
    from taizhang.kernel import durable  # noqa: PLC0415
    from taizhang.kernel.actions import journal  # noqa: PLC0415

    out: Path = arguments.out
    if out.exists():
        raise BadInput(f"{out} 已经存在，不覆盖。")
    with _in_words("备份没有完成"), tempfile.TemporaryDirectory() as folder:
        copy = snapshot.take(Path(folder))
        with durable.place_for(out.absolute(), ".partial") as partial:
            told = _pack(partial, copy)
            _must_hold(partial)
        journal.keep_head()
    _say(told["faults"])
    sys.stdout.write(
        f"已备份{len(told['files'])}个文件到 {out}；密钥（field.key、session.key）不在其中，请另行保管。\n"
    )
    return 1 if told["faults"] else 0


@contextmanager
def _in_words(what: str) -> Iterator[None]:
    """A disk or database that fails is told in one sentence."""
    from django.db import DatabaseError  # noqa: PLC0415

    try:
        yield
    except (OSError, tarfile.TarError, DatabaseError) as broken:
        raise Refused(f"{what}：{broken}") from broken


def _say(faults: list[str]) -> None:
    for fault in faults:
        sys.stderr.write(f"{fault}\n")
    if faults:
        sys.stderr.write(f"共{len(faults)}个文件不见了或者已损坏，备份里没有它们的完整内容。\n")


def _pack(partial: Path, copy: Copy) -> dict[str, Any]:
    """Write the archive; returns its manifest."""
    from taizhang.config.backup import stored  # noqa: PLC0415

    found: dict[str, Stored] = {}
    database = f"database/{copy.path.name}"
    told: dict[str, Any] = {"files": {database: _hashed(copy.path)}, **_about(copy)}
    with tarfile.open(partial, "w") as archive:
        archive.add(copy.path, database)
        for name, held in _held():
            with held as data:
                one = found[name] = stored.look(data)
                info = tarfile.TarInfo(f"evidence/{name}")
                info.size, info.mode = one.size, 0o600
                archive.addfile(info, data)
            told["files"][f"evidence/{name}"] = {"sha256": one.sha256, "size": one.size}
        told["faults"] = stored.faults(copy.named, found)
        text = json.dumps(told, ensure_ascii=False, indent=1).encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size, info.mode = len(text), 0o600
        archive.addfile(info, io.BytesIO(text))
    return told


def _held() -> Iterator[tuple[str, IO[bytes]]]:
    """Every file of the store; one that a disposal destroyed since the copy was made is none."""
    from taizhang.ledgers.evidence import actions as evidence  # noqa: PLC0415

    for one in evidence.store().walk():
        try:
            yield one.name, evidence.store().read(one.name)
        except FileNotFoundError:
            continue


def _about(copy: Copy) -> dict[str, Any]:
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.loader import MigrationLoader  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from taizhang import __version__  # noqa: PLC0415

    loader = MigrationLoader(connection)
    return {
        "made_at": timezone.now().isoformat(),
        "version": __version__,
        "database": connection.vendor,
        "migrations": sorted(f"{app}.{name}" for app, name in loader.applied_migrations),
        "journal": {"lines": copy.head.lines, "head": copy.head.hash},
        "named": {path: [one.label, one.sha256] for path, one in copy.named.items()},
    }


def _hashed(path: Path) -> dict[str, Any]:
    with path.open("rb") as data:
        sha256 = hashlib.file_digest(data, "sha256").hexdigest()
        return {"sha256": sha256, "size": data.tell()}


def _must_hold(archive: Path) -> None:
    """Read back what was written, before it gets its name."""
    with tarfile.open(archive) as opened:
        for name, known in _manifest(opened)["files"].items():
            held = opened.extractfile(name)
            if held is None or hashlib.file_digest(held, "sha256").hexdigest() != known["sha256"]:  # type: ignore[arg-type]
                raise Refused(f"{name} 写入备份后读出的内容不同，备份没有完成，请检查磁盘后重做。")


def restore(arguments: argparse.Namespace) -> int:
    """Into a new folder, never over what is there; only a backup whose every byte is
    right is kept.
    """
    into: Path = arguments.into.absolute()
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise BadInput(f"{into} 不是空文件夹，不能恢复到这里。")
    beside = into.with_name(f"{into.name}.{secrets.token_hex(4)}.partial")
    try:
        with tarfile.open(arguments.file) as archive:
            told = _manifest(archive)
            beside.mkdir(parents=True, mode=0o700)
            _extract(archive, told, beside)
        faults = _checked(told, beside)
        os.sync()
        beside.replace(into)
    except (tarfile.TarError, OSError, ValueError, KeyError) as broken:
        raise BadInput(f"{arguments.file} 不是完整的备份：{broken}") from broken
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    _say(faults)
    _tell(told, into)
    return 1 if faults else 0


def _tell(told: dict[str, Any], into: Path) -> None:
    sys.stdout.write(
        f"已恢复{len(told['files'])}个文件到 {into}，逐个核对过。备份于 {told_if_moment(told['made_at'])}，日志末条 "
        f"{told['journal']['head']}。\n"
    )
    how = (
        f"把 field.key 放进 {into}，再以 TAIZHANG_DATA={into} 启动。"
        if told["database"] == "sqlite"
        else f"用 pg_restore -d 数据库 {into / 'taizhang.dump'} 装入数据库。"
    )
    sys.stdout.write(f"{how}\n")


def _checked(told: dict[str, Any], folder: Path) -> list[str]:
    """The faults that the backup had when it was made; raises BadInput for any other. Backups of
    before say less.
    """
    files.start_django()
    from taizhang.config.backup import snapshot, stored  # noqa: PLC0415
    from taizhang.kernel.journal import heads  # noqa: PLC0415
    from taizhang.kernel.storage.folder import Folder  # noqa: PLC0415

    named = {path: stored.Named(*one) for path, one in told.get("named", {}).items()}
    database = folder / "taizhang.sqlite3"
    if database.is_file():
        copy = snapshot.of_sqlite(database)
        named = copy.named
        told["journal"] = {"lines": copy.head.lines, "head": copy.head.hash}
        heads.keep(copy.head, folder / f"{database.name}.head")
    place = Folder(location=folder / "evidence")
    found = {one.name: stored.look_at(place, one.name) for one in place.walk()}
    faults = stored.faults(named, found)
    known = told.get("faults", [])
    fresh = [fault for fault in faults if fault not in known] if "faults" in told else []
    if fresh:
        raise BadInput(f"备份缺少数据库里登记的内容：{'；'.join(fresh[:20])}")
    return faults


def _manifest(archive: tarfile.TarFile) -> dict[str, Any]:
    held = archive.extractfile(MANIFEST)
    if held is None:
        raise BadInput("备份里没有清单。")
    told: dict[str, Any] = json.loads(held.read())
    names = {member.name for member in archive if member.name != MANIFEST}
    if names != set(told["files"]):
        raise BadInput("备份里的文件和清单不一致。")
    return told


def _extract(archive: tarfile.TarFile, told: dict[str, Any], into: Path) -> None:
    for name, known in told["files"].items():
        parts = PurePosixPath(name).parts
        if parts[0] not in ("database", "evidence") or ".." in parts:
            raise BadInput(f"清单里的文件名不对：{name}")
        place = into / (parts[-1] if parts[0] == "database" else name)
        place.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
        held = archive.extractfile(name)
        if held is None:
            raise BadInput(f"{name} 不是文件。")
        with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            shutil.copyfileobj(held, out)
        if _hashed(place)["sha256"] != known["sha256"]:
            raise BadInput(f"{name} 与清单的校验码不同，备份已损坏。")
