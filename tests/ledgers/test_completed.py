"""What another ledger made and left blank is completed by an import, as a correction that says
where it came from.
"""

from __future__ import annotations

from datetime import datetime

from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.models import EntryVersion
from taizhang.ledgers.records import actions, read_rows
from taizhang.ledgers.records.queries import as_written
from taizhang.orgs.models import StageSpell
from tests.make import NAMES, Cast

STAGES = KINDS["stages"]


def test_a_blank_is_filled_and_what_is_said_stays(people: Cast, now: datetime) -> None:
    entry = StageSpell.objects.filter(person__name=NAMES[0]).latest("from_on")
    values = as_written(STAGES, entry) | {"basis": "示例委〔2006〕1号"}
    many = StageSpell.objects.count()

    for source in ("阶段.xlsx", "长" * 200):
        actions.record_many(
            kind=STAGES, rows=[read_rows.Row(2, people.own, values)], actor=people.actor("clerk"), now=now, source=source
        )  # fmt: skip
        values = values | {"to_on": "2018-01-01"}

    entry.refresh_from_db()
    assert (entry.basis, entry.version, StageSpell.objects.count()) == (values["basis"], 3, many)
    reasons = [one.reason for one in EntryVersion.objects.order_by("version")]
    assert reasons == ["由导入的表补全（阶段.xlsx）", f"由导入的表补全（{'长' * 190}…）"]
