"""公文格式 of a round's papers: what the committee has set, and where the round differs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from taizhang.inspection.models import Round
from taizhang.inspection.papers.parts.shared import committee_of
from taizhang.orgs.heads import NONE, Head, KindHead, as_kept, head_of
from taizhang.orgs.models import OF_COMMITTEES, PaperKind
from taizhang.papers.official.heads import TO_ALL, laid
from taizhang.papers.official.paper import Official


def headed(paper: Official, kind: PaperKind, opened: Round) -> Official:
    """A paper of a round with the elements that hold for it today."""
    head = of_round(opened)
    to = paper.to
    if kind in TO_ALL and head.addressees:
        to = f"{head.addressees.rstrip('：:')}："
    if kind == PaperKind.NOTICE and (opened.contact_office or opened.contact_person):
        head = replace(head, contact_person="", contact_phone="")  # its text names them
    return replace(laid(paper, kind, head), to=to)


def set_for(opened: Round) -> Head:
    """What the committee of a round has set; whom its notice names goes before."""
    committee = committee_of(opened)
    known = head_of(committee) if committee else Head()
    return replace(known, addressees="、".join(opened.addressees) or known.addressees)


def of_round(opened: Round) -> Head:
    """The elements that hold for the papers of a round."""
    known = set_for(opened)
    own = as_kept(opened.head)
    return replace(
        known,
        mark=_over(own.mark, known.mark),
        addressees=_over(own.addressees, known.addressees),
        signatory=_over(own.signatory, known.signatory),
        printed_by=_over(own.printed_by, known.printed_by),
        kinds={kind: _of_kind(kind, own, known) for kind in OF_COMMITTEES},
        **_contact(opened, known),
    )


def _over(own: str, known: str) -> str:
    return "" if own == NONE else own or known


def _of_kind(kind: PaperKind, own: Head, known: Head) -> KindHead:
    mine, theirs = own.kinds.get(kind, KindHead()), known.kinds.get(kind, KindHead())
    return replace(theirs, look=mine.look or theirs.look, copies=_over(mine.copies, theirs.copies))


def _contact(opened: Round, known: Head) -> dict[str, Any]:
    """Where papers name somebody to ask: he whom the round names."""
    if not (known.contact_person or known.contact_phone):
        return {}
    if not (opened.contact_person or opened.contact_phone):
        return {}
    return {"contact_person": opened.contact_person, "contact_phone": opened.contact_phone}
