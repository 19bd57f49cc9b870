"""Sealing everything anew: row by row, text by text, and only what is not fresh."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from taizhang.kernel import secret
from taizhang.kernel.actions import keys
from taizhang.ledgers.kinds.talks import HeartTalk
from taizhang.ledgers.models import EntryVersion
from tests.make import Cast, raw, save

OLD, NEW = b"1" * 32, b"2" * 32


@pytest.fixture
def stale_text(settings: Any) -> str:
    settings.FIELD_KEYS = [OLD]
    text = secret.seal("旧")
    settings.FIELD_KEYS = [NEW, OLD]
    return text


def test_in_a_document_only_what_is_stale_is_sealed_anew(stale_text: str) -> None:
    fresh = secret.seal("新")
    given = {"a": stale_text, "b": fresh, "c": ["字", stale_text, 1], "d": "没有封存", "e": None}

    found: Any = keys._anew(given)

    assert secret.is_fresh(found["a"])
    assert (found["c"][0], found["c"][2]) == ("字", 1)
    assert secret.unseal(found["c"][1]) == secret.unseal(found["a"]) == "旧"
    assert secret.is_fresh(found["c"][1])
    assert {name: found[name] for name in "bde"} == {name: given[name] for name in "bde"}


@pytest.mark.parametrize("given", ["没有封存", "", 1, None, [], {}, ["字", 1], {"a": ["字"]}])
def test_a_document_without_anything_sealed_stays(given: Any) -> None:
    assert keys._anew(given) is None


def test_a_fresh_text_stays_as_it_is(stale_text: str) -> None:
    assert keys._anew(secret.seal("新")) is None


def test_every_row_is_sealed_anew_whatever_the_size_of_a_batch(
    people: Cast, now: datetime, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FIELD_KEYS = [OLD]
    actor = people.actor("clerk")
    for n in range(5):
        save(people.own, actor, now, "talks", **raw("talks") | {"held_on": f"2018-01-0{n + 1}"})
    EntryVersion.objects.create(
        kind="talks",
        entry_id=1,
        version=1,
        values={"content": secret.seal("旧"), "topic": "题"},
        at=now,
        by=actor.user,
    )
    monkeypatch.setattr(keys, "BATCH", 2)
    settings.FIELD_KEYS = [NEW, OLD]
    assert keys.stale() == 7  # five talks, a version, and the key of the marks of rows

    told: list[int] = []
    assert keys.reseal(now=now, progress=told.append) == 7

    assert (keys.stale(), max(told), keys.unopenable()) == (0, 7, [])
    settings.FIELD_KEYS = [NEW]
    assert {talk.content for talk in HeartTalk.objects.all()} == {raw("talks")["content"]}
    values = EntryVersion.objects.get().values
    assert (secret.unseal(values["content"]), values["topic"]) == ("旧", "题")
    settings.FIELD_KEYS = [OLD]
    assert any("hearttalk.content" in column for column in keys.unopenable())
