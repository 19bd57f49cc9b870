"""Which suspicions are dismissed: those that say exactly what was dismissed, as gravely."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from taizhang.checks.models import Dismissal
from taizhang.kernel.db.questions import Question
from taizhang.rules.base import Rule, Suspicion

_E = Dismissal.Explanation
GENERAL = (_E.SEEN, _E.LATE, _E.APPROVED, _E.OTHER)
INNOCENT = {
    "AF-P1": (_E.TWICE, _E.TOGETHER), "AF-P8": (_E.TOGETHER,), "AF-P11": (_E.TWICE, _E.TOGETHER),
    "AF-T1": (_E.TWICE,), "AF-T2": (_E.TOGETHER, _E.TEMPLATE), "AF-T7": (_E.TEMPLATE,),
    "AF-F1": (_E.TWICE, _E.TOGETHER), "AF-F2": (_E.NO_EXIF, _E.CLOCK), "AF-F3": (_E.TOGETHER,),
}  # fmt: skip
"""The usual innocent explanations (DOMAIN 6, "ok if"), by the rule's name; a variant of a grade has
them too.
"""


def explanations(code: str) -> list[tuple[str, str]]:
    """What is offered for a rule of this name: its usual explanations first."""
    own = INNOCENT.get(code.rstrip("weix"), ())
    return [(str(one.value), str(one.label)) for one in (*own, *GENERAL)]


OF_BRANCH: Question[Dismissal] = Question(
    lambda branch: Dismissal.objects.filter(branch=branch, ended_at__isnull=True)
)
"""What is dismissed in a branch."""


def key(suspicion: Suspicion) -> Suspicion:
    """A suspicion as it is kept."""
    return suspicion._replace(detail=suspicion.detail[:300])


def in_force(branches: Iterable[int], rules: Mapping[str, Rule]) -> dict[Suspicion, int]:
    """What is dismissed in these branches → the dismissal; one whose rule has another severity now
    does not count.
    """
    keys = list(branches)
    rows = (
        OF_BRANCH(*keys)
        if len(keys) == 1
        else Dismissal.objects.filter(branch__in=keys, ended_at__isnull=True)
    )
    return {
        row.as_suspicion(): row.pk
        for row in rows
        if row.rule in rules and rules[row.rule].severity == row.severity
    }
