"""What pages, exports and rules ask of the ledgers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, Q, QuerySet, Sum

from taizhang.kernel.db.questions import Question
from taizhang.kernel.errors import NotAllowed
from taizhang.kernel.secret import SealedIntegerField
from taizhang.kernel.text import brief
from taizhang.ledgers.fields import Field, masked, render, yuan
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds.declarations import Declaration
from taizhang.ledgers.part import Part
from taizhang.ledgers.records import in_force
from taizhang.orgs.actor import Actor
from taizhang.orgs.entry import Entry
from taizhang.orgs.models import Organisation, PartyGroup, Person
from taizhang.orgs.queries import roster as orgs
from taizhang.web.lists.listing import Column, Head, head

PER_PAGE = 50


@dataclass(frozen=True)
class Line:
    """One row of a list."""

    pk: int
    cells: list[str]
    branch: str
    withdrawn: bool
    backfilled: bool


@dataclass(frozen=True)
class LedgerPage:
    """One page of a list, with its columns and how many rows there are in all."""

    heads: list[Head]
    lines: list[Line]
    page: Page[Any]
    total: int

    @property
    def columns(self) -> list[str]:
        """What the columns are called."""
        return [head.label for head in self.heads]


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; all of it stands in the address."""

    branch: int | None = None
    from_on: date | None = None
    to_on: date | None = None
    words: str = ""
    choice: str = ""
    with_withdrawn: bool = False
    sort: str = ""
    """The column to sort by, with `-` before it the other way; else the latest first."""
    per_page: int = PER_PAGE
    in_force: bool = False
    """Whether of what goes on all counts that was in force from the first day on, and not what
    began then.
    """
    among: frozenset[int] | None = None
    """Only records of these branches."""
    keys: frozenset[int] | None = None
    """Only these records."""


def entries(kind: LedgerKind, actor: Actor, filters: Filters) -> QuerySet[Any]:
    """The records of a list that the actor may see, narrowed by its filters, in no order."""
    found = kind.model.objects.visible_to(actor)
    if not filters.with_withdrawn:
        found = found.current()
    narrowed = {
        "branch_id": filters.branch,
        "branch__in": filters.among,
        "pk__in": filters.keys,
        f"{kind.day}__gte": None if filters.in_force else filters.from_on,
        f"{kind.day}__lte": filters.to_on,
    }
    found = found.filter(**{name: value for name, value in narrowed.items() if value is not None})
    if filters.in_force and filters.from_on:
        found = in_force.in_period(found, kind, filters.from_on)
    column = choice_column(kind)
    if filters.choice and column:
        found = found.filter(**{column.name: filters.choice})
    if filters.words:
        found = found.filter(_holding(kind, filters.words))
    return found.order_by(*_order(kind, filters))


_NUMBERS = ("integer", "money", "permille")


def _sorted_by(kind: LedgerKind, field: Field) -> str:
    """The column that a field is sorted by; none where its values are sealed or worked out."""
    if field.name not in kind.asked or field.sensitive or field.kind in ("long", "record"):
        return ""
    if isinstance(kind.model._meta.get_field(field.name), SealedIntegerField):
        return ""
    return f"{field.name}__name" if field.kind == "person" else field.name


def _order(kind: LedgerKind, filters: Filters) -> tuple[str, ...]:
    known = {field.name: _sorted_by(kind, field) for field in kind.fields()}
    column = known.get(filters.sort.removeprefix("-"), "")
    if not column:
        return (f"-{kind.day}", "-pk")
    return (f"-{column}", "-pk") if filters.sort.startswith("-") else (column, "pk")


def _heads(
    kind: LedgerKind, fields: tuple[Field, ...], found: QuerySet[Any], filters: Filters
) -> list[Head]:
    """The heads of a list; money is added up over all its pages."""
    money = [f for f in fields if f.kind == "money" and _sorted_by(kind, f)]
    sums = found.order_by().aggregate(**{f"_{f.name}": Sum(f.name) for f in money}) if money else {}
    told = {f.name: yuan(sums[f"_{f.name}"]) for f in money if sums.get(f"_{f.name}") is not None}
    return [head(column(kind, f), filters.sort, told.get(f.name, "")) for f in fields]


def column(kind: LedgerKind, field: Field) -> Column:
    """A field as a column of the list."""
    number = field.kind in _NUMBERS and not field.choices
    return Column(
        field.name, field.label, number, field.name in kind.listed, bool(_sorted_by(kind, field))
    )


def columns(kind: LedgerKind) -> list[Column]:
    """All that a list of the kind can show: what it usually shows first."""
    usual = {field.name: field for field in (*kind.list_fields(), *kind.fields())}
    return [column(kind, field) for field in usual.values()]


def choice_column(kind: LedgerKind) -> Field | None:
    """The first choice of the list, which it can be narrowed by."""
    return next(
        (f for f in kind.list_fields() if f.kind == "choice" and f.name in kind.asked), None
    )


def _holding(kind: LedgerKind, words: str) -> Q:
    found = Q(pk__in=())
    for field in kind.list_fields():
        if field.kind in ("text", "long") and field.name in kind.asked:
            found |= Q(**{f"{field.name}__contains": words})
        elif field.kind == "person" or field.name == "name":
            owner = field.name if field.kind == "person" else "person"
            found |= Q(**{f"{owner}__name__contains": words})
    return found


def ledger_page(
    *,
    kind: LedgerKind,
    actor: Actor,
    filters: Filters,
    number: str | int = 1,
    names: Sequence[str] = (),
    counts: Mapping[int, int] | None = None,
) -> LedgerPage:
    """One page of a ledger, as far as the actor may see it: its keys by the index of the day, then
    only these rows.

    `names` says which columns, else the usual ones; whoever has the `counts_by_branch` spares
    counting once more.
    """
    known = {field.name: field for field in kind.fields()}
    fields = tuple(known[name] for name in names) or kind.list_fields()
    every = entries(kind, actor, filters)
    pages = Paginator(every.values_list("pk", flat=True), filters.per_page)
    if counts is not None:
        pages.count = sum(n for branch, n in counts.items() if _is_of(branch, filters))
    page = pages.get_page(number)
    model: Any = kind.model
    found = model.objects.filter(pk__in=page.object_list).select_related("branch", *related(kind))
    if kind.extra:
        found = found.select_related("person__personal").prefetch_related("person__stages")
    lines = [_line(kind, fields, entry) for entry in found.order_by(*_order(kind, filters))]
    return LedgerPage(_heads(kind, fields, every, filters), lines, page, page.paginator.count)


def _is_of(branch: int, filters: Filters) -> bool:
    """Whether records of the branch are among those that a list is narrowed to."""
    chosen = filters.branch in (None, branch)
    return chosen and (filters.among is None or branch in filters.among)


def related(kind: LedgerKind) -> list[str]:
    return [f.name for f in kind.fields() if f.kind in ("person", "record")]


def _line(kind: LedgerKind, fields: tuple[Field, ...], entry: Entry) -> Line:
    values = values_of(kind, entry)
    cells = [brief(masked(field, values[field.name]), 40) for field in fields]
    return Line(
        entry.pk,
        cells,
        entry.branch.short_name,
        entry.withdrawn_at is not None,
        entry.entry_mode == "backfill",
    )


def entry(*, kind: LedgerKind, key: int, actor: Actor) -> Entry:
    """One record that the actor may see."""
    found: Entry | None = (
        kind.model.objects.visible_to(actor)
        .select_related("branch", "recorded_by", *related(kind))
        .filter(pk=key)
        .first()
    )
    if found is None:
        raise NotAllowed("没有这条记录，或者您无权查看。")
    return found


def waits(kind: LedgerKind, entry: Any) -> bool:
    """Whether the committee has still to confirm the record."""
    return kind.awaits_confirmation and not entry.confirmed_at and not entry.withdrawn_at


def unconfirmed_within(spans: Sequence[tuple[str, str]]) -> QuerySet[Any]:
    """Declarations of branches in some ranges of paths that the committee has not answered yet."""
    model: Any = Declaration
    found: QuerySet[Any] = model.objects.within(spans).current()
    return found.filter(confirmed_at__isnull=True)


def waiting_declarations(actor: Actor) -> QuerySet[Any]:
    """The same of all that the actor reads, the oldest first."""
    return unconfirmed_within(actor.spans).select_related("branch").order_by("declared_on", "pk")


def declared_items(branch: Organisation, actor: Actor) -> dict[str, list[Any]]:
    """Item → the declarations of a branch that the committee has not answered yet."""
    found: dict[str, list[Any]] = {}
    for one in _DECLARED(branch.pk, *chain(*actor.spans)):
        found.setdefault(one.item, []).append(one)
    return found


_DECLARED: Question[Any] = Question(
    lambda branch, *ends: (
        unconfirmed_within(pairs(ends)).filter(branch=branch).order_by("declared_on", "pk")
    )
)


def as_written(kind: LedgerKind, entry: Entry, *, openly: bool = True) -> dict[str, str]:
    """A record as it would be written into the form: field and part names → text; what is sensitive
    only `openly`.
    """
    values, say = values_of(kind, entry), render if openly else masked
    written = {field.name: say(field, values[field.name]) for field in kind.fields()}
    for part in kind.parts:
        rows = part.model._default_manager.filter(**{part.owner: entry}, **part.where).order_by(
            "pk"
        )
        written[part.name] = _part_told(part, entry, list(rows))
    return written


def as_filled(kind: LedgerKind, entry: Entry, *, openly: bool = True) -> dict[str, Any]:
    """As `as_written`, with the rows below the record row by row: what the form is filled with."""
    written: dict[str, Any] = dict(as_written(kind, entry, openly=openly))
    for part in kind.parts:
        rows = part.model._default_manager.filter(**{part.owner: entry}, **part.where).order_by(
            "pk"
        )
        written[part.name] = [part.writing.told(row) for row in rows] or written[part.name]
    return written


def _part_told(part: Part, entry: Entry, rows: list[Any]) -> str:
    """The rows as text; 无 where the record says that there are none."""
    none = part.name in getattr(entry, "said_none", "").split()
    return part.write(rows) or ("无" if none else "")


@dataclass(frozen=True)
class Statement:
    """One thing that a record says, for reading."""

    label: str
    text: str
    long: bool
    name: str = ""
    """Of the field or part."""


def statements(kind: LedgerKind, entry: Entry, *, openly: bool) -> list[Statement]:
    """What a record says, field by field; what is sensitive only `openly`."""
    written = as_written(kind, entry, openly=openly)
    blank = dict.fromkeys(kind.told_blank, "未填写")
    found = [
        Statement(f.label, written[f.name] or blank.get(f.name, ""), f.kind == "long", f.name)
        for f in kind.fields()
    ]
    found += [
        Statement(part.label, written[part.name], long=True, name=part.name) for part in kind.parts
    ]
    said = {f.label for f in kind.fields() if f.unknown}
    return [line for line in found if line.text and (line.text != "否" or line.label in said)]


def export_rows(
    *, kind: LedgerKind, actor: Actor, filters: Filters
) -> tuple[list[str], Iterator[list[str]]]:
    """Headers and rows of a ledger for a sheet; what is sensitive is masked."""
    fields = kind.fields()
    found = entries(kind, actor, filters).order_by(kind.day, "pk")
    found = found.select_related("branch", *related(kind))
    if kind.extra:
        found = found.select_related("person__personal").prefetch_related("person__stages")
    found = with_parts(kind, found)
    headers = ["党支部", *(f.label for f in fields), *(p.label for p in kind.parts)]
    return headers, _rows(kind, fields, found)


def with_parts(kind: LedgerKind, found: QuerySet[Any]) -> QuerySet[Any]:
    """The records with the rows below them, in one query for each part."""
    for part in kind.parts:
        rows = part.model._default_manager.filter(**part.where).order_by("pk")
        owner: Any = part.model._meta.get_field(part.owner)
        related = str(owner.remote_field.related_name)
        found = found.prefetch_related(Prefetch(related, rows, to_attr=f"_{part.name}"))
    return found


def written_parts(kind: LedgerKind, entry: Entry) -> dict[str, str]:
    """The parts of a record that came `with_parts`, as text."""
    return {
        part.name: _part_told(part, entry, getattr(entry, f"_{part.name}")) for part in kind.parts
    }


def values_of(kind: LedgerKind, entry: Entry) -> dict[str, Any]:
    """What a record says, by field names."""
    own = {name: getattr(entry, name) for name in kind.asked}
    return kind.read_extra(entry) | own if kind.extra else own


def _rows(kind: LedgerKind, fields: tuple[Field, ...], found: QuerySet[Any]) -> Iterator[list[str]]:
    for one in found.iterator(chunk_size=2000):
        values = values_of(kind, one)
        yield [
            one.branch.short_name,
            *(masked(f, values[f.name]) for f in fields),
            *written_parts(kind, one).values(),
        ]


def roster(branch: Organisation, kind: str, group: PartyGroup | None, day: date) -> list[Person]:
    """Who is expected at a meeting of that kind on that day."""
    return list(orgs.expected(kind, branch, group, day))


def unique_name(person: Person, people: list[Person]) -> str:
    """The name, with the birthday where two bear it."""
    same = sum(other.name == person.name for other in people)
    return f"{person.name}（{person.birth_on}）" if same > 1 and person.birth_on else person.name


def pairs(ends: Sequence[str]) -> list[tuple[str, str]]:
    """Ranges of paths that were given one end after the other."""
    return list(zip(ends[::2], ends[1::2], strict=True))


def records_of(model: type[Any], branch: Organisation, actor: Actor) -> list[Any]:
    """The branch's records of a model, for a choice."""
    asked = _OF_BRANCH.setdefault(model, _of_branch(model))
    return asked(branch.pk, *chain(*actor.spans))


_OF_BRANCH: dict[Any, Question[Any]] = {}


def _of_branch(model: type[Any]) -> Question[Any]:
    return Question(
        lambda branch, *ends: (
            model.objects.within(pairs(ends)).current().filter(branch=branch).order_by("pk")
        )
    )


def keys_between(
    kind: LedgerKind, branch: Organisation, days: tuple[date, date], actor: Actor
) -> list[int]:
    """The keys of the branch's records of a kind that are of these days, in order."""
    found = kind.model.objects.visible_to(actor).current().filter(branch=branch)
    found = found.filter(**{f"{kind.day}__range": days})
    return list(found.order_by("pk").values_list("pk", flat=True))


def groups(branch: Organisation, actor: Actor) -> list[PartyGroup]:
    """The branch's Party groups, for a choice."""
    return records_of(PartyGroup, branch, actor)


def people(branch: Organisation) -> list[Person]:
    """Everybody ever on the branch's roster, for a choice."""
    found = orgs.person_names(branch).by_name
    return [person for persons in found.values() for person in persons]
