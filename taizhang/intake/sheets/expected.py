"""The rows that the requirements ask of a branch and its ledger lacks, as lines of the ledger's
template.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from taizhang.checks import current, engine
from taizhang.checks.models import CheckScope
from taizhang.checks.reasons import queries
from taizhang.checks.reasons.reason import Reason
from taizhang.checks.reasons.record_links import missing
from taizhang.checks.reasons.repair_links import filled, kept_by
from taizhang.kernel.calendar import MONTHS
from taizhang.ledgers.fields import render, yuan
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.records.queries import values_of
from taizhang.ledgers.sheets.excel import Line
from taizhang.orgs.models import Organisation
from taizhang.rules.base import Rule

MOST = 5000
"""So many lines one template has; what is missing besides comes into the next."""
_NOT_JUDGED = (
    "这个支部还没有按现在的督查内容核对过，不能说缺哪些记录，所以没有列出应有的行；核对之后再下载。"
)
_NONE = "按现在的督查内容，没有查到这种台账缺少的记录，所以没有列出应有的行。"


@dataclass
class Expected:
    """The lines that are missing, and what is to be said of them."""

    lines: list[Line] = field(default_factory=list)
    told: str = ""


def of(kind: LedgerKind, branch: Organisation) -> Expected:
    """What is missing in a branch's ledger of a kind, in the order of its days."""
    if kind.is_roster:
        return _on_roster(kind, branch)
    scope = queries.current_scope()
    if scope is None or current.judged(branch, scope) is None:
        return Expected(told=_NOT_JUDGED)
    found = _reasons(kind, branch, scope)
    lines = list(_lines(kind, branch, found, engine.rules(scope.catalogue)))
    if not lines:
        return Expected(told=_NONE)
    more = f"（只列出前{MOST}行，填完再下载）" if len(lines) > MOST else ""
    told = (
        f"第一张表列出了{scope.from_on:%Y-%m-%d}至{scope.to_on:%Y-%m-%d}按要求应有而台账里还没有的{len(lines)}行{more}，"
        "“应有事项”一栏写着依据。请在各行补齐实际发生的内容；没有发生的不要填，没有填的行不会读入。"
    )
    return Expected(lines[:MOST], told)


_LATER = ("left_on", "leave_reason", "remark")
"""What nobody lacks who is there."""


def _on_roster(kind: LedgerKind, branch: Organisation) -> Expected:
    """Who is on the roster, to be completed; what is sensitive is not handed out."""
    shown = [one for one in kind.fields() if not one.sensitive]
    entries = kind.model.objects.current().filter(branch=branch, left_on=None)
    entries = entries.select_related("person__personal").prefetch_related("person__stages")
    lines = []
    for entry in entries.order_by("joined_on", "pk"):
        said = values_of(kind, entry)
        values = {one.name: render(one, said[one.name]) for one in shown}
        lacks = [
            one.label for one in kind.fields() if not said[one.name] and one.name not in _LATER
        ]
        lines.append(Line(values, f"已在花名册上；空着：{'、'.join(lacks) or '无'}"))
    hidden = "、".join(one.label for one in kind.fields() if one.sensitive)
    told = (
        f"第一张表列出了花名册上现有的{len(lines)}人（{hidden}不列出），“应有事项”一栏写着各人还空着的栏目。补在原来的行里，"
        "导入时只补空着的栏目，已登记的不改；没有改动的行不会读入。新来的人写在下面。"
    )
    return Expected(lines[:MOST], told if lines else "")


def _reasons(kind: LedgerKind, branch: Organisation, scope: CheckScope) -> list[Reason]:
    """The open suspicions that a record of this kind is missing, of narrow windows first."""
    rules = engine.rules(scope.catalogue)
    asked = [key for key, rule in rules.items() if kept_by(missing(rule).table) is kind]
    rows = current.suspicions(scope).open().filter(branch=branch, rule__in=asked, certain=True)
    rows = rows.exclude(severity="info").order_by("window", "other", "pk")
    return sorted(
        queries.reasons_of(rows, scope), key=lambda one: (_width(rules[one.rule]), one.window)
    )


def _width(rule: Rule) -> int:
    """How many months wide its windows are."""
    windowed = rule.each_window() or rule.each_member()
    return MONTHS[windowed.every] if windowed else MONTHS["year"]


def _lines(
    kind: LedgerKind, branch: Organisation, found: Iterable[Reason], rules: dict[str, Rule]
) -> list[Line]:
    listed: dict[Any, list[str]] = defaultdict(list)
    lines = []
    for reason in found:
        rule = rules[reason.rule]
        same = listed[repr(missing(rule).where), reason.other_key]
        there = sum(window.startswith(reason.window) for window in same)
        for _ in range(_how_many(rule, reason) - there):
            same.append(reason.window)
            why = f"{reason.text}（{reason.code}）"
            lines.append((reason.window, Line(_known(kind, branch, rule, reason), why)))
    return [line for _, line in sorted(lines, key=lambda pair: pair[0])]


def _how_many(rule: Rule, reason: Reason) -> int:
    """How many records are missing: what is counted in a window may lack several."""
    short = reason.suspicion.wanted - reason.suspicion.found
    return max(1, short) if rule.each_window() else 1


def _known(kind: LedgerKind, branch: Organisation, rule: Rule, reason: Reason) -> dict[str, str]:
    """What the system knows of a record that is missing: field → as it would be written."""
    person, group = reason.said["person"], reason.said["group"]
    values = filled(kind, missing(rule).where, reason.window, person)
    month = reason.window if len(reason.window) == 7 and reason.window[5:].isdecimal() else ""
    for one in kind.fields():
        if one.kind == "month" and month:
            values[one.name] = month
        elif one.name == "group" and group:
            values[one.name] = group
    if kind.spread is not None and month and reason.other_key >= 0:
        due = kind.spread.due(branch, reason.other_key, date.fromisoformat(f"{month}-01").year)
        values |= {"amount": yuan(due)} if due is not None else {}
    return values
