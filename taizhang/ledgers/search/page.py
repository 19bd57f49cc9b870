"""The search: one box over everything that the user may see."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from taizhang.kernel.db.questions import Question
from taizhang.kernel.writing import grams
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS, members
from taizhang.ledgers.models import SearchLine
from taizhang.ledgers.records.derived import search_index
from taizhang.ledgers.search import hits
from taizhang.ledgers.search.hits import EVERYTHING, Narrowed
from taizhang.orgs.actor import Actor
from taizhang.orgs.entry import within
from taizhang.orgs.queries import roster
from taizhang.orgs.queries import seen as places
from taizhang.orgs.queries.seen import Place, Seen
from taizhang.web.templatetags.addresses import address

PER_PAGE = 50
_AROUND = 28
_BARE = re.compile(r"[-+]?[\d.,]*|是|否")
"""A figure or a tick, which says nothing without its label; a day or an hour says itself."""


@dataclass(frozen=True)
class Hit:
    """One record or file that holds the words: where it is, and the words with what stands around
    them.
    """

    title: str
    ledger: str
    branch: str
    day: date | None
    url: str
    before: str
    words: str
    after: str

    @property
    def where(self) -> str:
        """Its ledger, its branch, and its day where the title does not begin with that."""
        day = self.day.isoformat() if self.day else ""
        told = (self.ledger, self.branch, "" if self.title.startswith(day) else day)
        return "　".join(filter(None, told))

    @property
    def why(self) -> SafeString:
        """The words in their place; nothing where no text is known."""
        if not (self.before or self.words):
            return SafeString("")
        told = '<div class="why">{}<mark>{}</mark>{}</div>'
        return format_html(told, self.before, self.words, self.after)


@dataclass(frozen=True)
class Found:
    """One page of hits of all that there are, and the years and branches that they are of."""

    branches: list[Place]
    hits: list[Hit]
    total: int
    page: int
    pages: int
    years: list[int]


def search(
    *,
    words: str,
    actor: Actor,
    narrowed: Narrowed = EVERYTHING,
    page: int = 1,
    seen: Seen | None = None,
) -> Found:
    """What holds every word (each may stand anywhere), the latest first; `seen` where it was asked
    for already.
    """
    numbered = roster.numbered(words)
    if numbered:
        return _by_number(numbered, actor)
    seen = seen or places.seen(actor)
    start = (page - 1) * PER_PAGE
    found = hits.hits(words=words, seen=seen, narrowed=narrowed, start=start, most=PER_PAGE)
    return Found(
        branches=_branches(words, seen, actor) if page == 1 else [],
        hits=_hits(found.keys, words, actor),
        total=found.total,
        page=page,
        pages=max(1, -(-found.total // PER_PAGE)),
        years=found.years,
    )


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


def _hits(wanted: list[int], words: str, actor: Actor) -> list[Hit]:
    if not wanted:
        return []
    ends = (end for span in actor.spans for end in span)
    rows = {row[0]: row[1:] for row in _LINES(*wanted, *[0] * (PER_PAGE - len(wanted)), *ends)}
    return [_hit(rows[key], words) for key in wanted if key in rows]


def _asked(*given: int | str) -> QuerySet[Any]:
    """`given` are the keys of a page of lines, then the ends of the ranges that are read."""
    keys = [one for one in given if isinstance(one, int)]
    ends = [one for one in given if isinstance(one, str)]
    spans = zip(ends[::2], ends[1::2], strict=True)
    found = SearchLine.objects.filter(within("branch__path", spans), pk__in=keys)
    return found.values_list("pk", "kind", "entry_id", "day", "title", "text", "branch__short_name")


_LINES: Question[tuple[Any, ...]] = Question(_asked)


def _hit(row: tuple[Any, ...], words: str) -> Hit:
    kind, entry, day, title, text, branch = row
    if kind == search_index.FILES:
        ledger, url = "佐证材料", address("ledgers:look", entry)
    else:
        ledger, url = KINDS[kind].title, address("ledgers:entry", kind, entry)
    asked = (*words.lower().split(), *grams.runs(words))
    lines = text.partition(search_index.SPELLED)[0].splitlines()
    if kind != search_index.FILES:
        lines = [one for one in lines if not _BARE.fullmatch(one.strip()) or _holds(one, asked)]
    return Hit(title, ledger, branch, day, url, *_around(" ".join(lines), asked))


def _holds(line: str, asked: Iterable[str]) -> bool:
    low = line.lower()
    return any(word in low for word in asked)


def _around(text: str, asked: Iterable[str]) -> tuple[str, str, str]:
    """The first of the words that stands in the text as it was typed, with its neighbours."""
    flat = " ".join(text.split())
    low = flat.lower()
    for word in asked:
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


def _branches(words: str, seen: Seen, actor: Actor) -> list[Place]:
    """Branches of that name, alias or unit; by pinyin too."""
    word = words.strip().lower()
    if not word:
        return []
    called = places.names(actor)
    return [one for one in seen.branches if _named(called[one.pk], word)][:10]


def _named(called: list[tuple[str, bool]], word: str) -> bool:
    """Whether a name holds what was typed, or how one is spelled does."""
    return any(word in name.lower() for name, _ in called) or (
        word.isascii()
        and any(word in search_index.spelled(name) for name, read_aloud in called if read_aloud)
    )
