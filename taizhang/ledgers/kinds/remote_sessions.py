"""党员远程教育 (L19): not asked of branches without a station; kept for those that have one."""

from __future__ import annotations

from django.db import models

from taizhang.ledgers.kind import NOBODY, LedgerKind, PaperForm, entry_facts
from taizhang.orgs.entry import Entry


class RemoteEducation(Entry):
    """One session at a station."""

    held_on = models.DateField("日期")
    topic = models.CharField("内容", max_length=100)
    channel = models.CharField("站点（频道）", max_length=60)
    attendees = models.PositiveIntegerField("参加人数")
    hours = models.PositiveIntegerField("学时")

    class Meta:
        verbose_name = "远程教育"

    def __str__(self) -> str:
        """Day and topic."""
        return f"{self.held_on} {self.topic}"


KIND = LedgerKind(
    slug="remote-sessions",
    title="党员远程教育记录",
    section="党员教育",
    titles=("党员远程教育记录", "党员远程教育台账", "远程教育记录", "远程教育学习记录"),
    kept_years=10,
    owner=NOBODY,
    form=PaperForm.TABLE,
    same_event=(),
    search_names=(),
    model=RemoteEducation,
    asked=("held_on", "topic", "channel", "attendees", "hours"),
    listed=("held_on", "topic", "channel", "attendees", "hours"),
    day="held_on",
    items=("L19",),
    facts=(entry_facts("remote_sessions", RemoteEducation, "held_on", "attendees", "hours"),),
    example={"日期": "2016-03-15", "内容": "先进典型事迹", "站点（频道）": "示例站点", "参加人数": "12", "学时": "1"},
)  # fmt: skip
