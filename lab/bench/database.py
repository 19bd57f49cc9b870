"""The benchmarks of DESIGN 9 that exist so far, on the database as it is. Figures, never tests."""

from __future__ import annotations

import io
import resource
import statistics
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import pypdf
from django.db import connection, reset_queries, transaction
from django.test import Client
from django.utils import timezone

from lab.bench.rounds import rounds
from lab.bench.security import security
from lab.bench.sheets import sheets
from taizhang.checks import engine, facts
from taizhang.checks.actions import checking as check_actions
from taizhang.checks.reasons.queries import must_have_scope, period_of
from taizhang.checks.recheck import plan as recheck_plan
from taizhang.config.cli.actors import office
from taizhang.config.gc_tuning import leave_what_is_there
from taizhang.ledgers import changes
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.models import SearchLine
from taizhang.ledgers.search import page as searching
from taizhang.orgs.queries import organisations
from taizhang.papers.documents import book as ledger_book
from taizhang.papers.writers import pdf, word
from taizhang.rules import reference

Line = dict[str, Any]


def run(name: str | None = None) -> list[Line]:
    """Each benchmark's lines."""
    found: list[Line] = []
    import_module("taizhang.config.wsgi")  # as the site runs
    for key, measure in _BENCHES.items():
        if name in (None, key):
            found += measure()
    return found


def _ms(values: list[float]) -> str:
    ordered = sorted(values)
    p95 = ordered[min(len(ordered) - 1, len(ordered) * 95 // 100)]
    return f"p50 {statistics.median(ordered) * 1000:.1f} ms, p95 {p95 * 1000:.1f} ms"


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def branch() -> list[Line]:
    """One branch re-checked, against just loading its rows."""
    scope = must_have_scope()
    period = period_of(scope, timezone.localdate())
    rules = list(engine.rules(scope.catalogue).values())
    loading, judging = [], []
    for one in list(organisations.branches(office())):
        for _ in range(3):
            loading.append(_timed(lambda key=one.pk: facts.of_branch(key)))  # type: ignore[misc]
            own = facts.of_branch(one.pk)
            judging.append(_timed(lambda held=own: list(reference.judge(rules, held, period))))  # type: ignore[misc]
    whole = [a + b for a, b in zip(loading, judging, strict=True)]
    return [
        {"name": "branch: load rows", "value": _ms(loading)},
        {"name": "branch: judge all rules", "value": _ms(judging)},
        {"name": "branch: both", "value": _ms(whole)},
        *_saves(scope.catalogue),
    ]


def _saves(catalogue: str) -> list[Line]:
    """What a save costs the check: the tables it reads alone, then reading, judging and storing;
    taken back after.

    What is loaded is left alone by the collector, as in the server.
    """
    leave_what_is_there()
    found = []
    for title, kind, pick in _SAVED:
        loading, whole = [], []
        for one in list(organisations.branches(office())):
            entries = KINDS[kind].model.objects.current().filter(branch=one, **pick)
            for entry in entries.order_by("-pk")[:5]:
                change = changes.of(KINDS[kind], entry)
                loading.append(_timed(lambda c=change: recheck_plan.load(c, catalogue)))  # type: ignore[misc]
                with transaction.atomic():
                    whole.append(_timed(lambda c=change: check_actions.recheck(c, timezone.now())))  # type: ignore[misc]
                    transaction.set_rollback(True)
        found += [
            {"name": f"save {title}: load rows", "value": _ms(loading)},
            {"name": f"save {title}: recheck", "value": _ms(whole)},
        ]
    return found


_SAVED: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("支委会", "meetings", {"kind": "committee_meeting"}),
    ("党员大会", "meetings", {"kind": "members_assembly"}),
    ("党费", "dues-payments", {}),
    ("谈心谈话", "talks", {}),
    ("制度", "documents", {}),
    ("党员", "members", {}),
)


def district() -> list[Line]:
    """Every branch, by both engines, from the database."""
    scope = must_have_scope()
    period = period_of(scope, timezone.localdate())
    branches = list(organisations.branches(office()))
    found = []
    for name, judge in engine.ENGINES.items():
        judge(branches, scope.catalogue, period)
        seconds = _timed(lambda run=judge: run(branches, scope.catalogue, period))  # type: ignore[misc]
        found.append(
            {"name": f"district: {name}, {len(branches)} branches", "value": f"{seconds:.2f} s"}
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [*found, {"name": "district: peak memory", "value": f"{peak:.0f} MiB"}]


def _pages() -> Iterator[tuple[str, str]]:
    yield "总览", "/board/"
    yield "三会一课", "/meetings/?kind=committee_meeting"
    yield "会议台账", "/ledgers/meetings/"
    yield "党费收缴", "/ledgers/dues-payments/"
    yield "待办", f"/branches/{organisations.branches(office()).order_by('pk')[0].pk}/todo/"


def pages() -> list[Line]:
    """Pages as the organisation section gets them: time in the server, queries, bytes."""
    client = Client()
    client.force_login(office().user)
    found = []
    for name, url in _pages():
        client.get(url)
        times = [_timed(lambda at=url: client.get(at)) for _ in range(20)]  # type: ignore[misc]
        connection.force_debug_cursor = True
        reset_queries()
        size = len(client.get(url).content)
        asked = len(connection.queries)
        connection.force_debug_cursor = False
        found.append(
            {"name": f"page {name}", "value": f"{_ms(times)}, {asked} queries, {size} bytes"}
        )
    return found


def search() -> list[Line]:
    """Words of two characters and more, as the organisation section looks for them in
    everything.
    """
    actor = office()
    found = []
    for words in ("党费", "志愿服务", "学习 讨论", "两学一做"):
        times = [_timed(lambda w=words: searching.search(words=w, actor=actor)) for _ in range(20)]  # type: ignore[misc]
        found.append({"name": f"search {words}", "value": _ms(times)})
    lines = SearchLine.objects.count()
    return [*found, {"name": "search: lines in the index", "value": str(lines)}]


def book() -> list[Line]:
    """The ledger book of the first branch for the whole scope: collecting, PDF, Word."""
    scope, actor = must_have_scope(), office()
    branch = organisations.branches(actor).order_by("pk")[0]
    wanted = ledger_book.Wanted(branch, scope.from_on, scope.to_on, actor)
    paper = ledger_book.ledger_book(wanted, timezone.localdate())
    collected = _timed(lambda: ledger_book.ledger_book(wanted, timezone.localdate()))
    made = pdf.written(paper)
    pages = len(pypdf.PdfReader(io.BytesIO(made)).pages)
    return [
        {"name": "book: collect", "value": f"{collected:.2f} s"},
        {
            "name": f"book: PDF, {pages} pages",
            "value": f"{_timed(lambda: pdf.written(paper)):.2f} s, {len(made)} bytes",
        },
        {"name": "book: Word", "value": f"{_timed(lambda: word.written(paper)):.2f} s"},
    ]


_BENCHES: dict[str, Callable[[], list[Line]]] = {
    "branch": branch,
    "district": district,
    "pages": pages,
    "search": search,
    "book": book,
    "rounds": rounds,
    "security": security,
    "sheets": sheets,
}
