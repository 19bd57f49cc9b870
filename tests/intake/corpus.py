"""Documents of a binder as branches keep them, made here in many layouts, each with what it says.

The layouts follow no form that the product prints; people, schools and matters are invented.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import docx
import xlsxwriter

NAMES = [
    "甘一苇",
    "乙初晴",
    "丙舟",
    "丁远帆",
    "戊若溪",
    "己长青",
    "庚小满",
    "辛一鸣",
    "壬知秋",
    "癸明月",
]
PLACES = ["二楼会议室", "党员活动室", "录播教室", "行政楼305", "阅览室"]
SUBJECTS = [
    "学习两会精神",
    "讨论期末工作",
    "研究困难教师帮扶",
    "部署安全月活动",
    "通报上半年党费收缴",
    "推荐先进个人",
]
TALKS = [
    "工作压力较大，希望减少兼课",
    "对新教材的使用有顾虑",
    "家中老人生病，需要调课",
    "希望参加骨干培训",
]


@dataclass(frozen=True)
class Case:
    """A file, the ledger that its document belongs to, and the values that it has."""

    layout: str
    name: str
    data: bytes
    kind: str
    records: list[dict[str, str]]


Day = Callable[[date], str]
WRITINGS: list[Day] = [
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: f"{d:%Y-%m-%d}",
    lambda d: f"{d:%Y.%m.%d}",
    lambda d: f"{d.year}/{d.month}/{d.day}",
    lambda d: f"{_han(d.year)}年{_two(d.month)}月{_two(d.day)}日",
]


def _han(year: int) -> str:
    return "".join("〇一二三四五六七八九"[int(n)] for n in str(year))


def _two(number: int) -> str:
    ones = "〇一二三四五六七八九"
    tens, one = divmod(number, 10)
    return ("十" if tens == 1 else f"{ones[tens]}十" if tens else "") + (ones[one] if one else "")


def _word(heading: str, lines: list[str] = (), table: list[list[str]] | None = None, below: list[str] = ()) -> bytes:  # type: ignore[assignment]  # fmt: skip
    document = docx.Document()
    if heading:
        document.add_paragraph(heading)
    for line in lines:
        document.add_paragraph(line)
    if table:
        grid = document.add_table(len(table), max(map(len, table)), "Table Grid")
        for r, row in enumerate(table):
            for c, text in enumerate(row):
                grid.cell(r, c).text = text
            if len(row) < len(grid.columns):
                grid.cell(r, len(row) - 1).merge(grid.cell(r, len(grid.columns) - 1))
    for line in below:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _sheet(rows: list[list[Any]], name: str = "Sheet1", merged: str = "") -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet(name)
    day = book.add_format({"num_format": "yyyy/m/d", "border": 1})
    ruled = book.add_format({"border": 1})
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(r, c, value, day)
            else:
                sheet.write(r, c, value, ruled)
    if merged:
        sheet.merge_range(0, 0, 0, max(map(len, rows)) - 1, merged)
    book.close()
    return out.getvalue()


class _Draw:
    """Values drawn for one case."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.day = date(2015, 1, 5) + timedelta(self.dice.randrange(1300))
        self.written = WRITINGS[seed % len(WRITINGS)](self.day)
        self.people = self.dice.sample(NAMES, 6)
        self.place = self.dice.choice(PLACES)
        self.subject = self.dice.choice(SUBJECTS)
        self.hour = self.dice.choice([13, 14, 15, 16])


MEETINGS = {
    "支委会": "支委会",
    "支部委员会": "支委会",
    "党员大会": "党员大会",
    "支部党员大会": "党员大会",
    "党小组会": "党小组会",
}


def minutes_in_a_table(seed: int) -> Case:
    """A form of four columns, its heading the sort of meeting."""
    d = _Draw(seed)
    said = list(MEETINGS)[seed % len(MEETINGS)]
    rows = [
        ["会议时间", f"{d.written}下午{d.hour - 12}:30", "会议地点", d.place],
        ["主持人", d.people[0], "记录人", d.people[1]],
        ["应到人数", "6", "实到人数", "5"],
        ["缺席人员及原因", f"{d.people[5]}（病假）"],
        ["会议议题", d.subject],
        ["会议内容", f"{d.people[0]}传达了上级要求。\n大家作了讨论。"],
        ["会议决议", "一致同意。"],
    ]
    values = {
        "held_on": f"{d.day}", "starts_at": f"{d.hour}:30", "place": d.place, "host_name": d.people[0], "recorder_name": d.people[1],
        "expected_count": "6", "present_count": "5", "kind": MEETINGS[said], "agenda": d.subject, "resolutions": "一致同意。",
    }  # fmt: skip
    return Case(
        "minutes table",
        f"{d.day:%Y%m%d}.docx",
        _word(f"{said}会议记录", table=rows),
        "meetings",
        [values],
    )


def minutes_in_lines(seed: int) -> Case:
    """Lines with labels, several on one."""
    d = _Draw(seed)
    said = list(MEETINGS)[seed % len(MEETINGS)]
    lines = [
        f"时间：{d.written}　　地点：{d.place}",
        f"主持人：{d.people[0]}　记录：{d.people[1]}",
        f"参加人员：{'、'.join(d.people[:5])}",
        f"缺席人员：{d.people[5]}（出差）",
        f"议题：{d.subject}",
        "会议内容：",
        f"一、{d.people[0]}组织学习了文件。",
        "二、与会同志发表了意见。",
    ]
    values = {
        "held_on": f"{d.day}", "place": d.place, "host_name": d.people[0], "recorder_name": d.people[1],
        "kind": MEETINGS[said], "agenda": d.subject, "present": "、".join(d.people[:5]), "absent": f"{d.people[5]}（出差）",
    }  # fmt: skip
    return Case(
        "minutes lines",
        f"{said}{d.day.month}月.docx",
        _word(f"{said}记录", lines),
        "meetings",
        [values],
    )


def minutes_without_heading(seed: int) -> Case:
    """A form whose sort is ticked."""
    d = _Draw(seed)
    rows = [
        ["会议名称", d.subject, "会议类型", "□党员大会 ☑支委会 □党小组会"],
        ["召开时间", f"{d.written} {d.hour}:00", "召开地点", d.place],
        ["主持", d.people[0], "记录员", d.people[2]],
        ["参会人员", "、".join(d.people[:4])],
        ["会议记录", f"{d.people[0]}：请大家发言。\n{d.people[1]}：同意。"],
    ]
    values = {
        "title": d.subject, "kind": "支委会", "held_on": f"{d.day}", "starts_at": f"{d.hour}:00", "place": d.place, "host_name": d.people[0],
        "recorder_name": d.people[2], "present": "、".join(d.people[:4]),
    }  # fmt: skip
    return Case("minutes ticked", f"记录{seed}.docx", _word("", table=rows), "meetings", [values])


def several_minutes(seed: int) -> Case:
    """A year's file: three forms one after another, each under its heading."""
    d = _Draw(seed)
    document, values = docx.Document(), []
    for n in range(3):
        day = date(2016, 2 + 3 * n, 10 + n)
        document.add_paragraph("支委会会议记录")
        grid = document.add_table(3, 4, "Table Grid")
        rows = [
            ["日期", WRITINGS[seed % 4](day), "地点", d.place], ["主持人", d.people[0], "记录人", d.people[n]],
            ["议题", f"{d.subject}（{n + 1}）", "应到人数", "5"],
        ]  # fmt: skip
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                grid.cell(r, c).text = text
        values.append({"held_on": f"{day}", "place": d.place, "host_name": d.people[0], "recorder_name": d.people[n], "expected_count": "5", "kind": "支委会"})  # fmt: skip
    out = io.BytesIO()
    document.save(out)
    return Case("several minutes", f"2016年支委会{seed}.docx", out.getvalue(), "meetings", values)


def meetings_in_a_list(seed: int) -> Case:
    """A sheet with a row for each meeting."""
    d = _Draw(seed)
    rows: list[list[Any]] = [
        ["2017年三会一课情况一览表"],
        ["序号", "会议类型", "召开时间", "地点", "主持人", "应到", "实到", "主要议题"],
    ]
    values = []
    for n, said in enumerate(("支部委员会", "党员大会", "党小组会"), start=1):
        day = d.day + timedelta(30 * n)
        rows.append([n, said, WRITINGS[seed % 4](day), d.place, d.people[n], 6, 5, d.subject])
        values.append({"kind": MEETINGS.get(said, said), "held_on": f"{day}", "place": d.place, "host_name": d.people[n], "expected_count": "6", "present_count": "5", "agenda": d.subject})  # fmt: skip
    return Case("meetings list", f"三会一课{seed}.xlsx", _sheet(rows), "meetings", values)


def talk_in_a_table(seed: int) -> Case:
    """谈心谈话 as a form."""
    d = _Draw(seed)
    content = d.dice.choice(TALKS)
    rows = [
        ["谈话人", d.people[0], "谈话对象", d.people[1]], ["谈话时间", f"{d.written}", "谈话地点", d.place],
        ["谈话主题", d.subject], ["谈话内容", content],
    ]  # fmt: skip
    values = {"talker": d.people[0], "talked_to": d.people[1], "held_on": f"{d.day}", "place": d.place, "topic": d.subject, "content": content}  # fmt: skip
    return Case(
        "talk form", f"谈话{seed}.docx", _word("谈心谈话记录表", table=rows), "talks", [values]
    )


def talks_in_a_list(seed: int) -> Case:
    """谈心谈话 as a sheet."""
    d = _Draw(seed)
    rows: list[list[Any]] = [["序号", "谈话时间", "谈话人", "谈话对象", "谈话地点", "谈话内容"]]
    values = []
    for n in range(1, 5):
        day, content = d.day + timedelta(9 * n), d.dice.choice(TALKS)
        rows.append([n, day, d.people[0], d.people[n], d.place, content])
        values.append({"held_on": f"{day}", "talker": d.people[0], "talked_to": d.people[n], "place": d.place, "content": content})  # fmt: skip
    return Case(
        "talks list", f"谈心谈话{seed}.xlsx", _sheet(rows, "谈心谈话登记表"), "talks", values
    )


def roster_in_a_sheet(seed: int) -> Case:
    """花名册 with one row of headers and a title."""
    d = _Draw(seed)
    rows: list[list[Any]] = [
        [],
        ["编号", "姓名", "性别", "民族", "出生日期", "学历", "入党时间", "转正时间"],
    ]
    values = []
    for n, name in enumerate(d.people, start=1):
        born, joined = date(1970 + n, n, 11), date(1998 + n, 6, 20)
        full = joined.replace(year=joined.year + 1)
        rows.append([n, name, "男" if n % 2 else "女", "汉族", born, "大学本科", WRITINGS[seed % 4](joined), WRITINGS[seed % 4](full)])  # fmt: skip
        values.append({"name": name, "gender": "男" if n % 2 else "女", "birth_on": f"{born}", "admitted_on": f"{joined}", "full_on": f"{full}"})  # fmt: skip
    return Case(
        "roster",
        f"名册{seed}.xlsx",
        _sheet(rows, merged="示例初级中学党支部党员花名册"),
        "members",
        values,
    )


def dues_by_months(seed: int) -> Case:
    """党费 with a column for each month, no days."""
    d = _Draw(seed)
    rows: list[list[Any]] = [
        ["2016年党费收缴明细表"],
        ["序号", "姓名", *[f"{m}月" for m in range(1, 13)], "合计"],
    ]
    values = []
    for n, name in enumerate(d.people[:3], start=1):
        amount = 20 + seed % 7 + n
        rows.append([n, name, *[amount] * 12, amount * 12])
        values += [
            {"person": name, "month": f"2016-{m:02d}", "amount": f"{amount}.00"}
            for m in range(1, 13)
        ]
    return Case("dues months", f"党费{seed}.xlsx", _sheet(rows), "dues-payments", values)


def dues_in_rows(seed: int) -> Case:
    """党费 with a row for each payment."""
    d = _Draw(seed)
    rows: list[list[Any]] = [["党员姓名", "月份", "实缴金额（元）", "交费时间"]]
    rows[0][2] = "金额（元）"
    values = []
    for n, name in enumerate(d.people[:4]):
        day = date(2017, 3 + n, 8)
        rows.append([name, f"2017年{3 + n}月", 31.5, day])
        values.append(
            {"person": name, "month": f"2017-{3 + n:02d}", "amount": "31.50", "paid_on": f"{day}"}
        )
    return Case("dues rows", f"交费{seed}.xlsx", _sheet(rows), "dues-payments", values)


RULES = {
    "党费收缴、使用和管理制度": "dues_rules",
    "谈心谈话制度": "talk_rules",
    "党务公开制度": "openness_rules",
    "发展党员工作制度": "development_procedure",
}


def rules_as_text(seed: int) -> Case:
    """A rule: title, articles, the day below."""
    d = _Draw(seed)
    title = list(RULES)[seed % len(RULES)]
    lines = [
        "为规范支部工作，结合本校实际，制定本制度。",
        "一、按上级规定执行。",
        "二、每年检查一次执行情况。",
    ]
    data = _word(title, lines, below=["示例中学党支部", d.written])
    return Case("rules", f"制度{seed}.docx", data, "documents", [{"title": title}])


def study_in_a_form(seed: int) -> Case:
    """集中学习 as a form."""
    d = _Draw(seed)
    rows = [["学习时间", d.written, "学习地点", d.place], ["学习主题", d.subject, "学时", "2"], ["领学人", d.people[0], "参加人员", "、".join(d.people[1:4])]]  # fmt: skip
    values = {"held_on": f"{d.day}", "place": d.place, "topic": d.subject, "hours": "2"}
    return Case(
        "study form",
        f"学习{seed}.docx",
        _word("党员集中学习记录表", table=rows),
        "study-sessions",
        [values],
    )


def visit_in_lines(seed: int) -> Case:
    """大走访 as lines."""
    d = _Draw(seed)
    lines = [
        f"走访时间：{d.written}",
        f"走访对象：{d.people[3]}家",
        f"走访党员：{d.people[0]}、{d.people[1]}",
        f"走访内容：{d.subject}，听取意见。",
    ]
    values = {
        "held_on": f"{d.day}",
        "object_name": f"{d.people[3]}家",
        "content": f"{d.subject}，听取意见。",
    }
    return Case("visit lines", f"走访{seed}.docx", _word("大走访记录", lines), "visits", [values])


def activity_in_a_table(seed: int) -> Case:
    """志愿活动 as a form."""
    d = _Draw(seed)
    rows = [
        ["活动主题", "清洁校园", "活动时间", d.written],
        ["活动地点", d.place, "服务单位", "示例社区"],
        ["活动内容", "打扫操场和走廊。"],
    ]
    values = {
        "held_on": f"{d.day}",
        "theme": "清洁校园",
        "place": d.place,
        "content": "打扫操场和走廊。",
    }
    return Case(
        "activity form",
        f"志愿{seed}.docx",
        _word("志愿服务活动记录表", table=rows),
        "activities",
        [values],
    )


def expenses_in_a_list(seed: int) -> Case:
    """经费支出 as a sheet."""
    d = _Draw(seed)
    rows: list[list[Any]] = [["支出日期", "项目", "金额（元）", "经办人", "审批人", "备注"]]
    values = []
    for n in range(3):
        day = d.day + timedelta(20 * n)
        rows.append([day, "学习资料", 120.5 + n, d.people[0], d.people[1], ""])
        values.append({"spent_on": f"{day}", "category": "学习资料", "amount": f"{120.5 + n:.2f}", "handler": d.people[0], "approver": d.people[1]})  # fmt: skip
    return Case(
        "expenses", f"党建经费支出明细{seed}.xlsx", _sheet(rows, merged=""), "expenses", values
    )


LAYOUTS: tuple[Callable[[int], Case], ...] = (
    minutes_in_a_table, minutes_in_lines, minutes_without_heading, several_minutes, meetings_in_a_list, talk_in_a_table, talks_in_a_list,
    roster_in_a_sheet, dues_by_months, dues_in_rows, rules_as_text, study_in_a_form, visit_in_lines, activity_in_a_table, expenses_in_a_list,
)  # fmt: skip
EACH = 8


def every() -> Iterator[Case]:
    """All documents of the corpus."""
    for at, layout in enumerate(LAYOUTS):
        for seed in range(EACH):
            yield layout(100 * at + seed)
