"""党费核定 (L25): what each member owes a month, for a year."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models

from taizhang.kernel.secret import SealedIntegerField
from taizhang.ledgers.kind import LedgerKind, PaperForm, entry_facts
from taizhang.ledgers.model_fields import MoneyField, PermilleField
from taizhang.ledgers.part import Draft
from taizhang.orgs.entry import Entry
from taizhang.orgs.models.people import person_key


class DuesAssessment(Entry):
    """One member's assessment for one year. The base is income, and lies encrypted."""

    class Category(models.TextChoices):
        SALARIED = "salaried", "在职"
        RETIRED = "retired", "离退休"
        STUDENT = "student", "学生"
        NO_INCOME = "no_income", "无固定收入"
        REDUCED = "reduced", "减免"

    class Basis(models.TextChoices):
        MONTH = "month", "某月工资"
        AVERAGE = "average", "上年月均"
        PENSION = "pension", "离退休费"
        OTHER = "other", "其他"

    person = person_key()
    year = models.PositiveIntegerField("年度")
    category = models.CharField("人员类别", max_length=20, choices=Category)
    basis = models.CharField("核定依据", max_length=20, choices=Basis)
    base = SealedIntegerField(
        "计算基数", null=True, blank=True, help_text="元；学生等不按比例的可不填"
    )
    permille = PermilleField("比例（‰）", null=True, blank=True, help_text="如 5 即 0.5%")
    monthly_due = MoneyField("月应交")
    approved_on = models.DateField("核定日期", null=True, blank=True)
    year_on = models.DateField(editable=False, null=True)

    also_written: ClassVar = {
        "category": {
            "在职人员": "在职",
            "在职党员": "在职",
            "在职教师": "在职",
            "在编在职": "在职",
            "退休": "离退休",
            "离休": "离退休",
            "离退休人员": "离退休",
            "退休党员": "离退休",
            "退休人员": "离退休",
        },
    }

    class Meta:
        verbose_name = "党费核定"
        indexes = [models.Index(fields=("branch", "year"))]

    def __str__(self) -> str:
        """Name and year."""
        return f"{self.person.name}{self.year}年党费核定"


def _prepare(draft: Draft) -> None:
    year = draft.values["year"]
    if not 1949 <= year <= 2100:
        draft.wrong("年度", f"“{year}”不是年份。")
        return
    draft.values["year_on"] = date(year, 1, 1)


KIND = LedgerKind(
    slug="dues-assessments",
    title="党费年度核定",
    section="党费",
    titles=("党费标准核定表", "党费收缴标准核定表", "党费交纳基数核定表", "党费年度核定", "党费核定表", "党费年度核定表", "年度党费缴纳核定统计表", "党费缴纳核定表", "党费核定统计表", "党费核定登记表", "交纳党费标准核定表", "党费基数核定表", "党费交纳标准核定表"),
    kept_years=30,
    owner="person__name",
    form=PaperForm.TABLE,
    same_event=(),
    search_names=(),
    model=DuesAssessment,
    asked=("person", "year", "category", "basis", "base", "permille", "monthly_due", "approved_on"),
    listed=("year", "person", "category", "basis", "base", "permille", "monthly_due", "approved_on"),
    day="year_on",
    prepare=_prepare,
    items=("L25",),
    unique=("person", "year"),
    also_called={
        "月缴标准": "月应交", "月交标准": "月应交", "每月标准": "月应交", "应缴标准": "月应交", "应交标准": "月应交", "缴费标准": "月应交", "月缴纳标准": "月应交", "月交纳标准": "月应交", "每月应缴党费": "月应交", "每月应缴": "月应交",
        "上年月平均收入": "计算基数", "月平均收入": "计算基数", "上年月均收入": "计算基数", "月均收入": "计算基数", "月平均工资": "计算基数", "上年月平均工资": "计算基数", "月实发工资": "计算基数",
        "计费工资": "计算基数", "月收入": "计算基数",
        "月工资收入": "计算基数", "月工资": "计算基数", "工资收入": "计算基数", "党费基数": "计算基数", "基数": "计算基数", "执行标准": "比例（‰）", "交纳比例": "比例（‰）", "比例": "比例（‰）",
        "月应交党费": "月应交", "每月应交": "月应交", "月应交金额": "月应交", "党费计算基数": "计算基数", "交费基数": "计算基数", "核定基数": "计算基数", "工资基数": "计算基数", "交纳基数": "计算基数",
        "月交纳基数": "计算基数", "计费基数": "计算基数", "交费比例": "比例（‰）", "交纳标准": "比例（‰）", "费率": "比例（‰）", "交费标准": "比例（‰）", "计算比例": "比例（‰）", "月应交额": "月应交",
        "月交额": "月应交", "应交党费": "月应交", "每月应交党费": "月应交", "核定金额": "月应交", "每月党费": "月应交", "月交党费": "月应交", "月交党费额": "月应交", "应交党费额": "月应交", "月应交数额": "月应交",
        "每月应交额": "月应交", "月党费": "月应交", "党员姓名": "姓名", "核定时间": "核定日期", "党员类别": "人员类别", "人员类型": "人员类别", "核定年度": "年度",
        "交费人": "姓名", "党员": "姓名", "类别": "人员类别", "人员身份": "人员类别", "人员性质": "人员类别", "月收入基数": "计算基数", "计交基数": "计算基数", "月工资性收入": "计算基数", "工资总额": "计算基数",
        "月收入额": "计算基数", "月应发工资": "计算基数", "核定工资": "计算基数", "养老金": "计算基数", "月工资额": "计算基数", "月收入（元）": "计算基数", "月工资收入额": "计算基数", "计算党费基数": "计算基数", "月基数": "计算基数",
        "比率": "比例（‰）", "计交比例": "比例（‰）", "交费比率": "比例（‰）", "交纳比率": "比例（‰）", "计费比例": "比例（‰）", "交纳党费比例": "比例（‰）", "党费比例": "比例（‰）", "月交纳党费": "月应交",
        "每月交纳金额": "月应交", "月交纳额": "月应交", "每月应交纳党费": "月应交", "月核定额": "月应交", "核定月交党费": "月应交", "月标准": "月应交", "月应交纳金额": "月应交", "每月交纳党费": "月应交", "月交纳金额": "月应交",
        "月应交纳党费": "月应交", "每月交费": "月应交", "月交金额": "月应交", "核定党费": "月应交", "核定党费标准": "月应交", "月交党费标准": "月应交", "党费标准": "月应交", "每月交纳标准": "月应交", "审核日期": "核定日期",
        "批准日期": "核定日期", "核准日期": "核定日期", "核定年月日": "核定日期",
    },
    not_taken=("全年应缴党费", "全年实缴党费", "全年应交党费", "全年实交党费", "全年合计"),
    facts=(
        entry_facts(
            "dues_assessments", DuesAssessment, "person_id", "year", "category", "base", "permille", "monthly_due",
            "year_on", "approved_on",
        ),
    ),
    example={
        "姓名": "示例甲", "年度": "2016", "人员类别": "在职", "核定依据": "某月工资", "计算基数": "5200.00", "比例（‰）": "15",
        "月应交": "78.00", "核定日期": "2016-01-15",
    },
)  # fmt: skip
