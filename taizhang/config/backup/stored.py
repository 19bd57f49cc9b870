"""What the database names of the store of evidence, held against what lies there."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import IO, Any

from taizhang.kernel.storage.store import Lying, Store, digest_of
from taizhang.ledgers.evidence.actions import path_of

Ask = Callable[[str], Iterable[tuple[Any, ...]]]
"""Rows of a query: of the database in use, or of a copy."""
EVIDENCE = "SELECT sha256, name, mime FROM ledgers_evidencefile ORDER BY id"
PHOTOS = "SELECT sha256 FROM inspection_sitephoto ORDER BY id"
ARCHIVES = "SELECT digest, title FROM inspection_broughtround ORDER BY id"
_JPEG = (b"\xff\xd8", b"\xff\xd9")


@dataclass(frozen=True)
class Named:
    """What a path of the store is called, and the hash of its bytes where the database says it."""

    label: str
    sha256: str | None


@dataclass(frozen=True)
class Stored:
    """What lies at a path."""

    sha256: str
    size: int
    is_whole_jpeg: bool


def named(ask: Ask, tables: Container[str]) -> dict[str, Named]:
    """Path in the store → what the database says of it; a copy of before may lack a table."""
    told: dict[str, Named] = {}
    for sha256, name, mime in ask(EVIDENCE):
        told[path_of(sha256)] = Named(f"佐证材料“{name}”", sha256)
        if mime.startswith("image/"):
            told[path_of(sha256, "shown")] = Named(f"“{name}”的展示图", None)
            told[path_of(sha256, "thumbs")] = Named(f"“{name}”的缩略图", None)
    for (sha256,) in ask(PHOTOS):
        told[path_of(sha256, "shown")] = Named("现场照片", sha256)
        told[path_of(sha256, "thumbs")] = Named("现场照片的缩略图", None)
    for sha256, title in ask(ARCHIVES) if "inspection_broughtround" in tables else ():
        told[path_of(sha256, "archives")] = Named(f"轮次档案“{title}”", sha256)
    return told


def look(data: IO[bytes]) -> Stored:
    """Read a file once; the reader stands at its first byte again."""
    sha256 = digest_of(data)
    size = data.tell()
    data.seek(0)
    begins = data.read(2)
    data.seek(max(0, size - 2))
    told = Stored(sha256, size, (begins, data.read(2)) == _JPEG)
    data.seek(0)
    return told


def look_at(store: Store, name: str) -> Stored | None:
    """What lies under a name; None where nothing does."""
    try:
        with store.read(name) as data:
            return look(data)
    except FileNotFoundError:
        return None


def faults(told: Mapping[str, Named], found: Mapping[str, Stored | None]) -> list[str]:
    """One line for each file that the database names and that is absent, or no longer
    what it was.
    """
    lines = []
    for path, wanted in told.items():
        stored = found.get(path)
        if stored is None:
            lines.append(f"{wanted.label}不见了（{path}）")
        elif wanted.sha256 and stored.sha256 != wanted.sha256:
            lines.append(f"{wanted.label}已损坏，内容与校验码不同（{path}，现有{stored.size}字节）")
        elif not wanted.sha256 and not stored.is_whole_jpeg:
            lines.append(f"{wanted.label}已损坏，不完整（{path}，现有{stored.size}字节）")
    return lines


def unnamed(told: Mapping[str, Named], store: Store) -> list[Lying]:
    """Files that no row names: left by uploads that broke off, whole or unfinished."""
    return [one for one in chain(store.walk(), store.unfinished()) if one.name not in told]
