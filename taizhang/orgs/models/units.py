"""Organisations, units, areas and the calendar of working days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models

from taizhang.kernel.text import folded

if TYPE_CHECKING:
    from taizhang.orgs.actor import Actor


class Unit(models.Model):
    """A school, kindergarten or institution (DOMAIN 2.1)."""

    class Type(models.TextChoices):
        SCHOOL = "school", "公办学校"
        KINDERGARTEN = "kindergarten", "公办幼儿园"
        PRIVATE = "private", "民办"
        INSTITUTION = "institution", "直属事业单位"
        OTHER = "other", "其他"

    name = models.CharField("单位名称", max_length=100, unique=True)
    unit_type = models.CharField("单位类型", max_length=20, choices=Type)
    is_public_institution = models.BooleanField("事业单位", default=True)

    class Meta:
        verbose_name = "单位"

    def __str__(self) -> str:
        """The name."""
        return self.name


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations; pages reach them only through `visible_to`."""

    def visible_to(self, actor: Actor) -> Self:
        """The actor's own organisations and all below them."""
        return self.filter(actor.scope("path"))

    def branches(self) -> Self:
        """Those that keep ledgers of their own."""
        return self.filter(org_type__in=Organisation.BRANCH_TYPES)


class Organisation(models.Model):
    """A Party organisation; `path` lists the keys from the top down, so a subtree is one range."""

    class Type(models.TextChoices):
        COMMITTEE = "party_committee", "基层党委"
        GENERAL = "general_branch", "党总支"
        BRANCH = "branch", "党支部"
        JOINT = "joint_branch", "联合党支部"
        TEMPORARY = "temporary_branch", "临时党支部"

    BRANCH_TYPES = (Type.BRANCH, Type.JOINT, Type.TEMPORARY)

    full_name = models.CharField("全称", max_length=150, unique=True)
    short_name = models.CharField("简称", max_length=60)
    org_type = models.CharField("组织类型", max_length=20, choices=Type)
    parent = models.ForeignKey(
        "self", verbose_name="上级党组织", null=True, on_delete=models.PROTECT
    )
    path = models.CharField(max_length=200, db_index=True, editable=False)
    units = models.ManyToManyField(Unit, verbose_name="所在单位", related_name="organisations")
    established_on = models.DateField("成立日期")
    dissolved_on = models.DateField("撤销日期", null=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "党组织"
        ordering = ("path",)

    def __str__(self) -> str:
        """The short name."""
        return self.short_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the path, which needs the key, in a second step."""
        super().save(*args, **kwargs)
        path = f"{self.parent.path if self.parent else ''}{self.pk:08d}/"
        if path != self.path:
            self.path = path
            type(self).objects.filter(pk=self.pk).update(path=path)

    @property
    def keeps_ledgers(self) -> bool:
        """Whether it is a branch; what stands above branches keeps none."""
        return self.org_type in self.BRANCH_TYPES

    @property
    def is_general(self) -> bool:
        """Whether it is a 党总支: no ledgers of its own, but it can be inspected with its branches."""
        return self.org_type == self.Type.GENERAL

    def full_name_on(self, day: date | None) -> str:
        """The full name that it bore on a day; without a day the one of now."""
        former = self._former(day)
        return former.full_name if former else self.full_name

    def short_name_on(self, day: date | None) -> str:
        """The short name that it bore on a day; without a day the one of now."""
        former = self._former(day)
        return former.short_name if former else self.short_name

    def _former(self, day: date | None) -> FormerName | None:
        """The first of the names given up that was still borne on the day."""
        return self.borne_on(day, self.former_names.all()) if day is not None else None

    @staticmethod
    def borne_on(day: date, given_up: Iterable[FormerName]) -> FormerName | None:
        """The first of an organisation's former names that it still bore on the day."""
        borne = (name for name in given_up if day <= name.last_on)
        return min(borne, key=lambda name: name.last_on, default=None)


class FormerName(models.Model):
    """What an organisation was called until it was renamed; papers about days before keep it."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="former_names"
    )
    full_name = models.CharField("原全称", max_length=150)
    short_name = models.CharField("原简称", max_length=60)
    last_on = models.DateField("使用至")

    class Meta:
        verbose_name = "曾用名"
        ordering = ("last_on", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "last_on"), name="former_name_once_a_day"
            )
        ]

    def __str__(self) -> str:
        """The short name and its last day."""
        return f"{self.short_name}（至{self.last_on}）"


class Succession(models.Model):
    """Who goes on with the work of an organisation that was dissolved; several, where it was
    divided.
    """

    predecessor = models.ForeignKey(
        Organisation, verbose_name="撤销的", on_delete=models.CASCADE, related_name="successions"
    )
    successor = models.ForeignKey(
        Organisation, verbose_name="承接的", on_delete=models.PROTECT, related_name="inheritances"
    )
    from_on = models.DateField("承接日期")

    class Meta:
        verbose_name = "承接"
        ordering = ("from_on", "pk")
        constraints = [
            models.UniqueConstraint(fields=("predecessor", "successor"), name="succession_once")
        ]

    def __str__(self) -> str:
        """From whom to whom."""
        return f"{self.predecessor}→{self.successor}"


class Alias(models.Model):
    """Another name by which an organisation is called, for as long as it was."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField("别名", max_length=100)
    folded_name = models.CharField(max_length=100, db_index=True, editable=False)
    valid_from = models.DateField("起", null=True)
    valid_to = models.DateField("止", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("organisation", "name"), name="alias_once")]

    def __str__(self) -> str:
        """The alias."""
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the form that names are looked up by."""
        self.folded_name = folded(self.name)
        super().save(*args, **kwargs)


class Area(models.Model):
    """片区: a lasting group of organisations; who belongs to it changes over the years."""

    name = models.CharField("片区", max_length=40, unique=True)

    class Meta:
        verbose_name = "片区"

    def __str__(self) -> str:
        """The name."""
        return self.name


class AreaMembership(models.Model):
    """An organisation's time in an area."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="area_memberships"
    )
    valid_from = models.DateField("起")
    valid_to = models.DateField("止", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("area", "organisation", "valid_from"), name="area_membership_once"
            )
        ]

    def __str__(self) -> str:
        """Area and organisation."""
        return f"{self.area}：{self.organisation}"


class CalendarDay(models.Model):
    """A weekday that was not worked, a weekend day that was, or a day of the schools' vacation
    (DOMAIN 4.11).

    A year without a day of the first two sorts is unknown.
    """

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", "放假"
        WORKDAY = "workday", "调休上班"

    day = models.DateField("日期", unique=True)
    kind = models.CharField("类别", max_length=10, choices=Kind, blank=True)
    """Empty for a day of which nothing but the vacation is known."""
    vacation = models.BooleanField("寒暑假", default=False)

    class Meta:
        verbose_name = "工作日历"
        ordering = ("day",)

    def __str__(self) -> str:
        """Day and kind."""
        return f"{self.day} {self.get_kind_display() or '寒暑假'}"
