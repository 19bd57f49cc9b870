"""`taizhang check`."""

from __future__ import annotations

import argparse
import re
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from taizhang.config.cli import files
from taizhang.kernel.errors import BadInput

if TYPE_CHECKING:
    from taizhang.config.cli.commands import Commands


def add(commands: Commands) -> None:
    """The commands."""
    parser = commands.add_parser("check", help="按要求模板核查台账，列出疑点和结论")
    parser.add_argument("--branch", metavar="NAME", help="只查这个党支部")
    parser.add_argument("--from", dest="first", type=day, metavar="D", help="督查内容起")
    parser.add_argument("--to", dest="last", type=day, metavar="D", help="督查内容止")
    parser.add_argument("--on", type=day, metavar="D", help="截至哪一天")
    parser.add_argument(
        "--catalogue", metavar="NAME", help="要求模板，默认是核查范围的；没有核查范围的用第一个"
    )
    parser.add_argument("--engine", choices=("reference", "duckdb", "spark"), default="reference")
    parser.add_argument(
        "--master", metavar="URL", help="Spark 集群地址，如 spark://HOST:7077；默认用本机"
    )
    parser.add_argument(
        "--facts", metavar="DIR", help="核查 Parquet 事实目录（或 s3://桶/目录），不用数据库"
    )
    parser.add_argument("--out", metavar="DIR", help="结果目录，默认 DIR/checked")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(run=check)


def day(text: str) -> date:
    """A day as it is written on the command line."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，应写作 2018-10-25")
    try:
        return date.fromisoformat(text)
    except ValueError as no_such_day:
        raise argparse.ArgumentTypeError(f"没有“{text}”这一天") from no_such_day


def check(arguments: argparse.Namespace) -> int:
    """Judge, and print what was found; nothing is stored."""
    files.start_django()
    if arguments.facts:
        return check_facts(arguments)
    if arguments.engine == "spark":
        raise BadInput("Spark 只核查事实目录：请先 taizhang facts export，再加 --facts DIR。")
    from django.utils import timezone  # noqa: PLC0415

    from taizhang.checks import editions, engine  # noqa: PLC0415
    from taizhang.checks.reasons import json_report  # noqa: PLC0415
    from taizhang.config.cli.actors import office  # noqa: PLC0415
    from taizhang.orgs.queries import organisations  # noqa: PLC0415

    name, period = _asked(arguments, timezone.localdate())
    offered = [key for key, _ in editions.offered()]
    if name not in offered:
        raise BadInput(f"没有要求模板“{name}”，可用：{'、'.join(offered)}。")
    actor = office()
    branches = list(organisations.branches(actor))
    if arguments.branch:
        one = organisations.branch_named(arguments.branch, actor=actor)
        if one is None:
            raise BadInput(f"没有党支部“{arguments.branch}”。")
        branches = [one]
    found = engine.ENGINES[arguments.engine](branches, name, period)
    document = json_report.document(found, branches, name, period, arguments.engine)
    if arguments.json:
        files.as_json(document)
    else:
        _print(document)
    return 0


def _asked(arguments: argparse.Namespace, today: date) -> tuple[str, Any]:
    """The catalogue and the days: those of the call, for the rest those of the scope, which is
    needed only then.
    """
    from taizhang.checks import editions  # noqa: PLC0415
    from taizhang.checks.reasons.queries import current_scope, must_have_scope  # noqa: PLC0415
    from taizhang.rules.base import Period  # noqa: PLC0415

    if arguments.first and arguments.last:
        scope = current_scope()
        first, last = arguments.first, arguments.last
    else:
        scope = must_have_scope()
        first, last = arguments.first or scope.from_on, arguments.last or scope.to_on
    if last < first:
        raise BadInput("--to 早于 --from。")
    name = arguments.catalogue or (scope.catalogue if scope else editions.offered()[0][0])
    return name, Period(first, last, arguments.on or (scope.on if scope else None) or today)


def check_facts(arguments: argparse.Namespace) -> int:
    """Judge a folder of facts; suspicions and verdicts are written as Parquet."""
    from taizhang.checks.columnar import extra  # noqa: PLC0415

    extra.must_be_installed()
    from taizhang.checks.batch import files_engines, parquet, source  # noqa: PLC0415
    from taizhang.rules.base import Period  # noqa: PLC0415

    if arguments.branch or arguments.engine == "reference":
        raise BadInput("核查事实目录时用 --engine duckdb 或 spark，且不能只查一个支部。")
    if not arguments.out and arguments.facts.startswith(source.S3):
        raise BadInput("事实在对象存储时，用 --out 指明结果目录（集群上须各机器都能访问）。")
    held = parquet.about(arguments.facts)
    days = held.period
    period = Period(
        arguments.first or days.from_on, arguments.last or days.to_on, arguments.on or days.on
    )
    out = Path(arguments.out or Path(arguments.facts) / "checked")
    check = files_engines.named(arguments.engine, arguments.master)
    ran = check(arguments.facts, out, held.catalogue, period, files.tell)
    document = {
        "on": f"{period.on}",
        "from": f"{period.from_on}",
        "to": f"{period.last}",
        "engine": arguments.engine,
        "catalogue": held.catalogue,
        "branches": ran.branches,
        "suspicions": ran.suspicions,
        "outcomes": ran.outcomes,
        "out": str(out),
        "seconds": round(ran.seconds, 2),
    }
    if arguments.json:
        files.as_json(document)
    else:
        sys.stdout.write(f"{ran.branches}个支部，{ran.suspicions}处疑点，结果在 {out}\n")
    return 0


def _print(document: dict[str, Any]) -> None:
    from taizhang.checks.models import Outcome  # noqa: PLC0415

    for branch in document["branches"]:
        sys.stdout.write(f"{branch['branch']}\n")
        for item in branch["items"]:
            sys.stdout.write(f"  {item['item']} {Outcome(item['outcome']).label}\n")
            for one in item["suspicions"]:
                sys.stdout.write(f"    {one['rule']} {one['text']}\n")
