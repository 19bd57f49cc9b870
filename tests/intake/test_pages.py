"""收件 through its pages: hand in, look through, confirm, take back."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from taizhang.intake import actions, queries
from taizhang.intake.models import Entered, Paper
from taizhang.kernel.errors import WrongState
from taizhang.kernel.jobs import worker
from taizhang.kernel.models import JournalLine
from taizhang.ledgers.evidence import actions as evidence
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.models import EvidenceLink
from taizhang.orgs.entry import Entry
from tests.intake import corpus
from tests.intake.corpus import Case
from tests.make import NAMES, Cast

pytestmark = pytest.mark.django_db
MEETINGS: Any = KINDS["meetings"].model


def _hand_in(client: Client, people: Cast, *cases: Case) -> str:
    files = []
    for case in cases:
        stream = io.BytesIO(case.data)
        stream.name = case.name
        files.append(stream)
    answer = client.post("/intake/", {"file": files, "branch": people.own.pk})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def _minutes(seed: int = 1) -> Case:
    """Minutes of people who are on the roster of the cast."""
    table = [
        ["会议名称", "一季度党员大会"], ["会议时间", f"2016年3月{8 + seed}日", "会议地点", "会议室"],
        ["主持人", NAMES[0], "记录人", NAMES[1]], ["参会人员", "、".join(NAMES[:3])],
    ]  # fmt: skip
    return Case(
        "own", f"大会{seed}.docx", corpus._word("党员大会会议记录", table=table), "meetings", []
    )


def test_a_document_is_shown_beside_its_form_and_becomes_a_record_with_its_file(
    people: Cast, login: Any
) -> None:
    clerk = login(people.users["clerk"])
    batch = _hand_in(clerk, people, _minutes())
    paper = Paper.objects.get()
    page = clerk.get(f"/intake/papers/{paper.pk}/").content.decode()
    assert "会议台账" in clerk.get(batch).content.decode()
    assert "出处：第1个表 第2行第2列" in page
    assert 'value="2016-03-09"' in page
    assert MEETINGS.objects.count() == 0

    records, _ = queries.proposed(paper)
    answer = clerk.post(f"/intake/papers/{paper.pk}/", records[0].values)

    entry = MEETINGS.objects.get()
    assert answer.status_code == 302
    assert (entry.title, str(entry.held_on), entry.entry_mode) == ("一季度党员大会", "2016-03-09", Entry.Mode.BACKFILL)  # fmt: skip
    assert EvidenceLink.objects.get().entry_id == entry.pk
    assert Paper.objects.get().state == Paper.State.ENTERED


def test_what_is_wrong_in_the_form_is_told_and_nothing_is_stored(people: Cast, login: Any) -> None:
    clerk = login(people.users["clerk"])
    _hand_in(clerk, people, _minutes())
    paper = Paper.objects.get()

    answer = clerk.post(f"/intake/papers/{paper.pk}/", {"title": "会", "held_on": "不知道"})

    assert answer.status_code == 422
    assert "不是日期" in answer.content.decode()
    assert MEETINGS.objects.count() == 0
    assert Paper.objects.get().state == Paper.State.OPEN


def test_what_leaves_no_doubt_is_entered_together(people: Cast, login: Any) -> None:
    clerk = login(people.users["clerk"])
    batch = _hand_in(clerk, people, _minutes(1), _minutes(2), corpus.rules_as_text(1))

    page = clerk.post(f"{batch}certain/", follow=True).content.decode()

    assert "已入账 2 份" in page
    assert MEETINGS.objects.count() == 2
    assert Paper.objects.filter(state=Paper.State.OPEN).count() == 1


def test_a_batch_can_be_taken_back_but_not_what_was_put_right_since(
    people: Cast, login: Any, now: datetime
) -> None:
    clerk = login(people.users["clerk"])
    batch = _hand_in(clerk, people, _minutes(1), _minutes(2))
    clerk.post(f"{batch}certain/")
    MEETINGS.objects.filter(pk=MEETINGS.objects.first().pk).update(version=2)

    page = clerk.post(f"{batch}undo/", follow=True).content.decode()

    assert "收件后更正过，没有撤回" in page
    assert MEETINGS.objects.current().count() == 1
    assert "已撤销" in clerk.get("/intake/").content.decode()


def test_after_a_week_a_batch_is_not_taken_back(people: Cast, now: datetime) -> None:
    case, clerk = _minutes(), people.actor("clerk")
    batch = actions.take_in(branch=people.own, files=[(case.name, case.data)], actor=clerk, now=now)

    with pytest.raises(WrongState, match="超过7天"):
        actions.undo(batch=batch, actor=clerk, now=now + timedelta(days=7, microseconds=1))
    assert actions.undo(batch=batch, actor=clerk, now=now + timedelta(days=7)) == []


def test_the_same_file_again_is_told(people: Cast, login: Any) -> None:
    clerk = login(people.users["clerk"])
    case = _minutes()  # made once: a file made anew bears the second in which it was made
    clerk.post(f"{_hand_in(clerk, people, case)}certain/")

    again = _hand_in(clerk, people, case)

    page = clerk.get(again).content.decode()
    assert "重复文件" in page
    assert "收件并入账" in page


def test_the_same_event_is_shown_and_its_record_gets_the_file(people: Cast, login: Any) -> None:
    clerk = login(people.users["clerk"])
    batch = _hand_in(clerk, people, _minutes(1))
    clerk.post(f"{batch}certain/")
    other = Case("other", "扫描.docx", corpus._word("支部党员大会记录", ["时间：2016年3月9日", "地点：会议室", "主持人：甲", "记录人：乙"]), "meetings", [])  # fmt: skip
    _hand_in(clerk, people, other)
    paper = Paper.objects.latest("pk")
    entry = MEETINGS.objects.get()
    assert "同一天已有登记" in clerk.get(f"/intake/papers/{paper.pk}/").content.decode()

    clerk.post(f"/intake/papers/{paper.pk}/add/", {"entry": entry.pk})

    assert MEETINGS.objects.count() == 1
    assert EvidenceLink.objects.filter(entry_id=entry.pk).count() == 2


def test_good_rows_of_a_list_are_taken_and_bad_ones_stay(people: Cast, login: Any) -> None:
    clerk = login(people.users["clerk"])
    rows: list[list[Any]] = [
        ["姓名", "月份", "金额（元）", "交费时间"],
        [NAMES[0], "2017年3月", 78, "2017-03-08"],
        ["路人", "2017年3月", 20, "2017-03-08"],
    ]
    case = Case("dues", "党费收缴明细.xlsx", corpus._sheet(rows), "dues-payments", [])
    _hand_in(clerk, people, case)
    paper = Paper.objects.get()

    page = clerk.post(f"/intake/papers/{paper.pk}/", {}).content.decode()

    paper.refresh_from_db()
    assert "本支部花名册上没有“路人”" in page
    assert paper.state == Paper.State.OPEN
    assert len(queries.proposed(paper)[0]) == 1
    assert KINDS["dues-payments"].model.objects.count() == 1

    clerk.post(f"/intake/papers/{paper.pk}/", {"person-1": NAMES[1], "month-1": "2017-03"})

    assert KINDS["dues-payments"].model.objects.count() == 2
    assert Paper.objects.get().state == Paper.State.ENTERED
    assert Entered.objects.count() == 2


def test_a_file_thrown_away_meanwhile_is_taken_back_with_its_line(
    people: Cast, login: Any, now: datetime
) -> None:
    clerk = login(people.users["clerk"])
    batch = _hand_in(clerk, people, _minutes())
    file = Paper.objects.get().file
    assert file is not None
    evidence.throw_away(file=file, actor=people.actor("clerk"), now=now)

    clerk.post(f"{batch}certain/")

    file.refresh_from_db()
    assert file.withdrawn_at is None
    assert JournalLine.objects.filter(verb="ledgers.take_back_file").count() == 1


def test_a_document_can_be_read_as_another_ledger_or_laid_aside(people: Cast, login: Any) -> None:
    clerk = login(people.users["clerk"])
    _hand_in(clerk, people, _minutes())
    paper = Paper.objects.get()

    clerk.post(f"/intake/papers/{paper.pk}/kind/", {"kind": "activities"})
    paper.refresh_from_db()
    assert (paper.kind, paper.certain) == ("activities", False)
    clerk.post(f"/intake/papers/{paper.pk}/aside/")

    paper.refresh_from_db()
    assert paper.state == Paper.State.ASIDE
    assert MEETINGS.objects.count() == 0


def test_many_files_are_read_in_the_background(
    people: Cast, login: Any, django_capture_on_commit_callbacks: Any
) -> None:
    clerk = login(people.users["clerk"])
    cases = [_minutes(n) for n in range(actions.AT_ONCE + 1)]
    batch = _hand_in(clerk, people, *cases)
    assert f"还有 {len(cases)} 份" in clerk.get(batch).content.decode()

    assert worker.work_off() == 2  # the reading, and the words for the search

    assert "正在识别" not in clerk.get(batch).content.decode()
    assert Paper.objects.filter(state=Paper.State.OPEN).count() == len(cases)


def test_another_branch_sees_nothing_of_it(people: Cast, login: Any) -> None:
    batch = _hand_in(login(people.users["clerk"]), people, _minutes())
    foreign = login(people.users["foreign"])

    assert foreign.get(batch).status_code == 404
    assert foreign.get(f"/intake/papers/{Paper.objects.get().pk}/").status_code == 404
