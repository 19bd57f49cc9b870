"""Areas, units, sessions and teams of a table. Nothing is filled in that is not written."""

from __future__ import annotations

import re
from collections.abc import Sequence

from taizhang.documents.blocks import Cell
from taizhang.kernel.text import brief
from taizhang.notices.groups import names as groups
from taizhang.notices.groups import visits
from taizhang.notices.groups.seated import (
    SEATS,
    Rows,
    give_contacts,
    give_teams,
    names_alone,
    team_text,
    tell_deadlines,
    with_seats,
)
from taizhang.notices.groups.sessions import place, session, sessions_of, tell_missing
from taizhang.notices.groups.teams import (
    mark_of_leaders,
    names_a_team,
    team,
    unmarked,
)
from taizhang.notices.groups.units import organisations
from taizhang.notices.model import Area, Inspected, Notice, Session
from taizhang.notices.tables.columns import UNTIL
from taizhang.notices.tables.grids import Grid
from taizhang.notices.tables.schedules import is_half, with_areas
from taizhang.notices.values import day_spans, flat, hours
from taizhang.notices.words import labels


def from_grid(grid: Grid, notice: Notice, above: str = "", remarks: str = "") -> list[Area]:
    """The areas of a table: a row each, or several rows each with one unit; `above` is the area
    that a heading names.
    """
    grid = with_seats(with_areas(_with_leaders(names_alone(grid), remarks), groups.is_name))
    if _is_calendar(grid) and not above:
        return _of_calendar(grid, notice)
    grid = _headings_out(grid, above)
    named = {labels.role_of(flat(row[c].text)) for row in grid.rows for c in grid.of("area")}
    if named & {"leader", "deputy", "members", "liaison", "contact", "when", "venue"}:
        notice.warn("unknown_table", _UNKNOWN, grid.table.where)
        return []
    blocks = _named_above(grid, above) if above and not grid.of("area") else _blocks(grid, notice)
    areas = []
    for block in blocks:
        units: list[Inspected] = []
        for row in block.rows:
            for column in grid.of("units"):
                cell = grid.rows[row][column]
                if not (cell.spans and row > block.rows[0]) or column not in grid.of("units")[:1]:
                    units += _new(organisations(cell.text, notice, grid.where(row, column)), units)
        area = Area(name=block.name, organisations=units)
        notice.came_from(area, [cell.where for row in block.rows for cell in grid.rows[row]])
        areas.append(area)
    _sessions(grid, blocks, areas, notice)
    give_teams(grid, blocks, areas, notice)
    give_contacts(grid, blocks, areas)
    if not any(a.organisations or a.team or groups.is_name(a.name) for a in areas):
        notice.warn("unknown_table", _UNKNOWN, grid.table.where)
        return []
    tell_deadlines(grid, blocks, notice)
    _tell_columns(grid, notice)
    return areas


_UNKNOWN = "没有认出这个表的用途，未取其中内容。"


def _tell_columns(grid: Grid, notice: Notice) -> None:
    """A column that no header and no content explains is said."""
    for column, header in grid.headers.items():
        filled = any(row[column].text.strip() for row in grid.rows if column < len(row))
        if header and filled and column not in grid.columns:
            message = f"“{header}”一列没有认出，没有读入，请对照原文。"
            notice.warn("unread", message, grid.table.where)


def _with_leaders(grid: Grid, remarks: str) -> Grid:
    """Names that a sign marks as those of leaders, as a remark in the table or below it says."""
    texts = "\n".join(cell.text for row in grid.rows for cell in row if not cell.spans)
    mark = mark_of_leaders(f"{texts}\n{remarks}")
    seats = {column for meaning in SEATS for column in grid.of(meaning)}
    if not mark:
        return grid
    rows = [
        [
            Cell(unmarked(cell.text, mark), cell.spans, cell.where) if at in seats else cell
            for at, cell in enumerate(row)
        ]
        for row in grid.rows
    ]
    return Grid(grid.table, grid.columns, grid.headers, rows, grid.first)


def _is_calendar(grid: Grid) -> bool:
    """Days downwards and halves of the day across, without a column of areas."""
    halves = [c for c in grid.of("units") if is_half(grid.headers.get(c, ""))]
    return bool(halves and grid.of("date") + grid.of("when")) and not grid.of("area")


def _of_calendar(grid: Grid, notice: Notice) -> list[Area]:
    """Each filled cell is a group of its own, or holds groups by their names."""
    areas: list[Area] = []
    seats = [column for meaning in SEATS for column in grid.of(meaning)]
    (dated, *_) = [*grid.of("date"), *grid.of("when")]
    for row, cells in enumerate(grid.rows):
        for column in grid.of("units"):
            cell, day, half = cells[column], cells[dated].text, grid.headers[column]
            if not cell.text.strip() or (cell.spans and cell == cells[column - 1]):
                continue
            where = grid.where(row, column)
            found = session(f"{day}\n{half}", notice, where)
            own = team(team_text(grid, [row], seats), notice, where) if seats else None
            for name, units in _groups_in(cell.text) or [(f"{flat(day)}{flat(half)}", cell.text)]:
                named = [one for one in areas if one.name == name]
                area = named[0] if named else Area(name=name)
                listed = organisations(units, notice, where)
                if units and not listed:
                    continue
                area.organisations += listed
                area.sessions += [found.model_copy()] if found else []
                area.team = area.team or own
                notice.came_from(area, [cell.where, cells[dated].where, grid.table.where])
                areas += [] if named else [area]
    return areas


def _groups_in(text: str) -> list[tuple[str, str]]:
    """Groups by their names in the lines of a cell, with what stands behind these; empty where a
    line has none.
    """
    alone = [one for one in re.split(r"[、，,；;\s]+", text) if one]
    if all(map(groups.is_name, alone)):
        return [(flat(one), "") for one in alone]
    heads = [groups.heading_in(line) for line in text.splitlines() if line.strip()]
    return [head for head in heads if head] if all(head and head[1] for head in heads) else []


def _headings_out(grid: Grid, above: str) -> Grid:
    """A row that goes across the table and names a group is the area of the rows below it; those
    before the first have the one that the line above the table names.
    """
    named: dict[int, tuple[str, str]] = {}
    for row, cells in enumerate(grid.rows):
        texts = {cell.text.strip() for cell in cells if cell.text.strip()}
        across = len(texts) == 1 and (len(cells) > 1 and (cells[1].spans or not cells[1].text))
        head = groups.heading_in(texts.pop()) if across else None
        if head:
            named[row] = head
    if not named or grid.of("area"):
        return grid
    width = len(grid.rows[0])
    rows, head, heading = [], (above, ""), Cell("")
    for row, cells in enumerate(grid.rows):
        if row in named:
            head, heading = named[row], cells[0]
            rows.append([Cell("") for _ in range(width + 2)])
        else:
            rows.append(
                [*cells, Cell(head[0], where=heading.where), Cell(head[1], where=heading.where)]
            )
    said = {width + 1: "team"} if any(names_a_team(rest) for _, rest in named.values()) else {}
    return Grid(grid.table, grid.columns | {width: "area"} | said, grid.headers, rows, grid.first)


def _named_above(grid: Grid, name: str) -> list[Rows]:
    columns = grid.of("units") or grid.of("person")
    rows = [
        row
        for row, cells in enumerate(grid.rows)
        if any(cells[column].text.strip() for column in columns) and not _is_total(cells)
    ]
    return [Rows(name, rows)] if rows else []


def _new(found: list[Inspected], known: list[Inspected]) -> list[Inspected]:
    return [unit for unit in found if unit not in known]


def _blocks(grid: Grid, notice: Notice) -> list[Rows]:
    columns = grid.of("area")
    keys = grid.of("units") or [c for m in SEATS for c in grid.of(m)]
    keys = keys or [*grid.of("when"), *grid.of("date"), *grid.of("venue")]
    blocks: list[Rows] = []
    for row, cells in enumerate(grid.rows):
        if not any(cells[column].text.strip() for column in keys):
            continue
        if _is_total(cells):
            continue
        name = _area_name(grid, cells, columns)
        before = next((one for one in blocks if one.name == name), None)
        before = before or (blocks[-1] if blocks and not name else None)
        if columns and before:
            before.rows.append(row)
        elif columns:
            blocks.append(Rows(name or "", [row]))
        else:
            blocks.append(Rows("", [row]))
    if not columns and blocks:
        return _by_session(grid, blocks, notice)
    return blocks


def _area_name(grid: Grid, cells: list[Cell], columns: list[int]) -> str:
    names = list(
        dict.fromkeys(flat(cells[column].text) for column in columns if cells[column].text.strip())
    )
    return re.sub(r"[（(](?:共|计)?\d+[人个所家名][^（）()]*[）)]$", "", "".join(names))


def _is_total(cells: list[Cell]) -> bool:
    return any(flat(cell.text) in ("合计", "总计", "小计") for cell in cells)


def _by_session(grid: Grid, rows: list[Rows], notice: Notice) -> list[Rows]:
    """A table without areas: units are together when time, place and team are, and are called by
    one of these.
    """
    meanings = ["when", "date", "venue", "team", "inspectors", "leader"]
    meanings += [] if any(map(grid.of, meanings[3:])) else ["members"]
    columns = [column for meaning in meanings for column in grid.of(meaning)]
    if named := _named_in_teams(grid, rows):
        return named
    together: dict[tuple[str, ...], Rows] = {}
    for block in rows:
        row = block.rows[0]
        key = tuple(flat(grid.rows[row][column].text) for column in columns)
        if not grid.table.exact and not any(key) and together:
            key = list(together)[-1]
        together.setdefault(key, Rows("")).rows.append(row)
    found = list(together.values())
    for block, name in zip(found, _names(grid, found), strict=True):
        block.name = name
    message = "表中没有片区（分组）名称，按时间、地点或督查组归组，以其中的文字为名，请核对。"
    notice.warn("areas_unnamed", message, grid.table.where)
    return found


def _named_in_teams(grid: Grid, rows: list[Rows]) -> list[Rows]:
    """Rows whose cells of the team begin with the name of a group are together by this name; empty
    where one has none.
    """
    together: dict[str, Rows] = {}
    for block in rows:
        cells = grid.rows[block.rows[0]]
        heads = [head for c in grid.of("team") if (head := groups.heading_in(cells[c].text))]
        if not heads:
            return []
        together.setdefault(heads[0][0], Rows(heads[0][0])).rows += block.rows
    return list(together.values()) if len(together) < len(rows) else []


def _names(grid: Grid, blocks: list[Rows]) -> list[str]:
    """What tells the groups apart, in the table's own words: 第一组 in the team's cell, place,
    inspectors, time, leader, unit.
    """
    firsts = [grid.rows[block.rows[0]] for block in blocks]
    choices: list[list[str]] = []
    for column in grid.of("team"):
        heads = [groups.heading_in(cells[column].text) for cells in firsts]
        choices.append([head[0] if head else "" for head in heads])
    alone = all(len(cells) == 1 for cells in _units_of(grid, blocks))
    by_unit = ("inspectors", "units", "venue", "date", "when", "leader")
    for meaning in by_unit if alone else ("venue", "inspectors", "date", "when", "leader", "units"):
        for column in grid.of(meaning):
            choices.append([_first_name(cells[column].text) for cells in firsts])
    for names in choices:
        if all(names) and len(set(names)) == len(names):
            return names
    every = [brief("、".join(own), _LONGEST_NAME) for own in _units_of(grid, blocks)]
    return [name or words for name, words in zip(every, map(_any_words, firsts), strict=True)]


_LONGEST_NAME = 30


def _any_words(cells: list[Cell]) -> str:
    """The first cell of a row that says something."""
    return next((name for cell in cells if (name := _first_name(cell.text))), "")


def _units_of(grid: Grid, blocks: list[Rows]) -> list[list[str]]:
    """Of each group, the units that its rows name."""
    return [
        [
            one
            for row in block.rows
            for column in grid.of("units")
            for one in re.split(r"[\n、，,；;]", grid.rows[row][column].text.strip())
            if one.strip()
        ]
        for block in blocks
    ]


def _first_name(text: str) -> str:
    lines = [line.strip() for line in re.split(r"[\n、，,；;]", text) if line.strip()]
    return lines[0] if lines and len(lines[0]) <= 30 else ""


def _sessions(grid: Grid, blocks: list[Rows], areas: list[Area], notice: Notice) -> None:
    columns = [*grid.of("date"), *grid.of("when"), *grid.of("venue")]
    if not columns or any(_is_time(grid.headers.get(c, "")) for c in grid.of("units")):
        _sessions_in_headers(grid, blocks, areas, notice)
        return
    shared = _shared_cell(grid, blocks, columns)
    for block, area in zip(blocks, areas, strict=True):
        for row in block.rows:
            cells = shared or [grid.rows[row][column] for column in columns]
            text = _told_together(grid, columns, cells)
            if not text.strip():
                continue
            several = sessions_of(text, notice, grid.where(row)) or [Session()]
            for found in several:
                own = len(several) == 1 and _venue_column(grid, row, shared)
                found.venue = own or found.venue or _venue_cell(grid, row, shared)
                if found != Session() and found not in area.sessions:
                    area.sessions.append(found)
        tell_missing(area, notice, grid.where(block.rows[0]))


def _told_together(grid: Grid, columns: Sequence[int], cells: Sequence[Cell]) -> str:
    """Day, hours and place below each other; an hour that has a column of its own for the end
    stands behind the first.
    """
    text = ""
    for column, cell in zip(columns, cells, strict=True):
        ends = bool(text and cell.text.strip() and UNTIL.match(grid.headers.get(column, "")))
        text += f"—{cell.text.strip()}" if ends else f"\n{cell.text}"
    return text.removeprefix("\n")


def _sessions_in_headers(grid: Grid, blocks: list[Rows], areas: list[Area], notice: Notice) -> None:
    """Columns headed by a day, or by half of the day that the row says, hold the units of that
    time.
    """
    timed = [c for c in grid.of("units") if _is_time(grid.headers.get(c, ""))]
    for block, area in zip(blocks, areas, strict=True):
        for row in block.rows:
            day = "\n".join(grid.rows[row][c].text for c in [*grid.of("date"), *grid.of("when")])
            for column in timed:
                text = grid.rows[row][column].text
                if text.strip():
                    told = f"{day}\n{grid.headers[column]}\n{visits.hours_in(text)}"
                    found = session(told, notice, grid.where(row))
                    area.sessions += [found] if found else []
                    visits.placed(found, text, area)
        if timed:
            tell_missing(area, notice, grid.where(block.rows[0]))


def _is_time(header: str) -> bool:
    return bool(day_spans(header) or re.search(r"^(?:上午|下午|晚上|全天)", header))


def _venue_column(grid: Grid, row: int, shared: list[Cell] | None) -> str | None:
    """The whole cell below 地点, also where it has several lines."""
    texts = [place(grid.rows[0 if shared else row][column].text) for column in grid.of("venue")]
    return next((text for text in texts if text and not day_spans(text)), None)


def _venue_cell(grid: Grid, row: int, shared: list[Cell] | None) -> str | None:
    if found := _venue_column(grid, row, shared):
        return found
    row = 0 if shared else row
    for column in [*grid.of("when"), *grid.of("date")]:
        text, placed = grid.rows[row][column].text, "地点" in grid.headers.get(column, "")
        if placed or grid.columns[column] == "when":
            found = _last_line_place(text) or (_last_word(text) if placed else None)
            if found:
                return found
    return None


def _last_word(text: str) -> str | None:
    """What stands behind the time, where the header says 地点 besides."""
    found = re.search(
        r"(?:\d[:：点时]\d{0,2}分?半?|[\s日午])\s*[，,]?\s*([^\s\d，,][^\s，,]*)\s*$", text
    )
    last = found[1].strip("，,；; ") if found else ""
    timed = day_spans(last) or hours(last)[0] or re.search(r"周|星期|[上下]午|^[（(]", last)
    return last if last and not timed else None


def _last_line_place(text: str) -> str | None:
    """In a cell of time and place without the word 地点: a last line that is no time."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) < 2:
        return None
    last = lines[-1]
    return (
        None
        if day_spans(last)
        or hours(last)[0]
        or re.search(r"[上下]午|时间|(?:周|星期)[一二三四五六日天]", last)
        else last
    )


def _shared_cell(grid: Grid, blocks: list[Rows], columns: Sequence[int]) -> list[Cell] | None:
    """Text form only: written once in the first row, blank in all others, it was one
    merged cell.
    """
    if grid.table.exact or len(blocks) < 2:
        return None
    firsts = [[grid.rows[block.rows[0]][column] for column in columns] for block in blocks]
    filled = [any(cell.text.strip() for cell in cells) for cells in firsts]
    return firsts[0] if filled[0] and not any(filled[1:]) else None
