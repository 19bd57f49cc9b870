"""Findings and 整改 as lists: narrowed, under headings, each cell leading on; many decided for one
reason, or none.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from taizhang.checks.actions import checking
from taizhang.inspection import queries
from taizhang.inspection.actions import findings
from taizhang.inspection.models import Finding, FindingStep
from taizhang.inspection.together import actions as together
from taizhang.inspection.views.found import finding_list
from taizhang.kernel.errors import BadInput, NotAllowed, WrongState
from taizhang.kernel.models import JournalLine
from taizhang.orgs.models import ListColumns
from tests.inspection.conftest import DAY, Scene
from tests.inspection.test_findings import _consult, _draft, _issue
from tests.make import inspected

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(scene: Scene) -> list[Finding]:
    """Three issued and signed findings of the own branch: two of one item, one of another."""
    first = _draft(scene)
    Finding.objects.filter(pk=first.pk).update(rule="L28:MT.2", window="2016-Q3")
    _draft(scene, facts="2017年一季度未召开党员大会")
    scene.send("inspector", "finding", item=29, facts="支委会记录不全", severity="minor")
    _consult(scene)
    findings.sign(
        visit=_issue(scene).visit, name="", actor=scene.people.actor("secretary"), now=scene.now
    )
    return list(queries.findings(scene.people.actor("office")).order_by("pk"))


def _numbers(page: str) -> list[str]:
    return re.findall(r'<a href="/findings/\d+/">([^<]+)</a>', page)


def test_the_list_is_narrowed_and_stands_under_headings(
    scene: Scene, login: Any, three: list[Finding]
) -> None:
    office, url = login(scene.people.users["office"]), f"/rounds/{scene.opened.pk}/findings/"

    minor = office.get(url, {"severity": "minor"}).content.decode()
    by_item = office.get(url, {"by": "item"}).content.decode()

    assert _numbers(minor) == [three[2].number]
    heads = re.findall(r'scope="rowgroup"[^>]*>([^<]+) <span class="sub">(\d+) 个', by_item)
    assert [n for _, n in heads] == ["2", "1"]
    for by in ("unit", "category", "severity", "standing", "month"):
        page = office.get(url, {"by": by}).content.decode()
        assert 'class="of-group"' in page, by
        assert len(_numbers(page)) == 3


def test_what_was_written_stands_whole_in_a_list_and_its_sheet(
    scene: Scene, login: Any, three: list[Finding]
) -> None:
    said = "，".join(["《示例区办法》第三条规定支部应当按月登记"] * 8)
    Finding.objects.filter(pk=three[0].pk).update(basis=said)
    office = scene.people.actor("office")
    ListColumns.objects.create(user=office.user, list_name="findings", columns=["number", "basis"])

    page = login(office.user).get(f"/rounds/{scene.opened.pk}/findings/").content.decode()
    _, rows = finding_list.table(office, queries.findings(office))

    assert f"<td>{said}</td>" in page
    assert any(said in row for row in rows)


def test_an_item_of_no_category_makes_no_empty_choice(
    scene: Scene, login: Any, three: list[Finding]
) -> None:
    scene.opened.items.update(category="")
    office, url = login(scene.people.users["office"]), f"/rounds/{scene.opened.pk}/findings/"

    page = office.get(url, {"by": "category"}).content.decode()

    chosen = re.search(r'<select[^>]*name="category".*?</select>', page, re.DOTALL)
    assert chosen is not None
    assert chosen[0].count("<option") == 1
    heads = re.findall(r'scope="rowgroup"[^>]*>([^<]*) <span class="sub">(\d+) 个', page)
    assert {name for name, _ in heads} == {"其他"}


def test_every_cell_that_knows_more_leads_there(
    scene: Scene, login: Any, three: list[Finding]
) -> None:
    inspected(scene.now, (2015, 2018), DAY)
    checking.check_all(name="reference", actor=None, now=scene.now)
    own, item = scene.people.own.pk, three[0].item
    assert item is not None
    for who in ("office", "secretary"):
        client = login(scene.people.users[who])
        page = client.get(f"/findings/{three[0].pk}/").content.decode()
        for url in (f"/branches/{own}/", f"/branches/{own}/items/{item.catalogue_item}/"):
            assert f'href="{url}"' in page, (who, url)
            assert client.get(url).status_code == 200, (who, url)
        assert f"/branches/{own}/at/L28:MT.2/2016-Q3/" in page
        assert "<dt>反馈意见</dt><dd>第 1 条：" in page
    listed = login(scene.people.users["office"]).get(f"/rounds/{scene.opened.pk}/rectification/")
    assert f'href="/branches/{own}/items/{item.catalogue_item}/"' in listed.content.decode()


@pytest.mark.parametrize("who", ["office", "clerk"])
def test_a_row_says_once_that_it_is_closed(
    scene: Scene, three: list[Finding], login: Any, who: str
) -> None:
    Finding.objects.filter(pk=three[0].pk).update(standing=Finding.Standing.CLOSED)
    of_round, own = scene.opened.pk, scene.people.own.pk
    url = (
        f"/rounds/{of_round}/rectification/" if who == "office" else f"/branches/{own}/inspections/"
    )
    told = login(scene.people.users[who]).get(url).content.decode()
    row = next(one for one in told.split("<tr") if f"/findings/{three[0].pk}/" in one)
    assert row.count("已销号") == 1


def test_the_page_of_the_consultation_calls_items_as_all_pages_do(
    scene: Scene, three: list[Finding], login: Any
) -> None:
    item = three[0].item
    assert item is not None
    page = login(scene.people.users["office"]).get(f"/visits/{three[0].visit_id}/consultation/")
    assert f"<td>{item.catalogue_item} {item.title}</td>" in page.content.decode()
    assert item.called == f"{item.catalogue_item} {item.title}" != item.title


def test_the_letters_sentence_is_that_of_the_finding(scene: Scene, three: list[Finding]) -> None:
    from taizhang.inspection.views.found.finding_list import sentence

    told = [sentence(one) for one in three]

    assert all(told)
    assert [one and three[at].facts in one[1] for at, one in enumerate(told)] == [True] * 3
    assert sorted(one[0] for one in told if one) == [1, 2, 3]


def test_many_are_decided_for_one_reason_or_none(
    scene: Scene, login: Any, three: list[Finding]
) -> None:
    secretary, office = scene.people.actor("secretary"), scene.people.actor("office")
    for one in three[:2]:
        findings.dispute(finding=one, reason="有记录", actor=secretary, now=scene.now)
    with pytest.raises(WrongState, match=rf"{three[2].number}：.*一个也没有办理"):
        together.decide_many(
            chosen=three, verb="uphold", reason="核实", actor=office, now=scene.now
        )
    assert Finding.objects.filter(standing="disputed").count() == 2

    url = f"/rounds/{scene.opened.pk}/findings/"
    client = login(scene.people.users["office"])
    page = client.get(url, {"standing": "disputed"}).content.decode()
    assert f'formaction="{url}uphold/"' in page
    assert f'formaction="{url}close/"' not in page, "none of these can be closed"
    said = {
        "key": [one.pk for one in three[:2]],
        "reason": "记录是补写的",
        "page": "findings",
        "query": "by=item",
    }
    done = client.post(f"{url}uphold/", said)

    assert (done.status_code, done.url) == (302, f"{url}?by=item")
    notes = FindingStep.objects.filter(verb="uphold").values_list("note", flat=True)
    assert list(notes) == ["记录是补写的"] * 2
    assert client.post(f"{url}uphold/", {"reason": "无"}).status_code == 422
    with pytest.raises(NotAllowed):
        together.decide_many(
            chosen=three[:1], verb="reopen", reason="又没开", actor=secretary, now=scene.now
        )


def test_the_office_moves_deadlines_and_says_why(
    scene: Scene, login: Any, three: list[Finding]
) -> None:
    client, url = login(scene.people.users["office"]), f"/rounds/{scene.opened.pk}/rectification/"
    assert 'name="deadline"' in client.get(url).content.decode()
    keys = [one.pk for one in three[:2]]
    post = f"/rounds/{scene.opened.pk}/findings/deadline/"
    assert client.post(post, {"key": keys, "deadline": "2018-12-31"}).status_code == 422
    early = client.post(post, {"key": keys, "deadline": "2018-10-01", "reason": "早"})
    assert "早于反馈日期" in early.content.decode()

    done = client.post(
        post,
        {"key": keys, "deadline": "2018-12-31", "reason": "等上级批复", "page": "rectification"},
    )

    assert done.url == url
    moved = Finding.objects.filter(deadline=date(2018, 12, 31))
    assert {one.pk for one in moved} == set(keys)
    line = JournalLine.objects.filter(verb="inspection.finding.extend").latest("pk")
    assert line.detail["said"] == "等上级批复"
    assert (
        "整改时限改为2018-12-31：等上级批复" in client.get(f"/findings/{keys[0]}/").content.decode()
    )
    assert (
        login(scene.people.users["secretary"])
        .post(post, {"key": keys, "deadline": "2019-01-31", "reason": "忙"})
        .status_code
        == 403
    )
    with pytest.raises(BadInput):
        together.set_deadlines(
            chosen=[], deadline=DAY, reason="无", actor=scene.people.actor("office"), now=scene.now
        )


def test_the_ticked_ones_go_into_a_sheet(scene: Scene, login: Any, three: list[Finding]) -> None:
    office = login(scene.people.users["office"])
    sheet = office.post(f"/rounds/{scene.opened.pk}/findings/sheet/", {"key": [three[2].pk]})
    assert sheet.status_code == 200
    assert sheet["Content-Type"].endswith("spreadsheetml.sheet")
