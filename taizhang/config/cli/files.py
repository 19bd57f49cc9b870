"""What several commands need: a file's bytes, JSON on stdout, Django when it is wanted."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from taizhang.kernel.errors import BadInput
from taizhang.kernel.files import MOST_BYTES


def read(path: str) -> bytes:
    """The bytes of a file, unless it is not there or too large to be one of ours."""
    try:
        size = Path(path).stat().st_size
        if size > MOST_BYTES:
            raise BadInput(f"文件有{size / 1048576:.0f}MB，超过{MOST_BYTES // 1048576}MB的上限。")
        return Path(path).read_bytes()
    except FileNotFoundError as gone:
        raise BadInput("没有这个文件。") from gone
    except (IsADirectoryError, PermissionError) as unreadable:
        raise BadInput("不能读取这个文件。") from unreadable


def write(path: str, data: bytes) -> None:
    """Write a file."""
    try:
        Path(path).write_bytes(data)
    except OSError as refused:
        raise BadInput(f"不能写入 {path}。") from refused


def as_json(document: object) -> None:
    """One JSON document on stdout."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=1, default=str) + "\n")


def tell(what: str, done: int, total: int) -> None:
    """How many parts are done, to whoever sits before a terminal."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{what} {done}/{total}　　　　　　　　")
        sys.stderr.flush()


def start_django() -> None:
    """Load the settings and the apps."""
    import django  # noqa: PLC0415

    django.setup()
