"""The journal for those who read and verify it. Reading is noted in it as well."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Q

from taizhang.kernel import chain, verbs
from taizhang.kernel.append_only import TRIGGERS
from taizhang.kernel.models import JournalLine, head

PER_PAGE = 100


def lines() -> Iterator[Any]:
    """Every line in the order of the numbers, a few thousand in memory at a time; only what is hashed, as plain rows."""
    names = ("seq", "at", "actor_id", "origin", "verb", "subject", "detail", "prev", "hash")
    found = JournalLine.objects.order_by("seq").values_list(*names, named=True)
    return iter(found.iterator(chunk_size=5000))


def is_guarded() -> bool:
    """Whether the database still refuses to change or remove lines."""
    wanted = TRIGGERS[connection.vendor]
    known = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    )
    with connection.cursor() as cursor:
        cursor.execute(known)
        return wanted <= {row[0] for row in cursor.fetchall()}


@dataclass(frozen=True)
class Wanted:
    """What is looked for; `before` is the number of the last line of the page before."""

    words: str = ""
    who: str = ""
    from_on: date | None = None
    to_on: date | None = None
    before: int | None = None


@dataclass(frozen=True)
class Found:
    """One page, the latest first, and where the next one begins."""

    lines: list[JournalLine]
    next_before: int | None


def looked_at(*, wanted: Wanted, actor: Any, now: datetime) -> Found:
    """A page of the journal; that it was looked at is a line as well."""
    found = JournalLine.objects.select_related("actor").order_by("-seq")
    if wanted.words:
        named = Q(verb__in=verbs.meant(wanted.words))
        found = found.filter(
            named | Q(verb__contains=wanted.words) | Q(subject__contains=wanted.words)
        )
    if wanted.who:
        found = found.filter(Q(actor__name__contains=wanted.who) | Q(actor__username=wanted.who))
    if wanted.from_on:
        found = found.filter(at__date__gte=wanted.from_on)
    if wanted.to_on:
        found = found.filter(at__date__lte=wanted.to_on)
    if wanted.before:
        found = found.filter(seq__lt=wanted.before)
    page = list(found[: PER_PAGE + 1])
    detail = {"q": wanted.words, "who": wanted.who, "before": wanted.before}
    JournalLine.objects.create(
        at=now, actor=actor, verb="kernel.read_journal", subject="journal", detail=detail
    )
    more = len(page) > PER_PAGE
    return Found(page[:PER_PAGE], page[PER_PAGE - 1].seq if more else None)


@dataclass(frozen=True)
class Verdict:
    """What verifying found."""

    chain: chain.Verified
    guarded: bool


def verified(*, actor: Any, now: datetime) -> Verdict:
    """Go through the whole chain; that it was done is a line as well."""
    found = Verdict(chain.verify(lines()), is_guarded())
    detail = {
        "lines": found.chain.lines,
        "fault": found.chain.fault.text if found.chain.fault else None,
    }
    JournalLine.objects.create(
        at=now, actor=actor, verb="kernel.verify_journal", subject="journal", detail=detail
    )
    return found


def last() -> tuple[int, str]:
    """Number and hash of the last line."""
    return head()
