"""What the machine says of each branch and item: verdicts, and the suspicions behind them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from taizhang.kernel.writing.moments import told_at
from taizhang.ledgers.changes import Change
from taizhang.ledgers.kinds import KINDS
from taizhang.orgs.models import Organisation
from taizhang.rules.base import Suspicion


class CheckScope(models.Model):
    """The days that are inspected, the day as of which they are judged (null: today), by which
    catalogue, and the campaigns asked for besides it.
    """

    from_on = models.DateField("起")
    to_on = models.DateField("止")
    on = models.DateField("截至", null=True)
    catalogue = models.CharField("要求模板", max_length=60)
    topics = models.JSONField("专项活动", default=list)
    asked = models.JSONField("通知所列项目", default=list)
    """The items that the notice of the round asks for; everything of the catalogue is judged all
    the same.
    """
    asked_by = models.CharField("督查轮次", max_length=200, blank=True, default="")
    asked_round = models.BigIntegerField(null=True)
    changed_at = models.DateTimeField("设定时间")

    class Meta:
        verbose_name = "核查范围"

    def __str__(self) -> str:
        """The days."""
        return f"{self.from_on}—{self.to_on}"


class Edition(models.Model):
    """A published version of a catalogue, whole; never changed after."""

    name = models.CharField("名称", max_length=60, unique=True)
    base = models.CharField("要求模板", max_length=60)
    number = models.PositiveIntegerField("版次")
    note = models.CharField("说明", max_length=100)
    made_from = models.CharField("由哪一版", max_length=60, blank=True)
    """Of a version that one round asked for: what it was made from; itself where it is offered to
    rounds. Others are for everybody.
    """
    content = models.TextField("内容")
    at = models.DateTimeField("发布时间")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "要求模板版次"
        constraints = [models.UniqueConstraint(fields=("base", "number"), name="edition_once")]

    def __str__(self) -> str:
        """Catalogue and number."""
        return f"{self.base} 第{self.number}版"


class Outcome(models.TextChoices):
    """The six outcomes of DESIGN 4, and what is shown where none was found yet; that one is never
    stored.
    """

    NOT_APPLICABLE = "not_applicable", "不适用"
    NOT_DUE = "not_due", "未到期"
    MISSING = "missing", "缺失"
    DEFECTIVE = "defective", "不规范"
    OK = "ok", "齐全"
    TO_JUDGE = "to_judge", "待人工判断"
    UNCHECKED = "unchecked", "未核对"


class Judged(models.Model):
    """By what the verdicts of a branch were found. Where that is not what is in force now, they
    count for nothing.
    """

    branch = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, primary_key=True, related_name="judged"
    )
    by = models.CharField("依据", max_length=16)
    """The scope and the rules, as `current.mark_of` says them."""
    compared = models.BooleanField("已与其他支部比对", default=False)
    at = models.DateTimeField("核查时间")

    class Meta:
        verbose_name = "支部核查"

    def __str__(self) -> str:
        """Branch and moment."""
        return f"{self.branch} {told_at(self.at)}"


class Verdict(models.Model):
    """The verdict on one item of one branch within the scope."""

    branch = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="verdicts")
    item = models.CharField(max_length=10)
    outcome = models.CharField("结论", max_length=20, choices=Outcome)
    reason = models.CharField("理由", max_length=300, blank=True)
    records = models.PositiveIntegerField("记录数", default=0)
    errors = models.PositiveIntegerField("错误", default=0)
    warns = models.PositiveIntegerField("提醒", default=0)
    infos = models.PositiveIntegerField("提示", default=0)

    TOLD = ("outcome", "reason", "records", "errors", "warns", "infos")

    class Meta:
        verbose_name = "结论"
        constraints = [models.UniqueConstraint(fields=("branch", "item"), name="verdict_once")]

    def __str__(self) -> str:
        """Item and outcome."""
        return f"{self.item} {self.get_outcome_display()}"


_COLUMNS = ("rule", "window", "subject", "other", "found", "wanted", "detail", "certain")


class _Said(models.Model):
    """What a suspicion says, in columns."""

    branch: models.ForeignKey[Organisation]
    branch_id: int
    rule = models.CharField(max_length=40)
    window = models.CharField(max_length=10)
    subject = models.BigIntegerField()
    other = models.BigIntegerField()
    found = models.BigIntegerField()
    wanted = models.BigIntegerField()
    detail = models.CharField(max_length=300, blank=True)
    certain = models.BooleanField(default=True)

    class Meta:
        abstract = True

    @property
    def said(self) -> dict[str, Any]:
        """What it says, by column: what is kept of it elsewhere."""
        return {"branch_id": self.branch_id} | {name: getattr(self, name) for name in _COLUMNS}

    def as_suspicion(self) -> Suspicion:
        """As the rule made it."""
        return Suspicion(
            self.rule,
            self.branch_id,
            self.window,
            self.subject,
            self.other,
            self.found,
            self.wanted,
            self.detail,
            int(self.certain),
        )


class Dismissal(_Said):
    """A suspicion that a person looked into and set aside, with the reason. It holds while the
    suspicion says the same in every part and its severity is the same; a change of the record
    itself ends it.
    """

    class Explanation(models.TextChoices):
        SEEN = "seen", "已查看原件，情况相符"
        LATE = "late", "名册、日期等登记滞后，事实无误"
        APPROVED = "approved", "上级已批准或另有规定"
        TWICE = "twice", "同一活动重复登记"
        TOGETHER = "together", "合并召开或联合开展"
        TEMPLATE = "template", "使用统一模板"
        NO_EXIF = "no_exif", "照片拍摄信息被聊天软件去除"
        CLOCK = "clock", "相机时钟不准"
        OTHER = "other", "其他（须写明）"

    branch = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    severity = models.CharField(max_length=10)
    explanation = models.CharField("解释", max_length=10, choices=Explanation)
    reason = models.CharField("说明", max_length=300, blank=True)
    at = models.DateTimeField("时间")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField("终止", null=True)

    class Meta:
        verbose_name = "疑点排除"
        indexes = [models.Index(fields=("branch", "ended_at"))]

    def __str__(self) -> str:
        """Why."""
        return "：".join(filter(None, (str(self.get_explanation_display()), self.reason)))


class BranchExplanation(_Said):
    """What a branch says of a suspicion: it stands beside the suspicion for whoever checks, and
    sets nothing aside. Every wording is kept; the one that has not ended holds, for as long as the
    suspicion says the same in every part.
    """

    branch = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    text = models.CharField("说明", max_length=300)
    at = models.DateTimeField("时间")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField("终止", null=True)

    class Meta:
        verbose_name = "支部说明"
        indexes = [models.Index(fields=("branch", "ended_at"))]

    def __str__(self) -> str:
        """What is said."""
        return self.text


class SuspicionQuerySet(models.QuerySet["SuspicionRow"]):
    """Suspicions on record."""

    def open(self) -> Self:
        """Those that nobody dismissed."""
        return self.filter(dismissal__isnull=True)


class SuspicionRow(_Said):
    """疑点: codes and numbers; the sentence is made from the rule's template when it is shown."""

    class Severity(models.TextChoices):
        ERROR = "error", "错误"
        WARN = "warn", "提醒"
        INFO = "info", "提示"

    branch = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="suspicions")
    item = models.CharField(max_length=10)
    severity = models.CharField(max_length=10, choices=Severity)
    dismissal = models.ForeignKey(
        Dismissal, null=True, on_delete=models.SET_NULL, related_name="suspicions"
    )

    objects = SuspicionQuerySet.as_manager()

    class Meta:
        verbose_name = "疑点"
        indexes = [models.Index(fields=("branch", "item")), models.Index(fields=("item", "rule"))]

    def __str__(self) -> str:
        """The rule."""
        return f"{self.rule} {self.window}"


DEAD_AFTER = timedelta(minutes=3)
"""A run that told nothing for so long went down with its process."""


class CheckRuns(models.QuerySet["CheckRun"]):
    """What is asked of checks of everybody."""

    def going_on(self) -> Self:
        """Those that were begun and have not ended."""
        return self.filter(state=CheckRun.State.RUNNING)

    def alive(self) -> Self:
        """Of these, those whose process still tells how far it is."""
        return self.going_on().filter(beat_at__gt=timezone.now() - DEAD_AFTER)


class CheckRun(models.Model):
    """One check of many branches at once."""

    class State(models.TextChoices):
        RUNNING = "running", "进行中"
        DONE = "done", "已完成"
        FAILED = "failed", "失败"
        STOPPED = "stopped", "已停止"

    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    engine = models.CharField(max_length=20)
    branches = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    beat_at = models.DateTimeField(null=True)
    """When it last told how far it is; one that no longer does has died."""
    stop_asked = models.BooleanField(default=False)
    by = models.CharField("依据", max_length=16, blank=True)
    """The scope and the rules that it judged by, as `current.mark_of` says them; empty for a run of
    long ago.
    """
    catalogue = models.CharField("要求模板", max_length=60, blank=True)

    objects = CheckRuns.as_manager()

    class Meta:
        verbose_name = "核查批次"

    def __str__(self) -> str:
        """When."""
        return f"{told_at(self.started_at)} {self.get_state_display()}"


class RunStanding(models.Model):
    """How a branch stood when a check of everybody ended: the figures for its curve, and of the
    latest runs what it was told of each item, so that a page can say what changed since.
    """

    run = models.ForeignKey(CheckRun, on_delete=models.CASCADE, related_name="standings")
    branch = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    fine = models.PositiveIntegerField("齐全的项")
    bad = models.PositiveIntegerField("缺失或不规范的项")
    unsure = models.PositiveIntegerField("待判断的项")
    live = models.PositiveIntegerField("当时登记的活动记录")
    """Records of what was held within the scope that are not of the past entered afterwards."""
    timely = models.PositiveIntegerField("其中及时登记的")
    told = models.JSONField("各项", default=dict)
    """Item → [outcome, marks of its suspicions]; emptied when enough later runs are there."""

    class Meta:
        verbose_name = "核查时的情况"
        constraints = [models.UniqueConstraint(fields=("run", "branch"), name="standing_once")]

    def __str__(self) -> str:
        """Branch and run."""
        return f"{self.branch} {self.run}"


class ChangedMeanwhile(models.Model):
    """A branch that changed while a check of all was going on: what that found of it may be out of
    date.
    """

    run = models.ForeignKey(CheckRun, on_delete=models.CASCADE)
    branch = models.ForeignKey(Organisation, on_delete=models.CASCADE)

    class Meta:
        verbose_name = "核查期间有变动的支部"
        constraints = [models.UniqueConstraint(fields=("run", "branch"), name="changed_once")]

    def __str__(self) -> str:
        """Branch and run."""
        return f"{self.branch} {self.run}"


class ToCompare(models.Model):
    """A change that waits for being compared with other branches."""

    branch = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    kind = models.CharField(max_length=40)
    record = models.BigIntegerField(null=True)
    from_on = models.DateField(null=True)
    last_on = models.DateField(null=True)
    files = models.BooleanField(default=False)

    class Meta:
        verbose_name = "待与其他支部比对的变动"

    def __str__(self) -> str:
        """Kind and key."""
        return f"{self.kind}:{self.record or ''}"

    def as_change(self) -> Change:
        """The change as listeners were told of it."""
        days = frozenset(day for day in (self.from_on, self.last_on) if day is not None)
        return Change(self.branch, KINDS[self.kind], self.record, days, self.files)
