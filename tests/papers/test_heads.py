"""What an organisation has set stands on its papers, and what it has not set does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from taizhang.kernel.models import JournalLine
from taizhang.ledgers.kinds import KINDS
from taizhang.orgs import heads
from taizhang.orgs.actions.heads import set_heads
from taizhang.orgs.heads import Head, KindHead
from taizhang.orgs.models import OF_BRANCHES, OF_COMMITTEES, PaperKind
from taizhang.papers import actions, queries
from taizhang.papers.official.heads import laid, sample
from taizhang.papers.official.paper import Official
from tests.make import Cast, raw, save

pytestmark = pytest.mark.django_db
BRANCH = Head(
    mark="中共甲校支部委员会文件", signatory="示例甲、示例乙", contact_person="示例丙", contact_phone="88210000",
    kinds={"request": KindHead(look="file", code="甲校支", copies="区委组织部"), "report": KindHead(code="甲校支")},
)  # fmt: skip


def _set(people: Cast, now: datetime, head: Head) -> None:
    set_heads(organisation=people.own, head=head, actor=people.actor("secretary"), now=now)


def _paper(people: Cast, entry: Any, name: str) -> Official:
    made = queries.paper_of_record(
        kind=KINDS["elections"], key=entry.pk, paper=name, actor=people.actor("secretary")
    )
    assert isinstance(made, Official)
    return made


def _held(people: Cast, now: datetime) -> Any:
    return save(people.own, people.actor("clerk"), now, "elections", **raw("elections"))


@pytest.mark.parametrize("kind", [*OF_COMMITTEES, *OF_BRANCHES])
def test_what_is_not_set_is_not_printed(kind: PaperKind) -> None:
    paper = Official("标题", "某某：", [], "中共示例局委员会", number="示委〔2018〕1号")
    assert laid(paper, kind, Head()) == paper


def test_a_request_bears_what_its_branch_has_set(people: Cast, now: datetime) -> None:
    held = _held(people, now)
    before = _paper(people, held, "assembly-request")
    assert (before.look, before.issuer, before.signatories, before.contact) == ("plain", "", [], "")

    _set(people, now, BRANCH)
    made = _paper(people, held, "assembly-request")
    assert (made.look, made.issuer) == ("file", "中共甲校支部委员会文件")
    assert made.signatories == ["示例甲", "示例乙"]
    assert made.contact == "联系人：示例丙，电话：88210000"
    assert made.copies == "区委组织部"
    assert replace(made, look="plain", issuer="", signatories=[], contact="", copies="", number=before.number) == before  # fmt: skip


def test_a_paper_without_a_number_leaves_room_for_it(people: Cast, now: datetime) -> None:
    held = _held(people, now)
    _set(people, now, BRANCH)
    day = held.candidates_request_on
    year = f"{day.year}" if day else "　　"
    assert _paper(people, held, "candidates-request").number == f"甲校支〔{year}〕　号"
    assert _paper(people, held, "result-report").number in (
        held.result_report_no,
        f"甲校支〔{held.result_report_on.year if held.result_report_on else '　　'}〕　号",
    )


def test_the_trace_is_printed_only_where_it_is_wanted(
    people: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Official] = []

    def written(paper: Official) -> bytes:
        seen.append(paper)
        return b""

    monkeypatch.setitem(actions.FORMATS, "pdf", ("application/pdf", written))
    for traced in (False, True):
        actions.print_paper(
            paper=Official("标题", traced=traced), form="pdf", subject="round:1", actor=people.actor("office"), now=now
        )  # fmt: skip
    assert [bool(one.imprint) for one in seen] == [False, True]
    assert all(one.trace.startswith("日志校验") for one in seen)


def test_the_page_keeps_what_is_written_and_says_what_is_wrong_beside_it(
    people: Cast, login: Any
) -> None:
    client, address = login(people.users["office"]), f"/organisations/{people.committee.pk}/papers/"
    said = {"mark": "中共示例局委员会文件", "notice-look": "file", "notice-code": "示委2018", "seal": "1", "notice-copies": "抄送：区委组织部。"}  # fmt: skip
    answer = client.post(address, said)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "只写汉字，如“示督”；年份和序号由系统编。" in page.split('id="w-notice-code"')[1][:90]
    assert 'value="示委2018"' in page
    assert heads.head_of(people.committee) == Head()

    assert client.post(address, said | {"notice-code": "示委"}).status_code == 302
    kept = heads.head_of(people.committee)
    assert (kept.mark, kept.seal, kept.kinds["notice"]) == (
        "中共示例局委员会文件",
        True,
        KindHead(look="file", code="示委", copies="区委组织部"),
    )
    assert 'value="示委"' in client.get(address).content.decode()


def test_a_clerk_sees_the_settings_of_the_branch_and_has_no_button(
    people: Cast, login: Any
) -> None:
    address = f"/organisations/{people.own.pk}/papers/"
    assert "保存公文格式" in login(people.users["secretary"]).get(address).content.decode()
    page = login(people.users["clerk"]).get(address).content.decode()
    assert "您只能查看" in page
    assert "保存公文格式" not in page
    assert login(people.users["clerk"]).post(address, {}).status_code == 403


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_sample_is_printed_with_the_settings_and_says_that_it_is_one(
    people: Cast, now: datetime, login: Any, form: str
) -> None:
    _set(people, now, BRANCH)
    made = sample(PaperKind.REQUEST, people.own, people.day)
    assert (made.title, made.issuer, made.to) == ("请示（样张）", BRANCH.mark, f"{people.committee.full_name}：")  # fmt: skip
    client = login(people.users["secretary"])
    answer = client.get(f"/organisations/{people.own.pk}/papers/request.{form}")
    assert answer.status_code == 200
    assert len(answer.content) > 1000
    assert JournalLine.objects.filter(verb="papers.print", subject__contains=":request").exists()
    assert client.get(f"/organisations/{people.own.pk}/papers/notice.{form}").status_code == 404


def test_the_proof_is_chosen_for_what_the_committee_issues_and_no_sample_bears_it(
    people: Cast, login: Any
) -> None:
    client, address = login(people.users["office"]), f"/organisations/{people.committee.pk}/papers/"
    assert client.post(address, {"letter-proof": "1"}).status_code == 302
    page = client.get(address).content.decode()
    assert 'name="letter-proof"' in page
    assert 'name="reply-proof"' not in page
    assert heads.head_of(people.committee).of(PaperKind.LETTER).proof == "1"
    assert not sample(PaperKind.LETTER, people.committee, people.day).proved

    assert client.post(address, {"letter-proof": "2"}).status_code == 422
