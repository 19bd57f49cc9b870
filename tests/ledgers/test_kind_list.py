"""The list of all ledgers, narrowed to what is typed: by name, by pinyin, by the requirement that a
ledger serves.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.pages import kind_list
from tests.make import Cast, inspected, raw, save

pytestmark = pytest.mark.django_db


def _found(people: Cast, words: str) -> list[str]:
    found = kind_list.kind_list(words=words, actor=people.actor("clerk"))
    return [line.kind.slug for _, lines in found.sections for line in lines]


def test_words_narrow_the_kinds(people: Cast, now: datetime) -> None:
    inspected(now, (2015, 2018), date(2018, 10, 25))
    assert len(_found(people, "")) == len(KINDS)
    assert _found(people, "会议台账") == ["meetings"]
    assert "meetings" in _found(people, "hytz")
    assert "expenses" in _found(people, "JFZC")
    assert set(_found(people, "L35")) == {"activities", "budgets", "expenses"}
    assert "meetings" in _found(people, "党小组会")  # no ledger is called so: a requirement is
    assert "members" not in _found(people, "党小组会")
    assert _found(people, "没有这种") == []


def test_the_list_works_without_a_script_and_htmx_gets_only_the_table(
    people: Cast, now: datetime, login: Any
) -> None:
    save(people.own, people.actor("clerk"), now, "meetings", **raw("meetings"))
    client = login(people.users["clerk"])

    page = client.get("/ledgers/?q=会议台账").content.decode()
    part = client.get("/ledgers/?q=会议台账", headers={"HX-Request": "true"}).content.decode()
    none = client.get("/ledgers/?q=没有这种").content.decode()

    assert "找到 1 种台账" in page
    assert 'value="会议台账"' in page
    assert ">1 条</a>" in page
    assert raw("meetings")["held_on"] in page
    assert "<h1" not in part
    assert "找到 1 种台账" in part
    assert "没有这样的台账" in none
    assert 'href="/search/?q=' in none
