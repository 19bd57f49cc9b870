"""A person objects to what is on record about himself; who keeps the ledgers answers."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from taizhang.kernel.errors import BadInput, NotAllowed, Problem, WrongState
from taizhang.kernel.writing import columns
from taizhang.ledgers.evidence.actions import note
from taizhang.ledgers.models import Objection
from taizhang.orgs.actor import Actor
from taizhang.orgs.queries import roster as orgs


def _note(verb: str, made: Objection, actor: Actor, now: datetime, **detail: object) -> None:
    note(f"ledgers.{verb}", f"objection:{made.pk}", actor, now, detail)


@transaction.atomic
def object_to(*, about: str, text: str, actor: Actor, now: datetime) -> Objection:
    """Say what is wrong in one's own records; it goes to the branch one is in, or was in last."""
    person = actor.user.person
    branch = orgs.branch_of(person, localdate(now)) if person else None
    if person is None or branch is None:
        raise NotAllowed("您的账号没有关联到党员花名册，请联系支部。")
    if about not in Objection.About.values:
        raise BadInput([Problem("请选择哪一项。", column="哪一项")])
    said = columns.taken(Objection.text, text, missing="请写明哪里不对。")
    made = Objection.objects.create(person=person, branch=branch, about=about, text=said, at=now)
    _note("object", made, actor, now, about=about)
    return made


@transaction.atomic
def answer(
    *, objection: Objection, is_right: bool, text: str, actor: Actor, now: datetime
) -> Objection:
    """Answer it. Where it is right the record itself is corrected in its ledger, with this as the
    reason.
    """
    actor.must_keep_ledgers_of(objection.branch)
    objection = Objection.objects.select_for_update().get(pk=objection.pk)
    if objection.answered_at:
        raise WrongState("这条异议已经答复。")
    objection.answer = columns.taken(Objection.answer, text, missing="请写明答复。")
    objection.is_right = is_right
    objection.answered_at, objection.answered_by = now, actor.user
    objection.save()
    _note("answer_objection", objection, actor, now, right=is_right)
    return objection


@transaction.atomic
def see_oneself(*, actor: Actor, now: datetime) -> None:
    """One's own sealed data in full; noted like any such look."""
    person = actor.user.person
    if person is None:
        raise NotAllowed("您的账号没有关联到党员花名册，请联系支部。")
    note("ledgers.reveal", f"person:{person.pk}", actor, now, {"reason": "本人查看"})
