"""Tables and lines that were taken for something else: groups across the top, headers in two rows,
offices, posts, units.
"""

from __future__ import annotations

import pytest

from taizhang.notices import read
from taizhang.notices.model import Area
from tests.notices.papers import codes, letter, plain_pdf

LETTER = "关于督查的通知\n各支部：\n决定开展督查。\n"


def _told(areas: list[Area]) -> list[tuple[object, ...]]:
    return [
        (
            area.name,
            [unit.name for unit in area.organisations],
            [(s.date, s.start, s.end) for s in area.sessions],
            area.team and (area.team.leader, area.team.members),
        )
        for area in areas
    ]


def test_groups_across_the_top_with_days_below_each_other() -> None:
    rows = [
        ["检查安排表", "检查安排表", "检查安排表", "检查安排表"],
        ["日期", "时段", "第一检查组", "第二检查组"],
        ["5月6日", "上午", "市一院", "市三院"],
        ["5月6日", "下午", "市二院", "市传染病院"],
        ["5月7日", "上午", "市血站", "市急救中心"],
        ["组长", "", "冼大光", "麦冬"],
        ["成员", "", "闵柔、辜鸿远", "冉冉"],
    ]

    found = letter().table(rows, [(0, 0, 0, 3), (2, 0, 3, 0)]).read()

    days = [("2019-05-06", None, None), ("2019-05-06", None, None), ("2019-05-07", None, None)]
    assert _told(found.areas) == [
        ("第一检查组", ["市一院", "市二院", "市血站"], days, ("冼大光", ["闵柔", "辜鸿远"])),
        ("第二检查组", ["市三院", "市传染病院", "市急救中心"], days, ("麦冬", ["冉冉"])),
    ]


def test_two_groups_side_by_side_each_with_its_labels() -> None:
    rows = [
        ["互查一组", "", "互查二组", ""],
        ["组长", "逄春", "组长", "卞山"],
        ["成员", "邬大年、瞿小秋", "成员", "卞玉"],
        ["互查支部", "办公室支部", "互查支部", "运管支部"],
        ["", "规划支部", "", "路政支部"],
        ["日期", "5月6日", "日期", "5月7日"],
    ]

    found = letter().table(rows, [(0, 0, 0, 1), (0, 2, 0, 3)]).read()

    assert _told(found.areas) == [
        ("互查一组", ["办公室支部", "规划支部"], [("2019-05-06", None, None)], ("逄春", ["邬大年", "瞿小秋"])),
        ("互查二组", ["运管支部", "路政支部"], [("2019-05-07", None, None)], ("卞山", ["卞玉"])),
    ]  # fmt: skip


def test_a_second_row_of_headers_in_which_not_all_is_known() -> None:
    rows = [
        ["组别", "检查人员", "检查人员", "受检单位", "检查时间", "检查时间", "检查时间"],
        ["组别", "组长", "成员", "受检单位", "日期", "起", "止"],
        ["A组", "邸长风", "隗向前、郏明", "发电一厂", "5月6日", "9:00", "16:30"],
        ["B组", "苌建业", "晁海", "燃料公司", "5月6日", "9:00", "12:00"],
        ["B组", "苌建业", "晁海", "检修公司", "5月7日", "14:00", "17:00"],
    ]
    merges = [(0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 1, 3), (0, 4, 0, 6), (3, 0, 4, 0), (3, 1, 4, 1), (3, 2, 4, 2)]  # fmt: skip

    found = letter().table(rows, merges).read()

    second = [("2019-05-06", "09:00", "12:00"), ("2019-05-07", "14:00", "17:00")]
    assert _told(found.areas) == [
        ("A组", ["发电一厂"], [("2019-05-06", "09:00", "16:30")], ("邸长风", ["隗向前", "郏明"])),
        ("B组", ["燃料公司", "检修公司"], second, ("苌建业", ["晁海"])),
    ]


@pytest.mark.parametrize(
    ("line", "contact"),
    [
        ("四、联系方式：集团党委工作部，邸长风，010-55512345", ("集团党委工作部", "邸长风", "010-55512345")),
        ("四、联系人：解语花（机关党委），电话：8866123", ("机关党委", "解语花", "8866123")),
        ("四、联系人：池月（镇党建办），13900001234", ("镇党建办", "池月", "13900001234")),
        ("县委巡察办联系电话：0456-7211900", ("县委巡察办", None, "0456-7211900")),
    ],
)  # fmt: skip
def test_whom_to_ask_with_his_office(line: str, contact: tuple[str | None, ...]) -> None:
    found = read.notice(f"{LETTER}三、其他\n请准备好台账。\n{line}\n某局党委\n2024年5月6日\n".encode()).contact  # fmt: skip
    assert (found.office, found.person, found.phone) == contact


def test_a_number_inside_the_house() -> None:
    text = (
        "三、分组\n第一组\n组长：晏平\n受检单位：甲学院、乙学院\n联系人：晏平，内线61023\n第二组\n组长：刁一凡\n受检单位：丙学院、丁学院\n联系人：刁一凡，"
        "短号：668\n"
    )
    areas = read.notice((LETTER + text).encode()).areas
    told = [(a.contact.person, a.contact.phone) for a in areas if a.contact]
    assert told == [("晏平", "61023"), ("刁一凡", "668")]


def test_a_post_of_two_parts_stays_whole() -> None:
    text = "三、分组\n第一组\n组长：党若怀　市教育局党组成员、副局长\n成员：居里、鱼玄\n督导单位：东湖教育局、西湖教育局\n"
    (area,) = read.notice((LETTER + text).encode()).areas
    assert area.team
    assert area.team.posts == {"党若怀": "市教育局党组成员、副局长"}
    assert area.team.members == ["居里", "鱼玄"]


def test_units_before_those_that_they_inspect() -> None:
    text = "三、分组\n第一组：党委组织部、学生工作部，抽查单位：材料学院、化工学院；\n第二组：晏平、刁一凡，抽查单位：医学院；\n第三组：若干名，抽查单位：药学院。\n"

    found = read.notice((LETTER + text).encode())

    first, second, third = found.areas
    assert first.team
    assert first.team.units == ["党委组织部", "学生工作部"]
    assert second.team
    assert second.team.members == ["晏平", "刁一凡"]
    assert third.team is None
    assert any("若干名" in w.message for w in found.warnings if w.code == "not_read")


def test_what_only_points_to_an_annex_is_nothing_unread() -> None:
    for where in ("见附件", "详见附件1", "见“分组表”"):
        found = read.notice(f"{LETTER}二、检查分组：{where}\n".encode())
        assert "not_read" not in codes(found), where


def test_a_day_since_which_is_a_period() -> None:
    found = read.notice(f"{LETTER}二、抽查范围\n2022年3月15日以来发展的党员。\n".encode())
    assert found.period
    assert f"{found.period.from_}" == "2022-03-15"


def test_what_a_printer_puts_between_characters_and_numbers_is_no_blank() -> None:
    data = plain_pdf(
        "#align(center)[关于2025年度督查的通知]\n\n各支部：\n\n定于2025年11月开展督查。\n"
    )
    found = read.notice(data)
    assert found.title == "关于2025年度督查的通知"


def test_a_list_of_rules_that_somebody_had_printed_is_no_imprint() -> None:
    rows = [["序号", "制度名称", "要求"], ["1", "三会一课制度", "上墙公示"], ["2", "党务公开制度", "支部印发"], ["3", "谈心谈话制度", "有文本"], ["4", "选举制度", "有文本"]]  # fmt: skip
    assert [item.title for item in letter().table(rows).read().items] == [
        row[1] for row in rows[1:]
    ]


def test_a_name_and_what_belongs_to_it_are_requirements() -> None:
    rows = [["台账名称", "归档内容"], ["学习笔记", "党员个人学习笔记每人每年1本"], ["党费收缴登记", "党费收据存根"]]  # fmt: skip
    assert [item.title for item in letter().table(rows).read().items] == [
        "学习笔记",
        "党费收缴登记",
    ]
    units = [["单位名称", "检查内容"], ["甲小学", "三会一课"]]
    assert letter().table(units).read().items == []


def test_a_table_that_has_no_groups_across_the_top_is_read_as_before() -> None:
    rows = [["日期", "上午", "下午"], ["5月6日", "第一组：甲小、乙小", "第二组：丙小"]]
    table = letter().table(rows)
    assert [area.name for area in table.read().areas] == ["第一组", "第二组"]


def test_a_list_of_visits_is_grouped_by_the_team_that_makes_them() -> None:
    rows = [
        ["日期", "时间", "学校", "评估组"],
        ["5月6日", "8:30-10:00", "启明学校", "一组"],
        ["5月6日", "10:30-12:00", "育英学校", "一组"],
        ["5月7日", "14:00-15:30", "新星幼儿园", "二组"],
    ]
    paper = (
        letter()
        .table(rows)
        .write("一组：组长 禹定国，组员 訾小路、井然", "二组：组长 蒯天，组员 虎妞")
    )

    found = paper.read()

    first = [("2019-05-06", "08:30", "10:00"), ("2019-05-06", "10:30", "12:00")]
    assert _told(found.areas) == [
        ("一组", ["启明学校", "育英学校"], first, ("禹定国", ["訾小路", "井然"])),
        ("二组", ["新星幼儿园"], [("2019-05-07", "14:00", "15:30")], ("蒯天", ["虎妞"])),
    ]


def test_where_one_gathers_is_no_unit() -> None:
    rows = [
        ["督查时间", "督查路线", "集合地点"],
        ["5月6日8:30", "康乐社区、富强社区", "街道办事处门前"],
        ["5月7日8:30", "和平社区", "文化广场"],
    ]
    units = [[u.name for u in a.organisations] for a in letter().table(rows).read().areas]
    assert units == [["康乐社区", "富强社区"], ["和平社区"]]


def test_of_a_table_that_is_not_known_no_group_is_made() -> None:
    rows = [["督查时间", "督查线索", "集合地点"], ["5月6日8:30", "甲、乙", "门前"], ["5月7日8:30", "丙", "广场"]]  # fmt: skip
    found = letter().table(rows).read()
    assert found.areas == []
    assert "unknown_table" in codes(found)


def test_a_column_of_posts_that_only_says_who_leads() -> None:
    rows = [
        ["检查组", "职务", "姓名", "工作单位", "负责检查的党组织"],
        ["第一检查组", "组长", "巢小明", "区委组织部", "甲街道党工委"],
        ["第一检查组", "成员", "郏红", "区纪委", "甲街道党工委"],
    ]
    (area,) = letter().table(rows, [(1, 0, 2, 0), (1, 4, 2, 4)]).read().areas
    assert area.team
    assert (area.team.leader, area.team.members) == ("巢小明", ["郏红"])
    assert area.team.posts == {"巢小明": "区委组织部", "郏红": "区纪委"}


@pytest.mark.parametrize(
    ("header", "units"), [("考核村", "上河村、下河村"), ("验收派出所", "城东所、城西所")]
)
def test_what_is_inspected_has_many_names(header: str, units: str) -> None:
    rows = [["考核组", "组长", "组员", header], ["第一考核组", "步惊云", "聂风", units]]
    (area,) = letter().table(rows).read().areas
    assert [unit.name for unit in area.organisations] == units.split("、")


def test_who_stands_where_a_name_belongs_is_somebody() -> None:
    text = "三、分组\n第一组\n督查组长：督查甲\n成员：督查乙、检查组\n督查单位：甲小学、乙小学\n"
    found = read.notice((LETTER + text).encode())
    (area,) = found.areas
    assert area.team
    assert (area.team.leader, area.team.members) == ("督查甲", ["督查乙"])
    assert not any(w.message.startswith("“督查”") for w in found.warnings)


@pytest.mark.parametrize(
    ("rows", "titles"),
    [
        ([["环节", "检查要点"], ["递交入党申请书", "有落款日期"], ["接收预备党员", "票决"]], ["递交入党申请书", "接收预备党员"]),
        ([["序号", "制度", "检查情况"], ["1", "党费管理制度", ""], ["2", "请销假制度", ""]], ["党费管理制度", "请销假制度"]),
        ([["姓名", "要求"], ["王五", "带好资料"], ["李四", "带好资料"]], []),
    ],
)  # fmt: skip
def test_lists_of_steps_and_of_rules(rows: list[list[str]], titles: list[str]) -> None:
    assert [item.title for item in letter().table(rows).read().items] == titles
