"""A request of somebody who is logged in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from taizhang.orgs.actor import Actor


class ActorRequest(HttpRequest):
    """Knows who acts, and whether htmx asks."""

    actor: Actor
    htmx: HtmxDetails
    scope: Any
    """The days that are inspected, where a page has asked for them already."""
