"""公文格式 is kept as it was set, and no number is given twice."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from taizhang.kernel.errors import BadInput, NotAllowed
from taizhang.kernel.models import JournalLine
from taizhang.orgs import heads, numbers
from taizhang.orgs.actions.heads import give_number, set_heads
from taizhang.orgs.heads import Head, KindHead
from taizhang.orgs.models import GivenNumber, PaperKind
from tests.make import Cast

pytestmark = pytest.mark.django_db
DAY = date(2018, 10, 25)
HEAD = Head(
    mark="中共示例局委员会文件", addressees="局属各基层党组织", signatory="示例甲", contact_person="示例乙", contact_phone="88210000",
    printed_by="组织科", seal=True, traced=True,
    kinds={
        "notice": KindHead(look="file", code="示委", copies="区委组织部"), "circular": KindHead(look="file", code="示委"),
        "letter": KindHead(look="letter", code="示督"),
    },
)  # fmt: skip


def _set(
    people: Cast, now: datetime, head: Head, who: str = "office", place: str = "committee"
) -> Head:
    organisation = getattr(people, place)
    return set_heads(organisation=organisation, head=head, actor=people.actor(who), now=now)


def _give(people: Cast, now: datetime, kind: str, paper: str, wanted: str = "") -> str:
    return give_number(
        organisation=people.committee, kind=PaperKind(kind), on=DAY, paper=paper, now=now, wanted=wanted
    )  # fmt: skip


def _wrong(people: Cast, now: datetime, head: Head) -> str:
    with pytest.raises(BadInput) as told:
        _set(people, now, head)
    return str(told.value)


def test_what_is_set_is_kept_and_told(people: Cast, now: datetime) -> None:
    _set(people, now, HEAD)

    assert heads.head_of(people.committee) == HEAD
    line = JournalLine.objects.get(verb="orgs.set_heads")
    assert line.detail["changed"]["发文机关标志"] == ["", "中共示例局委员会文件"]
    assert line.detail["changed"]["督查通知·版式"] == ["", "文件（红头）"]
    assert line.detail["changed"]["留出盖章位置"] == ["否", "是"]


def test_where_nothing_is_set_papers_are_plain_and_only_orders_numbered(
    people: Cast, now: datetime
) -> None:
    head = heads.head_of(people.committee)
    assert (head.of(PaperKind.NOTICE).look, head.of(PaperKind.NOTICE).code) == ("plain", "")
    assert _give(people, now, "letter", "visit:1:letter") == ""
    assert _give(people, now, "order", "visit:1:order") == "督改〔2018〕1号"


@pytest.mark.parametrize(
    ("code", "told"),
    [("示督2018", "只写汉字"), ("示督〔2018〕", "年份和序号由系统编"), ("SD", "不要空格和标点"), ("示 督", "不要空格"), ("示" * 13, "最多12个字")],
)  # fmt: skip
def test_a_code_is_of_characters_alone(people: Cast, now: datetime, code: str, told: str) -> None:
    wrong = _wrong(people, now, Head(kinds={"letter": KindHead(code=code)}))
    assert "“反馈意见·代字”" in wrong
    assert told in wrong


def test_what_cannot_be_printed_is_told_at_its_place(people: Cast, now: datetime) -> None:
    red = {"notice": KindHead(look="file")}
    assert "“发文机关标志”：有21个字，最多20个" in _wrong(people, now, Head(mark="示" * 21))
    assert "督查通知选了红头版式，请填写红头上的机关名称" in _wrong(people, now, Head(kinds=red))
    assert "“督查通知·版式”" in _wrong(people, now, Head(kinds={"notice": KindHead(look="x")}))
    assert "“联系电话”：没有号码" in _wrong(people, now, Head(contact_phone="总机"))
    assert "“抄送”" in _wrong(people, now, Head(kinds={"notice": KindHead(copies="局" * 301)})).replace("督查通知·", "")  # fmt: skip
    assert heads.head_of(people.committee) == Head()


def test_a_secretary_sets_his_own_branch_and_nothing_else(people: Cast, now: datetime) -> None:
    _set(people, now, Head(signatory="示例甲"), "secretary", "own")
    assert heads.head_of(people.own).signatory == "示例甲"
    for who in ("clerk", "commissioner", "foreign", "inspector", "audit"):
        with pytest.raises(NotAllowed):
            _set(people, now, Head(), who, "own")
    with pytest.raises(NotAllowed):
        _set(people, now, Head(), "secretary")


def test_kinds_with_one_code_share_one_series(people: Cast, now: datetime) -> None:
    _set(people, now, HEAD)
    given = [_give(people, now, kind, f"{kind}:{n}") for n, kind in enumerate(("notice", "circular", "letter", "notice"))]  # fmt: skip
    assert given == ["示委〔2018〕1号", "示委〔2018〕2号", "示督〔2018〕1号", "示委〔2018〕3号"]


def test_a_person_may_give_another_number_and_the_gap_is_seen(people: Cast, now: datetime) -> None:
    _set(people, now, HEAD)
    _give(people, now, "notice", "round:1:notice")
    assert _give(people, now, "notice", "round:2:notice", "示委[2018]第05号") == "示委〔2018〕5号"
    assert _give(people, now, "notice", "round:3:notice") == "示委〔2018〕6号"

    found = numbers.series(people.committee)[0]
    assert (found.spans, found.gaps, found.kinds) == ("1、5—6", "2—4", ["督查通知"])


def test_the_same_paper_keeps_its_number_and_another_does_not_get_it(
    people: Cast, now: datetime
) -> None:
    _give(people, now, "notice", "round:1:notice", "示委〔2018〕4号")
    assert _give(people, now, "notice", "round:1:notice", "示委〔2018〕4号") == "示委〔2018〕4号"
    with pytest.raises(
        BadInput, match="“示委〔2018〕4号”已经用于另一份督查通知，下一个是示委〔2018〕5号"
    ):
        _give(people, now, "circular", "round:1:circular", "示委〔2018〕4号")


@pytest.mark.parametrize(
    ("wanted", "told"),
    [("4号", "不是发文字号，应写成“示督〔2018〕3号”"), ("示委〔2018〕0号", "不是发文字号"), ("示委〔2017〕4号", "年份是2017，成文日期在2018年")],
)  # fmt: skip
def test_a_number_that_is_none_is_refused(
    people: Cast, now: datetime, wanted: str, told: str
) -> None:
    with pytest.raises(BadInput, match=told):
        _give(people, now, "notice", "round:1:notice", wanted)
    assert not GivenNumber.objects.exists()


def test_a_series_goes_on_from_where_it_is_told_to(people: Cast, now: datetime) -> None:
    start = {"letter": KindHead(code="示督", start="示督(2018)8号")}
    assert _set(people, now, Head(kinds=start)).kinds["letter"].start == "示督〔2018〕8号"
    assert _give(people, now, "letter", "visit:1:letter") == "示督〔2018〕8号"
    assert str(numbers.following(people.committee, PaperKind.LETTER, 2019)) == "示督〔2019〕1号"

    _set(people, now, heads.head_of(people.committee))
    again = Head(kinds={"letter": KindHead(code="示督", start="示督〔2018〕3号")})
    assert "已经编到示督〔2018〕8号" in _wrong(people, now, again)
    other = Head(kinds={"letter": KindHead(code="示督", start="示委〔2018〕9号")})
    assert "“反馈意见·起始文号”：“示委〔2018〕9号”的代字与上面的代字“示督”不同" in _wrong(
        people, now, other
    )


def test_the_database_keeps_a_number_once(people: Cast, now: datetime) -> None:
    told: dict[str, Any] = {"organisation": people.committee, "code": "示督", "year": 2018, "serial": 1, "given_at": now}  # fmt: skip
    GivenNumber.objects.create(**told, kind="letter", paper="visit:1:letter")
    with pytest.raises(IntegrityError), transaction.atomic():
        GivenNumber.objects.create(**told, kind="letter", paper="visit:2:letter")


def test_who_has_no_organisation_gives_the_number_that_a_person_wrote(now: datetime) -> None:
    told: dict[str, Any] = {"organisation": None, "kind": PaperKind.LETTER, "on": DAY, "paper": "x", "now": now}  # fmt: skip
    assert give_number(wanted="示督[2018]3号", **told) == "示督〔2018〕3号"
    assert give_number(**told) == ""
    assert not GivenNumber.objects.exists()
