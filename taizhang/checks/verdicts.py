"""From suspicions to verdicts. Missing data is "a person must judge", never a pass."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from taizhang.catalogue.model import Catalogue, Item
from taizhang.checks.dismissals import key
from taizhang.checks.models import Outcome
from taizhang.kernel.calendar import FOREVER
from taizhang.ledgers.kinds import KINDS
from taizhang.rules.base import NONE, Facts, Period, Rule, Suspicion, matches
from taizhang.rules.membership import SPELLS_FROM, spells

WITHOUT = {
    "committee": "督查期内未设支部委员会",
    "groups": "督查期内未设党小组",
    "public_institution": "不是事业单位",
}
ROSTER = "roster"
"""The condition without which nobody knows whether a branch has a committee or groups."""
UNKNOWN = {
    "committee": "党员花名册没有记录，无法判断是否设支部委员会",
    "groups": "党员花名册没有记录，无法判断是否设党小组",
}
UNDECLARED = {
    "channels": "没有登记线上教育渠道；未开展的应申报“不适用”并经上级确认",
    "lost_members": "没有登记失联党员；没有的应零报告并经上级确认",
    "site_task": "没有登记站点建设任务；没有任务的应申报“不适用”并经上级确认",
}
"""What structure cannot tell: without rows of theirs, the branch must declare it."""
TABLES = {table.name: kind.called(table) for kind in KINDS.values() for table in kind.facts} | {
    "events": "会议、学习和活动"
}
"""Table → what people call what it holds, as in `…没有记录`."""


@dataclass
class ItemVerdict:
    """The verdict on one item of one branch, with what stands behind it."""

    item: str
    outcome: str
    reason: str = ""
    records: int = 0
    suspicions: list[Suspicion] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    dismissed: list[Suspicion] = field(default_factory=list)
    """Those that a person set aside; they stand in no count and no outcome."""


@dataclass(frozen=True)
class Standing:
    """What a branch's verdicts rest on beside suspicions: records of each item, and which
    conditions it meets.
    """

    records: Mapping[str, int]
    conditions: Mapping[str, bool]
    declared: Mapping[str, str]
    """Item → what was declared for the whole period and confirmed: not_applicable or nothing."""


ALIVE = {
    "committee": ("committees", "from_on", "to_on"), "groups": ("groups", "valid_from", "valid_to"),
    "channels": ("channels", "opened_on", "closed_on"), "lost_members": ("lost_members", "registered_on", "until"),
    "site_task": ("site_projects", "assigned_on", "finished_on"), ROSTER: ("members", "joined_on", "left_on"),
}  # fmt: skip
"""Condition → the table whose rows within the period make it true, and the columns of
their time.
"""
LASTING = {
    "documents": ("effective_from", "superseded_on"),
    "charts": ("valid_from", ""),
    "members": ("joined_on", "left_on"),
}
"""Tables whose rows count for as long as they hold, and the columns of that time; the others', on
their day.
"""
CONDITION_TABLES = frozenset(
    {"declarations"} | {t for name, _, _ in ALIVE.values() for t in SPELLS_FROM.get(name, (name,))}
)


def standing(
    items: Iterable[Item],
    tables: Mapping[str, Sequence[Any]],
    period: Period,
    *,
    public_institution: bool,
) -> Standing:
    """Counted from a branch's rows."""
    committees = spells(Facts(NONE, dict(tables)), "committees")
    tables = {**tables, "committees": committees}
    conditions = {
        condition: _alive(tables.get(table, ()), first, last, period)
        for condition, (table, first, last) in ALIVE.items()
    }
    conditions["public_institution"] = public_institution
    records = {item.id: _records(item, tables, period) for item in items}
    return Standing(records, conditions, _declared(tables, period))


def _declared(tables: Mapping[str, Sequence[Any]], period: Period) -> dict[str, str]:
    """What was declared and confirmed for all days of the period on which there was
    such a branch.
    """
    lived = [row.founded_on for row in tables.get("branches", ())]
    first = max([period.from_on, *lived])
    return {
        row.item: row.kind
        for row in tables.get("declarations", ())
        if row.confirmed_at and row.from_on <= first and row.to_on >= period.last
    }


def derive(
    catalogue: Catalogue,
    rules: Mapping[str, Rule],
    suspicions: Iterable[Suspicion],
    known: Standing,
    dismissed: Collection[Suspicion] = (),
) -> list[ItemVerdict]:
    """One verdict for each item of the catalogue."""
    by_item: dict[str, list[Suspicion]] = {}
    for suspicion in suspicions:
        by_item.setdefault(suspicion.rule.partition(":")[0], []).append(suspicion)
    return [
        _verdict(item, rules, by_item.get(item.id, []), known, dismissed)
        for item in catalogue.items
    ]


def _alive(rows: Iterable[Any], first: str, last: str, period: Period) -> bool:
    return any(
        getattr(row, first) <= period.last and (getattr(row, last) or FOREVER) > period.from_on
        for row in rows
    )


def _records(item: Item, tables: Mapping[str, Sequence[Any]], period: Period) -> int:
    return len(kept_rows(item, tables, period))


def kept_rows(item: Item, tables: Mapping[str, Sequence[Any]], period: Period) -> list[Any]:
    """The rows that are the item's own records of the period."""
    if item.kept_in is None:
        return []
    kept = item.kept_in
    rows = tables.get(kept.ledger, ())
    if kept.where:
        rows = [row for row in rows if matches(row, kept.where)]
    if kept.ledger in LASTING:
        begins, ends = LASTING[kept.ledger]
        return [
            row
            for row in rows
            if getattr(row, begins) <= period.last < ((ends and getattr(row, ends)) or FOREVER)
        ]
    first, last, day_of = period.from_on, period.last, attrgetter(kept.day)
    days = ((row, day_of(row)) for row in rows)  # a case without a step has no day yet
    return [row for row, day in days if day is not None and first <= day <= last]


def _verdict(
    item: Item,
    rules: Mapping[str, Rule],
    every: list[Suspicion],
    known: Standing,
    dismissed: Collection[Suspicion],
) -> ItemVerdict:
    aside = [s for s in every if key(s) in dismissed] if dismissed else []
    found = [s for s in every if s not in aside] if aside else every
    counts = {"error": 0, "warn": 0, "info": 0}
    for suspicion in found:
        if suspicion.certain:
            counts[rules[suspicion.rule].severity] += 1
    records = known.records[item.id]
    outcome, reason = _set_aside(item, known, records, counts["error"]) or _outcome(
        item, rules, found, records, counts["error"]
    )
    if aside and not counts["error"]:
        outcome, reason = _set_right(outcome, reason, len(aside))
    return ItemVerdict(item.id, outcome, reason, records, found, counts, aside)


def _set_right(outcome: str, reason: str, n: int) -> tuple[str, str]:
    """Where only dismissed suspicions stood against an item; without a record of it a person must
    still judge.
    """
    told = f"{n}处疑点已由人工排除"
    if outcome == Outcome.NOT_DUE:
        return Outcome.TO_JUDGE, f"{told}；没有记录，由人工判断"
    return outcome, reason or told


def _set_aside(item: Item, known: Standing, records: int, errors: int) -> tuple[str, str] | None:
    """What is not asked of this branch, or is asked to be declared first."""
    if not item.applies.required:
        return Outcome.NOT_APPLICABLE, item.applies.reason
    declared = known.declared.get(item.id)
    if declared == "not_applicable":
        return Outcome.NOT_APPLICABLE, "已申报不适用，上级已确认"
    condition = item.applies.with_
    unmet = condition is not None and not known.conditions.get(condition, True)
    if unmet and condition in WITHOUT and not errors:
        return _without(condition, known)
    if (unmet and condition in UNDECLARED) or (
        item.applies.zero_report and not records and not errors
    ):
        if declared == "nothing":
            return Outcome.OK, "零报告，上级已确认"
        reason = UNDECLARED.get(condition or "", "没有记录；没有发生的应零报告并经上级确认")
        return Outcome.TO_JUDGE, reason
    return None


def _without(condition: str, known: Standing) -> tuple[str, str]:
    """Of what a branch has no row: whether it has none, its roster must tell."""
    if condition in UNKNOWN and not known.conditions.get(ROSTER, True):
        return Outcome.TO_JUDGE, UNKNOWN[condition]
    return Outcome.NOT_APPLICABLE, WITHOUT[condition]


def _outcome(
    item: Item, rules: Mapping[str, Rule], found: list[Suspicion], records: int, errors: int
) -> tuple[str, str]:
    if not item.rules:
        return Outcome.TO_JUDGE, "本项台账尚未在系统中登记，须现场查阅"
    if errors:
        return (Outcome.DEFECTIVE if records else Outcome.MISSING), ""
    unsure = [s for s in found if not s.certain]
    if unsure:
        return Outcome.TO_JUDGE, _why_unsure(unsure, rules)
    if records:
        return Outcome.OK, ""
    if found:  # what they speak of may have been due: a person must judge
        return Outcome.TO_JUDGE, "督查期内没有记录，却有疑点，由人工判断"
    return Outcome.NOT_DUE, "没有记录，核对也没有发现督查期内应当登记的事项"


def _why_unsure(unsure: list[Suspicion], rules: Mapping[str, Rule]) -> str:
    unsure = sorted(unsure, key=attrgetter("rule"))
    tables = list(dict.fromkeys(TABLES.get(s.detail, s.detail) for s in unsure if s.detail))
    if tables:
        return f"{'、'.join(tables)}没有记录，无法判断：{rules[unsure[0].rule].says}"
    years = sorted({s.window[:4] for s in unsure if s.window})
    return f"工作日历缺少{'、'.join(years)}年，无法判断节假日"
