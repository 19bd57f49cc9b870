"""Worked examples beside the rules: rows of ledgers, and where the rule speaks of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from taizhang.catalogue.model import Catalogue, Example, Item, code_of
from taizhang.checks import fact_tables
from taizhang.checks.catalogue_versions import words
from taizhang.kernel.calendar import in_words
from taizhang.kernel.errors import BadInput, Problem
from taizhang.kernel.writing import written
from taizhang.rules.base import Facts, Look, Period, Rule
from taizhang.rules.due_tables import is_derived

FOUNDED = date(1990, 1, 1)
"""When the branch of an example was founded that does not say it."""
MOST_ROWS = 60


@dataclass(frozen=True)
class Tried:
    """An example with what its rule says now."""

    example: Example
    found: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether that is what it should say."""
        return self.found == tuple(sorted(self.example.told))

    @property
    def told(self) -> str:
        """What it says now."""
        return in_word(self.found)

    @property
    def wanted(self) -> str:
        """What it should say."""
        return in_word(self.example.told)


def in_word(found: tuple[str, ...]) -> str:
    """Windows as people read them."""
    told = [f"{in_words(w.rstrip('?'))}{'（无法判断）' if w.endswith('?') else ''}" for w in found]
    return f"有疑点：{'、'.join(told)}" if told else "没有疑点"


def tables_of(rule: Rule) -> list[str]:
    """The ledgers that an example of a rule is given rows of: its own first; what follows from
    ledgers is not entered.
    """
    looks = [rule.own(), *rule.looks_at(), *(Look(name) for name in rule.needs)]
    names = dict.fromkeys(look.table for look in looks if look.table)
    return [name for name in names if name in fact_tables.schema() and not is_derived(name)]


def head_of(rule: Rule, table: str) -> list[str]:
    """The columns with which the rows of a table are typed: those that the rule names, else all but
    its keys.
    """
    named = rule.columns_named() if table == rule.own().table else set()
    asked = {column for look in rule.looks_at() if look.table == table for column in look.where}
    wanted = named | asked
    known = [name for name in fact_tables.schema()[table] if name not in ("id", "branch_id")]
    return [name for name in known if name in wanted] or known[:8]


def read(table: str, text: str) -> tuple[dict[str, str], ...]:
    """Rows as they are typed or pasted: a line of columns, then a line for each row, cells apart by
    | or a tab.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < 2:
        return ()
    known = words.columns(table)
    labels = {label.partition("（")[0]: name for name, label in known}
    labels |= {text: name for name, label in known for text in (label, f"{label}（{name}）", name)}
    head = [cell.strip() for cell in _cells(lines[0])]
    title = words.title_of(table)
    if unknown := [cell for cell in head if cell not in labels]:
        raise BadInput([Problem(f"没有栏目“{unknown[0]}”。", row=1, column=title)])
    if len(lines) > MOST_ROWS + 1:
        raise BadInput([Problem(f"一个例子最多{MOST_ROWS}行。", column=title)])
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        cells = [cell.strip() for cell in _cells(line)]
        row = {labels[name]: cell for name, cell in zip(head, cells, strict=False) if cell}
        for column, cell in row.items():
            _value(table, column, cell, number)
        rows.append(row)
    return tuple(rows)


def _cells(line: str) -> list[str]:
    return line.split("\t") if "\t" in line else line.split("|")


def _value(table: str, column: str, text: str, row: int = 0) -> object:
    sort = fact_tables.schema()[table][column]
    try:
        if sort == "date":
            return written.day(text)
        if sort == "string" or words.values(table, column):
            return words.value_of(table, column, text)
        return int(text)
    except words.NoSuchValue as wrong:
        raise BadInput(
            [Problem(str(wrong), row=row or None, column=words.title_of(table))]
        ) from wrong
    except written.NotReadable as wrong:
        place = f"{words.title_of(table)} {words.label_of_column(table, column)}"
        raise BadInput([Problem(str(wrong), row=row or None, column=place)]) from wrong
    except ValueError as wrong:
        place = f"{words.title_of(table)} {words.label_of_column(table, column)}"
        raise BadInput([Problem(f"“{text}”应是整数。", row=row or None, column=place)]) from wrong


def tried(example: Example, rules: list[Rule]) -> Tried:
    """Ask the rules of an example's code; whoever compares branches with each other cannot be asked
    of one.
    """
    branch = _facts(example)
    period = Period(example.from_, example.to, example.to)
    found = {
        f"{one.window}{'' if one.certain else '?'}"
        for rule in rules
        if not rule.across
        for one in rule.judge(branch, period)
    }
    return Tried(example, tuple(sorted(found)))


def _facts(example: Example) -> Facts:
    made: dict[str, Sequence[Any]] = {}
    given = {"branches": ({},), **example.tables}
    for table, rows in given.items():
        columns = fact_tables.schema().get(table)
        if columns is None:
            raise BadInput([Problem(f"没有台账“{table}”。", column="例子")])
        made[table] = [_row(table, columns, at, row) for at, row in enumerate(rows, start=1)]
    return Facts(1, made)


def _row(table: str, columns: dict[str, str], at: int, row: dict[str, str]) -> object:
    known: dict[str, Any] = {"id": at, "branch_id": 1, "founded_on": FOUNDED}
    values = {name: _value(table, name, text) for name, text in row.items() if name in columns}
    empty = {name: "" if sort == "string" else None for name, sort in columns.items()}
    own = {name: value for name, value in known.items() if name in columns}
    return fact_tables.row_type(table)(**(empty | own | values))


def of_item(item: Item) -> list[Tried]:
    """Every example of an item, tried."""
    return [tried(one, rules_of(item, one.rule)) for one in item.examples]


def rules_of(item: Item, code: str) -> list[Rule]:
    """The rules of a code."""
    return [rule for rule in item.rules if code_of(rule.id) == code]


def failing(catalogue: Catalogue) -> Iterator[tuple[Item, Tried]]:
    """The examples of a catalogue that do not hold."""
    for item in catalogue.items:
        for one in of_item(item):
            if not one.holds:
                yield item, one


def must_hold(catalogue: Catalogue) -> None:
    """Refuse a catalogue of which an example does not hold."""
    problems = [
        Problem(
            f"例子“{one.example.says}”应当{one.wanted}，按这一版{one.told}。",
            column=f"{item.id} {one.example.rule}",
        )
        for item, one in failing(catalogue)
    ]
    if problems:
        raise BadInput(problems)
