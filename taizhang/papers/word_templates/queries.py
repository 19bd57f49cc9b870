"""Questions about the office's own Word files: which there are, which was in use when, and a paper
made from one.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from taizhang.kernel.errors import NotFound, WrongState
from taizhang.orgs.actor import Actor
from taizhang.papers.models import PaperTemplate, TemplateUse
from taizhang.papers.word_templates import fill as template_word
from taizhang.papers.word_templates import kinds as template_kinds
from taizhang.papers.word_templates.kinds import Printed, Real, TemplateKind

MOST_REALS = 5


@dataclass(frozen=True)
class Shown:
    """A kind with what is in use, for the list."""

    kind: TemplateKind
    use: TemplateUse | None
    versions: int


@dataclass(frozen=True)
class Page:
    """A kind with its versions, what was in use when, and papers to try a version on."""

    kind: TemplateKind
    use: TemplateUse | None
    versions: list[PaperTemplate]
    history: list[TemplateUse]
    reals: list[Real]


def shown(actor: Actor) -> list[Shown]:
    """Every kind, for the organisation section."""
    actor.must_run_office()
    return [
        Shown(kind, _last(kind.slug), PaperTemplate.objects.filter(kind=kind.slug).count())
        for kind in template_kinds.every()
    ]


def page(slug: str, *, actor: Actor) -> Page:
    """One kind, for the same."""
    kind = kind_of(slug, actor=actor)
    versions = (
        PaperTemplate.objects.filter(kind=slug).select_related("uploaded_by").defer("content")
    )
    history = TemplateUse.objects.filter(kind=slug).select_related("template", "by")
    return Page(
        kind,
        _last(slug),
        list(versions),
        list(history.defer("template__content")),
        kind.reals(actor)[:MOST_REALS],
    )


def kind_of(slug: str, *, actor: Actor) -> TemplateKind:
    """A kind, for the same."""
    actor.must_run_office()
    return template_kinds.named(slug)


def version(key: int, *, actor: Actor) -> PaperTemplate:
    """One version, for the same."""
    actor.must_run_office()
    found = PaperTemplate.objects.filter(pk=key).first()
    if found is None:
        raise NotFound("没有这一版模板。")
    return found


def _last(slug: str) -> TemplateUse | None:
    found = TemplateUse.objects.filter(kind=slug).select_related("template", "by")
    return found.defer("template__content").first()


def in_use(slug: str, at: datetime | None = None) -> PaperTemplate | None:
    """The version from which papers of a kind were made at a moment, else now; nothing where it was
    the built-in form.
    """
    found = TemplateUse.objects.filter(kind=slug).select_related("template")
    use = (found.filter(since_at__lte=at) if at else found).first()
    return use.template if use else None


def kept(key: int | None) -> PaperTemplate | None:
    """The version with which a paper was issued; nothing where it was the built-in form."""
    return PaperTemplate.objects.get(pk=key) if key else None


def altered() -> list[str]:
    """The versions whose bytes are no longer what was uploaded."""
    return [
        f"{template_kinds.named(one.kind).title}模板{one}的内容与上传时不同"
        for one in PaperTemplate.objects.all()
        if hashlib.sha256(bytes(one.content)).hexdigest() != one.sha256
    ]


def content_of(template: PaperTemplate) -> bytes:
    """The bytes of a version, as they were uploaded."""
    content = bytes(template.content)
    if hashlib.sha256(content).hexdigest() != template.sha256:
        raise WrongState(f"{template}模板的内容与上传时不同，不能使用。请告知系统管理员。")
    return content


def document(template: PaperTemplate | None, paper: Printed) -> bytes:
    """A paper made from a version, as Word."""
    if template is None:
        raise NotFound("没有这一版模板。")
    kind = template_kinds.named(template.kind)
    return template_word.written(kind, content_of(template), paper)
