"""Every paper that leaves the system is noted."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from taizhang.kernel.actions import journal
from taizhang.kernel.errors import BadInput
from taizhang.kernel.models import head
from taizhang.orgs.actor import Actor
from taizhang.papers import official_word, pdf, sheet, word
from taizhang.papers.ballot import Ballot
from taizhang.papers.official import Official
from taizhang.papers.paper import Paper

TRACED = 39
"""So much of the head of the journal stands on an official paper: the name of the hash and 32 characters."""
FORMATS = {
    "pdf": ("application/pdf", pdf.written),
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        lambda paper: (
            official_word.written(paper) if isinstance(paper, Official) else word.written(paper)
        ),
    ),
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        sheet.written,
    ),
}


def print_paper(
    *, paper: Paper | Official | Ballot, form: str, subject: str, actor: Actor, now: datetime
) -> bytes:
    """A paper as `pdf`, `docx` or `xlsx`, with a line in the journal of what was printed."""
    if form not in FORMATS:
        raise BadInput("只能生成 pdf、docx 或 xlsx。")
    if isinstance(paper, Official):
        number, hashed = head()
        trace = f"日志校验：第{number}条 {hashed[:TRACED]}"
        paper = replace(paper, trace=trace, imprint=trace if paper.traced else paper.imprint)
    made = FORMATS[form][1](paper)
    journal.note("papers.print", subject, by=actor.user, now=now, form=form, title=paper.title)
    return made
