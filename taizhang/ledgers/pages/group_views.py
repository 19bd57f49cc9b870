"""The page on which the month's meetings of all groups are entered together."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from taizhang.ledgers.burden import meter
from taizhang.ledgers.kinds.meetings.kind import KIND
from taizhang.ledgers.pages import group_meetings
from taizhang.ledgers.records import actions, inputs, once, queries, read_rows
from taizhang.ledgers.requests import branch_of
from taizhang.ledgers.today import reckoned
from taizhang.web.http import ActorRequest


@login_required
@require_http_methods(["GET", "POST"])
def together(request: ActorRequest) -> HttpResponse:
    """Every group's meeting in one form: all are stored, or none."""
    branch = branch_of(request)
    request.actor.must_keep_ledgers_of(branch)
    said = request.POST if request.method == "POST" else None
    refused: read_rows.SomeRefused | None = None
    if said and not group_meetings.asked_for_rows(said, queries.groups(branch, request.actor)):
        try:
            with meter.by("together", stamped=said.get("began", "")):
                made = actions.record_together(
                    kind=KIND,
                    branch=branch,
                    each=group_meetings.held(branch, said, request.actor),
                    actor=request.actor,
                    now=timezone.now(),
                    mode=inputs.mode_of(said),
                    key=said.get("key", ""),
                )
        except read_rows.SomeRefused as wrong:
            refused = wrong
        else:
            return _done(request, branch.pk, len(made))
    sheet = group_meetings.sheet(
        branch, said, refused.of if refused else {}, reckoned(), request.actor
    )
    page = {
        "branch": branch,
        "sheet": sheet,
        "kind": KIND,
        "names": inputs.known_names(KIND, branch),
        "problems": sheet.problems,
        "backfill": bool(said and said.get("backfill")),
        "began": (said.get("began", "") if said else "")
        or meter.stamp(group_meetings.filled(sheet), timezone.now()),
        "key": once.form_key(
            said.get("key", "") if said else "", refused.problems if refused else []
        ),
    }
    return render(request, "ledgers/group_meetings.html", page, status=422 if refused else 200)


def _done(request: ActorRequest, branch: int, made: int) -> HttpResponse:
    if made:
        messages.success(request, f"已保存 {made} 个党小组的会议。", request.path)
    else:
        messages.info(request, "没有保存：没有一个党小组填写了日期。")
        return redirect(f"{reverse('ledgers:group-meetings')}?branch={branch}")
    return redirect(f"{reverse('ledgers:list', args=[KIND])}?branch={branch}&choice=group_meeting")
