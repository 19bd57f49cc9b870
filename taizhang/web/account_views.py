"""我的账号: sessions, second factor, stand-ins, tokens, address, and what one may see."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from taizhang.kernel.errors import BadInput, NotAllowed, Problem
from taizhang.orgs.actions import duties as orgs
from taizhang.orgs.actions import login, standing_in, tokens
from taizhang.orgs.models import ADMINS, Role
from taizhang.orgs.queries import accounts
from taizhang.orgs.queries import login as login_queries
from taizhang.web.http import ActorRequest
from taizhang.web.middleware import BRANCH
from taizhang.web.params import day_or_none, key_of


def _page(request: ActorRequest) -> dict[str, Any]:
    user, today, rules = request.actor.user, timezone.localdate(), login_queries.rules()
    return {
        "user": user,
        "today": today,
        "has_factor": login_queries.has_second_factor(user),
        "must_factor": rules.asks_second_factor(g.role for g in request.actor.grants),
        "sessions": login_queries.open_sessions(
            user, here=request.session.session_key, now=timezone.now()
        ),
        "lendable": login_queries.lendable(request.actor, today),
        "mails": bool(settings.EMAIL_HOST),
        "reach": accounts.together(accounts.reach(user, today)),
        "may_token": not request.actor.has(*ADMINS),
        "tokens": login_queries.tokens(user),
        "longest": rules,
    }


@login_required
@require_GET
def me(request: ActorRequest) -> HttpResponse:
    """One's own account."""
    return render(request, "web/me.html", _page(request))


@login_required
@require_POST
def choose_branch(request: ActorRequest) -> HttpResponse:
    """Work for another of one's branches: the menu leads there from now on."""
    wanted = key_of(request.POST.get("branch"))
    if wanted not in {one.pk for one in request.actor.own_branches}:
        raise NotAllowed("您不登记这个支部的台账。")
    request.session[BRANCH] = wanted
    return redirect("web:home")


@login_required
@require_POST
def address(request: ActorRequest) -> HttpResponse:
    """Where one's reminders go."""
    orgs.set_address(actor=request.actor, email=request.POST.get("email", ""), now=timezone.now())
    messages.success(request, "提醒邮箱已保存。")
    return redirect("web:me")


@login_required
@require_POST
def end_session(request: ActorRequest, key: int) -> HttpResponse:
    """End one session, or with key 0 all but this one."""
    actor, now = request.actor, timezone.now()
    if key == 0:
        n = login.end_other_sessions(keep=request.session.session_key, actor=actor, now=now)
        messages.success(request, f"已退出其他{n}处登录。")
        return redirect("web:me")
    session = login_queries.own_session(key, actor=actor)
    login.end_session(session=session, actor=actor, now=now)
    messages.success(request, "已退出这一处登录。")
    if session.user_id != actor.user.pk and actor.has(Role.SYSTEM, Role.SECURITY):
        return redirect("web:account", key=session.user_id)
    return redirect("web:me")


@login_required
@require_POST
def stand_in(request: ActorRequest, key: int) -> HttpResponse:
    """Let somebody do one of one's duties for a time."""
    duty, given = login_queries.own_duty(key, actor=request.actor), request.POST
    first, last = day_or_none(given.get("from"), "起日"), day_or_none(given.get("to"), "止日")
    to = accounts.user_of(key_of(given.get("user")))
    if to is None or first is None or last is None:
        raise BadInput([Problem("请选择代理人，填写起日和止日。")])
    standing_in.lend(
        duty=duty, to=to, from_on=first, to_on=last, actor=request.actor, now=timezone.now()
    )
    messages.success(request, f"{to.name}将从{first}至{last}代理。")
    return redirect("web:me")


@login_required
@require_POST
def take_back(request: ActorRequest, key: int) -> HttpResponse:
    """The stand-in's right ends now."""
    lent = login_queries.own_duty(key, actor=request.actor)
    standing_in.take_back(lent=lent, actor=request.actor, now=timezone.now())
    messages.success(request, "代理已收回。")
    return redirect("web:me")


@login_required
@require_http_methods(["GET", "POST"])
def make_token(request: ActorRequest) -> HttpResponse:
    """A token, shown once; going back to this address shows no more than one's account."""
    if request.method == "GET":
        return redirect("web:me")
    made, token = tokens.make(
        name=request.POST.get("name", ""),
        expires_on=day_or_none(request.POST.get("until"), "有效至"),
        actor=request.actor,
        now=timezone.now(),
    )
    answer = render(request, "web/token.html", {"made": made, "token": token})
    answer["Cache-Control"] = "no-store"
    return answer


@login_required
@require_POST
def end_token(request: ActorRequest, key: int) -> HttpResponse:
    """A token is good for nothing any more."""
    token = login_queries.own_token(key, actor=request.actor)
    tokens.end(token=token, actor=request.actor, now=timezone.now())
    messages.success(request, "令牌已作废。")
    if token.user_id != request.actor.user.pk:
        return redirect("web:account", key=token.user_id)
    return redirect("web:me")
