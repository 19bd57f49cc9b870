"""会商, findings, feedback, rectification and verification."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from taizhang.inspection import bases, later, numbering, proposals, queries, rights
from taizhang.inspection.actions import consulting, findings, ordering, rectifying
from taizhang.inspection.actions.findings import Wording
from taizhang.inspection.actions.rectifying import Measures
from taizhang.inspection.flows import BRANCH, FINDING
from taizhang.inspection.models import Finding, Visit
from taizhang.inspection.papers import offered
from taizhang.inspection.progress import ahead, board, due, workbench
from taizhang.inspection.site import seen
from taizhang.inspection.views.found import finding_list
from taizhang.kernel.errors import BadInput, NotFound
from taizhang.ledgers.today import reckoned
from taizhang.orgs.models import PaperKind
from taizhang.orgs.queries import organisations as orgs
from taizhang.web.http import ActorRequest
from taizhang.web.lists.pages import paged
from taizhang.web.params import day, day_or_none, key_of

Step = Callable[[ActorRequest, dict[str, Any]], object]


@login_required
@require_http_methods(["GET", "POST"])
def consult(request: ActorRequest, key: int) -> HttpResponse:
    """会商 of one unit on one screen: achievements, highlights, problems, the branch's own words,
    measures, signatures.
    """
    visit = queries.visit(key, actor=request.actor)
    if request.method == "POST":
        said = request.POST
        words = consulting.Words(
            said.get("achievements", ""),
            said.get("advice", ""),
            said.get("own_words", ""),
            said.get("judgement", ""),
            said.get("recorder", ""),
        )
        consulting.write(
            visit=visit,
            words=words,
            version=key_of(said.get("version")),
            actor=request.actor,
            now=timezone.now(),
        )
        messages.success(request, "会商记录已保存。", extra_tags=f"consult:{visit.pk}")
        return redirect("inspection:consult", key=key)
    roles = rights.roles(visit, request.actor)
    shown = (
        queries.findings(request.actor)
        .filter(visit=visit)
        .exclude(standing=Finding.Standing.DROPPED)
    )
    if roles == {BRANCH} and visit.standing in (Visit.Standing.WAITING, Visit.Standing.READING):
        shown = shown.none()
    elif roles == {BRANCH}:
        shown = visit.findings.exclude(standing=Finding.Standing.DROPPED).select_related(
            "item", "by", "seconded_by"
        )
    page = {
        "visit": visit,
        "findings": shown,
        "hints": bases.hints(visit, shown),
        "highlights": visit.highlights.filter(gone_at__isnull=True),
        "roles": roles,
        "answers": queries.answer_counts(visit),
        "severities": Finding.Severity.choices,
        "manners": Finding.Manner.choices,
        "settled": visit.standing in (Visit.Standing.CONSULTED, Visit.Standing.FED_BACK),
        "photos": queries.photos_of(visit, roles),
        "inspects": roles != {BRANCH},
        "offers": offered.of_visit(visit, roles),
        "later": later.told(visit.later.all()),
        "unseen": seen.unseen(visit),
        "today": reckoned(),
    }
    return render(request, "inspection/consult.html", page)


@login_required
@require_POST
def consult_step(request: ActorRequest, key: int, verb: str) -> HttpResponse:
    """What is done in a consultation beside writing it."""
    visit = queries.visit(key, actor=request.actor)
    said, actor, now = request.POST, request.actor, timezone.now()
    if verb == "sign-team":
        consulting.sign_for_team(
            visit=visit, actor=actor, now=now, unseen_reason=said.get("unseen_reason", "")
        )
    elif verb == "sign-branch":
        consulting.sign_for_branch(visit=visit, name=said.get("name", ""), actor=actor, now=now)
    elif verb == "reopen":
        consulting.reopen(visit=visit, actor=actor, now=now)
    elif verb == "add-finding":
        consulting.add_finding(
            visit=visit,
            facts=said.get("facts", ""),
            severity=said.get("severity", ""),
            manner=said.get("manner", ""),
            actor=actor,
            now=now,
        )
    else:
        raise NotFound("没有这种操作。")
    return redirect("inspection:consult", key=key)


@login_required
@require_GET
def all_of_round(request: ActorRequest, key: int) -> HttpResponse:
    """The findings of a round, and what can be issued."""
    opened = queries.head_of(key, actor=request.actor)
    found = queries.listed_findings(request.actor).filter(visit__unit__area__round=opened)
    found = found.exclude(standing=Finding.Standing.DROPPED).order_by(
        "visit__unit__area__order", "visit__unit__order", "number", "pk"
    )
    visits = queries.visits_of(opened, request.actor)
    ready = [v for v in visits if v.standing == Visit.Standing.CONSULTED]
    issued_on = max(filter(None, (reckoned(), findings.last_came_on(ready))))
    page = finding_list.findings(request, found) | {
        "top": workbench.top(opened, "findings"),
        "round": opened,
        "sets_deadlines": finding_list.may_set_deadlines(opened, request.actor),
        "visits": visits,
        "today": issued_on,
        "next_number": numbering.following(opened, PaperKind.LETTER, issued_on),
        "highlights": queries.highlights_of(opened, request.actor),
        "ready": ready,
        "hints": seen.before_letters(ready),
    }
    return render(request, "inspection/findings.html", page)


@login_required
@require_POST
def issue(request: ActorRequest, key: int) -> HttpResponse:
    """Issue the feedback letters of the units that are ticked, all in one go."""
    opened = queries.round_of(key, actor=request.actor)
    request.actor.must_run_office()
    wanted = {key_of(text) for text in request.POST.getlist("visit")}
    chosen = [v for v in queries.visits_of(opened, request.actor) if v.pk in wanted]
    letters = findings.issue(
        opened=opened,
        visits=chosen,
        issued_on=day(request.POST.get("issued_on"), "反馈日期"),
        number=request.POST.get("number", "").strip(),
        actor=request.actor,
        now=timezone.now(),
    )
    messages.success(request, f"已向{len(letters)}个单位反馈。")
    return redirect("inspection:findings", key=key)


@login_required
@require_POST
def order(request: ActorRequest, key: int) -> HttpResponse:
    """Issue a 整改通知书 to one unit."""
    visit = queries.visit(key, actor=request.actor)
    request.actor.must_run_office()
    notice = ordering.order_rectification(
        visit=visit,
        issued_on=day(request.POST.get("issued_on"), "出具日期"),
        due_on=day(request.POST.get("due_on"), "整改期限"),
        actor=request.actor,
        now=timezone.now(),
        number=request.POST.get("number", ""),
    )
    messages.success(request, f"已出具{notice.number}整改通知书。")
    return redirect("inspection:findings", key=visit.unit.area.round_id)


@login_required
@require_http_methods(["GET", "POST"])
def finding(request: ActorRequest, key: int) -> HttpResponse:
    """One finding from the draft to its closing; before it is issued its words may be changed."""
    found = queries.finding(key, actor=request.actor)
    if request.method == "POST":
        said = request.POST
        wording = Wording(
            said.get("facts", ""),
            said.get("basis", ""),
            said.get("suggestion", ""),
            said.get("severity", ""),
            said.get("manner", ""),
            day_or_none(said.get("deadline"), "整改时限"),
        )
        findings.reword(
            finding=found,
            wording=wording,
            version=key_of(said.get("version")),
            actor=request.actor,
            now=timezone.now(),
        )
        messages.success(request, "已保存。", extra_tags=f"finding:{found.pk}")
        return redirect("inspection:finding", key=key)
    roles = rights.roles(found.visit, request.actor)
    page = {
        "finding": found,
        "roles": roles,
        "steps": found.steps.select_related("by"),
        "progress": found.progress.select_related("by"),
        "files": found.files.select_related("file"),
        "verbs": {s.verb for s in FINDING.open_to(found.standing, roles)},
        "meetings": rectifying.meetings_after(found, request.actor) if BRANCH in roles else [],
        "severities": Finding.Severity.choices,
        "manners": Finding.Manner.choices,
        "repeats": found.repeats.all(),
        "is_hint": bool(bases.hints(found.visit, [found])),
        "advice": proposals.advice(bases.version_of(found.visit), found.rule),
        "still": board.still_suspected(found),
        "shows_now": rectifying.shows_now(found),
        "light": board.rectifying([found], reckoned())[0],
        "links": finding_list.links(found, request.actor),
        "sentence": finding_list.sentence(found),
    }
    return render(request, "inspection/finding.html", page)


@login_required
@require_POST
def finding_step(request: ActorRequest, key: int, verb: str) -> HttpResponse:
    """One act on a finding; which state it may be in and whose act it is, its flow says."""
    found = queries.finding(key, actor=request.actor)
    if verb not in _STEPS:
        raise NotFound("没有这种操作。")
    _STEPS[verb](request, {"finding": found, "actor": request.actor, "now": timezone.now()})
    messages.success(request, "已办理。", extra_tags=f"finding:{found.pk}")
    if request.POST.get("next") == "consult":
        return redirect("inspection:consult", key=found.visit_id)
    return redirect("inspection:finding", key=key)


def _measures(request: ActorRequest) -> Measures:
    said = request.POST
    return Measures(
        said.get("target", ""),
        said.get("measure", ""),
        said.get("leader_name", ""),
        said.get("responsible_name", ""),
        day_or_none(said.get("deadline"), "完成时限"),
        key_of(said.get("meeting")) or None,
    )


def _file(request: ActorRequest, told: dict[str, Any]) -> None:
    upload = request.FILES.get("file")
    if upload is None:
        raise BadInput("请选择文件。")
    rectifying.add_file(
        name=upload.name or "", data=upload.read(), stage=request.POST.get("stage", ""), **told
    )


def _verified(verb: str) -> Step:
    return lambda request, told: rectifying.verify(
        verb=verb,
        opinion=request.POST.get("opinion", ""),
        without_evidence=request.POST.get("without_evidence", ""),
        **told,
    )


def _decided(verb: str) -> Step:
    return lambda request, told: findings.decide(
        verb=verb, reason=request.POST.get("reason", ""), **told
    )


_STEPS: dict[str, Step] = {
    "second": lambda _, told: consulting.second(**told),
    "restore": lambda _, told: findings.restore(**told),
    "dispute": lambda request, told: findings.dispute(
        reason=request.POST.get("reason", ""), **told
    ),
    "uphold": _decided("uphold"),
    "cancel": _decided("cancel"),
    "reopen": lambda request, told: findings.reopen(reason=request.POST.get("reason", ""), **told),
    "plan": lambda request, told: rectifying.plan(measures=_measures(request), **told),
    "report": lambda request, told: rectifying.report(
        text=request.POST.get("text", ""),
        percent=min(key_of(request.POST.get("percent")), 101),
        **told,
    ),
    "submit": lambda request, told: rectifying.submit(
        result=request.POST.get("result", ""), **told
    ),
    "close": _verified("close"),
    "send_back": _verified("send_back"),
    "keep_on": _verified("keep_on"),
    "file": _file,
}


@login_required
@require_POST
def promote(request: ActorRequest, key: int) -> HttpResponse:
    """推广 of a highlight."""
    found = queries.highlight(key, actor=request.actor)
    consulting.promote(highlight=found, actor=request.actor, now=timezone.now())
    messages.success(request, "已列为推广。")
    return redirect("inspection:findings", key=found.visit.unit.area.round_id)


@login_required
@require_GET
def rectification(request: ActorRequest, key: int) -> HttpResponse:
    """整改 of a round: the overdue first, then what is due within ten and twenty days."""
    opened = queries.head_of(key, actor=request.actor)
    lines = board.rectifying(queries.issued_of(opened, request.actor), reckoned())
    page = finding_list.mending(request, lines) | {
        "top": workbench.top(opened, "rectification"),
        "round": opened,
        "sets_deadlines": finding_list.may_set_deadlines(opened, request.actor),
        "lights": board.lights(lines),
        "came_back": board.came_back(line.finding for line in lines),
    }
    return render(request, "inspection/rectification.html", page)


@login_required
@require_GET
def own(request: ActorRequest, key: int) -> HttpResponse:
    """督查整改 of a branch: every round it is in, who must come, its feedback, and what it
    has to mend.
    """
    branch = orgs.organisation(key, actor=request.actor)
    if not (branch.keeps_ledgers or branch.is_general):
        return redirect("checks:branch", key)
    roles = {v: rights.roles(v, request.actor) for v in board.own_visits(branch)}
    visits = [v for v, mine in roles.items() if mine]
    found = queries.findings(request.actor).filter(
        visit__in=visits, standing__in=(*Finding.ISSUED, Finding.Standing.CANCELLED)
    )
    page = {
        "branch": branch,
        "visits": [
            (v, offered.of_visit(v, roles[v]), rectifying.may_write_lasting(v, roles[v]))
            for v in visits
        ],
        "lines": board.rectifying(found.prefetch_related("progress"), reckoned()),
        "withdrawn": due.withdrawn(branch),
        "keeps": request.actor.may_keep_ledgers_of(branch),
        "rounds": queries.rounds_before_visit(branch, request.actor),
        "changed": due.changed(branch, reckoned()),
        "longest": rectifying.LONGEST,
    }
    return render(request, "inspection/own.html", page)


@login_required
@require_POST
def sign(request: ActorRequest, key: int) -> HttpResponse:
    """签收 of the feedback."""
    visit = queries.visit(key, actor=request.actor)
    findings.sign(
        visit=visit, name=request.POST.get("name", ""), actor=request.actor, now=timezone.now()
    )
    letter = visit.letter
    told = "已签收。"
    if letter.plan_due_on:
        told = f"已签收，请在{letter.plan_due_on}前报送整改方案。"
    elif letter.report_due_on:
        told = f"已签收，请在{letter.report_due_on}前报送整改报告。"
    messages.success(request, told)
    return redirect("inspection:own", key=visit.unit.organisation_id)


@login_required
@require_POST
def lasting(request: ActorRequest, key: int) -> HttpResponse:
    """长效机制 of a unit's 整改报告, written by its branch."""
    visit = queries.visit(key, actor=request.actor)
    said = request.POST
    rectifying.write_lasting(
        visit=visit,
        text=said.get("lasting", ""),
        version=key_of(said.get("version")),
        actor=request.actor,
        now=timezone.now(),
    )
    told = (
        "已保存，印在整改报告里。"
        if said.get("lasting", "").strip()
        else "已清空，整改报告留出空白。"
    )
    messages.success(request, f"长效机制{told}", extra_tags=f"lasting:{visit.pk}")
    return redirect("inspection:own", key=visit.unit.organisation_id)


@login_required
@require_GET
def own_due(request: ActorRequest, key: int) -> HttpResponse:
    """What of inspections a branch has to do, for its 待办."""
    branch = orgs.organisation(key, actor=request.actor)
    lines = paged(request, due.of_branch(branch, reckoned()), name="due")
    page = {"paged": lines, "ahead": ahead.of(request.actor)}
    return render(request, "inspection/own_due.html", page)


@login_required
@require_GET
def team_todo(request: ActorRequest) -> HttpResponse:
    """待办 of those who are in a team."""
    lines = paged(request, due.of_team(request.actor), name="due")
    page = {"paged": lines, "ahead": ahead.of(request.actor)}
    return render(request, "inspection/team_todo.html", page)


@login_required
@require_GET
def office_due(request: ActorRequest) -> HttpResponse:
    """What of inspections waits for the organisation section."""
    request.actor.must_run_office()
    lines = paged(request, due.of_office(reckoned()), name="due")
    return render(request, "inspection/due.html", {"paged": lines})
