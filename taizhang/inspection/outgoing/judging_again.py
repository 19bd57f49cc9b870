"""What a round froze, judged again by a worker: hundreds of units take longer than a page may."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.urls import reverse
from django.utils import timezone

from taizhang.inspection import frozen_facts, queries
from taizhang.kernel.actions import made_files
from taizhang.orgs.actor import actor_of
from taizhang.orgs.models import User

FROZEN = "round-frozen"


def about(key: int) -> dict[str, Any]:
    """What it is asked with, by the key of the round."""
    return {"round": key}


@made_files.result(
    FROZEN, page=lambda made: reverse("inspection:frozen", args=[made.about["round"]])
)
def _judge(user: User, told: Mapping[str, Any], progress: made_files.Progress) -> dict[str, Any]:
    actor = actor_of(user, on=timezone.localdate())
    actor.must_run_office()
    opened = queries.round_of(told["round"], actor=actor)
    units, found = frozen_facts.of_round(opened, progress)
    return {"units": units, "found": [asdict(one) for one in found]}
