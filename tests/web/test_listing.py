"""Lists that are no ledgers: organisations, accounts, requirements and rules, all by one mechanism;
and filters with a name.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.urls import resolve

import taizhang
from taizhang.kernel.errors import BadInput
from taizhang.kernel.models import JournalLine
from taizhang.ledgers.search import go
from taizhang.orgs.lists import actions, queries
from taizhang.orgs.models import SavedFilter, User
from taizhang.web.lists.views import SAVING
from tests.make import Cast, inspected

pytestmark = pytest.mark.django_db
LISTS = {"/organisations/": "office", "/accounts/": "system", "/rules/requirements/": "office", "/rules/requirements/?view=rules": "office"}  # fmt: skip


@pytest.fixture
def pages(people: Cast, now: datetime, login: Any) -> Any:
    """Opens a list as the one who may."""
    inspected(now, (2015, 2018), date(2018, 10, 25))
    return lambda url, **asked: (
        login(people.users[LISTS[url]]).get(url, asked or None).content.decode()
    )


def _column(page: str, label: str) -> list[str]:
    heads = [
        re.sub("<[^>]+>| [↑↓]", "", one)
        for one in re.findall(r"<th scope=\"col\"[^>]*>(.*?)</th>", page)
    ]
    at = heads.index(label)
    body = page[page.index("<tbody>") :]
    rows = re.findall(r"<tr(?: class=\"done\")?>(.*?)</tr>", body, re.DOTALL)
    return [
        re.sub("<[^>]+>", "", re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)[at]).strip()
        for row in rows
    ]


@pytest.mark.parametrize("url", LISTS)
def test_every_list_sorts_by_its_heads_counts_and_is_put_back(
    url: str, pages: Any, people: Cast, login: Any
) -> None:
    page = pages(url)
    offered = re.findall(r'sort=(-?\w+)"', page)
    assert len(offered) >= 3
    client = login(people.users[LISTS[url]])
    sep = "&" if "?" in url else "?"
    for column in offered:
        up = client.get(f"{url}{sep}sort={column}").content.decode()
        assert 'aria-sort="ascending"' in up
        down = client.get(f"{url}{sep}sort=-{column}").content.decode()
        assert 'aria-sort="descending"' in down
        label = re.search(r'aria-sort="ascending"><a[^>]*>(.*?) ↑</a>', up)
        assert label
        told = [one for one in _column(up, label[1]) if one]
        turned = [one for one in _column(down, label[1]) if one]
        if "第 1／" not in page and len(set(told)) == len(told):
            assert told == turned[::-1], label[1]
    assert re.search(r"共 \d+ ", page)
    assert f'href="{url.partition("?")[0]}">重置</a>' in page
    assert len(page.encode()) <= 60_000


@pytest.mark.parametrize("url", LISTS)
def test_every_list_stands_in_the_order_that_the_person_gave_it(
    url: str, pages: Any, people: Cast, login: Any
) -> None:
    page, client = pages(url), login(people.users[LISTS[url]])
    name = re.search(r'name="list" value="([^"]+)"', page)
    offered = re.findall(r'name="column" value="([^"]+)" checked', page)
    assert name
    asked = {"list": name[1], "path": url.partition("?")[0], "column": offered}

    client.post("/lists/columns/", asked | {"right": offered[0]})

    turned = [offered[1], offered[0], *offered[2:]]
    page = pages(url)
    assert re.findall(r'name="column" value="([^"]+)" checked', page) == turned
    sorts = re.findall(r'<th scope="col"[^>]*><a href="[^"]*sort=(-?\w+)"', page)
    assert sorts == [one for one in turned if one in sorts]


def test_words_narrow_a_list_and_stand_in_the_address(pages: Any, people: Cast) -> None:
    page = pages("/organisations/", q=people.own.short_name)
    assert people.own.short_name in page
    assert people.other.full_name not in page
    assert f'value="{people.own.short_name}"' in page


def test_accounts_are_narrowed_by_duty_and_standing(pages: Any, people: Cast) -> None:
    clerks = _column(pages("/accounts/", role="clerk"), "用户名")
    assert people.users["clerk"].username in clerks
    assert people.users["office"].username not in clerks
    assert _column(pages("/accounts/", standing="idle"), "职责")[0].startswith("今天没有职责")


def test_ticked_accounts_are_closed_and_get_slips_together(people: Cast, login: Any) -> None:
    system = login(people.users["system"])
    keys = [people.users["clerk"].pk, people.users["member"].pk]
    assert system.post("/accounts/close/", {"key": keys}).url == "/accounts/"
    assert User.objects.filter(pk__in=keys, is_active=False).count() == 2
    system.post("/accounts/open/", {"key": keys})
    slips = system.post("/accounts/password/", {"key": keys})
    assert slips["Cache-Control"] == "no-store"
    assert all(people.users[who].username in slips.content.decode() for who in ("clerk", "member"))
    own = system.post("/accounts/close/", {"key": [*keys, people.users["system"].pk]})
    assert own.status_code == 403
    assert User.objects.filter(pk__in=keys, is_active=True).count() == 2, "all of them, or none"
    assert system.post("/accounts/close/").status_code == 422


def test_a_shared_filter_is_found_in_the_unit_and_nowhere_else(
    people: Cast, now: datetime, login: Any
) -> None:
    client = login(people.users["clerk"])
    said = {"path": "/ledgers/meetings/", "query": "from=2018-01-01&choice=committee_meeting"}
    client.post("/lists/filters/", said | {"name": "今年支委会", "shared": "1"})
    client.post("/lists/filters/", said | {"name": "只给自己"})
    lines = JournalLine.objects.filter(verb="orgs.save_filter").order_by("seq")
    assert [one.detail["unit"] for one in lines] == [str(people.own), ""]

    found = {
        who: {one.name for one in queries.saved(people.actor(who))}
        for who in ("clerk", "secretary", "foreign", "office", "system")
    }

    assert found == {"clerk": {"今年支委会", "只给自己"}, "secretary": {"今年支委会"}, "foreign": set(), "office": set(), "system": set()}  # fmt: skip
    page = login(people.users["secretary"]).get("/ledgers/meetings/").content.decode()
    assert (
        'href="/ledgers/meetings/?from=2018-01-01&amp;choice=committee_meeting">今年支委会</a>'
        in page
    )
    assert "只给自己" not in page
    places = go.places(words="支委会", actor=people.actor("secretary"))
    assert [one.url for one in places if one.about.startswith("筛选")] == [
        f"{said['path']}?{said['query']}"
    ]
    kept = SavedFilter.objects.get(name="今年支委会")
    assert login(people.users["foreign"]).post(f"/lists/filters/{kept.pk}/drop/").status_code == 404
    assert (
        login(people.users["secretary"]).post(f"/lists/filters/{kept.pk}/drop/").url == said["path"]
    )
    assert {one.name for one in SavedFilter.objects.all()} == {"只给自己"}


def test_a_filter_leads_to_a_list_of_this_site_alone(
    people: Cast, now: datetime, login: Any
) -> None:
    client = login(people.users["clerk"])
    for path in ("//example.org/", "https://example.org/", "/logout/", "javascript:alert(1)"):
        assert client.post("/lists/filters/", {"path": path, "name": "a"}).status_code == 404
    told: dict[str, Any] = {"shared": False, "actor": people.actor("clerk"), "now": now}
    longest: dict[str, Any] = {"name": "长" * 40, "path": "/board/", "query": "q" * 500}
    for wrong in (
        {"name": ""},
        {"name": " "},
        {"name": "长" * 41},
        {"path": "//example.org/"},
        {"query": "q" * 501},
    ):
        with pytest.raises(BadInput):
            actions.save_filter(**told, **(longest | {"query": ""} | wrong))
    assert not SavedFilter.objects.exists()
    actions.save_filter(**told, **longest)
    assert SavedFilter.objects.filter(by=people.users["clerk"], **longest).count() == 1


def test_a_page_offers_to_save_its_filter_only_where_it_can_be_saved(
    people: Cast, login: Any, now: datetime
) -> None:
    templates = [path.read_text("utf-8") for path in Path(taizhang.__file__).parent.rglob("*.html")]
    offering = sum(
        '"web/saved.html"' in text or '"web/query_row.html"' in text for text in templates
    )
    assert offering == len(SAVING) + 1, "the query row itself includes it"
    inspected(now, (2015, 2018), date(2018, 10, 25))
    for url, who in {"/board/": "office", "/ledgers/meetings/": "clerk"}.items() | set(
        LISTS.items()
    ):
        page = login(people.users[who]).get(url).content.decode()
        assert 'action="/lists/filters/"' in page, url
        assert resolve(url.partition("?")[0]).view_name in SAVING


def test_the_columns_of_a_list_are_kept_under_its_name_and_left_with_none(people: Cast) -> None:
    user, name = people.users["clerk"], "ledger:" + "x" * 73
    others = people.users["foreign"]
    actions.choose_columns(user=others, name=name, columns=["day"])

    actions.choose_columns(user=user, name=name, columns=["day", "place"])
    assert queries.columns(user, name) == ["day", "place"]
    actions.choose_columns(user=user, name=name, columns=[])

    assert queries.columns(user, name) == []
    assert queries.columns(others, name) == ["day"]
