"""整改: the plan, its progress, the evidence, the asking for closing, and the verification."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from taizhang.inspection import rights
from taizhang.inspection.actions.findings import move, note
from taizhang.inspection.flows import BRANCH, FINDING
from taizhang.inspection.models import (
    Finding,
    Progress,
    Rectification,
    RectificationFile,
    Round,
    Visit,
)
from taizhang.kernel.actions import journal
from taizhang.kernel.errors import BadInput, NotAllowed, Problem, Stale, WrongState
from taizhang.kernel.writing import columns
from taizhang.ledgers.evidence import actions as evidence
from taizhang.ledgers.kinds.meetings.models import Meeting
from taizhang.orgs.actor import Actor
from taizhang.orgs.queries.organisations import answering

OFFERED = 30
"""So many of the last meetings are offered for a plan."""
LONGEST = 2000
"""So many characters may tell what keeps the problems from coming back."""
UNDER_WAY = (Finding.Standing.RECTIFYING, Finding.Standing.RETURNED, Finding.Standing.LONG_TERM)


@dataclass(frozen=True)
class Measures:
    """What the branch will do about one finding."""

    target: str
    measure: str
    leader_name: str
    responsible_name: str
    deadline: date | None
    meeting: int | None
    """The 支委会 in the branch's own ledger that adopted the plan; what is mended at once
    needs none.
    """


def _must_be_branch(visit: Visit, actor: Actor) -> None:
    if BRANCH not in rights.roles(visit, actor):
        raise NotAllowed("整改由被督查党组织办理。")
    rights.must_go_on(visit.unit.area.round)


def _must_do(measures: Measures, finding: Finding, actor: Actor) -> None:
    problems = [
        Problem("不能为空。", column=label)
        for label, text in (
            ("整改措施", measures.measure),
            ("责任领导", measures.leader_name),
            ("责任人", measures.responsible_name),
        )
        if not text.strip()
    ]
    if measures.deadline is None:
        problems.append(Problem("请填写完成时限。", column="完成时限"))
    elif finding.deadline and measures.deadline > finding.deadline:
        problems.append(Problem(f"晚于反馈要求的{finding.deadline}。", column="完成时限"))
    if measures.meeting is None and finding.manner != Finding.Manner.AT_ONCE:
        problems.append(
            Problem("请选择通过整改方案的支委会（先登记到会议台账）。", column="支委会")
        )
    elif measures.meeting is not None and not _adopted(measures.meeting, finding, actor):
        problems.append(Problem("不是反馈之后本支部的支委会或党员大会。", column="支委会"))
    if problems:
        raise BadInput(problems)


def meetings_after(finding: Finding, actor: Actor) -> list[tuple[int, str]]:
    """The meetings that may have adopted the plan: committee or assembly of the branch, or of who
    answers for it, since the feedback.
    """
    branch, letter = finding.visit.unit.organisation, getattr(finding.visit, "letter", None)
    if branch is None or letter is None:
        return []
    found = (
        Meeting.objects.visible_to(actor)
        .current()
        .filter(
            branch__in=answering(branch),
            kind__in=("committee_meeting", "members_assembly"),
            held_on__gte=letter.issued_on,
        )
    )
    return [(m.pk, f"{m}") for m in found.order_by("-held_on", "-pk")[:OFFERED]]


def _adopted(key: int, finding: Finding, actor: Actor) -> bool:
    return any(pk == key for pk, _ in meetings_after(finding, actor))


@transaction.atomic
def plan(*, finding: Finding, measures: Measures, actor: Actor, now: datetime) -> Rectification:
    """Make the plan for a finding; until it is handed in for closing the plan may be changed."""
    _must_be_branch(finding.visit, actor)
    _must_do(measures, finding, actor)
    values = columns.all_taken(Rectification, asdict(measures))
    old = Rectification.objects.filter(finding=finding).values(*values).first()
    made, _ = Rectification.objects.update_or_create(finding=finding, defaults=values)
    if finding.standing in UNDER_WAY:
        note(
            finding,
            "change_plan",
            actor,
            now,
            changed=journal.changed(old or {}, values, Rectification),
        )
    else:
        move(finding, "plan", actor, now, said=measures.measure)
    return made


@transaction.atomic
def report(*, finding: Finding, text: str, percent: int, actor: Actor, now: datetime) -> Progress:
    """Tell how far it is."""
    _must_be_branch(finding.visit, actor)
    if finding.standing not in UNDER_WAY:
        raise WrongState("整改方案提交之后才能报告进展。")
    problems = columns.wrong_with(Progress.text, text, missing="请写明进展。")
    if not 0 <= percent <= 100:
        problems.append(Problem("应在0到100之间。", column="完成比例"))
    if problems:
        raise BadInput(problems)
    text = columns.taken(Progress.text, text)
    made = Progress.objects.create(
        finding=finding, text=text, percent=percent, at=now, by=actor.user
    )
    note(finding, "report", actor, now, percent=percent)
    return made


@transaction.atomic
def add_file(
    *, finding: Finding, name: str, data: bytes, stage: str, actor: Actor, now: datetime
) -> RectificationFile:
    """Evidence from before or after; it is a file of the branch like any other."""
    _must_be_branch(finding.visit, actor)
    if stage not in RectificationFile.Stage.values:
        raise BadInput("请说明是整改前还是整改后。")
    if finding.standing not in (
        *UNDER_WAY,
        Finding.Standing.ACKNOWLEDGED,
        Finding.Standing.REOPENED,
    ):
        raise WrongState("现在不能再补佐证材料。")
    place = finding.visit.unit.organisation
    if place is None:
        raise WrongState("这个单位没有对应的党组织。")
    own = [one for one in answering(place) if actor.may_keep_ledgers_of(one)]
    branch = own[0] if own else place
    taken = evidence.take_in(branch=branch, name=name, data=data, kind="", actor=actor, now=now)
    made, new = RectificationFile.objects.get_or_create(
        finding=finding, file=taken.file, stage=stage, defaults={"at": now}
    )
    if new:
        note(finding, "add_file", actor, now, file=taken.file.pk, stage=stage)
    return made


def shows_now(finding: Finding) -> bool:
    """Whether the branch handed in anything that shows how it is now."""
    return finding.files.filter(stage=RectificationFile.Stage.AFTER).exists()


@transaction.atomic
def submit(*, finding: Finding, result: str, actor: Actor, now: datetime) -> Rectification:
    """申请销号: what was done; nothing without a plan and a word about the result."""
    _must_be_branch(finding.visit, actor)
    found = Rectification.objects.filter(finding=finding).first()
    if found is None:
        raise WrongState("请先提交整改方案。")
    found.result = columns.taken(Rectification.result, result, missing="请写明整改结果。")
    found.submitted_at = now
    found.save(update_fields=["result", "submitted_at"])
    move(finding, "submit", actor, now, said=found.result)
    return found


def may_write_lasting(visit: Visit, roles: set[str]) -> bool:
    """Whether a page offers it: to the branch, for a unit that has a report to make, while the
    round goes on.
    """
    going_on = visit.unit.area.round.standing != Round.Standing.ARCHIVED
    return BRANCH in roles and going_on and _reports(visit)


def _reports(visit: Visit) -> bool:
    return visit.findings.filter(standing__in=Finding.ISSUED).exists()


@transaction.atomic
def write_lasting(*, visit: Visit, text: str, version: int, actor: Actor, now: datetime) -> None:
    """Tell the 长效机制 for the 整改报告 of a unit; without it the report leaves lines to write on."""
    _must_be_branch(visit, actor)
    if not _reports(visit):
        raise WrongState("没有反馈需要整改的问题，不需要写长效机制。")
    written = columns.taken(Visit.lasting, text, longest=LONGEST)
    as_seen = Visit.objects.filter(pk=visit.pk, version=version)
    before = as_seen.values("lasting").first()
    if before is None or not as_seen.update(lasting=written, version=version + 1):
        raise Stale("长效机制刚被另一个人改过，请看过他的内容后再保存；您写的还在页面上。")
    journal.note(
        "inspection.write_lasting",
        f"visit:{visit.pk}",
        by=actor.user,
        now=now,
        changed=journal.changed(before, {"lasting": written}, Visit),
    )


@transaction.atomic
def verify(
    *,
    finding: Finding,
    verb: str,
    opinion: str,
    actor: Actor,
    now: datetime,
    without_evidence: str = "",
) -> Rectification:
    """核查: close, send back, or keep on for long; by the team's leader or the organisation section,
    with an opinion. What is closed without anything that shows how it is now needs a reason for
    that as well.
    """
    if verb not in ("close", "send_back", "keep_on"):
        raise BadInput("只能同意销号、退回或转长期坚持。")
    opinion = columns.taken(Rectification.opinion, opinion, missing="请写明核查意见。")
    rights.must_go_on(finding.visit.unit.area.round)
    FINDING.move(verb, standing=finding.standing, roles=rights.roles(finding.visit, actor))
    bare = verb == "close" and not shows_now(finding)
    if bare and not without_evidence.strip():
        raise BadInput(
            [Problem("没有整改后的佐证材料，同意销号须写明理由。", column="无佐证的理由")]
        )
    why = columns.taken(Rectification.without_evidence, without_evidence) if bare else ""
    move(finding, verb, actor, now, said=opinion)
    found = Rectification.objects.get(finding=finding)
    found.verified_at, found.verified_by, found.opinion = now, actor.user, opinion
    found.closed_on = timezone.localdate(now) if verb == "close" else None
    found.without_evidence = why
    found.save(
        update_fields=["verified_at", "verified_by", "opinion", "closed_on", "without_evidence"]
    )
    return found
