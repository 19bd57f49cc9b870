"""Which input of a form a column of facts comes from: what is said of a record leads to where it is
put right.
"""

from __future__ import annotations

from functools import cache

from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.part import Part


def names(kind: LedgerKind) -> list[str]:
    """Every input of the form: its fields, then its parts."""
    return [field.name for field in kind.fields()] + [part.name for part in kind.parts]


def labels(kind: LedgerKind) -> dict[str, str]:
    """What every input of the form is called."""
    told = {field.name: field.label for field in kind.fields()}
    return told | {part.name: part.label for part in kind.parts}


def of_column(kind: LedgerKind, table: str, column: str, state: object = None) -> str:
    """The input that a column of one of its tables comes from; nothing where it comes from none.

    `state` says whose rows are meant where several parts share a table: those who were there, those
    who were not.
    """
    return _of_column(kind.slug, table, column, state if isinstance(state, str) else "")


@cache
def _of_column(slug: str, table: str, column: str, state: str) -> str:
    kind = KINDS[slug]
    found = next((one for one in kind.facts if one.name == table), None)
    if found is None:
        return ""
    if found.model is not kind.model:
        parts = [part for part in kind.parts if part.model is found.model]
        of_state = [part for part in parts if part.where.get("state") == state]
        return next((part.name for part in of_state or parts), "")
    said = kind.entering.worked_out.get(column)
    return said or _meant(names(kind), found.columns.get(column, column))


def part_of(kind: LedgerKind, table: str) -> Part | None:
    """The part whose rows a table holds, one for one; none where several share it, or it holds the
    records themselves.
    """
    found = next((one for one in kind.facts if one.name == table), None)
    own = found is None or found.model is kind.model
    parts = [] if own else [part for part in kind.parts if found and part.model is found.model]
    return parts[0] if len(parts) == 1 else None


def cell_of(part: Part, column: str) -> str:
    """The input of a row that a column of its table comes from; nothing where it comes
    from none.
    """
    return _meant([one.name for one in part.writing.columns], column)


def _meant(known: list[str], path: str) -> str:
    """A column is called as its input, or by it: how many, how long, whose key, the day
    of a year.
    """
    base = path.partition("__")[0]
    stem = base.removesuffix("_id").removesuffix("_length").removeprefix("n_")
    tried = (
        base,
        stem,
        f"{stem}_name",
        f"{stem}_at",
        "name" * (stem == "person"),
        base.removesuffix("_on"),
    )
    return next((one for one in tried if one in known), "")
