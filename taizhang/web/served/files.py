"""The styles and scripts of this version. No Django: the settings take the fingerprint
from here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "static"
DIGITS = 12
"""So long is a fingerprint, in hexadecimal digits."""
KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}


@cache
def kept() -> dict[str, bytes]:
    """Name → bytes of every file, as they were when the process began: what comes later is another
    version's.
    """
    found = sorted(path for path in FOLDER.rglob("*") if path.is_file())
    return {path.relative_to(FOLDER).as_posix(): path.read_bytes() for path in found}


def fingerprint(files: Mapping[str, bytes]) -> str:
    """DIGITS digits of the SHA-256 over names and bytes: one for the whole set, so that nobody
    mixes two versions.
    """
    whole = hashlib.sha256()
    for name, data in sorted(files.items()):
        whole.update(f"{name}\0{len(data)}\0".encode())
        whole.update(data)
    return whole.hexdigest()[:DIGITS]


def kind(name: str) -> str:
    """The media type of a file."""
    return KINDS.get(Path(name).suffix, "text/plain; charset=utf-8")
