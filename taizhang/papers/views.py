"""Pages from which papers are printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from taizhang.checks.reasons.queries import must_have_scope
from taizhang.kernel import libreoffice
from taizhang.kernel.actions import made_files
from taizhang.kernel.errors import BadInput
from taizhang.kernel.writing.moments import told_at
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.pages.lists import ticked
from taizhang.ledgers.records import actions as ledger_actions
from taizhang.ledgers.records import inputs as ledger_forms
from taizhang.orgs.models import Organisation
from taizhang.orgs.queries import organisations as orgs
from taizhang.papers import actions, bookbinding, queries
from taizhang.papers.documents import book
from taizhang.papers.documents import ledger_forms as forms
from taizhang.papers.documents.ballot import Ballot
from taizhang.papers.official.paper import Official, in_full
from taizhang.papers.paper import Paper
from taizhang.papers.word_templates import cover as template_cover
from taizhang.papers.word_templates import queries as template_queries
from taizhang.web.http import ActorRequest, attachment
from taizhang.web.params import day_or_none


def _sent(
    request: ActorRequest, paper: Paper | Official | Ballot, form: str, name: str, subject: str
) -> HttpResponse:
    """The file; what prints records says at its foot who printed it and when."""
    if isinstance(paper, Paper) and not paper.empty:
        mark = f"{request.actor.user.name} {told_at(timezone.now())} 打印"
        paper = replace(paper, footer=f"{paper.footer}　{mark}")
    data = actions.print_paper(
        paper=paper, form=form, subject=subject, actor=request.actor, now=timezone.now()
    )
    return attachment(data, actions.FORMATS[form][0], f"{name}.{form}")


@login_required
@require_GET
def branch_book(request: ActorRequest, key: int) -> HttpResponse:
    """The ledger book of a branch: choose the days, get the file."""
    branch = orgs.organisation(key, actor=request.actor)
    scope = must_have_scope()
    page: dict[str, Any] = {
        "branch": branch,
        "from_on": scope.from_on,
        "to_on": scope.to_on,
        "problem": "",
        "cover": template_queries.in_use(template_cover.SLUG),
        "converts": libreoffice.program() is not None,
    }
    try:
        page["from_on"] = day_or_none(request.GET.get("from"), "起日") or scope.from_on
        page["to_on"] = day_or_none(request.GET.get("to"), "止日") or scope.to_on
        if "form" in request.GET:
            return _book(request, branch, page["from_on"], page["to_on"])
    except BadInput as refusal:
        page["problem"] = str(refusal)
    return render(request, "papers/book.html", page, status=422 if page["problem"] else 200)


def _book(request: ActorRequest, branch: Organisation, from_on: date, to_on: date) -> HttpResponse:
    files = request.GET.get("files") == "1"
    wanted = book.Wanted(branch, from_on, to_on, request.actor, files)
    if request.GET["form"] in ("cover.docx", "cover.pdf"):
        return _cover(request, wanted, request.GET["form"].removeprefix("cover."))
    form = request.GET["form"]
    if form not in actions.FORMATS:
        raise BadInput("只能生成 pdf、docx 或 xlsx。")
    book.must_fit(wanted)
    if bookbinding.is_thick(wanted):
        asked = made_files.ask(
            maker=bookbinding.MAKER,
            about=bookbinding.about(wanted, form),
            title=bookbinding.name_of(wanted),
            by=request.user,
            now=timezone.now(),
        )
        return redirect("web:made-file", asked.pk)
    made = bookbinding.bind(wanted=wanted, form=form, now=timezone.now())
    return attachment(made.data, made.mime, made.name)


def _cover(request: ActorRequest, wanted: book.Wanted, form: str) -> HttpResponse:
    """The cover alone, from the office's own file."""
    template = template_queries.in_use(template_cover.SLUG)
    if template is None:
        raise BadInput("没有启用封面模板，封面在册子里。")
    if form == "pdf" and libreoffice.program() is None:
        raise BadInput("服务器上没有 LibreOffice，封面模板只能生成 Word。")
    data = actions.print_paper(
        paper=book.cover(wanted, timezone.localdate()),
        form=form,
        subject=f"organisation:{wanted.branch.pk}",
        actor=request.actor,
        now=timezone.now(),
        template=template,
    )
    return attachment(
        data, actions.FORMATS[form][0], f"{wanted.branch.short_name}台账册封面.{form}"
    )


@login_required
@require_GET
def sign_sheet(request: ActorRequest, key: int, form: str) -> HttpResponse:
    """签到表 of a meeting to be held: those expected on the day."""
    branch = orgs.organisation(key, actor=request.actor)
    request.actor.must_keep_ledgers_of(branch)
    found = ledger_forms.roster(branch, request.GET, request.actor)
    if found["day"] is None:
        day_or_none(request.GET.get("held_on"), "日期")
    day = found["day"]
    what = f"{branch.short_name_on(day)}{request.GET.get('kind', '')[:10]}签到表"
    title = f"{what}（{in_full(day)}）" if day else what
    paper = Paper(
        "",
        blocks=[forms.sign_sheet(title, [name for _, name, *_ in found["people"]])],
        footer=branch.full_name_on(day),
        empty=True,
    )
    name = f"{what}{day or ''}"
    return _sent(request, paper, form, name, f"organisation:{branch.pk}")


@login_required
@require_GET
def record(request: ActorRequest, kind: LedgerKind, key: int, form: str) -> HttpResponse:
    """One record in its customary form."""
    paper = queries.record_paper(kind=kind, key=key, actor=request.actor)
    name = queries.file_name(kind=kind, key=key, actor=request.actor)
    return _sent(request, paper, form, name, f"{kind.slug}:{key}")


@login_required
@require_POST
def chosen(request: ActorRequest, kind: LedgerKind, form: str) -> HttpResponse:
    """The records that were ticked in a list, in their customary form, in one file."""
    keys = ticked(request)
    paper = queries.records_paper(kind=kind, keys=keys, actor=request.actor)
    name = f"{kind.title}（{len(keys)}条）"
    ledger_actions.note_export(
        subject=kind.slug, actor=request.actor, now=timezone.now(), detail={"keys": keys}
    )
    return _sent(request, paper, form, name, f"{kind.slug}:{len(keys)}条")


@login_required
@require_GET
def of_record(
    request: ActorRequest, kind: LedgerKind, key: int, paper: str, form: str
) -> HttpResponse:
    """A paper that belongs to a record: of an election its ballot, count, requests and report."""
    found = queries.paper_of_record(kind=kind, key=key, paper=paper, actor=request.actor)
    title = dict(kind.papers + kind.office_papers).get(paper, paper)
    name = queries.file_name(kind=kind, key=key, actor=request.actor, title=title)
    return _sent(request, found, form, name, f"{kind.slug}:{key}:{paper}")


@login_required
@require_GET
def blank(request: ActorRequest, kind: LedgerKind, form: str) -> HttpResponse:
    """The empty form of a ledger, for writing by hand."""
    return _sent(
        request, queries.blank_paper(kind), form, f"{kind.title}（空白）", f"{kind.slug}:blank"
    )
