"""收件: hand in, look through, confirm."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from taizhang.intake import actions, memory, queries
from taizhang.intake.models import Paper
from taizhang.intake.records.record import Record
from taizhang.intake.sheets import views as sheets
from taizhang.kernel.errors import BadInput, Problem
from taizhang.ledgers.forms import part_inputs
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.records import inputs
from taizhang.ledgers.records import queries as ledgers
from taizhang.ledgers.requests import branch_of
from taizhang.web.http import ActorRequest
from taizhang.web.params import key_of


@login_required
@require_http_methods(["GET", "POST"])
def home(request: ActorRequest) -> HttpResponse:
    """Where files are dropped, and what was handed in before."""
    branch = branch_of(request)
    request.actor.must_keep_ledgers_of(branch)
    problems: list[str] = []
    if request.method == "POST":
        files = [(one.name or "未命名", one.read()) for one in request.FILES.getlist("file")]
        drop = request.POST.get("drop", "")
        try:
            made = actions.take_in(
                branch=branch, files=files, actor=request.actor, now=timezone.now(), drop=drop
            )
        except BadInput as refusal:
            problems = [str(problem) for problem in refusal.problems]
        else:
            if not request.htmx:
                return redirect("intake:batch", key=made.pk)
    page = {
        "branch": branch,
        "batches": queries.batches(branch, request.actor),
        "problems": problems,
    }
    template = "intake/home.html#handed" if request.htmx else "intake/home.html"
    return render(request, template, page, status=422 if problems else 200)


@login_required
@require_GET
def batch(request: ActorRequest, key: int) -> HttpResponse:
    """The documents of a batch by ledgers; while they are read, how far that is."""
    found = queries.batch(key, actor=request.actor)
    page = {"batch": found, "seen": queries.overview(found, request.actor)}
    return render(
        request, "intake/batch.html#papers" if request.htmx else "intake/batch.html", page
    )


@login_required
@require_http_methods(["GET", "POST"])
def paper(request: ActorRequest, key: int) -> HttpResponse:
    """A document beside the form of its ledger; confirming stores the record and goes on to the
    next.
    """
    found = queries.paper(key, actor=request.actor)
    if found.is_list and found.kind:
        return sheets.look_through(request, found)
    records, warnings = queries.proposed(found)
    problems: list[Problem] = []
    if request.method == "POST":
        values = inputs.from_post(KINDS[found.kind], request.POST) if found.kind else {}
        if found.kind and part_inputs.asked_for_rows(KINDS[found.kind], request.POST):
            records = [_said_anew(records, values)]
            return _page(request, found, records, warnings, [])
        try:
            actions.enter(paper=found, values=values, actor=request.actor, now=timezone.now())
        except BadInput as refusal:
            problems = refusal.problems
            records = [_said_anew(records, values)]
        else:
            messages.success(request, f"已入账：{found}", request.path)
            return _next(found)
    return _page(request, found, records, warnings, problems)


def _said_anew(records: list[Record], values: dict[str, Any]) -> Record:
    before = records[0] if records else Record()
    return Record(values, before.sources, before.left, before.warnings)


def _page(
    request: ActorRequest,
    found: Paper,
    records: list[Record],
    warnings: list[str],
    problems: list[Problem],
) -> HttpResponse:
    record = records[0] if records else Record()
    kind = found.ledger
    lacks = queries.lacks(found, records, request.actor)
    page = {
        "paper": found,
        "batch": found.batch,
        "kind": kind,
        "kinds": KINDS.values(),
        "record": record,
        "warnings": warnings,
        "said": found.said_with(queries.doubts(found, records, request.actor)),
        "lacks": [f"{p.column}：{p.in_form}" for p in lacks],
        "unregistered": queries.unregistered(kind, lacks) if kind else [],
        "source": queries.source(found, record),
        "asked": queries.asked(found, record.values, record, problems, request.actor),
        "problems": inputs.summary(kind, problems) if kind else [],
        "made": queries.records_of(found),
        "names": inputs.known_names(kind, found.batch.branch) if kind else [],
        "marked": queries.marked(found, request.actor),
        "there": queries.already_there(found, record, request.actor),
    }
    return render(request, "intake/paper.html", page, status=422 if problems else 200)


def _next(found: Paper) -> HttpResponse:
    after = queries.following(found)
    return (
        redirect("intake:paper", key=after.pk)
        if after
        else redirect("intake:batch", key=found.batch_id)
    )


@login_required
@require_POST
def enter_certain(request: ActorRequest, key: int) -> HttpResponse:
    """Enter together what leaves no doubt."""
    found = queries.batch(key, actor=request.actor)
    entered, refused = actions.enter_certain(batch=found, actor=request.actor, now=timezone.now())
    messages.success(request, f"已入账 {entered} 份。")
    for line in refused:
        messages.info(request, f"没有入账：{line}")
    return redirect("intake:batch", key=key)


@login_required
@require_POST
def undo(request: ActorRequest, key: int) -> HttpResponse:
    """Take back what a batch entered."""
    found = queries.batch(key, actor=request.actor)
    actions.undo(batch=found, actor=request.actor, now=timezone.now())
    messages.success(request, "已撤销本次收件。")
    return redirect("intake:batch", key=key)


@login_required
@require_POST
def take_for(request: ActorRequest, key: int) -> HttpResponse:
    """Read it as a document of the ledger that was chosen."""
    found = queries.paper(key, actor=request.actor)
    kind = KINDS.get(request.POST.get("kind", ""))
    if kind is None:
        raise BadInput("请选择台账。")
    actions.take_for(paper=found, kind=kind, actor=request.actor, now=timezone.now())
    return redirect("intake:paper", key=key)


@login_required
@require_GET
def columns(request: ActorRequest) -> HttpResponse:
    """What the bureau remembers of columns."""
    branch = branch_of(request)
    request.actor.must_keep_ledgers_of(branch)
    page = {"branch": branch, "said": memory.said(branch)}
    return render(request, "intake/columns.html", page)


@login_required
@require_POST
def forget_column(request: ActorRequest, key: int) -> HttpResponse:
    """Forget what a column means."""
    branch = branch_of(request)
    memory.forget(branch=branch, key=key, actor=request.actor, now=timezone.now())
    messages.success(request, "已忘记，下次有这样的列时再问。")
    return redirect(f"{reverse('intake:columns')}?branch={branch.pk}")


@login_required
@require_POST
def put_aside(request: ActorRequest, key: int) -> HttpResponse:
    """It belongs to no ledger."""
    found = queries.paper(key, actor=request.actor)
    actions.put_aside(paper=found, actor=request.actor, now=timezone.now())
    return _next(found)


@login_required
@require_POST
def add_to(request: ActorRequest, key: int) -> HttpResponse:
    """The file is more evidence of a record that is there."""
    found = queries.paper(key, actor=request.actor)
    entry = ledgers.entry(
        kind=KINDS[found.kind], key=key_of(request.POST.get("entry")), actor=request.actor
    )
    actions.add_to(paper=found, entry=entry, actor=request.actor, now=timezone.now())
    messages.success(request, "文件已附到原有记录上，没有另记。")
    return _next(found)
