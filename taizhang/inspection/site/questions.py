"""What is asked of the database for each entry that a device sends."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery

from taizhang.inspection import rights
from taizhang.inspection.models import Answer, RoundItem, Visit
from taizhang.kernel.db.questions import Question

_NEEDED = (
    "standing", "started_at", "unit__organisation_id", "unit__area__round__standing", "unit__area__round__previous_id",
    "unit__area__round__catalogue",
)  # fmt: skip
"""What an entry needs of its visit: the packs and texts of a round are large."""
VISIT: Question[Any] = Question(
    lambda key, user: (
        Visit.objects.filter(pk=key)
        .select_related("unit__area__round")
        .only(*_NEEDED)
        .annotate(belongs=rights.belongs("unit__area", user))
        .order_by()
    )
)
STANDS: Question[tuple[datetime | None, int | None]] = Question(
    lambda key, no: (
        Visit.objects.filter(pk=key)
        .annotate(
            item=Subquery(
                RoundItem.objects.filter(round=OuterRef("unit__area__round"), no=no)
                .order_by()
                .values("pk")[:1]
            )
        )
        .order_by()
        .values_list("team_signed_at", "item")
    )
)
"""When its team signed a visit, and the key of the requirement with a number."""
GIVEN: Question[Any] = Question(
    lambda visit, item, key: (
        Answer.objects.select_for_update(of=("self",))
        .filter(Q(visit=visit, item=item) | Q(key=key))
        .annotate(giver=F("by__name"))
        .order_by("made_at")
    )
)
"""What was answered already to a requirement of a visit, and what bears the key."""


def stands(visit: int, no: int | None) -> tuple[datetime | None, int | None]:
    """When the team signed a visit, and the key of the requirement with that number, if there is
    one.
    """
    return STANDS.first(visit, no or 0) or (None, None)
