"""Wrong passwords and codes of late: by account and place, and by address."""

from __future__ import annotations

from django.db import models

from taizhang.kernel.writing.moments import day_of
from taizhang.orgs.models.accounts import User


class LoginTries(models.Model):
    """How often one account was tried in vain from one place: an address, or a browser that has
    logged in before.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tries")
    place = models.CharField(max_length=80)
    failed = models.PositiveIntegerField("连续输错", default=0)
    last_at = models.DateTimeField("最近一次")
    locked_until = models.DateTimeField("锁定至", null=True)

    class Meta:
        verbose_name = "登录尝试"
        constraints = [models.UniqueConstraint(fields=("user", "place"), name="login_tries_once")]

    def __str__(self) -> str:
        """Whose, from where."""
        return f"{self.user} {self.place}"


class KnownDevice(models.Model):
    """A browser in which an account has logged in before. It opens nothing; it only counts its
    tries by itself.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="devices")
    digest = models.CharField(max_length=64)
    seen_at = models.DateTimeField("最近登录")

    class Meta:
        verbose_name = "用过的浏览器"
        constraints = [models.UniqueConstraint(fields=("user", "digest"), name="known_device_once")]

    def __str__(self) -> str:
        """Whose, when."""
        return f"{self.user} {day_of(self.seen_at)}"


class AddressTries(models.Model):
    """How often an address has failed in one minute, with whatever names."""

    address = models.CharField("来源地址", max_length=45, unique=True)
    window = models.PositiveBigIntegerField()
    """The minute that `failed` counts, since 1970."""
    failed = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "来源地址的登录尝试"

    def __str__(self) -> str:
        """The address."""
        return self.address
