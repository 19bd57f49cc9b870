"""`taizhang paper KIND ID OUT`: any document, as the ending of OUT says."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from taizhang.config.cli import files
from taizhang.config.cli.office.check import day
from taizhang.kernel.errors import BadInput

if TYPE_CHECKING:
    from taizhang.config.cli.commands import Commands
    from taizhang.orgs.actor import Actor
    from taizhang.papers.paper import Paper


def add(commands: Commands) -> None:
    """The command."""
    parser = commands.add_parser("paper", help="生成文书：docx 或 pdf，由输出文件的后缀决定")
    parser.add_argument(
        "kind",
        choices=("book", "record", "blank"),
        help="book 台账册、record 一条记录、blank 空白表",
    )
    parser.add_argument(
        "id", help="book：党支部名称；record：台账:编号，如 meetings:12；blank：台账，如 meetings"
    )
    parser.add_argument("out", type=Path, help="输出文件（.docx 或 .pdf）")
    parser.add_argument("--from", dest="first", type=day, metavar="D", help="台账册的起日")
    parser.add_argument("--to", dest="last", type=day, metavar="D", help="台账册的止日")
    parser.add_argument("--files", action="store_true", help="台账册后附印佐证材料")
    parser.set_defaults(run=paper)


def paper(arguments: argparse.Namespace) -> int:
    """Make it, and note it in the journal."""
    files.start_django()
    from django.utils import timezone  # noqa: PLC0415

    from taizhang.config.cli.actors import office  # noqa: PLC0415
    from taizhang.papers import actions  # noqa: PLC0415

    actor = office()
    found, subject = _PAPERS[arguments.kind](arguments, actor)
    form = arguments.out.suffix.lstrip(".").lower()
    data = actions.print_paper(
        paper=found, form=form, subject=subject, actor=actor, now=timezone.now()
    )
    arguments.out.write_bytes(data)
    return 0


def _book(arguments: argparse.Namespace, actor: Actor) -> tuple[Paper, str]:
    from django.utils import timezone  # noqa: PLC0415

    from taizhang.checks.reasons.queries import must_have_scope  # noqa: PLC0415
    from taizhang.orgs.queries import organisations as orgs  # noqa: PLC0415
    from taizhang.papers.documents import book  # noqa: PLC0415

    branch = orgs.branch_named(arguments.id, actor=actor)
    if branch is None:
        raise BadInput(f"没有党支部“{arguments.id}”。")
    scope = must_have_scope()
    first: date = arguments.first or scope.from_on
    last: date = arguments.last or scope.to_on
    wanted = book.Wanted(branch, first, last, actor, arguments.files)
    return book.ledger_book(wanted, timezone.localdate()), f"organisation:{branch.pk}"


def _record(arguments: argparse.Namespace, actor: Actor) -> tuple[Paper, str]:
    from taizhang.ledgers.kinds import KINDS  # noqa: PLC0415
    from taizhang.papers import queries  # noqa: PLC0415

    slug, _, key = arguments.id.partition(":")
    if slug not in KINDS or not key.isdecimal() or len(key) > 18:
        raise BadInput(f"“{arguments.id}”应写作 台账:编号，如 meetings:12。")
    return queries.record_paper(kind=KINDS[slug], key=int(key), actor=actor), arguments.id


def _blank(arguments: argparse.Namespace, actor: Actor) -> tuple[Paper, str]:
    from taizhang.ledgers.kinds import KINDS  # noqa: PLC0415
    from taizhang.papers import queries  # noqa: PLC0415

    del actor
    if arguments.id not in KINDS:
        raise BadInput(f"没有台账“{arguments.id}”。")
    return queries.blank_paper(KINDS[arguments.id]), f"{arguments.id}:blank"


_PAPERS = {"book": _book, "record": _record, "blank": _blank}
