"""`taizhang demo`: the first branch, then the site, then the rest while people look around."""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from typing import TYPE_CHECKING

from taizhang.config.cli.server import service
from taizhang.kernel.errors import Refused

if TYPE_CHECKING:
    from taizhang.demo import seed

HALF = "示例数据在装入督查轮次时中断，不能接着装。请删除数据目录（默认 var/）后重新运行 taizhang demo。"
GENTLE = 5
"""What loading gives way to: the pages of those who look around."""


def demo(arguments: argparse.Namespace) -> int:
    """The invented district, loaded once, and the site."""
    if os.environ.get("TAIZHANG_ENV") == "production":
        raise Refused("正式环境不能载入示例数据。")
    service.must_be_free(arguments.host, arguments.port)
    service.migrate(arguments)
    from taizhang.demo import seed  # noqa: PLC0415

    if _begun() != "whole":
        if arguments.load_only:
            _load_all(arguments.branches)
        else:
            _load_first(arguments.branches)
    for username, label in seed.LOGINS:
        sys.stdout.write(f"{label}：{username}　密码：{seed.PASSWORD}\n")
    if not arguments.load_only:
        sys.stdout.flush()
        # A fresh process, so that what loading took does not stay in memory.
        words = ["serve", "--host", arguments.host, "--port", str(arguments.port)]
        os.execv(sys.executable, [sys.executable, "-m", "taizhang.config.cli.main", *words])  # noqa: S606
    return 0


def _begun() -> str:
    """Whether a district is there: none, a part, or the whole."""
    from taizhang.demo.loading import progress  # noqa: PLC0415
    from taizhang.inspection.models import Round  # noqa: PLC0415
    from taizhang.orgs.models import Organisation  # noqa: PLC0415

    seen = progress.seen()
    if seen is None:
        return "whole" if Organisation.objects.exists() else "none"
    if seen.goes_on:
        raise Refused("另一个进程正在装入示例数据，请等它装完。")
    if Round.objects.exists():
        raise Refused(HALF)
    return "part"


def _load_all(branches: int) -> None:
    """Here and now."""
    from django.utils import timezone  # noqa: PLC0415

    from taizhang.checks.actions import checking  # noqa: PLC0415
    from taizhang.demo import seed  # noqa: PLC0415
    from taizhang.demo.loading import progress  # noqa: PLC0415

    progress.tell(0, branches, os.getpid())
    loading = seed.Loading(timezone.now(), branches, _say)
    with checking.later():
        while loading.next_branch():
            progress.tell(loading.done, branches, os.getpid())
    loading.finish()
    progress.end()
    sys.stderr.write("\n")


def _load_first(branches: int) -> None:
    """The first branch here; the rest in a process beside the site, which ends when the
    site does.
    """
    from django.db import connections  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from taizhang.checks.actions import checking  # noqa: PLC0415
    from taizhang.demo import seed  # noqa: PLC0415
    from taizhang.demo.loading import progress  # noqa: PLC0415

    progress.tell(0, branches, os.getpid())
    loading = seed.Loading(timezone.now(), branches, _say, shown=True)
    with checking.later():
        loading.next_branch()
    sys.stderr.write("\n")
    sys.stdout.flush()
    connections.close_all()
    site = os.getpid()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.nice(GENTLE)
            code = go_on(loading, site)
        except KeyboardInterrupt:
            pass
        except BaseException:  # noqa: BLE001  (a process of its own: nobody above it would tell)
            traceback.print_exc()
        finally:
            os._exit(code)
    progress.tell(loading.done, branches, child)


def go_on(loading: seed.Loading, site: int) -> int:
    """Load what is left while the site lives; 1 where it ended before."""
    from taizhang.checks.actions import checking  # noqa: PLC0415
    from taizhang.demo.loading import progress  # noqa: PLC0415

    with checking.later():
        while loading.next_branch():
            progress.tell(loading.done, len(loading.plans), os.getpid())
            if os.getppid() != site:
                return 1
    loading.finish()
    progress.end()
    sys.stderr.write("\n示例数据已全部装入。\n")
    return 0


def _say(line: str) -> None:
    sys.stderr.write(f"\r{line}　　　　　　")
    sys.stderr.flush()
