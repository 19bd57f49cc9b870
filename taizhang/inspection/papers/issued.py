"""The notice and the circulars of a round: as they were issued, else as they would be
issued today.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from taizhang.inspection.models import IssuedPaper, Letter, Round
from taizhang.inspection.papers import circular, notice
from taizhang.inspection.papers.letters import thawed
from taizhang.orgs.models import PaperKind
from taizhang.papers.official.paper import Official

KINDS: dict[str, tuple[PaperKind, Callable[[Round], Official]]] = {
    "notice": (PaperKind.NOTICE, notice.notice),
    "circular": (PaperKind.CIRCULAR, circular.circular),
    "circular-anonymous": (PaperKind.CIRCULAR, circular.anonymous_circular),
}


def kept(opened: Round, name: str) -> IssuedPaper | None:
    """The paper as it was issued and not taken back."""
    return IssuedPaper.objects.filter(round=opened, kind=name, withdrawn_at=None).first()


CIRCULARS = {"circular": "点名", "circular-anonymous": "不点名"}


def circulars(opened: Round) -> list[tuple[str, str, IssuedPaper | None]]:
    """Both circulars of a round: the name by which each is asked for, what it is called, and how it
    was issued.
    """
    return [(name, told, kept(opened, name)) for name, told in CIRCULARS.items()]


def first_letter_on(opened: Round) -> date | None:
    """The day of the first feedback of a round, before which it has no circular."""
    days = Letter.objects.filter(visit__unit__area__round=opened)
    return min(days.values_list("issued_on", flat=True), default=None)


def paper(name: str) -> Callable[[Round], Official]:
    """What prints a paper of this name."""

    def printed(opened: Round) -> Official:
        found = kept(opened, name)
        return thawed(found.paper) if found else replace(KINDS[name][1](opened), proved=False)

    return printed
