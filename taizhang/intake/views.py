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
from taizhang.kernel.errors import BadInput, NotFound, Problem
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
            made = actions.take_in(branch=branch, files=files, actor=request.actor, now=timezone.now(), drop=drop)  # fmt: skip
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
    page = {"batch": found, "seen": queries.overview(found)}
    return render(
        request, "intake/batch.html#papers" if request.htmx else "intake/batch.html", page
    )


@login_required
@require_http_methods(["GET", "POST"])
def paper(request: ActorRequest, key: int) -> HttpResponse:
    """A document beside the form of its ledger; confirming stores the record and goes on to the next."""
    found = queries.paper(key, actor=request.actor)
    records, warnings = queries.proposed(found)
    problems: list[Problem] = []
    if request.method == "POST":
        if found.is_list:
            return _enter_rows(request, found)
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


def _enter_rows(request: ActorRequest, found: Paper) -> HttpResponse:
    records, _ = queries.proposed(found)
    columns, _ = queries.grid(found, records, [])
    rows = {
        n: record.values
        | {
            c.name: request.POST.get(f"{c.name}-{n}", record.values.get(c.name, ""))
            or request.POST.get(f"fill-{c.name}", "")
            for c in columns
        }
        for n, record in enumerate(records, start=1)
        if not request.POST.get(f"leave-{n}")
    }
    problems = actions.enter_rows(paper=found, rows=rows, actor=request.actor, now=timezone.now())
    if found.state != Paper.State.OPEN:
        messages.success(request, f"已入账：{found}", request.path)
        return _next(found)
    messages.success(request, "其余各行已入账，下面各行还没有。", request.path)
    records, warnings = queries.proposed(found)
    return _page(request, found, records, warnings, problems)


def _page(
    request: ActorRequest, found: Paper, records: list[Record], warnings: list[str], problems: list[Problem]
) -> HttpResponse:  # fmt: skip
    record = records[0] if records and not found.is_list else Record()
    columns, rows = queries.grid(found, records, problems) if found.is_list else ([], [])
    kind = found.ledger
    page = {
        "paper": found, "batch": found.batch, "kind": kind, "kinds": KINDS.values(), "record": record, "warnings": warnings,
        "source": [] if found.is_list else queries.source(found, record), "columns": columns, "rows": rows,
        "asked": [] if found.is_list else queries.asked(found, record.values, record, problems, request.actor),
        "unknown": queries.unknown(found), "labels": memory.choices(kind) if kind else [],
        "problems": inputs.summary(kind, problems) if kind else [], "made": queries.records_of(found),
        "names": inputs.known_names(kind, found.batch.branch) if kind and not found.is_list else [],
        "marked": queries.marked(found, request.actor),
        "there": [] if found.is_list else queries.already_there(found, record, request.actor),
    }  # fmt: skip
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
    kept = actions.undo(batch=found, actor=request.actor, now=timezone.now())
    messages.success(request, "已撤销本次收件，入账的记录已撤回。")
    for line in kept:
        messages.info(request, line)
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
@require_POST
def sheet(request: ActorRequest, slug: str) -> HttpResponse:
    """A sheet for one ledger, from its page of import: seen as a grid before anything is stored."""
    branch, kind = branch_of(request), KINDS.get(slug)
    request.actor.must_keep_ledgers_of(branch)
    if kind is None:
        raise NotFound("没有这种台账。")
    upload, pasted = request.FILES.get("file"), request.POST.get("pasted", "")
    try:
        if upload is None and not pasted.strip():
            raise BadInput("请选择要导入的 Excel 文件，或粘贴复制的单元格。")
        name, data = (upload.name or "未命名", upload.read()) if upload else ("", pasted)
        made = actions.take_sheet(branch=branch, kind=kind, name=name, data=data, actor=request.actor, now=timezone.now())  # fmt: skip
    except BadInput as refusal:
        for problem in refusal.problems:
            messages.error(request, str(problem))
        return redirect(f"{reverse('ledgers:import', args=[kind])}?branch={branch.pk}")
    return redirect("intake:paper", key=made.pk)


@login_required
@require_POST
def name_columns(request: ActorRequest, key: int) -> HttpResponse:
    """Say what unknown columns are, and read the list again."""
    found = queries.paper(key, actor=request.actor)
    asked = queries.unknown(found)
    said = {header: request.POST.get(f"column-{n}", "") for n, (header, _) in enumerate(asked)}
    actions.name_columns(paper=found, columns=said, actor=request.actor, now=timezone.now())
    messages.success(request, "已记住，以后本局各支部的表里有这样的列，不再问。")
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
