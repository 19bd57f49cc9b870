"""What a suspicion rests on goes with it to the unit, into the problem and into the letter; a hint
only when a person says so.
"""

from __future__ import annotations

import io
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from taizhang.checks import engine
from taizhang.inspection import bases
from taizhang.inspection.models import Finding, Picture
from taizhang.inspection.papers import letters, of_visit
from taizhang.kernel.models import JournalLine
from tests.inspection.conftest import Scene
from tests.inspection.test_findings import _consult, _draft, _issue
from tests.inspection.test_papers import _text, _visit

QUOTED = "台账要求“每季度召开一次，党员大会会议记录”"
FORGED: dict[str, Any] = {"item": 28, "source": "machine", "rule": "L28:MT.6c", "window": "2016-03-05"}  # fmt: skip
MACHINE: dict[str, Any] = {"item": 28, "source": "machine", "rule": "L28:L28.1", "window": "2016-Q3"}  # fmt: skip


def test_a_hint_is_no_problem_until_somebody_says_so(scene: Scene) -> None:
    said = scene.send("inspector", "finding", facts="会议只开了5分钟", **FORGED)
    assert said.state == "refused"
    assert "这是系统提示，不是台账要求；经核实确属问题才写入反馈" in said.message
    assert not Finding.objects.exists()

    assert (
        scene.send("inspector", "finding", facts="会议只开了5分钟", confirmed=True, **FORGED).state
        == "stored"
    )
    found = Finding.objects.get()
    assert (found.basis, found.rule) == ("", "L28:MT.6c")
    assert bases.hints(scene.own, [found]) == {found.pk}
    line = JournalLine.objects.get(verb="inspection.site.finding")
    assert line.detail["confirmed"] is True


def test_the_basis_of_a_confirmed_hint_is_its_inspectors(scene: Scene) -> None:
    told = {"basis": "《甲区会议规定》第三条", "confirmed": True}
    scene.send("inspector", "finding", facts="会议只开了5分钟", **FORGED, **told)
    assert Finding.objects.get().basis == "《甲区会议规定》第三条"


@pytest.mark.parametrize("rule", ["", "L28:GONE.1", "L99:L28.1"])
def test_what_the_machine_says_by_no_rule_that_is_known_is_a_hint(scene: Scene, rule: str) -> None:
    about = MACHINE | {"rule": rule}
    said = scene.send("inspector", "finding", facts="甲", basis="附件2台账要求", **about)
    assert (said.state, Finding.objects.count()) == ("refused", 0)


def test_before_its_regulation_was_in_force_a_rule_is_a_hint(scene: Scene) -> None:
    about = {"item": 23, "source": "machine", "rule": "L23:L23.5@2017-05-06"}
    early = scene.send("inspector", "finding", facts="甲", window="2018-12-31", **about)
    late = scene.send("inspector", "finding", facts="甲", window="2019-05-06", **about)
    assert (early.state, late.state) == ("refused", "stored")
    assert Finding.objects.get().basis.startswith("《中国共产党党员教育管理工作条例》")


def test_the_server_writes_the_rules_own_basis_whatever_the_device_says(scene: Scene) -> None:
    scene.send("inspector", "finding", facts="甲", basis="附件2台账要求", **MACHINE)
    assert Finding.objects.get().basis == QUOTED


def test_who_saw_an_earlier_problem_again_need_not_confirm_it(scene: Scene) -> None:
    """He says so himself, of a problem that was issued; what the machine says again he must
    confirm.
    """
    seen = FORGED | {"source": "site", "repeat_of": 10**6}
    assert "上一轮没有" in scene.send("inspector", "finding", facts="甲", **seen).message
    again = FORGED | {"repeat_of": 10**6}
    assert bases.CONFIRM in scene.send("inspector", "finding", facts="甲", **again).message


def test_no_letter_gives_a_basis_that_is_not_the_rules(scene: Scene) -> None:
    scene.send("inspector", "finding", facts="三季度未召开党员大会", **MACHINE)
    scene.send("inspector", "finding", facts="会议只开了5分钟", confirmed=True, **FORGED)
    _draft(scene, facts="记录本缺页")
    _consult(scene)
    text = _text(letters.letter(_issue(scene).visit))
    assert f"三季度未召开党员大会。依据：{QUOTED}" in text
    assert text.count("依据：") == 1
    assert "附件2台账要求" not in text
    assert all(told in text for told in ("会议只开了5分钟", "记录本缺页"))


def test_the_pack_has_the_requirement_and_what_every_reason_rests_on(
    checked: Scene, login: Any
) -> None:
    """Also a pack that was frozen with the false basis of before."""
    visit = checked.own
    for known in visit.pack["items"].values():
        for reason in known["reasons"]:
            assert "basis" not in reason
            reason["basis"] = "附件2台账要求"
    visit.save(update_fields=["pack"])
    told = login(checked.people.users["inspector"]).get("/site/pack/").json()

    assert told["confirm"] == bases.CONFIRM
    items = told["rounds"][str(checked.opened.pk)]["items"]
    assert next(i for i in items if i["no"] == 29)["requirement"].startswith("每月召开一次")
    mine = next(one for one in told["visits"] if one["id"] == visit.pk)
    rules = engine.rules(Picture.objects.get(visit=visit).catalogue)
    reasons = [reason for known in mine["items"].values() for reason in known["reasons"]]
    assert len(reasons) > 20
    for reason in reasons:
        basis = rules[reason["rule"]].rests_on(reason["window"])
        assert (reason["basis"], reason["hint"]) == (basis.told, basis.is_hint)
        assert "附件2" not in reason["basis"]
    assert {reason["hint"] for reason in reasons} == {True, False}


def test_the_sheet_tells_what_each_suspicion_rests_on(checked: Scene, login: Any) -> None:
    url = f"/visits/{checked.own.pk}/checklist.xlsx"
    data = login(checked.people.users["inspector"]).get(url).content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    told = next(str(row[5]) for row in rows if row[0] == 29)
    assert "（台账要求“每月召开一次，支委会会议记录”）" in told


def test_both_sides_see_it_in_the_consultation_and_on_paper(scene: Scene, login: Any) -> None:
    scene.send("inspector", "finding", facts="三季度未召开党员大会", **MACHINE)
    scene.send("inspector", "finding", facts="会议只开了5分钟", confirmed=True, **FORGED)
    client = login(scene.people.users["team_leader"])
    page = client.get(f"/visits/{scene.own.pk}/consultation/").content.decode()
    assert f"依据：{QUOTED}" in page
    assert page.count("系统提示，非台账要求；经督查人员核实记为问题") == 1
    hint = client.get(f"/findings/{Finding.objects.get(rule='L28:MT.6c').pk}/").content.decode()
    assert "系统提示，非台账要求；经督查人员核实记为问题" in hint
    for paper in (of_visit.consultation, of_visit.checklist):
        text = _text(paper(_visit(scene)))
        assert f"三季度未召开党员大会（依据：{QUOTED}）" in text
        assert "会议只开了5分钟（依据" not in text


def test_a_question_names_what_it_rests_on(scene: Scene) -> None:
    text = _text(of_visit.team_checklist(_visit(scene)))
    assert "《中国共产党党员教育管理工作条例》第二十五条" in text
