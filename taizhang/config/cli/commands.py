"""The commands of `taizhang`, one module for each group."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from taizhang.config.cli.office import (
    check,
    facts,
    intake,
    ledger,
    notice,
    paper,
    remind,
    rounds,
    rules,
    workbook,
)
from taizhang.config.cli.server import (
    backup,
    doctor,
    evidence,
    journal,
    security,
    service,
    static,
    worker,
)

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001


def describe(parser: argparse.ArgumentParser) -> None:
    """Add every command."""
    commands = parser.add_subparsers(title="命令", dest="command", required=True, metavar="命令")
    for group in (
        service,
        worker,
        static,
        notice,
        ledger,
        workbook,
        intake,
        check,
        rules,
        facts,
        paper,
        rounds,
        remind,
        journal,
        backup,
        doctor,
        evidence,
        security,
    ):
        group.add(commands)
