"""Pages of a sheet of one ledger: where it is handed in, its template, and its rows confirmed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from taizhang.intake import actions as intake
from taizhang.intake import memory, queries
from taizhang.intake.models import Paper
from taizhang.intake.sheets import actions, expected, grid
from taizhang.kernel.errors import BadInput, NotFound
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.records import actions as ledgers
from taizhang.ledgers.requests import XLSX, branch_of
from taizhang.ledgers.sheets import excel, headers
from taizhang.web.http import ActorRequest, attachment
from taizhang.web.lists import pages

_GIVEN = ("year", "paid_day")


def _kind(slug: str) -> LedgerKind:
    if slug not in KINDS:
        raise NotFound("没有这种台账。")
    return KINDS[slug]


@login_required
@require_http_methods(["GET", "POST"])
def sheet(request: ActorRequest, slug: str) -> HttpResponse:
    """A sheet of one ledger is handed in, or cells that were copied; it is seen as a grid before
    anything is stored.
    """
    branch, kind = branch_of(request), _kind(slug)
    request.actor.must_keep_ledgers_of(branch)
    page: dict[str, Any] = {"kind": kind, "branch": branch, "problems": [], "said": request.POST}
    if request.method == "GET":
        return render(request, "intake/sheet.html", page)
    upload, pasted = request.FILES.get("file"), request.POST.get("pasted", "")
    try:
        if upload is None and not pasted.strip():
            raise BadInput("请选择要导入的文件，或粘贴复制的单元格。")
        name, data = (upload.name or "未命名", upload.read()) if upload else ("", pasted)
        given = {key: request.POST.get(key, "").strip() for key in _GIVEN}
        made = actions.take_sheet(
            branch=branch,
            kind=kind,
            name=name,
            data=data,
            given=given,
            actor=request.actor,
            now=timezone.now(),
        )
    except BadInput as refusal:
        page["problems"] = [str(problem) for problem in refusal.problems]
        return render(request, "intake/sheet.html", page, status=422)
    if made.state == Paper.State.UNREAD:
        return redirect("intake:batch", key=made.batch_id)
    return redirect("intake:paper", key=made.pk)


@login_required
@require_GET
def template(request: ActorRequest, slug: str) -> HttpResponse:
    """The sheet of a ledger for a branch, with the rows that it should have and lacks."""
    branch, kind = branch_of(request), _kind(slug)
    request.actor.must_keep_ledgers_of(branch)
    found = expected.of(kind, branch)
    if kind.is_roster:
        ledgers.note_export(
            subject=kind.slug,
            actor=request.actor,
            now=timezone.now(),
            detail={"branch": branch.pk, "n": len(found.lines)},
        )
    data = excel.template(kind, found.lines, found.told)
    return attachment(data, XLSX, f"{kind.title}模板（{branch.short_name}）.xlsx")


def look_through(request: ActorRequest, found: Paper) -> HttpResponse:
    """A list as a grid; confirming stores the right rows and shows those that are not."""
    if request.method == "GET":
        problems = grid.problems_of(found, request.actor) if found.state == "open" else []
        return _page(request, found, grid.grid(found, problems))
    said = _said(request, found)
    typed = _typed(request, found, said)
    if request.POST.get("do") == "add":
        problems = grid.problems_of(found, request.actor, typed)
        return _page(request, found, grid.grid(found, problems, said, typed))
    before = len(grid.records_of(found))
    problems = intake.enter_rows(
        paper=found,
        rows={
            n: values | dict.fromkeys(said.dropped, "")
            for n, values in typed.items()
            if n not in said.left
        },
        actor=request.actor,
        now=timezone.now(),
        again=request.POST.get("again") == "1",
    )
    left = len(grid.records_of(found)) if found.state == Paper.State.OPEN else 0
    if before > left:
        messages.success(request, f"已入账{before - left}行：{found}", request.path)
    if found.state != Paper.State.OPEN:
        after = queries.following(found)
        return (
            redirect("intake:paper", key=after.pk)
            if after
            else redirect("intake:batch", key=found.batch_id)
        )
    return _page(request, found, grid.grid(found, problems), status=422 if problems else 200)


def _said(request: ActorRequest, found: Paper) -> grid.Said:
    """What stands above and beside the rows in the form; a column that is added may say the same in
    all rows.
    """
    told = request.POST
    known = {one.name for one in grid.grid(found, []).more}
    new = told.get("add", "")
    fills = {name.removeprefix("fill-"): told[name] for name in told if name.startswith("fill-")}
    if new and told.get("add-value"):
        fills[new] = told["add-value"]
    return grid.Said(
        added=tuple(name for name in dict.fromkeys([*told.getlist("added"), new]) if name in known),
        fills=fills,
        dropped=frozenset(name.removeprefix("drop-") for name in told if name.startswith("drop-")),
        left=frozenset(int(n) for n in _LEFT.findall(" ".join(told))),
        days={m: told[f"{_DAY}{m}"] for m in _days(told) if told[f"{_DAY}{m}"].strip()},
    )


_DAY = "paid-"


def _days(told: Mapping[str, str]) -> list[str]:
    """The months for which a day may be said."""
    return [name.removeprefix(_DAY) for name in told if name.startswith(_DAY)]


_LEFT = re.compile(r"\bleave-(\d{1,9})\b")


def _typed(request: ActorRequest, found: Paper, said: grid.Said) -> dict[int, dict[str, Any]]:
    """The rows as they stand in the form, those among them that are to wait."""
    told = request.POST
    columns = grid.grid(found, [], said).columns
    rows = {
        n: own | {c.name: told.get(f"{c.name}-{n}", own.get(c.name, "")) or c.fill for c in columns}
        for n, own in grid.values_of(found).items()
    }
    kind = found.ledger
    day = grid.day_of_month(kind) if kind and said.days else ""
    for values in rows.values() if kind and day else ():
        values[day] = values.get(day) or grid.said_of_month(values, said)
    return rows


def _page(
    request: ActorRequest, found: Paper, shown: grid.Grid, *, status: int = 200
) -> HttpResponse:
    kind, unknown = found.ledger, queries.unknown(found)
    told = [
        text
        for text in queries.proposed(found)[1]
        if not (unknown and text.startswith(headers.NOT_READ))
    ]
    page = {
        "paper": found,
        "batch": found.batch,
        "kind": kind,
        "kinds": KINDS.values(),
        "grid": shown,
        "warnings": told,
        "unknown": unknown,
        "paged": pages.paged(request, shown.rows, per=grid.SHOWN),
        "passed": pages.paged(request, queries.passed(found), name="passed", per=grid.PASSED),
        "asks_passed": "passed" in request.GET,
        "labels": memory.choices(kind) if kind else [],
        "made": queries.records_of(found),
    }
    return render(request, "intake/grid.html", page, status=status)


@login_required
@require_POST
def name_columns(request: ActorRequest, key: int) -> HttpResponse:
    """Say what unknown columns are, and read the list again."""
    found = queries.paper(key, actor=request.actor)
    asked = queries.unknown(found)
    said = {header: request.POST.get(f"column-{n}", "") for n, (header, _) in enumerate(asked)}
    actions.name_columns(paper=found, columns=said, actor=request.actor, now=timezone.now())
    messages.success(request, "已记住，以后本局各支部的表里有这样的列，不再问。")
    return redirect("intake:paper", key=key)


@login_required
@require_POST
def enter_right(request: ActorRequest, key: int) -> HttpResponse:
    """Have the right rows of all lists of a batch entered."""
    found = queries.batch(key, actor=request.actor)
    actions.enter_right(batch=found, actor=request.actor, now=timezone.now())
    return redirect("intake:batch", key=key)
