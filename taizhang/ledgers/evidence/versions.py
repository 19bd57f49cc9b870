"""Versions of a file on a record: which one stands in force, and what it took the place of, when,
by whom and why.
"""

from __future__ import annotations

from dataclasses import dataclass

from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.models import EvidenceFile, EvidenceLink, EvidenceVersion
from taizhang.orgs.entry import Entry


@dataclass(frozen=True)
class Attachment:
    """A file of a record that is in force, and the ones before it, the latest first."""

    link: EvidenceLink
    earlier: list[EvidenceVersion]

    @property
    def number(self) -> int:
        """Which version the one in force is."""
        return len(self.earlier) + 1


def with_earlier(kind: LedgerKind, entry: Entry, links: list[EvidenceLink]) -> list[Attachment]:
    """The files of a record, each with the versions before it."""
    replaced = list(
        EvidenceVersion.objects.filter(kind=kind.slug, entry_id=entry.pk)
        .select_related("file", "by")
        .order_by("-pk")
    )
    return [Attachment(link, _before(link.file_id, replaced)) for link in links]


def _before(file: int, replaced: list[EvidenceVersion]) -> list[EvidenceVersion]:
    """From the latest replacement back; content that was in force twice is told twice."""
    found = []
    for one in replaced:
        if one.newer_id == file:
            found.append(one)
            file = one.file_id
    return found


def replaced_by(file: EvidenceFile) -> list[EvidenceVersion]:
    """Where a file was an earlier version, the latest first."""
    return list(file.replaced.select_related("newer", "by").order_by("-pk"))
