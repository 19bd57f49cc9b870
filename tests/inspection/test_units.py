"""From the notice to the organisations: names that nobody knows are founded in one go, each by its
tick.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from taizhang.inspection import actions
from taizhang.inspection.models import NoticeDraft, Round, RoundSession, RoundUnit
from taizhang.inspection.plan import matching
from taizhang.inspection.units import actions as units
from taizhang.inspection.units import candidates
from taizhang.kernel.errors import WrongState
from taizhang.kernel.models import JournalLine
from taizhang.ledgers.sheets import excel
from taizhang.notices import read
from taizhang.orgs.models import Organisation
from taizhang.orgs.queries import organisations
from tests.inspection.conftest import Scene
from tests.make import Cast

NOTICE = """关于督查党建台账的通知
各党支部：
一、督查时间
2018年10月25日
附件1
片区	被督查党组织	时间	地点
东片	丙小总支（含南校区）、丙小第一党支部、丁幼儿园	10月25日上午	丙小第1党支部
西片	甲校、戊中学	10月25日下午	戊中学
"""


@pytest.fixture
def opened(people: Cast, now: datetime) -> Round:
    notice = read.notice(NOTICE.encode())
    office = people.actor("office")
    return actions.open_round(notice=notice, source_name="n.txt", source=NOTICE.encode(), matches={}, actor=office, now=now)  # fmt: skip


def offered(people: Cast, opened: Round) -> dict[str, candidates.Candidate]:
    book = matching.AddressBook.of(people.actor("office"))
    return {one.name: one for one in candidates.of_round(opened, book)}


def filled(people: Cast, opened: Round, *names: str) -> dict[str, str]:
    """The form with these names ticked, as it was proposed."""
    posted = {"established_on": "2014-03-01"}
    for name in names:
        one = offered(people, opened)[name]
        posted |= {
            f"take-{one.n}": name, f"as-{one.n}": "新建党组织", f"full-{one.n}": one.full_name, f"short-{one.n}": one.bare,
            f"type-{one.n}": one.org_type, f"parent-{one.n}": str(people.committee.pk), f"area-{one.n}": one.areas[0],
            f"units-{one.n}": "、".join(one.units), f"unit-type-{one.n}": one.unit_type or "school",
        }  # fmt: skip
    return posted


def test_each_name_stands_once_with_its_spellings_and_what_it_may_be(
    people: Cast, opened: Round
) -> None:
    found = offered(people, opened)

    assert list(found) == ["丙小总支", "丙小第一党支部", "丁幼儿园", "戊中学"]
    above, first, nursery = found["丙小总支"], found["丙小第一党支部"], found["丁幼儿园"]
    assert (above.org_type, above.full_name) == ("general_branch", "中共丙小总支部委员会")
    assert above.units == ["丙小", "南校区"]
    assert first.spellings == ["丙小第1党支部"]
    assert (nursery.org_type, nursery.unit_type, nursery.areas) == (
        "branch",
        "kindergarten",
        ["东片"],
    )


def test_what_is_ticked_is_founded_and_matched_and_nothing_else(
    people: Cast, opened: Round, login: Any
) -> None:
    posted = filled(people, opened, "丙小总支", "丙小第一党支部", "戊中学")
    found = offered(people, opened)
    posted[f"parent-{found['丙小第一党支部'].n}"] = f"row-{found['丙小总支'].n}"
    page = login(people.users["office"]).post(f"/rounds/{opened.pk}/units/", posted)

    assert page.status_code == 302
    first = Organisation.objects.get(short_name="丙小第一")
    assert first.parent is not None
    assert first.parent.full_name == "中共丙小总支部委员会"
    assert first.established_on == date(2014, 3, 1)
    assert {alias.name for alias in first.aliases.all()} == {"丙小第一党支部", "丙小第1党支部"}
    assert RoundUnit.objects.get(name="丙小第一党支部").organisation == first
    assert RoundUnit.objects.get(name="丁幼儿园").organisation is None
    assert not Organisation.objects.filter(short_name__contains="丁幼").exists()
    assert (
        first.pk
        in {area.name: keys for area, keys in organisations.areas(date(2018, 1, 1))}["东片"]
    )
    assert RoundSession.objects.get(venue="戊中学").host == Organisation.objects.get(
        short_name="戊中学"
    )
    line = JournalLine.objects.filter(verb="inspection.found_units").get()
    assert line.detail["founded"] == ["丙小", "戊中学", "丙小第一"]


def test_all_that_is_wrong_is_told_at_once_and_nothing_is_founded(
    people: Cast, opened: Round, login: Any
) -> None:
    posted = filled(people, opened, "丁幼儿园", "戊中学")
    found = offered(people, opened)
    posted |= {
        "established_on": "",
        f"unit-type-{found['丁幼儿园'].n}": "",
        f"parent-{found['戊中学'].n}": "",
    }
    posted[f"established-{found['丁幼儿园'].n}"] = "2014-09-01"
    page = login(people.users["office"]).post(f"/rounds/{opened.pk}/units/", posted)

    text = page.content.decode()
    assert page.status_code == 422
    assert "“丁幼儿园”：单位类型：请选择单位类型。" in text
    assert "“戊中学”：上级党组织：请选择上级党组织" in text
    assert (
        f'name="take-{found["丁幼儿园"].n}" value="丁幼儿园" aria-label="办理丁幼儿园" checked'
        in text
    )
    assert not Organisation.objects.filter(short_name="丁幼儿园").exists()


def test_a_tick_without_a_choice_founds_nothing(people: Cast, opened: Round, login: Any) -> None:
    posted = filled(people, opened, "戊中学") | {f"as-{offered(people, opened)['戊中学'].n}": ""}
    page = login(people.users["office"]).post(f"/rounds/{opened.pk}/units/", posted)

    assert "“戊中学”：请选择它是已有的哪个党组织，还是新建。" in page.content.decode()
    nothing = login(people.users["office"]).post(f"/rounds/{opened.pk}/units/", {})
    assert "没有勾选任何名称" in nothing.content.decode()


def test_the_sheet_is_completed_and_brought_back(people: Cast, opened: Round, login: Any) -> None:
    office = login(people.users["office"])
    head, *rows = excel.table_of(office.get(f"/rounds/{opened.pk}/units/sheet/").content)
    listed = [dict(zip(map(str, head), map(str, row), strict=True)) for row in rows[:4]]
    assert [row["简称"] for row in listed] == ["丙小", "丙小第一", "丁幼儿园", "戊中学"]
    assert {row["成立日期"] for row in listed} == {""}
    more = {"成立日期": "2014-03-01", "单位类型": "公办学校"}
    data = excel.written("x", list(listed[0]), [list((row | more).values()) for row in listed])
    page = office.post(
        f"/rounds/{opened.pk}/units/sheet/upload/",
        {"file": SimpleUploadedFile("a.xlsx", data)},
    )

    assert page.status_code == 302
    left = RoundUnit.objects.filter(organisation=None)
    assert not left.exclude(name="丙小总支").exists()
    assert RoundUnit.objects.get(name="丁幼儿园").organisation == Organisation.objects.get(
        short_name="丁幼儿园"
    )


def test_a_match_can_be_changed_until_the_round_begins(draft: Scene, login: Any) -> None:
    unit = RoundUnit.objects.get(area__round=draft.opened, organisation=draft.people.other)
    url = f"/rounds/{draft.opened.pk}/units/change/"
    login(draft.people.users["office"]).post(url, {f"match-{unit.pk}": draft.people.own.short_name})
    unit.refresh_from_db()
    assert unit.organisation == draft.people.own
    line = JournalLine.objects.filter(verb="inspection.match_units").get()
    assert line.detail["changed"] == {unit.name: ["乙校", "甲校"]}

    draft.step("publish")
    draft.step("begin")
    with pytest.raises(WrongState):
        units.match(
            opened=draft.opened,
            chosen={unit.pk: None},
            actor=draft.people.actor("office"),
            now=draft.now,
        )


def test_what_is_left_out_stands_in_the_journal_and_on_the_round(
    people: Cast, opened: Round, login: Any
) -> None:
    office = login(people.users["office"])
    refused = office.post(f"/rounds/{opened.pk}/steps/publish/", {}, follow=True)
    assert "“丁幼儿园”没有对应到党组织" in refused.content.decode()
    refused = office.post(f"/rounds/{opened.pk}/steps/publish/", {"left_out": "1"}, follow=True)
    assert "没有督查内容的起止日期" in refused.content.decode()
    Round.objects.update(period_from=date(2018, 1, 1), period_to=None)
    refused = office.post(f"/rounds/{opened.pk}/steps/publish/", {"left_out": "1"}, follow=True)
    assert "没有督查内容的起止日期" in refused.content.decode()
    Round.objects.update(period_from=date(2018, 1, 1), period_to=date(2018, 10, 31))
    office.post(f"/rounds/{opened.pk}/steps/publish/", {"left_out": "1"})

    line = JournalLine.objects.filter(verb="inspection.round.publish").get()
    assert line.detail["left_out"] == ["丙小总支", "丙小第一党支部", "丁幼儿园", "戊中学"]
    assert "发布时没有纳入" in office.get(f"/rounds/{opened.pk}/").content.decode()


def test_unfinished_notices_are_listed_where_one_begins_and_can_be_deleted(
    people: Cast, now: datetime, login: Any
) -> None:
    draft = actions.take_in(
        file_name="检查通知.txt", source=NOTICE.encode(), actor=people.actor("office"), now=now
    )
    office = login(people.users["office"])
    assert "检查通知.txt" in office.get("/notices/import/").content.decode()
    office.post(f"/notices/{draft.pk}/delete/")

    assert not NoticeDraft.objects.exists()
    assert "没有核对完</" not in office.get("/notices/import/").content.decode()


def test_a_notice_that_became_a_round_stays(people: Cast, now: datetime) -> None:
    office = people.actor("office")
    draft = actions.take_in(file_name="n.txt", source=NOTICE.encode(), actor=office, now=now)
    notice = read.notice(NOTICE.encode())
    actions.open_round(notice=notice, source_name="n.txt", source=b"", matches={}, actor=office, now=now, draft=draft)  # fmt: skip

    with pytest.raises(WrongState):
        actions.delete_notice(draft=draft, actor=office, now=now)
