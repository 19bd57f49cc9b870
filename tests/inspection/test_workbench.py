"""The head of a round's pages, what a step leaves behind, and the map of its sessions."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from taizhang.inspection import queries
from taizhang.inspection.models import Finding, Round, Visit
from taizhang.inspection.progress import board, workbench
from taizhang.kernel.errors import WrongState
from tests.inspection.conftest import DAY, Scene

TABS_OF_A_DRAFT = [
    "概况",
    "单位对应",
    "片区和场次",
    "要求和规则",
    "现场进度",
    "问题",
    "整改",
    "公文格式",
]


def _stages(scene: Scene) -> dict[str, str]:
    scene.opened.refresh_from_db()
    return {stage.label: stage.state for stage in workbench.stages(scene.opened)}


def test_a_state_that_was_gone_over_is_not_told_as_done(scene: Scene) -> None:
    told = _stages(scene)
    assert told["草稿"] == told["已发布"] == "done"
    assert told["自查中"] == "skipped"
    assert told["督查中"] == "now"
    assert {told[label] for label in ("会商中", "已反馈", "已归档")} == {"ahead"}


def test_the_journal_says_when_and_by_whom(scene: Scene) -> None:
    by = {stage.label: stage for stage in workbench.stages(scene.opened)}
    assert by["督查中"].at == scene.now
    assert by["督查中"].by == scene.people.users["office"].name
    assert by["会商中"].at is None


def test_a_notice_taken_back_begins_anew(draft: Scene) -> None:
    draft.step("publish")
    draft.step("withdraw")
    told = _stages(draft)
    assert told["草稿"] == "now"
    assert told["已发布"] == "ahead"
    later = [stage for stage in workbench.stages(draft.opened) if stage.state == "ahead"]
    assert not any(stage.at for stage in later)


def test_going_back_forgets_what_lay_ahead(scene: Scene) -> None:
    scene.step("consult")
    scene.step("resume")
    by = {stage.label: stage for stage in workbench.stages(scene.opened)}
    assert by["督查中"].state == "now"
    assert by["会商中"].at is None


def _left(scene: Scene) -> dict[str, str]:
    return {step.verb: told for step, told in workbench.steps(scene.opened)}


def test_a_step_says_what_it_leaves_behind(scene: Scene) -> None:
    assert _left(scene) == {
        "consult": "2 个单位还没有查完",
        "feed_back": "2 个单位还没有会商确认",
    }
    Visit.objects.update(standing=Visit.Standing.TO_CONSULT)
    assert _left(scene) == {"consult": "", "feed_back": "2 个单位还没有会商确认"}
    Visit.objects.update(standing=Visit.Standing.CONSULTED)
    assert _left(scene)["feed_back"] == "2 个单位还没有反馈"
    Visit.objects.update(standing=Visit.Standing.FED_BACK)
    assert _left(scene)["feed_back"] == ""


@pytest.mark.parametrize(
    ("standing", "told"),
    [
        ("issued", "1 个问题没有销号"),
        ("long_term", "1 个问题没有销号（其中 1 个长期坚持）"),
        ("closed", ""),
        ("cancelled", ""),
    ],
)
@pytest.mark.parametrize(
    ("at", "verb"), [(Round.Standing.RECTIFYING, "close"), (Round.Standing.CLOSED, "archive")]
)
def test_closing_and_archiving_say_what_is_not_mended(
    scene: Scene, standing: str, told: str, at: str, verb: str
) -> None:
    _finding(scene, standing)
    Round.objects.update(standing=at)
    scene.opened.refresh_from_db()
    assert _left(scene)[verb] == told


def test_a_refusal_counts_as_the_step_was_offered(scene: Scene) -> None:
    _finding(scene, "long_term")
    Round.objects.update(standing=Round.Standing.CLOSED)
    scene.opened.refresh_from_db()
    offered = _left(scene)["archive"]
    with pytest.raises(WrongState, match=f"还有 {offered}，归档后不能再办理"):
        scene.step("archive")
    open_on_the_page = queries.issued_of(scene.opened, scene.people.actor("office"))
    assert offered.startswith(f"{len(board.rectifying(open_on_the_page, DAY))} 个")


def _finding(scene: Scene, standing: str) -> None:
    scene.send("inspector", "finding", item=1, facts="没有台账")
    assert Finding.objects.update(standing=standing, deadline=DAY - timedelta(days=1)) == 1


def test_tabs_carry_what_waits_there(scene: Scene) -> None:
    assert not any(tab.count for tab in workbench.top(scene.opened, "round").tabs)
    _finding(scene, "issued")
    counts = {tab.label: tab.count for tab in workbench.top(scene.opened, "findings").tabs}
    assert (counts["问题"], counts["整改"]) == ("1", "1 超期")
    here = [tab.label for tab in workbench.top(scene.opened, "findings").tabs if tab.here]
    assert here == ["问题"]


def test_a_draft_has_no_pages_that_need_a_round(draft: Scene) -> None:
    assert [tab.label for tab in workbench.top(draft.opened, "plan").tabs] == TABS_OF_A_DRAFT


def _line(scene: Scene, clock: time, day_shift: int = 0) -> board.VisitLine:
    zone = timezone.get_current_timezone()
    now = datetime.combine(DAY + timedelta(days=day_shift), clock, tzinfo=zone)
    found = board.progress(scene.opened, now).sessions[0].visits
    return next(one for one in found if one.visit.pk == scene.own.pk)


@pytest.fixture
def at_nine(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Scene:
    Visit.objects.update(planned_at=time(9))
    monkeypatch.setattr(board, "reckoned", lambda: DAY)
    return scene


@pytest.mark.parametrize(
    ("clock", "late"), [(time(8, 59), 0), (time(9), 0), (time(9, 1), 1), (time(10, 30), 90)]
)
def test_who_has_not_come_is_late_by_the_clock(at_nine: Scene, clock: time, late: int) -> None:
    assert _line(at_nine, clock).late == late


def test_who_has_come_stays_as_late_as_he_was(at_nine: Scene) -> None:
    zone = timezone.get_current_timezone()
    began = datetime.combine(DAY, time(9, 12), tzinfo=zone)
    Visit.objects.update(standing=Visit.Standing.READING, started_at=began)
    assert _line(at_nine, time(11)).late == 12


def test_nobody_is_late_where_no_hour_is_planned(at_nine: Scene) -> None:
    Visit.objects.update(planned_at=None)
    assert _line(at_nine, time(11)).late == 0


def test_a_day_that_is_over_is_told_once(at_nine: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(board, "reckoned", lambda: DAY + timedelta(days=1))
    line = _line(at_nine, time(9, 30), day_shift=1)
    assert (line.missed, line.late) == (True, 0)


def test_a_page_that_reckons_from_the_past_calls_nobody_late(at_nine: Scene) -> None:
    line = _line(at_nine, time(9, 30), day_shift=3)
    assert (line.missed, line.late) == (False, 0)


def test_the_map_is_asked_for_alone(scene: Scene, client: Client) -> None:
    client.force_login(scene.people.users["office"])
    url = f"/rounds/{scene.opened.pk}/progress/"
    part = client.get(f"{url}?part=map", headers={"HX-Request": "true"}).content.decode()
    assert 'id="map"' in part
    assert "<h1" not in part
    big = client.get(f"{url}?big=1").content.decode()
    assert "逐个单位的时间和文书" not in big
    assert "big=1" in big.split('id="map"')[1].split(">")[0]


def test_the_days_of_a_look_back_are_for_a_person_to_say(checked: Scene, login: Any) -> None:
    page = login(checked.people.users["office"]).get(f"/rounds/{checked.opened.pk}/follow-up/")
    days = re.findall(r'<input id="[se]" type="date"[^>]*>', page.content.decode())
    assert len(days) == 2
    assert all("required" in one and "value" not in one for one in days)
