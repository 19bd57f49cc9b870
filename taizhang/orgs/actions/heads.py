"""Setting 公文格式, and giving a paper its number when it is issued."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, datetime

from django.db import transaction

from taizhang.kernel.actions import journal
from taizhang.kernel.errors import BadInput, Problem
from taizhang.orgs import heads, numbers
from taizhang.orgs.actor import Actor
from taizhang.orgs.heads import Head
from taizhang.orgs.models import GivenNumber, Organisation, PaperHead, PaperKind
from taizhang.orgs.numbers import Number


@transaction.atomic
def set_heads(*, organisation: Organisation, head: Head, actor: Actor, now: datetime) -> Head:
    """Say what stands on the official papers of an organisation. What was issued before stays as it
    was.
    """
    heads.must_set(actor, organisation)
    wanted = replace(
        head,
        kinds={
            kind: head.kinds[kind] for kind in heads.kinds_of(organisation) if kind in head.kinds
        },
    )
    wrong = [*heads.problems(wanted), *heads.without_mark(wanted)]
    wanted, bad_starts = _starts_read(organisation, wanted)
    if wrong or bad_starts:
        raise BadInput([*wrong, *bad_starts])
    before = heads.head_of(organisation)
    kept = {one.name: getattr(wanted, one.name) for one in fields(Head)}
    kept["kinds"] = heads.plain(wanted).get("kinds", {})
    PaperHead.objects.update_or_create(organisation=organisation, defaults=kept)
    journal.note(
        "orgs.set_heads",
        f"organisation:{organisation.pk}",
        by=actor.user,
        now=now,
        changed=journal.changed(heads.told(before), heads.told(wanted)),
    )
    return wanted


def _starts_read(organisation: Organisation, head: Head) -> tuple[Head, list[Problem]]:
    """The numbers from which series go on, as they are printed; and which of them cannot be."""
    kinds, wrong = dict(head.kinds), []
    for kind, own in head.kinds.items():
        if own.start.strip():
            place = heads.label(kind, "起始文号")
            try:
                first = _start(organisation, head.of(PaperKind(kind)).code, own.start, place)
            except BadInput as refusal:
                wrong += refusal.problems
            else:
                kinds[kind] = replace(own, start=str(first))
    return replace(head, kinds=kinds), wrong


def _start(organisation: Organisation, code: str, text: str, place: str) -> Number:
    found = numbers.must_be(text, None, place)
    if found.code != code:
        told = f"“{found}”的代字与上面的代字{f'“{code}”' if code else '（空）'}不同。"
        raise BadInput([Problem(told, column=place)])
    known = heads.head_of(organisation).kinds.values()
    if str(found) in {one.start for one in known}:
        return found
    free = numbers.free_after(organisation, found)
    if found.serial < free.serial:
        told = f"已经编到{free.after(-1)}，起始文号应在它之后。"
        raise BadInput([Problem(told, column=place)])
    return found


def give_number(
    *,
    organisation: Organisation | None,
    kind: PaperKind,
    on: date,
    paper: str,
    now: datetime,
    wanted: str = "",
) -> str:
    """The number of a paper that is being issued, in the transaction that issues it: the one that a
    person wrote, else the next of its series; empty where its kind has none. The same paper keeps
    the number that it bears.
    """
    asked = numbers.must_be(wanted, on) if wanted.strip() else None
    if organisation is None:
        return str(asked or "")
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)  # one after another
    number = asked or numbers.following(organisation, kind, on.year)
    if number is None:
        return ""
    found = GivenNumber.objects.filter(
        organisation=organisation, code=number.code, year=number.year, serial=number.serial
    ).first()
    if found is None:
        GivenNumber.objects.create(
            organisation=organisation,
            code=number.code,
            year=number.year,
            serial=number.serial,
            kind=kind,
            paper=paper,
            given_at=now,
        )
    elif found.paper != paper:
        told = (
            f"“{number}”已经用于另一份{found.get_kind_display()}，"
            f"下一个是{numbers.free_after(organisation, number)}。"
        )
        raise BadInput([Problem(told, column=numbers.LABEL)])
    return str(number)
