"""The notice as a form: what a person corrects becomes the notice again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import QueryDict
from pydantic import ValidationError

from taizhang.kernel.errors import BadInput, Problem
from taizhang.notices.groups.units import organisations
from taizhang.notices.model import (
    Area,
    Attachment,
    Contact,
    Inspected,
    Item,
    Notice,
    Period,
    Session,
    Team,
)
from taizhang.notices.values import person_names
from taizhang.web.lists.offered import Offered

_TEXTS = ("title", "number", "issuer")
_DAYS = (("issued_on", "成文日期"), ("starts_on", "督查开始"), ("ends_on", "督查结束"))
_LISTS = ("addressees", "focus", "methods", "demands")


def from_post(posted: QueryDict) -> tuple[Notice, list[Problem]]:
    """The notice as the form says, and every day or hour that cannot be."""
    problems: list[Problem] = []
    notice = Notice()
    for name in _TEXTS:
        setattr(notice, name, posted.get(name, "").strip() or None)
    for name, label in _DAYS:
        setattr(notice, name, _day(posted.get(name, ""), label, problems))
    first, last = (
        _day(posted.get(f"period_{e}", ""), "督查内容起止", problems) for e in ("from", "to")
    )
    notice.period = Period(**{"from": first}, to=last) if first or last else None
    for name in _LISTS:
        setattr(notice, name, _lines(posted.get(name, "")))
    notice.preamble = "\n".join(_lines(posted.get("preamble", ""))) or None
    notice.contact = Contact(
        **{n: posted.get(f"contact_{n}", "").strip() or None for n in ("office", "person", "phone")}
    )
    notice.attachments = [
        Attachment(no=at, title=t) for at, t in enumerate(_lines(posted.get("attachments", "")), 1)
    ]
    notice.areas = [_area(posted, at, notice, problems) for at in _numbers(posted, "area")]
    notice.items = _items(posted, problems)
    return notice, problems


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _numbers(posted: QueryDict, prefix: str) -> list[int]:
    found = {int(m[1]) for key in posted if (m := re.fullmatch(rf"{prefix}-(\d{{1,4}})-\w+", key))}
    return sorted(at for at in found if not posted.get(f"{prefix}-{at}-gone"))


def _day(text: str, label: str, problems: list[Problem]) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        problems.append(Problem(f"没有“{text}”这一天。", column=label))
        return None


def _area(posted: QueryDict, at: int, notice: Notice, problems: list[Problem]) -> Area:
    name = posted.get(f"area-{at}-name", "").strip()
    if not name:
        problems.append(Problem("片区名称不能为空。", column="片区"))
    units: list[Inspected] = []
    for line in _lines(posted.get(f"area-{at}-units", "")):
        units += organisations(line, notice, name)
    leader = posted.get(f"area-{at}-leader", "").strip()
    deputies, members = (
        person_names(posted.get(f"area-{at}-{role}", "")) for role in ("deputies", "members")
    )
    team = (
        Team(leader=leader or None, deputies=deputies, members=members)
        if leader or members or deputies
        else None
    )
    sessions = [
        found
        for n in _numbers(posted, f"area-{at}-session")
        if (found := _session(posted, f"area-{at}-session-{n}", problems))
    ]
    return Area(name=name, organisations=units, sessions=sessions, team=team)


def _session(posted: QueryDict, prefix: str, problems: list[Problem]) -> Session | None:
    day = _day(posted.get(f"{prefix}-date", ""), "场次日期", problems)
    hours = [posted.get(f"{prefix}-{name}", "").strip() for name in ("start", "end")]
    for hour in hours:
        if hour and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", hour):
            problems.append(Problem(f"没有“{hour}”这个时间。", column="场次时间"))
    venue = posted.get(f"{prefix}-venue", "").strip()
    if not (day or any(hours) or venue):
        return None
    return Session(
        date=day.isoformat() if day else None,
        start=hours[0] or None,
        end=hours[1] or None,
        venue=venue or None,
    )


def _items(posted: QueryDict, problems: list[Problem]) -> list[Item]:
    found: list[Item] = []
    for at in _numbers(posted, "item"):
        values: dict[str, Any] = {
            name: posted.get(f"item-{at}-{name}", "").replace("\r\n", "\n").strip()
            for name in ("category", "subcategory", "title", "requirement", "frequency", "score")
        }
        try:
            found.append(
                Item(
                    no=len(found) + 1,
                    category=values["category"] or None,
                    subcategory=values["subcategory"] or None,
                    title=values["title"],
                    requirement=values["requirement"],
                    frequency=values["frequency"] or None,
                    score=values["score"] or None,
                )
            )
        except ValidationError:
            problems.append(
                Problem(f"第{len(found) + 1}项的分值“{values['score']}”不是数字。", column="分值")
            )
    return found


def said_of(posted: QueryDict) -> dict[str, str]:
    """Name as written → what stands in the field of its organisation."""
    return {
        key.removeprefix("match-of-"): posted.get(key, "").strip()
        for key in posted
        if key.startswith("match-of-")
    }


def matches_of(said: Mapping[str, str], offered: Offered) -> tuple[dict[str, int], list[Problem]]:
    """Name as written → the organisation that was chosen, 0 for none; and every name that no
    organisation bears.
    """
    found: dict[str, int] = {}
    problems: list[Problem] = []
    for name, text in said.items():
        try:
            found[name] = offered.key(text, name)
        except BadInput as refusal:
            problems += refusal.problems
    return found, problems


def written(unit: Inspected) -> str:
    """A unit on one line of the form, as `organisations` reads it back."""
    if unit.includes:
        return f"{unit.name}（含{'、'.join(unit.includes)}）"
    return f"{unit.name}（{unit.note}）" if unit.note else unit.name
