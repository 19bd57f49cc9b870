"""A long sheet: read as a grid, and stored as the command stores it; what was stored is
taken back.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from taizhang.config.cli.actors import keeper
from taizhang.intake.reading import read
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.sheets import excel, import_job
from taizhang.orgs.models import Organisation
from taizhang.orgs.queries import organisations, roster

Line = dict[str, Any]
LENGTHS = (5_000, 10_000)
"""Rows; twice as many cost twice as much, unless the whole sheet is gone through at each row."""
_FIRST, _MONTHS = 1950, 12 * 50
"""Months in which nobody's dues are on record."""


def sheets() -> list[Line]:
    """CPU seconds; other work on the machine makes them longer."""
    own = max(organisations.branches(keeper()), key=lambda one: len(_people(one)), default=None)
    if own is None or len(_people(own)) * _MONTHS < LENGTHS[-1]:
        return [{"name": "sheets", "value": "需要有花名册的支部（示例数据有）"}]
    found = []
    for rows in LENGTHS:
        data = dues(own, rows)
        for name, work in (("read", _read), ("stored", _stored)):
            seconds = _cpu(partial(work, own, data))
            found.append({"name": f"sheets: {rows} rows {name}", "value": f"{seconds:.2f} CPU s"})
    return found


def dues(branch: Organisation, rows: int) -> bytes:
    """So many payments of those on a roster, month by month from before there were any."""
    people = _people(branch)
    lines = []
    for n in range(rows):
        month = n // len(people)
        day = f"{_FIRST + month // 12}-{month % 12 + 1:02d}"
        lines.append([people[n % len(people)], day, f"{10 + n % 80}.50", f"{day}-{n % 28 + 1:02d}"])  # fmt: skip
    return excel.written("党费", ["姓名", "月份", "金额", "交纳日期"], lines)


def _people(branch: Organisation) -> list[str]:
    """Names that only one person on the roster has."""
    found = roster.person_names(branch).by_name
    return [persons[0].name for persons in found.values() if len(persons) == 1]


def _read(branch: Organisation, data: bytes) -> None:
    del branch
    read.documents("党费.xlsx", data, None, read.Said(KINDS["dues-payments"]))


def _stored(branch: Organisation, data: bytes) -> None:
    sheet = import_job.Sheet(KINDS["dues-payments"], data, "党费.xlsx", branch)
    with transaction.atomic():
        import_job.bring_in_waiting(
            sheet=sheet, actor=keeper(), now=timezone.now(), progress=lambda done, of: None
        )
        transaction.set_rollback(True)


def _cpu(work: Callable[[], None]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start
