"""What is done with the units of a round: match them, found their organisations, match all that are
known by now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from taizhang.inspection.actions.planning import PLANNABLE
from taizhang.inspection.models import Round, RoundSession, RoundUnit
from taizhang.inspection.plan import matching
from taizhang.kernel.actions import journal
from taizhang.kernel.errors import BadInput, Problem, WrongState
from taizhang.orgs.actions import organisations
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation, Unit


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a person ticked for one name: an organisation that is there, or a new one as he wrote
    it.
    """

    n: int
    name: str
    units: tuple[int, ...]
    """The units of the round that it is."""
    known: int = 0
    full_name: str = ""
    short_name: str = ""
    org_type: str = ""
    established_on: date | None = None
    parent: int = 0
    below: int | None = None
    """Of a parent that is founded in the same go, its `n`."""
    area: str = ""
    sits_in: tuple[str, ...] = ()
    unit_type: str = ""
    aliases: tuple[str, ...] = ()


@transaction.atomic
def found(*, opened: Round, wanted: Iterable[Wanted], actor: Actor, now: datetime) -> int:
    """Found what was ticked, all or nothing, and match the units to it; answers how many
    organisations are new.
    """
    actor.must_run_office()
    _must_not_have_begun(opened)
    ticked = list(wanted)
    if not ticked:
        raise BadInput("没有勾选任何名称，没有建立党组织。")
    made: dict[int, Organisation] = {}
    problems: list[Problem] = []
    for one in sorted((one for one in ticked if not one.known), key=_above_first):
        try:
            with transaction.atomic():
                made[one.n] = _found_one(one, made, actor, now)
        except BadInput as refusal:
            problems += [_at(problem, one.name) for problem in refusal.problems]
    book = matching.AddressBook.of(actor)
    told = {}
    for one in ticked:
        organisation = made.get(one.n) or book.by_key.get(one.known)
        if organisation is None and one.known:
            problems.append(Problem("请从列表中选择党组织。", column=one.name))
        elif organisation is not None and organisation.pk in book.by_key:
            told[one.name] = organisation.short_name
            _units(opened).filter(pk__in=one.units).update(organisation=organisation)
    if problems:
        raise BadInput(problems)
    _find_hosts(opened, book)
    _note(
        "found_units",
        opened,
        actor,
        now,
        founded=[one.short_name for one in made.values()],
        matched=told,
    )
    return len(made)


def _above_first(one: Wanted) -> bool:
    return one.below is not None


def _at(problem: Problem, name: str) -> Problem:
    label = f"{problem.column}：" if problem.column else ""
    return Problem(f"{label}{problem.message}", column=name)


def _found_one(
    one: Wanted, made: Mapping[int, Organisation], actor: Actor, now: datetime
) -> Organisation:
    parent = _parent(one, made, actor)
    if one.established_on is None:
        raise BadInput([Problem("请填写成立日期。", column="成立日期")])
    if one.sits_in and one.unit_type not in Unit.Type.values:
        raise BadInput([Problem("请选择单位类型。", column="单位类型")])
    values = organisations.OrganisationValues(
        full_name=one.full_name,
        short_name=one.short_name,
        org_type=one.org_type,
        established_on=one.established_on,
        units=tuple(_unit(name, one.unit_type, actor, now) for name in one.sits_in),
        aliases=one.aliases,
    )
    organisation = organisations.found_organisation(
        parent=parent, values=values, actor=actor, now=now
    )
    if one.area:
        organisations.assign_area(
            name=one.area,
            organisations=[organisation],
            from_on=one.established_on,
            actor=actor,
            now=now,
        )
    return organisation


def _parent(one: Wanted, made: Mapping[int, Organisation], actor: Actor) -> Organisation:
    if one.below is not None:
        above = made.get(one.below)
    else:
        above = Organisation.objects.visible_to(actor).filter(pk=one.parent).first()
    if above is None or above.org_type in Organisation.BRANCH_TYPES:
        told = "请选择上级党组织；上级也在本表新建的，须一并勾选。"
        raise BadInput([Problem(told, column="上级党组织")])
    return above


def _unit(name: str, unit_type: str, actor: Actor, now: datetime) -> Unit:
    return organisations.found_unit(
        name=name,
        unit_type=unit_type,
        is_public_institution=unit_type != Unit.Type.PRIVATE,
        actor=actor,
        now=now,
    )


@transaction.atomic
def match(*, opened: Round, chosen: Mapping[int, int | None], actor: Actor, now: datetime) -> Round:
    """Say for units of a round (by key) which organisation each is, or that it is none of those
    known.
    """
    actor.must_run_office()
    _must_not_have_begun(opened)
    book = matching.AddressBook.of(actor)
    units = list(_units(opened).filter(pk__in=list(chosen)).select_related("organisation"))
    before = {unit.name: _told(unit.organisation) for unit in units}
    for unit in units:
        key = chosen[unit.pk]
        if key is not None and key not in book.by_key:
            raise BadInput([Problem("请从列表中选择党组织。", column=unit.name)])
        unit.organisation = book.by_key[key] if key is not None else None
        unit.save(update_fields=["organisation"])
    after = {unit.name: _told(unit.organisation) for unit in units}
    _note("match_units", opened, actor, now, changed=journal.changed(before, after))
    return opened


@transaction.atomic
def match_known(*, opened: Round, actor: Actor, now: datetime) -> int:
    """Match every unit whose name means an organisation without doubt by now; answers how many."""
    actor.must_run_office()
    _must_not_have_begun(opened)
    book = matching.AddressBook.of(actor)
    told = {}
    for unit in _units(opened).filter(organisation=None):
        key = book.surely(unit.name)
        if key is not None:
            unit.organisation = book.by_key[key]
            unit.save(update_fields=["organisation"])
            told[unit.name] = unit.organisation.short_name
    _find_hosts(opened, book)
    _note("match_units", opened, actor, now, matched=told)
    return len(told)


def _must_not_have_begun(opened: Round) -> None:
    if opened.standing not in PLANNABLE[:-1]:
        raise WrongState("督查已经开始，单位对应的党组织不能再改。")


def _units(opened: Round) -> QuerySet[RoundUnit]:
    return RoundUnit.objects.filter(area__round=opened)


def _find_hosts(opened: Round, book: matching.AddressBook) -> None:
    """Venues that bear the name of an organisation now are hosted by it."""
    for session in RoundSession.objects.filter(area__round=opened, host=None).exclude(venue=""):
        host = book.exactly(session.venue)
        if host is not None:
            session.host = host
            session.save(update_fields=["host"])


def _told(organisation: Organisation | None) -> str:
    return organisation.short_name if organisation else ""


def _note(verb: str, opened: Round, actor: Actor, now: datetime, **detail: object) -> None:
    journal.note(
        f"inspection.{verb}",
        f"round:{opened.pk}",
        by=actor.user,
        now=now,
        **({"title": opened.title} | detail),
    )
