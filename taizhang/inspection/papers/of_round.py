"""The papers of a whole round (DOMAIN 7.1, 7.6, 7.9, 7.10), each from what is on record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time

from django.utils import timezone

from taizhang.inspection.models import (
    Finding,
    Round,
    RoundArea,
    RoundSession,
    RoundUnit,
    Visit,
)
from taizhang.inspection.papers.parts.lists import closing_table, finding_table
from taizhang.inspection.papers.parts.shared import team_told
from taizhang.inspection.papers.parts.times import day_of_week, hours_told
from taizhang.inspection.plan import changes
from taizhang.inspection.plan.changes import Change
from taizhang.inspection.plan.model import expected, slots
from taizhang.kernel.calendar import clock
from taizhang.kernel.errors import WrongState
from taizhang.papers.paper import Block, Form, Line, Note, Paper, Table


def sessions(opened: Round) -> Paper:
    """场次表, a page for each session to hang at its venue: who is due when, with room for
    signatures.
    """
    visits = Visit.objects.filter(unit__area__round=opened).prefetch_related("attendees")
    known = {visit.unit_id: visit for visit in visits}
    if not opened.areas.exists():
        raise WrongState("还没有安排片区和场次。")
    blocks: list[Block] = []
    changed = changes.since_notice(opened)
    areas = opened.areas.prefetch_related("units__organisation", "sessions", "team")
    for area in areas:
        held: dict[RoundSession | None, list[tuple[RoundUnit, time | None]]] = {}
        for unit, session, at in slots(area):
            held.setdefault(session, []).append((unit, at))
        for session, units in held.items():
            rows = [
                [str(n), clock(at), unit.name, _due(unit, known.get(unit.pk), opened), "", ""]
                for n, (unit, at) in enumerate(units, start=1)
            ]
            blocks += _session(opened, area, session, rows, changed)
    return Paper("", blocks=blocks, footer=opened.subject)


def plan_changes(opened: Round) -> Paper:
    """安排变动表: what is other than the notice says, line by line, to be handed to those it
    concerns.
    """
    found = changes.since_notice(opened)
    rows = [[str(n), one.where, one.text] for n, one in enumerate(found, start=1)]
    if not rows:
        raise WrongState("通知印发后，安排没有变动。")
    title = f"{opened.subject}安排变动表"
    table = Table("", ["序号", "片区或单位", "变动"], rows, [0.5, 2, 6])
    return Paper(title, "通知印发后的变动", blocks=[table], footer=opened.subject)


def _session(
    opened: Round,
    area: RoundArea,
    session: RoundSession | None,
    rows: list[list[str]],
    changed: list[Change],
) -> list[Block]:
    hours = hours_told(session.starts_at, session.ends_at) if session else ""
    lines = [
        Line("督查轮次", opened.subject, wide=True),
        Line("片区", area.name),
        Line("地点", session.venue if session else ""),
        Line("时间", f"{day_of_week(session.date if session else None)}{hours}", wide=True),
        Line("督查组", team_told(area).replace("\n", "　"), wide=True),
    ]
    moved = [one.text for one in changed if session and one.session == session.pk]
    lines += [Line("与通知不同", "；".join(moved), wide=True)] if moved else []
    head = ["序号", "时间", "单位", "应到人员", "到场签名", "备注"]
    asked = [text for text in (opened.contact_person, opened.contact_phone) if text]
    contact = [Note(f"联系人：{'　电话：'.join(asked)}")] if opened.contact_person else []
    return [
        Form(f"{area.name}督查场次表", lines, new_page=True),
        Table("", head, rows, [0.5, 0.8, 2, 2.4, 2.4, 1.4], high=14),
        *contact,
    ]


def _due(unit: RoundUnit, visit: Visit | None, opened: Round) -> str:
    """Who must come, a line for each post; a post that nobody is known to hold stays to be filled
    in.
    """
    if visit is not None:
        names = [(one.post, one.name) for one in visit.attendees.all() if one.name[0] != "（"]
    elif unit.organisation is not None:
        names = expected(unit.organisation, opened.starts_on or timezone.localdate())
    else:
        names = []
    missing = [(post, "") for post in ("书记", "台账员") if post not in dict(names)]
    return "\n".join(f"{post}　{name}" for post, name in [*names, *missing])


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
    return _listed(opened, "督查问题清单", finding_table)


def closing_ledger(opened: Round) -> Paper:
    """整改台账（销号台账）."""
    return _listed(opened, "督查问题整改（销号）台账", closing_table)


def _listed(opened: Round, title: str, made: Callable[[list[Finding]], Table]) -> Paper:
    found = _issued(opened)
    if not found:
        raise WrongState("还没有反馈的问题。")
    short = opened.subject
    return Paper(title, short, blocks=[made(found)], footer=f"{short}　{title}", landscape=True)
