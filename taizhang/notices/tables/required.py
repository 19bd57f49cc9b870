"""What the columns of a requirement table mean where their headers do not say it, or say it of
several.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from taizhang.notices.tables import grades, heads
from taizhang.notices.values import flat, half_width
from taizhang.notices.words import subjects

if TYPE_CHECKING:
    from taizhang.notices.tables.grids import Grid

_LIST = re.compile(r"台账|目录|卷内|资料|材料|制度|清单")
_ASKED = ("requirement", "score", "frequency")
_EVIDENCE = re.compile(r"资料|材料|佐证|归档|收集")
_HOW_SCORED = re.compile(r"(?:评|计|记|打|扣|赋|得)分|考核(?:办法|方法|方式|标准)|标准|办法")
_POINTS = re.compile(r"[扣加减得记计][^，。；、]{0,6}分|不得?分|不得?计?分|一票否决|满分|扣完为止")
_CONTENT = re.compile(r"(?:主要|具体|应有|应含|包含|所含)内容")
"""What a thing holds, beside its name."""
_LOOKED = re.compile(r"[看查核听]")
"""`看`, `查` as headers: each says what is done there, and none names the items."""
_OFTEN = re.compile(
    r"每|次/|次/?(?:月|季|年)|[按逐][月季年]|[一二两三四五六十\d]次|^(?:半?年|月|季|季度|学期|年度|月度|全年)(?:更新)?$"
)
_SHORT = 14
_NAMES = 2
"""What is shorter on average is a mark."""
_CATEGORY = re.compile(r"(?:大类|类别|分类|类型|板块|领域)$")
"""Headers of what stands over several rows."""
_OVER = 3
"""Over so many rows on the average a heading stands that is no name of theirs."""
_NAME = 16
"""What is longer on average is a sentence and no name."""
_CONDITION = 8
"""So long may a clause be that only says for what points are taken."""
_MOST = 0.8
"""So much of the rows, for a column to be said to have something throughout."""
_HALF = 0.5
_HOW_MANY = re.compile(r"(?:应有|应备|最低|年度)?(?:数量|份数|次数)")
"""Below it `1册` may stand beside `每季度不少于1次`."""


def settled(grid: Grid) -> bool:
    """Name what is unnamed; whether there is a column of items, and one of what is
    asked of them.
    """
    grid.circled = _circles_tick(grid)
    _set_doings_aside(grid)
    _take_best(grid)
    _name_often(grid)
    _set_points_aside(grid)
    if not grid.of("level"):
        _name_levels(grid)
    _name_above(grid)
    _name_between(grid)
    _part(grid)
    if grid.of("level") and not grid.of("requirement"):
        _name_requirement(grid)
    whole = bool(grid.of("level")) and any(map(grid.of, _ASKED))
    if whole:
        _set_category_apart(grid)
    return whole


def _set_category_apart(grid: Grid) -> None:
    """`类别`, or whatever stands over several rows throughout, beside `台账要求` alone: what is asked of
    each row is its name, and has no other.
    """
    levels, asked = grid.of("level"), grid.of("requirement")
    if len(levels) != 1 or not asked:
        return
    texts = [text for row in grid.rows if (text := row[levels[0]].text.strip())]
    own = [text for row in grid.rows if (text := row[asked[0]].text.strip())]
    named = _CATEGORY.search(grid.headers[levels[0]])
    several = len({*texts}) < len(own) if named else len({*texts}) * _OVER <= len(own)
    if several and len({*texts}) > 1 and levels[0] < asked[0]:
        grid.columns[asked[0]] = "level"


_MARK = re.compile(r"[√✓✔✅☑■●▲★◆◉⊙∨Vv有是\uf0fc\uf0fe\uf052]")
"""The last three are ticks of Wingdings, as Word writes them."""
_CIRCLE = re.compile(r"[○◯◎〇Oo]")
"""A tick in one table and a nought in another."""
_NONE = re.compile(r"[-—–－/／×✗✕0Oo〇无否]+")
_NUMBER = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"
_COUNTED = re.compile(
    rf"(?:≥|>=|>|不少于|不低于|至少)?{_NUMBER}(?:[-—–~至]{_NUMBER})?个?[次场回堂期篇份轮]?(?:及?以上)?"
)


def beside_period(header: str, text: str, *, circled: bool = False) -> str | None:
    """What a cell below `每月` says: how often, as the header with the number, or with a mark alone;
    "" for nothing.

    None where it says something else.
    """
    plain = flat(half_width(text))
    if _MARK.fullmatch(plain) or (circled and _CIRCLE.fullmatch(plain)):
        return header
    if not plain or _NONE.fullmatch(plain):
        return ""
    return f"{header}\n{text.strip()}" if _COUNTED.fullmatch(plain) else None


def _circles_tick(grid: Grid) -> bool:
    """Whether below periods nothing but circles says that something is done so often: beside ticks
    or numbers they may say that it is not.
    """
    periods = [c for c in grid.of("frequency") if heads.names_period(grid.headers[c])]
    texts = {flat(half_width(row[c].text)) for row in grid.rows for c in periods}
    others = {text for text in texts if text and not _CIRCLE.fullmatch(text)}
    return not any(_MARK.fullmatch(text) or re.search(r"\d", text) for text in others)


def _take_best(grid: Grid) -> None:
    """Of columns that grade the best is asked for, where nothing else says so often how often."""
    graded = grades.rungs({c: grid.headers[c] for c in grid.of("grade")})
    grid.columns |= dict.fromkeys(grid.of("grade"), "note")
    if not graded:
        return
    best = min(graded, key=lambda column: graded[column])
    texts = [row[best].text for row in grid.rows]
    marks = _all_numbers(texts) or _only_points(texts) or _average(grid, best) < _NAMES
    others = [_times(grid, column) for column in grid.of("requirement")]
    if not marks and all(_times(grid, best) > told for told in others):
        grid.columns[best] = "requirement"


def _times(grid: Grid, column: int) -> int:
    """In how many of its cells a column says how often."""
    return sum(bool(_OFTEN.search(flat(row[column].text))) for row in grid.rows)


def _set_doings_aside(grid: Grid) -> None:
    """`每月` over what is done every month says nothing of how often something beside it is done."""
    for column in grid.of("frequency"):
        header = grid.headers[column]
        told = [beside_period(header, r[column].text, circled=grid.circled) for r in grid.rows]
        if heads.names_period(header) and None in told:
            del grid.columns[column]


def _name_often(grid: Grid) -> None:
    """A column without a known header whose cells mostly say how often, where no other is headed
    so.
    """
    if grid.of("frequency"):
        return
    for column in (c for c, header in grid.headers.items() if header and c not in grid.columns):
        share = _HALF if _HOW_MANY.fullmatch(grid.headers[column]) else _MOST
        if often([row[column].text for row in grid.rows], share):
            grid.columns[column] = "frequency"
            return


def often(texts: list[str], share: float = _MOST) -> bool:
    """Whether the cells of a column mostly say no more than how often."""
    filled = [plain for text in texts if (plain := flat(text))]
    told = [text for text in filled if len(text) <= _SHORT and _OFTEN.search(text)]
    return len(filled) > 1 and len(told) >= len(filled) * share


def names_rows(grid: Grid, column: int) -> bool:
    """Whether a column has its own text in nearly every row: a heading over several rows is no
    item's name.
    """
    texts = [text for row in grid.rows if (text := row[column].text.strip())]
    rows = sum(any(cell.text.strip() for cell in row) for row in grid.rows)
    return len(texts) >= rows * _MOST and len({*texts}) >= len(texts) * _MOST


def _set_points_aside(grid: Grid) -> None:
    """How points are taken (少一次扣1分) asks for nothing itself, where another column does."""
    for column in grid.of("requirement"):
        if _all_numbers([row[column].text for row in grid.rows]):
            grid.columns[column] = "score"
            continue
        others = len(grid.of("requirement")) + len(grid.of("level")) > 2
        if others and _only_points([row[column].text for row in grid.rows]):
            grid.columns[column] = "note"


def _all_numbers(texts: list[str]) -> bool:
    filled = [text for text in texts if text.strip()]
    return bool(filled) and all(re.fullmatch(r"\s*\d{1,3}(?:\.\d+)?\s*分?\s*", t) for t in filled)


def _only_points(texts: list[str]) -> bool:
    filled = [text for text in texts if text.strip()]
    alone = [text for text in filled if _POINTS.search(text) and all(map(_of_points, _parts(text)))]
    return len(alone) * 2 > len(filled)


def _parts(text: str) -> list[str]:
    return [part for part in re.split(r"[，,。；;\n]", text) if part.strip()]


def _of_points(part: str) -> bool:
    """`少一次扣1分`, `发现一例`: what is taken, or the short word before it on what."""
    asks = re.search(r"每(?:个?月|季|年|半年|学期)|按[月季年]", part)
    return not asks and (len(part) <= _CONDITION or bool(_POINTS.search(part)))


def _name_levels(grid: Grid) -> None:
    """Where no header names the items, what stands before the requirement does."""
    first = min(grid.of("requirement"), default=0)
    unknown = [c for c in range(first) if c not in grid.columns and grid.headers.get(c)]
    grid.columns |= dict.fromkeys(unknown, "level")


def _name_above(grid: Grid) -> None:
    """What stands before the names under a header that is not known, and over several rows, is
    above them: `维度`.
    """
    first = min(grid.of("level"), default=0)
    for column in reversed(range(first)):
        texts = [text for row in grid.rows if (text := row[column].text.strip())]
        several = len({*texts}) > 1 and not names_rows(grid, column)
        if column not in grid.columns and grid.headers.get(column) and several:
            grid.columns = {column: "level", **grid.columns}


def _name_between(grid: Grid) -> None:
    """`类别`, then a header that is not known, then what is asked: what stands there in every row is
    the rows' name, where the heading before it is none.
    """
    levels, asked = grid.of("level"), grid.of("requirement")
    if not levels or not asked or names_rows(grid, levels[-1]):
        return
    between = range(levels[-1] + 1, asked[0])
    unknown = [c for c in between if c not in grid.columns and grid.headers.get(c)]
    grid.columns |= {c: "level" for c in unknown if names_rows(grid, c)}


def _part(grid: Grid) -> None:
    """Of several columns of requirements the first may name the items; evidence is asked for only
    where nothing else is.
    """
    asked = grid.of("requirement")
    if len(asked) > 1 and not all(_is_evidence(grid, column) for column in asked):
        for column in asked:
            if _is_evidence(grid, column):
                grid.columns[column] = "note"
    first, *more = grid.of("requirement") or [0]
    short = _average(grid, first) <= _NAME
    named = any(names_rows(grid, c) for c in grid.of("level") if c < first)
    looked = named or _LOOKED.fullmatch(grid.headers.get(first, ""))
    if (
        more
        and short
        and not looked
        and _average(grid, first) * 1.5 < max(_average(grid, c) for c in more)
    ):
        grid.columns[first] = "level" if names_rows(grid, first) else "requirement"


def _is_evidence(grid: Grid, column: int) -> bool:
    header = grid.headers[column]
    return bool(_EVIDENCE.search(header)) and not header.endswith("要求")


def _name_requirement(grid: Grid) -> None:
    """Of two columns of contents the last, if it says more; else the remarks of a list, or how
    points are taken.
    """
    levels, notes = grid.of("level"), grid.of("note")
    if len(levels) > 1 and _says_more(grid, levels[-1], levels[-2]):
        grid.columns[levels[-1]] = "requirement"
    elif notes and _LIST.search(grid.headers[levels[-1]]):
        grid.columns[notes[0]] = "requirement"
    elif said := saying_most(grid):
        grid.columns[said] = "requirement"
    elif scored := [c for c in notes if _HOW_SCORED.search(grid.headers[c])]:
        grid.columns[scored[0]] = "requirement"


def saying_most(grid: Grid) -> int:
    """Behind the names, the column without a known header that mostly speaks of our work or of how
    often; 0 for none.
    """
    unknown = [c for c, h in grid.headers.items() if h and c not in grid.columns]
    behind = [c for c in unknown if c > max(grid.of("level"))]
    most = max(behind, key=lambda c: _average(grid, c), default=0)
    texts = [row[most].text for row in grid.rows if most and row[most].text.strip()]
    told = [text for text in texts if subjects.speaks(text) or _OFTEN.search(text)]
    return most if len(told) > 1 and len(told) * 2 >= len(texts) else 0


def _says_more(grid: Grid, column: int, name: int) -> bool:
    more = _average(grid, column) > _average(grid, name)
    return names_rows(grid, name) and (more or bool(_CONTENT.search(grid.headers[column])))


def _average(grid: Grid, column: int) -> float:
    return sum(len(row[column].text.strip()) for row in grid.rows) / max(len(grid.rows), 1)
