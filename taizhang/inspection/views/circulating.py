"""公文格式 of one round, and issuing its circular."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from taizhang.inspection import numbering, queries
from taizhang.inspection.actions import circulating
from taizhang.inspection.papers import issued
from taizhang.inspection.papers.parts import heads as round_heads
from taizhang.inspection.papers.parts.shared import committee_of
from taizhang.inspection.progress import workbench
from taizhang.kernel.errors import BadInput, Problem
from taizhang.ledgers.today import reckoned
from taizhang.orgs.heads import as_kept
from taizhang.orgs.models import OF_COMMITTEES, PaperKind
from taizhang.papers.official import head_forms
from taizhang.web.http import ActorRequest
from taizhang.web.params import day


@login_required
@require_http_methods(["GET", "POST"])
def heads(request: ActorRequest, key: int) -> HttpResponse:
    """Where the papers of this round differ from what the committee has set, and what of it was
    issued.
    """
    request.actor.must_run_office()
    opened = queries.round_of(key, actor=request.actor)
    own, wrong = as_kept(opened.head), list[Problem]()
    if request.method == "POST":
        own = head_forms.read(request.POST, OF_COMMITTEES)
        try:
            circulating.set_round_head(
                opened=opened, head=own, actor=request.actor, now=timezone.now()
            )
        except BadInput as refusal:
            wrong = refusal.problems
        else:
            messages.success(request, "本轮的公文格式已保存，已经印发的不变。")
            return redirect("inspection:heads", key=key)
    known, today = round_heads.set_for(opened), reckoned()
    fed_back_on = issued.first_letter_on(opened)
    page = {
        "top": workbench.top(opened, "heads"),
        "round": opened,
        "wrong": wrong,
        "fed_back_on": fed_back_on,
        "today": max(today, fed_back_on or today),
        "committee": committee_of(opened),
        "notice": issued.kept(opened, "notice"),
        "circulars": issued.circulars(opened),
        "next_circular": numbering.following(opened, PaperKind.CIRCULAR, today),
        "next_notice": numbering.following(opened, PaperKind.NOTICE, opened.issued_on or today),
        **head_forms.round_page(known, own, OF_COMMITTEES, wrong),
    }
    return render(request, "inspection/heads.html", page, status=422 if wrong else 200)


@login_required
@require_POST
def issue_circular(request: ActorRequest, key: int, name: str) -> HttpResponse:
    """Issue a circular: from now on it prints as it read today."""
    request.actor.must_run_office()
    opened = queries.round_of(key, actor=request.actor)
    made = circulating.issue_circular(
        opened=opened,
        name=name,
        issued_on=day(request.POST.get("issued_on"), "成文日期"),
        number=request.POST.get("number", ""),
        actor=request.actor,
        now=timezone.now(),
    )
    messages.success(request, f"已印发情况通报{f'（{made.number}）' if made.number else ''}。")
    return redirect("inspection:heads", key=key)
