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
    """A piece of work, asked for in the transaction that needs it and done by a worker, if need be
    by another after it died.
    """

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


class MadeFile(models.Model):
    """A file that somebody asked for and a worker makes: how far it is, and where it lies until it
    is old.
    """

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    maker = models.CharField(max_length=60)
    about = models.JSONField(default=dict)
    title = models.CharField("内容", max_length=200)
    asked_at = models.DateTimeField("提出时间")
    total = models.PositiveIntegerField("共", default=0)
    done = models.PositiveIntegerField("已完成", default=0)
    ended_at = models.DateTimeField("完成时间", null=True)
    problem = models.TextField("未完成的原因", blank=True)
    name = models.CharField("文件名", max_length=200, blank=True)
    mime = models.CharField(max_length=100, blank=True)
    place = models.CharField(max_length=80, blank=True)
    """Its name in the folder of such files."""

    class Meta:
        verbose_name = "生成的文件"
        ordering = ("-pk",)

    def __str__(self) -> str:
        """What it is."""
        return self.title
