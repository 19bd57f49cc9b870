"""What was issued stays as it was, whoever is renamed later; what is still to be issued needs
something to say.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import unquote

import pytest

from taizhang.checks import engine
from taizhang.checks.reasons.queries import must_have_scope
from taizhang.inspection import queries
from taizhang.inspection.actions import consulting, ordering
from taizhang.inspection.models import Finding, RectificationNotice, Visit
from taizhang.inspection.papers import issued, letters, of_visit, offered
from taizhang.inspection.site import sampling
from taizhang.kernel.errors import BadInput, NotAllowed, WrongState
from taizhang.kernel.models import JournalLine
from taizhang.orgs.actions import organisations as orgs
from taizhang.orgs.actions.heads import set_heads
from taizhang.orgs.heads import Head, KindHead
from taizhang.orgs.models import Organisation, PaperKind
from taizhang.papers.official.paper import Official
from taizhang.papers.proofs import words
from taizhang.papers.wording import listed
from tests.inspection.conftest import DAY, WHY, Scene
from tests.inspection.test_findings import WORDS, _acknowledged, _consult, _draft, _issue
from tests.make import raw, save

DUE = date(2018, 11, 30)


def _visit(scene: Scene) -> Visit:
    return queries.visit(scene.own.pk, actor=scene.people.actor("office"))


def _order(scene: Scene, who: str = "office", due_on: date = DUE) -> RectificationNotice:
    return ordering.order_rectification(
        visit=_visit(scene), issued_on=DAY, due_on=due_on, actor=scene.people.actor(who), now=scene.now
    )  # fmt: skip


def _renamed(scene: Scene) -> None:
    for branch in (scene.people.own, scene.people.committee):
        found = Organisation.objects.get(pk=branch.pk)
        values = orgs.OrganisationValues(
            full_name=f"新{found.full_name}", short_name=f"新{found.short_name}", org_type=found.org_type,
            established_on=found.established_on, renamed_on=DAY,
        )  # fmt: skip
        orgs.change_organisation(
            organisation=found, values=values, actor=scene.people.actor("office"), now=scene.now
        )


def _all(paper: Official) -> str:
    return f"{paper.title}{paper.to}{''.join(clause.text for clause in paper.body)}{paper.signed}"


def test_an_issued_letter_keeps_every_name_of_its_day(scene: Scene) -> None:
    _draft(scene)
    _consult(scene)
    _issue(scene)
    before = letters.letter(_visit(scene))
    _renamed(scene)
    Visit.objects.update(achievements="后来写的", advice="后来写的")
    scene.opened.issuer = "别的机关"
    scene.opened.save()
    assert letters.letter(_visit(scene)) == before
    assert "中共甲校支部委员会" in _all(before)
    line = JournalLine.objects.get(verb="inspection.issue")
    assert line.detail["digest"] == letters.digest(_visit(scene).letter.frozen["paper"])


def test_a_notice_is_numbered_and_stays_what_was_sent(scene: Scene, login: Any) -> None:
    finding = _acknowledged(scene)
    first, second = _order(scene), _order(scene)
    assert (first.number, second.number) == ("督改〔2018〕1号", "督改〔2018〕2号")
    Finding.objects.update(standing=Finding.Standing.CLOSED, facts="后来改写的文字")
    _renamed(scene)

    told = _all(letters.notice_of(_visit(scene), first.slug))
    assert finding.facts in told
    assert "中共甲校支部委员会" in told
    assert "2018年11月30日前整改完毕" in told
    client = login(scene.people.users["secretary"])
    answer = client.get(f"/visits/{scene.own.pk}/papers/{first.slug}.docx")
    assert answer.status_code == 200
    page = client.get(f"/branches/{scene.people.own.pk}/inspections/").content.decode()
    assert "督改〔2018〕2号" in page


def test_a_notice_needs_something_to_put_right(scene: Scene) -> None:
    _acknowledged(scene)
    for standing in ("closed", "disputed", "submitted", "cancelled"):
        Finding.objects.update(standing=standing)
        with pytest.raises(WrongState, match="没有需要整改的问题"):
            _order(scene)
    assert not RectificationNotice.objects.exists()
    with pytest.raises(WrongState, match="还没有出具"):
        letters.notice_of(_visit(scene))


def test_a_notice_is_the_offices_and_of_days_that_can_be(scene: Scene, login: Any) -> None:
    with pytest.raises(WrongState, match="还没有反馈"):
        _order(scene)
    _acknowledged(scene)
    with pytest.raises(NotAllowed):
        _order(scene, "team_leader")
    with pytest.raises(BadInput, match="应晚于出具日期"):
        _order(scene, due_on=DAY)
    client = login(scene.people.users["office"])
    asked = {"issued_on": f"{DAY}", "due_on": f"{DUE}"}
    client.post(f"/visits/{scene.own.pk}/rectification-notices/", asked)
    page = client.get(f"/rounds/{scene.opened.pk}/findings/").content.decode()
    assert "督改〔2018〕1号" in page


def test_the_letter_of_a_unit_without_problems_asks_for_nothing(scene: Scene, login: Any) -> None:
    scene.send("inspector", "answer", item=1, verdict="complete")
    _consult(scene)
    page = login(scene.people.users["office"]).get(f"/rounds/{scene.opened.pk}/findings/")
    assert "没有写“肯定的成绩和经验”，反馈意见中也不写：甲校。" in page.content.decode()
    letter = _issue(scene)

    paper = letters.letter(_visit(scene))
    assert not [clause for clause in paper.body if clause.level]
    assert "整改" not in _all(paper)
    assert "未发现需要反馈的问题" in _all(paper)
    assert "逐项查阅1项" in _all(paper)
    assert (letter.plan_due_on, paper.receipt) == (None, [])
    own = login(scene.people.users["secretary"])
    for address in (f"/branches/{scene.people.own.pk}/inspections/", "/"):
        assert "签收反馈意见" not in own.get(address, follow=True).content.decode()
    assert own.get(f"/visits/{scene.own.pk}/papers/plan.docx").status_code == 409


def test_nothing_is_said_of_what_nobody_looked_at(scene: Scene, login: Any) -> None:
    _consult(scene)
    page = login(scene.people.users["office"]).get(f"/rounds/{scene.opened.pk}/findings/")
    assert "没有任何查阅记录" in page.content.decode()
    _issue(scene)
    told = _all(letters.letter(_visit(scene)))
    assert f"因{WHY}，督查组未查阅你支部台账，本次督查对你支部工作不作评价。" in told
    assert "未发现" not in told
    assert "进行了督查" not in told


def test_requirements_that_nobody_read_are_named(scene: Scene) -> None:
    for no in range(3, 37):
        scene.send("inspector", "answer", item=no, verdict="complete", how="system")
    scene.send("inspector", "answer", item=1, verdict="complete")
    _consult(scene)
    _issue(scene)
    told = _all(letters.letter(_visit(scene)))
    assert (
        "逐项查阅1项，另有34项根据台账情况认可、未逐项查阅；未查阅1项：支部书记工作职责。" in told
    )
    assert f"原因：{WHY}。" in told  # fmt: skip


def test_names_with_marks_in_them_are_kept_apart() -> None:
    assert listed(["党课台账", "支委会台账"]) == "党课台账、支委会台账"
    assert listed(["民主生活会，组织生活会流程", "党费收缴、使用制度"]) == (
        "民主生活会，组织生活会流程；党费收缴、使用制度"
    )


def test_papers_and_pages_say_the_same_hour(scene: Scene, login: Any) -> None:
    at = datetime(2018, 10, 24, 16, 30, tzinfo=UTC)
    member, leader = scene.people.actor("inspector"), scene.people.actor("team_leader")
    consulting.write(visit=scene.own, words=WORDS, version=1, actor=member, now=at)
    consulting.sign_for_team(visit=scene.own, actor=leader, now=at, unseen_reason="当日停电")
    consulting.sign_for_branch(visit=scene.own, name="书记甲", actor=member, now=at)

    form = of_visit.consultation(_visit(scene)).blocks[0]
    signed = {line.label: line.text for line in form.lines}  # type: ignore[union-attr]
    page = login(scene.people.users["office"]).get(f"/visits/{scene.own.pk}/consultation/")
    assert signed["督查组确认"].endswith("2018年10月25日00:30")
    assert signed["被督查党组织确认"] == "书记甲　2018年10月25日00:30"
    assert "2018-10-25 00:30" in page.content.decode()
    assert form.signs.count("日期") == 3  # type: ignore[union-attr]


def test_a_receipt_bears_the_day_here(scene: Scene) -> None:
    _draft(scene)
    _consult(scene)
    letter = _issue(scene)
    letter.signed_at, letter.signed_by = datetime(2018, 10, 29, 17, tzinfo=UTC), "书记甲"
    letter.save()
    receipt = letters.letter(_visit(scene)).receipt
    assert {line.label: line.text for line in receipt} == {
        "签收人": "书记甲", "签收日期": "2018年10月30日", "联系电话": "", "单位（盖章）": "",
    }  # fmt: skip


def test_files_are_not_named_by_keys(scene: Scene, login: Any) -> None:
    _draft(scene)
    _consult(scene)
    _issue(scene)
    held = save(
        scene.people.own, scene.people.actor("clerk"), scene.now, "meetings", **raw("meetings")
    )
    client = login(scene.people.users["office"])
    for address, name in (
        (f"/rounds/{scene.opened.pk}/papers/letters.zip", "督查反馈意见.zip"),
        (
            f"/rounds/{scene.opened.pk}/papers/notice.docx",
            f"关于开展督查的通知{scene.opened.issued_on}.docx",
        ),
        (f"/rounds/{scene.opened.pk}/papers/sessions.xlsx", "督查场次表.xlsx"),
        (f"/visits/{scene.own.pk}/papers/letter.pdf", "甲校反馈意见2018-10-25.pdf"),
        (f"/visits/{scene.own.pk}/papers/plan.docx", "甲校整改方案（草稿）.docx"),
        (f"/papers/meetings/{held.pk}.docx", "甲校支委会记录2016-03-08.docx"),
    ):
        told = client.get(address).headers["Content-Disposition"]
        assert _name(told) == name


def _name(header: str) -> str:
    return unquote(re.search(r"filename\*=UTF-8''(\S+)", header)[1])  # type: ignore[index]


def test_a_sample_is_drawn_from_the_items_own_records(checked: Scene) -> None:
    clerk, scope = checked.people.actor("clerk"), must_have_scope()
    days = {"支委会": ["2016-03-08", "2017-03-08", "2014-03-08"], "党课": ["2016-05-10"]}
    kept = {
        kind: [
            save(checked.people.own, clerk, checked.now, "meetings", **raw("meetings") | _of(kind, day)).pk
            for day in held
        ]
        for kind, held in days.items()
    }  # fmt: skip
    rules = engine.catalogue(scope.catalogue)
    where = sampling.Where(checked.people.own, scope, checked.people.actor("office"))
    assert sampling.population("L29", rules, where) == [
        ("meetings", key) for key in kept["支委会"][:2]
    ]
    save(checked.people.own, clerk, checked.now, "study-plans", **raw("study-plans"))

    save(
        checked.people.own,
        clerk,
        checked.now,
        "personal-study-plans",
        **raw("personal-study-plans"),
    )
    assert [slug for slug, _ in sampling.population("L18", rules, where)] == [
        "study-plans",
        "personal-study-plans",
    ]


def _of(kind: str, day: str) -> dict[str, str]:
    lecture = {"theme": "党章", "content": "学习党章", "lecturer_name": "示例甲"}
    return {"kind": kind, "held_on": day, "title": f"{day}{kind}"} | (
        lecture if kind == "党课" else {}
    )


def test_every_item_is_looked_at_with_the_same_chance_and_the_plan_is_printed(
    checked: Scene,
) -> None:
    items = list(checked.opened.items.all())[:5]
    drawn, of = sampling.draw(items, lambda _: [], "seed")
    assert (drawn, of) == ([], 5)
    plan = {"population": 4, "size": 1, "seed": "1:2:x", "method": "随机抽1项。"}
    one = {"no": 29, "kind": "会议台账", "record": 7, "what": "三月支委会", "of": 46, "url": "/"}
    visit = _visit(checked)
    visit.pack |= {"sample": [one], "sampling": plan}
    assert "种子" not in f"{of_visit.checklist(visit)}"
    told = f"{of_visit.team_checklist(visit)}"
    assert "抽查：会议台账三月支委会（本项46条中随机）" in told
    assert "随机抽查：随机抽1项。种子：1:2:x" in told


def test_only_what_was_issued_bears_a_proof_and_offers_its_words(scene: Scene, login: Any) -> None:
    head = Head(kinds={str(PaperKind.LETTER): KindHead(proof="1"), str(PaperKind.NOTICE): KindHead(proof="1")})  # fmt: skip
    office = scene.people.actor("office")
    set_heads(organisation=scene.people.committee, head=head, actor=office, now=scene.now)
    assert not issued.paper("notice")(scene.opened).proved
    _draft(scene)
    _consult(scene)
    _issue(scene)

    letter = letters.letter(_visit(scene))
    offers = {one.title: [name for name, _ in one.forms] for one in offered.of_visit(_visit(scene), {"office"})}  # fmt: skip
    page = login(scene.people.users["office"]).get(f"/visits/{scene.own.pk}/papers/letter.txt")

    assert (letter.proved, letter.proof) == (True, "")
    assert offers["反馈意见"] == ["Word", "PDF", "校验文字"]
    assert "txt" not in str(offers["会商记录"])
    assert page.content.decode() == words.text(letter)
