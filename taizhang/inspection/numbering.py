"""Which numbers the papers of a round get next."""

from __future__ import annotations

from datetime import date

from taizhang.inspection.models import Round
from taizhang.inspection.papers.parts.shared import committee_of
from taizhang.orgs import numbers
from taizhang.orgs.models import PaperKind
from taizhang.orgs.numbers import Number


def following(opened: Round, kind: PaperKind, day: date) -> Number | None:
    """The number of the next paper of a kind, issued on a day; None where it gets none."""
    committee = committee_of(opened)
    return numbers.following(committee, kind, day.year) if committee else None
