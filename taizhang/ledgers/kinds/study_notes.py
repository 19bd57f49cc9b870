"""党员学习笔记 (L18)."""

from __future__ import annotations

from django.db import models

from taizhang.kernel.text import bare, fingerprint
from taizhang.ledgers.kind import Draft, LedgerKind, PaperForm, SameEvent, by_years, entry_facts
from taizhang.orgs.entry import Entry
from taizhang.orgs.models.people import person_key


class StudyNote(Entry):
    """One note of a member."""

    class Kind(models.TextChoices):
        COLLECTIVE = "collective", "集中学习"
        OWN = "own", "自学"
        REFLECTION = "reflection", "学习心得"

    person = person_key()
    written_on = models.DateField("笔记日期")
    kind = models.CharField("类别", max_length=12, choices=Kind)
    topic = models.CharField("主题", max_length=100)
    text = models.TextField("笔记内容", blank=True, help_text="手写笔记可拍照附在记录上")
    year = models.PositiveIntegerField(default=0, editable=False)
    mark = models.CharField(max_length=16, default="", editable=False)
    words = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = "学习笔记"

    def __str__(self) -> str:
        """Day and topic."""
        return f"{self.written_on} {self.topic}"


def _prepare(draft: Draft) -> None:
    values = draft.values
    values["year"] = values["written_on"].year
    values["mark"], values["words"] = fingerprint(values["text"]), len(bare(values["text"]))


KIND = LedgerKind(
    slug="study-notes",
    title="党员学习笔记",
    section="党员教育",
    titles=("党员学习笔记", "学习笔记", "自学笔记"),
    titles_by=("kind", {"reflection": ("学习心得", "心得体会", "学习心得体会", "学习体会")}),
    kept_years=10,
    owner="person__name",
    form=PaperForm.TABLE,
    same_event=(
        SameEvent(to="study-sessions", day="written_on"),
    ),
    search_names=(),
    model=StudyNote,
    asked=("person", "written_on", "kind", "topic", "text"),
    listed=("written_on", "person", "kind", "topic"),
    day="written_on",
    prepare=_prepare,
    items=("L18",),
    facts=(
        by_years(
            entry_facts("study_notes", StudyNote, "person_id", "written_on", "kind", "year", "mark", "words"), "written_on"
        ),
    ),
    also_called={
        "学习方式": "类别", "主要内容": "笔记内容", "笔记摘要": "笔记内容", "学习摘要": "笔记内容", "学习收获": "笔记内容",
        "学习人": "姓名", "作者": "姓名", "撰写人": "姓名", "党员姓名": "姓名", "日期": "笔记日期", "时间": "笔记日期", "学习日期": "笔记日期", "学习时间": "笔记日期", "撰写日期": "笔记日期",
        "撰写时间": "笔记日期", "学习主题": "主题", "学习内容": "主题", "题目": "主题", "标题": "主题", "学习题目": "主题", "学习篇目": "主题", "学习笔记": "笔记内容", "心得体会": "笔记内容",
        "学习心得": "笔记内容", "内容": "笔记内容", "正文": "笔记内容", "学习体会": "笔记内容", "笔记": "笔记内容", "摘要": "笔记内容", "学习摘记": "笔记内容", "学习形式": "类别", "学习类别": "类别",
        "形式": "类别",
    },
    example={"姓名": "示例甲", "笔记日期": "2016-03-16", "类别": "集中学习", "主题": "学习党章", "笔记内容": "……"},
)  # fmt: skip
