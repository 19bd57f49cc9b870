"""From suspicions to verdicts. Missing data is "a person must judge", never a pass."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from taizhang.catalogue.model import Catalogue, Item
from taizhang.checks.models import Outcome
from taizhang.kernel.calendar import FOREVER
from taizhang.rules.base import Period, Rule, Suspicion, matches

WITHOUT = {
    "committee": "督查期内未设支部委员会",
    "groups": "督查期内未设党小组",
    "public_institution": "不是事业单位",
}
TABLES = {
    "members": "党员花名册", "stages": "党员身份", "terms": "支委会届次", "posts": "支委任职", "groups": "党小组",
    "group_members": "党小组成员", "group_leaders": "党小组组长", "meetings": "会议台账", "talks": "谈心谈话记录",
    "sections": "各委员职责",
}  # fmt: skip


@dataclass
class ItemVerdict:
    """The verdict on one item of one branch, with what stands behind it."""

    item: str
    outcome: str
    reason: str = ""
    records: int = 0
    suspicions: list[Suspicion] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Standing:
    """What a branch's verdicts rest on beside suspicions: records of each item, and which conditions it meets."""

    records: Mapping[str, int]
    conditions: Mapping[str, bool]


CONDITION_TABLES = ("terms", "groups")


def standing(
    items: Iterable[Item],
    tables: Mapping[str, Sequence[Any]],
    period: Period,
    *,
    public_institution: bool,
) -> Standing:
    """Counted from a branch's rows."""
    conditions = {
        "committee": _alive(tables.get("terms", ()), "started_on", "ended_on", period),
        "groups": _alive(tables.get("groups", ()), "valid_from", "valid_to", period),
        "public_institution": public_institution,
    }
    return Standing({item.id: _records(item, tables, period) for item in items}, conditions)


def derive(
    catalogue: Catalogue,
    rules: Mapping[str, Rule],
    suspicions: Iterable[Suspicion],
    known: Standing,
) -> list[ItemVerdict]:
    """One verdict for each item of the catalogue."""
    by_item: dict[str, list[Suspicion]] = {}
    for suspicion in suspicions:
        by_item.setdefault(suspicion.rule.partition(":")[0], []).append(suspicion)
    return [
        _verdict(item, rules, by_item.get(item.id, []), known.records[item.id], known.conditions)
        for item in catalogue.items
    ]


def _alive(rows: Iterable[Any], first: str, last: str, period: Period) -> bool:
    return any(
        getattr(row, first) <= period.last and (getattr(row, last) or FOREVER) > period.from_on
        for row in rows
    )


def _records(item: Item, tables: Mapping[str, Sequence[Any]], period: Period) -> int:
    if item.kept_in is None:
        return 0
    kept = item.kept_in
    rows = (row for row in tables.get(kept.ledger, ()) if matches(row, kept.where))
    if kept.ledger == "documents":
        return sum(
            row.effective_from <= period.last < (row.superseded_on or FOREVER) for row in rows
        )
    return sum(period.from_on <= getattr(row, kept.day) <= period.last for row in rows)


def _verdict(
    item: Item,
    rules: Mapping[str, Rule],
    found: list[Suspicion],
    records: int,
    conditions: Mapping[str, bool],
) -> ItemVerdict:
    sure = [s for s in found if s.certain]
    counts = {"error": 0, "warn": 0, "info": 0}
    for suspicion in sure:
        counts[rules[suspicion.rule].severity] += 1
    outcome, reason = _outcome(item, rules, found, records, counts["error"], conditions)
    return ItemVerdict(item.id, outcome, reason, records, found, counts)


def _outcome(  # noqa: PLR0911
    item: Item,
    rules: Mapping[str, Rule],
    found: list[Suspicion],
    records: int,
    errors: int,
    conditions: Mapping[str, bool],
) -> tuple[str, str]:
    if not item.applies.required:
        return Outcome.NOT_APPLICABLE, item.applies.reason
    condition = item.applies.with_
    if (
        condition is not None
        and condition in conditions
        and not conditions[condition]
        and not errors
    ):
        return Outcome.NOT_APPLICABLE, WITHOUT[condition]
    if not item.rules:
        return Outcome.TO_JUDGE, "本项台账尚未在系统中登记，须现场查阅"
    if errors:
        return (Outcome.DEFECTIVE if records else Outcome.MISSING), ""
    unsure = [s for s in found if not s.certain]
    if unsure:
        return Outcome.TO_JUDGE, _why_unsure(unsure, rules)
    if not records:
        return Outcome.NOT_DUE, "督查期内没有应当登记的事项"
    return Outcome.OK, ""


def _why_unsure(unsure: list[Suspicion], rules: Mapping[str, Rule]) -> str:
    tables = list(dict.fromkeys(TABLES.get(s.detail, s.detail) for s in unsure if s.detail))
    if tables:
        return f"{'、'.join(tables)}没有记录，无法判断：{rules[unsure[0].rule].says}"
    years = sorted({s.window[:4] for s in unsure if s.window})
    return f"工作日历缺少{'、'.join(years)}年，无法判断节假日"
