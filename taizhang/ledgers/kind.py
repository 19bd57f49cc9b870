"""What the rest of the system needs to know about one kind of ledger."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum
from functools import cached_property
from typing import Any, TypeVar

from django.db import models

from taizhang.ledgers.fields import Field, of_model
from taizhang.ledgers.part import Draft, Part
from taizhang.ledgers.written.tables import Cells, Unfolded
from taizhang.orgs.actor import Actor
from taizhang.orgs.entry import Entry

One = TypeVar("One")


@dataclass(frozen=True, kw_only=True)
class FactTable:
    """A table of plain columns that rules may see: fact column → path from the model."""

    name: str
    model: type[models.Model]
    columns: dict[str, str]
    title: str = ""
    """What people call what it holds, where that is neither the kind nor one of its parts."""
    where: Mapping[str, object] = field(default_factory=dict)
    distinct: bool = False
    expand: Callable[[tuple[Any, ...]], tuple[Any, ...]] | None = None
    """Replaces the last column by the columns named in `expanded`."""
    expanded: tuple[str, ...] = ()
    record: str = "id"
    """The path to the key of the record that a row belongs to."""
    cut: tuple[str, ...] = ()
    """Of a table that grows with every month: the columns of days by which some years of it are
    read.
    """


def always(entry: Entry) -> bool:
    """For every record."""
    del entry
    return True


@dataclass(frozen=True, kw_only=True)
class Gives:
    """A record of another ledger that follows from one of this kind: entered once, used in both."""

    to: str
    """The other kind's slug."""
    # Functions of a kind take its own record, which Entry does not know: hence Any in their types.
    values: Callable[[Any], dict[str, str]]
    """What the record already knows of the other, as it would be written into its form."""
    when: Callable[[Any], bool] = always


@dataclass(frozen=True, kw_only=True)
class Leaving:
    """What a record says of a person's leaving the branch: the day, where it is known, and why."""

    day: date | None
    reason: str
    """A code of the reasons for leaving of the roster."""


def nobody_leaves(entry: Entry) -> Leaving | None:
    """A record that does not tell of anybody's leaving."""
    del entry
    return None


@dataclass(frozen=True, kw_only=True)
class SameEvent:
    """Another ledger whose records tell of the same event: both lie on one day."""

    to: str
    """The other kind's slug."""
    day: str
    """The path of the event's day from a record of this kind; in the other ledger it is the day of
    the record.
    """
    where: Mapping[str, object] = field(default_factory=dict)
    """What a record of the other ledger must be."""
    own: Mapping[str, object] = field(default_factory=dict)
    """What a record of this kind must be."""


class PaperForm(Enum):
    """The customary form in which the records of a kind are printed, and left blank to be filled in
    by hand.
    """

    CARD = "card"
    """Each record a form of its own."""
    TABLE = "table"
    """A row for each record."""
    MINUTES = "minutes"
    """会议记录."""
    CASE = "case"
    """发展党员全程纪实表, with its 25 steps."""
    ROSTER = "roster"
    """党员花名册 of a day."""
    DUES = "dues"
    """党费收缴台账 of a year, a column for each month."""
    CHART = "chart"
    """组织架构图 of a day, drawn from posts and groups."""


@dataclass(frozen=True, kw_only=True)
class Lasting:
    """Records that hold from their day on: a period has all that were in force in it, not only
    those that began in it.
    """

    until: str = ""
    """The column that says when one ended; a column of months means the end of the month."""
    replaced: bool = False
    """Whether the next one takes the place of the one before, though nobody wrote down that it
    ended.
    """
    sort: str = ""
    """The column that versions of the same thing share, where there are several things."""


@dataclass(frozen=True, kw_only=True)
class OwnPage:
    """A page on which records of one kind are entered in a way of their own."""

    url: str
    """Its name among the addresses."""
    label: str
    enters: bool = False
    """Whether it stores records by month, and so stands for the form where one is missing."""


@dataclass(frozen=True, kw_only=True)
class Entering:
    """What is special about the form of a kind."""

    pages: tuple[OwnPage, ...] = ()
    ticks_roster: bool = False
    """Whether those present are ticked on the roster of the day; the check then lays the roster
    beside the lists.
    """
    copied: tuple[str, ...] = ()
    """The columns that a new record takes from the last one of its sort."""
    of_same: tuple[str, ...] = ()
    """The columns in which that last one must agree with what the form says."""
    asked_for: Mapping[str, str] = field(default_factory=dict)
    """Field → the sort of records (as its label says it) that alone has it."""
    headings: Mapping[str, str] = field(default_factory=dict)
    """Field or part → what stands above it, where a form is long."""
    worked_out: Mapping[str, str] = field(default_factory=dict)
    """Column of facts → the field or part that it is worked out of, where it is not called by that
    (`forms.places`).
    """

    @property
    def by_page(self) -> bool:
        """Whether records are usually entered on a page of their own, not one by one."""
        return any(page.enters for page in self.pages)


FOR_EVER = None
"""Records that are never destroyed."""
NOBODY = ""
"""Records that are not about one person."""

ByValue = tuple[str, Mapping[str, One]]
"""What differs by the value of a column: the column, and what each of its values means."""

Unfold = Callable[[Cells, Mapping[str, str]], Unfolded | None]
"""(table, what was said beside it) → its rows in the columns of the ledger, or None when it is no
such sheet.
"""


@dataclass(frozen=True, kw_only=True)
class Spread:
    """How one row of a sheet that tells of several months becomes a row for each."""

    beside: Mapping[str, str]
    """Columns that are read for it and stored nowhere: header → name."""
    rows: Callable[..., list[dict[str, Any]]]
    """(row, years of the title, what is due: (person as written, year) → amount) → rows; raises
    NotReadable.
    """
    due: Callable[[Any, int, int], int | None]
    """(branch, person, year) → what is due a month, by the records of the branch."""


SECTIONS = (
    "党员和组织", "制度体系", "班子建设", "发展党员", "党员教育", "党员管理", "党费", "联系服务群众", "党内政治生活", "阵地和经费", "专项",
)  # fmt: skip


def nothing(draft: Draft) -> None:
    """A kind whose columns are all asked."""


def year_day(draft: Draft) -> None:
    """The first day of the year that a record is of, by which it stands in lists and rules."""
    year = draft.values["year"]
    if not 1949 <= year <= 2100:
        draft.wrong("年度", f"“{year}”不是年份。")
    else:
        draft.values["year_on"] = date(year, 1, 1)


def in_days(draft: Draft, first: str, last: str, label: str, before: str) -> None:
    """The second day does not lie before the first; either may be missing."""
    one, two = draft.values[first], draft.values[last]
    if one is not None and two is not None and two < one:
        draft.wrong(label, f"早于{before}。")


def no_extra(entry: Entry) -> dict[str, Any]:
    """A kind without fields beside its columns."""
    return {}


@dataclass(frozen=True, kw_only=True)
class LedgerKind:
    """All that pages, import, export, API and rules need to know about one kind of ledger."""

    slug: str
    title: str
    model: type[Entry]
    asked: tuple[str, ...]
    listed: tuple[str, ...]
    day: str
    """The column that says when it happened."""
    facts: tuple[FactTable, ...] = ()
    parts: tuple[Part, ...] = ()
    extra: tuple[Field, ...] = ()
    """Fields that are asked but are no columns of the model; `prepare` turns them into columns."""
    prepare: Callable[[Draft], None] = nothing
    read_extra: Callable[[Any], dict[str, Any]] = no_extra
    stored: Callable[[Any, Draft, Actor, datetime], None] | None = None
    """Called with (entry, draft, actor, now) in the transaction after storing."""
    titles: tuple[str, ...]
    """What documents and sheets of the kind are customarily called (DOMAIN 7.11 and the items' own
    words).
    """
    titles_by: ByValue[tuple[str, ...]] | None = None
    """What those of one sort are called besides."""
    kept_years: int | None
    """保管期限 (DOMAIN 4.10), counted from the end of a record's year; `FOR_EVER` where none is
    destroyed.
    """
    kept_by: ByValue[int | None] | None = None
    """The same, where it differs by sort."""
    owner: str
    """The path to the name of the person whom a record is about; `NOBODY` where it is about no
    single one.
    """
    form: PaperForm
    same_event: tuple[SameEvent, ...]
    """The ledgers that tell of the same event; said by the one that follows from the other."""
    search_names: tuple[str, ...]
    """Fields of plain text with the name of a person, which the search finds by pinyin as it finds
    references to persons.
    """
    lasting: Lasting | None = None
    """How records hold on after their day; none for what is over with it."""
    is_event: bool = False
    """Whether a record is something held on its day, which photographs, rooms and expenses may
    belong to.
    """
    is_roster: bool = False
    """Whether it says who belongs to the branch: a person who is known is looked up in it, not
    entered again.
    """
    begins_as: int = 0
    """Its place among the sheets with which a bureau begins (开局工作簿), after those whose names it
    uses; 0: it is none of them.
    """
    awaits_confirmation: bool = False
    """Whether a record counts only when the committee has confirmed it."""
    subject_of: tuple[str, ...] = ()
    """The tables of what is due for each record: a rule about their rows points at the record."""
    makes: tuple[str, ...] = ()
    """The tables that are made of its records: where a row of theirs is missing, a record is."""
    entering: Entering = Entering()
    items: tuple[str, ...] = ()
    """The items of the catalogue that it serves."""
    told_blank: tuple[str, ...] = ()
    """The columns of which a record says 未填写 where nobody wrote anything: facts that are never
    supposed.
    """
    texts: tuple[str, ...] = ()
    """The columns whose words are looked at."""
    compared: tuple[str, ...] = ()
    """Long columns that are compared by themselves too: copied, though the rest of the record
    differs.
    """
    also_called: dict[str, str] = field(default_factory=dict)
    """Headers of customary sheets (DOMAIN 7.11) → the label that they mean."""
    not_taken: tuple[str, ...] = ()
    """Headers of customary sheets that are kept elsewhere or not at all."""
    also_people: tuple[str, ...] = ()
    """Headers of columns with a person of whom a row says the same as of those in its own column:
    the leader of a group is one of it.
    """
    second: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Label → header of a second column of the same meaning → the label that it has beside the
    first: of 项目 and 用途 the one is the category and the other what it was spent on. A header that
    is not named here is told, and goes into no other field.
    """
    unfold: Unfold | None = None
    """Reads a customary sheet of another shape."""
    unfolded: tuple[str, ...] = ()
    """The labels of the columns that `unfold` gives."""
    unfolds_where: tuple[str, ...] = ()
    """Words of which one stands in or around such a sheet: names and months alone may count hours
    or marks.
    """
    spread: Spread | None = None
    tells_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Other ledgers that its customary sheets have something for besides: slug → fields, all of
    which a row must say.
    """
    around: tuple[str, ...] = ()
    """Ledgers of which the lines above and below its customary lists tell: how many ballots were
    cast, above the marks of each member.
    """
    rows_in: str = ""
    """The text that keeps the rows of its customary sheet, a line each: the months of a plan."""
    indexed: bool = True
    """Whether its words go into the index of the search; else its texts are looked through when
    somebody searches.
    """
    unique: tuple[str, ...] = ()
    """Columns (besides the branch) that no two records in force share."""
    completes: bool = False
    """Of a sheet, a row that agrees with a record with its key fills what that left blank: another
    ledger made it, or it was handed out to be completed.
    """
    gives: tuple[Gives, ...] = ()
    leaving: Callable[[Any], Leaving | None] = nobody_leaves
    """Whether a record says that its person left the branch: the roster can follow it."""
    papers: tuple[tuple[str, str], ...] = ()
    """Papers of their own that a record is printed as: (slug, title); `papers` makes them."""
    office_papers: tuple[tuple[str, str], ...] = ()
    """The same, of those with which the committee answers: its organisation section prints them."""
    example: dict[str, str] = field(default_factory=dict)
    about: str = ""
    section: str = ""
    """Under which heading the list of all kinds has it: one of `SECTIONS`."""

    def __str__(self) -> str:
        """As in an address."""
        return self.slug

    def fields(self) -> tuple[Field, ...]:
        """What is asked, in order; extra fields first."""
        return self._fields

    @cached_property
    def _fields(self) -> tuple[Field, ...]:
        return (*self.extra, *(of_model(self.model, name) for name in self.asked))

    def list_fields(self) -> tuple[Field, ...]:
        """What a list shows."""
        own = {f.name: f for f in self.extra}
        return tuple(own.get(name) or of_model(self.model, name) for name in self.listed)

    def sources(self) -> tuple[str, ...]:
        """Under which names its texts are compared: the record's, and those of its columns."""
        return (self.slug, *(f"{self.slug}.{name}" for name in self.compared))

    def called(self, table: FactTable) -> str:
        """What people call the rows of one of its tables; 记录 is left to the sentence."""
        part = next((part.label for part in self.parts if part.model is table.model), self.title)
        return table.title or part.removesuffix("记录")

    def day_of(self, entry: Entry) -> date | None:
        """When it happened."""
        found: date | None = getattr(entry, self.day)
        return found


def entry_facts(name: str, model: type[models.Model], *columns: str, **renamed: str) -> FactTable:
    """A fact table with the record's key, its branch and these columns of it."""
    paths = {"id": "id", "branch_id": "branch_id"} | {c: c for c in columns} | renamed
    return FactTable(name=name, model=model, columns=paths, where={"withdrawn_at__isnull": True})


def part_facts(
    name: str, model: type[models.Model], owner: str, *columns: str, **renamed: str
) -> FactTable:
    """A fact table of rows below a record, with the record's branch."""
    paths = {"id": "id", "branch_id": f"{owner}__branch_id", f"{owner}_id": f"{owner}_id"}
    paths |= {c: c for c in columns} | renamed
    alive = {f"{owner}__withdrawn_at__isnull": True}
    return FactTable(name=name, model=model, columns=paths, where=alive, record=f"{owner}_id")


def by_years(table: FactTable, *columns: str) -> FactTable:
    """A table that grows with every month, of which some years are read by these
    columns of days.
    """
    return replace(table, cut=columns)
