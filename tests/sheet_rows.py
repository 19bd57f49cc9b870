"""The rows of a sheet, or all that is wrong with it at once, as the pages and commands that bring
sheets in take them.
"""

from __future__ import annotations

from collections.abc import Mapping

from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.records.read_rows import Row
from taizhang.ledgers.sheets import import_job
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation


def read_rows(
    kind: LedgerKind,
    data: bytes | str,
    *,
    branch: Organisation | None,
    actor: Actor,
    given: Mapping[str, str] | None = None,
) -> list[Row]:
    """The rows of a sheet whose headers are right; raises BadInput with what is wrong."""
    found = import_job.read(kind, data, branch=branch, actor=actor, given=given)
    import_job.must_be_right(kind, found, actor)
    return found.rows
