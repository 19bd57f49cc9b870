"""集中学习记录 (L18): what was studied together, for how long, and who was there."""

from __future__ import annotations

from django.db import models

from taizhang.ledgers.kind import (
    NOBODY,
    Gives,
    LedgerKind,
    PaperForm,
    by_years,
    entry_facts,
    part_facts,
)
from taizhang.ledgers.part import Draft
from taizhang.ledgers.parts.people import NamedRow, names_part
from taizhang.orgs.entry import Entry


class StudySession(Entry):
    """One study of the branch."""

    held_on = models.DateField("学习日期")
    place = models.CharField("地点", max_length=60)
    topic = models.CharField("学习主题", max_length=100)
    material = models.TextField("学习材料", blank=True)
    lecturer = models.CharField("主讲（领学）人", max_length=40, blank=True)
    hours = models.PositiveIntegerField("学时")
    year = models.PositiveIntegerField(default=0, editable=False)
    n_attendees = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = "集中学习"

    def __str__(self) -> str:
        """Day and topic."""
        return f"{self.held_on} {self.topic}"


class Attendee(NamedRow):
    """Somebody who was there."""

    session = models.ForeignKey(StudySession, on_delete=models.CASCADE, related_name="attendees")

    class Meta:
        verbose_name = "学习人员"


def _prepare(draft: Draft) -> None:
    values = draft.values
    values["year"] = values["held_on"].year
    values["n_attendees"] = len(draft.parts.get("attendees", ()))


def _room_use(entry: StudySession) -> dict[str, str]:
    return {
        "room": entry.place,
        "used_on": f"{entry.held_on}",
        "activity": entry.topic,
        "user_name": entry.lecturer,
        "people": str(entry.n_attendees or ""),
    }


KIND = LedgerKind(
    slug="study-sessions",
    title="集中学习记录",
    section="党员教育",
    titles=("集中学习记录", "集中学习记录表", "学习记录", "政治学习记录", "支部学习记录", "党员集中学习记录", "集中学习登记表", "集中学习签到表", "集中学习签到", "学习签到表", "政治学习签到表", "党员学习记录", "理论学习记录", "政治理论学习记录"),
    kept_years=10,
    owner=NOBODY,
    form=PaperForm.CARD,
    same_event=(),
    search_names=(),
    subject_of=("missed_sessions", "sessions_under_plan"),
    is_event=True,
    model=StudySession,
    asked=("held_on", "place", "topic", "material", "lecturer", "hours"),
    listed=("held_on", "topic", "place", "lecturer", "hours"),
    day="held_on",
    prepare=_prepare,
    texts=("topic",),
    items=("L18",),
    also_called={
        "参加学习人员": "参加人员", "参加学习党员": "参加人员", "学习对象": "参加人员", "参学对象": "参加人员", "学习时长": "学时", "学习文件": "学习材料", "学习教材": "学习材料", "学习课题": "学习主题",
        "学习名称": "学习主题",
        "学习地点": "地点", "日期": "学习日期", "时间": "学习日期", "主题": "学习主题", "学习内容": "学习主题", "参学人员": "参加人员", "主讲人": "主讲（领学）人", "领学人": "主讲（领学）人", "主讲": "主讲（领学）人",
        "领学": "主讲（领学）人", "主讲领学人": "主讲（领学）人", "学习主讲人": "主讲（领学）人", "组织人": "主讲（领学）人", "授课人": "主讲（领学）人", "学习专题": "学习主题", "学习议题": "学习主题", "学习题目": "学习主题",
        "专题": "学习主题", "学习记录": "学习材料", "学习情况": "学习材料", "学习资料": "学习材料", "学习篇目": "学习材料", "学习主要内容": "学习材料", "学习内容记录": "学习材料", "学习过程": "学习材料",
        "参加人": "参加人员", "参学人": "参加人员", "学习人员": "参加人员", "参学党员": "参加人员", "参加党员": "参加人员", "出席人员": "参加人员", "参会人员": "参加人员", "学习学时": "学时", "时长": "学时",
        "学习场所": "地点",
        "学习标题": "学习主题", "学习文章": "学习主题", "学习课程": "学习主题", "学习材料名称": "学习材料", "学习书目": "学习材料", "学习内容摘录": "学习材料", "学习内容摘要": "学习材料", "学习内容要点": "学习材料",
        "学习主要材料": "学习材料", "学习文本": "学习材料", "主学人": "主讲（领学）人", "领学者": "主讲（领学）人", "辅导人": "主讲（领学）人", "宣讲人": "主讲（领学）人", "学习领读人": "主讲（领学）人", "领读人": "主讲（领学）人",
        "主讲者": "主讲（领学）人", "授课教师": "主讲（领学）人", "学时数": "学时", "学习课时": "学时", "学习时数": "学时", "课时数": "学时", "课时": "学时", "学时（小时）": "学时", "学习小时数": "学时",
        "参加学习人": "参加人员", "出席人": "参加人员", "到会人员": "参加人员", "到会党员": "参加人员", "学员": "参加人员", "参与人员": "参加人员", "参学同志": "参加人员", "参加学习同志": "参加人员", "参加人员签到": "参加人员",
        "签到": "参加人员", "人员签到": "参加人员", "参训人员": "参加人员", "参加学习名单": "参加人员", "学习人员签到": "参加人员", "参学人员签到": "参加人员",
    },
    parts=(names_part("attendees", "参加人员", Attendee, "session"),),
    gives=(Gives(to="room-uses", values=_room_use),),
    facts=(
        entry_facts("study_sessions", StudySession, "held_on", "year", "topic", "hours", "n_attendees"),
        by_years(
            part_facts(
                "study_attendance", Attendee, "session", "person_id", "name", on="session__held_on", year="session__year",
                hours="session__hours",
            ),
            "on",
        ),
    ),
    example={
        "学习日期": "2016-03-15", "地点": "党员活动室", "学习主题": "学习党章", "主讲（领学）人": "示例甲", "学时": "2", "参加人员": "示例甲、示例乙",
    },
)  # fmt: skip
