"""`taizhang static`: styles and scripts for a proxy that hands them out itself."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from taizhang.config.cli import files

if TYPE_CHECKING:
    from taizhang.config.cli.commands import Commands


def add(commands: Commands) -> None:
    """The command."""
    laying = commands.add_parser(
        "static", help="把本版本的样式和脚本、停机提示页放到一个文件夹，由代理直接提供"
    )
    laying.add_argument("folder", type=Path, help="如 /var/www/taizhang")
    laying.set_defaults(run=lay)


def lay(arguments: argparse.Namespace) -> int:
    """Lay them, beside those of the versions before."""
    files.start_django()
    from taizhang.web.served import laying  # noqa: PLC0415

    sys.stdout.write(f"样式和脚本已放入 {laying.lay(arguments.folder)}\n")
    return 0
