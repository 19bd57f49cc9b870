"""Where everybody starts, and what the site says of itself."""

from __future__ import annotations

import sys

from django.contrib.auth.decorators import login_required
from django.contrib.sessions.exceptions import SessionInterrupted
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from taizhang.orgs.models import Role
from taizhang.web import health
from taizhang.web.http import ActorRequest


@login_required
@require_GET
def home(request: ActorRequest) -> HttpResponse:
    """Send everybody to the page that his work begins on."""
    if request.actor.has(Role.SYSTEM, Role.SECURITY):
        return redirect("web:accounts")
    if request.actor.has(Role.AUDIT):
        return redirect("web:journal")
    own = request.actor.own_branch or request.actor.own_general
    if own is not None:
        return redirect("checks:branch-todo", own.pk)
    return redirect("checks:board" if request.actor.may_run_office() else "inspection:landing")


@require_GET
def healthy(request: HttpRequest) -> HttpResponse:
    """Answers whether database and files can be used: 200, or 503 with what cannot."""
    del request
    found = health.faults()
    text = "；".join(found) or "ok"
    answer = HttpResponse(
        text, content_type="text/plain; charset=utf-8", status=503 if found else 200
    )
    answer["Cache-Control"] = "no-store"
    return answer


@require_GET
def alive(request: HttpRequest) -> HttpResponse:
    """The token that a form needs now, empty where nobody is logged in any more: asked before a
    form is sent.
    """
    answer = JsonResponse({"token": get_token(request) if request.user.is_authenticated else ""})
    answer["Cache-Control"] = "no-store"
    return answer


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Who is logged in keeps his menu and the search; others are told in one line."""
    del exception
    if getattr(request, "actor", None) is None:
        return render(request, "404.html", status=404)
    return render(request, "web/missing.html", status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Whose session was ended while he was at it comes to the log-in; others are told, and neither
    session nor database is asked.
    """
    del request
    if isinstance(exception, SessionInterrupted):
        return redirect("web:login")
    return HttpResponseBadRequest(render_to_string("400.html"))


def server_error(request: HttpRequest) -> HttpResponse:
    """What failed beneath a page in words, 503; or a defect, 500. Neither session nor database is
    asked: they may be away.
    """
    said = health.told(sys.exc_info()[1])
    status = 503 if said else 500
    page = {"message": said, "problems": [], "status": status}
    if request.path.startswith("/api/"):
        return JsonResponse({"message": said or "系统出错，这一步可能没有完成。"}, status=status)
    if said and "X-Stay" in request.headers:
        words = render_to_string("web/refusal.html", page)
        return HttpResponse(words, status=status, headers={"X-Refused": "1"})
    return HttpResponse(render_to_string("500.html", page), status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was left open too long."""
    del reason
    page = {
        "message": "页面停留太久或已重新登录，请返回上一页刷新后再提交；您填写的内容还在上一页。",
        "problems": [],
        "status": 403,
    }
    return render(request, "web/refused.html", page, status=403)
