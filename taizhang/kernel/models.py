"""The journal: who did what, when, to which record. Only actions write it."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class JournalLine(models.Model):
    """One act, written in the transaction of the act itself and never changed."""

    at = models.DateTimeField("时间", db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="操作人",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    verb = models.CharField("操作", max_length=60)
    subject = models.CharField("对象", max_length=120, db_index=True)
    detail = models.JSONField("内容", default=dict)

    class Meta:
        verbose_name = "日志"
        ordering = ("pk",)

    def __str__(self) -> str:
        """Verb and subject."""
        return f"{self.at:%F %T} {self.verb} {self.subject}"
