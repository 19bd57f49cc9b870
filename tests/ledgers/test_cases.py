"""Sheets and forms as others made them, as the command brings them in: the right result, or a
refusal that helps.
"""

from __future__ import annotations

import io
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import python_calamine
import xlsxwriter
from django.utils import timezone

from taizhang.config.cli.main import main
from taizhang.kernel.errors import BadInput, WrongState
from taizhang.kernel.jobs import queue, worker
from taizhang.kernel.jobs.models import Job
from taizhang.ledgers import changes
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.kinds.dues_payments import DuesPayment
from taizhang.ledgers.kinds.talks import HeartTalk
from taizhang.ledgers.models import ImportJob
from taizhang.ledgers.records import actions, read_rows
from taizhang.ledgers.sheets import import_job
from taizhang.orgs.models import Membership, Person
from tests.make import NAMES, Cast, save

CASES = Path(__file__).parent.parent / "cases"
STANDING = dict(zip(("P1", "P2", "P3", "P4", "P5"), NAMES, strict=False)) | {
    "示例小学党支部": "甲校"
}


def case(name: str) -> bytes:
    """A file with the people of the cast for its placeholders; all else, its merged cells too, as
    it is.
    """
    data = (CASES / f"{name}.xlsx").read_bytes()
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheet = book.get_sheet_by_index(0)
    if not any("P1" in str(cell) for row in sheet.to_python() for cell in row):
        return data
    merged = sheet.merged_cell_ranges or ()
    return written(
        [[_named(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)], merged
    )


def _named(cell: Any) -> Any:
    for placeholder, name in STANDING.items():
        cell = cell.replace(placeholder, name) if isinstance(cell, str) else cell
    return cell


def written(rows: list[list[Any]], merged: Any = (), *, hidden: bool = False) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        for at, row in enumerate(rows):
            page.write_row(at, 0, row)
        for (top, left), (bottom, right) in merged:
            page.merge_range(top, left, bottom, right, rows[top][left])
        if hidden:
            page.hide()
    return out.getvalue()


def bring(people: Cast, slug: str, data: bytes, **said: str) -> str:
    """What the command says of a sheet."""
    again = said.pop("again", "") == "1"
    sheet = import_job.Sheet(KINDS[slug], data, "表.xlsx", people.own, given=said, again=again)
    try:
        job = import_job.bring_in_waiting(
            sheet=sheet, actor=people.actor("clerk"), now=timezone.now(), progress=lambda *_: None
        )
    except BadInput as refusal:
        return "\n".join(map(str, refusal.problems))
    return "\n".join([job.get_state_display(), *job.notes])


TAKEN: list[tuple[str, str, dict[str, str], int, tuple[str, ...]]] = [
    ("c01b-1904-bare-serials", "members", {}, 1, ()),
    ("c08-hidden-first-sheet", "members", {}, 1, ()),
    ("f01-花名册-两层表头", "members", {"columns": "出生年月=不读入"}, 3, ("未读入的列：", "转入方式（J列）", "党小组")),
    ("f01b-花名册-单层表头", "members", {}, 2, ()),
    ("c32a-month-precision", "members", {"columns": "出生年月=不读入\n入党时间=不读入"}, 1, ()),
    ("f03b-党费按月-月份在第二行", "dues-payments", {"paid_day": "10"}, 24, ()),
    ("f07-民主评议汇总", "assessments", {}, 2, ("按表题读作2017",)),
    ("f09-主题党日登记", "meetings", {"same": "会议类型=主题党日"}, 1, ()),
    ("f10-三会一课一览", "meetings", {}, 2, ()),
    ("f06-谈心谈话登记", "talks", {"same": "谈话类型=支委与党员\n主题=谈心谈话"}, 2, ()),
    ("f05b-发展党员一览", "cases", {"columns": "出生年月=不读入"}, 1, ("申请入党时间（F列）",)),
    ("f02-党费核定表", "dues-assessments", {"same": "人员类别=在职\n核定依据=某月工资"}, 2, ("按表题读作2018", "全年应缴党费")),
    ("x01-date-with-time", "study-notes", {}, 2, ()),
    ("x02-merged-optional", "talks", {}, 3, ()),
    ("x03-twice", "meetings", {}, 1, ()),
]  # fmt: skip


@pytest.mark.parametrize(("name", "slug", "said", "rows", "told"), TAKEN, ids=[t[0] for t in TAKEN])
def test_a_sheet_of_others_is_read(
    people: Cast, name: str, slug: str, said: dict[str, str], rows: int, told: tuple[str, ...]
) -> None:  # fmt: skip
    before = KINDS[slug].model.objects.count()
    page = bring(people, slug, case(name), **said)
    assert "导入完成" in page
    assert KINDS[slug].model.objects.count() == before + rows
    assert all(text in page for text in told)


VALUES: list[tuple[str, tuple[str, ...], list[tuple[Any, ...]]]] = [
    ("f01-花名册-两层表头", ("person__name", "joined_on"), [("钟一", date(2009, 9, 1)), ("柳二雁", date(2010, 9, 1)), ("傅三桥", date(2016, 9, 1))]),
    ("f01b-花名册-单层表头", ("person__name", "person__birth_on", "joined_on"),
     [("钟一", date(1978, 3, 5), date(2009, 9, 1)), ("柳二雁", date(1980, 11, 2), date(2010, 9, 1))]),
    ("f02-党费核定表", ("person__name", "year", "monthly_due"), [("示例甲", 2018, 9300), ("示例乙", 2018, 1450)]),
    ("f03b-党费按月-月份在第二行", ("person__name", "month", "paid_on", "amount"),
     [(name, date(2017, month, 1), date(2017, month, 10), fen) for name, fen in (("示例甲", 9300), ("示例乙", 1450)) for month in range(1, 13)]),
    ("f05b-发展党员一览", ("name", "gender", "education", "mentor_names"), [("温七月", "female", "本科", "示例甲、示例乙")]),
    ("f06-谈心谈话登记", ("held_on", "talker__name", "talked_to__name", "place"),
     [(date(2018, 3, 12), "示例甲", "示例乙", "书记室"), (date(2018, 4, 18), "示例甲", "示例丙", "办公室")]),
    ("f07-民主评议汇总", ("person__name", "year", "grade"), [("示例甲", 2017, "excellent"), ("示例乙", 2017, "qualified")]),
    ("f09-主题党日登记", ("kind", "held_on", "expected_count", "present_count"), [("theme_day", date(2018, 6, 28), 5, 4)]),
    ("f10-三会一课一览", ("kind", "held_on", "expected_count", "present_count"),
     [("members_assembly", date(2016, 3, 8), 5, 5), ("committee_meeting", date(2016, 4, 12), 3, 3)]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "columns", "wanted"), VALUES, ids=[v[0] for v in VALUES])
def test_what_was_read_is_what_the_sheet_says(
    people: Cast, name: str, columns: tuple[str, ...], wanted: list[tuple[Any, ...]]
) -> None:
    (slug, said) = next((slug, said) for file, slug, said, *_ in TAKEN if file == name)
    known = set(KINDS[slug].model.objects.values_list("pk", flat=True))
    bring(people, slug, case(name), **said)
    stored = KINDS[slug].model.objects.exclude(pk__in=known).order_by("pk")
    assert list(stored.values_list(*columns)) == wanted


def test_every_file_of_others_is_held_by_a_test() -> None:
    held = "".join(path.read_text("utf-8") for path in CASES.parent.glob("*/test_cases.py"))
    assert [path.name for path in CASES.iterdir() if f'"{path.stem}"' not in held] == []


REFUSED: list[tuple[str, str, tuple[str, ...]]] = [
    ("c05-long-numbers", "members", ("Excel 只保留15位数字", "设为文本格式")),
    ("c06-phone-scientific-text", "members", ("科学计数", "设为文本格式")),
    ("c32a-month-precision", "members", ("“出生日期”：第2行：“1980.05”只写到月份", "“入党日期”", "=不读入")),
    ("c32b-month-precision-own-header", "members", ("只写到月份",)),
    ("c32c-month-as-number", "members", ("“1980.05”只写到月份",)),
    ("c32d-october-as-number", "members", ("1月还是10月",)),
    ("c41-rare-names", "members", ("第10行“姓名”列：“周（大）”不像是姓名", "第12行", "第13行", "第14行")),
    ("c42b-namesakes-no-birthday", "members", ("出生日期",)),
    ("f01-花名册-两层表头", "members", ("第5、6行：“1978.03”只写到月份",)),
    ("f02-党费核定表", "dues-assessments", ("缺少必填的表头“人员类别”", "各行相同的内容")),
    ("f03b-党费按月-月份在第二行", "dues-payments", ("每月几日交纳",)),
    ("f06-谈心谈话登记", "talks", ("缺少必填的表头“谈话类型”", "缺少必填的表头“主题”")),
    ("f09-主题党日登记", "meetings", ("缺少必填的表头“会议类型”",)),
    ("f05b-发展党员一览", "cases", ("“1992.05”只写到月份",)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "slug", "told"), REFUSED, ids=[t[0] for t in REFUSED])
def test_what_cannot_be_read_is_refused_with_help(
    people: Cast, name: str, slug: str, told: tuple[str, ...]
) -> None:
    before = KINDS[slug].model.objects.count()
    page = bring(people, slug, case(name))
    assert [text for text in told if text not in page] == []
    assert KINDS[slug].model.objects.count() == before


def test_only_names_that_are_none_are_refused(people: Cast) -> None:
    page = bring(people, "members", case("c41-rare-names"))
    assert page.count("不像是姓名") == 5
    assert not any(name in page for name in ("𬭎", "䶮", "㛃", "𠅤", "买买提"))


def test_the_right_day_sheet_and_cell_are_read(people: Cast) -> None:
    for name, slug in (
        ("c01b-1904-bare-serials", "members"), ("c08-hidden-first-sheet", "members"), ("x01-date-with-time", "study-notes"),
        ("x02-merged-optional", "talks"),
    ):  # fmt: skip
        bring(people, slug, case(name))
    spell = Membership.objects.get(person__name="纪元乙")
    assert (spell.person.birth_on, spell.joined_on) == (date(1980, 5, 6), date(2015, 9, 1))
    assert not Person.objects.filter(name="隐表旧人").exists()
    notes = KINDS["study-notes"].model.objects.order_by("pk").values_list("written_on", flat=True)
    assert list(notes) == [date(2018, 3, 2), date(2018, 5, 1)]
    places = HeartTalk.objects.values_list("place", flat=True)
    assert list(places) == ["书记室"] * 3


def test_the_same_file_again_is_told_and_may_be_wanted(people: Cast) -> None:
    meetings = KINDS["meetings"].model
    data = case("x03-twice")
    bring(people, "meetings", data)
    page = bring(people, "meetings", data)
    assert "导入过（1行）" in page
    assert meetings.objects.count() == 1

    rows = [["会议类型", "会议名称", "日期", "开始时间", "地点", "主持人", "记录人", "出席人员", "发言要点"],
            ["支委会", "2018年9月支委会二", "2018-09-13", "15:30", "室", NAMES[0], NAMES[1], NAMES[0], "另写"]]  # fmt: skip
    rows[1][7] = "、".join(NAMES[:3])
    page = bring(people, "meetings", written(rows))
    assert "台账里已有内容相同的记录" in page
    assert meetings.objects.count() == 1

    assert "导入完成" in bring(people, "meetings", case("x03-twice"), again="1")
    assert meetings.objects.count() == 2


def test_all_that_is_wrong_is_told_at_once(people: Cast) -> None:
    rows = [["姓名", "月份", "金额", "爱好"], ["路人", "2016-03", "七", "棋"]]
    page = bring(people, "dues-payments", written(rows))
    told = ("缺少必填的表头“交纳日期”", "花名册上没有“路人”", "“七”不是金额")
    assert [text for text in told if text not in page] == []
    assert "第2行“交纳日期”列" not in page


def test_columns_may_be_named(people: Cast) -> None:
    head, row = (
        ["姓名", "哪个月", "金额", "到账日", "爱好"],
        [NAMES[0], "2016-03", "78", "2016-03-10", "棋"],
    )
    data = written([head, row])
    assert "没有栏目“月分”" in bring(people, "dues-payments", data, columns="哪个月=月分")
    said = "哪个月=月份\n到账日=交纳日期\n爱好=备注"
    assert "导入完成" in bring(people, "dues-payments", data, columns=said)
    assert DuesPayment.objects.get().remark == "棋"


def test_notes_and_signatures_below_the_table_are_passed_over(people: Cast) -> None:
    rows = [
        ["姓名", "月份", "金额", "交纳日期", "备注"], [NAMES[0], "2016-03", "78", "2016-03-10", "备注：甲"], ["合 计：", "", "78", "", ""],
        ["填表人：甲", "", "审核人：乙", "", "电话：0000-0000000"], ["说明：本表一式两份，由党支部和上级党委各存一份。", "", "", "", ""],
    ]  # fmt: skip
    assert "导入完成" in bring(people, "dues-payments", written(rows))
    assert DuesPayment.objects.get().remark == "备注：甲"


def _left_behind(people: Cast, now: datetime) -> ImportJob:
    """An import whose command died: it runs, and its job's lease is over."""
    found = ImportJob.objects.create(
        kind="study-notes", file_name="a.xlsx", by=people.users["clerk"], at=now, digest="0" * 64
    )
    job = queue.hold(import_job.WORK, {"import": found.pk})
    Job.objects.filter(pk=job.pk).update(lease_ends_at=timezone.now())
    return found


def test_an_import_whose_command_died_is_lost_and_may_be_given_again(
    people: Cast, now: datetime
) -> None:
    left = _left_behind(people, now)
    assert import_job.earlier(KINDS["study-notes"], left.digest)

    assert worker.work_off() == 1

    left.refresh_from_db()
    assert (left.state, Job.objects.count()) == ("lost", 0)
    assert import_job.earlier(KINDS["study-notes"], left.digest) == ""


def test_an_import_that_breaks_off_stores_nothing(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(changes, "announce", broken)
    with pytest.raises(OSError, match="disk full"):
        bring(people, "study-notes", case("x01-date-with-time"))
    assert ImportJob.objects.get().state == "lost"
    assert KINDS["study-notes"].model.objects.count() == 0

    monkeypatch.undo()
    assert "导入完成" in bring(people, "study-notes", case("x01-date-with-time"))


def test_an_import_that_was_given_up_stores_nothing(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_all = read_rows.read_all

    def slow(**asked: Any) -> Any:
        found = read_all(**asked)
        import_job.give_up(Job.objects.get())
        return found

    monkeypatch.setattr(actions, "read_all", slow)
    with pytest.raises(WrongState, match="已经结束"):
        bring(people, "study-notes", case("x01-date-with-time"))
    assert ImportJob.objects.get().state == "lost"
    assert KINDS["study-notes"].model.objects.count() == 0


def test_minutes_of_others_are_read(people: Cast, login: Any) -> None:
    clerk = login(people.users["clerk"])
    for name, told in (
        ("m01-date-blank-hour", ('value="2018-09-02"', 'value="14:30"')),
        ("w01-三会一课记录表", ('value="2018-09-20"', '<option value="党员大会" selected>', 'value="P5"', 'value="公差"', 'value="5"', 'value="4"')),
        ("w03-主题党日活动记录", ('value="2018-06-28"', '<option value="主题党日" selected>', "时间：下午", "重温入党志愿书")),
    ):  # fmt: skip
        upload = io.BytesIO((CASES / f"{name}.docx").read_bytes())
        upload.name = f"{name}.docx"
        page = clerk.post("/ledgers/meetings/read/", {"file": upload}).content.decode()
        assert [text for text in told if text not in page] == []
        assert "应到/实到" not in page


def test_the_command_tells_what_it_left_out_and_what_is_there(
    people: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(
        written(
            [
                ["姓名", "月份", "金额", "交纳日期", "爱好"],
                [NAMES[0], "2016-03", "78", "2016-03-10", "棋"],
            ]
        )
    )
    words = [
        "ledger",
        "import",
        "dues-payments",
        str(path),
        "--branch",
        people.own.short_name,
        "--json",
    ]

    assert main(words) == 0
    assert json.loads(capsys.readouterr().out)["notes"] == ["未读入的列：爱好（E列）。"]
    assert main(words) == 1
    assert "--again" in json.loads(capsys.readouterr().out)["problems"][0]["message"]
    assert main([*words, "--column", "爱好=月份"]) == 1


def test_months_of_many_rows_are_one_message(people: Cast, now: datetime) -> None:
    rows = [read_rows.Row(n, people.own, {"name": f"月份甲{c}", "birth_on": "1980.05", "joined_on": "2015-09-01"})
            for n, c in enumerate("甲乙丙", start=2)]  # fmt: skip
    with pytest.raises(BadInput) as refusal:
        actions.record_many(kind=KINDS["members"], rows=rows, actor=people.actor("clerk"), now=now)
    (one,) = refusal.value.problems
    assert (one.column, "第2、3、4行" in one.message, "共3行" in one.message) == (
        "出生日期",
        True,
        True,
    )


def test_what_a_form_does_not_say_is_not_doubled_by_a_form(people: Cast, now: datetime) -> None:
    """Only sheets ask whether a row is there already; a clerk at the form sees what he writes."""
    said = {
        "person": NAMES[0],
        "written_on": "2018-03-02",
        "kind": "自学",
        "topic": "甲",
        "text": "乙",
    }
    for _ in range(2):
        save(people.own, people.actor("clerk"), now, "study-notes", **said)
    assert KINDS["study-notes"].model.objects.count() == 2
