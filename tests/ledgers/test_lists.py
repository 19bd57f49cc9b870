"""Lists of all kinds: sorted by a head, added up, counted through, and put back to how
they were.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest
from django.urls import reverse

from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.records import counted, queries
from tests.make import Cast, raw, save

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("menu_counted_once")]


@pytest.mark.parametrize("kind", KINDS.values(), ids=str)
def test_every_head_that_offers_to_sort_does_so(
    kind: LedgerKind, people: Cast, now: datetime, login: Any
) -> None:
    """On the page for its first column, in the list behind it for each."""
    save(people.own, people.actor("clerk"), now, kind.slug, **raw(kind.slug))
    clerk, url = login(people.users["clerk"]), reverse("ledgers:list", args=[kind])
    page = clerk.get(url).content.decode()
    offered = re.findall(r'sort=(-?\w+)"', page)
    assert offered or not kind.listed
    assert f'href="{url}">重置</a>' in page
    for column in offered:
        assert _sorted(kind, people, column) == ("ascending", f"-{column}")
        assert _sorted(kind, people, f"-{column}")[0] == "descending"
    for column in offered[:1]:
        up = clerk.get(url, {"sort": column}).content.decode()
        assert 'aria-sort="ascending"' in up
        assert f'sort=-{column}"' in up
        down = clerk.get(url, {"sort": f"-{column}"}).content.decode()
        assert 'aria-sort="descending"' in down


def _sorted(kind: LedgerKind, people: Cast, column: str) -> tuple[str, str]:
    """How the list says it is sorted when asked for this, and what its head asks for next."""
    page = queries.ledger_page(
        kind=kind, actor=people.actor("clerk"), filters=queries.Filters(sort=column)
    )
    (head,) = (one for one in page.heads if one.sorted)
    return head.sorted, head.sort


def _places(people: Cast, **filters: Any) -> list[str]:
    page = queries.ledger_page(
        kind=KINDS["activities"], actor=people.actor("clerk"), filters=queries.Filters(**filters)
    )
    at = page.columns.index("活动日期") if "活动日期" in page.columns else 0
    return [line.cells[at] for line in page.lines]


def test_sorting_is_by_the_column_and_nothing_that_is_sealed(people: Cast, now: datetime) -> None:
    for day in ("2017-05-01", "2016-05-01", "2018-05-01"):
        save(
            people.own,
            people.actor("clerk"),
            now,
            "activities",
            **raw("activities") | {"held_on": day},
        )
    latest = _places(people)
    assert latest == sorted(latest, reverse=True)
    assert _places(people, sort="held_on") == sorted(latest)
    assert _places(people, sort="no_such_column") == latest
    for kind in KINDS.values():
        heads = queries.ledger_page(
            kind=kind, actor=people.actor("clerk"), filters=queries.Filters()
        ).heads
        sealed = {f.label for f in kind.list_fields() if f.sensitive}
        assert not [head for head in heads if head.sort and head.label in sealed]


def test_money_is_added_up_over_all_pages(people: Cast, now: datetime, login: Any) -> None:
    for year, amount in (("2016", "100.50"), ("2017", "200"), ("2018", "0.25")):
        values = raw("budgets") | {
            "year": year,
            "amount": amount,
            "items": f"活动（金额：{amount}）",
        }
        save(people.own, people.actor("clerk"), now, "budgets", **values)
    page = queries.ledger_page(
        kind=KINDS["budgets"], actor=people.actor("clerk"), filters=queries.Filters(per_page=2)
    )
    totals = {head.label: head.total for head in page.heads}
    assert totals["预算金额"] == "300.75"
    shown = login(people.users["clerk"]).get("/ledgers/budgets/?per=20").content.decode()
    assert "合计 300.75" in shown
    assert "<option selected>20</option>" in shown


def test_a_cell_that_is_cut_leads_to_the_whole(people: Cast, now: datetime, login: Any) -> None:
    values = raw("activities") | {"theme": "主题" * 30}
    made = save(people.own, people.actor("clerk"), now, "activities", **values)
    page = login(people.users["clerk"]).get("/ledgers/activities/").content.decode()
    assert f'<a href="{made.pk}/">{("主题" * 30)[:39]}…</a>' in page


def test_one_way_of_entering_is_offered_first(people: Cast, login: Any) -> None:
    clerk = login(people.users["clerk"])
    for kind in ("dues-payments", "activities"):
        page = clerk.get(f"/ledgers/{kind}/").content.decode()
        assert page.count("button primary") == 1, kind


def test_the_pages_are_numbered_and_keep_what_was_asked(
    people: Cast, now: datetime, login: Any
) -> None:
    for month in range(1, 13):
        for day in (3, 17):
            values = raw("activities") | {
                "held_on": f"2016-{month:02d}-{day:02d}",
                "title": f"活动{month}-{day}",
            }
            save(people.own, people.actor("clerk"), now, "activities", **values)
    client = login(people.users["clerk"])
    page = client.get("/ledgers/activities/?per=20&sort=held_on&page=2").content.decode()
    assert '<b aria-current="page">2</b>' in page
    assert 'href="?per=20&amp;sort=held_on&amp;page=1"' in page
    assert "共 24 条" in page
    assert client.get("/ledgers/activities/?per=7").content.decode().count(">查看</a>") == 24


def test_the_numbers_of_branches_add_up_to_that_of_the_list(people: Cast, now: datetime) -> None:
    kind, actor = KINDS["activities"], people.actor("office")
    for _ in range(2):
        save(people.own, people.actor("clerk"), now, "activities", **raw("activities"))
    for narrowed, n in (
        (queries.Filters(), 2),
        (queries.Filters(branch=people.own.pk), 2),
        (queries.Filters(branch=people.other.pk), 0),
        (queries.Filters(among=frozenset({people.own.pk})), 2),
    ):
        counts = counted.counts_by_branch(kind, actor, narrowed)
        assert (
            queries.ledger_page(kind=kind, actor=actor, filters=narrowed, counts=counts).total == n
        )
