"""Tables that say who looks at whom and when; transposed and repeated headers are put
right here.
"""

from __future__ import annotations

import re

from taizhang.documents.blocks import Cell, Table
from taizhang.notices.shapes import NamesGroup, across, form, stacked, transposed
from taizhang.notices.tables import columns, grids, heads, marks, mixed
from taizhang.notices.tables.grids import Grid
from taizhang.notices.tables.heads import BY_DAYS, SCHEDULE
from taizhang.notices.values import day_spans, flat, hours
from taizhang.notices.words import persons


def _headed(table: Table) -> bool:
    """Whether the first row names a place, an hour or a seat: then turned round these would be
    groups.
    """
    no_groups = {"venue", "when", "date", "leader", "members", "contact", "note", "deadline"}
    return any(heads.meaning(cell.text, SCHEDULE) in no_groups for cell in table.rows[0][1:])


_SEATS = {"team", "leader", "deputy", "members", "person", "inspectors"}


def schedule(table: Table, names_a_group: NamesGroup, above: str = "") -> Grid | None:
    """The table as one of areas, if its headers say so; one that only names teams where no way to
    read it has units.
    """
    if _to_fill_in(table):
        return None
    table = mixed.parted(columns.with_days(table), names_a_group)
    table = marks.named(table, names_a_group)
    turned = form(table, names_a_group, lambda text: bool(heads.meaning(text, SCHEDULE)), above)
    turned = turned or across(table, names_a_group)
    lists = not turned and _lists_persons(table)
    tables = (table,) if lists else (table, transposed(table))
    ways = [turned] if turned else [stacked(one, names_a_group) for one in tables]
    read = [
        grid
        for meanings in (SCHEDULE, BY_DAYS)
        for way in ways
        if not (meanings is BY_DAYS and way is not ways[0] and _headed(table))
        and (grid := grids.told(way, meanings, least=2, most=1 if turned else grids.HEADS))
    ]
    read = [
        _with_offices(_doubled(_of_lists(_without_names(grid))))
        for grid in read
        if not _of_stages(grid)
    ]
    if lists and above and read and not _has_units(read[0]):
        return read[0]
    ranked = (_has_units, _has_teams, lambda grid: _has_times(grid, names_a_group))
    return next((g for has in ranked for g in read if has(g)), None)


def _lists_persons(table: Table) -> bool:
    """Whether each row is a person: turned round, the seats would be headers."""
    grid = grids.told(table, SCHEDULE, least=2)
    return bool(grid and grid.of("person") and {"role", "post"} & set(grid.columns.values()))


def with_areas(grid: Grid, names_a_group: NamesGroup) -> Grid:
    """A column of whatever header whose cells only name groups is one of areas; units must be left
    for it.
    """
    unknown = [c for c in grid.headers if c not in grid.columns]
    units = grid.of("units") if len(grid.of("units")) > 1 else []
    if not grid.of("area"):
        for column in [*grid.of("team"), *unknown, *units]:
            texts = [row[column].text for row in grid.rows if row[column].text.strip()]
            if is_half(grid.headers.get(column, "")):
                continue  # who is at work in that half of a day
            if texts and all(names_a_group(text) for text in texts):
                grid.columns[column] = "area"
                break
    return grid


def is_half(header: str) -> bool:
    """Whether a column is headed by a part of the day that its row says."""
    return bool(re.search(r"上午|下午|晚上|全天", header))


def _to_fill_in(table: Table) -> bool:
    """A form: beside each label of its first row an empty cell, and nowhere a day, an hour or a
    list.
    """
    first = [flat(cell.text) for cell in table.rows[0]] if table.rows else []
    told = [at for at, text in enumerate(first) if text]
    beside = all(at + 1 < len(first) and not first[at + 1] for at in told)
    texts = [cell.text for row in table.rows for cell in row]
    return beside and not any("、" in t or day_spans(t) or hours(t)[0] for t in texts)


def _of_stages(grid: Grid) -> bool:
    """What is done when: a plan of the work, no schedule of visits."""
    return any(re.search(r"阶段|步骤|环节", text) for text in grid.headers.values())


def _without_names(grid: Grid) -> Grid:
    """A column of units that holds only names of persons is none."""
    for column in grid.of("units"):
        texts = [flat(row[column].text) for row in grid.rows if row[column].text.strip()]
        if texts and all(persons.like_person(t) and not columns.like_place(t) for t in texts):
            grid.columns[column] = "note"
    return grid


def _with_offices(grid: Grid) -> Grid:
    """责任股室 beside who leads and the units that are looked at send the team."""
    if grid.of("leader") and grid.of("units") and not grid.of("inspectors"):
        for column, header in grid.headers.items():
            if re.fullmatch(r"责任(?:股室|科室|处室|部门)", header):
                grid.columns[column] = "charged"
    return grid


def _of_lists(grid: Grid) -> Grid:
    """Beside the names of groups and without a column of units, the areas that list units are
    these.
    """
    listed = [
        column
        for column in grid.of("area")
        if (texts := [row[column].text for row in grid.rows if row[column].text.strip()])
        and any(re.search("[、：:]", text) for text in texts)
        and all(map(columns.lists_units, texts))
    ]
    if listed and not grid.of("units"):
        grid.columns |= dict.fromkeys(listed, "units")
    return grid


def _doubled(grid: Grid) -> Grid:
    """A column that says units and their times is one of units and, beside it, one of times."""
    times, units = [*grid.of("when"), *grid.of("date"), *grid.of("venue")], grid.of("units")
    if bool(times) == bool(units):
        return grid
    for column in times or units:
        cells = [row[column] for row in grid.rows]
        header = grid.headers.get(column, "")
        told = [columns.units_of_times(cell.text, header) for cell in cells]
        if not any(told) or any(c.text.strip() and not t for c, t in zip(cells, told, strict=True)):
            continue
        width = max(len(row) for row in grid.rows)
        names = [Cell(t, c.spans, c.where) for c, t in zip(cells, told, strict=True)]
        for row, name in zip(grid.rows, names, strict=True):
            row[column:] = [*row[column:], *[Cell("")] * (width - len(row)), name]
        grid.columns |= {column: "when", width: "units"}
        grid.headers[width] = grid.headers.get(column, "")
        return grid
    return grid


def _has_units(grid: Grid) -> bool:
    known = set(grid.columns.values())
    return "units" in known and bool(
        known & {"area", "when", "date", "venue", "deadline", "contact", *_SEATS}
    )


def _has_times(grid: Grid, names_a_group: NamesGroup) -> bool:
    """Whether it says when or where each of several groups, called by their names, is at work."""
    if not {"when", "date", "venue"} & set(grid.columns.values()):
        return False
    named = [c for c in grid.columns if grid.columns[c] in ("area", "team", "inspectors")]
    for column in named:
        texts = [flat(row[column].text) for row in grid.rows if row[column].text.strip()]
        if len({*texts}) > 1 and all(map(names_a_group, texts)):
            grid.columns[column] = "area"
            return True
    return False


def _has_teams(grid: Grid) -> bool:
    known = set(grid.columns.values())
    return bool(known & _SEATS) and ("area" in known or {"leader", "members"} <= known)
