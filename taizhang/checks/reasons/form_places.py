"""Where in a record's form that lies which a rule speaks of."""

from __future__ import annotations

from collections.abc import Mapping

from taizhang.checks import facts
from taizhang.checks.facts import Slice
from taizhang.checks.reasons.record_links import kind_of
from taizhang.ledgers.forms import places
from taizhang.ledgers.kind import LedgerKind, Part
from taizhang.ledgers.kinds import KINDS
from taizhang.rules.base import Facts, Period, Rule, Suspicion


def place(rule: Rule, suspicion: Suspicion) -> str:
    """The input of the record's form that a suspicion speaks of; nothing where it speaks of none, as of a missing file."""
    slug = kind_of(rule)
    if rule.beside or not slug:
        return rule.beside
    columns = rule.spoken_of(suspicion.detail)
    found = (of_column(KINDS[slug], rule, column) for column in columns)
    return next(filter(None, found), "")


def holding(written: Mapping[str, object], words: str) -> str:
    """The input in which words stand that a suspicion tells; nothing where none holds them."""
    return next((name for name, text in written.items() if words and words in str(text)), "")


def of_column(kind: LedgerKind, rule: Rule, column: str) -> str:
    """The input that a column of a rule's own table comes from; nothing where it comes from none."""
    own = rule.own()
    if own.table == "texts":
        of_one = str(own.where.get("source", "")).partition(".")[2]
        return of_one if of_one in places.names(kind) else ""
    return places.of_column(kind, own.table, column, own.where.get("state"))


def row(rule: Rule, record: int, branch: int, period: Period) -> tuple[Part, int, str] | None:
    """Of rows below a record: the part, which of its rows is meant, from 0, and the input of it; none where it cannot be told."""
    kind = KINDS.get(kind_of(rule))
    table = rule.own().table
    part = places.part_of(kind, table) if kind else None
    if part is None or table not in rule.by_record():
        return None
    wanted = {table, "branches", *rule.uses(), *rule.needs}
    read = facts.sliced(Slice(branch, record=record, of=frozenset({table})), wanted)
    for at, one in enumerate(sorted(read.rows(table), key=lambda each: each.id)):
        alone = Facts(branch, dict(read.tables) | {table: [one]})
        for said in rule.judge(alone, period):
            if said.subject == record:
                cells = (places.cell_of(part, one) for one in rule.spoken_of(said.detail))
                return part, at, next(filter(None, cells), part.writing.columns[0].name)
    return None
