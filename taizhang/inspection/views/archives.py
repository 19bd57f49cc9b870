"""Rounds that came back in as packages: read in, looked at, never changed."""

from __future__ import annotations

import tempfile
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from taizhang.inspection.outgoing import packages
from taizhang.inspection.outgoing.actions import bringing
from taizhang.kernel.errors import BadInput
from taizhang.kernel.files import format_of
from taizhang.web.http import ActorRequest

_SHOWN = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png"}


@login_required
@require_http_methods(["GET", "POST"])
def bring_in(request: ActorRequest) -> HttpResponse:
    """Choose a package, and say what its sender told of it."""
    request.actor.must_run_office()
    problems: list[str] = []
    upload = request.FILES.get("file")
    if request.method == "POST":
        try:
            if upload is None:
                raise BadInput("请选择文件。")
            with tempfile.TemporaryDirectory() as folder:
                file = Path(folder) / "round.zip"
                with file.open("wb") as out:
                    out.writelines(upload.chunks())
                made = bringing.bring_in(
                    file=file,
                    digest=request.POST.get("digest", ""),
                    actor=request.actor,
                    now=timezone.now(),
                )
        except BadInput as refusal:
            problems = [str(problem) for problem in refusal.problems]
        else:
            messages.success(request, f"已读入{made.n_files}个文件，逐个核对过。")
            return redirect("inspection:brought", key=made.pk)
    page = {"problems": problems, "digest": request.POST.get("digest", "")}
    return render(request, "inspection/bring_in.html", page, status=422 if problems else 200)


@login_required
@require_GET
def brought(request: ActorRequest, key: int) -> HttpResponse:
    """What a package holds."""
    found = packages.brought(key, actor=request.actor)
    page = {"one": found, "sections": packages.sections(found)}
    return render(request, "inspection/brought.html", page)


@login_required
@require_GET
def table(request: ActorRequest, key: int) -> HttpResponse:
    """A ledger of a package as a table."""
    found, path = packages.brought(key, actor=request.actor), request.GET.get("path", "")
    headings, rows, n = packages.table(found, path)
    page = {
        "one": found,
        "path": path,
        "title": PurePosixPath(path).stem,
        "headings": headings,
        "rows": rows,
        "n": n,
    }
    return render(request, "inspection/brought_table.html", page)


@login_required
@require_GET
def content(request: ActorRequest, key: int) -> HttpResponse:
    """A file of a package, to be saved; a picture may be looked at. Nothing of it runs as a page of
    ours.
    """
    found, path = packages.brought(key, actor=request.actor), request.GET.get("path", "")
    data = packages.content(found, path)
    mime = next((mime for begins, mime in _SHOWN.items() if data.startswith(begins)), "")
    answer = HttpResponse(data, content_type=mime or "application/octet-stream")
    how = (
        "inline" if mime and request.GET.get("look") == "1" and _is_picture(data) else "attachment"
    )
    answer["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(PurePosixPath(path).name)}"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _is_picture(data: bytes) -> bool:
    try:
        return format_of(data) == "picture"
    except BadInput:
        return False
