"""保管期限: how long the records of each ledger are kept (DOMAIN 4.10), counted from the end of their year; None is for ever."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from taizhang.ledgers.kind import LedgerKind

FOR_EVER = None
YEARS: dict[str, int | None] = {
    "meetings": FOR_EVER, "lecture-plans": 30, "life-meetings": 30, "assessments": 30, "assessment-polls": 30, "commendations": 30,
    "talks": 10, "documents": FOR_EVER, "disclosures": 10, "members": FOR_EVER, "stages": FOR_EVER, "groups": FOR_EVER,
    "group-members": FOR_EVER, "group-leaders": FOR_EVER, "rights-limits": FOR_EVER, "not-counted": FOR_EVER, "terms": FOR_EVER,
    "posts": FOR_EVER, "elections": FOR_EVER, "divisions": 30, "charts": 30, "development-plans": 30, "cases": FOR_EVER,
    "case-talks": FOR_EVER, "case-trainings": FOR_EVER, "case-reviews": FOR_EVER, "thought-reports": FOR_EVER,
    "public-notices": FOR_EVER, "political-reviews": FOR_EVER, "study-plans": 30, "personal-study-plans": 10, "study-sessions": 10,
    "study-notes": 10, "channels": 10, "pushes": 10, "remote-sessions": 10, "transfers": 30, "relation-surveys": 30,
    "lost-members": FOR_EVER, "search-attempts": 30, "digest-plans": 30, "violation-surveys": 30, "dues-assessments": 30,
    "dues-payments": 30, "dues-exemptions": 30, "dues-remittances": 30, "service-plans": 30, "activities": 10, "visits": 10,
    "site-projects": 30, "rooms": 30, "room-uses": 10, "budgets": 30, "expenses": 30, "fund-summaries": 30,
    "campaigns": FOR_EVER, "declarations": 10,
}  # fmt: skip
"""Years by ledger; `documents` and others that hold for a long time are not thrown away by their day at all."""
_MEETINGS: dict[str, int | None] = {
    "members_assembly": FOR_EVER, "committee_meeting": 30, "org_life_meeting": 30, "group_meeting": 10, "party_lecture": 10,
    "theme_day": 10, "other": 10,
}  # fmt: skip


def years_of(kind: LedgerKind, entry: Any) -> int | None:
    """How many years this record is kept; None for ever."""
    return _MEETINGS[entry.kind] if kind.slug == "meetings" else YEARS[kind.slug]


def kept_until(day: date, years: int) -> date:
    """The last day on which a record of that day must still be there."""
    return date(day.year + years, 12, 31)


def shortest(kind: LedgerKind) -> int | None:
    """The least number of years that any record of the ledger is kept; None where all are kept for ever."""
    asked = _MEETINGS.values() if kind.slug == "meetings" else (YEARS[kind.slug],)
    return min((years for years in asked if years is not None), default=None)


Held = tuple[date, date, str]
"""From and to, and what holds the records of these days: nothing of them is destroyed, however old."""
HOLDERS: list[Callable[[], Iterable[Held]]] = []


def subscribe(holder: Callable[[], Iterable[Held]]) -> None:
    """Let a layer above name days whose records are still needed, as `after.subscribe` does for changes (ADR 0003)."""
    if holder not in HOLDERS:
        HOLDERS.append(holder)


def held() -> list[Held]:
    """All that holds now."""
    return [one for holder in HOLDERS for one in holder()]


def is_held(day: date, holds: Iterable[Held]) -> bool:
    """Whether a day lies in any of them; both ends do."""
    return any(first <= day <= last for first, last, _ in holds)


def in_words(kind: LedgerKind) -> str:
    """For the table of the page."""
    if kind.slug == "meetings":
        return "党员大会永久；支委会、组织生活会30年；党小组会、党课、主题党日10年"
    years = YEARS[kind.slug]
    return "永久" if years is None else f"{years}年"
