"""党群服务站点建设 (L33): design, plan, progress and results of a site that the branch was told
to build.
"""

from __future__ import annotations

from django.db import models

from taizhang.ledgers.kind import NOBODY, LedgerKind, PaperForm, entry_facts, part_facts
from taizhang.ledgers.part import Draft, Part, PartSheet
from taizhang.ledgers.parts.labelled import labelled
from taizhang.orgs.entry import Entry


class ServiceSiteProject(Entry):
    """One site."""

    name = models.CharField("站点名称", max_length=80)
    assigned_on = models.DateField("任务下达日期")
    design = models.TextField("设计方案", blank=True, help_text="要点；方案文件附在记录上")
    plan = models.TextField("建设推进计划", blank=True)
    progress = models.TextField("建设进度", blank=True)
    results = models.TextField("阶段性成果", blank=True)
    finished_on = models.DateField("建成日期", null=True, blank=True)
    n_milestones = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = "党群服务站点"

    def __str__(self) -> str:
        """The name."""
        return self.name


class Milestone(models.Model):
    """One step of the building."""

    project = models.ForeignKey(
        ServiceSiteProject, on_delete=models.CASCADE, related_name="milestones"
    )
    text = models.CharField("节点", max_length=100)
    due_on = models.DateField("期限", null=True)
    done_on = models.DateField("完成", null=True)

    class Meta:
        verbose_name = "建设节点"

    def __str__(self) -> str:
        """The text."""
        return self.text


_WRITING = labelled(Milestone, "text", {"期限": "due_on", "完成": "done_on"}, "建设节点")


def _prepare(draft: Draft) -> None:
    draft.values["n_milestones"] = len(draft.parts.get("milestones", ()))


KIND = LedgerKind(
    slug="site-projects",
    title="党群服务站点建设",
    section="阵地和经费",
    titles=("党群服务站点建设情况表", "党群服务站建设台账", "党群服务站点建设", "党群服务站点标准化建设台账", "党群服务站点建设推进计划", "党群服务站点设计方案", "党群服务站建设方案", "党群服务站点建设方案", "党群服务站设计方案", "党群服务站建设推进计划", "党群服务站建设情况表", "党群服务站建设登记表", "党群服务点建设情况表", "党群服务站建设情况", "党员驿站建设情况", "党群驿站建设情况", "党员之家建设情况", "党员服务站建设情况", "党群服务点建设情况", "党群服务中心建设情况"),
    kept_years=30,
    owner=NOBODY,
    form=PaperForm.CARD,
    same_event=(),
    search_names=(),
    model=ServiceSiteProject,
    asked=("name", "assigned_on", "design", "plan", "progress", "results", "finished_on"),
    listed=("name", "assigned_on", "design", "progress", "finished_on"),
    day="assigned_on",
    prepare=_prepare,
    texts=("name",),
    items=("L33",),
    unique=("name",),
    parts=(
        Part(
            name="milestones", label="建设节点", model=Milestone, owner="project", writing=_WRITING, lines=4,
            hint="每个一行，如：完成设计（期限：2017-03-31；完成：2017-03-20）",
            sheet=PartSheet(
                heads=("建设内容", "节点", "任务", "建设节点", "工作内容", "阶段", "建设任务", "工作节点", "建设阶段"), columns={"期限": ("期限", "计划完成时间", "计划完成日期", "计划完成", "完成时限", "完成期限"), "完成": ("完成日期", "完成时间", "实际完成时间", "实际完成日期", "实际完成")},
            ),
        ),
    ),
    facts=(
        entry_facts(
            "site_projects", ServiceSiteProject, "assigned_on", "finished_on", "n_milestones", design="design__length",
            plan="plan__length", progress="progress__length", results="results__length",
        ),
        part_facts("milestones", Milestone, "project", "due_on", "done_on", on="project__assigned_on"),
    ),
    also_called={
        "建设方案": "设计方案", "建设计划": "建设推进计划", "实施计划": "建设推进计划", "推进方案": "建设推进计划", "建设进展": "建设进度", "建设进展情况": "建设进度", "进度情况": "建设进度", "建设进度情况": "建设进度", "工作进度": "建设进度", "任务下达时间": "任务下达日期", "完工日期": "建成日期",
        "投入使用时间": "建成日期", "服务站名称": "站点名称", "服务站点": "站点名称", "建设成果": "阶段性成果", "阶段成果": "阶段性成果",
        "名称": "站点名称", "下达日期": "任务下达日期", "推进计划": "建设推进计划", "进度": "建设进度", "进展情况": "建设进度", "竣工日期": "建成日期", "完成日期": "建成日期", "成果": "阶段性成果",
        "站点": "站点名称", "服务站点名称": "站点名称", "项目名称": "站点名称", "建设项目": "站点名称", "阵地名称": "站点名称", "党群服务站名称": "站点名称", "任务下达": "任务下达日期", "下达任务日期": "任务下达日期",
        "立项日期": "任务下达日期", "任务日期": "任务下达日期", "设计思路": "设计方案", "建设设计": "设计方案", "规划设计": "设计方案", "设计内容": "设计方案", "设计": "设计方案", "设计规划": "设计方案", "建设步骤": "建设推进计划",
        "建设安排": "建设推进计划", "推进安排": "建设推进计划", "实施方案": "建设推进计划", "推进措施": "建设推进计划", "建设推进安排": "建设推进计划", "建设推进方案": "建设推进计划", "目前进展": "建设进度", "工作进展": "建设进度",
        "建设情况": "建设进度", "推进进度": "建设进度", "进展": "建设进度", "推进情况": "建设进度", "目前进度": "建设进度", "当前进度": "建设进度", "建设推进情况": "建设进度", "工程进度": "建设进度", "当前进展": "建设进度",
        "取得成果": "阶段性成果", "阶段成效": "阶段性成果", "建设成效": "阶段性成果", "阶段性成效": "阶段性成果", "成效": "阶段性成果", "取得成效": "阶段性成果", "启用日期": "建成日期", "投用日期": "建成日期", "验收日期": "建成日期",
        "投入使用日期": "建成日期", "建成启用日期": "建成日期",
    },
    example={"站点名称": "示例党群服务站", "任务下达日期": "2017-01-10", "设计方案": "……", "建设推进计划": "……", "建设节点": "完成设计（期限：2017-03-31）"},
)  # fmt: skip
