"""党员学习笔记 (L18)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from taizhang.kernel.text import bare, fingerprint
from taizhang.ledgers.kind import LedgerKind, PaperForm, SameEvent, by_years, entry_facts
from taizhang.ledgers.part import Draft
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

    also_written: ClassVar = {
        "kind": {
            "心得体会": "学习心得",
            "心得": "学习心得",
            "自主学习": "自学",
            "个人自学": "自学",
        },
    }

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
        "学习者": "姓名", "记录人": "姓名", "笔记人": "姓名", "心得人": "姓名", "记录日期": "笔记日期", "书写日期": "笔记日期", "记笔记日期": "笔记日期", "笔记类别": "类别", "学习性质": "类别", "笔记类型": "类别",
        "类型": "类别", "篇目": "主题", "文章题目": "主题", "学习文章": "主题", "学习材料": "主题", "笔记题目": "主题", "笔记标题": "主题", "学习专题": "主题", "心得题目": "主题", "学习标题": "主题", "学习文件": "主题",
        "名称": "主题", "摘抄": "笔记内容", "摘抄内容": "笔记内容", "学习记录": "笔记内容", "学习感悟": "笔记内容", "感悟": "笔记内容", "笔记正文": "笔记内容", "心得": "笔记内容", "体会": "笔记内容", "学习感想": "笔记内容",
        "学习要点": "笔记内容", "内容摘要": "笔记内容", "笔记要点": "笔记内容", "笔记摘录": "笔记内容", "内容摘抄": "笔记内容", "学习摘抄": "笔记内容", "心得内容": "笔记内容",
    },
    example={"姓名": "示例甲", "笔记日期": "2016-03-16", "类别": "集中学习", "主题": "学习党章", "笔记内容": "……"},
)  # fmt: skip
