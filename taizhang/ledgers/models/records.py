"""What is stored of records besides themselves: versions, links, imports, and saves that are done
once.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models


class EntryVersion(models.Model):
    """What a record said in one of its versions, who wrote it, when and why."""

    kind = models.CharField(max_length=40)
    entry_id = models.BigIntegerField()
    version = models.PositiveIntegerField()
    values = models.JSONField()
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("kind", "entry_id", "version"), name="entry_version_once"
            )
        ]

    def __str__(self) -> str:
        """Kind, key and version."""
        return f"{self.kind}:{self.entry_id} v{self.version}"


class RecordLink(models.Model):
    """A record that followed from another: entered once, used in both ledgers."""

    from_kind = models.CharField(max_length=40)
    from_id = models.BigIntegerField()
    to_kind = models.CharField(max_length=40)
    to_id = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("from_kind", "from_id", "to_kind", "to_id"), name="record_link_once"
            )
        ]
        indexes = [models.Index(fields=("to_kind", "to_id"))]

    def __str__(self) -> str:
        """Both ends."""
        return f"{self.from_kind}:{self.from_id}→{self.to_kind}:{self.to_id}"


class SavedOnce(models.Model):
    """A save that carried a key: the same key again is the same record."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    content = models.CharField(max_length=64)
    """The mark of what was asked, so that a key is not used for something else."""
    kind = models.CharField(max_length=40)
    answer = models.JSONField(null=True)
    """The key of the record, or how many were stored."""
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("by", "key"), name="saved_once")]

    def __str__(self) -> str:
        """Kind and key."""
        return f"{self.kind} {self.key}"


class ImportJob(models.Model):
    """A sheet that a command brings in, and what came of it."""

    class State(models.TextChoices):
        RUNNING = "running", "正在导入"
        DONE = "done", "导入完成"
        CHECKED = "checked", "校验通过（未导入）"
        REFUSED = "refused", "未导入"
        LOST = "lost", "未导入：中断"

    kind = models.CharField(max_length=40)
    file_name = models.CharField("文件", max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField("时间")
    state = models.CharField("状态", max_length=10, choices=State, default=State.RUNNING)
    total = models.PositiveIntegerField("行数", default=0)
    notes = models.JSONField("说明", default=list)
    digest = models.CharField("文件校验码", max_length=64, blank=True, db_index=True)

    class Meta:
        verbose_name = "导入"

    def __str__(self) -> str:
        """File and state."""
        return f"{self.file_name} {self.get_state_display()}"
