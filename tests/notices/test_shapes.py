"""More shapes of notices: groups on lines of their own, visits in a sentence, lists without a
table, roles in brackets.
"""

from __future__ import annotations

import pytest

from taizhang.notices import read
from taizhang.notices.model import Notice, Session, Team

HEAD = "关于开展党建督查的通知\n各党支部：\n"
TAIL = "\n示例局党委\n2021年11月1日\n"


def _read(middle: str, after: str = "") -> Notice:
    return read.notice(f"{HEAD}{middle}{TAIL}{after}".encode())


def _codes(found: Notice) -> set[str]:
    return {warning.code for warning in found.warnings}


def test_numbered_groups_with_their_labels_on_lines_below() -> None:
    found = _read(
        "一、时间\n2021年11月8日—12日",
        "附件1\n分组安排\n第一检查组\n组长：示甲\n成员：示丙、示丁、\n示戊\n检查单位：一中、二中（含东校区）、三中\n"
        "检查时间：11月8日上午8:30-11:30（一中）；11月8日下午2:00—5:00（二中、三中）\n",
    )
    (area,) = found.areas
    assert [(u.name, u.includes) for u in area.organisations] == [
        ("一中", []),
        ("二中", ["东校区"]),
        ("三中", []),
    ]
    assert area.sessions == [
        Session(date="2021-11-08", start="08:30", end="11:30", venue="一中"),
        Session(date="2021-11-08", start="14:00", end="17:00"),
    ]
    assert area.team == Team(leader="示甲", members=["示丙", "示丁", "示戊"])


def test_visits_in_a_sentence_are_sessions_at_the_units() -> None:
    found = _read(
        "一、安排\n督导一组（组长：张例，组员：王例、李例）：11月8日上午9时到甲小，下午2时30分到乙小；11月9日上午到丙园。\n"
        "督导二组（组长：待定）：11月10日上午到丁小、戊小。"
    )
    assert found.areas[0].sessions == [
        Session(date="2021-11-08", start="09:00", venue="甲小"),
        Session(date="2021-11-08", start="14:30", venue="乙小"),
        Session(date="2021-11-09", venue="丙园"),
    ]
    assert [u.name for u in found.areas[1].organisations] == ["丁小", "戊小"]
    assert found.areas[1].team is None


def test_a_group_with_its_labels_behind_it_and_time_and_place_in_brackets() -> None:
    found = _read(
        "一、督查组织\n第一组  组长：赵示  组员：钱示 孙示\n督查学校：甲小、乙小（11月8日上午 甲小会议室）"
    )
    (area,) = found.areas
    assert [(u.name, u.note) for u in area.organisations] == [("甲小", None), ("乙小", None)]
    assert area.sessions == [Session(date="2021-11-08", venue="甲小会议室")]
    assert area.team == Team(leader="赵示", members=["钱示", "孙示"])


def test_a_list_without_a_table_gives_items_and_says_so() -> None:
    found = _read(
        "请对照清单自查。\n附件：台账清单",
        "附件\n台账清单\n一、组织建设\n1.换届材料：请示、批复（5分）\n二、组织生活\n（一）三会一课\n2.党小组会记录\n（1）记录本\n（2）签到表\n",
    )
    assert [(i.category, i.subcategory, i.title, i.requirement, i.score) for i in found.items] == [
        ("组织建设", None, "换届材料", "请示、批复（5分）", 5.0),
        ("组织生活", "三会一课", "党小组会记录", "记录本\n签到表", None),
    ]
    assert "outline" in _codes(found)


def test_a_leader_in_brackets_behind_his_name_and_days_as_headers() -> None:
    found = _read(
        "一、时间\n2021年11月8日—9日\n附表：安排",
        "附表\n组别\t督查人员\t第一天（11月8日）\t第二天（11月9日）\nA组\t示一（组长）、示二\t一中、二中\t三中\nB组\t示三（带队）\t一小\t\n",
    )
    assert [(a.name, len(a.organisations), len(a.sessions)) for a in found.areas] == [
        ("A组", 3, 2),
        ("B组", 1, 1),
    ]
    assert [a.team and a.team.leader for a in found.areas] == ["示一", "示三"]
    assert found.attachments[0].title == "安排"


def test_a_table_below_the_name_of_its_area_and_a_team_named_for_all() -> None:
    table = "时间\t被考核单位\t地点\n"
    found = _read(
        f"一、分组\n城东片区\n{table}11月8日 9:00—9:30\t甲支部\t室\n11月8日 9:40—10:10\t乙支部\t室\n"
        f"城西片区\n{table}11月9日 14:00\t丙支部\t堂\n考核组：组长张示，成员李示、王示"
    )
    assert [(a.name, len(a.organisations), len(a.sessions)) for a in found.areas] == [
        ("城东片区", 2, 2),
        ("城西片区", 1, 1),
    ]
    assert found.areas[1].team == Team(leader="张示", members=["李示", "王示"])


def test_a_plan_that_a_notice_hands_on_is_signed_in_the_middle() -> None:
    found = read.notice(
        (
            f"关于印发考核方案的通知\n各党支部：\n现印发给你们。{TAIL}考核方案\n一、考核时间\n12月5日至12月9日\n二、考核方法\n1.考核；2.测评。\n"
        ).encode()
    )
    assert (found.issuer, str(found.issued_on)) == ("示例局党委", "2021-11-01")
    assert (str(found.starts_on), str(found.ends_on)) == ("2021-12-05", "2021-12-09")
    assert found.methods == ["考核", "测评"]


def test_a_venue_without_a_known_day_is_kept_and_the_day_is_null() -> None:
    found = read.notice(
        "督查日程表\n日期\t10月25日上午\t10月26日下午\n地点\t甲小\t丙小\n片区\t东片\t西片\n单位\t甲小、乙小\t丙小\n".encode()
    )
    assert found.title == "督查日程表"
    assert [a.sessions for a in found.areas] == [[Session(venue="甲小")], [Session(venue="丙小")]]
    assert "unknown_year" in _codes(found)


def test_whom_to_ask_in_a_sentence() -> None:
    found = _read("一、要求\n1.未尽事宜，请与教工委组织科（示例甲，86000000）联系。")
    asked = found.contact
    assert (asked.office, asked.person, asked.phone) == ("教工委组织科", "示例甲", "86000000")


def test_a_cell_that_goes_on_in_a_line_of_its_own() -> None:
    found = _read(
        "", "附件1\n项目\t台账内容\t要求\n组织生活\t支委会\t每月一次；\n有签到\n\t党课\t每季一次\n"
    )
    assert [(i.category, i.title, i.requirement) for i in found.items] == [
        ("组织生活", "支委会", "每月一次；\n有签到"),
        ("组织生活", "党课", "每季一次"),
    ]


@pytest.mark.parametrize(
    ("line", "office", "person", "phone"),
    [
        ("联系科室：局组织科　联系人：王舟　电话：86000000", "局组织科", "王舟", "86000000"),
        (
            "联系部门：办公室 联系人：王 舟 联系电话：0000-86000000",
            "办公室",
            "王舟",
            "0000-86000000",
        ),
        ("联系人：欧阳 示　电话：86000000", None, "欧阳示", "86000000"),
        ("联系人：王舟电话：86000000", None, "王舟", "86000000"),
        ("联系科室：　联系人：　电话：", None, None, None),
    ],
)
def test_whom_to_ask_in_a_line_of_labels(
    line: str, office: str | None, person: str | None, phone: str | None
) -> None:
    asked = _read(f"一、要求\n1.按时参加。\n{line}").contact
    assert (asked.office, asked.person, asked.phone) == (office, person, phone)
