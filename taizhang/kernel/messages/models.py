"""The table of messages."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class Message(models.Model):
    """One thing that one person is told, and where it is to be seen. It names matters and numbers,
    never persons.
    """

    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    text = models.CharField("内容", max_length=300)
    url = models.CharField(max_length=300)
    key = models.CharField(max_length=160)
    """What it is about: the same is told to the same person once."""
    made_at = models.DateTimeField("时间")
    read_at = models.DateTimeField("阅读时间", null=True)
    mailed_at = models.DateTimeField("邮件摘要时间", null=True)

    class Meta:
        verbose_name = "消息"
        ordering = ("-pk",)
        constraints = [models.UniqueConstraint(fields=("to", "key"), name="message_once")]
        indexes = [
            models.Index(fields=("to",), condition=Q(read_at=None), name="message_unread"),
        ]

    def __str__(self) -> str:
        """What it says."""
        return self.text
