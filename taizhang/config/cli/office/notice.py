"""`taizhang notice read|match|import`."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from taizhang.config.cli import files
from taizhang.config.cli.office import rules

if TYPE_CHECKING:
    from taizhang.config.cli.commands import Commands
    from taizhang.inspection.plan.matching import AddressBook
    from taizhang.notices.model import Notice


def add(commands: Commands) -> None:
    """The commands."""
    parser = commands.add_parser("notice", help="读取或导入督查通知")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="动作")
    reading = verbs.add_parser("read", help="识别通知，不写数据库")
    reading.add_argument("file", metavar="FILE")
    reading.add_argument("--json", action="store_true", help="输出 JSON")
    reading.set_defaults(run=read)
    matching = verbs.add_parser("match", help="逐条对照台账要求和要求模板，不写数据库")
    matching.add_argument("file", metavar="FILE")
    matching.add_argument(
        "--catalogue", default="tianning-2018", metavar="NAME", help="要求模板，默认 tianning-2018"
    )
    matching.add_argument("--json", action="store_true", help="输出 JSON")
    matching.set_defaults(run=match)
    importing = verbs.add_parser("import", help="由通知建立督查轮次草稿")
    importing.add_argument("file", metavar="FILE")
    importing.set_defaults(run=bring_in)


def read(arguments: argparse.Namespace) -> int:
    """Parse a notice; touches no database."""
    from taizhang.notices import read as notices  # noqa: PLC0415

    notice = notices.notice(files.read(arguments.file))
    if arguments.json:
        files.as_json(notice.model_dump(mode="json", by_alias=True))
        return 0
    out = sys.stdout.write
    out(
        f"{notice.title or '（没有标题）'}\n{notice.issuer or '（没有发文机关）'}　"
        f"{notice.issued_on or '（没有日期）'}\n"
    )
    out(f"督查时间：{notice.starts_on or '？'} 至 {notice.ends_on or '？'}\n")
    for area in notice.areas:
        sessions = "；".join(
            f"{s.date or '？'} {s.start or '？'}-{s.end or '？'} {s.venue or '？'}"
            for s in area.sessions
        )
        out(f"{area.name}：{len(area.organisations)}个单位　{sessions or '没有场次'}\n")
    out(f"台账要求：{len(notice.items)}项\n")
    for warning in notice.warnings:
        out(f"注意（{warning.where}）：{warning.message}\n")
    return 0


def match(arguments: argparse.Namespace) -> int:
    """Say of each requirement which item of a catalogue it means, and what rules its sentence
    proposes.
    """
    from taizhang.catalogue.sentences import answer, reading  # noqa: PLC0415
    from taizhang.notices import read as notices  # noqa: PLC0415

    notice = notices.notice(files.read(arguments.file))
    files.start_django()
    from taizhang.ledgers.kinds import KINDS  # noqa: PLC0415

    found = reading.read(reading.lines_of(notice), rules.named(arguments.catalogue))
    if arguments.json:
        told = [entry for asked in found for entry in answer.entries(asked)]
        files.as_json({"items": told, "units": _units(notice)})
        return 0
    for asked in found:
        items = "、".join(f"{one.item}（{one.confidence:.2f}）" for one in asked.matches)
        sys.stdout.write(f"{asked.line.no}. {asked.line.title}：{items or '没有对应项目'}\n")
        for one in asked.proposed:
            title = KINDS[one.ledger].title
            sys.stdout.write(f"    {answer.told(one, title)}（原文：{one.quote}）\n")
    sys.stdout.write(f"共{len(found)}条，{sum(bool(a.matches) for a in found)}条有对应项目。\n")
    return 0


def _units(notice: Notice) -> list[dict[str, Any]]:
    """Every unit as written, with the organisation on record that it means; none where nothing is
    on record yet.
    """
    names = dict.fromkeys(unit.name for area in notice.areas for unit in area.organisations)
    from django.db import DatabaseError  # noqa: PLC0415

    from taizhang.config.cli.actors import office  # noqa: PLC0415
    from taizhang.inspection.plan import matching  # noqa: PLC0415
    from taizhang.kernel.errors import Refused  # noqa: PLC0415

    try:
        book = matching.AddressBook.of(office())
    except (DatabaseError, Refused):
        book = matching.AddressBook()
    return [{"name": name, "match": _organisation(book, name)} for name in names]


def _organisation(book: AddressBook, name: str) -> dict[str, Any] | None:
    found = book.proposals(name)
    if not found:
        return None
    best = found[0]
    return {"organisation": best.organisation.full_name, "confidence": best.confidence}


def bring_in(arguments: argparse.Namespace) -> int:
    """Open a draft round; the office's account stands for who did it."""
    data = files.read(arguments.file)
    files.start_django()
    from pathlib import Path  # noqa: PLC0415

    from django.utils import timezone  # noqa: PLC0415

    from taizhang.config.cli.actors import office  # noqa: PLC0415
    from taizhang.inspection import actions  # noqa: PLC0415
    from taizhang.inspection.requirements import matched as requirements  # noqa: PLC0415
    from taizhang.notices import read as notices  # noqa: PLC0415

    opened = actions.open_round(
        notice=notices.notice(data),
        source_name=Path(arguments.file).name,
        source=data,
        matches={},
        actor=office(),
        now=timezone.now(),
    )
    unlinked = requirements.unlinked(opened)
    sys.stdout.write(
        f"已建立督查轮次草稿 {opened.pk}：{opened.title}\n"
        + (
            f"注意：{unlinked}项要求没有对应项目，只能由人工判断，请在轮次页面核对。\n"
            if unlinked
            else ""
        )
        + "轮次发布之后，其督查内容的起止日期即为核查范围；在此之前核查请写明 --from 和 --to。\n"
    )
    return 0
