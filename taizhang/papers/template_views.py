"""文书模板: the office's own Word files for papers, from the upload to being put in use."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from taizhang.kernel import libreoffice
from taizhang.kernel.errors import BadInput, Refused, WrongState
from taizhang.papers.actions import FORMATS
from taizhang.papers.word_templates import actions
from taizhang.papers.word_templates import queries as template_queries
from taizhang.papers.word_templates import rows as template_rows
from taizhang.papers.word_templates.kinds import TemplateKind
from taizhang.web.http import ActorRequest, attachment, status_of
from taizhang.web.params import key_of

_WORD = FORMATS["docx"][0]


@login_required
@require_GET
def templates(request: ActorRequest) -> HttpResponse:
    """Every kind, and what is in use for it."""
    page = {
        "shown": template_queries.shown(request.actor),
        "converts": libreoffice.program() is not None,
    }
    return render(request, "papers/templates.html", page)


@login_required
@require_http_methods(["GET", "POST"])
def template(request: ActorRequest, kind: str) -> HttpResponse:
    """One kind with its versions and fields; a POST uploads another version."""
    found = template_queries.kind_of(kind, actor=request.actor)
    problems: list[str] = []
    status = 200
    if request.method == "POST":
        try:
            return _uploaded(request, found)
        except (BadInput, WrongState) as refusal:
            problems, status = _told(refusal), status_of(refusal)
    page = {
        "page": template_queries.page(kind, actor=request.actor),
        "rows": template_rows.rows(found),
        "problems": problems,
        "converts": libreoffice.program() is not None,
        "note": request.POST.get("note", ""),
    }
    return render(request, "papers/template.html", page, status=status)


def _told(refusal: Refused) -> list[str]:
    """Each fault by itself."""
    return (
        [str(one) for one in refusal.problems] if isinstance(refusal, BadInput) else [str(refusal)]
    )


def _uploaded(request: ActorRequest, kind: TemplateKind) -> HttpResponse:
    upload: Any = request.FILES.get("file")
    if upload is None:
        raise BadInput("请选择文件。")
    made = actions.upload_template(
        kind=kind,
        name=upload.name or "",
        data=upload.read(),
        note=request.POST.get("note", ""),
        actor=request.actor,
        now=timezone.now(),
    )
    messages.success(request, f"已上传为{made}，检查通过。请试印看过以后再启用。")
    if made.unused:
        lacking = "、".join(made.unused)
        messages.warning(
            request, f"模板里没有用到：{lacking}。文书有这些内容时，按这一版不会印出来。"
        )
    return redirect("papers:template", kind=kind.slug)


@login_required
@require_GET
def start(request: ActorRequest, kind: str) -> HttpResponse:
    """The built-in form with the fields in their places, to begin with."""
    found = template_queries.kind_of(kind, actor=request.actor)
    return attachment(found.start(), _WORD, f"{found.title}模板（内置）.docx")


@login_required
@require_POST
def use(request: ActorRequest, kind: str) -> HttpResponse:
    """Put a version in use, or the built-in form."""
    found = template_queries.kind_of(kind, actor=request.actor)
    chosen = request.POST.get("version", "")
    version = template_queries.version(key_of(chosen), actor=request.actor) if chosen else None
    made = actions.use_template(
        kind=found,
        template=version,
        note=request.POST.get("note", ""),
        actor=request.actor,
        now=timezone.now(),
    )
    messages.success(request, f"{found.title}现在用{made}。已经印发的不变。")
    return redirect("papers:template", kind=kind)


@login_required
@require_GET
def file(request: ActorRequest, key: int) -> HttpResponse:
    """A version as it was uploaded."""
    found = template_queries.version(key, actor=request.actor)
    title = template_queries.kind_of(found.kind, actor=request.actor).title
    return attachment(template_queries.content_of(found), _WORD, f"{title}模板{found}.docx")


@login_required
@require_GET
def trial(request: ActorRequest, key: int, on: str, form: str) -> HttpResponse:
    """A print of the sample, or of a paper that is there, made from a version."""
    found = template_queries.version(key, actor=request.actor)
    data = actions.try_template(
        template=found, on=on, form=form, actor=request.actor, now=timezone.now()
    )
    title = template_queries.kind_of(found.kind, actor=request.actor).title
    return attachment(data, FORMATS[form][0], f"{title}{found}试印.{form}")
