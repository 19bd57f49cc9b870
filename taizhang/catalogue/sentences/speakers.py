"""Whose lectures a clause counts: everybody's, the secretary's, or those of others, which no rule
of ours counts apart.
"""

from __future__ import annotations

import re

from taizhang.catalogue.sentences.periods import WINDOW
from taizhang.catalogue.sentences.sayings import END

_SECRETARY = re.compile(r"书记")
_OTHER_SPEAKERS = re.compile(
    r"(?<!书记或)(?<!书记或支部)(?:委员(?!会)|支委(?!会)|班子(?:成员)?|领导(?:干部)?|[行校院园所局]长)[^，。；]{0,8}(?:讲|上党?课|授课)"
    r"|书记[、和及]|[、和及](?:党)?(?:支部)?书记"
)
"""Of those whose lectures no rule of ours counts apart nothing is proposed."""
_ANY_OF_THEM = re.compile(r"书记或|或(?:党)?(?:支部)?书记")


def whose(clause: str, around: str) -> str | None:
    """`secretary` for his, "" for everybody's; None where others are named who speak."""
    if _OTHER_SPEAKERS.search(clause):
        return None
    if _ANY_OF_THEM.search(clause):
        return ""
    alone = _headed_by_secretary(clause, around) and not _OTHER_SPEAKERS.search(around)
    return "secretary" if _SECRETARY.search(clause) or alone else ""


def _headed_by_secretary(clause: str, around: str) -> bool:
    """Whether he is named for what a clause says: before its sentence or in it, with no number of
    his own.
    """
    at = around.find(clause)
    end = next((n for n in range(max(at, 0), len(around)) if at >= 0 and around[n] in END), None)
    parts = re.split("[，；。]", around[:end])
    return any(_SECRETARY.search(part) and not WINDOW.search(part) for part in parts)
