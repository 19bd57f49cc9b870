"""In columns: one picture, cropped, compressed again or mirrored, serves twice (AF-F1 of DOMAIN
6.7).
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from taizhang.rules.columnar.bits import bits_set
from taizhang.rules.columnar.columns import day_label, hints
from taizhang.rules.columnar.rows import selected
from taizhang.rules.columnar.saying import Tables, relation
from taizhang.rules.kinds.near_picture import BLANK, PARTS, NearPicture
from taizhang.rules.marks import BITS


@relation.register(NearPicture)
def _relation(rule: NearPicture, tables: Tables) -> ir.Table:
    """A join on the parts of the marks, then the bits that differ."""
    rows = selected(rule, tables)
    seen = rows.select(
        "branch_id",
        "sha256",
        record=rows.source_id,
        day=rows[rule.day],
        seen=ibis.array([rows.mark, rows.mark_mirrored]).unnest(),
    )
    lit = bits_set(seen.seen)
    own = _parted(rule, seen.filter(lit.between(BLANK + 1, BITS - BLANK - 1)))
    two = own.select(
        "part", o_branch="branch_id", o_record="record", o_sha256="sha256", o_seen="seen"
    )
    both = own.join(two, "part")
    if rule.across:
        both = both.filter(both.branch_id != both.o_branch)
    else:
        both = both.filter(both.branch_id == both.o_branch, both.o_record < both.record)
        both = both.filter(both.sha256 != both.o_sha256)
    both = both.mutate(far=bits_set(both.seen ^ both.o_seen))
    both = both.filter(both.far <= rule.within)
    first = both.group_by(["branch_id", "record", "day"]).aggregate(
        other=both.o_record.min(), found=both.far.min()
    )
    return hints(first, window=day_label(first.day), subject="record", other="other", found="found")


def _parted(rule: NearPicture, rows: ir.Table) -> ir.Table:
    """Each row once for every part of its mark; as a whole where only equal marks are
    looked for.
    """
    mark = rows.seen
    if rule.within == 0:
        return rows.mutate(part=mark)
    parts = [
        ((mark >> low) & ((1 << n) - 1)) * len(PARTS) + at for at, (low, n) in enumerate(PARTS)
    ]
    return rows.mutate(part=ibis.array(parts).unnest())
