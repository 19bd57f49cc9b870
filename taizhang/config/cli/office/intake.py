"""`taizhang intake read|take|undo`: a binder's files, read, handed in, and taken back."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from taizhang.config.cli import files
from taizhang.kernel.errors import BadInput

if TYPE_CHECKING:
    from taizhang.config.cli.commands import Commands


def add(commands: Commands) -> None:
    """The commands."""
    group = commands.add_parser("intake", help="收件：识别已有的文件，核对后入账")
    inner = group.add_subparsers(title="命令", dest="intake", required=True, metavar="命令")
    reading = inner.add_parser("read", help="只识别，不保存")
    reading.add_argument("path", nargs="+", metavar="PATH", help="文件、文件夹或 zip")
    reading.add_argument("--branch", default="", help="党支部（识别不用，留给脚本统一写法）")
    reading.add_argument("--json", action="store_true")
    reading.set_defaults(run=read)
    taking = inner.add_parser("take", help="收件，留待在网页上核对")
    taking.add_argument("path", nargs="+", metavar="PATH", help="文件、文件夹或 zip")
    taking.add_argument("--branch", required=True, help="党支部")
    taking.add_argument("--certain", action="store_true", help="可直接入账的一并入账")
    taking.add_argument("--json", action="store_true")
    taking.set_defaults(run=take)
    undoing = inner.add_parser("undo", help="撤销一次收件，撤回由它入账的记录")
    undoing.add_argument("batch", type=int, metavar="BATCH", help="收件编号")
    undoing.set_defaults(run=undo)


def _given(paths: list[str]) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of each file, those below a folder among them."""
    for text in paths:
        path = Path(text)
        if path.is_dir():
            for one in sorted(path.rglob("*")):
                if one.is_file() and not one.name.startswith(("~$", ".")):
                    yield one.name, one.read_bytes()
        else:
            yield path.name, files.read(text)


def read(arguments: argparse.Namespace) -> int:
    """Read and say; nothing is stored. Exit code 1 where a file could not be read at all."""
    files.start_django()
    from taizhang.intake.reading import read as reading  # noqa: PLC0415

    found = []
    for name, data in _given(arguments.path):
        for one in reading.unpacked(name, data):
            if one.refused:
                found.append(reading.Document(one.name, warnings=[one.refused]))
            else:
                found += reading.documents(one.name, one.data)
    if arguments.json:
        sys.stdout.write(json.dumps(reading.as_json(found), ensure_ascii=False) + "\n")
    else:
        for document in found:
            title = document.kind.title if document.kind else "认不出"
            said = "；".join(document.warnings)
            sys.stdout.write(
                f"{document.file}　{document.where}　{title}　{document.said}　"
                f"{len(document.records)}条　{said}\n"
            )
    return 0 if found else 1


def take(arguments: argparse.Namespace) -> int:
    """Hand in for a branch; with `--certain` what leaves no doubt is entered too."""
    files.start_django()
    from django.utils import timezone  # noqa: PLC0415

    from taizhang.config.cli.actors import keeper  # noqa: PLC0415
    from taizhang.intake import actions  # noqa: PLC0415
    from taizhang.orgs.queries import organisations  # noqa: PLC0415

    actor, now = keeper(), timezone.now()
    branch = organisations.branch_named(arguments.branch, actor=actor)
    if branch is None:
        raise BadInput(f"没有党支部“{arguments.branch}”。")
    batch = actions.take_in(branch=branch, files=_given(arguments.path), actor=actor, now=now)
    entered, refused = 0, list[str]()
    if arguments.certain:
        entered, refused = actions.enter_certain(batch=batch, actor=actor, now=timezone.now())
    n = batch.papers.count()
    if arguments.json:
        told = {"batch": batch.pk, "documents": n, "entered": entered, "refused": refused}
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(f"收件编号 {batch.pk}：{n}份，已入账{entered}份\n")
        for line in refused:
            sys.stderr.write(f"没有入账：{line}\n")
    return 1 if refused else 0


def undo(arguments: argparse.Namespace) -> int:
    """Take back what a batch entered, and say what stayed."""
    files.start_django()
    from django.utils import timezone  # noqa: PLC0415

    from taizhang.config.cli.actors import keeper  # noqa: PLC0415
    from taizhang.intake import actions, queries  # noqa: PLC0415

    actor = keeper()
    batch = queries.batch(arguments.batch, actor=actor)
    kept = actions.undo(batch=batch, actor=actor, now=timezone.now())
    sys.stdout.write(f"已撤销收件 {batch.pk}\n")
    for line in kept:
        sys.stdout.write(f"{line}\n")
    return 0
