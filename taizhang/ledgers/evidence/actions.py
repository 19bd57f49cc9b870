"""What changes evidence: a file taken in, attached to a record, taken off it, or thrown away."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from taizhang.kernel import files
from taizhang.kernel.actions import journal
from taizhang.kernel.errors import BadInput, WrongState
from taizhang.kernel.writing import columns, file_names
from taizhang.ledgers import changes
from taizhang.ledgers.evidence import photos, texts
from taizhang.ledgers.evidence.store import opened, path_of, store
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.models import EvidenceFile, EvidenceLink, EvidenceVersion
from taizhang.ledgers.records.derived import search_index
from taizhang.orgs.actor import Actor
from taizhang.orgs.entry import Entry
from taizhang.orgs.models import Organisation
from taizhang.rules import phrases

__all__ = ["opened", "path_of", "store"]
_MIMES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "ole": "application/msword",
}


@dataclass(frozen=True)
class Taken:
    """A file that was taken in, and whether the branch had it already."""

    file: EvidenceFile
    known: bool


@transaction.atomic
def take_in(
    *, branch: Organisation, name: str, data: bytes, kind: str, actor: Actor, now: datetime
) -> Taken:
    """Keep a file of a branch; the same bytes are kept once."""
    actor.must_keep_ledgers_of(branch)
    clean = file_names.clean(EvidenceFile.name, name, "未命名")
    sniffed = _sniffed(data, clean)
    sha256 = hashlib.sha256(data).hexdigest()
    seen = photos.look_at(data) if sniffed == "picture" else None
    parts = [("files", data)]
    if seen:
        parts += [("shown", seen.shown), ("thumbs", seen.thumbnail)]
    keep(sha256, parts)
    known = EvidenceFile.objects.filter(branch=branch, sha256=sha256).first()
    if known is not None:
        _take_back(known, actor, now)
        return Taken(known, known=True)
    file = EvidenceFile.objects.create(
        branch=branch,
        sha256=sha256,
        name=clean,
        kind=_kind(kind, seen),
        size=len(data),
        mime=seen.mime if seen else _MIMES[sniffed],
        width=seen.width if seen else None,
        height=seen.height if seen else None,
        mark=seen.mark if seen else None,
        mark_mirrored=seen.mark_mirrored if seen else None,
        taken_at=_aware(seen),
        device=seen.device if seen else "",
        named_on=phrases.day_in_name(clean),
        uploaded_at=now,
        uploaded_by=actor.user,
    )
    search_index.add(search_index.lines_of_file(file))
    if seen is None:
        texts.ask(by=actor.user)
    note("ledgers.take_in_file", f"file:{file.pk}", actor, now, {"sha256": sha256, "name": clean})
    return Taken(file, known=False)


def _take_back(known: EvidenceFile, actor: Actor, now: datetime) -> None:
    """Undo throwing a file away, where it was thrown away."""
    if known.withdrawn_at is None:
        return
    known.withdrawn_at = None
    known.read_at = None
    known.save(update_fields=("withdrawn_at", "read_at"))
    search_index.add(search_index.lines_of_file(known))
    texts.ask(by=actor.user)
    detail = {"sha256": known.sha256, "name": known.name}
    note("ledgers.take_back_file", f"file:{known.pk}", actor, now, detail)


def _sniffed(data: bytes, name: str) -> str:
    """What the bytes are; what a name says counts for nothing."""
    sniffed = files.format_of(data)
    if sniffed == "text":
        raise BadInput(
            f"“{name}”不是图片、PDF、Word 或 Excel 文件，不能作为佐证材料；"
            "文本请另存为 Word 后再上传。"
        )
    if sniffed == "pdf" and b"%%EOF" not in data[-2048:]:
        raise BadInput("PDF 文件不完整，请重新导出后再上传。")
    return sniffed


def _kind(kind: str, seen: photos.Picture | None) -> str:
    if kind in EvidenceFile.Kind.values:
        return kind
    return EvidenceFile.Kind.PHOTO if seen else EvidenceFile.Kind.DOCUMENT


def _aware(seen: photos.Picture | None) -> datetime | None:
    return timezone.make_aware(seen.taken_at) if seen and seen.taken_at else None


def keep(sha256: str, parts: list[tuple[str, bytes]]) -> None:
    """Store bytes under a hash: (part of the store, bytes). What is there already and whole is not
    written again.
    """
    for part, content in parts:
        store().keep(path_of(sha256, part), content)


@transaction.atomic
def attach(
    *, file: EvidenceFile, kind: LedgerKind, entry: Entry, actor: Actor, now: datetime
) -> EvidenceLink:
    """Let a file serve a record of its own branch."""
    actor.must_keep_ledgers_of(entry.branch)
    _must_fit(file, entry)
    _take_back(file, actor, now)
    link, made = EvidenceLink.objects.get_or_create(
        file=file,
        kind=kind.slug,
        entry_id=entry.pk,
        defaults={
            "on": kind.day_of(entry) or timezone.localdate(now),
            "linked_at": now,
            "linked_by": actor.user,
        },
    )
    if made:
        _count(kind, entry)
        note("ledgers.attach_file", f"{kind.slug}:{entry.pk}", actor, now, {"file": file.pk})
        changes.announce(changes.of(kind, entry, "files"), now)
    return link


def _must_fit(file: EvidenceFile, entry: Entry) -> None:
    if file.branch_id != entry.branch_id:
        raise BadInput("这个文件属于另一个支部，不能附在这条记录上。")
    if entry.withdrawn_at is not None:
        raise WrongState("这条记录已经撤回，不能再附材料。")


@transaction.atomic
def replace(
    *,
    link: EvidenceLink,
    file: tuple[str, bytes],
    reason: str,
    kind: LedgerKind,
    entry: Entry,
    actor: Actor,
    now: datetime,
) -> EvidenceFile:
    """Put a newer file, by its name and bytes, in the place of one on a record; the older stays
    readable, out of the search.

    Where the older one serves other records, it stays in force for them.
    """
    actor.must_keep_ledgers_of(entry.branch)
    link = EvidenceLink.objects.select_for_update().get(pk=link.pk)
    older = link.file
    reason = columns.taken(EvidenceVersion.reason, reason, missing="更换材料须写明原因。")
    name, data = file
    newer = take_in(
        branch=entry.branch, name=name, data=data, kind=older.kind, actor=actor, now=now
    ).file
    _must_fit(newer, entry)
    if newer.pk == older.pk:
        raise BadInput("这份文件与现在的版本内容相同，没有更换。")
    if EvidenceLink.objects.filter(file=newer, kind=kind.slug, entry_id=entry.pk).exists():
        raise BadInput(f"“{newer.name}”已经附在这条记录上，没有更换。")
    EvidenceVersion.objects.create(
        kind=kind.slug,
        entry_id=entry.pk,
        file=older,
        newer=newer,
        reason=reason,
        at=now,
        by=actor.user,
    )
    link.file, link.linked_at, link.linked_by = newer, now, actor.user
    link.save(update_fields=("file", "linked_at", "linked_by"))
    if not older.links.exists():
        _out_of_sight(older, now)
    _count(kind, entry)
    detail = {"file": older.pk, "newer": newer.pk, "reason": reason}
    note("ledgers.replace_file", f"{kind.slug}:{entry.pk}", actor, now, detail)
    changes.announce(changes.of(kind, entry, "files"), now)
    return newer


def _out_of_sight(file: EvidenceFile, now: datetime) -> None:
    file.withdrawn_at = now
    file.save(update_fields=("withdrawn_at",))
    search_index.forget(search_index.FILES, [file.pk])


@transaction.atomic
def detach(
    *, link: EvidenceLink, kind: LedgerKind, entry: Entry, actor: Actor, now: datetime
) -> None:
    """Take a file off a record; the file stays."""
    actor.must_keep_ledgers_of(entry.branch)
    detail = {"file": link.file_id}
    link.delete()
    _count(kind, entry)
    note("ledgers.detach_file", f"{kind.slug}:{entry.pk}", actor, now, detail)
    changes.announce(changes.of(kind, entry, "files"), now)


@transaction.atomic
def throw_away(*, file: EvidenceFile, actor: Actor, now: datetime) -> None:
    """Put a file that serves no record out of sight; its bytes stay for whoever must look back."""
    actor.must_keep_ledgers_of(file.branch)
    if file.links.exists():
        raise WrongState("这个文件还附在记录上，请先从记录上取下。")
    _out_of_sight(file, now)
    note("ledgers.throw_away_file", f"file:{file.pk}", actor, now, {})


def _count(kind: LedgerKind, entry: Entry) -> None:
    """The record itself says how many files serve it, so that lists and rules need not count."""
    links = EvidenceLink.objects.filter(kind=kind.slug, entry_id=entry.pk)
    entry.n_files = links.count()
    entry.n_pictures = links.filter(file__mime__startswith="image/").count()
    kind.model.objects.filter(pk=entry.pk).update(
        n_files=entry.n_files, n_pictures=entry.n_pictures
    )


def note(verb: str, subject: str, actor: Actor, now: datetime, detail: dict[str, Any]) -> None:
    """A line in the journal about a file, or a record that is linked with another."""
    journal.note(verb, subject, by=actor.user, now=now, **detail)
