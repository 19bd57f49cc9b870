"""Styles and scripts as files, for a proxy that hands them out itself, and the pages of what it has
to say without the site.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from taizhang.kernel.errors import BadInput
from taizhang.web.served import files

VERSIONS = 3
"""So many sets stay: pages that were opened before an upgrade, or before the way back, still find
theirs.
"""
PAGES = ("down.html", "too-large.html", "too-many.html")
"""What `deploy/nginx.conf` shows when the site is away, when more was sent than is taken, and when
too much was asked at once.
"""


def lay(folder: Path) -> Path:
    """The set of this version under its own address below the folder, beside those of before, and
    the pages of the proxy itself.

    Anybody on the machine may read them. Answers the folder of the set; may be broken off and begun
    again.
    """
    place = folder / settings.STATIC_URL.strip("/")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not place.exists():
            _lay_set(place)
        place.touch()
        for page in PAGES:
            _write(folder / page, render_to_string(page).encode())
        _open(folder, place.parent)
    except OSError as refused:
        raise BadInput(f"不能写入 {folder}。") from refused
    every = sorted(place.parent.iterdir(), key=lambda one: one.stat().st_mtime, reverse=True)
    broken_off = [one for one in every if one.name.startswith(".")]
    for old in broken_off + [one for one in every if one not in broken_off][VERSIONS:]:
        shutil.rmtree(old)
    return place


def _lay_set(place: Path) -> None:
    """All of it or nothing."""
    place.parent.mkdir(exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=".", dir=place.parent))
    for name, data in files.kept().items():
        path = fresh / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        path.chmod(0o644)
    _open(*(path for path in fresh.rglob("*") if path.is_dir()), fresh)
    fresh.rename(place)


def _write(path: Path, data: bytes) -> None:
    fresh = path.with_name(f".{path.name}")
    fresh.write_bytes(data)
    fresh.chmod(0o644)
    fresh.replace(path)


def _open(*folders: Path) -> None:
    for folder in folders:
        folder.chmod(0o755)
