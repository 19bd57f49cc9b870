"""`taizhang serve`, `taizhang migrate`, `taizhang reindex`; `taizhang demo` begins here."""

from __future__ import annotations

import argparse
import socket
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from taizhang.config.cli import files
from taizhang.config.cli.office.check import day
from taizhang.kernel.errors import Refused

if TYPE_CHECKING:
    from taizhang.config.cli.commands import Commands


MOST_BRANCHES = 40
"""So many has the invented district."""


def add(commands: Commands) -> None:
    """The commands."""
    serving = commands.add_parser("serve", help="启动网站")
    serving.add_argument("--host", default="127.0.0.1")
    serving.add_argument("--port", type=int, default=8000)
    serving.set_defaults(run=serve)
    migrating = commands.add_parser("migrate", help="建立或升级数据库")
    migrating.set_defaults(run=migrate)
    indexing = commands.add_parser("reindex", help="为搜索补建索引（升级或大批导入之后）")
    indexing.set_defaults(run=reindex)
    beginning = commands.add_parser(
        "setup", help="首次启用：建立上级党组织和三个管理员账号（系统、安全、审计）"
    )
    beginning.add_argument("name", help="上级党组织全称，如 中共某某区教育局委员会")
    beginning.add_argument("--short", default="", help="简称，如 局党委")
    beginning.add_argument(
        "--established", type=day, metavar="D", help="成立日期，以批复为准，如 2010-01-01"
    )
    beginning.set_defaults(run=set_up)
    office = commands.add_parser(
        "office", help="首次启用之后建立第一个组织科账号，命令行导入、核查以它办理"
    )
    office.add_argument("username", metavar="USERNAME", help="用户名，字母、数字、下划线")
    office.add_argument("name", metavar="NAME", help="姓名")
    office.set_defaults(run=open_office)
    showing = commands.add_parser("demo", help="载入示例数据（仅一次）并启动网站")
    showing.add_argument("--host", default="127.0.0.1")
    showing.add_argument("--port", type=int, default=8000)
    showing.add_argument("--load-only", action="store_true", help="只载入，不启动")
    showing.add_argument(
        "--branches",
        type=_count,
        default=MOST_BRANCHES,
        metavar="N",
        help="只载入前N个支部（1至40）",
    )
    showing.set_defaults(run=_demo)


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_BRANCHES:
        raise argparse.ArgumentTypeError(f"“{text}”应是1至{MOST_BRANCHES}的整数")
    return int(text)


def _demo(arguments: argparse.Namespace) -> int:
    from taizhang.config.cli.server import first_start  # noqa: PLC0415

    return first_start.demo(arguments)


def migrate(arguments: argparse.Namespace) -> int:
    """Bring the database to the code's state."""
    del arguments
    files.start_django()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    return 0


def set_up(arguments: argparse.Namespace) -> int:
    """The first start: three separate administrators, whose one-time passwords are shown once."""
    files.start_django()
    must_be_migrated()
    from django.utils import timezone  # noqa: PLC0415

    from taizhang.orgs.actions import accounts  # noqa: PLC0415

    made = accounts.set_up(
        full_name=arguments.name,
        short_name=arguments.short,
        established_on=arguments.established,
        now=timezone.now(),
    )
    for username, name, password in made:
        sys.stdout.write(f"{name}：{username}　一次性密码：{password}\n")
    sys.stdout.write(
        "请分别交给三个人，首次登录须修改。先由系统管理员建账号，再由安全管理员授权。\n"
        "用命令导入台账的，先建立组织科账号：taizhang office 用户名 姓名\n"
    )
    return 0


def open_office(arguments: argparse.Namespace) -> int:
    """The organisation section's first account, on whose behalf commands act."""
    files.start_django()
    must_be_migrated()
    from django.utils import timezone  # noqa: PLC0415

    from taizhang.orgs.actions import accounts  # noqa: PLC0415

    given = accounts.open_office(
        username=arguments.username, name=arguments.name, now=timezone.now()
    )
    sys.stdout.write(
        f"组织科 {arguments.name}：{arguments.username}　一次性密码：{given}\n首次登录须修改。\n"
    )
    return 0


def serve(arguments: argparse.Namespace) -> int:
    """The site in one process."""
    files.start_django()
    must_be_migrated()
    _must_open_what_is_sealed()
    must_be_free(arguments.host, arguments.port)
    import waitress  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415

    from taizhang.config import loaded_first  # noqa: PLC0415
    from taizhang.config.wsgi import application  # noqa: PLC0415
    from taizhang.kernel.actions import journal  # noqa: PLC0415
    from taizhang.kernel.jobs import worker  # noqa: PLC0415

    if settings.WORKER == "here":
        worker.wake(starting=True)
    _catch_up()
    if not journal.shortened():
        journal.keep_head()

    loaded_first.requirements()
    server = waitress.create_server(
        application, host=arguments.host, port=arguments.port, **options()
    )
    sys.stdout.write(f"台账已启动：http://{arguments.host}:{arguments.port}\n")
    sys.stdout.flush()
    server.run()
    return 0


def options() -> dict[str, Any]:
    """How the server is run.

    Behind proxies of our own their headers reach the site, which counts from the right how many it
    trusts (`kernel.client_address.address`), as with any other server; without one the server drops
    them.
    """
    from django.conf import settings  # noqa: PLC0415

    return {
        "threads": 10,
        "ident": None,
        "max_request_body_size": 25 * 1024 * 1024,
        "clear_untrusted_proxy_headers": settings.PROXIES == 0,
    }


def _must_open_what_is_sealed() -> None:
    from taizhang.kernel.actions import keys  # noqa: PLC0415

    shut = keys.unopenable()
    if shut:
        raise Refused(
            f"字段密钥不对：打不开 {'、'.join(shut)} 里加密的内容。请换回原来的密钥（field.key 或 TAIZHANG_FIELD_KEY）再启动。"
        )


def reindex(arguments: argparse.Namespace) -> int:
    """Index for the search what is not indexed yet, and count the tables for the database's
    planner.
    """
    del arguments
    files.start_django()
    from taizhang.kernel.db import analyze  # noqa: PLC0415
    from taizhang.ledgers.search import rebuild as search_rebuild  # noqa: PLC0415

    sys.stdout.write(f"已为{search_rebuild.catch_up()}条记录建立搜索索引\n")
    analyze.count_tables()
    return 0


def _catch_up() -> None:
    """The same in a process of its own, so that what it takes does not stay in the
    site's memory.
    """
    words = [sys.executable, "-m", "taizhang.config.cli.main", "reindex"]
    subprocess.Popen(words, stdout=subprocess.DEVNULL)  # noqa: S603  (our own command)


def must_be_migrated() -> None:
    """Refuses to begin on a database that is not of this version."""
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    from taizhang.kernel.db import too_old  # noqa: PLC0415

    if too_old.is_too_old("default"):
        raise Refused(too_old.THE_WAY)
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Refused("数据库尚未建立或需要升级，请先运行 taizhang migrate。")
    loader = executor.loader
    replaced = {name for one in loader.replacements.values() for name in one.replaces}
    unknown = set(loader.applied_migrations) - set(loader.graph.nodes) - replaced
    if any(app != "contenttypes" for app, _ in unknown):
        raise Refused("数据库来自更新的版本，本程序不能使用，请升级程序。")


def must_be_free(host: str, port: int) -> None:
    """Refuses where something listens already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as taken:
            raise Refused(
                f"端口 {port} 已被占用，请用 --port（或 make demo PORT=…）换一个。"
            ) from taken
