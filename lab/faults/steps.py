"""What faults in an admission are planted with: a case, the days of its steps, and these written
again.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import date, timedelta

from lab.faults.altering import (
    NotHereError,
    Raw,
)
from taizhang.demo.records import Ledgers
from taizhang.demo.world import FIRST, LAST
from taizhang.kernel.calendar import plus_months

Days = dict[int, date]


_STEP = re.compile(r"(?m)^(\d+) 步骤：([\d-]+)（责任人：(.+?)）$")


def days_of(row: Raw) -> Days:
    """The steps of a case that are dated, by their numbers."""
    return {int(n): date.fromisoformat(day) for n, day, _ in _STEP.findall(row["steps"])}


def write_days(row: Raw, days: Days) -> None:
    """Writes the steps again with these days; the same person answers for all of them."""
    who = _STEP.findall(row["steps"])[0][2]
    row["steps"] = "\n".join(
        f"{n} 步骤：{day.isoformat()}（责任人：{who}）"
        for n, day in sorted(days.items())
        if day <= LAST
    )


def case_of(
    ledgers: Ledgers,
    rng: random.Random,
    step: int,
    mark: str = "_used",
    *,
    converted: bool | None = None,
) -> Raw:
    """A case whose step lies in the period, and of which no other fault touched what
    the mark says.
    """
    rows = [
        r
        for r in ledgers.rows.get("cases", ())
        if mark not in r
        and (converted is None or bool(r["outcome"]) is converted)
        and days_of(r).get(step, LAST) >= FIRST
    ]
    if not rows:
        raise NotHereError("cases")
    row = rng.choice(rows)
    row[mark] = "1"
    return row


PAPERS = "_papers"
"""The mark of a case whose people or papers are wrong; its steps may be so too, but for those that
papers follow.
"""


FOLLOWED = {1, 3, 5}


Shift = Callable[[Days], dict[int, date | None]]


def keep_papers(ledgers: Ledgers, row: Raw) -> None:
    """What is due of a case changed with its third step: none of its papers may be missed."""
    for kind in ("case-reviews", "thought-reports"):
        for paper in ledgers.rows[kind]:
            if paper["case"] == row["name"]:
                paper["_used"] = "1"


def on_days(**shifts: int) -> Shift:
    """`s2=5, of=3`: step 2 five days after step 3."""
    of = shifts.pop("of")
    return lambda days: {int(name[1:]): days[of] + timedelta(days=n) for name, n in shifts.items()}


def probation_end(days: Days) -> date:
    """A year after the admission."""
    return plus_months(days[15], 12)


def from_probation_end(**shifts: int) -> Shift:
    """`s22=-50`: step 22 fifty days before the end of the probation."""
    return lambda days: {
        int(name[1:]): probation_end(days) + timedelta(days=n) for name, n in shifts.items()
    }
