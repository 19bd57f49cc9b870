"""The document of `taizhang check --json` (DESIGN 8)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from taizhang.catalogue.model import code_of
from taizhang.checks import engine
from taizhang.checks.reasons import sentences
from taizhang.orgs.models import Organisation
from taizhang.rules.base import Period, Rule, Suspicion


def document(
    found: Sequence[engine.Checked],
    branches: Sequence[Organisation],
    catalogue: str,
    period: Period,
    name: str,
) -> dict[str, Any]:
    """Branches, items and suspicions, each with its sentence; what cannot be told is the item's
    reason.
    """
    rules = engine.rules(catalogue)
    names_of = {branch.pk: branch.short_name for branch in branches}
    every = [s for checked in found for verdict in checked.verdicts for s in verdict.suspicions]
    names = sentences.names_for(rules, every)
    return {
        "on": period.on.isoformat(),
        "from": period.from_on.isoformat(),
        "to": period.last.isoformat(),
        "engine": name,
        "catalogue": catalogue,
        "branches": [
            {
                "branch": names_of.get(checked.branch, str(checked.branch)),
                "items": [
                    {
                        "item": verdict.item,
                        "outcome": str(verdict.outcome),
                        "reason": verdict.reason,
                        "suspicions": [
                            _told(rules[s.rule], s, names) for s in verdict.suspicions if s.certain
                        ],
                    }
                    for verdict in checked.verdicts
                ],
            }
            for checked in found
        ],
    }


def _told(rule: Rule, suspicion: Suspicion, names: sentences.Names) -> dict[str, Any]:
    return {
        "rule": code_of(rule.id),
        "severity": rule.severity,
        "window": suspicion.window,
        "subjects": [key for key in (suspicion.subject,) if key >= 0],
        "found": suspicion.found if suspicion.found >= 0 else None,
        "wanted": suspicion.wanted if suspicion.wanted >= 0 else None,
        "text": sentences.sentence(rule, suspicion, names),
    }
