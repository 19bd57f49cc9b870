"""Files that are whole or absent, whatever breaks off: a full disk, a killed process, a
power cut.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

UNFINISHED = ".unfinished"
"""The ending of a file that is still being written, or whose writer died."""


@contextmanager
def place_for(path: Path, ending: str = UNFINISHED) -> Iterator[Path]:
    """A path beside `path` to write to; what stands there at the end is synced and renamed to
    `path`.

    After an exception nothing is left. The file and its new folders belong to the owner alone.
    """
    made = _make_folder(path.parent)
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}{ending}")
    os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        yield beside
        sync(beside)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    for folder in (path.parent, *made):
        sync(folder)


def write(path: Path, content: bytes) -> None:
    """Put `content` at `path`, in the place of whatever is there."""
    with place_for(path) as beside:
        beside.write_bytes(content)


def holds(path: Path, content: bytes) -> bool:
    """Whether exactly these bytes are at `path`."""
    return path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content


def sync(path: Path) -> None:
    """Wait until a file's bytes, or a folder's names, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _make_folder(folder: Path) -> list[Path]:
    """Make a folder for the owner alone; returns those folders that got a new name in them."""
    if folder.is_dir():
        return []
    above = _make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    return [folder.parent, *above]
