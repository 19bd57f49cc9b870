"""How a person reads lists: the columns that he wants of one, and filters that he gave a name."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from taizhang.orgs.models.accounts import User


class ListColumns(models.Model):
    """The columns that a person wants of a list, in the order that he wants."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    list_name = models.CharField("列表", max_length=80)
    columns = models.JSONField("列", default=list)

    class Meta:
        verbose_name = "列表的列"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("user", "list_name"), name="columns_of_a_list_once")
        ]

    def __str__(self) -> str:
        """The list."""
        return self.list_name


class SavedFilter(models.Model):
    """What a page was narrowed to, under a name: one's own, or shared with all who hold a duty in a
    unit.
    """

    name = models.CharField("名称", max_length=40)
    path = models.CharField("页面", max_length=200)
    query = models.CharField("条件", max_length=500, blank=True)
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(
        "orgs.Organisation", null=True, on_delete=models.CASCADE, related_name="+"
    )
    saved_at = models.DateTimeField("保存时间")

    class Meta:
        verbose_name = "存下的筛选"
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("by", "path", "name"), name="filter_of_a_name_once")
        ]

    def __str__(self) -> str:
        """Its name."""
        return self.name

    @property
    def url(self) -> str:
        """Where it leads."""
        return f"{self.path}?{self.query}" if self.query else self.path
