"""减负: what entering ledgers costs a branch and what it is spared, by month; never by person."""

from __future__ import annotations

from django.db import models

from taizhang.orgs.models import Organisation


class Burden(models.Model):
    """What was entered in a branch's ledgers in a month in one way. Sums only: no record, no hour,
    no person.
    """

    class Way(models.TextChoices):
        FORM = "form", "逐条填表"
        TOGETHER = "together", "一表多条"
        SHEET = "sheet", "导入表格"
        INTAKE = "intake", "收件读入"
        DERIVED = "derived", "同时计入"

    branch = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    month = models.DateField("月份")
    """Its first day."""
    way = models.CharField("方式", max_length=10, choices=Way)
    records = models.PositiveIntegerField("记录", default=0)
    typed = models.PositiveIntegerField("填写的栏目", default=0)
    taken = models.PositiveIntegerField("带出的栏目", default=0)
    derived = models.PositiveIntegerField("算出的栏目", default=0)
    timed = models.PositiveIntegerField("计时的次数", default=0)
    """How many openings of a form were measured, from opening to saving."""
    seconds = models.PositiveIntegerField("用时（秒）", default=0)
    capped = models.PositiveIntegerField("按上限计的次数", default=0)

    class Meta:
        verbose_name = "填报负担"
        constraints = [
            models.UniqueConstraint(fields=("branch", "month", "way"), name="burden_once")
        ]

    def __str__(self) -> str:
        """Month and way."""
        return f"{self.month:%Y-%m} {self.get_way_display()}"


class SparedPaper(models.Model):
    """A paper that the system set for a branch from its records in a month; printed again in it, it
    is the same.
    """

    branch = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    month = models.DateField("月份")
    what = models.CharField("文书", max_length=200)

    class Meta:
        verbose_name = "代写文书"
        constraints = [
            models.UniqueConstraint(fields=("branch", "month", "what"), name="spared_paper_once")
        ]

    def __str__(self) -> str:
        """What it is."""
        return self.what
