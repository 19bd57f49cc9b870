"""What stands against the records of each kind of ledger: in how many branches, and in which."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet

from taizhang.checks import current, engine
from taizhang.checks.models import CheckScope, SuspicionRow
from taizhang.checks.reasons.queries import current_scope
from taizhang.checks.reasons.record_links import kind_of
from taizhang.ledgers.doubted import Doubted
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.records import counted
from taizhang.ledgers.records import queries as records
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation
from taizhang.orgs.queries import organisations as orgs


@dataclass(frozen=True)
class BranchLine:
    """How one kind of ledger stands in a branch."""

    branch: Organisation
    records: int
    doubts: int | None
    """How many 疑点; none where nobody checked the branch."""
    item: str
    """The item against which most of them stand."""


def _known(scope: CheckScope, branches: QuerySet[Organisation]) -> QuerySet[SuspicionRow]:
    """What is certain and no mere hint."""
    found = current.suspicions(scope).open().filter(branch__in=branches, certain=True)
    return found.exclude(severity=SuspicionRow.Severity.INFO).order_by()


def by_kind(actor: Actor) -> Doubted | None:
    """Of each kind, how many of the branches have a 疑点; a rule about a record that is missing
    counts for its ledger.
    """
    scope = current_scope()
    if scope is None:
        return None
    kinds = {key: kind_of(rule) for key, rule in engine.rules(scope.catalogue).items()}
    branches = orgs.branches(actor)
    pairs = _known(scope, branches).values_list("rule", "branch").distinct()
    found = {(kinds.get(rule, ""), branch) for rule, branch in pairs}
    unjudged = current.waiting(scope, branches).unjudged
    return Doubted(Counter(slug for slug, _ in found if slug), unjudged)


def lines(kind: LedgerKind, scope: CheckScope, actor: Actor) -> list[BranchLine]:
    """Every branch that the actor may read: three questions, however many branches there are."""
    places = orgs.branches(actor)
    counts = counted.counts_by_branch(kind, actor, records.Filters())
    own = [key for key, rule in engine.rules(scope.catalogue).items() if kind_of(rule) == kind.slug]
    told: dict[int, Counter[str]] = {}
    rows = _known(scope, places).filter(rule__in=own).values_list("branch", "item")
    for branch, item in rows:
        told.setdefault(branch, Counter())[item] += 1
    judged = current.judged_among(scope, places)
    return [_line(one, counts, told, judged) for one in orgs.as_called(places, scope.on)]


def _line(
    branch: Organisation, counts: dict[int, int], told: dict[int, Counter[str]], judged: set[int]
) -> BranchLine:
    items = told.get(branch.pk, Counter())
    most = items.most_common(1)
    doubts = items.total() if branch.pk in judged else None
    return BranchLine(branch, counts.get(branch.pk, 0), doubts, most[0][0] if most else "")
