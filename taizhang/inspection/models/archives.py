"""A round of another installation, or of an earlier time, kept as the package in which it left."""

from __future__ import annotations

from django.db import models

from taizhang.kernel.writing.moments import told_if_moment
from taizhang.orgs.models import User


class BroughtRound(models.Model):
    """A package that was read in: closed, never changed, its bytes in the store of files under
    their hash.
    """

    title = models.CharField("轮次", max_length=200)
    about = models.JSONField(default=dict)
    """What its list says of the round: number, standing, days; empty in packages of before."""
    made_at = models.CharField("导出时间", max_length=40)
    made_by = models.CharField("导出人", max_length=40)
    head = models.CharField("导出时日志末条校验码", max_length=80)
    missing = models.JSONField("导出时就没有的", default=list)
    digest = models.CharField("整包 SHA-256", max_length=64, unique=True)
    compared = models.BooleanField("已与导出方告知的校验码核对", default=False)
    size = models.PositiveBigIntegerField("大小")
    n_files = models.PositiveIntegerField("文件数")
    brought_at = models.DateTimeField("读入时间")
    brought_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "读入的轮次档案"

    def __str__(self) -> str:
        """Its title."""
        return self.title

    @property
    def exported_at(self) -> str:
        """When it left, as clocks here show it."""
        return told_if_moment(self.made_at)
