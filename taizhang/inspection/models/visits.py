"""现场: the visit to one unit, what was answered to each requirement, and the consultation at its
end.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from taizhang.inspection.models.rounds import RoundItem, RoundSession, RoundUnit
from taizhang.kernel.secret import SealedTextField
from taizhang.kernel.writing.moments import told_at
from taizhang.orgs.models import Organisation


class Visit(models.Model):
    """UnitInspection: one unit in one round."""

    class Standing(models.TextChoices):
        WAITING = "waiting", "未报到"
        READING = "reading", "查阅中"
        TO_CONSULT = "to_consult", "待会商"
        CONSULTED = "consulted", "已会商"
        FED_BACK = "fed_back", "已反馈"

    unit = models.OneToOneField(RoundUnit, on_delete=models.CASCADE, related_name="visit")
    session = models.ForeignKey(
        RoundSession, null=True, on_delete=models.SET_NULL, related_name="visits"
    )
    standing = models.CharField("状态", max_length=12, choices=Standing, default=Standing.WAITING)
    planned_at = models.TimeField("预定时间", null=True)
    pack = models.JSONField(default=dict)
    """What the machine knew of the unit when the round began: verdicts, reasons, the sample, last
    round's problems.
    """
    packed_at = models.DateTimeField("核查时点", null=True)
    started_at = models.DateTimeField("开始", null=True)
    ended_at = models.DateTimeField("结束", null=True)
    judgement = models.TextField("总体评价", blank=True)
    """One or two sentences of the team on the whole, good and bad; the letter begins with them."""
    achievements = models.TextField("肯定的成绩和经验", blank=True)
    advice = models.TextField("意见建议和改进措施", blank=True)
    own_words = models.TextField("被督查党组织意见", blank=True)
    recorder = models.CharField("记录人", max_length=40, blank=True)
    """Who took the minutes of the consultation, as the team wrote it down."""
    lasting = models.TextField("长效机制", blank=True)
    """What the branch does so that the problems do not come back, for its 整改报告."""
    version = models.PositiveIntegerField(default=1)
    team_signed_at = models.DateTimeField(null=True)
    team_signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    branch_signed_at = models.DateTimeField(null=True)
    branch_signed_by = models.CharField("被督查单位负责人", max_length=40, blank=True)
    branch_signed_entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    """At whose account the unit confirmed: its own, or a member of the team who wrote down the
    name.
    """
    unseen_reason = models.CharField("未查阅的原因", max_length=500, blank=True)
    """Why the team confirmed although nobody of the unit came or not every requirement was looked
    at, in its words.
    """

    class Meta:
        verbose_name = "现场督查"
        ordering = ("session", "planned_at", "pk")

    def __str__(self) -> str:
        """The unit."""
        return str(self.unit)


class Picture(models.Model):
    """What the frozen verdicts of a visit rest on: the branch's facts of that moment, by which
    version of the rules, for which days.
    """

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="pictures")
    branch = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    """Of which branch: a 党总支 has a picture of each of its own."""
    catalogue = models.CharField("要求模板", max_length=60)
    from_on = models.DateField()
    to_on = models.DateField()
    on = models.DateField()
    facts = SealedTextField()
    digest = models.CharField(max_length=64)
    told = models.JSONField(default=dict)
    """Item → outcome, records, errors, warnings, hints."""
    made_at = models.DateTimeField("核查时点")

    class Meta:
        verbose_name = "冻结的核查结论"
        constraints = [
            models.UniqueConstraint(fields=("visit", "branch"), name="picture_once_a_branch")
        ]

    def __str__(self) -> str:
        """The unit."""
        return str(self.visit)


class LaterChange(models.Model):
    """A record of the unit's ledgers that changed after the picture of its visit was frozen;
    written when it happens.
    """

    class How(models.TextChoices):
        RECORDED = "recorded", "新登记"
        IMPORTED = "imported", "批量导入"
        CORRECTED = "corrected", "更正"
        WITHDRAWN = "withdrawn", "撤回"
        PUT_BACK = "put_back", "恢复"
        FILES = "files", "增减佐证材料"

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="later")
    kind = models.CharField(max_length=40)
    entry_id = models.BigIntegerField(null=True)
    """None: many at once."""
    how = models.CharField("改动", max_length=10, choices=How)
    at = models.DateTimeField("时间")
    signed = models.BooleanField("会商确认之后", default=False)

    class Meta:
        verbose_name = "核对之后的改动"
        ordering = ("at", "pk")

    def __str__(self) -> str:
        """What happened, when."""
        return f"{told_at(self.at)} {self.get_how_display()} {self.kind}:{self.entry_id}"


class Attendee(models.Model):
    """Who must come for the unit, and whether he came."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="attendees")
    post = models.CharField("身份", max_length=20)
    name = models.CharField("姓名", max_length=40)
    present = models.BooleanField("到场", default=False)
    substitute = models.CharField("代会人", max_length=40, blank=True)
    """Who came in his place."""
    excuse = models.CharField("缺席原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "参加人员"
        ordering = ("pk",)

    def __str__(self) -> str:
        """Post and name, with a blank between them."""
        return f"{self.post} {self.name}"

    @property
    def told(self) -> str:
        """Whether he came, or who came for him, and why not he."""
        if self.present:
            return "到场"
        because = f"因{self.excuse}缺席" if self.excuse else "未到场" if not self.substitute else ""
        return "，".join(
            filter(None, [because, f"由{self.substitute}代会" if self.substitute else ""])
        )


class Answer(models.Model):
    """检查情况 of one requirement, as one inspector gave it once. Nothing is overwritten: what holds is
    what no other answer superseded, and two that hold and differ are a conflict that somebody of
    the team must settle.
    """

    class Verdict(models.TextChoices):
        COMPLETE = "complete", "齐全"
        MOSTLY = "mostly", "基本齐全"
        MISSING = "missing", "缺失"
        NOT_APPLICABLE = "not_applicable", "不适用"

    class How(models.TextChoices):
        SEEN = "seen", "现场查阅"
        SYSTEM = "system", "系统核验通过，未抽查"
        PAPER = "paper", "纸质（表格）录入"

    key = models.UUIDField(unique=True)
    """Given by the device, so that what is sent twice is stored once."""
    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="answers")
    item = models.ForeignKey(RoundItem, on_delete=models.CASCADE, related_name="+")
    verdict = models.CharField("检查情况", max_length=16, choices=Verdict)
    how = models.CharField("方式", max_length=10, choices=How, default=How.SEEN)
    note = models.CharField("备注", max_length=500, blank=True)
    on_the_spot = models.BooleanField("现场询问", default=False)
    seen = models.JSONField(default=list)
    """The keys of the answers that he saw when he gave his own."""
    made_at = models.DateTimeField()
    received_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    holds = models.BooleanField(default=True)

    class Meta:
        verbose_name = "检查情况"
        indexes = [models.Index(fields=("visit", "item", "holds"))]

    def __str__(self) -> str:
        """The verdict."""
        return self.get_verdict_display()


class SelfScore(models.Model):
    """自评分: what a unit gives itself for one requirement, in hundredths of a point, where a round is
    scored.
    """

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="self_scores")
    item = models.ForeignKey(RoundItem, on_delete=models.CASCADE, related_name="+")
    points = models.PositiveIntegerField("自评分")

    class Meta:
        verbose_name = "自评分"
        constraints = [models.UniqueConstraint(fields=("visit", "item"), name="self_score_once")]

    def __str__(self) -> str:
        """The points."""
        return f"{self.points / 100:g}"


class Highlight(models.Model):
    """特色亮点 of a unit."""

    class Standing(models.TextChoices):
        DRAFT = "draft", "草拟"
        CONFIRMED = "confirmed", "确认"
        PROMOTED = "promoted", "推广"

    key = models.UUIDField(unique=True)
    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="highlights")
    item = models.ForeignKey(RoundItem, null=True, on_delete=models.CASCADE, related_name="+")
    text = models.CharField("亮点", max_length=500)
    standing = models.CharField("状态", max_length=10, choices=Standing, default=Standing.DRAFT)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "亮点"
        ordering = ("pk",)

    def __str__(self) -> str:
        """The text."""
        return self.text


class SitePhoto(models.Model):
    """A picture that an inspector took of what he read; of the team alone until the feedback is
    issued.
    """

    key = models.UUIDField(unique=True)
    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="photos")
    item = models.ForeignKey(RoundItem, null=True, on_delete=models.CASCADE, related_name="+")
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "现场照片"
        ordering = ("pk",)

    def __str__(self) -> str:
        """When."""
        return f"{told_at(self.made_at)}"
