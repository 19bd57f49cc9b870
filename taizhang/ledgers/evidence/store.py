"""Where the bytes of evidence lie, under their hashes."""

from __future__ import annotations

from typing import IO

from django.core.files.storage import Storage, storages

from taizhang.kernel.errors import NotFound


def store() -> Storage:
    """Where files are kept, under their hashes."""
    return storages["evidence"]


def path_of(sha256: str, part: str = "files") -> str:
    """The place of a file, of its shown copy or of its thumbnail."""
    return f"{part}/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def opened(sha256: str, part: str = "files") -> IO[bytes]:
    """A stored file for reading. Raises NotFound, in words for whoever asked, when its bytes are gone."""
    try:
        return store().open(path_of(sha256, part))
    except FileNotFoundError as gone:
        raise NotFound(
            "文件不见了：登记还在，但服务器上找不到文件内容。请告知系统管理员，或者重新上传同一文件。"
        ) from gone
