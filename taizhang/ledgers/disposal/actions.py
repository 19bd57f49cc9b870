"""Destroying what need not be kept: listed by one, approved by another, carried out as a whole, and
told for ever.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.timezone import localdate

from taizhang.kernel.errors import BadInput, NotAllowed, WrongState
from taizhang.kernel.writing import columns
from taizhang.ledgers import changes
from taizhang.ledgers.disposal import retention
from taizhang.ledgers.evidence.actions import note, path_of, store
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.models import (
    Disposal,
    DisposalLine,
    EntryVersion,
    EvidenceFile,
    EvidenceLink,
    EvidenceVersion,
    Recognised,
    RecordLink,
)
from taizhang.ledgers.records.derived import row_hashes, search_index, text_index
from taizhang.orgs.actor import Actor

BATCH = 1000
MOST = 50_000
"""So many lines one list may have; the rest come into the next."""


def _note(verb: str, disposal: Disposal, actor: Actor, now: datetime, **detail: object) -> None:
    note(f"ledgers.{verb}", f"disposal:{disposal.pk}", actor, now, detail)


@transaction.atomic
def propose(*, actor: Actor, now: datetime) -> Disposal:
    """List all that need not be kept any longer, of all branches that the actor's
    section is over.
    """
    actor.must_run_office()
    if Disposal.objects.filter(state__in=("draft", "approved")).exists():
        raise WrongState("还有没办完的销毁清册，请先办完或取消。")
    made = Disposal.objects.create(made_at=now, made_by=actor.user)
    lines = list(islice(_overdue(made, actor, localdate(now)), MOST))
    if not lines:
        raise BadInput("没有保管期满、又不在督查内容期间的记录，不必编制清册。")
    DisposalLine.objects.bulk_create(lines, batch_size=BATCH)
    _note("propose_disposal", made, actor, now, n=len(lines))
    return made


def _overdue(made: Disposal, actor: Actor, today: date) -> Iterator[DisposalLine]:
    holds = retention.holds()
    for kind in KINDS.values():
        years = retention.shortest(kind)
        if years is None:
            continue
        last = retention.last_over(today, years)
        found = kind.model.objects.visible_to(actor).filter(**{f"{kind.day}__lte": last})
        for entry in found.order_by("branch_id", kind.day).iterator(chunk_size=BATCH):
            own = retention.years_of(kind, entry)
            day = kind.day_of(entry)
            if own is None or day is None or retention.kept_until(day, own) >= today:
                continue
            if retention.is_held(day, holds):
                continue
            yield DisposalLine(
                disposal=made,
                branch_id=entry.branch_id,
                kind=kind.slug,
                entry_id=entry.pk,
                title=columns.fitted(DisposalLine.title, str(entry)),
                day=day,
                kept_until=retention.kept_until(day, own),
                n_files=entry.n_files,
            )


def _must_be(disposal: Disposal, state: str) -> Disposal:
    found = Disposal.objects.select_for_update().get(pk=disposal.pk)
    if found.state != state:
        raise WrongState(f"这份清册{found.get_state_display()}，不能这样办理。")
    return found


@transaction.atomic
def keep(*, disposal: Disposal, keys: Iterable[int], actor: Actor, now: datetime) -> int:
    """Some of the list are to be kept after all; before it is approved."""
    actor.must_run_office()
    disposal = _must_be(disposal, Disposal.State.DRAFT)
    chosen = list(keys)
    n = disposal.lines.filter(pk__in=chosen, fate="listed").update(fate=DisposalLine.Fate.KEPT)
    _note("keep_from_disposal", disposal, actor, now, lines=chosen)
    return n


@transaction.atomic
def drop(*, disposal: Disposal, actor: Actor, now: datetime) -> None:
    """Nothing of it is destroyed."""
    actor.must_run_office()
    found = Disposal.objects.select_for_update().get(pk=disposal.pk)
    if found.state not in (Disposal.State.DRAFT, Disposal.State.APPROVED):
        raise WrongState(f"这份清册{found.get_state_display()}，不能取消。")
    found.state = Disposal.State.DROPPED
    found.save(update_fields=["state"])
    _note("drop_disposal", found, actor, now)


@transaction.atomic
def approve(*, disposal: Disposal, number: str, actor: Actor, now: datetime) -> Disposal:
    """Somebody else of the section writes down the approval of the superior."""
    actor.must_run_office()
    disposal = _must_be(disposal, Disposal.State.DRAFT)
    if disposal.made_by_id == actor.user.pk:
        raise NotAllowed("清册由编制人以外的另一人批准登记。")
    disposal.approval_no = columns.taken(Disposal.approval_no, number, missing="请填写批准文号。")
    disposal.state = Disposal.State.APPROVED
    disposal.approved_at, disposal.approved_by = now, actor.user
    disposal.save()
    _note(
        "approve_disposal",
        disposal,
        actor,
        now,
        number=disposal.approval_no,
        digest=digest(disposal),
    )
    return disposal


def digest(disposal: Disposal) -> str:
    """SHA-256 over what the list names, the same before and after it is carried out: the journal
    proves which was approved.
    """
    listed = (
        disposal.lines.exclude(fate="kept")
        .order_by("pk")
        .values_list("kind", "entry_id", "title", "day")
    )
    return hashlib.sha256("\n".join(map(str, listed)).encode()).hexdigest()


@transaction.atomic
def carry_out(*, disposal: Disposal, actor: Actor, now: datetime) -> Disposal:
    """Destroy what the approved list names: rows, versions, words of the search, and files that
    serve nothing else.

    What another record refers to stays, and the list says so. The journal keeps that it was, not
    what it said.
    """
    actor.must_run_office()
    disposal = _must_be(disposal, Disposal.State.APPROVED)
    changed: dict[tuple[int, str], changes.Change] = {}
    n, holds, removed = 0, retention.holds(), defaultdict[str, list[int]](list)
    for line in disposal.lines.filter(fate="listed").select_related("branch"):
        kind = KINDS[line.kind]
        needed = retention.is_held(line.day, holds)
        line.fate = DisposalLine.Fate.HELD if needed else _destroy(kind, line.entry_id, removed)
        line.save(update_fields=["fate"])
        n += line.fate == DisposalLine.Fate.DESTROYED
        changed[line.branch_id, kind.slug] = changes.Change(line.branch, kind, how="withdrawn")
    disposal.state, disposal.done_at = Disposal.State.DONE, now
    disposal.save(update_fields=["state", "done_at"])
    _note("carry_out_disposal", disposal, actor, now, n=n, removed_rows=removed)
    for change in changed.values():
        changes.announce(change, now)
    return disposal


def _destroy(kind: LedgerKind, key: int, removed: dict[str, list[int]]) -> str:
    entry = kind.model._default_manager.filter(pk=key).first()
    if entry is None:
        return DisposalLine.Fate.DESTROYED
    try:
        with transaction.atomic():
            files = _without_links(kind, key)
            entry.delete()
    except ProtectedError:
        return DisposalLine.Fate.IN_USE
    text_index.forget(kind, [key])
    search_index.forget(kind.slug, [key])
    versions = EntryVersion.objects.filter(kind=kind.slug, entry_id=key)
    removed[row_hashes.VERSIONS] += versions.values_list("pk", flat=True)
    removed[kind.slug].append(key)
    versions.delete()
    RecordLink.objects.filter(from_kind=kind.slug, from_id=key).delete()
    RecordLink.objects.filter(to_kind=kind.slug, to_id=key).delete()
    for file in files:
        _destroy_file(file)
    return DisposalLine.Fate.DESTROYED


def _without_links(kind: LedgerKind, key: int) -> list[EvidenceFile]:
    """The files that served the record, earlier versions among them, and now serve none."""
    links = EvidenceLink.objects.filter(kind=kind.slug, entry_id=key)
    replaced = EvidenceVersion.objects.filter(kind=kind.slug, entry_id=key)
    files = [link.file for link in links.select_related("file")]
    files += [one.file for one in replaced.select_related("file") if one.file not in files]
    links.delete()
    replaced.delete()
    return [file for file in files if not file.links.exists()]


def _destroy_file(file: EvidenceFile) -> None:
    sha256 = file.sha256
    search_index.forget(search_index.FILES, [file.pk])
    try:
        with transaction.atomic():
            file.delete()
    except ProtectedError:
        return
    if not EvidenceFile.objects.filter(sha256=sha256).exists():
        Recognised.objects.filter(sha256=sha256).delete()
        transaction.on_commit(lambda: _remove(sha256))


def _remove(sha256: str) -> None:
    """The bytes go only when the rows are gone for good."""
    for part in ("files", "shown", "thumbs"):
        store().delete(path_of(sha256, part))
