"""A table with the meaning of its columns: two-row headers are put together here."""

from __future__ import annotations

import re
from dataclasses import dataclass

from taizhang.documents.blocks import Cell, Table
from taizhang.notices.tables import columns, grades, heads, laid
from taizhang.notices.tables.heads import REQUIREMENTS, SCHEDULE
from taizhang.notices.values import day_spans, flat
from taizhang.notices.words import labels


@dataclass
class Grid:
    """A table with what each column means, and the rows below its headers."""

    table: Table
    columns: dict[int, str]
    headers: dict[int, str]
    rows: list[list[Cell]]
    first: int
    """The number of the first of these rows in the table, counted from 1."""
    circled: bool = False
    """Whether a circle is a tick here, and no nought."""

    def of(self, meaning: str) -> list[int]:
        """The columns of that meaning, from left to right."""
        return sorted(at for at, found in self.columns.items() if found == meaning)

    def where(self, row: int, column: int | None = None) -> str:
        """The place of a row for a person."""
        place = f"{self.table.where} 第{self.first + row}行"
        return f"{place}“{self.headers[column]}”列" if column in self.headers else place


HEADS = 4
"""In so many rows at most the headers are looked for."""


def told(table: Table, meanings: dict[str, str], least: int, most: int = HEADS) -> Grid | None:
    """The table from the first of its `most` first rows that holds `least` meanings; None where no
    row does.
    """
    for at, row in enumerate(table.rows[:most]):
        found = {column: heads.meaning(cell.text, meanings) for column, cell in enumerate(row)}
        known = {column: meaning for column, meaning in found.items() if meaning}
        known |= _graded(row, meanings)
        filled = [cell for cell in row if cell.text.strip()]
        known = columns.owned(_of_persons(_passive(_led(_sided(known), row), row), row))
        sided = bool({"lead_unit", "partners"} & set(found.values()))
        known = known if sided else _inspected(known, row)
        if meanings is SCHEDULE and len(set(known.values())) > 1:
            known = columns.by_values(table, at, known)
        levels = meanings is REQUIREMENTS and _of_levels_alone(known, filled)
        asked = meanings is REQUIREMENTS and _asked_alone(row, known)
        few = len(set(known.values())) < least
        if (few and not levels and not asked) or len(known) * 2 < len(filled):
            continue
        if meanings is not REQUIREMENTS and laid.is_filled_in(row):
            continue
        grid = _with_second_row(table, at, known, meanings)
        if not sided and not grid.of("units"):
            grid.columns = _inspected(grid.columns, [Cell(h) for h in grid.headers.values()])
        return grid
    return None


def _graded(row: list[Cell], meanings: dict[str, str]) -> dict[int, str]:
    """`优`, `良`, `差` beside each other over what is asked."""
    headers = {c: cell.text for c, cell in enumerate(row) if cell.text.strip()}
    return dict.fromkeys(grades.rungs(headers) if meanings is REQUIREMENTS else (), "grade")


def _inspected(known: dict[int, str], row: list[Cell]) -> dict[int, str]:
    """检查单位 are inspected, where nobody else is."""
    if "inspectors" not in known.values() or _has_inspected(known, row):
        return known
    return {c: "units" if m == "inspectors" else m for c, m in known.items()}


def _of_levels_alone(known: dict[int, str], filled: list[Cell]) -> bool:
    """Several levels, or two that are all there is: a name, and what belongs to it."""
    n = list(known.values()).count("level")
    units = any(re.search(r"单位|学校|支部|党组织|姓名", flat(cell.text)) for cell in filled)
    return n > 2 or (n == 2 and len(known) == len(filled) and not units)


def _asked_alone(row: list[Cell], known: dict[int, str]) -> bool:
    """Two columns, of which the last is headed by what is asked and the first by nothing that
    belongs to a schedule.
    """
    two = len([cell for cell in row if cell.text.strip()]) == 2 == len(row)
    return two and known == {1: "requirement"} and not heads.meaning(row[0].text, SCHEDULE)


def _sided(known: dict[int, str]) -> dict[int, str]:
    """牵头学校 inspects where others are named beside it; 成员单位 are inspected where nobody else is."""
    others = "units" if "units" not in known.values() else "inspectors"
    leads = "inspectors" if {"units", "partners"} & set(known.values()) else "units"
    swap = {"partners": others, "lead_unit": leads}
    return {column: swap.get(meaning, meaning) for column, meaning in known.items()}


def _led(known: dict[int, str], row: list[Cell]) -> dict[int, str]:
    """分管领导 beside 组长 does not lead the group."""
    leaders = [c for c, m in known.items() if m == "leader"]
    sure = [c for c in leaders if re.search(r"组长|带队|领队", flat(row[c].text))]
    return {c: m for c, m in known.items() if not sure or c in sure or c not in leaders}


def _passive(known: dict[int, str], row: list[Cell]) -> dict[int, str]:
    """被评支部 beside 评议支部: the latter inspect."""
    units = [c for c, m in known.items() if m == "units"]
    suffers = [c for c in units if re.match(r"[被受]|拟受|对方", flat(row[c].text))]
    acts = [c for c in units if re.match(labels.VERBS, flat(row[c].text))]
    both = len(suffers) == len(acts) == 1 == len(units) - 1
    return known | {acts[0]: "inspectors"} if both else known


def _of_persons(known: dict[int, str], row: list[Cell]) -> dict[int, str]:
    """Beside a column of names, 单位 is where these work."""
    works = [c for c, m in known.items() if m == "units" and flat(row[c].text) in ("单位", "部门")]
    named = "person" in known.values() and len(works) == 1
    known = known | {works[0]: "post"} if named else known
    return known | {c: "post" for c in known if _is_theirs(known, row, c)}


_PEOPLE = ("person", "members", "leader", "deputy")


def _is_theirs(known: dict[int, str], row: list[Cell], column: int) -> bool:
    """专家单位 right behind 核查专家."""
    of = re.fullmatch(r"(.+)(?:单位|部门)(?:及职务)?", flat(row[column].text))
    before = known.get(column - 1) in _PEOPLE and flat(row[column - 1].text)
    return bool(known[column] == "units" and of and before and before.endswith(of[1]))


def _has_inspected(known: dict[int, str], row: list[Cell]) -> bool:
    """检查单位 are those who inspect only where others are named as inspected."""
    return any(
        m == "units" and re.match(r"被|受|所|检查对象|督查对象", flat(row[c].text))
        for c, m in known.items()
    )


def _with_second_row(
    table: Table, at: int, known: dict[int, str], meanings: dict[str, str]
) -> Grid:
    """A second header row says more exactly what stands under a header that spans columns."""
    headers = {column: flat(cell.text) for column, cell in enumerate(table.rows[at])}
    below = table.rows[at + 1] if at + 1 < len(table.rows) else []
    if meanings is REQUIREMENTS and (often := _periods(below, headers, known)):
        known |= dict.fromkeys(often, "frequency")
        return Grid(table, known, headers | often, _body(table, at + 2, headers), at + 3)
    second = {c: heads.meaning(cell.text, meanings) for c, cell in enumerate(below)}
    second |= _graded(below, meanings)
    more = {
        c: m
        for c, m in second.items()
        if m and flat(below[c].text) != headers.get(c) and _is_shared(c, headers)
    }
    filled = [c for c in below if c.text.strip()]
    same = [
        c
        for c, cell in enumerate(below)
        if flat(cell.text) == headers.get(c, "") and cell.text.strip()
    ]
    others = [c for c, cell in enumerate(below) if cell.text.strip() and c not in same]
    split = bool(same) and all(_is_shared(c, headers) for c in others)
    if more and (split or (len(more) + len(same) == len(filled) and len(more) >= 2)):
        more |= {c: known[c] for c in others if c not in more and c in known}
        headers |= {c: _joined(headers.get(c, ""), flat(below[c].text)) for c in more}
        return Grid(table, known | more, headers, _body(table, at + 2, headers), at + 3)
    return Grid(table, known, headers, _body(table, at + 1, headers), at + 2)


def _periods(below: list[Cell], headers: dict[int, str], known: dict[int, str]) -> dict[int, str]:
    """`每月`, `每季度` below one header, beside nothing but headers that go on; a bound from above stays
    part of them.
    """
    own = [c for c, cell in enumerate(below) if heads.names_period(cell.text)]
    first = next((c for c in reversed(range(own[0] + 1)) if headers.get(c)), -1) if own else -1
    above = {headers.get(c) or headers.get(first, "") for c in own}
    rest = [c for c, cell in enumerate(below) if cell.text.strip() and c not in own]
    if len(own) < _SEVERAL or len(above) > 1 or known.get(first) in ("score", "note", "no"):
        return {}
    if any(flat(below[c].text) != headers.get(c) for c in rest):
        return {}
    bound = f"{first_of}\n" if heads.may_be_less(first_of := next(iter(above))) else ""
    return {c: bound + flat(below[c].text) for c in own}


_SEVERAL = 2


def _is_shared(column: int, headers: dict[int, str]) -> bool:
    """Whether a header stands over several columns, or nothing does: only then a row below can say
    more.
    """
    own = headers.get(column, "")
    return not own or own in (headers.get(column - 1), headers.get(column + 1))


def _joined(above: str, below: str) -> str:
    """A day over 上午 and 下午 belongs to both; any other header above says less than the one below."""
    return above + below if day_spans(above) else below


def _body(table: Table, start: int, headers: dict[int, str]) -> list[list[Cell]]:
    """The rows below; a header that is repeated on a new page stays as an empty row, so that
    numbers keep.
    """

    def repeated(row: list[Cell]) -> bool:
        texts = [flat(cell.text) for cell in row]
        return any(texts) and all(
            text == headers.get(c, "") for c, text in enumerate(texts) if text
        )

    return [[Cell("") for _ in row] if repeated(row) else row for row in table.rows[start:]]
