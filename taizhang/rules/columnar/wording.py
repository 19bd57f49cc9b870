"""In columns: what a text says that it should not, or does not say that it should."""

from __future__ import annotations

from functools import reduce
from operator import add, and_

import ibis
import ibis.expr.types as ir

from taizhang.rules.columnar import row_by_row
from taizhang.rules.columnar.row_by_row import Alike, Told, alike, joined, plainly_seen, seen
from taizhang.rules.columnar.saying import Tables
from taizhang.rules.kinds.wording import Wording


@joined.register(Wording)
def _joined(rule: Wording) -> tuple[str, ...]:
    """The phrases of each record: one a row, or all."""
    return ("phrases", rule.source, "all" if rule.lacks else "each")


@seen.register(Wording)
def _seen(rule: Wording, tables: Tables) -> ir.Table:
    """With these beside the records."""
    rows, hits = plainly_seen(rule, tables), tables["phrases"]
    hits = hits.filter(hits.source == rule.source)
    if not rule.lacks:
        found = {"phrase": hits.code, "phrase_words": hits.words, "first_on": hits.first_on}
        return rows.join(hits.select("branch_id", id="source_id", **found), ["branch_id", "id"])
    said = hits.group_by("branch_id", id="source_id").aggregate(said=hits.code.collect())
    return rows.left_join(said, ["branch_id", "id"])


@row_by_row.telling(Wording)
def _told(rule: Wording, rows: ir.Table) -> Told:
    """A phrase that is there, or how many of those wanted are."""
    if not rule.lacks:
        wrong = rows.phrase.isin(rule.has)
        early = [rows.first_on > rows[rule.day]] if rule.too_early else []
        return Told(reduce(and_, [wrong, *early]), detail=rows.phrase_words)
    found = reduce(add, (ibis.ifelse(rows.said.contains(one), 1, 0) for one in rule.lacks))
    return Told(found < len(rule.lacks), found=found, wanted=len(rule.lacks))


@alike.register(Wording)
def _alike(rule: Wording) -> Alike:
    """A phrase that stands twice in a record is one."""
    del rule
    return "once"
