"""Pages of the three administrators: accounts, rights, the journal. None of them leads
to a ledger.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from taizhang.kernel.actions import journal
from taizhang.kernel.errors import BadInput, NotAllowed, NotFound, Problem
from taizhang.orgs import subjects
from taizhang.orgs.actions import accounts, login, second_factor
from taizhang.orgs.models import ADMINS, Role, User
from taizhang.orgs.queries import accounts as orgs_accounts
from taizhang.orgs.queries import login as login_queries
from taizhang.orgs.queries import organisations
from taizhang.web.http import ActorRequest
from taizhang.web.lists import accounts as account_list
from taizhang.web.params import day, day_or_none, key_of


@login_required
@require_http_methods(["GET", "POST"])
def all_accounts(request: ActorRequest) -> HttpResponse:
    """Every account. 系统管理员 opens new ones: a line each, username and name; the slips are shown
    once.
    """
    listed = orgs_accounts.all_accounts(request.actor, timezone.localdate())
    page: dict[str, Any] = {"slips": [], "problems": [], "said": ""}
    if request.method == "POST":
        page["said"] = request.POST.get("people", "")
        try:
            lines = [line for line in page["said"].splitlines() if line.strip()]
            rows = [accounts.NewAccount(*two_of(line), at) for at, line in enumerate(lines, 1)]
            page["slips"] = accounts.open_accounts(
                rows=rows, actor=request.actor, now=timezone.now()
            )
            page["said"] = ""
            listed = orgs_accounts.all_accounts(request.actor, timezone.localdate())
        except BadInput as refusal:
            page["problems"] = [str(problem) for problem in refusal.problems]
    page |= account_list.page(request, listed) | {
        "opens": request.actor.has(Role.SYSTEM),
        "sign_on": settings.SIGN_ON,
    }
    answer = render(request, "web/accounts.html", page, status=422 if page["problems"] else 200)
    answer["Cache-Control"] = "no-store"
    return answer


@login_required
@require_POST
def renew_passwords(request: ActorRequest) -> HttpResponse:
    """New one-time passwords of the ticked accounts, shown once as slips."""
    users = _ticked(request)
    slips = accounts.renew_passwords(users=users, actor=request.actor, now=timezone.now())
    answer = render(request, "web/slips.html", {"slips": slips})
    answer["Cache-Control"] = "no-store"
    return answer


@login_required
@require_POST
def set_accounts(request: ActorRequest, active: bool) -> HttpResponse:  # noqa: FBT001
    """Close the ticked accounts, or open them again; all of them, or none."""
    users = _ticked(request)
    accounts.set_active_together(
        users=users, active=active, actor=request.actor, now=timezone.now()
    )
    messages.success(request, f"已{'恢复' if active else '停用'}{len(users)}个账号。")
    return redirect("web:accounts")


def _ticked(request: ActorRequest) -> list[User]:
    keys = [key_of(one) for one in request.POST.getlist("key")]
    found = orgs_accounts.some_accounts(keys, actor=request.actor)
    if not found:
        raise BadInput("请先勾选账号。")
    return found


def two_of(line: str) -> tuple[str, str]:
    """The two columns of a pasted line: with a tabulator, a comma or a space between."""
    told = line.replace("，", "\t").replace(",", "\t").replace("\u3000", " ").strip(" ")
    username, mark, name = told.partition("\t")
    if not mark:
        username, _, name = told.partition(" ")
    return username.strip(), name.strip()


@login_required
@require_GET
def one_account(request: ActorRequest, key: int) -> HttpResponse:
    """One account: what it may see, and why."""
    user = orgs_accounts.account(key, actor=request.actor)
    page = {
        "user": user,
        "reach": orgs_accounts.reach(user, timezone.localdate()),
        "roles": Role.choices,
        "places": organisations.places(),
        "sessions": login_queries.open_sessions(user, here=None, now=timezone.now()),
        "tokens": login_queries.tokens(user),
        "has_factor": login_queries.has_second_factor(user),
        "opens": request.actor.has(Role.SYSTEM),
        "grants": request.actor.has(Role.SECURITY),
        "today": timezone.localdate(),
    }
    return render(request, "web/account.html", page)


@login_required
@require_POST
def account_step(request: ActorRequest, key: int, verb: str) -> HttpResponse:
    """What the administrators do with an account."""
    user = orgs_accounts.account(key, actor=request.actor)
    actor, now = request.actor, timezone.now()
    if verb == "password":
        given = accounts.renew_password(user=user, actor=actor, now=now)
        answer = render(request, "web/slips.html", {"slips": [(user.username, user.name, given)]})
        answer["Cache-Control"] = "no-store"
        return answer
    if verb in ("close", "open"):
        accounts.set_active(user=user, active=verb == "open", actor=actor, now=now)
    elif verb == "second-factor":
        second_factor.reset(user=user, actor=actor, now=now)
    elif verb == "duty":
        _give(request, user)
    elif verb == "person":
        birth = day_or_none(request.POST.get("birth_on"), "出生日期")
        accounts.tie_person(user=user, birth_on=birth, actor=actor, now=now)
    else:
        raise NotFound("没有这种操作。")
    messages.success(request, "已办理。")
    return redirect("web:account", key=key)


def _give(request: ActorRequest, user: User) -> None:
    place = next(
        (one for one in organisations.places() if one.pk == key_of(request.POST.get("place"))), None
    )
    if place is None:
        raise BadInput([Problem("请选择党组织。", column="党组织")])
    accounts.give_duty(
        user=user,
        role=request.POST.get("role", ""),
        organisation=place,
        from_on=day_or_none(request.POST.get("from"), "起日"),
        to_on=day_or_none(request.POST.get("to"), "止日"),
        actor=request.actor,
        now=timezone.now(),
    )


@login_required
@require_POST
def end_duty(request: ActorRequest, key: int) -> HttpResponse:
    """A duty ends today, or on the day that is said."""
    duty = orgs_accounts.duty(key, actor=request.actor)
    last = day_or_none(request.POST.get("to"), "止日") or timezone.localdate()
    accounts.end_duty(duty=duty, last_on=last, actor=request.actor, now=timezone.now())
    messages.success(request, "职责已终止。")
    return redirect("web:account", key=duty.user_id)


@login_required
@require_http_methods(["GET", "POST"])
def hand_over(request: ActorRequest, key: int) -> HttpResponse:
    """A duty passes to another account on a day."""
    duty, said = orgs_accounts.duty(key, actor=request.actor), request.POST
    to, problems = orgs_accounts.user_of(key_of(said.get("to"))), []
    if request.method == "POST":
        try:
            if to is None:
                raise BadInput([Problem("请选择接手的人。", column="接手的人")])
            given: dict[str, Any] = {
                "to": to,
                "from_on": day(said.get("from"), "起日"),
                "actor": request.actor,
                "now": timezone.now(),
            }
            if "all" in said:
                accounts.hand_over_all(user=duty.user, **given)
            else:
                accounts.hand_over(duty=duty, **given)
        except BadInput as refusal:
            problems = [str(problem) for problem in refusal.problems]
        else:
            messages.success(request, f"已移交给{to.name}。")
            return redirect("web:account", key=to.pk)
    held = orgs_accounts.own_duties(duty.user, timezone.localdate())
    others = [one for one in held if one.pk != duty.pk]
    page = {
        "duty": duty,
        "accounts": orgs_accounts.accounts(),
        "problems": problems,
        "said": said,
        "today": timezone.localdate(),
        "others": others,
    }
    return render(request, "web/hand_over.html", page, status=422 if problems else 200)


_FIGURES = (
    "password_length", "password_classes", "password_days", "password_history", "slip_days", "free_tries", "address_tries", "longest_lock",
    "idle_minutes", "stand_in_days", "token_days", "token_calls",
)  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def login_rules(request: ActorRequest) -> HttpResponse:
    """Every figure of logging in, in one place; 安全管理员 sets them."""
    if not request.actor.has(Role.SECURITY):
        raise NotAllowed("登录规则由安全管理员设定。")
    given, problems = request.POST, []
    kept = login_queries.rules()
    if request.method == "POST":
        values: dict[str, Any] = {name: given.get(name, "").strip() for name in _FIGURES}
        values |= {
            "one_session": "one_session" in given,
            "second_factor_roles": given.getlist("second_factor_roles"),
        }
        try:
            login.set_rules(values=values, actor=request.actor, now=timezone.now())
        except BadInput as refusal:
            problems = [str(problem) for problem in refusal.problems]
        else:
            messages.success(request, "登录规则已保存，从下次登录起生效。")
            return redirect("web:login-rules")
    figures = [(kept.labelled(name), given.get(name, getattr(kept, name))) for name in _FIGURES]
    chosen = given.getlist("second_factor_roles") if problems else kept.second_factor_roles
    page = {
        "figures": figures,
        "problems": problems,
        "one_session": "one_session" in given if problems else kept.one_session,
        "roles": [
            (code, label, code in chosen) for code, label in Role.choices if code not in ADMINS
        ],
    }
    return render(request, "web/login_rules.html", page, status=422 if problems else 200)


@login_required
@require_http_methods(["GET", "POST"])
def the_journal(request: ActorRequest) -> HttpResponse:
    """The journal, for 审计管理员, whose looking is noted too; a POST verifies the chain."""
    request.actor.must_audit()
    asked = request.GET
    wanted = journal.Wanted(
        words=asked.get("q", "").strip()[:60],
        who=asked.get("who", "").strip()[:40],
        from_on=day_or_none(asked.get("from"), "起日"),
        to_on=day_or_none(asked.get("to"), "止日"),
        before=key_of(asked.get("before")) or None,
    )
    verified = (
        journal.verified(actor=request.actor, now=timezone.now())
        if request.method == "POST"
        else None
    )
    found = journal.looked_at(wanted=wanted, actor=request.actor, now=timezone.now())
    known = subjects.names(one for line in found.lines for one in (line.subject, *line.things))
    page = {
        "wanted": wanted,
        "lines": [
            (line, subjects.in_words(line.subject, known), line.told(known)) for line in found.lines
        ],
        "next_before": found.next_before,
        "verified": verified,
    }
    return render(request, "web/journal.html", page)
