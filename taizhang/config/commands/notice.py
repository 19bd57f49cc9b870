"""`taizhang notice read|import`."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from taizhang.config.commands import files


def add(commands: Any) -> None:
    """The two commands."""
    parser = commands.add_parser("notice", help="读取或导入督查通知")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="动作")
    reading = verbs.add_parser("read", help="识别通知，不写数据库")
    reading.add_argument("file", metavar="FILE")
    reading.add_argument("--json", action="store_true", help="输出 JSON")
    reading.set_defaults(run=read)
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
        f"{notice.title or '（没有标题）'}\n{notice.issuer or '（没有发文机关）'}　{notice.issued_on or '（没有日期）'}\n"
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


def bring_in(arguments: argparse.Namespace) -> int:
    """Open a draft round; the office's account stands for who did it."""
    data = files.read(arguments.file)
    files.start_django()
    from pathlib import Path  # noqa: PLC0415

    from django.utils import timezone  # noqa: PLC0415

    from taizhang.config.commands.actors import office  # noqa: PLC0415
    from taizhang.inspection import actions  # noqa: PLC0415
    from taizhang.notices import read as notices  # noqa: PLC0415

    opened = actions.open_round(
        notice=notices.notice(data), source_name=Path(arguments.file).name, source=data, matches={}, actor=office(),
        now=timezone.now(),
    )  # fmt: skip
    sys.stdout.write(
        f"已建立督查轮次草稿 {opened.pk}：{opened.title}\n"
        "轮次发布之后，其督查内容的起止日期即为核查范围；在此之前核查请写明 --from 和 --to。\n"
    )
    return 0
