"""`taizhang round read`: the package of a round comes back in; large ones do not go
through a page.
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
    group = commands.add_parser("round", help="督查轮次的档案")
    inner = group.add_subparsers(title="命令", dest="round", required=True, metavar="命令")
    reading = inner.add_parser("read", help="核对一个轮次档案（zip）并读入，只读")
    reading.add_argument("file", type=Path)
    reading.add_argument("--digest", default="", help="导出方另行告知的整包 SHA-256")
    reading.set_defaults(run=read)


def read(arguments: argparse.Namespace) -> int:
    """Read a package in; exit code 1 with a line for each file that is not what its list says."""
    files.start_django()
    from django.utils import timezone  # noqa: PLC0415

    from taizhang.config.cli.actors import office  # noqa: PLC0415
    from taizhang.inspection.outgoing.actions import bringing  # noqa: PLC0415

    if not arguments.file.is_file():
        raise BadInput("没有这个文件。")
    made = bringing.bring_in(
        file=arguments.file, digest=arguments.digest, actor=office(), now=timezone.now()
    )
    sys.stdout.write(
        f"已读入{made.n_files}个文件，逐个核对过：{made.title}（/rounds/brought/{made.pk}/）\n"
    )
    return 0
