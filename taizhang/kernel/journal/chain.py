"""The chain of the journal: each line carries the hash of what it says and of the line before.

Whoever changes, removes, inserts or moves a line breaks every hash after it.
`tools/verify_journal.py` says the same again with nothing but Python's own library, for those who
do not trust this program; the two must stay in step.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

BEGINNING = "0"
"""What stands before the first line."""
ALGORITHMS = ("sha256", "sm3")


def algorithm() -> str:
    """TAIZHANG_DIGEST, sha256 unless it says sm3; lines of both may stand in one chain."""
    wanted = os.environ.get("TAIZHANG_DIGEST", "").strip() or "sha256"
    if wanted not in ALGORITHMS:
        raise SystemExit("TAIZHANG_DIGEST 只能是 sha256 或 sm3。")
    return wanted


class Line(Protocol):
    """What is hashed of a line."""

    seq: int
    at: datetime
    actor_id: int | None
    origin: str
    verb: str
    subject: str
    detail: Any
    prev: str
    hash: str


def said(line: Line) -> str:
    """A line as one text: the same on every machine and in both databases."""
    at = line.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    parts = [
        line.seq,
        at,
        line.actor_id,
        line.origin,
        line.verb,
        line.subject,
        line.detail,
        line.prev,
    ]
    return json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(line: Line, name: str) -> str:
    """`sha256:` and the hash of what the line says."""
    return f"{name}:{hashlib.new(name, said(line).encode()).hexdigest()}"


@dataclass(frozen=True)
class Fault:
    """The first line that does not fit, and why."""

    seq: int
    text: str


@dataclass(frozen=True)
class Verified:
    """How far the chain holds, its head, and the first fault."""

    lines: int
    head: str
    fault: Fault | None
    anchored: bool
    """Whether the hash that was asked for stands in the chain."""


SHORT = 16
"""So many characters of a hash are enough to ask for it."""


def is_anchor(text: str, anchor: str) -> bool:
    """Whether a hash is the one that somebody holds in print, perhaps without its name
    or its end.
    """
    plain = anchor.strip().lower().rpartition(":")[2]
    return len(plain) >= SHORT and text.partition(":")[2].startswith(plain)


def verify(
    lines: Iterable[Line], anchor: str = "", after: tuple[int, str] = (0, BEGINNING)
) -> Verified:
    """Go through the chain in the order of the numbers; `after` is number and hash of a line that
    stands before these.
    """
    (number, before), anchored = after, not anchor
    for line in lines:
        fault = _fault(line, number, before)
        if fault:
            return Verified(number, before, fault, anchored)
        before, number = line.hash, line.seq
        anchored = anchored or is_anchor(line.hash, anchor)
    return Verified(number, before, None, anchored)


def _fault(line: Line, number: int, before: str) -> Fault | None:
    if line.seq != number + 1:
        return Fault(number + 1, f"第{number + 1}条不见了，后面直接是第{line.seq}条")
    if line.prev != before:
        return Fault(line.seq, f"第{line.seq}条与前一条接不上（被插入、调换，或者前一条被改写）")
    name = line.hash.partition(":")[0]
    if name not in ALGORITHMS or hash_of(line, name) != line.hash:
        return Fault(line.seq, f"第{line.seq}条的内容被改动过")
    return None
