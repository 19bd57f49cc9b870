"""Files that are chosen on a form and not sent yet: the check before saving counts them with the
record.
"""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict
from django.utils import timezone

from taizhang.kernel.writing import file_names, secrecy
from taizhang.ledgers import changes
from taizhang.ledgers.evidence.given import MOST
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.models import EvidenceFile, EvidenceLink
from taizhang.orgs.actor import Actor
from taizhang.orgs.entry import Entry
from taizhang.rules import phrases
from taizhang.web.params import key_of

TAKEN = (".jpg", ".jpeg", ".png", ".heic", ".pdf", ".docx", ".xlsx", ".doc", ".xls")
"""Endings of files that a record can take; what is chosen besides would be refused, and does not
count.
"""


@dataclass(frozen=True)
class Chosen:
    """A file that lies on the device: what the browser says of it."""

    name: str
    mime: str


def told(posted: QueryDict) -> list[Chosen]:
    """The files that a form says were chosen, each by its sort and name (`image/jpeg 照片.jpg`; the
    sort may be empty).
    """
    pairs = [line.partition(" ") for line in posted.getlist("chosen")[:MOST]]
    files = [Chosen(name, mime or mimetypes.guess_type(name)[0] or "") for mime, _, name in pairs]
    return [one for one in files if _is_taken(one)]


def _is_taken(one: Chosen) -> bool:
    may_be = one.mime.startswith("image/") or one.name.lower().endswith(TAKEN)
    return may_be and not secrecy.in_name(one.name)


def count(posted: QueryDict, kind: LedgerKind, entry: Entry, actor: Actor, now: datetime) -> None:
    """Let what was chosen, and what an earlier post of the form brought, serve a record that is
    only tried.

    What is in a chosen file nobody knows yet: nothing is said of its content. Whoever calls takes
    all of it back.
    """
    actor.must_keep_ledgers_of(entry.branch)
    keys = {key_of(key) for key in posted.getlist("given")[:MOST]}
    kept = EvidenceFile.objects.visible_to(actor).filter(branch=entry.branch, pk__in=keys)
    files = [*kept, *(_stand_in(at, one, entry, now) for at, one in enumerate(told(posted)))]
    if not files:
        return
    on = kind.day_of(entry) or timezone.localdate(now)
    EvidenceLink.objects.bulk_create(
        EvidenceLink(file=file, kind=kind.slug, entry_id=entry.pk, on=on, linked_at=now)
        for file in files
    )
    entry.n_files, entry.n_pictures = len(files), sum(file.is_picture for file in files)
    kind.model.objects.filter(pk=entry.pk).update(
        n_files=entry.n_files, n_pictures=entry.n_pictures
    )
    changes.announce(changes.of(kind, entry, "files"), now)


def _stand_in(at: int, one: Chosen, entry: Entry, now: datetime) -> EvidenceFile:
    """A row in the place of a file: like no other, with no word of when and with what a picture was
    taken.
    """
    name = file_names.clean(EvidenceFile.name, one.name, "未命名")
    is_picture = one.mime.startswith("image/")
    return EvidenceFile.objects.create(
        branch=entry.branch,
        sha256=f"chosen-{at}",
        name=name,
        kind=EvidenceFile.Kind.PHOTO if is_picture else EvidenceFile.Kind.DOCUMENT,
        mime=one.mime[:80],
        size=0,
        named_on=phrases.day_in_name(name),
        uploaded_at=now,
    )
