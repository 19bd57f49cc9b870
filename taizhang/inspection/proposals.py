"""What the system proposes where a problem is written down: a manner and a piece of advice. People
take them, or write their own.
"""

from __future__ import annotations

from taizhang.checks import engine
from taizhang.inspection.models import Finding
from taizhang.rules.base import Remedy

_MANNERS: dict[Remedy, Finding.Manner] = {
    "now": Finding.Manner.BY_DEADLINE,
    "correct": Finding.Manner.BY_DEADLINE,
    "past": Finding.Manner.LONG_TERM,
}
_ADVICE: dict[Remedy, str] = {
    "now": "对照要求据实补齐，并对同类情况进行自查。",
    "correct": "对照原始记录核实后更正，并对同类情况进行自查。",
    "past": "不得事后补造记录；查找原因，举一反三，建立长效机制，今后按要求开展。",
}


def remedy(version: str, rule: str) -> Remedy | None:
    """What is still to be done about what a rule found; nothing of a rule that the version does not
    have.
    """
    found = engine.rules(version).get(rule) if version else None
    return found.to_do if found else None


def manner(version: str, rule: str) -> str:
    """整改类型 that is offered: what is past is never to be made good by a deadline."""
    found = remedy(version, rule)
    return str(_MANNERS[found] if found else Finding.Manner.BY_DEADLINE)


def advice(version: str, rule: str) -> str:
    """整改建议 that is offered; none for what a person found himself."""
    found = remedy(version, rule)
    return _ADVICE[found] if found else ""
