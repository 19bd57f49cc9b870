"""Verifies a round's package with Python's own library alone: `python3 verify_archive.py
ROUND.zip`.

Every file must be the one that the list in the package names, and nothing else may be in it. The
hash of the package itself is printed: the line of the journal that noted the export has it. Exit
code 0: all of it holds; 1: it does not; 2: it cannot be read.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zipfile
from pathlib import Path

LIST = "清单.json"


def main(arguments: list[str]) -> int:
    """Compare what is listed with what is there."""
    if len(arguments) != 1:
        print(__doc__)
        return 2
    try:
        with zipfile.ZipFile(arguments[0]) as package:
            listed = json.loads(package.read(LIST))
            wrong = list(faults(package, listed["files"]))
        with Path(arguments[0]).open("rb") as whole:
            digest = hashlib.file_digest(whole, "sha256").hexdigest()
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as broken:
        print(f"读不懂：{broken}")
        return 2
    for line in [*wrong, *(f"导出时就没有：{one}" for one in listed["missing"])]:
        print(line)
    if not wrong:
        print(f"已核对{len(listed['files'])}个文件；整包 SHA-256 {digest}")
    return 1 if wrong else 0


def faults(package: zipfile.ZipFile, listed: list):
    """What does not agree, in words."""
    there = set(package.namelist())
    for told in listed:
        if told["path"] not in there:
            yield f"不见了：{told['path']}"
            continue
        with package.open(told["path"]) as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != told["sha256"]:
                yield f"被改动过：{told['path']}"
    for extra in sorted(there - {told["path"] for told in listed} - {LIST}):
        yield f"清单里没有：{extra}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
