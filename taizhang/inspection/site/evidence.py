"""The records behind a unit's pack, to be read beside the verdict, also without a network: those
drawn, and those suspected.

They are as they stand when the device asks; how many there is no room for, is told.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import Resolver404, resolve, reverse

from taizhang.inspection.models import Visit
from taizhang.ledgers.evidence import queries as files
from taizhang.ledgers.fields import masked
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.records import queries
from taizhang.orgs.actor import Actor
from taizhang.orgs.entry import Entry

MOST_RECORDS, MOST_OF_ITEM, MOST_PICTURES, LONGEST = 60, 8, 24, 600
"""Of a unit so many records, of one requirement so many, and so many pictures go along; of a long
text so many characters.
"""


@dataclass(frozen=True)
class Wanted:
    """One record of a requirement, and whether it was drawn by lot."""

    no: str
    kind: str
    key: int
    drawn: bool


def of_visit(visit: Visit, actor: Actor, now: datetime) -> dict[str, Any]:
    """What goes along of one unit, as JSON."""
    every, left_out = _wanted(visit.pack)
    taken = every[:MOST_RECORDS]
    told = _told(taken, actor)
    pictures = 0
    items: dict[str, list[dict[str, Any]]] = defaultdict(list)
    left = left_out + len(every) - len(taken)
    shut_out = 0
    for one in taken:
        record = told.get((one.kind, one.key))
        if record is None:  # withdrawn from sight meanwhile
            continue
        shown = record["pictures"][: max(0, MOST_PICTURES - pictures)]
        pictures += len(shown)
        shut_out += len(record["pictures"]) - len(shown)
        items[one.no].append(record | {"pictures": shown, "drawn": one.drawn})
    return {
        "visit": visit.pk,
        "at": now.isoformat(),
        "items": items,
        "left": {"records": left, "pictures": shut_out},
    }


def _wanted(pack: dict[str, Any]) -> tuple[list[Wanted], int]:
    """Those drawn by lot first, then what is suspected, a few of each requirement, none twice for
    one; and how many more there are.
    """
    found: dict[tuple[str, str, int], Wanted] = {}
    left = 0
    for drawn in pack.get("sample", []):
        _add(found, f"{drawn['no']}", _record_at(drawn["url"]), drawn=True)
    for no, known in pack.get("items", {}).items():
        pairs: list[tuple[str, int] | None] = []
        for one in known["reasons"]:
            named = [(str(kind), int(key)) for kind, key in one.get("shown", [])]
            pairs += named
            left += max(0, one.get("n", 1) - len(named)) if named else 0
            if not named:
                pairs.append(_record_at(one["url"]))
        left += sum(pair is not None for pair in pairs[MOST_OF_ITEM:])
        for pair in pairs[:MOST_OF_ITEM]:
            _add(found, no, pair, drawn=False)
    return list(found.values()), left


def _add(
    found: dict[tuple[str, str, int], Wanted], no: str, pair: tuple[str, int] | None, *, drawn: bool
) -> None:
    if pair is not None and pair[0] in KINDS:
        kind, key = pair
        found.setdefault((no, kind, key), Wanted(no, kind, key, drawn))


def _record_at(url: str) -> tuple[str, int] | None:
    """The record that an address leads to; none where it leads to a list."""
    try:
        found = resolve(url.partition("?")[0])
    except Resolver404:
        return None
    if found.view_name != "ledgers:entry":
        return None
    return found.kwargs["kind"].slug, found.kwargs["key"]


def _told(wanted: list[Wanted], actor: Actor) -> dict[tuple[str, int], dict[str, Any]]:
    """Each record in words with its pictures, as far as the actor may see it; kind by kind."""
    by_kind: dict[str, set[int]] = defaultdict(set)
    for one in wanted:
        by_kind[one.kind].add(one.key)
    found = {}
    for slug, keys in by_kind.items():
        kind = KINDS[slug]
        model: Any = kind.model
        visible = model.objects.visible_to(actor).filter(pk__in=keys)
        entries = queries.with_parts(kind, visible).select_related("branch", *queries.related(kind))
        for entry in entries:
            found[(slug, entry.pk)] = _record(kind, entry)
    return found


def _record(kind: LedgerKind, entry: Entry) -> dict[str, Any]:
    links = [link for link in files.links_of(kind, entry) if link.is_active]
    return {
        "kind": kind.title,
        "title": f"{entry}",
        "url": reverse("ledgers:entry", args=[kind, entry.pk]),
        "withdrawn": entry.withdrawn_at is not None,
        "told": _lines(kind, entry),
        "pictures": [
            {"id": one.file_id, "name": one.file.name} for one in links if one.file.is_picture
        ],
        "papers": [
            {"id": one.file_id, "name": one.file.name} for one in links if not one.file.is_picture
        ],
    }


def _lines(kind: LedgerKind, entry: Entry) -> list[list[str]]:
    values = queries.values_of(kind, entry)
    told = [[field.label, masked(field, values[field.name])] for field in kind.fields()]
    parts = queries.written_parts(kind, entry)
    told += [[part.label, parts[part.name]] for part in kind.parts]
    return [[label, _short(text)] for label, text in told if text]


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}……（其余见台账）"
