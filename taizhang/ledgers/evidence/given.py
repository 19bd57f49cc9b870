"""Files that come with a post: beside a record, or with the form of one that is not there yet."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.contrib import messages
from django.utils import timezone

from taizhang.kernel.errors import BadInput, NotFound, Problem, Unreachable
from taizhang.ledgers.evidence import actions as evidence
from taizhang.ledgers.evidence import queries as evidence_queries
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.models import EvidenceFile
from taizhang.orgs.entry import Entry
from taizhang.orgs.models import Organisation
from taizhang.web.http import ActorRequest
from taizhang.web.params import key_of

MOST = 40
"""So many files come with one form at most."""


@dataclass
class Given:
    """What was taken in, and what could not be."""

    taken: list[evidence.Taken] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def files(self) -> list[EvidenceFile]:
        """The files themselves, each once."""
        return list({one.file.pk: one.file for one in self.taken}.values())


def received(request: ActorRequest, branch: Organisation) -> Given:
    """The files of a post, kept for the branch; with those that an earlier post of the same form
    brought.
    """
    found = Given()
    for key in request.POST.getlist("given")[:MOST]:
        file = evidence_queries.file(key_of(key), actor=request.actor)
        if file.branch_id != branch.pk:
            raise NotFound("没有这个文件。")
        found.taken.append(evidence.Taken(file, known=False))
    for upload in request.FILES.getlist("file")[:MOST]:
        try:
            taken = evidence.take_in(
                branch=branch,
                name=upload.name or "",
                data=upload.read(),
                kind=request.POST.get("as", ""),
                actor=request.actor,
                now=timezone.now(),
            )
        except BadInput as refusal:
            found.problems += [Problem(f"{upload.name}：{p.message}") for p in refusal.problems]
        except Unreachable as away:
            found.problems.append(Problem(f"{upload.name}没有保存：{away}"))
        else:
            found.taken.append(taken)
    return found


def attach(request: ActorRequest, kind: LedgerKind, entry: Entry, found: Given) -> None:
    """Let what was taken in serve a record."""
    for file in found.files:
        evidence.attach(file=file, kind=kind, entry=entry, actor=request.actor, now=timezone.now())


def attach_to_new(request: ActorRequest, kind: LedgerKind, entry: Entry, found: Given) -> None:
    """The same for a record that was just stored, which what is wrong with a file does not undo."""
    attach(request, kind, entry, found)
    if found.files:
        messages.success(request, f"附上了 {len(found.files)} 个文件。")
    for problem in found.problems:
        messages.error(request, f"没有附上：{problem.message}请在“佐证材料”里再传。")
