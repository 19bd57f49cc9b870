"""Pages of the ledgers: list, form, record, sheets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from taizhang.kernel.errors import BadInput, Problem, Refused, Stale
from taizhang.ledgers.burden import meter
from taizhang.ledgers.evidence import given
from taizhang.ledgers.forms import explained, part_inputs
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.kinds.meetings import kind as meetings
from taizhang.ledgers.links import views as link_views
from taizhang.ledgers.minutes import reader as minutes_reader
from taizhang.ledgers.pages import again
from taizhang.ledgers.pages.reveal_views import is_revealed
from taizhang.ledgers.records import actions, inputs, once, queries, versions
from taizhang.ledgers.requests import XLSX, branch_of
from taizhang.ledgers.search import go as ways
from taizhang.ledgers.search import page as search
from taizhang.ledgers.search.hits import Narrowed
from taizhang.ledgers.sheets import excel
from taizhang.ledgers.today import reckoned
from taizhang.ledgers.withdrawal import actions as withdrawal
from taizhang.orgs.entry import Entry
from taizhang.orgs.models import Organisation
from taizhang.orgs.queries.seen import seen as all_seen
from taizhang.web.http import ActorRequest, attachment
from taizhang.web.params import key_of


@login_required
@require_http_methods(["GET", "POST"])
def record(request: ActorRequest, kind: LedgerKind) -> HttpResponse:
    """The form of a new record."""
    branch = branch_of(request)
    request.actor.must_keep_ledgers_of(branch)
    if request.method == "GET":
        if "like" in request.GET:
            return _like(request, kind, key_of(request.GET["like"]))
        raw = inputs.first_values(kind, branch, request.GET, request.actor, reckoned())
        return _form(request, kind, branch, raw, [])
    raw, now = inputs.from_post(kind, request.POST), timezone.now()
    files = given.received(request, branch)
    if part_inputs.asked_for_rows(kind, request.POST):
        return _form(request, kind, branch, raw, [], about={"given": files})
    try:
        inputs.must_have_checked_attendance(request.POST)
        stamped = request.POST.get("began", "")
        with transaction.atomic(), meter.by("form", stamped=stamped, posted=request.POST):
            entry = actions.record(
                kind=kind,
                branch=branch,
                values=raw,
                actor=request.actor,
                now=now,
                mode=inputs.mode_of(request.POST),
                key=request.POST.get("key", ""),
            )
            is_new = entry.recorded_at == now
            if is_new:
                link_views.link_to_origin(request, kind, entry)
    except BadInput as refusal:
        return _form(request, kind, branch, raw, refusal.problems, about={"given": files})
    messages.success(request, "已保存。", request.path)
    if is_new:
        given.attach_to_new(request, kind, entry, files)
        _explain(request, kind, entry)
        link_views.make_ticked(request, kind, entry)
    return redirect("ledgers:entry", kind=kind, key=entry.pk)


def _explain(request: ActorRequest, kind: LedgerKind, entry: Entry) -> None:
    """Keep what was said of doubts beside the form; the record stands, whatever is
    wrong with that.
    """
    try:
        n = explained.keep(kind, entry, request.POST, request.actor, timezone.now())
    except Refused as refusal:
        messages.error(request, f"支部说明没有保存：{refusal}请在“系统核对”里再写。")
        return
    if n:
        messages.success(request, "支部说明已一起保存；疑点仍在，不等于排除。")


def _like(request: ActorRequest, kind: LedgerKind, key: int) -> HttpResponse:
    """A new form filled from a record."""
    entry = queries.entry(kind=kind, key=key, actor=request.actor)
    request.actor.must_keep_ledgers_of(entry.branch)
    raw, taken = again.values(kind, entry)
    return _form(request, kind, entry.branch, raw, [], about={"like": (entry, taken)})


@login_required
@require_http_methods(["GET", "POST"])
def correct(request: ActorRequest, kind: LedgerKind, key: int) -> HttpResponse:
    """The form of a record that is put right."""
    entry = queries.entry(kind=kind, key=key, actor=request.actor)
    request.actor.must_keep_ledgers_of(entry.branch)
    if request.method == "GET":
        openly = is_revealed(request, kind, key)
        raw = queries.as_filled(kind, entry, openly=openly)
        return _form(request, kind, entry.branch, raw, [], entry)
    raw = inputs.from_post(kind, request.POST)
    if part_inputs.asked_for_rows(kind, request.POST):
        return _form(request, kind, entry.branch, raw, [], entry)
    version = key_of(request.POST.get("version"))
    try:
        actions.correct(
            kind=kind,
            entry=entry,
            values=raw,
            version=version,
            reason=request.POST.get("reason", ""),
            actor=request.actor,
            now=timezone.now(),
        )
    except BadInput as refusal:
        return _form(request, kind, entry.branch, raw, refusal.problems, entry)
    except Stale as refusal:
        entry.refresh_from_db()  # who was first may have saved while this save waited for it
        since = versions.since(kind, entry, version, openly=is_revealed(request, kind, key))
        return _form(
            request, kind, entry.branch, raw, [Problem(str(refusal))], entry, {"since": since}
        )
    messages.success(request, "已更正，原内容保留在历史版本中。", request.path)
    return redirect("ledgers:entry", kind=kind, key=entry.pk)


def _form(
    request: ActorRequest,
    kind: LedgerKind,
    branch: Organisation,
    raw: dict[str, Any],
    problems: list[Problem],
    entry: Entry | None = None,
    about: Mapping[str, object] | None = None,
) -> HttpResponse:
    more = request.POST.get("more", "")
    page: dict[str, Any] = {
        "names": inputs.known_names(kind, branch),
        "key": once.form_key(request.POST.get("key", ""), problems),
        "kind": kind,
        "branch": branch,
        "entry": entry,
        "inputs": inputs.inputs(kind, branch, raw, problems, request.actor, more),
        "problems": inputs.summary(kind, problems),
        "reason": request.POST.get("reason", ""),
        "backfill": request.POST.get("backfill") == "1",
        "also": [] if entry else [KINDS[g.to] for g in kind.gives],
        "origin": (request.POST or request.GET).get("origin", "")[:60],
        "began": request.POST.get("began", "") or meter.stamp(raw, timezone.now()),
    }
    if request.method == "POST" and kind.entering.ticks_roster and entry is None:
        page |= inputs.roster_of_names(kind, branch, raw, request.actor)
        page["inputs"] = inputs.inputs(kind, branch, raw, problems, request.actor, more)
    page["named"] = inputs.mark(page["inputs"], kind, raw)
    page["said"] = explained.said(request.POST)
    return render(
        request, "ledgers/record.html", page | dict(about or {}), status=422 if problems else 200
    )


@login_required
@require_http_methods(["GET", "POST"])
def read_minutes(request: ActorRequest) -> HttpResponse:
    """会议记录 in Word or as text: read into the form, for the clerk to check and save. Nothing is
    stored here.
    """
    branch = branch_of(request)
    request.actor.must_keep_ledgers_of(branch)
    page: dict[str, Any] = {
        "branch": branch,
        "pasted": request.POST.get("pasted", ""),
        "problems": [],
    }
    if request.method == "GET":
        return render(request, "ledgers/read_minutes.html", page)
    upload = request.FILES.get("file")
    data = upload.read() if upload else page["pasted"].encode()
    try:
        found = minutes_reader.minutes(data)
    except BadInput as refusal:
        page["problems"] = [str(problem) for problem in refusal.problems]
        return render(request, "ledgers/read_minutes.html", page, status=422)
    kind, raw = meetings.KIND, dict(found.values)
    shown = inputs.roster_of_names(kind, branch, raw, request.actor)
    page = {
        "kind": kind,
        "branch": branch,
        "entry": None,
        "inputs": inputs.inputs(kind, branch, raw, [], request.actor),
        "problems": [],
        "names": inputs.known_names(kind, branch),
        "also": [KINDS[gives.to] for gives in kind.gives],
        "key": once.form_key("", ()),
        "left": [*found.left, *shown["unclear"]],
        "read": True,
        "began": meter.stamp(raw, timezone.now()),
        "action": reverse("ledgers:record", args=[kind]),
    }
    page["named"] = inputs.mark(page["inputs"], kind, raw)
    return render(request, "ledgers/record.html", page | shown)


@login_required
@require_GET
def roster(request: ActorRequest) -> HttpResponse:
    """Who is expected on the day that the form says, to be ticked."""
    branch = branch_of(request)
    request.actor.must_keep_ledgers_of(branch)
    return render(request, "ledgers/roster.html", inputs.roster(branch, request.GET, request.actor))


@login_required
@require_GET
def entry(request: ActorRequest, kind: LedgerKind, key: int) -> HttpResponse:
    """One record, with what the check says of it and its earlier versions."""
    found = queries.entry(kind=kind, key=key, actor=request.actor)
    keeps = request.actor.may_keep_ledgers_of(found.branch)
    openly = keeps and is_revealed(request, kind, key)
    page = {
        "kind": kind,
        "entry": found,
        "told": queries.statements(kind, found, openly=openly),
        "keeps": keeps,
        "may_reveal": keeps and not openly and any(field.sensitive for field in kind.fields()),
        "corrections": versions.corrections(kind, found, openly=openly),
        "may_confirm": queries.waits(kind, found) and request.actor.may_run_office(),
        "papers": kind.papers + (kind.office_papers if request.actor.may_run_office() else ()),
    }
    answer = render(request, "ledgers/entry.html", page)
    if openly:
        answer["Cache-Control"] = "no-store"
    return answer


@login_required
@require_POST
def withdraw(request: ActorRequest, kind: LedgerKind, key: int) -> HttpResponse:
    """Take a record out of the ledger."""
    found = queries.entry(kind=kind, key=key, actor=request.actor)
    actions.withdraw(
        kind=kind,
        entry=found,
        reason=request.POST.get("reason", ""),
        actor=request.actor,
        now=timezone.now(),
    )
    messages.success(request, "已撤回，记录仍可在“含已撤回”中查到。")
    return redirect("ledgers:list", kind=kind)


@login_required
@require_POST
def put_back(request: ActorRequest, kind: LedgerKind, key: int) -> HttpResponse:
    """Let a withdrawn record count again."""
    found = queries.entry(kind=kind, key=key, actor=request.actor)
    withdrawal.put_back(
        kind=kind,
        entry=found,
        reason=request.POST.get("reason", ""),
        actor=request.actor,
        now=timezone.now(),
    )
    messages.success(request, "已恢复，重新计入台账。")
    return redirect("ledgers:entry", kind=kind, key=key)


def xlsx_response(data: bytes, name: str) -> HttpResponse:
    return attachment(data, XLSX, name)


@login_required
@require_GET
def template(request: ActorRequest, kind: LedgerKind) -> HttpResponse:
    """The empty sheet."""
    del request
    return xlsx_response(excel.template(kind), f"{kind.title}模板.xlsx")


def _year(text: str) -> int | None:
    """A year that a record may be of; anything else is all years."""
    plain = text.strip()
    return (
        int(plain)
        if plain.isascii() and plain.isdecimal() and 1949 <= int(plain[:5]) <= 2100
        else None
    )


@login_required
@require_GET
def go(request: ActorRequest) -> HttpResponse:
    """Where a few characters lead: pages, ledgers, units, records; htmx gets only the list."""
    words = request.GET.get("q", "").strip()[:40]
    places = ways.places(words=words, actor=request.actor) if words else []
    page = {"words": words, "places": places}
    return render(request, "ledgers/go.html#places" if request.htmx else "ledgers/go.html", page)


@login_required
@require_GET
def find(request: ActorRequest) -> HttpResponse:
    """The search; htmx gets only what was found. Who reads no ledger finds his pages."""
    if not request.actor.reads_ledgers:
        return go(request)
    words, kind = request.GET.get("q", "").strip()[:60], request.GET.get("kind", "")[:40]
    branch, year = key_of(request.GET.get("branch")) or None, _year(request.GET.get("year", ""))
    number = request.GET.get("page", "1")
    told = {"q": words, "kind": kind, "branch": branch or ""}
    seen = all_seen(request.actor)
    page = {
        "words": words,
        "kind": kind,
        "branch": branch,
        "year": year,
        "kinds": [(one.slug, one.title) for one in KINDS.values()],
        "plain": search.not_indexed(),
        "link": urlencode({name: text for name, text in told.items() if text}),
        "places": [(one.pk, one.short_name) for one in seen.branches],
        "found": search.search(
            words=words,
            actor=request.actor,
            narrowed=Narrowed(kind, branch, year),
            seen=seen,
            page=int(number) if number.isdecimal() and 0 < len(number) < 6 else 1,
        )
        if words
        else None,
    }
    return render(
        request, "ledgers/search.html#found" if request.htmx else "ledgers/search.html", page
    )
