"""优秀共产党员上报 (L32)."""

from __future__ import annotations

from django.db import models

from taizhang.ledgers.kind import LedgerKind, PaperForm, entry_facts, year_day
from taizhang.orgs.entry import Entry
from taizhang.orgs.models.people import person_key


class Commendation(Entry):
    """One member put forward."""

    person = person_key()
    title = models.CharField("荣誉名称", max_length=60)
    year = models.PositiveIntegerField("所属年度")
    reported_on = models.DateField("上报日期")
    document_no = models.CharField("上报文号", max_length=60, blank=True)
    deeds = models.TextField("事迹材料", blank=True)
    year_on = models.DateField(editable=False, null=True)

    class Meta:
        verbose_name = "优秀共产党员上报"

    def __str__(self) -> str:
        """Title."""
        return f"{self.year}年{self.title}"


KIND = LedgerKind(
    slug="commendations",
    title="优秀共产党员上报",
    section="党内政治生活",
    titles=("优秀党员推荐表", "优秀党员登记表", "优秀共产党员申报表", "优秀共产党员审批表", "优秀党员审批表", "优秀党员事迹材料", "优秀党务工作者推荐表", "优秀共产党员上报", "优秀共产党员上报材料", "优秀共产党员推荐表", "优秀共产党员登记表", "优秀共产党员事迹材料"),
    kept_years=30,
    owner="person__name",
    form=PaperForm.CARD,
    same_event=(),
    search_names=(),
    model=Commendation,
    asked=("person", "title", "year", "reported_on", "document_no", "deeds"),
    listed=("year", "person", "title", "reported_on", "document_no"),
    day="reported_on",
    prepare=year_day,
    texts=("title",),
    items=("L32",),
    facts=(entry_facts("commendations", Commendation, "person_id", "year", "year_on", "reported_on"),),
    also_called={
        "拟推荐称号": "荣誉名称", "申报称号": "荣誉名称", "申报荣誉": "荣誉名称", "推荐类别": "荣誉名称", "授予称号": "荣誉名称", "拟授予称号": "荣誉名称", "简要事迹": "事迹材料", "主要事迹简介": "事迹材料",
        "申报日期": "上报日期", "申报时间": "上报日期",
        "推荐对象": "姓名", "党员姓名": "姓名", "推荐荣誉": "荣誉名称", "荣誉称号": "荣誉名称", "拟推荐荣誉": "荣誉名称", "表彰名称": "荣誉名称", "获奖名称": "荣誉名称", "推荐称号": "荣誉名称", "所获荣誉": "荣誉名称",
        "获得荣誉": "荣誉名称", "推荐年度": "所属年度", "年度": "所属年度", "表彰年度": "所属年度", "推荐日期": "上报日期", "上报时间": "上报日期", "推荐时间": "上报日期", "文号": "上报文号", "表彰文号": "上报文号",
        "主要事迹": "事迹材料", "先进事迹": "事迹材料", "事迹": "事迹材料", "事迹简介": "事迹材料", "主要先进事迹": "事迹材料",
        "被推荐人": "姓名", "推荐人选": "姓名", "申报人": "姓名", "推荐人姓名": "姓名", "先进个人姓名": "姓名", "受表彰人": "姓名", "申报类别": "荣誉名称", "评选类别": "荣誉名称", "推荐名称": "荣誉名称", "表彰类别": "荣誉名称",
        "拟表彰名称": "荣誉名称", "荣誉": "荣誉名称", "称号": "荣誉名称", "获得称号": "荣誉名称", "拟表彰称号": "荣誉名称", "申报名称": "荣誉名称", "评选年度": "所属年度", "申报年度": "所属年度", "报送日期": "上报日期",
        "呈报日期": "上报日期", "上报党委日期": "上报日期", "文件号": "上报文号", "文件文号": "上报文号", "上报文件号": "上报文号", "发文字号": "上报文号", "呈报文号": "上报文号", "请示文号": "上报文号", "推荐文号": "上报文号",
        "上报文件": "上报文号", "申报文号": "上报文号", "事迹摘要": "事迹材料", "主要先进事迹材料": "事迹材料", "主要工作实绩": "事迹材料", "突出事迹": "事迹材料", "主要业绩": "事迹材料", "先进事迹简介": "事迹材料",
        "事迹介绍": "事迹材料", "事迹材料摘要": "事迹材料", "主要成绩": "事迹材料", "主要事迹材料": "事迹材料", "事迹概要": "事迹材料", "先进事迹材料": "事迹材料", "个人事迹": "事迹材料",
    },
    example={"姓名": "示例甲", "荣誉名称": "优秀共产党员", "所属年度": "2016", "上报日期": "2017-05-10"},
)  # fmt: skip
