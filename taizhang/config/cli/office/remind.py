"""`taizhang remind`: what is due and overdue, told once a day by a timer."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING

from taizhang.config.cli import files

if TYPE_CHECKING:
    from taizhang.config.cli.commands import Commands


def add(commands: Commands) -> None:
    """The command."""
    parser = commands.add_parser(
        "remind", help="到期和逾期提醒：站内消息、邮件（每支部每天至多一封）、群消息"
    )
    parser.add_argument("--days", type=int, default=7, help="提前几天，默认 7")
    parser.add_argument(
        "--secretary-after", type=int, default=3, metavar="天", help="逾期几天告知支部书记，默认 3"
    )
    parser.add_argument(
        "--office-after", type=int, default=7, metavar="天", help="逾期几天告知组织科，默认 7"
    )
    parser.add_argument("--dry-run", action="store_true", help="只列出要发的内容，不发送")
    parser.set_defaults(run=remind)


def remind(arguments: argparse.Namespace) -> int:
    """Tell in the product what is due and overdue, then by mail and in the group, where these are
    set up; or only print.
    """
    files.start_django()
    from django.conf import settings  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from taizhang.checks.actions import reminders  # noqa: PLC0415
    from taizhang.inspection.progress import due  # noqa: PLC0415

    now = timezone.now()
    if arguments.dry_run:
        found = reminders.reminders(
            days=arguments.days, today=timezone.localdate(now), more=due.told
        )
        for one in found:
            sys.stdout.write(f"{one.subject}\n{one.body}\n\n")
        sys.stdout.write(f"共{len(found)}封，未发送\n")
        return 0
    _tell(arguments, now)
    if not settings.EMAIL_HOST:
        sys.stdout.write("没有配置发信邮箱（TAIZHANG_MAIL），只发站内消息\n")
    else:
        asked = reminders.remind(days=arguments.days, now=now, more=due.told)
        sys.stdout.write(f"提醒邮件{len(asked)}封，消息摘要{_digests(now)}封\n")
    return _not_sent(now)


def _tell(arguments: argparse.Namespace, now: datetime) -> None:
    from django.conf import settings  # noqa: PLC0415
    from django.db import transaction  # noqa: PLC0415

    from taizhang.inspection.outgoing.actions import escalating  # noqa: PLC0415
    from taizhang.kernel.jobs import sending  # noqa: PLC0415

    ladder = escalating.Ladder(arguments.days, arguments.secretary_after, arguments.office_after)
    with transaction.atomic():
        told = escalating.tell(now=now, ladder=ladder)
        counts = Counter(one.rung for one in told)
        if settings.WEBHOOK and told:
            branches = len({one.branch.pk for one in told})
            site = settings.CSRF_TRUSTED_ORIGINS[:1]
            said = f"台账提醒：{branches}个党支部近期要办{counts['keeper']}项，逾期已报组织科{counts['office']}项。"
            sending.group(" ".join([said, *(f"{one}/todo/" for one in site)]))
    sys.stdout.write(
        f"站内消息：近期要办{counts['keeper']}项，逾期告知支部书记{counts['secretary']}项、组织科{counts['office']}项\n"
    )


def _digests(now: datetime) -> int:
    from taizhang.kernel.actions import messages  # noqa: PLC0415

    return messages.send_digests(now=now)


def _not_sent(now: datetime) -> int:
    """Says what a worker tries again and what nobody will; 1 where there is something."""
    from taizhang.kernel.jobs import sending  # noqa: PLC0415

    left = sending.delayed() + sending.given_up(since=now)
    sys.stderr.writelines(f"{line}\n" for line in left)
    return 1 if left else 0
