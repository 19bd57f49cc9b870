"""Number and hash of the journal's last line, kept in a file beside the database.

A journal that was emptied or cut, even by somebody who dropped the triggers, still fits together;
only what is kept outside the database tells. The file is written when the site starts, by `backup`
and `doctor`, and after a commit that wrote to the journal, at most every `INTERVAL` seconds in each
process: of a burst, the lines of the last seconds may not be covered until the next write.
"""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.db import connection

INTERVAL = 5.0
_written_at: dict[Path, float] = {}


@dataclass(frozen=True)
class Head:
    """How many lines the journal had, and the hash of the last."""

    lines: int
    hash: str


def path() -> Path:
    """The file of the database in use: named like it, in the data folder."""
    return Path(settings.DATA) / f"{Path(str(connection.settings_dict['NAME'])).name}.head"


def kept() -> Head | None:
    """The head in the file; None where there is none. Raises ValueError for a file that says
    nothing.
    """
    try:
        told = json.loads(path().read_text("ascii"))
        return Head(int(told["lines"]), str(told["hash"]))
    except FileNotFoundError:
        return None
    except (KeyError, TypeError, ValueError) as broken:
        raise ValueError(f"{path()} 已损坏") from broken


def keep(head: Head, file: Path | None = None) -> None:
    """Write the head."""
    place = file or path()
    beside = place.with_name(f"{place.name}.{os.getpid()}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        json.dump({"lines": head.lines, "hash": head.hash}, out)
    beside.replace(place)


def add_to(file: Path, head: Head, day: date) -> None:
    """One more line of a file that a second party keeps: the day, how many lines the journal had,
    the hash of the last.
    """
    told = {"day": day.isoformat(), "lines": head.lines, "hash": head.hash}
    with file.open("a", encoding="ascii") as out:
        out.write(json.dumps(told) + "\n")


def of_file(file: Path) -> list[Head]:
    """The heads in such a file. Raises ValueError with the line that says nothing."""
    found = []
    for n, line in enumerate(file.read_text("utf-8").splitlines(), start=1):
        try:
            told = json.loads(line)
            found.append(Head(int(told["lines"]), str(told["hash"])))
        except (KeyError, TypeError, ValueError) as broken:
            raise ValueError(f"{file} 第{n}行读不懂") from broken
    return found


def unsigned(file: Path, key: str) -> list[str]:
    """The lines of such a file that a second party did not sign with this key
    (tools/countersign.py), in words.
    """
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
    except ValueError as wrong:
        raise ValueError("第二方的公钥应是64位十六进制数字") from wrong
    found = []
    for line in file.read_text("utf-8").splitlines():
        told = json.loads(line)
        statement = f"taizhang head {told['day']} {int(told['lines'])} {told['hash']}"
        try:
            public.verify(bytes.fromhex(str(told.get("signature", ""))), statement.encode())
        except (InvalidSignature, ValueError):
            found.append(f"{told['day']} 留存的第{told['lines']}条没有第二方的签名，或者签名不对")
    return found


def keep_sometimes(head: Head) -> None:
    """Write the head, unless this process did so a moment ago. A full disk does not undo the act
    that is stored.
    """
    place, now = path(), time.monotonic()
    if now - _written_at.get(place, -INTERVAL) < INTERVAL:
        return
    _written_at[place] = now
    try:
        keep(head, place)
    except OSError:
        return
