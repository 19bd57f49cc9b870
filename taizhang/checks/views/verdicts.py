"""Pages of the verdicts: the heat map, the meetings, a branch's book, an item, and why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from taizhang.checks import current
from taizhang.checks.actions import checking, dismissing
from taizhang.checks.history import curve as own_past
from taizhang.checks.models import CheckRun, SuspicionRow
from taizhang.checks.pages import (
    agenda,
    below,
    campaigns_asked,
    item_ledgers,
    meeting_matrix,
    strips,
)
from taizhang.checks.pages import board as overview
from taizhang.checks.pages import comparison as laid_beside
from taizhang.checks.pages import due_list as listed
from taizhang.checks.pages.scope_form import ScopeForm
from taizhang.checks.reasons import queries
from taizhang.kernel.errors import BadInput, NotAllowed
from taizhang.ledgers.mine import records as own_records
from taizhang.ledgers.records import queries as ledgers
from taizhang.orgs.models import Organisation, Role
from taizhang.orgs.queries import first_steps
from taizhang.orgs.queries import organisations as orgs
from taizhang.web.http import ActorRequest
from taizhang.web.lists import listing, pages
from taizhang.web.params import day_or_none, key_of

View = Callable[..., HttpResponse]


def scoped(view: View) -> View:
    """Before any scope is set, the page says what to do first."""

    @wraps(view)
    def answer(request: ActorRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.scope = queries.current_scope()
        if request.scope is None:
            if "key" in kwargs:
                orgs.organisation(kwargs["key"], actor=request.actor)
            steps = first_steps.steps(request.actor)
            own = first_steps.of_keeper(request.actor)
            listed = any(step.done for step in own if step.of == "members")
            return render(request, "checks/first.html", {"steps": steps, "listed": listed})
        request.waits_for = orgs.branches(request.actor)
        return view(request, *args, **kwargs)

    return answer


def of_branch(view: View) -> View:
    """A page of one branch; an organisation above branches has none of its own and shows those
    below it.
    """

    @wraps(view)
    def answer(request: ActorRequest, key: int, **kwargs: object) -> HttpResponse:
        found = orgs.organisation(key, actor=request.actor)
        if not found.keeps_ledgers:
            lines = below.lines(orgs.branches_below(found, request.actor), request.scope)
            page = {"place": found, "lines": lines, "own": found.is_general}
            return render(request, "checks/below.html", page)
        request.waits_for = found
        (called,) = orgs.as_called([found], request.scope.on)
        return view(request, called, **kwargs)

    return answer


def must_read(request: ActorRequest) -> None:
    """Refuse who reads no branch's ledgers."""
    if not request.actor.reads_ledgers:
        raise NotAllowed("您没有查看支部台账的权限。")


@login_required
@require_GET
@scoped
def board(request: ActorRequest) -> HttpResponse:
    """总览: branches × items."""
    must_read(request)
    chosen = chosen_board(request)
    found = overview.board(actor=request.actor, chosen=chosen, today=timezone.localdate())
    page = {
        "board": found,
        "by": found.by,
        "saved": listing.saved(request),
        "chosen": chosen,
        "areas": found.areas,
        "unit_types": overview.unit_types(),
        "run": queries.last_run(),
        "query": request.GET.urlencode(),
        "links": {name: pages.without(request, name, "page") for name in _NARROWING},
        "paged": pages.Paged(found.page, f"?{pages.without(request, 'page')}&page="),
        "steps": [] if found.rows else first_steps.steps(request.actor, published=True),
    }
    return render(request, "checks/board.html", page)


_NARROWING = ("order", "all", "only", "since", "asked")
"""What a link of the board says anew: the rest of the address stays."""


def only_asked(request: ActorRequest) -> bool:
    """Whether the address narrows a page to what the notice asks for."""
    return request.GET.get("asked") == "1"


def chosen_board(request: ActorRequest) -> overview.BoardFilter:
    """What the address narrows the heat map to."""
    area, unit_type = request.GET.get("area", ""), request.GET.get("unit_type", "")
    known = int(area) if area.isdecimal() and len(area) < 10 else None
    return overview.BoardFilter(
        known,
        unit_type[:20],
        order=request.GET.get("order", "")[:10],
        everybody=request.GET.get("all") == "1",
        only=request.GET.get("only", "")[:20],
        since=request.GET.get("since", "")[:10],
        asked=only_asked(request),
        page=key_of(request.GET.get("page")) or 1,
    )


@login_required
@require_GET
@scoped
def meetings(request: ActorRequest) -> HttpResponse:
    """三会一课: branches × months or quarters."""
    must_read(request)
    page = {
        "meetings": chosen_meetings(request),
        "years": _years(request),
        "kinds": [(key, label) for key, (label, _) in meeting_matrix.MATRIX.items()],
    }
    return render(request, "checks/meetings.html", page)


def _years(request: ActorRequest) -> list[int]:
    return list(range(request.scope.from_on.year, request.scope.to_on.year + 1))


def chosen_meetings(request: ActorRequest) -> meeting_matrix.Meetings:
    """The matrix of the kind and the year that the address names, else of the committee in all
    years.
    """
    years, year, kind = _years(request), request.GET.get("year", ""), request.GET.get("kind", "")
    return meeting_matrix.of_years(
        actor=request.actor,
        kind=kind if kind in meeting_matrix.MATRIX else "committee_meeting",
        years=[int(year)] if year.isdecimal() and int(year) in years else years,
        today=timezone.localdate(),
    )


def _days(request: ActorRequest) -> queries.Days:
    """The days that the address names."""
    first, last = request.GET.get("from"), request.GET.get("to")
    return queries.Days(day_or_none(first, "起日"), day_or_none(last, "止日"))


@login_required
@require_GET
@scoped
@of_branch
def branch(request: ActorRequest, found: Organisation) -> HttpResponse:
    """A branch's ledger book: the 36 items, of all the days inspected or of those that the address
    names.
    """
    by = current.judged_by(request.scope, only_asked=only_asked(request))
    declared = ledgers.declared_items(found, request.actor)
    due = listed.expected(
        branch=found,
        scope=request.scope,
        today=timezone.localdate(),
        items=by.shown,
        only=listed.of_meetings,
    )
    page = {
        "branch": found,
        "by": by,
        "links": {name: pages.without(request, name) for name in ("asked", "year")},
        "book": queries.book(branch=found, days=_days(request), declared=declared, items=by.shown),
        "keeps": request.actor.may_keep_ledgers_of(found),
        "topics": campaigns_asked.topics(branch=found, scope=request.scope, actor=request.actor),
        "years": [
            (year, queries.Days(date(year, 1, 1), date(year, 12, 31))) for year in _years(request)
        ],
        "strip": _strip(request, found, due, "at/"),
        "curve": own_past.curve(found),
    }
    return render(request, "checks/branch.html", page)


@login_required
@require_GET
@scoped
@of_branch
def expected(request: ActorRequest, found: Organisation) -> HttpResponse:
    """应有清单: what was due in every month of the days inspected, and whether it is there."""
    due = listed.expected(branch=found, scope=request.scope, today=timezone.localdate())
    page = {"branch": found, "due": due, "strip": _strip(request, found, due, "../at/")}
    return render(request, "checks/expected.html", page)


def _strip(
    request: ActorRequest, found: Organisation, due: listed.Expected, windows: str
) -> strips.Strip:
    year = request.GET.get("year", "")
    return strips.strip(found, due, year=year, days=_days(request), windows=windows)


@login_required
@require_GET
@scoped
@of_branch
def at(request: ActorRequest, found: Organisation, rule: str, window: str) -> HttpResponse:
    """A cell of a strip leads to its records, or to the form of the one that is missing."""
    group = key_of(request.GET.get("group"))
    url = strips.target(
        branch=found,
        rule=rule,
        window=window,
        group=group,
        new="new" in request.GET,
        scope=request.scope,
        actor=request.actor,
    )
    return redirect(url)


@login_required
@require_GET
@scoped
def todo(request: ActorRequest) -> HttpResponse:
    """待办: of one's own branch, or what waits for the organisation section."""
    own = request.actor.own_branch or request.actor.own_general
    if own is not None:
        return redirect("checks:branch-todo", own.pk)
    if request.actor.has(Role.TEAM_LEADER, Role.INSPECTOR) and not request.actor.may_run_office():
        return redirect("inspection:team-todo")
    request.actor.must_run_office()
    return render(
        request,
        "checks/office_todo.html",
        {"paged": pages.paged(request, ledgers.waiting_declarations(request.actor))},
    )


@login_required
@require_GET
@scoped
@of_branch
def branch_todo(request: ActorRequest, found: Organisation) -> HttpResponse:
    """What a branch has to do: due, missing, wrong, running out; and its year."""
    asked = agenda.agenda(branch=found, today=timezone.localdate(), scope=request.scope)
    page = {
        "branch": found,
        "agenda": asked,
        "errors": pages.paged(request, asked.troubles, name="errors", per=agenda.PER_PAGE),
        "warnings": pages.paged(request, asked.warnings, name="warnings", per=agenda.PER_PAGE),
        "keeps": request.actor.may_keep_ledgers_of(found),
        "months": range(1, 13),
        "objections": own_records.n_waiting(request.actor),
        "topics": campaigns_asked.topics(branch=found, scope=request.scope, actor=request.actor),
    }
    return render(request, "checks/todo.html", page)


@login_required
@require_GET
@scoped
@of_branch
def item(request: ActorRequest, found: Organisation, item: str) -> HttpResponse:
    """Why one item of one branch is as it is, of all the days inspected or of those that the
    address names.

    The records of its ledgers are a part that the page fetches once it stands, as are the reasons
    after something was said of them.
    """
    dismisses = dismissing.may_dismiss(found, request.actor)
    code = request.GET.get("rule", "")[:20]
    report = queries.item_report(branch=found, key=item, days=_days(request), code=code)
    books = item_ledgers.of_item(report.item, found)
    more = bool(request.htmx) and request.GET.get("part") == "ledgers"
    page: dict[str, Any] = {
        "branch": found,
        "report": report,
        "dismisses": dismisses,
        "code": code,
        "keeps": (keeps := request.actor.may_keep_ledgers_of(found)),
        "explains": keeps,
        "declared": ledgers.declared_items(found, request.actor).get(item, []),
    }
    if request.htmx and not more:
        return render(request, "checks/item.html#reasons", page)
    if more:
        page["newest"] = [
            item_ledgers.newest(one, scope=request.scope, actor=request.actor) for one in books
        ]
        return render(request, "checks/item.html#records", page)
    due = listed.expected(branch=found, scope=request.scope, today=timezone.localdate(), item=item)
    page |= {"ledgers": books, "strip": _strip(request, found, due, "../../at/")}
    return render(request, "checks/item.html", page)


@login_required
@require_GET
@scoped
def across(request: ActorRequest, item: str) -> HttpResponse:
    """One item in all branches."""
    must_read(request)
    found, lines = overview.across(key=item, actor=request.actor)
    return render(request, "checks/across.html", {"item": found, "lines": lines})


@login_required
@require_GET
@scoped
def beside(request: ActorRequest, key: int) -> HttpResponse:
    """What a suspicion compares, side by side."""
    row = queries.suspicion(key, actor=request.actor)
    compared = laid_beside.of(row, request.scope.catalogue, request.actor)
    reason = queries.reasons_of([row], request.scope)[0]
    shown = {"branch": row.branch, "reason": reason, "beside": compared, "item": row.item}
    return render(request, "checks/beside.html", shown)


@login_required
@require_POST
def dismiss(request: ActorRequest, key: int) -> HttpResponse:
    """排除疑点, with the reason."""
    row = queries.suspicion(key, actor=request.actor)
    said, now = request.POST, timezone.now()
    dismissing.dismiss(
        row=row,
        explanation=said.get("explanation", ""),
        reason=said.get("reason", ""),
        actor=request.actor,
        now=now,
    )
    return _told_again(request, row, "疑点已排除，理由和经办人记录在案；记录改动后会重新出现。")


@login_required
@require_POST
def restore(request: ActorRequest, key: int) -> HttpResponse:
    """Take a dismissal back."""
    row = queries.suspicion(key, actor=request.actor)
    dismissing.restore(row=row, actor=request.actor, now=timezone.now())
    return _told_again(request, row, "已取消排除，疑点恢复。")


def _told_again(request: ActorRequest, row: SuspicionRow, told: str) -> HttpResponse:
    messages.success(request, told)
    return redirect(item_url(request, row))


def item_url(request: ActorRequest, row: SuspicionRow) -> str:
    """The page of a suspicion's item, of the days that the address names."""
    item = reverse("checks:item", args=[row.branch_id, row.item])
    return f"{item}{_days(request).query}"


@login_required
@require_http_methods(["GET", "POST"])
def scope(request: ActorRequest) -> HttpResponse:
    """Which days are inspected, and as of which day."""
    request.actor.must_run_office()
    form = ScopeForm(request.POST or None, initial=ScopeForm.of(queries.current_scope()))
    if form.is_valid():
        try:
            said = dict(form.cleaned_data)
            asked = checking.Asked(said.pop("topics"))
            checking.set_scope(**said, asked=asked, actor=request.actor, now=timezone.now())
            run = checking.start_what_waits(actor=request.actor, now=timezone.now())
        except BadInput as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "核查范围已设定。")
            return to_run(run)
    return render(
        request, "checks/scope.html", {"form": form}, status=422 if form.is_bound else 200
    )


@login_required
@require_POST
def check_all(request: ActorRequest) -> HttpResponse:
    """Judge every branch again."""
    run = checking.start_run(actor=request.actor, now=timezone.now())
    if run.state == CheckRun.State.DONE:
        messages.success(request, f"已核查{run.branches}个支部。")
    return to_run(run)


def to_run(run: CheckRun | None) -> HttpResponse:
    """The board when a run is over, else how far it is."""
    if run is None:
        return redirect("checks:board")
    done = run.state == CheckRun.State.DONE
    return redirect("checks:board") if done else redirect("checks:run-state", run.pk)


@login_required
@require_GET
def run_state(request: ActorRequest, key: int) -> HttpResponse:
    """How far a check of everybody is."""
    request.actor.must_run_office()
    page = {"run": queries.run_of(key)}
    return render(request, "checks/run.html#state" if request.htmx else "checks/run.html", page)


@login_required
@require_GET
@scoped
def waiting(request: ActorRequest) -> HttpResponse:
    """How far the check is that the reader's branches wait for; a fragment of every page that shows
    verdicts.
    """
    must_read(request)
    found = queries.waiting(request.waits_for, request.scope)
    return render(request, "checks/waiting.html", {"waiting": found, "asked": True})


@login_required
@require_POST
def stop_run(request: ActorRequest, key: int) -> HttpResponse:
    """Stop a check of everybody; the last complete result stays."""
    checking.stop_run(run=queries.run_of(key), actor=request.actor, now=timezone.now())
    return redirect("checks:run-state", key)
