"""The password rules of the installation, where Django asks for them."""

from __future__ import annotations

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError

from taizhang.orgs.models import User
from taizhang.orgs.queries.login import rules

_CLASSES = (str.islower, str.isupper, str.isdigit, lambda c: not c.isalnum())


class ByTheRules:
    """Length, classes and no return to an old one, as 安全管理员 has set them (DOMAIN 9.1)."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Refuse what is too short, too plain, or was used before."""
        asked = rules()
        wrong = []
        if len(password) < asked.password_length:
            wrong.append(f"密码至少{asked.password_length}位。")
        if sum(any(test(char) for char in password) for test in _CLASSES) < asked.password_classes:
            wrong.append(
                f"密码须含大写字母、小写字母、数字、符号中的至少{asked.password_classes}类。"
            )
        if user is not None and user.pk:
            past = user.past_passwords.order_by("-at", "-pk")[: asked.password_history]
            if any(check_password(password, one.stored) for one in past):
                wrong.append(f"不能与最近{asked.password_history}次用过的密码相同。")
        if wrong:
            raise ValidationError(wrong)

    def get_help_text(self) -> str:
        """The rule in words."""
        asked = rules()
        return (
            f"至少{asked.password_length}位，含大写字母、小写字母、数字、符号中的"
            f"{asked.password_classes}类，不能与最近{asked.password_history}次用过的相同。"
        )
