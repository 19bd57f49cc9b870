"""What is taken in, read, entered and taken back, at its edges: how many at once, which rows, whose
file, and what stays.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from taizhang.intake import actions, queries
from taizhang.intake import kept as kept_files
from taizhang.intake.models import Batch, ColumnSaid, Entered, Paper
from taizhang.intake.reading import read
from taizhang.intake.reading.whose import Whose
from taizhang.intake.sheets import actions as sheets
from taizhang.intake.sheets import grid
from taizhang.kernel.errors import BadInput, NotAllowed, Problem, WrongState
from taizhang.kernel.jobs import worker
from taizhang.kernel.jobs.models import Job
from taizhang.kernel.models import JournalLine
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.models import EvidenceLink
from taizhang.ledgers.records import actions as ledgers
from taizhang.ledgers.sheets.excel import BRANCH
from taizhang.papers.marks import seen as marks
from tests.intake import corpus
from tests.intake.test_pages import MEETINGS, _minutes
from tests.intake.test_sheets import HEAD, _keeps_both, _of_two, _take, _talk
from tests.make import Cast, correct, raw, save

pytestmark = pytest.mark.django_db
TALKS: Any = KINDS["talks"].model


def _as(people: Cast, now: datetime, who: str = "clerk") -> dict[str, Any]:
    return {"actor": people.actor(who), "now": now}


def _files(*seeds: int) -> list[tuple[str, bytes]]:
    return [(case.name, case.data) for case in map(_minutes, seeds)]


def _told(verb: str) -> list[Any]:
    found = JournalLine.objects.filter(verb=f"intake.{verb}").order_by("seq")
    return [line.detail for line in found]


# Taken in and read


def test_a_stranger_is_told_that_he_may_not_before_anything_is_looked_at(
    people: Cast, now: datetime
) -> None:
    foreign = _as(people, now, "foreign")
    batch = Batch.objects.create(branch=people.own, by=people.users["clerk"], at=now)
    about: dict[str, Any] = {"branch": people.own, "kind": KINDS["talks"], "name": ""}
    for act in (
        lambda: actions.take_in(branch=people.own, files=[], **foreign),
        lambda: sheets.take_sheet(data="", **about, **foreign),
        lambda: actions.enter_certain(batch=batch, **foreign),
        lambda: sheets.enter_right(batch=batch, **foreign),
        lambda: actions.undo(batch=batch, **foreign),
    ):
        with pytest.raises(NotAllowed):
            act()


@pytest.mark.parametrize(("at_once", "jobs", "state"), [(2, 0, "open"), (1, 1, "unread")])
def test_so_many_files_are_read_while_the_page_waits_and_more_by_a_worker(
    people: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch, at_once: int, jobs: int, state: str
) -> None:  # fmt: skip
    monkeypatch.setattr(actions, "AT_ONCE", at_once)
    batch = actions.take_in(branch=people.own, files=_files(1, 2), **_as(people, now))
    asked = Job.objects.filter(work=actions.WORK)
    assert [job.about for job in asked] == [{"batch": batch.pk}] * jobs
    assert {paper.state for paper in batch.papers.all()} == {state}
    worker.work_off()
    assert {paper.state for paper in batch.papers.all()} == {"open"}
    actions.read_waiting(Job(work=actions.WORK, about={"batch": 10**9}))
    with pytest.raises(BadInput, match="没有收到文件"):
        actions.take_in(branch=people.own, files=[], **_as(people, now))


def test_a_file_of_one_ledger_is_kept_unread_with_what_was_said_of_it(
    people: Cast, now: datetime
) -> None:
    about: dict[str, Any] = {
        "branch": people.own,
        "kind": KINDS["talks"],
        "given": {"year": "2016"},
    }
    paper = actions.keep_for(name="谈话.xlsx", data=corpus._sheet([HEAD, _talk("2016-03-01")]), **about, **_as(people, now))  # fmt: skip
    kept = Paper.objects.get(pk=paper.pk)
    assert (kept.kind, kept.state, json.loads(kept.proposed)["given"]) == (
        "talks", Paper.State.UNREAD, {"year": "2016"},
    )  # fmt: skip
    assert _told("take_in") == [{"n": 1}]
    kept_files.read_one(kept)
    assert json.loads(Paper.objects.get(pk=paper.pk).proposed)["given"] == {"year": "2016"}
    kept_files.read_one(kept)
    assert Paper.objects.count() == 1
    with pytest.raises(BadInput):
        actions.keep_for(name="a.exe", data=b"MZ", **about, **_as(people, now))


def _document(n: int, **about: Any) -> read.Document:
    told: dict[str, Any] = {"kind": KINDS["talks"], "where": f"第{n}个", "certain": True, "is_list": False} | about  # fmt: skip
    records = [SimpleNamespace(branch="", values={"n": n})] if told.pop("full", True) else []
    told = {
        "records": records,
        "warnings": [],
        "unknown": {},
        "passed": [],
        "whose": Whose(),
    } | told
    return SimpleNamespace(**told)  # type: ignore[return-value]


def test_each_document_of_a_file_has_its_own_line(
    people: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [
        _document(1), _document(2, full=False), _document(3, kind=None), _document(4, certain=False),
        _document(5, is_list=True, passed=["第9行：合计"]),
    ]  # fmt: skip
    monkeypatch.setattr(read, "documents", lambda *_: found)
    batch = actions.take_in(branch=people.own, files=_files(1), **_as(people, now))
    said = batch.papers.order_by("pk").values_list("where", "kind", "certain", "is_list", "state")
    assert list(said) == [
        ("第1个", "talks", True, False, "open"), ("第2个", "", True, False, "open"), ("第3个", "", True, False, "open"),
        ("第4个", "talks", False, False, "open"), ("第5个", "talks", True, True, "open"),
    ]  # fmt: skip
    assert len({paper.sha256 for paper in batch.papers.all()}) == 1
    assert [queries.passed(paper) for paper in batch.papers.order_by("pk")[3:]] == [
        [],
        ["第9行：合计"],
    ]


def _mark(text: str, kind: str = "", entry: int = 0) -> Any:
    told = SimpleNamespace(text=text, kind=KINDS[kind] if kind else None, entry=entry)
    return SimpleNamespace(place=text), told


@pytest.mark.parametrize(
    ("seen", "kind", "said"),
    [
        ([], "talks", ("talks", 0, ["旧"], True)),
        ([_mark("无")], "talks", ("talks", 0, ["无", "旧"], False)),
        ([_mark("表", "meetings")], "talks", ("talks", 0, ["表", "旧"], False)),
        ([_mark("表", "meetings")], "", ("meetings", 0, ["表", "旧"], False)),
        ([_mark("表", "talks"), _mark("又", "meetings")], "", ("talks", 0, ["表", "又", "旧"], False)),
        ([_mark("表", "talks"), _mark("条", "meetings", 5)], "talks", ("meetings", 5, ["表", "条", "旧"], False)),
        ([_mark("条", "meetings", 5), _mark("二", "meetings", 6)], "", ("meetings", 5, ["条", "旧"], False)),
        ([_mark("无"), _mark("条", "meetings", 5)], "talks", ("meetings", 5, ["无", "条", "旧"], False)),
    ],
)  # fmt: skip
def test_a_record_goes_before_a_ledger_and_a_ledger_before_none(
    seen: list[Any], kind: str, said: tuple[Any, ...]
) -> None:
    paper = Paper(kind=kind, certain=True, proposed='{"records": [], "warnings": ["旧"]}')
    kept_files.say_what_marks_mean(paper, seen)
    told = json.loads(paper.proposed)
    assert (paper.kind, told.get("entry", 0), told["warnings"], paper.certain) == said


def test_every_further_record_on_the_sheets_is_a_line_of_its_own(
    people: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = [_mark("第1页", "meetings", 5), _mark("无"), _mark("第3页", "talks", 6)]
    monkeypatch.setattr(marks, "seen", lambda _: [one for one, _ in seen])
    told = {id(one): said for one, said in seen}
    monkeypatch.setattr(marks, "told", lambda one, _: told[id(one)])
    monkeypatch.setattr(read, "documents", lambda *_: [_document(1, full=False)])
    batch = actions.take_in(branch=people.own, files=_files(1), **_as(people, now))
    lines = [
        (p.where, p.kind, p.state, json.loads(p.proposed)["entry"], json.loads(p.proposed)["warnings"])
        for p in batch.papers.order_by("pk")
    ]  # fmt: skip
    assert lines == [
        ("第1个", "meetings", "open", 5, ["第1页", "无"]), ("第3页", "talks", "open", 6, ["第3页"]),
    ]  # fmt: skip


def test_a_document_is_read_anew_with_the_others_of_its_list_and_no_further(
    people: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = ["表1（第1—5行）", "表1（第6—9行）", "表2（第1—5行）", "表1"]
    monkeypatch.setattr(read, "place", lambda where: where.partition("（")[0])
    found = [_document(n, where=where) for n, where in enumerate(places)]
    monkeypatch.setattr(read, "documents", lambda *_: found)
    batch = actions.take_in(branch=people.own, files=_files(1), **_as(people, now))
    first, *_ = batch.papers.order_by("pk")
    monkeypatch.setattr(read, "again", lambda *_: [_document(7, kind=None), _document(8)])
    actions.take_for(paper=first, kind=KINDS["meetings"], **_as(people, now))
    said = batch.papers.order_by("where").values_list("where", "kind", "certain")
    assert sorted(said) == [
        ("第7个", "meetings", False), ("第8个", "meetings", False), ("表1", "talks", True), ("表2（第1—5行）", "talks", True),
    ]  # fmt: skip
    assert _told("take_for") == [{"kind": "meetings"}]
    for paper in batch.papers.filter(where__startswith="第"):
        assert (paper.file, paper.sha256) == (first.file, first.sha256)


def test_what_was_not_kept_is_neither_read_nor_attached(people: Cast, now: datetime) -> None:
    batch = actions.take_in(branch=people.own, files=[("a.exe", b"MZ")], **_as(people, now))
    paper = batch.papers.get()
    with pytest.raises(WrongState, match="没有收下，不能识别"):
        actions.take_for(paper=paper, kind=KINDS["meetings"], **_as(people, now))
    paper.kind = "meetings"
    entry = save(people.own, people.actor("clerk"), now, "meetings", **raw("meetings"))
    with pytest.raises(WrongState, match="不能附到这条记录上"):
        actions.add_to(paper=paper, entry=entry, **_as(people, now))
    made = actions.enter(paper=paper, values={"kind": "支委会", "title": "会", "held_on": "2016-03-01"}, **_as(people, now))  # fmt: skip
    assert not EvidenceLink.objects.filter(entry_id=made.pk).exists()


def test_a_file_is_attached_to_a_record_of_its_own_branch_alone(
    people: Cast, now: datetime
) -> None:
    batch = actions.take_in(branch=people.own, files=_files(1), **_as(people, now))
    paper = batch.papers.get()
    theirs = save(people.other, people.actor("foreign"), now, "meetings", **raw("meetings", "二"))
    with pytest.raises(WrongState, match="不能附到这条记录上"):
        actions.add_to(paper=paper, entry=theirs, **_as(people, now))
    paper.kind = ""
    with pytest.raises(WrongState, match="请先选择这份文件属于哪一种台账"):
        actions.add_to(paper=paper, entry=theirs, **_as(people, now))


# Entered


def _rows(*days: str) -> bytes:
    return corpus._sheet([HEAD, *map(_talk, days)])


@pytest.mark.parametrize(
    ("days", "files"), [(["2016-03-01"], 1), (["2016-03-01", "2016-03-02"], 0)]
)
def test_a_list_of_one_row_is_the_evidence_of_its_record(
    people: Cast, now: datetime, days: list[str], files: int
) -> None:
    paper = _take(people, now, "talks", _rows(*days))
    rows = grid.values_of(paper)
    assert actions.enter_rows(paper=paper, rows=rows, **_as(people, now)) == []
    assert EvidenceLink.objects.count() == files
    assert Entered.objects.count() == len(days)
    assert _told("enter") == [{"n": len(days)}]


def test_a_single_row_of_another_branch_has_no_file_of_this_one(
    people: Cast, now: datetime
) -> None:
    _keeps_both(people)
    paper = _take(people, now, "talks", _of_two(people))
    rows = {2: grid.values_of(paper)[2]}
    assert actions.enter_rows(paper=paper, rows=rows, **_as(people, now)) == []
    assert TALKS.objects.get().branch == people.other
    assert not EvidenceLink.objects.exists()
    assert Paper.objects.get().state == Paper.State.OPEN


def test_rows_that_wait_keep_what_was_mended_and_their_faults_are_told_by_their_new_place(
    people: Cast, now: datetime
) -> None:
    paper = _take(people, now, "talks", _rows("2016-03-01", "某日", "2016-05-01", "2016-06-01"))
    rows = grid.values_of(paper)
    rows[2]["topic"] = "改过"
    rows[2][BRANCH] = people.own.short_name
    del rows[4]
    (problem,) = actions.enter_rows(paper=paper, rows=rows, **_as(people, now))
    assert (problem.row, problem.column) == (1, "谈话日期")
    first, second = json.loads(Paper.objects.get().proposed)["records"]
    assert (first["values"]["topic"], first["branch"], first["left"]) == ("改过", people.own.short_name, [])  # fmt: skip
    assert BRANCH not in first["values"]
    assert second["values"]["held_on"] == "2016-06-01"
    assert TALKS.objects.count() == 2
    assert Paper.objects.get().state == Paper.State.OPEN


def test_what_is_wrong_with_the_whole_list_is_refused_whole(
    people: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: Any) -> None:
        raise BadInput("都不行")

    paper = _take(people, now, "talks", _rows("2016-03-01"))
    monkeypatch.setattr(ledgers, "record_many", refuse)
    with pytest.raises(BadInput, match="都不行"):
        actions.enter_rows(paper=paper, rows=grid.values_of(paper), **_as(people, now))


def test_what_is_certain_but_refused_waits_and_says_why(
    people: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = actions.take_in(branch=people.own, files=_files(1, 2), **_as(people, now))
    one = batch.papers.order_by("pk")[0]
    told = json.loads(one.proposed)
    told["records"][0]["values"] = {"kind": "没有的会"}
    Paper.objects.filter(pk=one.pk).update(proposed=json.dumps(told))
    real = ledgers.record

    def record(*, values: Mapping[str, Any], **about: Any) -> Any:
        if values["kind"] == "没有的会":
            raise BadInput([Problem(f"错{n}") for n in range(5)])
        return real(values=values, **about)

    monkeypatch.setattr(ledgers, "record", record)
    entered, refused = actions.enter_certain(batch=batch, **_as(people, now))
    assert (entered, refused) == (1, [f"{one}：错0；错1；错2"])
    states = batch.papers.order_by("pk").values_list("state", "certain")
    assert list(states) == [("open", False), ("entered", True)]
    assert _told("enter_certain") == [{"n": 1}]


def test_a_list_with_one_wrong_row_is_not_certain(people: Cast, now: datetime) -> None:
    paper = _take(people, now, "talks", _rows("2016-03-01", "某日"))
    Paper.objects.update(certain=True)
    entered, refused = actions.enter_certain(batch=paper.batch, **_as(people, now))
    assert (entered, len(refused), TALKS.objects.count()) == (0, 1, 0)


# Laid aside and taken back


@pytest.mark.parametrize(
    ("state", "refused"), [("open", False), ("same", False), ("entered", True), ("aside", True), ("unread", True)]
)  # fmt: skip
def test_what_waits_is_laid_aside(people: Cast, now: datetime, state: str, refused: bool) -> None:
    paper = actions.take_in(branch=people.own, files=_files(1), **_as(people, now)).papers.get()
    paper.state = state
    if refused:
        with pytest.raises(WrongState, match="已经处理过了"):
            actions.put_aside(paper=paper, **_as(people, now))
        return
    actions.put_aside(paper=paper, **_as(people, now))
    assert Paper.objects.get().state == Paper.State.ASIDE
    assert _told("put_aside") == [{"n": 0}]
    assert _told("enter") == []


def test_what_is_the_same_may_still_be_entered(people: Cast, now: datetime) -> None:
    paper = actions.take_in(branch=people.own, files=_files(1), **_as(people, now)).papers.get()
    Paper.objects.update(state=Paper.State.SAME)
    values = queries.proposed(paper)[0][0].values
    assert actions.enter(paper=paper, values=values, **_as(people, now)).pk


@pytest.mark.parametrize(("later", "refused"), [(timedelta(0), False), (timedelta(microseconds=1), True)])  # fmt: skip
def test_a_batch_is_taken_back_within_seven_days_once(
    people: Cast, now: datetime, later: timedelta, refused: bool
) -> None:
    batch = actions.take_in(branch=people.own, files=_files(1), **_as(people, now))
    then = _as(people, now + timedelta(days=7) + later)
    if refused:
        with pytest.raises(WrongState, match="收件已超过7天"):
            actions.undo(batch=batch, **then)
        return
    assert actions.undo(batch=batch, **then) == []
    assert Batch.objects.get().undone_at == then["now"]
    with pytest.raises(WrongState, match="已经撤销过了"):
        actions.undo(batch=batch, **then)


@pytest.mark.parametrize(("at_once", "jobs"), [(3, 0), (2, 1)])
def test_what_was_corrected_since_stays_and_is_told_once(
    people: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch, at_once: int, jobs: int
) -> None:
    monkeypatch.setattr(actions, "UNDONE_AT_ONCE", at_once)
    paper = _take(people, now, "talks", _rows("2016-03-01", "2016-03-02", "2016-03-03"))
    actions.enter_rows(paper=paper, rows=grid.values_of(paper), **_as(people, now))
    one, two, _ = TALKS.objects.order_by("held_on")
    correct("talks", one, people.actor("clerk"), now, topic="改过")
    ledgers.withdraw(kind=KINDS["talks"], entry=two, reason="重复", **_as(people, now))
    stayed = actions.undo(batch=paper.batch, **_as(people, now))
    assert Job.objects.filter(work=actions.UNDOING).count() == jobs
    for job in Job.objects.filter(work=actions.UNDOING):
        assert job.about == {"batch": paper.batch_id, "on": "2018-10-25"}
        actions.take_back_waiting(job)
        actions.take_back_waiting(job)
    kept = Batch.objects.get().stayed
    assert len(kept) == 1
    assert kept[0].startswith("谈心谈话")
    assert kept[0].endswith("收件后更正过，没有撤回。")
    assert (stayed == kept) is (jobs == 0)
    assert [entry.pk for entry in TALKS.objects.current()] == [one.pk]


# Sheets


def test_a_sheet_that_waits_is_read_by_a_worker(
    people: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "AT_ONCE", 10)
    paper = _take(people, now, "talks", _rows("2016-03-01"))
    (job,) = Job.objects.filter(work=actions.WORK)
    assert (job.about, job.by) == ({"batch": paper.batch_id}, people.users["clerk"])
    worker.work_off()
    assert len(grid.records_of(Paper.objects.get())) == 1


def test_only_unknown_columns_that_somebody_named_are_remembered(
    people: Cast, now: datetime
) -> None:
    rows = [[*HEAD, "星座", "属相"], [*_talk("2016-03-01"), "狮子", "马"]]
    paper = _take(people, now, "talks", corpus._sheet(rows))
    columns = {"星座": "不读入", "属相": "", "没有的列": "主题"}
    sheets.name_columns(paper=paper, columns=columns, **_as(people, now))
    assert list(ColumnSaid.objects.values_list("header", "label")) == [("星座", "")]
    assert "星座" not in json.loads(Paper.objects.get().proposed)["unknown"]
    paper.kind = ""
    with pytest.raises(NotAllowed):
        sheets.name_columns(paper=paper, columns={}, **_as(people, now, "foreign"))
    with pytest.raises(WrongState, match="请先选择"):
        sheets.name_columns(paper=paper, columns=columns, **_as(people, now))


def test_lists_are_entered_some_at_a_time_and_what_went_meanwhile_is_passed_over(
    people: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read, "PAGE", 1)
    monkeypatch.setattr(sheets, "TOGETHER", 2)
    paper = _take(people, now, "talks", _rows("2016-03-01", "2016-03-02", "某日", "2016-03-04", "2016-03-05"))  # fmt: skip
    batch = paper.batch
    sheets.enter_right(batch=batch, **_as(people, now))
    (job,) = Job.objects.filter(work=sheets.ENTERING)
    assert (job.about, job.by) == ({"batch": batch.pk, "on": "2018-10-25"}, people.users["clerk"])
    sheets._enter_whole(Paper.objects.none(), people.actor("clerk"))
    sheets.enter_waiting(job)
    assert TALKS.objects.count() == 4
    Batch.objects.update(undone_at=now)
    with pytest.raises(WrongState, match="或者已经撤销"):
        sheets.enter_right(batch=Batch.objects.get(), **_as(people, now))
    assert MEETINGS.objects.count() == 0
