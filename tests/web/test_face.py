"""What pages owe their readers, asked of the parts that draw them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import taizhang
from taizhang.checks.models import Outcome
from taizhang.checks.reasons.outcomes import Cell, worst_first
from taizhang.inspection.progress import round_comparison
from taizhang.ledgers.kinds import KINDS
from taizhang.web.lists.listing import Cell as ListCell
from tests.make import Cast


def test_a_bar_is_as_long_as_its_problems_are_many_and_that_of_all_fills_its_line() -> None:
    rows = [("全部", [3, 1, 0, 2]), ("城南", [3, 1, 0, 0]), ("城北", [0, 0, 0, 2])]
    assert round_comparison.bars(rows) == [
        [(0, 0, 50), (1, 50, 16), (3, 66, 34)],
        [(0, 0, 75), (1, 75, 25)],
        [(3, 0, 50)],
    ]
    assert round_comparison.bars([("全部", [0, 0, 0, 0])]) == [[]]


def test_what_is_worst_is_told_first_and_what_there_is_none_of_not_at_all() -> None:
    cells = [
        Cell("L01", Outcome.OK),
        Cell("L02", Outcome.NOT_APPLICABLE),
        Cell("L03", Outcome.MISSING),
        Cell("L04", Outcome.OK, warns=1),
    ]
    told = [code for code, _, _ in worst_first(cells)]
    assert told == [Outcome.MISSING, "warned", Outcome.OK, Outcome.NOT_APPLICABLE]


def test_a_day_is_not_broken_at_its_hyphens() -> None:
    assert ListCell("2018-10-25").is_day
    assert not ListCell("2018-1-城南1-01").is_day


def test_the_numbers_of_pages_are_drawn_in_one_place() -> None:
    drawn = re.compile(r"page_range|previous_page_number|next_page_number")
    folder = Path(taizhang.__file__).parent
    own = {p.name for p in folder.rglob("*.html") if drawn.search(p.read_text("utf-8"))}
    assert own == {"pager.html"}


@pytest.mark.django_db
def test_numbers_of_a_person_are_inputs_of_one_line_that_no_browser_keeps(
    people: Cast, login: Any
) -> None:
    page = login(people.users["clerk"]).get("/ledgers/members/new/").content.decode()
    for name in ("id_number", "phone", "home_address"):
        field = next(part for part in page.split("<input")[1:] if f'name="{name}"' in part)
        assert 'autocomplete="off"' in field.split(">")[0]
    kinds = {field.name: field.kind for field in KINDS["members"].fields()}
    assert {kinds[name] for name in ("id_number", "phone", "home_address")} == {"text"}


@pytest.mark.django_db
def test_a_form_says_beside_its_fields_what_is_wrong_and_leads_there(
    people: Cast, login: Any
) -> None:
    asked = {"branch": str(people.own.pk), "name": "", "joined_on": "？"}
    client = login(people.users["clerk"])
    page = client.post("/checks/members/try/", asked).content.decode()
    assert 'href="#id_joined_on"' in page
    assert 'id="lacking" href="#checked" hx-swap-oob="true">2 处有误' in page
    form = client.get("/ledgers/members/new/").content.decode()
    assert 'id="lacking"' in form
    assert 'id="checked"' in form


@pytest.mark.django_db
def test_a_long_form_has_headings_that_stand_above_fields_of_its_own(
    people: Cast, login: Any
) -> None:
    told = {kind.slug: kind.entering.headings for kind in KINDS.values() if kind.entering.headings}
    assert {"meetings", "cases"} <= told.keys()
    for slug, headings in told.items():
        kind = KINDS[slug]
        names = {one.name for one in kind.fields()} | {part.name for part in kind.parts}
        assert set(headings) <= names, slug
        page = login(people.users["clerk"]).get(f"/ledgers/{slug}/new/").content.decode()
        assert all(f'<h2 class="heading">{text}</h2>' in page for text in headings.values()), slug
