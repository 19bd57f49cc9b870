"""撤销: an organisation ends on a day, and others go on with its work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from taizhang.kernel.actions import journal
from taizhang.kernel.errors import BadInput, NotAllowed, Problem, WrongState
from taizhang.orgs import changes
from taizhang.orgs.actions import noting
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation, Succession


@transaction.atomic
def dissolve(
    *,
    organisation: Organisation,
    last_on: date,
    successors: Sequence[Organisation],
    actor: Actor,
    now: datetime,
) -> Organisation:
    """End an organisation. Those who go on with its work read its ledgers from that day on and
    answer for its problems; its own records, names and papers stay as they are.
    """
    actor.must_run_office()
    if organisation.parent is None or not actor.may_read(organisation):
        raise NotAllowed("这个党组织不在您的管理范围内，或者是最上级，不能撤销。")
    if organisation.dissolved_on is not None:
        raise WrongState(f"{organisation.short_name}已经于{organisation.dissolved_on}撤销。")
    _must_fit(organisation, last_on, successors)
    organisation.dissolved_on = last_on
    organisation.save(update_fields=["dissolved_on"])
    Succession.objects.bulk_create(
        Succession(predecessor=organisation, successor=one, from_on=last_on) for one in successors
    )
    noting.line(
        "orgs.dissolve",
        f"organisation:{organisation.pk}",
        actor=actor,
        now=now,
        detail={
            "changed": journal.changed(
                {"dissolved_on": None}, {"dissolved_on": last_on}, Organisation
            ),
            "successors": [one.full_name for one in successors],
        },
    )
    changes.announce(organisation, now)
    return organisation


def _must_fit(
    organisation: Organisation, last_on: date, successors: Sequence[Organisation]
) -> None:
    problems = []
    if last_on < organisation.established_on:
        problems.append(Problem("撤销日期早于成立日期。", column="撤销日期"))
    below = Organisation.objects.filter(parent=organisation, dissolved_on=None)
    if names := [one.short_name for one in below]:
        told = f"下面还有{'、'.join(names)}，请先撤销它们，或者改到别的上级党组织之下。"
        problems.append(Problem(told))
    for one in successors:
        if one.pk == organisation.pk:
            problems.append(Problem("不能由自己承接。", column="承接的党组织"))
        elif one.keeps_ledgers != organisation.keeps_ledgers:
            told = f"{one.short_name}与撤销的党组织不同级，支部由支部承接。"
            problems.append(Problem(told, column="承接的党组织"))
        elif one.established_on > last_on or (one.dissolved_on and one.dissolved_on <= last_on):
            told = f"{one.short_name}在{last_on}还没有成立，或者已经撤销。"
            problems.append(Problem(told, column="承接的党组织"))
    if problems:
        raise BadInput(problems)
