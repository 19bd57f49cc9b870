"""The pages on which the organisation section edits requirements, their rules and
worked examples.
"""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from taizhang.catalogue.model import Catalogue, Condition, Example, Item, code_of
from taizhang.checks import engine
from taizhang.checks.catalogue_versions import (
    draft,
    examples,
    requirement_list,
    rule_form,
    rule_page,
    words,
)
from taizhang.checks.views.verdicts import scoped
from taizhang.kernel.errors import BadInput, NotFound, Problem
from taizhang.rules.base import Rule
from taizhang.web.http import ActorRequest
from taizhang.web.params import day, key_of

LONGEST_SAYS = 200
"""So many characters may say what an example shows."""
CONDITIONS = (
    ("", "全部支部"), ("committee", "设支委会的"), ("groups", "设党小组的"), ("public_institution", "事业单位的"), ("channels", "有远教站点的"),
    ("lost_members", "有失联党员的"), ("site_task", "有阵地建设任务的"),
)  # fmt: skip
"""To which branches an item may apply."""


def _base(request: ActorRequest) -> Catalogue:
    return engine.catalogue(request.scope.catalogue)


def _kept(request: ActorRequest) -> draft.Kept:
    return draft.kept_in(request.session, request.scope.catalogue)


def _now(request: ActorRequest) -> Catalogue:
    return draft.composed(_base(request), _kept(request))


def _keep(request: ActorRequest, item: Item) -> None:
    request.session[draft.KEY] = draft.with_item(_base(request), _kept(request), item)


@login_required
@require_GET
@scoped
def requirements(request: ActorRequest) -> HttpResponse:
    """Every requirement of the version in force with the draft over it."""
    request.actor.must_run_office()
    kept, catalogue = _kept(request), _now(request)
    known = {item.id for item in _base(request).items}
    states = {one: "改" if one in known else "新" for one in kept["items"]}
    told = {item.id: len(examples.of_item(item)) for item in catalogue.items}
    page = requirement_list.page(request, catalogue, states, told) | {
        "catalogue": catalogue,
        "gone": kept["gone"],
        "edited": not draft.is_empty(kept),
        "failing": [one for _, one in examples.failing(catalogue)],
    }
    return render(request, "checks/requirements.html", page)


@login_required
@require_http_methods(["GET", "POST"])
@scoped
def requirement(request: ActorRequest, key: str) -> HttpResponse:
    """One requirement: its words, to whom it applies, its ledger; its rules. `new` adds one."""
    request.actor.must_run_office()
    catalogue, problems = _now(request), list[str]()
    item = None if key == "new" else draft.item_of(catalogue, key)
    if request.method == "POST":
        try:
            return _enter(request, catalogue, item)
        except BadInput as refusal:
            problems = [str(problem) for problem in refusal.problems] or [str(refusal)]
    said = _said(request) if problems else _as_entered(item)
    page = {
        "item": item,
        "said": said,
        "problems": problems,
        "conditions": CONDITIONS,
        "tables": words.tables(),
        "rules": [_line(rule, item) for rule in item.rules] if item else [],
        "kinds": rule_form.offered(),
    }
    return render(request, "checks/requirement.html", page, status=422 if problems else 200)


def _enter(request: ActorRequest, catalogue: Catalogue, item: Item | None) -> HttpResponse:
    if request.POST.get("gone") == "1" and item is not None:
        request.session[draft.KEY] = draft.without_item(_base(request), _kept(request), item.id)
        messages.success(request, f"草稿中已去掉“{item.name}”。")
        return redirect("checks:requirements")
    said = _said(request)
    made = draft.changed_item(item, said) if item else draft.new_item(catalogue, said)
    _keep(request, made)
    messages.success(request, "已存入草稿，发布之前不影响任何支部。")
    return redirect("checks:requirement", made.id)


def _said(request: ActorRequest) -> dict[str, Any]:
    posted = request.POST
    said: dict[str, Any] = {
        name: posted.get(name, "").strip()[:longest]
        for name, longest in (
            ("category", 100),
            ("subcategory", 200),
            ("title", 300),
            ("requirement", 4000),
            ("heading", 60),
            ("reason", 200),
        )
    }
    table, kept_day = posted.get("ledger", ""), posted.get("ledger_day", "").strip() or "on"
    condition = posted.get("with", "")
    return said | {
        "required": posted.get("required") == "1",
        "zero_report": posted.get("zero_report") == "1",
        "with": condition if condition in get_args(Condition) else "",
        "ledger": table,
        "ledger_day": kept_day,
        "kept_in": {"ledger": table, "day": kept_day} if table in dict(words.tables()) else None,
    }


def _as_entered(item: Item | None) -> dict[str, Any]:
    if item is None:
        return {"required": True}
    kept = item.kept_in
    names = ("category", "subcategory", "title", "requirement", "heading")
    return {name: getattr(item, name) for name in names} | {
        "required": item.applies.required,
        "reason": item.applies.reason,
        "with": item.applies.with_ or "",
        "zero_report": item.applies.zero_report,
        "ledger": kept.ledger if kept else "",
        "ledger_day": kept.day if kept else "",
    }


def _line(rule: Rule, item: Item) -> dict[str, Any]:
    own = [one for one in examples.of_item(item) if one.example.rule == code_of(rule.id)]
    return {
        "rule": rule,
        "code": code_of(rule.id),
        "kind": words.KIND_NAMES[rule.kind],
        "examples": len(own),
        "failing": sum(not one.holds for one in own),
    }


@login_required
@require_http_methods(["GET", "POST"])
@scoped
def rule(request: ActorRequest, key: str) -> HttpResponse:
    """One rule by a form: the parameters of its kind, words, days, what it rests on; its examples.
    `?rule=` names it, else `?kind=` and `?ledger=` begin a new one.
    """
    request.actor.must_run_office()
    item, problems = draft.item_of(_now(request), key), list[str]()
    known = next((one for one in item.rules if one.id == request.GET.get("rule")), None)
    said = draft.rule_said(known) if known else _begun(request)
    if request.method == "POST":
        try:
            return _enter_rule(request, item, known, said)
        except BadInput as refusal:
            problems = [str(problem) for problem in refusal.problems] or [str(refusal)]
    page = rule_page.page(item, known, said, request.POST if problems else None)
    return render(
        request, "checks/rule.html", page | {"problems": problems}, status=422 if problems else 200
    )


def _begun(request: ActorRequest) -> dict[str, Any]:
    kind = request.GET.get("kind", "periodic")
    if kind not in dict(rule_form.offered()):
        raise NotFound("没有这种核对方式，或者要在模板文件里写。")
    return rule_form.blank(kind, request.GET.get("ledger", ""))


def _enter_rule(
    request: ActorRequest, item: Item, known: Rule | None, said: dict[str, Any]
) -> HttpResponse:
    if request.POST.get("gone") == "1" and known is not None:
        _keep(request, draft.without_rule(item, known.id))
        messages.success(request, f"草稿中已去掉规则{code_of(known.id)}。")
        return redirect("checks:requirement", item.id)
    key = known.id if known else draft.new_rule_id(item)
    made = rule_form.made(rule_page.read(said, request.POST) | {"id": key})
    _keep(request, draft.with_rule(item, made))
    messages.success(request, "规则已存入草稿。请加一个例子，看它说得对不对。")
    return redirect(f"{request.path}?rule={made.id}")


@login_required
@require_http_methods(["POST"])
@scoped
def example(request: ActorRequest, key: str) -> HttpResponse:
    """Try an example of a rule, keep it as it came out, or take one away."""
    request.actor.must_run_office()
    item = draft.item_of(_now(request), key)
    known = next((one for one in item.rules if one.id == request.GET.get("rule")), None)
    if known is None:
        raise NotFound("没有这条规则。")
    posted, problems, found = request.POST, list[str](), None
    back = redirect(f"{reverse('checks:rule', args=[item.id])}?rule={known.id}")
    try:
        if posted.get("drop"):
            _keep(request, draft.without_example(item, key_of(posted.get("drop")) - 1))
            return back
        found = examples.tried(_example(request, known), examples.rules_of(item, code_of(known.id)))
        if posted.get("keep") == "1":
            _must_have_seen(posted.get("seen", ""), found)
            kept = found.example.model_copy(update={"told": found.found})
            _keep(request, draft.with_example(item, kept))
            messages.success(request, "例子已存入草稿；发布时它必须成立。")
            return back
    except BadInput as refusal:
        problems = [str(problem) for problem in refusal.problems] or [str(refusal)]
    page = rule_page.page(item, known, draft.rule_said(known), None, tried=found, example=posted)
    return render(
        request, "checks/rule.html", page | {"problems": problems}, status=422 if problems else 200
    )


def _must_have_seen(seen: str, found: examples.Tried) -> None:
    """What is kept is what the person saw, not what came out since he changed a row."""
    if seen != "、".join(found.found):
        raise BadInput("例子改过了，请先“试算”，看过结果再保存。")


def _example(request: ActorRequest, known: Rule) -> Example:
    posted = request.POST
    first, last = day(posted.get("from"), "起日"), day(posted.get("to"), "止日")
    says = posted.get("says", "").strip()
    problems = [] if says else [Problem("请写明例子说的是什么。", column="例子")]
    if len(says) > LONGEST_SAYS:
        told = f"不能超过{LONGEST_SAYS}个字，现有{len(says)}个字。"
        problems.append(Problem(told, column="例子"))
    if last < first:
        problems.append(Problem("止日早于起日。", column="止日"))
    if known.across:
        problems.append(Problem("这条规则在支部之间比较，一个支部的例子看不出来。", column="例子"))
    if problems:
        raise BadInput(problems)
    tables = {
        name: rows
        for name in examples.tables_of(known)
        if (rows := examples.read(name, posted.get(f"t-{name}", "")))
    }
    return _made(known, says, first, last, tables)


def _made(known: Rule, says: str, first: date, last: date, tables: dict[str, Any]) -> Example:
    code = code_of(known.id)
    told = {"rule": code, "says": says, "from": first, "to": last, "tables": tables}
    return Example.model_validate(told)
