"""Rows that a branch has already, by the key of their kind or word for word, and rows that a sheet
has twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from taizhang.kernel.errors import Problem
from taizhang.ledgers import form_reader
from taizhang.ledgers.fields import NO_NAMES, parse, render
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.part import Draft
from taizhang.ledgers.records.queries import as_written
from taizhang.orgs.entry import Entry
from taizhang.orgs.models import Organisation

ONCE_MORE = (
    "台账里已有内容相同的记录（第{}号）；确实是另一次的，请勾选“仍要再登记一次”（命令用 --again）。"
)


_KEPT: ContextVar[dict[tuple[str, bool], There] | None] = ContextVar("kept", default=None)


@contextmanager
def loaded_once() -> Iterator[None]:
    """What is in force is loaded once for all sheets that are entered inside, in one transaction;
    after the first only what came since.
    """
    token = _KEPT.set({})
    try:
        yield
    finally:
        _KEPT.reset(token)


def there(kind: LedgerKind, *, again: bool) -> There:
    """What is in force, for the rows of one sheet; `again` says that what is there word for word
    happened once more.
    """
    kept = _KEPT.get()
    if kept is None:
        return There(kind, again=again)
    found = kept.setdefault((kind.slug, again), There(kind, again=again))
    found.begin()
    return found


class There:
    """What is in force in the branches of a sheet; loaded once for each."""

    def __init__(self, kind: LedgerKind, *, again: bool) -> None:
        """`again` says that what is there word for word happened once more."""
        self._kind, self._again = kind, again
        self._known: dict[int, dict[tuple[Any, ...], int]] = {}
        self._last: dict[int, int] = {}
        self.begin()

    def begin(self) -> None:
        """Before the first row of a sheet."""
        self._seen: dict[Any, int] = {}
        self._asked: set[int] = set()

    def problems(self, draft: Draft, number: int, written: Mapping[str, object]) -> list[Problem]:
        """What is wrong with one more row."""
        branch = draft.branch
        key = form_reader.unique_key(self._kind, draft.values)
        if key is not None and key in self._known_of(branch):
            if not self._kind.completes:
                return [Problem("台账里已有这条记录。", row=number)]
            added, otherwise = _compared(self._kind, draft)
            if otherwise:
                told = f"与台账里已有的记录不一致（{'、'.join(otherwise)}），请打开原记录更正。"
                return [Problem(told, row=number)]
            if self._kind.is_roster and not added:
                return [Problem("台账里已有这条记录。", row=number)]
        if key is None and not self._again:
            same = self._known_of(branch).get(_said(self._kind, draft.values))
            if same is not None:
                return [Problem(ONCE_MORE.format(same), row=number)]
        whole = key is not None and None not in key
        mark = key if whole else tuple((name, str(text)) for name, text in written.items())
        first = self._seen.setdefault((branch.pk, mark), number)
        return [] if first == number else [Problem(f"与第{first}行重复。", row=number)]

    def _known_of(self, branch: Organisation) -> dict[tuple[Any, ...], int]:
        """By its key, or where the kind has none by all that it says, the number of the first such
        record in force.
        """
        known = self._known.setdefault(branch.pk, {})
        if branch.pk not in self._asked:
            self._asked.add(branch.pk)
            rows = self._kind.model.objects.current().filter(branch=branch).order_by("pk")
            rows = rows.filter(pk__gt=self._last.get(branch.pk, 0))
            for key, *said in rows.values_list("pk", *(self._kind.unique or self._kind.asked)):
                known.setdefault(tuple(said), key)
                self._last[branch.pk] = key
        return known


def _said(kind: LedgerKind, values: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(getattr(values[name], "pk", values[name]) for name in kind.asked)


def _keys_in_force(kind: LedgerKind, branch: Organisation) -> set[tuple[Any, ...]]:
    there = kind.model.objects.current().filter(branch=branch)
    return set(there.values_list(*kind.unique)) if kind.unique else set()


def apart(kind: LedgerKind, drafts: list[Draft]) -> tuple[list[Draft], list[Draft]]:
    """The drafts that are new, and those that complete a record which another ledger made."""
    if not kind.completes:
        return drafts, []
    branches = {draft.branch.pk: draft.branch for draft in drafts}
    known = {key: _keys_in_force(kind, branch) for key, branch in branches.items()}
    new, there_already = list[Draft](), list[Draft]()
    for draft in drafts:
        key = form_reader.unique_key(kind, draft.values)
        (there_already if key in known[draft.branch.pk] else new).append(draft)
    return new, there_already


def on_record(kind: LedgerKind, draft: Draft) -> Entry:
    """The record in force with the draft's key."""
    key = dict(zip(kind.unique, form_reader.unique_key(kind, draft.values) or (), strict=True))
    found: Entry = kind.model.objects.current().get(branch=draft.branch, **key)
    return found


def filled(kind: LedgerKind, draft: Draft) -> dict[str, str]:
    """What a row says that the record with its key leaves blank: field → as it is written."""
    return _compared(kind, draft)[0]


def _compared(kind: LedgerKind, draft: Draft) -> tuple[dict[str, str], list[str]]:
    """The same, and the labels of what a row says otherwise than the record."""
    kept, told = as_written(kind, on_record(kind, draft)), _told(kind, draft)
    otherwise = [
        one.label
        for one in kind.fields()
        if kept[one.name] and told[one.name] and kept[one.name] != told[one.name]
    ]
    return {name: text for name, text in told.items() if text and not kept[name]}, otherwise


def _told(kind: LedgerKind, draft: Draft) -> dict[str, str]:
    """What a row says, as its record is written; the fields that are no columns are as they stand
    in the row.
    """
    return {
        one.name: render(
            one,
            draft.values[one.name]
            if one.name in draft.values
            else parse(one, draft.raw.get(one.name), NO_NAMES),
        )
        for one in kind.fields()
    }
