"""In columns: rows like these must not be there."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from taizhang.rules.columnar import row_by_row
from taizhang.rules.columnar.row_by_row import Alike, Told, alike
from taizhang.rules.kinds.never import Never


@row_by_row.telling(Never)
def _told(rule: Never, rows: ir.Table) -> Told:
    """Each row that is there."""
    del rows
    return Told(ibis.literal(value=True), wanted=0)


@alike.register(Never)
def _alike(rule: Never) -> Alike:
    """Rows of one record are told together."""
    del rule
    return "counted"
