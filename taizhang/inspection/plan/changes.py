"""What of a round's plan is other than its notice says: sessions, units, teams; in words, and whom
each concerns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from taizhang.inspection.models import IssuedPaper, Round
from taizhang.kernel.calendar import clock
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation
from taizhang.orgs.queries.organisations import line_of

Said = Mapping[str, Any]
"""A part of a plan as it is kept: plain values alone."""


@dataclass(frozen=True)
class Change:
    """One thing that is other than it was, where, and the organisations that it concerns."""

    where: str
    text: str
    organisations: frozenset[int]
    day: str = ""
    """The day of the session that it is about, `2018-10-25`; until it is over the
    change is news.
    """
    session: int = 0
    """The key of the session, where it is about one that still stands."""

    @property
    def told(self) -> str:
        """Place and change in one line."""
        return f"{self.where}：{self.text}"


def as_planned(opened: Round) -> dict[str, Any]:
    """The plan as it is kept with the notice."""
    areas = opened.areas.prefetch_related("units", "sessions__host", "team")
    return {
        "days": _days(opened.starts_on, opened.ends_on),
        "period": _days(opened.period_from, opened.period_to),
        "items": [item.title for item in opened.items.all()],
        "areas": {
            str(area.pk): {
                "name": area.name,
                "units": {
                    str(unit.pk): [unit.name, unit.organisation_id or 0]
                    for unit in area.units.all()
                },
                "sessions": {
                    str(one.pk): {
                        "日期": f"{one.date or ''}",
                        "时间": _hours(clock(one.starts_at), clock(one.ends_at)),
                        "地点": one.venue,
                        "承办单位": one.host.short_name if one.host else "",
                    }
                    for one in area.sessions.all()
                },
                "team": [f"{m.get_role_display()}{m.name}" for m in area.team.all()],
            }
            for area in areas
        },
    }


def _days(first: object, last: object) -> str:
    return f"{first or ''}至{last or ''}" if first or last else ""


def _hours(first: str, last: str) -> str:
    return f"{first}—{last}" if first or last else ""


def since_notice(opened: Round) -> list[Change]:
    """What is other now than the notice in force says; of a round without a kept notice nothing can
    be told.
    """
    held = IssuedPaper.objects.filter(round=opened, kind="notice", withdrawn_at=None).first()
    return differences(held.plan, as_planned(opened)) if held and held.plan else []


def earlier_notice(opened: Round) -> IssuedPaper | None:
    """The notice that was taken back last, which the next one replaces."""
    back = IssuedPaper.objects.filter(round=opened, kind="notice", withdrawn_at__isnull=False)
    return back.order_by("-withdrawn_at", "-pk").first()


def between_notices(opened: Round) -> list[Change]:
    """What the notice in force says otherwise than the one before it that was taken back."""
    held = IssuedPaper.objects.filter(round=opened, kind="notice", withdrawn_at=None).first()
    before = earlier_notice(opened)
    if held is None or before is None or not (held.plan and before.plan):
        return []
    return differences(before.plan, held.plan)


def of_branch(found: Iterable[Change], branch: Organisation, today: date) -> list[Change]:
    """Those that concern a branch and are about no day that is over."""
    own = line_of(branch)
    return [one for one in found if own & one.organisations and not "" < one.day < f"{today}"]


def seen_by(found: Iterable[Change], actor: Actor) -> list[Change]:
    """Those that the actor may know: all for the organisation section, for the others what concerns
    those they read.
    """
    if actor.may_run_office():
        return list(found)
    seen = Organisation.objects.visible_to(actor).only("path")
    own = {key for one in seen for key in line_of(one)}
    return [one for one in found if one.organisations & own]


def for_page(opened: Round, actor: Actor) -> dict[str, Any]:
    """What a page of a published round tells of its changes."""
    if opened.standing == Round.Standing.DRAFT:
        return {"changes": [], "reissued": [], "replaced": None}
    return {
        "changes": seen_by(since_notice(opened), actor),
        "reissued": seen_by(between_notices(opened), actor),
        "replaced": earlier_notice(opened),
    }


def differences(before: Said, after: Said) -> list[Change]:
    """From one kept plan to another."""
    return [
        *_of_round(before, after),
        *_of_units(before["areas"], after["areas"]),
        *_of_areas(before["areas"], after["areas"]),
    ]


def _of_round(before: Said, after: Said) -> Iterator[Change]:
    everybody = _organisations(before) | _organisations(after)
    for name, label in (("days", "督查时间"), ("period", "督查内容的起止")):
        if before[name] != after[name]:
            yield Change("全部单位", f"{label}{_from_to(before[name], after[name])}", everybody)
    more = [title for title in after["items"] if title not in before["items"]]
    less = [title for title in before["items"] if title not in after["items"]]
    for titles, label in ((more, "增加的台账要求"), (less, "去掉的台账要求")):
        if titles:
            yield Change("全部单位", f"{label}：{'、'.join(titles)}", everybody)


def _organisations(plan: Said) -> frozenset[int]:
    return frozenset(key for area in plan["areas"].values() for key in _of_area(area))


def _of_area(area: Said) -> frozenset[int]:
    return frozenset(key for _, key in area["units"].values() if key)


def _from_to(was: str, now: str) -> str:
    if was and now:
        return f"由{was}改为{now}"
    return f"定为{now}" if now else f"原为{was}，现在没有"


def _of_units(before: Said, after: Said) -> Iterator[Change]:
    """Units that came, went, or are in another area now."""
    was = {key: (at, unit) for at, area in before.items() for key, unit in area["units"].items()}
    now = {key: (at, unit) for at, area in after.items() for key, unit in area["units"].items()}
    for key, (at, (name, organisation)) in now.items():
        concerns = frozenset({organisation} - {0})
        area = after[at]
        day = max((one["日期"] for one in area["sessions"].values()), default="")
        if key not in was:
            yield Change(name, f"列入{area['name']}", concerns, day)
        elif was[key][0] != at:
            old = before[was[key][0]]["name"]
            told = "；".join(filter(None, map(_session, area["sessions"].values())))
            when = f"，{told}" if told else ""
            yield Change(name, f"由{old}改到{area['name']}{when}", concerns, day)
    for key, (at, (name, organisation)) in was.items():
        if key not in now:
            told = f"不再列入本轮（原在{before[at]['name']}）"
            yield Change(name, told, frozenset({organisation} - {0}))


def _session(one: Said) -> str:
    return " ".join(filter(None, (one["日期"], one["时间"], one["地点"])))


def _of_areas(before: Said, after: Said) -> Iterator[Change]:
    for key, area in after.items():
        old = before.get(key)
        if old is None:
            continue
        if old["name"] != area["name"]:
            yield Change(area["name"], f"片区原称{old['name']}", _of_area(area))
        yield from _of_sessions(old["sessions"], area)
        yield from _of_team(old["team"], area)


def _of_sessions(old: Said, area: Said) -> Iterator[Change]:
    concerns, where = _of_area(area), f"{area['name']}场次"
    for key, one in area["sessions"].items():
        if key not in old:
            yield Change(where, f"增加一场：{_session(one)}", concerns, one["日期"])
            continue
        told = [f"{k}{_from_to(old[key][k], one[k])}" for k in one if one[k] != old[key][k]]
        if told:
            yield Change(where, "，".join(told), concerns, one["日期"], int(key))
    for key, one in old.items():
        if key not in area["sessions"]:
            yield Change(where, f"取消一场：{_session(one)}", concerns, one["日期"])


def _of_team(old: list[str], area: Said) -> Iterator[Change]:
    came = [name for name in area["team"] if name not in old]
    gone = [name for name in old if name not in area["team"]]
    told = [f"{'、'.join(gone)}不再参加"] if gone else []
    told += [f"{'、'.join(came)}参加"] if came else []
    if told:
        day = max((one["日期"] for one in area["sessions"].values()), default="")
        yield Change(f"{area['name']}督查组", "，".join(told), _of_area(area), day)
