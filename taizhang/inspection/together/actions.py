"""What is done with many findings at once, for one reason: all of them, or none. Each has its own
step and its own line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime

from django.db import transaction

from taizhang.inspection import rights
from taizhang.inspection.actions import consulting, findings, rectifying
from taizhang.inspection.actions.findings import note
from taizhang.inspection.flows import OFFICE
from taizhang.inspection.models import Finding, FindingStep
from taizhang.kernel.actions import journal
from taizhang.kernel.errors import BadInput, NotAllowed, Problem, Refused, WrongState
from taizhang.kernel.text import brief
from taizhang.kernel.writing import columns
from taizhang.orgs.actor import Actor

MOST = 50
"""So many rows a page shows at most."""
VERBS = {
    "second": "复核", "uphold": "维持", "cancel": "撤销问题", "close": "同意销号", "send_back": "退回", "keep_on": "转长期坚持", "reopen": "认定反弹",
}  # fmt: skip
"""The acts that make sense for many."""
_SETTLED = (Finding.Standing.DROPPED, Finding.Standing.CANCELLED, Finding.Standing.CLOSED)


@transaction.atomic
def decide_many(
    *, chosen: Sequence[Finding], verb: str, reason: str, actor: Actor, now: datetime
) -> int:
    """One act on many findings, as it is done on each; the first that refuses is named, and nothing
    is done.
    """
    if verb not in VERBS:
        raise BadInput("没有这种操作。")
    _must_be_some(chosen)
    for one in chosen:
        with _named(one):
            _ACTS[verb](one, reason, actor, now)
    return len(chosen)


@transaction.atomic
def set_deadlines(
    *, chosen: Sequence[Finding], deadline: date, reason: str, actor: Actor, now: datetime
) -> int:
    """Another day until which problems have to be mended: before the feedback as its draft, after
    it as an extension that the organisation section grants.
    """
    _must_be_some(chosen)
    reason = columns.taken(FindingStep.note, reason, "理由", missing="请写明改时限的理由。")
    said = columns.taken(FindingStep.note, f"整改时限改为{deadline}：{reason}", "理由")
    for one in chosen:
        with _named(one):
            _set_deadline(one, deadline, reason, said, actor, now)
    return len(chosen)


def _set_deadline(
    finding: Finding, deadline: date, reason: str, said: str, actor: Actor, now: datetime
) -> None:
    if OFFICE not in rights.roles(finding.visit, actor):
        raise NotAllowed("整改时限由组织科调整。")
    rights.must_go_on(finding.visit.unit.area.round)
    if finding.standing in _SETTLED:
        raise WrongState("已经了结，不用再改时限。")
    letter = getattr(finding.visit, "letter", None)
    if letter is not None and deadline < letter.issued_on:
        raise BadInput([Problem(f"早于反馈日期{letter.issued_on}。", column="整改时限")])
    changed = journal.changed({"deadline": finding.deadline}, {"deadline": deadline}, Finding)
    finding.deadline = deadline
    finding.version += 1
    finding.save(update_fields=["deadline", "version"])
    FindingStep.objects.create(
        finding=finding,
        verb="extend",
        standing=finding.standing,
        note=said,
        at=now,
        by=actor.user,
    )
    note(finding, "extend", actor, now, changed=changed, said=reason)


def _must_be_some(chosen: Sequence[Finding]) -> None:
    if not chosen:
        raise BadInput("请先勾选问题。")
    if len(chosen) > MOST:
        raise BadInput(f"一次最多{MOST}个。")


@contextmanager
def _named(finding: Finding) -> Iterator[None]:
    """A refusal says of which finding it speaks, and that nothing was done."""
    try:
        yield
    except Refused as refusal:
        called = finding.number or f"{finding.visit.unit.name}　{brief(finding.facts, 20)}"
        raise type(refusal)(f"{called}：{refusal}（一个也没有办理）") from refusal


Act = Callable[[Finding, str, Actor, datetime], object]


def _decide(verb: str) -> Act:
    return lambda one, reason, actor, now: findings.decide(
        finding=one, verb=verb, reason=reason, actor=actor, now=now
    )


def _verify(verb: str) -> Act:
    return lambda one, reason, actor, now: rectifying.verify(
        finding=one, verb=verb, opinion=reason, actor=actor, now=now
    )


_ACTS: dict[str, Act] = {
    "second": lambda one, _, actor, now: consulting.second(finding=one, actor=actor, now=now),
    "uphold": _decide("uphold"),
    "cancel": _decide("cancel"),
    "close": _verify("close"),
    "send_back": _verify("send_back"),
    "keep_on": _verify("keep_on"),
    "reopen": lambda one, reason, actor, now: findings.reopen(
        finding=one, reason=reason, actor=actor, now=now
    ),
}
