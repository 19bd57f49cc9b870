"""What is found in a record's words when it is saved: phrases, and a sketch for comparing."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from typing import Any

from taizhang.kernel.text import wording
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.models import TextPhrase, TextSketch
from taizhang.ledgers.part import Draft
from taizhang.orgs.entry import Entry
from taizhang.orgs.models import Organisation
from taizhang.orgs.queries import organisations
from taizhang.rules import phrases

SKETCHED_FROM = 100
"""Shorter texts are not compared."""
COLUMN_FROM = 60
"""The same of a column that is compared by itself."""
PACKED = "<40I2q"
"""The slots, the bands, and four bits of each slot in two numbers."""


class OtherNames:
    """The names of all other units, as a pattern for each branch; loaded once for a batch."""

    def __init__(self) -> None:
        """Load the names."""
        self._names = organisations.all_names()
        self._made: dict[int, tuple[Any, list[str]]] = {}

    def of(self, branch: Organisation) -> tuple[Any, list[str]]:
        """(pattern of the others' names, the branch's own names)."""
        if branch.pk not in self._made:
            own = [name for key, name in self._names if key == branch.pk]
            own += [phrases.as_written(name) for name in own]
            others = {name for key, name in self._names if key != branch.pk}
            others |= {phrases.as_written(name) for name in others}
            others = {name for name in others if not any(name in mine for mine in own)}
            self._made[branch.pk] = (phrases.names_pattern(others), own)
        return self._made[branch.pk]


def found_in(
    kind: LedgerKind, entry: Entry, draft: Draft, others: OtherNames
) -> tuple[list[TextPhrase], list[TextSketch]]:
    """The rows to store for one record."""
    day = kind.day_of(entry)
    if not kind.texts or day is None:
        return [], []
    body = "\n".join(_body(kind, draft))
    heads = "\n".join(str(draft.values[name] or "") for name in kind.texts)
    common = {"branch": entry.branch, "kind": kind.slug, "entry_id": entry.pk, "on": day}
    words, names = f"{heads}\n{body}", others.of(entry.branch)
    named = phrases.find(words, *names)
    hits = [*named, *phrases.days_in(heads, body, day)]
    found = [TextPhrase(code=h.code, words=h.words, first_on=h.first_on, **common) for h in hits]
    common |= {"about": getattr(entry, "kind", ""), "joint": phrases.is_joint(words, *names)}
    sketches = _sketched(body, common, SKETCHED_FROM)
    for name in kind.compared:
        own = common | {"kind": f"{kind.slug}.{name}"}
        sketches += _sketched(str(draft.values[name] or ""), own, COLUMN_FROM)
    return found, sketches


def _body(kind: LedgerKind, draft: Draft) -> Iterable[str]:
    for field in kind.fields():
        if field.kind == "long" and not field.sensitive:
            yield str(draft.values[field.name] or "")
    for rows in draft.parts.values():
        for row in rows:
            yield str(row.get("text", row.get("content", "")))


def _sketched(text: str, common: dict[str, Any], least: int) -> list[TextSketch]:
    plain = wording(text)
    if len(plain) < least:
        return []
    from taizhang.rules import sketch  # noqa: PLC0415  (numpy loads when the first text is saved)

    slots = sketch.sketch(plain)
    packed = struct.pack(PACKED, *slots, *sketch.bands(slots), *sketch.nibbles(slots))
    return [TextSketch(length=len(plain), slots=packed, **common)]


def forget(kind: LedgerKind, keys: list[int]) -> None:
    """Remove what was found in earlier versions."""
    if kind.texts:
        TextPhrase.objects.filter(kind=kind.slug, entry_id__in=keys).delete()
        TextSketch.objects.filter(kind__in=kind.sources(), entry_id__in=keys).delete()
