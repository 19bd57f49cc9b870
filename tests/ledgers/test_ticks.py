"""Lists of ledgers by many rows: ticked records go out, are printed and withdrawn together; columns
are kept; the tree narrows.
"""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
import python_calamine
from django.urls import reverse

from taizhang.kernel.errors import BadInput, NotAllowed
from taizhang.kernel.models import JournalLine
from taizhang.ledgers.batch import actions as batch
from taizhang.ledgers.kind import LedgerKind
from taizhang.ledgers.kinds import KINDS
from taizhang.orgs.models import Area, AreaMembership, ListColumns
from tests.make import Cast, raw, save

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("menu_counted_once")]
KIND = KINDS["activities"]
LIST = "/ledgers/activities/"


@pytest.fixture
def three(people: Cast, now: datetime) -> list[int]:
    """Three activities of the own branch."""
    days = ("2016-05-01", "2017-05-01", "2018-05-01")
    clerk = people.actor("clerk")
    return [
        save(people.own, clerk, now, "activities", **raw("activities") | {"held_on": day}).pk
        for day in days
    ]  # fmt: skip


def test_ticked_records_are_withdrawn_for_one_reason_or_not_at_all(
    people: Cast, now: datetime, three: list[int]
) -> None:
    clerk = people.actor("clerk")
    told: dict[str, Any] = {"kind": KIND, "actor": clerk, "now": now}
    with pytest.raises(BadInput, match="须写明原因"):
        batch.withdraw_many(keys=three, reason=" ", **told)
    with pytest.raises(NotAllowed):
        batch.withdraw_many(keys=[*three, 999_999], reason="重复", **told)
    assert KIND.model.objects.current().count() == 3

    assert batch.withdraw_many(keys=three[:2], reason="重复登记", **told) == 2

    lines = JournalLine.objects.filter(verb="ledgers.withdraw")
    assert [line.detail["reason"] for line in lines] == ["重复登记"] * 2
    with pytest.raises(BadInput, match="已经撤回"):
        batch.withdraw_many(keys=three, reason="重复", **told)
    assert KIND.model.objects.current().count() == 1


def test_the_page_withdraws_what_is_ticked_and_keeps_its_filter(
    people: Cast, login: Any, three: list[int]
) -> None:
    client = login(people.users["clerk"])
    nothing = client.post(f"{LIST}withdraw/", {"reason": "重复"})
    said = {"key": three[:2], "reason": "重复", "query": "sort=held_on"}
    done = client.post(f"{LIST}withdraw/", said)
    foreign = login(people.users["foreign"]).post(
        f"{LIST}withdraw/", {"key": three[2:], "reason": "无"}
    )

    assert nothing.status_code == 422
    assert (done.status_code, done.url) == (302, f"{LIST}?sort=held_on")
    assert foreign.status_code == 403
    assert KIND.model.objects.current().count() == 1


def test_ticked_records_go_into_one_sheet_and_one_paper_alone(
    people: Cast, login: Any, three: list[int]
) -> None:
    client = login(people.users["clerk"])
    sheet = client.post(f"{LIST}export/chosen/", {"key": three[:2]})
    paper = client.post("/papers/activities/chosen.docx", {"key": three[:2]})
    foreign = login(people.users["foreign"]).post("/papers/activities/chosen.docx", {"key": three})

    book = python_calamine.load_workbook(BytesIO(sheet.content))
    text = str(book.get_sheet_by_index(0).to_python())
    assert "2016-05-01" in text
    assert "2018-05-01" not in text
    assert (paper.status_code, foreign.status_code) == (200, 403)
    keys = JournalLine.objects.filter(verb="ledgers.export").values_list("detail__keys", flat=True)
    assert list(keys) == [three[:2], three[:2]]


@pytest.mark.parametrize("kind", KINDS.values(), ids=str)
def test_every_list_keeps_its_columns_for_the_person(
    kind: LedgerKind, people: Cast, now: datetime, login: Any
) -> None:
    save(people.own, people.actor("clerk"), now, kind.slug, **raw(kind.slug))
    client, url = login(people.users["clerk"]), reverse("ledgers:list", args=[kind])
    offered = re.findall(
        r'name="column" value="([^"]+)"( checked)?', client.get(url).content.decode()
    )
    assert [name for name, checked in offered if checked] == list(kind.listed) or not kind.listed
    last = offered[-1][0]

    to = client.post(
        "/lists/columns/",
        {"list": f"ledger:{kind.slug}", "path": url, "query": "per=20", "column": [last]},
    )

    assert to.url == f"{url}?per=20"
    heads = re.findall(r"<th scope=\"col\"[^>]*>(.*?)</th>", client.get(url).content.decode())
    label = next(f.label for f in kind.fields() if f.name == last)
    assert [re.sub("<[^>]+>| [↑↓]", "", one) for one in heads] == ["勾选", label, "操作"]
    other = login(people.users["secretary"]).get(url).content.decode()
    assert re.findall(r'name="column" value="([^"]+)"( checked)?', other) == offered
    client.post("/lists/columns/", {"list": f"ledger:{kind.slug}", "path": url, "usual": "1"})
    assert not ListColumns.objects.exists()


def test_columns_stand_in_the_order_that_the_person_gave_them(
    people: Cast, now: datetime, login: Any, three: list[int]
) -> None:
    office = login(people.users["office"])
    kept = {"list": "ledger:activities", "path": LIST, "query": "per=20"}
    wanted = ["theme", "党支部", "held_on"]

    def shown() -> tuple[list[str], ...]:
        page = office.get(LIST).content.decode()
        heads = re.findall(r"<th scope=\"col\"[^>]*>(.*?)</th>", page)
        row = re.findall(r"<td[^>]*>(.*?)</td>", page.partition("<tbody>")[2].partition("</tr>")[0])
        names = re.findall(r'name="column" value="([^"]+)" checked', page)
        return names, *[[re.sub("<[^>]+>| [↑↓]", "", one) for one in some] for some in (heads, row)]

    office.post("/lists/columns/", kept | {"column": wanted})
    names, heads, row = shown()
    assert names == wanted
    assert (heads[2], row[2]) == ("党支部", people.own.short_name)
    assert row[3] == "2018-05-01", "below its own head"

    to = office.post("/lists/columns/", kept | {"column": wanted, "left": "held_on"})
    assert to.url == f"{LIST}?per=20#columns"
    assert shown()[0] == ["theme", "held_on", "党支部"]
    office.post("/lists/columns/", kept | {"column": shown()[0], "right": "党支部"})
    office.post("/lists/columns/", kept | {"column": shown()[0], "left": "theme"})
    assert shown()[0] == ["theme", "held_on", "党支部"], "at either end it stays"
    office.post("/lists/columns/", kept | {"column": shown()[0], "right": "theme"})
    assert shown()[1][1:4] == [heads[3], heads[1], "党支部"]

    office.post("/lists/columns/", kept | {"column": ["党支部", "gone"]})
    names, heads, row = shown()
    assert heads[1] == "党支部"
    assert len(heads) == len(row) == len(KINDS["activities"].listed) + 3, "never a list of nothing"


def test_a_list_elsewhere_keeps_no_columns(people: Cast, login: Any) -> None:
    client = login(people.users["clerk"])
    for path in ("//example.org/", "/logout/", "/no/such/page/", "https://example.org/"):
        assert (
            client.post("/lists/columns/", {"list": "a", "path": path, "column": "b"}).status_code
            == 404
        )
    assert not ListColumns.objects.exists()


def test_the_tree_counts_and_narrows(
    people: Cast, now: datetime, login: Any, three: list[int]
) -> None:
    area = Area.objects.create(name="城南片区")
    AreaMembership.objects.create(
        area=area, organisation=people.own, valid_from=people.day.replace(year=2015)
    )
    office = login(people.users["office"])
    whole = office.get(LIST).content.decode()
    of_area = office.get(LIST, {"branch": f"a{area.pk}"}).content.decode()
    other = office.get(LIST, {"branch": str(people.other.pk)}).content.decode()
    unknown = office.get(LIST, {"branch": "a999"}).content.decode()

    assert re.search(rf'branch=a{area.pk}"><b>城南片区</b> <span class="sub">3</span>', whole)
    assert '<select name="branch">' in whole
    assert [
        f"共 {n} 条" in page for page, n in ((whole, 3), (of_area, 3), (other, 0), (unknown, 0))
    ] == [True] * 4
    assert 'class="tree"' not in login(people.users["clerk"]).get(LIST).content.decode()


def test_what_is_exported_is_what_the_list_shows_after_a_change_in_place(
    people: Cast, login: Any, three: list[int]
) -> None:
    asked = {"HX-Request": "true"}
    lines = login(people.users["clerk"]).get(f"{LIST}?from=2017-01-01", headers=asked)
    assert f'href="{LIST}export/?from=2017-01-01">导出所列</a>' in lines.content.decode()
