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
    titles=("党员远程教育记录", "党员远程教育台账", "远程教育记录", "远程教育学习记录", "党员现代远程教育学习登记簿", "现代远程教育学习记录", "远程教育收看记录", "远程教育学习登记表", "远程教育播放记录"),
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
    also_called={
        "参加党员人数": "参加人数", "参加学习人数": "参加人数", "收看人次": "参加人数", "学习站点": "站点（频道）", "远教站点": "站点（频道）", "播出频道": "站点（频道）", "学习课件": "内容", "教学内容": "内容",
        "节目内容": "内容", "课件内容": "内容",
        "时间": "日期", "学习日期": "日期", "学习时间": "日期", "播放日期": "日期", "收看时间": "日期", "收看日期": "日期", "播放时间": "日期", "活动时间": "日期", "学习内容": "内容", "课件名称": "内容",
        "播放内容": "内容", "节目名称": "内容", "收看内容": "内容", "学习主题": "内容", "课程名称": "内容", "课件": "内容", "频道": "站点（频道）", "站点": "站点（频道）", "平台": "站点（频道）",
        "站点名称": "站点（频道）", "频道名称": "站点（频道）", "学习平台": "站点（频道）", "播放平台": "站点（频道）", "人数": "参加人数", "参学人数": "参加人数", "学习人数": "参加人数", "收看人数": "参加人数",
        "课时": "学时", "时长": "学时", "学习学时": "学时",
        "播放节目": "内容", "学习节目": "内容", "教学节目": "内容", "学习课程": "内容", "播放课件": "内容", "收看节目": "内容", "学习专题": "内容", "收看课件": "内容", "节目": "内容", "课件（节目）": "内容",
        "播放频道": "站点（频道）", "收看频道": "站点（频道）", "播放站点": "站点（频道）", "终端站点": "站点（频道）", "站点频道": "站点（频道）", "收看平台": "站点（频道）", "学习频道": "站点（频道）", "播出平台": "站点（频道）",
        "收看站点": "站点（频道）", "播放渠道": "站点（频道）", "收看渠道": "站点（频道）", "终端": "站点（频道）", "远程教育站点": "站点（频道）", "站点（频道）名称": "站点（频道）", "收看党员数": "参加人数", "参学党员数": "参加人数",
        "参加收看人数": "参加人数", "参加党员数": "参加人数", "到课人数": "参加人数", "受教育人数": "参加人数", "学习党员数": "参加人数", "观看人数": "参加人数", "参加学习党员数": "参加人数", "收看党员人数": "参加人数",
        "参训人数": "参加人数", "播放时长": "学时", "收看时长": "学时", "学习时长": "学时", "学时数": "学时", "播放学时": "学时", "收看学时": "学时",
    },
    example={"日期": "2016-03-15", "内容": "先进典型事迹", "站点（频道）": "示例站点", "参加人数": "12", "学时": "1"},
)  # fmt: skip
