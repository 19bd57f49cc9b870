"""减负: what entering ledgers costs a branch and what it is spared, as a page and as a sheet."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from taizhang.kernel.errors import NotFound
from taizhang.ledgers.burden import year as burden
from taizhang.orgs.queries import organisations as orgs
from taizhang.papers import actions
from taizhang.papers.documents import burden_sheet
from taizhang.web.http import ActorRequest, attachment


@login_required
@require_GET
def of_branch(request: ActorRequest, key: int) -> HttpResponse:
    """The months of one branch."""
    branch = orgs.organisation(key, actor=request.actor)
    if not branch.keeps_ledgers:
        raise NotFound("这个党组织没有自己的台账。")
    found = burden.of_branch(branch, _year(request))
    return _answer(request, found, f"organisation:{branch.pk}", {"branch": branch})


@login_required
@require_GET
def of_all(request: ActorRequest) -> HttpResponse:
    """The year of every branch."""
    request.actor.must_run_office()
    found = burden.of_all(orgs.branches(request.actor), _year(request))
    return _answer(request, found, "burden:all", {})


def _year(request: ActorRequest) -> int:
    asked, known = request.GET.get("year", ""), burden.years(timezone.localdate())
    return int(asked) if asked.isdecimal() and int(asked[:5]) in known else known[-1]


def _answer(
    request: ActorRequest, found: burden.Year, subject: str, about: dict[str, object]
) -> HttpResponse:
    form = request.GET.get("form", "")
    if form:
        paper = burden_sheet.paper(found, timezone.localdate())
        data = actions.print_paper(
            paper=paper, form=form, subject=subject, actor=request.actor, now=timezone.now()
        )
        return attachment(data, actions.FORMATS[form][0], f"{found.title}.{form}")
    page = {
        "sheet": found,
        "years": burden.years(timezone.localdate()),
        "heads": burden.HEADS,
        "how": [*burden.HOW, burden.NOT_MEASURED.format(burden.UNKNOWN)],
    }
    return render(request, "papers/burden.html", page | about)
