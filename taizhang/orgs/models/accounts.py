"""Accounts and duties. A duty is a role on an organisation from one day to another; it covers what
lies below.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from taizhang.kernel.db.questions import Question


class UserManager(BaseUserManager["User"]):
    """Only what Django's log-in needs; accounts are made by actions."""

    def get(self, *args: object, **wanted: object) -> User:
        """One account; whose session it is, is asked at every request."""
        key = wanted.get("pk")
        if args or len(wanted) > 1 or not isinstance(key, int):
            return super().get(*args, **wanted)
        found = _BY_KEY.first(key)
        if found is None:
            raise User.DoesNotExist
        return found


class User(AbstractBaseUser):
    """One login of one person."""

    username = models.CharField("用户名", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=40)
    person = models.ForeignKey(
        "orgs.Person", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    email = models.EmailField("提醒邮箱", blank=True)
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("须修改密码", default=False)
    password_at = models.DateTimeField("密码设定时间", null=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = "用户"

    def __str__(self) -> str:
        """The person's name."""
        return self.name


_BY_KEY: Question[User] = Question(lambda key: User.objects.filter(pk=key))


class Role(models.TextChoices):
    """The business roles of DESIGN 7, and the three separate administrators."""

    OFFICE = "office", "组织科"
    TEAM_LEADER = "team_leader", "督查组长"
    INSPECTOR = "inspector", "督查组员"
    SECRETARY = "secretary", "支部书记"
    CLERK = "clerk", "台账员"
    COMMISSIONER = "commissioner", "支委/小组长"
    MEMBER = "member", "党员"
    SYSTEM = "system", "系统管理员"
    SECURITY = "security", "安全管理员"
    AUDIT = "audit", "审计管理员"


ADMINS = (Role.SYSTEM, Role.SECURITY, Role.AUDIT)
"""Nobody of these sees a ledger, and nobody is two of them (DOMAIN 9.2)."""


class Duty(models.Model):
    """A role that a user holds on an organisation and all below it, for a time."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="duties")
    role = models.CharField("角色", max_length=20, choices=Role)
    organisation = models.ForeignKey(
        "orgs.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    from_on = models.DateField("起", null=True)
    to_on = models.DateField("止", null=True)
    stands_in_for = models.ForeignKey(
        "self", null=True, on_delete=models.CASCADE, related_name="stand_ins"
    )
    """代理: the duty of another that is done for him; it holds only as long as that one does."""

    lent = models.BooleanField("随轮次", default=False, editable=False)
    """Brought by a round to a member of its teams; without it 督查组长 and 督查组员 read nothing."""

    class Meta:
        verbose_name = "职责"

    def __str__(self) -> str:
        """Role and place."""
        return f"{self.get_role_display()}·{self.organisation}"

    def holds_on(self, day: date) -> bool:
        """Whether the duty runs on that day; both ends belong to it."""
        begun = self.from_on is None or self.from_on <= day
        over = self.to_on is not None and self.to_on < day
        lent = self.stands_in_for is None or self.stands_in_for.holds_on(day)
        return begun and not over and lent
