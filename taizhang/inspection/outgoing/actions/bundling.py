"""The papers of all units of a round in one package; many of them are made by a worker."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from taizhang.inspection import queries
from taizhang.inspection.models import Round, Visit
from taizhang.inspection.papers import bundles, letters, own_forms
from taizhang.inspection.papers import by_name as papers
from taizhang.inspection.papers.bundles import BUNDLES
from taizhang.inspection.papers.parts import names
from taizhang.kernel.actions import made_files
from taizhang.kernel.actions.made_files import Made, Progress
from taizhang.kernel.errors import BadInput
from taizhang.orgs.actor import Actor, actor_of
from taizhang.orgs.models import User
from taizhang.papers import actions
from taizhang.papers.official.paper import Official
from taizhang.papers.paper import Paper

MAKER = "round-papers"
WAITED_FOR = 12
"""So many papers a page waits for; more of them are a job."""
AT_ONCE = 10
FORMS = {"zip": "docx", "pdf.zip": "pdf"}


def wanted(opened: Round, name: str, actor: Actor) -> list[tuple[Visit, str]]:
    """Visit and name of the paper of every unit that has one. Raises BadInput where none has."""
    found = bundles.found(name, queries.visits_of(opened, actor))
    if not found:
        raise BadInput(BUNDLES[name].missing)
    return found


def paper_of(visit: Visit, paper: str) -> tuple[str, Paper | Official]:
    """Its title and the paper; a 整改通知书 also by its number."""
    if paper in papers.OF_VISIT:
        title, make = papers.OF_VISIT[paper]
        return title, make(visit)
    found = letters.notice_of(visit, paper)
    return f"整改通知书{found.number}", found


def package(
    *,
    opened: Round,
    name: str,
    form: str,
    actor: Actor,
    now: datetime,
    progress: Progress = lambda done, total: None,
) -> Made:
    """A paper of every unit that has it, in folders by area and in the order of the round; `form`
    is a key of FORMS.
    """
    actor.must_run_office()
    asked, out = wanted(opened, name, actor), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for at in range(0, len(asked), AT_ONCE):
            progress(at, len(asked))
            for path, data in _made(asked[at : at + AT_ONCE], FORMS[form], actor, now):
                packed.writestr(path, data)
    return Made(
        f"{names.of_round(opened, BUNDLES[name].title)}.zip", "application/zip", out.getvalue()
    )


def _made(
    some: list[tuple[Visit, str]], form: str, actor: Actor, now: datetime
) -> list[tuple[str, bytes]]:
    ready = [(visit, slug, *paper_of(visit, slug)) for visit, slug in some]
    asked = [
        actions.Wanted(paper, f"visit:{visit.pk}:{slug}", own_forms.of_visit_paper(visit, slug))
        for visit, slug, _, paper in ready
    ]
    made = actions.print_papers(wanted=asked, form=form, actor=actor, now=now)
    paths = [
        f"{visit.unit.area.name}/{visit.unit.order + 1:02d}"
        f"{names.of_visit(visit, title, paper)}.{form}"
        for visit, _, title, paper in ready
    ]
    return list(zip(paths, made, strict=True))


@made_files.maker(MAKER)
def _make(user: User, about: Mapping[str, Any], progress: Progress) -> Made:
    actor = actor_of(user, on=timezone.localdate())
    return package(
        opened=queries.round_of(about["round"], actor=actor),
        name=about["name"],
        form=about["form"],
        actor=actor,
        now=timezone.now(),
        progress=progress,
    )
