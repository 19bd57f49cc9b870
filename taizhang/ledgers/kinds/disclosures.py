"""党务公开记录 (L13)."""

from __future__ import annotations

import re
from datetime import date
from typing import ClassVar

from django.db import models

from taizhang.kernel.text import chinese_number, folded
from taizhang.ledgers.kind import NOBODY, LedgerKind, PaperForm, entry_facts
from taizhang.ledgers.part import Draft
from taizhang.orgs.entry import Entry


class Disclosure(Entry):
    """One matter made public, where and for how long."""

    class Item(models.TextChoices):
        DIVISION = "division", "支部班子分工"
        ELECTION = "election", "换届结果"
        DEVELOPMENT = "development", "发展党员公示"
        DUES = "dues", "党费收缴"
        ASSESSMENT = "assessment", "民主评议结果"
        PLAN = "plan", "工作计划"
        AWARDS = "awards", "评优"
        OTHER = "other", "其他"

    class Scope(models.TextChoices):
        PARTY = "party", "党内"
        UNIT = "unit", "本单位"
        PUBLIC = "public", "社会"

    class Channel(models.TextChoices):
        BOARD = "board", "公开栏"
        MEETING = "meeting", "会议"
        INTRANET = "intranet", "内网"
        GROUP = "group", "工作群"

    item = models.CharField("公开事项", max_length=20, choices=Item)
    title = models.CharField("标题", max_length=100)
    scope = models.CharField("公开范围", max_length=10, choices=Scope)
    channel = models.CharField("公开方式", max_length=10, choices=Channel)
    from_on = models.DateField("公开日期")
    to_on = models.DateField("截止日期", null=True, blank=True)
    announced_days = models.PositiveIntegerField("应公开天数", null=True, blank=True)
    content = models.TextField("公开内容", blank=True)
    feedback = models.TextField("反馈意见", blank=True)
    days = models.PositiveIntegerField(null=True, editable=False)
    about_on = models.DateField(null=True, editable=False)
    """The first day of the year that the matter is of."""

    also_written: ClassVar = {
        "channel": {
            "公示栏": "公开栏",
            "宣传栏": "公开栏",
            "党务公开栏": "公开栏",
            "校务公开栏": "公开栏",
            "张榜公布": "公开栏",
            "党员大会": "会议",
            "支部大会": "会议",
            "微信群": "工作群",
            "工作微信群": "工作群",
            "党员微信群": "工作群",
            "党员工作群": "工作群",
            "党员群": "工作群",
            "QQ群": "工作群",
        },
        "scope": {
            "支部内": "党内",
            "党员": "党内",
            "全体党员": "党内",
            "校内": "本单位",
            "园内": "本单位",
            "全校": "本单位",
            "全校教职工": "本单位",
            "全体教职工": "本单位",
            "全园教职工": "本单位",
            "教职工": "本单位",
            "本校": "本单位",
            "单位内": "本单位",
        },
        "item": {
            "党费收缴情况": "党费收缴",
            "党费管理": "党费收缴",
            "党费": "党费收缴",
            "换届选举结果": "换届结果",
            "发展党员": "发展党员公示",
            "民主评议": "民主评议结果",
            "班子分工": "支部班子分工",
            "评先评优": "评优",
        },
    }

    class Meta:
        verbose_name = "党务公开"

    def __str__(self) -> str:
        """The title."""
        return self.title


_YEAR = re.compile(r"(20\d\d|[二〇零○一二三四五六七八九]{4})年")
_OF_LAST_YEAR = 3
"""A matter made public by this month without a year in its words is taken for the year before's."""


def about(title: str, content: str, from_on: date) -> date:
    """The first day of the year that a matter made public is of: the one its words name first, else
    that of the day.
    """
    for text in (title, content):
        if found := _YEAR.search(folded(text)):
            year = chinese_number(found[1])
            if year and year <= from_on.year:
                return date(year, 1, 1)
    return date(from_on.year - (from_on.month <= _OF_LAST_YEAR), 1, 1)


def _prepare(draft: Draft) -> None:
    values = draft.values
    values["about_on"] = about(values["title"], values["content"], values["from_on"])
    values["days"] = None
    if values["to_on"]:
        if values["to_on"] < values["from_on"]:
            draft.wrong("截止日期", "早于公开日期。")
            return
        values["days"] = (values["to_on"] - values["from_on"]).days + 1


KIND = LedgerKind(
    slug="disclosures",
    title="党务公开记录",
    section="制度体系",
    titles=("党务公开记录", "党务公开登记表", "党务公开栏记录", "党务公开台账", "党务公开情况表", "党务公开情况登记表"),
    kept_years=10,
    owner=NOBODY,
    form=PaperForm.CARD,
    same_event=(),
    search_names=(),
    model=Disclosure,
    asked=("item", "title", "scope", "channel", "from_on", "to_on", "announced_days", "content", "feedback"),
    listed=("from_on", "item", "title", "scope", "channel", "to_on"),
    day="from_on",
    prepare=_prepare,
    items=("L13", "L16", "L25"),
    facts=(entry_facts("disclosures", Disclosure, "item", "from_on", "to_on", "days", "announced_days", "about_on"),),
    also_called={"公开事项名称": "标题", "事项名称": "标题", "公开主题": "标题",
        "公开题目": "标题", "公开标题": "标题", "公开项目": "标题", "公开名称": "标题", "公布日期": "公开日期", "公布时间": "公开日期", "公开时间": "公开日期", "起始日期": "公开日期", "截止时间": "截止日期",
        "结束日期": "截止日期", "公开截止时间": "截止日期", "公开截止日期": "截止日期", "公开形式": "公开方式", "公开载体": "公开方式", "公示方式": "公开方式", "公开渠道": "公开方式", "公布方式": "公开方式",
        "范围": "公开范围", "反馈情况": "反馈意见", "党员群众意见": "反馈意见", "群众意见": "反馈意见", "意见反馈": "反馈意见", "群众反映": "反馈意见", "公开类别": "公开事项", "事项类别": "公开事项",
        "具体内容": "公开内容", "公开天数": "应公开天数",
        "公开项目类别": "公开事项", "公开类型": "公开事项", "公开分类": "公开事项", "公开内容名称": "标题", "公示标题": "标题", "公开起始日期": "公开日期", "公开开始日期": "公开日期", "公示日期": "公开日期", "张贴日期": "公开日期",
        "公开结束日期": "截止日期", "公开终止日期": "截止日期", "撤下日期": "截止日期", "公示截止日期": "截止日期", "公开期": "应公开天数", "公开时长": "应公开天数", "公示天数": "应公开天数", "规定公开天数": "应公开天数",
        "公开途径": "公开方式", "公开位置": "公开方式", "公开平台": "公开方式", "公示形式": "公开方式", "公开地点": "公开方式", "公开对象": "公开范围", "公布范围": "公开范围", "公开的内容": "公开内容", "主要内容": "公开内容",
        "公开事项内容": "公开内容", "公开具体内容": "公开内容", "公开内容摘要": "公开内容", "反馈": "反馈意见", "反馈结果": "反馈意见", "收集意见": "反馈意见", "意见建议": "反馈意见", "党员反馈意见": "反馈意见",
        "群众反馈意见": "反馈意见", "群众反馈": "反馈意见", "意见及反馈": "反馈意见", "党员群众反馈意见": "反馈意见", "党员群众反映": "反馈意见", "收到意见": "反馈意见", "反馈意见及处理情况": "反馈意见",
    },
    example={
        "公开事项": "党费收缴", "标题": "2016年度党费收缴情况", "公开范围": "党内", "公开方式": "公开栏", "公开日期": "2017-01-10",
        "截止日期": "2017-01-16", "应公开天数": "7",
    },
)  # fmt: skip
