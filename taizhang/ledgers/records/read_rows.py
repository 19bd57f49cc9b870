"""Rows of a sheet or a form that are read as one: all that is wrong with them is told at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from taizhang.kernel.errors import BadInput, Problem
from taizhang.ledgers import form_reader
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.part import Draft
from taizhang.ledgers.records import alike
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation

BATCH = 1000


@dataclass(frozen=True)
class Named:
    """One of several records that are entered together: what it is known by in their form, and what
    was written.
    """

    name: str
    values: Mapping[str, object]
    wrong: Sequence[Problem] = ()
    """What was found wrong with it before it is read."""


class SomeRefused(BadInput):
    """Of several records entered together, what is wrong with which."""

    def __init__(self, of: dict[str, list[Problem]]) -> None:
        """Keep the problems by the names of the records."""
        self.of = of
        super().__init__([problem for problems in of.values() for problem in problems])


@dataclass(frozen=True)
class Row:
    """One row of a sheet: where it stands, whose it is, and what is written, by field names."""

    number: int
    branch: Organisation
    values: Mapping[str, object]


_MOST_PROBLEMS = 200


def read_all(
    *,
    kind: LedgerKind,
    rows: Iterable[Row],
    actor: Actor,
    progress: Callable[[int], None] = lambda done: None,
    again: bool = True,
) -> list[Draft]:
    """The drafts of many rows; raises BadInput with all that is wrong with them."""
    readers: dict[int, form_reader.Reader] = {}
    there = alike.there(kind, again=again)
    drafts: list[Draft] = []
    problems: list[Problem] = []
    read = 0
    for read, row in enumerate(rows, start=1):
        if row.branch.pk not in readers:
            actor.must_keep_ledgers_of(row.branch)
            readers[row.branch.pk] = form_reader.Reader(kind, row.branch, actor)
        for draft in readers[row.branch.pk].read_row(row.values):
            problems += [form_reader.problem_at(row.number, problem) for problem in draft.problems]
            if not draft.problems:
                problems += there.problems(draft, row.number, draft.raw)
            drafts.append(draft)
        if len(problems) >= _MOST_PROBLEMS:
            break
        if read % BATCH == 0:
            progress(read)
    if problems:
        raise BadInput(form_reader.together(problems))
    progress(read)
    return drafts


def must_be_new(kind: LedgerKind, draft: Draft, besides: int | None = None) -> None:
    """Refuses a second record of what no two may share."""
    key = form_reader.unique_key(kind, draft.values)
    if key is None or None in key:
        return
    same = dict(zip(kind.unique, key, strict=True))
    found = kind.model.objects.current().filter(branch=draft.branch, **same).exclude(pk=besides)
    if found.exists():
        label = next(f.label for f in kind.fields() if f.name in kind.unique or f.name == "name")
        raise BadInput([Problem("台账里已有这条记录，如需修改请打开原记录更正。", column=label)])
