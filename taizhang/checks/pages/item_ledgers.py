"""The records that an item rests on, ledger by ledger: the newest of each, with their files, and
where more are and one is entered.
"""

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
from taizhang.web.lists.listing import Head

SHOWN = 10
"""So many records of a ledger stand on the page itself."""


@dataclass(frozen=True)
class ItemLedger:
    """One ledger of an item, where its records are, and where one is entered."""

    kind: LedgerKind
    branch: Organisation
    where: Where
    """The sort of records that the item asks for."""

    @property
    def list_url(self) -> str:
        """All its records of the branch."""
        return record_links.list_url(self.kind, self.branch.pk, self.where)

    @property
    def new_url(self) -> str:
        """The form of a record."""
        return repair_links.new_url(self.kind, self.branch, self.where)


@dataclass(frozen=True)
class Newest:
    """The newest records of a ledger with the number of their files."""

    ledger: ItemLedger
    heads: list[Head]
    lines: list[tuple[ledgers.Line, int, list[tuple[str, bool]]]]
    """Of each record the number of its files, and its cells with whether they hold a number."""
    total: int


def of_item(item: Item, branch: Organisation) -> list[ItemLedger]:
    """The ledgers that serve an item, narrowed to the sort that it asks for; no record
    is read yet.
    """
    kinds = [KINDS[slug] for slug, _ in kinds_for(item.id)]
    return [ItemLedger(kind, branch, _sort_of(item, kind)) for kind in kinds]


def newest(ledger: ItemLedger, *, scope: CheckScope, actor: Actor) -> Newest:
    """Its newest records of the days inspected; of what goes on, all that was in force then, as the
    ledger book prints it.
    """
    kind = ledger.kind
    column = ledgers.choice_column(kind)
    filters = ledgers.Filters(
        branch=ledger.branch.pk,
        from_on=scope.from_on,
        to_on=scope.to_on,
        in_force=True,
        choice=str(ledger.where[column.name]) if column and ledger.where else "",
        per_page=SHOWN,
    )
    page = ledgers.ledger_page(kind=kind, actor=actor, filters=filters)
    files = evidence.numbers_of(kind, [line.pk for line in page.lines])
    numbers = [head.is_number for head in page.heads]
    lines = [
        (line, files[line.pk], list(zip(line.cells, numbers, strict=True))) for line in page.lines
    ]
    return Newest(ledger, page.heads, lines, page.total)


def _sort_of(item: Item, kind: LedgerKind) -> Where:
    """The one sort of records that all rules of the item ask of a ledger; nothing where they ask
    for several.
    """
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
