"""Who inspects, as the columns of a table say it, and whom to ask about a group."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from taizhang.documents.blocks import Cell
from taizhang.kernel.text import HAN
from taizhang.notices.groups import names as groups
from taizhang.notices.groups.teams import contact, names_a_team, team
from taizhang.notices.model import Area, Notice
from taizhang.notices.tables.grids import Grid
from taizhang.notices.values import flat
from taizhang.notices.words import labels, persons


@dataclass
class Rows:
    """The rows of one area."""

    name: str
    rows: list[int] = field(default_factory=list)


SEATS = ("leader", "deputy", "members", "person", "team", "inspectors", "charged")


def names_alone(grid: Grid) -> Grid:
    """`一组（组长：某某；组员：某某）`: the name of a group, and a column for who belongs to it."""
    for column in grid.of("area")[:1]:
        heads = [groups.heading_in(row[column].text) for row in grid.rows]
        told = [head[1] if head and names_a_team(head[1]) else "" for head in heads]
        if not any(told):
            continue
        width = max(len(row) for row in grid.rows)
        rows = []
        for row, head, seats in zip(grid.rows, heads, told, strict=True):
            cell = row[column]
            name = Cell(head[0], cell.spans, cell.where) if head and seats else cell
            more = [*[Cell("")] * (width - len(row)), Cell(seats, cell.spans, cell.where)]
            rows.append([*row[:column], name, *row[column + 1 :], *more])
        columns = grid.columns | {width: "team"}
        return Grid(grid.table, columns, grid.headers, rows, grid.first)
    return grid


_SEAT = re.compile(r"(?:常务)?副?组长|副?领队|组员|成员|队员|联络员|带队领导")


def with_seats(grid: Grid) -> Grid:
    """A column of 职务 that only says who leads and who is a member beside the names is
    one of seats.
    """
    for column in grid.of("post") if grid.of("person") and not grid.of("role") else ():
        texts = {flat(row[column].text) for row in grid.rows if row[column].text.strip()}
        if texts and all(map(_SEAT.fullmatch, texts)):
            grid.columns[column] = "role"
    return grid


def give_teams(grid: Grid, blocks: list[Rows], areas: list[Area], notice: Notice) -> None:
    columns = [column for meaning in SEATS for column in grid.of(meaning)]
    if not columns:
        return
    columns += _liaisons(grid)
    texts = [team_text(grid, block.rows, columns) for block in blocks]
    filled = [at for at, text in enumerate(texts) if text.strip()]
    for at, (block, area) in enumerate(zip(blocks, areas, strict=True)):
        text = texts[at]
        if not text.strip() and not grid.table.exact and filled and filled[0] < at:
            above = max(i for i in filled if i < at)
            text = texts[above]
            notice.warn(
                "team_shared",
                f"{area.name}未单独写督查组，按合并单元格取{areas[above].name}的督查组。",
                grid.where(block.rows[0]),
            )
        area.team = team(text, notice, grid.where(block.rows[0]))
        if area.team is None:
            notice.warn("no_team", f"{area.name}没有督查组。", grid.where(block.rows[0]))


def _liaisons(grid: Grid) -> list[int]:
    """A column of 联络员 right behind the seats is one of them; elsewhere they may be those of the
    units.
    """
    return [
        column
        for column in grid.of("contact")
        if labels.role_of(re.split("[及、和/]", grid.headers.get(column, ""))[0]) == "liaison"
        and grid.columns.get(column - 1) in SEATS
    ]


def team_text(grid: Grid, rows: list[int], columns: list[int]) -> str:
    named = {
        "contact": "联络员：",
        "leader": "组长：",
        "deputy": "副组长：",
        "members": "组员：",
        "inspectors": "成员单位：",
        "charged": "成员单位：",
    }
    parts: list[str] = []
    if grid.of("person"):
        return "\n".join(_person_row(grid, grid.rows[row]) for row in rows)
    for column in columns:
        texts = list(dict.fromkeys(_seated(grid, row, column) for row in rows))
        texts = texts if grid.columns[column] != "contact" or len(texts) == 1 else []
        text = "、".join(text for text in texts if text)
        label = named.get(grid.columns[column], "")
        if text and label and not names_a_team(text):
            text = label + text
        if text:
            parts.append(text)
    return "\n".join(parts)


def _seated(grid: Grid, row: int, column: int) -> str:
    """Who stands in a seat of a row, with the post that the next column says of the one name."""
    text = grid.rows[row][column].text.strip()
    head = groups.heading_in(text) if grid.columns[column] == "team" else None
    if head and head[1] and not labels.says_something(head[1]):
        text = head[1]  # 甲组（某某、某某）
    post = flat(grid.rows[row][column + 1].text) if grid.columns.get(column + 1) == "post" else ""
    one = (
        bool(re.fullmatch(rf"[{HAN}·\s]{{2,12}}", text)) and len(persons.people(text).persons) == 1
    )
    return f"{text}（{post}）" if post and one else text


_SEATED = re.compile(r"^(.+?)\s*[（(]([^（）()]+)[）)]$")


def _person_row(grid: Grid, cells: list[Cell]) -> str:
    """One row of a list of persons: role, name and post."""

    def said(meaning: str) -> str:
        return "".join(flat(cells[c].text) for c in grid.of(meaning)[:1])

    name = "".join(cells[c].text for c in grid.of("person")[:1]).strip()
    seat = said("role")
    behind = _SEATED.match(name)
    if behind and labels.role_of(behind[2]):
        name, seat = behind[1], behind[2]
    office = re.compile("单位|部门|处室|科室")
    posts = sorted(grid.of("post"), key=lambda c: not office.search(grid.headers.get(c, "")))
    post = "".join(flat(cells[c].text) for c in posts)
    titled = _SEATED.match(post)
    if titled and labels.role_of(titled[2]):
        post, seat = titled[1], titled[2]
    role = seat if labels.role_of(seat) in _NAMED_SEATS else "成员"
    return f"{role}：{name}" + (f"（{post}）" if post else "") if name else ""


_NAMED_SEATS = ("leader", "deputy", "liaison")


def give_contacts(grid: Grid, blocks: list[Rows], areas: list[Area]) -> None:
    """Whom to ask about a group, where there is a column for it, or the cell of its
    team says so.
    """
    columns = grid.of("contact")
    seats = [column for meaning in SEATS for column in grid.of(meaning)]
    for block, area in zip(blocks, areas, strict=True):
        said = [("contact", text) for c in columns for text in _of_the_group(grid, block.rows, c)]
        area.contact = contact([*said, *labels.parts(team_text(grid, block.rows, seats))])


def _of_the_group(grid: Grid, rows: list[int], column: int) -> list[str]:
    """What a column says of a group; where each of its units has something of its own, that is not
    the group's.
    """
    if grid.of("person") and len(rows) > 1:
        asked = [row for row in rows if team_text(grid, [row], []).startswith("联络员")]
        rows = asked or rows
    texts = list(dict.fromkeys(grid.rows[row][column].text for row in rows))
    several = sum(bool(text.strip()) for text in texts) > 1
    return [] if several and grid.of("units") and not grid.of("person") else texts


def tell_deadlines(grid: Grid, blocks: list[Rows], notice: Notice) -> None:
    for column in grid.of("deadline"):
        for block in blocks:
            text = flat(grid.rows[block.rows[0]][column].text)
            if text:
                notice.warn(
                    "deadline",
                    f"{block.name}只有时限“{text}”，不作为场次。",
                    grid.where(block.rows[0], column),
                )
