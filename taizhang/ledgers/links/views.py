"""Pages of what belongs together: one entry, many uses."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from taizhang.kernel.calendar import in_words
from taizhang.kernel.errors import BadInput
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.links import actions as links
from taizhang.ledgers.links import related
from taizhang.ledgers.records import queries
from taizhang.orgs.entry import Entry
from taizhang.web.http import ActorRequest


@login_required
@require_GET
def of_record(request: ActorRequest, kind: LedgerKind, key: int) -> HttpResponse:
    """What belongs to a record, and what can be made from it; a fragment of its page."""
    entry = queries.entry(kind=kind, key=key, actor=request.actor)
    keeps = request.actor.may_keep_ledgers_of(entry.branch)
    page = {
        "kind": kind,
        "entry": entry,
        "keeps": keeps,
        "groups": related.groups(kind, entry, request.actor),
        "gives": related.open_gives(kind, entry) if keeps else [],
        "listed": related.still_listed(kind, entry) if keeps else None,
        "children": related.children(kind) if keeps and not entry.withdrawn_at else [],
    }
    return render(request, "ledgers/related.html", page)


@login_required
@require_POST
def derive(request: ActorRequest, kind: LedgerKind, key: int, to: LedgerKind) -> HttpResponse:
    """Make the record that follows; where something is not known, its form opens filled with what
    is.
    """
    entry = queries.entry(kind=kind, key=key, actor=request.actor)
    request.actor.must_keep_ledgers_of(entry.branch)
    gives = related.gives_to(kind, to.slug)
    try:
        made = links.derive(
            kind=kind, entry=entry, gives=gives, actor=request.actor, now=timezone.now()
        )
    except BadInput as refusal:
        messages.info(request, f"请补齐后保存：{'；'.join(map(str, refusal.problems[:5]))}")
        asked = gives.values(entry) | {
            "branch": str(entry.branch_id),
            "origin": f"{kind.slug}:{key}",
        }
        return redirect(f"{reverse('ledgers:record', args=[to])}?{urlencode(asked)}")
    messages.success(request, f"已计入{to.title}，两条记录已关联。")
    return redirect("ledgers:entry", kind=to, key=made.pk)


@login_required
@require_POST
def end_spell(request: ActorRequest, kind: LedgerKind, key: int) -> HttpResponse:
    """Let the roster follow a record of leaving."""
    entry = queries.entry(kind=kind, key=key, actor=request.actor)
    made = links.end_spell(kind=kind, entry=entry, actor=request.actor, now=timezone.now())
    left_on = f"{made.left_on}"
    messages.success(
        request,
        f"花名册上{made.person}已记为{in_words(left_on)}离开"
        f"（{made.get_leave_reason_display()}）；记错了的，在花名册记录里更正。",
    )
    return redirect("ledgers:entry", kind=kind, key=key)


@login_required
@require_POST
def unlink(request: ActorRequest, kind: LedgerKind, key: int, link: int) -> HttpResponse:
    """Take back a link."""
    entry = queries.entry(kind=kind, key=key, actor=request.actor)
    request.actor.must_keep_ledgers_of(entry.branch)
    links.unlink(
        kind=kind,
        entry=entry,
        link=related.link_of(kind, entry, link),
        actor=request.actor,
        now=timezone.now(),
    )
    messages.success(request, "已取消关联，两条记录都还在。")
    return redirect("ledgers:entry", kind=kind, key=key)


def link_to_origin(request: ActorRequest, kind: LedgerKind, made: Entry) -> None:
    """A record whose form was opened from another is linked to it."""
    slug, _, key = request.POST.get("origin", "").partition(":")
    if slug in KINDS and key.isdecimal() and len(key) < 19:
        origin = queries.entry(kind=KINDS[slug], key=int(key), actor=request.actor)
        links.link(
            kind=KINDS[slug],
            entry=origin,
            to=kind,
            made=made,
            actor=request.actor,
            now=timezone.now(),
        )


def make_ticked(request: ActorRequest, kind: LedgerKind, entry: Entry) -> None:
    """The records that the form was asked to make along with this one; what cannot be
    made is told.
    """
    for gives in kind.gives:
        title = KINDS[gives.to].title
        if f"also-{gives.to}" not in request.POST:
            continue
        if not gives.when(entry):
            messages.info(request, f"这条记录不涉及{title}，没有计入。")
            continue
        try:
            links.derive(
                kind=kind, entry=entry, gives=gives, actor=request.actor, now=timezone.now()
            )
        except BadInput as refusal:
            why = "；".join(map(str, refusal.problems[:3]))
            messages.info(request, f"没有计入{title}（{why}），可在“相关记录”里补齐。")
        else:
            messages.success(request, f"已同时计入{title}。")
