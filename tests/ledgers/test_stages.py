"""党员身份: what the roster made already is not entered twice; an exported sheet comes in elsewhere."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from taizhang.kernel.errors import BadInput
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.models import ImportJob
from taizhang.ledgers.records import actions, queries, read_rows
from taizhang.ledgers.sheets import excel, import_job
from taizhang.orgs.models import StageSpell
from tests.make import NAMES, Cast

KIND = KINDS["stages"]


def _row(person: str, stage: str, first: str, last: str = "", basis: str = "") -> dict[str, str]:
    values = {"person": person, "stage": stage, "status": "正常", "from_on": first}
    return values | {"to_on": last, "basis": basis}


def _bring(people: Cast, now: datetime, *rows: dict[str, str]) -> int:
    listed = [read_rows.Row(at, people.own, row) for at, row in enumerate(rows, 2)]
    return actions.record_many(kind=KIND, rows=listed, actor=people.actor("clerk"), now=now)


def test_a_row_that_the_roster_made_fills_what_it_left_blank(people: Cast, now: datetime) -> None:
    before = StageSpell.objects.count()
    read = _bring(
        people,
        now,
        _row(NAMES[0], "预备党员", "2005-06-01", "2006-06-01", "支部党员大会决议"),
        _row(NAMES[1], "入党积极分子", "2004-03-01", "2005-06-01"),
    )
    assert read == 2
    assert StageSpell.objects.count() == before + 1
    held = StageSpell.objects.get(person__name=NAMES[0], stage="probationary")
    assert (held.basis, held.to_on) == ("支部党员大会决议", date(2006, 6, 1))


def test_a_row_that_says_otherwise_is_refused(people: Cast, now: datetime) -> None:
    with pytest.raises(BadInput, match="不一致（截止日期）"):
        _bring(people, now, _row(NAMES[0], "预备党员", "2005-06-01", "2006-07-01"))


def test_what_was_exported_comes_in_again(people: Cast, now: datetime) -> None:
    clerk = people.actor("clerk")
    before = StageSpell.objects.count()
    headers, rows = queries.export_rows(kind=KIND, actor=clerk, filters=queries.Filters())
    sheet = excel.written(KIND.title, headers, rows)
    brought = import_job.Sheet(KIND, sheet, "a.xlsx", people.own)
    job = import_job.bring_in_waiting(sheet=brought, actor=clerk, now=now, progress=lambda *_: None)
    assert job.state == ImportJob.State.DONE
    assert StageSpell.objects.count() == before
