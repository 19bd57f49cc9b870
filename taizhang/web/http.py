"""A request of somebody who is logged in, and the status of a refusal."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django_htmx.middleware import HtmxDetails

from taizhang.kernel.errors import BadInput, NotAllowed, NotFound, Refused, Unreachable
from taizhang.orgs.actor import Actor

_STATUS: dict[type[Refused], int] = {
    NotAllowed: 403,
    NotFound: 404,
    BadInput: 422,
    Unreachable: 503,
}


class ActorRequest(HttpRequest):
    """Knows who acts, and whether htmx asks."""

    actor: Actor
    htmx: HtmxDetails
    scope: Any
    """The days that are inspected, where a page has asked for them already."""
    waits_for: Any
    """The branches whose verdicts a page shows: it tells how many of them are not judged yet."""


def status_of(refusal: Refused) -> int:
    """The HTTP status in which a refusal is sent; 409 where the thing's state forbids it."""
    return next((code for kind, code in _STATUS.items() if isinstance(refusal, kind)), 409)


def attachment(data: bytes, mime: str, name: str) -> HttpResponse:
    """A file to be saved under a name, which may be Chinese."""
    response = HttpResponse(data, content_type=mime)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
