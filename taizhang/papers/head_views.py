"""Pages of 公文格式: what stands on the official papers of an organisation, tried on a sample."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from taizhang.kernel.errors import BadInput, NotFound, Problem
from taizhang.orgs import heads, numbers
from taizhang.orgs.actions.heads import set_heads
from taizhang.orgs.queries import organisations as orgs
from taizhang.papers import actions
from taizhang.papers.official import head_forms
from taizhang.papers.official.heads import sample as sample_of
from taizhang.web.http import ActorRequest, attachment


@login_required
@require_http_methods(["GET", "POST"])
def heads_of(request: ActorRequest, key: int) -> HttpResponse:
    """The settings of one organisation, what they look like, and which numbers were given."""
    organisation = orgs.organisation(key, actor=request.actor)
    heads.must_see(request.actor, organisation)
    head, wrong = heads.head_of(organisation), list[Problem]()
    if request.method == "POST":
        head = head_forms.read(request.POST, heads.kinds_of(organisation))
        try:
            set_heads(organisation=organisation, head=head, actor=request.actor, now=timezone.now())
        except BadInput as refusal:
            wrong = refusal.problems
        else:
            messages.success(request, "公文格式已保存，以后印发的文书照此排版；已经印发的不变。")
            return redirect("papers:heads", key=key)
    page = {
        "organisation": organisation,
        "may": heads.may_set(request.actor, organisation),
        "wrong": wrong,
        "series": numbers.series(organisation),
        **head_forms.page(organisation, head, wrong),
    }
    return render(request, "papers/heads.html", page, status=422 if wrong else 200)


@login_required
@require_GET
def sample(request: ActorRequest, key: int, kind: str, form: str) -> HttpResponse:
    """试印: a sample of one kind of paper with the settings of today."""
    organisation = orgs.organisation(key, actor=request.actor)
    heads.must_see(request.actor, organisation)
    found = next((one for one in heads.kinds_of(organisation) if one == kind), None)
    if found is None or form not in ("pdf", "docx"):
        raise NotFound("没有这种样张。")
    data = actions.print_paper(
        paper=sample_of(found, organisation, timezone.localdate()),
        form=form,
        subject=f"organisation:{key}:{kind}",
        actor=request.actor,
        now=timezone.now(),
    )
    return attachment(data, actions.FORMATS[form][0], f"{found.label}样张.{form}")
