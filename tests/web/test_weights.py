"""Pages of a round at its full size: forty units, thirty-six requirements, and none of them heavier
than a page may be.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from taizhang.inspection import actions as inspection
from taizhang.inspection.models import NoticeDraft, Round, RoundSession, RoundUnit
from taizhang.notices.model import Notice
from taizhang.orgs.models import Organisation
from tests.make import Cast, inspected
from tests.notices.papers import SAMPLE
from tests.web.test_all_pages import HEAVIEST

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(people: Cast, now: datetime) -> tuple[NoticeDraft, Round]:
    """The notice of 2018 as it was read, with a round that was opened from it, and the
    organisations that it names.
    """
    office, source = people.actor("office"), SAMPLE.read_bytes()
    draft = inspection.take_in(file_name="n.txt", source=source, actor=office, now=now)
    notice = Notice.model_validate(draft.parsed)
    for name in {one.name for area in notice.areas for one in area.organisations}:
        Organisation.objects.create(
            parent=people.committee,
            full_name=f"中共{name}支部委员会",
            short_name=name,
            org_type=Organisation.Type.BRANCH,
            established_on=people.day.replace(year=2014),
        )
    opened = inspection.open_round(
        notice=notice, source_name="n.txt", source=source, matches={}, actor=office, now=now
    )
    return draft, opened


def test_no_page_of_a_full_round_is_too_heavy(
    people: Cast, full: tuple[NoticeDraft, Round], login: Any
) -> None:
    draft, opened = full
    office = login(people.users["office"])
    pages = [f"/notices/{draft.pk}/", f"/notices/{draft.pk}/source/"]
    pages += [f"/rounds/{opened.pk}/{page}" for page in ("", "units/", "plan/", "requirements/", "progress/", "findings/")]  # fmt: skip

    weights = {page: len(office.get(page).content) for page in pages}

    assert RoundUnit.objects.exclude(organisation=None).count() == 40
    assert {page: n for page, n in weights.items() if n > HEAVIEST} == {}


def test_units_without_organisations_weigh_no_more(
    people: Cast, full: tuple[NoticeDraft, Round], login: Any
) -> None:
    _, opened = full
    RoundUnit.objects.update(organisation=None)
    office = login(people.users["office"])

    weights = [
        len(office.get(f"/rounds/{opened.pk}/{page}/").content) for page in ("units", "plan")
    ]

    assert max(weights) <= HEAVIEST


def test_tables_of_all_branches_stay_light_where_much_is_to_be_said(
    people: Cast, full: tuple[NoticeDraft, Round], login: Any, now: datetime
) -> None:
    del full
    inspected(now, (2015, 2018), date(2018, 10, 25))
    office = login(people.users["office"])
    kinds = ("committee_meeting", "members_assembly")
    pages = ["/board/?all=1", "/checks/meetings/branches/"]
    pages += [f"/meetings/?kind={kind}{year}" for kind in kinds for year in ("", "&year=2018")]

    weights = {page: len(office.get(page).content) for page in pages}

    assert {page: n for page, n in weights.items() if n > HEAVIEST} == {}
    lacking = office.get("/meetings/?kind=members_assembly").content.decode()
    assert lacking.count("class=d-lacks") > 500, "nobody held one"
    assert '<a href="?kind=members_assembly&amp;year=2016">2016年</a>' in lacking
    assert "<noscript>" in lacking


def test_a_name_that_is_not_offered_is_refused_with_its_place_and_stays_in_its_field(
    people: Cast, full: tuple[NoticeDraft, Round], login: Any
) -> None:
    draft, opened = full
    office = login(people.users["office"])
    unit, session = RoundUnit.objects.first(), RoundSession.objects.first()
    assert unit
    assert session

    changed = office.post(f"/rounds/{opened.pk}/units/change/", {f"match-{unit.pk}": "没有的校"})
    looked = office.post(
        f"/notices/{draft.pk}/",
        {"title": "t", "match-of-某某小学": "没有的校"},
    )
    planned = office.post(
        f"/rounds/{opened.pk}/plan/",
        {
            "area-0-name": "一片",
            "area-0-session-0-date": "2018-10-25",
            "area-0-session-0-host": "没有的校",
        },
    )

    told = "没有叫“没有的校”的党组织，请从列出的名称里选。"
    assert (changed.status_code, looked.status_code, planned.status_code) == (422, 422, 422)
    assert f"“{unit.name}”：{told}" in changed.content.decode()
    assert 'value="没有的校"' in changed.content.decode()
    assert f"“某某小学”：{told}" in looked.content.decode()
    assert told in planned.content.decode()


def test_two_of_the_same_name_are_told_apart_by_the_full_one(
    people: Cast, full: tuple[NoticeDraft, Round], login: Any
) -> None:
    _, opened = full
    twin = Organisation.objects.get(short_name="延陵小学")
    other = Organisation.objects.create(
        parent=people.committee,
        full_name="中共另一延陵小学支部委员会",
        short_name="延陵小学",
        org_type=Organisation.Type.BRANCH,
        established_on=twin.established_on,
    )
    unit = RoundUnit.objects.get(name="延陵小学")

    office = login(people.users["office"])
    url = f"/rounds/{opened.pk}/units/change/"
    answer = office.post(url, {f"match-{unit.pk}": f"延陵小学（{other.full_name}）"})

    assert answer.status_code == 302
    unit.refresh_from_db()
    assert unit.organisation == other
    assert office.post(url, {f"match-{unit.pk}": "延陵小学"}).status_code == 422
