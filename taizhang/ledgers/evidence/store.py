"""Where the bytes of evidence lie, under their hashes."""

from __future__ import annotations

from pathlib import Path
from typing import IO

from taizhang.kernel.errors import NotFound
from taizhang.kernel.storage import store as places


def store() -> places.Store:
    """Where files are kept, under their hashes."""
    return places.of("evidence")


def path_of(sha256: str, part: str = "files") -> str:
    """The place of a file, of its shown copy or of its thumbnail."""
    return f"{part}/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def opened(sha256: str, part: str = "files") -> IO[bytes]:
    """A stored file for reading. Raises NotFound, in words for whoever asked, when its bytes are
    gone.
    """
    try:
        return store().read(path_of(sha256, part))
    except FileNotFoundError as gone:
        raise NotFound(
            "文件不见了：登记还在，但服务器上找不到文件内容。请告知系统管理员，或者重新上传同一文件。"
        ) from gone


def at_hand(sha256: str, part: str) -> Path | None:
    """A stored file as one of this machine; None when its bytes are gone."""
    try:
        return store().at_hand(path_of(sha256, part))
    except FileNotFoundError:
        return None
