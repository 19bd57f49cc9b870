"""Papers of a round with their official elements: of the committee, of the round, and frozen when
they are issued.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from taizhang.inspection import actions
from taizhang.inspection.actions import circulating, findings
from taizhang.inspection.models import IssuedPaper, Round, Visit
from taizhang.inspection.papers import letters
from taizhang.inspection.papers.by_name import OF_ROUND
from taizhang.inspection.papers.letters import digest
from taizhang.inspection.papers.parts import heads
from taizhang.kernel.errors import BadInput, NotAllowed, WrongState
from taizhang.kernel.models import JournalLine
from taizhang.ledgers.today import reckoned
from taizhang.orgs.actions.heads import set_heads
from taizhang.orgs.heads import Head, KindHead
from taizhang.orgs.models import GivenNumber, PaperKind
from taizhang.papers.official.paper import Official
from tests.inspection.conftest import DAY, Scene, plan_of
from tests.inspection.test_findings import _acknowledged, _consult, _draft
from tests.inspection.test_issued_papers import DUE, _order, _renamed, _visit

RED = Head(
    mark="中共示例局委员会文件", addressees="局属各党组织", signatory="示例甲", contact_person="示例乙", contact_phone="88210000",
    printed_by="组织科",
    kinds={
        "notice": KindHead(look="file", code="示委", copies="区委组织部"), "circular": KindHead(look="file", code="示委"),
        "letter": KindHead(look="letter", code="示督"), "order": KindHead(look="letter"),
    },
)  # fmt: skip


def _set(scene: Scene, head: Head = RED) -> None:
    set_heads(
        organisation=scene.people.committee, head=head, actor=scene.people.actor("office"), now=scene.now
    )  # fmt: skip


def _differ(scene: Scene, head: Head, who: str = "office") -> Round:
    opened = Round.objects.get(pk=scene.opened.pk)
    return circulating.set_round_head(
        opened=opened, head=head, actor=scene.people.actor(who), now=scene.now
    )


def _printed(scene: Scene, name: str = "notice") -> Official:
    made = OF_ROUND[name][1](Round.objects.get(pk=scene.opened.pk))
    assert isinstance(made, Official)
    return made


def _issue(scene: Scene, name: str = "circular", **about: Any) -> IssuedPaper:
    told: dict[str, Any] = {"issued_on": DAY, "number": ""} | about
    who = told.pop("who", "office")
    return circulating.issue_circular(
        opened=Round.objects.get(pk=scene.opened.pk), name=name, actor=scene.people.actor(who), now=scene.now, **told
    )  # fmt: skip


def test_a_notice_bears_what_is_set_and_is_frozen_when_it_is_published(draft: Scene) -> None:
    _set(draft)
    before = _printed(draft)
    assert (before.look, before.issuer, before.number) == ("file", RED.mark, "示委〔　　〕　号")
    assert (before.to, before.copies, before.signatories) == ("局属各党组织：", "区委组织部", [])

    draft.step("publish")
    issued = _printed(draft)
    assert (issued.number, issued.dated) == ("示委〔2018〕1号", DAY)
    _set(draft, Head(mark="别的机关"))
    _renamed(draft)
    Round.objects.update(title="改过的标题", issuer="别的机关")
    assert _printed(draft) == issued
    line = JournalLine.objects.get(verb="inspection.round.publish")
    assert line.detail["number"] == "示委〔2018〕1号"
    assert line.detail["digest"] == digest(IssuedPaper.objects.get().paper)


def test_a_notice_taken_back_is_kept_and_the_next_one_bears_the_same_number(draft: Scene) -> None:
    _set(draft)
    draft.step("publish")
    draft.step("withdraw")
    Round.objects.update(title="关于督查改期的通知")
    draft.opened.refresh_from_db()
    assert _printed(draft).title == "关于督查改期的通知"

    draft.step("publish")
    kept = IssuedPaper.objects.filter(kind="notice")
    assert [one.paper["title"] for one in kept] == ["关于开展督查的通知", "关于督查改期的通知"]
    assert [one.withdrawn_at is None for one in kept] == [False, True]
    assert GivenNumber.objects.count() == 1


def test_a_number_that_another_paper_bears_stops_the_publishing(draft: Scene) -> None:
    _set(draft)
    draft.step("publish")
    office = draft.people.actor("office")
    other = actions.open_blank(
        title="关于另一次督查的通知", period=(date(2015, 1, 1), DAY), days=(DAY + timedelta(20), DAY + timedelta(20)),
        catalogue="tianning-2018", actor=office, now=draft.now,
    )  # fmt: skip
    actions.change_plan(opened=other, plan=plan_of(draft.people), actor=office, now=draft.now)
    Round.objects.filter(pk=other.pk).update(number="示委〔2018〕1号")
    other.refresh_from_db()
    with pytest.raises(BadInput, match="已经用于另一份督查通知，下一个是示委〔2018〕2号"):
        actions.advance(opened=other, verb="publish", actor=office, now=draft.now, left_out=True)


def test_a_number_of_another_year_is_told_where_it_is_written(draft: Scene) -> None:
    head = {name: getattr(draft.opened, name) for name in actions.Head.__annotations__}
    for number, told in (("示委〔2017〕3号", "年份是2017"), ("三号", "不是发文字号")):
        wanted = actions.Head(**(head | {"number": number, "issued_on": DAY}))
        with pytest.raises(BadInput, match=f"“发文字号”：.*{told}"):
            actions.change_head(
                opened=draft.opened, head=wanted, actor=draft.people.actor("office"), now=draft.now
            )


def test_the_round_says_where_it_differs(draft: Scene) -> None:
    _set(draft)
    own = Head(mark="示例区督查组", printed_by="无", kinds={"notice": KindHead(look="letter", copies="无"), "letter": KindHead(copies="区教育工委")})  # fmt: skip
    _differ(draft, own)
    made = _printed(draft)
    assert (made.look, made.issuer, made.copies, made.printed_by) == (
        "letter",
        "示例区督查组",
        "",
        "",
    )
    assert made.contact == "联系人：示例乙，电话：88210000"
    Round.objects.update(contact_person="示例丙", contact_phone="88219999")
    assert _printed(draft).contact == ""  # the text of the notice names him
    told = Official("关于督查情况的通报", "", [], "示例局", DAY)
    circular = heads.headed(told, PaperKind.CIRCULAR, Round.objects.get(pk=draft.opened.pk))
    assert circular.contact == "联系人：示例丙，电话：88219999"


def test_a_round_may_not_ask_for_a_red_head_without_a_mark(draft: Scene) -> None:
    with pytest.raises(BadInput, match="督查通知选了红头版式"):
        _differ(draft, Head(kinds={"notice": KindHead(look="file")}))
    assert Round.objects.get(pk=draft.opened.pk).head == {}
    with pytest.raises(NotAllowed):
        _differ(draft, Head(mark="示例局"), "team_leader")


def test_letters_and_orders_bear_what_was_set_when_they_were_issued(scene: Scene) -> None:
    _set(scene)
    _acknowledged(scene)
    order = _order(scene)
    letter, ordered = letters.letter(_visit(scene)), letters.notice_of(_visit(scene))
    assert (letter.look, letter.issuer) == ("letter", "中共示例局委员会")
    assert (order.number, ordered.look) == ("督改〔2018〕1号", "letter")
    assert "签发人：示例甲" in [clause.text for clause in ordered.body]

    _set(scene, Head())
    assert letters.letter(_visit(scene)) == letter
    assert letters.notice_of(_visit(scene)) == ordered
    assert "签发人：　　　　　　" in [
        clause.text for clause in letters.notice_made(_visit(scene).notices.get()).body
    ]


def test_an_order_bears_the_number_that_was_written_for_it(scene: Scene, login: Any) -> None:
    _acknowledged(scene)
    client, address = login(scene.people.users["office"]), f"/visits/{scene.own.pk}/rectification-notices/"  # fmt: skip
    said = {"issued_on": f"{DAY}", "due_on": f"{DUE}", "number": "督改〔2018〕6号"}
    client.post(address, said)
    assert [one.number for one in _visit(scene).notices.all()] == ["督改〔2018〕6号"]
    assert "已经用于另一份整改通知书" in client.post(address, said).content.decode()
    client.post(address, said | {"number": ""})
    assert [one.number for one in _visit(scene).notices.all()][1:] == ["督改〔2018〕7号"]


def test_letters_without_a_written_number_go_on_in_their_series(scene: Scene) -> None:
    _set(scene)
    _draft(scene)
    _consult(scene)
    findings.issue(
        opened=scene.opened, visits=[scene.own], issued_on=DAY, number="", actor=scene.people.actor("office"), now=scene.now
    )  # fmt: skip
    assert _visit(scene).letter.number == "示督〔2018〕1号"
    line = JournalLine.objects.get(verb="inspection.issue")
    assert line.detail["number"] == "示督〔2018〕1号"


def test_a_circular_is_a_draft_until_it_is_issued(scene: Scene) -> None:
    _set(scene)
    _acknowledged(scene)
    assert _printed(scene, "circular").number.endswith("〕　号")
    made = _issue(scene)

    issued = _printed(scene, "circular")
    assert (issued.number, issued.dated, made.number) == ("示委〔2018〕1号", DAY, "示委〔2018〕1号")
    _visit(scene).findings.update(facts="后来改写的文字")
    assert _printed(scene, "circular") == issued
    assert "后来改写的文字" in f"{_printed(scene, 'circular-anonymous')}"
    line = JournalLine.objects.get(verb="inspection.issue_circular")
    assert line.detail["digest"] == digest(made.paper)
    with pytest.raises(WrongState, match="已经印发"):
        _issue(scene)
    assert _issue(scene, "circular-anonymous", number="示委〔2018〕7号").number == "示委〔2018〕7号"


def test_a_circular_needs_something_that_was_fed_back_and_a_day_that_can_be(scene: Scene) -> None:
    with pytest.raises(WrongState, match="还没有反馈"):
        _issue(scene)
    _acknowledged(scene)
    with pytest.raises(BadInput, match="“成文日期”：早于反馈日期"):
        _issue(scene, issued_on=DAY - timedelta(1))
    with pytest.raises(BadInput, match="年份是2017"):
        _issue(scene, number="示委〔2017〕7号")
    with pytest.raises(NotAllowed):
        _issue(scene, who="team_leader")
    assert not IssuedPaper.objects.exclude(kind="notice").exists()


def test_the_page_of_a_round_issues_and_says_what_is_wrong(scene: Scene, login: Any) -> None:
    _set(scene)
    _acknowledged(scene)
    client, address = login(scene.people.users["office"]), f"/rounds/{scene.opened.pk}/"
    page = client.get(f"{address}heads/").content.decode()
    assert "留空照设定：中共示例局委员会文件。本轮不印的填“无”。" in page
    assert f"留空自动编为 示委〔{reckoned().year}〕1号" in page
    wrong = client.post(f"{address}heads/", {"mark": "局" * 21})
    assert wrong.status_code == 422
    assert "最多20个" in wrong.content.decode().split('id="w-mark"')[1][:60]
    assert client.post(f"{address}heads/", {"letter-copies": "无"}).status_code == 302
    done = client.post(
        f"{address}circulars/circular/", {"issued_on": f"{DAY}", "number": ""}, follow=True
    )
    assert "已印发情况通报（示委〔2018〕1号）" in done.content.decode()
    assert client.post(f"{address}circulars/other/", {"issued_on": f"{DAY}"}).status_code == 422


def test_no_letter_is_older_than_the_visit_it_reports(scene: Scene, login: Any) -> None:
    _set(scene)
    _draft(scene)
    _consult(scene)
    came = DAY + timedelta(days=400)
    Visit.objects.update(started_at=scene.now + timedelta(days=400))
    office = login(scene.people.users["office"])
    page = office.get(f"/rounds/{scene.opened.pk}/findings/").content.decode()
    assert f'name="issued_on" required value="{came}"' in page
    page = office.get(f"/rounds/{scene.opened.pk}/heads/").content.decode()
    assert page.count("还没有反馈，不能印发。") == 2
    assert "成文日期</label>" not in page

    told: dict[str, Any] = {"opened": scene.opened, "visits": [scene.own], "number": ""}
    told |= {"actor": scene.people.actor("office"), "now": scene.now}
    with pytest.raises(BadInput, match=f"早于督查组到场的{came}"):
        findings.issue(issued_on=DAY, **told)
    findings.issue(issued_on=came, **told)
    page = office.get(f"/rounds/{scene.opened.pk}/heads/").content.decode()
    assert page.count(f'value="{came}"') == 2
