"""公文格式: what an organisation wants on its official papers, and the numbers that its papers were
given.
"""

from __future__ import annotations

from django.db import models

from taizhang.orgs.models.units import Organisation


class PaperKind(models.TextChoices):
    """Kinds of official papers, as far as their head may differ."""

    NOTICE = "notice", "督查通知"
    CIRCULAR = "circular", "情况通报"
    LETTER = "letter", "反馈意见"
    ORDER = "order", "整改通知书"
    REQUEST = "request", "请示"
    REPORT = "report", "报告"
    PLAN = "plan", "整改方案"
    REPLY = "reply", "批复"


OF_COMMITTEES = (PaperKind.NOTICE, PaperKind.CIRCULAR, PaperKind.LETTER, PaperKind.ORDER)
OF_BRANCHES = (PaperKind.REQUEST, PaperKind.REPORT, PaperKind.PLAN)
"""These go upwards: they bear a 签发人."""


class PaperHead(models.Model):
    """What stands on the official papers of an organisation; what is empty is not printed."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="paper_head"
    )
    mark = models.CharField("发文机关标志", max_length=60, blank=True)
    addressees = models.CharField("主送", max_length=300, blank=True)
    signatory = models.CharField("签发人", max_length=60, blank=True)
    contact_person = models.CharField("联系人", max_length=40, blank=True)
    contact_phone = models.CharField("联系电话", max_length=40, blank=True)
    printed_by = models.CharField("印发机关", max_length=60, blank=True)
    seal = models.BooleanField("留出盖章位置", default=False)
    traced = models.BooleanField("版记中印日志校验", default=False)
    unmarked = models.BooleanField("纸上不印二维码", default=False)
    kinds = models.JSONField("各文种", default=dict)
    """Kind → look, code, copies, start."""

    class Meta:
        verbose_name = "公文格式"

    def __str__(self) -> str:
        """Whose."""
        return str(self.organisation)


class GivenNumber(models.Model):
    """One 发文字号 that a paper was given when it was issued. A series is what bears the same 代字 in a
    year, whatever kinds of paper share it.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    code = models.CharField("代字", max_length=20)
    year = models.PositiveIntegerField("年份")
    serial = models.PositiveIntegerField("顺序号")
    kind = models.CharField("文种", max_length=10, choices=PaperKind)
    paper = models.CharField("文书", max_length=60)
    """What bears it, as the journal calls it."""
    given_at = models.DateTimeField("编号时间")

    class Meta:
        verbose_name = "发文字号"
        ordering = ("code", "year", "serial")
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "code", "year", "serial"), name="given_number_once"
            )
        ]

    def __str__(self) -> str:
        """`示督〔2018〕3号`."""
        return f"{self.code}〔{self.year}〕{self.serial}号"
