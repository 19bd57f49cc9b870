"""What the suspicions of a visit rest on, by the version of the rules that its picture was frozen
with.
"""

from __future__ import annotations

from collections.abc import Iterable

from taizhang.checks import engine
from taizhang.inspection.models import Finding, Picture, Visit
from taizhang.rules.basis import HINT, Basis

CONFIRM = "这是系统提示，不是台账要求；经核实确属问题才写入反馈。"
"""What whoever takes a hint over as a problem must say yes to."""


def versions(visits: Iterable[Visit]) -> dict[int, str]:
    """Visit → the version of the rules; without a picture that of its round."""
    chosen = {visit.pk: visit.unit.area.round.catalogue for visit in visits}
    pictured = Picture.objects.filter(visit__in=chosen).values_list("visit_id", "catalogue")
    return chosen | dict(pictured)


def version_of(visit: Visit) -> str:
    """The version of one visit."""
    return versions([visit])[visit.pk]


def in_version(name: str, rule: str, window: str) -> Basis:
    """What a rule rests on there for that window; one that is not known has nothing to show, and is
    a hint.
    """
    found = engine.rules(name).get(rule) if name else None
    return found.rests_on(window) if found else HINT


def of(visit: Visit, rule: str, window: str) -> Basis:
    """The same for one visit."""
    return in_version(version_of(visit), rule, window)


def hints(visit: Visit, findings: Iterable[Finding]) -> set[int]:
    """The findings that were hints of the system until somebody confirmed them."""
    name = version_of(visit)
    return {f.pk for f in findings if f.rule and in_version(name, f.rule, f.window).is_hint}
