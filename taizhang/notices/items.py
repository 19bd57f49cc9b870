"""The table of requirements: two to five levels filled down, the requirement verbatim, the score
where there is one.
"""

from __future__ import annotations

import re

from taizhang.documents.blocks import Cell
from taizhang.notices.model import Item, Notice
from taizhang.notices.tables import heads, required
from taizhang.notices.tables.grids import Grid
from taizhang.notices.values import flat, half_width, number_in


def from_grid(grid: Grid, notice: Notice) -> list[Item]:
    """The rows of the table, numbered from 1."""
    levels = _levels(grid)
    asked = grid.of("requirement")
    above: dict[int, str] = {}
    section = ""
    items: list[Item] = []
    told: float | None = None
    for row, cells in enumerate(grid.rows):
        if not any(cell.text.strip() for cell in cells):
            continue
        total = _total(cells)
        if total is not None:
            told = total
            continue
        if _heading(cells):
            section = _plain(cells[0].text)
            above = {levels[0]: section} if len(levels) > 1 else {}
            continue
        names = _fill_down(levels, cells, above)
        wanted = "\n".join(text for c in asked if (text := cells[c].text.strip()))
        often, others = _beside(grid, cells, {*levels, *asked})
        if not names[-1] and items and asked and not cells[asked[0]].spans:
            _go_on(items[-1], wanted, others, notice, grid.where(row))
            continue
        items.append(_item(len(items) + 1, names, wanted, _score(grid, cells)))
        if len(levels) == 1:
            items[-1].category = section or None
        items[-1].frequency, items[-1].others = often, others
        _look_at(items[-1], notice, grid.where(row))
    _compare_sum(items, told, notice, grid.table.where)
    return items


def _levels(grid: Grid) -> list[int]:
    """The columns of the levels: those named so, from the left to the one before the
    requirement.
    """
    named = grid.of("level")
    requirement = grid.of("requirement")
    if requirement:
        before = [column for column in named if column < requirement[0]]
        return before or named[:1]
    return named


def _fill_down(levels: list[int], cells: list[Cell], above: dict[int, str]) -> list[str]:
    """The names of all levels; an empty one is as above, unless a higher level is new. The last is
    never filled.
    """
    names = []
    fresh = False
    for at, column in enumerate(levels):
        text = _plain(cells[column].text)
        last = at == len(levels) - 1
        if text and above.get(column) != text:
            fresh = True
            for lower in levels[at:]:
                above.pop(lower, None)
        if text:
            above[column] = text
        names.append(text if text or last or fresh else above.get(column, ""))
    return names


def _plain(text: str) -> str:
    """One line; blanks between Chinese characters come from the table's width."""
    joined = " ".join(text.split())
    return (
        re.sub(r"(?<=[\u4e00-\u9fff”）】、，])\s+(?=[\u4e00-\u9fff“（【])", "", joined)
        if "\n" in text
        else joined
    )


def _item(number: int, names: list[str], requirement: str, score: float | None) -> Item:
    upper = list(dict.fromkeys(name for name in names[1:-1] if name))
    return Item(
        no=number,
        category=names[0] or None if len(names) > 1 else None,
        subcategory="／".join(upper) or None,
        title=names[-1],
        requirement=requirement,
        score=score,
    )


def _beside(grid: Grid, cells: list[Cell], used: set[int]) -> tuple[str | None, dict[str, str]]:
    """How often, and what stands in the columns that are neither that nor used."""
    often, told_by = _frequency(grid, cells)
    used = {*used, *told_by, *grid.of("no"), *_scored(grid, cells)}
    return often, _others(grid, cells, used)


def _others(grid: Grid, cells: list[Cell], used: set[int]) -> dict[str, str]:
    """What stands in the columns that are nothing of the above, under their headers."""
    taken = {cells[column].text for column in used}
    found: dict[str, str] = {}
    for column, cell in enumerate(cells):
        text = cell.text.strip()
        if column in used or not text or (cell.spans and cell.text in taken):
            continue
        header = flat(grid.headers.get(column, "")) or f"第{column + 1}列"
        _add(found, header, text)
    return found


def _add(others: dict[str, str], header: str, text: str) -> None:
    lines = [*others.get(header, "").splitlines(), *text.splitlines()]
    others[header] = "\n".join(dict.fromkeys(lines))


_POINTS = re.compile(r"[（(]?\d+(?:\.\d+)?分?[）)]?")


def _scored(grid: Grid, cells: list[Cell]) -> list[int]:
    """The column of points that was read, where it says no more than their number."""
    for column in grid.of("score"):
        plain = flat(cells[column].text)
        if cells[column].spans or _POINTS.fullmatch(plain):
            return [column]
        if number_in(plain) is not None:
            return []
    return []


def _score(grid: Grid, cells: list[Cell]) -> float | None:
    """A score that spans several rows belongs to the first alone, or it would count
    more than once.
    """
    for column in grid.of("score"):
        number = number_in(cells[column].text)
        if cells[column].spans or number is not None:
            return None if cells[column].spans else number
    if not grid.of("score"):
        for column in grid.of("requirement"):
            inside = re.search(r"[（(](\d+(?:\.\d+)?)分[）)]\s*$", half_width(cells[column].text))
            if inside and not cells[column].spans:
                return float(inside[1])
        named = grid.of("level")[-1:]
        for column in named:
            inside = re.search(
                r"(?<![\d.扣加减])(\d{1,3}(?:\.\d+)?)分[）)]?\s*$", half_width(cells[column].text)
            )
            if inside and not cells[column].spans:
                return float(inside[1])
    return None


def _frequency(grid: Grid, cells: list[Cell]) -> tuple[str | None, list[int]]:
    """How often, and the columns that say so.

    A number alone is said of what its header says: `每年次数` and 4; below `每月` and `每年` each of them
    may hold one.
    """
    periods = [c for c in grid.of("frequency") if heads.names_period(grid.headers[c])]
    said = [
        required.beside_period(grid.headers[c], cells[c].text, circled=grid.circled)
        for c in periods
    ]
    if any(said):
        return "\n".join(text for text in said if text), periods
    for column in (c for c in grid.of("frequency") if c not in periods):
        if text := cells[column].text.strip():
            number = number_in(text) is not None and text.isdecimal()
            told = f"{grid.headers[column]}\n{text}" if number else text
            return told, [*periods, column]
    return None, periods


def _total(cells: list[Cell]) -> float | None:
    head = next((flat(cell.text) for cell in cells if cell.text.strip()), "")
    if not re.match(r"^(?:合计|总计|总分|共计)", head):
        return None
    for cell in reversed(cells):
        number = number_in(cell.text)
        if number is not None:
            return number
    return -1.0


def _heading(cells: list[Cell]) -> bool:
    """A row whose one text goes across the whole table."""
    return len(cells) > 1 and bool(cells[0].text.strip()) and all(cell.spans for cell in cells[1:])


def _go_on(item: Item, more: str, others: dict[str, str], notice: Notice, where: str) -> None:
    for header, text in others.items():
        _add(item.others, header, text)
    if more:
        item.requirement = f"{item.requirement}\n{more}".strip()
        notice.warn(
            "continued", f"此行没有内容名称，并入第{item.no}项“{item.title}”的要求。", where
        )


def _look_at(item: Item, notice: Notice, where: str) -> None:
    if not item.title:
        notice.warn("no_item_title", f"第{item.no}项没有内容名称。", where)
    if re.search(r"[★☆▲※*]", item.title):
        notice.warn("marked", f"第{item.no}项带有标记“{item.title}”，含义请见原文说明。", where)
    if (
        item.title.endswith("。")
        and len(item.requirement) < len(item.title)
        and item.requirement
        and "。" not in item.requirement
    ):
        notice.warn("cells_swapped", f"第{item.no}项的内容与要求两格疑似互换，按原文保留。", where)


def _compare_sum(items: list[Item], told: float | None, notice: Notice, where: str) -> None:
    scores = [item.score for item in items if item.score is not None]
    if told is not None and told > 0 and scores and abs(sum(scores) - told) > 1e-9:
        notice.warn("sum_mismatch", f"各项分值合计{sum(scores):g}，合计栏写{told:g}。", where)


def stated_total(text: str) -> float | None:
    """The full score that the letter states: `满分100分`."""
    found = re.search(r"(?:总分|满分)[为是:：]?(\d{2,4})分?", flat(half_width(text)))
    return float(found[1]) if found else None
