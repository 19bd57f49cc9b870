"""From what was written — in a form, a sheet, a request — to a draft of a record, or to what is
wrong with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import models

from taizhang.kernel.errors import BadInput, Problem
from taizhang.kernel.text import folded
from taizhang.kernel.writing.written import NotReadable
from taizhang.ledgers.fields import Field, Lookup, OnlyMonth, Unreadable, parse
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.part import Draft, Part, Told
from taizhang.orgs.actor import Actor
from taizhang.orgs.entry import Entry
from taizhang.orgs.models import Organisation, Person
from taizhang.orgs.queries import roster


class MonthProblem(Problem):
    """A month where a day is asked: a matter of the whole column."""


@dataclass(frozen=True)
class ColumnProblem(Problem):
    """The same of every row of a column, told once."""

    of: tuple[Problem, ...] = ()


def apart(problems: list[Problem]) -> list[Problem]:
    """The problems, each with its own row."""
    return [one for p in problems for one in (p.of if isinstance(p, ColumnProblem) else (p,))]


def together(problems: list[Problem]) -> list[Problem]:
    """The problems, with one for a column of months instead of one a row."""
    months: dict[str, list[Problem]] = {}
    for problem in problems:
        if isinstance(problem, MonthProblem):
            months.setdefault(problem.column, []).append(problem)
    told = [_of_column(column, found) for column, found in months.items()]
    return told + [problem for problem in problems if not isinstance(problem, MonthProblem)]


def _of_column(column: str, found: list[Problem]) -> Problem:
    rows = "、".join(str(problem.row) for problem in found[:20]) + ("等" if len(found) > 20 else "")
    return ColumnProblem(
        f"第{rows}行：{found[0].message}共{len(found)}行；一时查不到的，可在“列的对应”里写 表里的列名=不读入，先导入其他各列。",
        column=column,
        of=tuple(found),
    )


def row_by_row(part: Part, value: object) -> list[Told]:
    """The rows of a part: as they came from the form, or out of a text."""
    if isinstance(value, list):
        return value
    text = str(value or "").replace("\x00", "")
    return part.writing.split(text) if text.strip() else []


def as_text(part: Part, value: object) -> str:
    """The same as a text."""
    return part.writing.join(value) if isinstance(value, list) else str(value or "")


def _by_default(kind: LedgerKind) -> Iterator[Any]:
    """The columns that are asked and have a default."""
    extra = {field.name for field in kind.extra}
    for field in kind.fields():
        column: Any = None if field.name in extra else kind.model._meta.get_field(field.name)
        if getattr(column, "has_default", bool)():
            yield column


_TOLD_AGAIN = (str, float, date, type(None))
"""What many rows of a sheet say alike: it is read once."""


class Reader:
    """Reads records of one kind for one branch; loads names once."""

    def __init__(
        self, kind: LedgerKind, branch: Organisation, actor: Actor, entry: Entry | None = None
    ) -> None:
        """Load what names are looked up in; `entry` is the record that is put right."""
        self.entry = entry
        self.kind, self.branch, self.actor = kind, branch, actor
        self.names = roster.person_names(branch)
        self.records: dict[type[models.Model], dict[str, Any]] = {}
        self.lookup = Lookup(person=self._person, record=self._record)
        self.fields = kind.fields()
        self._by_default = list(_by_default(kind))
        self._values: dict[tuple[str, type, object], Any] = {}

    def read_row(self, raw: Mapping[str, object]) -> list[Draft]:
        """The drafts of a row of a sheet: one, or as many as it tells of months."""
        if self.kind.spread is None:
            return [self.read(raw)]
        try:
            return [self.read(row) for row in self.kind.spread.rows(raw, (), self._due)]
        except NotReadable as refusal:
            draft = Draft(branch=self.branch, names=self.names, values={}, raw=raw)
            label = next(field.label for field in self.fields if field.kind == "month")
            draft.wrong(label, str(refusal))
            return [draft]

    def _due(self, person: object, year: int) -> int | None:
        """What is due a month of one on the roster; a name that is not there is told when the row
        is read.
        """
        found = self.names.find(str(person))
        assert self.kind.spread is not None  # noqa: S101  (it asks)
        return self.kind.spread.due(self.branch, found[0].pk, year) if len(found) == 1 else None

    def read(self, raw: Mapping[str, object]) -> Draft:
        """The draft; its `problems` say what is wrong."""
        said = dict(raw) | {p.name: as_text(p, raw.get(p.name)) for p in self.kind.parts}
        draft = Draft(branch=self.branch, names=self.names, values={}, raw=said, entry=self.entry)
        for field in self.fields:
            try:
                draft.values[field.name] = self._value(field, raw.get(field.name))
            except OnlyMonth as refusal:
                draft.problems.append(MonthProblem(str(refusal), column=field.label))
            except Unreadable as refusal:
                draft.wrong(field.label, str(refusal))
        for part in self.kind.parts:
            draft.parts[part.name] = part.rows(row_by_row(part, raw.get(part.name)), draft)
        if not draft.problems:
            self._fill_defaults(draft, raw)
            self.kind.prepare(draft)
        return draft

    def _value(self, field: Field, raw: object) -> object:
        """What a field takes; rows of a sheet often say the same."""
        if not isinstance(raw, _TOLD_AGAIN):
            return parse(field, raw, self.lookup)
        key = field.name, type(raw), raw
        found = self._values.get(key, self)
        if found is self:
            found = self._values[key] = parse(field, raw, self.lookup)
        return found

    def _fill_defaults(self, draft: Draft, raw: Mapping[str, object]) -> None:
        """A column with a default that nothing was written for keeps its default."""
        for column in self._by_default:
            if raw.get(column.name) in (None, ""):
                draft.values[column.name] = column.get_default()

    def must_read(self, raw: Mapping[str, object]) -> Draft:
        """The draft, or BadInput with all that is wrong."""
        draft = self.read(raw)
        if draft.problems:
            raise BadInput(draft.problems)
        return draft

    def _person(self, text: str) -> Person:
        found = self.names.find(text)
        if len(found) == 1:
            return found[0]
        if found:
            raise Unreadable(
                f"本支部有{len(found)}人叫“{text.strip()}”，请写作“姓名（出生日期）”，如“示例甲（1980-05-06）”。"
            )
        other = roster.elsewhere(text, actor=self.actor)
        if other and other != self.branch.short_name:
            raise Unreadable(f"“{text.strip()}”在{other}的花名册上，不是本支部党员。")
        raise Unreadable(f"本支部花名册上没有“{text.strip()}”。")

    def _record(self, model: type[models.Model], text: str) -> Any:
        """The branch's record of that name; the later one when two are called the same."""
        if model not in self.records:
            found = model._default_manager.filter(branch=self.branch, withdrawn_at__isnull=True)
            self.records[model] = {folded(str(one)): one for one in found.order_by("pk")}
        record = self.records[model].get(folded(text))
        if record is None:
            title = model._meta.verbose_name
            known = "、".join(sorted(str(one) for one in self.records[model].values())[:20])
            known = known or f"（尚未登记{title}）"
            raise Unreadable(f"本支部没有{title}“{text.strip()}”，现有：{known}。")
        return record


def label_names(kind: LedgerKind) -> dict[str, str]:
    """Label → name of every field and part, and of the other names that customary sheets have for
    them.
    """
    found = {field.label: field.name for field in kind.fields()}
    found |= {part.label: part.name for part in kind.parts}
    found |= {other: found[label] for other, label in kind.also_called.items()}
    return {other: name for label, name in found.items() for other in _variants(label)} | found


def _variants(label: str) -> list[str]:
    """How else people write a header: 交费时间 for 交费日期, 缴 for 交, 党员姓名 for 姓名."""
    day = (
        label.removesuffix("日期") + "时间" if label.endswith("日期") and len(label) > 2 else label
    )
    who = ["党员姓名"] if label == "姓名" else []
    return [*who, *(text.replace("交", "缴") for text in (label, day)), day]


def unique_key(kind: LedgerKind, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
    """What no two records in force may share; None when the kind has no such key."""
    if not kind.unique:
        return None
    return tuple(getattr(values[column], "pk", values[column]) for column in kind.unique)


def problem_at(row: int, problem: Problem) -> Problem:
    """The same problem with its row."""
    return replace(problem, row=row)
