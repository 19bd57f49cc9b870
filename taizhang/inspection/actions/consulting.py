"""会商: what both sides say, both signatures, and only then a draft becomes a finding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.db import transaction

from taizhang.inspection import rights
from taizhang.inspection.actions.findings import take_step
from taizhang.inspection.flows import BRANCH, LEADER, OFFICE, VISIT
from taizhang.inspection.models import Finding, FindingStep, Highlight, Visit
from taizhang.kernel.actions import journal
from taizhang.kernel.errors import BadInput, NotAllowed, Problem, Stale, WrongState
from taizhang.orgs.actor import Actor


@dataclass(frozen=True)
class Words:
    """What the consultation says."""

    achievements: str
    advice: str
    own_words: str


def _note(visit: Visit, verb: str, actor: Actor, now: datetime, **detail: object) -> None:
    journal.note(f"inspection.{verb}", f"visit:{visit.pk}", by=actor.user, now=now, **detail)


def _must_be_open(visit: Visit) -> None:
    if visit.team_signed_at is not None and visit.branch_signed_at is not None:
        raise WrongState("会商已经由双方确认，不能再改；如需更改，请组长先退回会商。")


@transaction.atomic
def write(*, visit: Visit, words: Words, version: int, actor: Actor, now: datetime) -> Visit:
    """Write the record of the consultation: the team all of it, the branch its own words. A change takes back signatures."""
    mine = rights.roles(visit, actor)
    if BRANCH not in mine:
        rights.must_inspect(visit, actor)
    _must_be_open(visit)
    if visit.version != version:
        raise Stale("会商记录刚被另一个人改过，请看过他的内容后再保存；您写的还在页面上。")
    before = _words(visit)
    visit.own_words = words.own_words[:4000]
    if BRANCH not in mine or len(mine) > 1:
        visit.achievements, visit.advice = words.achievements[:4000], words.advice[:4000]
    visit.version += 1
    visit.team_signed_at = visit.team_signed_by = visit.branch_signed_at = None
    visit.branch_signed_by = ""
    visit.standing = VISIT.move("write", standing=visit.standing, roles=mine)
    visit.save()
    _note(
        visit,
        "write_consultation",
        actor,
        now,
        changed=journal.changed(before, _words(visit), Visit),
    )
    return visit


def _words(visit: Visit) -> dict[str, str]:
    return {name: getattr(visit, name) for name in ("achievements", "advice", "own_words")}


@transaction.atomic
def add_finding(
    *, visit: Visit, facts: str, severity: str, manner: str, actor: Actor, now: datetime
) -> Finding:
    """A problem that came up in the consultation itself."""
    rights.must_inspect(visit, actor)
    _must_be_open(visit)
    problems = [] if facts.strip() else [Problem("请写明问题的具体表现。", column="具体表现")]
    if severity not in Finding.Severity.values or manner not in Finding.Manner.values:
        problems.append(Problem("严重程度或整改类型不在可选范围内。"))
    if problems:
        raise BadInput(problems)
    finding = Finding.objects.create(
        key=uuid4(), visit=visit, facts=facts.strip()[:2000], severity=severity, manner=manner,
        source=Finding.Source.CONSULTATION, by=actor.user, made_at=now,
    )  # fmt: skip
    FindingStep.objects.create(
        finding=finding, verb="draft", standing=finding.standing, at=now, by=actor.user
    )
    _note(visit, "add_finding", actor, now, finding=finding.pk)
    return finding


@transaction.atomic
def sign_for_team(*, visit: Visit, actor: Actor, now: datetime) -> Visit:
    """The leader confirms for the team. He is the second pair of eyes for what others wrote, not for what he wrote."""
    if LEADER not in rights.must_inspect(visit, actor):
        raise NotAllowed("会商由组长（副组长）确认。")
    _must_be_open(visit)
    drafts = list(visit.findings.filter(standing=Finding.Standing.DRAFT))
    alone = [f for f in drafts if f.by_id == actor.user.pk and f.seconded_by_id is None]
    if alone:
        raise WrongState(
            f"有{len(alone)}个问题是您自己草拟的，须由另一名组员先点“复核同意”：{alone[0].facts[:30]}"
        )
    for finding in drafts:
        if finding.seconded_by_id is None:
            finding.seconded_by = actor.user
            finding.save(update_fields=["seconded_by"])
    visit.team_signed_at, visit.team_signed_by = now, actor.user
    _finish(visit, actor, now)
    _note(visit, "sign_for_team", actor, now)
    return visit


@transaction.atomic
def sign_for_branch(*, visit: Visit, name: str, actor: Actor, now: datetime) -> Visit:
    """The unit confirms: its secretary or clerk at his own account, or by name at the leader's, as on paper."""
    mine = rights.roles(visit, actor)
    if BRANCH not in mine and LEADER not in rights.must_inspect(visit, actor):
        raise NotAllowed("由被督查单位负责人确认，或者由组长登记其姓名。")
    _must_be_open(visit)
    signer = name.strip()[:40] or (actor.user.name if BRANCH in mine else "")
    if not signer:
        raise BadInput([Problem("请填写被督查单位负责人的姓名。", column="负责人")])
    visit.branch_signed_at, visit.branch_signed_by = now, signer
    _finish(visit, actor, now)
    _note(visit, "sign_for_branch", actor, now, name=signer)
    return visit


def _finish(visit: Visit, actor: Actor, now: datetime) -> None:
    """With both signatures the drafts are findings."""
    if visit.team_signed_at is not None and visit.branch_signed_at is not None:
        visit.standing = VISIT.move("sign", standing=visit.standing, roles=[LEADER])
        for finding in visit.findings.filter(standing=Finding.Standing.DRAFT):
            take_step(finding, "confirm", {LEADER}, "会商双方确认", actor, now)
        visit.highlights.filter(gone_at__isnull=True, standing=Highlight.Standing.DRAFT).update(
            standing=Highlight.Standing.CONFIRMED
        )
    visit.save()


@transaction.atomic
def reopen(*, visit: Visit, actor: Actor, now: datetime) -> Visit:
    """Take a consultation back, as long as nothing was issued."""
    mine = rights.roles(visit, actor) & {LEADER, OFFICE}
    if not mine:
        raise NotAllowed("由组长或者组织科退回会商。")
    after = VISIT.move("reopen", standing=visit.standing, roles=mine)
    for finding in visit.findings.filter(standing=Finding.Standing.CONFIRMED):
        take_step(finding, "reconsider", mine, "退回会商", actor, now)
    visit.highlights.filter(standing=Highlight.Standing.CONFIRMED).update(
        standing=Highlight.Standing.DRAFT
    )
    visit.standing = after
    visit.team_signed_at = visit.team_signed_by = visit.branch_signed_at = None
    visit.branch_signed_by = ""
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
    if highlight.standing != Highlight.Standing.CONFIRMED or highlight.gone_at is not None:
        raise WrongState("只有会商确认过的亮点才能推广。")
    highlight.standing = Highlight.Standing.PROMOTED
    highlight.save(update_fields=["standing"])
    _note(highlight.visit, "promote", actor, now, highlight=highlight.pk)
    return highlight
