"""Areas, units, sessions and teams, from a table or from sentences. Nothing is filled in that is not written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from taizhang.kernel.text import chinese_number
from taizhang.notices.blocks import Cell, Paragraph
from taizhang.notices.grids import Grid
from taizhang.notices.model import Area, Inspected, Notice, Session, Team
from taizhang.notices.values import (
    day_spans,
    flat,
    half_width,
    hours,
    outside_brackets,
    person_names,
    real_day,
)

_WEEK = "一二三四五六日"


def organisations(text: str, notice: Notice, where: str) -> list[Inspected]:
    """The units of a cell or sentence, with those that stand in brackets after 含."""
    found = []
    for piece in outside_brackets(text, "、，,;；\n\t。|"):
        for name in _parted(piece):
            unit = _unit(name)
            if unit:
                found.append(unit)
    _check_count(text, found, notice, where)
    return found


def _parted(piece: str) -> list[str]:
    """Names with only blanks between them are several; a blank inside brackets parts nothing."""
    parts = outside_brackets(piece, " \u3000")
    return (
        parts if all(len(re.sub(r"[（(].*", "", part)) >= 2 for part in parts) else ["".join(parts)]
    )


_COUNTED = re.compile(
    r"^[（(]?(?:共|合计|等|计)?\s*(\d+|[一二三四五六七八九十]+)\s*[个所家](?:单位|学校|支部|党组织|幼儿园|园)?[）)]?$"
)


def _unit(text: str) -> Inspected | None:
    plain = re.sub(r"^\s*[（(]?\d{1,2}\s*[.．、)）]\s*", "", text).strip(" \u3000。.；;：:")
    plain = re.sub(r"等$", "", plain)
    if not plain or _COUNTED.match(plain):
        return None
    bracket = re.search(r"[（(]([^（）()]*)[）)]\s*$", plain)
    if not bracket:
        return Inspected(name=plain)
    name, inside = plain[: bracket.start()].strip(), bracket[1].strip()
    if not name or _COUNTED.match(inside):
        return Inspected(name=name) if name else None
    included = re.match(r"^(?:包?含|包括|并)\s*[:：]?\s*(.+)$", inside)
    if included:
        return Inspected(
            name=name,
            includes=[p.strip() for p in re.split(r"[、，,和及]", included[1]) if p.strip()],
        )
    return Inspected(name=name, note=inside)


def _check_count(text: str, found: list[Inspected], notice: Notice, where: str) -> None:
    told = re.search(
        r"(?:共|合计|计|等|[（(])\s*(\d+|[一二三四五六七八九十]+)\s*[个所家]", half_width(text)
    )
    number = chinese_number(told[1]) if told else None
    if number is not None and number != len(found):
        notice.warn("count_mismatch", f"写明{number}个单位，实际列出{len(found)}个。", where)


def session(text: str, notice: Notice, where: str) -> Session | None:
    """Day, hours and venue of a cell or sentence; None when it holds none of them."""
    found = Session()
    spans = day_spans(text)
    if spans:
        found.date = _day(spans[0], notice, where)
        if len(spans) > 1 or spans[0].first != spans[0].last:
            notice.warn(
                "several_days", f"“{spans[0].text}”写了多个日期，只取第一个，请核对。", where
            )
    found.start, found.end = hours(text)
    if found.start and found.end and found.end <= found.start:
        notice.warn("hours_reversed", f"结束时间{found.end}不晚于开始时间{found.start}。", where)
    found.venue = _venue(text)
    return found if found.date or found.start or found.venue else None


_VENUE = re.compile(
    r"(?:地\s*点|会\s*场|集中点|督查点|检查点)\s*(?:设在|为|是|[:：])\s*([^\n，,；;。]+)|设在\s*([^\n，,；;。]+)"
)


def _venue(text: str) -> str | None:
    found = _VENUE.search(half_width(text).replace("\u3000", " "))
    return (found[1] or found[2]).strip() or None if found else None


def _day(span: object, notice: Notice, where: str) -> str | None:
    year = getattr(span, "year", None) or _year(notice)
    day = real_day(year, span.first)  # type: ignore[attr-defined]
    text = getattr(span, "text", "")
    if year is None:
        notice.warn("unknown_year", f"“{text}”没有写年份。", where)
        return None
    if day is None:
        notice.warn("impossible_date", f"{year}年没有“{text}”这一天。", where)
        return None
    if (
        getattr(span, "year", None) is None
        and notice.issued_on
        and (day - notice.issued_on).days < -180
    ):
        day = real_day(year + 1, span.first) or day  # type: ignore[attr-defined]
    weekday = getattr(span, "weekday", None)
    if weekday is not None and day.weekday() != weekday:
        real = _WEEK[day.weekday()]
        notice.warn(
            "weekday_mismatch", f"{day.isoformat()}是周{real}，原文写作周{_WEEK[weekday]}。", where
        )
    return day.isoformat()


def _year(notice: Notice) -> int | None:
    for day in (notice.starts_on, notice.issued_on):
        if isinstance(day, date):
            return day.year
    return None


_ROLES = re.compile(
    r"(副\s*组\s*长|组\s*长|带队领导|带\s*队|领\s*队|组\s*员|成\s*员|联\s*络\s*员|督查人员|检查人员)\s*[:：]"
)


def team(text: str, notice: Notice, where: str) -> Team | None:
    """Leader, deputies and members of a cell or sentence."""
    plain = half_width(text).replace("\u3000", " ")
    if not plain.strip():
        return None
    found = Team()
    marks = list(_ROLES.finditer(plain))
    if not marks:
        found.members = person_names(plain)
    for at, mark in enumerate(marks):
        end = marks[at + 1].start() if at + 1 < len(marks) else len(plain)
        _seat(found, re.sub(r"\s", "", mark[1]), person_names(plain[mark.end() : end]))
    if not (found.leader or found.members or found.deputies):
        return None
    if not found.leader:
        notice.warn("no_leader", "督查组没有写明组长。", where)
    return found


def _seat(found: Team, role: str, names: list[str]) -> None:
    if role == "副组长":
        found.deputies += names
    elif role in ("组长", "带队", "带队领导", "领队"):
        if names and found.leader is None:
            found.leader, names = names[0], names[1:]
        found.deputies += names
    else:
        found.members += names


@dataclass
class _Rows:
    """The rows of one area."""

    name: str
    rows: list[int] = field(default_factory=list)


def from_grid(grid: Grid, notice: Notice) -> list[Area]:
    """The areas of a table: a row each, or several rows each with one unit."""
    blocks = _blocks(grid, notice)
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
        return
    shared = _shared_cell(grid, blocks, columns)
    for block, area in zip(blocks, areas, strict=True):
        for row in block.rows:
            cells = shared or [grid.rows[row][column] for column in columns]
            text = "\n".join(cell.text for cell in cells)
            if not text.strip():
                continue
            found = session(text, notice, grid.where(row))
            if found and not found.venue:
                found.venue = _venue_cell(grid, row, shared)
            if found and found not in area.sessions:
                area.sessions.append(found)
        _tell_missing(area, notice, grid.where(block.rows[0]))


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


def _tell_missing(area: Area, notice: Notice, where: str) -> None:
    if not area.sessions:
        notice.warn("no_session", f"{area.name}没有督查时间地点。", where)
    for one in area.sessions:
        for value, label in ((one.date, "日期"), (one.start, "时间"), (one.venue, "地点")):
            if value is None:
                notice.warn("session_incomplete", f"{area.name}的场次缺少{label}。", where)


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
        if text and label and not _ROLES.search(half_width(text)):
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


_GROUP = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,2}[）).．、]\s*)?"
    r"(?P<name>第[一二三四五六七八九十\d]{1,3}(?:督查|检查|督导|考核)?(?:小?组|片区?|批)|[\u4e00-\u9fffA-Za-z\d]{1,8}(?:片区|片|组))"
    r"\s*(?P<bracket>[（(][^（）()]*[）)])?\s*(?:[:：]\s*(?P<rest>.*))?$"
)
_LABEL = re.compile(
    r"(?P<label>(?:被?(?:督查|检查|受检))?(?:单位|学校|党组织|支部|对象)|(?:督查|检查)?(?:时间地点|时间|日期)|(?:督查|检查|集中)?地点|副组长|组长|组员|成员|带队领导|督查组)"
    r"\s*[:：]\s*"
)
_IS_UNITS = re.compile(r"单位|学校|党组织|支部|对象")
_NO_GROUP = re.compile(r"领导小组|党小组|督查组$|检查组$|工作组$")


def from_sentences(paragraphs: list[Paragraph], notice: Notice) -> list[Area]:
    """Groups written as sentences or as outline items: `第一组：A、B、C（时间……；地点……）`."""
    areas: list[Area] = []
    held: list[tuple[str, str]] = []
    for paragraph in paragraphs:
        found = _GROUP.match(paragraph.text)
        if (
            found
            and not _NO_GROUP.search(found["name"])
            and (found["rest"] or _has_labels_after(paragraphs, paragraph))
        ):
            _close(areas, held, notice)
            areas.append(Area(name=found["name"]))
            held = [
                (found["rest"] or "", paragraph.where),
                ((found["bracket"] or "").strip("（()） "), paragraph.where),
            ]
        elif (
            areas
            and held
            and _LABEL.match(re.sub(r"^\s*[（(]?\d{1,2}[）).．、]\s*", "", paragraph.text))
        ):
            held.append((paragraph.text, paragraph.where))
        elif held:
            _close(areas, held, notice)
            held = []
    _close(areas, held, notice)
    return [area for area in areas if area.organisations]


def _has_labels_after(paragraphs: list[Paragraph], one: Paragraph) -> bool:
    after = paragraphs[paragraphs.index(one) + 1 :][:1]
    return bool(
        after and _LABEL.match(re.sub(r"^\s*[（(]?\d{1,2}[）).．、]\s*", "", after[0].text))
    )


def _close(areas: list[Area], held: list[tuple[str, str]], notice: Notice) -> None:
    if not areas or not held:
        return
    area, where = areas[-1], held[0][1]
    text = "\n".join(line for line, _ in held)
    labels = list(_LABEL.finditer(text))
    units = [
        text[m.end() : _end(labels, at, text)]
        for at, m in enumerate(labels)
        if _IS_UNITS.search(m["label"])
    ]
    if not units:
        lead = text[: labels[0].start()] if labels else text
        units = [re.split(r"[。；;]", _without_times(lead))[0]]
    area.organisations = organisations(units[0].split("。")[0].split("；")[0], notice, where)
    found = session(text, notice, where)
    if found:
        area.sessions.append(found)
    if area.organisations:
        _tell_missing(area, notice, where)
    seats = [
        text[m.start() : _end(labels, at, text)]
        for at, m in enumerate(labels)
        if re.search(r"组长|组员|成员|带队", m["label"])
    ]
    if seats:
        area.team = team(
            "\n".join(s.replace("；", "\n").replace("。", "\n") for s in seats), notice, where
        )


def _end(labels: list[re.Match[str]], at: int, text: str) -> int:
    return labels[at + 1].start() if at + 1 < len(labels) else len(text)


def _without_times(text: str) -> str:
    """A sentence without the brackets or clauses that give time or place."""
    text = re.sub(r"[（(][^（）()]*(?:月|点|午|时间)[^（）()]*[）)]", "", text)
    pieces = [
        piece
        for piece in outside_brackets(text, "，,\n")
        if not day_spans(piece) and not hours(piece)[0]
    ]
    return "、".join(pieces)


_SAID = re.compile(r"(?:定于|将于|拟于|(?:督查|检查|考核|集中)?时间\s*[:：])")
_AT = re.compile(r"在\s*([^，。；\n]{2,24}?)(?:集中|召开|举行|开展|进行|统一)")


def one_for_all(letter_text: str, areas: list[Area], notice: Notice) -> None:
    """A session that the letter gives for everybody, when the areas have none of their own."""
    if not areas or any(area.sessions for area in areas):
        return
    for line in letter_text.splitlines():
        if _SAID.search(half_width(line)) and hours(line)[0]:
            found = (
                session(letter_text if _venue(letter_text) else line, notice, "正文") or Session()
            )
            place = _AT.search(line)
            if found.venue is None and place:
                found.venue = place[1].strip()
            for area in areas:
                area.sessions = [found.model_copy()]
            notice.warn("session_shared", "各片区没有单独的时间地点，按正文的统一安排。", "正文")
            return
    for area in areas:
        notice.warn("no_session", f"{area.name}没有督查时间地点。", "正文")


def one_team(text: str, areas: list[Area], notice: Notice, where: str) -> None:
    """A team that a section of the letter names for everybody, when no area has one of its own."""
    if not areas or any(area.team for area in areas) or not _ROLES.search(half_width(text)):
        return
    found = team(text.replace("；", "\n").replace("。", "\n"), notice, where)
    for area in areas:
        area.team = found.model_copy(deep=True) if found else None
