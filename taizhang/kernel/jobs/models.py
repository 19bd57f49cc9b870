"""The table of what is to be done."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q


class Jobs(models.QuerySet["Job"]):
    """What is asked of jobs."""

    def unfinished(self) -> Self:
        """Those that wait and those that somebody is at."""
        return self.filter(state__in=(Job.State.WAITING, Job.State.RUNNING))


class Job(models.Model):
    """A piece of work, asked for in the transaction that needs it and done by a worker, if need be by another after it died."""

    class State(models.TextChoices):
        WAITING = "waiting", "等待处理"
        RUNNING = "running", "正在处理"
        DONE = "done", "已完成"
        FAILED = "failed", "未完成"
        STOPPED = "stopped", "已停止"

    work = models.CharField("任务", max_length=60)
    about = models.JSONField("内容", default=dict)
    alone = models.CharField(max_length=60, blank=True)
    """Of those that carry the same word here one waits and one is being done, at most."""
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="提出人",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    asked_at = models.DateTimeField("提出时间")
    begins_at = models.DateTimeField()
    """Not to be begun before."""
    state = models.CharField("状态", max_length=10, choices=State, default=State.WAITING)
    tries = models.PositiveIntegerField("第几次", default=0)
    worker = models.CharField(max_length=120, blank=True)
    lease_ends_at = models.DateTimeField(null=True)
    """Until then it is the worker's; after it, anybody's."""
    said = models.TextField("说明", blank=True)
    ended_at = models.DateTimeField("结束时间", null=True)

    objects = Jobs.as_manager()

    class Meta:
        verbose_name = "后台任务"
        ordering = ("pk",)
        indexes = [models.Index(fields=("state", "begins_at"), name="job_next")]
        constraints = [
            models.UniqueConstraint(
                fields=("alone",), condition=Q(state="waiting") & ~Q(alone=""), name="one_waits"
            ),
            models.UniqueConstraint(
                fields=("alone",), condition=Q(state="running") & ~Q(alone=""), name="one_is_done"
            ),
        ]

    def __str__(self) -> str:
        """What and how far."""
        return f"{self.work} {self.get_state_display()}"
