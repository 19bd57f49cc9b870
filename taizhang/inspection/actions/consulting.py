"""会商: what both sides say, both signatures, and only then a draft becomes a finding."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import uuid4

from django.db import transaction

from taizhang.inspection import rights
from taizhang.inspection.actions.findings import take_step
from taizhang.inspection.flows import BRANCH, HIGHLIGHT, LEADER, OFFICE, VISIT
from taizhang.inspection.models import Finding, FindingStep, Highlight, Visit
from taizhang.inspection.site import seen
from taizhang.inspection.site.entries import LONGEST_FACTS
from taizhang.kernel.actions import journal
from taizhang.kernel.errors import BadInput, NotAllowed, Problem, Stale, WrongState
from taizhang.kernel.text import brief, person_name
from taizhang.kernel.writing import columns
from taizhang.orgs.actor import Actor

LONGEST = {"own_words": 4000, "achievements": 4000, "advice": 4000, "judgement": 1000}
"""So many characters may be written where the column has no end."""
ONE_SIDE = (
    "同一个人不能代表双方：请被督查单位用自己的账号确认，或者由另一名组员登记其负责人的姓名。"
)


@dataclass(frozen=True)
class Words:
    """What the consultation says."""

    achievements: str
    advice: str
    own_words: str
    judgement: str = ""
    recorder: str = ""
    """Who takes the minutes, as the team writes it down."""


def _note(visit: Visit, verb: str, actor: Actor, now: datetime, **detail: object) -> None:
    journal.note(f"inspection.{verb}", f"visit:{visit.pk}", by=actor.user, now=now, **detail)


def _must_be_open(visit: Visit) -> None:
    rights.must_go_on(visit.unit.area.round)
    if visit.team_signed_at is not None and visit.branch_signed_at is not None:
        raise WrongState("会商已经由双方确认，不能再改；如需更改，请组长先退回会商。")


@transaction.atomic
def write(*, visit: Visit, words: Words, version: int, actor: Actor, now: datetime) -> Visit:
    """Write the record of the consultation: the team all of it, the branch its own words. A change
    takes back signatures.
    """
    mine = rights.roles(visit, actor)
    if BRANCH not in mine:
        rights.must_inspect(visit, actor)
    _must_be_open(visit)
    if visit.version != version:
        raise Stale("会商记录刚被另一个人改过，请看过他的内容后再保存；您写的还在页面上。")
    said = columns.all_taken(Visit, asdict(words), **LONGEST)
    before = _words(visit)
    for name in said if BRANCH not in mine or len(mine) > 1 else ("own_words",):
        setattr(visit, name, said[name])
    visit.version += 1
    _forget_signatures(visit)
    VISIT.take("write", visit, mine)
    visit.save()
    _note(
        visit,
        "write_consultation",
        actor,
        now,
        changed=journal.changed(before, _words(visit), Visit),
    )
    return visit


def _forget_signatures(visit: Visit) -> None:
    visit.team_signed_at = visit.team_signed_by = None
    visit.branch_signed_at = visit.branch_signed_entered_by = None
    visit.branch_signed_by = visit.unseen_reason = ""


def _words(visit: Visit) -> dict[str, str]:
    written = ("judgement", "achievements", "advice", "own_words", "recorder")
    return {name: getattr(visit, name) for name in written}


@transaction.atomic
def add_finding(
    *, visit: Visit, facts: str, severity: str, manner: str, actor: Actor, now: datetime
) -> Finding:
    """A problem that came up in the consultation itself."""
    rights.must_inspect(visit, actor)
    _must_be_open(visit)
    problems = columns.wrong_with(
        Finding.facts, facts, missing="请写明问题的具体表现。", longest=LONGEST_FACTS
    )
    if severity not in Finding.Severity.values or manner not in Finding.Manner.values:
        problems.append(Problem("严重程度或整改类型不在可选范围内。"))
    if problems:
        raise BadInput(problems)
    facts = columns.taken(Finding.facts, facts)
    finding = Finding.objects.create(
        key=uuid4(),
        visit=visit,
        facts=facts,
        severity=severity,
        manner=manner,
        source=Finding.Source.CONSULTATION,
        by=actor.user,
        made_at=now,
    )
    FindingStep.objects.create(
        finding=finding, verb="draft", standing=finding.standing, at=now, by=actor.user
    )
    _note(visit, "add_finding", actor, now, finding=finding.pk)
    return finding


@transaction.atomic
def sign_for_team(*, visit: Visit, actor: Actor, now: datetime, unseen_reason: str = "") -> Visit:
    """The leader confirms for the team. He is the second pair of eyes for what others wrote, not
    for what he wrote. What nobody saw needs a reason in his words, which goes into the record and
    to the letter.
    """
    if LEADER not in rights.must_inspect(visit, actor):
        raise NotAllowed("会商由组长（副组长）确认。")
    _must_be_open(visit)
    if visit.branch_signed_entered_by_id == actor.user.pk:
        raise NotAllowed(f"被督查单位一方是您登记的，{ONE_SIDE}")
    gaps = seen.unseen(visit)
    if gaps and not unseen_reason.strip():
        raise BadInput([Problem(f"{'，'.join(gaps)}。仍要确认的，请写明原因。", column="原因")])
    drafts = list(visit.findings.filter(standing=Finding.Standing.DRAFT))
    alone = [f for f in drafts if f.by_id == actor.user.pk and f.seconded_by_id is None]
    if alone:
        raise WrongState(
            f"有{len(alone)}个问题是您自己草拟的，须由另一名组员先点“复核同意”：{brief(alone[0].facts, 30)}"
        )
    for finding in drafts:
        if finding.seconded_by_id is None:
            finding.seconded_by = actor.user
            finding.save(update_fields=["seconded_by"])
    visit.team_signed_at, visit.team_signed_by = now, actor.user
    visit.unseen_reason = columns.taken(Visit.unseen_reason, unseen_reason) if gaps else ""
    _finish(visit, actor, now)
    _note(visit, "sign_for_team", actor, now, unseen=gaps, reason=visit.unseen_reason)
    return visit


@transaction.atomic
def sign_for_branch(*, visit: Visit, name: str, actor: Actor, now: datetime) -> Visit:
    """The unit confirms: its secretary or clerk at his own account, or by name at that of a member
    of the team, as on paper; never at the account, or by the name, of who confirmed for the team.
    """
    mine = rights.roles(visit, actor)
    if BRANCH not in mine:
        rights.must_inspect(visit, actor)
    _must_be_open(visit)
    if visit.team_signed_by_id == actor.user.pk:
        raise NotAllowed(f"督查组一方是您确认的，{ONE_SIDE}")
    if visit.team_signed_at is None and (gaps := seen.unseen(visit)):
        raise WrongState(f"{'，'.join(gaps)}，须先由组长写明原因并确认。")
    signer = columns.taken(Visit.branch_signed_by, name, "负责人") or (
        actor.user.name if BRANCH in mine else ""
    )
    if not signer:
        raise BadInput([Problem("请填写被督查单位负责人的姓名。", column="负责人")])
    if person_name(signer) in {person_name(m.name) for m in visit.unit.area.team.all()}:
        raise BadInput([Problem(f"“{signer}”是督查组成员，不能代表被督查单位。", column="负责人")])
    visit.branch_signed_at, visit.branch_signed_by = now, signer
    visit.branch_signed_entered_by = actor.user
    _finish(visit, actor, now)
    _note(visit, "sign_for_branch", actor, now, name=signer)
    return visit


def _finish(visit: Visit, actor: Actor, now: datetime) -> None:
    """With both signatures the drafts are findings."""
    if visit.team_signed_at is not None and visit.branch_signed_at is not None:
        VISIT.take("sign", visit, [LEADER])
        for finding in visit.findings.filter(standing=Finding.Standing.DRAFT):
            take_step(finding, "confirm", {LEADER}, "会商双方确认", actor, now)
        _move_highlights(visit, "confirm", {LEADER})
    visit.save()


def _move_highlights(visit: Visit, verb: str, roles: set[str]) -> None:
    step = HIGHLIGHT.step(verb)
    for one in visit.highlights.filter(gone_at__isnull=True, standing__in=step.before):
        HIGHLIGHT.take(verb, one, roles)
        one.save(update_fields=["standing"])


@transaction.atomic
def reopen(*, visit: Visit, actor: Actor, now: datetime) -> Visit:
    """Take a consultation back, as long as nothing was issued."""
    mine = rights.roles(visit, actor) & {LEADER, OFFICE}
    if not mine:
        raise NotAllowed("由组长或者组织科退回会商。")
    rights.must_go_on(visit.unit.area.round)
    VISIT.take("reopen", visit, mine)
    for finding in visit.findings.filter(standing=Finding.Standing.CONFIRMED):
        take_step(finding, "reconsider", mine, "退回会商", actor, now)
    _move_highlights(visit, "reconsider", mine)
    _forget_signatures(visit)
    visit.version += 1
    visit.save()
    _note(visit, "reopen_consultation", actor, now)
    return visit


@transaction.atomic
def second(*, finding: Finding, actor: Actor, now: datetime) -> Finding:
    """复核同意: another member of the team looked at the same and agrees."""
    rights.must_inspect(finding.visit, actor)
    if finding.by_id == actor.user.pk:
        raise NotAllowed("自己草拟的问题不能由自己复核。")
    if finding.standing != Finding.Standing.DRAFT:
        raise WrongState("只有草拟的问题需要复核。")
    finding.seconded_by = actor.user
    finding.save(update_fields=["seconded_by"])
    _note(finding.visit, "second_finding", actor, now, finding=finding.pk)
    return finding


@transaction.atomic
def promote(*, highlight: Highlight, actor: Actor, now: datetime) -> Highlight:
    """推广: a highlight that others shall know."""
    actor.must_run_office()
    rights.must_go_on(highlight.visit.unit.area.round)
    if highlight.gone_at is not None:
        raise WrongState("这条亮点已经撤销，不能推广。")
    HIGHLIGHT.take("promote", highlight, [OFFICE])
    highlight.save(update_fields=["standing"])
    _note(highlight.visit, "promote", actor, now, highlight=highlight.pk)
    return highlight
