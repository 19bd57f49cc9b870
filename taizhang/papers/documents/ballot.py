"""A ballot as plain data: so many on a page of A4 as fit, to be cut apart, and a page for those who
print them.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

_WIDEST = 7
"""So many names of 16 pt stand side by side on half a page."""
_NARROWEST = 4
"""And so many on a quarter of it."""


@dataclass(frozen=True)
class Ballot:
    """One ballot, as often as it fits on a page. Nothing on it says who printed it, nor when."""

    of: str
    """The branch, with the number of the term."""
    name: str
    """委员选票, 补选委员选票."""
    candidates: list[str]
    others: int
    """How many names may be written in."""
    notes: list[str]
    issuer: str
    """Whose seal is set below."""
    dated: str
    guide: list[str] = field(default_factory=list)
    """For those who print and hand out; a page of its own."""
    kind: Literal["ballot"] = "ballot"

    @property
    def title(self) -> str:
        """The whole title."""
        return f"{self.of}{self.name}"

    def told(self) -> dict[str, Any]:
        """For the layout of the PDF."""
        own = {"title": self.title, "bands": self.bands, "per_page": self.per_page}
        return asdict(self) | own

    @property
    def bands(self) -> list[list[tuple[str, str]]]:
        """Rows of (heading, name); names in rows of their own where all do not fit in one."""
        named = [("候选人", name) for name in self.candidates]
        blank = [("另选人", "")] * self.others
        if len(named) + len(blank) <= _WIDEST:
            return [named + blank]
        return [
            part[at : at + _WIDEST]
            for part in (named, blank)
            for at in range(0, len(part), _WIDEST)
        ]

    @property
    def per_page(self) -> Literal[1, 2, 4]:
        """How many fit on A4."""
        bands = self.bands
        if len(bands) == 1 and len(bands[0]) <= _NARROWEST:
            return 4
        return 2 if len(bands) <= 2 else 1
