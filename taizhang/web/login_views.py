"""Coming in: password, second factor, and what must be done before anything else."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from taizhang.kernel.errors import BadInput
from taizhang.kernel.secret import seal, unseal
from taizhang.orgs.actions import attempts, second_factor
from taizhang.orgs.actions import login as actions
from taizhang.orgs.models import User
from taizhang.orgs.passwords import ByTheRules
from taizhang.orgs.queries import accounts
from taizhang.orgs.queries import login as login_queries
from taizhang.orgs.queries.login import There
from taizhang.web import qr
from taizhang.web.http import ActorRequest
from taizhang.web.middleware import GATES, SIGNED_ON

PATIENCE = 5 * 60
"""Seconds between the password and the code."""
_BACKEND = "django.contrib.auth.backends.ModelBackend"


def _waits(minutes: int) -> str:
    return f"连续输错，账号已锁定，请{minutes}分钟后再试，或者请系统管理员重发密码。"


_TOO_OFTEN = "这个地址一分钟内输错太多次，请过一分钟再试。"
DEVICE = "device"
"""The cookie by which a browser that has logged in before is known; it opens nothing by itself."""


class NamedLoginForm(AuthenticationForm):
    """The log-in form with labels in Chinese."""

    error_messages = {"invalid_login": "用户名或密码不正确。", "inactive": "此账号已停用。"}

    def clean(self) -> dict[str, Any]:
        """A locked account is not even tried; a wrong password is counted."""
        now, username = timezone.now(), str(self.cleaned_data.get("username", ""))
        device = self.request.COOKIES.get(DEVICE, "") if self.request else ""
        if attempts.is_refused_here(now=now):
            raise forms.ValidationError(_TOO_OFTEN, code="too_often")
        minutes = attempts.waiting_minutes(username=username, now=now, device=device)
        if minutes:
            raise forms.ValidationError(_waits(minutes))
        try:
            return super().clean()
        except forms.ValidationError:
            attempts.note_failure(username=username, now=now, device=device)
            raise

    def confirm_login_allowed(self, user: User) -> None:
        """A slip that was left lying opens nothing."""
        super().confirm_login_allowed(user)
        if actions.is_slip_too_old(user, timezone.now()):
            raise forms.ValidationError("一次性密码已过期，请系统管理员重发。")


class Login(LoginView):
    """The log-in page."""

    template_name = "web/login.html"
    form_class = NamedLoginForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: object) -> dict[str, Any]:
        """With the other way in, where there is one."""
        return super().get_context_data(**kwargs) | {"sign_on": settings.SIGN_ON}

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """The page again; 429 where the address is to wait."""
        answer = super().form_invalid(form)
        if form.has_error(NON_FIELD_ERRORS, "too_often"):
            answer.status_code = 429
        return answer

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Come in, or first show the second factor."""
        return come_in(self.request, form.get_user(), self.get_success_url())


@dataclass(frozen=True)
class Elsewhere:
    """That somebody came by single sign-on: what ends his session there, and how the provider will
    call it.
    """

    ticket: str
    there: There


def come_in(
    request: HttpRequest, user: User, to: str, elsewhere: Elsewhere | None = None
) -> HttpResponse:
    """Let in whoever has shown who he is, or first ask for the second factor."""
    if not login_queries.has_second_factor(user):
        return _come_in(request, user, to, elsewhere)
    request.session["second"] = {
        "user": user.pk,
        "at": int(timezone.now().timestamp()),
        "to": to,
        "elsewhere": elsewhere and _kept(elsewhere),
    }
    return redirect("web:code")


def _kept(elsewhere: Elsewhere) -> dict[str, Any]:
    since = elsewhere.there.since
    there = asdict(elsewhere.there) | {"since": since and since.isoformat()}
    return {"ticket": seal(elsewhere.ticket), "there": there}


def _of_kept(kept: dict[str, Any] | None) -> Elsewhere | None:
    if not kept:
        return None
    since = kept["there"]["since"]
    there = There(**kept["there"] | {"since": since and datetime.fromisoformat(since)})
    return Elsewhere(unseal(kept["ticket"]), there)


def _come_in(
    request: HttpRequest, user: User, to: str, elsewhere: Elsewhere | None
) -> HttpResponse:
    """Begin the session, with what must be done first."""
    if elsewhere and login_queries.has_ended(elsewhere.there):
        request.session.pop("second", None)
        told = {"told": "统一身份认证那边已经退出，请重新登录。"}
        return render(request, "web/sign_on_failed.html", told, status=403)
    now, asked = timezone.now(), login_queries.rules()
    login(request, user, _BACKEND)
    request.session.pop("second", None)
    request.session.set_expiry(asked.idle_minutes * 60)
    roles = login_queries.roles_on(user, timezone.localdate(now))
    if elsewhere:
        request.session[SIGNED_ON] = seal(elsewhere.ticket)
    request.session[GATES] = [
        name
        for name, shut in (
            ("password", not elsewhere and actions.is_password_too_old(user, now)),
            (
                "second",
                asked.asks_second_factor(roles) and not login_queries.has_second_factor(user),
            ),
        )
        if shut
    ]
    actions.note_login(
        user=user,
        session_key=str(request.session.session_key),
        agent=request.headers.get("User-Agent", ""),
        now=now,
        there=elsewhere.there if elsewhere else None,
    )
    device = attempts.note_success(user=user, device=request.COOKIES.get(DEVICE, ""), now=now)
    answer = redirect(to)
    answer.set_cookie(
        DEVICE,
        device,
        max_age=attempts.DEVICE_LASTS,
        path="/login/",
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return answer


@never_cache
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The second factor, after the password."""
    now, begun = timezone.now(), request.session.get("second")
    if not begun or now.timestamp() - begun["at"] > PATIENCE:
        request.session.pop("second", None)
        return redirect("web:login")
    user = accounts.user_of(begun["user"])
    if user is None:
        return redirect("web:login")
    wrong = ""
    device = request.COOKIES.get(DEVICE, "")
    if request.method == "POST":
        minutes = attempts.waiting_minutes(username=user.username, now=now, device=device)
        if attempts.is_refused_here(now=now):
            wrong = _TOO_OFTEN
        elif minutes:
            wrong = _waits(minutes)
        elif second_factor.passes(user=user, code=request.POST.get("code", ""), now=now):
            return _come_in(request, user, begun["to"], _of_kept(begun.get("elsewhere")))
        else:
            attempts.note_failure(username=user.username, now=now, device=device)
            wrong = "动态口令不正确或者已经用过，请输入最新的6位数字，或一个备用码。"
    return render(request, "web/code.html", {"wrong": wrong}, status=422 if wrong else 200)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def set_up_second_factor(request: ActorRequest) -> HttpResponse:
    """Take an authenticator into use, or the present one out of it."""
    actor, now, given = request.actor, timezone.now(), request.POST.get("code", "")
    page: dict[str, Any] = {"problems": []}
    try:
        if request.method == "POST" and login_queries.has_second_factor(actor.user):
            second_factor.give_up(code=given, actor=actor, now=now)
            asked = login_queries.rules().asks_second_factor(
                login_queries.roles_on(actor.user, timezone.localdate())
            )
            if asked:
                request.session[GATES] = [*request.session.get(GATES, []), "second"]
            messages.success(request, "动态口令已停用。")
            return redirect("web:second-factor" if asked else "web:me")
        if request.method == "POST":
            page["spare"] = second_factor.enrol(
                secret=unseal(request.session.get("secret") or seal("")),
                code=given,
                actor=actor,
                now=now,
            )
            request.session.pop("secret", None)
            _pass(request, "second")
    except BadInput as refusal:
        page["problems"] = [problem.message for problem in refusal.problems]
    if "spare" not in page and not login_queries.has_second_factor(actor.user):
        page |= _secret(request)
    return render(request, "web/second_factor.html", page, status=422 if page["problems"] else 200)


def _pass(request: ActorRequest, gate: str) -> None:
    """What had to be done first is done."""
    request.session[GATES] = [one for one in request.session.get(GATES, []) if one != gate]


def _secret(request: ActorRequest) -> dict[str, str]:
    """A secret to be taken over, the same until it is: sealed, for a session lies in
    the database.
    """
    kept = request.session.get("secret")
    secret = unseal(kept) if kept else second_factor.fresh_secret()
    if not kept:
        request.session["secret"] = seal(secret)
    return {
        "secret": secret,
        "picture": qr.drawn(second_factor.address(secret, request.actor.user.username)),
    }


class Logout(LogoutView):
    """Going out is noted."""

    next_page = "web:login"

    @method_decorator(never_cache)
    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """End the session."""
        if request.user.is_authenticated:
            actions.note_logout(
                user=request.user, session_key=str(request.session.session_key), now=timezone.now()
            )
        kept = request.session.get(SIGNED_ON, "")
        answer = super().post(request, *args, **kwargs)
        if not kept:
            return answer
        request.session[SIGNED_ON] = kept
        return redirect("web:left")


class PasswordForm(forms.Form):
    """One's old and new password."""

    old = forms.CharField(
        label="原密码", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    new = forms.CharField(
        label="新密码", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    again = forms.CharField(
        label="再输一遍", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )


@login_required
@require_http_methods(["GET", "POST"])
def password(request: ActorRequest) -> HttpResponse:
    """Change one's password; this session goes on, the others end."""
    form = PasswordForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            if given["new"] != given["again"]:
                raise BadInput("两次输入的新密码不一致。")
            actions.change_password(
                actor=request.actor, old=given["old"], new=given["new"], now=timezone.now()
            )
        except BadInput as refusal:
            for problem in refusal.problems:
                form.add_error(None, problem.message)
        else:
            _go_on(request)
            messages.success(request, "密码已修改，其他地方的登录已退出。")
            return redirect(resolve_url("web:home"))
    page = {"form": form, "rule": ByTheRules().get_help_text()}
    return render(request, "web/password.html", page, status=422 if form.is_bound else 200)


def _go_on(request: ActorRequest) -> None:
    """The same session under another key."""
    old = str(request.session.session_key)
    update_session_auth_hash(request, request.actor.user)
    _pass(request, "password")
    actions.follow(old=old, new=str(request.session.session_key))
    actions.end_other_sessions(
        keep=request.session.session_key, actor=request.actor, now=timezone.now()
    )
