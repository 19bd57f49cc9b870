"""Areas, units, sessions and teams of a table. Nothing is filled in that is not written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from taizhang.documents.blocks import Cell
from taizhang.notices.grids import Grid
from taizhang.notices.model import Area, Inspected, Notice, Session
from taizhang.notices.sessions import session, tell_missing
from taizhang.notices.teams import names_a_team, team
from taizhang.notices.units import organisations
from taizhang.notices.values import day_spans, flat, hours


@dataclass
class _Rows:
    """The rows of one area."""

    name: str
    rows: list[int] = field(default_factory=list)


def from_grid(grid: Grid, notice: Notice, above: str = "") -> list[Area]:
    """The areas of a table: a row each, or several rows each with one unit; `above` is the area that a heading names."""
    blocks = _named_above(grid, above) if above and not grid.of("area") else _blocks(grid, notice)
    areas = []
    for block in blocks:
        units: list[Inspected] = []
        for row in block.rows:
            for column in grid.of("units"):
                cell = grid.rows[row][column]
                if not (cell.spans and row > block.rows[0]) or column not in grid.of("units")[:1]:
                    units += _new(organisations(cell.text, notice, grid.where(row, column)), units)
        areas.append(Area(name=block.name, organisations=units))
    _sessions(grid, blocks, areas, notice)
    _teams(grid, blocks, areas, notice)
    _deadlines(grid, blocks, notice)
    return areas


def _named_above(grid: Grid, name: str) -> list[_Rows]:
    columns = grid.of("units")
    rows = [
        row
        for row, cells in enumerate(grid.rows)
        if any(cells[column].text.strip() for column in columns) and not _is_total(cells)
    ]
    return [_Rows(name, rows)] if rows else []


def _new(found: list[Inspected], known: list[Inspected]) -> list[Inspected]:
    return [unit for unit in found if unit not in known]


def _blocks(grid: Grid, notice: Notice) -> list[_Rows]:
    columns = grid.of("area") or grid.of("team")[:0]
    blocks: list[_Rows] = []
    for row, cells in enumerate(grid.rows):
        if not any(cells[column].text.strip() for column in grid.of("units")):
            continue
        if _is_total(cells):
            continue
        name = _area_name(grid, cells, columns)
        goes_on = bool(blocks) and (not name or name == blocks[-1].name)
        if columns and goes_on:
            blocks[-1].rows.append(row)
        elif columns:
            blocks.append(_Rows(name or "", [row]))
        else:
            blocks.append(_Rows(f"第{len(blocks) + 1}组", [row]))
    if not columns and blocks:
        return _by_session(grid, blocks, notice)
    return blocks


def _area_name(grid: Grid, cells: list[Cell], columns: list[int]) -> str:
    names = list(
        dict.fromkeys(flat(cells[column].text) for column in columns if cells[column].text.strip())
    )
    return "".join(names)


def _is_total(cells: list[Cell]) -> bool:
    return any(flat(cell.text) in ("合计", "总计", "小计") for cell in cells[:2])


def _by_session(grid: Grid, rows: list[_Rows], notice: Notice) -> list[_Rows]:
    """A table without areas: units are together when time, place and team are; the name says no more than that."""
    columns = [*grid.of("when"), *grid.of("date"), *grid.of("venue"), *grid.of("team")]
    together: dict[tuple[str, ...], _Rows] = {}
    for block in rows:
        row = block.rows[0]
        key = tuple(flat(grid.rows[row][column].text) for column in columns)
        if not grid.table.exact and not any(key) and together:
            key = list(together)[-1]
        if key not in together:
            together[key] = _Rows(f"第{len(together) + 1}组")
        together[key].rows.append(row)
    notice.warn(
        "areas_unnamed", "表中没有片区（分组）名称，按时间地点归组并以序号命名。", grid.table.where
    )
    return list(together.values())


def _sessions(grid: Grid, blocks: list[_Rows], areas: list[Area], notice: Notice) -> None:
    columns = [*grid.of("date"), *grid.of("when"), *grid.of("venue")]
    if not columns:
        _sessions_in_headers(grid, blocks, areas, notice)
        return
    shared = _shared_cell(grid, blocks, columns)
    for block, area in zip(blocks, areas, strict=True):
        for row in block.rows:
            cells = shared or [grid.rows[row][column] for column in columns]
            text = "\n".join(cell.text for cell in cells)
            if not text.strip():
                continue
            found = session(text, notice, grid.where(row)) or Session()
            if not found.venue:
                found.venue = _venue_cell(grid, row, shared)
            if found != Session() and found not in area.sessions:
                area.sessions.append(found)
        tell_missing(area, notice, grid.where(block.rows[0]))


def _sessions_in_headers(
    grid: Grid, blocks: list[_Rows], areas: list[Area], notice: Notice
) -> None:
    """Columns headed by a day hold the units of that day."""
    dated = [c for c in grid.of("units") if day_spans(grid.headers.get(c, ""))]
    for block, area in zip(blocks, areas, strict=True):
        for column in dated:
            if any(grid.rows[row][column].text.strip() for row in block.rows):
                found = session(grid.headers[column], notice, grid.where(block.rows[0]))
                area.sessions += [found] if found else []
        if dated:
            tell_missing(area, notice, grid.where(block.rows[0]))


def _venue_cell(grid: Grid, row: int, shared: list[Cell] | None) -> str | None:
    if shared:
        row = 0
    for column in grid.of("venue"):
        text = " ".join(grid.rows[row][column].text.split())
        if text and not day_spans(text):
            return text
    for column in grid.of("when"):
        return _last_line_place(grid.rows[row][column].text)
    return None


def _last_line_place(text: str) -> str | None:
    """In a cell of time and place without the word 地点: a last line that is no time."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) < 2:
        return None
    last = lines[-1]
    return None if day_spans(last) or hours(last)[0] or re.search(r"[上下]午|时间", last) else last


def _shared_cell(grid: Grid, blocks: list[_Rows], columns: Sequence[int]) -> list[Cell] | None:
    """Text form only: written once in the first row, blank in all others, it was one merged cell."""
    if grid.table.exact or len(blocks) < 2:
        return None
    firsts = [[grid.rows[block.rows[0]][column] for column in columns] for block in blocks]
    filled = [any(cell.text.strip() for cell in cells) for cells in firsts]
    return firsts[0] if filled[0] and not any(filled[1:]) else None


def _teams(grid: Grid, blocks: list[_Rows], areas: list[Area], notice: Notice) -> None:
    columns = [*grid.of("team"), *grid.of("leader"), *grid.of("deputy"), *grid.of("members")]
    if not columns:
        return
    texts = [_team_text(grid, block.rows, columns) for block in blocks]
    filled = [at for at, text in enumerate(texts) if text.strip()]
    for at, (block, area) in enumerate(zip(blocks, areas, strict=True)):
        text = texts[at]
        if not text.strip() and not grid.table.exact and filled and filled[0] < at:
            above = max(i for i in filled if i < at)
            text = texts[above]
            notice.warn(
                "team_shared", f"{area.name}未单独写督查组，按合并单元格取{areas[above].name}的督查组。",
                grid.where(block.rows[0]),
            )  # fmt: skip
        area.team = team(text, notice, grid.where(block.rows[0]))
        if area.team is None:
            notice.warn("no_team", f"{area.name}没有督查组。", grid.where(block.rows[0]))


def _team_text(grid: Grid, rows: list[int], columns: list[int]) -> str:
    labels = {"leader": "组长：", "deputy": "副组长：", "members": "组员："}
    parts: list[str] = []
    for column in columns:
        texts = list(dict.fromkeys(grid.rows[row][column].text.strip() for row in rows))
        text = "、".join(text for text in texts if text)
        label = labels.get(grid.columns[column], "")
        if text and label and not names_a_team(text):
            text = label + text
        if text:
            parts.append(text)
    return "\n".join(parts)


def _deadlines(grid: Grid, blocks: list[_Rows], notice: Notice) -> None:
    for column in grid.of("deadline"):
        for block in blocks:
            text = flat(grid.rows[block.rows[0]][column].text)
            if text:
                notice.warn(
                    "deadline",
                    f"{block.name}只有时限“{text}”，不作为场次。",
                    grid.where(block.rows[0], column),
                )
