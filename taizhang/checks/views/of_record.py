"""What the check says of one record: beside its page, before it is withdrawn, and beside its form
before it is saved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from taizhang.checks.reasons import impact, queries
from taizhang.checks.reasons.beside import form_places
from taizhang.checks.reasons.folding import Matter
from taizhang.checks.reasons.reason import Reason
from taizhang.kernel.errors import BadInput
from taizhang.ledgers.evidence import chosen
from taizhang.ledgers.forms import explained, part_inputs
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.records import actions as ledger_actions
from taizhang.ledgers.records import inputs as ledger_forms
from taizhang.ledgers.records import queries as ledgers
from taizhang.ledgers.requests import branch_of
from taizhang.orgs.entry import Entry
from taizhang.web.http import ActorRequest


@login_required
@require_GET
def record_reasons(request: ActorRequest, kind: LedgerKind, key: int) -> HttpResponse:
    """What the check says of one record; a fragment of its page."""
    entry = ledgers.entry(kind=kind, key=key, actor=request.actor)
    judged, reasons = queries.record_reasons(kind=kind.slug, key=entry.pk, branch=entry.branch)
    explains = request.actor.may_keep_ledgers_of(entry.branch)
    matters = _in_form(reasons, kind, entry)
    page = {
        "matters": matters,
        "blank": {one.field for one in matters if not getattr(entry, one.field, True)},
        "entry": entry,
        "kind": kind,
        "unchecked": not judged,
        "explains": explains,
        "back": "record",
    }
    return render(request, "checks/reasons.html", page)


@login_required
@require_GET
def withdrawing(request: ActorRequest, kind: LedgerKind, key: int) -> HttpResponse:
    """What withdrawing a record would change; a fragment of its page."""
    entry = ledgers.entry(kind=kind, key=key, actor=request.actor)
    found = impact.of_withdrawing(kind=kind, entry=entry, actor=request.actor, now=timezone.now())
    page = {"kind": kind, "entry": entry, "impact": found}
    return render(request, "checks/withdrawing.html", page)


def _in_form(
    reasons: list[Reason],
    kind: LedgerKind,
    entry: Entry,
    posted: QueryDict | None = None,
    written: Mapping[str, object] | None = None,
) -> list[Matter]:
    scope = queries.current_scope()
    if scope is None or not reasons:
        return []
    matters = queries.matters_of(reasons, scope)
    period = queries.period_of(scope, timezone.localdate())
    return form_places.in_form(matters, kind, entry, period, posted, written)


@login_required
@require_POST
def tried(request: ActorRequest, kind: LedgerKind) -> HttpResponse:
    """What would be wrong if the form were saved as it is: stored, judged, and taken back."""
    branch = branch_of(request)
    raw = ledger_forms.from_post(kind, request.POST)
    reasons: list[Reason] = []
    matters: list[Matter] = []
    problems: list[tuple[str, str]] = []
    with transaction.atomic():
        try:
            entry = ledger_actions.record(
                kind=kind,
                branch=branch,
                values=raw,
                actor=request.actor,
                now=timezone.now(),
                mode=ledger_forms.mode_of(request.POST),
            )
            chosen.count(request.POST, kind, entry, request.actor, timezone.now())
            _, reasons = queries.record_reasons(kind=kind.slug, key=entry.pk, branch=branch)
            said = explained.said(request.POST)
            matters = [
                replace(one, entered=said.get(one.first.rule, ""))
                for one in _in_form(reasons, kind, entry, request.POST, raw)
            ]
        except BadInput as refusal:
            problems = [(problem.column, problem.in_form) for problem in refusal.problems]
        transaction.set_rollback(True)
    names = {field.label: field.name for field in kind.fields()}
    names |= {part.label: part.name for part in kind.parts}
    inputs = ledger_forms.hints(kind, problems, [(r.beside, r.severity, r.text) for r in reasons])
    return render(
        request,
        "checks/tried.html",
        {
            "inputs": inputs,
            "matters": matters,
            "enters": "began" in request.POST,
            "problems": problems,
            "to_mend": [(names.get(label, ""), label, text) for label, text in problems],
            "offers": part_inputs.offers(kind, branch, request.POST, raw, request.actor),
        },
    )
