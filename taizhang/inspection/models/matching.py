"""What people decided about the lines of requirement tables, kept for the next notice with the same
words.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models


class LineDecision(models.Model):
    """Which of our items a line means, as somebody of the organisation section decided."""

    mark = models.CharField(max_length=16, unique=True)
    """Of the line's title and requirement, without blanks and punctuation."""
    title = models.CharField("内容", max_length=300)
    items = models.JSONField("对应项目", default=list)
    """Empty: nothing that we check."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "要求对应"

    def __str__(self) -> str:
        """The line and its items."""
        return f"{self.title} → {'、'.join(self.items) or '不对应'}"


class RuleDecision(models.Model):
    """What became of a rule that a line's sentence proposes."""

    class Verdict(models.TextChoices):
        ADOPTED = "adopted", "采用"
        CHANGED = "changed", "改"
        REJECTED = "rejected", "不用"

    mark = models.CharField(max_length=16, unique=True)
    """Of the line and of the rule that it proposes."""
    told = models.CharField("规则", max_length=200)
    verdict = models.CharField("决定", max_length=10, choices=Verdict)
    every = models.CharField("周期", max_length=10)
    at_least = models.PositiveIntegerField("至少")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "规则决定"

    def __str__(self) -> str:
        """The rule and what was decided."""
        return f"{self.told} {self.get_verdict_display()}"
