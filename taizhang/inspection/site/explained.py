"""What branches say of the suspicions in the pictures of their visits, as they say it now.

The picture is frozen with the round; a branch may explain until the visit is over, and change what
it said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from taizhang.checks.reasons import explanations
from taizhang.checks.reasons.explanations import Explained
from taizhang.inspection.models import Finding, Visit
from taizhang.orgs.queries import organisations

Said = Mapping[str, Explained]
"""The mark of a suspicion → what its branch says of it."""


def of_visits(visits: Iterable[Visit]) -> Said:
    """What the branches of these visits say."""
    places = [visit.unit.organisation for visit in visits if visit.unit.organisation is not None]
    below = organisations.branches_of(places).values() if places else ()
    found = explanations.of_branches({branch.pk for branches in below for branch in branches})
    return {explanations.mark_of(suspicion): one for suspicion, one in found.items()}


def of_findings(findings: Iterable[Finding]) -> dict[int, str]:
    """Finding → what its branch says of the suspicion that it was made of; nothing of one that was
    made by hand.
    """
    made = [one for one in findings if one.rule and one.item is not None]
    said = of_visits({one.visit_id: one.visit for one in made}.values())
    return {one.pk: "；".join(_of_finding(one, said)) for one in made}


def _of_finding(one: Finding, said: Said) -> list[str]:
    known = one.visit.pack.get("items", {}).get(str(one.item.no if one.item else 0), {})
    for reason in known.get("reasons", []):
        if (reason["rule"], reason["window"]) == (one.rule, one.window):
            return of_reason(reason, said)
    return []


def of_reason(reason: Mapping[str, Any], said: Said) -> list[str]:
    """What is said of one reason of a picture, each wording once; of how many places, where it is
    not of all.
    """
    marks = reason.get("marks", "").split()
    told = explanations.told([said.get(mark) for mark in marks])
    return [
        one.text if n == len(marks) else f"{one.text}（{len(marks)}处中的{n}处）" for one, n in told
    ]
