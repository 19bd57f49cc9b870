"""What files of evidence say, read in the background after they were stored, so that the search
finds them by their words.

Numbers of persons and telephones are left out of the index: there they would lie open, while
records keep them sealed.
"""

from __future__ import annotations

import re

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from taizhang.documents.blocks import Block, Paragraph, Source, Table
from taizhang.kernel.errors import BadInput, NotFound
from taizhang.kernel.jobs import queue
from taizhang.kernel.jobs.models import Job
from taizhang.ledgers.evidence import recognised
from taizhang.ledgers.models import EvidenceFile
from taizhang.ledgers.records.derived import search_index

WORK = "ledgers:texts"
_NUMBERS = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|\d{15}|1\d{10})(?!\d)")
_LEFT_OUT = "＊＊＊"


def text_of(file: EvidenceFile) -> str:
    """The words of a file, "" where it has none that can be read. A picture is not recognised for
    it: most are photographs, and who hands one in as a page of a ledger has it read.
    """
    try:
        return in_words(recognised.source_of(file.sha256, recognise=not file.is_picture))
    except (BadInput, NotFound):
        return ""


def in_words(source: Source) -> str:
    """What is found of a file by the search."""
    said = "\n".join(filter(None, map(_said, [*source.blocks, *source.aside])))
    return _NUMBERS.sub(_LEFT_OUT, said)


def _said(block: Block) -> str:
    if isinstance(block, Table):
        rows = ([cell.text.strip() for cell in row if not cell.spans] for row in block.rows)
        return "\n".join("　".join(filter(None, row)) for row in rows)
    return block.text if isinstance(block, Paragraph) else ""


def ask(by: object = None) -> None:
    """Have read what was stored and not read yet."""
    queue.ask(WORK, {}, by=by, alone=WORK)


@queue.looked_for
def ask_for_what_was_left() -> None:
    """Files that were stored by an older version, or over whose reading the process ended."""
    if _unread().exists():
        ask()


def _unread() -> QuerySet[EvidenceFile]:
    found = EvidenceFile.objects.filter(read_at=None, withdrawn_at=None)
    return found.exclude(mime__startswith="image/")


@queue.work(WORK, kept=False)
def read_waiting(job: Job) -> None:
    """Read one file after another; a break loses none that was read."""
    del job
    for key in list(_unread().values_list("pk", flat=True)):
        _read(key)


def _read(key: int) -> None:
    file = EvidenceFile.objects.get(pk=key)
    text = text_of(file)  # a long file takes seconds, in which others must be able to store
    with transaction.atomic():
        file = EvidenceFile.objects.select_for_update().get(pk=key)
        if file.withdrawn_at is None:
            index(file, text)


def index_picture(file: EvidenceFile) -> None:
    """Let the search find a picture by its words, where they were recognised."""
    if text := text_of(file):
        with transaction.atomic():
            index(file, text)


def index(file: EvidenceFile, text: str) -> None:
    """Put a file into the index with its words."""
    if text:
        search_index.forget(search_index.FILES, [file.pk])
        search_index.add(search_index.lines_of_file(file, text))
    EvidenceFile.objects.filter(pk=file.pk).update(read_at=timezone.now())
