"""What belongs to logging in: the rules of the installation, sessions, the second factor, tokens of
other systems.
"""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from taizhang.kernel.secret import SealedTextField
from taizhang.kernel.writing.moments import told_at
from taizhang.orgs.models.accounts import ADMINS, User


def _number(label: str, default: int, least: int, most: int) -> models.PositiveSmallIntegerField:  # type: ignore[type-arg]
    bounds = [MinValueValidator(least), MaxValueValidator(most)]
    return models.PositiveSmallIntegerField(label, default=default, validators=bounds)


class LoginRules(models.Model):
    """All that 安全管理员 may set about logging in, in one row; customary figures of DOMAIN 9.1. Without
    a row these hold.
    """

    password_length = _number("密码最少位数", 10, 8, 64)
    password_classes = _number("密码至少含几类字符（大写、小写、数字、符号）", 3, 2, 4)
    password_days = _number("密码用多少天必须更换（0为不限）", 180, 0, 3650)
    password_history = _number("不能与最近几次用过的密码相同", 5, 1, 24)
    slip_days = _number("一次性密码几天内有效", 14, 1, 90)
    free_tries = _number("连续输错几次后锁定", 5, 3, 10)
    address_tries = _number("同一地址每分钟最多输错几次", 20, 5, 1000)
    longest_lock = _number("锁定时间成倍增加，最长多少分钟", 60, 15, 1440)
    idle_minutes = _number("多少分钟不操作自动退出", 30, 5, 240)
    one_session = models.BooleanField("同一账号只能在一处登录", default=False)
    second_factor_roles = models.JSONField("除三员外，还有哪些角色必须用动态口令", default=list)
    stand_in_days = _number("代理一次最长多少天", 60, 1, 366)
    token_days = _number("接口令牌最长有效多少天", 365, 1, 730)
    token_calls = _number("每个接口令牌每分钟最多请求几次", 120, 10, 10000)

    class Meta:
        verbose_name = "登录规则"

    def __str__(self) -> str:
        """The page's name."""
        return "登录规则"

    def labelled(self, name: str) -> dict[str, Any]:
        """What a form needs of one figure: name, label and bounds."""
        field = self._meta.get_field(name)
        least, most = (bound.limit_value for bound in field.validators[:2])  # type: ignore[union-attr]
        return {"name": name, "label": field.verbose_name, "least": least, "most": most}  # type: ignore[union-attr]

    def asks_second_factor(self, roles: Any) -> bool:
        """Whether an account with one of these roles must have a second factor; administrators
        always must.
        """
        return not set(roles).isdisjoint({*ADMINS, *self.second_factor_roles})


class PastPassword(models.Model):
    """A password as it was stored once, so that it is not taken again."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="past_passwords")
    stored = models.CharField(max_length=128)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "用过的密码"

    def __str__(self) -> str:
        """Whose."""
        return str(self.user)


_BROWSERS = (
    ("MicroMessenger", "微信"), ("Edg", "Edge"), ("QQBrowser", "QQ浏览器"), ("360SE", "360浏览器"), ("Firefox", "Firefox"),
    ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_MACHINES = (
    ("Windows", "Windows"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("HarmonyOS", "鸿蒙"), ("Android", "安卓"), ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)  # fmt: skip


class LoginSession(models.Model):
    """A browser that is logged in, or was."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sessions")
    session_key = models.CharField(max_length=40, unique=True)
    began_at = models.DateTimeField("登录时间")
    origin = models.CharField("来源地址", max_length=45, blank=True)
    agent = models.CharField("浏览器", max_length=200, blank=True)
    named_there = models.CharField(max_length=64, blank=True, db_index=True)
    session_there = models.CharField(max_length=64, blank=True, db_index=True)
    """Of whoever came by single sign-on: his name at the provider, and his session there, as marks
    (`marked`).
    """

    class Meta:
        verbose_name = "登录会话"

    def __str__(self) -> str:
        """Whose, since when."""
        return f"{self.user} {told_at(self.began_at)}"

    @property
    def browser(self) -> str:
        """The browser and the machine as people call them; what is not known, as it
        calls itself.
        """
        name = next((told for mark, told in _BROWSERS if mark in self.agent), "")
        machine = next((told for mark, told in _MACHINES if mark in self.agent), "")
        return f"{name}（{machine}）" if name and machine else self.agent[:60]


class SignOn(models.Model):
    """The account at a provider of single sign-on by which a person comes in; 系统管理员 says it, nobody
    else and no log-in.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="sign_on")
    provider = models.CharField(max_length=200)
    """Its address: what another provider calls by the same name is somebody else."""
    subject = models.CharField("统一身份认证账号", max_length=200)
    linked_at = models.DateTimeField("关联时间")
    linked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "统一身份认证关联"
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "subject"], name="one_account_for_a_subject"
            )
        ]

    def __str__(self) -> str:
        """Its name there."""
        return self.subject


class EndedThere(models.Model):
    """A provider's word that a session there has ended: taken once, and it also stops who is on his
    way in by that session.
    """

    token = models.CharField(max_length=64, unique=True)
    named_there = models.CharField(max_length=64, blank=True)
    session_there = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField("时间", db_index=True)

    class Meta:
        verbose_name = "统一身份认证退出通知"

    def __str__(self) -> str:
        """When."""
        return f"{told_at(self.at)}"


class SecondFactor(models.Model):
    """An authenticator (TOTP, RFC 6238: SHA-1, six digits, 30 seconds, as every such program
    understands).
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="second_factor")
    secret = SealedTextField()
    since_at = models.DateTimeField("启用时间")
    last_step = models.PositiveBigIntegerField(default=0)
    """The 30 seconds that the last code was of: no code is taken twice."""
    spare = models.JSONField(default=list)
    """SHA-256 of the spare codes that are left."""

    class Meta:
        verbose_name = "动态口令"

    def __str__(self) -> str:
        """Whose."""
        return str(self.user)


class ApiToken(models.Model):
    """A token by which another system, or a program of the person himself, acts with his rights."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField("用途", max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    begins = models.CharField("开头", max_length=12)
    made_at = models.DateTimeField("建立时间")
    expires_on = models.DateField("有效至")
    ended_at = models.DateTimeField("作废时间", null=True)
    window = models.PositiveBigIntegerField(default=0)
    """The minute that `calls` counts, since 1970."""
    calls = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "接口令牌"

    def __str__(self) -> str:
        """Its use."""
        return self.name
