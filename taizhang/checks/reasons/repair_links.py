"""Where a suspicion is mended: the record to correct, or the form of the record that is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from taizhang.checks.reasons.queries import kinds_for
from taizhang.checks.reasons.record_links import MADE, TABLES, kind_of, listed, missing
from taizhang.ledgers.kind import LedgerKind
from taizhang.orgs.models import Organisation
from taizhang.rules.base import Rule, Suspicion, Where


@dataclass(frozen=True)
class Mend:
    """A button: what it says and where it leads."""

    label: str
    url: str


def mend(rule: Rule, suspicion: Suspicion, branch: Organisation, person: str = "") -> Mend:
    """The button for one suspicion."""
    table, where = missing(rule)
    kind = kept_by(table)
    if kind is not None and kind.is_roster and person:
        return _list(kind.slug, branch=branch.pk, q=person)
    if kind is not None:
        return Mend("登记", new_url(kind, branch, where, suspicion.window, person))
    own = kind_of(rule) if suspicion.subject >= 0 else ""
    if not own:
        if counted := listed(rule, suspicion, person):
            return Mend("查看台账", counted)
        item = rule.id.partition(":")[0]
        ledger = next((slug for slug, _ in kinds_for(item)), None)
        requirement = Mend("查看要求", reverse("checks:item", args=[branch.pk, item]))
        return _list(ledger, branch=branch.pk) if ledger else requirement
    if table == "files":
        return Mend("补材料", f"{reverse('ledgers:entry', args=[own, suspicion.subject])}#files")
    return Mend("更正", reverse("ledgers:correct", args=[own, suspicion.subject]))


def _list(slug: str, **asked: object) -> Mend:
    return Mend("查看台账", f"{reverse('ledgers:list', args=[slug])}?{urlencode(asked)}")


def kept_by(table: str) -> LedgerKind | None:
    """The kind whose own records a table holds; a part of a record is mended in the record."""
    if table in MADE:
        return MADE[table]
    kind, facts = TABLES.get(table, (None, None))
    return kind if kind is not None and facts is not None and facts.model is kind.model else None


def new_url(
    kind: LedgerKind, branch: Organisation, where: Where, window: str = "", person: str = ""
) -> str:
    """Where a new record is entered, filled with what the requirement says: the form, or the kind's
    own page.
    """
    own = next((page for page in kind.entering.pages if page.enters), None)
    if own is not None:
        asked = (
            {"branch": branch.pk, "month": window}
            if len(window) == 7 and "H" not in window
            else {"branch": branch.pk}
        )
        return f"{reverse(own.url)}?{urlencode(asked)}"
    given: dict[str, Any] = {"branch": branch.pk}
    if window:
        given["window"] = window
    given |= filled(kind, where, window, person)
    return f"{reverse('ledgers:record', args=[kind])}?{urlencode(given)}"


def filled(kind: LedgerKind, where: Where, window: str, person: str) -> dict[str, str]:
    """What the requirement says of a record that is missing: field → as the form writes it."""
    given = {}
    for field in kind.fields():
        wanted = where.get(field.name)
        if field.kind == "choice" and isinstance(wanted, str):
            given[field.name] = dict(field.choices).get(wanted, "")
        elif field.name == "year" and window[:4].isdecimal():
            given["year"] = window[:4]
        elif field.name == "person" and person:
            given["person"] = person
    return given
