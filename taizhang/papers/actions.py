"""Every paper that leaves the system is noted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from taizhang.kernel import libreoffice
from taizhang.kernel.actions import journal
from taizhang.kernel.errors import BadInput
from taizhang.kernel.models import head
from taizhang.ledgers.burden import meter
from taizhang.ledgers.kinds import KINDS
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation
from taizhang.papers.documents.ballot import Ballot
from taizhang.papers.models import PaperTemplate
from taizhang.papers.official.paper import Official
from taizhang.papers.paper import Paper
from taizhang.papers.proofs import proof as proofs
from taizhang.papers.proofs import words
from taizhang.papers.word_templates import queries as template_queries
from taizhang.papers.writers import official_word, pdf, word, xlsx

TRACED = 39
"""So much of the head of the journal stands on an official paper: the name of the hash and 32
characters.
"""


def _words(paper: object) -> bytes:
    """The words that a proof speaks of; only official papers have one."""
    if not isinstance(paper, Official):
        raise BadInput("只有公文有校验文字。")
    return words.text(paper).encode()


FORMATS: dict[str, tuple[str, Callable[[Any], bytes]]] = {
    "pdf": ("application/pdf", pdf.written),
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        lambda paper: (
            official_word.written(paper) if isinstance(paper, Official) else word.written(paper)
        ),
    ),
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        xlsx.written,
    ),
    "txt": ("text/plain; charset=utf-8", _words),
}


@dataclass(frozen=True)
class Wanted:
    """One of several papers to be printed; with a template in the office's own form, else in the
    built-in one.
    """

    paper: Paper | Official | Ballot
    subject: str
    template: PaperTemplate | None = None


def print_paper(
    *,
    paper: Paper | Official | Ballot,
    form: str,
    subject: str,
    actor: Actor,
    now: datetime,
    template: PaperTemplate | None = None,
) -> bytes:
    """A paper as `pdf`, `docx` or `xlsx`, with a line in the journal of what was printed."""
    wanted = Wanted(paper, subject, template)
    return print_papers(wanted=[wanted], form=form, actor=actor, now=now)[0]


def print_papers(
    *, wanted: Sequence[Wanted], form: str, actor: Actor, now: datetime
) -> list[bytes]:
    """Several papers in one form, each with its line in the journal."""
    if form not in FORMATS:
        raise BadInput("只能生成 pdf、docx 或 xlsx。")
    traced = [_traced(one) for one in wanted]
    made = _made(traced, form)
    for one, data in zip(traced, made, strict=True):
        by = {"template": str(one.template)} if _is_own(one, form) else {}
        if isinstance(one.paper, Official) and one.paper.proof:
            by["words"] = words.digest(one.paper)
        journal.note(
            "papers.print",
            one.subject,
            by=actor.user,
            now=now,
            form=form,
            title=one.paper.title,
            digest=hashlib.sha256(data).hexdigest(),
            **by,
        )
    meter.spared(_of_branches(traced), actor, now)
    return made


def _of_branches(printed: Sequence[Wanted]) -> Iterator[tuple[Organisation, str]]:
    """Of papers about records of a branch, or about the branch itself: whose they are,
    and which.
    """
    for one in printed:
        sort, _, key = one.subject.partition(":")
        number = key.partition(":")[0]
        if not number.isdecimal():
            continue
        if sort in KINDS:
            entry = KINDS[sort].model.objects.filter(pk=number).select_related("branch").first()
            place = entry.branch if entry else None
        else:
            place = (
                Organisation.objects.branches().filter(pk=number).first()
                if sort == "organisation"
                else None
            )
        if place is not None:
            yield place, f"{one.subject} {one.paper.title}"


def _traced(wanted: Wanted) -> Wanted:
    if not isinstance(wanted.paper, Official):
        return wanted
    number, hashed = head()
    proof = proofs.of(wanted.paper, number, hashed) if wanted.paper.proved else ""
    trace = f"日志校验：第{number}条 {hashed[:TRACED]}"
    imprint = trace if wanted.paper.traced else wanted.paper.imprint
    return replace(wanted, paper=replace(wanted.paper, trace=trace, imprint=imprint, proof=proof))


def _is_own(wanted: Wanted, form: str) -> bool:
    """Whether it is made from the office's own file: as PDF only where there is a LibreOffice."""
    if wanted.template is None or isinstance(wanted.paper, Ballot):
        return False
    return form == "docx" or (form == "pdf" and libreoffice.program() is not None)


def _made(wanted: Sequence[Wanted], form: str) -> list[bytes]:
    own = [n for n, one in enumerate(wanted) if _is_own(one, form)]
    documents = [
        template_queries.document(one.template, one.paper)
        for one in (wanted[n] for n in own)
        if not isinstance(one.paper, Ballot)
    ]
    if documents and form == "pdf":
        documents = libreoffice.pdfs(documents, pdf.fonts_for_office())
    ready = dict(zip(own, documents, strict=True))
    built_in = FORMATS[form][1]
    return [ready[n] if n in ready else built_in(one.paper) for n, one in enumerate(wanted)]
