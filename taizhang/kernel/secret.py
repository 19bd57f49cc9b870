"""Values that lie encrypted in the database: income and the like (DOMAIN 9.3)."""

from __future__ import annotations

import base64
import os
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

_PREFIX = "v1:"


def seal(plain: str) -> str:
    """Encrypt with the key that lies outside the database."""
    nonce = os.urandom(12)
    sealed = _cipher().encrypt(nonce, plain.encode(), None)
    return _PREFIX + base64.b64encode(nonce + sealed).decode()


def unseal(stored: str) -> str:
    """The value that was sealed; raises when the key is another or the text was touched."""
    raw = base64.b64decode(stored.removeprefix(_PREFIX))
    return _cipher().decrypt(raw[:12], raw[12:], None).decode()


_CIPHERS: dict[bytes, AESGCM] = {}


def _cipher() -> AESGCM:
    key: bytes = settings.FIELD_KEY
    if key not in _CIPHERS:
        _CIPHERS[key] = AESGCM(key)
    return _CIPHERS[key]


class SealedTextField(models.TextField):  # type: ignore[type-arg]
    """A text that the database holds only encrypted; it cannot be searched or sorted."""

    def from_db_value(self, value: str | None, *_: object) -> str | None:
        """Open what the database holds."""
        return unseal(value) if value else value

    def get_prep_value(self, value: Any) -> Any:
        """Seal what is to be stored; nothing stays nothing."""
        return seal(str(value)) if value else value


class SealedIntegerField(models.TextField):  # type: ignore[type-arg]
    """A whole number that the database holds only encrypted; it cannot be searched or sorted."""

    def from_db_value(self, value: str | None, *_: object) -> int | None:
        """Open what the database holds."""
        return None if value is None else int(unseal(value))

    def get_prep_value(self, value: Any) -> Any:
        """Seal what is to be stored."""
        return None if value is None else seal(str(int(value)))

    def to_python(self, value: Any) -> Any:
        """A number from what a form or a file holds."""
        return None if value in (None, "") else int(value)
