"""Papers of a round and of its visits; every one that leaves is noted in the journal."""

from __future__ import annotations

import io
import zipfile

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from taizhang.inspection import queries, rights
from taizhang.inspection.flows import BRANCH
from taizhang.inspection.models import Round, Visit
from taizhang.inspection.papers import bundles, letters, offered, own_forms
from taizhang.inspection.papers import by_name as papers
from taizhang.inspection.papers.bundles import BUNDLES
from taizhang.inspection.papers.parts import names
from taizhang.kernel.errors import BadInput, NotAllowed, NotFound
from taizhang.papers import actions
from taizhang.papers.official.paper import Official
from taizhang.papers.paper import Paper
from taizhang.web.http import ActorRequest, attachment


@login_required
@require_GET
def of_round(request: ActorRequest, key: int, paper: str, form: str) -> HttpResponse:
    """A paper of the whole round; of all units at once as `letters.zip` and others."""
    opened = queries.round_of(key, actor=request.actor)
    if paper != "notice" or opened.standing == Round.Standing.DRAFT:
        request.actor.must_run_office()
    if paper in BUNDLES and form in ("zip", "pdf.zip"):
        return attachment(
            _bundle(request, opened, paper, "pdf" if form == "pdf.zip" else "docx"),
            "application/zip",
            f"{names.of_round(opened, BUNDLES[paper].title)}.zip",
        )
    if paper not in papers.OF_ROUND:
        raise NotFound("没有这种文书。")
    title, make = papers.OF_ROUND[paper]
    made = make(opened)
    data = actions.print_paper(
        paper=made,
        form=form,
        subject=f"round:{key}:{paper}",
        actor=request.actor,
        now=timezone.now(),
        template=own_forms.of_round_paper(opened, paper),
    )
    name = names.of_round(opened, title, made)
    return attachment(data, actions.FORMATS[form][0], f"{name}.{form}")


def _bundle(request: ActorRequest, opened: Round, name: str, form: str) -> bytes:
    """A paper of every unit that has it, in folders by area and in the order of the round."""
    wanted = bundles.found(name, queries.visits_of(opened, request.actor))
    if not wanted:
        raise BadInput(BUNDLES[name].missing)
    out = io.BytesIO()
    asked = [(visit, slug, *_paper_of(visit, slug)) for visit, slug in wanted]
    made = actions.print_papers(
        wanted=[
            actions.Wanted(paper, f"visit:{visit.pk}:{slug}", own_forms.of_visit_paper(visit, slug))
            for visit, slug, _, paper in asked
        ],
        form=form,
        actor=request.actor,
        now=timezone.now(),
    )
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for (visit, _, title, paper), data in zip(asked, made, strict=True):
            own = f"{visit.unit.order + 1:02d}{names.of_visit(visit, title, paper)}.{form}"
            package.writestr(f"{visit.unit.area.name}/{own}", data)
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
    if paper in offered.NEVER and offered.is_kept_from(roles):
        raise NotAllowed(offered.NEVER[paper])
    if roles == {BRANCH} and paper in offered.WHEN_SIGNED and visit.branch_signed_at is None:
        raise NotAllowed(offered.UNSIGNED)
    title, made = _paper_of(visit, paper)
    data = actions.print_paper(
        paper=made,
        form=form,
        subject=f"visit:{key}:{paper}",
        actor=request.actor,
        now=timezone.now(),
        template=own_forms.of_visit_paper(visit, paper),
    )
    name = names.of_visit(visit, title, made)
    return attachment(data, actions.FORMATS[form][0], f"{name}.{form}")


def _paper_of(visit: Visit, paper: str) -> tuple[str, Paper | Official]:
    """Its title and the paper; a 整改通知书 also by its number."""
    if paper in papers.OF_VISIT:
        title, make = papers.OF_VISIT[paper]
        return title, make(visit)
    found = letters.notice_of(visit, paper)
    return f"整改通知书{found.number}", found
