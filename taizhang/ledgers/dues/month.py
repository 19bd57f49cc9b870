"""The dues of one month as one grid: everybody on the roster, filled with what is due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import QueryDict

from taizhang.kernel.calendar import month_end
from taizhang.kernel.errors import Problem
from taizhang.ledgers.fields import yuan
from taizhang.ledgers.kinds.dues_assessments import DuesAssessment
from taizhang.ledgers.kinds.dues_exemptions import DuesExemption
from taizhang.ledgers.kinds.dues_payments import DuesPayment
from taizhang.ledgers.records.queries import unique_name
from taizhang.ledgers.records.read_rows import Row
from taizhang.ledgers.written import lines
from taizhang.orgs.actor import Actor
from taizhang.orgs.entry import Entry, EntryQuerySet
from taizhang.orgs.models import Organisation
from taizhang.orgs.queries import roster as orgs


@dataclass
class DuesLine:
    """One member: what is due (fen, None when nobody assessed it), what is paid already, what is
    filled in.
    """

    pk: int
    name: str
    due: int | None
    exempt: bool
    paid: Any = None
    amount: str = ""
    receipt: str = ""
    ticked: bool = False
    wrong: list[str] = field(default_factory=list)

    @property
    def due_text(self) -> str:
        """In 元."""
        return "" if self.due is None else yuan(self.due)

    @property
    def paid_text(self) -> str:
        """In 元."""
        return yuan(self.paid.amount)


@dataclass(frozen=True)
class DuesMonth:
    """The grid of a month, and what was written above it for all lines."""

    month: date
    lines: list[DuesLine]
    common: dict[str, str]

    @property
    def open(self) -> list[DuesLine]:
        """Who has not paid yet."""
        return [line for line in self.lines if line.paid is None]

    @property
    def open_sum(self) -> str:
        """What the ticked lines add up to, as far as assessed, in 元."""
        return yuan(sum(line.due or 0 for line in self.open if line.ticked))

    @property
    def due(self) -> str:
        """The sum of what is due, in 元."""
        return yuan(sum(line.due or 0 for line in self.lines if not line.exempt))

    @property
    def paid(self) -> str:
        """The sum of what is paid, in 元."""
        return yuan(sum(line.paid.amount for line in self.lines if line.paid is not None))


def grid(branch: Organisation, month: date, actor: Actor, today: date) -> DuesMonth:
    """Members on the last day of the month with their dues; whoever has paid is shown with the
    record.
    """
    people = list(orgs.members(branch, month_end(month)).order_by("name_normalised", "pk"))
    assessed = _of_branch(DuesAssessment, branch, actor).filter(year=month.year)
    due = {a.person_id: a.monthly_due for a in assessed.order_by("pk")}
    paid = {p.person_id: p for p in _of_branch(DuesPayment, branch, actor).filter(month=month)}
    free = _of_branch(DuesExemption, branch, actor).filter(
        kind=DuesExemption.Kind.EXEMPT, from_month__lte=month, to_month__gte=month
    )
    exempt = set(free.values_list("person_id", flat=True))
    found = [
        DuesLine(
            p.pk,
            unique_name(p, people),
            due.get(p.pk),
            p.pk in exempt,
            paid.get(p.pk),
            yuan(due[p.pk]) if p.pk in due else "",
            ticked=p.pk in due and p.pk not in exempt,
        )
        for p in people
    ]
    last = _of_branch(DuesPayment, branch, actor).order_by("-month", "-pk").first()
    common = {
        "paid_on": min(today, month_end(month)).isoformat(),
        "method": last.get_method_display() if last else "",
        "collector": last.collector.name if last and last.collector else "",
        "receipt_from": "",
    }
    return DuesMonth(month, found, common)


def _of_branch(model: type[Entry], branch: Organisation, actor: Actor) -> EntryQuerySet:
    return model.objects.visible_to(actor).current().filter(branch=branch)


def first_open_month(branch: Organisation, actor: Actor, today: date) -> date:
    """The month after the last one with payments, but none that lies ahead."""
    last = _of_branch(DuesPayment, branch, actor).order_by("-month").first()
    this = today.replace(day=1)
    if last is None:
        return this
    after = last.month.year * 12 + last.month.month
    return min(this, date(after // 12, after % 12 + 1, 1))


def fill(shown: DuesMonth, posted: QueryDict) -> None:
    """Put what was posted into the grid, so that nothing is lost when it is refused."""
    for name in shown.common:
        shown.common[name] = posted.get(name, "").strip()
    numbers = _numbers(shown.common["receipt_from"])
    for line in shown.open:
        line.ticked = posted.get(f"tick-{line.pk}") == "1"
        line.amount = posted.get(f"amount-{line.pk}", "").strip()
        line.receipt = posted.get(f"receipt-{line.pk}", "").strip()
        if line.ticked and not line.receipt:
            line.receipt = next(numbers, "")


def _numbers(first: str) -> Iterator[str]:
    """`示-0012`, `示-0013` …; nothing when the first is no number of a book."""
    series, at = lines.serial(first)
    if at is None:
        return
    width = series.count("#")
    stem = series.rstrip("#")
    while True:
        yield f"{stem}{at:0{width}d}"
        at += 1


def rows(shown: DuesMonth, branch: Organisation) -> list[Row]:
    """The ticked lines as rows to record; the number of a row is the key of the person."""
    common = {name: shown.common[name] for name in ("paid_on", "method", "collector")}
    month = f"{shown.month:%Y-%m}"
    return [
        Row(
            line.pk,
            branch,
            {"person": line.name, "month": month, "amount": line.amount, "receipt_no": line.receipt}
            | common,
        )
        for line in shown.open
        if line.ticked
    ]


def filled(shown: DuesMonth) -> dict[str, str]:
    """What stands in the grid before anybody writes in it."""
    lines = {f"person-{line.pk}": line.name for line in shown.open}
    amounts = {f"amount-{line.pk}": line.amount for line in shown.open}
    return lines | amounts | shown.common | {"month": f"{shown.month:%Y-%m}"}


def refused(shown: DuesMonth, problems: list[Problem]) -> list[str]:
    """Put each problem beside its line; answers those that concern all lines, once each."""
    at = {line.pk: line for line in shown.lines}
    common = {"交纳日期", "方式", "收缴人"}
    for problem in problems:
        if problem.row in at and problem.column not in common:
            at[problem.row].wrong.append(problem.message)
    told = (
        f"{p.column}：{p.message}" if p.column else p.message
        for p in problems
        if p.row not in at or p.column in common
    )
    return list(dict.fromkeys(told))


def methods() -> list[str]:
    """How dues can be paid, for a choice."""
    return [str(label) for label in DuesPayment.Method.labels]
