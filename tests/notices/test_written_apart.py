"""What a notice writes apart stays apart: who issues and the title, groups, days without a year."""

from __future__ import annotations

import pytest

from taizhang.notices import read
from taizhang.notices.groups import names, teams
from taizhang.notices.model import Notice
from taizhang.notices.words import persons
from tests.notices.papers import Paper, codes

LETTER = "关于督查的通知\n各支部：\n决定开展督查。\n"
END = "样县教育局\n2026年2月24日\n"


@pytest.mark.parametrize("signed", ["样县教育局党委\n2026年2月24日\n", "2026年2月24日\n"])
def test_who_issues_above_the_title_is_no_part_of_it(signed: str) -> None:
    head = "样县教育局党委\n关于开展党建督查的通知\n各支部：\n"
    found = read.notice((head + "决定开展督查。\n一、要求\n认真准备。\n" + signed).encode())
    assert (found.title, found.issuer) == ("关于开展党建督查的通知", "样县教育局党委")
    assert found.addressees == ["各支部"]


def test_a_group_of_two_places_is_one_of_its_own() -> None:
    lines = (
        "一、督查组成员\n"
        "样港片组长：缪样洲　副组长：鲍例松　成员：温例麟；\n"
        "样溪、藻溪片组长：倪样葵　副组长：汤例爱　成员：蔡例良；\n"
        "样墩片组长：施样书　副组长：郑例朝　成员：池示善。\n"
    )
    found = read.notice((LETTER + lines + END).encode())
    told = [(a.name, a.team and a.team.leader, a.team and a.team.members) for a in found.areas]
    assert told == [
        ("样港片", "缪样洲", ["温例麟"]),
        ("样溪、藻溪片", "倪样葵", ["蔡例良"]),
        ("样墩片", "施样书", ["池示善"]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "办公室、督查组组长要负起责任。",
        "各片、各组组长：请到会。",
        "县直各校、各学区：",
        "办公室、督查组由三人组成。",
    ],
)
def test_a_list_before_a_seat_names_no_group(text: str) -> None:
    found = names.GROUP.match(text)
    assert not found or "、" not in found["name"] or names.NO_GROUP.search(found["name"])


def test_the_name_of_another_group_seats_nobody() -> None:
    notice = Notice()
    text = "组长：缪样洲\n成员：温例麟；\n样溪与藻溪各校片组长：倪样葵\n成员：蔡例良"
    found = teams.team(text, notice, "第1段")
    assert found
    assert (found.leader, found.deputies, found.members) == ("缪样洲", [], ["温例麟"])
    assert "not_read" in codes(notice)
    assert not persons.may_be_person("藻溪片")


_ROWS = [
    ["组别", "组长", "检查日期", "检查时间", "受检单位"],
    ["第一组", "滕样菊", "4月21日", "9:00—10:30", "样光幼儿园"],
    ["第一组", "滕样菊", "4月21日", "10:40—12:00", "例光幼儿园"],
    ["第一组", "滕样菊", "4月22日", "9:00—10:30", "示光幼儿园"],
    ["第二组", "柏样松", "4月23日", "9:00—10:30", "样梦幼儿园"],
]


def test_days_without_a_year_are_no_date_and_stay_two_sessions() -> None:
    found = Paper("民办园检查安排表").table(_ROWS).read()
    told = [[(one.date, one.start) for one in area.sessions] for area in found.areas]
    assert told == [[(None, "09:00"), (None, "10:40"), (None, "09:00")], [(None, "09:00")]]
    assert {"unknown_year", "session_incomplete"} <= set(codes(found))


def test_who_filled_in_a_table_and_when_gives_the_year_of_its_days() -> None:
    filled = "填表单位：样越区教育局民办科　　　2026年4月13日"
    found = Paper("2025年度民办园检查安排表", filled).table(_ROWS).read()
    told = [[one.date for one in area.sessions] for area in found.areas]
    assert told == [["2026-04-21", "2026-04-21", "2026-04-22"], ["2026-04-23"]]
    assert found.issued_on is None
    assert "year_of_table" in codes(found)


def test_two_days_on_which_a_table_was_filled_in_give_no_year() -> None:
    filled = ["填表人：样某　2025年12月13日", "填表单位：样某科　2026年1月3日"]
    found = Paper("民办园检查安排表", *filled).table(_ROWS).read()
    assert {one.date for area in found.areas for one in area.sessions} == {None}


def test_of_a_stretch_of_days_nothing_is_said_to_be_left_out() -> None:
    lines = "一、分组\n第一组：组长缪样洲；单位：甲小学；时间：3月18日—19日\n"
    lines += "第二组：组长倪样葵；单位：乙小学；时间：3月20日—21日\n"
    found = read.notice((LETTER + lines + END).encode())
    told = [(one.date, one.until) for area in found.areas for one in area.sessions]
    assert told == [("2026-03-18", "2026-03-19"), ("2026-03-20", "2026-03-21")]
    assert "several_days" not in codes(found)


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("2026年3月2日（星期一）、3月3日（星期二）。", ["2026-03-02", "2026-03-03"]),
        ("3月2日。", ["2026-03-02"]),
        ("3月2日至3月6日。", []),
        ("3月2日自查，3月3日抽查。", []),
        ("3月2日前。", []),
    ],
)
def test_days_that_a_section_lists_are_those_of_all_groups(said: str, days: list[str]) -> None:
    lines = "一、督查组成员\n第一组组长：缪样洲　成员：温例麟\n第二组组长：倪样葵　成员：蔡例良\n"
    found = read.notice((LETTER + f"{lines}二、督查时间\n{said}\n" + END).encode())
    assert [[one.date for one in area.sessions] for area in found.areas] == [days, days]
    assert ("session_shared" in codes(found)) == bool(days)
    assert ("no_session" in codes(found)) == (not days)
