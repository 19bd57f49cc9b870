"""`taizhang login reset` and `taizhang second-factor reset`, the ways in again for administrators,
and `taizhang keys`.
"""

from __future__ import annotations

import argparse
import os
import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from taizhang.config.cli import files
from taizhang.config.cli.server import service
from taizhang.kernel.errors import BadInput

if TYPE_CHECKING:
    from taizhang.config.cli.commands import Commands
    from taizhang.orgs.models import User


def add(commands: Commands) -> None:
    """The commands."""
    entering = commands.add_parser("login", help="登录")
    verbs = entering.add_subparsers(required=True, metavar="操作")
    renewing = verbs.add_parser(
        "reset", help="唯一的系统管理员被锁定或忘记密码时，在服务器上重发一次性密码（记入日志）"
    )
    renewing.add_argument("username", metavar="用户名")
    renewing.set_defaults(run=let_in_again)
    factor = commands.add_parser("second-factor", help="动态口令")
    verbs = factor.add_subparsers(required=True, metavar="操作")
    resetting = verbs.add_parser(
        "reset", help="安全管理员自己丢了手机时，在服务器上重置（记入日志）"
    )
    resetting.add_argument("username", metavar="用户名")
    resetting.set_defaults(run=reset)
    keys = commands.add_parser(
        "keys", help="加密字段的密钥：更换、重新加密、丢弃旧密钥（先停止网站）"
    )
    verbs = keys.add_subparsers(required=True, metavar="操作")
    for name, told, run in (
        ("check", "核对密钥能打开数据库里加密的内容（不用停止网站）", check),
        ("rotate", "换一把新密钥并重新加密全部字段", rotate),
        ("reseal", "用现在的密钥和算法重新加密全部字段", reseal),
        ("forget", "确认旧密钥已经不用后丢弃它", forget),
    ):
        verbs.add_parser(name, help=told).set_defaults(run=run)


def let_in_again(arguments: argparse.Namespace) -> int:
    """Only for whom no page can help; it stands in the journal without an actor."""
    user = _user(arguments.username)
    from django.utils import timezone  # noqa: PLC0415

    from taizhang.orgs.actions import accounts  # noqa: PLC0415

    given = accounts.let_in_again(user=user, now=timezone.now())
    sys.stdout.write(f"一次性密码：{given}\n锁定已解除，请本人登录后立即修改密码。\n")
    return 0


def _user(username: str) -> User:
    """An account in use by its name."""
    files.start_django()
    from taizhang.orgs.queries import accounts as queries  # noqa: PLC0415

    user = queries.user_called(username)
    if user is None:
        raise BadInput(f"没有在用的账号“{username}”。")
    return user


def reset(arguments: argparse.Namespace) -> int:
    """Whoever may run commands on the server may do this; it stands in the journal without an
    actor.
    """
    user = _user(arguments.username)
    from django.utils import timezone  # noqa: PLC0415

    from taizhang.orgs.actions import second_factor  # noqa: PLC0415

    second_factor.reset(user=user, actor=None, now=timezone.now())
    sys.stdout.write("已重置，本人下次登录时重新启用动态口令。\n")
    return 0


def _key_file() -> Path:
    from django.conf import settings  # noqa: PLC0415

    path: Path = settings.DATA / "field.key"
    if os.environ.get("TAIZHANG_FIELD_KEY"):
        raise BadInput(
            "密钥由环境变量 TAIZHANG_FIELD_KEY 给出：请把新密钥写在最前面、旧密钥留在后面（逗号分开），重启后运行 taizhang keys reseal。"
        )
    return path


def check(arguments: argparse.Namespace) -> int:
    """What `serve` asks before it starts, for those who start the site by another server."""
    del arguments
    files.start_django()
    service.must_be_migrated()
    from taizhang.kernel.actions import keys  # noqa: PLC0415

    shut = keys.unopenable()
    if shut:
        raise BadInput(f"字段密钥不对：打不开 {'、'.join(shut)} 里加密的内容。")
    sys.stdout.write("密钥能打开加密的内容。\n")
    return 0


def rotate(arguments: argparse.Namespace) -> int:
    """A new key goes before the old ones in the file, and everything is sealed with it."""
    files.start_django()
    from django.conf import settings  # noqa: PLC0415

    path = _key_file()
    keys = [secrets.token_bytes(32), *settings.FIELD_KEYS]
    _write_keys(path, keys)
    settings.FIELD_KEYS = keys
    return reseal(arguments)


def _write_keys(path: Path, keys: list[bytes]) -> None:
    """Whole or not at all, and only for its owner."""
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write("\n".join(key.hex() for key in keys))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def reseal(arguments: argparse.Namespace) -> int:
    """Seals everything again; may be interrupted and run again."""
    del arguments
    files.start_django()
    from django.utils import timezone  # noqa: PLC0415

    from taizhang.kernel.actions import keys  # noqa: PLC0415

    done = keys.reseal(now=timezone.now(), progress=_told)
    sys.stderr.write("\n")
    sys.stdout.write(
        f"已用现在的密钥重新加密{done}行。旧备份仍要用旧密钥打开，请妥善保管；确认不再需要后运行 taizhang keys forget。\n"
    )
    return 0


def _told(n: int) -> None:
    sys.stderr.write(f"\r已重新加密{n}行")


def forget(arguments: argparse.Namespace) -> int:
    """The old keys leave the file, once nothing in the database needs them."""
    del arguments
    files.start_django()
    from django.conf import settings  # noqa: PLC0415

    from taizhang.kernel.actions import keys  # noqa: PLC0415

    path = _key_file()
    stale = keys.stale()
    if stale:
        raise BadInput(f"还有{stale}个值用旧密钥加密，请先运行 taizhang keys reseal。")
    dropped = len(settings.FIELD_KEYS) - 1
    _write_keys(path, settings.FIELD_KEYS[:1])
    sys.stdout.write(f"已丢弃{dropped}把旧密钥。\n")
    return 0
