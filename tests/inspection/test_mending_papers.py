"""What a branch hands in says what is on record: when it was adopted, how far it is, with which
files, and who decided.
"""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import docx
import pypdf
import pytest

from taizhang.inspection import queries
from taizhang.inspection.actions import rectifying, scoring
from taizhang.inspection.models import Finding, Letter, Rectification, Round, Visit
from taizhang.inspection.papers import bundles, letters, mending, of_round, of_visit, offered
from taizhang.inspection.papers.parts import lists
from taizhang.kernel.errors import BadInput, NotAllowed, Stale, WrongState
from taizhang.kernel.journal import labels
from taizhang.kernel.models import JournalLine
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.records import actions as ledgers
from taizhang.papers import actions
from taizhang.papers.official.paper import Official
from taizhang.papers.paper import Form, Paper, Table
from tests.inspection.conftest import Scene
from tests.inspection.mending import planned, submitted
from tests.inspection.test_findings import _acknowledged, _consult, _issue, _measures


def _visit(scene: Scene) -> Visit:
    return queries.visit(scene.own.pk, actor=scene.people.actor("office"))


def _verified(scene: Scene, verb: str, **about: str) -> Finding:
    finding = submitted(scene)
    rectifying.verify(
        finding=finding, verb=verb, opinion="核对属实", actor=scene.people.actor("office"),
        now=datetime.fromisoformat("2018-11-21T17:30+00:00"), **about,
    )  # fmt: skip
    return finding


def _all(paper: Official) -> str:
    return "\n".join([paper.title, paper.to, *(clause.text for clause in paper.body)])


def _row(paper: Paper | Official) -> dict[str, str]:
    """The first row of a paper's table by its headings."""
    blocks = paper.annexes[0].blocks if isinstance(paper, Official) else paper.blocks
    table = next(block for block in blocks if isinstance(block, Table))
    return dict(zip(table.columns, table.rows[0], strict=True))


def test_a_plan_is_a_draft_until_a_meeting_of_the_branch_adopted_it(scene: Scene) -> None:
    _acknowledged(scene)
    before = mending.plan(_visit(scene))
    assert before.title.endswith("（草稿）")
    offers = {one.title: one.state for one in offered.of_visit(_visit(scene), {"branch"})}
    assert offers["整改方案"] == "草稿"
    assert before.dated is None
    assert "研究通过" not in _all(before)
    assert "整改措施尚未拟定。" in _all(before)


def _at_once(scene: Scene, *, meeting: bool) -> Visit:
    """A unit whose only problem is put right at once, with its measures, adopted by a meeting or
    not.
    """
    finding = _acknowledged(scene, manner="at_once")
    measures = _measures(scene, deadline=date(2018, 10, 31))
    measures = measures if meeting else replace(measures, meeting=None)
    rectifying.plan(
        finding=finding, measures=measures, actor=scene.people.actor("clerk"), now=scene.now
    )
    return _visit(scene)


def test_what_is_put_right_at_once_asks_for_a_report_and_no_plan(scene: Scene) -> None:
    visit = _at_once(scene, meeting=False)
    assert (visit.letter.plan_due_on, visit.letter.report_due_on) == (None, date(2018, 11, 25))
    text = _all(letters.letter(visit))
    assert "请于2018年11月25日前报送整改报告及佐证材料。" in text
    assert "整改方案" not in text
    with pytest.raises(WrongState, match="都是立行立改，不用另报整改方案"):
        mending.plan(visit)
    offers = {one.title: one for one in offered.of_visit(visit, {"branch"})}
    assert (offers["整改方案"].why, offers["整改方案"].forms) == (mending.NO_PLAN, [])
    assert bundles.found("plans", [visit]) == []
    assert bundles.found("reports", [visit]) != []


def test_a_plan_that_nobody_asked_for_is_one_when_a_meeting_adopted_it(scene: Scene) -> None:
    visit = _at_once(scene, meeting=True)
    paper = mending.plan(visit)
    assert "研究通过" in _all(paper)
    assert not paper.title.endswith("（送审稿）")
    assert bundles.found("plans", [visit]) != []


def test_a_plan_that_a_letter_asked_for_is_a_draft_until_it_is_adopted(scene: Scene) -> None:
    _at_once(scene, meeting=False)
    Letter.objects.update(plan_due_on=date(2018, 11, 8))
    assert mending.plan(_visit(scene)).title.endswith("（送审稿）")


def test_an_adopted_plan_says_by_whom_and_bears_that_day(scene: Scene) -> None:
    finding = planned(scene)
    paper = mending.plan(_visit(scene))
    assert paper.title == "中共甲校支部委员会关于督查反馈问题的整改方案"
    assert paper.to == f"{scene.people.committee.full_name}："
    assert "根据督查反馈意见（示督〔2018〕3号），对反馈的1个问题制定本整改方案。本方案经2018年11月3日支部委员会研究通过。" in _all(paper)  # fmt: skip
    assert paper.dated == date(2018, 11, 3)
    row = _row(paper)
    assert "整改进展（完成情况）" not in row
    assert row["整改时限"] == "2018年11月20日"
    Finding.objects.filter(pk=finding.pk).update(standing="disputed")
    assert "已提出申诉，正在核实。" in _all(mending.plan(_visit(scene)))


def test_a_meeting_that_was_taken_back_adopted_nothing(scene: Scene) -> None:
    planned(scene)
    kind = KINDS["meetings"]
    entry = kind.model.objects.get(pk=Rectification.objects.get().meeting)
    ledgers.withdraw(
        kind=kind, entry=entry, reason="登错", actor=scene.people.actor("clerk"), now=scene.now + timedelta(minutes=1)
    )  # fmt: skip
    assert mending.plan(_visit(scene)).title.endswith("（送审稿）")


def test_a_report_tells_states_in_plain_words_with_files_and_day(scene: Scene) -> None:
    submitted(scene)
    paper = mending.report(_visit(scene))
    text = _all(paper)
    assert "整改情况：已完善制度。目前已申请销号，待核查。" in text
    assert "整改方案经2018年11月3日支部委员会研究通过。" in text
    assert "。整改时限为2018年11月20日。" in text
    assert paper.body[-1].text == "特此报告。"
    assert "签收" not in text
    assert paper.dated is not None
    assert paper.attachments == ["整改台账"]
    row = _row(paper)
    assert row["佐证材料"] == "整改后：三季度大会记录.png"
    assert row["是否完成"] == "部分"


@pytest.mark.parametrize(
    ("standing", "told"), [("long_term", "已转为长期坚持。"), ("disputed", "申诉中。")]
)
def test_what_is_kept_up_or_disputed_is_not_late_in_the_report(
    scene: Scene, standing: str, told: str
) -> None:
    submitted(scene)
    Finding.objects.update(standing=standing)
    open_still = _all(mending.report(_visit(scene))).partition("三、未完成事项及下一步")[2]
    assert f"目前{told}" in open_still
    assert "整改时限为" not in open_still.partition("四、长效机制")[0]


def test_nothing_is_asked_of_a_unit_without_problems(scene: Scene) -> None:
    _consult(scene)
    _issue(scene)
    for make in (mending.plan, mending.report, mending.unit_findings, mending.closing_request):
        with pytest.raises(WrongState):
            make(_visit(scene))


def test_a_request_to_close_is_what_the_branch_handed_in(scene: Scene) -> None:
    planned(scene)
    with pytest.raises(WrongState, match="还没有申请销号"):
        mending.closing_request(_visit(scene))


def test_a_request_bears_applicant_files_and_the_decision(scene: Scene) -> None:
    submitted(scene)
    (open_one,) = mending.closing_request(_visit(scene)).blocks
    assert isinstance(open_one, Form)
    told = {line.label: line.text for line in open_one.lines}
    assert (told["申请人"], told["整改结果"]) == ("clerk", "已完善制度")
    assert told["佐证材料"] == "整改后：三季度大会记录.png"
    assert (told["核查意见"], told["核查人"], told["核查日期"]) == ("□ 同意销号　　□ 退回", "", "　　年　月　日")  # fmt: skip


@pytest.mark.parametrize(
    ("verb", "word", "done", "closed_on"),
    [
        ("close", "同意销号。核对属实。", "是", "2018年11月22日"),
        ("send_back", "退回。核对属实。", "部分", ""),
        ("keep_on", "转为长期坚持。核对属实。", "部分", ""),
    ],
)
def test_request_and_ledger_bear_the_decision_and_who_took_it(
    verb: str, word: str, done: str, closed_on: str, scene: Scene
) -> None:
    _verified(scene, verb)
    (form,) = mending.closing_request(_visit(scene)).blocks
    assert isinstance(form, Form)
    told = {line.label: line.text for line in form.lines}
    assert (told["核查意见"], told["核查人"], told["核查日期"]) == (
        word,
        "office",
        "2018年11月22日",
    )
    row = _row(of_round.closing_ledger(scene.opened))
    assert (row["是否完成"], row["销号日期"], row["核查人"]) == (done, closed_on, "office")
    assert row["佐证材料"] == "整改后：三季度大会记录.png"
    assert row["整改进展（完成情况）"].startswith("已完善制度。\n（")


def test_what_was_closed_without_files_says_why(scene: Scene) -> None:
    _verified(scene, "close")
    Finding.objects.get().files.all().delete()
    Rectification.objects.update(without_evidence="现场看过")
    assert (
        _row(of_round.closing_ledger(scene.opened))["佐证材料"] == "无佐证材料，销号理由：现场看过"
    )


def test_the_list_of_problems_has_numbers_of_letters_and_no_codes(scene: Scene) -> None:
    _acknowledged(scene)
    row = _row(of_round.findings(scene.opened))
    assert row["反馈文号"] == "示督〔2018〕3号"
    assert row["涉及台账"] == "党员大会台账"
    assert (row["备注"], row["整改时限"][-1]) == ("", "日")
    assert of_round.findings(scene.opened).subtitle == "督查"
    Letter.objects.update(number="")
    assert "反馈文号" not in _row(of_round.findings(scene.opened))
    own = mending.unit_findings(_visit(scene))
    assert "被督查党组织" not in _row(own)


def test_a_round_without_problems_has_no_list(scene: Scene) -> None:
    for make in (of_round.findings, of_round.closing_ledger):
        with pytest.raises(WrongState, match="还没有反馈的问题"):
            make(scene.opened)


def test_the_standard_stands_once_on_a_score_sheet_and_it_is_signed(scene: Scene) -> None:
    scoring.set_scored(
        opened=scene.opened, scored=True, actor=scene.people.actor("office"), now=scene.now
    )
    paper = of_visit.score_table(_visit(scene))
    assert f"{paper}".count("一般0.5分、较严重1分、严重2分") == 1
    table = next(block for block in paper.blocks if isinstance(block, Table))
    assert table.rows[-1][1:4] == ["合计", "按适用项目折算", "100"]
    assert "签名" in table.foot


def test_a_session_begins_a_page_with_team_weekday_and_who_is_due(scene: Scene) -> None:
    form, table, *_ = of_round.sessions(scene.opened).blocks
    assert isinstance(form, Form)
    assert isinstance(table, Table)
    told = {line.label: line.text for line in form.lines}
    assert form.new_page
    assert told["时间"] == "2018年10月25日（星期四）上午9:00—11:30"
    assert told["督查组"] == "组长：team_leader　组员：inspector"
    assert table.rows[0][1:4] == ["09:00", "甲校", "书记　示例甲\n台账员　clerk"]


def test_before_a_round_begins_its_plan_says_who_is_due(draft: Scene) -> None:
    draft.opened.areas.get().units.create(name="丙校", order=9)
    _, table, *_ = of_round.sessions(draft.opened).blocks
    assert isinstance(table, Table)
    assert table.rows[0][1:4] == ["09:00", "甲校", "书记　示例甲\n台账员　clerk"]
    assert table.rows[2][2:4] == ["丙校", "书记　\n台账员　"]
    draft.opened.areas.all().delete()
    with pytest.raises(WrongState, match="还没有安排"):
        of_round.sessions(draft.opened)


def test_nothing_is_done_by_a_plan_alone(scene: Scene) -> None:
    assert lists.done(planned(scene)) == "否"


def _write(scene: Scene, text: str, who: str = "clerk", version: int | None = None) -> None:
    rectifying.write_lasting(
        visit=_visit(scene), text=text, actor=scene.people.actor(who), now=scene.now,
        version=_visit(scene).version if version is None else version,
    )  # fmt: skip


def _printed(scene: Scene, form: str) -> str:
    data = actions.FORMATS[form][1](mending.report(_visit(scene)))
    if form == "docx":
        return "".join(one.text for one in docx.Document(io.BytesIO(data)).paragraphs)
    return "".join("".join(p.extract_text().split()) for p in pypdf.PdfReader(io.BytesIO(data)).pages)  # fmt: skip


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_a_report_has_what_the_branch_wrote_of_the_time_after(scene: Scene, form: str) -> None:
    submitted(scene)
    blank = _printed(scene, form)
    assert blank.count("＿") == 2 * len(mending.RULED)
    _write(scene, "  按季对照清单自查。\r\n\r\n每年末复核一次。 ")
    told = _printed(scene, form)
    wanted = ["长效机制", "按季对照清单自查。", "每年末复核一次。", "以上情况属实。"]
    assert sorted(wanted, key=told.index) == wanted
    assert "＿" not in told
    _write(scene, " \n ")
    assert _printed(scene, form) == blank


def test_what_keeps_problems_away_is_the_branchs_and_told_in_the_journal(scene: Scene) -> None:
    with pytest.raises(WrongState, match="没有反馈需要整改的问题"):
        _write(scene, "按季自查")
    _acknowledged(scene)
    seen = _visit(scene).version
    with pytest.raises(NotAllowed, match="由被督查党组织办理"):
        _write(scene, "按季自查", who="office")
    with pytest.raises(BadInput, match=r"长效机制.*不能超过2000个字，现有2001个字"):
        _write(scene, "字" * 2001)
    _write(scene, "按季自查")
    assert _visit(scene).version == seen + 1
    with pytest.raises(Stale, match="刚被另一个人改过"):
        _write(scene, "别的", who="secretary", version=seen)
    line = JournalLine.objects.filter(verb="inspection.write_lasting").get()
    assert line.detail == {"changed": {"长效机制": ["", "按季自查"]}}
    assert labels.in_words(line.verb) == "写长效机制"


def test_the_page_of_the_branch_takes_it_while_the_round_goes_on(scene: Scene, login: Any) -> None:
    page = f"/branches/{scene.people.own.pk}/inspections/"
    assert "保存长效机制" not in login(scene.people.users["clerk"]).get(page).content.decode()
    _acknowledged(scene)
    at = f"/visits/{scene.own.pk}/lasting/"
    done = login(scene.people.users["clerk"]).post(
        at, {"lasting": "按季自查", "version": _visit(scene).version}
    )
    assert (done.status_code, done["Location"]) == (302, page)
    assert ">按季自查</textarea>" in login(scene.people.users["clerk"]).get(page).content.decode()
    office = login(scene.people.users["office"]).get(page).content.decode()
    assert "按季自查" in office
    assert "保存长效机制" not in office
    Round.objects.update(standing=Round.Standing.ARCHIVED)
    archived = login(scene.people.users["clerk"]).get(page).content.decode()
    assert "按季自查" in archived
    assert "保存长效机制" not in archived


def test_a_branch_answers_the_organ_that_signed_the_letter(scene: Scene) -> None:
    _acknowledged(scene)
    Round.objects.update(issuer="中共示例区委教育工作委员会")
    visit = _visit(scene)
    assert mending.plan(visit).to == "中共示例区委教育工作委员会："
    assert mending.report(visit).to == "中共示例区委教育工作委员会："


def test_a_problem_kept_up_is_told_as_that(scene: Scene) -> None:
    _verified(scene, "keep_on")
    assert "目前已转为长期坚持。" in _all(mending.report(_visit(scene)))


def test_a_receipt_has_room_to_write(scene: Scene) -> None:
    _acknowledged(scene)
    receipt = letters.letter(_visit(scene)).receipt
    assert [line.label for line in receipt] == ["签收人", "签收日期", "联系电话", "单位（盖章）"]
    assert all(line.high >= 10 for line in receipt)
