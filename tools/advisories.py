"""Known holes of locked packages, from a copy of the advisories: `python3 advisories.py all.zip
requirements.lock [LOCK ...]`.

For a network without a way out. The copy is what OSV gives for PyPI, one JSON of its schema for
each advisory, as a zip; whoever has a way out fetches it and carries it over. Exit code 0: none is
known; 1: these are; 2: something cannot be read.
"""

from __future__ import annotations

import json
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

try:
    from packaging.version import InvalidVersion, Version
except ImportError:  # a server has pip, which brings its own
    from pip._vendor.packaging.version import InvalidVersion, Version  # type: ignore[assignment]

_LOCKED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)", re.MULTILINE)
_FIRST = "0"
Advisory = dict[str, Any]


def main(arguments: list[str]) -> int:
    """Compare locks with advisories."""
    if len(arguments) < 2:
        print(__doc__)
        return 2
    copy, *locks = arguments
    try:
        wanted = {pair for lock in locks for pair in locked(Path(lock).read_text("utf-8"))}
        with zipfile.ZipFile(copy) as held:
            names = [name for name in held.namelist() if name.endswith(".json")]
            found = [json.loads(held.read(name)) for name in names]
        latest = max(str(one["modified"]) for one in found)
        holes = list(known(found, wanted))
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as broken:
        print(f"读不懂：{broken}")
        return 2
    if not wanted:
        print("锁定文件里没有软件包。")
        return 2
    for line in holes:
        print(line)
    told = f"已对照{len(wanted)}个软件包和{len(found)}条漏洞公告，公告截至{latest[:10]}"
    print(f"{told}；已知漏洞{len(holes)}个。")
    return 1 if holes else 0


def locked(text: str) -> Iterator[tuple[str, str]]:
    """(name, version) of each package of a lock."""
    yield from ((_plain(name), version) for name, version in _LOCKED.findall(text))


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def known(advisories: list[Advisory], wanted: set[tuple[str, str]]) -> Iterator[str]:
    """A line for each hole: one that several have told under names of their own is one."""
    told: set[str] = set()
    for one in sorted(advisories, key=lambda one: str(one["id"])):
        if one.get("withdrawn") or told & {one["id"], *one.get("aliases", ())}:
            continue
        for name, version in sorted(wanted):
            if any(_touches(part, name, version) for part in one.get("affected", ())):
                told |= {one["id"], *one.get("aliases", ())}
                also = "、".join(one.get("aliases", ()))
                summary = one.get("summary") or str(one.get("details", ""))[:100]
                yield f"{name} {version}：{one['id']}{f'（{also}）' if also else ''} {summary}"


def _touches(part: Advisory, name: str, version: str) -> bool:
    about = part.get("package", {})
    if about.get("ecosystem") != "PyPI" or _plain(str(about.get("name", ""))) != name:
        return False
    if version in part.get("versions", ()):
        return True
    ranges = (one for one in part.get("ranges", ()) if one.get("type") == "ECOSYSTEM")
    return any(_within(one["events"], Version(version)) for one in ranges)


def _within(events: list[dict[str, str]], version: Version) -> bool:
    """Whether a version lies after the last event that lets the hole in, and before the one that
    closes it.
    """
    inside = False
    for event, at in sorted(_points(events), key=lambda point: point[1]):
        if event == "introduced" and version >= at:
            inside = True
        elif (event == "fixed" and version >= at) or (event == "last_affected" and version > at):
            inside = False
    return inside


def _points(events: list[dict[str, str]]) -> Iterator[tuple[str, Version]]:
    for one in events:
        for event, text in one.items():
            try:
                yield event, Version("0.dev0" if text == _FIRST else text)
            except InvalidVersion:
                continue  # an old name of a version that no lock can have


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
