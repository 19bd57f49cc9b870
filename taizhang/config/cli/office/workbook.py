"""`taizhang workbook template|import`: 开局工作簿."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from taizhang.config.cli import files
from taizhang.kernel.errors import BadInput

if TYPE_CHECKING:
    from taizhang.config.cli.commands import Commands
    from taizhang.kernel.errors import Problem
    from taizhang.ledgers.office.workbook import Done


def add(commands: Commands) -> None:
    """Both commands."""
    parser = commands.add_parser("workbook", help="开局工作簿：党组织、花名册、账号和授权一个文件")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="动作")
    template = verbs.add_parser("template", help="写出空白工作簿")
    template.add_argument("out", metavar="OUT.xlsx")
    template.add_argument(
        "--known",
        action="store_true",
        help="列出已登记的党组织和花名册各表（不含公民身份号码、电话、住址），由组织科补充后再导入",
    )
    template.set_defaults(run=write_template)
    importing = verbs.add_parser(
        "import", help="由组织科导入党组织和花名册，核对账号和授权两表；全部成功或全部不导入"
    )
    importing.add_argument("file", metavar="FILE.xlsx")
    importing.add_argument("--dry-run", action="store_true", help="只校验，不导入")
    importing.add_argument("--json", action="store_true", help="输出 JSON")
    importing.set_defaults(run=bring_in)


def write_template(arguments: argparse.Namespace) -> int:
    """The empty workbook, or with what is there already."""
    files.start_django()
    from django.utils import timezone  # noqa: PLC0415

    from taizhang.config.cli.actors import office  # noqa: PLC0415
    from taizhang.ledgers.office import workbook_template  # noqa: PLC0415

    if arguments.known:
        data = workbook_template.known(actor=office(), now=timezone.now())
    else:
        data = workbook_template.empty()
    files.write(arguments.out, data)
    return 0


def bring_in(arguments: argparse.Namespace) -> int:
    """A filled workbook, for the organisation section."""
    files.start_django()
    from django.utils import timezone  # noqa: PLC0415

    from taizhang.config.cli.actors import office  # noqa: PLC0415
    from taizhang.ledgers.office import workbook  # noqa: PLC0415

    done, problems = workbook.Done(), list[Any]()
    try:
        done = workbook.bring_in(
            data=files.read(arguments.file),
            file_name=Path(arguments.file).name,
            actor=office(),
            now=timezone.now(),
            dry_run=arguments.dry_run,
        )
    except BadInput as refusal:
        if not arguments.json:
            raise
        problems = refusal.problems
    if arguments.json:
        files.as_json(_told(done, problems))
    else:
        sys.stdout.writelines(f"{line}\n" for line in _lines(done))
    return 1 if problems else 0


def _told(done: Done, problems: list[Problem]) -> dict[str, Any]:
    return {
        "sheets": [
            {
                "title": one.title,
                "new": one.new,
                "changed": one.changed,
                "same": one.same,
                "waits_for": one.waits_for or None,
            }
            for one in done.sheets
        ],
        "problems": [
            {"sheet": p.sheet, "row": p.row, "column": p.column, "message": p.message}
            for p in problems
        ],
        "notes": done.notes,
    }


def _lines(done: Done) -> list[str]:
    lines = list(done.notes)
    for one in done.sheets:
        waits = f"，等{one.waits_for}办理" if one.waits_for else ""
        lines.append(f"{one.title}：新增{one.new}，改动{one.changed}，不变{one.same}{waits}。")
    return lines
