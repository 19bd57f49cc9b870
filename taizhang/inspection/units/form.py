"""The page of a round's units as a form: what was ticked of the names that the notice has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from taizhang.inspection.models import RoundUnit
from taizhang.inspection.units.actions import Wanted
from taizhang.inspection.units.candidates import Candidate
from taizhang.kernel.errors import BadInput, Problem
from taizhang.orgs.models import Organisation
from taizhang.web.lists.offered import Offered
from taizhang.web.params import day_or_none, key_of

NEW, BELOW = "新建党组织", "row-"
"""Of a name: found it; of its parent: the one that is founded in that row."""


def wanted(posted: QueryDict, offered: list[Candidate], known: Offered) -> list[Wanted]:
    """The ticked names as the form has them; raises BadInput for what is no day, or a name that no
    organisation bears.
    """
    common = day_or_none(posted.get("established_on"), "成立日期（各行通用）")
    ticked = [one for one in offered if posted.get(f"take-{one.n}") == one.name]
    unsaid = [one.name for one in ticked if not posted.get(f"as-{one.n}", "").strip()]
    if unsaid:
        told = "请选择它是已有的哪个党组织，还是新建。"
        raise BadInput([Problem(told, column=name) for name in unsaid])
    return [_one(posted, one, common, known) for one in ticked]


def _one(posted: QueryDict, offered: Candidate, common: date | None, known: Offered) -> Wanted:
    def said(name: str) -> str:
        return posted.get(f"{name}-{offered.n}", "").strip()

    same_as = 0 if said("as") == NEW else known.key(said("as"), offered.name)
    parent = said("parent")
    row = re.fullmatch(rf"{BELOW}(\d{{1,4}})", parent)
    short = said("short")
    names = [offered.name, *offered.spellings]
    return Wanted(
        n=offered.n,
        name=offered.name,
        units=tuple(offered.keys),
        known=same_as,
        full_name=said("full"),
        short_name=short,
        org_type=said("type"),
        established_on=day_or_none(said("established"), f"{offered.name}的成立日期") or common,
        parent=0 if row else key_of(parent),
        below=int(row[1]) if row else None,
        area=said("area"),
        sits_in=_several(said("units")),
        unit_type=said("unit-type"),
        aliases=tuple(one for one in names if one != short),
    )


def matched(posted: QueryDict, units: list[RoundUnit], known: Offered) -> dict[int, int | None]:
    """For units of a round, by key, which organisation the form says each is; every name that none
    bears is told.
    """
    chosen: dict[int, int | None] = {}
    problems: list[Problem] = []
    for unit in units:
        if f"match-{unit.pk}" not in posted:
            continue
        try:
            chosen[unit.pk] = known.key(posted.get(f"match-{unit.pk}"), unit.name) or None
        except BadInput as refusal:
            problems += refusal.problems
    if problems:
        raise BadInput(problems)
    return chosen


def _several(text: str) -> tuple[str, ...]:
    parts = (part.strip() for part in re.split(r"[、，,;；\n]", text))
    return tuple(dict.fromkeys(part for part in parts if part))


@dataclass(frozen=True)
class Line:
    """A name on the page, with what stands in its fields: what was posted, else what is
    proposed.
    """

    one: Candidate
    taken: bool
    same_as: str
    """The organisation that it is, by name, or that it is to be founded; empty where
    nobody said.
    """
    parents: list[tuple[str, str]]
    """(value, label) of those that may stand above it: what is there, and what is founded in the
    same go.
    """
    full_name: str
    short_name: str
    org_type: str
    parent: str
    area: str
    units: str
    unit_type: str
    established_on: str


def lines(
    offered: list[Candidate],
    posted: QueryDict | None,
    parents: list[Organisation],
    known: Offered,
) -> list[Line]:
    """The rows of the page. Where only one may stand above, it is proposed; of several none is."""
    above = [(str(one.pk), one.short_name) for one in parents]
    founded = [
        (f"{BELOW}{one.n}", f"{one.bare}（本表新建）")
        for one in offered
        if one.org_type not in Organisation.BRANCH_TYPES
    ]
    return [
        _line(
            one,
            posted,
            [pair for pair in (*above, *founded) if pair[0] != f"{BELOW}{one.n}"],
            known,
        )
        for one in offered
    ]


def _line(
    one: Candidate, posted: QueryDict | None, parents: list[tuple[str, str]], known: Offered
) -> Line:
    def said(name: str, proposed: str) -> str:
        return proposed if posted is None else posted.get(f"{name}-{one.n}", proposed)

    sure = [some.organisation.pk for some in one.proposals if some.sure]
    likely = known.name(sure[0]) if len(sure) == 1 else "" if one.proposals else NEW
    return Line(
        one=one,
        taken=posted is not None and f"take-{one.n}" in posted,
        same_as=said("as", likely),
        parents=parents,
        full_name=said("full", one.full_name),
        short_name=said("short", one.bare),
        org_type=said("type", one.org_type),
        parent=said("parent", parents[0][0] if len(parents) == 1 else ""),
        area=said("area", one.areas[0] if len(one.areas) == 1 else ""),
        units=said("units", "、".join(one.units)),
        unit_type=said("unit-type", one.unit_type),
        established_on=said("established", ""),
    )
