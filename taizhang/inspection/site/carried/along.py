"""What goes along in a file besides the pack: the records behind suspicions and samples, with their
pictures.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

from django.urls import Resolver404, resolve

from taizhang.kernel.errors import NotFound, Refused
from taizhang.ledgers.evidence import queries as evidence
from taizhang.ledgers.evidence.store import opened
from taizhang.ledgers.models import EvidenceFile
from taizhang.ledgers.records import queries as ledgers
from taizhang.orgs.actor import Actor

MOST_BYTES = 40 * 1024 * 1024
"""Of pictures in one file; what does not go along is told by its name."""


def records(pack: dict[str, Any], actor: Actor) -> dict[str, Any]:
    """Address of a record → what it says, sensitive words masked, and its files."""
    found: dict[str, Any] = {}
    left = MOST_BYTES
    for address in dict.fromkeys(_addresses(pack)):
        try:
            told = _record(address, actor, left)
        except (Refused, Resolver404):
            continue
        left -= sum(len(one["data"]) for one in told["files"])
        found[address] = told
    return found


def _addresses(pack: dict[str, Any]) -> Iterator[str]:
    for visit in pack["visits"]:
        yield from (one["url"] for one in visit["sample"])
        for known in visit["items"].values():
            yield from (reason["url"] for reason in known["reasons"])


def _record(address: str, actor: Actor, left: int) -> dict[str, Any]:
    place = resolve(address.partition("?")[0])
    if place.view_name != "ledgers:entry":
        raise NotFound(address)
    kind, key = place.kwargs["kind"], place.kwargs["key"]
    entry = ledgers.entry(kind=kind, key=key, actor=actor)
    lines = [[line.label, line.text] for line in ledgers.statements(kind, entry, openly=False)]
    files = []
    for link in evidence.links_of(kind, entry):
        data = _picture(link.file) if link.file.is_picture else ""
        fits = len(data) <= left
        left -= len(data) if fits else 0
        files.append({"name": link.file.name, "data": data if fits else ""})
    return {"title": f"{kind.title} {entry}", "lines": lines, "files": files}


def _picture(file: EvidenceFile) -> str:
    """The shown copy, as the address of data that a page takes; "" where its bytes are gone."""
    try:
        with opened(file.sha256, "shown") as stored:
            return f"data:image/jpeg;base64,{base64.b64encode(stored.read()).decode()}"
    except NotFound:
        return ""
