"""What every place for files can do. A name stands for bytes that never change; they are there
whole, or not at all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, cast

from django.core.files.storage import Storage, storages

PIECE = 1024 * 1024


@dataclass(frozen=True)
class Lying:
    """What lies in a store, whoever put it there."""

    name: str
    size: int
    at: datetime


class Store(Storage):
    """A place for files."""

    def put(self, name: str, content: bytes | Path) -> None:
        """Keep the bytes, or those of a file, under a name, and be sure of it: they can be read
        from there when this returns.
        """
        raise NotImplementedError

    def keep(self, name: str, content: bytes) -> None:
        """The same, where bytes that are there already and whole are not written again."""
        raise NotImplementedError

    def read(self, name: str) -> IO[bytes]:
        """The bytes from the first. Raises FileNotFoundError where there are none, Unreachable
        where the place is not there.
        """
        raise NotImplementedError

    def at_hand(self, name: str) -> Path:
        """A file of this machine with these bytes, for programs that want a path; not to be
        changed. Raises like `read`.
        """
        raise NotImplementedError

    def walk(self) -> Iterator[Lying]:
        """Everything that is finished, in the order of the names."""
        raise NotImplementedError

    def unfinished(self) -> Iterator[Lying]:
        """What a broken-off writer left."""
        return iter(())

    def problem(self) -> str:
        """Why the place cannot be used; "" when it can."""
        raise NotImplementedError


def of(alias: str) -> Store:
    """The place for one sort of files, as the settings say: `evidence` or `made`."""
    return cast("Store", storages[alias])


def digest_of(stream: IO[bytes]) -> str:
    """SHA-256 of what a stream still holds."""
    told = hashlib.sha256()
    while piece := stream.read(PIECE):
        told.update(piece)
    return told.hexdigest()
