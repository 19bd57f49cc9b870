"""Pages of evidence: the files of a record, one file, and the files that serve no record."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from taizhang.kernel.errors import BadInput, Problem
from taizhang.ledgers.evidence import actions as evidence
from taizhang.ledgers.evidence import given, versions
from taizhang.ledgers.evidence import queries as evidence_queries
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.records import queries
from taizhang.ledgers.requests import branch_of
from taizhang.web.http import ActorRequest


@login_required
@require_http_methods(["GET", "POST"])
def of_record(request: ActorRequest, kind: LedgerKind, key: int) -> HttpResponse:
    """The files of a record; a post takes new ones in and attaches them. A fragment of the record's
    page.
    """
    entry = queries.entry(kind=kind, key=key, actor=request.actor)
    problems: list[Problem] = []
    told: list[str] = []
    if request.method == "POST":
        request.actor.must_keep_ledgers_of(entry.branch)
        found = given.received(request, entry.branch)
        given.attach(request, kind, entry, found)
        problems = found.problems
        told = [line for taken in found.taken for line in _known(taken, entry.pk)]
    page = {
        "kind": kind,
        "entry": entry,
        "problems": problems,
        "told": told,
        "attached": versions.with_earlier(kind, entry, evidence_queries.links_of(kind, entry)),
        "keeps": request.actor.may_keep_ledgers_of(entry.branch),
        "spare": evidence_queries.spare(entry.branch, request.actor),
    }
    return render(request, "ledgers/files.html", page, status=422 if problems else 200)


def _known(taken: evidence.Taken, entry: int) -> list[str]:
    """What to say of a file that the branch had before."""
    if not taken.known:
        return []
    others = evidence_queries.uses(taken.file, besides=entry)
    used = f"，还附在：{'、'.join(map(str, others))}" if others else ""
    return [f"“{taken.file.name}”以前上传过，没有重复保存{used}。"]


@login_required
@require_POST
def attach(request: ActorRequest, kind: LedgerKind, key: int) -> HttpResponse:
    """Attach a file that is there already."""
    entry = queries.entry(kind=kind, key=key, actor=request.actor)
    chosen = request.POST.get("file", "")
    file = evidence_queries.file(
        int(chosen) if chosen.isdecimal() and len(chosen) < 19 else 0, actor=request.actor
    )
    evidence.attach(file=file, kind=kind, entry=entry, actor=request.actor, now=timezone.now())
    return redirect("ledgers:entry", kind=kind, key=key)


@login_required
@require_POST
def detach(request: ActorRequest, kind: LedgerKind, key: int, link: int) -> HttpResponse:
    """Take a file off a record."""
    entry = queries.entry(kind=kind, key=key, actor=request.actor)
    found = evidence_queries.link(kind, entry, link)
    evidence.detach(link=found, kind=kind, entry=entry, actor=request.actor, now=timezone.now())
    messages.success(request, "已取下，文件仍在“佐证材料”中。")
    return redirect("ledgers:entry", kind=kind, key=key)


@login_required
@require_POST
def replace(request: ActorRequest, kind: LedgerKind, key: int, link: int) -> HttpResponse:
    """Put a newer file in the place of one of a record, with the reason."""
    entry = queries.entry(kind=kind, key=key, actor=request.actor)
    request.actor.must_keep_ledgers_of(entry.branch)
    found = evidence_queries.link(kind, entry, link)
    upload = request.FILES.get("file")
    if upload is None:
        raise BadInput("请选择新版本的文件。")
    newer = evidence.replace(
        link=found,
        file=(upload.name or "", upload.read()),
        reason=request.POST.get("reason", ""),
        kind=kind,
        entry=entry,
        actor=request.actor,
        now=timezone.now(),
    )
    messages.success(request, f"已换成“{newer.name}”，旧版本仍可查看。")
    return redirect("ledgers:entry", kind=kind, key=key)


@login_required
@require_GET
def file(request: ActorRequest, key: int) -> FileResponse:
    """The original as it came, to be saved; a PDF without scripts may be looked at."""
    found = evidence_queries.file(key, actor=request.actor)
    wanted = request.GET.get("look") == "1"
    response = FileResponse(evidence.opened(found.sha256), content_type=found.mime)
    how = "inline" if wanted and evidence_queries.may_be_looked_at(found) else "attachment"
    response["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(found.name)}"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@login_required
@require_GET
def look(request: ActorRequest, key: int) -> HttpResponse:
    """What a document says, on a page of ours: nothing of it runs, and nothing is fetched from
    elsewhere.
    """
    found = evidence_queries.file(key, actor=request.actor)
    parts, told = evidence_queries.shown(found)
    page = {
        "file": found,
        "parts": parts,
        "told": told,
        "uses": evidence_queries.uses(found),
        "may_open": evidence_queries.may_be_looked_at(found),
        "replaced": versions.replaced_by(found),
    }
    return render(request, "ledgers/look.html", page)


@login_required
@require_GET
def picture(request: ActorRequest, key: int, size: str) -> FileResponse:
    """A picture without what it says of place and camera: as a thumbnail, or large."""
    found = evidence_queries.picture(key, actor=request.actor)
    part = "thumbs" if size == "small" else "shown"
    return FileResponse(evidence.opened(found.sha256, part), content_type="image/jpeg")


@login_required
@require_GET
def unused(request: ActorRequest) -> HttpResponse:
    """The files of a branch that serve no record."""
    branch = branch_of(request)
    request.actor.must_keep_ledgers_of(branch)
    page = {"branch": branch, "files": evidence_queries.spare(branch, request.actor)}
    return render(request, "ledgers/unused.html", page)


@login_required
@require_POST
def throw_away(request: ActorRequest, key: int) -> HttpResponse:
    """Put a file that serves no record out of sight."""
    found = evidence_queries.file(key, actor=request.actor)
    evidence.throw_away(file=found, actor=request.actor, now=timezone.now())
    messages.success(request, f"已移除“{found.name}”。")
    return redirect("ledgers:unused")
