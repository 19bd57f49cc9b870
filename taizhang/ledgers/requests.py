"""What pages of ledgers read in a request, and how they answer with a sheet."""

from __future__ import annotations

from taizhang.kernel.errors import NotAllowed
from taizhang.orgs.models import Organisation
from taizhang.orgs.queries import organisations as orgs
from taizhang.web.http import ActorRequest

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def branch_of(request: ActorRequest) -> Organisation:
    """The branch that is written for: the one asked for, else one's own."""
    asked = request.POST.get("branch") or request.GET.get("branch") or ""
    if asked.isdecimal() and len(asked) < 10:
        return orgs.organisation(int(asked), actor=request.actor)
    own = request.actor.own_branch
    if own is None:
        raise NotAllowed("台账由支部的书记、台账员、支委登记。")
    return own
