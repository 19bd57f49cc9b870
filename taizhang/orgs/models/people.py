"""Persons and what they were when: stage, branch, group, post. Spells are closed, never
overwritten.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from taizhang.kernel.secret import (
    BlindIndexField,
    SealedIdField,
    SealedLineField,
    SealedPhoneField,
)
from taizhang.kernel.text import person_name
from taizhang.orgs.entry import Entry


class Person(models.Model):
    """A person, known in the ledgers by name and date of birth."""

    class Gender(models.TextChoices):
        MALE = "male", "男"
        FEMALE = "female", "女"

    name = models.CharField("姓名", max_length=40)
    name_normalised = models.CharField(max_length=40, db_index=True, editable=False)
    gender = models.CharField("性别", max_length=10, choices=Gender, blank=True)
    ethnicity = models.CharField("民族", max_length=20, blank=True)
    birth_on = models.DateField("出生日期", null=True, blank=True)
    education = models.CharField("学历", max_length=20, blank=True)
    job = models.CharField("工作岗位", max_length=40, blank=True)

    class Meta:
        verbose_name = "人员"

    def __str__(self) -> str:
        """The name."""
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the form that names are looked up by."""
        self.name_normalised = person_name(self.name)
        super().save(*args, **kwargs)


class PersonalData(models.Model):
    """What of a person lies encrypted, apart from the name that everybody needs: read only where it
    is asked for.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="personal")
    id_number = SealedIdField("公民身份号码", blank=True, default="")
    id_number_index = BlindIndexField(of="id_number", default="")
    phone = SealedPhoneField("联系电话", blank=True, default="")
    phone_index = BlindIndexField(of="phone", default="")
    home_address = SealedLineField("家庭住址", blank=True, default="")

    class Meta:
        verbose_name = "个人信息"

    def __str__(self) -> str:
        """Whose."""
        return str(self.person)


def person_key(
    *, null: bool = False, label: str = "姓名", related: str = "+"
) -> models.ForeignKey[Any, Any]:
    """A reference to a person, who is never deleted while a ledger names him."""
    return models.ForeignKey(
        Person,
        verbose_name=label,
        null=null,
        blank=null,
        on_delete=models.PROTECT,
        related_name=related,
    )


class Membership(Entry):
    """BranchSpell: a person's time in a branch."""

    class Joined(models.TextChoices):
        ADMITTED = "admitted", "接收"
        MOVED_IN = "moved_in", "转入"
        REGROUPED = "regrouped", "支部调整"
        FOUNDED = "founded", "支部成立时在册"

    class Left(models.TextChoices):
        MOVED_OUT = "moved_out", "转出"
        REGROUPED = "regrouped", "支部调整"
        DIED = "died", "去世"
        REMOVED = "removed", "除名"
        OTHER = "other", "其他"

    person = person_key()
    joined_on = models.DateField("进入支部日期")
    join_reason = models.CharField("进入原因", max_length=20, choices=Joined, blank=True)
    left_on = models.DateField("离开支部日期", null=True, blank=True)
    leave_reason = models.CharField("离开原因", max_length=20, choices=Left, blank=True)
    remark = models.CharField("备注", max_length=200, blank=True)

    class Meta:
        verbose_name = "党员花名册"
        indexes = [models.Index(fields=("branch", "joined_on"))]

    def __str__(self) -> str:
        """The person's name."""
        return str(self.person.name)


class StageSpell(Entry):
    """PartyStatus: which stage a person had reached, and whether the membership was in order, from
    when to when.
    """

    class Stage(models.TextChoices):
        APPLICANT = "applicant", "入党申请人"
        ACTIVIST = "activist", "入党积极分子"
        TARGET = "development_target", "发展对象"
        PROBATIONARY = "probationary", "预备党员"
        FULL = "full", "正式党员"

    class Status(models.TextChoices):
        NORMAL = "normal", "正常"
        SUSPENDED = "suspended", "停止党籍"
        RETAINED = "retained", "保留党籍"
        RESTORED = "restored", "恢复党籍"
        EXPELLED = "expelled", "开除党籍"
        STRUCK_OFF = "struck_off", "除名"

    person = person_key(related="stages")
    stage = models.CharField("阶段", max_length=20, choices=Stage)
    status = models.CharField("党籍状态", max_length=20, choices=Status, default=Status.NORMAL)
    from_on = models.DateField("起始日期")
    to_on = models.DateField("截止日期", null=True, blank=True)
    basis = models.CharField("依据", max_length=200, blank=True)

    class Meta:
        verbose_name = "党员身份"
        indexes = [models.Index(fields=("branch", "person"))]

    def __str__(self) -> str:
        """Name and stage."""
        return f"{self.person.name} {self.get_stage_display()}"


class RightsLimit(Entry):
    """A time without the right to vote, elect or stand (DOMAIN 2.2)."""

    class Kind(models.TextChoices):
        PROBATION_WITHIN_PARTY = "probation_within_party", "留党察看"
        DETAINED = "detained", "被依法留置、逮捕，中止权利"

    person = person_key()
    limit = models.CharField("类别", max_length=30, choices=Kind)
    from_on = models.DateField("起始日期")
    to_on = models.DateField("截止日期", null=True, blank=True)

    class Meta:
        verbose_name = "权利受限"

    def __str__(self) -> str:
        """The person's name."""
        return str(self.person.name)


class NotCounted(Entry):
    """A member left out of the expected number by the superior's consent and the assembly's
    resolution (DOMAIN 2.3).
    """

    class Category(models.TextChoices):
        ILL_OF_MIND = "ill_of_mind", "患有精神病或因其他疾病导致不能表达本人意志"
        ABROAD = "abroad", "自费出国半年以上"
        PENALTY = "penalty", "留党察看或正在服刑"
        BEDRIDDEN = "bedridden", "年老体弱卧床不起或长期生病生活不能自理"
        AWAY = "away", "工作调动、外出学习或工作半年以上未转组织关系"
        RETIRED_HOME = "retired_home", "退休回原籍多年未转组织关系"

    person = person_key()
    category = models.CharField("情形", max_length=20, choices=Category)
    from_on = models.DateField("起始日期")
    to_on = models.DateField("截止日期", null=True, blank=True)
    approval = models.CharField("上级同意文号", max_length=100)
    resolution = models.CharField("党员大会通过情况", max_length=200)

    class Meta:
        verbose_name = "不计入应到人数"

    def __str__(self) -> str:
        """The person's name."""
        return str(self.person.name)


class PartyGroup(Entry):
    """党小组."""

    name = models.CharField("党小组名称", max_length=60)
    valid_from = models.DateField("成立日期")
    valid_to = models.DateField("撤销日期", null=True, blank=True)

    class Meta:
        verbose_name = "党小组"

    def __str__(self) -> str:
        """The name."""
        return self.name


def group_key(*, null: bool = False) -> models.ForeignKey[Any, Any]:
    """A reference to a Party group of the same branch."""
    return models.ForeignKey(
        PartyGroup,
        verbose_name="党小组",
        null=null,
        blank=null,
        on_delete=models.PROTECT,
        related_name="+",
    )


class GroupMember(Entry):
    """GroupSpell: a person's time in a group."""

    person = person_key()
    group = group_key()
    from_on = models.DateField("起始日期")
    to_on = models.DateField("截止日期", null=True, blank=True)

    class Meta:
        verbose_name = "党小组成员"

    def __str__(self) -> str:
        """The person's name."""
        return str(self.person.name)


class GroupLeader(Entry):
    """A person's time as leader of a group."""

    class Origin(models.TextChoices):
        NAMED = "named", "党支部指定"
        PROPOSED = "proposed", "党小组推荐"

    person = person_key(label="组长")
    group = group_key()
    origin = models.CharField("产生方式", max_length=10, choices=Origin, blank=True)
    from_on = models.DateField("起始日期")
    to_on = models.DateField("截止日期", null=True, blank=True)

    also_written: ClassVar = {
        "origin": {
            "党小组推选": "党小组推荐",
            "推选产生": "党小组推荐",
            "小组推选": "党小组推荐",
            "小组推荐": "党小组推荐",
            "推选": "党小组推荐",
            "支部指定": "党支部指定",
            "支委会指定": "党支部指定",
            "指定": "党支部指定",
        },
    }

    class Meta:
        verbose_name = "党小组组长"

    def __str__(self) -> str:
        """The person's name."""
        return str(self.person.name)


class CommitteeTerm(Entry):
    """届: a term of the branch committee, or of the secretary where there is none, from the election
    to its end.
    """

    class Kind(models.TextChoices):
        COMMITTEE = "committee", "支委会"
        SECRETARY = "secretary", "书记（未设支委会）"

    kind = models.CharField(
        "届次类别",
        max_length=20,
        choices=Kind,
        blank=True,
        help_text="未设支部委员会的支部，书记（副书记）的任期也在这里登记，选“书记（未设支委会）”",
    )
    ordinal = models.PositiveIntegerField("届次")
    started_on = models.DateField("选举产生日期")
    ended_on = models.DateField("任期结束日期", null=True, blank=True)
    extended_to = models.DateField("批准延期至", null=True, blank=True)
    extension_no = models.CharField("延期批复文号", max_length=60, blank=True)
    extension_reason = models.CharField("暂缓换届理由", max_length=200, blank=True)
    extension_work = models.TextField("暂缓期间换届工作记录", blank=True)

    class Meta:
        verbose_name = "支委会届次"

    def __str__(self) -> str:
        """The ordinal."""
        return f"第{self.ordinal}届"


class Post(models.TextChoices):
    """Posts of a branch committee (DOMAIN L03)."""

    SECRETARY = "secretary", "书记"
    DEPUTY = "deputy_secretary", "副书记"
    ORGANISATION = "organisation", "组织委员"
    PUBLICITY = "publicity", "宣传委员"
    DISCIPLINE = "discipline", "纪检委员"
    YOUTH = "youth", "青年委员"
    UNITED_FRONT = "united_front", "统战委员"
    MASSES = "masses", "群工委员"
    SECRECY = "secrecy", "保密委员"


class CommitteePost(Entry):
    """A person's time in a post; one person may hold several."""

    class How(models.TextChoices):
        ELECTED = "elected", "选举"
        BY_ELECTION = "by_election", "补选"
        ASSIGNED = "assigned", "上级指派"

    class EndReason(models.TextChoices):
        TERM_OVER = "term_over", "任期届满"
        MOVED = "moved", "调离"
        RESIGNED = "resigned", "辞职"
        REMOVED = "removed", "免职"
        RETIRED = "retired", "退休"
        DIED = "died", "去世"
        OTHER = "other", "其他"

    person = person_key()
    post = models.CharField("职务", max_length=20, choices=Post)
    from_on = models.DateField("任职日期")
    to_on = models.DateField("免职日期", null=True, blank=True)
    end_reason = models.CharField("免职原因", max_length=20, choices=EndReason, blank=True)
    approval_no = models.CharField("批准（备案）文号", max_length=60, blank=True)
    approved_on = models.DateField("批准（备案）日期", null=True, blank=True)
    how = models.CharField("产生方式", max_length=20, choices=How, blank=True)

    also_written: ClassVar = {
        "how": {
            "选举产生": "选举",
            "补选产生": "补选",
            "增补": "补选",
            "上级任命": "上级指派",
            "上级委派": "上级指派",
            "指派": "上级指派",
        },
        "post": {"纪律检查委员": "纪检委员", "纪律委员": "纪检委员"},
    }

    class Meta:
        verbose_name = "支委任职"

    def __str__(self) -> str:
        """Post and name."""
        return f"{self.get_post_display()} {self.person.name}"
