"""督查轮次: a round with its areas, units, sessions and teams, as the notice lays it out."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from taizhang.orgs.models import Organisation


class Round(models.Model):
    """One round of inspection, opened from a notice."""

    class Standing(models.TextChoices):
        DRAFT = "draft", "草稿"
        PUBLISHED = "published", "已发布"

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
    methods = models.JSONField("方式", default=list)
    demands = models.JSONField("要求", default=list)
    contact_office = models.CharField("联系科室", max_length=60, blank=True)
    contact_person = models.CharField("联系人", max_length=40, blank=True)
    contact_phone = models.CharField("联系电话", max_length=40, blank=True)
    catalogue = models.CharField("要求模板", max_length=60, blank=True)
    standing = models.CharField("状态", max_length=20, choices=Standing, default=Standing.DRAFT)
    source_name = models.CharField("通知文件", max_length=200, blank=True)
    source_sha256 = models.CharField(max_length=64, blank=True)
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


class RoundItem(models.Model):
    """A requirement as the round's notice has it; `catalogue_item` names the item whose rules judge it.

    A topic is a free item, e.g. 解放思想大讨论: the branch records what it did, and only a person judges it.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="items")
    no = models.PositiveIntegerField("序号")
    category = models.CharField("大类", max_length=100, blank=True)
    subcategory = models.CharField("小类", max_length=200, blank=True)
    title = models.CharField("内容", max_length=300)
    requirement = models.TextField("台账要求", blank=True)
    score = models.FloatField("分值", null=True)
    catalogue_item = models.CharField("对应项目", max_length=10, blank=True)
    is_topic = models.BooleanField("专项活动", default=False)

    class Meta:
        verbose_name = "台账要求"
        ordering = ("no",)

    def __str__(self) -> str:
        """The title."""
        return self.title


class RoundArea(models.Model):
    """片区 of one round."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="areas")
    name = models.CharField("片区", max_length=60)
    order = models.PositiveIntegerField(default=0)
    leader = models.CharField("组长", max_length=40, blank=True)
    deputies = models.JSONField("副组长", default=list)
    members = models.JSONField("组员", default=list)

    class Meta:
        verbose_name = "片区"
        ordering = ("order", "pk")

    def __str__(self) -> str:
        """The name."""
        return self.name


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


class NoticeDraft(models.Model):
    """A notice that was read and is being looked at; nothing of it counts until a round is opened from it."""

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
