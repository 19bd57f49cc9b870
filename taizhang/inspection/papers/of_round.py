"""The papers of a whole round (DOMAIN 7.1, 7.6, 7.9, 7.10), each from what is on record."""

from __future__ import annotations

from taizhang.inspection.models import (
    Finding,
    Round,
)
from taizhang.inspection.papers.parts import (
    closing_table,
    finding_table,
    team_told,
)
from taizhang.inspection.papers.times import when_told
from taizhang.kernel.calendar import clock
from taizhang.papers.paper import Form, Note, Paper, Table


def sessions(opened: Round) -> Paper:
    """场次表: who is due when, with room for signatures."""
    blocks: list[Table | Form | Note] = []
    for area in opened.areas.prefetch_related("sessions", "team"):
        for session in area.sessions.all():
            visits = (
                session.visits.select_related("unit")
                .prefetch_related("attendees")
                .order_by("planned_at", "unit__order")
            )
            rows = [
                [
                    str(n),
                    clock(v.planned_at),
                    v.unit.name,
                    "\n".join(f"{a.post}　{a.name}" for a in v.attendees.all()),
                    "",
                    "",
                ]
                for n, v in enumerate(visits, start=1)
            ]
            title = f"{area.name}　{when_told(session)}".replace("\n", "　")
            blocks.append(
                Table(
                    title,
                    ["序号", "时间", "单位", "应到人员", "到场签名", "备注"],
                    rows,
                    [0.5, 0.8, 2, 2.4, 2.4, 1.4],
                    high=10,
                )
            )
            blocks.append(Note(team_told(area).replace("\n", "　　")))
    return Paper("督查场次表", opened.title, blocks=list(blocks), footer=opened.title)


def _issued(opened: Round) -> list[Finding]:
    found = Finding.objects.filter(visit__unit__area__round=opened, standing__in=Finding.ISSUED)
    return list(
        found.select_related(
            "visit__unit__area", "item", "rectification__verified_by", "visit__letter"
        )
        .prefetch_related("files__file", "progress")
        .order_by("visit__unit__area__order", "visit__unit__order", "number")
    )


def findings(opened: Round) -> Paper:
    """问题清单."""
    return Paper(
        "督查问题清单",
        opened.title,
        blocks=[finding_table(_issued(opened))],
        footer=opened.title,
        landscape=True,
    )


def closing_ledger(opened: Round) -> Paper:
    """整改台账（销号台账）."""
    return Paper(
        "督查问题整改台账",
        opened.title,
        blocks=[closing_table(_issued(opened))],
        footer=opened.title,
        landscape=True,
    )
