"""答疑 and what the host of a session prepares."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from taizhang.inspection import rights
from taizhang.inspection.models import Preparation, Question, Round
from taizhang.kernel.actions import journal
from taizhang.kernel.errors import NotAllowed, WrongState
from taizhang.kernel.writing import columns
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation

LONGEST_ANSWER = 2000


def _note(verb: str, subject: str, actor: Actor, now: datetime) -> None:
    journal.note(f"inspection.{verb}", subject, by=actor.user, now=now)


@transaction.atomic
def ask(*, opened: Round, branch: Organisation, text: str, actor: Actor, now: datetime) -> Question:
    """A branch asks the organisation section."""
    actor.must_keep_ledgers_of(branch)
    rights.must_go_on(opened)
    if opened.standing == Round.Standing.DRAFT:
        raise WrongState("这一轮还没有发布，或者已经收回，不能提问。")
    asked = columns.taken(Question.text, text, missing="请写下要问的问题。")
    made = Question.objects.create(
        round=opened, branch=branch, text=asked, asked_at=now, asked_by=actor.user
    )
    _note("ask", f"question:{made.pk}", actor, now)
    return made


@transaction.atomic
def answer(
    *, question: Question, text: str, for_all: bool, actor: Actor, now: datetime
) -> Question:
    """Answer it, for the one who asked or for everybody."""
    actor.must_run_office()
    rights.must_go_on(question.round)
    question.answer = columns.taken(
        Question.answer, text, missing="请写下答复。", longest=LONGEST_ANSWER
    )
    question.for_all = for_all
    question.answered_at, question.answered_by = now, actor.user
    question.save()
    _note("answer", f"question:{question.pk}", actor, now)
    return question


@transaction.atomic
def confirm_preparation(*, preparation: Preparation, actor: Actor, now: datetime) -> Preparation:
    """The host has it ready; the organisation section may say so for him."""
    host = preparation.session.host
    mine = host is not None and actor.may_keep_ledgers_of(host)
    if not (mine or actor.may_run_office()):
        raise NotAllowed("由承办场地的单位或者组织科确认。")
    rights.must_go_on(preparation.session.area.round)
    if preparation.confirmed_at is not None:
        raise WrongState("已经确认过了。")
    preparation.confirmed_at, preparation.confirmed_by = now, actor.user
    preparation.save(update_fields=["confirmed_at", "confirmed_by"])
    _note("confirm_preparation", f"preparation:{preparation.pk}", actor, now)
    return preparation
