"""The records that an item rests on, ledger by ledger: the newest of each, with their files, and where more are and one is entered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from taizhang.catalogue.model import Item
from taizhang.checks.models import CheckScope
from taizhang.checks.reasons import record_links, repair_links
from taizhang.checks.reasons.queries import kinds_for
from taizhang.ledgers.evidence import queries as evidence
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.records import queries as ledgers
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation
from taizhang.rules.base import Where

SHOWN = 10
"""So many records of a ledger stand on the page itself."""


@dataclass(frozen=True)
class ItemLedger:
    """One ledger of an item: its newest records with the number of their files."""

    kind: LedgerKind
    columns: list[str]
    lines: list[tuple[ledgers.Line, int]]
    total: int
    list_url: str
    new_url: str


def of_item(
    *, item: Item, branch: Organisation, scope: CheckScope, actor: Actor
) -> list[ItemLedger]:
    """The ledgers that serve an item, narrowed to the sort that it asks for and to the days inspected."""
    return [_ledger(item, KINDS[slug], branch, scope, actor) for slug, _ in kinds_for(item.id)]


def _ledger(
    item: Item, kind: LedgerKind, branch: Organisation, scope: CheckScope, actor: Actor
) -> ItemLedger:
    where = _sort_of(item, kind)
    column = ledgers.choice_column(kind)
    filters = ledgers.Filters(
        branch=branch.pk,
        from_on=scope.from_on,
        to_on=scope.to_on,
        choice=str(where[column.name]) if column and where else "",
        per_page=SHOWN,
    )
    page = ledgers.ledger_page(kind=kind, actor=actor, filters=filters)
    files = evidence.numbers_of(kind, [line.pk for line in page.lines])
    return ItemLedger(
        kind,
        page.columns,
        [(line, files[line.pk]) for line in page.lines],
        page.total,
        record_links.list_url(kind, branch.pk, where),
        repair_links.new_url(kind, branch, where),
    )


def _sort_of(item: Item, kind: LedgerKind) -> Where:
    """The one sort of records that all rules of the item ask of a ledger; nothing where they ask for several."""
    column = ledgers.choice_column(kind)
    if column is None:
        return {}
    asked = Counter[str]()
    for rule in item.rules:
        windowed = rule.each_window()
        wanted = windowed.where.get(column.name) if windowed else None
        if windowed and repair_links.kept_by(windowed.ledger) is kind and isinstance(wanted, str):
            asked[wanted] += 1
    return {column.name: next(iter(asked))} if len(asked) == 1 else {}
