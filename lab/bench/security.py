"""What safety costs: a line of the journal and sealed values per save, and verifying the chain."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from taizhang.kernel import secret
from taizhang.kernel.actions import journal
from taizhang.kernel.journal import chain
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.records import actions, queries
from taizhang.orgs.actor import Actor, actor_of
from taizhang.orgs.queries import accounts as orgs

TIMES = 300
MADE = 200_000
NUMBER = "990000199005060021"


def security() -> list[dict[str, Any]]:
    """Each figure on the database as it is; what is written is taken back."""
    return [*_sealing(), *_saving(), *_verifying()]


def _per(work: Callable[[], object], times: int) -> float:
    """Microseconds of one."""
    start = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - start) / times * 1e6


def _sealing() -> Iterator[dict[str, Any]]:
    kept = settings.FIELD_CIPHER
    try:
        for cipher in ("aes", "sm4"):
            settings.FIELD_CIPHER = cipher
            sealed = secret.seal(NUMBER)
            opening = _per(lambda text=sealed: secret.unseal(text), 5000)  # type: ignore[misc]
            told = f"seal {_per(lambda: secret.seal(NUMBER), 5000):.1f} µs, open {opening:.1f} µs"
            yield {"name": f"security: one value, {cipher}", "value": told}
    finally:
        settings.FIELD_CIPHER = kept
    yield {
        "name": "security: blind index",
        "value": f"{_per(lambda: secret.blind(NUMBER), 5000):.1f} µs",
    }


def _keeper() -> Actor:
    """Somebody who keeps ledgers."""
    today = timezone.localdate()
    found = (actor_of(user, on=today) for user in orgs.accounts())
    return next(actor for actor in found if actor.own_branch)


def _saving() -> Iterator[dict[str, Any]]:
    """A talk, which has sealed texts, saved again and taken back: the whole, its line of the
    journal, its sealing.
    """
    actor, kind, now = _keeper(), KINDS["talks"], timezone.now()
    branch = actor.own_branch
    entries = queries.records_of(kind.model, branch, actor) if branch else []
    if not branch or not entries:
        return
    values = queries.as_written(kind, entries[0])
    whole, noting = [], []
    for _ in range(60):
        with transaction.atomic():
            start = time.perf_counter()
            made = actions.record(
                kind=kind, branch=branch, values=values | {"topic": "测量"}, actor=actor, now=now
            )
            whole.append(time.perf_counter() - start)
            start = time.perf_counter()
            actions.note_export(subject=kind.slug, actor=actor, now=now, detail={"entry": made.pk})
            noting.append(time.perf_counter() - start)
            transaction.set_rollback(True)
    sealing = 2 * _per(lambda: secret.seal(values["content"]), 2000) / 1000
    p50, line = (statistics.median(times) * 1000 for times in (whole, noting))
    yield {
        "name": "security: save 谈心谈话, taken back",
        "value": f"p50 {p50:.1f} ms, of it journal {line:.2f} ms, sealing {sealing:.3f} ms",
    }


def _chained(n: int) -> list[Any]:
    """A whole chain in memory."""
    prev, found = chain.BEGINNING, []
    for seq in range(1, n + 1):
        line: Any = SimpleNamespace(
            seq=seq,
            at=timezone.now(),
            actor_id=1,
            origin="10.0.0.1",
            verb="ledgers.record",
            subject=f"meetings:{seq}",
            detail={"mode": "live"},
            prev=prev,
        )
        prev = line.hash = chain.hash_of(line, "sha256")
        found.append(line)
    return found


def _verifying() -> Iterator[dict[str, Any]]:
    made = _chained(MADE)
    start = time.perf_counter()
    chain.verify(made)
    alone = time.perf_counter() - start
    yield {
        "name": f"security: verify a chain of {MADE} lines in memory",
        "value": f"{alone:.2f} s, {alone / MADE * 1e6:.1f} s a million",
    }
    start = time.perf_counter()
    found = chain.verify(journal.lines())
    seconds = time.perf_counter() - start
    yield {
        "name": f"security: verify the journal of {found.lines} lines",
        "value": f"{seconds:.2f} s, {seconds / max(1, found.lines) * 1e6:.1f} s a million",
    }
