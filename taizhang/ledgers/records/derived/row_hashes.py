"""What is hashed of records: each with the rows below it, the persons of the roster, and the
versions that corrections keep.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import models

from taizhang.kernel.actions import row_hashes
from taizhang.kernel.actions.row_hashes import Hashes, Table
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.models import EntryVersion
from taizhang.orgs.entry import Entry
from taizhang.orgs.models import (
    Membership,
    Organisation,
    Person,
    PersonalData,
    StageSpell,
    User,
)

_COUNTED = frozenset({"n_files", "n_pictures"})
PERSONS, VERSIONS, STAGES = "persons", "versions", "stages"


@lru_cache(maxsize=1)
def tables() -> dict[str, Table]:
    """Every table by the name that it has in the journal."""
    found = {slug: _of(kind) for slug, kind in KINDS.items()}
    found[PERSONS] = Table(PERSONS, "花名册人员", Person, ((PersonalData, "person"),))
    found[VERSIONS] = Table(VERSIONS, "更正前版本", EntryVersion)
    return found


def _of(kind: LedgerKind) -> Table:
    below = tuple(
        (related.related_model, related.field.name)
        for related in kind.model._meta.related_objects
        if related.on_delete is models.CASCADE and not issubclass(related.related_model, Entry)
    )
    return Table(kind.slug, kind.title, kind.model, below, _COUNTED)


def of(
    kind: LedgerKind, keys: Sequence[int], now: datetime, versions: Iterable[int] = ()
) -> Hashes:
    """The hashes of records as they are stored, and of what was written along with them at that
    moment.
    """
    wanted: dict[str, list[int]] = {kind.slug: sorted(keys), VERSIONS: list(versions)}
    if kind.is_roster:
        people = Membership.objects.filter(pk__in=wanted[kind.slug])
        wanted[PERSONS] = sorted(set(people.values_list("person_id", flat=True)))
        wanted[STAGES] = _stages(wanted[PERSONS], now)
    return {name: row_hashes.hashes(tables()[name], some) for name, some in wanted.items() if some}


def only(name: str, keys: Sequence[int]) -> dict[str, str]:
    """The hashes of some rows of one table."""
    return row_hashes.hashes(tables()[name], keys)


def texts() -> Iterator[tuple[str, int, str | None]]:
    """(table, key, text) of every row, for whoever wants to reckon the hashes by himself."""
    for name, table in tables().items():
        for key, text in row_hashes.texts(table, table.all_keys()):
            yield name, key, text


def before(kind: LedgerKind, entry: Entry) -> Hashes:
    """The hashes of a record that is about to be written anew: they must be those of
    its last line.
    """
    found = {kind.slug: row_hashes.hashes(tables()[kind.slug], [entry.pk])}
    if isinstance(entry, Membership):
        found[PERSONS] = row_hashes.hashes(tables()[PERSONS], [entry.person_id])
    return found


def _stages(people: Sequence[int], now: datetime) -> list[int]:
    """The stages of those who got one at this moment: the one before may have been ended by it."""
    made = StageSpell.objects.filter(person__in=people, recorded_at=now)
    persons = set(made.values_list("person_id", flat=True))
    found = StageSpell.objects.filter(person__in=persons)
    return list(found.order_by("pk").values_list("pk", flat=True)) if persons else []


class Stored:
    """The rows that an import stores: those of its moment and its author that come after the last
    one before.
    """

    def __init__(self, kind: LedgerKind) -> None:
        """Before it stores."""
        last: dict[str, Any] = kind.model._default_manager.aggregate(last=models.Max("pk"))
        self._kind, self._last = kind, last["last"] or 0

    def hashes(self, branch: Organisation, by: User | None, now: datetime) -> Hashes:
        """Of one branch, after it stored."""
        found = self._kind.model._default_manager.filter(pk__gt=self._last, branch=branch)
        found = found.filter(recorded_at=now, recorded_by=by).order_by("pk")
        return of(self._kind, list(found.values_list("pk", flat=True)), now)
