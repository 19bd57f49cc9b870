"""`taizhang ledger template|import|export`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from taizhang.config.cli import files
from taizhang.kernel.errors import BadInput

if TYPE_CHECKING:
    from datetime import datetime

    from taizhang.config.cli.commands import Commands
    from taizhang.ledgers.kind import LedgerKind
    from taizhang.orgs.actor import Actor
    from taizhang.orgs.models.units import Organisation


def add(commands: Commands) -> None:
    """The three commands."""
    parser = commands.add_parser("ledger", help="台账的 Excel 模板、导入、导出")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="动作")
    template = verbs.add_parser(
        "template", help="写出模板；给出党支部的，列出应有而还没有登记的各行"
    )
    template.add_argument("kind", metavar="KIND")
    template.add_argument("out", metavar="OUT.xlsx")
    template.add_argument("--branch", metavar="NAME", help="党支部：列出它应有而台账里还没有的行")
    template.set_defaults(run=write_template)
    importing = verbs.add_parser("import", help="导入一份填好的表，全部成功或全部不导入")
    importing.add_argument("kind", metavar="KIND")
    importing.add_argument("file", metavar="FILE.xlsx")
    importing.add_argument("--branch", metavar="NAME", help="党支部；不给出时表中须有“党支部”列")
    importing.add_argument("--dry-run", action="store_true", help="只校验，不导入")
    importing.add_argument("--again", action="store_true", help="同一份文件或相同的记录，仍要导入")
    importing.add_argument(
        "--column",
        metavar="列名=栏目",
        action="append",
        default=[],
        help="表里的列名对应的栏目；列名=不读入",
    )
    importing.add_argument(
        "--same", metavar="栏目=内容", action="append", default=[], help="表里没有、各行相同的内容"
    )
    importing.add_argument("--year", metavar="YYYY", default="", help="按月分列的党费表的年度")
    importing.add_argument(
        "--paid-day", metavar="D", default="", help="按月分列的党费表：每月几日交纳"
    )
    importing.add_argument("--json", action="store_true", help="输出 JSON")
    importing.set_defaults(run=bring_in)
    export = verbs.add_parser("export", help="导出台账")
    export.add_argument("kind", metavar="KIND")
    export.add_argument("out", metavar="OUT.xlsx")
    export.set_defaults(run=write_out)


ORGANISATIONS = "organisations"


def _kind(slug: str) -> LedgerKind | None:
    files.start_django()
    from taizhang.ledgers.kinds import KINDS  # noqa: PLC0415

    if slug == ORGANISATIONS:
        return None
    if slug not in KINDS:
        sys.stderr.write(f"没有台账“{slug}”，可用：{'、'.join(KINDS)}。\n")
        raise SystemExit(2)
    return KINDS[slug]


def write_template(arguments: argparse.Namespace) -> int:
    """The sheet of a kind, empty or with the rows that a branch should have and lacks."""
    kind = _kind(arguments.kind)
    from taizhang.config.cli.actors import keeper  # noqa: PLC0415
    from taizhang.intake.sheets import expected  # noqa: PLC0415
    from taizhang.ledgers.office import organisation_sheets  # noqa: PLC0415
    from taizhang.ledgers.sheets import excel  # noqa: PLC0415

    if kind is None:
        files.write(arguments.out, organisation_sheets.template())
    elif arguments.branch:
        found = expected.of(kind, _branch(arguments.branch, keeper()))
        files.write(arguments.out, excel.template(kind, found.lines, found.told))
        sys.stdout.write(f"{found.told}\n")
    else:
        files.write(arguments.out, excel.template(kind))
    return 0


def _branch(name: str, actor: Actor) -> Organisation:
    from taizhang.orgs.queries import organisations  # noqa: PLC0415

    found = organisations.branch_named(name, actor=actor)
    if found is None:
        raise BadInput(f"没有党支部“{name}”。")
    return found


def bring_in(arguments: argparse.Namespace) -> int:
    """A filled sheet; progress on stderr."""
    kind = _kind(arguments.kind)
    from django.utils import timezone  # noqa: PLC0415

    from taizhang.config.cli.actors import keeper  # noqa: PLC0415
    from taizhang.ledgers.sheets import import_job  # noqa: PLC0415

    actor = keeper()
    if kind is None:
        return _organisations(arguments, actor, timezone.now())
    branch = _branch(arguments.branch, actor) if arguments.branch else None
    count, problems, notes = 0, list[Any](), list[str]()
    said = {"columns": "\n".join(arguments.column), "same": "\n".join(arguments.same)}
    said |= {"year": arguments.year, "paid_day": arguments.paid_day}
    try:
        sheet = import_job.Sheet(
            kind,
            files.read(arguments.file),
            Path(arguments.file).name,
            branch,
            given=said,
            dry_run=arguments.dry_run,
            again=arguments.again,
        )
        job = import_job.bring_in_waiting(
            sheet=sheet, actor=actor, now=timezone.now(), progress=_watch
        )
        count, notes = job.total, job.notes
    except BadInput as refusal:
        if not arguments.json:
            raise
        problems = refusal.problems
    return _answer(arguments, count, problems, notes)


def _organisations(arguments: argparse.Namespace, actor: Actor, now: datetime) -> int:
    from taizhang.ledgers.office import organisation_sheets  # noqa: PLC0415

    count, problems, notes = 0, list[Any](), list[str]()
    try:
        data = files.read(arguments.file)
        done = organisation_sheets.bring_in(
            data=data, actor=actor, now=now, dry_run=arguments.dry_run
        )
        count, notes = done.rows, done.notes
    except BadInput as refusal:
        if not arguments.json:
            raise
        problems = refusal.problems
    return _answer(arguments, count, problems, notes)


def _answer(
    arguments: argparse.Namespace, count: int, problems: list[Any], notes: Sequence[str] = ()
) -> int:
    """What came of an import, for a program or for a person."""
    if arguments.json:
        told = [{"row": p.row, "column": p.column, "message": p.message} for p in problems]
        stored = 0 if arguments.dry_run or problems else count
        files.as_json({"read": count, "stored": stored, "problems": told, "notes": list(notes)})
    else:
        for note in notes:
            sys.stdout.write(f"{note}\n")
        sys.stdout.write(f"{'校验通过' if arguments.dry_run else '已导入'}{count}行。\n")
    return 1 if problems else 0


def _watch(done: int, total: int) -> None:
    if sys.stderr.isatty() or done == total:
        sys.stderr.write(f"\r已读 {done}/{total} 行{chr(10) if done == total else ''}")


def write_out(arguments: argparse.Namespace) -> int:
    """The whole ledger of a kind."""
    kind = _kind(arguments.kind)
    from django.utils import timezone  # noqa: PLC0415

    from taizhang.config.cli.actors import office  # noqa: PLC0415
    from taizhang.ledgers.office import organisation_sheets  # noqa: PLC0415
    from taizhang.ledgers.records import queries  # noqa: PLC0415
    from taizhang.ledgers.sheets import excel  # noqa: PLC0415

    if kind is None:
        files.write(arguments.out, organisation_sheets.export(office(), timezone.localtime()))
        return 0
    headers, rows = queries.export_rows(kind=kind, actor=office(), filters=queries.Filters())
    files.write(arguments.out, excel.written(kind.title, headers, rows))
    return 0
