"""Where reminders go."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email


def is_address(text: str) -> bool:
    """Whether it is a mail address."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
