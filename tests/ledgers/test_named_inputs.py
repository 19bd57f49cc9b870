"""What the notice asks a record to contain is marked in the form, with the sentence it
comes from.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

import pytest

from taizhang.checks import engine
from taizhang.checks.models import CheckScope
from taizhang.checks.reasons.beside import form_places, named_inputs
from taizhang.checks.reasons.record_links import kind_of
from taizhang.ledgers.forms import places
from taizhang.ledgers.kinds import KINDS
from tests.make import Cast, inspected

CATALOGUE = "tianning-2018"
MARK = re.compile(
    r'<a href="#sentence-\d+"\s+tabindex="-1" title="(L\d\d) [^"]+" data-only="([^"]+)'
    r'"(\s+hidden)?>通知要求</a>'
)


def _marks(page: str, name: str) -> set[tuple[str, str, bool]]:
    part = page.partition(f'id="named-{name}"')[2].partition("</p>")[0]
    return {(item, only, bool(hidden)) for item, only, hidden in MARK.findall(part)}


@pytest.mark.django_db
def test_a_meeting_bears_the_mark_of_its_sort_and_the_sentence(
    people: Cast, now: datetime, login: Any
) -> None:
    inspected(now, (2015, 2018), date(2018, 10, 25))
    page = login(people.users["clerk"]).get("/ledgers/meetings/new/?kind=支委会").content.decode()

    assert _marks(page, "place") == {
        ("L28", "党员大会", True),
        ("L29", "支委会", False),
        ("L30", "党小组会", True),
    }
    assert _marks(page, "conclusion") == {("L30", "党小组会", True)}
    assert ("L29", "支委会", False) in _marks(page, "resolutions")
    assert 'aria-describedby="named-place wrong-place"' in page
    asked = engine.catalogue(CATALOGUE).item("L29")
    assert asked
    assert f"</b>（支委会）：{asked.requirement}</li>" in page
    assert 'id="named-ends_at"' not in page, "the notice names no end"


@pytest.mark.django_db
def test_without_a_notice_nothing_is_marked(people: Cast, login: Any) -> None:
    assert not CheckScope.objects.exists()
    page = login(people.users["clerk"]).get("/ledgers/meetings/new/").content.decode()
    assert "通知要求" not in page


def test_every_sentence_stands_in_the_notice_and_names_inputs_of_the_form() -> None:
    requirements = {item.id: item.asked for item in engine.catalogue(CATALOGUE).items}
    found = {kind.slug: named_inputs.named(CATALOGUE, kind) for kind in KINDS.values()}
    for slug, sentences in found.items():
        for one in sentences:
            assert one.sentence in requirements[one.item], (slug, one)
            assert one.inputs
            assert set(one.inputs) <= set(places.names(KINDS[slug])), (slug, one)
    assert len([slug for slug, sentences in found.items() if sentences]) >= 15
    plan = found["study-plans"][0]
    assert "考核的方式" in plan.sentence
    assert {"items", "requirement", "assessment"} <= set(plan.inputs)
    assert {one.only for one in found["meetings"]} == {"党员大会", "支委会", "党小组会", "党课"}


def test_a_word_within_a_longer_one_is_not_named() -> None:
    inputs = [set(one.inputs) for one in named_inputs.named(CATALOGUE, KINDS["meetings"])]
    assert not any({"group", "votes"} & one for one in inputs), "党小组会议记录, 表决结果统计"
    assert any("observers" in one for one in inputs), "列席人员、"


def test_every_column_that_must_be_filled_has_its_input() -> None:
    without = set()
    for rule in engine.catalogue(CATALOGUE).rules():
        slug = kind_of(rule)
        for column in rule.filled() if slug else ():
            if not form_places.of_column(KINDS[slug], rule, column):
                without.add(column)
    assert without == {"n_files"}, "files are given beside the record"
