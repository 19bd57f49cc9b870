"""In columns: what one person said is nearly what another said, or what he said before (AF-T3 of
DOMAIN 6.4).
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

import ibis.expr.types as ir

from taizhang.rules.base import NONE
from taizhang.rules.columnar.bits import slots_apart
from taizhang.rules.columnar.columns import day_label, hints
from taizhang.rules.columnar.rows import selected
from taizhang.rules.columnar.saying import Tables, relation
from taizhang.rules.kinds.near_speech import HALVES, PART, QUARTER, NearSpeech
from taizhang.rules.marks import SLOTS


@relation.register(NearSpeech)
def _relation(rule: NearSpeech, tables: Tables) -> ir.Table:
    """Every two speeches of a meeting, or of a speaker of a branch."""
    rows = selected(rule, tables)
    rows = rows.filter(rows.like_low.notnull(), rows.like_high.notnull(), rows.name != "")
    rows = rows.select(
        "branch_id", "name", "like_low", "like_high", record="meeting_id", day=rule.day
    )
    two = rows.view()
    on: list[Any] = [rows.branch_id == two.branch_id]
    if rule.in_one:
        on += [rows.record == two.record, rows.name < two.name]
    else:
        on += [rows.name == two.name, two.record < rows.record]
    both = rows.join(two, on, rname="o_{name}")
    both = both.filter(_share_a_part(both))
    unlike = sum(slots_apart(both[half], both[f"o_{half}"]) for half in HALVES)
    both = both.mutate(percent=((SLOTS - unlike) * 100 // SLOTS).cast("int64"))
    both = both.filter(both.percent >= rule.at_least)
    told = both.group_by(["branch_id", "record", "day"]).aggregate(
        other=both.o_record.min(), found=both.percent.max()
    )
    return hints(
        told,
        window=day_label(told.day),
        subject="record",
        other=NONE if rule.in_one else "other",
        found="found",
        wanted=rule.at_least,
    )


def _share_a_part(both: ir.Table) -> Any:
    """Cheap to ask, and seldom so; what differs in at most four slots has one of five parts the
    same.
    """
    low, high = (both[half] ^ both[f"o_{half}"] for half in HALVES)
    parts = (low & PART, low & (PART << 24), low >> 48, high & QUARTER, high >> 32)
    return reduce(or_, [part == 0 for part in parts])
