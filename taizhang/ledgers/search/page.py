"""The search: one box over everything that the user may see."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse

from taizhang.kernel.writing import grams
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS, members
from taizhang.ledgers.models import SearchLine
from taizhang.ledgers.records.derived import search_index
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation
from taizhang.orgs.queries import organisations, roster

PER_PAGE = 50
_AROUND = 28


@dataclass(frozen=True)
class Hit:
    """One record or file that holds the words: where it is, and the words with what stands around
    them.
    """

    title: str
    ledger: str
    branch: str
    day: Any
    url: str
    before: str
    words: str
    after: str

    @property
    def tells_day(self) -> bool:
        """Whether the day is still to be told: many a title begins with it."""
        return bool(self.day) and not self.title.startswith(str(self.day))


@dataclass(frozen=True)
class Narrowed:
    """To what a search is narrowed: a kind of ledger, a branch, a year of the records' days."""

    kind: str = ""
    branch: int | None = None
    year: int | None = None

    def of(self, lines: QuerySet[SearchLine]) -> QuerySet[SearchLine]:
        """The lines that are left, of all years."""
        if self.kind in KINDS:
            lines = lines.filter(kind=self.kind)
        if self.branch is not None:
            lines = lines.filter(branch=self.branch)
        return lines


@dataclass(frozen=True)
class Found:
    """One page of hits of all that there are, and the years and branches that they are of."""

    branches: list[Organisation]
    hits: list[Hit]
    total: int
    page: int
    pages: int
    years: list[int]


def search(*, words: str, actor: Actor, narrowed: Narrowed = Narrowed(), page: int = 1) -> Found:
    """What holds every word (each may stand anywhere), the latest first."""
    numbered = roster.numbered(words)
    if numbered:
        return _by_number(numbered, actor)
    lines = search_index.holding(SearchLine.objects.visible_to(actor), words)
    found = _latest_first(narrowed.of(lines))
    years = sorted({int(day[:4]) for day, _ in found if day}, reverse=True)
    if narrowed.year is not None:
        found = [one for one in found if one[0][:4] == f"{narrowed.year:04d}"]
    total = len(found)
    return Found(
        branches=_branches(words, actor) if page == 1 else [],
        hits=_hits([key for _, key in found[(page - 1) * PER_PAGE : page * PER_PAGE]], words),
        total=total,
        page=page,
        pages=max(1, -(-total // PER_PAGE)),
        years=years,
    )


def _latest_first(lines: QuerySet[SearchLine]) -> list[tuple[str, int]]:
    """Day (empty where there is none) and key of all that was found, read once: the number, the
    years and the page follow.

    The day is taken as text: on SQLite Django's own ways call Python for each of thousands of rows.
    """
    told = lines.order_by().annotate(text_day=Cast("day", CharField()))
    found = ((day or "", key) for day, key in told.values_list("text_day", "pk"))
    return sorted(found, reverse=True)


def _by_number(persons: list[int], actor: Actor) -> Found:
    """Roster lines of those who bear the number; the number itself is not shown again."""
    found = members.KIND.model.objects.visible_to(actor).current().filter(person__in=persons)
    hits = [
        Hit(
            str(one),
            members.KIND.title,
            one.branch.short_name,
            one.joined_on,
            reverse("ledgers:entry", args=[members.KIND, one.pk]),
            "号码相符",
            "",
            "",
        )
        for one in found.select_related("branch", "person")
    ]
    return Found(branches=[], hits=hits, total=len(hits), page=1, pages=1, years=[])


def _hits(wanted: list[int], words: str) -> list[Hit]:
    lines = SearchLine.objects.select_related("branch").in_bulk(wanted)
    return [_hit(lines[key], words) for key in wanted]


def _hit(line: SearchLine, words: str) -> Hit:
    if line.kind == search_index.FILES:
        ledger, url = "佐证材料", reverse("ledgers:look", args=[line.entry_id])
    else:
        ledger, url = (
            KINDS[line.kind].title,
            reverse("ledgers:entry", args=[line.kind, line.entry_id]),
        )
    before, held, after = _around(line.text, words)
    return Hit(line.title, ledger, line.branch.short_name, line.day, url, before, held, after)


def _around(text: str, words: str) -> tuple[str, str, str]:
    """The first of the words that stands in the text as it was typed, with its neighbours."""
    flat = " ".join(text.partition(search_index.SPELLED)[0].split())
    low = flat.lower()
    for word in (*words.lower().split(), *grams.runs(words)):
        at = low.find(word)
        if at >= 0:
            end = at + len(word)
            start = max(0, at - _AROUND)
            before = f"{'…' if start else ''}{flat[start:at]}"
            return (
                before,
                flat[at:end],
                f"{flat[end : end + _AROUND * 2]}{'…' if end + _AROUND * 2 < len(flat) else ''}",
            )
    return flat[: _AROUND * 2], "", ""


def not_indexed() -> list[LedgerKind]:
    """The kinds of plain figures, whose own lists are to be searched."""
    return [kind for kind in KINDS.values() if not kind.indexed]


def _branches(words: str, actor: Actor) -> list[Organisation]:
    """Organisations of that name, alias or unit; by pinyin too."""
    word = words.strip().lower()
    if not word:
        return []
    found = organisations.organisations(actor).filter(org_type__in=Organisation.BRANCH_TYPES)
    if word.isascii():
        return [org for org in found if _named(org, word)][:10]
    names = ("full_name", "short_name", "aliases__name", "units__name")
    holds = [Q(**{f"{name}__icontains": word}) for name in names]
    return list(found.filter(reduce(or_, holds)).distinct().prefetch_related(None)[:10])


def _named(org: Organisation, word: str) -> bool:
    """Whether a name, or how one is spelled, holds what was typed without Chinese characters."""
    called = (org.short_name, *(a.name for a in org.aliases.all()))
    names = (org.full_name, *called, *(u.name for u in org.units.all()))
    return any(word in name.lower() for name in names) or any(
        word in search_index.spelled(name) for name in called
    )
