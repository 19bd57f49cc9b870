"""What ledgers store besides their kinds: versions, and what was found in texts when they were
saved.
"""

from __future__ import annotations

from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.models.burden import Burden, SparedPaper
from taizhang.ledgers.models.disposal import Disposal, DisposalLine
from taizhang.ledgers.models.evidence import (
    EvidenceFile,
    EvidenceLink,
    EvidenceVersion,
    Recognised,
)
from taizhang.ledgers.models.objections import Objection
from taizhang.ledgers.models.records import EntryVersion, ImportJob, RecordLink, SavedOnce
from taizhang.ledgers.models.texts import SearchLine, TextPhrase, TextSketch

__all__ = [
    "KINDS",
    "Burden",
    "Disposal",
    "DisposalLine",
    "EntryVersion",
    "EvidenceFile",
    "EvidenceLink",
    "EvidenceVersion",
    "ImportJob",
    "Objection",
    "Recognised",
    "RecordLink",
    "SavedOnce",
    "SearchLine",
    "SparedPaper",
    "TextPhrase",
    "TextSketch",
]
