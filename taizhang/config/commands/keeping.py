"""`taizhang backup`, `taizhang restore`, `taizhang doctor`: that nothing is lost, and that one knows it."""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from taizhang.config.commands import files
from taizhang.kernel.errors import BadInput, Refused

MANIFEST = "manifest.json"
LEAST_FREE = 1024**3
"""A gigabyte: below it the doctor warns."""


def add(commands: Any) -> None:
    """The commands."""
    saving = commands.add_parser("backup", help="备份数据库和佐证材料（不含密钥，密钥请另行保管）")
    saving.add_argument("out", type=Path, help="备份文件，如 taizhang-20181025.tar")
    saving.set_defaults(run=backup)
    bringing = commands.add_parser("restore", help="把备份恢复到一个新的空文件夹，并核对每个文件")
    bringing.add_argument("file", type=Path)
    bringing.add_argument("--into", type=Path, required=True, metavar="DIR")
    bringing.set_defaults(run=restore)
    looking = commands.add_parser("doctor", help="检查数据库、密钥、佐证材料、日志和磁盘")
    looking.set_defaults(run=doctor)


def backup(arguments: argparse.Namespace) -> int:
    """The database first and the files after: files never change, so every file that the database names is there."""
    files.start_django()
    out: Path = arguments.out
    if out.exists():
        raise BadInput(f"{out} 已经存在，不覆盖。")
    partial = out.with_name(f"{out.name}.partial")
    with tempfile.TemporaryDirectory() as folder, tarfile.open(partial, "w") as archive:
        database = _database(Path(folder))
        told: dict[str, Any] = {"files": {}, **_about()}
        for name, path in [(f"database/{database.name}", database), *_evidence()]:
            told["files"][name] = {"sha256": _hash(path), "size": path.stat().st_size}
            archive.add(path, name)
        text = json.dumps(told, ensure_ascii=False, indent=1).encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size = len(text)
        archive.addfile(info, io.BytesIO(text))
    partial.replace(out)
    sys.stdout.write(
        f"已备份{len(told['files'])}个文件到 {out}；密钥（field.key、session.key）不在其中，请另行保管。\n"
    )
    return 0


def _database(folder: Path) -> Path:
    """A copy of the database as it is at one moment."""
    from django.db import connection  # noqa: PLC0415

    if connection.vendor == "sqlite":
        copy = folder / "taizhang.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(copy)])
        return copy
    told = connection.settings_dict
    copy = folder / "taizhang.dump"
    words = [
        "pg_dump",
        "-Fc",
        "-h",
        told["HOST"],
        "-p",
        told["PORT"],
        "-U",
        told["USER"],
        "-f",
        str(copy),
        told["NAME"],
    ]
    done = subprocess.run(  # noqa: S603  (our own words)
        words,
        env={"PGPASSWORD": told["PASSWORD"], "PATH": "/usr/bin:/bin"},
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise Refused(f"pg_dump 没有成功：{done.stderr.decode(errors='replace').strip()[:300]}")
    return copy


def _about() -> dict[str, Any]:
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.loader import MigrationLoader  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from taizhang import __version__  # noqa: PLC0415
    from taizhang.kernel.actions import journal  # noqa: PLC0415

    loader = MigrationLoader(connection)
    number, head = journal.last()
    return {
        "made_at": timezone.now().isoformat(), "version": __version__, "database": connection.vendor,
        "migrations": sorted(f"{app}.{name}" for app, name in loader.applied_migrations),
        "journal": {"lines": number, "head": head},
    }  # fmt: skip


def _evidence() -> Iterator[tuple[str, Path]]:
    from taizhang.ledgers.actions import evidence  # noqa: PLC0415

    folder = Path(evidence.store().path(""))
    for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
        if path.is_file():
            yield f"evidence/{path.relative_to(folder).as_posix()}", path


def _hash(path: Path) -> str:
    with path.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


def restore(arguments: argparse.Namespace) -> int:
    """Into a new folder, never over what is there; only a backup whose every byte is right is kept."""
    into: Path = arguments.into
    if into.exists() and any(into.iterdir()):
        raise BadInput(f"{into} 不是空文件夹，不能恢复到这里。")
    try:
        with tarfile.open(arguments.file) as archive:
            told = _manifest(archive)
            into.mkdir(parents=True, exist_ok=True)
            _extract(archive, told, into)
    except (tarfile.TarError, OSError, ValueError, KeyError) as broken:
        shutil.rmtree(into, ignore_errors=True)
        raise BadInput(f"{arguments.file} 不是完整的备份：{broken}") from broken
    except BadInput:
        shutil.rmtree(into, ignore_errors=True)
        raise
    sys.stdout.write(
        f"已恢复{len(told['files'])}个文件到 {into}，逐个核对无误。备份于 {told['made_at'][:19]}，日志末条 {told['journal']['head']}。\n"
    )
    how = (
        f"把 field.key 放进 {into}，再以 TAIZHANG_DATA={into} 启动。"
        if told["database"] == "sqlite"
        else f"用 pg_restore -d 数据库 {into / 'taizhang.dump'} 装入数据库。"
    )
    sys.stdout.write(f"{how}\n")
    return 0


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
        place.parent.mkdir(parents=True, exist_ok=True)
        held = archive.extractfile(name)
        if held is None:
            raise BadInput(f"{name} 不是文件。")
        with place.open("wb") as out:
            shutil.copyfileobj(held, out)
        if _hash(place) != known["sha256"]:
            raise BadInput(f"{name} 与清单的校验码不同，备份已损坏。")
        if place.suffix == ".sqlite3":
            _must_be_sound(place)


def _must_be_sound(database: Path) -> None:
    with sqlite3.connect(database) as opened:
        if (
            opened.execute("PRAGMA integrity_check").fetchone() != ("ok",)
            or opened.execute("PRAGMA foreign_key_check").fetchone()
        ):
            raise BadInput("备份里的数据库不完整。")


def doctor(arguments: argparse.Namespace) -> int:
    """One line for each thing looked at; exit code 1 when any is not well."""
    del arguments
    files.start_django()
    well = True
    for name, wrong in _looked_at():
        well = well and not wrong
        sys.stdout.write(f"{'✗' if wrong else '✓'} {name}{f'：{wrong}' if wrong else ''}\n")
    return 0 if well else 1


def _looked_at() -> Iterator[tuple[str, str]]:
    from django.conf import settings  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    yield "数据库结构", f"有{waiting}步升级没有做，请运行 taizhang migrate" if waiting else ""
    if waiting:
        return
    yield "数据库完整", _unsound(connection)
    for name in ("field.key", "session.key"):
        yield name, _loose(Path(settings.DATA) / name)
    yield from _evidence_and_journal()
    free = shutil.disk_usage(settings.DATA).free
    yield "磁盘空间", "" if free >= LEAST_FREE else f"只剩{free // 1024**2}MB"


def _unsound(connection: Any) -> str:
    if connection.vendor != "sqlite":
        return ""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check")
        said = str(cursor.fetchone()[0])
    return "" if said == "ok" else said[:200]


def _loose(path: Path) -> str:
    """Production has its keys from the environment; a key in a file is for its owner alone."""
    if path.is_file() and path.stat().st_mode & 0o077:
        return "其他用户可以读取，请改为 600"
    return ""


def _evidence_and_journal() -> Iterator[tuple[str, str]]:
    from taizhang.kernel import chain  # noqa: PLC0415
    from taizhang.kernel.actions import journal  # noqa: PLC0415
    from taizhang.ledgers import evidence_queries  # noqa: PLC0415

    missing, changed = evidence_queries.faulty()
    yield (
        "佐证材料",
        "；".join(
            [
                *([f"{len(missing)}个文件不见了，如“{missing[0]}”"] if missing else []),
                *([f"{len(changed)}个文件被改动，如“{changed[0]}”"] if changed else []),
            ]
        ),
    )
    fault = chain.verify(journal.lines()).fault
    yield "日志", fault.text if fault else "" if journal.is_guarded() else "防止改动的触发器不见了"
