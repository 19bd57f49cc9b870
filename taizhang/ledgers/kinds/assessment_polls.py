"""民主评议测评 (L32): the ballots of one year's poll."""

from __future__ import annotations

from django.db import models

from taizhang.ledgers.kind import NOBODY, LedgerKind, PaperForm, SameEvent, entry_facts, year_day
from taizhang.ledgers.part import Draft
from taizhang.orgs.entry import Entry


class AssessmentPoll(Entry):
    """One poll."""

    year = models.PositiveIntegerField("所属年度")
    held_on = models.DateField("测评日期")
    present = models.PositiveIntegerField("到会人数")
    issued = models.PositiveIntegerField("发出测评票")
    returned = models.PositiveIntegerField("收回测评票")
    valid = models.PositiveIntegerField("有效测评票")
    graded = models.PositiveIntegerField("评定等次人数")
    excellent = models.PositiveIntegerField("评为优秀人数")
    year_on = models.DateField(editable=False, null=True)
    excellent_thrice = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = "民主评议测评"

    def __str__(self) -> str:
        """Year."""
        return f"{self.year}年度民主评议测评"


def _prepare(draft: Draft) -> None:
    year_day(draft)
    draft.values["excellent_thrice"] = draft.values["excellent"] * 3


KIND = LedgerKind(
    slug="assessment-polls",
    title="民主评议测评统计",
    section="党内政治生活",
    titles=("民主评议党员测评结果", "民主评议测评结果", "民主评议测评统计", "民主评议测评统计表", "民主评议党员表决结果统计", "民主评议党员测评统计表", "民主评议党员测评汇总", "民主评议党员票数统计表", "民主测评结果统计表", "民主评议党员测评情况"),
    kept_years=30,
    owner=NOBODY,
    form=PaperForm.TABLE,
    same_event=(
        SameEvent(to="meetings", day="held_on", where={"kind__in": ["org_life_meeting", "members_assembly"]}),
    ),
    search_names=(),
    model=AssessmentPoll,
    asked=("year", "held_on", "present", "issued", "returned", "valid", "graded", "excellent"),
    listed=("year", "held_on", "present", "issued", "returned", "valid", "graded", "excellent"),
    day="held_on",
    prepare=_prepare,
    items=("L32",),
    unique=("year",),
    facts=(entry_facts("assessment_polls", AssessmentPoll, "year", "year_on", "held_on", "present", "issued", "returned", "valid", "graded", "excellent", "excellent_thrice"),),
    also_called={
        "评定等次党员": "评定等次人数", "评定等次的党员": "评定等次人数", "参加评定等次的党员": "评定等次人数", "应评定等次党员": "评定等次人数",
        "收回测评票数": "收回测评票", "回收": "收回测评票", "回收测评票": "收回测评票", "实到": "到会人数", "有效": "有效测评票", "评为优秀": "评为优秀人数", "优秀": "评为优秀人数", "优秀等次": "评为优秀人数",
        "参加评定人数": "评定等次人数","参加测评党员": "到会人数", "参加评议党员人数": "到会人数", "参会党员": "到会人数", "到会党员": "到会人数", "评议党员数": "评定等次人数", "参加民主评议党员": "评定等次人数", "应评议党员": "评定等次人数", "应评人数": "评定等次人数", "参评党员": "评定等次人数",
        "年度": "所属年度", "评议年度": "所属年度", "测评年度": "所属年度", "考核年度": "所属年度", "评议日期": "测评日期", "评议时间": "测评日期", "日期": "测评日期", "时间": "测评日期", "实到人数": "到会人数", "参加测评人数": "到会人数", "参会人数": "到会人数", "实到党员": "到会人数",
        "参评人数": "到会人数", "发出票数": "发出测评票", "发放测评票": "发出测评票", "发出测评表": "发出测评票", "发放票数": "发出测评票", "发出": "发出测评票", "收回票数": "收回测评票", "回收票数": "收回测评票",
        "收回测评表": "收回测评票", "收回": "收回测评票", "有效票": "有效测评票", "有效票数": "有效测评票", "有效测评表": "有效测评票", "参加评议人数": "评定等次人数", "评议党员人数": "评定等次人数",
        "参加评议党员": "评定等次人数", "优秀人数": "评为优秀人数", "优秀党员人数": "评为优秀人数", "评定优秀人数": "评为优秀人数",
        "到会党员数": "到会人数", "到会党员人数": "到会人数", "参加测评党员数": "到会人数", "参加测评党员人数": "到会人数", "到会人员数": "到会人数", "实到党员数": "到会人数", "实到党员人数": "到会人数", "参加会议党员": "到会人数",
        "参加会议党员数": "到会人数", "参会党员数": "到会人数", "参加党员数": "到会人数", "出席党员": "到会人数", "到会": "到会人数", "出席人数": "到会人数", "实到会人数": "到会人数", "参会党员人数": "到会人数",
        "发出测评表数": "发出测评票", "发放测评表": "发出测评票", "发放测评表数": "发出测评票", "发出票": "发出测评票", "发放表": "发出测评票", "发放": "发出测评票", "发出表数": "发出测评票", "发出评议表": "发出测评票",
        "发放民主测评表": "发出测评票", "发放票": "发出测评票", "发出测评票数": "发出测评票", "发放测评票数": "发出测评票", "发出表决票": "发出测评票", "发表数": "发出测评票", "收回测评表数": "收回测评票", "收回表数": "收回测评票",
        "收回票": "收回测评票", "回收票": "收回测评票", "回收数": "收回测评票", "收回数": "收回测评票", "回收测评表": "收回测评票", "回收测评票数": "收回测评票", "收回评议表": "收回测评票", "收回表决票": "收回测评票",
        "收表数": "收回测评票", "有效测评票数": "有效测评票", "有效表": "有效测评票", "有效数": "有效测评票", "有效测评表数": "有效测评票", "有效表数": "有效测评票", "有效评议表": "有效测评票", "评定等次党员数": "评定等次人数",
        "评定等次的党员数": "评定等次人数", "参加评议党员数": "评定等次人数", "应参评人数": "评定等次人数", "被评议党员数": "评定等次人数", "评议对象数": "评定等次人数", "参加评定等次人数": "评定等次人数", "评议人数": "评定等次人数",
        "被评议党员人数": "评定等次人数", "参评党员数": "评定等次人数", "参加评定党员数": "评定等次人数", "评定等次党员人数": "评定等次人数", "被评议人数": "评定等次人数", "优秀数": "评为优秀人数", "评为优秀党员": "评为优秀人数",
        "评为优秀等次": "评为优秀人数", "优秀党员": "评为优秀人数", "评优人数": "评为优秀人数", "优秀等次人数": "评为优秀人数", "评为优秀党员数": "评为优秀人数", "优秀党员数": "评为优秀人数", "评为优秀等次人数": "评为优秀人数",
        "评定为优秀人数": "评为优秀人数",
    },
    example={"所属年度": "2016", "测评日期": "2016-12-16", "到会人数": "30", "发出测评票": "30", "收回测评票": "30", "有效测评票": "30", "评定等次人数": "30", "评为优秀人数": "9"},
)  # fmt: skip
