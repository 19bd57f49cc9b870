"""What a rule is: data that can judge one branch in plain Python.

`rules.columnar` says the same of all branches at once; `tests/rules` holds the two together. A
result is a set of rows, whose order means nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from operator import attrgetter
from string import Formatter
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from taizhang.kernel.calendar import FOREVER, Grain, Window, windows
from taizhang.rules import basis as sources
from taizhang.rules.basis import HINT, Bases, Basis

if TYPE_CHECKING:
    from taizhang.rules.duty import OfMembers, WindowRule

Scalar = str | int | None
Where = dict[str, Scalar | list[Scalar]]
Severity = Literal["error", "warn", "info"]
Compared = Literal["texts", "speeches", "times", "roster"]
"""What is laid side by side: texts of records, what persons said at a meeting, two times of a day,
the roster of a day and who came.
"""
Remedy = Literal["now", "correct", "past"]
"""What is still to be done about a fault: it can be made good, the record can be corrected, or its
time is over.
"""
NONE = -1
"""Stands for "no such record" or "no such number" in a suspicion: columns are never null."""


class Suspicion(NamedTuple):
    """A machine's hint (疑点): which rule, where, and the numbers found and wanted. Only a person
    makes it a finding.
    """

    rule: str
    branch_id: int
    window: str
    subject: int = NONE
    other: int = NONE
    found: int = NONE
    wanted: int = NONE
    detail: str = ""
    certain: int = 1
    """0 when the data cannot tell: then the verdict is "a person must judge", never a pass."""


FILLED = (
    "window", "person", "whose", "theirs", "group", "other", "another", "found", "wanted", "found_yuan", "wanted_yuan", "apart", "detail",
)  # fmt: skip
"""What a sentence is filled with: the window, whom it is about (`other`, `subject` where it is
another person, the record's own, the other record's own), the group, the day of the other record,
what the other record is called, numbers, amounts, days earlier or later, and the rule's own detail.
"""
_TOLD = {
    "id", "severity", "says", "finding", "official", "remedy", "basis", "needs", "beside", "other_is",
}  # fmt: skip
"""Fields of a rule that change nothing in what it finds."""
_CHOOSING = ("day", "end", "subject")
"""Fields of a rule that say which rows it judges, and when."""
COLUMNS = ("branch_id", "window", "subject", "other", "found", "wanted", "detail", "certain")


@dataclass(frozen=True)
class Period:
    """The days inspected, and the day as of which they are judged."""

    from_on: date
    to_on: date
    on: date

    @property
    def last(self) -> date:
        """The last day that counts: nothing after the day of judging has happened yet."""
        return min(self.to_on, self.on)

    def due(self, grain: Grain) -> Iterator[Window]:
        """The windows that lie wholly inside the period and are over on the day of judging."""
        for window in windows(grain, self.from_on, self.last):
            if window.starts_on >= self.from_on and window.ends_on <= self.last:
                yield window

    def begun(self, grain: Grain) -> Iterator[Window]:
        """The windows that begin inside the period, whether they are over or not."""
        for window in windows(grain, self.from_on, self.last):
            if window.starts_on >= self.from_on:
                yield window


@dataclass
class Facts:
    """The rows of one branch, by table; rows are named tuples of plain values."""

    branch_id: int
    tables: dict[str, Sequence[Any]]
    _indexes: dict[tuple[str, tuple[str, ...], str], dict[Any, list[Any]]] = field(
        default_factory=dict
    )
    memo: dict[Any, Any] = field(default_factory=dict)

    def rows(self, table: str) -> Sequence[Any]:
        """All rows of a table."""
        return self.tables.get(table, ())

    def index(self, table: str, *columns: str, where: Where | None = None) -> dict[Any, list[Any]]:
        """The rows of a table that meet conditions by one or more columns, made once."""
        key = (table, columns, str(where or ""))
        if key not in self._indexes:
            rows = self._chosen(table, where) if where else self.rows(table)
            self._indexes[key] = by_columns(rows, columns)
        return self._indexes[key]

    def _chosen(self, table: str, where: Where) -> list[Any]:
        groups = self.index(table, *where)
        return [row for values in combinations(where) for row in groups.get(values, ())]

    @property
    def branch(self) -> Any:
        """The branch's own row."""
        return self.tables["branches"][0]

    def lived_through(self, window: Window) -> bool:
        """Whether the branch existed on every day of a window."""
        own = self.branch
        ended = own.dissolved_on or FOREVER
        return bool(own.founded_on <= window.starts_on and ended > window.ends_on)


Schema = dict[str, dict[str, str]]
"""Table → column → type: int64, date or string."""
Cut = Mapping[str, tuple[str, ...]]
"""Tables that are read for some years only → the columns of days, one of which lies in
these years.
"""


class Look(NamedTuple):
    """A table that a rule reads; a row that does not meet `where` is to the rule as if it were not
    there.
    """

    table: str
    where: Where = {}


def whole(*tables: str) -> list[Look]:
    """Tables of which every row may matter."""
    return [Look(table) for table in tables]


class Rule(BaseModel):
    """A requirement as data. `from` and `until` are days of the event, not of the check (DOMAIN
    0.2).
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    id: str
    severity: Severity
    kind: str
    says: str = ""
    """The requirement in one Chinese sentence."""
    finding: str
    """Template of the draft sentence, in which `FILLED` stand in braces."""
    official: str = ""
    """The same for a letter, where the sentence on the screen speaks of the system or can be read
    in two ways.
    """
    remedy: Remedy | None = None
    """What is still to be done about it, where it is not what is usual for the kind."""
    basis: Bases = ()
    """What it rests on, first of all on its first days; the catalogue takes it from its table of
    sources.
    """
    from_: date = Field(date.min, alias="from")
    until: date = date.max
    needs: tuple[str, ...] = ()
    """Tables without which nothing can be said: empty for a branch, the rule cannot tell."""
    beside: str = ""
    """The field of the form that the hint is shown beside."""
    other_is: Literal["", "person", "group", "record"] = ""
    gives_way_to: str = ""
    """The name of a rule of the same item that tells the same fact more gravely, or several with
    blanks between: where one of these speaks of the same record and day, this one is silent.
    """

    usual_remedy: ClassVar[Remedy] = "past"
    of_records: ClassVar[bool] = True
    """Whether it speaks of records of its own table; a kind that speaks of a window or of a person
    says no.
    """
    compares: ClassVar[Compared] = "texts"
    """What is laid side by side when somebody looks at what it compared."""
    own_columns: ClassVar[tuple[str, ...]] = ("day",)
    """Its fields that hold columns of its own table: names, lists of names, or words by name."""

    @field_validator("finding", "official")
    @classmethod
    def _can_be_filled(cls, text: str) -> str:
        parts = [
            (name, spec, how) for _, name, spec, how in Formatter().parse(text) if name is not None
        ]
        if any(name not in FILLED or spec or how for name, spec, how in parts):
            raise ValueError(f"braces hold one of {', '.join(FILLED)}")
        return text

    @model_validator(mode="after")
    def _says_no_more(self) -> Self:
        """A letter can only be filled with what the screen is filled with."""
        said, officially = (_slots(text) for text in (self.finding, self.official))
        if not officially <= said:
            raise ValueError(
                f"{'、'.join(sorted(officially - said))} must stand in the finding too"
            )
        return self

    @property
    def letter(self) -> str:
        """The template of the sentence for a letter."""
        return self.official or self.finding

    @property
    def to_do(self) -> Remedy:
        """What is still to be done about what it finds."""
        return self.remedy or self.usual_remedy

    across: bool = False
    """Compares branches with each other: then `judge_across` speaks, not `judge`."""

    def judge(self, branch: Facts, period: Period) -> Iterator[Suspicion]:
        """One branch, plain Python: right by definition."""
        raise NotImplementedError

    def judge_across(self, everybody: Facts, period: Period) -> Iterator[Suspicion]:
        """All branches together, for a rule that compares them; `everybody` holds the
        rows of all.
        """
        raise NotImplementedError

    def own(self) -> Look:
        """The table of its own rows, and what these must meet; no name where it has none."""
        return Look("")

    def columns_named(self) -> set[str]:
        """The columns of its own table that it names."""
        held = [getattr(self, field, "") for field in self.own_columns]
        lists = [one if isinstance(one, list | dict) else [one] for one in held]
        return {c for one in lists for c in one if isinstance(c, str) and c} | {*self.own().where}

    def filled(self) -> tuple[str, ...]:
        """The columns of its own table that it wants filled."""
        return ()

    def spoken_of(self, detail: str = "") -> Iterator[str]:
        """The columns of its own table that a suspicion speaks of: what is judged before the day by
        which rows are chosen.
        """
        del detail
        held = (getattr(self, name, "") for name in self.own_columns if name not in _CHOOSING)
        for one in (*held, self.told_day()):
            lists = one if isinstance(one, list | tuple | dict) else [one]
            yield from (name for name in lists if isinstance(name, str) and name)

    def subjects(self) -> str:
        """The table that `subject` is a key of; empty when the rule points at no record."""
        return self.own().table if self.of_records else ""

    def key(self) -> str:
        """The column of that table from which `subject` is taken."""
        return "id"

    def told_day(self) -> str:
        """The column of the day on which what it judges happened; empty where it judges no rows."""
        return ""

    def missing(self) -> Look | None:
        """What must be recorded to mend what it tells: the table, and what the row must be; none
        where no row is missing.
        """
        return None

    def counted(self) -> list[Look]:
        """Of which rows it tells, to be shown as a list: first what is missing, last what should
        not be there.
        """
        own = self.own()
        return [own] if own.table else []

    def is_duty(self) -> bool:
        """Whether it asks for what must be there, and not as a mere hint."""
        return False

    def tells_windows(self) -> bool:
        """Whether what it tells stands in months, quarters, halves and years, and not on days."""
        return self.each_window() is not None

    def asked_of(self) -> Literal["branch", "group", "person"]:
        """Of whom what it asks for is due."""
        return "branch"

    def each_window(self) -> WindowRule | None:
        """Itself, where it is a duty of each window of the branch or of its groups."""
        return None

    def each_member(self) -> OfMembers | None:
        """What is due of each member in each window, where it is a duty of members."""
        return None

    def bits_apart(self) -> int | None:
        """In how many bits the marks of two pictures may differ that it takes for one; none where
        it asks for the same file.
        """
        return None

    def looks_at(self) -> list[Look]:
        """The tables that it reads besides those of `needs`, and what a row must meet there to
        change what it says.
        """
        table = self.own().table
        return [Look(table)] if table else []

    def uses(self) -> set[str]:
        """Those tables: facts, and tables that follow from facts."""
        return {look.table for look in self.looks_at()}

    def alike_but(self, *fields: str) -> str:
        """All that it asks, without some fields: rules of which this is the same differ in nothing
        else.
        """
        return json.dumps(self.model_dump(mode="json", exclude=_TOLD | {*fields}), sort_keys=True)

    def meets_by(self) -> tuple[str, ...]:
        """Columns of its ledger: it sets rows of two branches side by side only where one of these
        holds the same in both.
        """
        return ()

    def by_record(self) -> Mapping[str, str]:
        """Table → its column of the record, where only that record's rows matter to what is said of
        it; none in doubt.

        Which record is spoken of is the `subject` of a suspicion.
        """
        return {}

    def one_year(self, cut: Cut) -> bool:
        """Whether each of its windows lies in a year and rests, in the tables that are cut, on that
        year's rows alone.
        """
        return self.one_day(cut)

    def one_day(self, cut: Cut) -> bool:
        """The same of a day: each window is one, and rests on that day's rows alone."""
        del cut
        return False

    def by_person(self) -> Mapping[str, str]:
        """Table → its column of a person, where a row matters only to what is said of that person.

        Who is spoken of is the `other` of a suspicion. Tables that are not named may matter to
        everybody.
        """
        return {}

    def rests_on(self, window: str = "") -> Basis:
        """What is held against something of that window; without one, what it rests on
        in general.
        """
        day = sources.first_day(window)
        if day is None:
            return self.basis[0] if self.basis else HINT
        return sources.on(self.basis, max(day, self.from_))

    def runs_on(self, day: date) -> bool:
        """Whether the rule was in force on the day of an event."""
        return self.from_ <= day < self.until

    def touches(self, period: Period) -> bool:
        """Whether the rule was in force on some day of the period: else there is nothing that could
        not be told.
        """
        return self.from_ <= period.last and self.until > period.from_on

    def hint(self, branch: Facts, window: str, **values: Any) -> Suspicion:
        """A suspicion of this rule."""
        return Suspicion(self.id, branch.branch_id, window, **values)


def giving_way(rules: Iterable[Rule]) -> dict[str, set[str]]:
    """Rules that give way to others of these → those others, with their variants of other days."""
    variants: dict[str, set[str]] = {}
    yielding = []
    for rule in rules:
        variants.setdefault(rule.id.partition("@")[0], set()).add(rule.id)
        if rule.gives_way_to:
            yielding.append(rule)
    found = {}
    for rule in yielding:
        item = rule.id.partition(":")[0]
        graver = (variants.get(f"{item}:{code}", ()) for code in rule.gives_way_to.split())
        found[rule.id] = set().union(*graver)
    return found


def _slots(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def by_columns(rows: Sequence[Any], columns: tuple[str, ...]) -> dict[tuple[Any, ...], list[Any]]:
    """Rows by their values in these columns; without columns all are together."""
    if not columns:
        return {(): list(rows)}
    found: dict[tuple[Any, ...], list[Any]] = {}
    if len(columns) == 1:
        one = attrgetter(columns[0])
        for row in rows:
            found.setdefault((one(row),), []).append(row)
    else:
        several = attrgetter(*columns)
        for row in rows:
            found.setdefault(several(row), []).append(row)
    return found


def combinations(where: Where) -> Iterator[tuple[Any, ...]]:
    """Every tuple of values that meets the conditions; null in a list meets nothing."""
    choices = (
        [value for value in dict.fromkeys(wanted) if value is not None]
        if isinstance(wanted, list)
        else [wanted]
        for wanted in where.values()
    )
    return product(*choices)


def matches(row: object, where: Where) -> bool:
    """Whether a row meets all conditions; null meets only null."""
    for column, wanted in where.items():
        value = getattr(row, column)
        if isinstance(wanted, list):
            if value not in wanted or value is None:
                return False
        elif value != wanted:
            return False
    return True
