"""A sheet of rosters of many branches: which rows are new, which are there already, and what is
wrong with the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from taizhang.kernel.errors import Problem
from taizhang.ledgers.fields import parse, render
from taizhang.ledgers.form_reader import Reader, problem_at, unique_key
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.office import actions
from taizhang.ledgers.part import Draft
from taizhang.ledgers.records import alike, queries
from taizhang.ledgers.records.read_rows import Row
from taizhang.ledgers.sheets import excel
from taizhang.orgs.actor import Actor
from taizhang.orgs.entry import Entry
from taizhang.orgs.models import Organisation
from taizhang.orgs.queries import organisations


@dataclass
class RosterSheet:
    """A sheet of one kind and what was found in it."""

    kind: LedgerKind
    sheet: excel.Sheet
    actor: Actor
    pending: set[str]
    new: list[Row] = field(default_factory=list)
    same: int = 0
    problems: list[Problem] = field(default_factory=list)

    def read(self) -> None:
        """Look at every row."""
        there = alike.There(self.kind, again=False)
        for number, cells in self.sheet.rows:
            problems = self._row(number, cells, there)
            self.problems += [problem_at(number, problem) for problem in problems]

    def __post_init__(self) -> None:
        """What is loaded once for each branch."""
        self._readers: dict[int, Reader] = {}
        self._known: dict[int, dict[tuple[Any, ...], Entry]] = {}
        self._named: dict[str, Organisation | None] = {}
        self._own: dict[int, bool] = {}

    def _row(self, number: int, cells: Mapping[str, object], there: alike.There) -> list[Problem]:
        name = str(cells.get(excel.BRANCH) or "").strip()
        branch = self._branch(name)
        if branch is None:
            told = f"没有党支部“{name}”。" if name else "请写明党支部。"
            return [Problem(told, column=excel.BRANCH)]
        if branch.pk not in self._readers:
            self._readers[branch.pk] = Reader(self.kind, branch, self.actor)
        reader = self._readers[branch.pk]
        draft = reader.read(cells)
        if draft.problems:
            return draft.problems
        entry = self._on_record(draft)
        if entry is not None:
            self.same += 1
            return self._otherwise(entry, cells, reader)
        if self._keeps_its_own(branch):
            told = f"“{branch.short_name}”已经自己登记花名册，请由支部登记或更正。"
            return [Problem(told, column=excel.BRANCH)]
        problems = there.problems(draft, number, cells)
        if not problems:
            self.new.append(Row(number, branch, cells))
        return problems

    def _branch(self, name: str) -> Organisation | None:
        if name not in self._named:
            found = organisations.branch_named(name, actor=self.actor) if name else None
            self._named[name] = found
        return self._named[name]

    def _keeps_its_own(self, branch: Organisation) -> bool:
        if branch.pk not in self._own:
            self._own[branch.pk] = actions.keeps_its_own(branch)
        return self._own[branch.pk]

    def _on_record(self, draft: Draft) -> Entry | None:
        if draft.branch.pk not in self._known:
            entries = self.kind.model.objects.current().filter(branch=draft.branch)
            self._known[draft.branch.pk] = {
                tuple(
                    getattr(getattr(one, n), "pk", getattr(one, n)) for n in self.kind.unique
                ): one
                for one in entries
            }
        key = unique_key(self.kind, draft.values)
        return self._known[draft.branch.pk].get(key) if key else None

    def _otherwise(
        self, entry: Entry, cells: Mapping[str, object], reader: Reader
    ) -> list[Problem]:
        """What a row says otherwise than the record that is there: that is put right there, not
        here.
        """
        kept = queries.as_written(self.kind, entry)
        given = [one for one in self.kind.fields() if str(cells.get(one.name) or "").strip()]
        return [
            Problem(f"与已登记的“{kept[one.name]}”不同，请由支部打开原记录更正。", column=one.label)
            for one in given
            if render(one, parse(one, cells.get(one.name), reader.lookup)) != kept[one.name]
        ]
