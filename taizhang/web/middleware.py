"""What happens around every page: who acts, what a refusal looks like, and what a
browser may load.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from taizhang.kernel.client_address import ORIGIN, address
from taizhang.kernel.errors import BadInput, Refused
from taizhang.orgs.actor import actor_of
from taizhang.web.http import ActorRequest, status_of

Handler = Callable[[HttpRequest], HttpResponse]
POLICY = (
    "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; form-action 'self'; "
    "base-uri 'none'; object-src 'none'"
)


def content_security(get_response: Handler) -> Handler:
    """Nothing loads from another host, nothing inline runs, and what somebody saw stays in no cache
    of the browser.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault(
            "Permissions-Policy", "geolocation=(), microphone=(), camera=()"
        )
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return answer


def staying(get_response: Handler) -> Handler:
    """A form that is sent without leaving its page is told where to go, instead of being led there
    (stay.js).

    A part of a page that is asked for when the session is over stays as it is: the log-in does not
    belong into it.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if "HX-Request" in request.headers and response.get("Location", "").startswith("/login/"):
            return HttpResponse(status=204)
        if "X-Stay" not in request.headers or not response.has_header("Location"):
            return response
        told = HttpResponse(status=204, headers={"X-To": response["Location"]})
        told.cookies = response.cookies
        return told

    return answer


BRANCH = "branch"
"""The branch that the session's owner works for, where he keeps the ledgers of several."""
GATES = "gates"
"""What the session's owner must do before anything else, as it was found when he came in."""
SIGNED_ON = "signed_on"
"""In whose session it lies, sealed, he came by single sign-on: his password here, if he has one, is
not asked for.
"""
_OPEN = ("/password/", "/second-factor/", "/logout/")
"""All that is open to somebody who must first change his password or take an authenticator into
use.
"""
AWAKE = 60
"""Seconds within which a session is not written again: its time runs from the last request, give or
take this.
"""


def _stay_awake(request: HttpRequest) -> None:
    """A session ends after half an hour without a request; to note each one would write to the
    database at every look.
    """
    now = int(time.time())
    if now - request.session.get("awake_at", 0) >= AWAKE:
        request.session["awake_at"] = now


def _first_to(request: HttpRequest) -> str:
    """Where the session must go first: to a password of one's own, then to a second factor."""
    gates = request.session.get(GATES, ())
    by_password = SIGNED_ON not in request.session
    if by_password and (request.user.must_change_password or "password" in gates):  # type: ignore[union-attr]
        return "web:password"
    return "web:second-factor" if "second" in gates else ""


class Acting:
    """Gives every request its actor, and turns a refusal into a page of the right status."""

    def __init__(self, get_response: Handler) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The duties that the user holds today."""
        ORIGIN.set(
            address(
                request.META.get("REMOTE_ADDR", ""),
                request.META.get("HTTP_X_FORWARDED_FOR", ""),
                settings.PROXIES,
            )
        )
        if request.user.is_authenticated:
            chosen = request.session.get(BRANCH)
            page = request.method == "GET"
            request.actor = actor_of(  # type: ignore[attr-defined]
                request.user,
                on=timezone.localdate(),
                chosen=chosen,
                page=page,
            )
            _stay_awake(request)
            to = _first_to(request)
            if to and request.path not in _OPEN:
                return redirect(to)
        return self.get_response(request)

    def process_view(
        self, request: ActorRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        """Null characters come from no keyboard, and PostgreSQL refuses them: so do we, before any
        view.
        """
        del view, args, kwargs
        given = (
            text
            for asked in (request.GET, request.POST)
            for one in asked.lists()
            for text in one[1]
        )
        if any("\x00" in str(text) for text in given):
            return self.process_exception(
                request, BadInput("提交的内容含有不能识别的字符（空字符）。")
            )
        return None

    def process_exception(self, request: ActorRequest, exception: Exception) -> HttpResponse | None:
        """A refusal in its own words; anything else is a defect and stays one."""
        if not isinstance(exception, Refused):
            return None
        status = status_of(exception)
        problems = exception.problems if isinstance(exception, BadInput) else []
        page = {"message": str(exception), "problems": problems, "status": status}
        if request.path.startswith("/api/"):
            from django.http import JsonResponse  # noqa: PLC0415

            return JsonResponse({"message": str(exception)}, status=status)
        if "X-Stay" in request.headers:
            told = render(request, "web/refusal.html", page, status=status)
            told.headers["X-Refused"] = "1"
            return told
        return render(request, "web/refused.html", page, status=status)
