"""Which papers there are, how each stands and in which forms it is given; of one that there is not,
why.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from taizhang.inspection import rights
from taizhang.inspection.flows import BRANCH, OFFICE
from taizhang.inspection.models import Finding, Round, Visit
from taizhang.inspection.papers import bundles, issued, mending
from taizhang.inspection.papers.bundles import BUNDLES
from taizhang.inspection.plan import changes
from taizhang.papers.marks import mark as marks

FORMS = {"docx": "Word", "pdf": "PDF", "xlsx": "Excel", "zip": "Word（压缩包）", "pdf.zip": "PDF（压缩包）", "txt": "校验文字"}  # fmt: skip
TEXT, TABLE, ALL = ("docx", "pdf"), ("docx", "pdf", "xlsx"), ("zip", "pdf.zip")
PROVED = (*TEXT, "txt")
"""Of a paper that bears a code: also the words that the code proves."""
NONE = "无"
NEVER = {
    "scores": "评分表由督查组和组织科掌握。",
    "checklist-team": "这份检查表有督查组的询问要点，由督查组和组织科掌握。",
}
"""Papers that the inspected unit gets from people, never from the machine, and why."""
WHEN_SIGNED = ("checklist", "consultation")
"""Papers that the inspected unit gets only when the consultation is signed by both."""
UNSIGNED = "会商双方确认之后才能打印。"


_Listed = tuple[str, str, str, str, tuple[str, ...]]
"""A paper of a visit: its name in addresses, title, state, why there is none, forms."""


@dataclass(frozen=True)
class Offer:
    """A paper: its state in words, why there is none, and its forms with their addresses."""

    title: str
    state: str
    why: str
    forms: list[tuple[str, str]]


def of_round(opened: Round, visits: Iterable[Visit]) -> list[Offer]:
    """The papers of a round, for the organisation section."""
    listed = list(visits)
    found = Finding.objects.filter(visit__unit__area__round=opened, standing__in=Finding.ISSUED)
    issued_n, closed = found.count(), found.filter(standing=Finding.Standing.CLOSED).count()
    sessions = sum(len(area.sessions.all()) for area in opened.areas.all())
    letters = any(hasattr(visit, "letter") for visit in listed)
    unissued = "" if letters else "还没有反馈。"
    nothing = "" if issued_n else "还没有反馈的问题。"
    changed = len(changes.since_notice(opened))
    planned = "" if opened.areas.exists() else "还没有安排片区和场次。"
    return [
        _official(opened, "notice", "督查通知", ""),
        _round_paper(opened, "sessions", "场次表", f"{sessions}个场次", planned, TABLE),
        _round_paper(
            opened,
            "changes",
            "安排变动表",
            f"{changed}处变动",
            "" if changed else "通知印发后没有变动。",
            TABLE,
        ),
        _round_paper(opened, "findings", "问题清单", f"{issued_n}个问题", nothing, TABLE),
        _round_paper(
            opened,
            "closing-ledger",
            "整改（销号）台账",
            f"已销号{closed}个，共{issued_n}个",
            nothing,
            TABLE,
        ),
        _official(opened, "circular", "情况通报", unissued),
        _official(opened, "circular-anonymous", "情况通报（不点名）", unissued),
        *(_bundle(opened, name, listed) for name in BUNDLES),
    ]


def for_readers(opened: Round) -> list[Offer]:
    """What of a round everybody may have who sees it: the notice."""
    return [_official(opened, "notice", "督查通知", "")]


def _official(opened: Round, name: str, title: str, why: str) -> Offer:
    """A round of before the notice was kept as issued has a notice that went out all the same."""
    kept = issued.kept(opened, name)
    out = name == "notice" and opened.standing != Round.Standing.DRAFT
    state = "已印发" if out or kept else "草稿"
    return _round_paper(opened, name, title, state, why, _forms(kept.paper if kept else {}))


def _forms(kept: dict[str, Any]) -> tuple[str, ...]:
    return PROVED if kept.get("proved") else TEXT


def _round_paper(
    opened: Round, slug: str, title: str, state: str, why: str, forms: tuple[str, ...]
) -> Offer:
    links = [
        (FORMS[form], reverse("inspection:round-paper", args=[opened.pk, slug, form]))
        for form in forms
    ]
    return Offer(title, NONE if why else state, why, [] if why else links)


def _bundle(opened: Round, name: str, visits: list[Visit]) -> Offer:
    n = len(bundles.found(name, visits))
    why = "" if n else BUNDLES[name].missing
    return _round_paper(opened, name, f"各单位{BUNDLES[name].title}", f"{n}份", why, ALL)


def of_visit(visit: Visit, roles: set[str]) -> list[Offer]:
    """The papers of one unit, for whom they are."""
    found = mending.issued_to(visit)
    letter = hasattr(visit, "letter")
    said = visit.letter.frozen.get("paper", {}) if letter else {}
    signed = bool(visit.team_signed_at and visit.branch_signed_at)
    own = "" if signed or roles != {BRANCH} else UNSIGNED
    nothing = "" if found else "没有反馈需要整改的问题。" if letter else "还没有反馈。"
    plan = mending.adoption(found).mark.strip("（）") or "支部已通过"
    planless = mending.NO_PLAN if found and not mending.has_plan(visit, found) else nothing
    asked = len(mending.asked_to_close(visit))
    notices: list[_Listed] = [
        (notice.slug, f"整改通知书{notice.number}", "已印发", "", _forms(notice.paper))
        for notice in visit.notices.all()
    ]
    listed: list[_Listed] = [
        ("checklist", "检查表", "已双方确认" if signed else "草稿", own, TABLE),
        ("checklist-team", "检查表（督查组用）", "供督查组使用", "", TABLE),
        ("consultation", "会商记录", "已双方确认" if signed else "草稿", own, TEXT),
        ("letter", "反馈意见", "已印发", "" if letter else "还没有反馈。", _forms(said)),
        *(notices or [("", "整改通知书", NONE, "没有出具。", ())]),
        ("findings", "问题清单", f"{len(found)}个问题", nothing, TABLE),
        ("plan", "整改方案", plan, planless, TEXT),
        ("report", "整改报告", "按今天的进度", nothing, TEXT),
        (
            "closing-request",
            "销号申请表",
            f"{asked}个问题",
            "" if asked else "还没有申请销号的问题。",
            TEXT,
        ),
        *([("scores", "评分表", "供参考", "", TABLE)] if visit.unit.area.round.scored else []),
    ]
    papers = [
        _visit_paper(visit, *one) for one in listed if not (one[0] in NEVER and is_kept_from(roles))
    ]
    return [*papers[:2], *_tick_sheet(visit, roles), *papers[2:]]


def _tick_sheet(visit: Visit, roles: set[str]) -> list[Offer]:
    """What is ticked by hand and read back from a picture, for who inspects while the round is on
    site.
    """
    if is_kept_from(roles) or visit.unit.area.round.standing not in rights.AT_WORK:
        return []
    unmarked = not marks.of_checklist(visit.pk, visit.unit.organisation)
    why = "本单位的公文格式设置为不印二维码，勾选表读不回来。" if unmarked else ""
    forms = [] if why else [("PDF", reverse("inspection:tick-sheet", args=[visit.pk]))]
    return [Offer("勾选表（打勾后拍照读回）", NONE if why else "供督查组使用", why, forms)]


def is_kept_from(roles: set[str]) -> bool:
    """Whether somebody of the unit asks, who is not of the organisation section."""
    return BRANCH in roles and OFFICE not in roles


def _visit_paper(
    visit: Visit, slug: str, title: str, state: str, why: str, forms: tuple[str, ...]
) -> Offer:
    links = [
        (FORMS[form], reverse("inspection:visit-paper", args=[visit.pk, slug, form]))
        for form in forms
        if not why
    ]
    return Offer(title, NONE if why else state, why, links)
