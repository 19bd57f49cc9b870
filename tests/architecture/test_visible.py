"""Whoever acts, whatever he tries: no action reaches a row that `visible_to` hides, and none goes
through without the right to it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from taizhang.kernel.errors import Refused
from taizhang.ledgers.disposal import queries as disposals
from taizhang.ledgers.evidence import actions as evidence
from taizhang.ledgers.evidence import queries as evidence_queries
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.mine import records as own_records
from taizhang.ledgers.models import EvidenceFile
from taizhang.ledgers.records import actions, queries
from taizhang.orgs.actor import Actor, actor_of
from taizhang.orgs.models import Duty, Organisation, Role
from taizhang.orgs.queries import organisations as orgs
from tests.make import NEEDS, Cast, picture, raw, save

DAY = date(2018, 10, 25)
SLUGS = ("meetings", "talks", "dues-assessments", "members", "documents")
duties = st.lists(
    st.tuples(
        st.sampled_from(Role.values), st.sampled_from(["committee", "own", "other"]),
        st.integers(-3, 3) | st.none(), st.integers(-3, 3) | st.none(), st.booleans(),
    ),
    max_size=3,
)  # fmt: skip
Try = Callable[[Actor, Any, str, datetime], Any]


def _in_full(actor: Actor, entry: Any, slug: str, now: datetime) -> Any:
    return actions.reveal(kind=KINDS[slug], entry=entry, reason="看", actor=actor, now=now)


def _withdrawn(actor: Actor, entry: Any, slug: str, now: datetime) -> Any:
    return actions.withdraw(kind=KINDS[slug], entry=entry, reason="错", actor=actor, now=now)


def _corrected(actor: Actor, entry: Any, slug: str, now: datetime) -> Any:
    values = queries.as_written(KINDS[slug], entry)
    return actions.correct(
        kind=KINDS[slug], entry=entry, values=values, version=entry.version, reason="核对", actor=actor, now=now
    )  # fmt: skip


def _recorded(actor: Actor, entry: Any, slug: str, now: datetime) -> Any:
    return save(entry.branch, actor, now, "channels", **raw("channels"))


def _with_file(actor: Actor, entry: Any, slug: str, now: datetime) -> Any:
    file = EvidenceFile.objects.get(branch=entry.branch)
    return evidence.attach(file=file, kind=KINDS[slug], entry=entry, actor=actor, now=now)


def _file_gone(actor: Actor, entry: Any, slug: str, now: datetime) -> Any:
    return evidence.throw_away(
        file=EvidenceFile.objects.get(branch=entry.branch), actor=actor, now=now
    )


WRITES: tuple[Try, ...] = (_recorded, _corrected, _withdrawn, _in_full, _with_file, _file_gone)


def _looks(actor: Actor, entry: Any, slug: str) -> list[bool]:
    """Whether each way of looking shows the record."""
    kind = KINDS[slug]

    def one() -> bool:
        return bool(queries.entry(kind=kind, key=entry.pk, actor=actor) == entry)

    def listed() -> bool:
        found = queries.ledger_page(kind=kind, actor=actor, filters=queries.Filters())
        return entry.pk in [line.pk for line in found.lines]

    def exported() -> bool:
        _, rows = queries.export_rows(kind=kind, actor=actor, filters=queries.Filters())
        return entry.branch.short_name in [row[0] for row in rows]

    def filed() -> bool:
        key = EvidenceFile.objects.get(branch=entry.branch).pk
        return evidence_queries.file(key, actor=actor).pk == key

    return [_answers(look) for look in (one, listed, exported, filed)]


def _answers(look: Callable[[], bool]) -> bool:
    try:
        return look()
    except Refused:
        return False


def _prepared(people: Cast, now: datetime) -> list[tuple[str, Any]]:
    """Records of both branches, and a file of each."""
    made = []
    for who, branch, suffix in (("clerk", people.own, ""), ("foreign", people.other, "二")):
        actor = people.actor(who)
        for slug in SLUGS:
            if slug in NEEDS:
                save(branch, actor, now, NEEDS[slug], **raw(NEEDS[slug], suffix))
            made.append((slug, save(branch, actor, now, slug, **raw(slug, suffix))))
        data = picture(colour=len(made) * 20)
        evidence.take_in(branch=branch, name="照片.png", data=data, kind="", actor=actor, now=now)
    return made


def _actor(people: Cast, wanted: list[Any]) -> Actor:
    user = people.users["nobody"]
    Duty.objects.filter(user=user).delete()
    for role, place, first, last, lent in wanted:
        Duty.objects.create(
            user=user, role=role, organisation=getattr(people, place),
            from_on=None if first is None else DAY + timedelta(days=first),
            to_on=None if last is None else DAY + timedelta(days=last), lent=lent,
        )  # fmt: skip
    return actor_of(user, on=DAY)


def _holds(role: str, place: Organisation, branch: Organisation, days: tuple[Any, Any]) -> bool:
    """The right, said once more without `Actor`: the place is above the branch or it, and today
    lies in the days.
    """
    first, last = days
    within = branch.path.startswith(place.path)
    return within and (first is None or first <= 0) and (last is None or last >= 0)


READS = {"office", "secretary", "clerk", "commissioner"}
LENT = READS | {"team_leader", "inspector"}
"""Read where a round lent the duty."""
KEEPS = {"secretary", "clerk", "commissioner"}


@given(wanted=duties, at=st.integers(0, 9), n=st.integers(0, len(WRITES) - 1))
def test_no_action_reaches_what_is_hidden(
    people: Cast, now: datetime, wanted: list[Any], at: int, n: int
) -> None:
    with transaction.atomic():
        slug, entry = _prepared(people, now)[at]
        actor = _actor(people, wanted)
        now_held = [
            (role, lent)
            for role, place, first, last, lent in wanted
            if _holds(role, getattr(people, place), entry.branch, (first, last))
        ]
        held = {role for role, _ in now_held}
        reads = any(role in (LENT if lent else READS) for role, lent in now_held)
        assert set(_looks(actor, entry, slug)) == {reads}
        assert (entry.branch in orgs.branches(actor)) == reads
        try:
            WRITES[n](actor, entry, slug, now)
            done = True
        except Refused:
            done = False
        assert done == bool(held & KEEPS), WRITES[n].__name__
        assert _answers(lambda: bool(disposals.disposals(actor)) or True) == actor.may_run_office()
        assert own_records.n_waiting(actor) == 0
        transaction.set_rollback(True)
