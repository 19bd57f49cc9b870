"""The rule bench: look at an item's rules, change numbers, see which verdicts flip, publish a
version or throw the draft away.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from taizhang.catalogue.model import Catalogue, Item, code_of
from taizhang.checks import editions, engine
from taizhang.checks.actions import checking
from taizhang.checks.catalogue_versions import actions as publishing
from taizhang.checks.catalogue_versions import draft as workshop_draft
from taizhang.checks.catalogue_versions import what_if as bench
from taizhang.checks.views.verdicts import scoped, to_run
from taizhang.kernel.actions import made_files
from taizhang.kernel.errors import BadInput, NotFound
from taizhang.rules.base import Rule
from taizhang.web.http import ActorRequest
from taizhang.web.lists import pages

SHOWN = 30
"""So many rules stand on a page; some requirements have ninety, and a page of all of them would
weigh too much.
"""
DRAFT = "rule_changes"
"""Where a session keeps the changes of a draft: rule id → parameter → value."""


def _draft(request: ActorRequest) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = request.session.get(DRAFT, {})
    return found


def _edited(request: ActorRequest) -> Catalogue:
    """The version in force with the requirements and rules that were edited on their own pages."""
    base = request.scope.catalogue
    kept = workshop_draft.kept_in(request.session, base)
    return workshop_draft.composed(engine.catalogue(base), kept)


def _about(request: ActorRequest) -> dict[str, Any]:
    kept = workshop_draft.kept_in(request.session, request.scope.catalogue)
    return bench.about(kept, _draft(request))


def _drafted(request: ActorRequest) -> Catalogue:
    about = _about(request)
    return workshop_draft.drafted(about["kept"], about["changes"])


@login_required
@require_http_methods(["GET", "POST"])
@scoped
def rules(request: ActorRequest) -> HttpResponse:
    """The rules of one item with what may be changed; a POST adds to the draft."""
    request.actor.must_run_office()
    catalogue = _edited(request)
    wanted = request.GET.get("item", "")
    item = catalogue.item(wanted) or next(i for i in catalogue.items if i.rules)
    own_first = sorted(item.rules, key=lambda rule: not code_of(rule.id).startswith(item.id))
    paged = pages.paged(request, own_first, per=SHOWN)
    shown = paged.page
    problems: list[str] = []
    if request.method == "POST":
        changes = _draft(request) | _said(request, item)
        changes = {rule: change for rule, change in changes.items() if change}
        try:
            editions.changed(catalogue, changes)
        except BadInput as refusal:
            problems = [str(problem) for problem in refusal.problems]
        else:
            request.session[DRAFT] = changes
            return trial(request)
    draft = _draft(request)
    page = {
        "item": item,
        "items": [i for i in catalogue.items if i.rules],
        "problems": problems,
        "draft": len(draft),
        "shown": shown,
        "paged": paged,
        "rules": [_line(rule, draft.get(rule.id, {}), request) for rule in shown],
        "published": editions.published(editions.base_of(request.scope.catalogue)),
    }
    return render(request, "checks/rules.html", page, status=422 if problems else 200)


def _said(request: ActorRequest, item: Item) -> dict[str, dict[str, str]]:
    """What the form changes of each rule that it shows; nothing where everything is as it was."""
    shown = {name.partition("|")[0] for name in request.POST}
    found = {}
    for rule in (one for one in item.rules if one.id in shown):
        change = {
            parameter.name: said.strip()
            for parameter in editions.parameters(rule)
            if (said := request.POST.get(f"{rule.id}|{parameter.name}")) is not None
            and said.strip() != parameter.value
        }
        if request.POST.get(f"{rule.id}|{editions.OFF}"):
            change[editions.OFF] = "1"
        found[rule.id] = change
    return found


def _line(rule: Rule, change: dict[str, str], request: ActorRequest) -> dict[str, Any]:
    said = [
        {
            "name": f"{rule.id}|{p.name}",
            "label": p.label,
            "word": p.name == "severity",
            "day": p.name in ("from", "until"),
            "long": p.name in ("says", "finding", "official"),
            "was": p.value,
            "value": request.POST.get(f"{rule.id}|{p.name}", change.get(p.name, p.value)),
        }
        for p in editions.parameters(rule)
    ]
    return {
        "rule": rule,
        "code": code_of(rule.id),
        "parameters": said,
        "off": bool(change.get(editions.OFF)),
        "off_name": f"{rule.id}|{editions.OFF}",
    }


@login_required
@require_http_methods(["GET", "POST"])
@scoped
def trial(request: ActorRequest) -> HttpResponse:
    """How far the trial of the draft is; a POST asks for one."""
    request.actor.must_run_office()
    if _drafted(request) == engine.catalogue(request.scope.catalogue):
        return render(request, "checks/trial.html", {"changed": False})
    if request.method == "POST":
        return _ask(request)
    last = made_files.latest(maker=bench.TRIAL, about=_about(request), by=request.user)
    if last is not None and not last.problem:
        return redirect("web:made-file", last.pk)
    page = {"changed": True, "problem": last and last.problem}
    return render(request, "checks/trial.html", page)


def _ask(request: ActorRequest) -> HttpResponse:
    """Have the draft tried by a worker, whose page says how far it is."""
    asked = made_files.ask(
        maker=bench.TRIAL,
        about=_about(request),
        title="规则试验　试算结果",
        by=request.user,
        now=timezone.now(),
    )
    return redirect("web:made-file", asked.pk)


@login_required
@require_GET
@scoped
def tried(request: ActorRequest, key: int) -> HttpResponse:
    """What a draft would change; it is published from here as long as it is as it was tried."""
    request.actor.must_run_office()
    made = made_files.of(key=key, by=request.user)
    if made.maker != bench.TRIAL:
        raise NotFound("没有这次试算。")
    page = {
        "changed": True,
        "trial": made_files.said(made),
        "at": made.ended_at,
        "is_now": made.about == _about(request),
    }
    return render(request, "checks/trial.html", page)


def _forget(request: ActorRequest) -> None:
    for name in (DRAFT, workshop_draft.KEY):
        request.session.pop(name, None)


@login_required
@require_POST
@scoped
def publish(request: ActorRequest) -> HttpResponse:
    """The draft becomes the version in force, and everybody is judged by it."""
    request.actor.must_run_office()
    now = timezone.now()
    drafted = _drafted(request)
    if request.POST.get("for_rounds") == "1":
        publishing.offer_to_rounds(
            catalogue=drafted,
            made_from=request.scope.catalogue,
            note=request.POST.get("note", ""),
            actor=request.actor,
            now=now,
        )
        _forget(request)
        messages.success(
            request, "已发布，供轮次选用：在轮次的“要求对应和规则”里选择；现行核查不变。"
        )
        return redirect("checks:rules")
    name = editions.keep(drafted)
    made = publishing.publish(
        name=name, note=request.POST.get("note", ""), actor=request.actor, now=now
    )
    _forget(request)
    messages.success(
        request, f"已发布第{made.number}版，全部支部按新版核查；以前的轮次仍用原来的版本。"
    )
    return to_run(checking.start_what_waits(actor=request.actor, now=now))


@login_required
@require_POST
def drop(request: ActorRequest) -> HttpResponse:
    """Throw the draft away."""
    request.actor.must_run_office()
    _forget(request)
    messages.success(request, "已放弃修改。")
    return redirect("checks:rules")
