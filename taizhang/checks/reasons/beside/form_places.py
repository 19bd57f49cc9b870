"""Where in a record's form that lies which a rule speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING

from django.http import QueryDict

from taizhang.checks import facts
from taizhang.checks.facts import Slice
from taizhang.checks.reasons.record_links import kind_of
from taizhang.ledgers.forms import part_inputs, places
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.part import Part
from taizhang.orgs.entry import Entry
from taizhang.rules.base import Facts, Period, Rule, Suspicion

if TYPE_CHECKING:
    from taizhang.checks.reasons.folding import Matter


def place(rule: Rule, suspicion: Suspicion) -> str:
    """The input of the record's form that a suspicion speaks of; nothing where it speaks of none,
    as of a missing file.
    """
    slug = kind_of(rule)
    if rule.beside or not slug:
        return rule.beside
    columns = rule.spoken_of(suspicion.detail)
    found = (of_column(KINDS[slug], rule, column) for column in columns)
    return next(filter(None, found), "")


def of_column(kind: LedgerKind, rule: Rule, column: str) -> str:
    """The input that a column of a rule's own table comes from; nothing where it comes
    from none.
    """
    own = rule.own()
    if own.table == "texts":
        of_one = str(own.where.get("source", "")).partition(".")[2]
        return of_one if of_one in places.names(kind) else ""
    return places.of_column(kind, own.table, column, own.where.get("state"))


def in_form(
    matters: list[Matter],
    kind: LedgerKind,
    entry: Entry,
    period: Period,
    posted: QueryDict | None = None,
    written: Mapping[str, object] | None = None,
) -> list[Matter]:
    """Each matter with the input in which to mend it: of rows below the record that of the row, as
    the form numbers them.

    `posted` is the form as it was sent, and `written` what it says: without them the form is one of
    the record as it is.
    """
    read = _read([one.rule for one in matters], kind, entry)
    found = []
    for one in matters:
        told = one.rule.own().table in read.tables
        row = _row(one.rule, kind, read, entry, period) if told else None
        at = _input_of(row, posted) if row else ""
        at = at or (not one.place and _holding(written or {}, one.first.suspicion.detail)) or ""
        found.append(replace(one, at=at))
    return found


def _holding(written: Mapping[str, object], words: str) -> str:
    """The input in which words stand that a suspicion tells."""
    return next((name for name, text in written.items() if words and words in str(text)), "")


Row = tuple[Part, int, str]
"""A part, which of its rows, from 0, and the input of it that is meant."""


def _read(rules: list[Rule], kind: LedgerKind, entry: Entry) -> Facts:
    """What these rules need that speak of rows below a record; nothing where none does."""
    meant = [rule for rule in rules if _part(rule, kind)]
    own = frozenset(rule.own().table for rule in meant)
    wanted = own.union(*(rule.uses() | {*rule.needs, "branches"} for rule in meant))
    chosen = Slice(entry.branch_id, record=entry.pk, of=own)
    return facts.sliced(chosen, wanted) if wanted else Facts(entry.branch_id, {})


def _part(rule: Rule, kind: LedgerKind) -> Part | None:
    table = rule.own().table
    return places.part_of(kind, table) if table in rule.by_record() else None


def _row(rule: Rule, kind: LedgerKind, read: Facts, entry: Entry, period: Period) -> Row | None:
    """The first row that the rule speaks of when it is alone."""
    part, table = _part(rule, kind), rule.own().table
    for at, one in enumerate(sorted(read.rows(table), key=attrgetter("id")) if part else ()):
        alone = Facts(entry.branch_id, dict(read.tables) | {table: [one]})
        said = next((s for s in rule.judge(alone, period) if s.subject == entry.pk), None)
        if part and said:
            cells = (places.cell_of(part, column) for column in rule.spoken_of(said.detail))
            return part, at, next(filter(None, cells), part.writing.columns[0].name)
    return None


def _input_of(row: Row, posted: QueryDict | None) -> str:
    """The name of the input; the part alone where nobody can tell which row of the form it is."""
    part, at, cell = row
    if part.stages and posted is None:
        return part.name
    numbers = range(at + 1) if posted is None else part_inputs.numbers(part, posted)
    return f"{part.name}-{numbers[at]}-{cell}" if at < len(numbers) else part.name
