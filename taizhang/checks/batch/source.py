"""Where facts lie: in a folder, or in a bucket of S3, from which files are fetched for as long as
they are read.

A bucket is described as every tool of S3 does it: `AWS_ENDPOINT_URL` and `AWS_REGION`, with the
keys in `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`. Keys are never sent along with the work:
each machine has its own.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from taizhang.kernel.errors import BadInput

S3 = "s3://"
_AWS = "https://s3.amazonaws.com"
_PATIENCE = 10
"""Seconds in which a server of S3 must let us connect."""
Fetch = Callable[[Iterable[str]], list[Path]]
"""Of these names the files that exist, where they can be read."""


@dataclass(frozen=True)
class Folder:
    """A folder of this machine, or one that every machine sees under the same path."""

    path: Path

    def __str__(self) -> str:
        return str(self.path)

    def text(self, name: str) -> str | None:
        """What a file says; None where there is no such file."""
        file = self.path / name
        return file.read_text("utf-8") if file.is_file() else None

    @contextmanager
    def at_hand(self) -> Iterator[Fetch]:
        """Its files are read where they lie."""
        yield lambda names: [path for name in names if (path := self.path / name).is_file()]


@dataclass(frozen=True)
class Bucket:
    """A prefix in a bucket of S3."""

    path: str
    """`bucket/prefix`."""
    endpoint: str
    region: str

    def __str__(self) -> str:
        return S3 + self.path

    def text(self, name: str) -> str | None:
        """What a file says; None where there is no such file."""
        with self.at_hand() as fetch:
            found = fetch([name])
            return found[0].read_text("utf-8") if found else None

    @contextmanager
    def at_hand(self) -> Iterator[Fetch]:
        """Files are fetched when they are asked for, and thrown away at the end."""
        server = self._server()
        with tempfile.TemporaryDirectory(prefix="taizhang-s3-") as folder:
            yield lambda names: [
                path for name in names if (path := self._fetched(server, name, Path(folder)))
            ]

    def _server(self) -> Any:
        from pyarrow import fs  # noqa: PLC0415  (heavy)

        asked = urlsplit(self.endpoint)
        return fs.S3FileSystem(
            endpoint_override=asked.netloc,
            scheme=asked.scheme,
            region=self.region,
            connect_timeout=_PATIENCE,
        )

    def _fetched(self, server: Any, name: str, folder: Path) -> Path | None:
        """The fetched file, once for as long as it is kept."""
        path = folder / name
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                with server.open_input_file(f"{self.path}/{name}") as stream:
                    stream.download(path)
            except FileNotFoundError:
                return None
            except OSError as refused:
                raise BadInput(f"不能从 {self.endpoint} 读取 {self}/{name}：{refused}") from refused
        return path


Source = Folder | Bucket


def at(place: str | Path) -> Source:
    """The folder or bucket that a place names."""
    if not str(place).startswith(S3):
        return Folder(Path(place).resolve())
    path = str(place).removeprefix(S3).rstrip("/")
    if not path or "@" in path or "?" in path:
        raise BadInput(
            "对象存储写作 s3://桶/目录；密钥用环境变量 AWS_ACCESS_KEY_ID 和 AWS_SECRET_ACCESS_KEY。"
        )
    endpoint = os.environ.get("AWS_ENDPOINT_URL") or _AWS
    if urlsplit(endpoint).scheme not in ("http", "https") or not urlsplit(endpoint).netloc:
        raise BadInput(f"AWS_ENDPOINT_URL 应写作 https://主机:端口，现为“{endpoint}”。")
    return Bucket(path, endpoint, os.environ.get("AWS_REGION") or "us-east-1")
