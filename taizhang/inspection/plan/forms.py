"""The plan of a round as a form, and other small forms of a round."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from django.http import QueryDict

from taizhang.inspection.models import Round, RoundArea, RoundSession, TeamMember
from taizhang.inspection.plan import matching
from taizhang.inspection.plan.model import AreaPlan, Plan, SessionPlan, UnitPlan, read_numbers
from taizhang.kernel.errors import BadInput, Problem
from taizhang.notices.values import person_names
from taizhang.orgs.actor import Actor
from taizhang.orgs.queries import accounts
from taizhang.web.lists.offered import Offered
from taizhang.web.params import day_or_none, key_of

NOBODY = "没有承办单位"
"""Of a session's host; an empty field means whoever has the venue of that name."""


def _time(text: str, label: str) -> time | None:
    if not text.strip():
        return None
    try:
        return time.fromisoformat(text.strip())
    except ValueError as wrong:
        raise BadInput([Problem(f"没有“{text}”这个时间。", column=label)]) from wrong


@dataclass(frozen=True)
class AreaRow:
    """An area on the page, with what stands in the fields of its hosts and accounts."""

    area: RoundArea
    sessions: list[tuple[RoundSession, str]]
    team: list[tuple[TeamMember, str]]


def rows(opened: Round, known: Offered, users: Offered) -> list[AreaRow]:
    """The areas of a round as the form shows them."""
    return [
        AreaRow(
            area,
            [
                (one, known.name(one.host_id) if one.host_id else NOBODY)
                for one in area.sessions.all()
            ],
            [(one, users.name(one.user_id)) for one in area.team.all()],
        )
        for area in opened.areas.all()
    ]


def users() -> Offered:
    """The accounts that a member of a team may have, as a field names them."""
    known = accounts.accounts()
    return Offered("账号", {one.pk: f"{one.name}（{one.username}）" for one in known})


def plan_of(posted: QueryDict, actor: Actor) -> Plan:
    """The plan as the form says; what cannot be a day or an hour is refused with its place."""
    book = matching.AddressBook.of(actor)
    at = sorted({int(m[1]) for name in posted if (m := re.fullmatch(r"area-(\d{1,6})-name", name))})
    known = users()
    kept = [n for n in at if not posted.get(f"area-{n}-gone")]
    return Plan([_area(posted, f"area-{n}", book, known) for n in kept])


def _area(posted: QueryDict, prefix: str, book: matching.AddressBook, known: Offered) -> AreaPlan:
    def said(name: str) -> str:
        return posted.get(f"{prefix}-{name}", "").strip()

    leader, deputies, members = (
        said("leader"),
        person_names(said("deputies")),
        person_names(said("members")),
    )
    units = [
        UnitPlan(
            key, "?", book.offered.key(posted.get(f"unit-{key}-match"), "对应的党组织") or None
        )
        for text in posted.getlist(f"{prefix}-unit")
        if (key := key_of(text))
    ]
    for name in filter(None, (line.strip() for line in said("new-units").splitlines())):
        units.append(UnitPlan(0, name, book.surely(name)))
    return AreaPlan(
        key=key_of(said("key")),
        name=said("name"),
        units=units,
        sessions=list(_sessions(posted, prefix, book)),
        leader=leader,
        deputies=deputies,
        members=members,
        shares=_shares(posted, prefix),
        accounts=_accounts(posted, prefix, known),
    )


def _sessions(posted: QueryDict, prefix: str, book: matching.AddressBook) -> list[SessionPlan]:
    at = sorted(
        {int(m[1]) for n in posted if (m := re.fullmatch(rf"{prefix}-session-(\d{{1,6}})-date", n))}
    )
    found = []
    for n in at:
        said = {
            k: posted.get(f"{prefix}-session-{n}-{k}", "").strip()
            for k in ("key", "date", "start", "end", "venue", "host")
        }
        if any(said[k] for k in ("date", "start", "end", "venue")):
            owner = book.surely(said["venue"])
            named = "" if said["host"] == NOBODY else said["host"]
            host = book.offered.key(named, "承办单位") or (owner if not said["host"] else None)
            found.append(
                SessionPlan(
                    key_of(said["key"]),
                    day_or_none(said["date"], "场次日期"),
                    _time(said["start"], "开始"),
                    _time(said["end"], "结束"),
                    said["venue"],
                    host,
                    owner,
                )
            )
    return found


def _shares(posted: QueryDict, prefix: str) -> dict[str, list[int]]:
    names = posted.getlist(f"{prefix}-member-name")
    return dict(
        zip(names, map(read_numbers, posted.getlist(f"{prefix}-member-items")), strict=False)
    )


def _accounts(posted: QueryDict, prefix: str, known: Offered) -> dict[str, int | None]:
    names, said = posted.getlist(f"{prefix}-member-name"), posted.getlist(f"{prefix}-member-user")
    return {
        name: known.key(text, f"{name}的账号") or None
        for name, text in zip(names, said, strict=False)
    }
