"""The records behind a suspicion, as the rule says it: of which kind the one is that it points at,
whether another can be laid beside it, and where those stand that it counted.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.urls import get_script_prefix, reverse

from taizhang.kernel.calendar import windows_of_year
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.records.queries import choice_column
from taizhang.rules.base import Look, Rule, Suspicion, Where

TABLES = {table.name: (kind, table) for kind in KINDS.values() for table in kind.facts}
MADE = {table: kind for kind in KINDS.values() for table in kind.makes}
"""Tables that are made of the records of one kind."""
SUBJECTS = {table: kind.slug for kind in KINDS.values() for table in kind.subject_of}
"""Tables whose rows stand for the records of a kind, such as what was due for each → that kind."""
BY_SOURCE = ("texts", "files")
"""Tables of what hangs on records of all kinds; a rule says of which kind by `where`."""
MEETINGS = ("roster", "speeches")
"""What only meetings have to lay side by side."""


def kind_of(rule: Rule) -> str:
    """The kind of the records that a rule's `subject` is the key of; empty when it is the key of no
    record.
    """
    table = rule.subjects()
    if table in BY_SOURCE:
        return str(rule.own().where.get("source", "")).partition(".")[0]
    if table in SUBJECTS:
        return SUBJECTS[table]
    if table not in TABLES:
        return ""
    kind, facts = TABLES[table]
    is_record = facts.model is kind.model or rule.key() != "id"
    return kind.slug if is_record else ""


def missing(rule: Rule) -> Look:
    """The table whose row is missing, with what the row must be; empty when the rule asks for no
    row, or for one of a text or a file.
    """
    return (rule.own().table not in BY_SOURCE and rule.missing()) or Look("")


def compares(rule: Rule, other: int) -> bool:
    """Whether there is something to lay side by side: two records, a meeting and the roster of its
    day, or its speeches.
    """
    slug, two = kind_of(rule), rule.other_is == "record" and other >= 0
    called = bool(slug) and KINDS[slug].entering.ticks_roster
    return bool(slug) and (two or (called and rule.compares in MEETINGS))


def listed(rule: Rule, suspicion: Suspicion, person: str) -> str:
    """The address of the ledger's list with what a suspicion counted or missed, narrowed to its
    window and person.
    """
    for table, where in rule.counted():
        kind = MADE.get(table) or TABLES.get(table, (None, None))[0]
        if kind is not None:
            asked = {"branch": suspicion.branch_id} | _narrowed(kind, where, suspicion.window)
            if person and any(field.kind == "person" for field in kind.list_fields()):
                asked["q"] = person
            return f"{_list_path(kind.slug, get_script_prefix())}?{urlencode(asked)}"
    return ""


def list_url(kind: LedgerKind, branch: int, where: Where, window: str = "") -> str:
    """The address of a branch's list of a kind, narrowed to what a rule counts and to a window."""
    asked = {"branch": branch} | _narrowed(kind, where, window)
    return f"{_list_path(kind.slug, get_script_prefix())}?{urlencode(asked)}"


@lru_cache(maxsize=256)
def _list_path(slug: str, prefix: str) -> str:
    """The same for every reason that is told, of which a branch has hundreds."""
    del prefix
    return reverse("ledgers:list", args=[KINDS[slug]])


def _narrowed(kind: LedgerKind, where: Where, window: str) -> dict[str, Any]:
    """A day stands for its year: what should have followed from it lies on other days."""
    found: dict[str, Any] = {}
    if window[:4].isdecimal():
        label = window[:4] if window.count("-") == 2 else window
        if span := windows_of_year(int(window[:4])).get(label):
            found |= {"from": span.starts_on.isoformat(), "to": span.ends_on.isoformat()}
    column = choice_column(kind)
    wanted = where.get(column.name, where.get(f"meeting_{column.name}")) if column else None
    return found | ({"choice": wanted} if isinstance(wanted, str) else {})
