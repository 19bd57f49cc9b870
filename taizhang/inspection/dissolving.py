"""What still hangs on an organisation that is to be dissolved: shown before it is done, so that
nothing is forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from taizhang.inspection.models import Finding, Letter, Round, RoundSession, RoundUnit
from taizhang.ledgers.kinds.dues_remittances import KIND as REMITTANCES
from taizhang.ledgers.kinds.dues_remittances import DuesRemittance
from taizhang.ledgers.kinds.members import KIND as MEMBERS
from taizhang.orgs.models import Duty, Organisation
from taizhang.orgs.queries import roster

_OVER = (Round.Standing.CLOSED, Round.Standing.ARCHIVED)


@dataclass(frozen=True)
class Hanging:
    """One thing that still hangs on the organisation, what becomes of it, and where it is seen."""

    what: str
    then: str
    url: str = ""


def hanging(place: Organisation, on: date) -> list[Hanging]:
    """Everything, in the order in which it has to be settled."""
    return [
        *_rounds(place),
        *_findings(place),
        *_members(place, on),
        *_dues(place, on),
        *_accounts(place, on),
    ]


def _rounds(place: Organisation) -> Iterator[Hanging]:
    units = RoundUnit.objects.filter(organisation=place).exclude(area__round__standing__in=_OVER)
    for unit in units.select_related("area__round"):
        opened = unit.area.round
        what = f"督查轮次“{opened.title}”（{opened.get_standing_display()}）的受检单位：{unit.name}"
        url = reverse("inspection:round", args=[opened.pk])
        yield Hanging(what, "仍是受检单位；不再督查的，请在安排里移出。", url)
    sessions = RoundSession.objects.filter(host=place).exclude(area__round__standing__in=_OVER)
    for session in sessions.select_related("area__round"):
        url = reverse("inspection:plan", args=[session.area.round_id])
        what = f"督查场次的承办单位：{session.area.name} {session.date or ''} {session.venue}"
        yield Hanging(what, "请改由别的单位承办。", url)


def _findings(place: Organisation) -> Iterator[Hanging]:
    found = Finding.objects.filter(visit__unit__organisation=place, standing__in=Finding.OPEN)
    if n := found.count():
        url = reverse("inspection:own", args=[place.pk])
        yield Hanging(f"{n}个问题没有销号", "由承接的党组织接着整改、申请销号。", url)
    letters = Letter.objects.filter(visit__unit__organisation=place, signed_at__isnull=True)
    if n := sum(letter.asks for letter in letters.select_related("visit")):
        url = reverse("inspection:own", args=[place.pk])
        yield Hanging(f"{n}份反馈意见没有签收", "由承接的党组织签收。", url)


def _members(place: Organisation, on: date) -> Iterator[Hanging]:
    n = roster.members(place, on).count() if place.keeps_ledgers else 0
    if n:
        url = f"{reverse('ledgers:list', args=[MEMBERS])}?branch={place.pk}"
        told = "请登记离开日期和原因“支部调整”，并在新支部登记进入。"
        yield Hanging(f"{on}名册上还有{n}名党员", told, url)


def _dues(place: Organisation, on: date) -> Iterator[Hanging]:
    if not place.keeps_ledgers:
        return
    last = DuesRemittance.objects.current().filter(branch=place).order_by("-last_month").first()
    url = f"{reverse('ledgers:list', args=[REMITTANCES])}?branch={place.pk}"
    if last is None:
        yield Hanging("没有党费上缴登记", "请核对党费是否已经结清。", url)
    elif last.last_month is not None and last.last_month.replace(day=1) < on.replace(day=1):
        told = f"党费上缴登记到{last.for_year}年第{last.for_quarter}季度"
        yield Hanging(told, "请结清撤销以前的党费。", url)


def _accounts(place: Organisation, on: date) -> Iterator[Hanging]:
    duties = Duty.objects.filter(organisation=place, user__is_active=True).select_related("user")
    held = [
        d for d in duties.order_by("pk") if d.holds_on(on) and (d.to_on is None or d.to_on > on)
    ]
    if held:
        names = "、".join(f"{d.user.name}（{d.get_role_display()}）" for d in held)
        yield Hanging(f"{len(held)}项职责在撤销后仍然有效：{names}", "由安全管理员终止，或者移交。")
