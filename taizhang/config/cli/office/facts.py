"""`taizhang facts export` and `facts make`: facts as Parquet."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from taizhang.config.cli import files
from taizhang.kernel.errors import BadInput

if TYPE_CHECKING:
    from taizhang.config.cli.commands import Commands


SOURCES = Path(__file__).resolve().parents[4]


def add(commands: Commands) -> None:
    """The commands."""
    group = commands.add_parser("facts", help="把台账事实导出为 Parquet，或生成任意规模的示例事实")
    verbs = group.add_subparsers(title="操作", dest="verb", required=True, metavar="操作")
    exporting = verbs.add_parser("export", help="导出全部支部的事实")
    exporting.add_argument("dir", metavar="DIR", help="空目录")
    exporting.set_defaults(run=export)
    making = verbs.add_parser("make", help="生成示例事实和已知问题清单 truth.parquet")
    making.add_argument("dir", metavar="DIR", help="空目录")
    making.add_argument("--branches", type=int, required=True, metavar="N", help="支部数")
    making.add_argument("--years", type=int, default=1, metavar="Y", help="年数，1至4")
    making.add_argument("--seed", type=int, default=None, metavar="S", help="随机种子")
    making.set_defaults(run=make)


def export(arguments: argparse.Namespace) -> int:
    """The facts of the branches on record, with the scope as the days to judge by."""
    files.start_django()
    from django.utils import timezone  # noqa: PLC0415

    from taizhang.checks.columnar import extra  # noqa: PLC0415

    extra.must_be_installed()
    from taizhang.checks.batch import parquet  # noqa: PLC0415
    from taizhang.checks.reasons.queries import must_have_scope, period_of  # noqa: PLC0415
    from taizhang.config.cli.actors import office  # noqa: PLC0415
    from taizhang.orgs.queries import organisations  # noqa: PLC0415

    scope = must_have_scope()
    keys = organisations.branches(office()).values_list("pk", flat=True)
    period = period_of(scope, timezone.localdate())
    found = parquet.export(Path(arguments.dir), list(keys), period, scope.catalogue)
    sys.stdout.write(f"已导出{found.branches}个支部，{found.parts}个分片。\n")
    return 0


def make(arguments: argparse.Namespace) -> int:
    """Hands over to the laboratory, which stands beside the sources and is not installed."""
    if not (SOURCES / "lab").is_dir():
        raise BadInput("示例事实由源代码里的 lab 生成，安装的程序里没有它；请在源代码目录里运行。")
    told = [
        "facts",
        "make",
        arguments.dir,
        "--branches",
        f"{arguments.branches}",
        "--years",
        f"{arguments.years}",
    ]
    if arguments.seed is not None:
        told += ["--seed", f"{arguments.seed}"]
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "lab", *told],
        env=os.environ | {"PYTHONPATH": str(SOURCES)},
        check=False,
    )
    return done.returncode
