"""Pages of a round for the organisation section: how it stands, its plan, its progress,
questions.
"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from taizhang.checks import editions
from taizhang.inspection import actions, queries
from taizhang.inspection.actions import asking, planning, running
from taizhang.inspection.actions.opening import ENDED
from taizhang.inspection.flows import ROUND
from taizhang.inspection.outgoing import packages
from taizhang.inspection.papers import offered
from taizhang.inspection.plan import changes, matching, replacements, solver
from taizhang.inspection.plan import forms as plan_forms
from taizhang.inspection.plan import model as plan
from taizhang.inspection.progress import board, round_comparison, workbench
from taizhang.inspection.views.found import finding_list
from taizhang.kernel.errors import BadInput
from taizhang.orgs.queries import accounts, organisations
from taizhang.web.http import ActorRequest
from taizhang.web.params import day, day_or_none, key_of


@login_required
@require_GET
def rounds(request: ActorRequest) -> HttpResponse:
    """All rounds."""
    page = {
        "rounds": queries.rounds(request.actor),
        "drafts": queries.drafts(request.actor),
        "brought": packages.all_brought(request.actor),
    }
    return render(request, "inspection/rounds.html", page)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """A round from nothing: title, days, catalogue."""
    request.actor.must_run_office()
    problems: list[str] = []
    if request.method == "POST":
        said = request.POST
        try:
            opened = actions.open_blank(
                title=said.get("title", "").strip(),
                catalogue=_catalogue(said.get("catalogue", "")),
                period=(
                    day(said.get("period_from"), "督查内容起"),
                    day(said.get("period_to"), "督查内容止"),
                ),
                days=(day(said.get("starts_on"), "督查开始"), day(said.get("ends_on"), "督查结束")),
                actor=request.actor,
                now=timezone.now(),
            )
        except BadInput as refusal:
            problems = [str(problem) for problem in refusal.problems]
        else:
            messages.success(request, "已建立轮次草稿，请安排片区、场次和督查组。")
            return redirect("inspection:plan", key=opened.pk)
    page = {
        "catalogues": editions.offered(),
        "problems": problems,
        "said": request.POST,
    }
    return render(request, "inspection/new.html", page, status=422 if problems else 200)


def _catalogue(name: str) -> str:
    if name not in dict(editions.offered()):
        raise BadInput("请选择要求模板。")
    return name


@login_required
@require_GET
def one(request: ActorRequest, key: int) -> HttpResponse:
    """One round: what comes next, readiness, areas, sessions, teams, questions."""
    found = queries.round_of(key, actor=request.actor)
    office = request.actor.may_run_office()
    if office:
        request.waits_for = organisations.branches(request.actor)
    visits, items = queries.visits_of(found, request.actor), list(found.items.all())
    page = {
        "offers": offered.of_round(found, visits) if office else offered.for_readers(found),
        "top": workbench.top(found, "round") if office else None,
        "round": found,
        "steps": workbench.steps(found) if office else [],
        "readiness": board.readiness(found) if office else [],
        "conflicts": plan.conflicts(found) if office else [],
        "questions": queries.questions(found, request.actor),
        "items": items,
        "catalogue": editions.called(found.catalogue),
        "unlinked": sum(not item.catalogue_item and not item.is_topic for item in items),
        "visits": visits,
        "own": request.actor.own_branch,
        "unmatched": running.unmatched(found) if office else [],
        "first_day": running.first_day(found) if office else None,
        "today": timezone.localdate(),
        **changes.for_page(found, request.actor),
    }
    return render(request, "inspection/round.html", page)


@login_required
@require_POST
def advance(request: ActorRequest, key: int, verb: str) -> HttpResponse:
    """One step of the round's flow."""
    found = queries.round_of(key, actor=request.actor)
    actions.advance(
        opened=found,
        verb=verb,
        actor=request.actor,
        now=timezone.now(),
        reason=request.POST.get("reason", ""),
        left_out=request.POST.get("left_out") == "1",
        early=request.POST.get("early") == "1",
    )
    messages.success(request, f"{ROUND.step(verb).label}：已办理。")
    return redirect("inspection:round", key=key)


@login_required
@require_POST
def delete(request: ActorRequest, key: int) -> HttpResponse:
    """Do away with a draft that was never published."""
    found = queries.round_of(key, actor=request.actor)
    actions.delete(opened=found, actor=request.actor, now=timezone.now())
    messages.success(request, f"已删除草稿“{found.title}”。")
    return redirect("inspection:rounds")


@login_required
@require_http_methods(["GET", "POST"])
def planned(request: ActorRequest, key: int) -> HttpResponse:
    """Areas, sessions, teams and units, to be moved by hand; what stands against the plan beside
    it.
    """
    request.actor.must_run_office()
    found = queries.round_of(key, actor=request.actor)
    if request.method == "POST":
        wanted = plan_forms.plan_of(request.POST, request.actor)
        actions.change_plan(
            opened=found,
            plan=wanted,
            actor=request.actor,
            now=timezone.now(),
            outside=request.POST.get("outside") == "1",
        )
        messages.success(request, "安排已保存。")
        return redirect("inspection:plan", key=key)
    known, users = matching.AddressBook.of(request.actor).offered, plan_forms.users()
    page = {
        "top": workbench.top(found, "plan"),
        "areas": plan_forms.rows(found, known, users),
        "round": found,
        "conflicts": plan.conflicts(found),
        "accounts": users,
        "nobody": plan_forms.NOBODY,
        "may_change": found.standing in planning.PLANNABLE,
        "may_replace": found.standing not in planning.OVER,
        "minutes": plan.MINUTES,
        "organisations": known,
    }
    return render(request, "inspection/plan.html", page)


@login_required
@require_http_methods(["GET", "POST"])
def replace(request: ActorRequest, key: int) -> HttpResponse:
    """Put somebody in the place of a member of a team."""
    request.actor.must_run_office()
    found, said, problems = replacements.member(key, actor=request.actor), request.POST, []
    by = accounts.user_of(key_of(said.get("by")))
    if request.method == "POST" and by is None:
        problems = ["请选择接手的人。"]
    elif by is not None:
        try:
            planning.replace_member(
                member=found,
                by=by,
                reason=said.get("reason", ""),
                actor=request.actor,
                now=timezone.now(),
            )
        except BadInput as refusal:
            problems = [str(problem) for problem in refusal.problems]
        else:
            messages.success(request, f"已由{by.name}接手。")
            return redirect("inspection:plan", key=found.area.round_id)
    page = replacements.page(key, actor=request.actor) | {"problems": problems, "said": said}
    return render(request, "inspection/replace.html", page, status=422 if problems else 200)


@login_required
@require_POST
def propose(request: ActorRequest, key: int) -> HttpResponse:
    """Let the solver put the units into areas; a person may move anything afterwards."""
    request.actor.must_run_office()
    found = queries.round_of(key, actor=request.actor)
    moved = planning.propose(
        opened=found, task=solver.task_of(found), actor=request.actor, now=timezone.now()
    )
    messages.success(request, f"已按均衡、回避和场地要求排好，调整了{moved}个单位。")
    return redirect("inspection:plan", key=key)


@login_required
@require_POST
def share_out(request: ActorRequest, key: int) -> HttpResponse:
    """Split the requirements among the members of every team, by 大类."""
    request.actor.must_run_office()
    found = queries.round_of(key, actor=request.actor)
    planning.share_out(opened=found, actor=request.actor, now=timezone.now())
    messages.success(request, "已按大类把检查项目分给各组成员。")
    return redirect("inspection:plan", key=key)


@login_required
@require_http_methods(["GET", "POST"])
def follow_up(request: ActorRequest, key: int) -> HttpResponse:
    """由上轮发起回头看."""
    request.actor.must_run_office()
    found = queries.round_of(key, actor=request.actor)
    if request.method == "POST":
        said = request.POST
        opened = actions.follow_up(
            previous=found,
            title=said.get("title", "").strip() or f"{found.title}（回头看）",
            days=(day(said.get("starts_on"), "督查开始"), day(said.get("ends_on"), "督查结束")),
            period_to=day(said.get("period_to"), "督查内容止"),
            actor=request.actor,
            now=timezone.now(),
            still_open=said.get("still_open") == "1",
        )
        messages.success(
            request, "已由上一轮建立回头看草稿，单位、片区、督查组和未销号的问题都已带入。"
        )
        return redirect("inspection:round", key=opened.pk)
    page = {
        "top": workbench.top(found, "follow-up"),
        "round": found,
        "left": queries.open_findings(found),
        "ended": found.standing in ENDED,
    }
    return render(request, "inspection/follow_up.html", page)


@login_required
@require_POST
def head(request: ActorRequest, key: int) -> HttpResponse:
    """Title, days, period and contact of a draft."""
    request.actor.must_run_office()
    found, said = queries.round_of(key, actor=request.actor), request.POST
    wanted = actions.Head(
        said.get("title", ""),
        said.get("number", ""),
        said.get("issuer", ""),
        day_or_none(said.get("issued_on"), "成文日期"),
        day(said.get("starts_on"), "督查开始"),
        day(said.get("ends_on"), "督查结束"),
        day(said.get("period_from"), "督查内容起"),
        day(said.get("period_to"), "督查内容止"),
        said.get("contact_office", ""),
        said.get("contact_person", ""),
        said.get("contact_phone", ""),
    )
    actions.change_head(opened=found, head=wanted, actor=request.actor, now=timezone.now())
    messages.success(request, "基本信息已保存。")
    return redirect("inspection:round", key=key)


@login_required
@require_POST
def text(request: ActorRequest, key: int) -> HttpResponse:
    """The words of a draft's notice."""
    request.actor.must_run_office()
    found, said = queries.round_of(key, actor=request.actor), request.POST
    methods, demands, annexes = (
        _lines(said.get(name, "")) for name in ("methods", "demands", "annexes")
    )
    wanted = actions.NoticeText(
        "\n".join(_lines(said.get("preamble", ""))), methods, demands, annexes
    )
    actions.change_text(opened=found, text=wanted, actor=request.actor, now=timezone.now())
    messages.success(request, "通知的文字已保存。")
    return redirect("inspection:round", key=key)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


@login_required
@require_POST
def items(request: ActorRequest, key: int) -> HttpResponse:
    """Add free items (重点、专项活动) to a draft, or take items out of it."""
    request.actor.must_run_office()
    found = queries.round_of(key, actor=request.actor)
    names = _lines(request.POST.get("topics", ""))
    gone = [key_of(text) for text in request.POST.getlist("gone")]
    actions.change_items(
        opened=found, add=names, gone=gone, actor=request.actor, now=timezone.now()
    )
    messages.success(request, "督查项目已更新。")
    return redirect("inspection:round", key=key)


@login_required
@require_GET
def progress(request: ActorRequest, key: int) -> HttpResponse:
    """Live progress of every session; htmx asks again every ten seconds."""
    found = queries.round_of(key, actor=request.actor)
    request.actor.must_run_office()
    page = {
        "round": found,
        "progress": board.progress(found, timezone.localtime()),
        "changes": changes.since_notice(found),
        "big": request.GET.get("big") == "1",
    }
    part = request.GET.get("part", "")
    if request.htmx and part in ("map", "lines"):
        return render(request, f"inspection/progress.html#{part}", page)
    page["top"] = workbench.top(found, "progress")
    return render(request, "inspection/progress.html", page)


@login_required
@require_GET
def compared(request: ActorRequest, key: int) -> HttpResponse:
    """A round beside the one before: 已整改, 未整改, 反弹, 新增, 未核对."""
    found = queries.round_of(key, actor=request.actor)
    request.actor.must_run_office()
    if found.previous_id is None:
        raise BadInput("这一轮不是由上一轮发起的，没有可比较的轮次。")
    page = finding_list.fates(request, round_comparison.comparison(found)) | {
        "top": workbench.top(found, "compare"),
        "round": found,
        "words": round_comparison.WORDS,
    }
    return render(request, "inspection/compare.html", page)


@login_required
@require_POST
def ask(request: ActorRequest, key: int) -> HttpResponse:
    """A branch asks."""
    found = queries.round_of(key, actor=request.actor)
    branch = organisations.organisation(key_of(request.POST.get("branch")), actor=request.actor)
    asking.ask(
        opened=found,
        branch=branch,
        text=request.POST.get("text", ""),
        actor=request.actor,
        now=timezone.now(),
    )
    messages.success(request, "已提交，组织科答复后会显示在这里。")
    return redirect("inspection:round", key=key)


@login_required
@require_POST
def answer(request: ActorRequest, key: int) -> HttpResponse:
    """The organisation section answers."""
    question = queries.question(key, actor=request.actor)
    asking.answer(
        question=question,
        text=request.POST.get("text", ""),
        for_all=request.POST.get("for_all") == "on",
        actor=request.actor,
        now=timezone.now(),
    )
    messages.success(request, "已答复。")
    return redirect("inspection:round", key=question.round_id)


@login_required
@require_POST
def prepared(request: ActorRequest, key: int) -> HttpResponse:
    """The host says that something is ready."""
    found = queries.preparation(key, actor=request.actor)
    asking.confirm_preparation(preparation=found, actor=request.actor, now=timezone.now())
    messages.success(request, f"{found.text}：已确认。")
    return redirect("inspection:round", key=found.session.area.round_id)
