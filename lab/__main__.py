"""`python -m lab <command>`: what the makers of the system measure it with."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from taizhang.config.cli import files
from taizhang.config.cli import main as command

TOLD = {
    "drill": "反复杀死写入的进程，核对已经确认的是否都在",
    "mutants": "每次改动一处源代码，看测试是否发现",
}
"""Commands that read their own arguments, each a module of its name."""


def _parser() -> argparse.ArgumentParser:
    parser = command.Usage(prog="python -m lab", description="台账系统的实验室：测量、演练。")
    commands = parser.add_subparsers(title="命令", dest="command", required=True, metavar="命令")
    bench = commands.add_parser("bench", help="测量性能")
    bench.add_argument("name", nargs="?", metavar="NAME", help="只测这一项")
    bench.add_argument(
        "--facts", metavar="DIR", help="事实目录（facts make 所写），用于 check 和 truth"
    )
    bench.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb")
    bench.add_argument("--master", metavar="URL", help="Spark 集群地址；默认用本机")
    crowd = bench.add_argument_group("只用于 bench load")
    crowd.add_argument("--inspectors", type=int, default=12, metavar="N", help="督查组员数")
    crowd.add_argument("--keepers", type=int, default=0, metavar="N", help="台账员数")
    crowd.add_argument("--seconds", type=float, default=20, metavar="S", help="时长")
    crowd.add_argument("--workers", type=int, default=2, metavar="N", help="网站的进程数")
    crowd.add_argument("--pause", type=float, default=0, metavar="S", help="每人两次之间平均停几秒")
    faces = bench.add_argument_group("只用于 bench paint")
    faces.add_argument("--against", metavar="CHECKOUT", help="另一份代码的目录")
    faces.add_argument("--kept", metavar="DIR", help="两份示例数据所在（没有就生成）")
    faces.add_argument("--loads", type=int, default=9, metavar="N", help="每页打开几次")
    bench.add_argument("--json", action="store_true", help="输出 JSON")
    bench.set_defaults(run=_measure)
    facts = commands.add_parser("facts", help="生成任意规模的示例事实")
    verbs = facts.add_subparsers(title="操作", dest="verb", required=True, metavar="操作")
    making = verbs.add_parser("make", help="生成示例事实和已知问题清单 truth.parquet")
    making.add_argument("dir", metavar="DIR", help="空目录")
    making.add_argument("--branches", type=int, required=True, metavar="N", help="支部数")
    making.add_argument("--years", type=int, default=1, metavar="Y", help="年数，1至4")
    making.add_argument("--seed", type=int, default=None, metavar="S", help="随机种子")
    making.set_defaults(run=_make_facts)
    for name, told in TOLD.items():
        commands.add_parser(name, help=told, add_help=False)
    return parser


def _measure(arguments: argparse.Namespace) -> int:
    """The benchmarks, on the database as it is or on a folder of facts."""
    files.start_django()
    from lab.bench import database, folder, load  # noqa: PLC0415
    from taizhang.checks.batch import files_engines  # noqa: PLC0415

    if arguments.name == "load":
        lines = load.load(
            load.Asked(
                arguments.inspectors,
                arguments.keepers,
                arguments.seconds,
                arguments.workers,
                arguments.pause,
            )
        )
    elif arguments.against:
        from lab.bench import paint  # noqa: PLC0415

        kept = Path(arguments.kept) if arguments.kept else None
        lines = paint.paint(Path(arguments.against), kept, arguments.loads)
    elif arguments.facts:
        check = files_engines.named(arguments.engine, arguments.master)
        lines = folder.run(arguments.name or "", Path(arguments.facts), check)
    else:
        lines = database.run(arguments.name)
    if arguments.json:
        files.as_json(lines)
    else:
        for line in lines:
            sys.stdout.write(f"{line['name']:<28}{line['value']}\n")
    return 0


def _make_facts(arguments: argparse.Namespace) -> int:
    """In a ledger of its own, which is thrown away: the one on record is not touched."""
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["TAIZHANG_DATA"] = scratch
        os.environ.pop("DATABASE_URL", None)
        files.start_django()
        from django.core.management import call_command  # noqa: PLC0415

        from lab import country  # noqa: PLC0415
        from taizhang.demo import seed  # noqa: PLC0415

        call_command("migrate", verbosity=0)
        about = country.make(
            Path(arguments.dir),
            branches=arguments.branches,
            years=arguments.years,
            key=seed.SEED if arguments.seed is None else arguments.seed,
            say=partial(files.tell, "分片"),
        )
    sys.stdout.write(f"已生成{about.branches}个支部，{about.parts}个分片。\n")
    return 0


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the process exits with what it answers."""
    given = list(sys.argv[1:] if argv is None else argv)
    if given and given[0] in TOLD:
        code: int = importlib.import_module(f"lab.{given[0]}").main(given[1:])
        return code
    return command.answer(_parser(), given)


if __name__ == "__main__":
    raise SystemExit(main())
