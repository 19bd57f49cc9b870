"""What pages ask of evidence."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from taizhang.documents.blocks import Paragraph, Table
from taizhang.kernel.errors import BadInput, NotAllowed
from taizhang.ledgers.evidence import recognised
from taizhang.ledgers.evidence.actions import opened
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.models import EvidenceFile, EvidenceLink
from taizhang.orgs.actor import Actor
from taizhang.orgs.entry import Entry
from taizhang.orgs.models import Organisation

MOST_SPARE = 200
_OF_SCANS = ("ocr", "ocr_unsure")
MOST_SHOWN = 2000
"""So many lines of a file are shown on its page."""
_ACTIVE = (b"/JavaScript", b"/JS", b"/OpenAction", b"/Launch", b"/EmbeddedFile", b"/AA")


def file(key: int, *, actor: Actor) -> EvidenceFile:
    """One file that the actor may see."""
    found = EvidenceFile.objects.visible_to(actor).filter(pk=key).first()
    if found is None:
        raise NotAllowed("没有这个文件，或者您无权查看。")
    return found


def called(keys: set[int]) -> dict[int, str]:
    """What files are called, for the journal."""
    return dict(EvidenceFile.objects.filter(pk__in=keys).values_list("pk", "name"))


def picture(key: int, *, actor: Actor) -> EvidenceFile:
    """One file that is a picture."""
    found = file(key, actor=actor)
    if not found.is_picture:
        raise NotAllowed("这个文件不是图片。")
    return found


def may_be_looked_at(found: EvidenceFile) -> bool:
    """A PDF that nothing runs in; everything else is saved first."""
    if found.mime != "application/pdf":
        return False
    with opened(found.sha256) as stored:
        data: bytes = stored.read()
    return not any(mark in data for mark in _ACTIVE)


@dataclass(frozen=True)
class Shown:
    """A part of a file as a page shows it: a line, or the rows of a table."""

    text: str = ""
    rows: list[list[str]] = field(default_factory=list)


def shown(found: EvidenceFile) -> tuple[list[Shown], str]:
    """What a file says, part by part, and what is to be said where not all of it is shown."""
    try:
        source = recognised.source_of(found.sha256, recognise=False)
    except BadInput as refusal:
        return [], "；".join(str(problem) for problem in refusal.problems)
    parts, left = [], MOST_SHOWN
    for block in source.blocks:
        if isinstance(block, Table):
            rows = [["" if cell.spans else cell.text for cell in row] for row in block.rows[:left]]
            parts.append(Shown(rows=rows))
            left -= len(block.rows)
        elif isinstance(block, Paragraph) and block.text.strip():
            parts.append(Shown(block.text))
            left -= 1
        if left <= 0:
            return parts, f"只显示了前{MOST_SHOWN}行，其余请下载原文件查看。"
    if not parts:
        return parts, "文件里没有可以显示的文字，可能是扫描件；请打开或下载原文件查看。"
    return parts, "".join(told for kind, told, _ in source.notes if kind in _OF_SCANS)


def links_of(kind: LedgerKind, entry: Entry) -> list[EvidenceLink]:
    """The files of a record."""
    found = EvidenceLink.objects.filter(kind=kind.slug, entry_id=entry.pk)
    return list(found.select_related("file", "linked_by").order_by("pk"))


def numbers_of(kind: LedgerKind, keys: list[int]) -> Counter[int]:
    """How many files each of these records has."""
    found = EvidenceLink.objects.filter(kind=kind.slug, entry_id__in=keys, is_active=True)
    return Counter(found.values_list("entry_id", flat=True))


def link(kind: LedgerKind, entry: Entry, key: int) -> EvidenceLink:
    """One of them."""
    found = EvidenceLink.objects.filter(kind=kind.slug, entry_id=entry.pk, pk=key).first()
    if found is None:
        raise NotAllowed("这个文件不在这条记录上。")
    return found


@dataclass(frozen=True)
class Use:
    """A record that a file serves."""

    kind: LedgerKind
    key: int
    on: date

    def __str__(self) -> str:
        """Day and ledger."""
        return f"{self.on:%Y-%m-%d}{self.kind.title}"


def uses(found: EvidenceFile, besides: int = 0) -> list[Use]:
    """The records that a file serves."""
    links = found.links.filter(is_active=True).exclude(entry_id=besides).order_by("on")[:5]
    return [Use(KINDS[one.kind], one.entry_id, one.on) for one in links if one.kind in KINDS]


def spare(branch: Organisation, actor: Actor) -> QuerySet[EvidenceFile]:
    """The files of a branch that serve no record, the latest first."""
    found = EvidenceFile.objects.visible_to(actor).filter(branch=branch, withdrawn_at__isnull=True)
    return found.filter(links__isnull=True).order_by("-uploaded_at", "-pk")[:MOST_SPARE]


def links_between(
    branch: Organisation, from_on: date, to_on: date, actor: Actor
) -> QuerySet[EvidenceLink]:
    """The files of a branch's records of some days, in their order."""
    files = EvidenceFile.objects.visible_to(actor).filter(branch=branch)
    found = EvidenceLink.objects.filter(file__in=files, is_active=True, on__range=(from_on, to_on))
    return found.select_related("file").order_by("on", "pk")
