"""Sealed values: two ciphers, keys that change, what was touched, and what a number
says of itself.
"""

from __future__ import annotations

import os
from datetime import date
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from taizhang.config.environment import field_keys
from taizhang.kernel import secret
from taizhang.kernel.writing import personal

ONE, TWO = b"1" * 32, b"2" * 32


@given(st.text(), st.sampled_from(["aes", "sm4"]))
def test_what_is_sealed_is_opened_by_either_cipher(text: str, cipher: str) -> None:
    from django.test import override_settings

    with override_settings(FIELD_KEYS=[ONE], FIELD_CIPHER=cipher):
        sealed = secret.seal(text)
        assert secret.unseal(sealed) == text
        assert secret.is_sealed(sealed)
        assert secret.seal(text) != sealed


def test_an_older_key_opens_and_a_strange_one_does_not(settings: Any) -> None:
    settings.FIELD_KEYS, settings.FIELD_CIPHER = [ONE], "aes"
    sealed = secret.seal("320")
    settings.FIELD_KEYS, settings.FIELD_CIPHER = [TWO, ONE], "sm4"
    assert secret.unseal(sealed) == "320"
    assert not secret.is_fresh(sealed)
    assert secret.is_fresh(secret.seal("320"))
    settings.FIELD_KEYS = [TWO]
    with pytest.raises(secret.CannotOpen):
        secret.unseal(sealed)


def test_what_was_touched_does_not_open(settings: Any) -> None:
    settings.FIELD_KEYS = [ONE]
    sealed = secret.seal("一二三四五六")
    place = len(sealed) - 6
    other = "A" if sealed[place] != "A" else "B"
    with pytest.raises(secret.CannotOpen):
        secret.unseal(sealed[:place] + other + sealed[place + 1 :])


def test_values_of_the_first_version_still_open(settings: Any) -> None:
    import base64

    settings.FIELD_KEYS = [TWO, ONE]
    nonce = os.urandom(12)
    old = (
        "v1:" + base64.b64encode(nonce + AESGCM(ONE).encrypt(nonce, "旧值".encode(), None)).decode()
    )
    assert secret.unseal(old) == "旧值"
    assert not secret.is_fresh(old)


def test_a_blind_index_is_the_same_for_the_same_and_nothing_without_the_key(settings: Any) -> None:
    settings.FIELD_KEYS = [ONE]
    found = secret.blind("99000019900506002x")
    assert found == secret.blind(" 99000019900506002X ")
    assert found != secret.blind("99000019900506003X")
    assert secret.blind("") == ""
    settings.FIELD_KEYS = [TWO]
    assert secret.blind("99000019900506002X") != found


@pytest.mark.parametrize("text", ["", "zz", "11" * 31, "11" * 32 + ",x"])
def test_keys_that_are_none_are_told_at_the_start(text: str) -> None:
    with pytest.raises(SystemExit, match="64位十六进制"):
        field_keys(text)


def test_several_keys_are_read_the_present_one_first() -> None:
    assert field_keys(f"{TWO.hex()}\n{ONE.hex()}\n") == [TWO, ONE]
    assert field_keys(f"{TWO.hex()},{ONE.hex()}") == [TWO, ONE]


@given(st.dates(date(1930, 1, 1), date(2005, 12, 31)), st.integers(0, 999))
def test_a_made_number_is_one_and_any_other_last_place_is_not(day: date, n: int) -> None:
    first = f"990000{day:%Y%m%d}{n:03d}"
    right = personal.check_place(first)
    assert personal.id_number(f" {first}{right.lower()}") == first + right
    assert personal.born(first + right) == day
    assert all(personal.id_number(first + c) is None for c in "0123456789X" if c != right)


@pytest.mark.parametrize(
    "text", ["", "１２３", "990000199002300011", "12345678901234567", "a" * 18]
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert personal.id_number(text) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [("199 0000 1234", "19900001234"), ("+86-19900001234", "19900001234"), ("0519-86666666", "051986666666"), ("86666666", "86666666"), ("12345", None), ("１２３４５６７８９０１", None)],
)  # fmt: skip
def test_telephone_numbers(text: str, told: str | None) -> None:
    assert personal.phone(text) == told


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [(secret.SealedIdField, "990000199005060021", "990000********0021"), (secret.SealedPhoneField, "19900005678", "199****5678"), (secret.SealedPhoneField, "123", "＊＊＊"), (secret.SealedTextField, "某路1号", "＊＊＊"), (secret.SealedTextField, "", "")],
)  # fmt: skip
def test_masks(field: Any, text: str, told: str) -> None:
    assert field.masked(text) == told
