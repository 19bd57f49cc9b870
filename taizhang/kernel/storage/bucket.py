"""A bucket of S3: an object is there whole or not at all, so that nothing need be written aside."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.files.base import File

from taizhang.kernel import durable
from taizhang.kernel.errors import Unreachable
from taizhang.kernel.storage.s3 import Access, Client
from taizhang.kernel.storage.store import Lying, Store, digest_of

_AT_HAND_FOR = 24 * 3600
"""Seconds for which a fetched copy stays."""


class Bucket(Store):
    """Files as objects below a prefix."""

    def __init__(self, *, access: Access, bucket: str, prefix: str) -> None:
        """`prefix` ends with a stroke."""
        self.client = Client(access, bucket)
        self.prefix = prefix

    def put(self, name: str, content: bytes | Path) -> None:
        """Store the object and read it back: only what came back the same is kept."""
        sent = self.client.put(self.prefix + name, content)
        if self._digest(name) != sent:
            raise Unreachable(
                "对象存储收下的内容与上传的不同，文件没有保存。请稍后再试，并告知系统管理员。"
            )

    def keep(self, name: str, content: bytes) -> None:
        """Store an object that is not there yet, or not whole."""
        if self.client.size(self.prefix + name) == len(content):
            with self.read(name) as there:
                if there.read() == content:
                    return
        self.put(name, content)

    def read(self, name: str) -> IO[bytes]:
        """The object, fetched whole."""
        return self.client.get(self.prefix + name)

    def at_hand(self, name: str) -> Path:
        """A copy in the data folder of this machine, for a day."""
        place = Path(settings.DATA) / "fetched"
        _forget_the_old(place)
        copy = place / f"{self.prefix}{name}"
        if not copy.is_file():
            with self.read(name) as stream:
                durable.write(copy, stream.read())
        return copy

    def walk(self) -> Iterator[Lying]:
        """Every object."""
        for one in self.client.listed(self.prefix):
            yield replace(one, name=one.name.removeprefix(self.prefix))

    def problem(self) -> str:
        """Whether the server answers and lets us in."""
        return self.client.problem()

    def exists(self, name: str) -> bool:
        """Whether there is such an object."""
        return self.client.size(self.prefix + name) is not None

    def delete(self, name: str) -> None:
        """Remove an object, if it is there."""
        self.client.delete(self.prefix + name)

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        del mode
        return File(self.read(name), name)

    def _digest(self, name: str) -> str:
        with self.read(name) as there:
            return digest_of(there)


def _forget_the_old(place: Path) -> None:
    before = time.time() - _AT_HAND_FOR
    for path in place.rglob("*") if place.is_dir() else []:
        if path.is_file() and path.stat().st_mtime < before:
            path.unlink(missing_ok=True)
