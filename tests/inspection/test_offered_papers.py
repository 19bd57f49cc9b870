"""Pages offer the papers that there are, in the forms that make sense, and say why there is none of
the others.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest

from taizhang.inspection import queries, rights
from taizhang.inspection.actions import ordering
from taizhang.inspection.models import Finding, RoundSession, Visit
from taizhang.inspection.papers import by_name as papers
from taizhang.inspection.papers import offered
from taizhang.inspection.papers.bundles import BUNDLES
from taizhang.inspection.papers.offered import Offer
from taizhang.inspection.papers.parts import names
from tests.inspection.conftest import DAY, Scene
from tests.inspection.mending import submitted
from tests.inspection.test_findings import _consult, _draft, _issue


def _visit(scene: Scene) -> Visit:
    return queries.visit(scene.own.pk, actor=scene.people.actor("office"))


def _of_round(scene: Scene) -> list[Offer]:
    actor = scene.people.actor("office")
    opened = queries.round_of(scene.opened.pk, actor=actor)
    return offered.of_round(opened, queries.visits_of(opened, actor))


def _of_visit(scene: Scene, who: str) -> list[Offer]:
    return offered.of_visit(_visit(scene), rights.roles(_visit(scene), scene.people.actor(who)))


def _refused(client: Any, offers: list[Offer]) -> list[str]:
    return [url for one in offers for _, url in one.forms if client.get(url).status_code != 200]


@pytest.mark.parametrize("who", ["office", "secretary", "inspector"])
def test_every_paper_that_is_offered_is_given(scene: Scene, login: Any, who: str) -> None:
    client = login(scene.people.users[who])
    assert not _refused(client, _of_visit(scene, who))
    submitted(scene)
    Finding.objects.update(standing="returned")
    ordering.order_rectification(
        visit=_visit(scene), issued_on=DAY, due_on=DAY.replace(month=12), actor=scene.people.actor("office"), now=scene.now,
    )  # fmt: skip
    offers = _of_visit(scene, who)
    assert sum(bool(one.forms) for one in offers) >= 8
    assert not _refused(client, offers)


def test_every_paper_of_a_round_that_is_offered_is_given(draft: Scene, login: Any) -> None:
    client = login(draft.people.users["office"])
    before = _of_round(draft)
    assert not _refused(client, before)
    told = {one.title: one for one in before}
    assert (told["督查通知"].state, told["问题清单"].state) == ("草稿", "无")
    assert told["各单位检查表"].why == "本轮还没有开始督查，没有检查表。"
    draft.step("publish")
    draft.step("begin")
    _draft(draft)
    _consult(draft)
    _issue(draft)
    after = _of_round(draft)
    assert not _refused(client, after)
    told = {one.title: one for one in after}
    assert (told["督查通知"].state, told["各单位反馈意见"].state) == ("已印发", "1份")
    assert told["各单位整改方案"].forms == []


def test_no_paper_is_left_out_of_the_tables(scene: Scene) -> None:
    submitted(scene)
    RoundSession.objects.update(venue="区会议中心")
    urls = {url for one in (*_of_round(scene), *_of_visit(scene, "office")) for _, url in one.forms}
    slugs = {slug for url in urls for slug in re.findall(r"/papers/([a-z-]+)\.", url)}
    wanted = {*papers.OF_ROUND, *papers.OF_VISIT} - {"scores", "rectification-notice"}
    assert wanted <= slugs
    assert {name for name in BUNDLES if name != "rectification-notices"} <= slugs


def test_pages_show_them_and_say_why_there_is_none(scene: Scene, login: Any) -> None:
    office, own = (login(scene.people.users[who]) for who in ("office", "secretary"))
    page = office.get(f"/rounds/{scene.opened.pk}/").content.decode()
    assert f"/rounds/{scene.opened.pk}/papers/notice.pdf" in page
    assert "还没有反馈的问题。" in page
    page = own.get(f"/rounds/{scene.opened.pk}/").content.decode()
    assert re.findall(r"/papers/([a-z-]+)\.", page) == ["notice", "notice"]
    assert own.get(f"/rounds/{scene.opened.pk}/papers/notice.pdf").status_code == 200
    page = own.get(f"/branches/{scene.people.own.pk}/inspections/").content.decode()
    assert "会商双方确认之后才能打印。" in page
    assert "checklist-team" not in page
    page = office.get(f"/visits/{scene.own.pk}/consultation/").content.decode()
    assert f"/visits/{scene.own.pk}/papers/checklist-team.pdf" in page


def test_all_checklists_come_in_one_file_named_by_unit_and_day(scene: Scene, login: Any) -> None:
    client = login(scene.people.users["office"])
    answer = client.get(f"/rounds/{scene.opened.pk}/papers/checklists.zip")
    listed = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert listed == ["城南1/01甲校检查表2018-10-25.docx", "城南1/02乙校检查表2018-10-25.docx"]
    assert client.get(f"/rounds/{scene.opened.pk}/papers/consultations.zip").status_code == 422
    foreign = login(scene.people.users["secretary"])
    assert foreign.get(f"/rounds/{scene.opened.pk}/papers/checklists-team.zip").status_code == 403


def test_what_no_file_system_takes_is_left_out_of_names(scene: Scene) -> None:
    scene.opened.title = '督查/第"1"轮：<通知>'
    assert names.of_round(scene.opened, "场次表") == "督查第1轮：通知场次表"
