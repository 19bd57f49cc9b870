"""督查轮次: a round with its areas, units, sessions and teams, as the notice lays it out."""

from __future__ import annotations

import re

from django.conf import settings
from django.db import models

from taizhang.orgs.models import Organisation


class Round(models.Model):
    """One round of inspection, opened from a notice."""

    class Standing(models.TextChoices):
        DRAFT = "draft", "草稿"
        PUBLISHED = "published", "已发布"
        SELF_CHECK = "self_check", "自查中"
        INSPECTING = "inspecting", "督查中"
        CONSULTING = "consulting", "会商中"
        FED_BACK = "fed_back", "已反馈"
        RECTIFYING = "rectifying", "整改中"
        VERIFYING = "verifying", "复核中"
        CLOSED = "closed", "已办结"
        ARCHIVED = "archived", "已归档"

    title = models.CharField("标题", max_length=200)
    number = models.CharField("发文字号", max_length=60, blank=True)
    issuer = models.CharField("发文机关", max_length=100, blank=True)
    addressees = models.JSONField("主送", default=list)
    issued_on = models.DateField("成文日期", null=True)
    starts_on = models.DateField("督查开始", null=True)
    ends_on = models.DateField("督查结束", null=True)
    period_from = models.DateField("内容起", null=True)
    period_to = models.DateField("内容止", null=True)
    focus = models.JSONField("重点", default=list)
    preamble = models.TextField("目的和依据", blank=True)
    """The paragraph before the first numbered part of its notice, as written."""
    methods = models.JSONField("方式", default=list)
    demands = models.JSONField("要求", default=list)
    annexes = models.JSONField("附件标题", default=list)
    """The titles of both annexes of its notice, as written."""
    contact_office = models.CharField("联系科室", max_length=60, blank=True)
    contact_person = models.CharField("联系人", max_length=40, blank=True)
    contact_phone = models.CharField("联系电话", max_length=40, blank=True)
    catalogue = models.CharField("要求模板", max_length=60, blank=True)
    standing = models.CharField("状态", max_length=20, choices=Standing, default=Standing.DRAFT)
    source_name = models.CharField("通知文件", max_length=200, blank=True)
    source_sha256 = models.CharField(max_length=64, blank=True)
    previous = models.ForeignKey(
        "self",
        verbose_name="上一轮",
        null=True,
        on_delete=models.PROTECT,
        related_name="next_rounds",
    )
    scored = models.BooleanField("计分", default=False)
    head = models.JSONField("公文要素", default=dict)
    """Where the papers of this round differ from what the committee has set (`orgs.heads.Head`)."""
    withdrawn_at = models.DateTimeField("收回时间", null=True)
    """When the notice was taken back; empty again once it is published again."""
    withdrawn_reason = models.CharField("收回原因", max_length=300, blank=True)
    opened_at = models.DateTimeField("建立时间")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "督查轮次"
        ordering = ("-pk",)

    def __str__(self) -> str:
        """The title."""
        return self.title

    @property
    def subject(self) -> str:
        """What papers call it, `基层党建专项督查“回头看”`: its title without what makes it that of
        a notice.
        """
        short = re.sub(r"(?:的)?通知$", "", self.title.strip())
        return re.sub(r"^关于(?:组织)?(?:开展)?", "", short) or self.title


class IssuedPaper(models.Model):
    """The notice or a circular of a round, whole, as it was issued; a notice that was taken back
    keeps its row.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="issued_papers")
    kind = models.CharField("文书", max_length=20)
    """The name by which the paper is asked for."""
    number = models.CharField("文号", max_length=60, blank=True)
    issued_on = models.DateField("成文日期", null=True)
    paper = models.JSONField()
    plan = models.JSONField("印发时的安排", default=dict)
    """Of a notice: areas, units, sessions and teams as it said them (`plan.changes.as_planned`), to
    tell what changed.
    """
    issued_at = models.DateTimeField("印发时间")
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField("收回时间", null=True)

    class Meta:
        verbose_name = "已印发文书"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("round", "kind"), condition=models.Q(withdrawn_at=None),
                name="issued_paper_once",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        """Its number, else what it is."""
        return self.number or self.kind


class RoundItem(models.Model):
    """A requirement as the round's notice has it; `catalogue_item` names the item whose rules judge
    it.

    A topic is a free item, e.g. 解放思想大讨论: the branch records what it did, and only a person judges
    it.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="items")
    no = models.PositiveIntegerField("序号")
    category = models.CharField("大类", max_length=100, blank=True)
    subcategory = models.CharField("小类", max_length=200, blank=True)
    title = models.CharField("内容", max_length=300)
    requirement = models.TextField("台账要求", blank=True)
    frequency = models.CharField("频次", max_length=100, blank=True)
    """How often, where the notice says it in a column of its own."""
    score = models.FloatField("分值", null=True)
    catalogue_item = models.CharField("对应项目", max_length=10, blank=True)
    is_topic = models.BooleanField("专项活动", default=False)

    class Meta:
        verbose_name = "台账要求"
        ordering = ("no",)

    def __str__(self) -> str:
        """The title."""
        return self.title

    @property
    def called(self) -> str:
        """What pages call it: the mark of the item whose rules judge it (L18), where there is one,
        and the title; its number in the notice is another.
        """
        return f"{self.catalogue_item} {self.title}".strip()


class RoundArea(models.Model):
    """片区 of one round."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="areas")
    name = models.CharField("片区", max_length=60)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "片区"
        ordering = ("order", "pk")

    def __str__(self) -> str:
        """The name."""
        return self.name


class TeamMember(models.Model):
    """Somebody of an area's team, as written, and the account by which he works."""

    class Role(models.TextChoices):
        LEADER = "leader", "组长"
        DEPUTY = "deputy", "副组长"
        MEMBER = "member", "组员"

    area = models.ForeignKey(RoundArea, on_delete=models.CASCADE, related_name="team")
    role = models.CharField("职务", max_length=10, choices=Role)
    name = models.CharField("姓名", max_length=40)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="账号",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    items = models.JSONField("分工", default=list)
    """The numbers of the requirements that he reads; empty: as it comes."""

    class Meta:
        verbose_name = "督查组成员"
        ordering = ("pk",)

    def __str__(self) -> str:
        """The name."""
        return self.name


class TeamChange(models.Model):
    """换人: who left a team after the notice went out, and who took over. What he had written before
    still comes in.
    """

    area = models.ForeignKey(RoundArea, on_delete=models.CASCADE, related_name="team_changes")
    name = models.CharField("退出的人", max_length=40)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    successor = models.CharField("接手的人", max_length=40, blank=True)
    reason = models.CharField("原因", max_length=200, blank=True)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "督查组换人"
        ordering = ("pk",)

    def __str__(self) -> str:
        """Who left, and who came."""
        return f"{self.name}→{self.successor}"


class RoundUnit(models.Model):
    """被督查党组织 as written, and the organisation that a person confirmed it to be."""

    area = models.ForeignKey(RoundArea, on_delete=models.CASCADE, related_name="units")
    name = models.CharField("名称", max_length=100)
    includes = models.JSONField("含", default=list)
    note = models.CharField("备注", max_length=100, blank=True)
    order = models.PositiveIntegerField(default=0)
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "被督查党组织"
        ordering = ("order", "pk")

    def __str__(self) -> str:
        """As written."""
        return self.name


class RoundSession(models.Model):
    """One session of an area; what the notice does not say stays empty."""

    area = models.ForeignKey(RoundArea, on_delete=models.CASCADE, related_name="sessions")
    date = models.DateField("日期", null=True)
    starts_at = models.TimeField("开始", null=True)
    ends_at = models.TimeField("结束", null=True)
    venue = models.CharField("地点", max_length=100, blank=True)
    host = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "场次"
        ordering = ("date", "starts_at", "pk")

    def __str__(self) -> str:
        """Day and venue."""
        return f"{self.date} {self.venue}"


class Preparation(models.Model):
    """What the host has to prepare for a session, until he confirms it."""

    session = models.ForeignKey(RoundSession, on_delete=models.CASCADE, related_name="preparations")
    text = models.CharField("事项", max_length=100)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "会场准备"
        ordering = ("pk",)

    def __str__(self) -> str:
        """What it is."""
        return self.text


class Question(models.Model):
    """答疑: a branch asks, the organisation section answers, for one unit or for all."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="questions")
    branch = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    text = models.CharField("问题", max_length=500)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    answer = models.TextField("答复", blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    for_all = models.BooleanField("公开答复", default=False)

    class Meta:
        verbose_name = "答疑"
        ordering = ("-pk",)

    def __str__(self) -> str:
        """The question."""
        return self.text


class NoticeDraft(models.Model):
    """A notice that was read and is being looked at; nothing of it counts until a round is opened
    from it.
    """

    file_name = models.CharField("文件", max_length=200)
    source = models.BinaryField()
    parsed = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField("时间")
    round = models.ForeignKey(Round, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = "通知草稿"

    def __str__(self) -> str:
        """The file's name."""
        return self.file_name
