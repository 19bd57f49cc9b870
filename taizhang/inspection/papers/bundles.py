"""The papers of all units of a round, to be taken out in one file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from taizhang.inspection.models import Finding, Rectification, Visit
from taizhang.inspection.papers import mending

Found = list[tuple[Visit, str]]


@dataclass(frozen=True)
class Bundle:
    """What is collected, which visits have it under which name, and what to do where none has."""

    title: str
    found: Callable[[list[Visit]], Found]
    missing: str


def _letters(visits: list[Visit]) -> Found:
    return [(visit, "letter") for visit in visits if hasattr(visit, "letter")]


def _consultations(visits: list[Visit]) -> Found:
    return [(v, "consultation") for v in visits if v.team_signed_at and v.branch_signed_at]


def _notices(visits: list[Visit]) -> Found:
    return [(visit, notice.slug) for visit in visits for notice in visit.notices.all()]


def _all(slug: str) -> Callable[[list[Visit]], Found]:
    return lambda visits: [(visit, slug) for visit in visits]


def _planned(slug: str) -> Callable[[list[Visit]], Found]:
    """Of the units that have planned anything."""

    def found(visits: list[Visit]) -> Found:
        plans = Rectification.objects.filter(
            finding__visit__in=visits, finding__standing__in=Finding.ISSUED
        )
        planned = set(plans.values_list("finding__visit", flat=True))
        return [(visit, slug) for visit in visits if visit.pk in planned]

    return found


def _plans(visits: list[Visit]) -> Found:
    """Without the units that were asked for none, for all is put right at once."""
    return [
        (visit, slug)
        for visit, slug in _planned("plan")(visits)
        if mending.has_plan(visit, mending.issued_to(visit))
    ]


BUNDLES = {
    "letters": Bundle("反馈意见", _letters, "还没有反馈意见可以打印：会商确认后先在“问题和反馈”页反馈。"),
    "checklists": Bundle("检查表", _all("checklist"), "本轮还没有开始督查，没有检查表。"),
    "checklists-team": Bundle("检查表（督查组用）", _all("checklist-team"), "本轮还没有开始督查，没有检查表。"),
    "consultations": Bundle("会商记录", _consultations, "还没有双方确认的会商记录。"),
    "rectification-notices": Bundle("整改通知书", _notices, "还没有出具整改通知书；需要的在各单位的会商页出具。"),
    "plans": Bundle("整改方案", _plans, "还没有单位提交整改方案。"),
    "reports": Bundle("整改报告", _planned("report"), "还没有单位提交整改方案，不能出整改报告。"),
}  # fmt: skip


def found(name: str, visits: Iterable[Visit]) -> Found:
    """Each visit with the name of its paper, in the order of the round."""
    return BUNDLES[name].found(list(visits))
