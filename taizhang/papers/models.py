"""Word files of the office's own from which papers are made, with every version, and which of them
was in use when.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models


class PaperTemplate(models.Model):
    """One version of the file for a kind of paper. Its bytes never change; another file is another
    version.
    """

    kind = models.CharField("文书", max_length=30)
    number = models.PositiveIntegerField("版次")
    name = models.CharField("文件名", max_length=150)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    note = models.CharField("说明", max_length=200, blank=True)
    unused = models.JSONField(default=list)
    """Fields of the kind that the file does not have: what they hold is not printed."""
    uploaded_at = models.DateTimeField("上传时间")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    tried_at = models.DateTimeField("试印时间", null=True)
    """When somebody first looked at a print of it; before that it is not put in use."""

    class Meta:
        verbose_name = "文书模板"
        ordering = ("kind", "-number")
        constraints = [
            models.UniqueConstraint(fields=("kind", "number"), name="paper_template_number")
        ]

    def __str__(self) -> str:
        """Its number among those of its kind."""
        return f"第{self.number}版"


class TemplateUse(models.Model):
    """From this moment papers of the kind were made from that version; without one, in the built-in
    form.
    """

    kind = models.CharField("文书", max_length=30)
    template = models.ForeignKey(
        PaperTemplate, null=True, on_delete=models.PROTECT, related_name="uses"
    )
    since_at = models.DateTimeField("启用时间")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = "模板启用记录"
        ordering = ("kind", "-since_at", "-pk")
        indexes = [models.Index(fields=("kind", "since_at"))]

    def __str__(self) -> str:
        """Which version it was."""
        return str(self.template) if self.template else "内置格式"
