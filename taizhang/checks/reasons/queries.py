"""What pages ask of verdicts. Everything comes through `visible_to`."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.db.models import QuerySet

from taizhang.catalogue.model import Item
from taizhang.checks import current, engine
from taizhang.checks.current import Waiting
from taizhang.checks.models import (
    CheckRun,
    CheckScope,
    Outcome,
    SuspicionQuerySet,
    SuspicionRow,
    Verdict,
)
from taizhang.checks.reasons import explanations, sentences
from taizhang.checks.reasons.folding import GRAVITY, Matter, fold
from taizhang.checks.reasons.outcomes import Cell, cell_of, worst_first
from taizhang.checks.reasons.reason import UNSURE, Reason
from taizhang.checks.reasons.record_links import kind_of
from taizhang.kernel.calendar import days_of
from taizhang.kernel.db.questions import Question
from taizhang.kernel.errors import NotAllowed, NotFound, Refused
from taizhang.ledgers.disposal.retention import Held
from taizhang.ledgers.kinds import KINDS
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation
from taizhang.rules.base import Period, Suspicion

WORST = 5
"""So many of the gravest matters stand at the head of a branch's page."""


def current_scope() -> CheckScope | None:
    """The days that are inspected now."""
    return _SCOPE.first()


_SCOPE: Question[CheckScope] = Question(lambda: CheckScope.objects.filter(pk=1))


def held_by_scope() -> list[Held]:
    """The days that are inspected now: their records are not destroyed."""
    scope = current_scope()
    return [(scope.from_on, scope.to_on, "现在的督查内容")] if scope else []


def must_have_scope() -> CheckScope:
    """The scope, or a refusal that says what to do first."""
    scope = current_scope()
    if scope is None:
        raise Refused(
            "尚未设定核查范围：由通知建立的轮次发布之后即有；也可以由组织科在“核查范围”中设定起止日期。"
        )
    return scope


def period_of(scope: CheckScope, today: date) -> Period:
    """The scope as rules take it; without a day of its own it is judged as of today."""
    return Period(scope.from_on, scope.to_on, scope.on or today)


def reckoning_day(scope: CheckScope | None, today: date) -> date:
    """What pages count as today. While a scope is worked off that is today; one that ended longer
    ago than that looks back, and its own day counts, or every deadline of it would be years
    overdue.
    """
    if scope is None:
        return today
    day = min(scope.on or scope.to_on, today)
    return day if today - day > timedelta(days=366) else today


def reckoned(today: date) -> date:
    """The same by the scope that is set."""
    return reckoning_day(current_scope(), today)


def last_run() -> CheckRun | None:
    """The latest check of all branches."""
    return CheckRun.objects.order_by("-pk").first()


def run_of(key: int) -> CheckRun:
    """One check of all branches."""
    found = CheckRun.objects.filter(pk=key).first()
    if found is None:
        raise NotFound("没有这次核查。")
    return found


def grouped(items: Iterable[Item]) -> list[tuple[str, list[Item]]]:
    """The items by their 大类."""
    found: dict[str, list[Item]] = {}
    for item in items:
        found.setdefault(item.category, []).append(item)
    return list(found.items())


@dataclass
class ItemReport:
    """One item of one branch: the requirement, the verdict and its reasons."""

    item: Item
    verdict: Verdict | None
    matters: list[Matter]
    kinds: list[tuple[str, str]]
    dismissed: list[Reason]
    days: Days

    @property
    def cell(self) -> Cell:
        """How the outcome is told."""
        return cell_of(self.item.id, self.verdict)


Kept = tuple[Suspicion, str, int, SuspicionRow | None]
"""A suspicion with its severity, its key, and the whole row where that was read."""


def reasons_of(rows: Iterable[SuspicionRow], scope: CheckScope) -> list[Reason]:
    """Suspicions as people read them, one by one, the grave ones first."""
    kept = ((row.as_suspicion(), row.severity, row.pk or 0, row) for row in rows)
    return _reasons(kept, scope)


def _reasons(kept: Iterable[Kept], scope: CheckScope) -> list[Reason]:
    rules = engine.rules(scope.catalogue)
    listed = [one for one in kept if one[0].rule in rules]
    found = [one[0] for one in listed]
    names = sentences.names_for(rules, found)
    said = explanations.of_branches({one.branch_id for one in found}) if found else {}
    kinds = {key: kind_of(rules[key]) for key in {one.rule for one in found}}
    made = [
        Reason(
            one,
            severity if one.certain else UNSURE,
            kinds[one.rule] if one.subject >= 0 else "",
            key,
            said.get(one) if said else None,
            rules[one.rule],
            names,
            row,
        )
        for one, severity, key, row in listed
    ]
    return sorted(made, key=lambda reason: GRAVITY.index(reason.severity))


def matters_of(reasons: Iterable[Reason], scope: CheckScope) -> list[Matter]:
    """The same folded to matters, the gravest first."""
    return fold(reasons, engine.rules(scope.catalogue))


def matters_by_branch(rows: SuspicionQuerySet, scope: CheckScope) -> dict[int, list[Matter]]:
    """What is known to stand against each branch, without mere hints."""
    known = rows.open().filter(certain=True).exclude(severity="info").order_by("window", "pk")
    told = known.values_list(*_SAID, "severity", "pk")
    kept = ((Suspicion(*said), severity, key, None) for *said, severity, key in told)
    found: dict[int, list[Matter]] = {}
    for matter in matters_of(_reasons(kept, scope), scope):
        found.setdefault(matter.first.branch, []).append(matter)
    return found


_SAID = ("rule", "branch_id", "window", "subject", "other", "found", "wanted", "detail")
"""What is told of a certain suspicion: read of thousands, without an object for each."""


def item_report(
    *, branch: Organisation, key: str, days: Days | None = None, code: str = ""
) -> ItemReport:
    """Why one item of one branch is as it is; the suspicions of some days or of one rule only, if
    asked.
    """
    scope, days = must_have_scope(), days or Days()
    item = engine.catalogue(scope.catalogue).item(key)
    if item is None:
        raise Refused("要求模板中没有这一项。")
    known = current.verdicts_of(branch, scope)
    verdict = next((one for one in known if one.item == key), None)
    listed = _OF_ITEM(branch.pk, current.mark_of(scope), key)
    reasons = [
        r for r in reasons_of(listed, scope) if days.touch(r.window) and code in ("", r.code)
    ]
    held = _telling(verdict, [r for r in reasons if r.dismissal is None])
    dismissed = [r for r in reasons if r.dismissal]
    matters = by_rule(matters_of(held, scope))
    return ItemReport(item, verdict, matters, kinds_for(key), dismissed, days)


_OF_ITEM: Question[SuspicionRow] = Question(
    lambda branch, by, item: (
        current.suspicions_by(by)
        .filter(branch=branch, item=item)
        .select_related("dismissal__by")
        .order_by("window", "pk")
    )
)


def by_rule(matters: list[Matter]) -> list[Matter]:
    """Those of one rule behind each other, the rule with the gravest first."""
    first: dict[str, int] = {}
    for at, matter in enumerate(matters):
        first.setdefault(matter.first.code, at)
    return sorted(matters, key=lambda matter: first[matter.first.code])


def _telling(verdict: Verdict | None, reasons: list[Reason]) -> list[Reason]:
    """Without what cannot be told of an item that is not asked of the branch, or that it reported
    to be nothing.
    """
    if verdict is None or verdict.outcome not in (Outcome.NOT_APPLICABLE, Outcome.OK):
        return reasons
    return [reason for reason in reasons if reason.certain]


def suspicion(key: int, *, actor: Actor) -> SuspicionRow:
    """A suspicion of a branch that the actor reads; each check of everybody gives them new keys."""
    scope = must_have_scope()
    known = current.suspicions(scope).select_related("branch", "dismissal")
    found = known.filter(pk=key).first()
    if found is None:
        raise NotFound("没有这个疑点，或台账刚刚重新核查过；请刷新页面再办理。")
    if not actor.may_read(found.branch):
        raise NotAllowed("这个党组织不在您的管理范围内。")
    return found


def alike(row: SuspicionRow) -> list[SuspicionRow]:
    """All suspicions of the matter that pages tell this one with, itself among them."""
    scope = must_have_scope()
    rows = current.suspicions(scope).open().filter(branch=row.branch_id, rule=row.rule)
    known = {one.pk: one for one in rows.select_related("branch").order_by("window", "pk")}
    for matter in matters_of(reasons_of(known.values(), scope), scope):
        if row.pk in (keys := [reason.key for reason in matter.members]):
            return [known[key] for key in keys]
    return [row]


def item_names() -> dict[str, str]:
    """What the items that count now are called."""
    scope = current_scope()
    items = engine.catalogue(scope.catalogue).items if scope else ()
    return {item.id: item.name for item in items}


def kinds_for(item: str) -> list[tuple[str, str]]:
    """The ledgers that serve an item: (slug, title)."""
    return [(kind.slug, kind.title) for kind in KINDS.values() if item in kind.items]


@dataclass(frozen=True)
class Known:
    """What the machine knows of one item of a branch."""

    verdict: Verdict
    matters: list[Matter]


def standing_of(branch: Organisation, scope: CheckScope) -> dict[str, Known]:
    """Every item of a branch that was judged, with its matters, in a handful of queries; what is
    only a hint is left out.
    """
    rows = current.suspicions(scope).open().filter(branch=branch).exclude(severity="info")
    by_item: dict[str, list[Reason]] = {}
    for reason in reasons_of(rows.order_by("window", "pk"), scope):
        by_item.setdefault(reason.item, []).append(reason)
    return {
        verdict.item: Known(
            verdict, matters_of(_telling(verdict, by_item.get(verdict.item, [])), scope)
        )
        for verdict in current.verdicts(scope).filter(branch=branch)
    }


def suspected(branches: Iterable[int], rules: Iterable[str]) -> dict[tuple[int, str], list[str]]:
    """Where these rules suspect something now: (branch, rule) → the windows."""
    scope, found = current_scope(), dict[tuple[int, str], list[str]]()
    if scope is None:
        return found
    rows = (
        current.suspicions(scope).open().filter(branch__in=branches, rule__in=rules, certain=True)
    )
    for branch, rule, window in rows.order_by("window").values_list("branch", "rule", "window"):
        found.setdefault((branch, rule), []).append(window)
    return found


_CALM = (Outcome.OK, Outcome.NOT_APPLICABLE, Outcome.NOT_DUE)


@dataclass(frozen=True)
class BookLine:
    """One item in a branch's ledger book."""

    item: Item
    verdict: Verdict | None
    cell: Cell
    matters: list[Matter]
    kinds: list[tuple[str, str]]
    declared: bool = False
    """Whether the branch declared something of it that nobody has answered yet."""

    @property
    def is_calm(self) -> bool:
        """Whether nothing is to be said of it."""
        return self.cell.told in _CALM and not self.declared

    @property
    def first(self) -> str:
        """The gravest that is to be said, else why the verdict is what it is."""
        if self.matters:
            return self.matters[0].text
        return self.verdict.reason if self.verdict else ""

    @property
    def explained(self) -> str:
        """What the branch says of that."""
        said = self.matters[0].explained if self.matters else ()
        return "；".join(one.text for one, _ in said)


@dataclass(frozen=True)
class Days:
    """The days that a page is narrowed to; either end may be open."""

    first: date | None = None
    last: date | None = None

    def __bool__(self) -> bool:
        """Whether it is narrowed at all."""
        return self.first is not None or self.last is not None

    @property
    def query(self) -> str:
        """What a link to a page of the same days bears."""
        ends = {"from": self.first, "to": self.last}
        named = {name: day.isoformat() for name, day in ends.items() if day}
        return f"?{urlencode(named)}" if named else ""

    def touch(self, window: str) -> bool:
        """Whether a suspicion of this window lies in them; one that names no day always does."""
        span = days_of(window)
        if span is None:
            return True
        return span[0] <= (self.last or date.max) and span[1] >= (self.first or date.min)


@dataclass(frozen=True)
class Book:
    """The items of a branch with their verdicts."""

    groups: list[tuple[str, list[BookLine]]]
    worst: list[Matter]
    """The gravest matters of all items, one of each rule."""
    days: Days

    @property
    def loud(self) -> set[str]:
        """The categories of which something is to be said."""
        return {name for name, lines in self.groups if not all(one.is_calm for one in lines)}

    @property
    def counts(self) -> list[tuple[str, str, int, str]]:
        """How many items have each outcome, the worst first, and which of them stands first in the
        book.
        """
        cells = [line.cell for _, lines in self.groups for line in lines]
        first = {cell.told: cell.item for cell in reversed(cells)}
        return [(code, label, n, first[code]) for code, label, n in worst_first(cells)]


def book(
    *,
    branch: Organisation,
    days: Days | None = None,
    declared: Collection[str] = (),
    items: Iterable[Item] | None = None,
) -> Book:
    """The items of a branch with their verdicts and matters; of some days or some items only, if
    asked.
    """
    scope, days = must_have_scope(), days or Days()
    shown = list(engine.catalogue(scope.catalogue).items if items is None else items)
    verdicts = {v.item: v for v in current.verdicts_of(branch, scope)}
    asked_for = {item.id for item in shown}
    listed = (row for row in current.rows_against(branch, scope) if row.item in asked_for)
    reasons = [r for r in reasons_of(listed, scope) if days.touch(r.window)]
    matters = matters_of(reasons, scope)
    by_item: dict[str, list[Matter]] = {}
    for matter in matters:
        by_item.setdefault(matter.first.item, []).append(matter)
    groups = [
        (
            category,
            [
                BookLine(
                    i,
                    verdicts.get(i.id),
                    cell_of(i.id, verdicts.get(i.id)),
                    by_item.get(i.id, []),
                    kinds_for(i.id),
                    i.id in declared,
                )
                for i in some
            ],
        )
        for category, some in grouped(shown)
    ]
    asked = [m for m in matters if not _is_not_asked(verdicts.get(m.first.item))]
    worst: dict[str, Matter] = {}
    for matter in asked:
        worst.setdefault(matter.rule.id, matter)
    return Book(groups, list(worst.values())[:WORST], days)


def _is_not_asked(verdict: Verdict | None) -> bool:
    return verdict is not None and verdict.outcome == Outcome.NOT_APPLICABLE


def open_reasons(
    branches: Iterable[int], scope: CheckScope, items: Iterable[Item] | None = None
) -> list[Reason]:
    """What stands against these branches: item by item, the grave ones first; what cannot be told
    is in the verdicts.
    """
    rows = current.suspicions(scope).open().filter(branch_id__in=branches, certain=True)
    if items is not None:
        rows = rows.filter(item__in=[item.id for item in items])
    return reasons_of(rows.order_by("branch__path", "item", "window", "pk"), scope)


def record_reasons(*, kind: str, key: int, branch: Organisation) -> tuple[bool, list[Reason]]:
    """Whether the branch was judged, and the suspicions that point at one record."""
    scope = current_scope()
    if scope is None or current.judged(branch, scope) is None:
        return False, []
    rules = engine.rules(scope.catalogue)
    names = [rule.id for rule in rules.values() if kind_of(rule) == kind]
    rows = current.suspicions(scope).open().filter(branch=branch, subject=key, rule__in=names)
    return True, reasons_of(rows, scope)


def waiting(
    branches: QuerySet[Organisation] | Organisation, scope: CheckScope | None
) -> Waiting | None:
    """What of these branches waits to be judged; nothing where all were, or where there is no
    scope.
    """
    if scope is None:
        return None
    if isinstance(branches, Organisation):
        return current.waiting_of(scope, branches) or None
    return current.waiting(scope, branches) or None
