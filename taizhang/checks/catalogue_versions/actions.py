"""Publish a version of the catalogue: from then on everything is judged by it; rounds keep the
version that they began with.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from taizhang.catalogue.model import Catalogue
from taizhang.checks import editions, engine
from taizhang.checks.actions.checking import Asked, set_scope
from taizhang.checks.catalogue_versions import examples
from taizhang.checks.models import Edition
from taizhang.checks.reasons.queries import must_have_scope
from taizhang.kernel.actions import journal
from taizhang.kernel.errors import WrongState
from taizhang.kernel.writing import columns
from taizhang.orgs.actor import Actor


@transaction.atomic
def publish(*, name: str, note: str, actor: Actor, now: datetime) -> Edition:
    """Store a tried version under its name, and set the scope to it."""
    actor.must_run_office()
    scope = must_have_scope()
    note = columns.taken(Edition.note, note, missing="请写明为什么修改。")
    if Edition.objects.filter(name=name).exists():
        raise WrongState("这一版已经发布过。")
    catalogue = engine.catalogue(name)
    told = editions.differences(engine.catalogue(scope.catalogue), catalogue)
    if not told:
        raise WrongState("与现行版本没有差别。")
    made = _stored(name, catalogue, note, told, actor, now)
    set_scope(
        from_on=scope.from_on,
        to_on=scope.to_on,
        on=scope.on,
        catalogue=name,
        asked=Asked(scope.topics),
        actor=actor,
        now=now,
    )
    return made


@transaction.atomic
def keep_for_round(
    *, catalogue: Catalogue, made_from: str, note: str, actor: Actor, now: datetime
) -> str:
    """Store a version that one round is judged by; what is in force for all stays until that round
    is published.
    """
    actor.must_run_office()
    return _kept(
        catalogue,
        made_from,
        columns.fitted(Edition.note, f"按“{note}", end="”"),
        actor,
        now,
        stands_alone=False,
    )


@transaction.atomic
def offer_to_rounds(
    *, catalogue: Catalogue, made_from: str, note: str, actor: Actor, now: datetime
) -> str:
    """Store a version that rounds may choose; what a round's own notice asks for is added to it,
    not to what is in force.
    """
    actor.must_run_office()
    note = columns.taken(Edition.note, note, missing="请写明为什么修改。")
    return _kept(catalogue, made_from, note, actor, now, stands_alone=True)


def _kept(
    catalogue: Catalogue,
    made_from: str,
    note: str,
    actor: Actor,
    now: datetime,
    *,
    stands_alone: bool,
) -> str:
    name = editions.keep(catalogue)
    if not Edition.objects.filter(name=name).exists():
        told = editions.differences(engine.catalogue(made_from), catalogue)
        made = _stored(name, catalogue, note, told, actor, now)
        made.made_from = name if stands_alone else made_from
        made.save(update_fields=["made_from"])
    return name


def _stored(
    name: str,
    catalogue: Catalogue,
    note: str,
    told: list[editions.Difference],
    actor: Actor,
    now: datetime,
) -> Edition:
    examples.must_hold(catalogue)
    base = editions.base_of(name)
    last = Edition.objects.filter(base=base).aggregate(last=Max("number"))["last"]
    made = Edition.objects.create(
        name=name,
        base=base,
        number=(last or catalogue.version) + 1,
        note=note,
        content=catalogue.model_dump_json(by_alias=True),
        at=now,
        by=actor.user,
    )
    journal.note(
        "checks.publish_rules",
        f"edition:{made.pk}",
        by=actor.user,
        now=now,
        name=name,
        note=made.note,
        changes=[f"{d.rule} {d.told}" for d in told],
    )
    return made
