"""The picture that a round froze, judged again: the facts of that moment are kept sealed with the
visit, and the rules by the name of their version, so that anybody can see whether the same verdicts
come out.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from taizhang.checks import current, engine, fact_tables, facts
from taizhang.checks.models import CheckScope, Outcome, Verdict
from taizhang.checks.reasons.queries import period_of
from taizhang.checks.verdicts import ItemVerdict
from taizhang.inspection.models import Picture, Round, Visit
from taizhang.kernel.errors import WrongState
from taizhang.orgs.models import Organisation
from taizhang.rules.base import Facts, Period, Suspicion


@dataclass(frozen=True)
class Difference:
    """One requirement of one unit that comes out otherwise than it was frozen."""

    unit: str
    item: str
    frozen: str
    now: str


def freeze(
    visit: Visit, branch: Organisation, scope: CheckScope, today: date, now: datetime
) -> None:
    """Keep what a branch's verdicts of this moment rest on; the calendar too, for a working day may
    be declared later.
    """
    period, own = period_of(scope, today), facts.of_branch(branch.pk)
    rules = engine.rules(scope.catalogue)
    rows = [r for r in current.suspicions(scope).filter(branch=branch) if r.rule in rules]
    held = {
        "tables": {
            name: {
                "columns": list(fact_tables.row_type(name)._fields),
                "rows": [list(map(_plain, r)) for r in table],
            }
            for name, table in own.tables.items()
            if table
        },
        "public": engine.public_institution(branch),
        "compared": [row.as_suspicion() for row in rows if rules[row.rule].across],
        "dismissed": [row.as_suspicion() for row in rows if row.dismissal_id],
    }
    told = {v.item: _told(v) for v in current.verdicts(scope).filter(branch=branch)}
    text = json.dumps(held, ensure_ascii=False)
    packed = base64.b64encode(zlib.compress(text.encode(), 6)).decode()
    Picture.objects.update_or_create(
        visit=visit,
        branch=branch,
        defaults={
            "catalogue": scope.catalogue,
            "from_on": period.from_on,
            "to_on": period.to_on,
            "on": period.on,
            "facts": packed,
            "digest": hashlib.sha256(text.encode()).hexdigest(),
            "told": told,
            "made_at": now,
        },
    )


def _plain(cell: object) -> object:
    return cell.isoformat() if isinstance(cell, date) else cell


def _told(verdict: Verdict | ItemVerdict) -> list[Any]:
    if isinstance(verdict, Verdict):
        return [verdict.outcome, verdict.records, verdict.errors, verdict.warns, verdict.infos]
    counts = [verdict.counts.get(grade, 0) for grade in ("error", "warn", "info")]
    return [verdict.outcome, verdict.records, *counts]


def again(picture: Picture) -> list[tuple[str, str, str]]:
    """(item, frozen, now) of every requirement that comes out otherwise; empty when all is the
    same.
    """
    text = zlib.decompress(base64.b64decode(picture.facts)).decode()
    if hashlib.sha256(text.encode()).hexdigest() != picture.digest:
        raise WrongState(f"{picture.visit}冻结的数据已被改动，不能重新核算。")
    held = json.loads(text)
    period = Period(picture.from_on, picture.to_on, picture.on)
    branch = picture.branch_id or -1
    own = Facts(branch, {name: _rows(name, table) for name, table in held["tables"].items()})
    compared, dismissed = ({Suspicion(*s) for s in held[of]} for of in ("compared", "dismissed"))
    checked = engine.judged(
        own,
        picture.catalogue,
        period,
        public=held["public"],
        compared=compared,
        dismissed=dismissed,
    )
    told = {verdict.item: _told(verdict) for verdict in checked.verdicts}
    return [
        (item, _words(picture.told.get(item)), _words(told.get(item)))
        for item in sorted({*told, *picture.told})
        if told.get(item) != picture.told.get(item)
    ]


def _called(picture: Picture) -> str:
    """The unit; of a 党总支 its branch too."""
    unit, branch = picture.visit.unit, picture.branch
    if branch is None or branch.pk == unit.organisation_id:
        return unit.name
    return f"{unit.name}（{branch.short_name}）"


def _rows(name: str, table: dict[str, Any]) -> list[Any]:
    """The rows as they are today: columns that came later are null, those that went are dropped."""
    at = {column: n for n, column in enumerate(table["columns"])}
    columns = fact_tables.schema()[name]
    make = fact_tables.row_type(name)._make
    return [
        make(
            _cell(kind, row[at[column]] if column in at else None)
            for column, kind in columns.items()
        )
        for row in table["rows"]
    ]


def _cell(kind: str, cell: Any) -> Any:
    return date.fromisoformat(cell) if kind == "date" and cell is not None else cell


def _words(told: list[Any] | None) -> str:
    if told is None:
        return "无"
    outcome, records, errors, warns, infos = told
    return f"{Outcome(outcome).label}（记录{records}条，错误{errors}、提醒{warns}、提示{infos}）"


def of_round(
    opened: Round, progress: engine.Progress = engine.no_progress
) -> tuple[int, list[Difference]]:
    """How many units have a frozen picture, and where one comes out otherwise."""
    pictures = Picture.objects.filter(visit__unit__area__round=opened).select_related(
        "visit__unit__organisation", "branch"
    )
    found: list[Difference] = []
    for at, picture in enumerate(pictures):
        progress(at, len(pictures))
        found += [Difference(_called(picture), *each) for each in again(picture)]
    return len(pictures), found
