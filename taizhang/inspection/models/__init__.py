"""督查: rounds, visits, findings."""

from __future__ import annotations

from taizhang.inspection.models.archives import BroughtRound
from taizhang.inspection.models.findings import (
    Finding,
    FindingStep,
    Letter,
    LookBack,
    Progress,
    Rectification,
    RectificationFile,
    RectificationNotice,
)
from taizhang.inspection.models.matching import LineDecision, RuleDecision
from taizhang.inspection.models.rounds import (
    IssuedPaper,
    NoticeDraft,
    Preparation,
    Question,
    Round,
    RoundArea,
    RoundItem,
    RoundSession,
    RoundUnit,
    TeamChange,
    TeamMember,
)
from taizhang.inspection.models.visits import (
    Answer,
    Attendee,
    Highlight,
    LaterChange,
    Picture,
    SelfScore,
    SitePhoto,
    Visit,
)

__all__ = [
    "Answer", "Attendee", "BroughtRound", "Finding", "FindingStep", "Highlight", "IssuedPaper", "LaterChange", "Letter", "LineDecision", "LookBack", "NoticeDraft", "Picture", "Preparation", "Progress",
    "Question", "Rectification", "RectificationFile", "RectificationNotice", "Round", "RoundArea", "RoundItem", "RoundSession", "RoundUnit", "RuleDecision", "SelfScore", "SitePhoto",
    "TeamChange", "TeamMember", "Visit",
]  # fmt: skip
