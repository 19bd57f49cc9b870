"""What a word, a post, a label or a column is, told by its form: small pictures that no list
foresees.
"""

from __future__ import annotations

import pytest

from taizhang.documents import reading
from taizhang.notices import read, values
from taizhang.notices.words import labels, persons
from tests.notices.papers import codes, letter

LETTER = "关于督查的通知\n各支部：\n决定开展督查。\n"
END = "某局党委\n2025年3月3日\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("县政府副县长尧十三", [("尧十三", "县政府副县长")]),
        ("市委常委、组织部部长沐春风", [("沐春风", "市委常委、组织部部长")]),
        ("茅以安　区委党校教育长", [("茅以安", "区委党校教育长")]),
        ("区委组织部副部长\n闵行健", [("闵行健", "区委组织部副部长")]),
        ("闵行健\n区委组织部副部长", [("闵行健", "区委组织部副部长")]),
        ("张三、李四", [("张三", ""), ("李四", "")]),
    ],
)
def test_a_post_is_known_by_how_it_ends(text: str, found: list[tuple[str, str]]) -> None:
    assert persons.people(text).persons == found


def test_a_branch_is_no_person_and_what_is_done_neither() -> None:
    assert persons.people("办公室党支部").units == ["办公室党支部"]
    assert not persons.may_be_person("抽查北片")
    assert not persons.like_person("党支部")


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("召集人", "leader"),
        ("联 络 员", "liaison"),
        ("副召集人", "deputy"),
        ("队员", "members"),
        ("受检方案", ""),
    ],
)
def test_a_header_says_what_the_label_says(header: str, role: str) -> None:
    assert labels.role_of(header) == role


def test_a_label_that_is_not_known_ends_the_one_before() -> None:
    told = labels.parts("组长：张三\n成员：李四\n观摩内容：组织生活、特色品牌")
    assert told[1:] == [
        ("leader", "张三\n"),
        ("members", "李四\n"),
        ("strange", "组织生活、特色品牌"),
    ]


def test_an_hour_that_is_cut_is_none() -> None:
    assert values.hours("上午9:00—11:3") == ("09:00", None)
    assert values.hours("9点5分") == ("09:05", None)


def test_a_day_until_which_is_no_first_day() -> None:
    found = read.notice((LETTER + "一、督查时间\n即日起至2025年3月28日。\n" + END).encode())
    assert (found.starts_on, str(found.ends_on)) == (None, "2025-03-28")
    assert "no_start" in codes(found)


def test_when_somebody_comes_is_not_what_he_looks_at() -> None:
    days = "一、督查时间\n2025年12月29日至2026年2月24日。\n"
    assert read.notice((LETTER + days + END).encode()).period is None
    looked_at = "一、督查内容\n2024年7月1日至2025年6月30日支部各项工作。\n"
    period = read.notice((LETTER + looked_at + END).encode()).period
    assert period
    assert (str(period.from_), str(period.to)) == ("2024-07-01", "2025-06-30")


@pytest.mark.parametrize(
    ("line", "contact"),
    [
        ("请将联系人报区委教育工委办公室。", (None, None, None)),
        (
            "请将名单报区委教育工委办公室某科（联系人：吴用之，6021155）。",
            ("区委教育工委办公室某科", "吴用之", "6021155"),
        ),
        ("联系人及电话：吴用之，6021155。", (None, "吴用之", "6021155")),
        ("联系电话：8301（党群工作部 王小兰）", ("党群工作部", "王小兰", "8301")),
        ("联系人：机关党委　钱进宝　内线6107", ("机关党委", "钱进宝", "6107")),
    ],
)
def test_whom_to_ask_in_any_order(line: str, contact: tuple[str | None, ...]) -> None:
    found = read.notice((LETTER + f"一、要求\n{line}\n" + END).encode()).contact
    assert (found.office, found.person, found.phone) == contact


def test_a_column_is_known_by_what_it_holds() -> None:
    rows = [
        ["组别", "组长", "几位同志", "去哪里", "党支部书记"],
        ["一组", "张三", "李四、王五", "东村、西村", "白敬业"],
        ["二组", "赵六", "钱七", "南村", "朱砂红"],
    ]
    found = letter().table(rows).read()
    assert [[u.name for u in a.organisations] for a in found.areas] == [["东村", "西村"], ["南村"]]
    assert [a.team and a.team.leader for a in found.areas] == ["张三", "赵六"]
    assert [w.message[:6] for w in found.warnings if w.code == "unread"] == ["“几位同志”"]


def test_whose_unit_it_is_leads_no_group_and_a_plan_has_none() -> None:
    hosts = [
        ["村名", "村党组织负责人", "检查时间"],
        ["石鼓村", "苏老泉", "5月6日"],
        ["石桥村", "曾子固", "5月7日"],
    ]
    assert all(area.team is None for area in letter().table(hosts).read().areas)
    plan = [
        ["阶段", "时间", "工作内容", "责任单位"],
        ["动员", "5月6日", "开会", "局党委"],
        ["自查", "5月7日", "自查", "各支部"],
    ]
    assert not letter().table(plan).read().areas


def test_what_heads_the_units_of_a_cell_is_said_and_is_none() -> None:
    rows = [["组别", "检查单位"], ["一组", "东片：甲小学、乙小学"], ["二组", "丙小学"]]
    found = letter().table(rows).read()
    assert [u.name for u in found.areas[0].organisations] == ["甲小学", "乙小学"]
    assert "unit_headed" in codes(found)


def test_blanks_that_align_are_a_table_and_others_are_none() -> None:
    table = "组别    组长    支部\n一组    张三    甲支部\n二组            乙支部\n"
    (found,) = reading.source((LETTER + table).encode()).tables()
    assert [[cell.text for cell in row] for row in found.rows] == [
        ["组别", "组长", "支部"],
        ["一组", "张三", "甲支部"],
        ["二组", "", "乙支部"],
    ]
    names = "张三    李四    王五\n赵六    钱七    孙八\n周九    吴十    郑一\n"
    assert not reading.source(names.encode()).tables()
    assert not reading.source("甲乙丙   丁戊己   某片区\n请各单位   按时参加。\n".encode()).tables()
