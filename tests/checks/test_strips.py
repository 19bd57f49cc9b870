"""One strip of time: each cell opens its records, or the form that fills it; nothing but the cell
is prefilled.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from taizhang.checks.actions import checking
from taizhang.checks.pages import due_list, meeting_matrix, strips
from taizhang.checks.reasons import queries
from taizhang.kernel.calendar import windows
from taizhang.orgs.models import Organisation
from taizhang.rules import base
from tests.make import Cast, inspected, raw, save

COMMITTEE = "at/L29:L29.1"


@pytest.fixture
def judged(people: Cast, now: datetime) -> str:
    """Two years judged, with a committee meeting in March; the address of the branch."""
    inspected(now, (2017, 2018), date(2018, 10, 25))
    march = raw("meetings") | {"held_on": "2018-03-06"}
    save(people.own, people.actor("clerk"), datetime(2018, 3, 7, tzinfo=UTC), "meetings", **march)
    checking.check_all(name="reference", actor=None, now=now)
    return f"/branches/{people.own.pk}/"


def _lines(people: Cast, now: datetime, **asked: Any) -> list[due_list.Line]:
    scope = queries.must_have_scope()
    due = due_list.expected(branch=people.own, scope=scope, today=now.date(), **asked)
    return [line for _, lines in due.items for line in lines]


def test_a_cell_that_is_full_opens_its_records(people: Cast, login: Any, judged: str) -> None:
    answer = login(people.users["clerk"]).get(f"{judged}{COMMITTEE}/2018-03/")
    assert answer.headers["Location"] == (
        f"/ledgers/meetings/?branch={people.own.pk}&from=2018-03-01&to=2018-03-31&choice=commit"
        "tee_meeting"
    )


def test_an_empty_cell_opens_the_form_without_a_day(people: Cast, login: Any, judged: str) -> None:
    clerk = login(people.users["clerk"])
    page = clerk.get(f"{judged}expected/").content.decode()
    assert f'href="../{COMMITTEE}/2018-04/?new=1" title="2018年4月：缺">缺</a>' in page
    assert f'href="../{COMMITTEE}/2018-03/" title="2018年3月：有"></a>' in page

    form = clerk.get(f"{judged}{COMMITTEE}/2018-04/?new=1", follow=True).content.decode()

    assert '<option value="支委会" selected>' in form
    day = form[form.rindex("<", 0, form.index('id="id_held_on"')) :].split(">", 1)[0]
    assert 'value=""' in day


def test_who_does_not_keep_the_ledger_sees_the_records(
    people: Cast, login: Any, judged: str
) -> None:
    answer = login(people.users["office"]).get(f"{judged}{COMMITTEE}/2018-04/?new=1")
    assert answer.headers["Location"].startswith("/ledgers/meetings/?branch=")
    assert login(people.users["foreign"]).get(f"{judged}{COMMITTEE}/2018-04/").status_code == 403
    assert login(people.users["office"]).get(f"{judged}at/L29:nothing/2018-04/").status_code == 404


def test_a_group_stands_in_the_form_of_its_cell(
    people: Cast, now: datetime, login: Any, judged: str
) -> None:
    line = next(one for one in _lines(people, now, item="L30") if one.group >= 0)
    url = f"{judged}at/{line.rule}/2018-04/?new=1&group={line.group}"
    form = login(people.users["clerk"]).get(url, follow=True).content.decode()
    assert '<option value="党小组会" selected>' in form
    assert f'name="group" value="{line.whose}" list="names-group"' in form


@pytest.mark.usefixtures("judged")
def test_every_cell_of_every_duty_leads_somewhere(people: Cast, now: datetime) -> None:
    clerk, scope = people.actor("clerk"), queries.must_have_scope()
    for line in _lines(people, now):
        for new in (True, False):
            url = strips.target(
                branch=people.own, rule=line.rule, window=line.cells[0].window, group=line.group,
                new=new, scope=scope, actor=clerk,
            )  # fmt: skip
            assert url.startswith("/ledgers/"), (line.rule, url)


@pytest.mark.usefixtures("judged")
def test_a_year_is_a_part_of_all_years(people: Cast, now: datetime) -> None:
    for line in _lines(people, now):
        years = [line.of_years([year]).cells for year in (2017, 2018)]
        assert [sum(cell.months for cell in cells) for cells in years] == [12, 12]
        assert years[0] + years[1] == line.cells


def _records(clerk: Any, item: str) -> str:
    """The part of an item's page that the page fetches once it stands."""
    part = clerk.get(f"{item}?part=ledgers", headers={"HX-Request": "true"})
    told: str = part.content.decode()
    return told


def test_an_item_shows_its_strip_its_records_and_their_files(
    people: Cast, login: Any, judged: str
) -> None:
    clerk = login(people.users["clerk"])
    page = clerk.get(f"{judged}items/L29/").content.decode()
    assert f'href="../../{COMMITTEE}/2018-03/"' in page
    assert page.count("每月召开一次</th>") == 1
    records = _records(clerk, f"{judged}items/L29/")
    assert ">2018-03-06</a>" in records
    assert "督查期内共 1 条" in records
    assert (
        f"/ledgers/meetings/new/?branch={people.own.pk}&amp;kind=%E6%94%AF%E5%A7%94%E4%BC%9A"
        in page
    )
    other = _records(clerk, f"{judged}items/L28/")
    assert "督查期内共" in other
    assert ">2018-03-06</a>" not in other


def test_an_item_fetches_its_records_once_the_page_stands_and_leads_to_them_without_a_script(
    people: Cast, login: Any, judged: str
) -> None:
    clerk = login(people.users["clerk"])
    page = clerk.get(f"{judged}items/L30/").content.decode()
    records = page[page.index('id="records"') :]
    assert "督查期内共" not in records
    assert 'hx-get="?part=ledgers" hx-trigger="load' in records, "also what is never scrolled to"
    part = _records(clerk, f"{judged}items/L30/")
    kinds = queries.kinds_for("L30")
    assert part.count("督查期内共") == len(kinds) > 1
    assert "<html" not in part
    assert "hx-get" not in part
    for slug, title in kinds:
        assert f"<h3>{title}" in records, "named, and led to, without a script too"
        assert f'href="/ledgers/{slug}/?branch={people.own.pk}' in records
        assert f"<h3>{title}" in part


def test_a_branch_page_has_the_meetings_and_no_other_duty(
    people: Cast, now: datetime, login: Any, judged: str
) -> None:
    page = login(people.users["clerk"]).get(judged).content.decode()
    assert "会议逐月" in page
    shown = _lines(people, now, only=due_list.of_meetings)
    assert {line.item for line in shown} >= {"L28", "L29", "L30"}
    assert page.count('<th scope="row" class="name">') == len(shown)


def test_reasons_of_one_rule_stand_together_and_say_their_basis_once(
    people: Cast, now: datetime, login: Any, judged: str
) -> None:
    for day in ("2018-05-08", "2018-07-10"):
        values = raw("meetings") | {"held_on": day, "host_name": "", "place": ""}
        save(people.own, people.actor("clerk"), now, "meetings", **values)
    checking.check_all(name="reference", actor=None, now=now)
    report = queries.item_report(branch=people.own, key="L29")

    codes = [matter.first.code for matter in report.matters]
    assert [code for at, code in enumerate(codes) if code != codes[at - 1] or not at] == list(
        dict.fromkeys(codes)
    )
    page = login(people.users["clerk"]).get(f"{judged}items/L29/").content.decode()
    body = page[: page.index('id="records"')]
    assert body.count("依据：") == len(set(codes))


def test_all_years_of_meetings_are_the_years_one_after_the_other(
    people: Cast, login: Any, judged: str
) -> None:
    del judged
    office, today = people.actor("office"), date(2018, 10, 25)
    asked: dict[str, Any] = {"actor": office, "kind": "committee_meeting", "today": today}
    whole = meeting_matrix.of_years(years=[2017, 2018], **asked)
    each = [meeting_matrix.meetings_matrix(year=year, **asked) for year in (2017, 2018)]

    for row, *parts in zip(whole.rows, *(one.rows for one in each), strict=True):
        assert row.slots == [slot for part in parts for slot in part.slots]
        assert row.wanted == sum(part.wanted for part in parts)
    client = login(people.users["office"])
    page = client.get("/meetings/").content.decode()
    assert 'title="2018年2月：0/1">缺</a>' in page
    assert page.count("2018年3月") == 1  # the other branch held none
    assert client.get("/meetings/?year=2018").content.decode().count(">3</th>") == 1
    assert client.get("/meetings/export/").status_code == 200


def test_a_phone_shows_the_latest_year_of_meetings_and_a_chosen_one(
    people: Cast, login: Any, judged: str
) -> None:
    clerk = login(people.users["clerk"])
    page = clerk.get("/meetings/").content.decode()
    row = next(part for part in page.split("<tr>") if f'href="{judged}#meetings"' in part)
    cells = re.findall(r"<td[^>]*>", row)[:-1]
    years = [int(one) for one in re.findall(r"year=(\d{4})\">\d{4}</a>", page)]

    assert years[-1] == 2018
    assert len(cells) == 12 * len(years)
    assert page.count(' old">') == len(years) - 1, (
        "the heads; of the cells a style leaves the last twelve"
    )
    assert f"这里是 {years[-1]} 年" in page
    whole = meeting_matrix.of_years(
        actor=people.actor("clerk"), kind="committee_meeting", years=years, today=date(2018, 10, 25)
    )
    before = [slot for one in whole.rows for slot in one.slots if slot.year < 2018 and slot.gap]
    assert f"还有 {len(before)} 处缺或少" in page
    assert f'at/{whole.rule}/2018-02/?new=1" title="2018年2月：0/1">缺</a>' in row
    form = clerk.get(f"{judged}at/{whole.rule}/2018-02/?new=1").url
    assert form.startswith("/ledgers/meetings/new/")
    chosen = clerk.get(f"/meetings/?year={years[0]}").content.decode()
    assert 'class="old' not in chosen
    assert f'<b aria-current="true">{years[0]}</b>' in chosen
    of_march = clerk.get("/meetings/?year=2018").content.decode()
    assert f'<td><a href="{judged}at/{whole.rule}/2018-03/">1/1</a><td' in of_march
    assert f'<td><a href="{judged}at/{whole.rule}/2018-03/">1/1</a>' in page
    assert "?branch=" in clerk.get(f"{judged}at/{whole.rule}/2018-03/").url


@pytest.mark.parametrize(
    ("n_branches", "n_lacking", "linked"),
    [(1, 0, "all"), (1, 48, "all"), (40, 0, "lately"), (40, 3, "gaps"), (40, 48, "")],
)
def test_as_many_cells_are_links_as_a_page_can_carry(
    n_branches: int, n_lacking: int, linked: str
) -> None:
    years = [2015, 2016, 2017, 2018]
    months = list(windows("month", date(2015, 1, 1), date(2018, 12, 31)))
    held = [int(at >= n_lacking) for at in range(len(months))]
    slots = [meeting_matrix.Slot(n, 1, n, window) for n, window in zip(held, months, strict=True)]
    rows = [
        meeting_matrix.MeetingsRow(Organisation(pk=100 + at), slots, 0, 48, (0, 12))
        for at in range(n_branches)
    ]
    found = meeting_matrix.Meetings("committee_meeting", "支委会", years, months, rows, "L29:L29.1")

    cells = "".join(cells for _, _, cells in found.drawn)

    assert found.linked == linked
    assert len(cells.encode()) <= meeting_matrix.MOST_BYTES
    assert cells.count("<td") == 48 * n_branches
    links = {"all": 48, "lately": 12, "gaps": n_lacking, "": 0}[linked] * n_branches
    assert cells.count("<a href") == links


def test_many_of_a_kind_are_listed_in_full_where_somebody_asks(
    people: Cast, login: Any, judged: str
) -> None:
    clerk = login(people.users["clerk"])
    page = clerk.get(f"{judged}items/L25/").content.decode()
    assert "处，全部列出" in page
    whole = queries.item_report(branch=people.own, key="L25")
    matter = next(one for one in whole.matters if one.unlisted)

    asked = clerk.get(f"{judged}items/L25/?rule={matter.first.code}").content.decode()

    assert all(reason.text in asked for reason in matter.members)
    assert matter.members[-1].text not in page
    other = next(one for one in whole.matters if one.first.code != matter.first.code)
    assert f"{other.first.code}：" not in asked


def test_what_came_late_is_found_in_one_walk_through_the_records(
    people: Cast, now: datetime, judged: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    del judged
    for day in ("2018-05-08", "2018-07-10"):
        late = datetime(2018, 9, 20, tzinfo=UTC)
        save(
            people.own,
            people.actor("clerk"),
            late,
            "meetings",
            **raw("meetings") | {"held_on": day},
        )
    checking.check_all(name="reference", actor=None, now=now)
    looked, matches = list[tuple[Any, str]](), base.matches

    def counted(row: Any, where: Any) -> bool:
        looked.append((row, repr(where)))
        return matches(row, where)

    monkeypatch.setattr(due_list, "matches", counted)

    lines = [one for one in _lines(people, now, item="L29") if one.rule == "L29:L29.1"]

    assert [cell.window for cell in lines[0].cells if cell.state == "late"] == [
        "2018-05",
        "2018-07",
    ]
    assert len(looked) == len(set(looked)), "no record was looked at twice for a rule"


def test_an_item_counts_what_was_in_force_when_it_began_before(
    people: Cast, now: datetime, login: Any, judged: str
) -> None:
    clerk = login(people.users["clerk"])
    scope = queries.must_have_scope()
    before = scope.from_on - timedelta(days=400)
    for name, end in ("一直在的组", ""), ("早就撤了的组", f"{scope.from_on - timedelta(days=30)}"):
        values = raw("groups") | {"name": name, "valid_from": f"{before}", "valid_to": end}
        save(people.own, people.actor("clerk"), now, "groups", **values)
    records = _records(clerk, f"{judged}items/L30/")
    assert "一直在的组" in records
    assert "早就撤了的组" not in records
