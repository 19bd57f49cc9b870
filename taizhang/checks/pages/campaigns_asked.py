"""专项活动: what a round asks for besides the 36 items, and what a branch has recorded of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from taizhang.checks.models import CheckScope
from taizhang.kernel.text import folded
from taizhang.ledgers.kinds.campaigns import KIND as CAMPAIGNS
from taizhang.ledgers.records import counted
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Organisation


@dataclass(frozen=True)
class Topic:
    """One campaign with the branch's records of it in the days inspected, and the form of a new
    one.
    """

    name: str
    days: list[date]
    list_url: str
    new_url: str


def topics(*, branch: Organisation, scope: CheckScope, actor: Actor) -> list[Topic]:
    """Each campaign asked for, in the notice's order. Whether what was done is enough, only a
    person can say.
    """
    found = counted.campaign_days(branch, actor, scope.from_on, scope.to_on) if scope.topics else []
    kind = [CAMPAIGNS]
    return [
        Topic(
            name,
            sorted(day for campaign, day in found if folded(campaign) == folded(name)),
            f"{reverse('ledgers:list', args=kind)}?{urlencode({'branch': branch.pk, 'q': name})}",
            f"{reverse('ledgers:record', args=kind)}?"
            f"{urlencode({'branch': branch.pk, 'campaign': name})}",
        )
        for name in scope.topics
    ]
