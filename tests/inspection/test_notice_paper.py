"""The notice that is printed is the one that was read, and reads back as the round it announces."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest

from taizhang.inspection import actions, queries
from taizhang.inspection.models import Round, RoundArea, RoundItem, RoundSession
from taizhang.inspection.papers import notice
from taizhang.inspection.papers.parts import times
from taizhang.kernel.text import folded
from taizhang.notices import read
from taizhang.notices.model import Notice
from taizhang.papers.paper import Table
from taizhang.papers.writers import official_word, pdf
from tests.inspection.conftest import Scene
from tests.make import Cast
from tests.notices.papers import SAMPLE

NOW = datetime.fromisoformat("2018-10-19T09:00+08:00")


def _opened(people: Cast, source: Notice) -> Round:
    made = actions.open_round(
        notice=source, source_name="n.txt", source=b"n", matches={}, actor=people.actor("office"), now=NOW
    )  # fmt: skip
    return queries.round_of(made.pk, actor=people.actor("office"))


def _again(opened: Round) -> Notice:
    """What the importer reads in the printed notice."""
    return read.notice(official_word.written(notice.notice(opened)))


def test_the_printed_pdf_reads_back_as_the_round(people: Cast) -> None:
    source = read.notice(SAMPLE.read_bytes())
    again = read.notice(pdf.written(notice.notice(_opened(people, source))))
    for one in (again, source):  # where a line of a cell ends, a PDF does not tell what ended it
        for item in one.items:
            item.title, item.requirement = folded(item.title), folded(item.requirement)
    mine, theirs = (one.model_dump(exclude={"warnings", "places"}) for one in (again, source))
    assert mine == theirs


def _second(people: Cast, first: Round, title: str = "") -> Round:
    Round.objects.filter(pk=first.pk).update(standing=Round.Standing.CLOSED)
    first.refresh_from_db()
    made = actions.follow_up(
        previous=first, title=title or "基层党建专项督查“回头看”第二轮", days=(date(2019, 3, 28), date(2019, 4, 1)),
        period_to=date(2019, 3, 20), actor=people.actor("office"), now=NOW,
    )  # fmt: skip
    return queries.round_of(made.pk, actor=people.actor("office"))


def test_the_notice_that_was_read_is_the_one_that_is_printed(people: Cast) -> None:
    source = read.notice(SAMPLE.read_bytes())
    again = _again(_opened(people, source))
    mine, theirs = (one.model_dump(exclude={"warnings", "places"}) for one in (again, source))
    assert mine == theirs


def test_a_second_rounds_notice_is_read_back_as_that_round(people: Cast) -> None:
    opened = _second(people, _opened(people, read.notice(SAMPLE.read_bytes())))
    opened.issued_on = date(2019, 3, 18)
    again = _again(opened)
    assert again.title == "关于开展基层党建专项督查“回头看”第二轮的通知"
    assert (again.starts_on, again.ends_on, again.issued_on) == (date(2019, 3, 28), date(2019, 4, 1), date(2019, 3, 18))  # fmt: skip
    assert again.period is not None
    assert (again.period.from_, again.period.to) == (date(2015, 1, 1), date(2019, 12, 31))
    assert (again.methods, again.demands) == (opened.methods, opened.demands)
    assert [len(area.organisations) for area in again.areas] == [10, 10, 10, 10]
    assert len(again.items) == 36
    assert again.preamble is not None
    assert again.preamble.startswith("为检查基层党建专项督查“回头看”反馈问题的整改情况，经研究，")
    text = "\n".join(clause.text for clause in notice.notice(opened).body)
    assert "逐条复查上一轮督查反馈问题的整改情况。" in text
    assert "2015—2018年" not in text


def test_topics_that_no_demand_names_are_told_in_quotes_where_the_round_quotes_them(
    people: Cast,
) -> None:
    opened = _opened(people, read.notice(SAMPLE.read_bytes()))
    opened.demands = ["请带齐台账，“两学一做”资料单独装订。"]
    opened.save()
    RoundItem.objects.create(round=opened, no=99, title="主题党日", is_topic=True)
    opened = queries.round_of(opened.pk, actor=people.actor("office"))
    text = "\n".join(clause.text for clause in notice.notice(opened).body)
    assert "三、督查内容\n2015—2018年基层党建各项工作，台账要求见附件2。重点是党内政治生活、组织生活、“两学一做”、“三大一实干”" in text  # fmt: skip
    assert "、解放思想大讨论、基层学校作风建设、主题党日。" in text


def test_a_round_from_nothing_says_only_what_is_known(people: Cast) -> None:
    made = actions.open_blank(
        title="督查", period=(date(2018, 1, 1), date(2018, 10, 31)), days=(date(2018, 10, 25),) * 2,
        catalogue="tianning-2018", actor=people.actor("office"), now=NOW,
    )  # fmt: skip
    paper = notice.notice(queries.round_of(made.pk, actor=people.actor("office")))
    text = "\n".join(clause.text for clause in paper.body)
    assert paper.title == "关于开展督查的通知"
    assert "1. 督查时间：2018年10月25日。\n2. 督查对象：" in text
    assert "二、督查方式\n分片区集中查阅台账" in text
    assert "2018年1月至2018年10月基层党建各项工作" in text
    assert "0个" not in text
    assert "联系" not in text
    assert paper.dated is None


def test_annexes_bear_weekday_half_day_and_merged_cells(people: Cast) -> None:
    paper = notice.notice(_opened(people, read.notice(SAMPLE.read_bytes())))
    areas, asked = (annex.blocks[0] for annex in paper.annexes)
    assert isinstance(areas, Table)
    assert isinstance(asked, Table)
    assert areas.rows[0][2] == "10月25日（星期四）\n上午9:00—11:30\n地点：丽华三小"
    assert areas.rows[1][2] == "10月25日（星期四）\n下午2:00—4:30\n地点：朝阳二小"
    assert "局小（含中山）" in areas.rows[2][1]
    assert len({row[3] for row in areas.rows}) == 1
    assert (areas.merged, asked.merged, len(asked.rows)) == ([3], [0, 1], 36)


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        (time(9), time(11, 30), "上午9:00—11:30"), (time(14), time(16, 30), "下午2:00—4:30"), (time(9, 5), time(14), "上午9:05—下午2:00"),
        (time(12, 30), time(13), "中午12:30—下午1:00"), (time(18, 30), time(20), "晚上6:30—8:00"), (time(8), None, "上午8:00"),
        (None, time(9), ""), (time(0, 5), time(0, 5), "上午0:05"),
    ],
)  # fmt: skip
def test_hours_are_told_by_half_days_and_read_back(
    start: time | None, end: time | None, told: str, people: Cast
) -> None:
    assert times.hours_told(start, end) == told
    if start is None or end in (None, start):
        return
    opened = _opened(people, read.notice(SAMPLE.read_bytes()))
    RoundSession.objects.filter(area__round=opened).update(starts_at=start, ends_at=end)
    session = _again(opened).areas[0].sessions[0]
    assert (session.start, session.end) == (f"{start:%H:%M}", f"{end:%H:%M}")


def test_a_session_of_another_year_says_its_year(people: Cast) -> None:
    opened = _opened(people, read.notice(SAMPLE.read_bytes()))
    RoundSession.objects.filter(area=RoundArea.objects.first()).update(date=date(2019, 1, 3))
    areas = notice.notice(opened).annexes[0].blocks[0]
    assert isinstance(areas, Table)
    assert areas.rows[0][2].startswith("2019年1月3日（星期四）")


def test_a_notice_without_a_day_is_of_the_day_it_goes_out(draft: Scene) -> None:
    assert notice.notice(draft.opened).dated is None
    draft.now = datetime.fromisoformat("2018-10-19T23:30+00:00")
    draft.step("publish")
    assert notice.notice(draft.opened).dated == date(2018, 10, 20)


def test_the_words_of_a_draft_are_the_offices_to_write(draft: Scene, login: Any) -> None:
    said = {"preamble": "经研究，决定督查。\n具体如下：", "methods": "查阅台账。\n\n会商。", "demands": "带齐台账。", "annexes": "分组表"}  # fmt: skip
    client = login(draft.people.users["office"])
    client.post(f"/rounds/{draft.opened.pk}/text/", said)
    paper = notice.notice(queries.round_of(draft.opened.pk, actor=draft.people.actor("office")))
    told = [clause.text for clause in paper.body]
    assert told[:2] == ["经研究，决定督查。", "具体如下："]
    assert "1. 查阅台账。" in told
    assert "2. 会商。" in told
    assert paper.attachments == ["分组表", "督查台账要求"]
    answer = client.post(f"/rounds/{draft.opened.pk}/text/", {"annexes": "一\n二\n三"})
    assert answer.status_code == 422
    draft.step("publish")
    assert client.post(f"/rounds/{draft.opened.pk}/text/", said).status_code == 409
