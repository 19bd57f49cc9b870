"""What a notice writes apart stays apart: who issues and the title, groups, days without a year."""

from __future__ import annotations

import pytest

from taizhang.notices import read
from taizhang.notices.groups import names, teams
from taizhang.notices.model import Notice
from taizhang.notices.words import persons
from tests.notices.papers import codes

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
