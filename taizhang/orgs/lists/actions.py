"""Keeping the columns of a list, and saving a filter by name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from taizhang.kernel.actions import journal
from taizhang.kernel.errors import BadInput, NotAllowed
from taizhang.kernel.writing import columns as texts
from taizhang.orgs.actor import Actor
from taizhang.orgs.lists.queries import unit_of
from taizhang.orgs.models import ListColumns, Role, SavedFilter, User

_PATH = re.compile(r"/(?!/)[a-z0-9/-]*")
"""A page of this site, and no other."""


def moved(columns: Sequence[str], name: str, step: int) -> list[str]:
    """The columns with one of them so many places further; at either end it stays."""
    found = list(columns)
    if name not in found:
        return found
    at = found.index(name)
    found.insert(max(0, at + step), found.pop(at))
    return found


def choose_columns(*, user: User, name: str, columns: Sequence[str]) -> None:
    """Keep which columns of a list a person wants, in his order; with none of them the list is as
    it was. About oneself alone, so without a line in the journal.
    """
    called = texts.taken(ListColumns.list_name, name)
    if not columns:
        ListColumns.objects.filter(user=user, list_name=called).delete()
        return
    ListColumns.objects.update_or_create(
        user=user, list_name=called, defaults={"columns": list(columns)}
    )


@transaction.atomic
def save_filter(
    *, name: str, path: str, query: str, shared: bool, actor: Actor, now: datetime
) -> SavedFilter:
    """Save what a page is narrowed to under a name; the same name for the same page again takes the
    place of the first.
    """
    unit = unit_of(actor) if shared else None
    if shared and unit is None:
        raise NotAllowed("您没有可以共享的单位，只能自己用。")
    called = texts.taken(SavedFilter.name, name, missing="请填写名称。")
    if not _PATH.fullmatch(path) or texts.too_long(SavedFilter.query, query):
        raise BadInput("这个页面的条件太长，不能存下。")
    values = {"query": query, "unit": unit, "saved_at": now}
    found, _ = SavedFilter.objects.update_or_create(
        by=actor.user, path=path, name=called, defaults=values
    )
    journal.note(
        "orgs.save_filter",
        f"filter:{found.pk}",
        by=actor.user,
        now=now,
        name=called,
        query=query,
        form=path,
        unit=str(unit or ""),
    )
    return found


@transaction.atomic
def drop_filter(*, found: SavedFilter, actor: Actor, now: datetime) -> None:
    """Take a saved filter away: one's own, or as the secretary or the organisation section one of
    the unit.
    """
    leads = any(
        grant.role in (Role.SECRETARY, Role.OFFICE) and grant.organisation.pk == found.unit_id
        for grant in actor.grants
    )
    if found.by_id != actor.user.pk and not leads:
        raise NotAllowed("这个筛选由存下它的人、支部书记或组织科删除。")
    journal.note("orgs.drop_filter", f"filter:{found.pk}", by=actor.user, now=now, name=found.name)
    found.delete()
