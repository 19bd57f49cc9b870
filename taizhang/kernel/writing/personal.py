"""What a 公民身份号码 (GB 11643) and a telephone number say of themselves."""

from __future__ import annotations

import re
from datetime import date

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def id_number(text: str) -> str | None:
    """The number in its one form, or nothing where it is none: 18 places, a real day of birth, the
    right last place.
    """
    plain = "".join(text.split()).upper()
    if not re.fullmatch(r"[1-9]\d{16}[\dX]", plain) or born(plain) is None:
        return None
    return plain if plain[17] == check_place(plain[:17]) else None


def check_place(first: str) -> str:
    """The last place that belongs to the first seventeen (ISO 7064 MOD 11-2)."""
    return _CHECKS[sum(int(c) * w for c, w in zip(first, _WEIGHTS, strict=True)) % 11]


def born(number: str) -> date | None:
    """The day of birth in the number."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def is_male(number: str) -> bool:
    """The place before the last is odd for men."""
    return int(number[16]) % 2 == 1


def phone(text: str) -> str | None:
    """A mobile number of 11 digits, or one with its area code; nothing where it is none."""
    plain = re.sub(r"[\s\-—－（）()]", "", text).removeprefix("+86")
    return plain if re.fullmatch(r"1[3-9]\d{9}|0\d{9,11}|[2-9]\d{6,7}", plain) else None
