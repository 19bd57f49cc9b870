"""The ledger book of a branch for a period: cover, contents by 大类, each ledger in its form, and the
list of evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from taizhang.catalogue.model import Item
from taizhang.checks import engine
from taizhang.checks.reasons.queries import grouped, kinds_for, must_have_scope
from taizhang.checks.reasons.record_links import TABLES
from taizhang.kernel.calendar import month_end
from taizhang.kernel.errors import BadInput
from taizhang.kernel.writing.moments import day_of
from taizhang.ledgers.evidence import queries as evidence_queries
from taizhang.ledgers.fields import masked
from taizhang.ledgers.kind import LedgerKind, PaperForm
from taizhang.ledgers.kinds import KINDS, dues_assessments, dues_exemptions, dues_payments, members
from taizhang.ledgers.models import EvidenceLink
from taizhang.ledgers.office import chart
from taizhang.ledgers.records import in_force, queries
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation
from taizhang.orgs.queries import roster as orgs
from taizhang.papers.documents import attached, ledger_forms
from taizhang.papers.marks import mark as marks
from taizhang.papers.official.paper import in_full
from taizhang.papers.paper import Attached, Block, Chapter, Note, Paper, Section, Table
from taizhang.papers.wording import days_told

LONGEST_YEARS = 10


@dataclass(frozen=True)
class Wanted:
    """Whose book, and for which days."""

    branch: Organisation
    from_on: date
    to_on: date
    actor: Actor
    files: bool = False
    """Whether its pictures and PDFs are printed behind it."""

    @property
    def judged_on(self) -> date:
        """The day as of which the branches are judged: what is due later is not owed yet."""
        return must_have_scope().on or timezone.localdate()

    @property
    def days(self) -> str:
        """The period in words."""
        return days_told(self.from_on, self.to_on)

    @property
    def nothing(self) -> Note:
        """What stands where the ledgers of the period have nothing: that it is not there, not that
        it did not happen.
        """
        return Note(f"{self.days}：无（台账中没有登记）。")


def must_fit(wanted: Wanted) -> None:
    """Refuses days that make no book."""
    if wanted.to_on < wanted.from_on:
        raise BadInput("止日早于起日。")
    if wanted.to_on.year - wanted.from_on.year >= LONGEST_YEARS:
        raise BadInput(f"一册最多{LONGEST_YEARS}年，请分册打印。")


def ledger_book(wanted: Wanted, made_on: date) -> Paper:
    """The whole book. What is sensitive is masked."""
    must_fit(wanted)
    catalogue = engine.catalogue(must_have_scope().catalogue)
    homes = _homes(catalogue.items)
    chapters = [
        Chapter(f"{_NUMERALS[at]}、{category}", [_section(wanted, item, homes) for item in items])
        for at, (category, items) in enumerate(grouped(catalogue.items))
    ]
    more = [_own_section(wanted, kind) for kind in KINDS.values() if not kind.items]
    special = [section for section in more if section.blocks]
    special = special or [Section("专项和申报", "", [wanted.nothing])]
    files, printed = _evidence(wanted)
    chapters.append(Chapter("附　专项、申报和佐证材料", [*special, *files]))
    return replace(cover(wanted, made_on), chapters=chapters, attached=printed)


def cover(wanted: Wanted, made_on: date) -> Paper:
    """The book without what is in it."""
    return Paper(
        "党支部台账",
        wanted.branch.full_name_on(wanted.to_on),
        [f"起止日期：{wanted.days}", f"打印日期：{in_full(made_on)}"],
        footer=f"{wanted.branch.short_name_on(wanted.to_on)}　{wanted.days}",
        mark=marks.of_book(wanted.branch, wanted.from_on, wanted.to_on),
    )


_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class _Homes:
    """Under which item each kind is printed. A kind of which several items keep a part is printed
    in parts, and what belongs to none of these items under the first of its other ones.
    """

    parts: dict[str, list[dict[str, Any]]]
    """Kind → what the rows of each part are."""
    home: dict[str, str]
    numbers: dict[str, int]
    """Item → which it is in the book: people count items, and do not know our names of them."""


def _own_kind(item: Item) -> str:
    """The kind that an item is kept in."""
    kept = item.kept_in
    return TABLES[kept.ledger][0].slug if kept and kept.ledger in TABLES else ""


def _homes(items: Iterable[Item]) -> _Homes:
    parts: dict[str, list[dict[str, Any]]] = {}
    home: dict[str, str] = {}
    known = list(items)
    for item in known:
        if item.kept_in and _own_kind(item):
            if item.kept_in.where:
                parts.setdefault(_own_kind(item), []).append(dict(item.kept_in.where))
            else:
                home.setdefault(_own_kind(item), item.id)
    for item in known:
        for slug, _ in kinds_for(item.id):
            if not (slug in parts and slug == _own_kind(item)):
                home.setdefault(slug, item.id)
    numbers = {item.id: number for number, item in enumerate(known, start=1)}
    return _Homes(parts, home, numbers)


def _section(wanted: Wanted, item: Item, homes: _Homes) -> Section:
    own = _own_kind(item)
    blocks: list[Block] = []
    elsewhere = []
    for slug, title in sorted(kinds_for(item.id), key=lambda kind: kind[0] != own):
        if slug == own and slug in homes.parts and item.kept_in:
            blocks += ledger_forms.filled(
                KINDS[slug], entries(wanted, KINDS[slug], item.kept_in.where)
            )
        elif homes.home[slug] == item.id:
            blocks += _blocks(wanted, KINDS[slug], homes.parts.get(slug, []))
        else:
            elsewhere.append(f"{title}（见第{homes.numbers[homes.home[slug]]}项）")
    if not blocks:
        blocks.append(wanted.nothing if item.applies.required else Note(item.applies.reason))
    if elsewhere:
        blocks = _with_more(blocks, f"另见：{'、'.join(elsewhere)}。")
    return Section(
        f"{homes.numbers[item.id]}　{item.name}",
        item.asked,
        blocks,
        marked=True,
        mark=marks.of_item(wanted.branch, item.id),
    )


def _with_more(blocks: list[Block], told: str) -> list[Block]:
    """A line more, above the records or behind what is only a line itself, so that it never begins
    a page.
    """
    last = blocks[-1]
    if isinstance(last, Note):
        return [*blocks[:-1], Note(f"{last.text}{told}")]
    return [Note(told), *blocks]


def _own_section(wanted: Wanted, kind: LedgerKind) -> Section:
    return Section(kind.title, "", ledger_forms.filled(kind, entries(wanted, kind, {})))


def _blocks(wanted: Wanted, kind: LedgerKind, besides: list[dict[str, Any]]) -> list[Block]:
    if kind.form is PaperForm.DUES:
        return list(_dues(wanted, min(wanted.to_on, wanted.judged_on)))
    if kind.form is PaperForm.ROSTER:
        return [ledger_forms.roster(roster_rows(wanted.branch, wanted.to_on), wanted.to_on)]
    found = ledger_forms.filled(kind, entries(wanted, kind, {}, besides))
    if kind.form is PaperForm.CHART:
        return [ledger_forms.structure(chart.chart(wanted.branch, wanted.to_on)), *found]
    return found


def entries(
    wanted: Wanted, kind: LedgerKind, where: dict[str, Any], besides: Iterable[dict[str, Any]] = ()
) -> list[Any]:
    """The records of a kind in the period, with all that a form prints; without those that are
    printed elsewhere.
    """
    found: QuerySet[Any] = _of_period(wanted, kind).filter(**_asked(where))
    for part in besides:
        found = found.exclude(**_asked(part))
    found = queries.with_parts(kind, found.select_related("branch", *queries.related(kind)))
    if kind.form is PaperForm.CASE:
        found = found.prefetch_related("steps")
    return list(found.order_by(kind.day, "pk"))


def _of_period(wanted: Wanted, kind: LedgerKind) -> QuerySet[Any]:
    """What happened in the period, and of what goes on, all that was in force in it."""
    model: Any = kind.model
    found: QuerySet[Any] = model.objects.visible_to(wanted.actor).current()
    found = found.filter(branch=wanted.branch, **{f"{kind.day}__lte": wanted.to_on})
    return in_force.in_period(found, kind, wanted.from_on)


def _asked(where: dict[str, Any]) -> dict[str, Any]:
    return {
        f"{name}__in" if isinstance(value, list) else name: value for name, value in where.items()
    }


def _dues(wanted: Wanted, until: date) -> Iterator[Table]:
    """A table for each year: every member of that year, what was due, paid, and is owed for months
    that are over.
    """
    paid_rows, assessed, exempt, spelled = (
        module.KIND.model.objects.visible_to(wanted.actor).current().filter(branch=wanted.branch)
        for module in (dues_payments, dues_assessments, dues_exemptions, members)
    )
    spells = list(spelled.values_list("person_id", "person__name", "joined_on", "left_on"))
    due = {
        (year, person): amount
        for year, person, amount in assessed.values_list("year", "person_id", "monthly_due")
    }
    free = list(exempt.filter(kind="exempt").values_list("person_id", "from_month", "to_month"))
    for year in range(wanted.from_on.year, wanted.to_on.year + 1):
        rows = paid_rows.filter(year=year).values_list(
            "person_id", "person__name", "month", "amount"
        )
        paid = {(person, month.month): amount for person, _, month, amount in rows}
        names = {
            person: name for person, name, joined, left in spells if _touches(joined, left, year)
        }
        names |= {person: name for person, name, _, _ in rows}
        if paid:
            owed = {
                person: sum(
                    due.get((year, person), 0)
                    for month in range(1, 13)
                    if (person, month) not in paid
                    and _owes(person, date(year, month, 1), until, spells, free)
                )
                for person in names
            }
            own = {person: due[year, person] for person in names if (year, person) in due}
            people = sorted(names.items(), key=lambda one: one[1])
            yield ledger_forms.dues_year(year, people, own, paid, owed)


def _touches(joined: date, left: date | None, year: int) -> bool:
    return joined <= date(year, 12, 31) and (left is None or left > date(year, 1, 1))


def _owes(person: int, month: date, until: date, spells: list[Any], free: list[Any]) -> bool:
    """Whether the month is over, and he was of the branch at its end and not exempt."""
    last = month_end(month)
    if last > until or any(p == person and first <= month <= end for p, first, end in free):
        return False
    return any(
        p == person and joined <= last and (left is None or left > last)
        for p, _, joined, left in spells
    )


def roster_rows(branch: Organisation, day: date) -> list[list[str]]:
    """Everybody on the roster of a day, as 党员花名册 has them."""
    kind = members.KIND
    model: Any = kind.model
    spells = model.objects.current().filter(
        orgs.running(day, first="joined_on", last="left_on"), branch=branch
    )
    found = chart.chart(branch, day)
    posts = {name: post for post, names in found.posts for name in names}
    groups = {name: group.name for group in found.groups for name in group.members}
    fields = {field.name: field for field in kind.fields()}
    rows = []
    for spell in (
        spells.select_related("person")
        .prefetch_related("person__stages")
        .order_by("person__name_normalised", "pk")
    ):
        values = queries.values_of(kind, spell)
        told = {name: masked(field, values[name]) for name, field in fields.items()}
        name = told["name"]
        full = values["full_on"] is not None and values["full_on"] <= day
        rows.append(
            [
                name,
                told["gender"],
                told["ethnicity"],
                told["birth_on"],
                told["education"],
                told["admitted_on"],
                told["full_on"],
                "正式党员" if full else "预备党员" if values["admitted_on"] else "",
                groups.get(name, ""),
                posts.get(name, ""),
                told["job"],
                told["joined_on"],
                told["remark"],
            ]
        )
    return rows


def _evidence(wanted: Wanted) -> tuple[list[Section], list[Attached]]:
    """Every file that serves a record of the book, and those that are printed behind it."""
    links = _links(wanted)
    printed, told = attached.chosen(links) if wanted.files else ([], {})
    rows = [
        [
            str(at),
            f"{link.on}",
            KINDS[link.kind].title if link.kind in KINDS else link.kind,
            link.file.name,
            link.file.get_kind_display(),
            day_of(link.file.uploaded_at),
            link.file.sha256[:12],
            told.get(link.file_id, "见原件"),
        ]
        for at, link in enumerate(links, start=1)
    ]
    where = _NUMBERED + _WHERE if printed else _WHERE
    listed = Table("", _FILES, rows, [0.5, 1.2, 1.6, 3, 1, 1.2, 1.4, 1])
    sections = [Section("佐证材料目录", "", [Note(where), listed] if rows else [wanted.nothing])]
    if printed:
        sections.append(Section("附印的佐证材料", "", []))
    return sections, printed


_FILES = ["序号", "记录日期", "台账", "文件名", "类别", "上传日期", "校验码", "附印"]
_NUMBERED = "“附1”等为后面附印的编号。"
_WHERE = (
    "未附印的文件，原件在本系统该条记录的“佐证材料”中；"
    "校验码是文件 SHA-256 值的前12位，用来核对是不是同一文件。"
)


def _links(wanted: Wanted) -> list[EvidenceLink]:
    """The files of the records of the period, and those of what was in force in it."""
    standing = {slug for slug, kind in KINDS.items() if kind.lasting}
    found = [
        link
        for link in evidence_queries.links_between(
            wanted.branch, wanted.from_on, wanted.to_on, wanted.actor
        )
        if link.kind not in standing
    ]
    early = evidence_queries.links_between(wanted.branch, date.min, wanted.to_on, wanted.actor)
    lasting = list(early.filter(kind__in=standing))
    kept = {
        slug: set(_of_period(wanted, KINDS[slug]).values_list("pk", flat=True))
        for slug in {link.kind for link in lasting}
    }
    found += [link for link in lasting if link.entry_id in kept[link.kind]]
    return sorted(found, key=lambda link: (link.on, link.pk))
