"""What is sensitive in a record, in full for ten minutes, to whoever said why."""

from __future__ import annotations

import time

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.records import actions, queries
from taizhang.web.http import ActorRequest

_KEPT = "revealed"
_SECONDS = 10 * 60


@login_required
@require_POST
def reveal(request: ActorRequest, kind: LedgerKind, key: int) -> HttpResponse:
    """Say why, and see; the journal keeps both."""
    entry = queries.entry(kind=kind, key=key, actor=request.actor)
    actions.reveal(
        kind=kind,
        entry=entry,
        reason=request.POST.get("reason", ""),
        actor=request.actor,
        now=timezone.now(),
    )
    now = int(time.time())
    kept = request.session.get(_KEPT, {})
    fresh = {name: at for name, at in kept.items() if now - at < _SECONDS}
    request.session[_KEPT] = fresh | {f"{kind.slug}:{key}": now}
    return redirect("ledgers:entry", kind=kind, key=key)


def is_revealed(request: ActorRequest, kind: LedgerKind, key: int) -> bool:
    """Whether this session said within the last ten minutes why it wants to see this record."""
    at = request.session.get(_KEPT, {}).get(f"{kind.slug}:{key}", 0)
    return bool(time.time() - at < _SECONDS)
