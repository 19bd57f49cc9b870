"""要求对应和规则: what each requirement of a draft means, and which rules of its sentences count."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from taizhang.catalogue.sentences import answer
from taizhang.checks import editions, engine
from taizhang.inspection import queries
from taizhang.inspection.models import RuleDecision
from taizhang.inspection.progress import workbench
from taizhang.inspection.requirements import actions as matching
from taizhang.inspection.requirements import matched as requirements
from taizhang.kernel.errors import BadInput
from taizhang.web.http import ActorRequest
from taizhang.web.params import key_of


@login_required
@require_GET
def requirements_of(request: ActorRequest, key: int) -> HttpResponse:
    """Every line with its items and its rules."""
    request.actor.must_run_office()
    return _page(request, key, [])


def _page(request: ActorRequest, key: int, problems: list[str]) -> HttpResponse:
    opened = queries.round_of(key, actor=request.actor)
    lines = requirements.asked(opened)
    known = engine.catalogue(opened.catalogue).items if opened.catalogue else ()
    page = {
        "top": workbench.top(opened, "requirements"),
        "round": opened,
        "lines": lines,
        "items": known,
        "catalogues": editions.offered(),
        "base": editions.before(opened.catalogue),
        "unmatched": sum(not one.items for one in lines),
        "told": [one for one in lines if one.contains or one.bounds or one.deadlines],
        "offers": [(one, offer) for one in lines for offer in one.offers],
        "every": answer.EVERY.items(),
        "mapped": requirements.mapped(opened),
        "verdicts": RuleDecision.Verdict.choices,
        "problems": problems,
    }
    return render(request, "inspection/requirements.html", page, status=422 if problems else 200)


@login_required
@require_POST
def choose_catalogue(request: ActorRequest, key: int) -> HttpResponse:
    """Check this draft by another catalogue."""
    request.actor.must_run_office()
    opened = queries.round_of(key, actor=request.actor)
    name = request.POST.get("catalogue", "")
    if name not in dict(editions.offered()):
        return _page(request, key, ["请选择要求模板。"])
    matching.choose_catalogue(
        opened=opened, catalogue=name, actor=request.actor, now=timezone.now()
    )
    messages.success(request, "已改用所选的要求模板，逐条重新对应。")
    return redirect("inspection:requirements", key=key)


@login_required
@require_POST
def match_lines(request: ActorRequest, key: int) -> HttpResponse:
    """Say which items the lines mean."""
    request.actor.must_run_office()
    opened = queries.round_of(key, actor=request.actor)
    chosen = {
        mark: [
            text.split(maxsplit=1)[0]
            for text in request.POST.getlist(f"item-{mark}")
            if text.strip()
        ]
        for mark in request.POST.getlist("line")
    }
    try:
        matching.match_lines(opened=opened, chosen=chosen, actor=request.actor, now=timezone.now())
    except BadInput as refusal:
        return _page(request, key, [str(problem) for problem in refusal.problems])
    messages.success(request, "对应已保存，以后的通知有同样的要求时照此对应。")
    return redirect("inspection:requirements", key=key)


@login_required
@require_POST
def decide_rules(request: ActorRequest, key: int) -> HttpResponse:
    """Say which of the proposed rules count."""
    request.actor.must_run_office()
    opened = queries.round_of(key, actor=request.actor)
    try:
        matching.decide_rules(
            opened=opened,
            decisions=_decisions(request.POST),
            actor=request.actor,
            now=timezone.now(),
        )
    except BadInput as refusal:
        return _page(request, key, [str(problem) for problem in refusal.problems])
    messages.success(request, "规则已保存；采用的与要求模板不同的，本轮按采用的核查。")
    return redirect("inspection:requirements", key=key)


def _decisions(posted: QueryDict) -> list[matching.Decided]:
    """What was said of each rule; one that nothing was said of stays open."""
    return [
        matching.Decided(
            mark,
            verdict,
            posted.get(f"every-{mark}", ""),
            key_of(posted.get(f"at-least-{mark}")),
        )
        for mark in posted.getlist("rule")
        if (verdict := posted.get(f"verdict-{mark}", ""))
    ]
