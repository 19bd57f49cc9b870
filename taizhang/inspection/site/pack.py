"""What a device holds of a session: everything of its units that is needed without a network, and
what is on record.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from taizhang.catalogue.model import Ask
from taizhang.checks import engine
from taizhang.inspection import bases, later, proposals, rights
from taizhang.inspection.models import (
    Answer,
    Finding,
    Highlight,
    LookBack,
    Round,
    RoundUnit,
    TeamMember,
    Visit,
)
from taizhang.inspection.plan.model import MINUTES
from taizhang.inspection.site import explained
from taizhang.kernel.calendar import clock
from taizhang.orgs.actor import Actor

PHRASES = (
    "会议记录过于简单，无讨论发言要点", "会议记录要素不全", "缺席人员未注明姓名及原因", "签到与记录人数不一致", "无佐证照片",
    "台账材料未分类归档", "有涂改、缺页", "以行政会代替组织生活", "相互批评意见以希望代替批评", "学习笔记抄录多、体会少",
)  # fmt: skip
"""Canned phrases for what only a person can see (DOMAIN 5.6: F05, F06, F07, F09, F17, F20, F39,
F49, F52).
"""


def at_work(actor: Actor) -> QuerySet[Visit]:
    """The visits that the actor may write on now, those of today first."""
    keys = TeamMember.objects.filter(user=actor.user, area__round__standing__in=rights.AT_WORK)
    found = Visit.objects.filter(unit__area__in=keys.values("area")).select_related(
        "unit__area__round", "unit__organisation", "session"
    )
    return found.order_by("session__date", "session__starts_at", "planned_at", "unit__order", "pk")


def pack(actor: Actor, now: datetime) -> dict[str, Any]:
    """All of it as JSON."""
    visits = list(_whole(at_work(actor)))
    named = bases.versions(visits)
    said = explained.of_visits(visits)
    rounds = {v.unit.area.round_id: v.unit.area.round for v in visits}
    return {
        "user": actor.user.pk,
        "name": actor.user.name,
        "at": now.isoformat(),
        "minutes": MINUTES,
        "phrases": PHRASES,
        "confirm": bases.CONFIRM,
        "rounds": {str(key): _round(one) for key, one in rounds.items()},
        "shares": _shares(visits),
        "visits": [_visit(v, named[v.pk], said, actor) for v in visits],
    }


def _whole(found: QuerySet[Visit]) -> QuerySet[Visit]:
    held = Answer.objects.filter(holds=True).select_related("by", "item").order_by("made_at")
    drafts = Finding.objects.exclude(standing=Finding.Standing.DROPPED).select_related("by", "item")
    return found.prefetch_related(
        "attendees",
        "photos",
        "later",
        Prefetch("answers", held, to_attr="held"),
        Prefetch("findings", drafts, to_attr="listed"),
        Prefetch(
            "highlights",
            Highlight.objects.filter(gone_at__isnull=True).select_related("item"),
            to_attr="shown",
        ),
        Prefetch("look_backs", LookBack.objects.filter(holds=True), to_attr="looked"),
    )


def _round(one: Round) -> dict[str, Any]:
    asked = to_ask(one.catalogue)
    return {
        "title": one.title,
        "contact": f"{one.contact_office}{one.contact_person} {one.contact_phone}".strip(),
        "items": [
            {
                "no": item.no,
                "category": item.category,
                "subcategory": item.subcategory,
                "title": item.title,
                "requirement": item.requirement,
                "ask": asked.get(item.catalogue_item, []),
            }
            for item in one.items.all()
        ],
    }


def to_ask(name: str) -> dict[str, list[str]]:
    """What only a person can judge, by item of the catalogue, with what it rests on where it is
    more than a hint.
    """
    items = engine.catalogue(name).items if name else ()
    return {item.id: [_asked(ask) for ask in item.ask] for item in items}


def _asked(ask: Ask) -> str:
    told = "；".join(basis.told for basis in ask.basis if not basis.is_hint)
    return f"{ask.says}（{told}）" if told else ask.says


def _shares(visits: Iterable[Visit]) -> dict[str, list[dict[str, Any]]]:
    """Who of each area's team reads what."""
    found = TeamMember.objects.filter(area__in={v.unit.area_id for v in visits})
    shares: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for member in found:
        shares[str(member.area_id)].append(
            {
                "user": member.user_id,
                "name": member.name,
                "role": member.get_role_display(),
                "items": member.items,
            }
        )
    return shares


def _items(visit: Visit, rules: str, said: explained.Said) -> dict[str, Any]:
    """What was frozen, each reason with what it rests on, the manner that is offered for it, and
    what the branch says of it.
    """
    frozen: dict[str, Any] = visit.pack.get("items", {})
    return {
        no: known | {"reasons": [_reason(reason, rules, said) for reason in known["reasons"]]}
        for no, known in frozen.items()
    }


def _reason(reason: dict[str, Any], rules: str, said: explained.Said) -> dict[str, Any]:
    told = {name: value for name, value in reason.items() if name != "marks"}
    return told | _rests(reason, rules) | {"explained": explained.of_reason(reason, said)}


def _rests(reason: dict[str, Any], rules: str) -> dict[str, Any]:
    basis = bases.in_version(rules, reason["rule"], reason["window"])
    manner = proposals.manner(rules, reason["rule"])
    return {"basis": basis.told, "hint": basis.is_hint, "manner": manner}


def _book(unit: RoundUnit) -> str:
    """Where the ledger book of a unit is printed, of the days that the round inspects; what keeps
    no ledgers has none.
    """
    place, opened = unit.organisation, unit.area.round
    if place is None or not place.keeps_ledgers:
        return ""
    days = {"from": opened.period_from, "to": opened.period_to}
    asked = {name: f"{day}" for name, day in days.items() if day} | {"form": "pdf", "files": "1"}
    return f"{reverse('papers:book', args=[place.pk])}?{urlencode(asked)}"


def _visit(visit: Any, rules: str, said: explained.Said, actor: Actor) -> dict[str, Any]:
    session = visit.session
    return {
        "id": visit.pk,
        "round": visit.unit.area.round_id,
        "area": visit.unit.area_id,
        "areaName": visit.unit.area.name,
        "unit": visit.unit.name,
        "branch": visit.unit.organisation.full_name if visit.unit.organisation else "",
        "book": _book(visit.unit),
        "date": f"{session.date or ''}" if session else "",
        "venue": session.venue if session else "",
        "session": session.pk if session else 0,
        "ends": clock(session.ends_at) if session else "",
        "planned": clock(visit.planned_at),
        "standing": visit.standing,
        "standingText": visit.get_standing_display(),
        "startedAt": _moment(visit.started_at),
        "endedAt": _moment(visit.ended_at),
        "signed": visit.team_signed_at is not None,
        "packedAt": _moment(visit.packed_at),
        "items": _items(visit, rules, said),
        "earlier": visit.pack.get("earlier", []),
        "sample": visit.pack.get("sample", []),
        "sampling": visit.pack.get("sampling", {}),
        "later": _later(visit),
        "attendees": [
            {
                "id": a.pk,
                "post": a.post,
                "name": a.name,
                "present": a.present,
                "substitute": a.substitute,
                "excuse": a.excuse,
            }
            for a in visit.attendees.all()
        ],
        "answers": [answer(a, actor) for a in visit.held],
        "findings": [finding(f, actor) for f in visit.listed],
        "highlights": [
            {"key": str(h.key), "no": h.item.no if h.item else None, "text": h.text}
            for h in visit.shown
        ],
        "looked": [
            {"earlier": b.earlier_id, "verdict": b.verdict, "note": b.note} for b in visit.looked
        ],
        "photos": len(visit.photos.all()),
    }


def _later(visit: Visit) -> dict[str, list[dict[str, str]]]:
    """Requirement → what the branch changed after its picture was frozen."""
    found = later.by_no(later.told(visit.later.all()), visit.unit.area.round.items.all())
    return {
        str(no): [{"text": one.text, "url": one.url} for one in some] for no, some in found.items()
    }


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def answer(one: Answer, actor: Actor) -> dict[str, Any]:
    """An answer as the device has it."""
    return {
        "key": str(one.key),
        "no": one.item.no,
        "verdict": one.verdict,
        "how": one.how,
        "note": one.note,
        "by": one.by.name,
        "mine": one.by_id == actor.user.pk,
        "madeAt": one.made_at.isoformat(),
        "onTheSpot": one.on_the_spot,
    }


def finding(one: Finding, actor: Actor) -> dict[str, Any]:
    """A draft as the device has it."""
    return {
        "key": str(one.key),
        "no": one.item.no if one.item else None,
        "facts": one.facts,
        "severity": one.severity,
        "manner": one.manner,
        "rule": one.rule,
        "by": one.by.name,
        "mine": one.by_id == actor.user.pk,
        "standing": one.standing,
        "repeatOf": one.repeat_of_id,
    }
