"""Values that lie encrypted in the database: id numbers, phones, income, talks (DOMAIN 9.3, 9.4).

A sealed text says how it is to be opened: `v2:<cipher>:<key>:<base64>`, where the cipher is `aes`
(AES-256-GCM) or `sm4` (SM4-GCM, the national one), and the key is named by the first eight letters
of its SHA-256. So keys and ciphers may change while old values stay readable; `taizhang keys
rotate` seals everything again. `v1:` is AES with whatever key opens it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
from typing import Any, TypeGuard

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, CipherAlgorithm, algorithms, modes
from django.conf import settings
from django.db import models

_NONCE, _TAG = 12, 16


class CannotOpen(ValueError):
    """No key at hand opens it, or it was touched."""


def key_name(key: bytes) -> str:
    """What a key is called in what it seals."""
    return hashlib.sha256(key).hexdigest()[:8]


def _algorithm(cipher: str, key: bytes) -> CipherAlgorithm:
    if cipher == "aes":
        return algorithms.AES256(key)
    return algorithms.SM4(hashlib.sha256(b"sm4" + key).digest()[:16])


def seal(plain: str) -> str:
    """Encrypt with the present key, which lies outside the database."""
    key, nonce = settings.FIELD_KEYS[0], os.urandom(_NONCE)
    sealing = Cipher(_algorithm(settings.FIELD_CIPHER, key), modes.GCM(nonce)).encryptor()
    sealed = sealing.update(plain.encode()) + sealing.finalize()
    text = base64.b64encode(nonce + sealed + sealing.tag).decode()
    return f"v2:{settings.FIELD_CIPHER}:{key_name(key)}:{text}"


def unseal(stored: str) -> str:
    """The value that was sealed; raises when no key at hand fits or the text was touched."""
    cipher, name, text = _parts(stored)
    raw = base64.b64decode(text)
    for key in settings.FIELD_KEYS:
        if name in ("", key_name(key)):
            try:
                return _opened(_algorithm(cipher, key), raw)
            except InvalidTag:
                continue
    raise CannotOpen("没有能打开它的密钥，或者内容被改动。")


def _parts(stored: str) -> tuple[str, str, str]:
    if stored.startswith("v1:"):
        return "aes", "", stored[3:]
    _, cipher, name, text = stored.split(":")
    return cipher, name, text


def _opened(algorithm: CipherAlgorithm, raw: bytes) -> str:
    mode = modes.GCM(raw[:_NONCE], raw[-_TAG:])
    opening = Cipher(algorithm, mode).decryptor()
    return (opening.update(raw[_NONCE:-_TAG]) + opening.finalize()).decode()


_SEALED = re.compile(r"v1:[A-Za-z0-9+/=]+|v2:(aes|sm4):[0-9a-f]{8}:[A-Za-z0-9+/=]+")


def is_sealed(text: object) -> TypeGuard[str]:
    """Whether this looks like what `seal` answers."""
    return isinstance(text, str) and _SEALED.fullmatch(text) is not None


def is_fresh(text: str) -> bool:
    """Whether it is sealed with the present key and cipher."""
    return text.startswith(f"v2:{settings.FIELD_CIPHER}:{key_name(settings.FIELD_KEYS[0])}:")


def blind(text: str) -> str:
    """What a value is found by though it is sealed: the same for the same text, and nothing without
    the key.
    """
    plain = "".join(text.split()).upper()
    key = hmac.digest(settings.FIELD_KEYS[0], b"blind index", "sha256")
    return hmac.new(key, plain.encode(), "sha256").hexdigest()[:32] if plain else ""


class SealedTextField(models.TextField):  # type: ignore[type-arg]
    """A text that the database holds only encrypted; it cannot be searched or sorted."""

    def from_db_value(self, value: str | None, *_: object) -> str | None:
        """Open what the database holds."""
        return unseal(value) if value else value

    def get_prep_value(self, value: object) -> object:
        """Seal what is to be stored; nothing stays nothing."""
        return seal(str(value)) if value else value

    @staticmethod
    def masked(text: str) -> str:
        """What is shown of it to those who have not said why they want to see it."""
        return "＊＊＊" if text else ""


class SealedLineField(SealedTextField):
    """The same of one line; migrations know it as any sealed text."""

    def deconstruct(self) -> Any:
        """As a sealed text; what says more about itself is its own."""
        name, path, args, kwargs = super().deconstruct()
        own = path.endswith(f".{SealedLineField.__name__}")
        return (
            name,
            path.replace("SealedLineField", "SealedTextField") if own else path,
            args,
            kwargs,
        )


class SealedIdField(SealedLineField):
    """公民身份号码."""

    @staticmethod
    def masked(text: str) -> str:
        """320402********1234."""
        return (
            f"{text[:6]}{'*' * (len(text) - 10)}{text[-4:]}"
            if len(text) > 12
            else "＊＊＊" * bool(text)
        )


class SealedPhoneField(SealedLineField):
    """A telephone number."""

    @staticmethod
    def masked(text: str) -> str:
        """138****5678."""
        return f"{text[:3]}****{text[-4:]}" if len(text) > 9 else "＊＊＊" * bool(text)


class SealedIntegerField(models.TextField):  # type: ignore[type-arg]
    """A whole number that the database holds only encrypted; it cannot be searched or sorted."""

    def from_db_value(self, value: str | None, *_: object) -> int | None:
        """Open what the database holds."""
        return None if value is None else int(unseal(value))

    def get_prep_value(self, value: int | str | None) -> str | None:
        """Seal what is to be stored."""
        return None if value is None else seal(str(int(value)))

    def to_python(self, value: int | str | None) -> int | None:
        """A number from what a form or a file holds."""
        return None if value in (None, "") else int(value)

    masked = staticmethod(SealedTextField.masked)


class BlindIndexField(models.CharField):  # type: ignore[type-arg]
    """What the sealed field `of` is found by; it follows that field whenever a row is saved."""

    def __init__(self, *args: Any, of: str = "", **kwargs: Any) -> None:
        """The field that it follows."""
        self.of = of
        super().__init__(
            *args, **{"max_length": 32, "blank": True, "editable": False, "db_index": True} | kwargs
        )

    def deconstruct(self) -> Any:
        """With the field that it follows."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: FBT001 Django's own signature
        """Follow."""
        del add
        found = blind(getattr(model_instance, self.of) or "")
        setattr(model_instance, self.attname, found)
        return found
