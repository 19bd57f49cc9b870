"""党员花名册: who belonged to the branch from when to when, with the days of admission and of full
membership.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from taizhang.kernel.text import looks_like_person, person_name
from taizhang.kernel.writing import personal
from taizhang.ledgers.fields import Field, of_model
from taizhang.ledgers.kind import FOR_EVER, FactTable, Gives, LedgerKind, PaperForm
from taizhang.ledgers.part import Draft
from taizhang.orgs.actor import Actor
from taizhang.orgs.models import Membership, Person, PersonalData, StageSpell
from taizhang.orgs.queries import roster

_PERSON = ("gender", "ethnicity", "birth_on", "education", "job")
_SEALED = ("id_number", "phone", "home_address")


def _prepare(draft: Draft) -> None:
    """Find or make the person; a namesake with another birthday is somebody else."""
    values = draft.values
    about = {name: values.pop(name) for name in ("name", *_PERSON, *_SEALED)}
    admitted, full = values.pop("admitted_on"), values.pop("full_on")
    _check_numbers(draft, about)
    if not looks_like_person(about["name"]):
        draft.wrong("姓名", f"“{about['name']}”不像是姓名。")
    if values["left_on"] and values["left_on"] < values["joined_on"]:
        draft.wrong("离开支部日期", "早于进入支部日期。")
    if admitted and full and full < admitted:
        draft.wrong("转正日期", "早于入党日期。")
    if admitted and about["birth_on"] and _age(about["birth_on"], admitted) < 18:
        draft.wrong("入党日期", "入党时不满18周岁。")
    values["person"] = _person(draft, about)
    values["_stages"] = (admitted, full)
    values["_sealed"] = {name: about[name] for name in _SEALED}


def _check_numbers(draft: Draft, about: dict[str, Any]) -> None:
    """A number that contradicts itself, the day of birth or the gender is a slip of the pen."""
    if about["id_number"]:
        number = personal.id_number(about["id_number"])
        if number is None:
            draft.wrong("公民身份号码", "不是有效的18位公民身份号码，请核对。")
        else:
            about["id_number"] = number
            about["birth_on"] = about["birth_on"] or personal.born(number)
            if about["birth_on"] != personal.born(number):
                draft.wrong("公民身份号码", "与出生日期不一致。")
            if about["gender"] and (about["gender"] == Person.Gender.MALE) != personal.is_male(
                number
            ):
                draft.wrong("公民身份号码", "与性别不一致。")
    if about["phone"]:
        number = personal.phone(about["phone"])
        if number is None:
            draft.wrong("联系电话", "不是电话号码。")
        about["phone"] = number or ""


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _person(draft: Draft, about: dict[str, Any]) -> Person:
    namesakes = draft.names.find(about["name"])
    known = [p for p in namesakes if p.birth_on == about["birth_on"]]
    known = known or _without_birthday(draft, about, namesakes)
    person = known[0] if known else roster.same_person(about["name"], about["birth_on"])
    if draft.entry is None:
        _must_be_one(draft, about, namesakes, person)
    if about["id_number"]:
        bearer = roster.bearer_of(about["id_number"])
        if bearer is not None and bearer != person:
            draft.wrong("公民身份号码", "这个号码已登记在另一个姓名或出生日期之下，请核对。")
    if person is None:
        name = person_name(about["name"])
        person = Person(name=name, name_normalised=name)
        draft.names.by_name.setdefault(name, []).append(person)
    for column in _PERSON:
        if about[column]:
            setattr(person, column, about[column])
    return person


def _without_birthday(draft: Draft, about: dict[str, Any], namesakes: list[Person]) -> list[Person]:
    """The one of that name whose line, with the same day of entry, lacks the birthday that is told
    now.
    """
    blank = [p.pk for p in namesakes if p.pk and p.birth_on is None]
    if about["birth_on"] is None or not blank:
        return []
    lines = Membership.objects.current().filter(branch=draft.branch, person__in=blank)
    own = (
        lines.filter(pk=draft.entry.pk)
        if draft.entry
        else lines.filter(joined_on=draft.values["joined_on"])
    )
    found = set(own.values_list("person_id", flat=True))
    return [p for p in namesakes if p.pk in found] if len(found) == 1 else []


def _must_be_one(
    draft: Draft, about: dict[str, Any], namesakes: list[Person], person: Person | None
) -> None:
    """Who has no birthday is not taken for a namesake, nor is anything of a namesake
    overwritten.
    """
    if about["birth_on"] is None and any(p.birth_on for p in namesakes):
        born = "、".join(f"{p.birth_on}" for p in namesakes if p.birth_on)
        draft.wrong(
            "出生日期",
            f"本支部花名册上已有“{about['name']}”（{born}），请写明这一位的出生日期，以分清是不是同一人。",
        )
    for column, label in (("gender", "性别"), ("ethnicity", "民族")):
        if person and about[column] and getattr(person, column) not in ("", about[column]):
            ask = (
                "请写明各人的出生日期" if about["birth_on"] is None else "请核对，有误的更正原记录"
            )
            draft.wrong(
                label, f"与同名“{about['name']}”的另一行或已登记的{label}不同：{ask}，没有合并。"
            )


def _seal(entry: Membership, given: dict[str, str]) -> None:
    """A correction says everything; a new line or a sheet says only what it has."""
    told = given if entry.version > 1 else {name: text for name, text in given.items() if text}
    if told:
        PersonalData.objects.update_or_create(person=entry.person, defaults=told)


def _stored(entry: Membership, draft: Draft, actor: Actor, now: datetime) -> None:
    """The stages that follow from the two days, where they are not on record yet; and what lies
    sealed.
    """
    _seal(entry, draft.values["_sealed"])
    admitted, full = draft.values["_stages"]
    on_record = StageSpell.objects.current().filter(person=entry.person)
    common = {
        "branch": entry.branch,
        "person": entry.person,
        "recorded_at": now,
        "recorded_by": actor.user,
    }
    if admitted and not on_record.filter(stage=StageSpell.Stage.PROBATIONARY).exists():
        StageSpell.objects.create(
            stage=StageSpell.Stage.PROBATIONARY,
            from_on=admitted,
            to_on=full,
            entry_mode=entry.entry_mode,
            **common,
        )
    if full and not on_record.filter(stage=StageSpell.Stage.FULL).exists():
        on_record.filter(stage=StageSpell.Stage.PROBATIONARY, to_on__isnull=True).update(to_on=full)
        StageSpell.objects.create(
            stage=StageSpell.Stage.FULL, from_on=full, entry_mode=entry.entry_mode, **common
        )


def _read_extra(entry: Membership) -> dict[str, Any]:
    person = entry.person
    about = {name: getattr(person, name) for name in ("name", *_PERSON)}
    kept = getattr(person, "personal", None)
    about |= {name: getattr(kept, name, "") for name in _SEALED}
    stages = {s.stage: s.from_on for s in person.stages.all() if s.withdrawn_at is None}
    return about | {"admitted_on": stages.get("probationary"), "full_on": stages.get("full")}


def _transfer(entry: Membership) -> dict[str, str]:
    common = {"person": entry.person.name, "stage": "正式党员"}
    if entry.left_on:
        return common | {
            "direction": "转出",
            "issued_on": f"{entry.left_on}",
            "from_org": entry.branch.full_name,
        }
    return common | {
        "direction": "转入",
        "received_on": f"{entry.joined_on}",
        "to_org": entry.branch.full_name,
    }


def _moved(entry: Membership) -> bool:
    if entry.left_on:
        return entry.leave_reason == Membership.Left.MOVED_OUT
    return entry.join_reason == Membership.Joined.MOVED_IN


KIND = LedgerKind(
    told_blank=("join_reason",),
    slug="members",
    begins_as=1,
    title="党员花名册",
    section="党员和组织",
    titles=("党员信息登记表", "党员基本信息表", "党员信息采集表", "党员情况登记表", "党员花名册", "党员名册", "党员名单", "党员信息表", "党员基本情况登记表"),
    kept_years=FOR_EVER,
    owner="person__name",
    form=PaperForm.ROSTER,
    same_event=(),
    search_names=("name",),
    is_roster=True,
    model=Membership,
    extra=(
        Field(name="name", label="姓名", kind="text", required=True, longest=40),
        *(of_model(Person, name) for name in _PERSON),
        *(of_model(PersonalData, name) for name in _SEALED),
        Field(name="admitted_on", label="入党日期", kind="date", hint="支部党员大会通过接收为预备党员之日"),
        Field(name="full_on", label="转正日期", kind="date", hint="成为正式党员之日"),
    ),
    asked=("joined_on", "join_reason", "left_on", "leave_reason", "remark"),
    listed=("name", "gender", "birth_on", "education", "job", "admitted_on", "full_on", "joined_on", "left_on"),
    day="joined_on",
    prepare=_prepare,
    read_extra=_read_extra,
    stored=_stored,
    unique=("person", "joined_on"),
    completes=True,
    also_called={
        "进入支部类型": "进入原因", "进入支部方式": "进入原因", "进入方式": "进入原因", "进入类型": "进入原因", "来源方式": "进入原因", "离开支部类型": "离开原因", "离开方式": "离开原因", "离开类型": "离开原因",
        "何时转入本支部": "进入支部日期", "何时到本支部": "进入支部日期", "何时进入本支部": "进入支部日期", "转入日期": "进入支部日期",
        "单位及职务": "工作岗位", "工作单位及职务": "工作岗位", "现任岗位": "工作岗位", "所任职务": "工作岗位", "所在岗位": "工作岗位", "入党年月日": "入党日期", "转正年月日": "转正日期", "身份证件号": "公民身份号码",
        "居民身份证号": "公民身份号码", "证件号码": "公民身份号码", "出生时间": "出生日期","生日": "出生日期", "文凭": "学历", "男/女": "性别", "何时入党": "入党日期", "来本支部时间": "进入支部日期", "来本支部的时间": "进入支部日期", "职务职称": "工作岗位", "职务及职称": "工作岗位", "职称职务": "工作岗位", "职称": "工作岗位", "任教学段及学科": "工作岗位",
        "出生年月": "出生日期", "出生年月日": "出生日期", "入党年月": "入党日期", "转正年月": "转正日期", "文化程度": "学历", "入党时间": "入党日期", "转正时间": "转正日期", "组织关系转入时间": "进入支部日期",
        "转入时间": "进入支部日期", "进入支部时间": "进入支部日期", "职务": "工作岗位", "岗位": "工作岗位", "身份证号": "公民身份号码", "身份证号码": "公民身份号码", "电话": "联系电话", "手机": "联系电话",
        "住址": "家庭住址", "现任职务": "工作岗位", "工作岗位及职务": "工作岗位", "任教学科": "工作岗位", "行政职务": "工作岗位", "岗位职务": "工作岗位", "联系方式": "联系电话", "手机号码": "联系电话",
        "手机号": "联系电话", "电话号码": "联系电话", "联系手机": "联系电话", "家庭地址": "家庭住址", "现住址": "家庭住址", "居住地": "家庭住址", "现居住地": "家庭住址", "公民身份证号": "公民身份号码",
        "身份证": "公民身份号码", "学历学位": "学历", "最高学历": "学历", "党员姓名": "姓名", "族别": "民族", "转入支部时间": "进入支部日期", "到支部时间": "进入支部日期", "到本支部时间": "进入支部日期",
        "组织关系转入日期": "进入支部日期", "加入党组织时间": "入党日期", "加入党组织日期": "入党日期", "转为正式党员时间": "转正日期", "转为正式党员日期": "转正日期", "说明": "备注",
        "现岗位": "工作岗位", "从事工作": "工作岗位", "任职情况": "工作岗位", "工作部门": "工作岗位", "任教岗位": "工作岗位", "部门及岗位": "工作岗位", "现工作岗位": "工作岗位", "移动电话": "联系电话", "联系手机号": "联系电话",
        "本人电话": "联系电话", "手机电话": "联系电话", "现居住地址": "家庭住址", "居住地址": "家庭住址", "常住地址": "家庭住址", "家庭详细住址": "家庭住址", "现家庭住址": "家庭住址", "加入中国共产党日期": "入党日期",
        "加入中国共产党时间": "入党日期", "何年何月入党": "入党日期", "预备期起始日期": "入党日期", "批准入党日期": "入党日期", "转正式党员日期": "转正日期", "转为正式党员的时间": "转正日期", "何时转正": "转正日期", "何年何月转正": "转正日期",
        "转入本支部日期": "进入支部日期", "进本支部日期": "进入支部日期", "到本支部日期": "进入支部日期", "入支部日期": "进入支部日期", "进入本支部日期": "进入支部日期", "编入支部日期": "进入支部日期", "转到本支部日期": "进入支部日期",
        "何时转入": "进入支部日期", "转出日期": "离开支部日期", "离开日期": "离开支部日期", "转出支部日期": "离开支部日期",
    },
    not_taken=("人员类别", "党小组", "所在党小组", "党内职务", "支部职务"),
    items=("L14", "L21", "L25", "L28"),
    gives=(Gives(to="transfers", values=_transfer, when=_moved),),
    facts=(
        FactTable(
            name="members",
            model=Membership,
            columns={
                "id": "id", "branch_id": "branch_id", "person_id": "person_id", "joined_on": "joined_on",
                "left_on": "left_on", "join_reason": "join_reason", "leave_reason": "leave_reason",
            },
            where={"withdrawn_at__isnull": True},
        ),
        FactTable(
            name="stages",
            title="党员身份",
            model=Membership,
            columns={
                "id": "id", "branch_id": "branch_id", "person_id": "person_id", "stage": "person__stages__stage",
                "status": "person__stages__status", "from_on": "person__stages__from_on",
                "to_on": "person__stages__to_on",
            },
            where={
                "withdrawn_at__isnull": True,
                "person__stages__isnull": False,
                "person__stages__withdrawn_at__isnull": True,
            },
            distinct=True,
        ),
    ),
    example={
        "姓名": "示例甲", "性别": "女", "民族": "汉族", "出生日期": "1980-05-06", "学历": "本科", "工作岗位": "语文教师",
        "入党日期": "2008-06-20", "转正日期": "2009-06-20", "进入支部日期": "2012-09-01", "进入原因": "转入",
    },
    about="本支部历年在册党员，一人一段在册时间一行；转出后再转入的另起一行。",
)  # fmt: skip
