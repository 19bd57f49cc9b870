"""What pages ask of verdicts. Everything comes through `visible_to`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count

from taizhang.catalogue.model import Catalogue, Item, code_of
from taizhang.checks import dismissals, engine, sentences
from taizhang.checks.models import CheckRun, CheckScope, Dismissal, Outcome, SuspicionRow, Verdict
from taizhang.checks.records import compares, kind_of, listed
from taizhang.kernel.errors import NotAllowed, NotFound, Refused
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.retention import Held
from taizhang.orgs import queries as orgs
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Area, Organisation, Unit
from taizhang.rules.base import Period, Suspicion
from taizhang.rules.basis import Basis

SEVERITIES = ("error", "warn", "info")


def current_scope() -> CheckScope | None:
    """The days that are inspected now."""
    return CheckScope.objects.filter(pk=1).first()


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


def last_run() -> CheckRun | None:
    """The latest check of all branches."""
    return CheckRun.objects.order_by("-pk").first()


def run_of(key: int) -> CheckRun:
    """One check of all branches."""
    found = CheckRun.objects.filter(pk=key).first()
    if found is None:
        raise NotFound("没有这次核查。")
    return found


@dataclass(frozen=True)
class Cell:
    """One cell of the heat map."""

    item: str
    outcome: str
    errors: int
    warns: int

    @property
    def tone(self) -> str:
        """The colour: done stays white."""
        if self.outcome == Outcome.DEFECTIVE:
            return "two" if self.errors > 2 else "one"
        tones = {Outcome.MISSING: "none", Outcome.TO_JUDGE: "judge", Outcome.NOT_APPLICABLE: "na"}
        return tones.get(Outcome(self.outcome), "done")

    @property
    def mark(self) -> str:
        """What stands in the cell."""
        marks = {
            Outcome.MISSING: "缺", Outcome.TO_JUDGE: "？", Outcome.NOT_APPLICABLE: "—", Outcome.NOT_DUE: "·",
            Outcome.DEFECTIVE: str(self.errors),
        }  # fmt: skip
        return marks.get(Outcome(self.outcome), "")

    @property
    def word(self) -> str:
        """What it is called."""
        return str(Outcome(self.outcome).label)


@dataclass
class BoardRow:
    """One branch of the heat map."""

    branch: Organisation
    area: str
    cells: list[Cell] = field(default_factory=list)

    @property
    def bad(self) -> int:
        """How many items are missing or defective."""
        return sum(cell.tone in ("one", "two", "none") for cell in self.cells)


@dataclass(frozen=True)
class Common:
    """A problem that many branches have."""

    item: str
    rule: str
    says: str
    branches: int
    times: int


@dataclass(frozen=True)
class Board:
    """总览: branches × items."""

    scope: CheckScope
    groups: list[tuple[str, list[Item]]]
    rows: list[BoardRow]
    totals: dict[str, int]
    common: list[Common]
    areas: list[Area]


@dataclass(frozen=True)
class BoardFilter:
    """What the heat map is narrowed to."""

    area: int | None = None
    unit_type: str = ""


def board(*, actor: Actor, chosen: BoardFilter, today: date) -> Board:
    """The heat map of the branches that the actor sees."""
    scope = must_have_scope()
    catalogue = engine.catalogue(scope.catalogue)
    places = orgs.areas(scope.on or today)
    area_of = {key: area.name for area, keys in places for key in keys}
    branches = orgs.branches(actor)
    if chosen.area:
        branches = branches.filter(
            pk__in=next((keys for a, keys in places if a.pk == chosen.area), [])
        )
    if chosen.unit_type:
        branches = branches.filter(units__unit_type=chosen.unit_type).distinct()
    rows = {branch.pk: BoardRow(branch, area_of.get(branch.pk, "")) for branch in branches}
    order = {item.id: at for at, item in enumerate(catalogue.items)}
    verdicts = Verdict.objects.filter(branch_id__in=rows).values_list(
        "branch_id", "item", "outcome", "errors", "warns"
    )
    totals: dict[str, int] = dict.fromkeys(Outcome.values, 0)
    for branch, item, outcome, errors, warns in verdicts:
        if item in order:
            rows[branch].cells.append(Cell(item, outcome, errors, warns))
            totals[outcome] += 1
    for row in rows.values():
        row.cells.sort(key=lambda cell: order[cell.item])
    return Board(
        scope,
        grouped(catalogue),
        list(rows.values()),
        totals,
        _common(scope, list(rows)),
        [area for area, _ in places],
    )


def grouped(catalogue: Catalogue) -> list[tuple[str, list[Item]]]:
    """The items by their 大类."""
    found: dict[str, list[Item]] = {}
    for item in catalogue.items:
        found.setdefault(item.category, []).append(item)
    return list(found.items())


def _common(scope: CheckScope, branches: list[int]) -> list[Common]:
    rows = (
        SuspicionRow.objects.open()
        .filter(branch_id__in=branches, severity="error", certain=True)
        .values("item", "rule")
        .annotate(branches=Count("branch", distinct=True), times=Count("pk"))
        .order_by("-branches", "-times", "rule")[:10]
    )
    rules = engine.rules(scope.catalogue)
    return [
        Common(r["item"], code_of(r["rule"]), rules[r["rule"]].says, r["branches"], r["times"])
        for r in rows
        if r["rule"] in rules
    ]


def unit_types() -> list[tuple[str, str]]:
    """The types of units, for a choice."""
    return [(str(code), str(label)) for code, label in Unit.Type.choices]


@dataclass(frozen=True)
class Reason:
    """One suspicion for reading: the sentence, what it rests on, and the record behind it."""

    code: str
    severity: str
    label: str
    text: str
    says: str
    basis: Basis
    kind: str
    record: int | None
    other: int | None
    """The other record, where it is of the same branch; that of another may be hidden from the reader (`beside`)."""
    certain: bool
    beside: str = ""
    rule: str = ""
    window: str = ""
    key: int = 0
    branch: int = 0
    compares: bool = False
    """Whether what it rests on can be laid side by side."""
    listed: str = ""
    """Where it points at no record, the list of those that it counted."""
    dismissal: Dismissal | None = None

    @property
    def item(self) -> str:
        """The item that it stands against."""
        return self.rule.partition(":")[0]

    @property
    def explanations(self) -> list[tuple[str, str]]:
        """What is offered to whoever dismisses it."""
        return dismissals.explanations(self.code)


@dataclass
class ItemReport:
    """One item of one branch: the requirement, the verdict and its reasons."""

    item: Item
    verdict: Verdict
    reasons: list[Reason]
    kinds: list[tuple[str, str]]
    dismissed: list[Reason]

    @property
    def word(self) -> str:
        """The outcome in Chinese."""
        return str(Outcome(self.verdict.outcome).label)


def reasons_of(rows: Iterable[SuspicionRow], scope: CheckScope) -> list[Reason]:
    """Suspicions as people read them, the grave ones first."""
    rules = engine.rules(scope.catalogue)
    listed = [row for row in rows if row.rule in rules]
    found = [row.as_suspicion() for row in listed]
    names = sentences.names_for(rules, found)
    made = [_reason(row, s, scope, names) for row, s in zip(listed, found, strict=True)]
    return sorted(made, key=lambda reason: SEVERITIES.index(reason.severity))


def _reason(
    row: SuspicionRow, suspicion: Suspicion, scope: CheckScope, names: sentences.Names
) -> Reason:
    rule = engine.rules(scope.catalogue)[row.rule]
    kind = kind_of(rule) if row.subject >= 0 else ""
    return Reason(
        code=code_of(row.rule),
        severity=row.severity,
        label=row.get_severity_display(),
        text=sentences.sentence(rule, suspicion, names),
        says=rule.says,
        basis=rule.rests_on(row.window),
        kind=kind,
        record=row.subject if kind else None,
        other=row.other
        if kind and rule.other_is == "record" and not rule.across and row.other >= 0
        else None,
        certain=row.certain,
        beside=rule.beside,
        rule=row.rule,
        window=row.window,
        key=row.pk or 0,
        branch=row.branch_id,
        compares=compares(rule, row.other),
        listed="" if kind else listed(rule, suspicion, names.person(rule, suspicion)),
        dismissal=row.dismissal if row.dismissal_id else None,
    )


def item_report(*, branch: Organisation, key: str) -> ItemReport:
    """Why one item of one branch is as it is."""
    scope = must_have_scope()
    item = engine.catalogue(scope.catalogue).item(key)
    if item is None:
        raise Refused("要求模板中没有这一项。")
    verdict = Verdict.objects.filter(branch=branch, item=key).first()
    rows = SuspicionRow.objects.filter(branch=branch, item=key).select_related("dismissal__by")
    reasons = reasons_of(rows.order_by("window", "pk"), scope)
    known = verdict or Verdict(branch=branch, item=key, outcome=Outcome.TO_JUDGE, reason="尚未核查")
    held = _telling(known, [r for r in reasons if r.dismissal is None])
    return ItemReport(item, known, held, kinds_for(key), [r for r in reasons if r.dismissal])


def _telling(verdict: Verdict, reasons: list[Reason]) -> list[Reason]:
    """Without what cannot be told of an item that is not asked of the branch, or that it reported to be nothing."""
    if verdict.outcome not in (Outcome.NOT_APPLICABLE, Outcome.OK):
        return reasons
    return [reason for reason in reasons if reason.certain]


def suspicion(key: int, *, actor: Actor) -> SuspicionRow:
    """A suspicion of a branch that the actor reads; each check of everybody gives them new keys."""
    found = SuspicionRow.objects.select_related("branch", "dismissal").filter(pk=key).first()
    if found is None:
        raise NotFound("没有这个疑点，或台账刚刚重新核查过；请刷新页面再办理。")
    if not actor.may_read(found.branch):
        raise NotAllowed("这个党组织不在您的管理范围内。")
    return found


def kinds_for(item: str) -> list[tuple[str, str]]:
    """The ledgers that serve an item: (slug, title)."""
    return [(kind.slug, kind.title) for kind in KINDS.values() if item in kind.items]


@dataclass(frozen=True)
class Known:
    """What the machine knows of one item of a branch."""

    verdict: Verdict
    reasons: list[Reason]


def standing_of(branch: Organisation, scope: CheckScope) -> dict[str, Known]:
    """Every item of a branch with its reasons, in a handful of queries; what is only a hint is left out."""
    rows = (
        SuspicionRow.objects.open()
        .filter(branch=branch)
        .exclude(severity="info")
        .order_by("window", "pk")
    )
    listed = [row for row in rows if row.rule in engine.rules(scope.catalogue)]
    by_item: dict[str, list[Reason]] = {}
    for reason in reasons_of(listed, scope):
        by_item.setdefault(reason.item, []).append(reason)
    return {
        verdict.item: Known(verdict, _telling(verdict, by_item.get(verdict.item, [])))
        for verdict in Verdict.objects.filter(branch=branch)
    }


def suspected(branches: Iterable[int], rules: Iterable[str]) -> dict[tuple[int, str], list[str]]:
    """Where these rules suspect something now: (branch, rule) → the windows."""
    found: dict[tuple[int, str], list[str]] = {}
    rows = SuspicionRow.objects.open().filter(branch__in=branches, rule__in=rules, certain=True)
    for branch, rule, window in rows.order_by("window").values_list("branch", "rule", "window"):
        found.setdefault((branch, rule), []).append(window)
    return found


@dataclass(frozen=True)
class BookLine:
    """One item in a branch's ledger book."""

    item: Item
    verdict: Verdict | None
    cell: Cell
    first: str
    kinds: list[tuple[str, str]]


def book(*, branch: Organisation) -> list[tuple[str, list[BookLine]]]:
    """The 36 items of a branch with their verdicts and the gravest reason of each."""
    scope = must_have_scope()
    catalogue = engine.catalogue(scope.catalogue)
    verdicts = {v.item: v for v in Verdict.objects.filter(branch=branch)}
    rows = SuspicionRow.objects.open().filter(branch=branch, severity="error", certain=True)
    firsts: dict[str, SuspicionRow] = {}
    for row in rows.order_by("pk"):
        firsts.setdefault(row.item, row)
    texts = dict(zip(firsts, _texts(list(firsts.values()), scope), strict=True))
    return [
        (
            category,
            [_book_line(item, verdicts.get(item.id), texts.get(item.id, "")) for item in items],
        )
        for category, items in grouped(catalogue)
    ]


def _texts(rows: list[SuspicionRow], scope: CheckScope) -> list[str]:
    rules = engine.rules(scope.catalogue)
    found = [row.as_suspicion() for row in rows]
    names = sentences.names_for(rules, found)
    return [sentences.sentence(rules[s.rule], s, names) if s.rule in rules else "" for s in found]


def _book_line(item: Item, verdict: Verdict | None, first: str) -> BookLine:
    outcome = verdict.outcome if verdict else Outcome.TO_JUDGE
    cell = Cell(item.id, outcome, verdict.errors if verdict else 0, verdict.warns if verdict else 0)
    return BookLine(
        item, verdict, cell, first or (verdict.reason if verdict else ""), kinds_for(item.id)
    )


def outcome_counts(branch: Organisation) -> list[tuple[str, str, int]]:
    """How many items have each outcome: (code, label, number)."""
    counts = dict(
        Verdict.objects.filter(branch=branch)
        .values_list("outcome")
        .annotate(n=Count("pk"))
        .order_by()
    )
    return [(str(code), str(label), counts.get(code, 0)) for code, label in Outcome.choices]


@dataclass(frozen=True)
class AcrossLine:
    """One branch on the page of an item."""

    branch: Organisation
    cell: Cell
    verdict: Verdict
    first: str


def across(*, key: str, actor: Actor) -> tuple[Item, list[AcrossLine]]:
    """One item in all branches that the actor sees."""
    scope = must_have_scope()
    item = engine.catalogue(scope.catalogue).item(key)
    if item is None:
        raise Refused("要求模板中没有这一项。")
    verdicts = list(
        Verdict.objects.filter(item=key, branch__in=orgs.branches(actor))
        .select_related("branch")
        .order_by("branch__path")
    )
    firsts: dict[int, SuspicionRow] = {}
    rows = SuspicionRow.objects.open().filter(
        item=key, branch__in=[v.branch_id for v in verdicts], severity="error", certain=True
    )
    for row in rows.order_by("pk"):
        firsts.setdefault(row.branch_id, row)
    texts = dict(zip(firsts, _texts(list(firsts.values()), scope), strict=True))
    return item, [
        AcrossLine(
            v.branch,
            Cell(key, v.outcome, v.errors, v.warns),
            v,
            texts.get(v.branch_id, "") or v.reason,
        )
        for v in verdicts
    ]


def open_reasons(branches: Iterable[int], scope: CheckScope) -> list[Reason]:
    """What stands against these branches: item by item, the grave ones first; what cannot be told is in the verdicts."""
    rows = SuspicionRow.objects.open().filter(branch_id__in=branches, certain=True)
    return reasons_of(rows.order_by("branch__path", "item", "window", "pk"), scope)


def record_reasons(*, kind: str, key: int, branch: Organisation) -> list[Reason]:
    """The suspicions that point at one record."""
    scope = current_scope()
    if scope is None:
        return []
    rules = engine.rules(scope.catalogue)
    names = [rule.id for rule in rules.values() if kind_of(rule) == kind]
    rows = SuspicionRow.objects.open().filter(branch=branch, subject=key, rule__in=names)
    return reasons_of(rows, scope)
