"""异议: a person says that what a ledger has of him is wrong, and the branch answers."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from taizhang.orgs.models import Organisation, Person


class Objection(models.Model):
    """One objection of a person to what is on record about himself (DOMAIN 9.3: correction by the
    person).
    """

    class About(models.TextChoices):
        PERSON = "person", "个人信息"
        STAGES = "stages", "入党、转正日期"
        ATTENDANCE = "attendance", "到会情况"
        DUES = "dues", "党费"
        OTHER = "other", "其他"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    branch = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    about = models.CharField("哪一项", max_length=12, choices=About)
    text = models.CharField("哪里不对", max_length=300)
    at = models.DateTimeField("提出时间")
    answer = models.CharField("答复", max_length=300, blank=True)
    is_right = models.BooleanField("异议成立", null=True)
    answered_at = models.DateTimeField("答复时间", null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "本人异议"

    def __str__(self) -> str:
        """Who, about what."""
        return f"{self.person.name}：{self.get_about_display()}"
