"""Scores: whether a round has them, and what a unit gives itself. What the team's findings take off
is only reckoned.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from taizhang.inspection import rights, scores
from taizhang.inspection.flows import BRANCH
from taizhang.inspection.models import Round, SelfScore, Visit
from taizhang.kernel.actions import journal
from taizhang.kernel.errors import BadInput, NotAllowed, Problem, WrongState
from taizhang.orgs.actor import Actor


@transaction.atomic
def set_scored(*, opened: Round, scored: bool, actor: Actor, now: datetime) -> Round:
    """Say whether a round is scored."""
    actor.must_run_office()
    rights.must_go_on(opened)
    changed = journal.changed({"scored": opened.scored}, {"scored": scored}, Round)
    opened.scored = scored
    opened.save(update_fields=["scored"])
    journal.note(
        "inspection.set_scored", f"round:{opened.pk}", by=actor.user, now=now, changed=changed
    )
    return opened


@transaction.atomic
def score_oneself(
    *, visit: Visit, points: Mapping[int, int | None], actor: Actor, now: datetime
) -> None:
    """What the unit gives itself, by the number of the requirement and in hundredths; None for
    none.
    """
    if BRANCH not in rights.roles(visit, actor):
        raise NotAllowed("自评分由被督查党组织填写。")
    rights.must_go_on(visit.unit.area.round)
    scores.must_be_scored(visit.unit.area.round)
    if visit.standing in (Visit.Standing.CONSULTED, Visit.Standing.FED_BACK):
        raise WrongState("会商已经确认，自评分不能再改。")
    items = {item.no: item for item in visit.unit.area.round.items.all()}
    worth = scores.points_of([item for item in items.values() if not item.is_topic])
    wrong = [
        Problem(f"应在0到{scores.told(worth.get(items[no].pk, 0))}之间。", column=f"第{no}项")
        for no, given in points.items()
        if no in items and given is not None and not 0 <= given <= worth.get(items[no].pk, 0)
    ]
    if wrong:
        raise BadInput(wrong)
    old = SelfScore.objects.filter(visit=visit)
    before = {str(no): given for no, given in old.values_list("item__no", "points")}
    old.delete()
    said = {no: given for no, given in points.items() if no in items and given is not None}
    SelfScore.objects.bulk_create(
        SelfScore(visit=visit, item=items[no], points=given) for no, given in said.items()
    )
    changed = journal.changed(before, {str(no): given for no, given in said.items()})
    journal.note(
        "inspection.score_oneself", f"visit:{visit.pk}", by=actor.user, now=now, changed=changed
    )
