"""发展党员全程纪实 (L17): one person's way from the application to full membership, step by step (DOMAIN
4.5).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from django.db import models

from taizhang.kernel.calendar import plus_months
from taizhang.kernel.text import brief
from taizhang.kernel.writing import written
from taizhang.ledgers.fields import NO_NAMES, Unreadable, of_model, parse
from taizhang.ledgers.kind import (
    FOR_EVER,
    Entering,
    Gives,
    LedgerKind,
    PaperForm,
    SameEvent,
    entry_facts,
    part_facts,
)
from taizhang.ledgers.model_fields import NameField
from taizhang.ledgers.part import Draft, Part, PartRow, PartSheet, Told, Writing, in_brackets
from taizhang.ledgers.parts.rows import UNREAD, columns
from taizhang.ledgers.written import lines, persons
from taizhang.orgs.entry import Entry
from taizhang.orgs.models import Person
from taizhang.orgs.models.people import person_key

STEPS = (
    "递交入党申请书", "党组织派人谈话", "推荐和确定入党积极分子", "上级党委备案", "指定培养联系人", "培养教育考察", "确定发展对象",
    "报上级党委备案", "确定入党介绍人", "进行政治审查", "开展集中培训", "支部委员会审查", "上级党委预审", "填写入党志愿书",
    "支部大会讨论", "上级党委派人谈话", "上级党委审批", "再上一级组织部门备案", "编入党支部和党小组", "入党宣誓", "继续教育考察",
    "提出转正申请", "支部大会讨论转正", "上级党委审批转正", "材料归档",
)  # fmt: skip
NUMBERS = range(1, len(STEPS) + 1)


class DevelopmentCase(Entry):
    """One person's case; the days of the steps stand in columns of their own, so that rules can
    compare them.
    """

    class Outcome(models.TextChoices):
        ON_TIME = "on_time", "按期转正"
        EXTENDED = "extended", "延长预备期"
        REVOKED = "revoked", "取消预备党员资格"

    name = NameField("姓名", max_length=40)
    gender = models.CharField("性别", max_length=10, choices=Person.Gender, blank=True)
    ethnicity = models.CharField("民族", max_length=20, blank=True)
    birth_on = models.DateField("出生日期", null=True, blank=True)
    education = models.CharField("学历", max_length=20, blank=True)
    job = models.CharField("工作岗位", max_length=40, blank=True)
    mentor_names = models.CharField(
        "培养联系人", max_length=100, blank=True, help_text="1—2名正式党员，用顿号分开"
    )
    introducer_names = models.CharField(
        "入党介绍人", max_length=100, blank=True, help_text="2名正式党员，用顿号分开"
    )
    outcome = models.CharField("转正结果", max_length=10, choices=Outcome, blank=True)
    extension_months = models.PositiveIntegerField("延长预备期（月）", null=True, blank=True)
    closed_on = models.DateField("终止培养日期", null=True, blank=True)
    closed_reason = models.CharField("终止原因", max_length=100, blank=True)
    person = person_key(null=True)
    """The member he became, once the roster has him."""
    applied_on = models.DateField(null=True, editable=False)
    n_mentors = models.PositiveIntegerField(default=0, editable=False)
    n_introducers = models.PositiveIntegerField(default=0, editable=False)
    eighteen_on = models.DateField(null=True, editable=False)
    probation_ends_on = models.DateField(null=True, editable=False)
    accepted_month = models.DateField(null=True, editable=False)
    full_process = models.BooleanField(default=False, editable=False)
    """Whether the rule of 2017-01-01 asks for a complete record (L05)."""
    latest_on = models.DateField(null=True, editable=False)
    last_step = models.PositiveIntegerField(default=0, editable=False)
    n_steps = models.PositiveIntegerField(default=0, editable=False)

    also_written: ClassVar = {
        "outcome": {
            "按期转为正式党员": "按期转正",
            "延期": "延长预备期",
            "取消资格": "取消预备党员资格",
        },
    }

    class Meta:
        verbose_name = "发展党员全程纪实"

    def __str__(self) -> str:
        """The name."""
        return str(self.name)


for _number in NUMBERS:  # the day of each step, as a column that rules can compare with the others
    models.DateField(null=True, editable=False).contribute_to_class(
        DevelopmentCase, f"s{_number}_on"
    )


class CaseStep(models.Model):
    """One of the 25 steps: when, what came of it, who answers for it."""

    case = models.ForeignKey(DevelopmentCase, on_delete=models.CASCADE, related_name="steps")
    no = models.PositiveIntegerField("步骤")
    on = models.DateField("日期")
    year = models.PositiveIntegerField(default=0, editable=False)
    result = models.CharField("内容和结果", max_length=200, blank=True)
    responsible = models.CharField("责任人", max_length=40, blank=True)
    material = models.CharField("佐证材料", max_length=100, blank=True)
    checked_by = models.CharField("审核人", max_length=40, blank=True)

    class Meta:
        verbose_name = "发展步骤"

    def __str__(self) -> str:
        """Number and name."""
        return f"{self.no} {STEPS[self.no - 1]}"


class CasePerson(models.Model):
    """A mentor or an introducer of a case."""

    class Role(models.TextChoices):
        MENTOR = "mentor", "培养联系人"
        INTRODUCER = "introducer", "入党介绍人"

    case = models.ForeignKey(DevelopmentCase, on_delete=models.CASCADE, related_name="people")
    role = models.CharField(max_length=10, choices=Role)
    person = person_key(null=True)
    name = models.CharField("姓名", max_length=40)
    on = models.DateField(null=True)

    class Meta:
        verbose_name = "培养联系人、介绍人"

    def __str__(self) -> str:
        """The name."""
        return self.name


_LINE = re.compile(
    r"^\s*(?P<no>\d{1,2})?\s*[.．、 ]?\s*(?P<name>[^\d（(:：\s]{2,20})?\s*[:：\s]\s*"
    r"(?P<on>\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?)\s*(?P<told>.*)$"
)
_LABELS = {"结果": "result", "责任人": "responsible", "材料": "material", "审核": "checked_by"}


def _split(text: str) -> list[Told]:
    """`3 推荐和确定入党积极分子：2017-03-01（结果：……；责任人：……；材料：……；审核：……）`, one step a line.

    The number may be left out where the name is a step's own.
    """
    return [_step(line) for line in text.splitlines() if line.strip()]


def _step(line: str) -> Told:
    read = _LINE.match(line)
    number = _step_named(read) if read else 0
    if not read or not number:
        return {UNREAD: line.strip()}
    _, told = lines.bracketed(f"x{read['told'].strip()}")
    said = {column: told[label] for label, column in _LABELS.items() if told.get(label)}
    return {"no": str(number), "on": read["on"]} | said


def _build(told: Told, draft: Draft) -> list[PartRow]:
    if UNREAD in told:
        draft.wrong("步骤", _unread(told[UNREAD], _LINE.match(told[UNREAD])))
        return []
    if not told.keys() - {"no"}:
        return []
    number, on = int(told["no"]), told.get("on", "")
    if not on:
        draft.wrong("步骤", f"第{number}步“{STEPS[number - 1]}”没有填写日期。")
        return []
    day = _day(on, draft)
    if day is None:
        return []
    row: PartRow = {"no": number, "on": day, "year": day.year}
    return [row | {column: _text(told, column, draft) for column in _LABELS.values()}]


def _text(told: Told, column: str, draft: Draft) -> str:
    text, field = " ".join(told.get(column, "").splitlines()), of_model(CaseStep, column)
    if len(text) > field.longest:
        draft.wrong("步骤", f"第{told['no']}步的“{field.label}”超过{field.longest}个字。")
    return text


def _together(rows: list[PartRow], draft: Draft) -> list[PartRow]:
    """The steps in their order; none twice."""
    found = {row["no"]: row for row in rows}
    for number in sorted(found):
        if sum(row["no"] == number for row in rows) > 1:
            draft.wrong("步骤", f"第{number}步写了两次。")
    return [found[number] for number in sorted(found)]


def _as_line(head: str, told: Mapping[str, str]) -> str:
    """A step of a table of steps as a line."""
    days = written.days_in(written.in_digits(written.plain(told.get("日期", ""))))
    day = days[0][0].isoformat() if days else told.get("日期", "")
    rest = in_brackets("", {label: text for label, text in told.items() if label != "日期"})
    return f"{head}：{day}{rest}" if day else ""


def _step_named(read: re.Match[str]) -> int:
    """The step that a line is of; 0 where number and name do not say one step."""
    name = read["name"] or ""
    named = STEPS.index(name) + 1 if name in STEPS else 0
    number = int(read["no"]) if read["no"] else named
    return number if number in NUMBERS and named in {0, number} else 0


def _unread(line: str, read: re.Match[str] | None) -> str:
    """What is wrong with a line, by its own words."""
    if read is None:
        return f"“{brief(line, 20)}”应写作“步骤号 步骤名称：日期（结果：……）”，如“1 {STEPS[0]}：2017-03-01”。"
    if read["no"] and int(read["no"]) in NUMBERS:
        return f"“{brief(line, 20)}”的步骤号和名称不一致：第{read['no']}步是“{STEPS[int(read['no']) - 1]}”。"
    known = read["no"] or read["name"] or ""
    return f"“{brief(line, 20)}”：没有“{known}”这一步，请写步骤号（1—{len(STEPS)}）或步骤全称。"


def _day(text: str, draft: Draft) -> date | None:
    try:
        day: date | None = parse(of_model(CaseStep, "on"), text, NO_NAMES)
    except Unreadable as refusal:
        draft.wrong("步骤", str(refusal))
        return None
    return day


def _tell(row: CaseStep) -> Told:
    said = {column: v for column in _LABELS.values() if (v := getattr(row, column))}
    return {"no": str(row.no), "on": row.on.isoformat()} | said


def _join(rows: list[Told]) -> str:
    return "\n".join(told.get(UNREAD) or _line(told) for told in sorted(rows, key=_number_of))


def _number_of(told: Told) -> int:
    return int(told.get("no", 0))


def _line(told: Told) -> str:
    said = "；".join(f"{label}：{told[c]}" for label, c in _LABELS.items() if told.get(c))
    line = f"{told['no']} {STEPS[_number_of(told) - 1]}：{told.get('on', '')}"
    return f"{line}（{said}）" if said else line


_WRITING = Writing(
    columns=columns(
        CaseStep,
        ("no", "on", "result", "responsible", "material", "checked_by"),
        people=("responsible", "checked_by"),
    ),
    split=_split,
    build=_build,
    told=_tell,
    join=_join,
    together=_together,
)
_STAGES = (
    ("申请入党", STEPS[:2]),
    ("入党积极分子的确定和培养教育", STEPS[2:6]),
    ("发展对象的确定和考察", STEPS[6:11]),
    ("预备党员的接收", STEPS[11:18]),
    ("预备党员的教育考察和转正", STEPS[18:]),
)
"""The five stages of the flow chart of 发展党员 (DOMAIN 4.5.1)."""


FULL_PROCESS_FROM = date(2017, 1, 1)


def _prepare(draft: Draft) -> None:
    values = draft.values
    days = {row["no"]: row["on"] for row in draft.parts.get("steps", ())}
    for number in NUMBERS:
        values[f"s{number}_on"] = days.get(number)
    values["person"] = draft.person(values["name"])
    values["applied_on"], values["n_steps"] = days.get(1), len(days)
    values["latest_on"] = max(days.values(), default=None)
    values["last_step"] = max(days, default=0)
    for name, label in (("mentor", "培养联系人"), ("introducer", "入党介绍人")):
        values[f"n_{name}s"] = len(_names(values[f"{name}_names"], draft, label))
    values["full_process"] = 3 in days and days[3] >= FULL_PROCESS_FROM
    values["eighteen_on"] = plus_months(values["birth_on"], 216) if values["birth_on"] else None
    accepted = days.get(15)
    values["accepted_month"] = accepted.replace(day=1) if accepted else None
    months = 12 + (values["extension_months"] or 0)
    values["probation_ends_on"] = plus_months(accepted, months) if accepted else None


def _names(text: str, draft: Draft, label: str) -> list[str]:
    found = persons.persons(text, draft.known, lambda told: draft.wrong(label, told))
    return [name for name, _ in found]


def _stored(entry: DevelopmentCase, draft: Draft, actor: object, now: object) -> None:
    """Mentors and introducers as rows, each with the day on which he must have been a
    full member.
    """
    del actor, now
    entry.people.all().delete()
    steps = draft.values
    roles = (
        ("mentor", entry.mentor_names, steps["s5_on"] or steps["s3_on"]),
        ("introducer", entry.introducer_names, steps["s9_on"] or steps["s15_on"]),
    )
    CasePerson.objects.bulk_create(
        CasePerson(case=entry, role=role, person=draft.person(name), name=name, on=day)
        for role, names, day in roles
        for name in _names(names, draft, "")
    )


def _member(entry: DevelopmentCase) -> dict[str, str]:
    day = f"{entry.steps.get(no=_ACCEPTED).on}"
    about = {
        name: str(getattr(entry, name) or "")
        for name in ("name", "birth_on", "education", "job", "ethnicity")
    }
    return about | {
        "gender": entry.get_gender_display(),
        "admitted_on": day,
        "joined_on": day,
        "join_reason": "接收",
    }


_ACCEPTED = 15


def _accepted(entry: DevelopmentCase) -> bool:
    if entry.person_id is not None:
        return False
    return bool(entry.steps.filter(no=_ACCEPTED).exists())


KIND = LedgerKind(
    slug="cases",
    title="发展党员全程纪实",
    section="发展党员",
    titles=("发展党员工作情况一览表", "发展党员情况一览表", "发展党员一览表", "发展党员情况表", "发展党员全程纪实", "发展党员全程纪实表", "发展党员工作台账", "发展党员纪实表",
        "入党积极分子名册", "入党积极分子花名册", "入党积极分子登记表", "积极分子名册", "发展对象名册", "发展对象花名册", "发展对象登记表", "入党申请人名册",
        "入党申请人登记表", "入党申请人花名册", "培养对象名册", "发展党员名册", "发展党员登记表"),
    kept_years=FOR_EVER,
    owner="name",
    form=PaperForm.CASE,
    same_event=(
        SameEvent(
            to="meetings", day="steps__on", where={"kind": "committee_meeting"},
            own={"steps__no__in": [3, 7, 13]},
        ),
        SameEvent(
            to="meetings", day="steps__on", where={"kind": "members_assembly"},
            own={"steps__no__in": [15, 23]},
        ),
    ),
    search_names=("name",),
    subject_of=("case_halves", "case_quarters", "probation_halves"),
    model=DevelopmentCase,
    entering=Entering(
        headings={"name": "本人", "mentor_names": "培养、介绍和转正", "steps": "二十五步"},
        worked_out=dict.fromkeys((*(f"s{n}" for n in range(1, 26)), "accepted_month", "probation_ends_on"), "steps"),
    ),
    asked=(
        "name", "gender", "ethnicity", "birth_on", "education", "job", "mentor_names", "introducer_names", "outcome",
        "extension_months", "closed_on", "closed_reason",
    ),
    listed=("name", "gender", "birth_on", "job", "mentor_names", "introducer_names", "outcome"),
    also_called={
        "出生年月": "出生日期", "文化程度": "学历", "介绍人": "入党介绍人", "联系人": "培养联系人", "岗位": "工作岗位", "培养人": "培养联系人", "入党培养人": "培养联系人", "入党联系人": "培养联系人",
        "培养教育人": "培养联系人", "工作单位及职务": "工作岗位", "单位及职务": "工作岗位", "职务": "工作岗位", "现任职务": "工作岗位", "发展对象姓名": "姓名", "对象姓名": "姓名",
        "申请人姓名": "姓名", "培养对象": "姓名", "培养对象姓名": "姓名", "发展人员姓名": "姓名", "入党积极分子培养联系人": "培养联系人", "培养联系人姓名": "培养联系人", "培养教育联系人": "培养联系人", "培养教育人姓名": "培养联系人",
        "入党介绍人姓名": "入党介绍人", "转正情况": "转正结果", "转正结论": "转正结果", "转正意见": "转正结果", "按期转正情况": "转正结果", "终止日期": "终止培养日期",
    },
    day="applied_on",
    prepare=_prepare,
    stored=_stored,
    items=("L05", "L17"),
    parts=(
        Part(
            name="steps", label="步骤", model=CaseStep, owner="case", writing=_WRITING, stages=_STAGES, lines=12,
            hint="每步一行：序号 步骤名称：日期（结果：……；责任人：……；材料：……；审核：……）",
            sheet=PartSheet(
                heads=("步骤", "步骤名称", "程序", "环节", "流程", "工作步骤", "工作程序", "培养发展步骤"),
                columns={
                    "日期": ("时间", "日期", "完成时间", "完成日期", "办理时间"), "结果": ("结果", "完成情况", "情况"), "责任人": ("责任人", "经办人", "负责人"),
                    "材料": ("材料", "形成材料", "归档材料", "有关材料"), "审核": ("审核", "审核人"),
                },
                write=_as_line,
                across={
                    r"(?:递交|提交|提出)?(?:入党)?申请书?(?:入党)?(?:递交|提交)?": STEPS[0],
                    r"(?:列为|列|确定为?|确立为?)?(?:入党)?积极分子(?:确定)?": STEPS[2],
                    r"(?:列为|列|确定为?|确立为?)?发展对象(?:确定)?": STEPS[6],
                    r"(?:接收|吸收|发展|入党|批准)?为?(?:中共)?预备党员(?:接收)?|支部大会(?:讨论)?接收": STEPS[14],
                    r"(?:按期)?转正|(?:转为|批准)正式党员|转正大会|支部大会讨论转正": STEPS[22],
                },
            ),
        ),
    ),
    gives=(Gives(to="members", values=_member, when=_accepted),),
    facts=(
        entry_facts(
            "cases", DevelopmentCase, "name", "person_id", "applied_on", "outcome", "extension_months", "closed_on", "n_mentors",
            "n_introducers", "eighteen_on", "probation_ends_on", "accepted_month", "full_process", "latest_on", "last_step", "n_steps",
            **{f"s{number}": f"s{number}_on" for number in NUMBERS},
        ),
        part_facts("case_steps", CaseStep, "case", "no", "on", "year"),
        part_facts("case_people", CasePerson, "case", "role", "person_id", "name", "on", accepted_on="case__s15_on"),
    ),
    example={
        "姓名": "示例丙", "性别": "女", "出生日期": "1990-05-06", "工作岗位": "语文教师", "培养联系人": "示例甲、示例乙",
        "步骤": "1 递交入党申请书：2017-03-01（责任人：示例甲）\n2 党组织派人谈话：2017-03-20（责任人：示例甲；材料：谈话记录）",
    },
    about="一人一条，从递交申请书到材料归档共25步，办一步记一步；支部大会的表决登记在会议台账，日期相同即视为同一次大会。",
)  # fmt: skip
