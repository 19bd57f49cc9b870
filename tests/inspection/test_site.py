"""On site: nothing is lost, nothing counts twice, an older answer never wins, and a contradiction
is seen.
"""

from __future__ import annotations

import io
import json
import re
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import python_calamine
import xlsxwriter
from django.test import Client

from taizhang.checks.actions import explaining
from taizhang.checks.models import SuspicionRow
from taizhang.inspection.models import Answer, Finding, Highlight, LookBack, SitePhoto, Visit
from taizhang.inspection.papers import of_visit
from taizhang.inspection.site import explained
from taizhang.inspection.site import pack as site_pack
from taizhang.kernel.db.questions import Question
from taizhang.kernel.models import JournalLine
from tests.inspection.conftest import Scene
from tests.make import picture


def _held(scene: Scene, no: int = 1) -> list[str]:
    found = Answer.objects.filter(visit=scene.own, item__no=no, holds=True).order_by("made_at")
    return [answer.verdict for answer in found]


def test_what_is_sent_twice_is_stored_once(scene: Scene) -> None:
    key = str(uuid4())
    first = scene.send("inspector", "answer", item=1, verdict="complete", key=key)
    again = scene.send("inspector", "answer", item=1, verdict="complete", key=key)

    assert (first.state, again.state) == ("stored", "known")
    assert Answer.objects.count() == 1


def test_an_older_answer_that_comes_later_changes_nothing(scene: Scene) -> None:
    scene.send("inspector", "answer", item=1, verdict="missing")
    late = scene.send(
        "inspector", "answer", item=1, verdict="complete", made_at=scene.now - timedelta(minutes=5)
    )

    assert late.state == "older"
    assert _held(scene) == ["missing"]
    assert Answer.objects.count() == 2


def test_a_device_whose_clock_runs_ahead_does_not_win_for_ever(scene: Scene) -> None:
    scene.send(
        "inspector", "answer", item=1, verdict="missing", made_at=scene.now + timedelta(days=1)
    )
    scene.send("inspector", "answer", item=1, verdict="complete")

    assert _held(scene) == ["complete"]


def test_two_inspectors_that_differ_are_a_conflict_until_one_settles_it(scene: Scene) -> None:
    one = str(uuid4())
    scene.send("inspector", "answer", item=1, verdict="complete", key=one)
    two = str(uuid4())
    said = scene.send("team_leader", "answer", item=1, verdict="missing", key=two)
    assert said.state == "conflict"
    assert "inspector登记的是“齐全”" in said.message
    assert len(_held(scene)) == 2

    scene.send("inspector", "answer", item=1, verdict="mostly", seen=[one, two])

    assert _held(scene) == ["mostly"]


def test_two_inspectors_that_agree_are_no_conflict(scene: Scene) -> None:
    scene.send("inspector", "answer", item=1, verdict="missing")
    assert scene.send("team_leader", "answer", item=1, verdict="missing").state == "stored"
    assert _held(scene) == ["missing"]


def _found(scene: Scene, **known: dict[str, Any]) -> None:
    """What the machine says of some requirements in the frozen pack."""
    blank = {"warns": 0, "why": "", "reasons": [], "more": 0, "records": 1, "url": ""}
    pack = scene.own.pack
    pack["items"] |= {no.strip("n"): blank | said for no, said in known.items()}
    Visit.objects.filter(pk=scene.own.pk).update(pack=pack)


FINE = {"outcome": "ok"}


def test_the_rest_is_accepted_without_touching_what_somebody_looked_at(scene: Scene) -> None:
    _found(scene, n1=FINE, n2=FINE, n3=FINE)
    scene.send("inspector", "answer", item=1, verdict="missing")
    key = str(uuid4())
    for state in ("stored", "known"):
        assert scene.send("inspector", "accept_rest", items=[1, 2, 3], key=key).state == state

    assert _held(scene) == ["missing"]
    rest = Answer.objects.filter(item__no__in=(2, 3))
    assert {(a.verdict, a.how) for a in rest} == {("complete", "system")}


def test_only_what_the_machine_found_in_order_is_accepted_unseen(scene: Scene) -> None:
    before = {"outcome": "ok", "reasons": [{"severity": "warn", "text": "提醒"}]}
    _found(
        scene, n1=FINE, n2=FINE | {"warns": 1}, n3={"outcome": "to_judge"}, n4={"outcome": "unchecked"},
        n5={"outcome": "not_applicable"}, n6={"outcome": "missing"}, n7=before,
    )  # fmt: skip
    pack = scene.own.pack
    del pack["items"]["7"]["warns"]  # of a round that began before this was counted
    Visit.objects.filter(pk=scene.own.pk).update(pack=pack)

    said = scene.send("inspector", "accept_rest", items=[1, 2, 3, 4, 5, 6, 7])

    assert said.state == "stored"
    assert "第2、3、4、6、7项" in said.message
    assert dict(Answer.objects.values_list("item__no", "verdict")) == {
        1: "complete", 5: "not_applicable",
    }  # fmt: skip
    refused = scene.send("inspector", "accept_rest", items=[2, 3])
    assert (refused.state, Answer.objects.count()) == ("refused", 2)


def test_the_pack_carries_the_gravest_folded_to_facts(checked: Scene) -> None:
    items = checked.own.pack["items"]
    first = items["28"]["reasons"][0]
    assert first["text"] == "2015年一季度—2018年三季度共15个季度未召开党员大会"
    assert (first["n"], len(first["members"]), first["window"]) == (15, 15, "2018-Q3")
    order = ("error", "warn", "unsure", "info")
    for known in items.values():
        grades = [order.index(r["severity"]) for r in known["reasons"]]
        assert grades == sorted(grades)
        assert len(grades) <= 12
        assert known["more"] == 0 or len(grades) == 12


def test_the_checklists_tell_warnings_apart(scene: Scene, login: Any) -> None:
    _found(scene, n1=FINE, n2=FINE | {"warns": 2}, n3={"outcome": "unchecked"})
    paper = str(of_visit.team_checklist(scene.own))
    assert "台账登记情况：齐全（有提醒2）" in paper
    client = login(scene.people.users["inspector"])
    data = client.get(f"/visits/{scene.own.pk}/checklist.xlsx").content
    table = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
    assert [row[5] for row in table.to_python()[2:5]] == ["齐全", "齐全（有提醒2）", "未核对"]


def test_a_signed_consultation_takes_nothing_more(scene: Scene) -> None:
    Visit.objects.filter(pk=scene.own.pk).update(team_signed_at=scene.now)
    said = scene.send("inspector", "answer", item=1, verdict="missing")
    assert (said.state, Answer.objects.count()) == ("refused", 0)
    assert "会商已经确认" in said.message


@pytest.mark.parametrize("who", ["office", "secretary", "clerk", "member", "foreign", "nobody"])
def test_only_the_team_of_the_area_writes(scene: Scene, who: str) -> None:
    assert scene.send(who, "answer", item=1, verdict="missing").state == "refused"
    assert not Answer.objects.exists()


def test_the_team_neither_sees_nor_writes_before_and_after_its_days(draft: Scene) -> None:
    draft.step("publish")
    assert not site_pack.at_work(draft.people.actor("inspector")).exists()
    draft.step("begin")
    assert site_pack.at_work(draft.people.actor("inspector")).count() == 2
    Visit.objects.update(standing=Visit.Standing.FED_BACK)
    draft.step("feed_back")
    assert draft.send("inspector", "start").state == "refused"


def test_everything_an_inspector_does_is_in_the_journal(scene: Scene) -> None:
    scene.send("inspector", "start")
    scene.send("inspector", "answer", item=1, verdict="missing", note="没有记录")
    scene.send("inspector", "finding", item=1, facts="没有支部工作职责")
    finding = Finding.objects.get()
    scene.send("inspector", "drop_finding", finding=str(finding.key))
    scene.send("inspector", "highlight", text="台账电子化")
    scene.send("inspector", "drop_highlight", highlight=str(Highlight.objects.get().key))
    scene.send("inspector", "end")

    verbs = list(
        JournalLine.objects.filter(subject=f"visit:{scene.own.pk}").values_list("verb", flat=True)
    )
    told = [verb.rpartition(".")[2] for verb in verbs]
    assert told == [
        "start",
        "answer",
        "finding",
        "drop_finding",
        "highlight",
        "drop_highlight",
        "end",
    ]
    assert scene.own.standing == Visit.Standing.TO_CONSULT


def test_the_journal_tells_in_words_what_was_replaced(scene: Scene) -> None:
    one = str(uuid4())
    scene.send("inspector", "answer", item=1, verdict="complete", key=one)
    scene.send("team_leader", "answer", item=1, verdict="missing", seen=[one])
    attendee = scene.own.attendees.get(post="书记")
    scene.send("inspector", "present", attendee=attendee.pk, present=True)
    scene.send("inspector", "finding", item=1, facts="没有支部工作职责")
    finding = Finding.objects.get()
    scene.send("inspector", "drop_finding", finding=str(finding.key))
    scene.send("inspector", "highlight", text="台账电子化")
    scene.send("inspector", "drop_highlight", highlight=str(Highlight.objects.get().key))

    lines = JournalLine.objects.filter(subject=f"visit:{scene.own.pk}").order_by("seq")
    changed = [line.detail["changed"] for line in lines if line.detail["changed"]]
    assert changed == [
        {"第1项检查情况": ["", "齐全（inspector）"]},
        {"第1项检查情况": ["齐全（inspector）", "缺失（team_leader）"]},
        {str(attendee): ["未到场", "到场"]},
        {"没有支部工作职责": ["草拟", "草拟撤销"]},
        {"台账电子化": ["特色亮点", ""]},
    ]


def _post(client: Client, entries: Any) -> Any:
    return client.post(
        "/site/sync/", json.dumps({"entries": entries}), content_type="application/json"
    )


def test_bad_entries_are_refused_one_by_one_and_stop_no_other(scene: Scene, login: Any) -> None:
    client = login(scene.people.users["inspector"])
    fine = {
        "kind": "answer", "key": str(uuid4()), "visit": scene.own.pk, "made_at": scene.now.isoformat(), "item": 1, "verdict": "missing",
    }  # fmt: skip
    bad: list[Any] = [
        None, 7, {}, fine | {"verdict": "good"}, fine | {"item": 99}, fine | {"visit": 10**9}, fine | {"kind": "delete"},
        fine | {"note": "长" * 501}, fine | {"key": "x"}, fine | {"made_at": "gestern"}, fine | {"more": 1},
    ]  # fmt: skip
    bad = [
        one | {"key": str(uuid4())}
        if isinstance(one, dict) and one.get("key") == fine["key"]
        else one
        for one in bad
    ]

    answer = _post(client, [*bad, fine])

    states = [one["state"] for one in answer.json()["results"]]
    assert states == ["refused"] * len(bad) + ["stored"]
    assert Answer.objects.count() == 1


def test_one_verdict_asks_the_database_so_often_and_no_more(
    checked: Scene, login: Any, django_assert_max_num_queries: Any
) -> None:
    client = login(checked.people.users["inspector"])
    told = {
        "kind": "answer",
        "visit": checked.own.pk,
        "made_at": checked.now.isoformat(),
        "verdict": "missing",
    }
    _post(client, [told | {"key": str(uuid4()), "item": 1}])
    with django_assert_max_num_queries(11) as asked:
        answer = _post(client, [told | {"key": str(uuid4()), "item": 2}])
    assert answer.json()["results"][0]["state"] == "stored"
    # What only pages show is not read for a device.
    assert not [one for one in asked.captured_queries if "kernel_message" in one["sql"]]


def test_a_question_built_once_takes_the_keys_of_devices_and_the_numbers_of_requirements(
    checked: Scene,
) -> None:
    checked.send("inspector", "answer", item=3, verdict="mostly")
    answer = Answer.objects.get()
    asked: Question[Answer] = Question(
        lambda no, key: Answer.objects.filter(item__no=no, key=key).only("verdict")
    )

    assert [one.verdict for one in asked(3, answer.key)] == ["mostly"]
    assert asked(3, answer.key) == [answer]
    assert asked(4, answer.key) == asked(3, uuid4()) == []


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"entries": 3}', "\x00", "{" * 1000])
def test_what_is_no_list_of_entries_is_refused(scene: Scene, login: Any, body: str) -> None:
    client = login(scene.people.users["inspector"])
    answer = client.post("/site/sync/", body, content_type="application/json")
    assert answer.status_code == 422


def test_the_pack_holds_what_is_needed_without_a_network(checked: Scene, login: Any) -> None:
    checked.send("inspector", "answer", item=2, verdict="mostly", note="缺页")
    told = login(checked.people.users["inspector"]).get("/site/pack/").json()

    visit = next(one for one in told["visits"] if one["id"] == checked.own.pk)
    assert len(told["rounds"][str(checked.opened.pk)]["items"]) == len(visit["items"]) == 36
    assert visit["items"]["29"]["outcome"] in ("missing", "defective", "to_judge", "ok")
    assert [(a["no"], a["verdict"], a["note"]) for a in visit["answers"]] == [(2, "mostly", "缺页")]
    assert visit["planned"] == "09:00"


def test_what_the_branch_says_now_goes_along_with_the_frozen_picture(
    checked: Scene, login: Any, now: datetime
) -> None:
    actor, packed = checked.people.actor("secretary"), checked.own.pack["items"]["28"]["reasons"][0]
    rows = list(SuspicionRow.objects.filter(branch=checked.people.own, rule=packed["rule"]))
    explaining.explain(rows=rows[:4], text="当年学校合并，书记空缺", actor=actor, now=now)

    client = login(checked.people.users["inspector"])
    told = client.get("/site/pack/").json()
    visit = next(one for one in told["visits"] if one["id"] == checked.own.pk)
    first = visit["items"]["28"]["reasons"][0]

    assert first["explained"] == ["当年学校合并，书记空缺（15处中的4处）"]
    assert "marks" not in first
    sheet = client.get(f"/visits/{checked.own.pk}/checklist.xlsx").content
    table = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(sheet)).get_sheet_by_index(0)
    assert any("【支部说明：当年学校合并，书记空缺" in str(row[5]) for row in table.to_python())
    assert "支部说明：当年学校合并，书记空缺" in str(of_visit.team_checklist(checked.own))
    assert "支部说明" not in str(of_visit.checklist(checked.own))
    item = checked.opened.items.get(no=28)
    about = {"visit": checked.own, "item": item, "severity": "serious"}
    made = Finding(pk=7, rule=packed["rule"], window=packed["window"], **about)
    by_hand = Finding(pk=8, **about)
    assert explained.of_findings([made, by_hand]) == {7: "当年学校合并，书记空缺（15处中的4处）"}


def test_the_same_seed_draws_the_same_sample(checked: Scene) -> None:
    before = checked.own.pack["sample"]
    checked.opened.standing = "published"
    checked.step("begin")
    assert checked.own.pack["sample"] == before
    assert checked.own.pack["seed"]


def _photo(client: Client, checked: Scene, key: str, data: bytes) -> Any:
    file = io.BytesIO(data)
    file.name = "a.jpg"
    about = {
        "key": key,
        "visit": checked.own.pk,
        "item": 3,
        "made_at": checked.now.isoformat(),
        "file": file,
    }
    return client.post("/site/photos/", about)


def test_a_photo_is_kept_once_without_its_exif_and_only_for_the_team(
    scene: Scene, login: Any
) -> None:
    client, key = login(scene.people.users["inspector"]), str(uuid4())
    for _ in range(2):
        assert _photo(client, scene, key, picture()).status_code == 200
    photo = SitePhoto.objects.get()

    shown = client.get(f"/site/photos/{photo.pk}/large.jpg")
    branch = login(scene.people.users["clerk"]).get(f"/site/photos/{photo.pk}/large.jpg")

    assert shown["Content-Type"] == "image/jpeg"
    assert b"Exif" not in shown.content
    assert branch.status_code == 403
    assert _photo(client, scene, str(uuid4()), b"no picture at all").status_code == 422


def _filled(client: Client, scene: Scene, cells: dict[tuple[int, int], str]) -> io.BytesIO:
    """The checklist as somebody fills it: (row, column) → text."""
    data = client.get(f"/visits/{scene.own.pk}/checklist.xlsx").content
    table = (
        python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        .get_sheet_by_index(0)
        .to_python()
    )
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for row, line in enumerate(table):
            for column, value in enumerate(line):
                sheet.write(row, column, cells.get((row, column), value))
    out.seek(0)
    out.name = "检查表.xlsx"
    return out


def test_the_checklist_goes_out_as_a_sheet_and_comes_back_once(scene: Scene, login: Any) -> None:
    client = login(scene.people.users["inspector"])
    cells = {(2, 6): "缺失", (2, 7): "没有支部工作职责", (3, 6): "不适用"}
    sheet = _filled(client, scene, cells)
    for _ in range(2):
        sheet.seek(0)
        assert (
            client.post(f"/visits/{scene.own.pk}/checklist.xlsx", {"file": sheet}).status_code
            == 200
        )

    assert [(a.item.no, a.verdict, a.how) for a in Answer.objects.order_by("item__no")] == [
        (1, "missing", "paper"), (2, "not_applicable", "paper"),
    ]  # fmt: skip
    assert Finding.objects.get().facts == "没有支部工作职责"


def test_a_sheet_of_another_unit_or_with_a_wrong_word_stores_nothing(
    scene: Scene, login: Any
) -> None:
    client = login(scene.people.users["inspector"])
    other = Visit.objects.exclude(pk=scene.own.pk).get()
    sheet = _filled(client, scene, {(2, 6): "缺失", (3, 6): "马马虎虎"})
    for key, told in (
        (other.pk, "不是这个单位的检查表"),
        (scene.own.pk, "“马马虎虎”不在可选范围内"),
    ):
        sheet.seek(0)
        answer = client.post(f"/visits/{key}/checklist.xlsx", {"file": sheet})
        assert answer.status_code == 422
        assert told in answer.content.decode()
    assert not Answer.objects.exists()


def test_a_look_back_needs_a_problem_of_the_last_round_of_the_same_unit(scene: Scene) -> None:
    scene.send("inspector", "finding", item=1, facts="本轮的问题")
    said = scene.send("inspector", "look_back", earlier=Finding.objects.get().pk, verdict="mended")
    assert (said.state, LookBack.objects.count()) == ("refused", 0)


def test_who_reads_the_journal_is_told_names_and_no_marks_of_machines(
    scene: Scene, login: Any
) -> None:
    scene.send("inspector", "answer", item=29, verdict="complete")
    page = login(scene.people.users["audit"]).get("/journal/").content.decode()
    words = re.sub(r"<[^>]*>", " ", page)
    assert f"被督查单位 {scene.own.unit.name}（{scene.opened.title}）" in words
    assert f"轮次 {scene.opened.title}" in words
    assert not re.search(r"\b[a-z]+\.[a-z_]+\b", words)
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}", words)
    assert 'title="inspection.site.answer"' in page
