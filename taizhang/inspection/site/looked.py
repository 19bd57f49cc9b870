"""What a team looked at while it was at a unit, and what it did not."""

from __future__ import annotations

from django.db.models import Count, Q

from taizhang.inspection.models import Visit


def unseen(visit: Visit) -> list[str]:
    """What nobody saw, in words: no one of the unit came, or requirements of which nobody said
    anything.
    """
    items = visit.unit.area.round.items.count()
    looked = visit.answers.filter(holds=True).aggregate(n=Count("item", distinct=True))["n"]
    found = []
    if not visit.attendees.filter(Q(present=True) | ~Q(substitute="")).exists():
        found.append("没有登记被督查单位的任何人到场")
    if looked < items:
        found.append(f"{items}项要求中有{items - looked}项没有登记检查情况")
    return found
