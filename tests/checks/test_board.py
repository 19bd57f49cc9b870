"""总览: the worst in front, quiet branches folded, what nobody judged never quiet; every figure opens
its rows.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from taizhang.checks import engine
from taizhang.checks.actions import checking
from taizhang.checks.models import CheckScope, Outcome, Verdict
from taizhang.checks.pages import board, exports
from taizhang.orgs.models import Area, AreaMembership
from tests.conftest import NOW
from tests.make import Cast, inspected
from tests.modules import begins_with

pytestmark = pytest.mark.django_db

TODAY = date(2018, 10, 25)


def _judged(people: Cast) -> None:
    inspected(NOW, (2015, 2018), TODAY)
    checking.check_all(name="reference", actor=None, now=NOW)


begun = begins_with(_judged)


def _board(people: Cast, **chosen: Any) -> board.Board:
    return board.board(
        actor=people.actor("office"), chosen=board.BoardFilter(**chosen), today=TODAY
    )


def _all_fine(branch: int) -> None:
    Verdict.objects.filter(branch=branch).update(outcome=Outcome.OK, errors=0, warns=0)


def test_the_worst_comes_first_or_the_order_of_the_notice(people: Cast) -> None:
    Verdict.objects.filter(branch=people.own, outcome=Outcome.MISSING).update(outcome=Outcome.OK)
    worst = [row.branch for row in _board(people).shown]
    assert worst == [people.other, people.own]
    assert [row.branch for row in _board(people, order="notice").shown] == [
        people.own,
        people.other,
    ]


def test_the_heads_say_the_whole_name_of_an_item(people: Cast, login: Any) -> None:
    page = login(people.users["office"]).get("/board/").content.decode()
    heads = page.partition("<thead>")[2].partition("</thead>")[0]
    items = [item for _, some in _board(people).groups for item in some]
    assert max(len(item.name) for item in items) > 14
    for item in items:
        assert f'title="{item.name}">{item.id[1:]} {item.name}</a>' in heads


def test_the_branches_of_an_area_stand_together(people: Cast, now: datetime) -> None:
    for name, place in (("一片", people.other), ("二片", people.own)):
        area = Area.objects.create(name=name)
        AreaMembership.objects.create(area=area, organisation=place, valid_from=date(2015, 1, 1))

    assert [row.area for row in _board(people, order="area").shown] == sorted(("一片", "二片"))


def test_the_last_row_draws_how_many_branches_an_item_concerns(people: Cast, login: Any) -> None:
    bars = {item: (n, high) for item, n, (_, high) in _board(people).bars}
    most = max(n for n, _ in bars.values())
    assert {high for n, high in bars.values() if n == most} == {board.BAR}
    assert all((high > 0) == (n > 0) for n, high in bars.values())
    page = login(people.users["office"]).get("/board/").content.decode()
    assert page.count("<rect y=") == sum(n > 0 for n, _ in bars.values())


def test_a_cell_stands_below_its_own_heading(people: Cast) -> None:
    CheckScope.objects.update(catalogue="zhibu-2026")  # its L37 belongs to a 大类 in the middle
    found = _board(people, everybody=True)
    headed = [item.id for _, items in found.groups for item in items]

    assert headed != sorted(headed)
    assert [[cell.item for cell in row.cells] for row in found.rows] == [headed, headed]
    sheet = exports.of_board(found, [], [], engine.catalogue("zhibu-2026"))[0]
    assert [name.split()[0] for name in sheet.headers[2:-1]] == headed


def test_a_quiet_branch_is_folded_and_can_be_asked_for(people: Cast, login: Any) -> None:
    _all_fine(people.other.pk)
    found = _board(people)
    assert ([row.branch for row in found.shown], found.n_quiet) == ([people.own], 1)
    assert len(_board(people, everybody=True).shown) == 2
    client = login(people.users["office"])
    page = client.get("/board/").content.decode()
    assert "其余 1 个" in page
    assert f'/branches/{people.other.pk}/"' not in page
    assert f'/branches/{people.other.pk}/"' in client.get("/board/?all=1").content.decode()


@pytest.mark.parametrize("outcome", [Outcome.TO_JUDGE, Outcome.UNCHECKED])
def test_what_nobody_judged_is_not_quiet(people: Cast, outcome: str) -> None:
    _all_fine(people.other.pk)
    one = Verdict.objects.filter(branch=people.other, item="L29")
    if outcome == Outcome.UNCHECKED:
        one.delete()
    else:
        one.update(outcome=outcome)
    assert _board(people).n_quiet == 0


def test_a_reminder_is_not_quiet_either(people: Cast) -> None:
    _all_fine(people.other.pk)
    Verdict.objects.filter(branch=people.other, item="L29").update(warns=1)
    assert _board(people).n_quiet == 0


def test_the_figures_add_up_and_open_their_rows(people: Cast, login: Any) -> None:
    _all_fine(people.other.pk)
    found = _board(people)
    assert sum(n for _, _, n in found.counts) == 72
    assert next(n for code, _, n in found.counts if code == Outcome.OK) >= 36
    assert sum(found.affected) == sum(row.bad or 0 for row in found.rows)
    code = next(code for code, _, _ in found.counts if code == Outcome.MISSING)
    assert [row.branch for row in _board(people, only=code).shown] == [people.own]
    page = login(people.users["office"]).get("/board/?area=&order=notice").content.decode()
    assert "?area=&amp;order=notice&amp;only=missing" in page
