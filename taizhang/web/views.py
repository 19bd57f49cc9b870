"""Log-in and log-out, one's password, and where everybody starts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from taizhang.kernel.errors import BadInput
from taizhang.orgs import actions
from taizhang.orgs.actions import accounts
from taizhang.orgs.actor import READERS
from taizhang.orgs.models import Role
from taizhang.web.http import ActorRequest


class NamedLoginForm(AuthenticationForm):
    """The log-in form with labels in Chinese."""

    error_messages = {"invalid_login": "用户名或密码不正确。", "inactive": "此账号已停用。"}

    def clean(self) -> dict[str, Any]:
        """A locked account is not even tried; a wrong password is counted."""
        now, username = timezone.now(), str(self.cleaned_data.get("username", ""))
        minutes = accounts.waiting_minutes(username, now)
        if minutes:
            raise forms.ValidationError(
                f"连续输错密码，账号已锁定，请{minutes}分钟后再试，或者请系统管理员重发密码。"
            )
        try:
            return super().clean()
        except forms.ValidationError:
            accounts.note_failure(username=username, now=now)
            raise


class Login(LoginView):
    """The log-in page."""

    template_name = "web/login.html"
    form_class = NamedLoginForm
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Come in, and be noted."""
        answer = super().form_valid(form)
        accounts.note_login(user=form.get_user(), now=timezone.now())
        return answer


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
    """Change one's password; the session goes on."""
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
            update_session_auth_hash(request, request.actor.user)
            messages.success(request, "密码已修改。")
            return redirect("web:home")
    return render(
        request, "web/password.html", {"form": form}, status=422 if form.is_bound else 200
    )


@login_required
@require_POST
def address(request: ActorRequest) -> HttpResponse:
    """Where one's reminders go."""
    actions.set_address(
        actor=request.actor, email=request.POST.get("email", ""), now=timezone.now()
    )
    messages.success(request, "提醒邮箱已保存。")
    return redirect("web:password")


@login_required
@require_GET
def home(request: ActorRequest) -> HttpResponse:
    """Send everybody to the page that his work begins on."""
    if request.actor.has(Role.SYSTEM, Role.SECURITY):
        return redirect("web:accounts")
    if request.actor.has(Role.AUDIT):
        return redirect("web:journal")
    own = request.actor.own_branch
    if own is not None:
        return redirect("checks:branch-todo", own.pk)
    return redirect("checks:board" if request.actor.has(*READERS) else "ledgers:mine")


@require_GET
def healthy(request: HttpRequest) -> HttpResponse:
    """Answers that the site is up."""
    del request
    return HttpResponse("ok", content_type="text/plain")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was left open too long."""
    del reason
    page = {
        "message": "页面停留太久或已重新登录，请返回上一页刷新后再提交；您填写的内容还在上一页。",
        "problems": [],
        "status": 403,
    }
    return render(request, "web/refused.html", page, status=403)
