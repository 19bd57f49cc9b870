"""In columns: a numerator to its denominator against a fraction, in whole numbers."""

from __future__ import annotations

import ibis.expr.types as ir

from taizhang.rules.columnar import row_by_row
from taizhang.rules.columnar.row_by_row import Told
from taizhang.rules.kinds.ratio import Ratio


@row_by_row.telling(Ratio)
def _told(rule: Ratio, rows: ir.Table) -> Told:
    """Multiplied crosswise, as in Python."""
    of, to = rows[rule.of], rows[rule.to]
    wrong = (to != 0) & ~rule.reached(of, to)
    return Told(wrong, found=of, wanted=rule.least(to))
