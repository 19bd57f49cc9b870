"""A folder: of this machine, or one that several machines have mounted under the same path."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from django.core.files.storage import FileSystemStorage

from taizhang.kernel import durable
from taizhang.kernel.storage.store import Lying, Store


class Folder(FileSystemStorage, Store):
    """Files are written aside, synced and renamed: `kernel.durable`."""

    def put(self, name: str, content: bytes | Path) -> None:
        """Keep the bytes, or those of a file, under a name."""
        if isinstance(content, bytes):
            durable.write(self._at(name), content)
            return
        with durable.place_for(self._at(name)) as beside:
            shutil.copyfile(content, beside)

    def keep(self, name: str, content: bytes) -> None:
        """Keep bytes that are not there yet, or not whole."""
        if not durable.holds(self._at(name), content):
            durable.write(self._at(name), content)

    def read(self, name: str) -> IO[bytes]:
        """The file."""
        return self._at(name).open("rb")

    def at_hand(self, name: str) -> Path:
        """The file where it lies."""
        if not self._at(name).is_file():
            raise FileNotFoundError(name)
        return self._at(name)

    def walk(self) -> Iterator[Lying]:
        """Every finished file."""
        return (one for one in self._every() if not one.name.endswith(durable.UNFINISHED))

    def unfinished(self) -> Iterator[Lying]:
        """Files whose writer died."""
        return (one for one in self._every() if one.name.endswith(durable.UNFINISHED))

    def problem(self) -> str:
        """Whether the folder, or the one that it will be made in, can be read and written."""
        place = self._at("")
        while not place.exists():
            place = place.parent
        usable = place.is_dir() and os.access(place, os.R_OK | os.W_OK | os.X_OK)
        return "" if usable else "佐证材料的文件夹不能读写"

    def _at(self, name: str) -> Path:
        return Path(self.path(name))

    def _every(self) -> Iterator[Lying]:
        root = self._at("")
        for path in sorted(root.rglob("*")) if root.is_dir() else []:
            if path.is_file():
                told = path.stat()
                moment = datetime.fromtimestamp(told.st_mtime, tz=UTC)
                yield Lying(path.relative_to(root).as_posix(), told.st_size, moment)
