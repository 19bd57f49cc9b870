"""Where each value of a notice stands in its file. A value that stands nowhere is taken out again
and told.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel

from taizhang.documents.blocks import Paragraph, Source, Table
from taizhang.kernel.text import folded
from taizhang.notices.model import Area, Notice, Team
from taizhang.notices.values import all_hours, day_spans, number_in
from taizhang.notices.words import doubts

_NOT_WRITTEN = {"places", "warnings", "no", "number_of", "unit"}


@dataclass(frozen=True)
class Spot:
    """A paragraph or a cell."""

    text: str
    where: str


def spots_of(source: Source) -> list[Spot]:
    """Every paragraph and cell in order, a merged cell once."""
    found: list[Spot] = []
    for block in source.blocks:
        if isinstance(block, Paragraph):
            found.append(Spot(block.text, block.where))
        elif isinstance(block, Table):
            cells = [cell for row in block.rows for cell in row if not cell.spans]
            found += [Spot(cell.text, cell.where) for cell in cells if cell.text.strip()]
    return [*found, *(Spot(one.text, one.where) for one in source.aside)]


class _Text:
    """The spots as one text without blanks, for values that go over several of them."""

    def __init__(self, spots: list[Spot]) -> None:
        self.spots = spots
        self._starts: list[int] = []
        whole = ""
        for spot in spots:
            self._starts.append(len(whole))
            whole += folded(spot.text)
        self._whole = whole

    def find(self, value: str) -> str | None:
        """The place of the spot that a text begins in."""
        lines = [folded(line) for line in value.splitlines() if folded(line)]
        at = [self._whole.find(line) for line in lines]
        if not lines or -1 in at:
            return self._of_two_cells(folded(value))
        return self.spots[bisect.bisect_right(self._starts, at[0]) - 1].where

    def _of_two_cells(self, value: str) -> str | None:
        """The first of two spots that make up a text: an office and, in a column of its own, the
        post.
        """
        texts = {folded(spot.text): spot.where for spot in reversed(self.spots)}
        ways = ((value[:at], value[at:]) for at in range(2, len(value) - 1))
        return next((texts[one] for one, two in ways if one in texts and two in texts), None)

    def find_day(self, value: date) -> str | None:
        """The first place where a day is written, with its year or without one."""
        for spot in self.spots:
            for span in day_spans(spot.text):
                years = (span.year or value.year, span.last_year or value.year)
                ends = zip(years, (span.first, span.last), strict=True)
                if any((year, *end) == (value.year, value.month, value.day) for year, end in ends):
                    return spot.where
        return self._find_day_alone(value)

    def _find_day_alone(self, value: date) -> str | None:
        """Where a day stands without its month: `23日` in a sentence, or a number below 日 beside one
        below 月.
        """
        plain = [(folded(spot.text), spot.where) for spot in self.spots]
        months = any(re.fullmatch(rf"0?{value.month}月?", text) for text, _ in plain)
        bare = rf"0?{value.day}[日号]?"
        inside = re.compile(rf"(?<![\d月.]){value.day}日")
        numbers = (where for text, where in plain if months and re.fullmatch(bare, text))
        return next(numbers, None) or next(
            (where for text, where in plain if inside.search(text)), None
        )

    def find_hour(self, value: str) -> str | None:
        """The first place where an hour is written."""
        return next((spot.where for spot in self.spots if value in all_hours(spot.text)), None)

    def find_number(self, value: float) -> str | None:
        """The first place that is that number, or says it as a score."""
        for spot in self.spots:
            if number_in(spot.text) == value or f"{value:g}分" in folded(spot.text):
                return spot.where
        return None

    def find_year(self, value: int) -> str | None:
        """The first place where a year is written."""
        return next((spot.where for spot in self.spots if str(value) in folded(spot.text)), None)


def ground(notice: Notice, source: Source) -> None:
    """Give every value its place; what has none is taken out."""
    whole, spots = _Text(spots_of(source)), spots_of(source)
    gone = False
    notice.places = {}
    for path, holder, key, value in list(_values(notice, "")):
        near = _near(notice, path, spots)
        place = (near and _place(near, path, value)) or _place(whole, path, value)
        if doubts.about(path, value):
            message = f"“{value}”不能确定是什么，没有读入，请对照原文。"
            notice.warn("not_read", message, place or path)
            _clear(holder, key)
            gone = True
        elif place:
            notice.places[path] = place
        elif not _NAME.fullmatch(path):
            message = f"读出的“{value}”在原文中没有找到，已去掉，请对照原文补充。"
            notice.warn("not_in_source", message, path)
            _clear(holder, key)
            gone = True
    if gone:  # what is left has moved up in its lists
        _tidy(notice)
        ground(notice, source)


_SESSION = re.compile(r"\.sessions\.|^session\.")
_NAME = re.compile(r"areas\.\d+\.name")
"""A group that the file does not name is called by parts of its row; a warning says so."""


def _near(notice: Notice, path: str, spots: list[Spot]) -> _Text | None:
    """The spots that the area of a path was read from."""
    parts = path.split(".")
    if parts[0] != "areas":
        return None
    origins = set(notice.origins(notice.areas[int(parts[1])]))
    return _Text([spot for spot in spots if spot.where in origins]) if origins else None


def _place(text: _Text, path: str, value: Any) -> str | None:
    if path.startswith("period."):
        return text.find_year(value.year)
    if isinstance(value, date):
        return text.find_day(value)
    if isinstance(value, float | int):
        return text.find_number(float(value))
    last = path.rsplit(".", 1)[-1]
    if _SESSION.search(path) and last in ("date", "until"):
        return text.find_day(date.fromisoformat(value))
    if _SESSION.search(path) and last in ("start", "end"):
        return text.find_hour(value)
    return text.find(value)


def _values(part: BaseModel, path: str) -> Iterator[tuple[str, Any, Any, Any]]:
    """(path, holder, key, value) of all that is written in a part."""
    for name, field in type(part).model_fields.items():
        if name in _NOT_WRITTEN or (name == "number" and path.startswith("duration")):
            continue
        yield from _value(f"{path}{field.alias or name}", part, name, getattr(part, name))


def _value(
    path: str, holder: object, key: object, value: object
) -> Iterator[tuple[str, Any, Any, Any]]:
    if isinstance(value, BaseModel):
        yield from _values(value, f"{path}.")
    elif isinstance(value, list):
        for at, one in enumerate(value):
            yield from _value(f"{path}.{at}", value, at, one)
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from _value(f"{path}.{name}", value, name, one)
    elif value not in (None, ""):
        yield path, holder, key, value


_GONE = "\ue001"
"""Marks an entry of a list until all have been looked at, for their numbers must not change."""


def _clear(holder: Any, key: Any) -> None:
    if isinstance(holder, list | dict):
        holder[key] = _GONE
    else:
        setattr(
            holder,
            key,
            ""
            if isinstance(getattr(holder, key), str)
            and key in ("name", "title", "requirement", "text")
            else None,
        )


def _tidy(notice: Notice) -> None:
    for name in ("addressees", "focus", "methods", "demands"):
        setattr(notice, name, [one for one in getattr(notice, name) if one != _GONE])
    for area in notice.areas:
        _tidy_area(area)
    if notice.team:
        _tidy_team(notice.team)
    for item in notice.items:
        item.others = {name: text for name, text in item.others.items() if text != _GONE}


def _tidy_area(area: Area) -> None:
    area.organisations = [unit for unit in area.organisations if unit.name]
    for unit in area.organisations:
        unit.includes = [one for one in unit.includes if one != _GONE]
    if area.team:
        _tidy_team(area.team)


def _tidy_team(team: Team) -> None:
    for name in ("deputies", "members", "units"):
        setattr(team, name, [one for one in getattr(team, name) if one != _GONE])
    team.posts = {name: post for name, post in team.posts.items() if post != _GONE}
