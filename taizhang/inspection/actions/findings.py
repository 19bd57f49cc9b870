"""Findings from the draft to the letter: changed while they are drafts, issued all at once, signed
or disputed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from taizhang.inspection import rights
from taizhang.inspection.flows import BRANCH, FINDING, OFFICE, VISIT
from taizhang.inspection.models import (
    Finding,
    FindingStep,
    Highlight,
    Letter,
    Rectification,
    Round,
    Visit,
)
from taizhang.inspection.papers import letters, own_forms
from taizhang.inspection.papers.parts.problems import kept, of_findings
from taizhang.inspection.papers.parts.shared import committee_of
from taizhang.inspection.site import seen
from taizhang.inspection.site.entries import LONGEST_FACTS
from taizhang.kernel.actions import journal
from taizhang.kernel.calendar import plus_months
from taizhang.kernel.errors import BadInput, NotAllowed, NotFound, Problem, Stale, WrongState
from taizhang.kernel.writing import columns
from taizhang.orgs import numbers
from taizhang.orgs.actions.heads import give_number
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import PaperKind
from taizhang.orgs.queries.calendar import after_workdays

AT_ONCE_DAYS, PLAN_WORKDAYS, RECTIFY_MONTHS, LONG_TERM_MONTHS = 7, 10, 1, 6
"""Customary times (DOMAIN 5.2): at once within a week, a plan within ten working days, ledger
matters within a month.
"""


def note(finding: Finding, verb: str, actor: Actor, now: datetime, **detail: object) -> None:
    """A line in the journal about a finding."""
    journal.note(
        f"inspection.finding.{verb}", f"finding:{finding.pk}", by=actor.user, now=now, **detail
    )


def take_step(
    finding: Finding, verb: str, roles: set[str], said: str, actor: Actor, now: datetime
) -> None:
    """The state after one step of the flow, and the row that tells it."""
    FINDING.take(verb, finding, roles)
    finding.save(update_fields=["standing"])
    FindingStep.objects.create(
        finding=finding, verb=verb, standing=finding.standing, note=said, at=now, by=actor.user
    )


def move(
    finding: Finding,
    verb: str,
    actor: Actor,
    now: datetime,
    *,
    said: str = "",
    roles: set[str] | None = None,
) -> None:
    """Take one step of the flow: the state, the row that tells it, the journal. Refused for whom it
    is not.
    """
    rights.must_go_on(finding.visit.unit.area.round)
    before = finding.standing
    mine = rights.roles(finding.visit, actor) if roles is None else roles
    said = columns.fitted(FindingStep.note, said)
    take_step(finding, verb, mine, said, actor, now)
    changed = journal.changed({"standing": before}, {"standing": finding.standing}, Finding)
    note(finding, verb, actor, now, changed=changed, said=said)


@dataclass(frozen=True)
class Wording:
    """What may be changed of a finding before it is issued."""

    facts: str
    basis: str
    suggestion: str
    severity: str
    manner: str
    deadline: date | None


def _must_read_well(wording: Wording) -> None:
    problems = [] if wording.facts.strip() else [Problem("请写明具体表现。", column="具体表现")]
    if wording.severity not in Finding.Severity.values:
        problems.append(Problem("不在可选范围内。", column="严重程度"))
    if wording.manner not in Finding.Manner.values:
        problems.append(Problem("不在可选范围内。", column="整改类型"))
    if problems:
        raise BadInput(problems)


@transaction.atomic
def reword(
    *, finding: Finding, wording: Wording, version: int, actor: Actor, now: datetime
) -> Finding:
    """Change a finding that is not issued yet: the team its drafts, the organisation section also
    what is confirmed.
    """
    mine = rights.roles(finding.visit, actor)
    if OFFICE not in mine:
        rights.must_inspect(finding.visit, actor)
    rights.must_go_on(finding.visit.unit.area.round)
    if finding.standing not in (
        Finding.Standing.DRAFT,
        *((Finding.Standing.CONFIRMED,) if OFFICE in mine else ()),
    ):
        raise WrongState("问题已经确认或反馈，不能再改文字。")
    _must_read_well(wording)
    if finding.version != version:
        raise Stale("这个问题刚被另一个人改过，请看过他的内容后再保存。")
    values = columns.all_taken(
        Finding, asdict(wording), facts=LONGEST_FACTS, suggestion=LONGEST_FACTS
    )
    changed = journal.changed({name: getattr(finding, name) for name in values}, values, Finding)
    for name, value in values.items():
        setattr(finding, name, value)
    finding.version += 1
    if finding.seconded_by_id is not None and OFFICE not in mine:
        finding.seconded_by = None
    finding.save()
    note(finding, "reword", actor, now, changed=changed)
    return finding


def usual_deadline(manner: str, issued_on: date) -> date:
    """When a problem has to be mended, if nobody said otherwise."""
    if manner == Finding.Manner.AT_ONCE:
        return issued_on + timedelta(days=AT_ONCE_DAYS)
    return plus_months(
        issued_on, LONG_TERM_MONTHS if manner == Finding.Manner.LONG_TERM else RECTIFY_MONTHS
    )


@transaction.atomic
def issue(
    *,
    opened: Round,
    visits: Iterable[Visit],
    issued_on: date,
    number: str,
    actor: Actor,
    now: datetime,
) -> list[Letter]:
    """Issue the feedback of units that were consulted with, all at once; what was said then is
    frozen with the letter. The first bears `number` and the others those after it; without one they
    get the next of their series. BadInput where a letter would be older than the visit that it
    reports.
    """
    actor.must_run_office()
    rights.must_go_on(opened)
    chosen = list(visits)
    wrong = [v for v in chosen if v.standing != Visit.Standing.CONSULTED]
    if wrong:
        raise WrongState(f"“{wrong[0]}”还没有会商确认，不能反馈。")
    if not chosen:
        raise BadInput("没有可以反馈的单位：会商双方确认之后才能反馈。")
    if (came := last_came_on(chosen)) and issued_on < came:
        raise BadInput([Problem(f"早于督查组到场的{came}。", column="反馈日期")])
    first = numbers.must_be(number, issued_on, "首份文号") if number.strip() else None
    committee = committee_of(opened)
    letters_made = []
    for at, visit in enumerate(chosen):
        given = give_number(
            organisation=committee,
            kind=PaperKind.LETTER,
            on=issued_on,
            paper=f"visit:{visit.pk}:letter",
            now=now,
            wanted=str(first.after(at)) if first else "",
        )
        letters_made.append(_letter(opened, visit, issued_on, given, actor, now))
    return letters_made


def last_came_on(visits: Iterable[Visit]) -> date | None:
    """The last day on which a team began with one of these; none where nobody came yet."""
    return max((timezone.localdate(v.started_at) for v in visits if v.started_at), default=None)


def _letter(
    opened: Round, visit: Visit, issued_on: date, number: str, actor: Actor, now: datetime
) -> Letter:
    findings = list(
        visit.findings.filter(standing=Finding.Standing.CONFIRMED)
        .select_related("item")
        .order_by(F("item__no").asc(nulls_last=True), "pk")
    )
    for n, finding in enumerate(findings, start=1):
        finding.number = number_of(opened, visit, n)
        finding.deadline = finding.deadline or usual_deadline(finding.manner, issued_on)
        finding.save(update_fields=["number", "deadline"])
        move(finding, "issue", actor, now, roles={OFFICE})
    plan_due, report_due = _due(findings, issued_on)
    letter = Letter(
        visit=visit,
        number=number,
        issued_on=issued_on,
        plan_due_on=plan_due,
        report_due_on=report_due,
        frozen=_said(visit, findings),
        issued_by=actor.user,
    )
    whole = letters.frozen(letters.made(letter))
    letter.frozen["paper"] = own_forms.issued_with(own_forms.LETTER, whole)
    letter.save()
    VISIT.take("feed_back", visit, [OFFICE])
    visit.save(update_fields=["standing"])
    journal.note(
        "inspection.issue",
        f"visit:{visit.pk}",
        by=actor.user,
        now=now,
        findings=len(findings),
        number=number,
        digest=letters.digest(letter.frozen["paper"]),
    )
    return letter


def _due(findings: list[Finding], issued_on: date) -> tuple[date | None, date | None]:
    """When plan and report are due, the report always after the plan, and not as late as
    what is kept up for long; neither where there is nothing to put right, and no plan where
    all is put right at once, before a plan would be due.
    """
    if not findings:
        return None, None
    usual = usual_deadline(Finding.Manner.BY_DEADLINE, issued_on)
    long, at_once = Finding.Manner.LONG_TERM, Finding.Manner.AT_ONCE
    deadlines = [f.deadline for f in findings if f.deadline and f.manner != long]
    if all(f.manner == at_once for f in findings):
        return None, max(*deadlines, usual)
    plan_due = after_workdays(issued_on, PLAN_WORKDAYS)
    return plan_due, max(*deadlines, usual, plan_due + timedelta(days=1))


def _said(visit: Visit, findings: list[Finding]) -> dict[str, Any]:
    """What a letter says, as it is now."""
    good = visit.highlights.filter(gone_at__isnull=True).exclude(standing=Highlight.Standing.DRAFT)
    how = seen.of_visit(visit)
    return {
        "findings": [
            kept(said) | {"number": f.number, "category": f.item.category if f.item else ""}
            for f, said in zip(findings, of_findings(visit, findings), strict=True)
        ],
        "judgement": visit.judgement,
        "highlights": [h.text for h in good],
        "achievements": visit.achievements,
        "advice": visit.advice,
        "own_words": visit.own_words,
        "seen": asdict(how) | {"nothing": how.nothing},
        "unseen": {"what": seen.unseen(visit), "why": visit.unseen_reason},
    }


def number_of(opened: Round, visit: Visit, n: int) -> str:
    """2018-2-城南1-03-007: year, round of the year, area, unit, finding."""
    year = (opened.starts_on or opened.opened_at.date()).year
    earlier = Round.objects.filter(starts_on__year=year, pk__lt=opened.pk).exclude(
        standing=Round.Standing.DRAFT
    )
    area = visit.unit.area.name[:20]
    return f"{year}-{earlier.count() + 1}-{area}-{visit.unit.order + 1:02d}-{n:03d}"


@transaction.atomic
def sign(*, visit: Visit, name: str, actor: Actor, now: datetime) -> Letter:
    """签收: the unit's secretary takes the feedback; all its findings are acknowledged."""
    if BRANCH not in rights.roles(visit, actor):
        raise NotAllowed("反馈意见由被督查党组织签收。")
    rights.must_go_on(visit.unit.area.round)
    letter: Letter | None = getattr(visit, "letter", None)
    if letter is None:
        raise NotFound("还没有反馈意见。")
    if letter.signed_at is not None:
        raise WrongState("已经签收过了。")
    signer = columns.taken(Letter.signed_by, name) or actor.user.name
    letter.signed_at, letter.signed_by = now, signer
    letter.save(update_fields=["signed_at", "signed_by"])
    for finding in visit.findings.filter(standing=Finding.Standing.ISSUED):
        move(finding, "acknowledge", actor, now, said=f"{signer}签收", roles={BRANCH})
    journal.note(
        "inspection.sign_letter", f"visit:{letter.visit_id}", by=actor.user, now=now, name=signer
    )
    return letter


def _reason(text: str, missing: str) -> str:
    """It is kept with the step, and nowhere else."""
    return columns.taken(FindingStep.note, text, "理由", missing=missing)


@transaction.atomic
def dispute(*, finding: Finding, reason: str, actor: Actor, now: datetime) -> Finding:
    """申诉 with reasons."""
    move(finding, "dispute", actor, now, said=_reason(reason, "请写明申诉的理由。"))
    return finding


@transaction.atomic
def decide(*, finding: Finding, verb: str, reason: str, actor: Actor, now: datetime) -> Finding:
    """The organisation section upholds a disputed finding or cancels it, and says why."""
    actor.must_run_office()
    if verb not in ("uphold", "cancel"):
        raise BadInput("只能维持或者撤销。")
    move(finding, verb, actor, now, said=_reason(reason, "请写明理由。"))
    return finding


@transaction.atomic
def reopen(*, finding: Finding, reason: str, actor: Actor, now: datetime) -> Finding:
    """反弹: what was closed is there again. The old plan stays readable in the steps; a new one is
    asked for.
    """
    move(finding, "reopen", actor, now, said=_reason(reason, "请写明反弹的具体表现。"))
    Rectification.objects.filter(finding=finding).update(
        submitted_at=None, verified_at=None, verified_by=None, closed_on=None
    )
    finding.deadline = usual_deadline(finding.manner, timezone.localdate(now))
    finding.save(update_fields=["deadline"])
    return finding


@transaction.atomic
def restore(*, finding: Finding, actor: Actor, now: datetime) -> Finding:
    """A draft that was dropped is a draft again; not once the consultation is signed."""
    rights.must_inspect(finding.visit, actor)
    if finding.visit.team_signed_at is not None:
        raise WrongState("会商已经确认，不能再恢复草稿；请组长先退回会商。")
    move(finding, "restore", actor, now)
    return finding
