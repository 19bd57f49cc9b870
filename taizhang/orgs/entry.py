"""What every record of a branch carries: whose it is, who entered it when, and which
version it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from taizhang.orgs.models.units import Organisation

if TYPE_CHECKING:
    from taizhang.orgs.actor import Actor


def within(column: str, spans: Iterable[tuple[str, str]]) -> Q:
    """A filter on a path column: in one of these ranges."""
    found = Q(pk__in=())
    for first, end in spans:
        found |= Q(**{f"{column}__gte": first, f"{column}__lt": end})
    return found


class EntryQuerySet(models.QuerySet[Any]):
    """Records of branches; pages reach them only through `visible_to`."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the branches that the actor may read today; no join, so that a list is read by
        its day.
        """
        return self.within(actor.spans)

    def within(self, spans: Iterable[tuple[str, str]]) -> Self:
        """Those of the branches whose paths lie in some ranges: for a question that is built before
        it is known who asks.
        """
        return self.filter(branch__in=Organisation.objects.filter(within("path", spans)))

    def current(self) -> Self:
        """Those that nobody withdrew."""
        return self.filter(withdrawn_at__isnull=True)


class Entry(models.Model):
    """One record in a branch's ledger. A correction adds a version; a withdrawn record stays
    readable.
    """

    class Mode(models.TextChoices):
        LIVE = "live", "当时登记"
        BACKFILL = "backfill", "补录"

    branch = models.ForeignKey(
        "orgs.Organisation", verbose_name="党支部", on_delete=models.PROTECT, related_name="+"
    )
    entry_mode = models.CharField("登记方式", max_length=10, choices=Mode, default=Mode.LIVE)
    version = models.PositiveIntegerField("版本", default=1)
    recorded_at = models.DateTimeField("登记时间")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="登记人",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    withdrawn_at = models.DateTimeField("撤回时间", null=True)
    n_files = models.PositiveIntegerField("佐证材料数", default=0, editable=False)
    n_pictures = models.PositiveIntegerField("其中照片数", default=0, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        abstract = True
