"""`taizhang second-factor reset`: the way in again for an administrator who lost his authenticator and his spare codes."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from taizhang.config.commands import files
from taizhang.kernel.errors import BadInput


def add(commands: Any) -> None:
    """The commands."""
    factor = commands.add_parser("second-factor", help="动态口令")
    verbs = factor.add_subparsers(required=True, metavar="操作")
    resetting = verbs.add_parser(
        "reset", help="安全管理员自己丢了手机时，在服务器上重置（记入日志）"
    )
    resetting.add_argument("username", metavar="用户名")
    resetting.set_defaults(run=reset)


def reset(arguments: argparse.Namespace) -> int:
    """Whoever may run commands on the server may do this; it stands in the journal without an actor."""
    files.start_django()
    from django.utils import timezone  # noqa: PLC0415

    from taizhang.orgs import queries  # noqa: PLC0415
    from taizhang.orgs.actions import second_factor  # noqa: PLC0415

    user = queries.user_called(arguments.username)
    if user is None:
        raise BadInput(f"没有在用的账号“{arguments.username}”。")
    second_factor.reset(user=user, actor=None, now=timezone.now())
    sys.stdout.write("已重置，本人下次登录时重新启用动态口令。\n")
    return 0
