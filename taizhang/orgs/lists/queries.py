"""The columns that somebody keeps of a list, and the filters that he finds there."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from taizhang.kernel.db.questions import Question
from taizhang.kernel.errors import NotFound
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import ADMINS, ListColumns, Organisation, SavedFilter, User


def columns(user: User, name: str) -> list[str]:
    """The columns that a person chose for a list; none where he never did."""
    found = _COLUMNS.first(user.pk, name)
    return list(found.columns) if found else []


_COLUMNS: Question[ListColumns] = Question(
    lambda user, name: ListColumns.objects.filter(user=user, list_name=name)
)


def unit_of(actor: Actor) -> Organisation | None:
    """With whom the actor may share: his branch, else where his first duty is; administrators share
    with nobody.
    """
    own = actor.own_branch or actor.own_general
    if own is not None or actor.has(*ADMINS):
        return own
    return actor.grants[0].organisation if actor.grants else None


def saved(actor: Actor) -> QuerySet[SavedFilter]:
    """One's own filters, and those that are shared within the units where one holds a duty."""
    units = [] if actor.has(*ADMINS) else [grant.organisation.pk for grant in actor.grants]
    return _saved(actor.user.pk, *units)


def saved_of(path: str, actor: Actor) -> list[SavedFilter]:
    """Those of one page."""
    units = [] if actor.has(*ADMINS) else [grant.organisation.pk for grant in actor.grants]
    return _OF_PAGE(path, actor.user.pk, *units)


def _saved(user: int, *units: int) -> QuerySet[SavedFilter]:
    found = SavedFilter.objects.filter(Q(by=user) | Q(unit__in=units))
    return found.select_related("by", "unit")


_OF_PAGE: Question[SavedFilter] = Question(
    lambda path, user, *units: _saved(user, *units).filter(path=path)
)


def saved_filter(key: int, *, actor: Actor) -> SavedFilter:
    """One of them."""
    found = saved(actor).filter(pk=key).first()
    if found is None:
        raise NotFound("没有这个存下的筛选。")
    return found
