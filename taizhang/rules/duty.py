"""What is due again and again, as a rule says it to whoever lists it: in each window, or of each
member in each window.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from taizhang.kernel.calendar import Grain, Window
from taizhang.rules.base import Facts, Period, Rule, Where
from taizhang.rules.row_rules import RowRule

MEMBERS: dict[str, tuple[Grain, str]] = {
    "member_months": ("month", "starts_on"),
    "member_years": ("year", "starts_on"),
    "full_year_members": ("year", "ends_on"),
}
"""Populations of members → the windows that they are counted by, and the day of a window on which
what is asked of them is due.
"""


class WindowRule(Rule):
    """Rows of `ledger` are counted in each window of a grain: those of the branch (-1), or of each
    of its groups.
    """

    ledger: str
    where: Where = {}
    day: str = "on"
    every: Grain
    at_least: int = 1

    def is_due(self, window: Window, period: Period) -> bool:
        """Whether a window is over, or has gone on for as long as its rows are waited for."""
        raise NotImplementedError

    def whose(self, branch: Facts, window: Window) -> list[int]:
        """The groups, or -1 for the branch itself, of which rows are asked in a window,
        due or not.
        """
        raise NotImplementedError

    def count(self, branch: Facts, label: str, group: int) -> int:
        """How many rows the branch (-1) or a group has in the window of this label."""
        raise NotImplementedError

    def is_untold(self, branch: Facts) -> bool:
        """Whether nobody can say of whom rows are due, for what they are due of is not
        on record.
        """
        raise NotImplementedError

    def asked(self, branch: Facts, window: Window, period: Period) -> list[int]:
        """Of which groups, or of the branch (-1), rows are due in a window; of none before they
        are.
        """
        inside = self.is_due(window, period) and period.from_on <= window.starts_on
        if not inside or not self.runs_on(window.starts_on):
            return []
        return self.whose(branch, window)


@dataclass(frozen=True)
class OfMembers:
    """What is due of each member, window by window."""

    rule: RowRule
    label: str
    """The column that names the window."""
    every: Grain
    due_on: str
    """The day of a window on which it is due: `starts_on` or `ends_on`."""
    settle: int
    """So many days after it is waited for."""

    def counts(self, branch: Facts, period: Period) -> Counter[str]:
        """Label of a window → of how many members it was due."""
        return Counter(str(getattr(row, self.label)) for row in self.rule.rows(branch, period))
