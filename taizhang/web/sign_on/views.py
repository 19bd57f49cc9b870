"""To the bureau's own log-in and back."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from types import MappingProxyType
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from taizhang.kernel.errors import BadInput, NotAllowed, NotFound, Refused
from taizhang.kernel.secret import unseal
from taizhang.orgs.actions import accounts
from taizhang.orgs.actions import login as actions
from taizhang.orgs.models import Role, User
from taizhang.orgs.queries import login as login_queries
from taizhang.orgs.queries.login import There, marked
from taizhang.web.admin_views import two_of
from taizhang.web.http import ActorRequest, status_of
from taizhang.web.login_views import Elsewhere, come_in
from taizhang.web.middleware import SIGNED_ON
from taizhang.web.sign_on import cas, oidc, provider
from taizhang.web.sign_on.provider import Provider

PATIENCE = 10 * 60
"""Seconds that somebody may take at the provider."""
ASKED = "sign_on"
"""What the session keeps of a sign-on that was begun."""
_PROTOCOLS = MappingProxyType({"oidc": cast("Provider", oidc), "cas": cast("Provider", cas)})


def spoken() -> Provider:
    """The protocol that the settings name."""
    found = _PROTOCOLS.get(settings.SIGN_ON["kind"])
    if found is None:
        raise NotFound("本系统没有启用统一身份认证。")
    return found


def _back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("web:sign-on-back"))


@never_cache
@require_GET
def begin(request: HttpRequest) -> HttpResponse:
    """Send the browser to the provider."""
    protocol, to = spoken(), request.GET.get("next", "")
    try:
        address, kept = protocol.begin(provider.told(), _back(request))
    except Refused as refusal:
        return _again(request, refusal)
    if not url_has_allowed_host_and_scheme(to, {request.get_host()}, request.is_secure()):
        to = reverse(settings.LOGIN_REDIRECT_URL)
    request.session[ASKED] = kept | {"to": to, "at": str(timezone.now().timestamp())}
    return redirect(address)


@never_cache
@require_GET
def back(request: HttpRequest) -> HttpResponse:
    """Who comes back proven comes in, if his account was linked; a second factor is asked all the
    same.
    """
    protocol, now = spoken(), timezone.now()
    kept = request.session.pop(ASKED, None)
    try:
        if not kept or now.timestamp() - float(kept["at"]) > PATIENCE:
            raise provider.NotSignedOn("登录等得太久，或者在别处重新开始过，请重新登录。")
        proven = protocol.finish(provider.told(), _back(request), kept, request.GET.dict())
        user = _let_in(proven, now)
    except Refused as refusal:
        return _again(request, refusal)
    there = There(
        marked(settings.SIGN_ON["url"], proven.named),
        marked(settings.SIGN_ON["url"], proven.session),
        datetime.fromtimestamp(float(kept["at"]), UTC),
    )
    return come_in(request, user, kept["to"], Elsewhere(proven.ticket, there))


def _let_in(proven: provider.Proven, now: datetime) -> User:
    """The linked account; whoever has none, or may not come in by it, is noted."""
    url = settings.SIGN_ON["url"]
    user, why_not = login_queries.signed_on(url, proven.subject, timezone.localdate(now))
    if user is None or why_not:
        actions.note_sign_on_failed(user=user, subject=proven.subject, now=now)
        raise NotAllowed(f"统一身份认证中的“{proven.shown}”（{proven.subject}）{why_not}。")
    return user


def _again(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """The reason, and the two ways in."""
    status = 403 if isinstance(refusal, provider.NotSignedOn) else status_of(refusal)
    return render(request, "web/sign_on_failed.html", {"told": str(refusal)}, status=status)


@never_cache
@require_GET
def left(request: HttpRequest) -> HttpResponse:
    """Out of this system; the session at the provider may still be open, which matters on a shared
    computer.
    """
    if request.user.is_authenticated:
        return redirect("web:home")
    ticket, address = request.session.pop(SIGNED_ON, ""), ""
    if ticket:
        with suppress(Refused):
            home = request.build_absolute_uri(reverse("web:login"))
            address = spoken().leave(provider.told(), home, unseal(ticket))
    return render(request, "web/left.html", {"address": address})


@login_required
@require_http_methods(["GET", "POST"])
def links(request: ActorRequest) -> HttpResponse:
    """Who comes in by single sign-on; 系统管理员 says it, a line each."""
    if not request.actor.has(Role.SYSTEM):
        raise NotAllowed("统一身份认证由系统管理员关联。")
    spoken()
    said, problems, url = request.POST.get("people", ""), [], settings.SIGN_ON["url"]
    if request.method == "POST":
        lines = enumerate((line for line in said.splitlines() if line.strip()), 1)
        given = [accounts.Link(*two_of(line), at) for at, line in lines]
        try:
            n = accounts.link_sign_on(
                links=given, provider=url, actor=request.actor, now=timezone.now()
            )
        except BadInput as refusal:
            problems = [str(problem) for problem in refusal.problems]
        else:
            messages.success(request, f"已办理{n}个账号。")
            return redirect("web:sign-on-links")
    page = {
        "links": login_queries.sign_ons(url),
        "said": said,
        "problems": problems,
        "sign_on": settings.SIGN_ON,
    }
    return render(request, "web/sign_on_links.html", page, status=422 if problems else 200)
