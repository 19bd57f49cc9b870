"""组织生活会 (L32): study before it, opinions, self-examination, criticism, and what was to be put
right.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.db import models

from taizhang.kernel.text import bare, brief
from taizhang.ledgers.kind import (
    NOBODY,
    Entering,
    LedgerKind,
    PaperForm,
    SameEvent,
    entry_facts,
    part_facts,
)
from taizhang.ledgers.part import Draft, Part, PartRow, PartSheet, Told, Writing
from taizhang.ledgers.parts.labelled import labelled
from taizhang.ledgers.parts.rows import UNREAD, columns, must_have
from taizhang.ledgers.written import lines
from taizhang.orgs.entry import Entry


class OrgLifeMeeting(Entry):
    """One organisation-life meeting; its minutes stand in the meetings' ledger under
    the same day.
    """

    assessment_year = models.PositiveIntegerField("所属年度")
    held_on = models.DateField("召开日期")
    theme = models.CharField("会议主题", max_length=100)
    study_on = models.DateField("会前集中学习日期", null=True, blank=True)
    opinions = models.TextField("征求意见情况", blank=True)
    self_examination = models.TextField("支部班子对照检查材料", blank=True)
    last_year_report = models.TextField("上年整改情况", blank=True)
    n_criticisms = models.PositiveIntegerField(default=0, editable=False)
    n_tasks = models.PositiveIntegerField(default=0, editable=False)
    self_length = models.PositiveIntegerField(default=0, editable=False)
    season_from = models.DateField(null=True, editable=False)
    season_to = models.DateField(null=True, editable=False)
    year_on = models.DateField(null=True, editable=False)

    class Meta:
        verbose_name = "组织生活会"

    def __str__(self) -> str:
        """The year."""
        return f"{self.assessment_year}年度组织生活会"


class Criticism(models.Model):
    """What one said to another, or of himself."""

    meeting = models.ForeignKey(OrgLifeMeeting, on_delete=models.CASCADE, related_name="criticisms")
    by = models.CharField("批评人", max_length=40)
    to = models.CharField("被批评人", max_length=40)
    text = models.TextField("内容")

    class Meta:
        verbose_name = "批评与自我批评"

    def __str__(self) -> str:
        """Who to whom."""
        return f"{self.by}→{self.to}"


class LifeTask(models.Model):
    """Something to put right."""

    meeting = models.ForeignKey(OrgLifeMeeting, on_delete=models.CASCADE, related_name="tasks")
    text = models.CharField("整改事项", max_length=200)
    responsible = models.CharField("责任人", max_length=40, blank=True)
    due_on = models.DateField("期限", null=True)
    done_on = models.DateField("完成", null=True)

    class Meta:
        verbose_name = "整改清单"

    def __str__(self) -> str:
        """The text."""
        return self.text


_ARROW = re.compile(r"^(.{2,12}?)\s*(?:→|->|对|—>)\s*(.{2,12}?)\s*[：:]\s*(.+)$")


_SAYS = ("by", "to", "text")


def _split_criticisms(text: str) -> list[Told]:
    return [_criticism(line) for line in lines.lines(text)]


def _criticism(line: str) -> Told:
    read = _ARROW.match(line)
    if read is None:
        return {UNREAD: line}
    return dict(zip(_SAYS, (read[n].strip() for n in (1, 2, 3)), strict=True))


def _build_criticism(told: Told, draft: Draft) -> list[PartRow]:
    line = told.get(UNREAD, "")
    if line:
        draft.wrong(
            "批评与自我批评",
            f"“{brief(line, 20)}”应写作“示例甲→示例乙：……”，自我批评写作“示例甲→示例甲：……”。",
        )
        return []
    return must_have(Criticism, _SAYS, told, "批评与自我批评", draft)


def _tell_criticism(row: Criticism) -> Told:
    return {"by": row.by, "to": row.to, "text": row.text}


def _join_criticisms(rows: list[Told]) -> str:
    return "\n".join(
        told.get(UNREAD) or "{}→{}：{}".format(*(told.get(name, "") for name in _SAYS))
        for told in rows
    )


def _as_criticism(head: str, told: Mapping[str, str]) -> str:
    return f"{head}→{told.get('被批评人', '')}：{told.get('内容', '')}"


_CRITICISMS = Writing(
    columns=columns(Criticism, _SAYS, people=("by", "to")),
    split=_split_criticisms,
    build=_build_criticism,
    told=_tell_criticism,
    join=_join_criticisms,
)


_TASKS = labelled(
    LifeTask, "text", {"责任人": "responsible", "期限": "due_on", "完成": "done_on"}, "整改清单"
)


def _prepare(draft: Draft) -> None:
    values = draft.values
    year = values["assessment_year"]
    if not 1949 <= year <= 2100:
        draft.wrong("所属年度", f"“{year}”不是年份。")
        return
    first = values["held_on"].replace(month=1, day=1, year=year)
    values["year_on"] = first
    values["season_from"] = first.replace(month=10)
    values["season_to"] = first.replace(year=year + 1, month=3, day=31)
    values["n_criticisms"] = sum(
        row["by"] != row["to"] for row in draft.parts.get("criticisms", ())
    )
    values["n_tasks"] = len(draft.parts.get("tasks", ()))
    values["self_length"] = len(bare(values["self_examination"]))


KIND = LedgerKind(
    slug="life-meetings",
    entering=Entering(worked_out={"year_on": "assessment_year", "self_length": "self_examination"}),
    title="组织生活会材料",
    section="党内政治生活",
    titles=("批评与自我批评意见汇总表", "组织生活会批评意见汇总表", "相互批评意见汇总表", "组织生活会对照检查材料", "组织生活会征求意见表", "组织生活会问题清单", "组织生活会材料", "班子对照检查材料", "支部班子对照检查材料", "支委会对照检查材料", "支部委员会对照检查材料", "支部对照检查材料", "班子检视剖析材料", "支委会检视剖析材料", "支部委员会检视剖析材料", "支部检视剖析材料", "组织生活会征求意见汇总表", "组织生活会整改清单", "组织生活会情况报告", "组织生活会报告", "组织生活会总结", "组织生活会情况总结", "组织生活会召开情况报告", "组织生活会总结报告", "组织生活会整改台账", "组织生活会相互批评意见", "组织生活会批评意见表", "组织生活会查摆问题清单"),
    kept_years=30,
    owner=NOBODY,
    form=PaperForm.CARD,
    same_event=(
        SameEvent(to="meetings", day="held_on", where={"kind__in": ["org_life_meeting", "members_assembly"]}),
    ),
    search_names=(),
    model=OrgLifeMeeting,
    asked=("assessment_year", "held_on", "theme", "study_on", "opinions", "self_examination", "last_year_report"),
    listed=("assessment_year", "held_on", "theme", "study_on"),
    day="held_on",
    prepare=_prepare,
    texts=("theme",),
    compared=("self_examination",),
    items=("L32",),
    unique=("assessment_year", "held_on"),
    parts=(
        Part(
            name="criticisms", label="批评与自我批评", model=Criticism, owner="meeting", writing=_CRITICISMS, lines=5, hint="每条一行，如：示例甲→示例乙：联系群众不够经常",
            sheet=PartSheet(
                heads=("批评人", "批评者", "提意见人", "批评人姓名", "发言人", "提出人"),
                columns={
                    "被批评人": ("被批评人", "批评对象", "被批评者", "被提意见人", "被批评人姓名", "对象", "被批评对象", "批评对象姓名", "被评人"),
                    "内容": ("批评意见", "意见", "批评内容", "内容", "意见建议", "主要意见", "相互批评意见", "意见内容", "批评意见内容", "具体意见"),
                },
                write=_as_criticism,
            ),
        ),
        Part(
            name="tasks", label="整改清单", model=LifeTask, owner="meeting", writing=_TASKS, lines=4,
            hint="每项一行，如：改进党课形式（责任人：示例甲；期限：2017-06-30；完成：2017-06-20）",
            sheet=PartSheet(
                heads=("整改事项", "整改任务", "整改内容", "整改措施", "存在问题", "问题", "措施", "查摆问题", "具体措施", "整改问题", "存在的问题"),
                details=("整改措施", "具体措施", "措施"),
                columns={"责任人": ("责任人", "负责人", "责任人员"), "期限": ("期限", "整改时限", "完成时限", "完成期限", "整改期限", "时限"), "完成": ("完成日期", "完成时间", "完成", "整改完成时间")},
            ),
        ),
    ),
    facts=(
        entry_facts(
            "life_meetings", OrgLifeMeeting, "assessment_year", "held_on", "year_on", "study_on", "n_criticisms", "n_tasks",
            "self_length", "season_from", "season_to", opinions="opinions__length", last_year_report="last_year_report__length",
        ),
        part_facts("life_tasks", LifeTask, "meeting", "due_on", "done_on", "responsible", on="meeting__held_on"),
    ),
    also_called={
        "意见征集情况": "征求意见情况", "征求意见汇总": "征求意见情况", "征集意见情况": "征求意见情况", "征求意见建议": "征求意见情况", "班子对照检查材料": "支部班子对照检查材料", "对照检查情况": "支部班子对照检查材料", "支委会对照检查材料": "支部班子对照检查材料", "支部委员会对照检查材料": "支部班子对照检查材料",
        "支委班子对照检查": "支部班子对照检查材料", "班子对照检查情况": "支部班子对照检查材料", "上次整改落实情况": "上年整改情况", "上年度问题整改情况": "上年整改情况", "上次组织生活会整改情况": "上年整改情况", "上一年度整改情况": "上年整改情况", "整改问题清单": "整改清单", "整改落实清单": "整改清单",
        "问题整改清单": "整改清单",
        "主题": "会议主题", "会议时间": "召开日期", "时间": "召开日期", "会议日期": "召开日期", "征求意见": "征求意见情况", "征求到的意见": "征求意见情况", "意见建议": "征求意见情况", "对照检查材料": "支部班子对照检查材料",
        "班子对照检查": "支部班子对照检查材料", "上年度整改情况": "上年整改情况", "上年度整改落实情况": "上年整改情况", "相互批评意见": "批评与自我批评", "批评意见": "批评与自我批评", "开展批评情况": "批评与自我批评",
        "会前集中学习": "会前集中学习日期", "会前学习": "会前集中学习日期", "会前学习时间": "会前集中学习日期", "会前集中学习时间": "会前集中学习日期", "集中学习时间": "会前集中学习日期", "整改措施": "整改清单", "整改事项": "整改清单", "年度": "所属年度",
        "组织生活会时间": "召开日期", "会议召开时间": "召开日期", "组织生活会日期": "召开日期", "组织生活会召开时间": "召开日期", "组织生活会主题": "会议主题", "生活会主题": "会议主题", "会前学习日期": "会前集中学习日期",
        "集中学习日期": "会前集中学习日期", "会前组织学习时间": "会前集中学习日期", "征求意见及建议情况": "征求意见情况", "会前征求意见": "征求意见情况", "会前征求意见情况": "征求意见情况", "征求意见建议情况": "征求意见情况",
        "征集意见": "征求意见情况", "征集意见建议": "征求意见情况", "征求意见和建议": "征求意见情况", "征求意见和建议情况": "征求意见情况", "意见建议征集情况": "征求意见情况", "支部班子对照检查": "支部班子对照检查材料",
        "班子对照检查发言": "支部班子对照检查材料", "支部对照检查": "支部班子对照检查材料", "支部对照检查材料": "支部班子对照检查材料", "支委会对照检查": "支部班子对照检查材料", "查摆问题": "支部班子对照检查材料", "班子查摆问题": "支部班子对照检查材料",
        "查摆的问题": "支部班子对照检查材料", "支部班子对照检查情况": "支部班子对照检查材料", "班子对照材料": "支部班子对照检查材料", "支部班子查摆问题": "支部班子对照检查材料", "班子查摆问题情况": "支部班子对照检查材料",
        "查摆问题情况": "支部班子对照检查材料", "上年度整改落实": "上年整改情况", "上年整改落实情况": "上年整改情况", "上年度整改措施落实情况": "上年整改情况", "上次整改情况": "上年整改情况", "上年度问题整改落实情况": "上年整改情况",
        "去年整改落实情况": "上年整改情况", "上年度整改任务落实情况": "上年整改情况", "上次组织生活会整改落实情况": "上年整改情况", "批评与自我批评情况": "批评与自我批评", "相互批评": "批评与自我批评", "相互批评情况": "批评与自我批评",
        "开展批评和自我批评": "批评与自我批评", "批评和自我批评": "批评与自我批评", "批评和自我批评情况": "批评与自我批评", "互相批评意见": "批评与自我批评", "互相批评": "批评与自我批评", "党员相互批评意见": "批评与自我批评",
        "相互批评记录": "批评与自我批评", "开展批评与自我批评情况": "批评与自我批评", "开展批评与自我批评": "批评与自我批评", "整改任务": "整改清单", "整改任务清单": "整改清单", "整改方案": "整改清单", "整改落实措施": "整改清单",
        "存在的主要问题": "支部班子对照检查材料", "存在的突出问题": "支部班子对照检查材料", "查摆出的问题": "支部班子对照检查材料", "查摆的主要问题": "支部班子对照检查材料", "查摆出的主要问题": "支部班子对照检查材料", "检视出的问题": "支部班子对照检查材料", "检视出的主要问题": "支部班子对照检查材料", "班子存在的问题": "支部班子对照检查材料", "支部班子存在的问题": "支部班子对照检查材料", "班子存在的主要问题": "支部班子对照检查材料", "支部班子存在的主要问题": "支部班子对照检查材料", "支部存在的主要问题": "支部班子对照检查材料", "支委会存在的主要问题": "支部班子对照检查材料", "班子存在的突出问题": "支部班子对照检查材料", "对照检查出的问题": "支部班子对照检查材料", "存在的主要问题和不足": "支部班子对照检查材料", "查摆出的突出问题": "支部班子对照检查材料",
        "整改事项清单": "整改清单", "问题整改": "整改清单", "整改问题": "整改清单",
        "原因剖析": "支部班子对照检查材料", "原因分析": "支部班子对照检查材料", "问题原因剖析": "支部班子对照检查材料", "存在问题的原因": "支部班子对照检查材料", "产生问题的原因": "支部班子对照检查材料", "问题产生的原因": "支部班子对照检查材料", "产生问题的主要原因": "支部班子对照检查材料", "产生问题的原因剖析": "支部班子对照检查材料", "产生问题的原因分析": "支部班子对照检查材料", "存在问题的原因剖析": "支部班子对照检查材料", "存在问题的原因分析": "支部班子对照检查材料", "产生原因": "支部班子对照检查材料",
    },
    example={
        "所属年度": "2016", "召开日期": "2016-12-16", "会议主题": "“两学一做”专题组织生活会", "会前集中学习日期": "2016-12-02",
        "征求意见情况": "……", "支部班子对照检查材料": "……", "批评与自我批评": "示例甲→示例乙：联系群众不够经常",
        "整改清单": "改进党课形式（责任人：示例甲；期限：2017-06-30）",
    },
    about="会议记录登记在会议台账（组织生活会），日期相同即视为同一次会。",
)  # fmt: skip
