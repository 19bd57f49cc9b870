"""One entry, many uses: a record made from another, and the link between the two."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from taizhang.kernel.errors import BadInput, WrongState
from taizhang.kernel.writing import columns
from taizhang.ledgers.burden import meter
from taizhang.ledgers.evidence import actions as evidence
from taizhang.ledgers.kind import Gives, LedgerKind
from taizhang.ledgers.kinds import KINDS, members
from taizhang.ledgers.links import related
from taizhang.ledgers.models import EntryVersion, EvidenceLink, RecordLink
from taizhang.ledgers.records import actions
from taizhang.ledgers.records.queries import as_written
from taizhang.orgs.actor import Actor
from taizhang.orgs.entry import Entry
from taizhang.orgs.models import Membership


@transaction.atomic
def derive(*, kind: LedgerKind, entry: Entry, gives: Gives, actor: Actor, now: datetime) -> Entry:
    """Make the record that follows from another one. Raises BadInput when the other does not know
    enough for it.
    """
    actor.must_keep_ledgers_of(entry.branch)
    with meter.by("derived"):
        made = actions.record(
            kind=KINDS[gives.to],
            branch=entry.branch,
            values=gives.values(entry),
            actor=actor,
            now=now,
            mode=entry.entry_mode,
        )
    link(kind=kind, entry=entry, to=KINDS[gives.to], made=made, actor=actor, now=now)
    return made


@transaction.atomic
def end_spell(*, kind: LedgerKind, entry: Entry, actor: Actor, now: datetime) -> Membership:
    """End a person's line of the roster on the day and for the reason that a record gives; the line
    stays correctable.
    """
    actor.must_keep_ledgers_of(entry.branch)
    listed = related.still_listed(kind, entry)
    if listed is None:
        raise WrongState("花名册上已经不在册，没有可以结束的在册时间。")
    if listed.leaving.day is None:
        raise WrongState("还没有填写对方接收的日期，不能据此结束在册时间。")
    roster, member = members.KIND, listed.member
    ended = {"left_on": f"{listed.leaving.day}", "leave_reason": listed.reason}
    made = actions.correct(
        kind=roster,
        entry=member,
        values=as_written(roster, member) | ended,
        version=member.version,
        reason=columns.fitted(EntryVersion.reason, f"据{kind.title}记录：{entry}"),
        actor=actor,
        now=now,
    )
    link(kind=kind, entry=entry, to=roster, made=made, actor=actor, now=now)
    listed.member.refresh_from_db()
    return listed.member


@transaction.atomic
def link(
    *, kind: LedgerKind, entry: Entry, to: LedgerKind, made: Entry, actor: Actor, now: datetime
) -> RecordLink:
    """Note that a record followed from another; the files of the first serve the second too."""
    actor.must_keep_ledgers_of(entry.branch)
    if made.branch_id != entry.branch_id:
        raise BadInput("两条记录不属于同一个党支部，不能关联。")
    found, new = RecordLink.objects.get_or_create(
        from_kind=kind.slug,
        from_id=entry.pk,
        to_kind=to.slug,
        to_id=made.pk,
        defaults={"at": now, "by": actor.user},
    )
    if new:
        evidence.note(
            "ledgers.link", f"{kind.slug}:{entry.pk}", actor, now, {"to": f"{to.slug}:{made.pk}"}
        )
        for one in EvidenceLink.objects.filter(kind=kind.slug, entry_id=entry.pk, is_active=True):
            evidence.attach(file=one.file, kind=to, entry=made, actor=actor, now=now)
    return found


@transaction.atomic
def unlink(
    *, kind: LedgerKind, entry: Entry, link: RecordLink, actor: Actor, now: datetime
) -> None:
    """Take back a link; both records stay."""
    actor.must_keep_ledgers_of(entry.branch)
    link.delete()
    evidence.note("ledgers.unlink", f"{kind.slug}:{entry.pk}", actor, now, {"link": str(link)})
