"""`taizhang <command>`: every command answers 0 (done), 1 (something wrong in the input) or 2
(wrong usage).
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from taizhang.config.gc_tuning import look_rarely
from taizhang.kernel.errors import BadInput, Refused
from taizhang.kernel.jobs.at_once import at_once


class Usage(argparse.ArgumentParser):
    """Says in Chinese what is wrong with a call."""

    def error(self, message: str) -> None:  # type: ignore[override]
        """One line, exit code 2."""
        self.print_usage(sys.stderr)
        sys.stderr.write(f"用法不对：{message}\n")
        raise SystemExit(2)


def _parser() -> argparse.ArgumentParser:
    from taizhang.config.cli import commands  # noqa: PLC0415

    parser = Usage(prog="taizhang", description="党支部台账：登记、核查、督查。")
    commands.describe(parser)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the console script exits with what it answers."""
    return answer(_parser(), argv)


def answer(parser: argparse.ArgumentParser, argv: Sequence[str] | None) -> int:
    """What a command of the parser answers; a refusal is one clear line and 1."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taizhang.config.settings")
    os.umask(0o077)  # what we write is for its owner alone
    arguments = parser.parse_args(argv)
    look_rarely()
    try:
        with at_once():
            code: int = arguments.run(arguments)
    except BadInput as refusal:
        for problem in refusal.problems:
            sys.stderr.write(
                f"{getattr(arguments, 'file', '') or ''}"
                f"{' ' if getattr(arguments, 'file', '') else ''}{problem}\n"
            )
        return 1
    except Refused as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    except BrokenPipeError:
        return 0
    return code


if __name__ == "__main__":
    raise SystemExit(main())
