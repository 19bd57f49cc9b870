"""The record that a suspicion points at, as the rule says it: of which kind, and whether another can be laid beside it."""

from __future__ import annotations

from taizhang.ledgers.kinds import KINDS
from taizhang.rules.base import Rule

TABLES = {table.name: (kind, table) for kind in KINDS.values() for table in kind.facts}
BY_SOURCE = ("texts", "files")
"""Tables of what hangs on records of all kinds; a rule says of which kind by `where`."""
BY_ROSTER = ("headcount", "belonged_then")
"""Kinds of rules that ask who belonged on the day."""
BY_SPEECH = "near_speech"


def kind_of(rule: Rule) -> str:
    """The kind of the records that a rule's `subject` is the key of; empty when it is the key of no record."""
    table = rule.subjects()
    if table in BY_SOURCE:
        return str(getattr(rule, "where", {}).get("source", ""))
    if table == "talk_pairs":
        return "talks"
    if table not in TABLES:
        return ""
    kind, facts = TABLES[table]
    is_record = facts.model is kind.model or getattr(rule, "subject", "id") != "id"
    return kind.slug if is_record else ""


def compares(rule: Rule, other: int) -> bool:
    """Whether there is something to lay side by side: two records, a meeting and the roster of its day, or its speeches."""
    kind, two = kind_of(rule), rule.other_is == "record" and other >= 0
    return bool(kind) and (two or (kind == "meetings" and rule.kind in (*BY_ROSTER, BY_SPEECH)))
