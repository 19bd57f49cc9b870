"""The password rule that Django lacks."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from taizhang.orgs.models import User


class ThreeClasses:
    """Three of: lower case, upper case, digits, others (DOMAIN 9.1)."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Refuse a password of fewer classes."""
        del user
        tests = (str.islower, str.isupper, str.isdigit, lambda c: not c.isalnum())
        if sum(any(test(char) for char in password) for test in tests) < 3:
            raise ValidationError(self.get_help_text())

    def get_help_text(self) -> str:
        """The rule in words."""
        return "密码须含大写字母、小写字母、数字、符号中的至少三类。"
