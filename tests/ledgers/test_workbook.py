"""开局工作簿: one file from which a bureau begins, told of in one go, stored whole, and the same a
second time.
"""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from taizhang.config.cli.main import main
from taizhang.kernel.errors import BadInput, NotAllowed
from taizhang.kernel.models import JournalLine
from taizhang.ledgers.kinds import KINDS
from taizhang.ledgers.office import workbook
from taizhang.ledgers.sheets import excel
from taizhang.ledgers.written import tables
from taizhang.orgs.models import Duty, Membership, Organisation, Person, User
from tests.make import Cast

Sheets = dict[str, list[dict[str, str]]]


def good() -> Sheets:
    """Two branches, one of them below a 总支 of the same file, with one member each, an account and a
    duty.
    """
    branches = {
        "中共子校支部委员会": ("子校", "中共丑园总支部委员会"),
        "中共丑园总支部委员会": ("丑园", "局党委"),
    }
    types = {"子校": "党支部", "丑园": "党总支"}
    member = {"党支部": "子校", "姓名": "示例子", "性别": "女", "出生日期": "1985-03-04", "入党日期": "2008-06-01", "转正日期": "2009-06-01", "进入支部日期": "2014-09-01"}  # fmt: skip
    return {
        "党组织": [
            {"全称": full, "简称": short, "组织类型": types[short], "上级党组织": above, "成立日期": "2014-03-01", "所在单位": short, "单位类型": "公办学校", "片区": "东片"}
            for full, (short, above) in branches.items()
        ],
        "党员花名册": [member],
        "支委任职": [{"党支部": "子校", "姓名": "示例子", "职务": "书记", "任职日期": "2015-01-10"}],
        "党小组": [{"党支部": "子校", "党小组名称": "第一党小组", "成立日期": "2014-09-01"}],
        "党小组成员": [{"党支部": "子校", "党小组": "第一党小组", "姓名": "示例子", "起始日期": "2014-09-01"}],
        "账号": [{"用户名": "shili_zi", "姓名": "示例子", "出生日期": "1985-03-04"}],
        "授权": [{"用户名": "shili_zi", "角色": "台账员", "党组织": "子校"}],
    }  # fmt: skip


def packed(sheets: Sheets) -> bytes:
    lists = [
        excel.Listed(title, list(rows[0]), [list(row.values()) for row in rows])
        for title, rows in sheets.items()
    ]
    return excel.several(lists, "")


def bring(people: Cast, now: datetime, who: str, sheets: Sheets, **more: Any) -> workbook.Done:
    return workbook.bring_in(
        data=packed(sheets), file_name="开局.xlsx", actor=people.actor(who), now=now, **more
    )


def told(people: Cast, now: datetime, who: str, sheets: Sheets) -> list[str]:
    with pytest.raises(BadInput) as refusal:
        bring(people, now, who, sheets)
    return [str(problem) for problem in refusal.value.problems]


def test_each_hand_stores_its_own_sheets_of_one_file(people: Cast, now: datetime) -> None:
    done = bring(people, now, "office", good())
    assert [(one.title, one.new, one.waits_for) for one in done.sheets] == [
        ("党组织", 2, ""), ("党员花名册", 1, ""), ("支委任职", 1, ""), ("党小组", 1, ""), ("党小组成员", 1, ""),
        ("账号", 1, "系统管理员"), ("授权", 1, "安全管理员"),
    ]  # fmt: skip
    branch = Organisation.objects.get(short_name="子校")
    assert branch.parent == Organisation.objects.get(short_name="丑园")
    assert not User.objects.filter(username="shili_zi").exists()

    slips = bring(people, now, "system", good()).slips
    bring(people, now, "security", good())

    user = User.objects.get(username="shili_zi")
    assert [slip[:2] for slip in slips] == [("shili_zi", "示例子")]
    assert user.person == Membership.objects.get(branch=branch).person
    assert Duty.objects.get(user=user).organisation == branch


def test_the_same_again_changes_nothing(people: Cast, now: datetime) -> None:
    for who in ("office", "system", "security"):
        bring(people, now, who, good())
    models: list[Any] = [Organisation, Person, User, Duty, JournalLine, *(kind.model for kind in KINDS.values())]  # fmt: skip
    before = [model.objects.count() for model in models]
    again = [bring(people, now, who, good()) for who in ("office", "system", "security")]

    assert [model.objects.count() for model in models] == before
    assert all(one.new == one.changed == 0 and one.same for done in again for one in done.sheets)


def test_all_that_is_wrong_is_told_at_once_with_sheet_and_cell(people: Cast, now: datetime) -> None:
    sheets = good()
    sheets["党组织"][1]["成立日期"] = "2014-02-30"
    sheets["党员花名册"][0]["性别"] = "甲"
    sheets["党员花名册"].append(sheets["党员花名册"][0] | {"党支部": "无校", "性别": "女"})
    sheets["党小组"][0]["成立日期"] = ""
    sheets["账号"][0]["用户名"] = "shili-zi"
    sheets["授权"][0]["角色"] = "校长"
    found = told(people, now, "office", sheets)

    for place in (
        "工作表“党组织”第3行“成立日期（E3）”列：", "工作表“党员花名册”第3行“党支部（A3）”列：没有党支部“无校”。",
        "工作表“账号”第2行“用户名（A2）”列：“shili-zi”应由字母", "工作表“授权”第2行“角色（B2）”列：",
    ):  # fmt: skip
        assert any(one.startswith(place) for one in found), (place, found)
    assert not Organisation.objects.filter(short_name__in=("子校", "丑园")).exists()


def test_who_refers_to_a_wrong_row_is_not_told_to_be_wrong_as_well(
    people: Cast, now: datetime
) -> None:
    sheets = good()
    sheets["党员花名册"][0]["性别"] = "甲"
    del sheets["账号"], sheets["授权"]
    assert len(told(people, now, "office", sheets)) == 1


CELLS = [(title, 0, column) for title, rows in good().items() for column in rows[0]]


@pytest.mark.parametrize(("title", "row", "column"), CELLS, ids=str)
@pytest.mark.parametrize("text", ["", "？？"])
def test_one_wrong_cell_is_told_once_and_nothing_that_follows_from_it(
    people: Cast, now: datetime, title: str, row: int, column: str, text: str
) -> None:
    sheets = good()
    sheets[title][row][column] = text
    try:
        bring(people, now, "office", sheets)
    except BadInput as refusal:
        told = {(one.sheet, one.row) for one in refusal.problems}
        assert (title, row + 2) not in told or len(told) == 1


def test_what_is_on_record_otherwise_is_not_overwritten(people: Cast, now: datetime) -> None:
    bring(people, now, "office", good())
    sheets = good()
    sheets["党员花名册"][0]["转正日期"] = "2010-06-01"
    found = told(people, now, "office", sheets)

    assert found == [
        "工作表“党员花名册”第2行“转正日期（F2）”列：与已登记的“2009-06-01”不同，请由支部打开原记录更正。"
    ]


def test_a_branch_that_keeps_its_own_roster_is_left_alone(people: Cast, now: datetime) -> None:
    sheets = {"党员花名册": [good()["党员花名册"][0] | {"党支部": "甲校"}]}
    assert "“甲校”已经自己登记花名册" in told(people, now, "office", sheets)[0]


def test_unknown_columns_and_sheets_are_left_out_with_a_word(people: Cast, now: datetime) -> None:
    sheets = good() | {"备忘": [{"甲": "乙"}]}
    sheets["党组织"] = [row | {"食堂": "有"} for row in sheets["党组织"]]
    notes = bring(people, now, "office", sheets).notes

    assert "没有读入工作表“备忘”：不是开局工作簿的表。" in notes
    assert "工作表“党组织”：未读入的列：食堂（I列）。" in notes


def test_a_dry_run_stores_nothing(people: Cast, now: datetime) -> None:
    bring(people, now, "office", good(), dry_run=True)
    assert not Organisation.objects.filter(short_name="子校").exists()


@pytest.mark.parametrize("who", ["clerk", "inspector", "audit", "nobody"])
def test_nobody_else_may(people: Cast, now: datetime, who: str) -> None:
    with pytest.raises(NotAllowed):
        bring(people, now, who, good())


def test_the_empty_file_has_every_sheet_and_its_examples_are_not_read(
    people: Cast, now: datetime, tmp_path: Path
) -> None:
    out = tmp_path / "开局.xlsx"
    assert main(["workbook", "template", str(out)]) == 0
    book = tables.every_sheet(out.read_bytes())
    assert list(book) == [*workbook.TITLES, "填写说明与示例"]
    done = workbook.bring_in(
        data=out.read_bytes(), file_name="a.xlsx", actor=people.actor("office"), now=now
    )
    assert sum(one.new for one in done.sheets) == 0


def test_the_command_brings_it_in_for_the_office(people: Cast, tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "a.xlsx").write_bytes(packed(good()))
    assert main(["workbook", "import", str(tmp_path / "a.xlsx"), "--dry-run"]) == 0
    assert not Organisation.objects.filter(short_name="子校").exists()
    assert main(["workbook", "import", str(tmp_path / "a.xlsx")]) == 0
    assert Organisation.objects.get(short_name="子校").established_on == date(2014, 3, 1)


def test_the_command_lists_what_is_known_and_it_comes_back_unchanged(
    people: Cast, now: datetime, tmp_path: Path, capsys: Any
) -> None:
    bring(people, now, "office", good())
    out = tmp_path / "known.xlsx"

    assert main(["workbook", "template", "--known", str(out)]) == 0

    sheets = tables.every_sheet(out.read_bytes())
    head, *rows = sheets["党组织"].cells
    told = {row[head.index("简称")]: row[head.index("上级党组织")] for row in rows}
    assert told.keys() == set(Organisation.objects.values_list("short_name", flat=True))
    assert told["子校"] == "中共丑园总支部委员会"
    assert "示例子" in {cell for row in sheets["党员花名册"].cells for cell in row}
    assert len(sheets["账号"].cells) == len(sheets["授权"].cells) == 1
    assert JournalLine.objects.filter(verb="ledgers.export", subject="first-workbook").count() == 1
    capsys.readouterr()
    assert main(["workbook", "import", str(out)]) == 0
    assert "党组织：新增0，改动0" in capsys.readouterr().out


def test_the_page_says_what_came_of_it_and_who_is_next(
    people: Cast, now: datetime, login: Any
) -> None:
    office = login(people.users["office"])
    file = SimpleUploadedFile("a.xlsx", packed(good()))
    page = office.post("/first-workbook/", {"file": file}).content.decode()
    assert "等系统管理员用这个文件办理" in page
    assert "下一步" in page
    wrong = good()
    wrong["党组织"][0]["组织类型"] = "党小组"
    refused = office.post("/first-workbook/", {"file": SimpleUploadedFile("a.xlsx", packed(wrong))})
    assert refused.status_code == 422
    assert "工作表“党组织”第2行“组织类型（C2）”列" in refused.content.decode()
    again = io.BytesIO(packed(good()))
    slips = login(people.users["system"]).post("/first-workbook/", {"file": again})
    assert "一次性密码只显示这一次" in slips.content.decode()
    assert slips["Cache-Control"] == "no-store"


def test_the_workbook_lists_who_is_on_the_rosters_and_changes_nothing_when_it_comes_back(
    people: Cast, now: datetime, login: Any
) -> None:
    sheets = good()
    sheets["党员花名册"][0]["联系电话"] = "13800138000"
    bring(people, now, "office", sheets)
    office = login(people.users["office"])
    empty = "/first-workbook/empty/"
    assert f'href="{empty}?known=1"' in office.get("/first-workbook/").content.decode()

    data = office.get(f"{empty}?known=1").content

    head, *rows = tables.every_sheet(data)["党员花名册"].cells
    names = {(row[head.index("党支部")], row[head.index("姓名")]) for row in rows}
    assert ("子校", "示例子") in names
    assert ("甲校", "示例甲") in names
    assert {row[head.index("联系电话")] for row in rows} == {""}
    assert JournalLine.objects.filter(verb="ledgers.export", subject="first-workbook").count() == 1
    done = workbook.bring_in(data=data, file_name="开局.xlsx", actor=people.actor("office"), now=now)  # fmt: skip
    assert [(one.new, one.changed) for one in done.sheets if one.title == "党员花名册"] == [(0, 0)]
    assert login(people.users["system"]).get(f"{empty}?known=1").status_code == 403
