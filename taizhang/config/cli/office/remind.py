"""`taizhang remind`: the daily mail, to be run by a timer."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from taizhang.config.cli import files


def add(commands: Any) -> None:
    """The command."""
    parser = commands.add_parser("remind", help="给台账员发送到期提醒邮件（每支部每天至多一封）")
    parser.add_argument("--days", type=int, default=7, help="提前几天，默认 7")
    parser.add_argument("--dry-run", action="store_true", help="只列出要发的内容，不发送")
    parser.set_defaults(run=remind)


def remind(arguments: argparse.Namespace) -> int:
    """Send, or only print."""
    files.start_django()
    from django.utils import timezone  # noqa: PLC0415

    from taizhang.checks.actions import reminders  # noqa: PLC0415
    from taizhang.inspection.progress import due  # noqa: PLC0415

    now = timezone.now()
    if arguments.dry_run:
        found = reminders.reminders(
            days=arguments.days, today=timezone.localdate(now), more=due.told
        )
    else:
        found = reminders.remind(days=arguments.days, now=now, more=due.told)
    for one in found:
        sys.stdout.write(f"{one.subject}\n{one.body}\n\n")
    sys.stdout.write(f"共{len(found)}封{'，未发送' if arguments.dry_run else ''}\n")
    return 0
