"""Papers of a round and of its visits; every one that leaves is noted in the journal."""

from __future__ import annotations

import io
import zipfile

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from taizhang.inspection import papers, queries, rights
from taizhang.inspection.flows import BRANCH, OFFICE
from taizhang.inspection.models import Round, Visit
from taizhang.inspection.papers import letters, own_forms
from taizhang.kernel.errors import BadInput, NotAllowed, NotFound
from taizhang.papers import actions
from taizhang.papers.official import Official
from taizhang.papers.paper import Paper
from taizhang.web.http import ActorRequest, attachment

NEVER = {
    "scores": "评分表由督查组和组织科掌握。",
    "checklist-team": "这份检查表有督查组的询问要点，由督查组和组织科掌握。",
}
"""Papers that the inspected unit gets from people, never from the machine, and why."""
TEAM_ONLY = ("checklist", "consultation")
"""Papers that the inspected unit gets only when the consultation is signed by both."""


@login_required
@require_GET
def of_round(request: ActorRequest, key: int, paper: str, form: str) -> HttpResponse:
    """A paper of the whole round; `letters.zip` is all feedback at once."""
    opened = queries.round_of(key, actor=request.actor)
    if paper != "notice" or opened.standing == Round.Standing.DRAFT:
        request.actor.must_run_office()
    if paper == "letters" and form in ("zip", "pdf.zip"):
        return attachment(
            _letters(request, opened, "pdf" if form == "pdf.zip" else "docx"),
            "application/zip",
            f"反馈意见（{opened.title[:60]}）.zip",
        )
    if paper not in papers.OF_ROUND:
        raise NotFound("没有这种文书。")
    title, make = papers.OF_ROUND[paper]
    data = actions.print_paper(
        paper=make(opened),
        form=form,
        subject=f"round:{key}:{paper}",
        actor=request.actor,
        now=timezone.now(),
        template=own_forms.of_round_paper(opened, paper),
    )
    return attachment(data, actions.FORMATS[form][0], f"{title}.{form}")


def _letters(request: ActorRequest, opened: Round, form: str) -> bytes:
    out = io.BytesIO()
    visits = [v for v in queries.visits_of(opened, request.actor) if hasattr(v, "letter")]
    if not visits:
        raise BadInput("还没有反馈意见可以打印：会商确认后先在“问题”页反馈。")
    wanted = [
        actions.Wanted(
            letters.letter(v), f"visit:{v.pk}:letter", own_forms.of_visit_paper(v, "letter")
        )
        for v in visits
    ]
    made = actions.print_papers(wanted=wanted, form=form, actor=request.actor, now=timezone.now())
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for visit, data in zip(visits, made, strict=True):
            package.writestr(
                f"{visit.unit.area.name}/{visit.unit.order + 1:02d}{visit.unit.name}反馈意见.{form}",
                data,
            )
    return out.getvalue()


@login_required
@require_GET
def of_visit(request: ActorRequest, key: int, paper: str, form: str) -> HttpResponse:
    """A paper of one unit."""
    visit = queries.visit(key, actor=request.actor)
    numbered = {notice.slug: notice for notice in visit.notices.all()}
    if paper not in papers.OF_VISIT and paper not in numbered:
        raise NotFound("没有这种文书。")
    roles = rights.roles(visit, request.actor)
    if paper in NEVER and BRANCH in roles and OFFICE not in roles:
        raise NotAllowed(NEVER[paper])
    if roles == {BRANCH} and paper in TEAM_ONLY and visit.branch_signed_at is None:
        raise NotAllowed("会商双方确认之后才能打印。")
    title, made = _paper_of(visit, paper)
    data = actions.print_paper(
        paper=made,
        form=form,
        subject=f"visit:{key}:{paper}",
        actor=request.actor,
        now=timezone.now(),
        template=own_forms.of_visit_paper(visit, paper),
    )
    return attachment(data, actions.FORMATS[form][0], f"{visit.unit.name}{title}.{form}")


def _paper_of(visit: Visit, paper: str) -> tuple[str, Paper | Official]:
    """Its title and the paper; a 整改通知书 also by its number."""
    if paper in papers.OF_VISIT:
        title, make = papers.OF_VISIT[paper]
        return title, make(visit)
    found = letters.notice_of(visit, paper)
    return f"整改通知书{found.number}", found
