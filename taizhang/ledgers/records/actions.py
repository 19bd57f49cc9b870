"""What changes ledgers: record, correct, withdraw, and many at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from taizhang.kernel.actions import journal
from taizhang.kernel.errors import BadInput, Problem, Stale, WrongState
from taizhang.kernel.writing import columns
from taizhang.ledgers import changes, form_reader
from taizhang.ledgers.burden import meter
from taizhang.ledgers.fields import masked, render
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.models import EntryVersion, EvidenceLink, SearchLine, TextPhrase, TextSketch
from taizhang.ledgers.part import Draft
from taizhang.ledgers.records import alike, bulk, once, reconciled, versions
from taizhang.ledgers.records.derived import row_hashes, search_index, text_index
from taizhang.ledgers.records.queries import as_written, values_of
from taizhang.ledgers.records.read_rows import BATCH, Named, Row, SomeRefused, must_be_new, read_all
from taizhang.orgs.actor import Actor
from taizhang.orgs.entry import Entry
from taizhang.orgs.models import Organisation, Person


@transaction.atomic
def record(
    *,
    kind: LedgerKind,
    branch: Organisation,
    values: Mapping[str, object],
    actor: Actor,
    now: datetime,
    mode: str = Entry.Mode.LIVE,
    key: str = "",
) -> Entry:
    """Enter one record in a branch's ledger; `values` are as written. Raises BadInput with all that
    is wrong.

    The same `key` again answers the record that it made.
    """
    actor.must_keep_ledgers_of(branch)
    saved = once.begin(key, [branch.pk, mode, values], kind, actor, now)
    if saved and saved.answer is not None:
        return kind.model.objects.get(pk=saved.answer)
    draft = form_reader.Reader(kind, branch, actor).must_read(values)
    must_be_new(kind, draft)

    entry = _store(kind, [_new(kind, draft, mode)], [draft], actor, now)[0]
    once.end(saved, entry.pk)
    meter.count(kind, [draft], now)
    told = {"mode": Entry.Mode(mode), "hashes": row_hashes.of(kind, [entry.pk], now)}
    _note("ledgers.record", kind, entry.pk, actor, now, told)
    changes.announce(changes.of(kind, entry), now)
    return entry


@transaction.atomic
def record_together(
    *,
    kind: LedgerKind,
    branch: Organisation,
    each: Iterable[Named],
    actor: Actor,
    now: datetime,
    mode: str = Entry.Mode.LIVE,
    key: str = "",
) -> list[Entry]:
    """Enter several records of one form, or none; raises SomeRefused with all that is wrong with
    each.
    """
    actor.must_keep_ledgers_of(branch)
    made, refused = list[Entry](), dict[str, list[Problem]]()
    for one in each:
        own_key = f"{key}-{one.name}" if key else ""
        try:
            if one.wrong:
                raise BadInput(list(one.wrong))
            entry = record(
                kind=kind,
                branch=branch,
                values=one.values,
                actor=actor,
                now=now,
                mode=mode,
                key=own_key,
            )
            made.append(entry)
        except BadInput as refusal:
            refused[one.name] = refusal.problems
    if refused:
        raise SomeRefused(refused)
    return made


@transaction.atomic
def correct(
    *,
    kind: LedgerKind,
    entry: Entry,
    values: Mapping[str, object],
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Entry:
    """Put a record right: what it said stays as an earlier version. `version` is the one that was
    looked at.
    """
    actor.must_keep_ledgers_of(entry.branch)
    entry = kind.model.objects.select_for_update().get(pk=entry.pk)
    _must_be_in_force(entry)
    if entry.version != version:
        raise Stale("这条记录刚刚被他人更正过，您的内容没有覆盖它；请对照后再保存。")
    reason = columns.taken(EntryVersion.reason, reason, "更正原因", missing="更正记录须写明原因。")
    draft = form_reader.Reader(kind, entry.branch, actor, entry).must_read(
        _unmasked(kind, entry, values)
    )
    must_be_new(kind, draft, besides=entry.pk)

    before, was = as_written(kind, entry), changes.of(kind, entry)
    were = row_hashes.before(kind, entry)
    kept = versions.keep(kind, entry, before, reason, actor, now)
    _fill(entry, draft)
    entry.version += 1
    for part in kind.parts:
        part.model._default_manager.filter(**{part.owner: entry}, **part.where).delete()
    text_index.forget(kind, [entry.pk])
    search_index.forget(kind.slug, [entry.pk])
    _save_persons(kind, [draft])
    entry.save()
    _store_below(kind, [entry], [draft], actor, now)
    _note(
        "ledgers.correct",
        kind,
        entry.pk,
        actor,
        now,
        {
            "changed": _difference(kind, before, as_written(kind, entry)),
            "hashes": row_hashes.of(kind, [entry.pk], now, [kept.pk]),
            "were": were,
        },
    )
    changes.announce(changes.of(kind, entry, "corrected").besides(was), now)
    return entry


@transaction.atomic
def withdraw(*, kind: LedgerKind, entry: Entry, reason: str, actor: Actor, now: datetime) -> None:
    """Take a record out of the ledger; it stays readable."""
    actor.must_keep_ledgers_of(entry.branch)
    entry = kind.model.objects.select_for_update().get(pk=entry.pk)
    _must_be_in_force(entry)
    reason = columns.taken(EntryVersion.reason, reason, "撤回原因", missing="撤回记录须写明原因。")

    were = row_hashes.before(kind, entry)
    entry.withdrawn_at = now
    entry.save(update_fields=("withdrawn_at",))
    text_index.forget(kind, [entry.pk])
    search_index.forget(kind.slug, [entry.pk])
    EvidenceLink.objects.filter(kind=kind.slug, entry_id=entry.pk).update(is_active=False)
    told = {"reason": reason, "hashes": row_hashes.of(kind, [entry.pk], now), "were": were}
    _note("ledgers.withdraw", kind, entry.pk, actor, now, told)
    changes.announce(changes.of(kind, entry, "withdrawn"), now)


def record_many(  # noqa: PLR0913
    *,
    kind: LedgerKind,
    rows: Iterable[Row],
    actor: Actor,
    now: datetime,
    mode: str = Entry.Mode.BACKFILL,
    source: str = "",
    dry_run: bool = False,
    progress: Callable[[int], None] = lambda done: None,
    again: bool = False,
    claim: Callable[[], None] = lambda: None,
    key: str = "",
) -> int:
    """Enter many records, or none: every problem of every row is told at once. Answers how many
    were read.

    Rows that are there already word for word are refused, unless `again` says that they happened
    once more. `claim` is called first in the transaction that stores.
    """
    if key and not dry_run:
        return _once(kind, list(rows), actor, now, mode, source, key, again=again)
    drafts = read_all(kind=kind, rows=rows, actor=actor, progress=progress, again=again)
    if not dry_run and drafts:
        new, known = alike.apart(kind, drafts)
        with transaction.atomic():
            _store_many(kind, new, actor, now, source, mode, claim)
            _complete(kind, known, actor, now, source)
    return len(drafts)


def _complete(
    kind: LedgerKind, drafts: list[Draft], actor: Actor, now: datetime, source: str
) -> None:
    """Fill what records that another ledger made left blank."""
    for draft in drafts:
        entry = alike.on_record(kind, draft)
        if filled := alike.filled(kind, draft):
            correct(
                kind=kind,
                entry=entry,
                values=as_written(kind, entry) | filled,
                version=entry.version,
                reason=columns.fitted(EntryVersion.reason, f"由导入的表补全（{source}", end="）"),
                actor=actor,
                now=now,
            )


@transaction.atomic
def _once(  # noqa: PLR0913
    kind: LedgerKind,
    rows: list[Row],
    actor: Actor,
    now: datetime,
    mode: str,
    source: str,
    key: str,
    *,
    again: bool,
) -> int:
    """Enter many under a key, whose answer is kept with them."""
    said = [mode, *([row.branch.pk, dict(row.values)] for row in rows)]
    saved = once.begin(key, said, kind, actor, now)
    if saved and saved.answer is not None:
        return int(saved.answer)
    count = record_many(
        kind=kind, rows=rows, actor=actor, now=now, mode=mode, source=source, again=again
    )
    once.end(saved, count)
    return count


@transaction.atomic
def _store_many(
    kind: LedgerKind,
    drafts: list[Draft],
    actor: Actor,
    now: datetime,
    source: str,
    mode: str,
    claim: Callable[[], None],
) -> None:
    claim()
    stored = row_hashes.Stored(kind)
    if kind.parts or kind.texts or kind.stored or kind.extra or kind.indexed:
        _store(kind, [_new(kind, draft, mode) for draft in drafts], drafts, actor, now)
    else:
        common = {"entry_mode": mode, "recorded_at": now, "recorded_by": actor.user}
        bulk.insert(kind.model, ({"branch": d.branch, **common, **d.values} for d in drafts))
    meter.count(kind, drafts, now)
    numbers = Counter(draft.branch.pk for draft in drafts)
    for branch in {draft.branch.pk: draft.branch for draft in drafts}.values():
        _note(
            "ledgers.record_many",
            kind,
            branch.pk,
            actor,
            now,
            {
                "n": numbers[branch.pk],
                "source": source,
                "mode": Entry.Mode(mode),
                "hashes": stored.hashes(branch, actor.user, now),
            },
        )
        changes.announce(changes.Change(branch, kind, how="imported"), now)


def _must_be_in_force(entry: Entry) -> None:
    if entry.withdrawn_at is not None:
        raise WrongState("这条记录已经撤回，不能再改。")


def _unmasked(kind: LedgerKind, entry: Entry, values: Mapping[str, Any]) -> dict[str, Any]:
    """What came back as its mask was not changed."""
    own = values_of(kind, entry)
    kept = {
        field.name: render(field, own[field.name])
        for field in kind.fields()
        if field.mask
        and values.get(field.name)
        and values[field.name] == masked(field, own[field.name])
    }
    return {**values, **kept}


@transaction.atomic
def reveal(*, kind: LedgerKind, entry: Entry, reason: str, actor: Actor, now: datetime) -> None:
    """See the sensitive fields of a record in full: only those who keep the ledger, only with a
    reason, never unnoticed.
    """
    actor.must_keep_ledgers_of(entry.branch)
    reason = columns.taken(EntryVersion.reason, reason, "原因", missing="查看完整内容须写明原因。")
    hidden = [field.name for field in kind.fields() if field.sensitive]
    _note(
        "ledgers.reveal",
        kind,
        entry.pk,
        actor,
        now,
        {"reason": reason, "fields": hidden},
    )


@transaction.atomic
def hash_records(*, now: datetime) -> int:
    """Give every row that has none its hash in the journal, some hundred in a line; answers how
    many. For commands.
    """
    done = 0
    for name, keys in reconciled.unhashed().items():
        for at in range(0, len(keys), BATCH) or [0]:
            found = row_hashes.only(name, keys[at : at + BATCH])
            told = {"n": len(found), "hashes": {name: found}}
            journal.note(reconciled.ALL_HASHED, f"rows:{name}", by=None, now=now, **told)
            done += len(found)
    return done


def note_export(*, subject: str, actor: Actor, now: datetime, detail: dict[str, Any]) -> None:
    """Somebody took something out of the system as a file."""
    journal.note("ledgers.export", subject, by=actor.user, now=now, **detail)


def _new(kind: LedgerKind, draft: Draft, mode: str) -> Entry:
    entry = kind.model(branch=draft.branch, entry_mode=mode)
    _fill(entry, draft)
    return entry


def _fill(entry: Entry, draft: Draft) -> None:
    for name, value in draft.values.items():
        if not name.startswith("_"):
            setattr(entry, name, value)


def _save_persons(kind: LedgerKind, drafts: list[Draft]) -> None:
    """Only the roster makes or changes persons."""
    if kind.extra:
        for draft in drafts:
            person: Person = draft.values["person"]
            person.save()


def _store(
    kind: LedgerKind, entries: list[Entry], drafts: list[Draft], actor: Actor, now: datetime
) -> list[Entry]:
    _save_persons(kind, drafts)
    for entry in entries:
        entry.recorded_at, entry.recorded_by = now, actor.user
    kind.model._default_manager.bulk_create(entries, batch_size=BATCH)
    _store_below(kind, entries, drafts, actor, now)
    return entries


def _store_below(
    kind: LedgerKind, entries: list[Entry], drafts: list[Draft], actor: Actor, now: datetime
) -> None:
    pairs = list(zip(entries, drafts, strict=True))
    for part in kind.parts:
        rows = (
            {part.owner: entry, **row}
            for entry, draft in pairs
            for row in draft.parts.get(part.name, ())
        )
        bulk.insert(part.model, rows)
    if kind.stored:
        for entry, draft in pairs:
            kind.stored(entry, draft, actor, now)
    index(kind, pairs)


def index(kind: LedgerKind, pairs: list[tuple[Entry, Draft]]) -> None:
    """Let records be found by their words, and compared with others."""
    if kind.texts:
        others = text_index.OtherNames()
        found = [text_index.found_in(kind, entry, draft, others) for entry, draft in pairs]
        TextPhrase.objects.bulk_create((p for ps, _ in found for p in ps), batch_size=BATCH)
        TextSketch.objects.bulk_create((s for _, ss in found for s in ss), batch_size=BATCH)
    if kind.indexed:
        search_index.add(
            line for entry, draft in pairs for line in _search_lines(kind, entry, draft)
        )


def _search_lines(kind: LedgerKind, entry: Entry, draft: Draft) -> Iterator[SearchLine]:
    text = search_index.text_of(kind, values_of(kind, entry), draft.raw)
    return search_index.lines_of(
        kind.slug, entry.pk, entry.branch_id, kind.day_of(entry), str(entry), text
    )


def _difference(kind: LedgerKind, before: dict[str, str], after_: dict[str, str]) -> dict[str, Any]:
    hidden = {field.name for field in kind.fields() if field.sensitive}
    labels = {f.name: f.label for f in kind.fields()} | {p.name: p.label for p in kind.parts}
    told = journal.changed(before, after_)
    return {labels[n]: ["＊＊＊", "＊＊＊"] if n in hidden else pair for n, pair in told.items()}


def _note(
    verb: str, kind: LedgerKind, key: int, actor: Actor, now: datetime, detail: dict[str, Any]
) -> None:
    journal.note(verb, f"{kind.slug}:{key}", by=actor.user, now=now, **detail)
