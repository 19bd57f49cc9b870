"""What a device hands in, one entry for each thing that an inspector did; everything is checked
before it is believed.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
LONGEST_FACTS = 2000
"""So many characters may say what is wrong, and what should be done."""
Long = Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_FACTS)]
MOST = 2000
"""Entries in one call: a session of ten units has some 500."""


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    key: UUID
    """Made by the device; what is sent twice is stored once."""
    visit: int = Field(gt=0, lt=2**62)
    made_at: datetime


class Start(_Entry):
    """The unit has come to the table."""

    kind: Literal["start"]


class End(_Entry):
    """All is read; the consultation may begin."""

    kind: Literal["end"]


class Present(_Entry):
    """Somebody of the unit came, or did not: then perhaps another for him, and why not he."""

    kind: Literal["present"]
    attendee: int = Field(gt=0, lt=2**62)
    present: bool
    substitute: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)] = ""
    excuse: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""


class AnswerGiven(_Entry):
    """检查情况 of one requirement."""

    kind: Literal["answer"]
    item: int = Field(gt=0, lt=1000)
    """The number of the requirement in the round."""
    verdict: Literal["complete", "mostly", "missing", "not_applicable"]
    how: Literal["seen", "system", "paper"] = "seen"
    note: Text = ""
    on_the_spot: bool = False
    seen: tuple[UUID, ...] = Field((), max_length=20)


class RestAccepted(_Entry):
    """其余一并认可: what the machine found in order is accepted without a look, and says so."""

    kind: Literal["accept_rest"]
    items: tuple[Annotated[int, Field(gt=0, lt=1000)], ...] = Field(max_length=200)


class FindingMade(_Entry):
    """A draft of a finding; `changes` names one of this device's that it replaces."""

    kind: Literal["finding"]
    item: int | None = Field(None, gt=0, lt=1000)
    facts: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_FACTS)
    ]
    basis: Text = ""
    suggestion: Long = ""
    severity: Literal["minor", "serious", "grave"] = "minor"
    manner: Literal["at_once", "by_deadline", "long_term"] = "by_deadline"
    source: Literal["machine", "site", "consultation", "masses"] = "site"
    rule: Annotated[str, StringConstraints(max_length=40)] = ""
    window: Annotated[str, StringConstraints(max_length=10)] = ""
    confirmed: bool = False
    """The inspector said that what the system only hints at is a problem indeed."""
    repeat_of: int | None = Field(None, gt=0, lt=2**62)


class FindingDropped(_Entry):
    """A draft that was a mistake."""

    kind: Literal["drop_finding"]
    finding: UUID


class HighlightMade(_Entry):
    """特色亮点."""

    kind: Literal["highlight"]
    item: int | None = Field(None, gt=0, lt=1000)
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class HighlightDropped(_Entry):
    """A highlight that was a mistake."""

    kind: Literal["drop_highlight"]
    highlight: UUID


class LookedBack(_Entry):
    """What became of a problem of the last round."""

    kind: Literal["look_back"]
    earlier: int = Field(gt=0, lt=2**62)
    verdict: Literal["mended", "partly", "not_mended"]
    note: Text = ""


AnyEntry = Annotated[
    Start
    | End
    | Present
    | AnswerGiven
    | RestAccepted
    | FindingMade
    | FindingDropped
    | HighlightMade
    | HighlightDropped
    | LookedBack,
    Field(discriminator="kind"),
]
ONE: TypeAdapter[AnyEntry] = TypeAdapter(AnyEntry)


class Result(BaseModel):
    """What became of one entry."""

    key: str
    state: Literal["stored", "known", "older", "conflict", "refused", "failed"]
    message: str = ""
