"""`taizhang worker`: what outlives a request, in a process of its own; there may be several."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from types import FrameType
from typing import TYPE_CHECKING

from taizhang.config.cli import files
from taizhang.config.cli.server import service

if TYPE_CHECKING:
    from taizhang.config.cli.commands import Commands


def add(commands: Commands) -> None:
    """The command."""
    parser = commands.add_parser(
        "worker", help="处理后台任务（导入、核查、比对）；与网站分开运行，可运行多个"
    )
    parser.add_argument(
        "--until-done", action="store_true", help="处理完等待的任务就结束，不再等新的"
    )
    parser.set_defaults(run=work)


def work(arguments: argparse.Namespace) -> int:
    """Until it is told to end; what it is at then goes back, for the next worker."""
    files.start_django()
    service.must_be_migrated()
    from taizhang.kernel.jobs import worker  # noqa: PLC0415

    signal.signal(signal.SIGTERM, _end)
    if arguments.until_done:
        sys.stdout.write(f"已处理{worker.work_off()}件后台任务\n")
        return 0
    sys.stdout.write("后台任务进程已启动\n")
    sys.stdout.flush()
    try:
        worker.run(threading.Event(), starting=True)
    except KeyboardInterrupt:
        sys.stdout.write("后台任务进程已停止\n")
    return 0


def _end(number: int, frame: FrameType | None) -> None:
    del number, frame
    raise SystemExit(0)
