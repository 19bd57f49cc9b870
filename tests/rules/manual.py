"""The manual's page of the kinds of rules, drawn from the pictures of `spec`: each with one that
tells and one that is silent.
"""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, product
from typing import Any

from taizhang.catalogue.model import Catalogue
from taizhang.kernel.calendar import in_words
from taizhang.rules.base import NONE, Period, Rule, Suspicion
from tests.manual import RULE_KINDS
from tests.rules import pictures, spec

WIDEST = 12
"""So many columns of a table are shown."""
_TOLD_ELSEWHERE = {"id", "kind", "severity", "says", "finding", "official", "remedy", "basis"}


@dataclass(frozen=True)
class Example:
    """A rule, the rows that it was asked of, and what it told."""

    caption: str
    rule: Rule
    tables: pictures.Table
    period: Period
    told: list[Suspicion]


def page(catalogue: Catalogue) -> str:
    """All kinds, in Markdown."""
    used = Counter(rule.kind for rule in catalogue.rules())
    by_kind: dict[str, list[Example]] = {kind: [] for kind in sorted(RULE_KINDS)}
    for example in examples():
        by_kind[example.rule.kind].append(example)
    lines = [
        "# 系统怎样核对",
        "",
        (
            f"本页由测试按小样表生成。要求模板中的每条规则属于下列{len(RULE_KINDS)}种核对方式之一；每个小例先列规则的写法，再列几行台账数据，"
            "最后是系统提出的疑点。同样的小例在逐支部（Python）和批量（DuckDB）两种算法上都得到同样的结果。"
            "哪些规则用哪一种方式，见[系统核对哪些规则](rules.md)。"
        ),
        "",
        "| 方式 | 名称 | 规则数 |",
        "|---|---|---|",
        *(f"| [{RULE_KINDS[kind]}](#{kind}) | {kind} | {used[kind]} |" for kind in by_kind),
        "",
    ]
    for kind, found in by_kind.items():
        lines += [f'<a id="{kind}"></a>', "", f"## {RULE_KINDS[kind]}（{kind}）", ""]
        for _, alike in groupby(found, key=lambda example: (example.caption, example.rule)):
            lines += _shown(list(alike))
    return "\n".join(lines)


def examples() -> Iterator[Example]:
    """Of each spec test, or of each rule where one test holds many, the first that tells and the
    first that is silent.
    """
    seen = set()
    for module in pkgutil.iter_modules(spec.__path__):
        own = importlib.import_module(f"{spec.__name__}.{module.name}")
        for name, test in vars(own).items():
            if name.startswith("test_") and "found" in inspect.signature(test).parameters:
                for example in _asked(test):
                    key = (example.caption, example.rule.kind, bool(example.told))
                    if key not in seen:
                        seen.add(key)
                        yield example


def _asked(test: Any) -> Iterator[Example]:
    """Every question of a test, with all that it is parametrized by."""
    marks = [mark for mark in getattr(test, "pytestmark", []) if mark.name == "parametrize"]
    for values in product(*(mark.args[1] for mark in marks)):
        given: dict[str, Any] = {}
        for mark, value in zip(marks, values, strict=True):
            names = mark.args[0]
            given |= {names: value} if isinstance(names, str) else dict(zip(names, value, strict=True))  # fmt: skip
        found: list[Example] = []
        test(pictures.asking(_recorder(found, test.__doc__)), **given)
        yield from found


def _recorder(found: list[Example], caption: str | None) -> Callable[..., set[Suspicion]]:
    """Plain Python, whose answers are kept; where a test has no caption, under what the
    rule says.
    """

    def ask(rule: Rule, tables: pictures.Table, period: Period) -> set[Suspicion]:
        told = pictures.by_reference(rule, tables, period)
        found.append(Example(caption or f"{rule.says}。", rule, tables, period, sorted(told)))
        return told

    return ask


def _shown(alike: list[Example]) -> Iterator[str]:
    """Examples of one rule in one test."""
    first = alike[0]
    said = first.rule.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    own = {name: value for name, value in said.items() if name not in _TOLD_ELSEWHERE}
    yield from (f"**{first.caption}**", "", f"规则：`{json.dumps(own, ensure_ascii=False)}`", "")
    for example in alike:
        yield from _asked_of(example)


def _asked_of(example: Example) -> Iterator[str]:
    period = example.period
    yield from (f"核对 {period.from_on} 至 {period.to_on}，截至 {period.on}：", "")
    for name, rows in example.tables.items():
        yield from _table(name, rows)
    told = [f"- {_told(one)}" for one in example.told] or ["- 没有疑点"]
    yield from ("疑点：", "", *told, "")


def _table(name: str, rows: list[dict[str, Any]]) -> Iterator[str]:
    columns = list(rows[0])[:WIDEST]
    more = ["…"] if len(rows[0]) > WIDEST else []
    yield from (_line([f"{name}：{columns[0]}", *columns[1:], *more]), _line(["---"] * len([*columns, *more])))  # fmt: skip
    for row in rows:
        yield _line([*map(_cell, (row[column] for column in columns)), *more])
    yield ""


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(value: Any) -> str:
    return "" if value is None else '""' if value == "" else str(value)


def _told(one: Suspicion) -> str:
    numbers = {"记录": one.subject, "另一个": one.other, "查得": one.found, "应为": one.wanted}
    words = [f"支部 {one.branch_id}", in_words(one.window), one.detail]
    words += [f"{label} {value}" for label, value in numbers.items() if value != NONE]
    return "，".join([*filter(None, words), *([] if one.certain else ["无法判断"])])
