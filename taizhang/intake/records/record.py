"""A record whose every value stands in the source: where it was found, and how a field takes it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import time

from taizhang.documents.blocks import Block, Paragraph, Table
from taizhang.kernel.text import brief, chinese_number, folded
from taizhang.kernel.writing import written
from taizhang.ledgers.fields import Field
from taizhang.ledgers.kind import LedgerKind

_SNIPPET = 60


@dataclass
class Record:
    """One record as it would be written into the form, where each value stands, and what was not
    understood.
    """

    values: dict[str, str] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    branch: str = ""
    """The branch that the row of a list names."""


@dataclass
class Proposal:
    """The records of a document, and what is to be said of the document as a whole."""

    records: list[Record] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    is_list: bool = False
    """Rows of a sheet; else one form or text."""
    unknown: dict[str, str] = field(default_factory=dict)
    """Headers of columns that nobody knows yet → the first of what stands below each."""
    passed: list[str] = field(default_factory=list)
    """Rows of a list that are no records, each with its place: sums, notes, who signed it."""


class Places:
    """Every text of a document with its place, folded once for all values that are looked for."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        """In order."""
        self.every = [(said, folded(said), where) for said, where in texts(blocks)]
        self.exact: dict[str, str] = {}
        for _, plain, where in self.every:
            self.exact.setdefault(plain, where)


def locate(value: str, one: Field | None, places: Places) -> str | None:
    """Where a value stands: its words, or the day or hour that it is; of several lines the place of
    the first.
    """
    lines = [line for line in re.split(r"[\n、；;]", value) if folded(line)]
    if len(lines) > 1:
        wanted = [folded(line) for line in lines]
        for _, plain, where in places.every:
            if all(line in plain for line in wanted):
                return where
    found = [_place_of(line, one, places) for line in lines]
    return found[0] if found and None not in found else None


def is_cut(value: str, places: Places) -> bool:
    """Whether a text ends in the middle of a sentence of the source, wherever it stands there."""
    last = value.strip().splitlines()[-1].strip()
    found = [said for said, _, _ in places.every if last in said]
    return bool(found) and not any(
        _STOPS.match(said, said.index(last) + len(last)) or _STOPS.match(last[-1]) for said in found
    )


_STOPS = re.compile(r"\s*$|\s*[\n。；;！!？?”」）)》…]")


def _place_of(text: str, one: Field | None, places: Places) -> str | None:
    wanted = folded(text)
    if wanted in places.exact:
        return places.exact[wanted]
    if one is not None and one.kind in ("date", "time", "integer"):
        return next((where for said, _, where in places.every if _says(said, text, one)), None)
    for said, plain, where in places.every:
        if wanted in plain or (one is not None and _says(said, text, one)):
            return where
    bare = re.sub(r"[（(].*?[)）]", "", text)  # a reason or a role that stands in a cell of its own
    return _place_of(bare, one, places) if bare and bare != text else None


def _says(said: str, value: str, one: Field) -> bool:
    if one.kind == "choice":
        return any(folded(other) in folded(said) for other, label in one.also if label == value)
    if one.kind not in ("date", "time", "integer"):
        return False
    digits = written.in_digits(written.plain(said))
    if one.kind == "date":
        days = [*written.days_in(digits), *written.days_in(written.with_century(digits))]
        return value in {day.isoformat() for day, _, _ in days}
    if one.kind == "time":
        return value in {f"{clock:%H:%M}" for clock in hours(digits)}
    without = _without_days(digits)
    return value in re.findall(r"\d+", without) or value in _chinese_numbers(without)


def hours(digits: str) -> list[time]:
    """The hours in a text, its days taken out: their numbers are none."""
    return written.clocks_in(_without_days(digits))


def _without_days(digits: str) -> str:
    for _, start, end in reversed(written.days_in(digits)):
        digits = f"{digits[:start]} {digits[end:]}"
    return digits


def _chinese_numbers(said: str) -> set[str]:
    found = (chinese_number(word) for word in re.findall(r"[一二三四五六七八九十]{1,3}", said))
    return {str(number) for number in found if number is not None}


def texts(blocks: Iterable[Block]) -> Iterable[tuple[str, str]]:
    """Every text with its place: cells by themselves, paragraphs whole."""
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    if not cell.spans and cell.text.strip():
                        yield cell.text, cell.where or block.where
        elif isinstance(block, Paragraph):
            yield block.text, block.where


def short(text: str) -> str:
    return brief(" ".join(text.split()), _SNIPPET)


def missing(kind: LedgerKind, record: Record) -> list[str]:
    """The labels of fields that must be there and are not."""
    return [one.label for one in kind.fields() if one.required and not record.values.get(one.name)]
