"""销毁清册: what may be destroyed because it need not be kept any longer, who approved it, and what
became of each line.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from taizhang.ledgers.kinds import KINDS
from taizhang.orgs.models import Organisation


class Disposal(models.Model):
    """One list. It stays for ever, though what it lists does not."""

    class State(models.TextChoices):
        DRAFT = "draft", "待批准"
        APPROVED = "approved", "已批准"
        DONE = "done", "已销毁"
        DROPPED = "dropped", "已取消"

    state = models.CharField("状态", max_length=10, choices=State, default=State.DRAFT)
    made_at = models.DateTimeField("编制时间")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    approval_no = models.CharField("批准文号", max_length=60, blank=True)
    approved_at = models.DateTimeField("批准时间", null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    done_at = models.DateTimeField("销毁时间", null=True)

    class Meta:
        verbose_name = "销毁清册"

    def __str__(self) -> str:
        """Number."""
        return f"销毁清册{self.pk}"


class DisposalLine(models.Model):
    """One record of the list."""

    class Fate(models.TextChoices):
        LISTED = "listed", "待销毁"
        KEPT = "kept", "留存"
        IN_USE = "in_use", "有其他记录引用，留存"
        HELD = "held", "在督查内容期间，留存"
        DESTROYED = "destroyed", "已销毁"

    disposal = models.ForeignKey(Disposal, on_delete=models.PROTECT, related_name="lines")
    branch = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    entry_id = models.BigIntegerField()
    title = models.CharField("名称", max_length=200)
    day = models.DateField("日期")
    kept_until = models.DateField("保管至")
    n_files = models.PositiveIntegerField("附件", default=0)
    fate = models.CharField("处置", max_length=10, choices=Fate, default=Fate.LISTED)

    class Meta:
        verbose_name = "销毁清册条目"

    def __str__(self) -> str:
        """The record's title."""
        return self.title

    @property
    def ledger(self) -> str:
        """The ledger's title."""
        return KINDS[self.kind].title
