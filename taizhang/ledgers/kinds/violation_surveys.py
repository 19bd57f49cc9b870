"""违法违纪党员排查 (L24): plan, list and summary; of persons only the reference and the result (DOMAIN
L24).
"""

from __future__ import annotations

from django.db import models

from taizhang.kernel.secret import SealedLineField
from taizhang.kernel.text import bare
from taizhang.ledgers.kind import NOBODY, LedgerKind, PaperForm, entry_facts, part_facts
from taizhang.ledgers.part import Draft, Part, PartSheet
from taizhang.ledgers.parts.labelled import labelled
from taizhang.orgs.entry import Entry
from taizhang.orgs.models.people import person_key


class ViolationSurvey(Entry):
    """One screening."""

    batch = models.CharField("排查批次", max_length=60)
    scope = models.CharField("排查范围", max_length=100)
    as_of = models.DateField("排查日期")
    checked_count = models.PositiveIntegerField("排查人数")
    source = models.CharField("核对来源", max_length=100, help_text="如公检法、纪委反馈")
    found_count = models.PositiveIntegerField("发现人数")
    plan = models.TextField("排查清理计划", blank=True)
    summary = models.TextField("排查清理总结", blank=True)
    n_listed = models.PositiveIntegerField(default=0, editable=False)
    plan_length = models.PositiveIntegerField(default=0, editable=False)
    summary_length = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = "违法违纪排查"

    def __str__(self) -> str:
        """The batch."""
        return self.batch


class ViolationCase(models.Model):
    """Somebody found: which paper decided, and whether it is handled. No details (DOMAIN 9.5)."""

    class Kind(models.TextChoices):
        LAW = "law", "违法"
        DISCIPLINE = "discipline", "违纪"

    survey = models.ForeignKey(ViolationSurvey, on_delete=models.CASCADE, related_name="cases")
    name = models.CharField("姓名", max_length=40)
    person = person_key(null=True)
    kind = models.CharField("类别", max_length=10, choices=Kind, blank=True)
    document = SealedLineField("处理文号", blank=True)
    is_handled = models.BooleanField("已处理", default=False)

    class Meta:
        verbose_name = "排查名册"

    def __str__(self) -> str:
        """The name."""
        return self.name


_WRITING = labelled(
    ViolationCase, "name", {"类别": "kind", "文号": "document", "已处理": "is_handled"}, "名册", person="person"
)  # fmt: skip


def _prepare(draft: Draft) -> None:
    values = draft.values
    values["n_listed"] = len(draft.parts.get("cases", ()))
    values["plan_length"], values["summary_length"] = (
        len(bare(values["plan"])),
        len(bare(values["summary"])),
    )


KIND = LedgerKind(
    slug="violation-surveys",
    title="违法违纪党员排查",
    section="党员管理",
    titles=("违法违纪情况排查报告", "违法违纪情况排查表", "违法违纪情况排查", "违纪违法党员排查", "违纪违法情况排查", "违纪违法情况排查报告", "违法违纪党员排查报告", "违法违纪党员排查", "违法违纪党代表和党员排查台账", "违法违纪党员排查表", "违法违纪党员排查计划", "违法违纪党员排查总结", "违法违纪党员名册", "违纪违法党员排查表", "违法违纪排查登记表", "党员违法违纪排查登记表", "违纪违法未处理情况排查表", "违纪违法情况排查清理表"),
    kept_years=30,
    owner=NOBODY,
    form=PaperForm.CARD,
    same_event=(),
    search_names=(),
    model=ViolationSurvey,
    asked=("batch", "scope", "as_of", "checked_count", "source", "found_count", "plan", "summary"),
    listed=("as_of", "batch", "scope", "checked_count", "found_count"),
    day="as_of",
    prepare=_prepare,
    items=("L24",),
    unique=("as_of",),
    parts=(
        Part(
            name="cases", label="名册", model=ViolationCase, owner="survey", writing=_WRITING, lines=3,
            sheet=PartSheet(
                heads=("姓名", "党员姓名", "违纪违法党员", "违法违纪党员"),
                columns={"类别": ("类别", "违纪违法类别", "违法违纪类别", "性质", "问题性质"), "文号": ("文号", "处理文号", "处分文号", "处理文件", "处分文件号", "处理决定文号"), "已处理": ("已处理", "是否处理", "是否已处理")},
            ),
            hint="没有发现的留空；每人一行，如：示例甲（类别：违纪；文号：示例纪〔2016〕1号；已处理：是）",
        ),
    ),
    facts=(
        entry_facts(
            "violation_surveys", ViolationSurvey, "as_of", "checked_count", "found_count", "n_listed", "plan_length",
            "summary_length",
        ),
        part_facts("violation_cases", ViolationCase, "survey", "person_id", "kind", "is_handled", on="survey__as_of"),
    ),
    also_called={
        "发现违法违纪党员": "发现人数", "发现违纪违法党员": "发现人数", "发现违纪违法人数": "发现人数", "发现问题人数": "发现人数", "查出人数": "发现人数", "排查情况": "排查清理总结", "排查结果": "排查清理总结", "排查结论": "排查清理总结",
        "参加排查人数": "排查人数", "排查党员": "排查人数",
        "批次": "排查批次", "排查名称": "排查批次", "日期": "排查日期", "时间": "排查日期", "排查党员数": "排查人数", "排查党员人数": "排查人数", "已排查人数": "排查人数", "信息来源": "核对来源", "数据来源": "核对来源",
        "核查来源": "核对来源", "排查方式": "核对来源", "发现违法违纪人数": "发现人数", "违法违纪人数": "发现人数", "范围": "排查范围", "排查对象": "排查范围", "排查计划": "排查清理计划", "排查总结": "排查清理总结",
        "排查情况总结": "排查清理总结",
        "排查期次": "排查批次", "排查轮次": "排查批次", "排查人员范围": "排查范围", "排查对象范围": "排查范围", "核查范围": "排查范围", "核查对象": "排查范围", "核查人数": "排查人数", "核对人数": "排查人数", "比对人数": "排查人数",
        "排查总人数": "排查人数", "排查党员总数": "排查人数", "核查党员数": "排查人数", "比对来源": "核对来源", "信息核对来源": "核对来源", "核对渠道": "核对来源", "核对单位": "核对来源", "比对单位": "核对来源",
        "信息比对来源": "核对来源", "核对部门": "核对来源", "比对部门": "核对来源", "查询来源": "核对来源", "信息核对单位": "核对来源", "核查渠道": "核对来源", "核查单位": "核对来源", "发现违纪违法党员数": "发现人数",
        "违纪违法人数": "发现人数", "发现问题党员数": "发现人数", "发现违法违纪党员数": "发现人数", "违纪违法党员数": "发现人数", "排查出人数": "发现人数", "发现违法违纪党员人数": "发现人数", "发现人数（人）": "发现人数",
        "发现违纪违法党员人数": "发现人数", "清理计划": "排查清理计划", "工作计划": "排查清理计划", "排查方案": "排查清理计划", "排查清理方案": "排查清理计划", "排查工作计划": "排查清理计划", "排查安排": "排查清理计划",
        "清理总结": "排查清理总结", "排查小结": "排查清理总结", "排查清理情况": "排查清理总结", "清理情况": "排查清理总结", "工作总结": "排查清理总结", "排查清理结果": "排查清理总结", "排查工作总结": "排查清理总结",
    },
    example={"排查批次": "2016年专项排查", "排查范围": "全体党员", "排查日期": "2016-09-20", "排查人数": "32", "发现人数": "0", "核对来源": "公检法、纪委反馈", "排查清理计划": "……", "排查清理总结": "……"},
)  # fmt: skip
