"""What inspectors do on site. Every entry may come late, twice, or out of order; none is lost, none
counts twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from taizhang.checks import models as checks
from taizhang.inspection import bases, rights
from taizhang.inspection.actions.findings import take_step
from taizhang.inspection.flows import MEMBER, VISIT
from taizhang.inspection.models import (
    Answer,
    Attendee,
    Finding,
    FindingStep,
    Highlight,
    LookBack,
    RoundItem,
    SitePhoto,
    Visit,
)
from taizhang.inspection.site import entries as e
from taizhang.inspection.site import in_words, packing, questions
from taizhang.inspection.site.known import KNOWN, STORED, Outcome, as_known, known_already
from taizhang.kernel.actions import journal
from taizhang.kernel.db import once
from taizhang.kernel.errors import BadInput, NotAllowed, Refused, WrongState
from taizhang.kernel.writing import columns
from taizhang.ledgers.evidence import actions as evidence
from taizhang.ledgers.evidence import photos
from taizhang.orgs.actor import Actor

Said = TypeVar("Said")


@dataclass(frozen=True)
class Act(Generic[Said]):
    """An entry with the visit that it is of, who made it and when, and when it came."""

    visit: Visit
    entry: Said
    actor: Actor
    made_at: datetime
    now: datetime
    item: int | None = None
    """The key of the requirement that it is about."""


SIGNED = "会商已经确认，这一条没有记入；如需更改，请组长先退回会商。"


def sync(*, entries: Iterable[e.AnyEntry], actor: Actor, now: datetime) -> list[e.Result]:
    """Take in entries in their order, each in a transaction of its own: one that is refused stops
    no other.

    A key that another call stored in the same moment is known, if it says the same there. What
    could not be stored for any other reason is said to be `failed`: the device keeps it.
    """
    visits: dict[int, Any] = {}
    found = []
    for entry in entries:
        try:
            visit = visits.get(entry.visit)
            if visit is None:
                visit = visit_for(entry.visit, actor, entry.made_at)
                if visit.belongs:
                    visits[entry.visit] = visit
            state, message, _ = enter(visit=visit, entry=entry, actor=actor, now=now)
        except Refused as refusal:
            state, message = "refused", str(refusal)
        except IntegrityError:
            state, message, _ = known_already(entry) or FAILED
        found.append(e.Result(key=str(entry.key), state=state, message=message))
    return found


FAILED = Outcome(
    "failed", "系统没有存下这一条；设备上仍然保留，稍后会再上传，多次不成请告诉组织科。"
)


def visit_for(key: int, actor: Actor, made_at: datetime | None = None) -> Any:
    """A visit that the actor may write on, or might at the moment when he wrote; refused for all
    others. It tells whether he `belongs` to its team now.
    """
    found = questions.VISIT.first(key, actor.user.pk)
    if found is None:
        raise NotAllowed(rights.NOT_YOURS)
    rights.must_be_of_team(found, actor, made_at, belongs=found.belongs)
    return found


@transaction.atomic
def enter(*, visit: Visit, entry: e.AnyEntry, actor: Actor, now: datetime) -> Outcome:
    """One entry of a device."""
    rights.must_go_on(visit.unit.area.round)
    handler = _HANDLERS[entry.kind]
    no = getattr(entry, "item", None)
    signed, item = questions.stands(visit.pk, no)
    if signed:
        raise WrongState(SIGNED)
    _must_be_there(no, item)
    outcome = handler(Act(visit, entry, actor, min(entry.made_at, now), now, item))
    if outcome.state in in_words.STATES:
        said = in_words.told(entry, outcome.state) | {"changed": outcome.changed}
        verb, subject = f"inspection.site.{entry.kind}", f"visit:{visit.pk}"
        journal.note(verb, subject, by=actor.user, now=now, **said)
    return outcome


def _must_be_there(no: int | None, item: int | None) -> None:
    if no and item is None:
        raise BadInput(f"本轮没有第{no}项要求。")


def _start(act: Act[e.Start]) -> Outcome:
    visit = act.visit
    if visit.started_at is not None:
        return KNOWN
    visit.started_at = act.made_at
    if visit.standing == VISIT.first:
        VISIT.take("start", visit, [MEMBER])
    visit.save(update_fields=["started_at", "standing"])
    return STORED


def _end(act: Act[e.End]) -> Outcome:
    visit = act.visit
    visit.ended_at = act.made_at
    VISIT.take("end", visit, [MEMBER])
    visit.save(update_fields=["ended_at", "standing"])
    return STORED


def _present(act: Act[e.Present]) -> Outcome:
    visit, entry = act.visit, act.entry
    found = Attendee.objects.filter(pk=entry.attendee, visit=visit).first()
    if found is None:
        raise BadInput("参加人员名单里没有这个人。")
    if entry.present and (entry.substitute or entry.excuse):
        raise BadInput("本人到场的，不用填代会人和缺席原因。")
    before, found.present = found.told, entry.present
    found.substitute, found.excuse = entry.substitute, entry.excuse
    found.save(update_fields=["present", "substitute", "excuse"])
    words = [before, found.told]
    return STORED._replace(changed={str(found): words} if before != found.told else {})


def _answer(act: Act[e.AnswerGiven]) -> Outcome:
    visit, entry = act.visit, act.entry
    item = act.item or 0
    given = questions.GIVEN(visit.pk, item, entry.key)
    known = as_known(next((old for old in given if old.key == entry.key), None), entry)
    if known is not None:
        return known
    answer: Any = Answer(
        key=entry.key,
        visit=visit,
        item_id=item,
        verdict=entry.verdict,
        how=entry.how,
        note=entry.note,
        on_the_spot=entry.on_the_spot,
        seen=[str(key) for key in entry.seen],
        made_at=act.made_at,
        received_at=act.now,
        by=act.actor.user,
    )
    answer.giver = act.actor.user.name
    standing = [old for old in given if old.holds]
    beaten, conflict = _settled(answer, standing)
    if beaten:
        for old in beaten:
            old.holds = False
            once.change(old, "holds")
    once.insert(answer)
    if visit.standing == Visit.Standing.WAITING:
        start = e.Start(kind="start", key=entry.key, visit=visit.pk, made_at=act.made_at)
        _start(Act(visit, start, act.actor, act.made_at, act.now))
    left = [old for old in standing if old not in beaten] + [answer] * answer.holds
    words = [in_words.answers(standing), in_words.answers(left)]
    changed = {f"第{entry.item}项检查情况": words} if words[0] != words[1] else {}
    if not answer.holds:
        return Outcome("older", "已有更晚的登记，这一条留存备查，不改变结论。", changed)
    if conflict is not None:
        told = f"{conflict.giver}登记的是“{conflict.get_verdict_display()}”，请商定后重新选择。"
        return Outcome("conflict", told, changed)
    return STORED._replace(changed=changed)


def _accept_rest(act: Act[e.RestAccepted]) -> Outcome:
    """Answers for what nobody answered; a look of a person is never touched. Each has a key made of
    the entry's.

    What the machine did not find in order waits for a person: 未核对, 待人工判断, 缺失, 不规范, and 齐全 with
    warnings.
    """
    visit, entry = act.visit, act.entry
    known_items = Visit.objects.values_list("pack", flat=True).get(pk=visit.pk).get("items", {})
    told = {no: known_items.get(str(no)) for no in entry.items}
    left = sorted(no for no, item in told.items() if item is None or not packing.passes(item))
    if told and len(left) == len(told):
        raise BadInput(_TO_LOOK_AT.format("、".join(map(str, left))))
    answered = set(visit.answers.filter(holds=True).values_list("item__no", flat=True))
    keys = {no: uuid5(entry.key, str(no)) for no in entry.items if no not in left}
    items = RoundItem.objects.filter(round_id=visit.unit.area.round_id, no__in=set(keys) - answered)
    made = Answer.objects.bulk_create(
        Answer(
            key=keys[item.no],
            visit=visit,
            item=item,
            verdict=_unseen(told[item.no]),
            how=Answer.How.SYSTEM,
            made_at=act.made_at,
            received_at=act.now,
            by=act.actor.user,
        )
        for item in items
    )
    if not made:
        return KNOWN
    return STORED._replace(message=_TO_LOOK_AT.format("、".join(map(str, left))) if left else "")


_TO_LOOK_AT = "第{}项系统没有核验通过（有提醒、有疑点、未核对、待人工判断或者未到期），没有一并认可，请逐项选择。"


def _unseen(known: Mapping[str, Any]) -> str:
    applies = known["outcome"] != checks.Outcome.NOT_APPLICABLE
    return Answer.Verdict.COMPLETE if applies else Answer.Verdict.NOT_APPLICABLE


def _settled(new: Answer, standing: list[Answer]) -> tuple[list[Answer], Any]:
    """Which answers the new one supersedes, and one that it contradicts. An older one of the same
    hand never wins; what he saw he meant to replace; what he could not know stays beside his own
    until somebody settles it.
    """
    beaten, conflict = [], None
    for old in standing:
        if str(old.key) in new.seen:
            beaten.append(old)
        elif old.by_id == new.by_id or old.verdict == new.verdict:
            if old.made_at <= new.made_at:
                beaten.append(old)
            else:
                new.holds = False
        else:
            conflict = old
    return beaten, conflict if new.holds else None


def _finding(act: Act[e.FindingMade]) -> Outcome:
    visit, entry = act.visit, act.entry
    if (known := known_already(entry)) is not None:
        return known
    basis = _basis(visit, entry)
    earlier = _earlier(visit, entry.repeat_of) if entry.repeat_of else None
    finding = Finding.objects.create(
        key=entry.key,
        visit=visit,
        item_id=act.item,
        facts=entry.facts,
        basis=basis,
        suggestion=entry.suggestion,
        severity=entry.severity,
        manner=entry.manner,
        source=entry.source,
        rule=entry.rule,
        window=entry.window,
        repeat_of=earlier,
        by=act.actor.user,
        made_at=act.made_at,
    )
    FindingStep.objects.create(
        finding=finding, verb="draft", standing=finding.standing, at=act.now, by=act.actor.user
    )
    return STORED


def _basis(visit: Visit, entry: e.FindingMade) -> str:
    """The rule's own basis, whatever the device has. A hint is no problem until its inspector says
    so, and then he gives the basis or leaves it; what he saw himself of an earlier problem he need
    not confirm again.
    """
    machine = entry.rule or entry.source == "machine"
    rests = bases.of(visit, entry.rule, entry.window) if machine else None
    if rests is not None and not rests.is_hint:
        return columns.fitted(Finding.basis, rests.told)
    seen = entry.repeat_of is not None and entry.source == "site"
    if rests is not None and not (entry.confirmed or seen):
        raise BadInput(f"{bases.CONFIRM}没有确认的没有记入。")
    return entry.basis


def _earlier(visit: Visit, key: int) -> Finding:
    """A problem of the last round of the same unit; where there is no such round, or no
    organisation, there is none.
    """
    found = Finding.objects.filter(
        pk=key,
        visit__unit__area__round__in=[visit.unit.area.round.previous_id],
        visit__unit__organisation__in=[visit.unit.organisation_id],
    ).first()
    if found is None:
        raise BadInput("上一轮没有这个单位的这个问题。")
    return found


def _drop_finding(act: Act[e.FindingDropped]) -> Outcome:
    visit, entry = act.visit, act.entry
    found = Finding.objects.filter(key=entry.finding, visit=visit).first()
    if found is None:
        raise BadInput("没有这个问题草稿。")
    if found.standing == Finding.Standing.DROPPED:
        return KNOWN
    before = found.get_standing_display()
    take_step(found, "drop", {MEMBER}, "", act.actor, act.now)
    return STORED._replace(changed={found.facts: [before, found.get_standing_display()]})


def _highlight(act: Act[e.HighlightMade]) -> Outcome:
    visit, entry = act.visit, act.entry
    if (known := known_already(entry)) is not None:
        return known
    Highlight.objects.create(
        key=entry.key,
        visit=visit,
        item_id=act.item,
        text=entry.text,
        by=act.actor.user,
        made_at=act.made_at,
    )
    return STORED


def _drop_highlight(act: Act[e.HighlightDropped]) -> Outcome:
    visit, entry = act.visit, act.entry
    found = Highlight.objects.filter(key=entry.highlight, visit=visit, gone_at__isnull=True).first()
    if found is None:
        return KNOWN
    found.gone_at = act.now
    found.save(update_fields=["gone_at"])
    return STORED._replace(changed={found.text: ["特色亮点", ""]})


def _look_back(act: Act[e.LookedBack]) -> Outcome:
    visit, entry = act.visit, act.entry
    if (known := known_already(entry)) is not None:
        return known
    earlier = _earlier(visit, entry.earlier)
    standing = LookBack.objects.filter(visit=visit, earlier=earlier, holds=True)
    before = list(standing)
    later = any(one.made_at > act.made_at for one in before)
    if not later:
        standing.update(holds=False)
    made = LookBack.objects.create(
        key=entry.key,
        visit=visit,
        earlier=earlier,
        verdict=entry.verdict,
        note=entry.note,
        made_at=act.made_at,
        by=act.actor.user,
        holds=not later,
    )
    if later:
        return Outcome("older", "已有更晚的登记。")
    words = ["、".join(map(str, before)), str(made)]
    return STORED._replace(changed={"上一轮问题的整改": words} if words[0] != words[1] else {})


_HANDLERS: dict[str, Callable[[Act[Any]], Outcome]] = {
    "start": _start,
    "end": _end,
    "present": _present,
    "answer": _answer,
    "accept_rest": _accept_rest,
    "finding": _finding,
    "drop_finding": _drop_finding,
    "highlight": _highlight,
    "drop_highlight": _drop_highlight,
    "look_back": _look_back,
}


@transaction.atomic
def take_photo(
    *,
    visit: Visit,
    key: UUID,
    item_no: int | None,
    data: bytes,
    made_at: datetime,
    actor: Actor,
    now: datetime,
) -> SitePhoto:
    """Keep a picture that an inspector took: only a copy without its EXIF, under its hash; the same
    key is kept once.
    """
    rights.must_inspect(visit, actor, made_at)
    known = SitePhoto.objects.filter(key=key).first()
    if known is not None:
        return known
    seen = photos.look_at(data)
    sha256 = hashlib.sha256(seen.shown).hexdigest()
    evidence.keep(sha256, [("shown", seen.shown), ("thumbs", seen.thumbnail)])
    _, item = questions.stands(visit.pk, item_no)
    _must_be_there(item_no, item)
    photo = SitePhoto.objects.create(
        key=key,
        visit=visit,
        item_id=item,
        sha256=sha256,
        made_at=min(made_at, now),
        by=actor.user,
    )
    journal.note(
        "inspection.site.photo", f"visit:{visit.pk}", by=actor.user, now=now, sha256=sha256
    )
    return photo
