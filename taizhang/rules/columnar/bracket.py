"""In columns: an amount, or a rate, follows a table of brackets."""

from __future__ import annotations

from typing import Any

import ibis
import ibis.expr.types as ir

from taizhang.rules.columnar import row_by_row
from taizhang.rules.columnar.row_by_row import Told
from taizhang.rules.kinds.bracket import Bracket


@row_by_row.telling(Bracket)
def _told(rule: Bracket, rows: ir.Table) -> Told:
    """The brackets as cases."""
    base, found = rows[rule.base], rows[rule.column]
    last = rule.brackets[-1].permille
    steps = [(base <= s.up_to, s.permille) for s in rule.brackets if s.up_to is not None]
    permille: Any = ibis.cases(*steps, else_=last) if steps else ibis.literal(last)
    wrong, wanted = rule.compare(base, found, permille.cast("int64"))
    return Told(base.notnull() & wrong, other=rows.person_id, found=found, wanted=wanted)
