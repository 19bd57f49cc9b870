"""An entry on site in words, for the journal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from taizhang.inspection.models import Answer, Finding, LookBack
from taizhang.inspection.site import entries as e

STATES = {"stored": "记入", "older": "留存备查", "conflict": "待商定"}
"""What became of an entry that was taken in."""


def told(entry: e.AnyEntry, state: str) -> dict[str, Any]:
    """What the entry says, its choices in words, its key last, and what became of it."""
    said = entry.model_dump(mode="json", exclude={"visit", "kind", "seen"}, exclude_defaults=True)
    said |= {"state": STATES[state], "key": said.pop("key")}
    verdict = LookBack.Verdict if entry.kind == "look_back" else Answer.Verdict
    words = _CHOICES | {"verdict": verdict}
    return {name: words[name](one) if name in words else one for name, one in said.items()}


def answers(standing: Iterable[Any]) -> str:
    """What holds of a requirement; two that differ stand both, with the name of their giver, read
    along with them.
    """
    return "、".join(f"{one}（{one.giver}）" for one in standing)


_CHOICES: dict[str, Callable[[str], Any]] = {
    "how": Answer.How,
    "severity": Finding.Severity,
    "manner": Finding.Manner,
    "source": Finding.Source,
}
