"""What a rule rests on: words of the notice, a regulation on the days that it is in force, or the
system's own sense.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from taizhang.kernel.text import nested

Class = Literal["台账要求", "法规", "本区规定", "系统提示"]


class Basis(BaseModel):
    """One source of a rule; `from` and `until` are the days on which it is in force."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    class_: Class = Field(alias="class")
    document: str = ""
    article: str = ""
    """Of a regulation where it is known for certain; of the notice the row in which the words
    stand.
    """
    verbatim: str = ""
    """Words of the notice; `…` stands for words left out."""
    gist: str = ""
    """What a regulation says, in our words."""
    from_: date | None = Field(None, alias="from")
    until: date | None = None
    listed: bool = False
    """The notice names the ledger and says nothing of what is to be in it."""
    doubtful: bool = False
    """The text of the regulation itself was not seen."""

    @model_validator(mode="after")
    def _says_what_its_class_must(self) -> Basis:
        if self.class_ == "台账要求":
            if not (self.verbatim or self.listed):
                raise ValueError("a requirement of the notice quotes it")
        elif self.verbatim or self.listed:
            raise ValueError("only a requirement of the notice quotes it")
        elif (self.class_ == "系统提示") == bool(self.document and self.gist):
            raise ValueError("a regulation has a document and a gist, a hint has neither")
        return self

    @property
    def is_hint(self) -> bool:
        """Whether nothing but the system asks for it: then it is no requirement, and a person
        decides what it is.
        """
        return self.class_ == "系统提示"

    @property
    def first(self) -> date:
        """The first day that it is in force."""
        return self.from_ or date.min

    @property
    def last(self) -> date:
        """The day from which it is no more in force."""
        return self.until or date.max

    def in_force(self, day: date) -> bool:
        """Whether it may be held against what happened on that day."""
        return self.first <= day < self.last

    @property
    def told(self) -> str:
        """As it is printed, everywhere the same."""
        if self.is_hint:
            return "系统提示，非台账要求"
        if self.class_ == "台账要求":
            return nested(f"台账要求{'列有' if self.listed else ''}“{self.verbatim}”")
        doubt = "（待核实）" if self.doubtful else ""
        return f"{self.document}{self.article}：{self.gist}{doubt}"


def _one_or_several(given: object) -> object:
    """One alone needs no list; the free text of versions stored before says nothing that can be
    relied on.
    """
    return () if isinstance(given, str) else [given] if isinstance(given, Mapping) else given


Bases = Annotated[tuple[Basis, ...], BeforeValidator(_one_or_several)]
HINT = Basis(class_="系统提示")


def on(bases: Iterable[Basis], day: date) -> Basis:
    """The one in force on a day, of several the youngest; where none is, it is a hint."""
    return max((b for b in bases if b.in_force(day)), key=lambda b: b.first, default=HINT)


def cover(bases: Iterable[Basis], first: date, last: date) -> bool:
    """Whether on every day from `first` to before `last` something but a hint is in force."""
    at = first
    for basis in sorted((b for b in bases if not b.is_hint), key=lambda b: b.first):
        if basis.first <= at < basis.last:
            at = basis.last
    return at >= last


def first_day(window: str) -> date | None:
    """The first day of a window's label: a year, half, quarter, month or day; nothing where it is
    none of these.
    """
    year, _, rest = window.partition("-")
    try:
        if "-" in rest:
            return date.fromisoformat(window)
        month = _STARTS[rest] if rest in _STARTS else int(rest)
        return date(int(year), month, 1)
    except ValueError:
        return None


_STARTS = {"": 1, "H1": 1, "H2": 7, "Q1": 1, "Q2": 4, "Q3": 7, "Q4": 10}
