"""不计入应到人数: members left out of the expected number by consent and resolution."""

from __future__ import annotations

from taizhang.ledgers.kind import FOR_EVER, Lasting, LedgerKind, PaperForm, entry_facts
from taizhang.orgs.models import NotCounted

KIND = LedgerKind(
    slug="not-counted",
    title="不计入应到人数登记",
    section="党员和组织",
    titles=("不计入应到人数登记", "不计入应到人数登记表", "不计入应到会人数党员名单", "不计入应到会人数党员登记表", "不计入应到会人数的党员登记表", "不计入应到会人数登记表"),
    kept_years=FOR_EVER,
    owner="person__name",
    form=PaperForm.TABLE,
    same_event=(),
    search_names=(),
    lasting=Lasting(until="to_on"),
    model=NotCounted,
    asked=("person", "category", "from_on", "to_on", "approval", "resolution"),
    listed=("person", "category", "from_on", "to_on", "approval"),
    day="from_on",
    items=("L15", "L28"),
    facts=(entry_facts("not_counted", NotCounted, "person_id", "category", "from_on", "to_on"),),
    also_called={
        "原因": "情形", "不计入原因": "情形", "不计入情形": "情形", "事由": "情形", "起始时间": "起始日期", "开始日期": "起始日期", "开始时间": "起始日期", "批准文号": "上级同意文号", "上级批准文号": "上级同意文号",
        "党员大会决议": "党员大会通过情况", "大会通过情况": "党员大会通过情况",
        "不计入的原因": "情形", "不计入理由": "情形", "具体情形": "情形", "类别": "情形", "情况类别": "情形", "不计入类别": "情形", "结束日期": "截止日期", "终止日期": "截止日期", "批复文号": "上级同意文号",
        "批准文件": "上级同意文号", "上级党委批准文号": "上级同意文号", "上级同意文件": "上级同意文号", "上级批复文号": "上级同意文号", "同意文号": "上级同意文号", "上级党组织同意文号": "上级同意文号", "支部大会通过情况": "党员大会通过情况",
        "支部党员大会通过情况": "党员大会通过情况", "党员大会讨论情况": "党员大会通过情况", "大会决议": "党员大会通过情况", "党员大会决定": "党员大会通过情况", "支部大会决议": "党员大会通过情况", "党员大会通过时间": "党员大会通过情况",
        "支部党员大会决议": "党员大会通过情况",
    },
    example={
        "姓名": "示例甲", "情形": "年老体弱卧床不起或长期生病生活不能自理", "起始日期": "2016-03-01",
        "上级同意文号": "示例委〔2016〕1号", "党员大会通过情况": "2016年3月1日党员大会通过",
    },
)  # fmt: skip
