"""The package of a round as it is read: verified by its own list, and shown piece by piece without
being unpacked.

It comes from elsewhere and is hostile until looked at: nothing of it is written to a path, run, or
served as a page.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from taizhang.inspection.models import BroughtRound
from taizhang.kernel.errors import BadInput, NotFound, Problem
from taizhang.kernel.storage.store import PIECE
from taizhang.ledgers.evidence.store import at_hand
from taizhang.orgs.actor import Actor

PART = "archives"
"""Of the store of files."""
MANIFEST, INDEX = "清单.json", "index.html"
MOST_FILES, MOST_BYTES, MOST_LISTED = 200_000, 64 * 1024**3, 64 * 1024**2
MOST_ROWS = 2000
"""Rows of a table that a page shows; the file has them all."""
_OF_ROUND = "本轮"
_WORDS = ("round", "made_at", "by", "missing", "files", "journal")


@dataclass(frozen=True)
class Listed:
    """What the list of a package says, when the package is what its list says."""

    title: str
    about: dict[str, str]
    made_at: str
    made_by: str
    head: str
    missing: list[str]
    n: int


@dataclass
class Section:
    """What a package holds of the round, or of one unit: (title, path)."""

    title: str
    papers: list[tuple[str, str]] = field(default_factory=list)
    tables: list[tuple[str, str]] = field(default_factory=list)
    files: list[tuple[str, str]] = field(default_factory=list)


def verified(file: Path) -> Listed:
    """Read a package through. Raises BadInput, which names each file that is gone, changed or more
    than the list has.
    """
    try:
        with zipfile.ZipFile(file) as package:
            told = _manifest(package)
            wrong = list(_faults(package, told["files"]))
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile, RuntimeError) as broken:
        raise BadInput(
            "不是轮次档案，或者文件已损坏：应是本系统“导出轮次档案”得到的 zip。"
        ) from broken
    if wrong:
        raise BadInput([Problem(line) for line in wrong])
    about = {str(key): str(value)[:200] for key, value in told.get("about", {}).items()}
    return Listed(
        str(told["round"])[:200],
        about,
        str(told["made_at"])[:40],
        str(told["by"])[:40],
        str(told["journal"]["hash"])[:80],
        [str(one) for one in told["missing"]],
        len(told["files"]),
    )


def _manifest(package: zipfile.ZipFile) -> dict[str, Any]:
    told: Any
    if package.getinfo(MANIFEST).file_size > MOST_LISTED or len(package.infolist()) > MOST_FILES:
        raise ValueError(MANIFEST)
    told = json.loads(package.read(MANIFEST))
    if not isinstance(told, dict) or any(word not in told for word in _WORDS):
        raise ValueError(MANIFEST)
    if not all(isinstance(told[word], list) for word in ("missing", "files")):
        raise ValueError(MANIFEST)
    return dict(told)


def _faults(package: zipfile.ZipFile, listed: list[dict[str, Any]]) -> Iterator[str]:
    there = Counter(package.namelist())
    if sum(int(told["size"]) for told in listed) > MOST_BYTES:
        raise ValueError(MANIFEST)
    for told in listed:
        path = str(told["path"])
        if path not in there:
            yield f"不见了：{path}"
        elif _digest(package, path, int(told["size"])) != told["sha256"]:
            yield f"被改动过：{path}"
    known = Counter([MANIFEST, *(str(told["path"]) for told in listed)])
    for extra in sorted((there - known).keys()):
        yield f"清单里没有：{extra}"


def _digest(package: zipfile.ZipFile, path: str, size: int) -> str:
    """The hash of a file, read no further than the list says that it is long."""
    told, left = hashlib.sha256(), size + 1
    try:
        with package.open(path) as stream:
            while left > 0 and (piece := stream.read(min(PIECE, left))):
                told.update(piece)
                left -= len(piece)
    except (zipfile.BadZipFile, OSError, EOFError):
        return ""
    return told.hexdigest() if left == 1 else ""


def all_brought(actor: Actor) -> list[BroughtRound]:
    """Every package that was read in, the latest first; for the organisation section."""
    if not actor.may_run_office():
        return []
    return list(BroughtRound.objects.select_related("brought_by").order_by("-brought_at", "-pk"))


def brought(key: int, *, actor: Actor) -> BroughtRound:
    """One of them."""
    actor.must_run_office()
    found = BroughtRound.objects.select_related("brought_by").filter(pk=key).first()
    if found is None:
        raise NotFound("没有读入过这个轮次档案。")
    return found


def _opened(one: BroughtRound) -> zipfile.ZipFile:
    place = at_hand(one.digest, PART)
    if place is None:
        raise NotFound("这个轮次档案的文件不见了，请告知系统管理员，或者重新读入同一文件。")
    return zipfile.ZipFile(place)


def sections(one: BroughtRound) -> list[Section]:
    """What it holds, in the order of its own folders: the round first, then each unit."""
    found = {_OF_ROUND: Section(_OF_ROUND)}
    with _opened(one) as package:
        for path in package.namelist():
            parts = PurePosixPath(path).parts
            if path in (MANIFEST, INDEX) or len(parts) < 2:
                continue
            of_unit = parts[0] == "单位" and len(parts) > 2
            title = parts[1] if of_unit else _OF_ROUND
            _put(found.setdefault(title, Section(title)), parts[-2], parts[-1], path)
    return list(found.values())


def _put(section: Section, folder: str, name: str, path: str) -> None:
    if name.endswith(".csv"):
        section.tables.append((name.removesuffix(".csv"), path))
    elif folder == "文书":
        section.papers.append((name, path))
    else:
        section.files.append((name, path))


def table(one: BroughtRound, path: str) -> tuple[list[str], list[list[str]], int]:
    """(headings, rows as far as a page shows them, how many there are) of a ledger of
    the package.
    """
    with _opened(one) as package, _member(package, path) as stream:
        lines = csv.reader(io.TextIOWrapper(stream, "utf-8-sig", newline=""))
        headings = next(lines, [])
        rows = list(lines)
    return headings, rows[:MOST_ROWS], len(rows)


def content(one: BroughtRound, path: str) -> bytes:
    """A file of the package."""
    with _opened(one) as package, _member(package, path) as stream:
        return stream.read()


def _member(package: zipfile.ZipFile, path: str) -> IO[bytes]:
    if path in (MANIFEST, INDEX) or path not in package.namelist():
        raise NotFound("这个轮次档案里没有这个文件。")
    return package.open(path)
