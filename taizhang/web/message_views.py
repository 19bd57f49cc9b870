"""What one is told, and the files that one asked for."""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings
from django.contrib import messages as flashed
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from taizhang.kernel.actions import made_files, messages
from taizhang.web.http import ActorRequest
from taizhang.web.lists import pages


@login_required
@require_GET
def all_messages(request: ActorRequest) -> HttpResponse:
    """One's messages, the latest first."""
    paged = pages.paged(request, messages.of(request.user))
    page = {"paged": paged, "mails": bool(settings.EMAIL_HOST)}
    return render(request, "web/messages.html", page)


@login_required
@require_POST
def open_message(request: ActorRequest, key: int) -> HttpResponse:
    """Read it, and go to what it is about."""
    return redirect(messages.read(key=key, user=request.user, now=timezone.now()).url)


@login_required
@require_POST
def read_messages(request: ActorRequest) -> HttpResponse:
    """Nothing of it is new any more."""
    count = messages.read_all(user=request.user, now=timezone.now())
    flashed.success(request, f"已将{count}条消息标为已读。")
    return redirect("web:messages")


@login_required
@require_GET
def made_file(request: ActorRequest, key: int) -> HttpResponse:
    """How far a file or a result is, and where to get it; of a result that is there, on to its
    page.
    """
    found = made_files.of(key=key, by=request.user)
    if shown_at := made_files.page_of(found):
        return HttpResponseClientRedirect(shown_at) if request.htmx else redirect(shown_at)
    page = {"file": found, "days": made_files.KEPT.days, "shown": found.maker in made_files.PAGES}
    name = "web/made_file.html#state" if request.htmx else "web/made_file.html"
    return render(request, name, page)


@login_required
@require_GET
def made_file_content(request: ActorRequest, key: int) -> HttpResponseBase:
    """The file."""
    found = made_files.of(key=key, by=request.user)
    answer = FileResponse(made_files.opened(found), content_type=found.mime)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.name)}"
    return answer
