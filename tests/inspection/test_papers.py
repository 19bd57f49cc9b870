"""The papers of a round say what is on record, in every form, and blanks where nothing is."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import docx
import pytest

from taizhang.inspection import queries
from taizhang.inspection.actions import ordering, scoring
from taizhang.inspection.models import (
    Attendee,
    Finding,
    RectificationNotice,
    Round,
    RoundSession,
    TeamMember,
    Visit,
)
from taizhang.inspection.papers import by_name as papers
from taizhang.inspection.papers import letters, notice, of_visit
from taizhang.kernel.errors import WrongState
from taizhang.kernel.models import JournalLine
from taizhang.papers import actions
from taizhang.papers.official.paper import Official
from taizhang.papers.paper import Form, Paper, Table
from taizhang.papers.writers import official_word, word
from tests.inspection.conftest import DAY, Scene
from tests.inspection.mending import submitted
from tests.inspection.test_findings import WORDS, _acknowledged, _consult, _draft, _issue

_T = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"


def _text(paper: Paper | Official) -> str:
    data = official_word.written(paper) if isinstance(paper, Official) else word.written(paper)
    return "".join(t.text or "" for t in docx.Document(io.BytesIO(data)).element.body.iter(_T))


def _round(scene: Scene) -> Round:
    return queries.round_of(scene.opened.pk, actor=scene.people.actor("office"))


def _ordered(scene: Scene) -> RectificationNotice:
    return ordering.order_rectification(
        visit=_visit(scene), issued_on=DAY, due_on=date(2018, 11, 30),
        actor=scene.people.actor("office"), now=scene.now,
    )  # fmt: skip


def _visit(scene: Scene) -> Visit:
    return queries.visit(scene.own.pk, actor=scene.people.actor("office"))


@pytest.mark.parametrize("name", papers.OF_ROUND)
def test_every_paper_of_a_round_is_made(scene: Scene, name: str) -> None:
    _acknowledged(scene)
    RoundSession.objects.update(venue="区会议中心")
    _is_printed(scene, papers.OF_ROUND[name][1](_round(scene)))


def _is_printed(scene: Scene, made: Paper | Official) -> None:
    """In Word and as PDF."""
    for form in ("docx", "pdf"):
        assert actions.print_paper(
            paper=made, form=form, subject="s", actor=scene.people.actor("office"), now=scene.now
        ), form


@pytest.mark.parametrize("name", papers.OF_VISIT)
def test_every_paper_of_a_visit_is_made(scene: Scene, name: str) -> None:
    scoring.set_scored(
        opened=scene.opened, scored=True, actor=scene.people.actor("office"), now=scene.now
    )
    submitted(scene)
    Finding.objects.update(standing="returned")
    _ordered(scene)
    _is_printed(scene, papers.OF_VISIT[name][1](_visit(scene)))


def test_the_notice_has_both_annexes(draft: Scene) -> None:
    text = _text(notice.notice(_round(draft)))
    assert "附件1" in text
    assert "附件2" in text
    assert all(
        told in text
        for told in ("城南1", "甲校", "组长：team_leader", "支委会台账", "2018年10月25日")
    )


def test_the_checklist_is_blank_before_and_filled_after(scene: Scene) -> None:
    before = _text(of_visit.checklist(_visit(scene)))
    scene.send("inspector", "answer", item=1, verdict="mostly", note="缺页")
    pack = scene.own.pack
    pack["items"]["2"] |= {"outcome": "ok", "warns": 0, "reasons": []}
    Visit.objects.filter(pk=scene.own.pk).update(pack=pack)
    scene.send("inspector", "accept_rest", items=[2])
    _draft(scene)

    after = _text(of_visit.checklist(_visit(scene)))
    for told in ("基本齐全", "缺页", "据台账登记认可，未逐项查阅", "2016年三季度未召开党员大会"):
        assert told in after
        assert told not in before
    assert "系统" not in after


def test_only_the_team_gets_its_questions(scene: Scene, login: Any) -> None:
    team = _text(of_visit.team_checklist(_visit(scene)))
    assert "问：" in team
    assert "问：问：" not in team
    assert "问：" not in _text(of_visit.checklist(_visit(scene)))
    _consult(scene)
    address = f"/visits/{scene.own.pk}/papers/checklist-team.docx"
    assert login(scene.people.users["inspector"]).get(address).status_code == 200
    for who in ("secretary", "clerk", "foreign"):
        assert login(scene.people.users[who]).get(address).status_code == 403
    TeamMember.objects.create(
        area=scene.own.unit.area, role="member", name="书记", user=scene.people.users["secretary"]
    )
    assert login(scene.people.users["secretary"]).get(address).status_code == 403


def test_the_checklist_bears_every_record_that_was_drawn_and_problems_of_no_item(
    scene: Scene,
) -> None:
    _draft(scene)
    Finding.objects.update(item=None)
    visit = _visit(scene)
    visit.pack["sample"] = [
        {"no": 29, "kind": "会议台账", "record": n, "what": f"{n}月支委会", "of": 9} for n in (3, 4)
    ]
    table = of_visit.checklist(visit).blocks[1]
    assert isinstance(table, Table)
    assert table.rows[28][-1].count("抽查：") == 2
    assert table.rows[-1][3:7] == ["其他", "", "", "2016年三季度未召开党员大会"]


def test_the_letter_is_what_was_issued_whatever_comes_later(scene: Scene) -> None:
    with pytest.raises(WrongState):
        letters.letter(_visit(scene))
    finding = _acknowledged(scene)
    finding.facts = "后来改写的文字"
    finding.save()
    text = _text(letters.letter(_visit(scene)))
    assert "2016年三季度未召开党员大会" in text
    assert "后来改写的文字" not in text
    assert "示督〔2018〕3号" in text
    assert "签收人" in text
    assert "secretary" in text


def test_the_circular_names_units_or_does_not(scene: Scene) -> None:
    _acknowledged(scene)
    named, anonymous = (
        _text(papers.OF_ROUND[n][1](_round(scene))) for n in ("circular", "circular-anonymous")
    )
    assert "甲校" in named
    assert "甲校" not in anonymous
    assert "个别支部个别季度未召开党员大会" in anonymous
    assert "反馈问题1个" in named


def test_the_consultation_record_has_both_sides(scene: Scene) -> None:
    from taizhang.inspection.actions import consulting

    _draft(scene)
    consulting.write(
        visit=scene.own,
        words=replace(WORDS, recorder=" 记录员甲 "),
        version=1,
        actor=scene.people.actor("inspector"),
        now=scene.now,
    )
    _consult(scene)
    text = _text(of_visit.consultation(_visit(scene)))
    assert all(
        told in text
        for told in (
            "台账基本齐全",
            "补齐记录",
            "认可",
            "书记甲",
            "2016年三季度未召开党员大会",
            "记录员甲",
        )
    )


def test_the_consultation_record_says_when_it_was_held_and_who_came(scene: Scene) -> None:
    form = of_visit.consultation(_visit(scene)).blocks[0]
    assert isinstance(form, Form)
    before = {line.label: line.text for line in form.lines}
    assert before["时间"] == "2018年10月25日（星期四）"
    assert (before["记录人"], before["督查组确认"]) == ("", "")
    assert "书记 示例甲（应到）" in before["被督查党组织"]
    begun = datetime.fromisoformat("2018-10-25T09:05+08:00")
    Visit.objects.filter(pk=scene.own.pk).update(
        started_at=begun, ended_at=begun + timedelta(hours=1), team_signed_at=begun + timedelta(hours=2, minutes=10),
        branch_signed_at=begun + timedelta(days=1),
    )  # fmt: skip
    Attendee.objects.filter(visit=scene.own, post="书记").update(present=True)
    form = of_visit.consultation(_visit(scene)).blocks[0]
    assert isinstance(form, Form)
    after = {line.label: line.text for line in form.lines}
    assert after["时间"] == "2018年10月25日（星期四）上午9:05—11:15"
    assert "书记 示例甲、" in after["被督查党组织"]
    assert form.signs.count("日期") == 3


def test_all_letters_come_at_once_and_each_is_noted(scene: Scene, login: Any) -> None:
    _draft(scene)
    _consult(scene)
    _issue(scene)
    answer = login(scene.people.users["office"]).get(
        f"/rounds/{scene.opened.pk}/papers/letters.zip"
    )

    names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert names == ["城南1/01甲校反馈意见2018-10-25.docx"]
    assert (
        JournalLine.objects.filter(
            verb="papers.print", subject=f"visit:{scene.own.pk}:letter"
        ).count()
        == 1
    )


def test_the_inspected_get_the_checklist_only_after_both_signed(scene: Scene, login: Any) -> None:
    address = f"/visits/{scene.own.pk}/papers/checklist.docx"
    client = login(scene.people.users["secretary"])
    assert client.get(address).status_code == 403
    _consult(scene)
    assert client.get(address).status_code == 200
    assert login(scene.people.users["foreign"]).get(address).status_code == 403


def test_lists_go_out_as_sheets(scene: Scene, login: Any) -> None:
    _acknowledged(scene)
    client = login(scene.people.users["office"])
    for name in ("findings", "closing-ledger"):
        answer = client.get(f"/rounds/{scene.opened.pk}/papers/{name}.xlsx")
        assert answer.content[:2] == b"PK"
    assert client.get(f"/rounds/{scene.opened.pk}/papers/circular.xlsx").status_code == 422
    assert client.get(f"/rounds/{scene.opened.pk}/papers/circular.exe").status_code == 422
    assert client.get(f"/rounds/{scene.opened.pk}/papers/unknown.docx").status_code == 404
