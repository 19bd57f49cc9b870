"""What the index of the search lacks is written: after an upgrade, or where many records were
brought in at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.models import EvidenceFile, SearchLine
from taizhang.ledgers.records import queries
from taizhang.ledgers.records.derived import search_index

BATCH = 500


def catch_up() -> int:
    """Index every record and file that is not; answers how many there were. Can be stopped and run
    again.
    """
    done = 0
    for kind in KINDS.values():
        if kind.indexed:
            done += _in_batches(_records(kind))
    return done + _in_batches(_files())


def _in_batches(lines: Iterator[list[SearchLine]]) -> int:
    done = 0
    while batch := list(islice(lines, BATCH)):
        with transaction.atomic():
            search_index.add(line for one in batch for line in one)
        done += len(batch)
    return done


def _lacking(found: QuerySet[Any], kind: str) -> QuerySet[Any]:
    known = SearchLine.objects.filter(kind=kind, entry_id=OuterRef("pk"))
    return found.filter(~Exists(known)).order_by("pk")


def _records(kind: LedgerKind) -> Iterator[list[SearchLine]]:
    found = _lacking(kind.model.objects.current(), kind.slug)
    found = queries.with_parts(kind, found.select_related("branch", *queries.related(kind)))
    if kind.extra:
        found = found.select_related("person").prefetch_related("person__stages")
    # The keys first: what is written meanwhile must not disturb what is read.
    keys = list(found.values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        for entry in found.filter(pk__in=keys[start : start + BATCH]):
            text = search_index.text_of(
                kind, queries.values_of(kind, entry), queries.written_parts(kind, entry)
            )
            yield list(
                search_index.lines_of(
                    kind.slug, entry.pk, entry.branch_id, kind.day_of(entry), str(entry), text
                )
            )


def _files() -> Iterator[list[SearchLine]]:
    for file in _lacking(
        EvidenceFile.objects.filter(withdrawn_at__isnull=True), search_index.FILES
    ):
        EvidenceFile.objects.filter(pk=file.pk).update(read_at=None)  # its words are read anew
        yield list(search_index.lines_of_file(file))
