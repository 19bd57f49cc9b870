"""`taizhang evidence load`: files of a folder, from a restored backup or from before a move, into
the place that is in use.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from taizhang.config.cli import files
from taizhang.kernel.errors import BadInput

if TYPE_CHECKING:
    from taizhang.config.cli.commands import Commands


def add(commands: Commands) -> None:
    """The command."""
    group = commands.add_parser("evidence", help="佐证材料的存放")
    inner = group.add_subparsers(title="子命令", dest="subcommand", required=True)
    loading = inner.add_parser(
        "load", help="把一个文件夹里的佐证材料装入现用的存放处（换成对象存储、恢复备份之后）"
    )
    loading.add_argument("folder", type=Path, help="如 /var/lib/taizhang/evidence")
    loading.set_defaults(run=load)


def load(arguments: argparse.Namespace) -> int:
    """Copy what is not there yet; nothing is removed or written over with other bytes. May be
    broken off and begun again.
    """
    files.start_django()
    from taizhang.config.backup import snapshot, stored  # noqa: PLC0415
    from taizhang.kernel.storage.folder import Folder  # noqa: PLC0415
    from taizhang.ledgers.evidence.store import store  # noqa: PLC0415

    if not arguments.folder.is_dir():
        raise BadInput(f"没有文件夹 {arguments.folder}。")
    source = Folder(location=arguments.folder)
    named = snapshot.named()
    wrong = []
    every = [one.name for one in source.walk() if one.name in named]
    for n, name in enumerate(every, start=1):
        files.tell("装入", n, len(every))
        found = stored.look_at(source, name)
        faults = stored.faults({name: named[name]}, {name: found})
        if not faults and found != stored.look_at(store(), name):
            store().put(name, source.at_hand(name))
        wrong += faults
    for fault in wrong:
        sys.stderr.write(f"没有装入：{fault}\n")
    sys.stdout.write(f"已装入{len(every) - len(wrong)}个文件，逐个读回核对过。\n")
    return 1 if wrong else 0
