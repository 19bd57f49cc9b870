"""三会一课 and other meetings, with who was there and what was said, decided and voted."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from taizhang.ledgers.model_fields import NameField
from taizhang.orgs.entry import Entry
from taizhang.orgs.models.people import group_key, person_key


class Meeting(Entry):
    """One meeting. Numbers are kept as written and compared with the lists."""

    class Kind(models.TextChoices):
        ASSEMBLY = "members_assembly", "党员大会"
        COMMITTEE = "committee_meeting", "支委会"
        GROUP = "group_meeting", "党小组会"
        LECTURE = "party_lecture", "党课"
        LIFE = "org_life_meeting", "组织生活会"
        THEME_DAY = "theme_day", "主题党日"
        OTHER = "other", "其他"

    class LecturerRole(models.TextChoices):
        SECRETARY = "secretary", "支部书记"
        COMMISSIONER = "commissioner", "支委"
        MEMBER = "member", "党员"
        SUPERIOR = "superior", "上级领导"
        INVITED = "invited", "外请"

    also_written: ClassVar = {
        "kind": {
            "支部党员大会": "党员大会", "党支部党员大会": "党员大会", "支部大会": "党员大会", "支部委员会": "支委会", "支部委员会会议": "支委会", "支委会议": "支委会",
            "党支部委员会": "支委会", "党小组会议": "党小组会", "主题党日活动": "主题党日", "支部主题党日": "主题党日", "上党课": "党课", "专题组织生活会": "组织生活会",
        },
        "lecturer_role": {
            "党支部书记": "支部书记", "书记": "支部书记", "支部委员": "支委", "委员": "支委", "支部副书记": "支委", "副书记": "支委", "组织委员": "支委",
            "宣传委员": "支委", "纪检委员": "支委", "普通党员": "党员", "党员教师": "党员", "外聘": "外请", "外请专家": "外请", "上级党委领导": "上级领导",
        },
    }  # fmt: skip

    kind = models.CharField("会议类型", max_length=20, choices=Kind)
    group = group_key(null=True)
    title = models.CharField("会议名称", max_length=100, blank=True)
    ordinal = models.PositiveIntegerField("本年次数", null=True, blank=True)
    held_on = models.DateField("日期")
    starts_at = models.TimeField("开始时间", null=True, blank=True)
    ends_at = models.TimeField("结束时间", null=True, blank=True)
    place = models.CharField("地点", max_length=60, blank=True)
    host_name = NameField("主持人", max_length=40, blank=True)
    recorder_name = NameField("记录人", max_length=40, blank=True)
    expected_count = models.PositiveIntegerField(
        "应到人数", null=True, blank=True, help_text="不填则按当日在册人数计算"
    )
    present_count = models.PositiveIntegerField(
        "实到人数", null=True, blank=True, help_text="不填则按出席名单计算"
    )
    discussion = models.TextField("讨论事项", blank=True)
    conclusion = models.TextField("结论性意见", blank=True)
    theme = models.CharField("党课主题", max_length=100, blank=True)
    lecturer_name = NameField("主讲人", max_length=40, blank=True)
    lecturer_role = models.CharField("主讲人身份", max_length=20, choices=LecturerRole, blank=True)
    content = models.TextField("党课内容", blank=True)
    summary = models.TextField("总结讲评", blank=True)
    online = models.BooleanField("线上召开", default=False)
    has_sign_sheet = models.BooleanField(
        "签到表存有纸质原件", default=False, help_text="签到表或照片已作为附件上传的不必勾选"
    )

    host = person_key(null=True)
    recorder = person_key(null=True)
    lecturer = person_key(null=True)
    starts = models.PositiveIntegerField(null=True, editable=False)
    ends = models.PositiveIntegerField(null=True, editable=False)
    minutes = models.IntegerField(null=True, editable=False)
    year = models.PositiveIntegerField(default=0, editable=False)
    previous_ordinal = models.PositiveIntegerField(null=True, editable=False)
    host_is_recorder = models.BooleanField(default=False, editable=False)
    host_state = models.CharField(max_length=10, default="", editable=False)
    recorder_state = models.CharField(max_length=10, default="", editable=False)
    lecturer_state = models.CharField(max_length=10, default="", editable=False)
    n_present = models.PositiveIntegerField(default=0, editable=False)
    n_absent = models.PositiveIntegerField(default=0, editable=False)
    n_repeated = models.PositiveIntegerField(default=0, editable=False)
    n_agenda = models.PositiveIntegerField(default=0, editable=False)
    n_speeches = models.PositiveIntegerField(default=0, editable=False)
    n_speakers = models.PositiveIntegerField(default=0, editable=False)
    n_resolutions = models.PositiveIntegerField(default=0, editable=False)
    n_votes = models.PositiveIntegerField(default=0, editable=False)
    text_length = models.PositiveIntegerField(default=0, editable=False)
    text_mark = models.CharField(max_length=16, default="", editable=False)
    content_mark = models.CharField(max_length=16, default="", editable=False)
    absent_mark = models.CharField(max_length=16, null=True, editable=False)  # noqa: DJ001
    """The same for the same list of absent persons; null where nobody was absent."""
    said_expected = models.PositiveIntegerField(null=True, editable=False)
    said_present = models.PositiveIntegerField(null=True, editable=False)
    """The numbers that the text of the minutes itself gives."""
    said_none = models.CharField(max_length=60, default="", editable=False)
    """The parts of which the minutes say 无, with blanks between them; of the others without rows
    nobody can tell.
    """

    class Meta:
        verbose_name = "会议"
        indexes = [models.Index(fields=("branch", "kind", "held_on"))]

    def __str__(self) -> str:
        """Day and kind."""
        return f"{self.held_on} {self.get_kind_display()}"


class Attendance(models.Model):
    """One person at one meeting; `person` is null for somebody whom the roster does not know."""

    class State(models.TextChoices):
        PRESENT = "present", "出席"
        ABSENT = "absent", "缺席"
        OBSERVER = "observer", "列席"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendance")
    person = person_key(null=True)
    name = models.CharField("姓名", max_length=40)
    state = models.CharField("状态", max_length=10, choices=State)
    reason = models.CharField("缺席原因", max_length=40, blank=True)

    class Meta:
        verbose_name = "到会情况"

    def __str__(self) -> str:
        """Name and state."""
        return f"{self.name} {self.get_state_display()}"


class AgendaItem(models.Model):
    """One point of the agenda."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    text = models.CharField("议题", max_length=300)
    n_speakers = models.PositiveIntegerField(null=True, editable=False)
    """Null where the minutes do not say who spoke to which point."""

    class Meta:
        verbose_name = "议程"

    def __str__(self) -> str:
        """The text."""
        return self.text


class Speech(models.Model):
    """What one person said."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="speeches")
    name = models.CharField("发言人", max_length=40, blank=True)
    point = models.PositiveIntegerField("议题序号", null=True)
    text = models.TextField("发言要点")
    like_low = models.BigIntegerField(null=True, editable=False)
    like_high = models.BigIntegerField(null=True, editable=False)
    """The mark of the text (`rules.sketch.nibbles`), where it is long enough that nobody repeats it
    by chance.
    """

    class Meta:
        verbose_name = "发言"

    def __str__(self) -> str:
        """The speaker."""
        return self.name


class Resolution(models.Model):
    """What was decided, who sees to it, by when, and when it was done."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="resolutions")
    text = models.TextField("决议")
    responsible = models.CharField("负责人", max_length=40, blank=True)
    due_on = models.DateField("期限", null=True)
    done_on = models.DateField("完成日期", null=True)

    class Meta:
        verbose_name = "决议"

    def __str__(self) -> str:
        """The text."""
        return self.text


class Vote(models.Model):
    """The numbers of one vote (DOMAIN 2.4)."""

    class Matter(models.TextChoices):
        ORDINARY = "ordinary", "一般事项"
        ADMISSION = "admission", "接收预备党员"
        CONVERSION = "conversion", "预备党员转正"
        ELECTION = "election", "选举"

    class Method(models.TextChoices):
        SECRET = "secret", "无记名投票"
        HANDS = "hands", "举手"
        ORAL = "oral", "口头"
        NAMED = "named", "记名"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="votes")
    subject = models.CharField("表决事项", max_length=200)
    matter = models.CharField("类别", max_length=20, choices=Matter, default=Matter.ORDINARY)
    method = models.CharField("方式", max_length=10, choices=Method, blank=True)
    entitled_expected = models.PositiveIntegerField("应到有表决权", null=True)
    entitled_present = models.PositiveIntegerField("实到有表决权", null=True)
    written = models.PositiveIntegerField("书面意见", null=True)
    issued = models.PositiveIntegerField("发出", null=True)
    returned = models.PositiveIntegerField("收回", null=True)
    valid = models.PositiveIntegerField("有效", null=True)
    invalid = models.PositiveIntegerField("无效", null=True)
    in_favour = models.PositiveIntegerField("赞成", null=True)
    against = models.PositiveIntegerField("反对", null=True)
    abstained = models.PositiveIntegerField("弃权", null=True)
    passed = models.BooleanField("通过", null=True)

    class Meta:
        verbose_name = "表决"

    def __str__(self) -> str:
        """The subject."""
        return self.subject
