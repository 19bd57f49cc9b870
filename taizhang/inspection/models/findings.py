"""问题 and their rectification. The state is a column for lists; who brought it there, when and why
are rows.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from taizhang.inspection.models.rounds import RoundItem
from taizhang.inspection.models.visits import Visit
from taizhang.kernel.text import brief
from taizhang.ledgers.models import EvidenceFile


class Finding(models.Model):
    """One problem that a person found or took over from the machine."""

    class Standing(models.TextChoices):
        DRAFT = "draft", "草拟"
        DROPPED = "dropped", "草拟撤销"
        CONFIRMED = "confirmed", "组内确认"
        ISSUED = "issued", "已反馈"
        ACKNOWLEDGED = "acknowledged", "已签收"
        DISPUTED = "disputed", "申诉中"
        CANCELLED = "cancelled", "申诉撤销"
        RECTIFYING = "rectifying", "整改中"
        SUBMITTED = "submitted", "待核查"
        RETURNED = "returned", "退回"
        LONG_TERM = "long_term", "转长期坚持"
        CLOSED = "closed", "已销号"
        REOPENED = "reopened", "反弹"

    class Severity(models.TextChoices):
        MINOR = "minor", "一般"
        SERIOUS = "serious", "较严重"
        GRAVE = "grave", "严重"

    class Source(models.TextChoices):
        MACHINE = "machine", "自动检查"
        SITE = "site", "现场查阅"
        CONSULTATION = "consultation", "会商"
        MASSES = "masses", "群众反映"

    class Manner(models.TextChoices):
        AT_ONCE = "at_once", "立行立改"
        BY_DEADLINE = "by_deadline", "限期整改"
        LONG_TERM = "long_term", "长期坚持"

    key = models.UUIDField(unique=True)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="findings")
    item = models.ForeignKey(RoundItem, null=True, on_delete=models.PROTECT, related_name="+")
    number = models.CharField("编号", max_length=60, blank=True, db_index=True)
    facts = models.TextField("具体表现")
    basis = models.CharField("依据", max_length=500, blank=True)
    suggestion = models.TextField("整改建议", blank=True)
    severity = models.CharField("严重程度", max_length=10, choices=Severity, default=Severity.MINOR)
    source = models.CharField("来源", max_length=14, choices=Source, default=Source.SITE)
    manner = models.CharField("整改类型", max_length=12, choices=Manner, default=Manner.BY_DEADLINE)
    deadline = models.DateField("整改时限", null=True)
    rule = models.CharField(max_length=40, blank=True)
    """The rule that suspected it, by which it is known again when it comes back."""
    window = models.CharField(max_length=10, blank=True)
    """The window of the suspicion, so that a later one of the same rule is told from
    the same one.
    """
    standing = models.CharField("状态", max_length=14, choices=Standing, default=Standing.DRAFT)
    repeat_of = models.ForeignKey(
        "self", verbose_name="上轮问题", null=True, on_delete=models.PROTECT, related_name="repeats"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    seconded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    """The second pair of eyes: never he who wrote it."""
    made_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    OPEN = (
        Standing.ISSUED, Standing.ACKNOWLEDGED, Standing.DISPUTED, Standing.RECTIFYING, Standing.SUBMITTED, Standing.RETURNED,
        Standing.LONG_TERM, Standing.REOPENED,
    )  # fmt: skip
    ISSUED = (*OPEN, Standing.CLOSED)
    """Those that the inspected unit sees; what was cancelled is no problem any more."""

    class Meta:
        verbose_name = "问题"
        ordering = ("pk",)

    def __str__(self) -> str:
        """Number and facts."""
        return f"{self.number} {brief(self.facts, 40)}".strip()


class FindingStep(models.Model):
    """Who brought a finding into a state, when and with which words."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="steps")
    verb = models.CharField(max_length=20)
    standing = models.CharField(max_length=14, choices=Finding.Standing)
    note = models.CharField("说明", max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "问题流转"
        ordering = ("pk",)

    def __str__(self) -> str:
        """The state."""
        return self.get_standing_display()


class Rectification(models.Model):
    """整改: what the branch does about a finding."""

    finding = models.OneToOneField(Finding, on_delete=models.CASCADE, related_name="rectification")
    target = models.CharField("整改目标", max_length=300, blank=True)
    measure = models.TextField("整改措施")
    leader_name = models.CharField("责任领导", max_length=40)
    responsible_name = models.CharField("责任人", max_length=40)
    deadline = models.DateField("完成时限")
    meeting = models.BigIntegerField("通过方案的支委会", null=True)
    """The key of the meeting in the ledger that adopted the plan."""
    result = models.TextField("整改结果", blank=True)
    submitted_at = models.DateTimeField(null=True)
    verified_at = models.DateTimeField(null=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    opinion = models.CharField("核查意见", max_length=500, blank=True)
    closed_on = models.DateField("销号日期", null=True)
    without_evidence = models.CharField("无佐证销号的理由", max_length=300, blank=True)
    """Why it was closed although the branch handed in nothing of how it is now."""

    class Meta:
        verbose_name = "整改"

    def __str__(self) -> str:
        """The measure."""
        return brief(self.measure, 40)


class Progress(models.Model):
    """整改进展, as the branch reports it."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="progress")
    text = models.CharField("进展", max_length=1000)
    percent = models.PositiveIntegerField("完成比例", default=0)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "整改进展"
        ordering = ("pk",)

    def __str__(self) -> str:
        """The text."""
        return self.text


class RectificationFile(models.Model):
    """Evidence of how it was before and how it is after."""

    class Stage(models.TextChoices):
        BEFORE = "before", "整改前"
        AFTER = "after", "整改后"

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(EvidenceFile, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField("阶段", max_length=8, choices=Stage)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "整改佐证"
        ordering = ("stage", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("finding", "file", "stage"), name="rectification_file_once"
            )
        ]

    def __str__(self) -> str:
        """Stage and file."""
        return f"{self.get_stage_display()} {self.file}"


class LookBack(models.Model):
    """回头看: what an inspector of this round saw of a problem of the last one."""

    class Verdict(models.TextChoices):
        MENDED = "mended", "已整改"
        PARTLY = "partly", "部分整改"
        NOT_MENDED = "not_mended", "未整改"

    key = models.UUIDField(unique=True)
    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="look_backs")
    earlier = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="look_backs")
    verdict = models.CharField("整改情况", max_length=12, choices=Verdict)
    note = models.CharField("说明", max_length=500, blank=True)
    made_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    holds = models.BooleanField(default=True)

    class Meta:
        verbose_name = "上轮问题复查"
        ordering = ("pk",)

    def __str__(self) -> str:
        """The verdict."""
        return self.get_verdict_display()


class Letter(models.Model):
    """督查反馈意见 to one unit: issued once, signed by its secretary."""

    visit = models.OneToOneField(Visit, on_delete=models.PROTECT, related_name="letter")
    number = models.CharField("文号", max_length=60, blank=True)
    issued_on = models.DateField("反馈日期")
    plan_due_on = models.DateField("整改方案报送时限", null=True)
    report_due_on = models.DateField("整改报告报送时限", null=True)
    """Both empty where there is nothing to mend: of such a unit no plan, no report and no receipt
    is asked.
    """
    frozen = models.JSONField(default=dict)
    """What was said, and under `paper` the whole paper as it was issued, with every name of that
    day.
    """
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    signed_at = models.DateTimeField("签收时间", null=True)
    signed_by = models.CharField("签收人", max_length=40, blank=True)

    class Meta:
        verbose_name = "反馈意见"

    def __str__(self) -> str:
        """The unit."""
        return str(self.visit)

    @property
    def asks(self) -> bool:
        """Whether the unit has anything to mend."""
        return bool(self.frozen.get("findings"))


class RectificationNotice(models.Model):
    """整改通知书 to one unit about what it had to put right on the day; numbered, and never changed."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="notices")
    number = models.CharField("文号", max_length=60, blank=True)
    issued_on = models.DateField("出具日期")
    due_on = models.DateField("整改期限")
    paper = models.JSONField()
    """The whole paper as it was issued."""
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "整改通知书"
        ordering = ("pk",)

    def __str__(self) -> str:
        """The number, else what it is."""
        return self.number or "整改通知书"

    @property
    def slug(self) -> str:
        """The name by which its paper is asked for."""
        return f"rectification-notice-{self.pk}"
