"""党员组织关系排查 (L22): the figures of one screening, its plan and what came of it."""

from __future__ import annotations

from django.db import models

from taizhang.kernel.text import bare
from taizhang.ledgers.kind import NOBODY, LedgerKind, PaperForm, entry_facts, part_facts
from taizhang.ledgers.part import Draft, Part, PartSheet
from taizhang.ledgers.parts.labelled import labelled
from taizhang.orgs.entry import Entry

CLASSES = ("n_normal", "n_mobile", "n_nominal", "n_pocket", "n_lost", "n_suspended")


class RelationSurvey(Entry):
    """One screening of the branch's members."""

    batch = models.CharField("排查批次", max_length=60)
    as_of = models.DateField("排查日期")
    roster_count = models.PositiveIntegerField("在册人数")
    checked_count = models.PositiveIntegerField("已排查人数")
    n_normal = models.PositiveIntegerField("正常", default=0)
    n_mobile = models.PositiveIntegerField("流动", default=0)
    n_nominal = models.PositiveIntegerField("空挂", default=0)
    n_pocket = models.PositiveIntegerField("口袋党员", default=0)
    n_lost = models.PositiveIntegerField("失联", default=0)
    n_suspended = models.PositiveIntegerField("停止党籍", default=0)
    summary = models.TextField("工作推进情况总结", blank=True)
    summary_on = models.DateField("总结日期", null=True, blank=True)
    year = models.PositiveIntegerField(default=0, editable=False)
    n_tasks = models.PositiveIntegerField(default=0, editable=False)
    last_due_on = models.DateField(null=True, editable=False)
    summary_length = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = "组织关系排查"

    def __str__(self) -> str:
        """The batch."""
        return self.batch


class SurveyTask(models.Model):
    """One task of the plan."""

    survey = models.ForeignKey(RelationSurvey, on_delete=models.CASCADE, related_name="tasks")
    text = models.CharField("任务", max_length=200)
    responsible = models.CharField("责任人", max_length=40, blank=True)
    due_on = models.DateField("期限", null=True)
    done_on = models.DateField("完成", null=True)

    class Meta:
        verbose_name = "整改任务"

    def __str__(self) -> str:
        """The text."""
        return self.text


_WRITING = labelled(
    SurveyTask, "text", {"责任人": "responsible", "期限": "due_on", "完成": "done_on"}, "整改计划"
)


def _prepare(draft: Draft) -> None:
    values, rows = draft.values, draft.parts.get("tasks", [])
    values["year"], values["n_tasks"] = values["as_of"].year, len(rows)
    values["last_due_on"] = max((row["due_on"] for row in rows if row.get("due_on")), default=None)
    values["summary_length"] = len(bare(values["summary"]))


KIND = LedgerKind(
    slug="relation-surveys",
    title="党员组织关系排查",
    section="党员管理",
    titles=("组织关系集中排查工作总结", "组织关系集中排查情况总结", "组织关系集中排查统计表", "组织关系集中排查台账", "组织关系集中排查登记表", "组织关系集中排查情况表", "组织关系集中排查报告", "组织关系排查工作总结", "组织关系排查报告", "党员组织关系排查", "党员组织关系排查表", "党员组织关系排查台账", "失联党员排查统计表", "党员组织关系排查整改计划", "党员组织关系排查总结", "组织关系排查情况表", "组织关系排查登记表", "组织关系排查统计表"),
    kept_years=30,
    owner=NOBODY,
    form=PaperForm.CARD,
    same_event=(),
    search_names=(),
    model=RelationSurvey,
    asked=("batch", "as_of", "roster_count", "checked_count", *CLASSES, "summary", "summary_on"),
    listed=("as_of", "batch", "roster_count", "checked_count", "n_lost", "summary_on"),
    day="as_of",
    prepare=_prepare,
    texts=("batch",),
    items=("L22",),
    unique=("as_of",),
    parts=(
        Part(
            name="tasks", label="整改计划", model=SurveyTask, owner="survey", writing=_WRITING, lines=4,
            hint="每项一行，如：联系外出党员（责任人：示例甲；期限：2016-06-30；完成：2016-06-20）",
            sheet=PartSheet(
                heads=("整改事项", "整改内容", "整改任务", "整改措施", "存在问题", "问题", "工作措施", "措施"),
                details=("整改措施", "工作措施", "措施"),
                columns={"责任人": ("责任人", "负责人", "责任人员"), "期限": ("期限", "整改时限", "完成时限", "完成期限", "整改期限", "时限"), "完成": ("完成日期", "完成时间", "完成", "整改完成时间")},
            ),
        ),
    ),
    facts=(
        entry_facts(
            "relation_surveys", RelationSurvey, "as_of", "year", "roster_count", "checked_count", *CLASSES, "n_tasks",
            "last_due_on", "summary_on", "summary_length",
        ),
        part_facts("survey_tasks", SurveyTask, "survey", "due_on", "done_on", "responsible", on="survey__as_of"),
    ),
    also_called={
        "已核实": "已排查人数", "已核查": "已排查人数", "已核对": "已排查人数", "核实人数": "已排查人数", "已核实人数": "已排查人数", "核查人数": "已排查人数", "排查小结": "工作推进情况总结", "主要做法": "工作推进情况总结", "工作做法": "工作推进情况总结", "排查做法": "工作推进情况总结", "小结": "工作推进情况总结", "排查情况说明": "工作推进情况总结",
        "已排查数": "已排查人数", "排查数": "已排查人数", "在册数": "在册人数",
        "在册党员人数": "在册人数", "党员数": "在册人数", "支部党员总数": "在册人数", "应排查人数": "在册人数", "应排查党员数": "在册人数", "已排查": "已排查人数", "已排查党员": "已排查人数", "完成排查人数": "已排查人数",
        "实际排查人数": "已排查人数", "排查时间": "排查日期", "统计日期": "排查日期", "正常党员": "正常", "组织关系正常党员": "正常", "口袋党员数": "口袋党员", "停止党籍人数": "停止党籍",
        "批次": "排查批次", "排查名称": "排查批次", "日期": "排查日期", "时间": "排查日期", "党员总数": "在册人数", "在册党员数": "在册人数", "党员人数": "在册人数", "在册党员": "在册人数", "排查人数": "已排查人数",
        "排查党员数": "已排查人数", "已排查党员数": "已排查人数", "正常人数": "正常", "组织关系正常": "正常", "流动党员": "流动", "失联党员": "失联", "空挂党员": "空挂", "排查情况总结": "工作推进情况总结",
        "工作总结": "工作推进情况总结", "排查总结": "工作推进情况总结", "整改措施": "整改计划", "整改事项": "整改计划",
        "排查期次": "排查批次", "排查轮次": "排查批次", "批次名称": "排查批次", "排查批次名称": "排查批次", "截止日期": "排查日期", "截至日期": "排查日期", "统计截止日期": "排查日期", "排查截止日期": "排查日期", "在册": "在册人数",
        "应排查": "在册人数", "党员总人数": "在册人数", "支部党员数": "在册人数", "支部党员总人数": "在册人数", "名册人数": "在册人数", "应查人数": "在册人数", "应排查党员": "在册人数", "在册党员总数": "在册人数",
        "支部党员人数": "在册人数", "实排查人数": "已排查人数", "已查人数": "已排查人数", "实际排查党员数": "已排查人数", "排查到人数": "已排查人数", "已排查党员人数": "已排查人数", "完成排查": "已排查人数", "实际排查": "已排查人数",
        "已完成排查": "已排查人数", "排查党员人数": "已排查人数", "实排查": "已排查人数", "正常党员数": "正常", "关系正常": "正常", "组织关系正常党员数": "正常", "流动人数": "流动", "流动党员数": "流动", "外出流动党员": "流动",
        "流动党员人数": "流动", "空挂党员数": "空挂", "空挂人数": "空挂", "口袋": "口袋党员", "口袋人数": "口袋党员", "口袋党员人数": "口袋党员", "失联党员数": "失联", "失联人数": "失联", "失去联系党员": "失联",
        "失联党员人数": "失联", "停止党籍党员": "停止党籍", "停止党籍党员数": "停止党籍", "工作推进情况": "工作推进情况总结", "推进情况": "工作推进情况总结", "排查工作情况": "工作推进情况总结", "工作情况": "工作推进情况总结",
        "工作小结": "工作推进情况总结", "排查工作小结": "工作推进情况总结", "排查工作推进情况": "工作推进情况总结", "工作开展情况": "工作推进情况总结", "排查工作总结": "工作推进情况总结", "排查情况": "工作推进情况总结",
        "排查开展情况": "工作推进情况总结", "排查工作开展情况": "工作推进情况总结",
    },
    example={
        "排查批次": "2016年组织关系集中排查", "排查日期": "2016-05-20", "在册人数": "32", "已排查人数": "32", "正常": "32",
        "整改计划": "完善党员联系方式（责任人：示例乙；期限：2016-06-30）", "工作推进情况总结": "……", "总结日期": "2016-07-05",
    },
)  # fmt: skip
