"""Broken documents: whatever the bytes are, they are read or refused in one sentence, and nothing breaks."""

from __future__ import annotations

import io
import random
import zipfile

import pytest

from taizhang.intake import read
from tests.intake.test_binder import BINDER, made

_DAY, _NIGHT = 150, 5000


def _broken(seed: int) -> tuple[str, bytes]:
    """A file of the binder with bytes changed, cut off or doubled, in the file or in what is packed in it."""
    dice = random.Random(seed)
    case = BINDER[seed % len(BINDER)]
    data = made(case)
    if dice.random() < 0.7:
        return case["file"], _packed(data, dice)
    return case["file"], _spoilt(data, dice)


def _packed(data: bytes, dice: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        names = [name for name in old.namelist() if name.endswith(".xml")]
        chosen = dice.choice(names)
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, _spoilt(part, dice) if name == chosen else part)
    return out.getvalue()


def _spoilt(data: bytes, dice: random.Random) -> bytes:
    found = bytearray(data)
    at = dice.randrange(len(found))
    way = dice.randrange(4)
    if way == 0:
        del found[at:]
    elif way == 1:
        del found[at : at + dice.randrange(1, 200)]
    elif way == 2:
        found[at:at] = found[at : at + dice.randrange(1, 400)]
    else:
        for _ in range(dice.randrange(1, 30)):
            found[dice.randrange(len(found))] = dice.randrange(256)
    return bytes(found)


def _read_all(count: int, start: int) -> None:
    for seed in range(start, start + count):
        name, data = _broken(seed)
        for one in read.unpacked(name, data):
            for document in read.documents(one.name, one.data):
                assert document.records or document.warnings, seed
                for record in document.records:
                    assert record.values.keys() == record.sources.keys(), seed


def test_broken_documents_are_read_or_refused() -> None:
    _read_all(_DAY, 0)


@pytest.mark.night
def test_thousands_of_broken_documents_are_read_or_refused() -> None:
    _read_all(_NIGHT, 10_000)
