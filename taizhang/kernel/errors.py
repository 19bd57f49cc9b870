"""What an action may answer instead of doing as it was asked."""

from __future__ import annotations

from dataclasses import dataclass


class Refused(Exception):
    """The request was understood and is refused; the message is for the person who asked."""


class NotAllowed(Refused):
    """Not for this actor."""


class WrongState(Refused):
    """The thing is not in a state in which this can be done."""


class Stale(Refused):
    """Somebody else changed the record since this person opened it."""


class NotFound(Refused):
    """There is no such thing."""


class Unreachable(Refused):
    """Another machine that is needed for it does not answer; nothing was stored."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong with what was handed in: where it stands and what is wrong, in Chinese."""

    message: str
    row: int | None = None
    column: str = ""
    sheet: str = ""
    """Of a workbook with several, the sheet."""
    part_row: int | None = None
    """Which of several rows below one record it is."""

    @property
    def in_form(self) -> str:
        """The message as it stands at its field: with the row of several below one record."""
        return f"第{self.part_row}行：{self.message}" if self.part_row else self.message

    def __str__(self) -> str:
        """Place and message in one sentence; what stands in no row is a field and no column."""
        sheet = f"工作表“{self.sheet}”" if self.sheet else ""
        row = f"第{self.row}行" if self.row is not None else ""
        in_sheet = self.row is not None or self.sheet
        column = f"“{self.column}”{'列' if in_sheet else ''}" if self.column else ""
        place = f"{sheet}{row}{column}"
        return f"{place}：{self.message}" if place else self.message


class BadInput(Refused):
    """What was handed in cannot be taken; nothing was stored."""

    def __init__(self, problems: list[Problem] | str) -> None:
        """Keep every problem found, so that one reading mends them all."""
        self.problems = [Problem(problems)] if isinstance(problems, str) else problems
        super().__init__("；".join(str(problem) for problem in self.problems[:20]))
