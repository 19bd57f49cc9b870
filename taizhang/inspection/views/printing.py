"""Papers of a round and of its visits; every one that leaves is noted in the journal."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from taizhang.inspection import queries, rights
from taizhang.inspection.flows import BRANCH
from taizhang.inspection.models import Round
from taizhang.inspection.outgoing.actions import archiving, bundling
from taizhang.inspection.papers import by_name as papers
from taizhang.inspection.papers import offered, own_forms
from taizhang.inspection.papers.bundles import BUNDLES
from taizhang.inspection.papers.parts import names
from taizhang.kernel.actions import made_files
from taizhang.kernel.errors import NotAllowed, NotFound
from taizhang.papers import actions
from taizhang.web.http import ActorRequest, attachment


@login_required
@require_GET
def of_round(request: ActorRequest, key: int, paper: str, form: str) -> HttpResponse:
    """A paper of the whole round; of all units at once as `letters.zip` and others."""
    opened = queries.round_of(key, actor=request.actor)
    if paper != "notice" or opened.standing == Round.Standing.DRAFT:
        request.actor.must_run_office()
    if paper in BUNDLES and form in bundling.FORMS:
        return _bundle(request, opened, paper, form)
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


@login_required
@require_POST
def archive(request: ActorRequest, key: int) -> HttpResponse:
    """The whole round as one package, made by a worker."""
    opened = queries.round_of(key, actor=request.actor)
    request.actor.must_run_office()
    asked = made_files.ask(
        maker=archiving.MAKER,
        about={"round": opened.pk},
        title=f"{opened.title}　轮次档案",
        by=request.user,
        now=timezone.now(),
    )
    return redirect("web:made-file", asked.pk)


def _bundle(request: ActorRequest, opened: Round, name: str, form: str) -> HttpResponse:
    """A few papers while the page waits; many are made by a worker, whose page says how
    far it is.
    """
    many = len(bundling.wanted(opened, name, request.actor)) > bundling.WAITED_FOR
    if many:
        about = {"round": opened.pk, "name": name, "form": form}
        title = f"{opened.title}　{BUNDLES[name].title}"
        asked = made_files.ask(
            maker=bundling.MAKER, about=about, title=title, by=request.user, now=timezone.now()
        )
        return redirect("web:made-file", asked.pk)
    made = bundling.package(
        opened=opened, name=name, form=form, actor=request.actor, now=timezone.now()
    )
    return attachment(made.data, made.mime, made.name)


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
    title, made = bundling.paper_of(visit, paper)
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
