"""The sheets workbench: a sheet of any ledger is a grid before anything is stored, mended there,
entered, taken back.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any
from unittest.mock import Mock

import pytest
from django.test import Client

from taizhang.intake import actions, forms
from taizhang.intake import kept as kept_files
from taizhang.intake.models import Batch, Entered, Paper
from taizhang.intake.reading import read
from taizhang.intake.sheets import actions as sheets
from taizhang.intake.sheets import grid
from taizhang.kernel.errors import BadInput, NotAllowed, WrongState
from taizhang.kernel.jobs import queue, worker
from taizhang.kernel.models import JournalLine
from taizhang.ledgers import changes
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.sheets import import_job, titles
from taizhang.orgs.models import Duty
from tests.intake import corpus
from tests.ledgers.test_cases import TAKEN, case
from tests.make import NAMES, Cast

pytestmark = pytest.mark.django_db
HEAD = ["谈话日期", "谈话人", "谈话对象", "谈话类型", "主题", "谈话内容"]
DUES = ["姓名", "月份", "金额", "交纳日期"]


def _talk(day: str, topic: str = "近况") -> list[str]:
    return [day, NAMES[0], NAMES[1], "支委之间", topic, "近期工作"]


def _take(people: Cast, now: datetime, slug: str, data: bytes | str, **given: str) -> Paper:
    return sheets.take_sheet(
        branch=people.own, kind=KINDS[slug], name="表.xlsx", data=data, given=given,
        actor=people.actor("clerk"), now=now,
    )  # fmt: skip


def _hand_in(client: Client, people: Cast, slug: str, data: bytes) -> Any:
    upload = io.BytesIO(data)
    upload.name = "表.xlsx"
    return client.post(f"/intake/sheets/{slug}/", {"file": upload, "branch": people.own.pk})


@pytest.mark.parametrize("slug", KINDS)
def test_every_ledger_leads_to_its_workbench(people: Cast, login: Any, slug: str) -> None:
    clerk = login(people.users["clerk"])

    assert f'href="/intake/sheets/{slug}/' in clerk.get(f"/ledgers/{slug}/").content.decode()
    page = clerk.get(f"/intake/sheets/{slug}/").content.decode()
    assert "下载本支部模板" in page
    assert clerk.get(f"/ledgers/{slug}/import/").status_code == 404


@pytest.mark.parametrize(("name", "slug", "said", "rows", "told"), TAKEN, ids=[t[0] for t in TAKEN])
def test_a_sheet_of_others_is_a_grid_before_it_is_stored(
    people: Cast, now: datetime, name: str, slug: str, said: dict[str, str], rows: int, told: tuple[str, ...]
) -> None:  # fmt: skip
    before = KINDS[slug].model.objects.count()

    paper = _take(people, now, slug, case(name), paid_day=said.get("paid_day", ""))

    assert (paper.kind, paper.is_list) == (slug, True)
    assert len(grid.records_of(paper)) == rows
    assert KINDS[slug].model.objects.count() == before


def test_all_that_is_wrong_is_marked_at_once_and_mended_in_place(people: Cast, login: Any) -> None:
    clerk = login(people.users["clerk"])
    data = corpus._sheet([HEAD, _talk("2016-03-01"), _talk("某日"), _talk("2016-05-01", "")])
    at = _hand_in(clerk, people, "talks", data)["Location"]

    page = clerk.get(at).content.decode()
    assert "读到 3 行，其中 2 行要改" in page
    assert 'value="某日" aria-label="第2行谈话日期" aria-invalid="true"' in page
    assert 'aria-label="第3行主题" aria-invalid="true"' in page

    page = clerk.post(at, {"held_on-2": "2016-04-01"}).content.decode()
    assert KINDS["talks"].model.objects.count() == 2
    assert "读到 1 行，其中 1 行要改" in page

    clerk.post(at, {"topic-1": "学习"})
    assert KINDS["talks"].model.objects.count() == 3
    assert Paper.objects.get().state == Paper.State.ENTERED


def test_headers_of_three_rows_are_read(people: Cast, now: datetime) -> None:
    rows = [
        ["姓名", "收缴情况", "", ""],
        ["姓名", "所属", "交纳", ""],
        ["姓名", "月份", "日期", "金额"],
        [NAMES[0], "2016-03", "2016-03-10", "78"],
    ]

    paper = _take(people, now, "dues-payments", corpus._sheet(rows))

    (one,) = grid.records_of(paper)
    assert one.values == {"person": NAMES[0], "month": "2016-03", "paid_on": "2016-03-10", "amount": "78.00"}  # fmt: skip


def test_a_column_may_be_left_out_of_all_rows(people: Cast, login: Any) -> None:
    clerk = login(people.users["clerk"])
    rows = [["姓名", "性别", "出生年月", "进入支部日期"], ["钟一", "女", "不详3", "2009-09-01"]]
    at = _hand_in(clerk, people, "members", corpus._sheet(rows))["Location"]
    assert "1 行要改" in clerk.get(at).content.decode()
    before = KINDS["members"].model.objects.count()

    clerk.post(at, {"drop-birth_on": "1"})

    assert KINDS["members"].model.objects.count() == before + 1


def test_what_is_there_word_for_word_is_told_and_entered_only_when_wanted(
    people: Cast, login: Any, now: datetime
) -> None:
    clerk = login(people.users["clerk"])
    first = _take(people, now, "talks", corpus._sheet([HEAD, _talk("2016-03-01")]))
    clerk.post(f"/intake/papers/{first.pk}/")
    second = _take(
        people, now, "talks", "\n".join("\t".join(r) for r in (HEAD, _talk("2016-03-01")))
    )

    page = clerk.get(f"/intake/papers/{second.pk}/").content.decode()
    assert "台账里已有内容相同的记录" in page
    clerk.post(f"/intake/papers/{second.pk}/")
    assert KINDS["talks"].model.objects.count() == 1

    clerk.post(f"/intake/papers/{second.pk}/", {"again": "1"})
    assert KINDS["talks"].model.objects.count() == 2


def test_the_same_file_is_told_whether_handed_in_or_brought_in_by_a_command(
    people: Cast, login: Any, now: datetime
) -> None:
    clerk = login(people.users["clerk"])
    data = corpus._sheet([HEAD, _talk("2016-03-01")])
    sheet = import_job.Sheet(KINDS["talks"], data, "表.xlsx", people.own)
    import_job.bring_in_waiting(
        sheet=sheet, actor=people.actor("clerk"), now=now, progress=lambda *_: None
    )

    page = clerk.get(_hand_in(clerk, people, "talks", data)["Location"]).content.decode()

    assert "导入过（1行）" in page
    assert Paper.objects.get().state == Paper.State.SAME


@pytest.mark.parametrize(
    ("data", "told"),
    [(b"", "空"), (b"PK\x03\x04", "损坏"), (corpus._sheet([["甲", "乙"], [1, 2]]), "没有读出内容"), (corpus._sheet([HEAD]), "没有读出内容")],
    ids=["empty", "broken", "headers", "no rows"],
)  # fmt: skip
def test_a_sheet_with_nothing_for_the_ledger_is_not_kept(
    people: Cast, login: Any, data: bytes, told: str
) -> None:
    answer = _hand_in(login(people.users["clerk"]), people, "talks", data)

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Batch.objects.exists()


def test_a_sheet_of_months_asks_for_the_year_that_it_does_not_say(people: Cast, login: Any) -> None:
    clerk = login(people.users["clerk"])
    rows = "\n".join(["\t".join(["姓名", *(f"{n}月" for n in range(1, 13))]), "\t".join([NAMES[0], *["12.5"] * 12])])  # fmt: skip
    at = "/intake/sheets/dues-payments/"
    asked = clerk.post(at, {"pasted": rows})
    assert (asked.status_code, Paper.objects.count()) == (422, 0)
    assert "请在“年度”里填写" in asked.content.decode()

    found = clerk.post(at, {"pasted": rows, "year": "2016", "paid_day": "10"})["Location"]

    assert "读到 12 行，没有发现错误" in clerk.get(found).content.decode()


@pytest.mark.parametrize(("more", "state"), [(0, Paper.State.OPEN), (-1, Paper.State.UNREAD)])
def test_a_sheet_of_just_so_many_bytes_is_read_at_once_and_a_longer_one_waits(
    people: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch, more: int, state: str
) -> None:
    data = corpus._sheet([HEAD, _talk("2016-03-01")])
    monkeypatch.setattr(sheets, "AT_ONCE", len(data) + more)

    assert _take(people, now, "talks", data).state == state


def test_a_long_list_is_pages_entered_in_the_background_and_taken_back(
    people: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch, login: Any
) -> None:
    monkeypatch.setattr(read, "PAGE", 10)
    monkeypatch.setattr(actions, "UNDONE_AT_ONCE", 7)
    clerk = login(people.users["clerk"])
    days = [f"2016-{1 + n // 28:02d}-{1 + n % 28:02d}" for n in range(25)]
    _hand_in(clerk, people, "talks", corpus._sheet([HEAD, *map(_talk, days[:-1]), _talk("某日")]))
    batch = Batch.objects.get()
    pages = Paper.objects.order_by("pk")
    assert [len(grid.records_of(one)) for one in pages] == [10, 10, 5]
    at = f"/intake/{batch.pk}/"
    assert "没有错误的行一起入账（表里共 25 行）" in clerk.get(at).content.decode()

    clerk.post(f"{at}rows/")
    assert "正在入账，还有 25 行" in clerk.get(at).content.decode()
    worker.work_off()

    assert KINDS["talks"].model.objects.count() == 24
    states = list(pages.values_list("state", flat=True))
    assert states == [Paper.State.ENTERED, Paper.State.ENTERED, Paper.State.OPEN]
    assert "“某日”" in clerk.get(f"/intake/papers/{pages[2].pk}/").content.decode()
    with pytest.raises(WrongState, match="已有几行入账"):
        actions.take_for(paper=pages[2], kind=KINDS["talks"], actor=people.actor("clerk"), now=now)

    clerk.post(f"{at}undo/")
    assert "正在撤回" in clerk.get(at).content.decode()
    worker.work_off()
    assert KINDS["talks"].model.objects.current().count() == 0
    assert Entered.objects.count() == 24


def test_while_a_batch_is_being_entered_it_is_not_entered_twice(
    people: Cast, now: datetime
) -> None:
    paper = _take(people, now, "talks", corpus._sheet([HEAD, _talk("2016-03-01")]))
    queue.hold(sheets.ENTERING, {"batch": paper.batch_id})

    with pytest.raises(WrongState, match="正在入账"):
        sheets.enter_right(batch=paper.batch, actor=people.actor("clerk"), now=now)


def test_a_sheet_too_long_to_wait_for_is_read_in_the_background(
    people: Cast, login: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "AT_ONCE", 10)
    clerk = login(people.users["clerk"])
    asked: list[Any] = []
    monkeypatch.setattr(queue, "ask", lambda *about, **_: asked.append(about))

    answer = _hand_in(clerk, people, "talks", corpus._sheet([HEAD, _talk("2016-03-01")]))

    batch = Batch.objects.get()
    assert answer["Location"] == f"/intake/{batch.pk}/"
    assert "正在识别，还有 1 份" in clerk.get(answer["Location"]).content.decode()
    assert (actions.WORK, {"batch": batch.pk}) in asked
    kept_files.read_all(batch)
    assert len(grid.records_of(Paper.objects.get())) == 1


def test_a_sheet_read_in_the_background_that_says_too_little_says_so(
    people: Cast, now: datetime
) -> None:
    rows = corpus._sheet([["姓名", *(f"{n}月" for n in range(1, 13))], [NAMES[0], *["12.5"] * 12]])
    kept = actions.keep_for(
        branch=people.own, kind=KINDS["dues-payments"], name="表.xlsx", data=rows, given={},
        actor=people.actor("clerk"), now=now,
    )  # fmt: skip

    kept_files.read_all(kept.batch)

    paper = Paper.objects.get()
    assert paper.state == Paper.State.OPEN
    assert "请在“年度”里填写" in paper.proposed
    with pytest.raises(BadInput):
        read.documents("表.xlsx", rows, None, read.Said(KINDS["dues-payments"]))


def _of_two(people: Cast, *more: list[str]) -> bytes:
    second = ["2016-04-02", f"{NAMES[0]}二", f"{NAMES[1]}二", "支委之间", "近况", "近期工作"]
    rows = [
        [*HEAD, "所在支部"],
        [*_talk("2016-03-01"), people.own.short_name],
        [*second, people.other.full_name],
        [*_talk("2016-03-03"), ""],
        *more,
    ]
    return corpus._sheet(rows)


def _keeps_both(people: Cast) -> None:
    Duty.objects.create(user=people.users["clerk"], role="clerk", organisation=people.other)


def test_rows_go_to_the_branches_that_they_name_and_are_taken_back_together(
    people: Cast, login: Any
) -> None:
    _keeps_both(people)
    clerk = login(people.users["clerk"])
    at = _hand_in(clerk, people, "talks", _of_two(people))["Location"]
    page = clerk.get(at).content.decode()
    assert (
        f"这张表写了几个党支部：{people.own.short_name} 1 行、{people.other.full_name} 1 行" in page
    )
    assert "读到 3 行，没有发现错误" in page

    clerk.post(at)

    model = KINDS["talks"].model
    made = dict(model.objects.order_by("held_on").values_list("held_on__day", "branch"))
    assert made == {1: people.own.pk, 2: people.other.pk, 3: people.own.pk}
    lines = JournalLine.objects.filter(verb="ledgers.record_many").order_by("seq")
    told = {line.subject: (line.detail["n"], len(line.detail["hashes"]["talks"])) for line in lines}
    assert told == {f"talks:{people.own.pk}": (2, 2), f"talks:{people.other.pk}": (1, 1)}

    clerk.post(f"/intake/{Batch.objects.get().pk}/undo/")
    assert model.objects.current().count() == 0


def test_a_branch_that_is_unknown_or_of_others_is_an_error_in_its_cell(
    people: Cast, login: Any
) -> None:
    clerk = login(people.users["clerk"])
    data = _of_two(people, [*_talk("2016-03-04"), "没有的支部"])
    at = _hand_in(clerk, people, "talks", data)["Location"]

    page = clerk.get(at).content.decode()
    assert "读到 4 行，其中 2 行要改" in page
    wrong = 'value="{}" aria-label="第{}行党支部" aria-invalid="true"'
    assert wrong.format(people.other.full_name, 2) in page
    assert wrong.format("没有的支部", 4) in page
    assert f"党支部：没有党支部“{people.other.full_name}”，或者您无权查看。" in page

    page = clerk.post(at).content.decode()
    model = KINDS["talks"].model
    assert model.objects.count() == 2
    assert "读到 2 行，其中 2 行要改" in page
    clerk.post(at, {"党支部-2": people.own.short_name})
    assert set(model.objects.values_list("branch", flat=True)) == {people.own.pk}
    assert model.objects.count() == 3


def test_who_may_read_a_branch_may_not_write_for_it(people: Cast, now: datetime) -> None:
    Duty.objects.create(user=people.users["clerk"], role="office", organisation=people.committee)
    paper = _take(people, now, "talks", _of_two(people))

    problems = grid.problems_of(paper, people.actor("clerk"))

    assert [(p.row, p.column, p.message) for p in problems] == [(2, "党支部", "您没有登记乙校台账的权限。")]  # fmt: skip


def test_a_batch_of_several_branches_is_taken_back_by_who_keeps_all_of_them(
    people: Cast, login: Any, now: datetime
) -> None:
    _keeps_both(people)
    paper = _take(people, now, "talks", _of_two(people))
    login(people.users["clerk"]).post(f"/intake/papers/{paper.pk}/")

    with pytest.raises(NotAllowed, match="乙校"):
        actions.undo(batch=paper.batch, actor=people.actor("secretary"), now=now)

    assert KINDS["talks"].model.objects.current().count() == 3


def test_a_column_of_another_name_may_be_said_to_be_that_of_branches(
    people: Cast, login: Any
) -> None:
    _keeps_both(people)
    clerk = login(people.users["clerk"])
    rows = [[*HEAD, "学校"], [*_talk("2016-03-01"), people.own.short_name], [*_talk("2016-04-01"), people.other.short_name]]  # fmt: skip
    at = _hand_in(clerk, people, "talks", corpus._sheet(rows))["Location"]

    clerk.post(f"{at}columns/", {"column-0": "党支部"})

    paper = Paper.objects.get()
    assert [one.branch for one in grid.records_of(paper)] == ["甲校", "乙校"]


def test_a_column_that_the_sheet_lacks_is_added_and_filled_for_all_rows(
    people: Cast, login: Any
) -> None:
    clerk = login(people.users["clerk"])
    data = corpus._sheet([HEAD, *map(_talk, ("2016-03-01", "2016-03-02", "某日"))])
    at = _hand_in(clerk, people, "talks", data)["Location"]
    page = clerk.get(at).content.decode()
    assert '<option value="follow_up">' in page
    typed = {"held_on-3": "2016-03-03", "leave-2": "1", "fill-topic": "见面", "topic-1": ""}

    page = clerk.post(
        at, typed | {"do": "add", "add": "place", "add-value": "办公室"}
    ).content.decode()

    assert KINDS["talks"].model.objects.count() == 0
    assert page.count('value="办公室"') == 4
    assert 'value="2016-03-03" aria-label="第3行谈话日期"' in page
    assert 'name="leave-2" value="1" checked' in page
    assert '<input type="hidden" name="added" value="place">' in page
    assert '<option value="place">' not in page

    clerk.post(at, typed | {"added": "place", "fill-place": "办公室", "place-3": "操场"})
    stored = KINDS["talks"].model.objects.order_by("held_on")
    assert list(stored.values_list("held_on__day", "place", "topic")) == [
        (1, "办公室", "见面"), (3, "操场", "近况"),
    ]  # fmt: skip


def test_a_column_is_filled_without_a_look_at_it_and_an_unknown_one_is_none(
    people: Cast, login: Any
) -> None:
    clerk = login(people.users["clerk"])
    at = _hand_in(clerk, people, "talks", corpus._sheet([HEAD, _talk("2016-03-01")]))["Location"]

    clerk.post(at, {"add": "recorded_by", "add-value": "1", "added": ["version", "place"], "fill-place": "办公室"})  # fmt: skip

    (stored,) = list[Any](KINDS["talks"].model.objects.all())
    assert (stored.place, stored.version) == ("办公室", 1)


def test_pages_that_are_entered_together_are_told_once_and_see_each_other(
    people: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read, "PAGE", 3)
    told = list[tuple[int, str, str]]()
    monkeypatch.setattr(
        changes, "LISTENERS", [lambda change, _: told.append((change.branch.pk, change.kind.slug, change.how))]
    )  # fmt: skip
    days = [f"2016-03-{n:02d}" for n in range(1, 9)]
    paper = _take(people, now, "talks", corpus._sheet([HEAD, *map(_talk, [*days, days[0]])]))
    sheets.enter_right(batch=paper.batch, actor=people.actor("clerk"), now=now)

    worker.work_off()

    assert told == [(people.own.pk, "talks", "imported")]
    assert KINDS["talks"].model.objects.count() == 8
    (left,) = Paper.objects.filter(state=Paper.State.OPEN)
    (problem,) = grid.problems_of(left, people.actor("clerk"))
    assert "台账里已有内容相同的记录（第" in problem.message


def test_a_list_is_read_as_a_list_of_another_ledger_only_where_it_has_its_columns(
    people: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [DUES, *([NAMES[0], f"2016-{n:02d}", "78", f"2016-{n:02d}-10"] for n in range(1, 13))]
    monkeypatch.setattr(forms, "read", None)

    paper = _take(people, now, "dues-payments", corpus._sheet(rows))

    assert len(grid.records_of(paper)) == 12
    assert Paper.objects.count() == 1


def _looks_at_titles(rows: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """How often the titles of a list of so many rows are looked for while it is read."""
    looking = Mock(wraps=titles.lines_above)
    with monkeypatch.context() as patch:
        patch.setattr(titles, "lines_above", looking)
        data = corpus._sheet([HEAD, *(_talk(f"2016-03-{1 + n % 28:02d}", f"第{n}次") for n in range(rows))])  # fmt: skip
        (found,) = read.documents("谈心.xlsx", data)
    assert len(found.records) == rows
    return looking.call_count


def test_a_row_of_a_list_costs_the_same_however_long_the_list_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its titles were looked for at every row in all that stands on the sheet: 10,000 rows took two
    minutes.
    """
    assert _looks_at_titles(60, monkeypatch) == _looks_at_titles(6, monkeypatch)
